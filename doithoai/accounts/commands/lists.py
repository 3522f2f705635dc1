"""The list of posts, people and roles of an installation: written by differences."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from doithoai.accounts import events, policies
from doithoai.accounts.models import Holding, Post, Right, Role, User
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.ledger.commands import record

SHIPPED = Path(__file__).parents[1] / "roles.toml"


def load_roles(path: Path = SHIPPED) -> int:
    """Write the roles of a file that are not there yet; what a province changed stays. Returns how
    many.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    made = 0
    for row in table["role"]:
        role, new = Role.objects.get_or_create(
            name=row["name"],
            defaults={"label_vi": row["vi"], "label_en": row["en"], "sees": row["sees"]},
        )
        if new:
            Right.objects.bulk_create(Right(role=role, act=act) for act in row["acts"])
            made += 1
    return made


@dataclass(frozen=True)
class Line:
    """A line of the list of posts and people: who sits where, in which roles, from when to when."""

    number: int
    body: UUID
    title: str
    username: str
    name: str
    roles: tuple[str, ...]
    is_head: bool = False
    since: date | None = None
    until: date | None = None
    standing_in_for: str = ""
    basis: str = ""
    phone: str = ""
    email: str = ""
    village: UUID | None = None


@dataclass
class Taken:
    """What a list changed. Run again with the same list: nothing."""

    posts: int = 0
    people: int = 0
    holdings: int = 0
    ended: int = 0
    usernames: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.posts or self.people or self.holdings or self.ended)


@transaction.atomic
def take_list(lines: Sequence[Line], *, today: date, by: Actor, at: datetime) -> Taken:
    """Write the differences of a list: new posts, people, holdings, and ends. Raises Invalid with
    the line.
    """
    require(policies.may_manage(by))
    taken = Taken()
    for line in lines:
        _take(line, today, taken)
    if taken.changed:
        record(events.Listed(taken.posts, taken.people), by=by, at=at)
    return taken


def _take(line: Line, today: date, taken: Taken) -> None:
    unknown = sorted(set(line.roles) - set(Role.objects.values_list("name", flat=True)))
    if unknown:
        raise Invalid(
            _("Line %(line)s: there is no role named %(role)s.")
            % {"line": line.number, "role": unknown[0]}
        )
    post = _post(line, today, taken)
    user = _user(line, taken)
    _hold(line, post, user, today, taken)


def _post(line: Line, today: date, taken: Taken) -> Post:
    post, new = Post.objects.get_or_create(
        body_id=line.body,
        title=line.title,
        defaults={
            "is_head": line.is_head,
            "village_id": line.village,
            "valid": DateRange(line.since or today, None),
        },
    )
    taken.posts += new
    if set(post.roles.values_list("name", flat=True)) != set(line.roles):
        post.roles.set(Role.objects.filter(name__in=line.roles))
    return post


def _user(line: Line, taken: Taken) -> User:
    user, new = User.objects.get_or_create(
        username=line.username,
        defaults={"name": line.name, "phone": line.phone.strip(), "email": line.email.strip()},
    )
    if new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        taken.people += 1
        taken.usernames.append(user.username)
    return user


def _hold(line: Line, post: Post, user: User, today: date, taken: Taken) -> None:
    held = Holding.objects.filter(post=post, user=user, valid__contains=today).first()
    end = line.until
    if held is None and (end is None or end > today):
        for_whom = (
            User.objects.filter(username=line.standing_in_for).first()
            if line.standing_in_for
            else None
        )
        Holding.objects.create(
            post=post, user=user, standing_in_for=for_whom, basis=line.basis,
            valid=DateRange(line.since or today, end),
        )  # fmt: skip
        taken.holdings += 1
    if held is not None and end is not None and held.valid.upper != end:
        held.valid = DateRange(held.valid.lower, max(end, held.valid.lower))
        held.save(update_fields=["valid"])
        taken.ended += 1
