"""Saying what kind of petition it is, and correcting that: the clocks follow by rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Clock
from doithoai.cases import events, masking, petition_events, petition_rules, policies, workflow
from doithoai.cases.commands import sealing
from doithoai.cases.commands.petitions import decisions
from doithoai.cases.commands.petitions.decisions import Decided
from doithoai.cases.commands.sealed_intake import Denounced, Way, way
from doithoai.cases.commands.sealing import Shut
from doithoai.cases.commands.settling import same_version, store
from doithoai.cases.commands.vaulting import stow_words
from doithoai.cases.models import Case, Petition, Respondent
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import Said, become, enter_all
from doithoai.units.models import Body
from doithoai.units.queries import country, upper

RESPONDENT = "respondent"  # a relation to oneself
SPOKEN = frozenset({"web", "telephone", "sms"})  # channels by which nothing is denounced in law


@dataclass(frozen=True)
class Nature:
    """What a petition is: kind, field, instance and competence, and whom it is about.

    ``respondents``: bodies; ``people``: in them, by name and post as the clerk writes them, one a
    line. ``leads``: it is about those bodies or who leads them, else about these people alone.
    """

    kind: str
    field: str
    instance: str = ""
    competence: str = "own"
    respondents: tuple[UUID, ...] = ()
    administrative_rules: bool = False
    title: str = ""
    people: str = ""
    leads: bool = True

    def about(self, body: UUID) -> Denounced:
        """Whom it is about in one of the bodies."""
        return Denounced(body, self.leads, name=self.people, position=self.people)


@transaction.atomic
def sort(
    case_id: UUID, nature: Nature, *, seen: int | None = None, by: Actor, at: datetime
) -> Case:
    """Say what kind of petition it is. A denunciation, information with the content of one and a
    Party matter are sealed at once, and those they are about are shut out.

    Raises Invalid for a denunciation that did not come in writing or in person (Law on
    Denunciations 25/2018, article 22), or without an author (article 25); for a complaint without
    its instance.
    """
    beside = _beside(case_id, nature)
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.SORT](by, case))
    same_version(case.matter, seen, yours=nature.title, theirs=case.matter.title)
    workflow.SORT.take(case)
    said = become_kind(case, nature, beside, by=by, at=at)
    enter_all([*said, Said(classified(nature))], about=case.matter, by=by, at=at)
    return case


@transaction.atomic
def convert(case_id: UUID, nature: Nature, *, why: str, by: Actor, at: datetime) -> Case:
    """Handle it as another kind from now on, as an entry of the same item: nothing is opened anew,
    and the clocks of the new procedure count from the day it came in.

    Raises Invalid when nothing would change, and what ``sort`` raises.
    """
    beside = _beside(case_id, nature)
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.CONVERT](by, case))
    workflow.CONVERT.take(case)
    was = case.matter.procedure
    if (nature.kind, nature.instance, nature.competence) == (was, case.instance, case.competence):
        raise Invalid(_("It is handled as this kind already. Choose another one."))
    words = decisions.checked(why)
    said = become_kind(case, nature, beside, by=by, at=at)
    converted = petition_events.Converted(
        nature.kind, was, nature.instance or None, nature.competence or None
    )
    more, content = decisions.to_the_person(case, words)
    entry = enter_all([Said(converted, content), *said, *more], about=case.matter, by=by, at=at)[0]
    decisions.keep(case, entry, Decided("convert", words, "converted"), by=by, at=at)
    return case


def classified(nature: Nature) -> events.Classified:
    """The entry that says what it is."""
    return events.Classified(
        nature.field,
        nature.kind,
        instance=nature.instance or None,
        competence=nature.competence or None,
        administrative_rules=nature.administrative_rules,
    )


def _beside(case_id: UUID, nature: Nature) -> list[Case]:
    """What must be sealed with it, all locked in the order of their ids."""
    if nature.kind not in petition_rules.PRIVATE:
        return []
    wanted = sealing.sharing(case_id)
    locked = Case.objects.lock_all([case_id, *wanted], seen_by=Clock("seal")) if wanted else []
    return [each for each in locked if each.pk != case_id]


def become_kind(
    case: Case, nature: Nature, beside: Sequence[Case], *, by: Actor, at: datetime
) -> list[Said]:
    """Write what it is, whom it is about, and seal what is to be sealed; what else is entered."""
    check(case, nature)
    case.instance = nature.instance if nature.kind == "complaint" else ""
    case.competence = nature.competence
    case.other_procedure = "none"
    case.matter.field, case.matter.procedure = nature.field, nature.kind
    if nature.title:
        case.matter.title = masking.impersonal(nature.title)
    ways = [way(nature.about(body), today=local_day(at)) for body in nature.respondents]
    _name(case, nature, ways, by)
    moved = _seal(case, nature, ways, beside, by=by, at=at)
    if nature.kind not in petition_rules.ORDINARY and case.handling_body_id:
        become(case.matter, role="receiving_body", body=case.handling_body_id, at=at)
    store(case, "instance", "competence", "other_procedure", "handling_body", "handling_post")
    return moved


def _name(case: Case, nature: Nature, ways: Sequence[Way], by: Actor) -> None:
    Respondent.objects.filter(case=case, relation=RESPONDENT).delete()
    bodies = dict.fromkeys(nature.respondents)
    posts = frozenset(post for each in ways for post in each.named.posts)
    users = frozenset(user for each in ways for user in each.named.users)
    rows = [Respondent(case=case, body_id=body, declared_by_id=by.post) for body in bodies]
    rows += [Respondent(case=case, post_id=post, declared_by_id=by.post) for post in posts]
    rows += [Respondent(case=case, user_id=user, declared_by_id=by.post) for user in users]
    Respondent.objects.bulk_create(rows)


def _seal(
    case: Case,
    nature: Nature,
    ways: Sequence[Way],
    beside: Sequence[Case],
    *,
    by: Actor,
    at: datetime,
) -> list[Said]:
    if nature.kind not in petition_rules.PRIVATE:
        return []
    shut = _shut_out(nature.respondents, ways)
    sealing.seal_with(beside, case, shut, by=by, at=at)
    further = case.matter.sealed
    do = sealing.seal_further if further else sealing.seal
    moved = do(case, shut, by=by, at=at)
    stow_words(case, "denounced", nature.people)
    return moved


def _shut_out(respondents: Sequence[UUID], ways: Sequence[Way]) -> Shut:
    """All whom it is about, together; above them is the first body that is not among them."""
    bodies = frozenset(body for way in ways for body in way.out.bodies)
    users = frozenset(user for way in ways for user in way.out.users)
    posts = frozenset(post for way in ways for post in way.out.posts)
    shut = [body for body in Body.objects.filter(pk__in=respondents) if body.pk in bodies]
    above = next((found for found in map(upper, shut) if found), None)
    while above is not None and above.pk in bodies:
        above = upper(above)
    return Shut(bodies, users, above, posts)


def check(case: Case, nature: Nature) -> None:
    """Whether it can be this kind. Raises Invalid with the article and what to do."""
    if nature.kind not in country().petition_kinds:
        raise Invalid(_("Choose what kind of petition it is."))
    if nature.kind == "complaint" and not nature.instance:
        raise Invalid(
            _("Say whether it is a first complaint, a second one, or one against a discipline.")
        )
    if nature.kind == "denunciation":
        _check_denunciation(case)
    if nature.people.strip() and not nature.respondents:
        raise Invalid(
            _("Choose the body in which the people named work: that decides who may read it.")
        )


def _check_denunciation(case: Case) -> None:
    petition = Petition.objects.filter(submission__carried__case=case).first()
    nameless = petition is not None and (petition.anonymous or petition.impersonated)
    unsigned = petition is not None and petition.written and not petition.signed
    refuse_denunciation(nameless=nameless, by_word=unsigned or case.matter.channel in SPOKEN)


def refuse_denunciation(*, nameless: bool, by_word: bool) -> None:
    """A denunciation has an author, who signed it or spoke in person (Law on Denunciations 25/2018,
    articles 22 and 25). Raises Invalid.
    """
    if nameless:
        raise Invalid(
            _(
                "A denunciation in no name or in a false one is not handled as one. If it gives "
                "clear information or evidence, keep it as information with the content of a "
                "denunciation, to be looked into; otherwise put it on file (Law on Denunciations "
                "25/2018, article 25)."
            )
        )
    if by_word:
        raise Invalid(
            _(
                "A denunciation is lodged by signed petition or in person. What comes in by web, "
                "telephone, message or unsigned is kept as information with the content of a "
                "denunciation (Law on Denunciations 25/2018, articles 22 and 25)."
            )
        )
