"""A mixed petition split into matters, each with its own procedure (Decree 154/2026, art. 14)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.cases import petition_events, policies, sealed_rules, workflow
from doithoai.cases.commands import sealing
from doithoai.cases.commands.intake import fan_out
from doithoai.cases.commands.petitions import apart, decisions, sorting, threads
from doithoai.cases.commands.petitions.decisions import Decided
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.vaulting import stow_words
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import Said, enter_all
from doithoai.docket.models import Link
from doithoai.vault.reading import holds

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

    What is to be sealed stays with the paper as it came, and so does whatever shares its statement.
    What stays open has its own words only, and takes over the paper's line in the register of
    petitions: one paper is counted once there, with its open matters; each sealed part has a line
    in the register of the body that has it. Raises Invalid for fewer than two parts, for a petition
    split before, and what ``sort`` raises for any of them.
    """
    ordered = _ordered(parts)
    beside = sorting.sharing_it(case_id, ordered[0].nature)
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.SPLIT](by, case))
    _check(case, ordered, by)
    workflow.SPLIT.take(case)
    words = decisions.checked(guidance)
    made = _further(case, ordered, by, at)
    came = apart.paper(case)
    apart.say(case, ordered[0].text)
    moved = sorting.become_kind(case, ordered[0].nature, beside, by=by, at=at)
    apart.hand_line_over(case, came, made)
    more, content = decisions.to_the_person(case, words)
    said = [
        Said(petition_events.Divided(len(ordered)), content),
        Said(sorting.classified(ordered[0].nature)),
    ]
    entry = enter_all([*said, *moved, *more], about=case.matter, by=by, at=at)[0]
    decisions.keep(case, entry, Decided("split", words, "divided"), by=by, at=at)
    sealing.debts_follow(case, by=by, at=at)
    _tell_the_settlers([case, *made], at)
    return [case, *made]


def _ordered(parts: Sequence[Part]) -> list[Part]:
    """What is to be sealed first. Raises Invalid for fewer than two, or a part without words."""
    if len(parts) < FEWEST or not all(part.text.strip() for part in parts):
        raise Invalid(
            _("A mixed petition has at least two matters; write each of them in its own words.")
        )
    sealed = [part.nature for part in parts if part.nature.private]
    known = [
        replace(part, nature=_beside(part.nature, sealed)) if part.nature.private else part
        for part in parts
    ]
    return sorted(known, key=lambda part: not part.nature.private)


def _beside(nature: Nature, sealed: Sequence[Nature]) -> Nature:
    """One person says all of it: nobody whom a sealed part is about has another sealed part."""
    return replace(nature, others=tuple(each for each in sealed if each is not nature))


def _check(case: Case, ordered: Sequence[Part], by: Actor) -> None:
    """Nothing leaves the vault, and no paper is split twice. Raises Denied, Invalid."""
    if holds(case.pk):
        require(sealed_rules.may_fan_out(by, case))
    if case.matter.sealed and ordered[0].nature.private:
        raise Invalid(
            _(
                "This item is kept private already, and a part of it is to be sealed: sort the "
                "whole as that part, and guide the person to write the other matters apart."
            )
        )
    if known := threads.split_before(case, by):
        raise Invalid(
            _(
                "The same petition of this person was split before, into %(codes)s. Put this one "
                "on file as the same, or sort it as what is new in it; do not split it again "
                "(Circular 05/2021/TT-TTCP, article 6)."
            )
            % {"codes": ", ".join(known)}
        )


def _tie(case: Case, made: Sequence[Case], *, sealed: bool) -> None:
    """Each further part to the first one of its own side. No row leads from what is sealed to what
    is open, where the person is named: whoever had the database would have the author.
    """
    alike = [each for each in made if each.matter.sealed == sealed]
    opened = [each for each in made if each.matter.sealed != sealed]
    pairs = [(each, case) for each in alike] + [(each, opened[0]) for each in opened[1:]]
    Link.objects.bulk_create(
        Link(source=source.matter, kind=Link.Kind.SPLIT_FROM, target=target.matter)
        for source, target in pairs
    )


def _tell_the_settlers(parts: Sequence[Case], at: datetime) -> None:
    """Whoever opens a sealed part reads there, and nowhere else, which open ones there are."""
    codes = ", ".join(each.matter.code for each in parts if not each.matter.sealed)
    if not codes:
        return
    with override(settings.LANGUAGE_CODE):
        text = _("The other parts of the petition: %(codes)s") % {"codes": codes}
    for each in parts:
        stow_words(each, "note", text, on=local_day(at))


def _further(case: Case, ordered: Sequence[Part], by: Actor, at: datetime) -> list[Case]:
    """The items made of the further parts, in their order, each sorted and tied to the first."""
    further = ordered[1:]
    shut = [part for part in further if part.nature.private]
    texts = [part.text for part in further if not part.nature.private]
    made = [apart.sealed(case, part.nature, part.text, by=by, at=at) for part in shut]
    if ordered[0].nature.private:
        made += apart.opened(case, texts, by=by, at=at) if texts else []
    else:
        made += fan_out(case.pk, texts=texts, not_secret=apart.looked_at(case), by=by, at=at)
    _tie(case, made, sealed=case.matter.sealed or ordered[0].nature.private)
    return [
        each if part.nature.private else sorting.sort(each.pk, part.nature, by=by, at=at)
        for each, part in zip(made, further, strict=True)
    ]
