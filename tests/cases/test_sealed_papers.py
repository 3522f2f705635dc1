"""Papers of a sealed item: made while it is open to the user, handed over, kept nowhere."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.utils.translation import override

from doithoai.accounts.actors import Citizen
from doithoai.accounts.models import Holding, Post, User
from doithoai.cases import paper_rules
from doithoai.cases.commands import paper_making, sealed_intake
from doithoai.cases.commands.petitions import sorting
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.sealed_intake import Denounced, Told
from doithoai.cases.models import Case, Petition, Ruling
from doithoai.cases.petition_papers import Asked
from doithoai.core.errors import Invalid
from doithoai.docket import unsealing
from doithoai.docket.unsealing import Person
from doithoai.files.models import Document
from doithoai.units.models import Body
from doithoai.vault.reading import parts_of
from tests.cases.reaching import body, culture
from tests.cases.test_papers import DENUNCIATION, TEXT, _received, _words
from tests.conftest import become


def _about_the_office() -> Nature:
    """The same denunciation, about the culture office: the committee settles it."""
    return replace(DENUNCIATION, respondents=(culture().pk,))


def test_of_a_sealed_item_a_paper_is_made_while_open_and_kept_nowhere(
    committed_db: str, now: datetime
) -> None:
    del committed_db
    minh = become("minh")
    case = _received(minh, now, None)
    sealed_to = sorting.sort(case.pk, _about_the_office(), by=minh, at=now)
    chi = become("chi")
    found = (
        Case.objects.visible_to(chi)
        .select_related("matter", "receiving_body", "handling_body")
        .get(pk=sealed_to.pk)
    )
    before = Document.objects.count()
    with override("en"), pytest.raises(Invalid, match="kept nowhere"):
        paper_making.draft_paper(found.pk, "denunciation_admitted", Asked(), by=chi, at=now)
    with override("en"), pytest.raises(Invalid, match="Open what is sealed"):
        paper_making.sealed_paper(found, "denunciation_minutes", Asked(), by=chi, at=now)

    unsealing.unseal(found.pk, reason="Lập biên bản", identity=True, by=chi, at=now)
    made = paper_making.sealed_paper(found, "denunciation_minutes", Asked(), by=chi, at=now)
    assert TEXT in _words(made.data)
    assert "Bà Lê Thị Thử" in _words(made.data)
    assert Document.objects.count() == before


def test_what_came_with_a_petition_is_kept_in_the_vault_and_said_nowhere_else(
    committed_db: str, now: datetime
) -> None:
    del committed_db
    minh = become("minh")
    case = _received(minh, now, None)
    came = Petition.objects.filter(submission__carried__case=case)
    came.update(originals=["Hợp đồng của ông Hoàng Sao Mai"], forwarder_name="Bà Lý Thị Thử")
    Ruling.objects.create(
        case=case,
        step="examine",
        text="Theo lời bà Thử",
        papers=["Biên lai"],
        by_id=minh.post,
        at=now,
    )

    sealed_to = sorting.sort(case.pk, _about_the_office(), by=minh, at=now)

    assert set(came.values_list("forwarder_name", flat=True)) == {""}
    assert set(map(tuple, came.values_list("originals", flat=True))) == {()}
    assert set(Ruling.objects.filter(case=case).values_list("text", flat=True)) == {""}
    kept = b" ".join(parts_of(sealed_to.pk, names=("text",)).values()).decode()
    assert all(word in kept for word in ("Hoàng Sao Mai", "Lý Thị Thử", "lời bà Thử", "Biên lai"))


def _inspector() -> Body:
    """The province's Inspection Commission, with somebody who leads it and may open what is
    sealed.
    """
    commission = Body.objects.get(kind="party_inspection", level="province")
    post = Post.objects.create(
        body=commission, title="Chủ nhiệm", is_head=True, valid=("2025-07-01", None)
    )
    post.roles.set(Post.objects.get(pk=become("tinh").post).roles.all())
    kiem = User.objects.create(username="kiem", name="Lý Văn Kiểm")
    Holding.objects.create(post=post, user=kiem, valid=("2025-07-01", None))
    return commission


def test_a_party_matter_has_its_receipt_and_its_transfer_in_the_layout_of_the_party(
    committed_db: str, now: datetime
) -> None:
    del committed_db
    commission = _inspector()
    told = Told("Bí thư dùng quỹ đảng phí sai", "web", "web", Person(name="Bà Lê Thị Thử"))
    about = Denounced(body("Đảng ủy xã Cẩm Lạc").pk, party=True)
    code = sealed_intake.lodge(told, about, by=Citizen(), at=now).code
    kiem = become("kiem")
    case = Case.objects.select_related("matter", "receiving_body", "handling_body").get(
        matter__code=code
    )
    assert {form.code for form in paper_rules.offered(case)} == {
        "party_matter_received", "party_matter_transferred", "party_matter_passed_on",
    }  # fmt: skip
    unsealing.unseal(case.pk, reason="Tiếp nhận đơn", identity=True, by=kiem, at=now)

    receipt = paper_making.sealed_paper(case, "party_matter_received", Asked(), by=kiem, at=now)
    letter = paper_making.sealed_paper(
        case, "party_matter_transferred", Asked(to=commission.pk), by=kiem, at=now
    )

    assert (receipt.layout, letter.layout) == ("party", "party")
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in _words(receipt.data)
    assert "-TB/UBKT" in _words(receipt.data)
    assert "Bà Lê Thị Thử" in _words(receipt.data)
    assert "Bà Lê Thị Thử" not in _words(letter.data)
    assert commission.name in _words(letter.data)
    assert not receipt.form.found
