"""The person's word by text message; what the machine does not understand waits for a clerk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.accounts.actors import Citizen
from doithoai.cases import secrecy, workflow
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.lodging import WORDS
from doithoai.cases.commands.sealed_intake import take_message, write_more
from doithoai.cases.commands.settling import somebody_acts_for
from doithoai.cases.commands.vaulting import stow_words
from doithoai.cases.models import Case, Submission
from doithoai.cases.said_by_sms import DIGITS, Meaning, meaning, without_slip
from doithoai.cases.suspicions import DENOUNCING, other_procedure
from doithoai.cases.workflow import Word
from doithoai.core.actors import Actor
from doithoai.core.days import coarse, local_day
from doithoai.core.decisions import require
from doithoai.core.errors import NotFound
from doithoai.docket.models import Matter
from doithoai.ledger.models import Receipt
from doithoai.notices import commands as notices
from doithoai.notices import policies
from doithoai.notices.commands import Arrived, Recipient
from doithoai.notices.models import Channel, Incoming, Outbox
from doithoai.notices.numbers import bare
from doithoai.notices.queries import texted
from doithoai.units.models import Body
from doithoai.units.queries import country
from doithoai.vault.models import DataKey
from doithoai.vault.reading import same

ASKED = "cases/notices/answered"
HELP = "cases/notices/sms_help"
HEARD = "cases/notices/sms_heard"
STAMPED = "cases/notices/sms_secret"
STEPS = {
    Word.AGREED: workflow.CONFIRM,
    Word.PARTLY: workflow.CONFIRM_PART,
    Word.DISAGREED: workflow.DISPUTE,
}


@dataclass(frozen=True)
class Known:
    """What we know of a number: what we wrote to it, which open cases we asked it about."""

    number: str
    told: Sequence[Outbox]
    asked: Sequence[Case]

    def to(self) -> Recipient:
        """How it is answered: in the language we last wrote to it in."""
        language = self.told[-1].language if self.told else settings.LANGUAGE_CODE[:2]
        return Recipient(str(Channel.SMS), self.number, language)

    def meant(self, said: Meaning) -> Case | None:
        """The one case a message is about: the one named, or the only one we asked about."""
        named = [case for case in self.asked if case.matter.code in said.codes]
        found = named or self.asked
        return found[0] if len(found) == 1 else None


@transaction.atomic
def hear_message(arrived: Arrived, *, by: Actor, at: datetime) -> Incoming | None:
    """Take a message as the person's word when it is clear, else keep it for a clerk; None when the
    gateway brought it before.

    The number is the one the person gave us, so the word counts as their own, by the channel sms.
    From a number that only the vault knows it goes there, and nothing is sent back. What seems to
    denounce somebody goes there too: nobody of the body it came to reads it.
    Nobody can look and say that a mark of a state secret is none: nothing of such a message is
    kept.
    """
    require(policies.may_bring(by))
    if notices.came_before(arrived.gateway_id):
        return None
    known = _known(arrived.sender)
    denounces = other_procedure(arrived.text) in DENOUNCING
    sealed = _sealed_of(arrived.sender) if denounces or not known.asked else None
    if sealed is not None:
        return _into_vault(sealed, arrived, by, at)
    if secrecy.stamped(arrived.text):
        return _left_out(arrived, by, at)
    if denounces:
        return _out_of_sight(known, arrived, by, at)
    return _heard(known, arrived, by, at)


def _heard(known: Known, arrived: Arrived, by: Actor, at: datetime) -> Incoming | None:
    kept = replace(arrived, text=without_slip(arrived.text).strip())
    said = meaning(kept.text, [case.matter.code for case in known.asked])
    case = known.meant(said)
    body, about = _reader(known, case, at), case.pk if case else None
    message = notices.keep_message(kept, about=about, body=body, by=by, at=at)
    if message is None:
        return None
    if case is None or said.word is None or not _say(case, said.word, kept, at):
        _explain(known, case, at)
        return message
    notices.count_message(message.pk, about=case.pk, by=by, at=at)
    context = {**_signed(case), "code": case.matter.code, "word": said.word.value}
    notices.queue(HEARD, to=known.to(), about=case.pk, context=context, at=at)
    return message


def _left_out(arrived: Arrived, by: Actor, at: datetime) -> Incoming | None:
    """That something came is kept, not a word of it; who sent it is told to come in person."""
    known = _known(arrived.sender)
    with override(settings.LANGUAGE_CODE):
        noted = _(
            "A message with the mark of a state secret came from this number. Nothing of it was "
            "kept (Law 117/2025/QH15, article 5(2)); the sender was told to bring the paper in "
            "person."
        )
    body = _reader(known, None, at)
    kept = replace(arrived, text=noted)
    message = notices.keep_message(kept, about=None, body=body, by=by, at=at)
    if message is not None and _answerable(known, STAMPED, at):
        first = known.asked[0] if known.asked else None
        context = _signed(first) if first else {}
        notices.queue(STAMPED, to=known.to(), about=None, context=context, at=at)
    return message


def _known(number: str) -> Known:
    told = texted(number)
    last = {row.about: row.made_at for row in told if row.template == ASKED and row.about}
    found = Case.objects.filter(
        pk__in=last,
        state__in=workflow.CONFIRM_PART.sources,
        matter__sealed=False,
        other_procedure="none",
    ).select_related("matter__body")
    asked = [c for c in found.order_by("pk") if c.answered_at and last[c.pk] >= c.answered_at]
    return Known(number, told, asked)


@dataclass(frozen=True)
class Sealed:
    """A sealed item whose person has this number, and the slip of it."""

    case: UUID
    slip: Citizen


def _sealed_of(number: str) -> Sealed | None:
    """The sealed item of a person with this number, found by its marks alone: one still open comes
    first, then what was answered last, then the newest. None without a slip that opens it.
    """
    if not DataKey.objects.exists():
        return None
    code = country().calling_code
    digits = bare(number, code)
    marked = {pk for start in ("0", code, f"00{code}") for pk in same("phone", start + digits)}
    found = Case.objects.filter(pk__in=marked, matter__sealed=True)
    answered = F("answered_at").desc(nulls_last=True)
    first = found.order_by("matter__final", answered, "-matter__received_on", "-pk")
    opened = (_opened_by(case) for case in first)
    return next(filter(None, opened), None)


def _opened_by(case: Case) -> Sealed | None:
    said = case.carried.filter(until=None).values("submission")
    slips = Receipt.objects.filter(about__in=said, dead_at=None).order_by("-issued_at")
    holders = [Citizen(pk) for pk in slips.values_list("pk", flat=True)]
    seen = (each for each in holders if Case.objects.visible_to(each).filter(pk=case.pk).exists())
    return next((Sealed(case.pk, each) for each in seen), None)


def _into_vault(sealed: Sealed, arrived: Arrived, by: Actor, at: datetime) -> Incoming | None:
    """The message as one more from the person; of it only that the gateway brought it is kept. With
    the mark of a state secret it goes nowhere.
    """
    message = notices.keep_that_one_came(arrived.gateway_id, by=by, at=at)
    text = without_slip(arrived.text).strip()
    if message is not None and text and not secrecy.stamped(text):
        write_more(sealed.case, text=text, by=sealed.slip, at=at)
    return message


def _out_of_sight(known: Known, arrived: Arrived, by: Actor, at: datetime) -> Incoming | None:
    """Words that seem to denounce somebody: sealed one level above the body whose clerks would have
    read them, for it may be about that very body. The sender is told what everybody is told whose
    message is not understood, and where to denounce.
    """
    message = notices.keep_that_one_came(arrived.gateway_id, by=by, at=at)
    if message is None:
        return None
    reader = _reader(known, None, at)
    came_to = Body.objects.get(pk=reader) if reader else None
    text, language = without_slip(arrived.text).strip(), known.to().language
    taken = take_message(
        text, number=known.number, language=language, came_to=came_to, by=by, at=at
    )
    _help(known, {"read": "yes" if taken else ""}, at)
    return message


def _say(case: Case, word: Word, message: Arrived, at: datetime) -> bool:
    """Run the command the word stands for; False when this number holds no slip of the case or the
    case has moved on.
    """
    said = _spoke(case, message.sender)
    if said is None:
        return False
    slip = Receipt.objects.filter(about=said, dead_at=None).order_by("issued_at").last()
    me = Citizen(slip.pk if slip else None)
    open_ = Case.objects.visible_to(me).filter(pk=case.pk, state__in=STEPS[word].sources)
    if slip is None or not open_.exists():
        return False
    phrase = f" ({word.label})" if message.text.strip() in DIGITS else ""
    heard = Heard("sms", message.text + phrase, said)
    WORDS[word](case.pk, heard, by=me, at=at)
    return True


def _spoke(case: Case, number: str) -> UUID | None:
    """Whose words of this case came with this number; of several, one not heard yet."""
    code = country().calling_code
    carried = Submission.objects.filter(carried__case=case, carried__until=None)
    own = [s.pk for s in carried.order_by("pk") if bare(s.phone, code) == bare(number, code)]
    answer = case.answers.order_by("-id").first()
    heard = set(case.words_said.filter(answer=answer).values_list("submission", flat=True))
    return next((pk for pk in own if pk not in heard), own[0] if own else None)


def _reader(known: Known, case: Case | None, at: datetime) -> UUID | None:
    """Whose clerks read a message: the body that asked, the last that wrote to this number, else
    the highest office somebody acts for.
    """
    asked = case or (known.asked[-1] if known.asked else None)
    if asked is not None:
        return asked.matter.body_id
    written = [row.about for row in known.told if row.about]
    bodies = dict(Matter.objects.filter(pk__in=written, sealed=False).values_list("pk", "body"))
    last = next((bodies[pk] for pk in reversed(written) if bodies.get(pk)), None)
    return last or _highest(at)


def _highest(at: datetime) -> UUID | None:
    levels = [level.code for level in country().levels]
    offices = Body.objects.filter(office=country().default_office).order_by("sort_key")
    for level in levels:
        for body in offices.filter(place__level=level):
            if somebody_acts_for(body, at=at):
                return body.pk
    return None


def _explain(known: Known, case: Case | None, at: datetime) -> None:
    """Say what to write, once a day for a number; a short code or a name gets no answer."""
    first = case or (known.asked[0] if known.asked else None)
    context = {
        **(_signed(first) if first else {}),
        "code": first.matter.code if first else "",
        "several": "yes" if len(known.asked) > 1 else "",
        "read": "yes",
    }
    _help(known, context, at)


def _help(known: Known, context: dict[str, str], at: datetime) -> None:
    """The day alone of every such answer, so that none tells whose message was sealed."""
    if _answerable(known, HELP, at):
        address = f"{settings.SITE_URL.rstrip('/')}{reverse('denounce')}"
        said = {**context, "address": address}
        notices.queue(HELP, to=known.to(), about=None, context=said, at=coarse(at))


def _answerable(known: Known, template: str, at: datetime) -> bool:
    """Whether this number is told this today: once a day, and no short code or name."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    told = any(row.template == template and row.made_at >= today for row in known.told)
    return not told and len(bare(known.number, country().calling_code)) >= DIALLED


DIALLED = 8  # digits of the shortest number a person can be called by


def _signed(case: Case) -> dict[str, str]:
    return {"body": case.matter.body.short_name, "phone": case.matter.body.phone}


@transaction.atomic
def send_again(notice_id: UUID, *, by: Actor, at: datetime) -> Outbox:
    """Send a failed or uncertain notice about a matter the official may see once more.

    Raises NotFound, Denied, WrongState.
    """
    require(policies.may_look_at(by))
    seen = Matter.objects.visible_to(by).values("pk")
    if not Outbox.objects.filter(pk=notice_id, about__in=seen).exists():
        raise NotFound("")
    return notices.send_again(notice_id, by=by, at=at)


@transaction.atomic
def look_at_message(message_id: UUID, *, done: str, by: Actor, at: datetime) -> Incoming:
    """Say what was done with a message that waits for one's own body. Raises NotFound, Denied,
    Invalid, WrongState.
    """
    require(policies.may_look_at(by))
    read = Incoming.objects.filter(pk=message_id, body__in=getattr(by, "acts_for", ())).first()
    if read is None:
        raise NotFound("")
    about = Case.objects.filter(pk=read.about).select_related("matter").first()
    if about is not None and done.strip() and stow_words(about, "note", done, on=local_day(at)):
        done = _("Sealed with its item.")
    return notices.look_at_message(message_id, done=done, by=by, at=at)
