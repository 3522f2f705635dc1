"""Reads of what is public: published versions, the figures over them, how many are withheld."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doithoai.cases.models import Answer, Case, Publication, Withheld
from doithoai.cases.proving import proven
from doithoai.cases.workflow import Outcome, Word
from doithoai.core.errors import NotFound
from doithoai.docket.models import Adoption, Obligation
from doithoai.files.queries import attachments
from doithoai.law.rules import PROVISIONAL
from doithoai.units.models import Field, Place
from doithoai.units.queries import field_label

A_MINUTE = 60
WORDS = 6
# Nothing of another procedure is ever public, whatever was published before it became one.
OPEN = Q(case__matter__sealed=False, case__other_procedure="none")

FIGURES: Mapping[str, object] = {
    "all": gettext_lazy("Published"),
    "answered": gettext_lazy("Answered"),
    "settled": gettext_lazy("Settled"),
    "self": gettext_lazy("Confirmed by the people themselves"),
    "others": gettext_lazy("Confirmed through others"),
    "disputed": gettext_lazy("Not agreed with"),
    "late": gettext_lazy("Overdue"),
}
REASONS: Mapping[str, object] = {
    "private_life": gettext_lazy("private life"),
    "no_consent": gettext_lazy("the person did not agree"),
    "secret": gettext_lazy("secret by law"),
    "third_person": gettext_lazy("it concerns somebody else"),
    "other": gettext_lazy("another reason"),
}


def published() -> QuerySet[Publication]:
    """The version in force of every published case, with what a row shows."""
    return Publication.objects.filter(OPEN, current=True).select_related(
        "case__matter__body__place", "case__handling_body", "case__receiving_body"
    )


def condition(figure: str, *, today: date) -> Q:
    """Which published cases a figure counts: the same for the number and for its rows."""
    late = Exists(_overdue(today))
    return {
        "answered": Q(case__answered_at__isnull=False),
        "settled": Q(case__outcome=Outcome.SETTLED) & proven("case"),
        "self": Q(case__word=Word.AGREED, case__word_by_self=True),
        "others": Q(case__word=Word.AGREED, case__word_by_self=False),
        "disputed": Q(case__word=Word.DISAGREED),
        "late": Q(late),
    }.get(figure, Q(current=True))


def _overdue(today: date) -> QuerySet[Obligation]:
    """Debts past their date under a rule that is in force; a provisional date accuses nobody."""
    due = Obligation.objects.filter(
        matter=OuterRef("case__matter"), kind="duty", state="open", due_on__lt=today
    )
    adopted = Adoption.objects.values("rule")
    return due.filter(~Q(certainty=PROVISIONAL) | Q(rule__in=adopted))


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the name of the condition that opens its rows."""

    name: str
    label: str
    count: int


def figures(*, today: date) -> list[Figure]:
    """Every figure over what is public, a minute old at most. One query."""
    key = f"cases.figures.{today}"
    found: dict[str, int] | None = cache.get(key)
    if found is None:
        found = _counted(today)
        cache.set(key, found, A_MINUTE)
    return [Figure(name, str(label), found[name]) for name, label in FIGURES.items()]


def _counted(today: date) -> dict[str, int]:
    counts = {f"{name}_": Count("id", filter=condition(name, today=today)) for name in FIGURES}
    found = Publication.objects.filter(OPEN, current=True).aggregate(**counts)
    return {name: found[f"{name}_"] for name in FIGURES}


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for."""

    figure: str = ""
    words: str = ""
    field: str = ""
    place: UUID | None = None


def wanted(wish: Wanted, *, today: date) -> QuerySet[Publication]:
    """The published cases of a figure, a field, a commune, with these words; the latest first.

    Only the first ``WORDS`` words count. Only the published text is searched, accents or not: the
    full text would tell by its hits what was masked.
    """
    found = published().filter(condition(wish.figure, today=today))
    for word in wish.words.split()[:WORDS]:
        found = found.filter(
            Q(title__unaccent__icontains=word)
            | Q(text__unaccent__icontains=word)
            | Q(answer__unaccent__icontains=word)
        )
    if wish.field:
        found = found.filter(case__matter__field=wish.field)
    if wish.place:
        found = found.filter(case__matter__body__place=wish.place)
    return found.order_by("-at", "-id")


def fields() -> list[tuple[str, str]]:
    """The fields of published cases, code and name. One query."""
    used = published().order_by().values("case__matter__field").distinct()
    return [(f.code, field_label(f)) for f in Field.objects.filter(code__in=used).order_by("sort")]


def places() -> list[tuple[str, str]]:
    """The communes and provinces whose bodies have published cases. One query."""
    used = published().order_by().values("case__matter__body__place").distinct()
    found = Place.objects.filter(pk__in=used).order_by("sort_key")
    return [(str(p.pk), p.name) for p in found]


def withheld() -> list[tuple[str, int]]:
    """How many are withheld, by reason. One query."""
    return _by_reason(Withheld.objects.filter(OPEN))


def withheld_of(cases: Collection[UUID]) -> list[tuple[str, int]]:
    """How many of these cases are withheld, by reason. One query."""
    return _by_reason(Withheld.objects.filter(OPEN, case__in=cases))


def _by_reason(decided: QuerySet[Withheld]) -> list[tuple[str, int]]:
    rows = decided.values_list("reason").annotate(number=Count("case"))
    return [
        (str(REASONS.get(reason, reason)), number) for reason, number in rows.order_by("reason")
    ]


@dataclass(frozen=True)
class PublicCase:
    """One published case: the version asked for, and every version there is."""

    shown: Publication
    versions: tuple[Publication, ...]
    answer: Answer | None


def public_case(code: str, version: int | None = None) -> PublicCase:
    """A published case by its number. What was taken back is not readable in any version.

    Raises NotFound.
    """
    current = published().filter(case__matter__code=code).first()
    standing = current.case.publications.filter(withdrawn_at=None) if current else None
    versions = list(standing.order_by("-version")) if standing is not None else []
    shown = next((v for v in versions if version in {None, v.version}), None)
    if current is None or shown is None:
        raise NotFound(_("Nothing is published at this address."))
    shown.case = current.case
    answer = current.case.answers.select_related("body").order_by("-id").first()
    return PublicCase(shown, tuple(versions), answer)


@dataclass(frozen=True)
class PublicFile:
    """A published file under a name of ours: the one it came with may be a person's."""

    pk: UUID
    label: str
    taken_on: date | None
    place_note: str


def public_files(case: Case) -> list[PublicFile]:
    """The published files of a case, counted by kind. One query."""
    found = attachments(case.pk, public_only=True)
    met: Counter[bool] = Counter()
    shown = []
    for each in found:
        picture = each.stored.media_type.startswith("image/")
        met[picture] += 1
        name = _("Picture %(number)d") if picture else _("Document %(number)d")
        label = name % {"number": met[picture]}
        shown.append(PublicFile(each.pk, label, each.taken_on, each.place_note))
    return shown
