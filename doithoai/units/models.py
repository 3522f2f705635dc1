"""Places and bodies with the days their names and parents held; who is competent for what."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q

from doithoai.core.identifiers import uuid7


def _never_twice(*keys: str, name: str) -> ExclusionConstraint:
    """No two rows with the same keys hold on the same day; the database refuses the second."""
    same = [(key, RangeOperators.EQUAL) for key in keys]
    return ExclusionConstraint(name=name, expressions=[*same, ("valid", RangeOperators.OVERLAPS)])


class PlaceQuerySet(models.QuerySet["Place"]):
    """Reads of places."""

    def in_force(self, day: date) -> Self:
        """Places that exist on this local day."""
        periods = PlacePeriod.objects.filter(place=OuterRef("pk"), valid__contains=day)
        return self.filter(Exists(periods))


class Place(models.Model):
    """A province, commune, village: ground with a border. Name and parent are the latest period's.

    ``code`` is unique only within ``code_source``: public lists reuse old codes for new units.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, blank=True)
    code_source = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=1200)
    search = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code_source", "code"], condition=~Q(code=""), name="units_place_code_once"
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False),
                name="units_place_point_whole",
            ),
        ]
        indexes = [models.Index(fields=["level", "sort_key"], name="units_place_level")]

    def __str__(self) -> str:
        return self.name


class PlacePeriod(models.Model):
    """What a place was called and what it belonged to, on these days (upper day not included)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    search = models.CharField(max_length=200)
    parent = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    valid = DateRangeField()

    class Meta:
        constraints = [
            _never_twice("place", name="units_place_one_name_a_day"),
            models.CheckConstraint(
                condition=Q(valid__isempty=False), name="units_place_period_has_days"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="units_place_search")
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """An old place went, whole or in part, into a new one. ``on`` is the first day of the new one.

    ``is_default`` marks the suggested successor of a divided place: a person still chooses.
    """

    class Share(models.TextChoices):
        WHOLE = "whole"
        PART = "part"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    old = models.ForeignKey(Place, models.PROTECT, related_name="+")
    new = models.ForeignKey(Place, models.PROTECT, related_name="+")
    share = models.CharField(max_length=5, choices=Share.choices)
    is_default = models.BooleanField(default=False)
    on = models.DateField()
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="units_succession_once"),
            models.UniqueConstraint(
                fields=["old"], condition=Q(is_default=True), name="units_succession_one_default"
            ),
            models.UniqueConstraint(
                fields=["old"], condition=Q(share="whole"), name="units_succession_whole_to_one"
            ),
            models.CheckConstraint(
                condition=~Q(old=models.F("new")), name="units_succession_not_itself"
            ),
            models.CheckConstraint(
                condition=Q(share__in=["whole", "part"]), name="units_succession_share"
            ),
        ]


class BodyQuerySet(models.QuerySet["Body"]):
    """Reads of bodies."""

    def in_force(self, day: date) -> Self:
        """Bodies that exist on this local day."""
        periods = BodyPeriod.objects.filter(body=OuterRef("pk"), valid__contains=day)
        return self.filter(Exists(periods))


class Body(models.Model):
    """A committee, department, company: somebody who can owe an answer.

    ``name`` is the full name of letters, ``short_name`` that of screens. ``office`` is its row in
    the country pack. ``place`` is its territory; None is the whole country. ``layout`` says whose
    form its documents take. Without an account a body gets a letter, at its address.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=40)
    office = models.CharField(max_length=60)
    level = models.CharField(max_length=20)
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=250)
    aliases = ArrayField(models.CharField(max_length=250), default=list, blank=True)
    sort_key = models.CharField(max_length=1500)
    search = models.CharField(max_length=250)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    has_account = models.BooleanField(default=True)
    layout = models.CharField(max_length=20)
    address = models.CharField(max_length=250, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["place", "office"], name="units_body_office"),
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="units_body_search"),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def own(self) -> bool:
        """Whether an administrator entered it; the others come with the list of units."""
        return self.code.startswith("own.")


class BodyPeriod(models.Model):
    """What a body was called, whom it stood under and where it worked, on these days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    parent = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    valid = DateRangeField()

    class Meta:
        constraints = [
            _never_twice("body", name="units_body_one_name_a_day"),
            models.CheckConstraint(
                condition=Q(valid__isempty=False), name="units_body_period_has_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Field(models.Model):
    """A field people speak about. ``name`` is language → words; ``synonyms`` serve matching."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.JSONField()
    sort = models.PositiveSmallIntegerField()
    synonyms = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    def __str__(self) -> str:
        return self.code


class CompetenceRule(models.Model):
    """Who settles petitions of a kind in a field, when they arrive at a level, on these days.

    ``office`` is one of the country pack, found at the place or above it; ``body`` overrides it.
    ``explanation`` is the administrator's own reason, said after "because".
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    field = models.ForeignKey(Field, models.PROTECT, related_name="+")
    petition_kind = models.CharField(max_length=40)
    level = models.CharField(max_length=20)
    office = models.CharField(max_length=60, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    explanation = models.CharField(max_length=500, blank=True)
    valid = DateRangeField()

    class Meta:
        constraints = [
            _never_twice("field", "petition_kind", "level", name="units_competence_one_a_day"),
            models.CheckConstraint(
                condition=~Q(office="", body__isnull=True), name="units_competence_names_somebody"
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False), name="units_competence_has_days"
            ),
        ]
