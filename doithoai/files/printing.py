"""PDF for paper: receipts four to a sheet, posters, plain pages. Libertinus Serif, inside typst."""

import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import segno
import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.files.documents import Table, Text

FOLDER = Path(__file__).parent / "layouts"
SUBJECT = 320  # characters that fit on a quarter of a sheet
# Only the fonts inside typst, so that every machine prints the same; they know all our letters.
FONTS = typst.Fonts(include_system_fonts=False)


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A receipt. Dates are as people read them; ``address`` goes into the QR, the secret never.

    ``ask``: the slip also asks whether the person agrees with the result, to be ticked and signed.
    """

    issuer: str
    code: str
    secret: str
    subject: str
    received: str
    address: str
    due: str = ""
    holder: str = ""
    contact: str = ""
    ask: bool = False


@dataclass(frozen=True, kw_only=True)
class Poster:
    """A notice-board sheet: labelled facts in large letters, and where to read more."""

    issuer: str
    title: str
    facts: tuple[tuple[str, str], ...]
    address: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A plain paper of headings, paragraphs and tables."""

    issuer: str
    title: str
    blocks: tuple[Text | Table, ...]
    subtitle: str = ""
    landscape: bool = False


def slips(receipts: Iterable[Slip]) -> bytes:
    """Receipts as PDF, four to an A4 sheet, in the order given (sort them by village)."""
    made = [
        {**asdict(each), "subject": _short(each.subject), "qr": _qr(each.address)}
        for each in receipts
    ]
    return pdf("slips", {"slips": made, "labels": _slip_labels()})


def poster(sheet: Poster) -> bytes:
    """A poster as PDF, one A4 page."""
    return pdf("poster", {**asdict(sheet), "qr": _qr(sheet.address)})


def page(paper: Page) -> bytes:
    """A plain paper as PDF, A4, pages numbered, table heads repeated."""
    blocks = [_block(each) for each in paper.blocks]
    return pdf("page", {**asdict(paper), "blocks": blocks})


def _slip_labels() -> dict[str, str | list[str]]:
    return {
        "title": _("Receipt"),
        "code": _("Receipt code"),
        "secret": _("Secret code"),
        "holder": _("Given to"),
        "subject": _("What it is about"),
        "received": _("Received on"),
        "due": _("Answer due by"),
        "follow": _("Follow the result at"),
        "contact": _("Telephone"),
        "ask": _("Do you agree with the result?"),
        "choices": [
            _("I agree with the result"),
            _("I agree in part"),
            _("I do not agree and ask again"),
        ],
        "signature": _("Day, signature, full name"),
        "keep": _("Keep this slip. Tell the secret code to nobody; no official will ask for it."),
    }


def _short(text: str) -> str:
    if len(text) <= SUBJECT:
        return text
    return text[:SUBJECT].rsplit(" ", 1)[0] + " …"


def _block(block: Text | Table) -> dict[str, object]:
    if isinstance(block, Table):
        widths = block.widths or (1,) * len(block.head)
        return {"kind": "table", "head": block.head, "rows": block.rows, "widths": widths}
    return {"kind": "heading" if block.heading else "text", "words": block.words}


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", scale=4, border=2)
    return out.getvalue().decode()


def pdf(name: str, data: dict[str, object]) -> bytes:
    """A sheet of ``layouts/`` filled with this data, as PDF."""
    language = (get_language() or "vi").split("-")[0]
    made: bytes = typst.compile(
        str(FOLDER / f"{name}.typ"),
        root=str(FOLDER),
        font_paths=FONTS,
        sys_inputs={"data": json.dumps({**data, "language": language}, ensure_ascii=False)},
    )
    return made
