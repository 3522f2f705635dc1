"""The acts that may be done on several cases at once."""

from collections.abc import Callable, Mapping, Sequence
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
from doithoai.cases.forms.fields import ActForm
from doithoai.cases.forms.placing import ClassifyingMany, RoutingMany

Run = Callable[[ActForm, Sequence[UUID], Official, datetime], object]


@dataclass(frozen=True)
class Several:
    """One act on several cases: each keeps its own entry."""

    name: str
    label: Text
    form: type[ActForm]
    run: Run
    lead: Text


def _classify(form: ActForm, cases: Sequence[UUID], by: Official, at: datetime) -> object:
    assert isinstance(form, ClassifyingMany)
    return together.classify(cases, form.value(), by=by, at=at)


def _route(form: ActForm, cases: Sequence[UUID], by: Official, at: datetime) -> object:
    given = form.cleaned_data
    return together.route(cases, to=given["to"], why=given["why"], by=by, at=at)


def _answer(form: ActForm, cases: Sequence[UUID], by: Official, at: datetime) -> object:
    assert isinstance(form, AnsweringMany)
    uploads = form.cleaned_data["evidence"]
    return together.answer_many_with_evidence(cases, form.value(), uploads=uploads, by=by, at=at)


ACTS: Final[tuple[Several, ...]] = (
    Several(
        "classify",
        pgettext_lazy("act", "Classify"),
        ClassifyingMany,
        _classify,
        _("All chosen items get the same field and kind."),
    ),
    Several(
        "route",
        pgettext_lazy("act", "Give to a body to settle"),
        RoutingMany,
        _route,
        _("All chosen items go to the same body."),
    ),
    Several(
        "answer",
        pgettext_lazy("act", "Answer, with evidence"),
        AnsweringMany,
        _answer,
        _("One answer settles all chosen items; each keeps its own entry."),
    ),
)
BY_NAME: Final[Mapping[str, Several]] = {each.name: each for each in ACTS}
