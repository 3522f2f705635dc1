"""What was done about a case: who had it, what was written, answered, said and published."""

from django.db import models
from django.db.models import F, Q

from doithoai.accounts.models import Post
from doithoai.cases.models.case import Case
from doithoai.cases.models.said import Submission
from doithoai.cases.workflow import Outcome, Word
from doithoai.core.identifiers import uuid7
from doithoai.files.models import Attachment, Document
from doithoai.units.models import Body


class Transfer(models.Model):
    """The case given, offered or sent by letter to a body: why, and what became of it."""

    class How(models.TextChoices):
        ROUTE = "route", "route"
        OFFER = "offer", "offer"
        LETTER = "letter", "letter"

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    how = models.CharField(max_length=10, choices=How.choices)
    sender = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(Body, models.PROTECT, related_name="+")
    why = models.TextField()
    at = models.DateTimeField()
    number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    reply_hash = models.BinaryField(null=True, unique=True)
    reply_until = models.DateTimeField(null=True)
    reply_number = models.CharField(max_length=60, blank=True)
    reply_signed_on = models.DateField(null=True)
    ended = models.CharField(max_length=10, blank=True)  # accepted, returned, replied, overtaken
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(how="letter") | (Q(signed_on__isnull=False) & ~Q(number="")),
                name="letter_has_number_and_date",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(how__in=["offer", "letter"], ended=""),
                name="one_transfer_open",
            ),
            models.CheckConstraint(
                condition=Q(reply_number="", reply_signed_on=None)
                | (~Q(reply_number="") & Q(reply_signed_on__isnull=False)),
                name="reply_number_with_its_date",
            ),
        ]


class LetterDraft(models.Model):
    """The letter being made ready for a body without an account: to whom, why, its Word draft."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="letter_draft")
    to = models.ForeignKey(Body, models.PROTECT, related_name="+")
    why = models.TextField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")


class Draft(models.Model):
    """An answer being written. One per case; ``version`` keeps two officers from overwriting each
    other.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="draft")
    text = models.TextField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    roadmap_year = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")


class Answer(models.Model):
    """What was done, by whom, with evidence - or why not, and what is missing."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, models.PROTECT, related_name="answers")
    text = models.TextField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    evidence = models.ManyToManyField(Attachment, related_name="+")
    at = models.DateTimeField()
    entered_late = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(F("case"), F("at"), name="answer_of_case")]


class PersonsWord(models.Model):
    """What the person said of the answer, how it reached us and who wrote it down."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, models.PROTECT, related_name="words_said")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="+")
    word = models.CharField(max_length=20, choices=Word.choices)
    how = models.CharField(max_length=12)  # web, sms, telephone, counter, slip
    text = models.TextField(blank=True)
    by_self = models.BooleanField()
    recorded_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True)  # on a slip: the day the person signed it
    slip = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by_self=True, recorded_by=None)
                | Q(by_self=False, recorded_by__isnull=False),
                name="word_through_others_names_who_wrote_it",
            )
        ]


class Question(models.Model):
    """Something the officer must know from the person; the clock may stand still while they are
    asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, models.PROTECT, related_name="questions")
    text = models.TextField()
    at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)


class Note(models.Model):
    """An internal note: officials who see the case read it, the person never does."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Reason(models.Model):
    """The words behind an entry that only holds facts: why extended, archived, reopened,
    returned.
    """

    entry = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reasons")
    text = models.TextField()


class Publication(models.Model):
    """What the public reads of a case: masked, decided by a named person, each version kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, models.PROTECT, related_name="publications")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    answer = models.TextField()
    masked = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    current = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(null=True)  # taken back: readable at no address any more

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="publication_version_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(current=True), name="publication_one_current"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(current=False),
                name="publication_in_force_is_not_withdrawn",
            ),
        ]
        indexes = [models.Index(F("at").desc(), name="published_latest", condition=Q(current=True))]


class Withheld(models.Model):
    """A decision not to publish, with its reason, so that what is withheld is counted."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="withheld")
    reason = models.CharField(
        max_length=20
    )  # private_life, no_consent, secret, third_person, other
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
