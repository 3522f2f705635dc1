"""What every step on a dialogue shares."""

from django.utils.translation import override

from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.workflow import FINAL, State


def store(dialogue: Dialogue, *fields: str) -> None:
    """Save the dialogue's own fields and show its state on the matter."""
    dialogue.save(update_fields=["state", *fields])
    matter = dialogue.matter
    matter.state, matter.final, matter.title = (
        dialogue.state,
        dialogue.state in FINAL,
        dialogue.title,
    )
    matter.state_label = label(State(dialogue.state))
    matter.save(update_fields=["state", "state_label", "final", "title"])


def label(state: State) -> str:
    """The state's name as the matter keeps it: in English, translated where it is shown."""
    with override("en"):
        return str(state.label)
