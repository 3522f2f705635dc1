"""Two people hand over the same picture at the same moment."""

import threading
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection

from doithoai.files import commands, queries
from doithoai.files.models import Attachment, Stored
from tests.files import making


def test_the_same_picture_from_eight_people_at_once_is_kept_whole_and_once(
    committed_db: str, now: datetime
) -> None:
    assert committed_db
    before = Stored.objects.count()
    data = making.photo(size=(600, 400))
    start = threading.Barrier(8)

    def hand_over() -> None:
        start.wait()
        commands.keep(
            making.upload(data),
            about=UUID(int=42),
            purpose="other",
            by=making.Somebody(),
            at=now,
        )
        connection.close()

    people = [threading.Thread(target=hand_over) for _each in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    kept = Attachment.objects.filter(about=UUID(int=42)).select_related("stored")
    assert len(kept) == 8
    assert Stored.objects.count() == before + 1
    stored = kept[0].stored
    assert sha256(queries.content(stored)).hexdigest() == stored.sha256
