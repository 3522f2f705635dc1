"""What happened to places, bodies and competence."""

from datetime import date
from uuid import UUID

from doithoai.core.events import Event, event


@event("units.loaded")
class Loaded(Event):
    """The data files and the country pack were read in, and something changed; counts of rows."""

    places: int
    successions: int
    bodies: int


@event("units.competence_changed")
class CompetenceChanged(Event):
    """Another body is competent from a day on; ``rule`` is the new row."""

    rule: UUID
    since: date


@event("units.villages_added")
class VillagesAdded(Event):
    """A commune's villages were entered."""

    commune: UUID
    count: int


@event("units.village_renamed")
class VillageRenamed(Event):
    """A village bears another name from a day on."""

    village: UUID
    since: date


@event("units.villages_merged")
class VillagesMerged(Event):
    """Several villages became one."""

    village: UUID
    count: int
    since: date


@event("units.contact_changed")
class ContactChanged(Event):
    """The address a body's letters go to was changed."""

    body: UUID
