"""Dialogues: who chairs, which duties they count for, what was said in them, what was promised."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from doithoai.accounts.models import Post
from doithoai.cases.models import Carried, Case, Submission
from doithoai.cases.workflow import State as CaseState
from doithoai.core.actors import Actor
from doithoai.core.errors import NotFound
from doithoai.core.identifiers import uuid7
from doithoai.dialogues.workflow import State
from doithoai.docket.models import Matter
from doithoai.files.models import Stored
from doithoai.units.models import Body, Place


class Kind(models.TextChoices):
    PERIODIC = "periodic", "periodic"
    THEMATIC = "thematic", "thematic"
    UNSCHEDULED = "unscheduled", "unscheduled"
    CONFERENCE = "conference", "conference"


class Form(models.TextChoices):
    HALL = "hall", "hall"
    CLUSTER = "cluster", "village cluster"
    ONLINE = "online", "online"


class DialogueQuerySet(QuerySet["Dialogue"]):
    """Visibility is the matter's; locking takes the matter's row first."""

    def visible_to(self, actor: Actor) -> "DialogueQuerySet":
        """Dialogues this actor may see on the officials' side."""
        return self.filter(matter__in=Matter.objects.visible_to(actor))

    def announced(self) -> "DialogueQuerySet":
        """Dialogues the public knows of: once announced, or their conclusion is published. One that
        was set anew stays: its address hangs on walls.
        """
        once = Q(announced_at__isnull=False) | Q(first_announced_at__isnull=False)
        return self.filter(once | Q(state=State.PUBLISHED))

    def lock(self, pk: UUID, *, seen_by: Actor) -> "Dialogue":
        """The dialogue with its matter, locked. Raises NotFound."""
        matter = Matter.objects.lock(pk, seen_by=seen_by)
        found = self.select_for_update(no_key=True).filter(pk=pk).first()
        if found is None:
            raise NotFound("")
        found.matter = matter
        return found

    def lock_announced(self, pk: UUID) -> "Dialogue":
        """An announced dialogue for somebody without an office, its matter locked first as by
        ``lock``, so that neither waits for the other. Raises NotFound.
        """
        matter = Matter.objects.select_for_update(no_key=True).filter(pk=pk).first()
        found = self.announced().select_for_update(no_key=True).filter(pk=pk).first()
        if matter is None or found is None:
            raise NotFound("")
        found.matter = matter
        return found


class Dialogue(models.Model):
    """One event, counted once, however many duties it meets."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="dialogue")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.HALL)
    host = models.ForeignKey(Body, models.PROTECT, related_name="+")
    organisers = ArrayField(models.UUIDField(), default=list)
    starts_at = models.DateTimeField()
    venue = models.CharField(max_length=200)
    villages = models.ManyToManyField(Place, related_name="+")
    invited = models.TextField(blank=True)
    agenda = models.TextField(blank=True)
    party_head = models.BooleanField(default=False)
    commune_conference = models.BooleanField(default=False)
    other_regime = models.CharField(max_length=200, blank=True)
    announced_at = models.DateTimeField(null=True)
    first_announced_at = models.DateTimeField(null=True)
    held_on = models.DateField(null=True)
    attendance = models.PositiveIntegerField(null=True)
    minutes = models.TextField(blank=True)
    minutes_number = models.CharField(max_length=60, blank=True)
    minutes_on = models.DateField(null=True)
    minutes_document = models.UUIDField(null=True)
    minutes_published_at = models.DateTimeField(null=True)
    conclusion = models.TextField(blank=True)
    conclusion_number = models.CharField(max_length=60, blank=True)
    conclusion_on = models.DateField(null=True)
    conclusion_document = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    why_not_held = models.TextField(blank=True)

    objects = DialogueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(conclusion_on__isnull=True, conclusion_number="")
                | (Q(conclusion_on__isnull=False) & ~Q(conclusion_number="")),
                name="conclusion_number_and_date_together",
            ),
            models.CheckConstraint(
                condition=Q(minutes_on__isnull=True, minutes_number="")
                | (Q(minutes_on__isnull=False) & ~Q(minutes_number="")),
                name="minutes_number_and_date_together",
            ),
            models.CheckConstraint(
                condition=Q(minutes_published_at__isnull=True)
                | Q(minutes_on__isnull=False, published_at__isnull=False),
                name="minutes_public_after_the_conclusion",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="conclusion_approved_at_and_by_together",
            ),
        ]


class Chair(models.Model):
    """Who chairs, for which body, and whether they were there or somebody stood in for them."""

    id = models.BigAutoField(primary_key=True)
    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="chairs")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    attended = models.BooleanField(default=False)
    stood_in = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dialogue", "post"], name="chair_once")]


class ItemQuerySet(QuerySet["Item"]):
    """What is kept sealed stands on no list, whichever of the joined or split cases was sealed."""

    def readable(self, actor: Actor) -> "ItemQuerySet":
        """Statements this reader may read: their case is seen, nothing that carries them sealed."""
        return self.unsealed().filter(case__in=Case.objects.visible_to(actor))

    def unsealed(self) -> "ItemQuerySet":
        """Statements that no sealed case carries."""
        return self.filter(~Exists(_sealing()), case__matter__sealed=False)

    def counted(self) -> "ItemQuerySet":
        """What a public figure counts: filed as a recommendation or reflection, nothing kept back.

        What nobody has classified yet may still turn out to be for another procedure; counting it
        today would show tomorrow that it did.
        """
        filed = self.unsealed().filter(case__other_procedure="none")
        return filed.exclude(case__state=CaseState.RECEIVED)

    def kept_back(self) -> "ItemQuerySet":
        """Statements that a sealed case carries, or that were filed under another procedure."""
        other = ~Q(case__other_procedure="none")
        return self.filter(Exists(_sealing()) | Q(case__matter__sealed=True) | other)


def _sealing() -> QuerySet[Carried]:
    return Carried.objects.filter(
        submission=OuterRef("submission"), until=None, case__matter__sealed=True
    )


class Item(models.Model):
    """A statement of a dialogue: who said it in which order, and what the leader said to it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="items")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="item")
    case = models.ForeignKey(Case, models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    before_hand = models.BooleanField(default=False)
    on_the_spot = models.BooleanField(default=False)
    leader_words = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    lead_named = models.CharField(max_length=200, blank=True)
    draft_reply = models.TextField(blank=True)
    sent_as = models.UUIDField()
    row_key = models.CharField(max_length=80, blank=True)
    row_digest = models.CharField(max_length=64, blank=True)
    row_values = models.JSONField(default=dict)
    row_group = models.CharField(max_length=200, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "sent_as"], name="item_sent_once"),
            models.UniqueConstraint(fields=["dialogue", "number"], name="item_number_once"),
            models.UniqueConstraint(
                fields=["dialogue", "row_key"], condition=~Q(row_key=""), name="item_row_once"
            ),
        ]


class Asked(models.Model):
    """A body asked to draft a reply to a question collected beforehand, and what it sent."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    item = models.ForeignKey(Item, models.PROTECT, related_name="asked")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    draft = models.TextField(blank=True)
    sent_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "body"], name="asked_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="draft_sent_at_and_by_together",
            ),
        ]


class Sheet(models.Model):
    """A clerk's file kept as it came, with the mapping its columns were read by."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="sheets")
    stored = models.ForeignKey(Stored, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    mapping = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Fate(models.TextChoices):
    """What was decided of a row that a later list no longer has."""

    KEPT = "kept", "kept"
    ARCHIVED = "archived", "archived"
    WITHDRAWN = "withdrawn", "withdrawn"


class Missing(models.Model):
    """A row that a later list no longer has, and what was decided: nobody is asked twice."""

    item = models.OneToOneField(Item, models.PROTECT, primary_key=True, related_name="missing")
    fate = models.CharField(max_length=10, choices=Fate.choices)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
