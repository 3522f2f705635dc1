"""What people said, by which channel and on which occasion."""

from django.db import models
from django.db.models import F, Q

from doithoai.cases.models.case import Case
from doithoai.core.identifiers import uuid7
from doithoai.docket.models import Matter
from doithoai.units.models import Place


class Channel(models.TextChoices):
    HALL = "hall", "hall"
    IMPORT = "import", "import"
    WEB = "web", "web"
    COUNTER = "counter", "counter"
    TELEPHONE = "telephone", "telephone"
    LETTER = "letter", "letter"
    SMS = "sms", "sms"


class Occasion(models.TextChoices):
    DIALOGUE = "dialogue", "dialogue"
    VOTER_MEETING = "voter_meeting", "voter meeting"
    RECEPTION = "reception", "reception"
    LETTER = "letter", "letter"
    FRONT = "front", "Front"
    PRESS = "press", "press"
    WEB = "web", "web"
    TELEPHONE = "telephone", "telephone"
    COUNTER = "counter", "counter"


class Submission(models.Model):
    """Who said what, where, by which channel, on which occasion, and how to reach them, if at
    all.
    """

    class Who(models.TextChoices):
        PERSON = "person", "person"
        GROUP = "group", "group"
        VILLAGE = "village", "village"
        ORGANISATION = "organisation", "organisation"

    id = models.UUIDField(primary_key=True, default=uuid7)
    text = models.TextField()
    who = models.CharField(max_length=15, choices=Who.choices, default=Who.PERSON)
    speaker = models.CharField(max_length=200, blank=True)
    people = models.PositiveIntegerField(null=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    place_text = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    occasion = models.CharField(max_length=15, choices=Occasion.choices)
    occasion_matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, related_name="submissions_said_at"
    )
    said_at = models.DateTimeField()
    may_publish = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="vi")

    class Meta:
        indexes = [models.Index(F("occasion_matter"), F("said_at"), name="submission_of_occasion")]


class Carried(models.Model):
    """This submission is handled in this case, from when to when. Joining is undone by ending a
    row.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="carried")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="carried")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    why_ended = models.TextField(blank=True)  # one of several withdrew: not for the others' eyes

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "submission"], condition=Q(until=None), name="carried_once"
            )
        ]
