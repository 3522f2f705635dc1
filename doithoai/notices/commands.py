"""Every write to the outbox. ``queue`` runs in the transaction of the change that tells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.days import coarse
from doithoai.core.decisions import require
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.core.identifiers import row_id, sealed_id
from doithoai.ledger.commands import Dimensions, record
from doithoai.notices import events, policies, workflow
from doithoai.notices.models import DIGEST, Channel, Incoming, Outbox
from doithoai.notices.workflow import Message, State

WAITS = (  # before the second try, the third …; when they are used up the notice has failed
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
STUCK = timedelta(minutes=10)


@dataclass(frozen=True)
class Recipient:
    """How one person is reached: an address of the channel, in a language, in a village."""

    channel: str
    address: str
    language: str = "vi"
    village: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One notice to be queued with others. ``digest``: may wait for the day's one mail."""

    template: str
    to: Recipient
    about: UUID | None
    context: Mapping[str, str] = field(default_factory=dict)
    digest: bool = False


def queue(
    template: str,
    *,
    to: Recipient,
    about: UUID | None,
    context: Mapping[str, str],
    at: datetime,
) -> Outbox:
    """Write one notice into the outbox: one INSERT, in the caller's transaction.

    Raises Invalid for a channel that is not known or an address that is missing.
    """
    row = _row(Notice(template=template, to=to, about=about, context=context), at)
    row.save(force_insert=True)
    return row


def queue_all(notices: Iterable[Notice], *, at: datetime) -> list[Outbox]:
    """Write several notices in one statement."""
    return Outbox.objects.bulk_create([_row(notice, at) for notice in notices])


def _row(notice: Notice, at: datetime) -> Outbox:
    to = notice.to
    if to.channel not in Channel.values:
        raise Invalid(_("This way of telling people is not known."))
    if not to.address.strip() and to.channel != Channel.PRINT:
        raise Invalid(_("The address to send to is missing."))
    assert all(isinstance(value, str) for value in notice.context.values()), notice.template
    key = row_id(sealed=notice.about is None)  # what names no matter may be about a sealed one
    return Outbox(
        id=key,
        channel=to.channel,
        address=to.address.strip(),
        about=notice.about,
        template=notice.template,
        language=to.language,
        context=dict(notice.context),
        digest=notice.digest and to.channel == Channel.EMAIL,
        next_at=at,
        message_id=f"<{key}@{_mail_domain()}>",
        village=to.village,
        made_at=at,
    )


def _mail_domain() -> str:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address.rpartition("@")[2] or "localhost"


@transaction.atomic
def claim(limit: int, *, channels: Sequence[str], at: datetime) -> list[Outbox]:
    """Take up to ``limit`` due notices of these channels; no two workers get the same one.

    Must not run inside another transaction: the claim is worth something only once committed.
    """
    due = (
        Outbox.objects.filter(
            state=State.QUEUED, digest=False, next_at__lte=at, channel__in=list(channels)
        )
        .order_by("next_at", "id")
        .select_for_update(skip_locked=True)[:limit]
    )
    rows = list(due)
    for row in rows:
        workflow.CLAIM.take(row)
        row.claimed_at = at
        row.tries += 1
    Outbox.objects.bulk_update(rows, ["state", "claimed_at", "tries"])
    return rows


@transaction.atomic
def mark_sent(notice_id: UUID, *, at: datetime) -> None:
    """The server took it."""
    row = _lock(notice_id)
    if row.state != State.SENDING:
        return  # released meanwhile as stuck: the list of uncertain ones stays as it is
    workflow.SENT.take(row)
    row.sent_at = at
    row.error = ""
    row.save(update_fields=["state", "sent_at", "error"])


@transaction.atomic
def mark_retry(notice_id: UUID, *, error: str, at: datetime) -> None:
    """It was surely not sent: try later, or list it as failed when all tries are used."""
    row = _lock(notice_id)
    if row.state != State.SENDING:
        return
    if row.tries > len(WAITS):
        _set_aside(row, workflow.FAIL, error)
        return
    workflow.RETRY.take(row)
    row.next_at = at + WAITS[row.tries - 1]
    row.error = error[:300]
    row.save(update_fields=["state", "next_at", "error"])


@transaction.atomic
def mark_failed(notice_id: UUID, *, error: str) -> None:
    """It will never be taken: the address or the text was refused for good."""
    row = _lock(notice_id)
    if row.state == State.SENDING:
        _set_aside(row, workflow.FAIL, error)


@transaction.atomic
def mark_uncertain(notice_id: UUID, *, error: str) -> None:
    """It may have been sent: a person decides, it is never sent again by itself."""
    row = _lock(notice_id)
    if row.state == State.SENDING:
        _set_aside(row, workflow.DOUBT, error)


def _set_aside(row: Outbox, step: workflow.Arrow, error: str) -> None:
    step.take(row)
    row.error = error[:300]
    row.save(update_fields=["state", "error"])


@transaction.atomic
def release_stuck(*, at: datetime) -> int:
    """What a crash left in ``sending`` for ten minutes; the number of notices moved.

    A mail goes back to the queue once, with the same Message-ID: its server or reader knows it
    again. A message to a telephone, or a mail stuck for the second time, becomes uncertain.
    """
    rows = list(
        Outbox.objects.filter(state=State.SENDING, claimed_at__lt=at - STUCK).select_for_update(
            skip_locked=True
        )
    )
    for row in rows:
        repeatable = row.channel == Channel.EMAIL and row.released == 0
        (workflow.RETRY if repeatable else workflow.DOUBT).take(row)
        row.released += 1
        row.next_at = at
        row.error = "interrupted while sending"
    Outbox.objects.bulk_update(rows, ["state", "released", "next_at", "error"])
    return len(rows)


@transaction.atomic
def merge_digest(address: str, *, at: datetime) -> Outbox | None:
    """Make one mail of all that waits for this address's daily digest; None when nothing does."""
    rows = list(
        Outbox.objects.filter(state=State.QUEUED, digest=True, address=address)
        .order_by("made_at", "id")
        .select_for_update(skip_locked=True)
    )
    if not rows:
        return None
    to = Recipient(Channel.EMAIL, address, rows[-1].language)
    context = {"rows": str(len(rows))}
    digest = queue(DIGEST, to=to, about=None, context=context, at=at)
    for row in rows:
        workflow.MERGE.take(row)
        row.merged_into = digest
    Outbox.objects.bulk_update(rows, ["state", "merged_into"])
    return digest


@transaction.atomic
def mark_done_by_hand(notice_id: UUID, *, by: Actor, at: datetime) -> Outbox:
    """A named official told the person. Raises NotFound, Denied, WrongState when it was sent."""
    row = _lock(notice_id)
    if by.ref is None:
        raise Denied(_("Only a named official can say that a notice was delivered."))
    workflow.BY_HAND.take(row)
    row.done_by, row.done_post, row.done_at = by.ref, by.post, at
    row.save(update_fields=["state", "done_by", "done_post", "done_at"])
    told = events.DeliveredByHand(row.pk, row.about)
    record(told, by=by, at=at, dimensions=Dimensions(matter=row.about))
    return row


@transaction.atomic
def send_again(notice_id: UUID, *, by: Actor, at: datetime) -> Outbox:
    """Put a failed or uncertain notice back in the queue, knowing that it may arrive twice.

    Raises NotFound, Denied, and WrongState when it is neither.
    """
    require(policies.may_look_at(by))
    row = _lock(notice_id)
    repeats = row.state == State.UNCERTAIN
    workflow.SEND_AGAIN.take(row)
    row.tries, row.released, row.next_at = 0, 0, at
    row.save(update_fields=["state", "tries", "released", "next_at"])
    again = events.SentAgain(row.pk, row.about, repeats)
    record(again, by=by, at=at, dimensions=Dimensions(matter=row.about))
    return row


def _lock(notice_id: UUID) -> Outbox:
    row = Outbox.objects.select_for_update(no_key=True).filter(pk=notice_id).first()
    if row is None:
        raise NotFound(_("There is no such notice."))
    return row


@dataclass(frozen=True)
class Arrived:
    """A message as the gateway hands it over: its own number of it, from whom, what."""

    gateway_id: str
    sender: str
    text: str


@transaction.atomic
def keep_message(
    arrived: Arrived, *, about: UUID | None, body: UUID | None, by: Actor, at: datetime
) -> Incoming | None:
    """Keep a message that came in, for the clerks of ``body``, about a matter if one is known.

    None when the gateway brought it before. Raises Denied.
    """
    require(policies.may_bring(by))
    message, new = Incoming.objects.get_or_create(
        gateway_id=arrived.gateway_id,
        defaults={
            "sender": arrived.sender,
            "text": arrived.text,
            "about": about,
            "body_id": body,
            "came_at": at,
        },
    )
    if not new:
        return None
    came, dimensions = events.MessageCame(message.pk), Dimensions(matter=about)
    record(came, by=by, at=at, dimensions=dimensions, content=[arrived.text])
    return message


@transaction.atomic
def count_message(message_id: UUID, *, about: UUID, by: Actor, at: datetime) -> Incoming:
    """The message was taken as the person's word on a matter. Raises Denied, WrongState."""
    require(policies.may_bring(by))
    message = _lock_message(message_id)
    workflow.COUNT.take(message)
    message.about = about
    message.save(update_fields=["state", "about"])
    counted = events.MessageCounted(message.pk, about)
    record(counted, by=by, at=at, dimensions=Dimensions(matter=about))
    return message


@transaction.atomic
def look_at_message(message_id: UUID, *, done: str, by: Actor, at: datetime) -> Incoming:
    """A named official read the message and says what was done with it.

    Raises NotFound, Denied, Invalid without a word on what was done, WrongState.
    """
    require(policies.may_look_at(by))
    message = _lock_message(message_id)
    workflow.LOOK.take(message)
    if not done.strip():
        raise Invalid(_("Say in a sentence what was done with the message."))
    message.seen_by, message.seen_post, message.seen_at = by.ref, by.post, at
    message.done = done.strip()
    message.save(update_fields=["state", "seen_by", "seen_post", "seen_at", "done"])
    seen = events.MessageSeen(message.pk, message.about)
    record(seen, by=by, at=at, dimensions=Dimensions(matter=message.about), content=[done])
    return message


def came_before(gateway_id: str) -> bool:
    """Whether the gateway brought this message before, also when its number was hidden since."""
    return Incoming.objects.filter(gateway_id__in=[gateway_id, _hidden(gateway_id)]).exists()


@transaction.atomic
def keep_that_one_came(gateway_id: str, *, by: Actor, at: datetime) -> Incoming | None:
    """Of a message whose words are sealed: that one came that day, so that the gateway's repeat is
    known; neither number nor words nor moment nor matter. None when it came before. Raises Denied.
    """
    require(policies.may_bring(by))
    day = coarse(at)
    fresh = {"id": sealed_id(), "came_at": day}
    message, new = Incoming.objects.get_or_create(gateway_id=_hidden(gateway_id), defaults=fresh)
    if not new:
        return None
    record(events.MessageCame(message.pk), by=by, at=day, dimensions=Dimensions(sealed=True))
    return message


@transaction.atomic
def hand_to_vault(message_id: UUID, *, by: Actor, at: datetime) -> Incoming:
    """The words of a message were taken in sealed: the row is read, and says nothing any more.

    Raises NotFound, Denied, WrongState when somebody has dealt with it.
    """
    require(policies.may_look_at(by))
    message, day = _lock_message(message_id), coarse(at)
    workflow.LOOK.take(message)
    message.seen_by, message.seen_post, message.seen_at = by.ref, by.post, day
    message.about = None
    _empty(message)
    message.save()
    record(events.MessageSeen(message.pk, None), by=by, at=day, dimensions=Dimensions(sealed=True))
    return message


def empty_messages(about: UUID) -> None:
    """Messages about a matter whose words the same transaction moves to the vault say nothing."""
    for message in Incoming.objects.select_for_update(no_key=True).filter(about=about):
        _empty(message)
        message.save()


def _empty(message: Incoming) -> None:
    message.sender, message.text, message.done = "", "", ""
    message.came_at = coarse(message.came_at)
    message.seen_at = message.seen_at and coarse(message.seen_at)
    message.gateway_id = _hidden(message.gateway_id)


def _hidden(gateway_id: str) -> str:
    """What tells the same number again and never says it: the gateway's log names the sender."""
    if gateway_id.startswith("hmac:"):
        return gateway_id
    return "hmac:" + salted_hmac(__name__, gateway_id, algorithm="sha256").hexdigest()


@transaction.atomic
def forget_words(*, came_before: datetime, at: datetime) -> int:
    """Blank sender and words of messages that came before this moment and were read or counted: the
    row and its entries stay and say nothing. How many.

    Personal data are kept no longer than their purpose needs (Law on Personal Data Protection
    91/2025/QH15, article 3). What nobody has read yet waits, however old.
    """
    assert came_before < at, "words are kept for some time"
    done = Incoming.objects.filter(came_at__lt=came_before).exclude(state=Message.KEPT)
    return done.exclude(sender="", text="", done="").update(sender="", text="", done="")


def _lock_message(message_id: UUID) -> Incoming:
    row = Incoming.objects.select_for_update(no_key=True).filter(pk=message_id).first()
    if row is None:
        raise NotFound(_("There is no such message."))
    return row
