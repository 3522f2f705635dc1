"""What is kept sealed: encrypted parts, wrapped keys, and marks that find a person again.

A matter is only its number here: nothing in these tables says what it is, whose or when.
"""

from django.db import models

from doithoai.core.identifiers import sealed_id


class DataKey(models.Model):
    """The key of one matter's parts, wrapped by a master key that is not in the database.

    The web may read it: without the master key it opens nothing.
    """

    matter = models.UUIDField(primary_key=True)
    master = models.CharField(max_length=40)
    wrapped = models.BinaryField()


class Part(models.Model):
    """A text or a file, encrypted. The web's role may add one and never read one."""

    id = models.UUIDField(primary_key=True, default=sealed_id)
    matter = models.UUIDField(db_index=True)
    name = models.CharField(max_length=40)
    turn = models.PositiveSmallIntegerField()
    nonce = models.BinaryField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "name", "turn"], name="part_once")]


class Mark(models.Model):
    """A keyed digest of something that names a person, to find the matters of the same person.

    Only the unsealing role may read it: the web adds marks and cannot look for them.
    """

    id = models.UUIDField(primary_key=True, default=sealed_id)
    matter = models.UUIDField()
    kind = models.CharField(max_length=20)
    digest = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["kind", "digest"], name="mark_same")]
