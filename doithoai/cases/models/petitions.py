"""Petitions as they came in, whom they are about, and what was found and decided of each matter."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from doithoai.accounts.models import Post, User
from doithoai.cases.models.case import Case
from doithoai.cases.models.said import Submission
from doithoai.core.identifiers import uuid7
from doithoai.units.models import Body, Place


class Petition(models.Model):
    """A petition (đơn) as it came in: the paper or message, numbered in a body's register.

    One petition may hold several matters, several petitions may be about one. A sealed one stands
    in the settling body's own register and says neither who sent it nor what it is about.
    """

    class By(models.TextChoices):
        IN_PERSON = "in_person", "in person"
        POST = "post", "by post"
        BOX = "box", "in the letter box"
        WEB = "web", "on the web"
        TELEPHONE = "telephone", "by telephone"
        TRANSFERRED = "transferred", "transferred by another body"
        RECEPTION = "reception", "at a citizen reception"

    class Forwarder(models.TextChoices):
        """The choices of the fact ``forwarder`` of the rules."""

        NONE = "none", "nobody"
        DEPUTY = "deputy", "deputy"
        COUNCIL = "council", "People's Council"
        RECEPTION_BOARD = "reception_board", "reception board"
        FRONT = "front", "Fatherland Front"
        PRESS = "press", "press"
        AGENCY = "agency", "agency"
        PARTY = "party", "Party body"

    submission = models.OneToOneField(
        Submission, models.PROTECT, primary_key=True, related_name="petition"
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    sealed = models.BooleanField(default=False)
    arrived_on = models.DateField()
    arrived_by = models.CharField(max_length=12, choices=By.choices)
    forwarder = models.CharField(max_length=16, choices=Forwarder.choices, default=Forwarder.NONE)
    forwarding_body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    forwarder_name = models.CharField(max_length=200, blank=True)
    letter_number = models.CharField(max_length=60, blank=True)
    letter_on = models.DateField(null=True)
    begun_at = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    begun_place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    begun_with = models.CharField(max_length=200, blank=True)  # the old body, as it was called
    written = models.BooleanField(default=True)
    signed = models.BooleanField(default=True)
    dated_on = models.DateField(null=True)
    signatories = models.PositiveIntegerField(default=1)
    anonymous = models.BooleanField(default=False)
    impersonated = models.BooleanField(default=False)
    originals = ArrayField(models.CharField(max_length=200), default=list)
    sender_key = models.CharField(max_length=200, blank=True)  # folded name; empty when sealed
    thread = models.UUIDField(null=True)  # the same petition, here and at other bodies
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeated_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "sealed", "year", "number"], name="petition_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(sealed=True) | Q(sender_key=""), name="petition_sealed_names_nobody"
            ),
            models.CheckConstraint(
                condition=Q(letter_number="", letter_on=None) | ~Q(forwarder="none"),
                name="petition_letter_has_a_forwarder",
            ),
        ]
        indexes = [
            models.Index(F("body"), F("arrived_on").desc(), name="petition_of_body"),
            models.Index(F("sender_key"), name="petition_of_sender", condition=~Q(sender_key="")),
            models.Index(F("thread"), name="petition_of_thread", condition=Q(thread__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class Respondent(models.Model):
    """A body, post or person complained of or denounced, or declared to stand in a relation to
    them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, models.PROTECT, related_name="respondents")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    relation = models.CharField(max_length=30, default="respondent")
    declared_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False) | Q(post__isnull=False) | Q(user__isnull=False),
                name="respondent_is_somebody",
            )
        ]


class Examination(models.Model):
    """What was found when a petition's conditions were looked at: eligible, or on which grounds
    not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, models.PROTECT, related_name="examinations")
    eligible = models.BooleanField()
    grounds = ArrayField(models.CharField(max_length=40), default=list)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(eligible=True, grounds=[]) | (Q(eligible=False) & ~Q(grounds=[])),
                name="examination_ineligible_has_grounds",
            )
        ]


class Ruling(models.Model):
    """What was decided of a petition, with its ground and, once signed, its document: admitted,
    declined, guided, transferred, handed back, archived, converted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, models.PROTECT, related_name="rulings")
    step = models.CharField(max_length=20)
    ground = models.CharField(max_length=40, blank=True)  # of the country pack
    text = models.TextField(blank=True)
    to = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    papers = ArrayField(models.CharField(max_length=200), default=list)  # originals handed back
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("case"), F("at"), name="ruling_of_case")]
