"""What can be done to a dialogue now, what is asked first of all, and what not, with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from doithoai.core.decisions import Decision
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.queries import Page
from doithoai.dialogues.workflow import State


@dataclass(frozen=True)
class Kind:
    """A button as every dialogue has it: its words, its address, its key; ``post`` does it at
    once.
    """

    label: str
    address: str
    key: str = ""
    post: bool = False


@dataclass(frozen=True)
class Button:
    """A button of one dialogue's page; ``warned`` when something is to be read before."""

    label: str
    url: str
    decision: Decision
    key: str
    post: bool
    primary: bool
    warned: bool


@dataclass(frozen=True)
class Buttons:
    """What can be done now, the main act first; and what not now, with the reason of each."""

    now: tuple[Button, ...]
    not_now: tuple[Button, ...]


KINDS: Final[Mapping[str, Kind]] = {
    "take_down": Kind(noop("Take down what is said"), "dialogue_hall", "h"),
    "import": Kind(noop("Import a list"), "dialogue_import", "i"),
    "announce": Kind(noop("Announce the dialogue"), "dialogue_announce", post=True),
    "hold": Kind(noop("Record that it was held"), "dialogue_hold"),
    "change": Kind(noop("Change the plan"), "dialogue_change"),
    "postpone": Kind(noop("Postpone the dialogue"), "dialogue_postpone"),
    "reschedule": Kind(noop("Set another day"), "dialogue_reschedule"),
    "cancel": Kind(noop("Cancel the dialogue"), "dialogue_cancel"),
    "record_minutes": Kind(noop("Minutes of the dialogue"), "dialogue_minutes"),
    "sign_minutes": Kind(noop("Record the signed minutes"), "dialogue_sign_minutes"),
    "publish_minutes": Kind(noop("Make the minutes public"), "dialogue_publish_minutes", post=True),
    "conclude": Kind(noop("Word the conclusion notice"), "dialogue_conclude"),
    "approve": Kind(noop("Approve the wording of the conclusion"), "dialogue_approve"),
    "sign": Kind(noop("Record the signed conclusion notice"), "dialogue_sign"),
    "publish": Kind(noop("Publish the conclusion"), "dialogue_publish", post=True),
    "post_results": Kind(
        noop("Record that the results were posted"), "dialogue_post_results", post=True
    ),
    "slips": Kind(noop("Print slips for the people"), "dialogue_slips"),
}
COMING: Final = ("announce", "take_down", "hold", "import", "change", "postpone", "cancel", "slips")
AFTER: Final = (
    "conclude", "approve", "sign", "publish", "post_results", "take_down", "import",
    "record_minutes", "sign_minutes", "publish_minutes", "slips",
)  # fmt: skip
SHOWN: Final[Mapping[str, Sequence[str]]] = {
    State.PLANNED: COMING,
    State.ANNOUNCED: COMING[1:],
    State.POSTPONED: ("reschedule", "announce", "cancel", "take_down", "import", "slips"),
    State.HELD: AFTER,
    State.SIGNED: AFTER,
    State.PUBLISHED: AFTER,
    State.CANCELLED: ("take_down", "import", "slips"),
}


def buttons(page: Page) -> Buttons:
    """The buttons of a page, of the state its dialogue is in."""
    names = SHOWN[page.dialogue.state]
    main = _main(page)
    order = sorted(names, key=lambda name: name != main)
    every = [_button(name, page, primary=name == main) for name in order]
    return Buttons(tuple(b for b in every if b.decision), tuple(b for b in every if not b.decision))


def _main(page: Page) -> str:
    """The act this state asks for: the first that can be done, on the way to the conclusion."""
    dialogue = page.dialogue
    worded = any(paper.kind == "conclusion_notice" for paper in page.documents)
    wanted = {
        State.PLANNED: ("announce",),
        State.ANNOUNCED: ("take_down",),
        State.POSTPONED: ("reschedule",),
        State.HELD: _towards_signature(dialogue, worded=worded),
        State.SIGNED: ("publish",),
        State.PUBLISHED: ("post_results",),
        State.CANCELLED: (),
    }[State(dialogue.state)]
    return next((name for name in wanted if _decision(name, page)), "")


def _towards_signature(dialogue: Dialogue, *, worded: bool) -> tuple[str, ...]:
    if dialogue.approved_at is not None:
        return ("sign",)
    return ("approve", "record_minutes") if worded else ("conclude",)


def _decision(name: str, page: Page) -> Decision:
    return page.may_print if name == "slips" else page.offered[name]


def _button(name: str, page: Page, *, primary: bool) -> Button:
    kind = KINDS[name]
    return Button(
        label=_(kind.label),
        url=reverse(kind.address, args=[page.dialogue.matter.code]),
        decision=_decision(name, page),
        key=kind.key,
        post=kind.post,
        primary=primary,
        warned=name == "publish" and page.dialogue.state == State.SIGNED,
    )
