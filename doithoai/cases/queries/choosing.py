"""What forms let an official choose from: bodies, posts, villages, fields, statements, rules."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from doithoai.accounts.models import Holding
from doithoai.accounts.queries import posts_in
from doithoai.cases import extending, shut_out
from doithoai.cases.models import Case, LetterDraft, Petition
from doithoai.cases.queries.competence import elsewhere, proposed
from doithoai.core.actors import Actor
from doithoai.core.grounds import Ground
from doithoai.docket.models import people_shut_out
from doithoai.files.models import Attachment, Purpose
from doithoai.units.models import Body, Place
from doithoai.units.queries import Referral, above, country, villages

Choices = list[tuple[str, str]]
LONGEST = 80


def language() -> str:
    """The reader's language, as country packs name it."""
    return (get_language() or "vi")[:2]


def fields() -> Choices:
    """Fields of life in the pack's order."""
    return [(f.code, f.label(language())) for f in country().fields]


def field_named(code: str) -> str:
    """The field's name in the reader's language; the code itself when the pack has none."""
    return dict(fields()).get(code, code)


def kinds() -> Choices:
    """The two kinds of petition this procedure settles."""
    pack = country().petition_kinds
    wanted = [pack[k] for k in ("recommendation", "reflection") if k in pack]
    return [(k.code, k.label(language())) for k in wanted]


def archive_grounds() -> Choices:
    """On which grounds an item is put on file, each with its article."""
    rows = country().archive_grounds.values()
    return [(g.code, f"{g.label(language())} ({g.basis})") for g in rows]


def all_kinds() -> Choices:
    """Every kind a petition can be."""
    return [(k.code, k.label(language())) for k in country().petition_kinds.values()]


def grounds(named: Iterable[Ground], *, kind: str = "") -> Choices:
    """Legal grounds with their article; of those for some kinds only, what this kind may have."""
    fitting = [g for g in named if not g.kinds or not kind or kind in g.kinds]
    return [(g.code, f"{g.label(language())} ({g.basis})") for g in fitting]


def originals(case: Case) -> list[str]:
    """The original papers that came with the petition."""
    rows = Petition.objects.filter(submission__carried__case=case)
    return [paper for each in rows.values_list("originals", flat=True) for paper in each]


def _named(bodies: Iterable[Body]) -> Choices:
    return [(str(b.pk), b.short_name) for b in bodies]


def bodies_of_place(place: Place | None, *, today: date) -> Choices:
    """Bodies of one authority that work here, in Vietnamese order."""
    bodies = Body.objects.in_force(today).filter(place=place, has_account=True)
    return _named(bodies.order_by("sort_key"))


def bodies_around(place: Place | None, *, today: date, with_account: bool | None = None) -> Choices:
    """Bodies of the place, of those above it and countrywide; near ones first."""
    over = [place, *above(place).values()] if place else []
    bodies = Body.objects.in_force(today).filter(
        Q(place__in=[p.pk for p in over if p]) | Q(place=None)
    )
    if with_account is not None:
        bodies = bodies.filter(has_account=with_account)
    near = {p.pk: rank for rank, p in enumerate(over) if p}
    rows = sorted(bodies.order_by("sort_key"), key=lambda b: near.get(b.place_id, len(near)))  # type: ignore[arg-type]  # None is simply not near
    return _named(rows)


def bodies(chosen: Iterable[UUID]) -> tuple[Body, ...]:
    """Bodies as they were chosen."""
    return tuple(Body.objects.select_related("parent__parent").filter(pk__in=list(chosen)))


def not_shut_out(case: Case, bodies: Choices, *, today: date) -> Choices:
    """Without the bodies the case is about: they neither handle it nor hear of it."""
    out = {str(body) for body in shut_out.bodies(case, today=today)}
    return [pair for pair in bodies if pair[0] not in out]


def committees_beside(place: Place | None, *, today: date) -> Choices:
    """The committees of the other communes of the province, in Vietnamese order."""
    if place is None or place.parent_id is None:
        return []
    beside = Body.objects.in_force(today).filter(
        place__parent=place.parent_id, office=country().default_office
    )
    return _named(beside.exclude(place=place).order_by("sort_key"))


def referral(case: Case, *, today: date) -> Referral | None:
    """Who is competent for the case as classified, and the sentence that says why."""
    return proposed(case, today=today)


def referral_elsewhere(case: Case, *, today: date) -> Referral | None:
    """The same, but never the body that has it: what is its own is neither sent on nor guided."""
    return elsewhere(case, today=today)


def villages_of(place: Place | None, *, today: date) -> Choices:
    """Villages of a commune, in Vietnamese order."""
    return [(str(p.pk), p.name) for p in villages(place, today=today)] if place else []


def posts_of(case: Case, *, today: date) -> Choices:
    """The posts of the body that has the case, but those held by who is shut out of it."""
    body = case.handling_body_id
    if body is None:
        return []
    found = posts_in(body, today=today)
    if case.matter.excluded.exists():
        found = found.exclude(pk__in=shut_out.posts(case, today=today).values("pk"))
    return [(str(p.pk), p.title) for p in found]


def statements(case: Case) -> Choices:
    """The statements the case carries, by who spoke."""
    carried = case.carried.filter(until=None).select_related("submission").order_by("since")
    return [(str(c.submission_id), _who(c.submission.speaker, c.submission.text)) for c in carried]


def _who(speaker: str, text: str) -> str:
    short = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"
    return f"{speaker}: {short}" if speaker else short


def evidence(case: Case) -> Choices:
    """Files given with the answers of a case."""
    rows = case.answers.filter(evidence__isnull=False).order_by("at", "evidence__at")
    return [(str(pk), title) for pk, title in rows.values_list("evidence", "evidence__title")]


def extensible(case: Case) -> Choices:
    """The running dates of the case that the law lets be extended."""
    rows = extending.extensible(case)
    return [(row.rule, row.duty_vi if language() == "vi" else row.duty_en) for row in rows]


def at_hand(case: Case) -> Choices:
    """Documents in the item that can prove an answer: what a body replied by, earlier evidence."""
    proving = (Purpose.EVIDENCE, Purpose.LETTER, Purpose.SIGNED)
    rows = Attachment.objects.filter(about=case.pk, purpose__in=proving).order_by("at", "id")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")]


def letter_draft(case: Case) -> LetterDraft | None:
    """The letter drafted for a body without an account, if one waits for its number."""
    return LetterDraft.objects.filter(case=case.pk).first()


def case_coded(code: str, *, seen_by: Actor) -> UUID | None:
    """The case with this code, capitals as typed; None when the reader sees no such case."""
    wanted = code.strip().upper().replace(" ", "")
    found = Case.objects.visible_to(seen_by).filter(matter__code=wanted).first()
    return found.matter_id if found else None


def officials_near(case: Case, *, today: date) -> Choices:
    """Who could handle the case: those of the bodies that have it, of their offices, and of the
    posts that see it; nobody who is shut out already.
    """
    holders = [b for b in (case.receiving_body, case.handling_body) if b is not None]
    houses = {h.pk for h in holders} | {h.parent_id for h in holders if _same_place(h)}
    inside = Q(post__body__in=houses) | Q(post__body__parent__in=houses)
    admitted = case.matter.audience.filter(post__isnull=False).values("post")
    held = Holding.objects.filter(inside | Q(post__in=admitted), valid__contains=today)
    seen = held.exclude(user__in=people_shut_out(case.pk).values("pk"))
    rows = seen.values_list("user", "user__name", "post__title").order_by("user__name")
    return [(str(pk), f"{name} · {title}") for pk, name, title in rows]


def _same_place(office: Body) -> bool:
    return office.parent is not None and office.parent.place_id == office.place_id
