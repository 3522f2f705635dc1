"""What happened, written once. No foreign keys, no names, no text (design §7)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import models
from django.db.models import F, Func, Q

from doithoai.core.identifiers import uuid7

IN_ORDER: Final = ("at", "ordinal", "id")  # of a matter's timeline; see ``place_of``


class Clock(Func):
    """The database's own clock at this very statement."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class Entry(models.Model):
    """One thing that happened to one matter, with a snapshot of the matter's dimensions.

    ``at`` is when it happened, ``entered_at`` when the database wrote it. Of a sealed matter it is
    the day alone, and ``ordinal`` is the entry's place among the matter's sealed ones, from 1; 0 of
    all others, which their ids keep in order. Triggers and the web role's grants refuse UPDATE,
    DELETE and TRUNCATE, and another day than the database's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=80)
    matter = models.UUIDField(null=True)
    procedure = models.CharField(max_length=60, default="")
    body = models.UUIDField(null=True)
    place = models.UUIDField(null=True)
    field = models.CharField(max_length=60, default="")
    channel = models.CharField(max_length=30, default="")
    actor_kind = models.CharField(max_length=20)
    actor = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    standing_in_for = models.UUIDField(null=True)
    at = models.DateTimeField()
    entered_at = models.DateTimeField(db_default=Clock())
    ordinal = models.PositiveIntegerField(db_default=0)
    data = models.JSONField()
    content = models.JSONField(default=list)
    digest = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(F("matter"), F("at"), F("id"), name="entry_timeline"),
            models.Index(F("kind"), F("at"), name="entry_kind"),
            models.Index(F("entered_at"), name="entry_entered"),
            models.Index(F("entered_at"), name="entry_sealed", condition=Q(ordinal__gt=0)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "ordinal"], condition=Q(ordinal__gt=0), name="entry_ordinal_once"
            )
        ]


def place_of(entry: Entry) -> tuple[datetime, int, UUID]:
    """Where an entry stands in the timeline of its matter: what ``IN_ORDER`` is to the database."""
    return entry.at, entry.ordinal, entry.pk


class Salt(models.Model):
    """The secret half of an entry's digest. Only the erasure command may delete one
    (ledger_forget).
    """

    entry = models.UUIDField(primary_key=True)
    salt = models.BinaryField()


class Sequence(models.Model):
    """A gapless number for each committed entry, given by one job: from 1 upwards, of sealed
    matters from -1 downwards. Cut-offs and feeds read by it.
    """

    seq = models.BigIntegerField(primary_key=True)
    entry = models.UUIDField(unique=True)


class Receipt(models.Model):
    """What a person holds: a code and a secret, kept only as HMACs with a pepper from the
    environment.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    code_hash = models.BinaryField(unique=True)
    secret_hash = models.BinaryField()
    about = models.UUIDField(db_index=True)
    issued_at = models.DateTimeField()
    dead_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    closed_until = models.DateTimeField(null=True)
