"""A mixed petition split into matters, each with its own procedure (Decree 154/2026, art. 14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import petition_events, petition_rules, policies, workflow
from doithoai.cases.commands.intake import Statement, fan_out, how_it_came, submit
from doithoai.cases.commands.petitions import decisions, sorting
from doithoai.cases.commands.petitions.decisions import Decided
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.models import Case, Submission
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import Said, enter_all
from doithoai.docket.models import Link

FEWEST = 2


@dataclass(frozen=True)
class Part:
    """One matter of a mixed petition: what it is, and what it says."""

    nature: Nature
    text: str


@transaction.atomic
def split(
    case_id: UUID, parts: Sequence[Part], *, guidance: str, by: Actor, at: datetime
) -> list[Case]:
    """Split a mixed petition: this item becomes the first part, each further one an item of its
    own, tied to it; the person is told, and guided to write separately.

    What is to be sealed stays with the paper as it came; the other parts get their own words only.
    Raises Invalid for fewer than two parts, and what ``sort`` raises for any of them.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.SPLIT](by, case))
    workflow.SPLIT.take(case)
    words = decisions.checked(guidance)
    ordered = _ordered(parts)
    first, further = ordered[0], ordered[1:]
    if _private(first):
        made = _tied(case, [_apart(case, part, by, at) for part in further])
    else:
        texts = [part.text for part in further]
        made = _tied(case, fan_out(case.pk, texts=texts, by=by, at=at))
    for each, part in zip(made, further, strict=True):
        sorting.sort(each.pk, part.nature, by=by, at=at)
    _say_less(case, first.text)
    moved = sorting.become_kind(case, first.nature, [], by=by, at=at)
    more, content = decisions.to_the_person(case, words)
    said = [
        Said(petition_events.Divided(len(ordered)), content),
        Said(sorting.classified(first.nature)),
    ]
    entry = enter_all([*said, *moved, *more], about=case.matter, by=by, at=at)[0]
    decisions.keep(case, entry, Decided("split", words, "divided"), by=by, at=at)
    return [case, *made]


def _private(part: Part) -> bool:
    return part.nature.kind in petition_rules.PRIVATE


def _ordered(parts: Sequence[Part]) -> list[Part]:
    """What is to be sealed first. Raises Invalid for fewer than two, or a part without words."""
    if len(parts) < FEWEST or not all(part.text.strip() for part in parts):
        raise Invalid(
            _("A mixed petition has at least two matters; write each of them in its own words.")
        )
    return sorted(parts, key=lambda part: not _private(part))


def _say_less(case: Case, text: str) -> None:
    case.text = text.strip()
    case.save(update_fields=["text"])


def _tied(case: Case, made: list[Case]) -> list[Case]:
    Link.objects.bulk_create(
        Link(source=each.matter, kind=Link.Kind.SPLIT_FROM, target=case.matter) for each in made
    )
    return made


def _apart(case: Case, part: Part, by: Actor, at: datetime) -> Case:
    said = Submission.objects.filter(carried__case=case, carried__until=None).order_by("said_at")[0]
    forwarder, party_head = how_it_came(case)
    statement = Statement(
        text=part.text,
        forwarder=forwarder,
        party_head=party_head,
        channel=said.channel,
        occasion=said.occasion,
        who=said.who,
        speaker=said.speaker,
        people=said.people,
        place=said.place_id,
        place_text=said.place_text,
        phone=said.phone,
        email=said.email,
        address=said.address,
        field=part.nature.field,
        kind=part.nature.kind,
        occasion_matter=case.occasion_matter,
        language=said.language,
        received_on=case.matter.received_on,
    )
    return submit(statement, to=case.receiving_body, by=by, at=at, slip=False).case
