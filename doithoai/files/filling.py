"""A form filled in: the template of a body's layout, with the facts of the record."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Final

from django.utils.translation import gettext as _
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from doithoai.core.errors import Invalid
from doithoai.files import office
from doithoai.files.facts import PLACEHOLDERS, Facts, Head
from doithoai.files.models import Layout
from doithoai.files.sniffing import DOCX, kind_of
from doithoai.files.wordings import Form

GAP: Final = "……………"
# Where the clerk's number stands, by layout: abbreviation of the paper, then of the body (Decree
# 30/2020, Annex III; Regulation 399-QĐ/TW).
SYMBOLS: Final = {
    Layout.STATE: "/{paper}-UBND",
    Layout.PARTY: "-{paper}/{body}",
    Layout.FRONT: "/{paper}-MTTQ",
}
# How a Party body's numbers name it, by what its own name holds; a committee below the province is
# ĐU. The clerk mends what does not fit.
PARTY_BODIES: Final = (("ỦY BAN KIỂM TRA", "UBKT"), ("TỈNH ỦY", "TU"), ("THÀNH ỦY", "TU"))
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
# A template says facts, asks whether one is known, and lists; it computes nothing.
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.For, nodes.Not,
    nodes.And, nodes.Or,
)  # fmt: skip


def fill(form: Form, template: bytes, head: Head, facts: Facts) -> bytes:
    """The paper as a Word file. Number and day of signature stay open: they are the clerk's.

    The same paper gives the same bytes, and the file names no author.
    """
    said = _said(form, head, facts)
    document = DocxTemplate(io.BytesIO(template))
    document.render(said, _environment())
    out = io.BytesIO()
    document.save(out)
    return office.clean(out.getvalue())


def check(data: bytes) -> bytes:
    """A template somebody made, cleaned. Raises Invalid, with a sentence, when it is no Word
    document, holds macros, says what no form knows, or does more than say it.
    """
    if kind_of(data) is not DOCX:
        raise Invalid(_("A template is a Word document (DOCX). Save it as one and send that."))
    cleaned = office.clean(data)
    try:
        _refuse_unknown(cleaned)
        every = dict.fromkeys(PLACEHOLDERS, "x") | {"recipients": ["x"]}
        document = DocxTemplate(io.BytesIO(cleaned))
        document.render(every, _environment())
        document.save(io.BytesIO())
    except (TemplateError, OpcError, KeyError, ValueError, SyntaxError) as error:
        raise Invalid(
            _(
                "The template cannot be filled in. See that each placeholder is written whole, as "
                "{{ person_name }}, and each {%p if … %} has its {%p endif %}."
            )
        ) from error
    return cleaned


def _refuse_unknown(data: bytes) -> None:
    trees = [_environment().parse(text) for text in _texts(data)]
    inside = [node for tree in trees for node in tree.find_all(nodes.Node)]
    if any(not isinstance(node, _ALLOWED) for node in inside):
        raise Invalid(
            _(
                "A template may only name placeholders, ask whether one is known ({%p if … %}) and "
                "list ({%p for each in recipients %}). Take out everything else between braces."
            )
        )
    names = [node for node in inside if isinstance(node, nodes.Name)]
    own = {node.name for node in names if node.ctx == "store"}
    unknown = sorted({node.name for node in names} - own - PLACEHOLDERS)
    if unknown:
        listed = ", ".join(unknown)
        raise Invalid(_("No form knows these placeholders: %(names)s.") % {"names": listed})
    if not names:
        raise Invalid(
            _("The document names no placeholder, so nothing of the record would stand in it.")
        )


def _texts(data: bytes) -> Iterator[str]:
    patching = DocxTemplate(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(filter(_PARTS.fullmatch, archive.namelist())):
            yield patching.patch_xml(archive.read(name).decode("utf-8"))


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, finalize=lambda said: GAP if said == "" else said)


def _said(form: Form, head: Head, facts: Facts) -> dict[str, object]:
    """Every placeholder with what it says; the form's own sentences are filled in first."""
    known = {name: _tidy(said) for name, said in asdict(facts).items()}
    known |= {
        "issuer": head.issuer.upper(),
        "issuer_name": head.issuer,
        "parent_issuer": head.parent_issuer.upper() or " ",
        "place": head.place,
        "year": str(head.year),
        "signer_title": head.signer_title.upper(),
        "signer_name": head.signer_name or " ",
    }
    return {
        **known,
        "title": form.title.upper(),
        "subject": _sentence(form.subject, known),
        "symbol": symbol_of(head, form.abbreviation),
        "addressee": _sentence(form.addressee, known),
        "recipients": _sentences(form.recipients, known),
    }


def symbol_of(head: Head, paper: str) -> str:
    """What follows the clerk's number on a paper abbreviated so: ``/TB-UBND``, ``-TB/ĐU``."""
    own = next((short for name, short in PARTY_BODIES if name in head.issuer.upper()), "ĐU")
    return SYMBOLS[Layout(head.layout)].format(paper=paper, body=own)


def _sentences(lines: Iterable[str], known: dict[str, str]) -> list[str]:
    return [_sentence(line, known) for line in lines]


def _sentence(line: str, known: dict[str, str]) -> str:
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: known[found[1]] or GAP, line)


def _tidy(words: str) -> str:
    """Paragraphs become paragraphs; what no XML may hold goes; a full stop follows in the form."""
    plain = _CONTROLS.sub("", words.replace("\r\n", "\n")).strip()
    return "\a".join(line.strip() for line in plain.split("\n") if line.strip())
