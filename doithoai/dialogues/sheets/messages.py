"""Every sentence this package may say to a person, in English with named placeholders.

The package knows no gettext: whoever shows a sentence translates it and fills in its parameters.
"""

from collections.abc import Mapping

Params = Mapping[str, str | int]


def _(text: str) -> str:
    """Mark a sentence for translation."""
    return text


class SheetError(Exception):
    """A file that cannot be read as a sheet of statements; says why in one sentence."""

    def __init__(self, message: str, params: Params | None = None) -> None:
        self.message = message
        self.params: Params = params or {}
        super().__init__(message % self.params if self.params else message)


EMPTY_FILE = _("The file %(name)s is empty.")
TOO_LARGE = _("The file %(name)s is larger than %(limit)s MB.")
UNPACKS_TOO_LARGE = _("The file %(name)s is too large when unpacked, so it was not opened.")
TOO_MANY_ROWS = _("The table %(title)s has more than %(limit)s rows.")
TOO_MANY_COLUMNS = _("The table %(title)s has more than %(limit)s columns.")
PASSWORD = _(
    "The file %(name)s is protected by a password. Remove the password and choose the file again."
)
DAMAGED = _("The file %(name)s is damaged and cannot be read.")
WRONG_TYPE = _(
    "The file %(name)s is not a table. Choose an Excel, OpenDocument, CSV or Word (DOCX) file."
)
OLD_WORD = _(
    "The file %(name)s is an old Word document. Save it as DOCX in Word and choose it again."
)
BINARY_WORKBOOK = _(
    "The file %(name)s is a binary Excel workbook (XLSB). Save it as XLSX and choose it again."
)
NO_TABLE = _("The file %(name)s holds no table.")
NO_TEXT_COLUMN = _(
    "No column with the content of the statements was found. "
    "One heading must read “Nội dung kiến nghị”, “Nội dung ý kiến” or similar."
)

NO_TEXT = _("There is no statement text here: only %(filled)s.")

IMPOSSIBLE_DUE = _("The due date “%(text)s” does not exist in the calendar.")
UNREADABLE_DUE = _("The due date “%(text)s” could not be understood.")
SEVERAL_DUE = _("The due date “%(text)s” names several dates; the last one was taken.")
DUE_BEFORE_DIALOGUE = _(
    "The due date %(due)s lies before the dialogue of %(held)s and was not taken. "
    "Enter the right one."
)
UNKNOWN_RESULT = _("The result “%(text)s” is not one of the known outcomes.")
UNREADABLE_DOCUMENT = _("No number of a document was found in “%(text)s”.")
IMPOSSIBLE_DOCUMENT_DATE = _("The date of the document “%(text)s” does not exist in the calendar.")
SAME_TEXT = _("The same text stands on line %(line)s already.")
CONTINUATION = _(
    "This line has no number and nothing but a text: "
    "it may continue the statement on line %(line)s."
)
