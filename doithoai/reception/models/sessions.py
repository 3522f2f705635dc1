"""Reception days, and what is prepared for them."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from doithoai.accounts.models import Post
from doithoai.core.actors import Actor
from doithoai.core.errors import NotFound
from doithoai.docket.models import Matter
from doithoai.reception.kinds import (
    CONNECTED,
    Deputy,
    Form,
    Kind,
)
from doithoai.reception.workflow import State
from doithoai.units.models import Body


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
    """A reception day: by the regular desk, by a head or by a deputy, planned, posted, held,
    concluded. The office that serves the deputy keeps a deputy's day: ``receiver`` is its post.
    """

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
    # A head of a Party committee receives: as planned, and once held as it was.
    party_head = models.BooleanField(default=False, db_default=False)
    deputy = models.CharField(
        max_length=10, choices=Deputy.choices, blank=True, default="", db_default=""
    )
    deputy_name = models.CharField(max_length=160, blank=True, default="", db_default="")
    notice_number = models.CharField(
        max_length=80, blank=True, default="", db_default=""
    )  # told to the deputy
    notice_on = models.DateField(null=True)
    excuse = models.TextField(blank=True, default="", db_default="")  # why the deputy cannot come
    excuse_number = models.CharField(max_length=80, blank=True, default="", db_default="")
    excused_on = models.DateField(null=True)
    conclusion = models.TextField(blank=True)
    document = models.UUIDField(null=True)
    moved_from = models.DateField(null=True)  # the posted day it was moved from; why_not_held: why
    connected_at = models.DateTimeField(null=True)  # online: all points connected before it began
    recording = models.CharField(
        max_length=200, blank=True, default="", db_default=""
    )  # online: under what the archive keeps sound and pictures
    recorded_at = models.DateTimeField(null=True)
    late_number = models.CharField(
        max_length=80, blank=True, default="", db_default=""
    )  # written down later: the document that shows it was held
    late_on = models.DateField(null=True)

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
            models.CheckConstraint(
                condition=Q(deputy="", deputy_name="") | ~Q(deputy="") & ~Q(deputy_name=""),
                name="session_deputy_has_a_name",
            ),
            models.CheckConstraint(
                condition=~Q(kind="deputy") | ~Q(deputy=""), name="session_of_a_deputy_names_one"
            ),
            models.CheckConstraint(
                condition=Q(excused_on__isnull=True, excuse="", excuse_number="")
                | (Q(excused_on__isnull=False) & ~Q(excuse="") & ~Q(excuse_number="")),
                name="session_excuse_with_its_document",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, recording="")
                | (Q(recorded_at__isnull=False) & ~Q(recording="")),
                name="session_recording_is_kept_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(late_on__isnull=True, late_number="")
                | (Q(late_on__isnull=False) & ~Q(late_number="")),
                name="session_late_with_its_document",
            ),
        ]

    @property
    def who(self) -> str:
        """Who is to receive, in the reader's language: the post, or the deputy by name."""
        if self.kind != Kind.DEPUTY:
            return self.receiver.title
        return self.deputy_words

    @property
    def deputy_words(self) -> str:
        """Whose deputy receives or takes part, by name; empty without one."""
        if not self.deputy:
            return ""
        facts = {"deputy": Deputy(self.deputy).label, "name": self.deputy_name}
        return _("%(name)s, %(deputy)s") % facts

    @property
    def unposted(self) -> bool:
        """Whether nobody was told of it before it began; out of turn nothing is posted before."""
        told = self.posted_at is not None and self.posted_at <= self.starts_at
        return not told and self.kind != Kind.UNSCHEDULED

    @property
    def connected_late(self) -> bool:
        """Whether all points were connected less than an hour before it began."""
        at = self.connected_at
        return at is not None and at > self.starts_at - CONNECTED

    @property
    def late_words(self) -> str:
        """The document by which it was written down later: ``12/BB-UBND (15/09/2026)``; empty where
        it was in time. In no language, for it is kept.
        """
        return f"{self.late_number} ({self.late_on:%d/%m/%Y})" if self.late_on else ""

    @property
    def by_head(self) -> bool:
        """Whether a head receives: then each visit is answered now, or by a day, with who to ask
        (Decree 154/2026, article 25).
        """
        return self.kind in {Kind.HEAD, Kind.UNSCHEDULED}


class Prepared(models.Model):
    """A matter prepared for a head's session: what it is about and what was done so far."""

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(Session, models.PROTECT, related_name="prepared")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    brief = models.TextField(blank=True)
    invited = ArrayField(models.UUIDField(), default=list)  # bodies that send a leader

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "matter"], name="prepared_once")]
