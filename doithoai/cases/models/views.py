"""Filters of the list of cases kept under a name."""

from django.db import models
from django.db.models import F, Q

from doithoai.accounts.models import Post
from doithoai.core.identifiers import uuid7
from doithoai.units.models import Body


class SavedView(models.Model):
    """A filter of the list of cases, of a post's own or shared within its body.

    ``query`` holds conditions the list knows and no rows: what it shows is decided anew for each
    reader.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    shared = models.BooleanField(default=False)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("body"), name="saved_view_of_body")]
        constraints = [
            models.UniqueConstraint(fields=["post", "name"], name="saved_view_name_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(query=""), name="saved_view_asks_something"
            ),
        ]
