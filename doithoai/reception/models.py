"""Reception days, the people who came, each visit, and the numbers of the register.

Visits, persons, matters and groups are counted apart (Circular 06/2025/TT-TTCP, form 01/TCD): a
visit is a row of ``Visit``, a person a row of ``Person``, a matter a ``docket.Matter`` raised in a
visit, a group a visit of five people or more.
"""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
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
from doithoai.reception.workflow import State, VisitState
from doithoai.units.models import Body, Place

MIXED = "mixed"  # kind of a petition with several matters, until it is split
GIVEN, DECLINED = "given", "declined"  # answers to who asks to be received
LARGE = 5  # people: from here on a large group (đoàn đông người)


class Kind(models.TextChoices):
    REGULAR = "regular", "regular"
    HEAD = "head_scheduled", "head, scheduled"
    UNSCHEDULED = "unscheduled", "head, unscheduled"


class Form(models.TextChoices):
    PLACE = "place", "at the reception place"
    ONLINE = "online", "online"


class Identity(models.TextChoices):
    """Papers by which a person is identified (Decree 154/2026, article 12)."""

    NONE = "none", "not shown"
    CARD = "card", "identity card"
    NUMBER = "number", "personal identification number"
    PASSPORT = "passport", "passport"


class SessionQuerySet(QuerySet["Session"]):
    """Visibility is the matter's; locking takes the matter's row first."""

    def visible_to(self, actor: Actor) -> "SessionQuerySet":
        """Reception days this actor may see on the officials' side."""
        return self.filter(matter__in=Matter.objects.visible_to(actor))

    def lock(self, pk: UUID, *, seen_by: Actor) -> "Session":
        """The reception day with its matter, locked. Raises NotFound."""
        matter = Matter.objects.lock(pk, seen_by=seen_by)
        found = self.select_for_update(no_key=True).filter(pk=pk).first()
        if found is None:
            raise NotFound("")
        found.matter = matter
        return found

    def posted(self) -> "SessionQuerySet":
        """Reception days the public knows of."""
        return self.filter(posted_at__isnull=False)

    def lock_posted(self, pk: UUID) -> "Session":
        """A posted day for somebody without an office, its matter locked first as by ``lock``.
        Raises NotFound.
        """
        matter = Matter.objects.select_for_update(no_key=True).filter(pk=pk).first()
        found = self.posted().select_for_update(no_key=True).filter(pk=pk).first()
        if matter is None or found is None:
            raise NotFound("")
        found.matter = matter
        return found


class Session(models.Model):
    """A reception day: by the regular desk or by a head, planned, posted, held, concluded."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="session")
    state = models.CharField(max_length=15, choices=State.choices, default=State.PLANNED)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.PLACE)
    host = models.ForeignKey(Body, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Post, models.PROTECT, related_name="+")  # who is to receive
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    venue = models.CharField(max_length=200)
    points = models.TextField(blank=True)  # online: the places connected
    fixed_day = models.DateField(null=True)  # the usual day, when it fell on a day off
    why_moved = models.CharField(max_length=300, blank=True)
    grounds = ArrayField(models.CharField(max_length=20), default=list)  # unscheduled: 18(3)
    posted_at = models.DateTimeField(null=True)
    notified_at = models.DateTimeField(null=True)  # online: everybody who takes part was told
    tested_at = models.DateTimeField(null=True)  # online: all points connected in a test
    why_not_held = models.TextField(blank=True)
    held_on = models.DateField(null=True)
    received_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    received_by_name = models.CharField(max_length=160, blank=True)
    in_person = models.BooleanField(null=True)  # held: the receiver themself, nobody standing in
    conclusion = models.TextField(blank=True)
    document = models.UUIDField(null=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(F("host"), F("day"), name="session_of_host")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["held", "concluded"], held_on__isnull=False)
                | (~Q(state__in=["held", "concluded"]) & Q(held_on__isnull=True)),
                name="session_held_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True)
                | (Q(received_by__isnull=False, in_person__isnull=False)),
                name="session_held_says_who_received",
            ),
        ]

    @property
    def by_head(self) -> bool:
        """Whether a head receives: then each visit is answered now, or by a day, with who to ask
        (Decree 154/2026, article 25).
        """
        return self.kind in {Kind.HEAD, Kind.UNSCHEDULED}


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
            models.Index(F("body"), F("number"), name="person_number", condition=~Q(number="")),
            models.Index(F("body"), F("phone"), name="person_phone", condition=~Q(phone="")),
            GinIndex(OpClass(F("folded"), "gin_trgm_ops"), name="person_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "identity", "number"],
                condition=~Q(number=""),
                name="person_once_by_paper",
            )
        ]


class VisitQuerySet(QuerySet["Visit"]):
    """A register is read inside the body that keeps it, by who may read it; by nobody else."""

    def visible_to(self, actor: Actor) -> "VisitQuerySet":
        """Visits to the bodies this official works for; an exclusion from what was raised beats
        it.
        """
        if not isinstance(actor, Official) or not actor.may("reception.read"):
            return self.none()
        shut = Excluded.objects.filter(matter__raised_in__visit=OuterRef("pk")).filter(
            Q(body=actor.body) | Q(user=actor.user)
        )
        return self.filter(~Exists(shut), body__in=actor.acts_for)

    def marked_for(self, actor: Actor) -> "VisitQuerySet":
        """With ``hushed``: of this visit the reader is told nothing (see ``told_to``)."""
        return self.annotate(hushed=Exists(_kept_from(actor)) | Q(sealed=True))

    def told_to(self, actor: Actor) -> "VisitQuerySet":
        """But for those that are sealed, or raised what is sealed by now or not for this reader."""
        return self.filter(~Exists(_kept_from(actor)), sealed=False)

    def lock(self, pk: UUID, *, seen_by: Actor) -> "Visit":
        """The visit, locked. Raises NotFound when it is not there or not theirs to see."""
        found = self.select_for_update(no_key=True).filter(pk=pk).first()
        if found is None or not self.visible_to(seen_by).filter(pk=pk).exists():
            raise NotFound("")
        return found


def _kept_from(actor: Actor) -> "QuerySet[Raised]":
    raised = Raised.objects.filter(visit=OuterRef("pk"))
    return raised.filter(Q(matter__sealed=True) | ~Q(matter__in=Matter.objects.visible_to(actor)))


class Visit(models.Model):
    """One visit (lượt): one line of the register 03/TCD, numbered per body and year.

    Of a sealed matter the line says that somebody was received and nothing else: neither who nor
    what.
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
                condition=Q(sealed=False)
                | Q(
                    person=None,
                    summary="",
                    outcome="",
                    note="",
                    kind="",
                    papers="",
                    guided_to="",
                    settled_before_by="",
                    interpreter="",
                    due_on=None,
                ),
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


class Prepared(models.Model):
    """A matter prepared for a head's session: what it is about and what was done so far."""

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(Session, models.PROTECT, related_name="prepared")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    brief = models.TextField(blank=True)
    invited = ArrayField(models.UUIDField(), default=list)  # bodies that send a leader

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "matter"], name="prepared_once")]
