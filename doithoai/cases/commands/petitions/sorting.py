"""Saying what kind of petition it is, and correcting that: the clocks follow by rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from doithoai.accounts.actors import Clock
from doithoai.cases import events, masking, petition_events, petition_rules, policies, workflow
from doithoai.cases.commands import sealing
from doithoai.cases.commands.petitions import decisions
from doithoai.cases.commands.petitions.decisions import Decided
from doithoai.cases.commands.sealed_ways import (
    NOTHING,
    Denounced,
    Way,
    kept_from,
    together,
    way,
    way_unknown,
)
from doithoai.cases.commands.sealing import Shut
from doithoai.cases.commands.settling import same_version, store
from doithoai.cases.commands.vaulting import stow_words
from doithoai.cases.models import Case, Petition, Respondent
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.core.identifiers import row_id
from doithoai.core.sentences import Sentence
from doithoai.docket.commands import Said, become, enter_all
from doithoai.units.models import Body
from doithoai.units.queries import country

RESPONDENT = "respondent"  # a relation to oneself
SPOKEN = frozenset({"web", "telephone", "sms"})  # channels by which nothing is denounced in law
NOWHERE: Final = Way(NOTHING, None)
# Kept in English and said in the reader's language.
ON_PAPER: Final = gettext_noop(
    "Nobody up to the top of this installation may settle it: send it on paper, in a closed "
    "envelope, to %(body)s."
)


@dataclass(frozen=True)
class Nature:
    """What a petition is: kind, field, instance and competence, and whom it is about.

    ``respondents``: bodies; ``people``: in them, by name and post as the clerk writes them, one a
    line. ``leads``: it is about those bodies or who leads them, else about these people alone.
    ``unknown``: nobody can tell yet whom it is about; said in so many words, for then it may be
    about the very body it came to. ``others``: what else of the same paper is sealed: those it is
    about are shut out of this, too, for one person says both.
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
    unknown: bool = False
    others: tuple["Nature", ...] = ()

    @property
    def private(self) -> bool:
        """Whether it is sealed, and asked first whom it is about."""
        return self.kind in petition_rules.PRIVATE

    @property
    def party(self) -> bool:
        """Whether an Inspection Commission has it, by the Party's own rules."""
        return self.kind == "party_matter"

    def about(self, body: UUID) -> Denounced:
        """Whom it is about in one of the bodies."""
        return Denounced(body, self.leads, name=self.people, party=self.party)

    def whither(self, came_to: Body, *, today: date) -> Way:
        """Where it goes, and whom it shuts out; unknown: one level above the body it came to."""
        if self.respondents:
            found = together(self.ways(today), party=self.party, today=today)
        else:
            found = way_unknown(came_to, party=self.party, today=today)
        others = [each for other in self.others for each in other.ways(today)]
        return kept_from(found, others, party=self.party, today=today) if others else found

    def ways(self, today: date) -> list[Way]:
        """Where it would go by each of those it is about."""
        return [way(self.about(body), today=today) for body in self.respondents]


@transaction.atomic
def sort(
    case_id: UUID, nature: Nature, *, seen: int | None = None, by: Actor, at: datetime
) -> Case:
    """Say what kind of petition it is. A denunciation, information with the content of one and a
    Party matter are sealed at once, those they are about are shut out, and who settles them has
    them from now on.

    Raises Invalid for a denunciation that did not come in writing or in person (Law on
    Denunciations 25/2018, article 22), or without an author (article 25); for one of which nobody
    says whom it is about, or that this cannot be told; for a complaint without its instance.
    """
    beside = sharing_it(case_id, nature)
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.SORT](by, case))
    same_version(case.matter, seen, yours=nature.title, theirs=case.matter.title)
    workflow.SORT.take(case)
    said = become_kind(case, nature, beside, by=by, at=at)
    enter_all([*said, Said(classified(nature))], about=case.matter, by=by, at=at)
    sealing.debts_follow(case, by=by, at=at)
    return case


@transaction.atomic
def convert(case_id: UUID, nature: Nature, *, why: str, by: Actor, at: datetime) -> Case:
    """Handle it as another kind from now on, as an entry of the same item: nothing is opened anew,
    and the clocks of the new procedure count from the day it came in.

    Raises Invalid when nothing would change, and what ``sort`` raises.
    """
    beside = sharing_it(case_id, nature)
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.CONVERT](by, case))
    workflow.CONVERT.take(case)
    was = case.matter.procedure
    if (nature.kind, nature.instance, nature.competence) == (was, case.instance, case.competence):
        raise Invalid(_("It is handled as this kind already. Choose another one."))
    words = decisions.checked(why)
    said = become_kind(case, nature, beside, by=by, at=at)
    converted = petition_events.Converted(
        nature.kind,
        was,
        nature.instance or None,
        nature.competence or None,
        nature.administrative_rules,
    )
    more, content = decisions.to_the_person(case, words)
    entry = enter_all([Said(converted, content), *said, *more], about=case.matter, by=by, at=at)[0]
    decisions.keep(case, entry, Decided("convert", words, "converted"), by=by, at=at)
    sealing.debts_follow(case, by=by, at=at)
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


def sharing_it(case_id: UUID, nature: Nature) -> list[Case]:
    """What must be sealed with it, all locked in the order of their ids."""
    if not nature.private:
        return []
    wanted = sealing.sharing(case_id)
    locked = Case.objects.lock_all([case_id, *wanted], seen_by=Clock("seal")) if wanted else []
    return [each for each in locked if each.pk != case_id]


def become_kind(
    case: Case, nature: Nature, beside: Sequence[Case], *, by: Actor, at: datetime
) -> list[Said]:
    """Write what it is, whom it is about, and seal what is to be sealed; what else is entered."""
    check(case, nature)
    sent_on = sent_on_before(case, nature)
    case.instance = nature.instance if nature.kind == "complaint" else ""
    case.competence, case.accepted_on = nature.competence, None  # accepted anew, or never yet
    case.other_procedure = "none"
    case.matter.field, case.matter.procedure = nature.field, nature.kind
    if nature.title:
        case.matter.title = masking.impersonal(nature.title)
    found = _whither(case, nature, local_day(at), sent_on=sent_on)
    if nature.respondents or not sent_on:
        _name(case, nature, found, by)
    moved = _seal(case, nature, found, beside, by=by, at=at) if nature.private else []
    if nature.kind in petition_rules.ORDINARY:
        sealing.open_to_all(case)
    if nature.kind not in petition_rules.ORDINARY and case.handling_body_id:
        become(case.matter, role="receiving_body", body=case.handling_body_id, at=at)
    store(
        case, "instance", "competence", "other_procedure", "handling_body", "handling_post",
        "accepted_on", "attention",
    )  # fmt: skip
    return moved


def _whither(case: Case, nature: Nature, today: date, *, sent_on: bool) -> Way:
    """Where it goes from here. What was sent on before stays with who has it, unless they are shut
    out now.
    """
    if not nature.respondents and (sent_on or not nature.private):
        return NOWHERE
    found = nature.whither(holder(case), today=today)
    stays = sent_on and holder(case).pk not in found.out.bodies
    return replace(found, to=None, paper="") if stays else found


def holder(case: Case) -> Body:
    """The body that has it now."""
    return case.handling_body or case.receiving_body


def sent_on_before(case: Case, nature: Nature) -> bool:
    """Whether it was sealed as a petition of this way before: whom it is about was asked then, and
    who has it stays, unless it proves to be about them, too.
    """
    was = case.matter.procedure
    same_way = (was == "party_matter") == nature.party
    return case.matter.sealed and was in petition_rules.PRIVATE and same_way


def _name(case: Case, nature: Nature, found: Way, by: Actor) -> None:
    Respondent.objects.filter(case=case, relation=RESPONDENT).delete()
    rows = [Respondent(case=case, body_id=body) for body in dict.fromkeys(nature.respondents)]
    rows += [Respondent(case=case, post_id=post) for post in found.named.posts]
    rows += [Respondent(case=case, user_id=user) for user in found.named.users]
    for each in rows:
        each.id, each.declared_by_id = row_id(sealed=nature.private), by.post
    Respondent.objects.bulk_create(rows)


def _seal(
    case: Case, nature: Nature, found: Way, beside: Sequence[Case], *, by: Actor, at: datetime
) -> list[Said]:
    shut, further = _shut(case, nature, found, at), case.matter.sealed
    if shut.to is None and holder(case).pk in shut.bodies:
        raise Invalid(_by_paper(found))
    sealing.seal_with(beside, case, shut, by=by, at=at)
    do = sealing.seal_further if further else sealing.seal
    moved = do(case, shut, by=by, at=at)
    stow_words(case, "denounced", nature.people)
    if found.paper:
        case.attention = [Sentence(ON_PAPER, {"body": found.paper}).kept()]
    return moved


def _shut(case: Case, nature: Nature, found: Way, at: datetime) -> Shut:
    """Whom it shuts out, and who has it instead. Unknown and without a commission, it is still not
    for the body it came to.
    """
    out, to, alone = found.out, found.to, False
    if found is not NOWHERE and not nature.respondents:
        above = way_unknown(holder(case), party=False, today=local_day(at))
        to, alone = to or above.to, True
    return Shut(out.bodies, out.users, None, out.posts, to, alone)


def _by_paper(found: Way) -> str:
    return _(
        "Nobody up to the top of this installation may have it: it is about the body you are in, "
        "or about all who could settle it. Note nothing more of it here, and hand the petition in "
        "a closed envelope to %(body)s."
    ) % {"body": found.paper}


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
    check_about(nature, sent_on=sent_on_before(case, nature))


def check_about(nature: Nature, *, sent_on: bool = False) -> None:
    """Whether it was said whom it is about, or that nobody can tell. Raises Invalid with what to
    do; of what was ``sent_on`` already it need not be said again.
    """
    if nature.unknown and nature.respondents:
        raise Invalid(
            _(
                "You chose whom it is about, and ticked that nobody can tell. Take away one of the "
                "two."
            )
        )
    if nature.people.strip() and not nature.respondents and not nature.unknown:
        raise Invalid(
            _("Choose the body in which the people named work: that decides who may read it.")
        )
    if nature.private and not (nature.respondents or nature.unknown or sent_on):
        raise Invalid(
            _(
                "Say who is reported or denounced: choose the body, or the body in which they "
                "work. It decides who may read the item: nobody it is about may. If that truly "
                "cannot be told, tick so; then the item is sealed and goes to the head one level "
                "up (Law on Denunciations 25/2018, articles 8 and 12)."
            )
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
