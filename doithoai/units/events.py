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


@event("units.village_ended")
class VillageEnded(Event):
    """A village is no more from a day on, and no other took its place."""

    village: UUID
    since: date


@event("units.body_entered")
class BodyEntered(Event):
    """An administrator entered a body that has no account."""

    body: UUID


@event("units.body_corrected")
class BodyCorrected(Event):
    """What was entered of a body without account was mended."""

    body: UUID


@event("units.body_ended")
class BodyEnded(Event):
    """A body that was entered here is no more from a day on."""

    body: UUID
    since: date
