"""What happens to people, posts and roles."""

from uuid import UUID

from doithoai.core.events import Event, event


@event("accounts.listed")
class Listed(Event):
    """A list of posts, people and roles was taken in; only differences were written."""

    posts: int
    people: int


@event("accounts.post_held")
class PostHeld(Event):
    """Somebody holds a post, or stands in for its holder, from a day on."""

    post: UUID
    user: UUID


@event("accounts.post_left")
class PostLeft(Event):
    """Somebody holds a post no longer."""

    post: UUID
    user: UUID
