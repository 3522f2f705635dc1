"""PDF files written anew from their pages: no authors, no XMP, no scripts, no files inside."""

import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

from doithoai.core.errors import Invalid

PAGES = 2000
OBJECTS = 400_000
_TRACES = ("/Metadata", "/PieceInfo", "/LastModified")
_ACTIVE_KEYS = ("/JS", "/AA", "/EmbeddedFiles", "/EF", "/AF", "/RichMediaContent", "/XFA")
_ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE"}
_ACTIVE_NOTES = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError)


def clean(data: bytes, *, as_signed: bool = False) -> bytes:
    """The same pages without traces of the maker and without anything that acts.

    ``as_signed``: bytes under a digital signature are returned unchanged. Raises Invalid.
    """
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        _refuse_locked(reader)
        if as_signed and _has_signature(reader):
            return _untouched(reader, data)
        return _rewritten(reader)
    except (*_DAMAGE, RecursionError) as error:
        raise Invalid(_("The PDF file is damaged and cannot be read.")) from error


def lines(data: bytes, *, pages: int, limit: int) -> Iterator[str]:
    """The lines of text of the first pages; nothing of a page drawn with more than ``limit`` bytes,
    and nothing of a file that cannot be read: whoever cleans it says what is wrong.
    """
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return
        for page in reader.pages[:pages]:
            drawn = page.get_contents()
            if drawn is not None and len(drawn.get_data()) <= limit:
                yield from page.extract_text().splitlines()
    except (*_DAMAGE, RecursionError):
        return


def _refuse_locked(reader: PdfReader) -> None:
    # Many office printers set only an owner's password: such a file opens with an empty one.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Invalid(_("The PDF file is locked with a password. Send it without one."))
    if not 0 < len(reader.pages) <= PAGES:
        raise Invalid(_("The PDF file has no pages, or more than %(limit)s.") % {"limit": PAGES})


def _untouched(reader: PdfReader, data: bytes) -> bytes:
    if any(_acts(each) for each in _dictionaries(reader.root_object)):
        raise Invalid(
            _("The signed PDF file holds scripts or other files and cannot be kept as it is.")
        )
    return data


def _has_signature(reader: PdfReader) -> bool:
    things = _dictionaries(reader.root_object)
    return any("/ByteRange" in each and "/Contents" in each for each in things)


def _rewritten(reader: PdfReader) -> bytes:
    writer = PdfWriter()
    for page in reader.pages:
        # Only what a page needs is copied: names, scripts, forms and files of the whole are not.
        writer.add_page(page, excluded_keys=(*_TRACES, "/AA", "/AF", "/Parent"))
    writer.metadata = None
    for each in list(_dictionaries(writer.root_object)):
        _bare(each)
    # What was unlinked is still an object of the file until the orphans are dropped.
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _acts(thing: DictionaryObject) -> bool:
    keyed = any(key in thing for key in _ACTIVE_KEYS)
    return (
        keyed or _name(thing, "/S") in _ACTIVE_ACTIONS or _name(thing, "/Subtype") in _ACTIVE_NOTES
    )


def _name(thing: DictionaryObject, key: str) -> str:
    value = thing.get(key)
    return str(value) if isinstance(value, NameObject) else ""


def _bare(thing: DictionaryObject) -> None:
    for key in (*_TRACES, *_ACTIVE_KEYS):
        thing.pop(NameObject(key), None)
    if _name(thing, "/S") in _ACTIVE_ACTIONS:
        thing.clear()
    if "/Annots" in thing:
        _bare_notes(thing)


def _bare_notes(page: DictionaryObject) -> None:
    notes = page["/Annots"].get_object()
    if not isinstance(notes, ArrayObject):
        return
    kept = ArrayObject()
    for note in notes:
        body = note.get_object()
        if isinstance(body, DictionaryObject) and _name(body, "/Subtype") not in _ACTIVE_NOTES:
            body.pop(NameObject("/T"), None)  # the name of whoever wrote the note
            kept.append(note)
    page[NameObject("/Annots")] = kept


def _dictionaries(start: PdfObject) -> Iterator[DictionaryObject]:
    """Every dictionary and stream that can be reached, each once, without recursion.

    Raises ValueError beyond OBJECTS of them.
    """
    waiting: list[PdfObject] = [start]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            each = each.get_object() or DictionaryObject()
        if isinstance(each, DictionaryObject):
            yield each
        waiting.extend(_inside(each))
        if len(waiting) + len(seen) > OBJECTS:
            raise ValueError("too many objects")


def _inside(thing: PdfObject) -> list[PdfObject]:
    if isinstance(thing, DictionaryObject):
        return [thing.raw_get(key) for key in thing]
    if isinstance(thing, ArrayObject):
        return list(thing)
    return []
