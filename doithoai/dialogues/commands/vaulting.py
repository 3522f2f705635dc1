"""What a dialogue keeps of a statement goes into the vault with its case: the row as it was
imported, the leader's words, the reply prepared, its line in the conclusion and the minutes.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from doithoai.dialogues.models import Asked, Dialogue, Item
from doithoai.dialogues.telling import WITHHELD, beginning, tells
from doithoai.docket.unsealing import Text


def stow_items(case: UUID) -> list[Text]:
    """The texts of a case's items, which then say nothing. Called while the case still speaks."""
    found = list(Item.objects.filter(case=case).select_related("submission", "case", "dialogue"))
    texts = [text for item in found for text in _texts(item)]
    for item in found:
        strike(item)
    Item.objects.filter(case=case).update(leader_words="", draft_reply="", row_values={})
    Asked.objects.filter(item__case=case).update(draft="")
    return texts


def _texts(item: Item) -> Iterator[Text]:
    row = "\n".join(f"{name}: {value}" for name, value in item.row_values.items() if value)
    said = (("imported row", row), ("word", item.leader_words), ("draft", item.draft_reply))
    sent = (("draft", ask.draft) for ask in item.asked.order_by("pk"))
    yield from (Text(what, text) for what, text in (*said, *sent) if text)


def strike(item: Item) -> None:
    """Lines of the notice and of the minutes that repeat it are struck out."""
    told = {beginning(text) for text in (item.submission.text, item.case.text) if text.strip()}
    dialogue = Dialogue.objects.get(pk=item.dialogue_id)
    dialogue.conclusion = _without(dialogue.conclusion, told)
    dialogue.minutes = _without(dialogue.minutes, told)
    dialogue.save(update_fields=["conclusion", "minutes"])


def _without(text: str, told: Iterable[str]) -> str:
    """The text, a mark instead of each line that tells; lines are kept so that papers count."""
    lines = text.splitlines()
    if not any(tells(line, told) for line in lines):
        return text
    return "\n".join(WITHHELD if tells(line, told) else line for line in lines)
