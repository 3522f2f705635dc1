"""The people who came, each visit, what was raised in it, and who asked to come."""

from uuid import UUID

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Collate, Reverse

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.core.actors import Actor
from doithoai.core.errors import NotFound
from doithoai.core.identifiers import uuid7
from doithoai.docket.models import Excluded, Matter
from doithoai.reception.kinds import (
    SILENT,
    Identity,
)
from doithoai.reception.models.sessions import Session
from doithoai.reception.workflow import VisitState
from doithoai.units.models import Body, Place


class Person(models.Model):
    """Somebody who came: found again by name, papers or telephone, whoever receives them."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")  # whose reception knows them
    name = models.CharField(max_length=160)
    folded = models.CharField(max_length=160)  # core.collation.folded(name)
    identity = models.CharField(max_length=10, choices=Identity.choices, default=Identity.NONE)
    number = models.CharField(max_length=20, blank=True)
    issued_on = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    first_seen = models.DateField()

    class Meta:
        indexes = [
            # By bytes, so that one index both finds how names begin and has them in order.
            models.Index(F("body"), Collate(F("folded"), "C"), F("id"), name="person_in_order"),
            # The same from the end, where a Vietnamese name has the part one is called by.
            models.Index(
                F("body"), Collate(Reverse(F("folded")), "C"), F("id"), name="person_called"
            ),
            models.Index(F("body"), F("phone"), name="person_phone", condition=~Q(phone="")),
            GinIndex(OpClass(F("folded"), "gin_trgm_ops"), name="person_words"),
        ]
        constraints = [
            # A card and a personal identification number have the same digits: one person.
            models.UniqueConstraint(
                fields=["body", "number"], condition=~Q(number=""), name="person_once_by_number"
            )
        ]


class VisitQuerySet(QuerySet["Visit"]):
    """A register is read inside the body that keeps it, by who may read it; by nobody else."""

    def visible_to(self, actor: Actor) -> "VisitQuerySet":
        """Visits to the bodies this official works for. Of what was raised and is not for them they
        are told nothing, see ``marked_for``; the line stays, or its number would be missing.
        """
        if not isinstance(actor, Official) or not actor.may("reception.read"):
            return self.none()
        return self.filter(body__in=actor.acts_for)

    def not_shut(self, actor: Actor) -> "VisitQuerySet":
        """But for those that raised what this official is shut out of: what is done with a visit,
        or counted by a condition that would tell of it.
        """
        return self.filter(~Exists(_shut_from(actor)))

    def with_open(self, actor: Actor) -> "VisitQuerySet":
        """With ``is_open``: nothing sealed was raised, and nothing this official is shut out of.
        Cheap enough for a year's figures.
        """
        sealed = Raised.objects.filter(visit=OuterRef("pk"), matter__sealed=True)
        return self.annotate(is_open=Q(sealed=False) & ~Exists(sealed) & ~Exists(_shut_from(actor)))

    def marked_for(self, actor: Actor) -> "VisitQuerySet":
        """With ``hushed``: of this visit the reader is told nothing (see ``told_to``)."""
        return self.annotate(hushed=Exists(_kept_from(actor)) | Q(sealed=True))

    def told_to(self, actor: Actor) -> "VisitQuerySet":
        """But for those that are sealed, or raised what is sealed by now or not for this reader."""
        return self.filter(~Exists(_kept_from(actor)), sealed=False)

    def lock(self, pk: UUID, *, seen_by: Actor) -> "Visit":
        """The visit, locked. Raises NotFound when it is not there or not theirs to see."""
        found = self.select_for_update(no_key=True).filter(pk=pk).first()
        theirs = self.visible_to(seen_by).not_shut(seen_by).filter(pk=pk)
        if found is None or not theirs.exists():
            raise NotFound("")
        return found


def _kept_from(actor: Actor) -> "QuerySet[Raised]":
    raised = Raised.objects.filter(visit=OuterRef("pk"))
    return raised.filter(Q(matter__sealed=True) | ~Q(matter__in=Matter.objects.visible_to(actor)))


def _shut_from(actor: Actor) -> "QuerySet[Excluded]":
    if not isinstance(actor, Official):
        return Excluded.objects.none()
    raised = Excluded.objects.filter(matter__raised_in__visit=OuterRef("pk"))
    return raised.filter(Q(body=actor.body) | Q(user=actor.user))


class Visit(models.Model):
    """One visit (lượt): one line of the register 03/TCD, numbered per body and year.

    Of a sealed matter the line says that somebody was received and nothing else: neither who nor
    what. ``came_…`` is what was said of the person at this visit: whatever they say at another, a
    line of the register never changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="visits")
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.WAITING)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(null=True)  # in the register, given when received
    ticket = models.PositiveSmallIntegerField()  # in the day's queue
    arrived_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="visits")
    came_name = models.CharField(max_length=160, blank=True, default="", db_default="")
    came_identity = models.CharField(
        max_length=10, choices=Identity.choices, default=Identity.NONE, db_default=Identity.NONE
    )
    came_number = models.CharField(max_length=20, blank=True, default="", db_default="")
    came_phone = models.CharField(max_length=20, blank=True, default="", db_default="")
    came_address = models.CharField(max_length=300, blank=True, default="", db_default="")
    representatives = models.ManyToManyField(Person, related_name="+")
    people = models.PositiveIntegerField(default=1)
    appointed = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)
    repeated = models.BooleanField(default=False)  # came before on the same matter (nhiều lần)
    interpreter = models.CharField(max_length=120, blank=True)  # language, or who interpreted
    summary = models.TextField(blank=True)
    read_back = models.BooleanField(default=False)  # what was written down was read to the person
    papers = models.TextField(blank=True)  # handed over, one a line: form 02/TCD
    kind = models.CharField(max_length=20, blank=True)  # recommendation, complaint, …
    settled_before_by = models.CharField(max_length=200, blank=True)  # column 8
    competent = models.BooleanField(null=True)  # column 9
    guided_to = models.CharField(max_length=200, blank=True)  # column 10
    outcome = models.CharField(max_length=300, blank=True)  # answered at once, or what was said
    due_on = models.DateField(null=True)  # the head's session: by when, and who to ask
    contact = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("body"), F("year"), F("number"), name="visit_register"),
            models.Index(F("body"), F("arrived_at"), name="visit_queue"),
            models.Index(F("person"), name="visit_person", condition=Q(person__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "number"],
                condition=Q(number__isnull=False),
                name="visit_number_once",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | Q(state__in=["waiting", "left"]),
                name="visit_received_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, contact="")
                | (Q(due_on__isnull=False) & ~Q(contact="")),
                name="visit_deadline_with_its_contact",
            ),
            models.CheckConstraint(
                condition=Q(sealed=False) | Q(**SILENT),
                name="visit_sealed_says_nothing",
            ),
        ]


class Raised(models.Model):
    """A matter raised in a visit: several may be, and one may be raised in several visits."""

    id = models.BigAutoField(primary_key=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="raised")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="raised_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "matter"], name="raised_once")]


class Appointment(models.Model):
    """Somebody asks to be received on a reception day, and about what."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    session = models.ForeignKey(Session, models.PROTECT, related_name="appointments")
    name = models.CharField(max_length=160)
    phone = models.CharField(max_length=20, blank=True)
    people = models.PositiveIntegerField(default=1)
    about = models.TextField()
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True)  # given, declined
    reason = models.TextField(blank=True)
    visit = models.OneToOneField(Visit, models.PROTECT, null=True, related_name="appointment")


class Refusal(models.Model):
    """Reception refused: its ground, and the written notice where the law wants one (Decree
    154/2026, article 4).
    """

    visit = models.OneToOneField(Visit, models.PROTECT, primary_key=True, related_name="refusal")
    ground = models.CharField(max_length=20)
    explained = models.TextField(blank=True)
    matter = models.OneToOneField(Matter, models.PROTECT, null=True, related_name="+")
    document = models.UUIDField(null=True)
