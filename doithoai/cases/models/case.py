"""What must be settled, and where it stands."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet

from doithoai.accounts.models import Post
from doithoai.cases.workflow import FINAL, Outcome, State, Word
from doithoai.core.actors import Actor
from doithoai.core.errors import NotFound
from doithoai.docket.models import Matter
from doithoai.units.models import Body


class CaseQuerySet(QuerySet["Case"]):
    """Visibility is the matter's; locking takes the matter's row first."""

    def visible_to(self, actor: Actor) -> "CaseQuerySet":
        """Cases this actor may see."""
        return self.filter(matter__in=Matter.objects.visible_to(actor))

    def lock(self, pk: UUID, *, seen_by: Actor) -> "Case":
        """The case with its matter, locked. Raises NotFound."""
        matter = Matter.objects.lock(pk, seen_by=seen_by)
        case = self.select_for_update(no_key=True).filter(pk=pk).first()
        if case is None:
            raise NotFound("")
        case.matter = matter
        return case

    def lock_all(self, pks: Sequence[UUID], *, seen_by: Actor) -> list["Case"]:
        """Several cases, locked in the order of their ids so that two officers never wait for each
        other.
        """
        return [self.lock(pk, seen_by=seen_by) for pk in sorted(set(pks))]


class Case(models.Model):
    """What must be settled. Its state, its outcome and the person's word are three different
    things.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="case")
    state = models.CharField(max_length=20, choices=State.choices, default=State.RECEIVED)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.NONE)
    word = models.CharField(max_length=20, choices=Word.choices, default=Word.NONE)
    word_by_self = models.BooleanField(default=False)
    text = models.TextField()
    urgent = models.BooleanField(default=False)
    other_procedure = models.CharField(max_length=20, default="none")
    instance = models.CharField(max_length=15, blank=True)  # first, second, disciplinary
    competence = models.CharField(max_length=10, blank=True)  # own, other
    complexity = models.CharField(max_length=10, default="normal")
    remote_area = models.BooleanField(default=False)
    accepted_on = models.DateField(null=True)
    withdrawal_asked_on = models.DateField(null=True)  # and not decided on yet
    receiving_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    handling_body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    handling_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    answering_body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    coordinating = ArrayField(models.UUIDField(), default=list)
    why_here = models.TextField(blank=True)
    times_returned = models.PositiveSmallIntegerField(default=0)
    roadmap_year = models.PositiveSmallIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    entered_late = models.BooleanField(default=False)
    attention = models.JSONField(default=list)
    occasion_matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, related_name="cases_said_at"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("occasion_matter"), F("state"), name="case_of_occasion"),
            models.Index(F("handling_body"), F("state"), name="case_of_handler"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False)
                | ~Q(state__in=[State.ANSWERED, State.CONFIRMED, State.SCHEDULED, State.CLOSED]),
                name="case_answered_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | ~Q(state=State.CONFIRMED),
                name="case_confirmed_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(roadmap_year__isnull=False) | ~Q(outcome=Outcome.SCHEDULED),
                name="case_on_the_roadmap_has_a_year",
            ),
        ]

    @property
    def final(self) -> bool:
        """Whether nothing more is owed."""
        return self.state in FINAL
