"""What a dialogue keeps of a person who is erased: the imported row, the reply prepared, their line
in the conclusion and the minutes, and their name in the leader's words.
"""

from doithoai.cases.commands.striking import Gone, strike_rows
from doithoai.dialogues.commands.vaulting import strike
from doithoai.dialogues.models import Asked, Dialogue, Item, Sheet

PAPERS = ("agenda", "invited", "minutes", "conclusion")


def erase_items(gone: Gone) -> None:
    """The lines of their statement say nothing any more. The clerk's own file stays as it came."""
    items = Item.objects.filter(submission=gone.submission)
    for item in items.select_related("submission", "case", "dialogue"):
        strike(item)
        strike_rows(Dialogue.objects.filter(pk=item.dialogue_id), *PAPERS, gone=gone)
    strike_rows(items, "leader_words", "row_group", gone=gone)
    for sheet in Sheet.objects.filter(dialogue__items__in=items).exclude(result=None).distinct():
        sheet.result = gone.strike_all(sheet.result)
        sheet.save(update_fields=["result"])
    Asked.objects.filter(item__in=items).update(draft="")
    items.update(draft_reply="", row_values={}, row_digest="")
