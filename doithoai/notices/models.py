"""What people are to be told, written in the same transaction as the change that tells it."""

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Right
from django.utils.translation import gettext_lazy as _

from doithoai.core.identifiers import uuid7
from doithoai.notices.workflow import Message, State
from doithoai.units.models import Body

DIGEST = "notices/notices/digest"  # the template of an official's one mail of the day


ENDING = 8  # digits an index finds a telephone number by, however its beginning was typed


def ending(field: str) -> Right:
    """The last digits of a number in this field, blanks and signs left out."""
    digits = Func(F(field), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    return Right(digits, ENDING, output_field=models.TextField())


class Channel(models.TextChoices):
    """How a person is reached. ``print`` is for those with neither mail nor messages."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    ZALO = "zalo", _("Zalo")
    PRINT = "print", _("By hand: slip, call, posting or loudspeaker")


class Outbox(models.Model):
    """One notice to one address. Never deleted by sending: its state says what became of it.

    ``message_id`` is fixed when the row is made, so a repeated mail is known as the same mail.
    ``context`` holds texts only, and never a receipt's secret.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=254)
    about = models.UUIDField(null=True)
    template = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    context = models.JSONField(default=dict)
    digest = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=15, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    released = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, unique=True)
    error = models.CharField(max_length=300, default="", blank=True)
    village = models.UUIDField(null=True)
    done_by = models.UUIDField(null=True)
    done_post = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Notice")
        verbose_name_plural = _("Notices")
        indexes = [
            models.Index(
                F("next_at"), name="outbox_due", condition=Q(state=State.QUEUED, digest=False)
            ),
            models.Index(F("claimed_at"), name="outbox_sending", condition=Q(state=State.SENDING)),
            models.Index(
                F("village"),
                F("made_at"),
                name="outbox_by_hand",
                condition=Q(state=State.QUEUED, channel="print"),
            ),
            models.Index(
                F("address"), name="outbox_digest", condition=Q(state=State.QUEUED, digest=True)
            ),
            models.Index(
                F("made_at"),
                name="outbox_trouble",
                condition=Q(state__in=[State.UNCERTAIN, State.FAILED]),
            ),
            models.Index(F("about"), F("made_at"), name="outbox_about"),
            models.Index(ending("address"), name="outbox_number", condition=Q(channel="sms")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="outbox_sent_at_if_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=State.BY_HAND, done_at__isnull=False, done_by__isnull=False)
                | (~Q(state=State.BY_HAND) & Q(done_at__isnull=True, done_by__isnull=True)),
                name="outbox_done_by_somebody_if_by_hand",
            ),
            models.CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="outbox_merged_into_a_digest",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENDING) | Q(claimed_at__isnull=False),
                name="outbox_claimed_if_sending",
            ),
        ]


class Incoming(models.Model):
    """A text message that came in, kept whole but for a slip's secret.

    ``gateway_id`` is the gateway's own number of it: the same message twice is one row. ``body`` is
    the one whose clerks read it, ``about`` the matter it belongs to, if that is known.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    gateway_id = models.CharField(max_length=100, unique=True)
    sender = models.CharField(max_length=20)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=Message.choices, default=Message.KEPT)
    about = models.UUIDField(null=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    came_at = models.DateTimeField()
    seen_by = models.UUIDField(null=True)
    seen_post = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)
    done = models.TextField(blank=True)

    class Meta:
        verbose_name = _("Message that came in")
        verbose_name_plural = _("Messages that came in")
        indexes = [
            models.Index(
                F("body"), F("came_at"), name="incoming_kept", condition=Q(state=Message.KEPT)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=Message.SEEN, seen_at__isnull=False, seen_by__isnull=False)
                | (~Q(state=Message.SEEN) & Q(seen_at__isnull=True, seen_by__isnull=True)),
                name="incoming_seen_by_somebody_if_seen",
            ),
            models.CheckConstraint(
                condition=~Q(state=Message.COUNTED) | Q(about__isnull=False),
                name="incoming_counted_is_about_something",
            ),
        ]
