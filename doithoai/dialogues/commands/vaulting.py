"""What a dialogue keeps of a statement goes into the vault with its case: the row as it was
imported, the leader's words, the reply prepared, its line in the conclusion and the minutes, and
the papers made of these, which have to be made anew.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Q

from doithoai.cases.commands.vaulting import forget_file
from doithoai.dialogues.models import Asked, Dialogue, Item
from doithoai.dialogues.telling import told_of
from doithoai.docket.unsealing import Text, keep_files
from doithoai.files.models import Document, Stored
from doithoai.files.queries import content
from doithoai.files.storing import path_of

PAPERS: Final = 20_000  # where the numbers of a dialogue's papers begin among a matter's files


def stow_items(case: UUID) -> list[Text]:
    """The texts of a case's items, which then say nothing. Called while the case still speaks."""
    found = list(Item.objects.filter(case=case).select_related("submission", "case", "dialogue"))
    texts = [text for item in found for text in _texts(item)]
    for item in found:
        strike(item)
    _withdraw_papers(case, {item.dialogue_id for item in found})
    Item.objects.filter(case=case).update(leader_words="", draft_reply="", row_values={})
    Asked.objects.filter(item__case=case).update(draft="")
    return texts


def _texts(item: Item) -> Iterator[Text]:
    row = "\n".join(f"{name}: {value}" for name, value in item.row_values.items() if value)
    said = (("imported row", row), ("word", item.leader_words), ("draft", item.draft_reply))
    sent = (("draft", ask.draft) for ask in item.asked.order_by("pk"))
    yield from (Text(what, text) for what, text in (*said, *sent) if text)


def strike(item: Item) -> None:
    """Lines of the notice and of the minutes that tell of it are struck out."""
    told = told_of([item])
    dialogue = Dialogue.objects.get(pk=item.dialogue_id)
    dialogue.conclusion = told.struck(dialogue.conclusion)
    dialogue.minutes = told.struck(dialogue.minutes)
    dialogue.save(update_fields=["conclusion", "minutes"])


def _withdraw_papers(case: UUID, dialogues: set[UUID]) -> None:
    """Every paper made of these dialogues, into the vault. None can be ruled out: a notice lists
    what is followed, and of a signed scan nobody here can tell what it says. Number and day of what
    was signed stay; what was not is worded and approved anew.
    """
    papers = list(
        Document.objects.select_related("draft", "signed_file").filter(about__in=dialogues)
    )
    files = chain.from_iterable((paper.draft, paper.signed_file) for paper in papers)
    stored = list({each.pk: each for each in files if each is not None}.values())
    keep_files(case, _readable(stored), first=PAPERS)
    Document.objects.filter(pk__in=[p.pk for p in papers]).update(draft=None, signed_file=None)
    for each in stored:
        forget_file(each)
    unsigned = Dialogue.objects.filter(Q(pk__in=dialogues) & ~Q(conclusion_document=None))
    unsigned.filter(conclusion_number="").update(
        conclusion_document=None, approved_at=None, approved_by=None
    )
    Dialogue.objects.filter(pk__in=dialogues, minutes_number="").update(minutes_document=None)


def _readable(stored: Sequence[Stored]) -> list[tuple[bytes, str, str]]:
    there = (s for s in stored if default_storage.exists(path_of(s.sha256, s.extension)))
    return [(content(each), each.media_type, each.extension) for each in there]
