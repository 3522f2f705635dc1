"""Bytes kept once, what they belong to, the papers a body makes and signs, and what they are made
from.
"""

from django.contrib.postgres.fields import ArrayField
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

    The number comes from the body's document clerk (văn thư), never from us. ``template``: which
    version of the form ``kind`` made the draft, 0 the one we ship; None for other papers.
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
    template = models.PositiveSmallIntegerField(null=True)
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


class FormTemplate(models.Model):
    """A Word template an administrator put in place of the one we ship, each version kept.

    ``note`` says where its wording comes from, ``certainty`` (A, B, C, D) how sure that is. Without
    a current row the shipped one, version 0, is used.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=40)
    layout = models.CharField(max_length=10, choices=Layout.choices)
    version = models.PositiveSmallIntegerField()
    stored = models.ForeignKey(Stored, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300)
    certainty = models.CharField(max_length=2)
    by = models.UUIDField()
    post = models.UUIDField()
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "layout", "version"], name="form_template_version_once"
            ),
            models.UniqueConstraint(
                fields=["code", "layout"], condition=Q(current=True), name="form_template_current"
            ),
            models.CheckConstraint(
                condition=Q(version__gt=0) & Q(layout__in=Layout.values),
                name="form_template_of_a_layout",
            ),
            models.CheckConstraint(
                condition=Q(certainty__in=["A", "B", "C", "D"]), name="form_template_certainty"
            ),
        ]


class Paragraph(models.Model):
    """A text a body's officers put into papers and answers, each version kept.

    ``series`` is the same for all versions; ``forms`` the codes of the forms it is for, and
    ``answer``; all when empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    series = models.UUIDField()
    body = models.UUIDField()
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    text = models.TextField()
    forms = ArrayField(models.CharField(max_length=40), default=list)
    by = models.UUIDField()
    post = models.UUIDField()
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(F("body"), name="paragraph_of_body", condition=Q(current=True))]
        constraints = [
            models.UniqueConstraint(fields=["series", "version"], name="paragraph_version_once"),
            models.UniqueConstraint(
                fields=["series"], condition=Q(current=True), name="paragraph_one_current"
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(name=""), name="paragraph_says_something"
            ),
        ]
