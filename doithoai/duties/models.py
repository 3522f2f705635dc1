"""What a post owes in one period, what was held for it, why it was excused, who made it public."""

from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.core.actors import Actor
from doithoai.core.errors import NotFound
from doithoai.core.identifiers import uuid7
from doithoai.docket.models import Access, Matter
from doithoai.duties.workflow import State
from doithoai.files.models import Attachment
from doithoai.units.models import Body


class Kind(models.TextChoices):
    """What is owed. The rulebooks name these."""

    RECEPTION = "reception", "reception"
    MEETING = "meeting", "meeting"
    DIALOGUE = "dialogue", "dialogue"
    CONFERENCE = "conference", "conference"
    HEARING = "hearing", "hearing"
    PROGRAMME = "programme", "programme"
    REPORT = "report", "report"


class DutyQuerySet(QuerySet["Duty"]):
    """Visibility is the matter's, and narrower; locking takes the matter's row first."""

    def visible_to(self, actor: Actor) -> "DutyQuerySet":
        """Duties of the reader's own post, of posts under it, of the bodies the reader works for;
        supervisors see those of every body whose matters they may see.
        """
        seen = self.filter(matter__in=Matter.objects.visible_to(actor))
        if not isinstance(actor, Official) or actor.may("duties.oversee"):
            return seen
        told = Access.objects.filter(matter=OuterRef("pk"), post=actor.post)
        return seen.filter(Q(Exists(told)) | Q(post__body__in=actor.acts_for))

    def lock(self, pk: UUID, *, seen_by: Actor) -> "Duty":
        """The duty with its matter, locked. Raises NotFound."""
        matter = Matter.objects.lock(pk, seen_by=seen_by)
        found = self.visible_to(seen_by).filter(pk=pk).exists()
        duty = self.select_for_update(no_key=True).filter(pk=pk).first()
        if duty is None or not found:
            raise NotFound("")
        duty.matter = matter
        return duty


class Duty(models.Model):
    """One duty of one post in one period; first and last day both belong to it."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="duty")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    rule = models.CharField(max_length=120)
    every = models.CharField(max_length=15)
    first_day = models.DateField()
    last_day = models.DateField()
    # It was said to be missed; what was entered later does not take that away, an excuse does.
    was_missed = models.BooleanField(default=False, db_default=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("post"), F("last_day"), name="duty_of_post"),
            models.Index(F("last_day"), name="duty_open", condition=Q(state="open")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["post", "rule", "first_day"], name="duty_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="duty_period_has_days"
            ),
        ]


class Met(models.Model):
    """It was done on a day: by what was held here (``about``), or as a document says."""

    id = models.BigAutoField(primary_key=True)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="met")
    about = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    held_on = models.DateField()
    in_person = models.BooleanField()
    document = models.CharField(max_length=200, blank=True)
    entered_late = models.BooleanField(default=False, db_default=False)  # ghi nhận chậm, design §1
    unposted = models.BooleanField(default=False, db_default=False)  # nobody was told of the day

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "about"], condition=Q(about__isnull=False), name="met_once_by_event"
            ),
            models.UniqueConstraint(
                fields=["duty", "held_on"], condition=Q(about=None), name="met_once_by_document"
            ),
            models.CheckConstraint(
                condition=Q(about__isnull=False) | ~Q(document=""), name="met_rests_on_something"
            ),
        ]


class Excuse(models.Model):
    """Why a post need not do it in this period. ``by`` None: the post or its body has ended."""

    duty = models.OneToOneField(Duty, models.PROTECT, primary_key=True, related_name="excuse")
    reason = models.TextField(blank=True)
    document = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by=None) | (~Q(reason="") & ~Q(document="")),
                name="excuse_has_its_reason_and_document",
            )
        ]


class DisclosureQuerySet(QuerySet["Disclosure"]):
    """Decisions, those that stand apart from those that were withdrawn."""

    def standing(self) -> "DisclosureQuerySet":
        """By which something is public today."""
        return self.filter(withdrawn_at=None)


class Disclosure(models.Model):
    """The decision by which the fulfilment of a body's head is public, and its document; with the
    decision that withdrew it, once there is one. A body has one standing decision at most.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    decided_on = models.DateField()
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_number = models.CharField(max_length=60, blank=True, db_default="")
    withdrawn_on = models.DateField(null=True)
    withdrawn_file = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    withdrawn_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body"], condition=Q(withdrawn_at=None), name="disclosure_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at=None,
                    withdrawn_number="",
                    withdrawn_on=None,
                    withdrawn_file=None,
                    withdrawn_by=None,
                )
                | (
                    ~Q(withdrawn_number="")
                    & Q(
                        withdrawn_at__isnull=False,
                        withdrawn_on__isnull=False,
                        withdrawn_file__isnull=False,
                        withdrawn_by__isnull=False,
                    )
                ),
                name="disclosure_withdrawn_by_a_document",
            ),
        ]
