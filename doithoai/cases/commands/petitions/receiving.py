"""Registering a petition: numbered in the body's register, whoever brought it and whichever way."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from doithoai.cases import policies
from doithoai.cases.commands.intake import Statement, submit
from doithoai.cases.commands.petitions import arrivals, passing, sealed_receiving, sorting, threads
from doithoai.cases.commands.petitions.arrivals import Arrival, Registered
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.docket.codes import next_in_register
from doithoai.files import commands as files
from doithoai.files.models import Purpose
from doithoai.units.models import Body

__all__ = ["REGISTER", "Arrival", "Registered", "receive"]

if TYPE_CHECKING:
    Uploads = Sequence[UploadedFile[bytes]]

REGISTER: Final = "petitions"


@transaction.atomic
def receive(
    statement: Statement,
    arrival: Arrival,
    uploads: "Uploads" = (),
    *,
    to: Body,
    by: Actor,
    at: datetime,
) -> Registered:
    """Register a petition of body ``to`` and open its matter; the clocks count from the day it came
    in. The same petition sent before is found, and counted as sent again. What is known at once to
    be sealed never begins as an open matter: it goes the sealed way, with all its facts.

    Raises Invalid for a state secret, a day yet to come, a forwarder without a name, what nobody
    says whom it is about; Denied for an official it is about.
    """
    require(policies.may_receive(by))
    arrivals.check(statement, arrival, uploads, by=by, at=at)
    said, nature = arrivals.statement(statement, arrival), arrival.nature
    if nature is not None and nature.private:
        return sealed_receiving.take_in(said, arrival, uploads, to=to, by=by, at=at)
    taken = submit(said, to=to, by=by, at=at)
    for upload in uploads:
        files.keep(upload, about=taken.case.pk, purpose=Purpose.OTHER, by=by, at=at)
    if nature is not None:
        sorting.sort(taken.case.pk, nature, by=by, at=at)
    petition = arrivals.named(arrivals.row(taken.submission, arrival), said, arrival)
    petition.body, petition.year = to, arrival.arrived_on.year
    petition.number = next_in_register(to.pk, REGISTER, petition.year)
    petition.save(force_insert=True)
    passing.forwarded_by(taken.case.matter, arrival.forwarding_body, at=at)
    return Registered(threads.tie(petition), taken)
