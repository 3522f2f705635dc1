"""The acts that may be done on several cases at once."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from doithoai.accounts.actors import Official
from doithoai.cases.acts.act import Text
from doithoai.cases.commands import together
from doithoai.cases.forms.answering import AnsweringMany
from doithoai.cases.forms.fields import ActForm, Bare, Words
from doithoai.cases.forms.placing import Assigning, ClassifyingMany, OfferingMany, RoutingMany
from doithoai.cases.models import Case


@dataclass(frozen=True)
class Chosen:
    """Who does it to which cases at which moment; ``seen`` has the version the page showed of
    each.
    """

    cases: tuple[UUID, ...]
    seen: Mapping[UUID, int]
    by: Official
    at: datetime


Run = Callable[[ActForm, Chosen], object]


@dataclass(frozen=True)
class Several:
    """One act on several cases: each keeps its own entry.

    ``right`` is what somebody needs to whom it is offered; ``ask`` labels the text of ``Words``.
    """

    name: str
    label: Text
    form: type[ActForm]
    run: Run
    lead: Text
    right: str
    ask: Text = ""


def offered(actor: Official) -> tuple[Several, ...]:
    """What the list offers to somebody; each case is decided on when it is done."""
    return tuple(each for each in ACTS if actor.may(each.right))


def written(case: Case) -> str:
    """A case and the version the page shows of it, as a hidden field has them."""
    return f"{case.pk}:{case.matter.version}"


def seen(typed: Iterable[str]) -> dict[UUID, int]:
    """What hidden fields say that the page showed; anything else says nothing."""
    found = (_SEEN.fullmatch(each) for each in typed)
    return {UUID(each[1]): int(each[2]) for each in found if each}


_SEEN: Final = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([0-9]{1,9})")


def _classify(form: ActForm, do: Chosen) -> object:
    assert isinstance(form, ClassifyingMany)
    return together.classify(do.cases, form.value(), seen=do.seen, by=do.by, at=do.at)


def _route(form: ActForm, do: Chosen) -> object:
    given = form.cleaned_data
    to, why = given["to"], given["why"]
    return together.route(do.cases, to=to, why=why, seen=do.seen, by=do.by, at=do.at)


def _offer(form: ActForm, do: Chosen) -> object:
    given = form.cleaned_data
    to, why = given["to"], given["why"]
    return together.offer(do.cases, to=to, why=why, seen=do.seen, by=do.by, at=do.at)


def _accept(form: ActForm, do: Chosen) -> object:
    del form
    return together.accept(do.cases, seen=do.seen, by=do.by, at=do.at)


def _give_back(form: ActForm, do: Chosen) -> object:
    reason = form.cleaned_data["text"]
    return together.give_back(do.cases, reason=reason, seen=do.seen, by=do.by, at=do.at)


def _assign(form: ActForm, do: Chosen) -> object:
    post = form.cleaned_data["post"]
    return together.assign(do.cases, post=post, seen=do.seen, by=do.by, at=do.at)


def _answer(form: ActForm, do: Chosen) -> object:
    assert isinstance(form, AnsweringMany)
    uploads = form.cleaned_data["evidence"]
    return together.answer_many_with_evidence(
        do.cases, form.value(), uploads=uploads, seen=do.seen, by=do.by, at=do.at
    )


ACTS: Final[tuple[Several, ...]] = (
    Several(
        "accept",
        pgettext_lazy("act", "Accept"),
        Bare,
        _accept,
        _("Your body takes all chosen items and owes each answer by its own date."),
        "cases.answer",
    ),
    Several(
        "return",
        pgettext_lazy("act", "Return, with the reason"),
        Words,
        _give_back,
        _("All chosen items go back with the same reason."),
        "cases.answer",
        _("Why it is returned"),
    ),
    Several(
        "classify",
        pgettext_lazy("act", "Classify"),
        ClassifyingMany,
        _classify,
        _("All chosen items get the same field and kind."),
        "cases.route",
    ),
    Several(
        "route",
        pgettext_lazy("act", "Give to a body to settle"),
        RoutingMany,
        _route,
        _("All chosen items go to the same body."),
        "cases.route",
    ),
    Several(
        "offer",
        pgettext_lazy("act", "Transfer to another body"),
        OfferingMany,
        _offer,
        _("All chosen items are transferred to the same body; until it accepts, yours still owes."),
        "cases.route",
    ),
    Several(
        "assign",
        pgettext_lazy("act", "Say who works on it"),
        Assigning,
        _assign,
        _("The same post works on all chosen items."),
        "cases.assign",
    ),
    Several(
        "answer",
        pgettext_lazy("act", "Answer, with evidence"),
        AnsweringMany,
        _answer,
        _("One answer settles all chosen items; each keeps its own entry."),
        "cases.answer",
    ),
)
BY_NAME: Final[Mapping[str, Several]] = {each.name: each for each in ACTS}
