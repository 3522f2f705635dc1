"""What is sealed, read and written: opened with a reason, for half an hour, to one user, and shown
to a supervisor; and the messages between a body and the person, whom only a slip knows.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Holding, Post, User
from doithoai.accounts.queries import head_of, holders
from doithoai.core.actors import Actor, post_of
from doithoai.core.collation import nfc
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket import events, policies
from doithoai.docket.commands import Said, enter
from doithoai.docket.models import Access, Matter, Unsealing, people_shut_out
from doithoai.ledger.models import Entry
from doithoai.notices.commands import Notice, Recipient, queue_all
from doithoai.theme.formatting import day
from doithoai.units.models import Body
from doithoai.units.queries import upper
from doithoai.vault.commands import Kept, keep
from doithoai.vault.reading import parts_of

OPEN_FOR: Final = timedelta(minutes=30)
LONGEST: Final = 20_000
Parts = Mapping[tuple[str, int], bytes]


@dataclass(frozen=True)
class Person:
    """Who speaks, as the vault keeps it: never a row, a log line or a word to search."""

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    number: str = ""  # of the identity card

    def packed(self) -> bytes:
        """As it is encrypted."""
        return json.dumps(vars(self), ensure_ascii=False).encode()

    def marks(self) -> list[tuple[str, str]]:
        """What finds the same person again, and keeps their name out of public texts."""
        return [(kind, value) for kind, value in vars(self).items() if value.strip()]


@dataclass(frozen=True)
class Text:
    """A text that was said or written inside, and what it is."""

    what: str
    text: str
    day: str = ""  # ISO, of what was written after the matter was sealed

    def packed(self) -> bytes:
        """As it is encrypted."""
        return json.dumps(vars(self), ensure_ascii=False).encode()

    @property
    def called(self) -> str:
        """What it is, as its reader is told, and the day of what came later."""
        words = {
            "statement": _("What was said"),
            "item": _("What the item says"),
            "denounced": _("Who is denounced, as it was written"),
            "reason": _("Reason written by an official"),
            "transfer": _("Reason written by an official"),
            "note": _("Internal note"),
            "ruling": _("Decision"),
            "petition": _("Who passed the petition on, and its original papers"),
            "question": _("Question to the person, and the reply"),
            "answer": _("Result of settlement"),
            "word": _("Words on the result"),
            "draft": _("Draft of an answer"),
            "left": _("Why one of several people withdrew"),
            "message": _("Text message that came in"),
            "brief": _("What was prepared for the reception"),
            "imported row": _("The row as it was imported"),
        }
        on = day(date.fromisoformat(self.day)) if self.day else ""
        return " · ".join(filter(None, [words.get(self.what, ""), on]))


@dataclass(frozen=True)
class SealedFile:
    """A file in the vault: ``turn`` is its address, its name was replaced by a number."""

    turn: int
    media_type: str
    extension: str


@dataclass(frozen=True)
class Message:
    """One message between the body and the person; only its day is kept. ``what`` it is: a
    question, a reply, an answer …, or nothing but a message.
    """

    text: str
    by_person: bool
    day: date
    what: str = ""

    @property
    def called(self) -> str:
        """What it is, as either reader is told."""
        words = {
            "protection": _("Identity to be kept secret"),
            "question": _("The office asks"),
            "reply": _("The person's reply"),
            "answer": _("Result of settlement"),
            "word": _("The person's word on the result"),
            "informed": _("How far it is"),
            "reviewed": _("The roadmap was looked at again"),
            "extended": _("Why the time was extended"),
            "archived": _("Why it was put on file"),
            "ruling": _("Decision or guidance"),
        }
        return words.get(self.what, "")


@dataclass(frozen=True)
class Contents:
    """What an unsealing shows: ``persons`` and ``files`` only when the identity was asked for."""

    texts: tuple[Text, ...] = ()
    persons: tuple[Person, ...] = ()
    files: tuple[SealedFile, ...] = ()
    messages: tuple[Message, ...] = ()


@transaction.atomic
def unseal(
    matter_id: UUID,
    *,
    reason: str,
    text: bool = True,
    identity: bool = False,
    by: Actor,
    at: datetime,
) -> Unsealing:
    """Open what is sealed to this user for half an hour; the reason goes into the vault.

    ``identity``: who speaks, and the papers, which show the hand. Raises NotFound for who may not
    see the matter, Denied without the right, Invalid without a reason or anything to open.
    """
    matter = Matter.objects.lock(matter_id, seen_by=by)
    require(policies.may_unseal(by, matter))
    if not nfc(reason):
        raise Invalid(_("Give the reason in a sentence; it is recorded and read by a supervisor."))
    if not (text or identity):
        raise Invalid(_("Choose what you need to read."))
    assert by.ref is not None, "a policy lets only officials unseal"
    watcher = _watcher(matter, by.ref, post_of(by), at)
    made = Unsealing.objects.create(
        matter=matter, by_id=by.ref, post_id=post_of(by), told=watcher,
        turn=matter.unsealings.count(), text=text, identity=identity, at=at, until=at + OPEN_FOR,
    )  # fmt: skip
    keep(matter.pk, Kept("reason", nfc(reason).encode(), made.turn))
    enter(events.Unsealed(made.pk, text=text, identity=identity), about=matter, by=by, at=at)
    if watcher is not None:
        queue_all(_notices(matter, watcher, "unsealed", at), at=at)
    return made


def _watcher(matter: Matter, user: UUID, post: UUID, at: datetime) -> Post | None:
    """The head of the body that has it, one level up when that is whoever opens it or is excluded,
    and so on; above the last, an inspector of the place.
    """
    today = local_day(at)
    shut = people_shut_out(matter.pk) | User.objects.filter(pk=user)
    out = matter.excluded.filter(body__isnull=False).values("body")
    allowed = Post.objects.filter(valid__contains=today).exclude(body__in=out).exclude(pk=post)
    heads = (head_of(body.pk, today=today) for body in _upwards(matter.body))
    found = (head for head in heads if head and allowed.filter(pk=head.pk).exists())
    watching = allowed.filter(
        roles__rights__act="supervision.read", body__place=matter.body.place_id
    ).exclude(body=matter.body)
    candidates = chain(found, watching.order_by("title").distinct())
    return next((post for post in candidates if _held(post, shut, today)), None)


def _upwards(body: Body) -> Iterator[Body]:
    step: Body | None = body
    while step is not None:
        yield step
        step = upper(step)


def _held(post: Post, without: QuerySet[User], today: date) -> bool:
    held = Holding.objects.filter(post=post, valid__contains=today, user__is_active=True)
    return held.exclude(user__in=without.values("pk")).exists()


def _notices(matter: Matter, post: Post, what: str, at: datetime) -> list[Notice]:
    """A line of the day's mail that names neither the matter nor anybody in it."""
    told = holders([post.pk], today=local_day(at)).exclude(
        pk__in=people_shut_out(matter.pk).values("pk")
    )
    url = settings.SITE_URL + reverse("unsealings" if what == "unsealed" else "sealed")
    return [
        Notice(
            template=f"docket/notices/{what}",
            to=Recipient("email", user.email.strip(), user.language),
            about=None,
            context={"url": url},
            digest=True,
        )
        for user in told
        if user.email.strip()
    ]


# ------------------------------------------------------------------------------------ what is open
def opened(matter: Matter, actor: Actor, *, at: datetime) -> tuple[Unsealing, ...]:
    """The unsealings of this user that still run; none for anybody else."""
    if not isinstance(actor, Official):
        return ()
    rows = Unsealing.objects.filter(matter=matter, by=actor.user, at__lte=at, until__gt=at)
    return tuple(rows.order_by("until"))


def contents(matter: Matter, actor: Actor, *, at: datetime) -> Contents | None:
    """What is open to this user now, decrypted; None while nothing is."""
    open_now = opened(matter, actor, at=at)
    if not open_now:
        return None
    names: tuple[str, ...] = ()
    if any(each.text for each in open_now):
        names += ("text", "message")
    if any(each.identity for each in open_now):
        names += ("person", "file_about")
    parts = parts_of(matter.pk, names=names)
    return Contents(
        texts=tuple(Text(**json.loads(b)) for b in _of(parts, "text")),
        persons=tuple(Person(**json.loads(b)) for b in _of(parts, "person")),
        files=_files(parts),
        messages=_messages(parts),
    )


def _of(parts: Parts, name: str) -> list[bytes]:
    return [content for (each, _turn), content in sorted(parts.items()) if each == name]


def _files(parts: Parts) -> tuple[SealedFile, ...]:
    found = [(turn, json.loads(b)) for (name, turn), b in parts.items() if name == "file_about"]
    return tuple(SealedFile(turn, about["media_type"], about["extension"]) for turn, about in found)


def _messages(parts: Parts) -> tuple[Message, ...]:
    told = [json.loads(each) for each in _of(parts, "message")]
    return tuple(
        Message(m["text"], m["by_person"], date.fromisoformat(m["day"]), m.get("what", ""))
        for m in told
    )


def file_of(matter: Matter, turn: int, actor: Actor, *, at: datetime) -> tuple[SealedFile, bytes]:
    """One sealed file while the identity is open to this user. Raises NotFound."""
    shown = contents(matter, actor, at=at)
    about = next((f for f in shown.files if f.turn == turn), None) if shown else None
    if about is None:
        raise NotFound(_("There is no such file, or the time to read it has run out."))
    return about, parts_of(matter.pk, names=("file",))["file", turn]


def sealed_matter(code: str, actor: Actor) -> Matter:
    """The sealed matter with this number. Raises NotFound for who may not see it."""
    seen = Matter.objects.visible_to(actor).filter(code=code, sealed=True)
    found = seen.select_related("body").first()
    if found is None:
        raise NotFound("")
    return found


# ---------------------------------------------------------------------------------------- messages
def keep_files(matter: UUID, files: Sequence[tuple[bytes, str, str]], *, first: int) -> None:
    """Cleaned files as (bytes, media type, extension), numbered from ``first``; no name is kept."""
    for turn, (data, media_type, extension) in enumerate(files, first):
        about = json.dumps({"media_type": media_type, "extension": extension}).encode()
        keep(matter, Kept("file", data, turn), Kept("file_about", about, turn))


@transaction.atomic
def write(
    matter_id: UUID,
    *,
    text: str,
    files: Sequence[tuple[bytes, str, str]] = (),
    by: Actor,
    at: datetime,
) -> Entry:
    """A message from the person to the body, or the other way, into the vault.

    Raises Invalid for an empty text, NotFound for who may not see the matter.
    """
    matter = Matter.objects.lock(matter_id, seen_by=by)
    require(policies.may_write_to_person(by, matter))
    said = nfc(text)
    if not said or len(said) > LONGEST:
        raise Invalid(_("Write your message in at most 20,000 characters."))
    from_person = by.kind == "citizen"
    written = letter(matter, Message(said, from_person, local_day(at)), files)
    if from_person:
        queue_all(_to_readers(matter, at), at=at)
    return enter(written.event, about=matter, by=by, at=at)


def letter(matter: Matter, message: Message, files: Sequence[tuple[bytes, str, str]] = ()) -> Said:
    """Words between the body and the person into the vault, where the slip opens them, with files
    or only these; what is to be entered of it before the next. The matter's row must be locked.
    """
    before = Entry.objects.filter(matter=matter.pk, kind=events.Written.name)
    numbers = [int(data["files"]) for data in before.values_list("data", flat=True)]
    if message.text:
        packed = json.dumps({**vars(message), "day": message.day.isoformat()}, ensure_ascii=False)
        keep(matter.pk, Kept("message", packed.encode(), len(numbers)))
    keep_files(matter.pk, files, first=AFTER_FIRST + sum(numbers))
    return Said(events.Written(by_person=message.by_person, files=len(files)))


AFTER_FIRST: Final = 100  # files handed over with the first statement come before


def _to_readers(matter: Matter, at: datetime) -> list[Notice]:
    posts = Post.objects.filter(
        pk__in=Access.objects.filter(matter=matter, post__isnull=False).values("post"),
        roles__rights__act="docket.unseal",
    ).exclude(body__in=matter.excluded.filter(body__isnull=False).values("body"))
    return [n for post in posts.distinct() for n in _notices(matter, post, "written", at)]


def correspondence(matter: Matter, holder: Actor) -> tuple[Message, ...]:
    """The messages, for whoever holds the slip. Raises NotFound for anybody else."""
    if holder.kind != "citizen" or not Matter.objects.visible_to(holder).filter(pk=matter.pk):
        raise NotFound("")
    return _messages(parts_of(matter.pk, names=("message",)))


# ---------------------------------------------------------------------------------------- the lists
@dataclass(frozen=True)
class Opened:
    """An unsealing as its supervisor reads it."""

    row: Unsealing
    name: str
    why: str


def unsealings(actor: Official) -> tuple[Opened, ...]:
    """What this official opened, and what they supervise, the newest first, with the reasons."""
    seen = Q(told=actor.post) | Q(by=actor.user)
    rows = Unsealing.objects.filter(seen).select_related("matter", "by", "post__body")
    allowed = Matter.objects.not_hidden_from(actor).values("pk")
    return tuple(_opened(row) for row in rows.filter(matter__in=allowed).order_by("-at")[:200])


def _opened(row: Unsealing) -> Opened:
    parts = parts_of(row.matter_id, names=("reason",))
    return Opened(row, row.by.name, parts.get(("reason", row.turn), b"").decode())


def sealed_register(actor: Official) -> tuple[Matter, ...]:
    """The sealed matters of the bodies this post works for, as far as it sees them, newest day
    first; nobody outside the settling body reads this list.
    """
    own = Matter.objects.visible_to(actor).filter(sealed=True, body__in=actor.acts_for)
    return tuple(own.select_related("body").order_by("-received_on", "code")[:500])
