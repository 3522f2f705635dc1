"""Every form the official lists name is here, or docs/forms.md says to which steps it belongs."""

from pathlib import Path

import pytest

from doithoai.cases import paper_rules
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.config.forms_listed import written
from doithoai.docket.models import Matter
from doithoai.files.wordings import by_code

NAMED = (
    "từ chối tiếp công dân", "giấy biên nhận", "phiếu đề xuất thụ lý đơn", "phiếu hẹn",
    "phiếu hướng dẫn", "đơn yêu cầu bảo vệ", "chuyển đơn tố cáo", "đôn đốc",
    "chuyển đơn kiến nghị, phản ánh", "thông báo thụ lý giải quyết khiếu nại",
    "thông báo không thụ lý giải quyết khiếu nại", "giao xác minh nội dung khiếu nại",
    "biên bản ghi nội dung tố cáo", "không thụ lý tố cáo", "không thụ lý tố cáo tiếp",
    "đề xuất thụ lý tố cáo", "thụ lý tố cáo và thành lập tổ xác minh",
    "thụ lý tố cáo và giao xác minh", "thông báo thụ lý tố cáo", "biên bản tiếp công dân",
    "biên bản tiếp công dân của người đứng đầu", "đơn không đủ điều kiện", "trả lại đơn",
    "chuyển đơn khiếu nại", "đơn có nhiều nội dung",
)  # fmt: skip
BEFORE_ACCEPTANCE = (
    "repeated_denunciation_declined", "denunciation_admission_proposed",
    "denunciation_admission_with_team", "denunciation_admission_assigned", "protection_asked",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_the_list_of_forms_names_it(name: str) -> None:
    assert name in written().casefold()


def test_the_written_list_is_the_one_in_the_docs() -> None:
    assert Path("docs/forms.md").read_text(encoding="utf-8") == written()


@pytest.mark.parametrize("code", BEFORE_ACCEPTANCE)
def test_a_denunciation_offers_it_before_it_is_accepted(code: str) -> None:
    case = Case(matter=Matter(procedure="denunciation"), state=State.ROUTED)
    assert code in {form.code for form in paper_rules.offered(case)}


def test_what_others_sign_or_read_does_not_name_who_denounces() -> None:
    for code in BEFORE_ACCEPTANCE[1:4]:
        assert not {fact for fact in by_code()[code].facts if fact.startswith("person_")}


def test_a_denunciation_has_one_proposal_not_two() -> None:
    case = Case(matter=Matter(procedure="denunciation"), state=State.ROUTED)
    proposals = [f.code for f in paper_rules.offered(case) if "propos" in f.code]
    assert proposals == ["denunciation_admission_proposed"]
