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
