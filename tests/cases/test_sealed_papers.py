"""Papers of a sealed item: made while it is open to the user, handed over, kept nowhere."""

from datetime import datetime

import pytest
from django.utils.translation import override

from doithoai.cases.commands import paper_making
from doithoai.cases.commands.petitions import sorting
from doithoai.cases.models import Case, Petition, Ruling
from doithoai.cases.petition_papers import Asked
from doithoai.core.errors import Invalid
from doithoai.docket import unsealing
from doithoai.files.models import Document
from doithoai.vault.reading import parts_of
from tests.cases.test_papers import DENUNCIATION, TEXT, _received, _words
from tests.conftest import become


def test_of_a_sealed_item_a_paper_is_made_while_open_and_kept_nowhere(
    committed_db: str, now: datetime
) -> None:
    del committed_db
    minh = become("minh")
    case = _received(minh, now, None)
    sealed_to = sorting.sort(case.pk, DENUNCIATION, by=minh, at=now)
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

    sealed_to = sorting.sort(case.pk, DENUNCIATION, by=minh, at=now)

    assert set(came.values_list("forwarder_name", flat=True)) == {""}
    assert set(map(tuple, came.values_list("originals", flat=True))) == {()}
    assert set(Ruling.objects.filter(case=case).values_list("text", flat=True)) == {""}
    kept = b" ".join(parts_of(sealed_to.pk, names=("text",)).values()).decode()
    assert all(word in kept for word in ("Hoàng Sao Mai", "Lý Thị Thử", "lời bà Thử", "Biên lai"))
