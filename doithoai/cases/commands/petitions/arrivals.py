"""How petitions come in: what the register keeps of the paper, and what may not be kept at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from doithoai.cases import secrecy, suspicions
from doithoai.cases.commands.intake import Statement, Taken
from doithoai.cases.commands.petitions import sorting, threads
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.models import Channel, Occasion, Petition, Submission
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid

if TYPE_CHECKING:
    Uploads = Sequence[UploadedFile[bytes]]

_CHANNEL: Final = {
    "in_person": Channel.COUNTER,
    "post": Channel.LETTER,
    "box": Channel.LETTER,
    "web": Channel.WEB,
    "telephone": Channel.TELEPHONE,
    "transferred": Channel.LETTER,
    "reception": Channel.COUNTER,
}
_OCCASION: Final = {
    "web": Occasion.WEB,
    "telephone": Occasion.TELEPHONE,
    "reception": Occasion.RECEPTION,
}
MOST: Final = 10_000  # authors of one petition, as people who come together
FIRST_DAY: Final = date(2000, 1, 1)
YEARS_BACK: Final = 5  # what came in before is looked at twice


@dataclass(frozen=True)
class Arrival:
    """How a petition came in, who passed it on, and what it is like as a paper.

    ``begun_place``, ``begun_with``: the unit and the body where it was begun, which have ended.
    ``not_secret``: a person has looked at a mark in the text and says it is no state secret.
    ``nature``: what it is, where that is known at once: what is to be sealed gets its number in the
    settling body's own register.
    ``ordinary``: somebody asked, and says that it is no denunciation.
    ``long_ago``: a person has looked at a day years back, and says that it is right.
    ``kept_on_paper``: the number of a paper that may not be kept here; nothing of it is.
    """

    arrived_on: date
    arrived_by: str = "in_person"
    forwarder: str = "none"
    forwarding_body: UUID | None = None
    forwarder_name: str = ""
    letter_number: str = ""
    letter_on: date | None = None
    begun_place: UUID | None = None
    begun_with: str = ""
    written: bool = True
    signed: bool = True
    dated_on: date | None = None
    signatories: int = 1
    anonymous: bool = False
    impersonated: bool = False
    originals: tuple[str, ...] = ()
    not_secret: bool = False
    kept_on_paper: str = ""
    nature: Nature | None = None
    ordinary: bool = False
    long_ago: bool = False


@dataclass(frozen=True)
class Registered:
    """A petition in the register, and the first matter it opened."""

    petition: Petition
    taken: Taken


def check(
    said: Statement, arrival: Arrival, uploads: "Uploads", *, by: Actor, at: datetime
) -> None:
    """Whether it may come in, and as what was said it is. Raises Invalid for a state secret, a day
    yet to come, a forwarder without a name, and what cannot be denounced so.
    """
    _refuse_secrets(said, arrival, uploads, by)
    _check(arrival, at)
    if arrival.nature is None:
        suspicions.ask_first(said.text, asked=arrival.ordinary)
    else:
        _check_nature(arrival.nature, arrival)


def statement(said: Statement, arrival: Arrival) -> Statement:
    """What was said, with what its way here makes of it."""
    occasion = _OCCASION.get(arrival.arrived_by, Occasion.LETTER)
    occasion = {"front": Occasion.FRONT, "press": Occasion.PRESS}.get(arrival.forwarder, occasion)
    several = arrival.signatories > 1
    return replace(
        said,
        text=_paper_only(arrival) or said.text,
        channel=_CHANNEL[arrival.arrived_by],
        occasion=occasion,
        who="group" if several and said.who == "person" else said.who,
        people=said.people or (arrival.signatories if several else None),
        speaker="" if arrival.anonymous else said.speaker,
        received_on=arrival.arrived_on,
        forwarder=arrival.forwarder,
        not_secret=said.not_secret or arrival.not_secret,
    )


def _paper_only(arrival: Arrival) -> str:
    number = arrival.kept_on_paper.strip()
    if not number:
        return ""
    return _("Petition kept on paper only, outside this system: %(number)s") % {"number": number}


def row(submission: Submission, arrival: Arrival) -> Petition:
    """The paper as the register keeps it, without what names anybody; its number is drawn later."""
    return Petition(
        submission=submission,
        arrived_on=arrival.arrived_on,
        arrived_by=arrival.arrived_by,
        forwarder=arrival.forwarder,
        forwarding_body_id=arrival.forwarding_body,
        letter_number=arrival.letter_number.strip(),
        letter_on=arrival.letter_on,
        begun_place_id=arrival.begun_place,
        begun_with=arrival.begun_with.strip(),
        written=arrival.written,
        signed=arrival.signed and not arrival.anonymous,
        dated_on=arrival.dated_on,
        signatories=arrival.signatories,
        anonymous=arrival.anonymous,
        impersonated=arrival.impersonated,
    )


def of(petition: Petition) -> Arrival:
    """How a registered paper came in, without what names anybody but who passed it on."""
    return Arrival(
        arrived_on=petition.arrived_on,
        arrived_by=petition.arrived_by,
        forwarder=petition.forwarder,
        forwarding_body=petition.forwarding_body_id,
        forwarder_name=petition.forwarder_name,
        letter_number=petition.letter_number,
        letter_on=petition.letter_on,
        begun_place=petition.begun_place_id,
        begun_with=petition.begun_with,
        written=petition.written,
        signed=petition.signed,
        dated_on=petition.dated_on,
        signatories=petition.signatories,
        anonymous=petition.anonymous,
        impersonated=petition.impersonated,
    )


def named(petition: Petition, said: Statement, arrival: Arrival) -> Petition:
    """With what names: who passed it on, the originals, and by what the sender is found again."""
    petition.forwarder_name = arrival.forwarder_name.strip()
    petition.originals = originals(arrival)
    nobody = arrival.anonymous or arrival.impersonated
    petition.sender_key = threads.sender_key(said.speaker, anonymous=nobody)
    return petition


def originals(arrival: Arrival) -> list[str]:
    """The original papers, one each."""
    return [paper.strip() for paper in arrival.originals if paper.strip()]


def _check_nature(nature: Nature, arrival: Arrival) -> None:
    if nature.kind == "denunciation":
        unsigned = arrival.written and not arrival.signed
        sorting.refuse_denunciation(
            nameless=arrival.anonymous or arrival.impersonated,
            by_word=unsigned or arrival.arrived_by in {"web", "telephone"},
        )
    sorting.check_about(nature)


def _refuse_secrets(said: Statement, arrival: Arrival, uploads: "Uploads", by: Actor) -> None:
    """Marked words only once somebody says that they are none; a marked file never, wherever files
    are kept. Of a paper kept outside neither text nor file comes in.
    """
    if arrival.kept_on_paper.strip():
        if uploads or said.text.strip():
            raise Invalid(
                _("A petition kept on paper comes in by its number alone: no text, no file.")
            )
        return
    if arrival.nature is not None and arrival.nature.private:
        return  # looked at where it is sealed, with the files
    secrecy.keep_out(said.text, looked=said.not_secret or arrival.not_secret, by=by)


def _check(arrival: Arrival, at: datetime) -> None:
    _check_days(arrival, local_day(at))
    _check_forwarder(arrival)
    if not 1 <= arrival.signatories <= MOST:
        raise Invalid(_("A petition has at least one author, named or not, and at most 10,000."))


def _check_days(arrival: Arrival, today: date) -> None:
    if arrival.arrived_on > today:
        raise Invalid(_("The day it came in lies in the future. Correct it."))
    if arrival.arrived_on < FIRST_DAY:
        raise Invalid(_("The register begins in the year 2000. Correct the day it came in."))
    if _years_ago(arrival.arrived_on, today) and not arrival.long_ago:
        raise Invalid(
            _(
                "The day it came in is more than 5 years ago. Correct it; if it is right, tick "
                "that you have looked at it, and send it again."
            ),
            context={"field": "long_ago"},
        )
    if arrival.letter_on and arrival.letter_on > today:
        raise Invalid(
            _("The letter with it bears a day yet to come. Correct the date of the letter."),
            context={"field": "letter_on"},
        )
    if arrival.dated_on and arrival.dated_on > arrival.arrived_on:
        raise Invalid(_("The petition bears a later date than the day it came in. Correct one."))


def _years_ago(day: date, today: date) -> bool:
    return (day.year + YEARS_BACK, day.month, day.day) < (today.year, today.month, today.day)


def _check_forwarder(arrival: Arrival) -> None:
    named = arrival.forwarding_body or arrival.forwarder_name.strip()
    if arrival.forwarder != "none" and not named:
        raise Invalid(_("Say who passed it on; they are told what becomes of it."))
    if arrival.forwarder == "none" and (arrival.letter_number or arrival.letter_on):
        raise Invalid(_("A letter is named, but nobody who passed it on. Choose who did."))
    if arrival.forwarder == "none" and named:
        raise Invalid(
            _(
                "Somebody is named who passed it on, but it says that nobody did. Choose who "
                "passed it on, or take the name away."
            ),
            context={"field": "forwarder"},
        )
