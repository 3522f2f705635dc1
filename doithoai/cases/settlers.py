"""Whose head settles a complaint or a denunciation: by kind, instance and level, from whom it is
about, as the country pack says. Nothing here writes, and no clerk's tick counts.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.cases.models import Case, Respondent
from doithoai.core.decisions import YES, Decision, no
from doithoai.core.grounds import Settlement
from doithoai.docket.models import Excluded
from doithoai.units.models import Body, Succession
from doithoai.units.queries import upper
from doithoai.units.territory import country


@dataclass(frozen=True)
class About:
    """What decides who settles it: kind, instance, and whom it is about.

    ``out``: bodies that are shut out of it; ``leads``: it is about who leads a body, not about
    people in it alone.
    """

    kind: str
    instance: str = ""
    bodies: tuple[Body, ...] = ()
    out: frozenset[UUID] = frozenset()
    leads: bool = True

    @property
    def rule(self) -> Settlement | None:
        """What the country pack says of it."""
        return country().settlement(self.kind, self.instance)


def of(case: Case) -> About:
    """The same of a case as it was classified."""
    named = Respondent.objects.filter(case=case, relation="respondent", body__isnull=False)
    rows = named.select_related("body__parent__parent").order_by("id")
    bodies = tuple(row.body for row in rows if row.body is not None)
    shut = Excluded.objects.filter(matter=case.pk, body__isnull=False)
    out = frozenset(each for each in shut.values_list("body", flat=True) if each is not None)
    leads = not out or any(body.pk in out for body in bodies)
    return About(case.matter.procedure, case.instance, bodies, out, leads)


def settler(about: About) -> Body | None:
    """The body whose head settles it; None where it was not said whom it is about, or nobody up to
    the top of this installation does.
    """
    return next((found for body in about.bodies if (found := _over(about, body))), None)


def _over(about: About, body: Body) -> Body | None:
    rule = about.rule
    if rule is None:
        return None
    if rule.by == "superior":
        start = upper(body) if about.leads or body.pk in about.out else body
        return _free(start, about.out)
    own = _settling(body)
    if rule.by == "own" or own is None:
        return _free(own, about.out)
    return _free(upper(own), about.out)


def _settling(body: Body | None) -> Body | None:
    """The body itself where a head of its kind settles, else the first above it."""
    kinds = country().body_kinds
    while body is not None and not (body.kind in kinds and kinds[body.kind].settles):
        body = upper(body)
    return body


def _free(body: Body | None, out: Collection[UUID]) -> Body | None:
    """The first body upwards that settles, and that it is not about."""
    found = _settling(body)
    while found is not None and found.pk in out:
        found = _settling(upper(found))
    return found


def decided(case: Case) -> Decision:
    """Whether the body that has a case may settle it. Asked of the database once for a case as it
    was read: a page asks for each of its buttons.
    """
    holder = case.handling_body or case.receiving_body
    asked = (case.matter.procedure, case.instance, holder.pk)
    known: dict[tuple[str, str, UUID], Decision] = case.__dict__.setdefault("may_settle", {})
    if asked not in known:
        known[asked] = may_settle(of(case), holder)
    return known[asked]


def may_settle(about: About, holder: Body) -> Decision:
    """Whether the head of the body that has it may settle it (Law on Complaints 02/2011, articles
    17 to 23; Law on Denunciations 25/2018, article 12; no district since 1 July 2025).
    """
    rule = about.rule
    if rule is None:
        return YES
    if not about.bodies:
        return YES if holder.level in rule.levels else no(_not_at_this_level(about, holder, rule))
    if any(_is_theirs(about, body, holder) for body in about.bodies):
        return YES
    return no(_where_instead(about, rule))


def _is_theirs(about: About, body: Body, holder: Body) -> bool:
    """A denunciation that somebody above the settler has, for a relation or for others it is about,
    is theirs; a complaint is only the settler's own.
    """
    found, mine = _over(about, body), _settling(holder)
    if found is None or mine is None:
        return False
    rule = about.rule
    line = _upwards(found) if rule is not None and rule.by == "superior" else (found,)
    return mine.pk in {each.pk for each in line} or _went_into(found, mine)


def _went_into(old: Body, new: Body) -> bool:
    """Whether the matters of a body that ended are with the other by now."""
    same = old.kind == new.kind
    return same and Succession.objects.filter(old=old.place_id, new=new.place_id).exists()


def _upwards(body: Body | None) -> Iterable[Body]:
    while body is not None:
        yield body
        body = upper(body)


def _not_at_this_level(about: About, holder: Body, rule: Settlement) -> str:
    words = {"body": holder.short_name, "article": rule.basis}
    if about.instance == "second":
        return (
            _(
                "%(body)s settles no complaint of the second instance: that is for one level up "
                "from the body that decided first (%(article)s). Say in the classification whose "
                "decision it is, then transfer it to the competent body, or guide the person."
            )
            % words
        )
    return (
        _(
            "At the level of %(body)s nobody settles this (%(article)s). Transfer it to the "
            "competent body, or guide the person."
        )
        % words
    )


def _where_instead(about: About, rule: Settlement) -> str:
    found = settler(about)
    if found is None:
        return _(
            "By kind, instance and level no body of this installation settles it (%(article)s)."
            " Guide the person to the body above the one it is about, or to court."
        ) % {"article": rule.basis}
    return _(
        "It is for %(body)s to settle, by kind, instance and level (%(article)s). Transfer it "
        "there, or guide the person there."
    ) % {"body": found.short_name, "article": rule.basis}
