"""Bytes kept once, what they belong to, and the papers a body makes and signs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from doithoai.core.identifiers import uuid7


class Purpose(models.TextChoices):
    """Why a file was handed over."""

    EVIDENCE = "evidence", _("Evidence of the result")
    SIGNED = "signed", _("Signed document")
    MINUTES = "minutes", _("Minutes of a meeting")
    POSTER = "poster", _("Poster")
    LETTER = "letter", _("Official letter")
    OTHER = "other", _("Other document")


class Layout(models.TextChoices):
    """Which head and form a paper has; it follows who signs."""

    STATE = "state", _("State body (Decree 30/2020)")
    PARTY = "party", _("Party body (Regulation 399-QĐ/TW)")
    FRONT = "front", _("Fatherland Front")


class Stored(models.Model):
    """Bytes under their own SHA-256, kept once however often handed over. ``size`` in bytes."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_under_a_digest"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_is_not_empty"),
        ]


class Attachment(models.Model):
    """A file handed over about a matter. ``public`` only after somebody decided so."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    about = models.UUIDField()
    stored = models.ForeignKey(Stored, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    place_note = models.CharField(max_length=300, default="", blank=True)
    taken_on = models.DateField(null=True)
    public = models.BooleanField(default=False)
    added_by = models.UUIDField(null=True)
    added_post = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("about"), F("at"), name="attachment_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="attachment_purpose_known"
            ),
        ]


class Document(models.Model):
    """A paper of a body: drafted here, signed elsewhere, then recorded with number, date and file.

    The number comes from the body's document clerk (văn thư), never from us.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    about = models.UUIDField()
    kind = models.CharField(max_length=40)
    layout = models.CharField(max_length=10, choices=Layout.choices)
    body = models.UUIDField()
    draft = models.ForeignKey(Stored, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=60, default="", blank=True)
    signed_on = models.DateField(null=True)
    signed_file = models.ForeignKey(Stored, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("about"), F("made_at"), name="document_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(number="", signed_on__isnull=True)
                | (~Q(number="") & Q(signed_on__isnull=False)),
                name="document_number_with_its_date",
            ),
            models.CheckConstraint(
                condition=Q(signed_file__isnull=True) | ~Q(number=""),
                name="document_signed_file_with_a_number",
            ),
            models.CheckConstraint(
                condition=Q(layout__in=Layout.values), name="document_layout_known"
            ),
        ]
