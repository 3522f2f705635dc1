"""Matters, who has to do with them, and what is owed: the one table supervision reads."""

from datetime import date
from typing import Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Holding, Post, User
from doithoai.core.actors import Actor
from doithoai.core.errors import NotFound
from doithoai.core.identifiers import sealed_id, uuid7
from doithoai.units.models import Body, Place

WIDE = 100  # bodies
LONG_AGO: Final = date(1900, 1, 1)


class MatterQuerySet(QuerySet["Matter"]):
    """The one visibility rule of the house, and the one lock."""

    def visible_to(self, actor: Actor) -> "MatterQuerySet":
        """Matters this actor may see: by access of its bodies, post, person or receipt; exclusion
        beats all.
        """
        if isinstance(actor, Official):
            return self.filter(_granted(actor)).exclude(_shut_out(actor))
        if actor.kind == "clock":
            return self
        if actor.ref is None:
            return self.none()
        return self.filter(Exists(Access.objects.filter(matter=OuterRef("pk"), holder=actor.ref)))

    def not_hidden_from(self, actor: Official) -> "MatterQuerySet":
        """Matters this official is not shut out of; whether they see them is another question."""
        return self.exclude(_shut_out(actor))

    def lock(self, pk: UUID, *, seen_by: Actor) -> "Matter":
        """The matter's row, locked for this transaction without blocking rows that refer to it.

        Raises NotFound when it is not there or not theirs to see.
        """
        locked = self.select_for_update(no_key=True).filter(pk=pk).first()
        if locked is None or not self.visible_to(seen_by).filter(pk=pk).exists():
            raise NotFound("")
        return locked


def _granted(actor: Official) -> Q:
    reach = Access.objects.filter(matter=OuterRef("pk"))
    wide = Q(sealed=False) & Exists(_of_bodies(reach, actor))
    return wide | Exists(reach.filter(Q(post=actor.post) | Q(holder=actor.user)))


def _of_bodies(reach: QuerySet["Access"], actor: Official) -> QuerySet["Access"]:
    """The bodies of a whole province are looked up in a table made of them once; asked of the
    index, each of the thousand would be looked for anew in every matter.
    """
    if len(actor.sees) <= WIDE:
        return reach.filter(body__in=actor.sees)
    return reach.alias(whose=Coalesce("body", "body")).filter(whose__in=actor.sees)


def _shut_out(actor: Official) -> Exists:
    """In whatever post they act: the person themself, or somebody who sits, sat since the matter
    was sealed, or is soon to sit in a body or post that is excluded, substitutes included.
    """
    out = Excluded.objects.filter(matter=OuterRef("pk"))
    named = Q(body=actor.body) | Q(post=actor.post) | Q(user=actor.user)
    return Exists(out.filter(named | Exists(_sitting().filter(user=actor.user))))


def _sitting() -> QuerySet[Holding]:
    """The seats an excluded row covers, from the day it was written."""
    seat = Q(post__body=OuterRef("body")) | Q(post=OuterRef("post"))
    still = Q(valid__endswith=None) | Q(valid__endswith__gt=OuterRef("since"))
    return Holding.objects.filter(seat, still)


def people_shut_out(matter: UUID) -> QuerySet[User]:
    """Everybody who may not hear of a matter: named, or seated in what is excluded."""
    out = Excluded.objects.filter(matter=matter)
    wanted = Q(pk__in=out.filter(user__isnull=False).values("user"))
    for row in out.filter(user__isnull=True):
        seat = Q(post__body=row.body_id) if row.body_id else Q(post=row.post_id)
        still = Q(valid__endswith=None) | Q(valid__endswith__gt=row.since)
        wanted |= Q(pk__in=Holding.objects.filter(seat, still).values("user"))
    return User.objects.filter(wanted)


class Matter(models.Model):
    """What it is about: a case, a dialogue, later a draft or a directive. Its title names no
    person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=20)
    procedure = models.CharField(max_length=60)
    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=30)
    state_label = models.CharField(max_length=80)
    final = models.BooleanField(default=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    field = models.CharField(max_length=60, default="", blank=True)
    channel = models.CharField(max_length=30, default="", blank=True)
    received_on = models.DateField()
    sealed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = MatterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("body"), F("kind"), F("received_on").desc(), name="matter_of_body"),
            models.Index(F("place"), F("kind"), name="matter_of_place"),
            models.Index(F("received_on").desc(), F("code"), name="matter_newest"),
        ]


class Party(models.Model):
    """A role in a matter, from a moment to a moment. Obligations fall to whoever has the role when
    they open.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parties")
    role = models.CharField(max_length=30)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)


class Access(models.Model):
    """Who may see a matter: a body, a post, or the ``holder`` (a user, a receipt, a token).

    The database itself keeps ``received_on`` like the matter's, so that a reader's are in order.
    """

    id = models.BigAutoField(primary_key=True)
    # Nothing refers by one column alone: the constraint and the indexes below begin with each.
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="audience", db_index=False)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    holder = models.UUIDField(null=True)
    received_on = models.DateField(db_default=LONG_AGO, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["body", "-received_on", "matter"],
                name="access_of_body",
                condition=Q(body__isnull=False),
            ),
            models.Index(
                fields=["post", "-received_on", "matter"],
                name="access_of_post",
                condition=Q(post__isnull=False),
            ),
            models.Index(
                fields=["holder"], name="access_holder", condition=Q(holder__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "body", "post", "holder"],
                nulls_distinct=False,
                name="access_once",
            )
        ]


class Excluded(models.Model):
    """Who may not see a matter, whatever else they may: beats every access, administrators
    included.
    """

    class Cause(models.TextChoices):
        BODY = "respondent_body", "body complained of"
        POST = "respondent_post", "post complained of"
        PERSON = "respondent_user", "person complained of"
        RELATION = "relation", "relation declared"

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="excluded")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    since = models.DateField(default=LONG_AGO)  # who left the body or post before is not shut out

    class Meta:
        indexes = [models.Index(fields=["matter"], name="excluded_matter")]


class Unsealing(models.Model):
    """Somebody opened what is sealed, for a while and for themself alone. Why is in the vault;
    ``told`` is the post above that reads of it.
    """

    id = models.UUIDField(primary_key=True, default=sealed_id)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="unsealings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    told = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    turn = models.PositiveSmallIntegerField()
    text = models.BooleanField()
    identity = models.BooleanField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(F("by"), F("until"), name="unsealing_open"),
            models.Index(F("told"), F("at").desc(), name="unsealing_told"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["matter", "turn"], name="unsealing_turn_once"),
            models.CheckConstraint(
                condition=Q(text=True) | Q(identity=True), name="unsealing_opens_something"
            ),
        ]


class Link(models.Model):
    """A typed tie between matters. Visibility is never inherited through it."""

    class Kind(models.TextChoices):
        PART_OF = "part_of", "part of"
        MERGED_INTO = "merged_into", "merged into"
        SPLIT_FROM = "split_from", "split from"
        CONVERTED_FROM = "converted_from", "converted from"
        CAUSED_BY = "caused_by", "caused by"

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Matter, models.PROTECT, related_name="links")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    target = models.ForeignKey(Matter, models.PROTECT, related_name="linked")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_not_to_itself"),
            models.UniqueConstraint(
                fields=["source", "kind", "target"], condition=Q(ended_at=None), name="link_once"
            ),
        ]


class Obligation(models.Model):
    """What somebody owes, may do or must await, by when and under which text: a projection of the
    entries.
    """

    class State(models.TextChoices):
        OPEN = "open", "open"
        PAUSED = "paused", "paused"
        DISCHARGED = "discharged", "discharged"
        CLOSED = "closed", "closed"
        VOID = "void", "void"

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="obligations")
    key = models.CharField(max_length=200)
    rule = models.CharField(max_length=120)
    in_force_from = models.DateField(null=True)
    kind = models.CharField(max_length=10)
    role = models.CharField(max_length=30)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    unassigned = models.BooleanField(default=False)
    moved_at = models.DateTimeField(null=True)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State.choices)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    was_late = models.BooleanField(default=False)
    paused_since = models.DateField(null=True)
    review_on = models.DateField(null=True)
    remind_on = models.DateField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    escalated_on = models.DateField(null=True)
    on_lapse = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=12)
    certainty = models.CharField(max_length=4)
    basis = models.CharField(max_length=300)
    duty_vi = models.CharField(max_length=200)
    duty_en = models.CharField(max_length=200)
    derivation = models.JSONField()

    class Meta:
        indexes = [
            models.Index(
                F("body"),
                F("due_on"),
                F("id"),
                name="owed_by_body",
                condition=Q(state="open", kind="duty"),
            ),
            models.Index(
                F("post"),
                F("due_on"),
                name="owed_by_post",
                condition=Q(state="open", post__isnull=False),
            ),
            models.Index(F("due_on"), name="owed_when", condition=Q(state="open")),
            models.Index(F("body"), name="owed_paused", condition=Q(state="paused")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["matter", "key"], name="obligation_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "paused", "void"]) | Q(ended_at__isnull=False),
                name="obligation_ended_has_a_moment",
            ),
        ]


class Debtor(models.Model):
    """Who owed it before the present debtor, from when to when: lateness stays with whoever had
    it.
    """

    id = models.BigAutoField(primary_key=True)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="debtors")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()


class Reason(models.Model):
    """The words behind an entry on any matter that itself holds only ids and facts."""

    entry = models.UUIDField(primary_key=True)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="reasons")
    text = models.TextField()


class Counter(models.Model):
    """The last number given in a register of a body and year; locked while one is given, so that
    none is left out and none given twice.
    """

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    register = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "register", "year"], name="counter_once")
        ]


class Adoption(models.Model):
    """The document by which a province adopts a rule of certainty D; without it the date is
    provisional.
    """

    rule = models.CharField(max_length=120, primary_key=True)
    document = models.CharField(max_length=200)
    adopted_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Words(models.Model):
    """What can be searched of a matter, by whoever may see it: code, title, text, place, person.

    ``text`` is folded (lower case, no diacritics); ``lexemes`` is generated from it by the
    database. ``readers`` are the bodies and posts of the audience, in the same index: what a
    commune's clerk searches is the commune's, however large the province. It narrows, it decides
    nothing: ``visible_to`` does.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="words")
    text = models.TextField()
    readers = ArrayField(models.UUIDField(), default=list)
    lexemes = models.GeneratedField(
        expression=SearchVector("text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [GinIndex(fields=["lexemes", "readers"], name="words_lexemes")]
