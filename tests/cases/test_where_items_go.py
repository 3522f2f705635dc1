"""Where an item goes, and where it never goes: to whom it is about, or beside what it may not."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post, User
from doithoai.accounts.queries import head_of
from doithoai.cases import policies
from doithoai.cases.commands import (
    answering,
    coordinating,
    ending,
    history,
    intake,
    letters,
    offering,
    paper_making,
    placing,
    settling,
    tie_breaking,
)
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.letters import Letter
from doithoai.cases.commands.petitions import deciding, passing, relating, sorting
from doithoai.cases.commands.petitions.passing import TransferPaper
from doithoai.cases.commands.petitions.relating import Relation
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.forms import placing as place_forms
from doithoai.cases.forms.fields import ActForm, Given
from doithoai.cases.forms.papers import Drafting
from doithoai.cases.forms.sending_on import Advising, Transferring
from doithoai.cases.models import Case
from doithoai.cases.petition_papers import Asked
from doithoai.cases.queries import choosing, competence
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket import exclusion
from doithoai.docket.exclusion import Out
from doithoai.docket.models import Obligation, Party
from doithoai.files.wordings import by_code
from doithoai.units.models import Body
from tests.cases.reaching import (
    Story,
    begin,
    committee,
    culture,
    department,
    office,
    reach,
    without_account,
)
from tests.conftest import become
from tests.journeys.test_petitions import ELSEWHERE, registered

pytestmark = pytest.mark.django_db


def shut(story: Story, *bodies: Body, users: tuple[UUID, ...] = ()) -> None:
    """The item proves to be about these."""
    out = Out(frozenset(b.pk for b in bodies), users=frozenset(users))
    exclusion.write(story.case.matter, out, since=local_day(story.at))


def official(story: Story, name: str) -> Official:
    """Somebody of the cast."""
    found = story.who(name)
    assert isinstance(found, Official)
    return found


def deciding_party(case: UUID) -> Party:
    return Party.objects.get(matter=case, role="deciding_post", until=None)


# --------------------------------------------------------------------- who decides on the lead body
def test_the_head_where_it_was_received_decides_on_the_lead() -> None:
    story = reach(State.DISPUTED_LEAD)
    assert deciding_party(story.case_id).body == committee()
    assert policies.may_decide_lead(story.who("chi"), story.case)
    assert not policies.may_decide_lead(story.who("tinh"), story.case)


def test_a_body_it_is_about_is_not_asked_to_decide_on_the_lead() -> None:
    story = reach(State.OFFERED)
    shut(story, committee())
    Case.objects.filter(pk=story.case_id).update(times_returned=2)
    story.do("return", "nong")
    above = Body.objects.get(short_name="UBND tỉnh Hà Tĩnh")
    assert deciding_party(story.case_id).body == above
    assert policies.may_decide_lead(story.who("tinh"), story.case)
    assert not policies.may_decide_lead(story.who("chi"), story.case)
    owed = Obligation.objects.get(
        matter=story.case_id, rule="vn.recommendation.decide_lead", state="open"
    )
    assert owed.body == above


def test_of_a_sealed_item_that_went_up_the_body_above_decides() -> None:
    story = reach(State.CLASSIFIED)
    matter = story.case.matter
    matter.sealed = True
    matter.save(update_fields=["sealed"])
    shut(story, committee())
    above = Body.objects.get(short_name="UBND tỉnh Hà Tĩnh")
    head = head_of(above.pk, today=local_day(story.at))
    assert head is not None
    exclusion.raise_to(
        matter, exclusion.Settling(above, head), by=story.who("clock"), at=story.later()
    )
    case = story.case
    case.state = State.DISPUTED_LEAD
    tie_breaking.call_tie_break(case, story.later())
    assert (deciding_party(case.pk).body, deciding_party(case.pk).post) == (above, head)
    assert policies.may_decide_lead(story.who("tinh"), case)
    assert not policies.may_decide_lead(story.who("chi"), case)


def test_a_head_too_near_to_a_party_hands_the_decision_on_the_lead_up() -> None:
    at, minh = timezone.now() - timedelta(days=6), become("minh")
    case = registered(at).taken.case.pk
    sorting.sort(case, ELSEWHERE, by=minh, at=at + timedelta(minutes=1))
    Case.objects.filter(pk=case).update(times_returned=2)
    placing.offer(case, to=department().pk, why="Thuộc sở", by=minh, at=at + timedelta(minutes=2))
    placing.give_back(case, reason="Không thuộc sở", by=become("nong"), at=at + timedelta(hours=1))
    assert deciding_party(case).body == committee()
    chi = User.objects.get(username="chi").pk
    relating.declare(
        case, Relation(chi, "sibling", "respondent"), by=minh, at=at + timedelta(hours=2)
    )
    above = Body.objects.get(short_name="UBND tỉnh Hà Tĩnh")
    assert deciding_party(case).body == above
    owed = Obligation.objects.get(matter=case, role="deciding_post", state="open")
    assert (owed.body, owed.post) == (above, head_of(above.pk, today=local_day(at)))
    placing.decide_lead(
        case, to=department().pk, why="Thuộc ngành", by=become("tinh"), at=at + timedelta(hours=3)
    )
    assert Case.objects.get(pk=case).state == State.ROUTED


# -------------------------------------------------------------- who is neither offered nor accepted
@dataclass(frozen=True)
class Way:
    """One way to name a body: where the item stands, who does it, the body, and what they do."""

    state: State
    who: str
    named: Callable[[], Body]
    run: Callable[[Story, Official, UUID], object]


def _letter(story: Story) -> Letter:
    return Letter("45/UBND-VP", local_day(story.at), "Thuộc địa bàn")


def _paper(story: Story) -> TransferPaper:
    return TransferPaper("1/PC-UBND", local_day(story.at), "Thuộc thẩm quyền",
                         "complaint_competence")  # fmt: skip


def _as_petition(story: Story) -> None:
    sorting.sort(story.case_id, ELSEWHERE, by=story.who("minh"), at=story.later())


def _of_petition(run: Callable[[Story, Official, UUID], object]) -> Callable[..., object]:
    def sorted_first(story: Story, by: Official, to: UUID) -> object:
        _as_petition(story)
        return run(story, by, to)

    return sorted_first


def _urge_transferred(story: Story, by: Official, to: UUID) -> object:
    _as_petition(story)
    story.case.matter.excluded.filter(body=to).delete()
    passing.transfer(story.case_id, to=to, paper=_paper(story), by=by, at=story.later())
    shut(story, Body.objects.get(pk=to))
    return passing.urge(story.case_id, text="Đề nghị trả lời", by=by, at=story.later())


def _draft_paper(story: Story, by: Official, to: UUID) -> object:
    _as_petition(story)
    asked = Asked(to=to)
    return paper_making.draft_paper(
        story.case_id, "complaint_transferred", asked, by=by, at=story.later()
    )


WAYS = {
    "route": Way(State.CLASSIFIED, "minh", office, lambda s, by, to: placing.route(
        s.case_id, to=to, why="x", by=by, at=s.later())),
    "offer": Way(State.CLASSIFIED, "minh", department, lambda s, by, to: placing.offer(
        s.case_id, to=to, why="x", by=by, at=s.later())),
    "decide_lead": Way(State.DISPUTED_LEAD, "chi", culture, lambda s, by, to: placing.decide_lead(
        s.case_id, to=to, why="x", by=by, at=s.later())),
    "coordinate": Way(State.ROUTED, "minh", culture, lambda s, by, to: coordinating.coordinate(
        s.case_id, bodies=[to], by=by, at=s.later())),
    "coordinate, lead": Way(State.CLASSIFIED, "minh", culture,
        lambda s, by, to: coordinating.coordinate(
            s.case_id, bodies=[office().pk], lead=to, by=by, at=s.later())),
    "draft_letter": Way(State.ROUTED, "minh", without_account,
        lambda s, by, to: letters.draft_letter(
            s.case_id, to=to, why="x", docx=b"PK", by=by, at=s.later())),
    "forward": Way(State.ROUTED, "minh", without_account, lambda s, by, to: letters.forward(
        s.case_id, to=to, letter=_letter(s), by=by, at=s.later())),
    "urge": Way(State.FORWARDED, "minh", without_account, lambda s, by, to: letters.urge(
        s.case_id, text="Đề nghị trả lời", by=by, at=s.later())),
    "urge_offered": Way(State.OFFERED, "minh", department,
        lambda s, by, to: offering.urge_offered(
            s.case_id, text="Đề nghị trả lời", by=by, at=s.later())),
    "answer_on_the_spot": Way(State.ROUTED, "minh", culture,
        lambda s, by, to: history.answer_on_the_spot(
            s.case_id, text="Đã trả lời", body=to, by=by, at=s.later())),
    "take_in_answer": Way(State.ROUTED, "minh", culture,
        lambda s, by, to: history.take_in_answer(
            s.case_id, Reply("Đã xong", "explained"), body=to, by=by, at=s.later())),
    "assign": Way(State.ROUTED, "kien", office, lambda s, by, to: answering.assign(
        s.case_id, post=official(s, "hoa").post, by=by, at=s.later())),
    "transfer": Way(State.RECEIVED, "minh", without_account,
        _of_petition(lambda s, by, to: passing.transfer(
            s.case_id, to=to, paper=_paper(s), by=by, at=s.later()))),
    "urge_transferred": Way(State.RECEIVED, "minh", without_account, _urge_transferred),
    "advise": Way(State.RECEIVED, "minh", without_account,
        _of_petition(lambda s, by, to: deciding.advise(
            s.case_id, ground="court_matter", text="Mời gửi", to=to, by=by, at=s.later()))),
    "draft_paper": Way(State.RECEIVED, "minh", without_account, _draft_paper),
}  # fmt: skip


@pytest.mark.parametrize("name", WAYS)
def test_no_command_names_a_body_or_a_post_that_is_shut_out(name: str) -> None:
    way = WAYS[name]
    story = reach(way.state)
    story.at = max(story.at, timezone.now() - timedelta(days=3))
    out = way.named()
    if name == "assign":
        shut(story, users=(official(story, "hoa").user,))
    else:
        shut(story, out)
    before = story.case.transfers.count()
    with pytest.raises(Invalid) as refused:
        way.run(story, official(story, way.who), out.pk)
    assert out.short_name in str(refused.value) or name == "assign"
    if name != "urge_transferred":
        assert story.case.transfers.count() == before


@pytest.mark.parametrize("name", set(WAYS) - {"urge_transferred", "assign"})
def test_the_same_body_is_named_while_it_is_not_shut_out(name: str) -> None:
    """The table above refuses for that reason, and for no other."""
    way = WAYS[name]
    story = reach(way.state)
    story.at = max(story.at, timezone.now() - timedelta(days=3))
    assert way.run(story, official(story, way.who), way.named().pk)


FORMS: dict[str, tuple[type[ActForm], str, Callable[[], Body]]] = {
    "routing": (place_forms.Routing, "to", office),
    "routing many": (place_forms.RoutingMany, "to", culture),
    "offering": (place_forms.Offering, "to", department),
    "offering many": (place_forms.OfferingMany, "to", department),
    "drafting a letter": (place_forms.DraftingLetter, "to", department),
    "a letter, without account": (place_forms.DraftingLetter, "to", without_account),
    "forwarding": (place_forms.Forwarding, "to", culture),
    "coordinating": (place_forms.Coordinating, "bodies", culture),
    "advising": (Advising, "to", culture),
    "transferring": (Transferring, "to", department),
}


@pytest.mark.parametrize("name", FORMS)
def test_no_list_offers_a_body_that_is_shut_out(name: str) -> None:
    kind, field, named = FORMS[name]
    story = reach(State.ROUTED)
    given = Given(story.case, official(story, "minh"), local_day(story.at))

    def choices() -> set[str]:
        form = kind()
        form.prepare(given)
        return {str(pk) for pk, _name in form.fields[field].choices}  # type: ignore[attr-defined]  # a ChoiceField

    beside = named() == without_account()
    assert beside or str(named().pk) in choices()
    shut(story, named())
    assert str(named().pk) not in choices()


def test_no_paper_offers_a_body_that_is_shut_out_as_its_addressee() -> None:
    story = reach(State.RECEIVED)
    _as_petition(story)
    given = Given(story.case, official(story, "minh"), local_day(story.at))
    shut(story, culture())
    form = Drafting()
    form.prepare_for(by_code()["complaint_transferred"], given)
    named = {str(pk) for pk, _name in form.fields["to"].choices}  # type: ignore[attr-defined]  # a ChoiceField
    assert str(department().pk) in named
    assert str(culture().pk) not in named


def test_nobody_shut_out_is_among_those_who_could_work_on_it() -> None:
    story = reach(State.ROUTED)
    today = local_day(story.at)
    hoa = official(story, "hoa")
    assert str(hoa.post) in dict(choosing.posts_of(story.case, today=today))
    shut(story, users=(hoa.user,))
    found = dict(choosing.posts_of(story.case, today=today))
    assert str(hoa.post) not in found
    assert str(official(story, "kien").post) in found
    assert str(hoa.user) not in dict(choosing.officials_near(story.case, today=today))


def test_no_body_that_is_shut_out_is_proposed_the_one_above_is() -> None:
    story = reach(State.ROUTED)
    today = local_day(story.at)
    found = competence.proposed(story.case, today=today)
    assert found is not None
    shut(story, found.body)
    other = competence.proposed(story.case, today=today)
    assert other is not None
    assert other.body == found.body.parent
    assert found.body.short_name in other.why


def test_an_office_of_a_body_that_is_shut_out_is_shut_out_with_it() -> None:
    story = reach(State.CLASSIFIED)
    shut(story, committee())
    with pytest.raises(Invalid, match=office().short_name):
        settling.not_shut_out(story.case, department().pk, office().pk, at=story.at)
    settling.not_shut_out(story.case, department().pk, None, at=story.at)


def test_what_is_sealed_is_not_offered_where_the_head_is_shut_out() -> None:
    at = timezone.now() - timedelta(days=6)
    case = registered(at).taken.case.pk
    about = Nature("denunciation", "land", respondents=(culture().pk,), competence="other")
    sorting.sort(case, about, by=become("minh"), at=at + timedelta(minutes=1))
    due = Body.objects.get(short_name="UBND xã Cẩm Duệ")
    head = User.objects.get(username="due").pk
    matter = Case.objects.get(pk=case).matter
    exclusion.write(matter, Out(users=frozenset({head})), since=local_day(at))
    chi = become("chi")
    with pytest.raises(Invalid):
        placing.offer(case, to=due.pk, why="x", by=chi, at=at + timedelta(hours=1))
    assert not Post.objects.filter(
        pk__in=matter.audience.filter(post__isnull=False).values("post"), body=due
    ).exists()


def test_a_link_to_reply_by_opens_nothing_once_the_item_is_about_whom_it_was_sent_to() -> None:
    story = reach(State.FORWARDED)
    assert letters.transfer_by_token(story.token, at=story.later())
    shut(story, without_account())
    with pytest.raises(NotFound):
        letters.transfer_by_token(story.token, at=story.later())


def test_the_head_of_the_body_asked_to_take_a_sealed_recommendation_sees_it_and_may_take_it() -> (
    None
):
    sealed = _closed()
    asked = official(sealed, "tinh")
    assert asked.body is not None
    placing.offer(sealed.case_id, to=asked.body, why="x", by=sealed.who("minh"), at=sealed.later())
    taken = placing.accept(sealed.case_id, by=asked, at=sealed.later())
    assert taken.handling_body_id == asked.body


# ------------------------------------------------------------------------- what is not put together
def _closed() -> Story:
    story = reach(State.CLASSIFIED)
    story.case.matter.excluded.create(body=culture(), reason="body", since=local_day(story.at))
    matter = story.case.matter
    matter.sealed = True
    matter.save(update_fields=["sealed"])
    minh = official(story, "minh")
    matter.audience.create(post_id=minh.post)
    return story


def test_a_sealed_item_and_an_open_one_are_joined_neither_way_and_told_the_same() -> None:
    sealed, opened = _closed(), reach(State.CLASSIFIED)
    said = []
    for one, into in ((sealed, opened), (opened, sealed)):
        with pytest.raises(Invalid) as refused:
            ending.join(one.case_id, into=into.case_id, by=one.who("minh"), at=one.later())
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert not any(word in said[0] for word in ("niêm phong", "kín", "tố cáo", "sealed"))
    assert {sealed.state, opened.state} == {State.CLASSIFIED}


def test_two_sealed_items_about_different_people_are_not_joined() -> None:
    one, other = _closed(), _closed()
    shut(one, office())
    with pytest.raises(Invalid):
        ending.join(one.case_id, into=other.case_id, by=one.who("minh"), at=one.later())
    ending.join(other.case_id, into=one.case_id, by=one.who("minh"), at=one.later())
    assert other.state == State.JOINED


def test_who_cannot_see_the_sealed_item_is_told_that_there_is_none() -> None:
    sealed, opened = _closed(), reach(State.CLASSIFIED)
    hoa = official(opened, "hoa")
    for one, into in ((sealed, opened), (opened, sealed)):
        with pytest.raises(NotFound):
            ending.join(one.case_id, into=into.case_id, by=hoa, at=one.later())
    assert choosing.case_coded(sealed.case.matter.code, seen_by=hoa) is None


def test_what_waits_for_a_first_look_is_not_joined_into_what_everybody_reads() -> None:
    opened = reach(State.CLASSIFIED)
    minh = official(opened, "minh")
    said = Statement(text="Tôi tố cáo ông trưởng phòng nhận tiền", channel="counter",
                     occasion="counter")  # fmt: skip
    waiting = intake.submit(said, to=committee(), by=minh, at=opened.later()).case
    assert not waiting.matter.audience.filter(body__isnull=False).exists()
    with pytest.raises(Invalid):
        ending.join(waiting.pk, into=opened.case_id, by=minh, at=opened.later())
    with pytest.raises(Invalid):
        ending.join(opened.case_id, into=waiting.pk, by=minh, at=opened.later())


def test_no_words_of_others_are_added_to_an_item_kept_private() -> None:
    sealed = _closed()
    said = Statement(text="Tôi cũng thấy", channel="counter", occasion="counter", speaker="Ông N.")
    with pytest.raises(Denied):
        intake.add_submission(sealed.case_id, said, by=sealed.who("minh"), at=sealed.later())
    with pytest.raises(NotFound):
        intake.add_submission(sealed.case_id, said, by=sealed.who("hoa"), at=sealed.later())
    opened = begin()
    assert intake.add_submission(
        opened.case_id, said, by=opened.who("minh"), at=opened.later()
    ).receipt


# Not about an item that is there already, or through the commands of the table.
ELSEWHERE_CHECKED = frozenset(
    {"submit", "lodge", "receive", "take_in", "record_sent", "first_readers"}
    | {f"together.{name}" for name in ("route", "offer", "assign")}
)


def _naming() -> Iterator[str]:
    """Commands on an item that name a body or a post."""
    for path in Path(placing.__file__).parent.rglob("*.py"):
        for each in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(each, ast.FunctionDef) or each.name.startswith("_"):
                continue
            named = {arg.arg for arg in (*each.args.args, *each.args.kwonlyargs)}
            if named & {"to", "body", "bodies", "post", "lead"} and "by" in named:
                yield f"together.{each.name}" if path.stem == "together" else each.name


def test_every_command_that_names_a_body_or_a_post_stands_in_the_table() -> None:
    assert set(_naming()) - set(WAYS) <= ELSEWHERE_CHECKED
