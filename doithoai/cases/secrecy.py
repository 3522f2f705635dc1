"""What bears the stamp of a state secret is never kept here, only its number: one place for every
door by which words and papers come in (Law 117/2025/QH15, article 5(2)).

A stamped file is refused wherever files are kept (``files.stamps``). Words in a text may only look
so: whoever writes them is refused once, looks, and says so.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from doithoai.core.actors import Actor
from doithoai.core.errors import Invalid
from doithoai.core.sentences import Sentence
from doithoai.files.stamps import marked, refuse_stamped, stamped

__all__ = ["keep_out", "keep_out_sealed", "marked", "stamped", "stamped_row"]

if TYPE_CHECKING:
    Uploads = Sequence[UploadedFile[bytes]]

BOX = "not_secret"  # the box of every form by which somebody says that they have looked
# Kept in English and said in the reader's language.
IN_A_ROW = gettext_noop(
    "This row bears the mark “%(mark)s”. A state secret may not be stored here (Law on the "
    "Protection of State Secrets 117/2025/QH15, article 5(2)): the row is left out. Delete it from "
    "the file, keep it on paper and register only its number; if it is no state secret, take it "
    "down on the hall desk, where you can say so."
)


def keep_out(*texts: str, looked: bool, by: Actor) -> None:
    """Stop words that bear a stamp, unless somebody ``looked`` and said that they are no state
    secret. Raises Invalid naming the box by which they say so.
    """
    mark = next(filter(None, map(stamped, texts)), "")
    if mark and not looked:
        said = _to_official() if by.kind == "official" else _to_others()
        raise Invalid(said % {"mark": mark}, context={"field": BOX})


def _to_official() -> str:
    return _(
        "This bears the mark “%(mark)s”. A state secret may not be stored here (Law on the "
        "Protection of State Secrets 117/2025/QH15, article 5(2)): keep the paper outside, and "
        "register only its number in the register of petitions. If it is no state secret, tick "
        "that you have looked at it, and send it again."
    )


def _to_others() -> str:
    return _(
        "This bears the mark “%(mark)s”. A state secret may not be sent or stored here (Law on the "
        "Protection of State Secrets 117/2025/QH15, article 5(2)); nothing of it was kept. Bring "
        "the paper to the office in person: it registers only the number. If it is no state "
        "secret, tick that you have looked at it, and send it again."
    )


def keep_out_sealed(text: str, uploads: "Uploads", *, looked: bool, to: str) -> None:
    """The same for what is denounced: neither words nor files that bear a stamp go even into the
    vault; the paper is handed to the head of ``to``, in person. Raises Invalid.
    """
    for upload in uploads:
        upload.seek(0)
        name, data = upload.name or "", upload.read()
        upload.seek(0)  # whoever keeps it reads it again
        try:
            refuse_stamped(name, data)
        except Invalid as refusal:
            raise Invalid(f"{refusal.message} {_by_hand(to)}", context=refusal.context) from None
    mark = stamped(text)
    if mark and not looked:
        told = _to_others() % {"mark": mark}
        raise Invalid(f"{told} {_by_hand(to)}", context={"field": BOX})


def _by_hand(to: str) -> str:
    return _(
        "What you denounce with it goes to the head of %(body)s: hand the paper to them alone, in "
        "person, and let them give you a receipt."
    ) % {"body": to}


def stamped_row(*texts: str) -> Sentence | None:
    """Why a row of a list stays out, or nothing: nobody is asked row by row."""
    mark = next(filter(None, map(stamped, texts)), "")
    return Sentence(IN_A_ROW, {"mark": mark}) if mark else None
