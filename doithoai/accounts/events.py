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


@event("accounts.post_made")
class PostMade(Event):
    """A body has another post."""

    post: UUID


@event("accounts.roles_changed")
class RolesChanged(Event):
    """Whoever sits in the post has other roles from now on."""

    post: UUID


@event("accounts.person_entered")
class PersonEntered(Event):
    """Somebody new may be given posts."""

    user: UUID


@event("accounts.person_corrected")
class PersonCorrected(Event):
    """The name, the telephone or the address of somebody was mended."""

    user: UUID


@event("accounts.sign_in_closed")
class SignInClosed(Event):
    """Somebody is let in no longer."""

    user: UUID


@event("accounts.sign_in_opened")
class SignInOpened(Event):
    """Somebody is let in again."""

    user: UUID


@event("accounts.password_forgotten")
class PasswordForgotten(Event):
    """Somebody's password was put out of use; they choose a new one by a link."""

    user: UUID


@event("accounts.right_given")
class RightGiven(Event):
    """Whoever has the role may do this act from now on."""

    role: str
    act: str


@event("accounts.right_taken")
class RightTaken(Event):
    """Whoever has the role may do this act no longer."""

    role: str
    act: str
