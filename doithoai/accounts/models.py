"""People, posts, who holds which post from when to when, and what each role may do."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from doithoai.core.identifiers import uuid7
from doithoai.units.models import Body, Place


class User(AbstractUser):
    """Somebody who signs in. Work belongs to posts, not to people."""

    first_name = None  # type: ignore[assignment]  # one field for a whole Vietnamese name
    last_name = None  # type: ignore[assignment]  # likewise
    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, default="vi")

    REQUIRED_FIELDS = ["name"]


class Role(models.Model):
    """A named set of rights, and how far it sees: its own body, its place, or everything below."""

    class Sees(models.TextChoices):
        OWN = "own", "own"
        PLACE = "place", "place"
        BELOW = "below", "below"

    name = models.CharField(max_length=40, primary_key=True)
    label_vi = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    sees = models.CharField(max_length=10, choices=Sees.choices, default=Sees.OWN)


class Right(models.Model):
    """A role may do an act, named ``app.act``. Rows, so that a province can read and change
    them.
    """

    role = models.ForeignKey(Role, models.CASCADE, related_name="rights")
    act = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "act"], name="right_once")]


class Post(models.Model):
    """A chair at a desk in a body: the owner of work, whoever sits in it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    is_head = models.BooleanField(default=False)
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    village = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    roles = models.ManyToManyField(Role, related_name="+")
    valid = DateRangeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="post_once_in_body")]


class Holding(models.Model):
    """Who holds a post, or stands in for its holder, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    user = models.ForeignKey(User, models.PROTECT, related_name="holdings")
    standing_in_for = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    basis = models.CharField(max_length=200, blank=True)
    valid = DateRangeField()

    class Meta:
        indexes = [GistIndex(fields=["valid"], name="holding_valid")]
        constraints = [
            ExclusionConstraint(
                name="holding_not_twice_at_once",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]
