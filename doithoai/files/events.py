"""What happens to files and papers."""

from datetime import date
from uuid import UUID

from doithoai.core.events import Event, event


@event("files.kept")
class Kept(Event):
    """A file was handed over and kept."""

    attachment: UUID
    about: UUID
    sha256: str
    purpose: str


@event("files.published")
class Published(Event):
    """Somebody decided that everybody may see a file."""

    attachment: UUID
    about: UUID


@event("files.withheld")
class Withheld(Event):
    """A file that everybody could see is private again."""

    attachment: UUID
    about: UUID


@event("files.drafted")
class Drafted(Event):
    """A paper was drafted for signature elsewhere."""

    document: UUID
    about: UUID
    body: UUID
    kind: str


@event("files.signed_recorded")
class SignedRecorded(Event):
    """The number and date of a signed paper were recorded, with its file where there is one."""

    document: UUID
    about: UUID
    number: str
    signed_on: date
    sha256: str | None


@event("files.template_replaced")
class TemplateReplaced(Event):
    """An administrator put a template of their own in place of a form's earlier one."""

    template: UUID
    code: str
    layout: str
    version: int
    sha256: str


@event("files.template_chosen")
class TemplateChosen(Event):
    """An earlier version of a form's template, or the shipped one (0), is used again."""

    code: str
    layout: str
    version: int


@event("files.paragraph_kept")
class ParagraphKept(Event):
    """A body's text for papers and answers was written or changed."""

    paragraph: UUID
    body: UUID
    version: int


@event("files.paragraph_withdrawn")
class ParagraphWithdrawn(Event):
    """A body's text is offered no more; its versions stay."""

    paragraph: UUID
    body: UUID
