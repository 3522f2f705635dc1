"""What an act is, and who does it to which case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils.functional import Promise

from doithoai.accounts.actors import Official
from doithoai.cases import policies
from doithoai.cases.forms.fields import ActForm
from doithoai.cases.models import Case

F = TypeVar("F", bound=ActForm)
Text = str | Promise


@dataclass(frozen=True)
class Doing:
    """Who does it to which case at which moment."""

    case: Case
    by: Official
    at: datetime


@dataclass(frozen=True)
class Filled:
    """A form and the command that takes its values."""

    form: type[ActForm]
    run: Callable[[ActForm, Doing], object]


@dataclass(frozen=True)
class Act:
    """One act: what allows it, what the page says, what is filled in, which command runs.

    ``steps`` are names of workflow steps, any of which will do; without them the policy decides.
    ``besides`` may still refuse what a step allows.
    ``not_yet`` is said when the state does not fit; ``ask`` labels the one text of a ``Words``
    form; ``lead`` stands under the title; ``key`` is the letter that opens it.
    """

    name: str
    label: Text
    filled: Filled
    steps: tuple[str, ...] = ()
    policy: policies.Policy | None = None
    besides: policies.Policy | None = None
    not_yet: Text = ""
    ask: Text = ""
    lead: Text = ""
    key: str = ""


def on(form: type[F], call: Callable[[F, Doing], object]) -> Filled:
    """Tie a command to the form whose values it takes."""

    def run(filled: ActForm, doing: Doing) -> object:
        assert isinstance(filled, form), form.__name__
        return call(filled, doing)

    return Filled(form, run)
