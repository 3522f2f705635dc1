"""Every act an official may do on a case: its address, its button, its form, its command. One table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy as plazy

from doithoai.accounts.actors import Official
from doithoai.cases import policies
from doithoai.cases.commands import answering, ending, hearing, intake, placing, publishing
from doithoai.cases.commands.together import answer_with_evidence
from doithoai.cases.forms import answering as answer_forms
from doithoai.cases.forms import hearing as hear_forms
from doithoai.cases.forms import intake as intake_forms
from doithoai.cases.forms import placing as place_forms
from doithoai.cases.forms.fields import ActForm, Bare, Seen, Words
from doithoai.cases.models import Case
from doithoai.cases.workflow import STEPS, State
from doithoai.core.decisions import Decision, no

F = TypeVar("F", bound=ActForm)


@dataclass(frozen=True)
class Doing:
    """Who does it to which case at which moment."""

    case: Case
    by: Official
    at: datetime


@dataclass(frozen=True)
class Act:
    """One act: the steps or the policy that allow it, what the page says, what is filled in.

    ``steps`` are names of workflow steps, any of which will do; empty when a policy alone decides.
    ``ask`` is the label of the one text of a ``Words`` form. ``result`` is the template that shows
    what the command gives back, once.
    """

    name: str
    label: str | Promise
    form: type[ActForm]
    run: Callable[[ActForm, Doing], object]
    steps: tuple[str, ...] = ()
    policy: policies.Policy | None = None
    ask: str | Promise = ""
    done: str | Promise = ""
    key: str = ""
    result: str = ""
    not_yet: str | Promise = ""


def _on(form: type[F], call: Callable[[F, Doing], object]) -> Callable[[ActForm, Doing], object]:
    """Tie a command to the form whose values it takes."""

    def run(filled: ActForm, doing: Doing) -> object:
        assert isinstance(filled, form), form.__name__
        return call(filled, doing)

    return run


def _said(form: Words) -> str:
    text: str = form.cleaned_data["text"]
    return text


def _classify(form: place_forms.Classifying, do: Doing) -> object:
    return placing.classify(do.case.pk, form.value(), by=do.by, at=do.at)


def _guide(form: Words, do: Doing) -> object:
    return placing.guide(do.case.pk, letter=_said(form), by=do.by, at=do.at)


def _route(form: place_forms.Routing, do: Doing) -> object:
    given = form.cleaned_data
    return placing.route(do.case.pk, to=given["to"], why=given["why"], by=do.by, at=do.at)


def _offer(form: place_forms.Offering, do: Doing) -> object:
    given = form.cleaned_data
    return placing.offer(do.case.pk, to=given["to"], why=given["why"], by=do.by, at=do.at)


def _decide_lead(form: place_forms.Routing, do: Doing) -> object:
    given = form.cleaned_data
    return placing.decide_lead(do.case.pk, to=given["to"], why=given["why"], by=do.by, at=do.at)


def _forward(form: place_forms.Forwarding, do: Doing) -> object:
    to = form.cleaned_data["to"]
    return placing.forward(do.case.pk, to=to, letter=form.letter(), by=do.by, at=do.at)


def _accept(form: Bare, do: Doing) -> object:
    del form
    return placing.accept(do.case.pk, by=do.by, at=do.at)


def _give_back(form: Words, do: Doing) -> object:
    return placing.give_back(do.case.pk, reason=_said(form), by=do.by, at=do.at)


def _urge(form: Words, do: Doing) -> object:
    return placing.urge(do.case.pk, text=_said(form), by=do.by, at=do.at)


def _record_reply(form: Words, do: Doing) -> object:
    return placing.record_reply(do.case.pk, text=_said(form), by=do.by, at=do.at)


def _assign(form: place_forms.Assigning, do: Doing) -> object:
    return answering.assign(do.case.pk, post=form.cleaned_data["post"], by=do.by, at=do.at)


def _act(form: Words, do: Doing) -> object:
    return answering.act(do.case.pk, what=_said(form), by=do.by, at=do.at)


def _ask(form: Words, do: Doing) -> object:
    return answering.ask(do.case.pk, text=_said(form), by=do.by, at=do.at)


def _hear_reply(form: Words, do: Doing) -> object:
    return answering.hear_reply(do.case.pk, text=_said(form), by=do.by, at=do.at)


def _draft(form: answer_forms.Drafting, do: Doing) -> object:
    seen = form.cleaned_data["seen"]
    return answering.draft(do.case.pk, form.value(), seen=seen, by=do.by, at=do.at)


def _approve(form: Seen, do: Doing) -> object:
    return answering.approve(do.case.pk, seen=form.cleaned_data["seen"], by=do.by, at=do.at)


def _answer(form: answer_forms.Answering, do: Doing) -> object:
    given = form.cleaned_data
    return answer_with_evidence(
        do.case.pk,
        form.value(),
        uploads=given["evidence"],
        seen=given["seen"],
        by=do.by,
        at=do.at,
    )


def _extend(form: answer_forms.Extending, do: Doing) -> object:
    return answering.extend(do.case.pk, form.value(), by=do.by, at=do.at)


def _review(form: Words, do: Doing) -> object:
    return answering.review(do.case.pk, text=_said(form), by=do.by, at=do.at)


def _note(form: Words, do: Doing) -> object:
    return answering.note(do.case.pk, text=_said(form), by=do.by, at=do.at)


def _publish(form: answer_forms.Publishing, do: Doing) -> object:
    return publishing.publish(do.case.pk, form.value(), by=do.by, at=do.at)


def _withhold(form: answer_forms.Withholding, do: Doing) -> object:
    return publishing.withhold(
        do.case.pk, reason=form.cleaned_data["reason"], by=do.by, at=do.at
    )


def _confirm(form: hear_forms.Hearing, do: Doing) -> object:
    return hearing.confirm(do.case.pk, form.value(), by=do.by, at=do.at)


def _confirm_part(form: hear_forms.Hearing, do: Doing) -> object:
    return hearing.confirm_part(do.case.pk, form.value(), by=do.by, at=do.at)


def _dispute(form: hear_forms.Hearing, do: Doing) -> object:
    return hearing.dispute(do.case.pk, form.value(), by=do.by, at=do.at)


def _close(form: Bare, do: Doing) -> object:
    del form
    return ending.close(do.case.pk, by=do.by, at=do.at)


def _withdraw(form: Words, do: Doing) -> object:
    return ending.withdraw(do.case.pk, reason=_said(form), by=do.by, at=do.at)


def _archive(form: Words, do: Doing) -> object:
    return ending.archive(do.case.pk, ground=_said(form), by=do.by, at=do.at)


def _reopen(form: Words, do: Doing) -> object:
    return ending.reopen(do.case.pk, reason=_said(form), by=do.by, at=do.at)


def _join(form: hear_forms.Joining, do: Doing) -> object:
    return ending.join(do.case.pk, into=form.cleaned_data["code"], by=do.by, at=do.at)


def _part(form: Words, do: Doing) -> object:
    return ending.part(do.case.pk, reason=_said(form), by=do.by, at=do.at)


def _fan_out(form: hear_forms.FanningOut, do: Doing) -> object:
    return intake.fan_out(do.case.pk, texts=form.value(), by=do.by, at=do.at)


def _add_submission(form: intake_forms.Adding, do: Doing) -> object:
    return intake.add_submission(do.case.pk, form.value(), by=do.by, at=do.at)


def _reissue(form: hear_forms.Reissuing, do: Doing) -> object:
    submission = form.cleaned_data["submission"]
    return intake.reissue_slip(do.case.pk, submission_id=submission, by=do.by, at=do.at)
