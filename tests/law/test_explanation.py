from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from doithoai.law.explanation import Derivation, Json
from doithoai.law.tables import WrongValue
from tests.law.story import Step, book, derived, duty

OPENED: Step = ("2026-07-15", "asked", {})
PAUSE = {
    "paused_by": '"stopped"',
    "resumed_by": '"resumed"',
    "review": "{ days = 10, count = 'working' }",
}
EXTEND = "{ times = 3, events = ['longer'] }"


def why(folder: Path, rule: str, *steps: Step, language: str = "vi") -> list[str]:
    return derived(book(folder, rule), [OPENED, *steps])[0].derivation.sentences(language)


def test_working_days_are_explained_with_the_days_left_out(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(within="{ days = 12, count = 'working' }"))
    (one,) = derived(rules, [("2026-08-20", "asked", {})])
    assert one.derivation.sentences("vi") == [
        "12 ngày làm việc kể từ ngày 20/08/2026 (không tính ngày đầu).",
        "Không tính các ngày nghỉ: 31/08/2026 – nghỉ Quốc khánh, hoán đổi với ngày 22/08/2026"
        " (Thông báo 9441/TB-BNV); 01/09/2026 – Quốc khánh (Bộ luật Lao động 45/2019/QH14,"
        " Điều 112); 02/09/2026 – Quốc khánh (Bộ luật Lao động 45/2019/QH14, Điều 112).",
        "Không tính 5 ngày nghỉ hằng tuần.",
        "Có tính ngày làm bù: 22/08/2026 – làm bù cho ngày 31/08/2026 (Thông báo 9441/TB-BNV).",
        "Đến hạn ngày 09/09/2026.",
        "Căn cứ: Luật thử nghiệm, Điều 1.",
    ]


def test_a_pause_says_which_of_its_days_count(tmp_path: Path) -> None:
    stopped, resumed = ("2026-07-20", "stopped", {}), ("2026-07-27", "resumed", {})
    assert (
        "Tạm dừng từ ngày 20/07/2026 (ngày tạm dừng không tính), tính tiếp từ ngày 27/07/2026"
        " (ngày tiếp tục được tính)."
    ) in why(tmp_path, duty(**PAUSE), stopped, resumed)
    said = why(tmp_path, duty(**PAUSE), stopped, language="en")
    assert "Paused since 20/07/2026; the due date will be worked out again on resumption." in said
    assert "The pause is reviewed on 03/08/2026." in said
    assert not any(sentence.startswith("Due") for sentence in said)


@pytest.mark.parametrize(
    ("within", "facts", "sentence"),
    [
        (
            "{ days = 10, count = 'working' }",
            {"days": 5},
            "Extended on 20/07/2026 by 5 working days.",
        ),
        ("{ days = 10 }", {"days": 5}, "Extended on 20/07/2026 by 5 days."),
        ("{ days = 10 }", {"until": "2026-08-05"}, "Extended on 20/07/2026, until 05/08/2026."),
        ("{ months = 2 }", {"days": 1}, "Extended on 20/07/2026 by 1 month(s)."),
        ("{ hours = 240 }", {"days": 24}, "Extended on 20/07/2026 by 24 hours."),
    ],
)
def test_an_extension_says_by_how_much(
    tmp_path: Path, within: str, facts: dict[str, str | int], sentence: str
) -> None:
    step = ("2026-07-20", "longer", facts)
    assert sentence in why(tmp_path, duty(within=within, extend=EXTEND), step, language="en")


@pytest.mark.parametrize(
    ("within", "sentence"),
    [
        ("{ days = 0 }", "Ngay trong ngày 15/07/2026."),
        ("{ months = 6 }", "6 tháng kể từ ngày 15/07/2026 (không tính ngày đầu)."),
        ("{ hours = 72 }", "72 giờ kể từ 09:00 15/07/2026."),
        (
            "{ days = -5, count = 'working' }",
            "Chậm nhất 5 ngày làm việc trước ngày 15/07/2026 (không tính ngày đầu);"
            " tính lùi nên không dời sang ngày khác.",
        ),
        (
            "{ months = -1 }",
            "Chậm nhất 1 tháng trước ngày 15/07/2026 (không tính ngày đầu);"
            " tính lùi nên không dời sang ngày khác.",
        ),
    ],
)
def test_each_kind_of_period_has_its_sentence(tmp_path: Path, within: str, sentence: str) -> None:
    assert why(tmp_path, duty(within=within))[0] == sentence


def test_a_moment_due_is_said_with_its_hour(tmp_path: Path) -> None:
    assert "Đến hạn lúc 09:00 18/07/2026." in why(tmp_path, duty(within="{ hours = 72 }"))


def test_a_year_whose_days_off_are_not_announced_is_said_to_be_estimated(tmp_path: Path) -> None:
    rules = book(tmp_path, duty())
    (one,) = derived(rules, [("2026-12-25", "asked", {})])
    assert one.derivation.estimated == (2027,)
    assert (
        "Lịch nghỉ năm 2027 chưa được công bố chính thức; ngày này là tạm tính."
        in one.derivation.sentences("vi")
    )


def test_a_default_is_said_to_be_provisional(tmp_path: Path) -> None:
    said = why(tmp_path, duty(certainty='"D"'))
    assert said[-1] == "Thời hạn tạm tính, chưa có văn bản quy định."


def test_a_date_set_by_a_document_says_so(tmp_path: Path) -> None:
    rules = book(tmp_path, duty(within="", due='"day"'))
    (one,) = derived(rules, [("2026-07-15", "asked", {"day": "2026-08-30"})])
    assert one.derivation.sentences("vi")[0] == "Thời hạn do văn bản ấn định: ngày 30/08/2026."


@pytest.mark.parametrize(
    ("name", "value"),
    [("start", "soon"), ("rule", None), ("weekly", "x"), ("pauses", "x"), ("period", 3)],
)
def test_a_stored_derivation_that_was_tampered_with_is_refused(
    tmp_path: Path, name: str, value: Json
) -> None:
    (one,) = derived(book(tmp_path, duty()), [OPENED])
    with pytest.raises(WrongValue):
        Derivation.from_json({**one.derivation.to_json(), name: value})


def test_the_last_day_is_explained_when_it_moves(tmp_path: Path) -> None:
    (one,) = derived(book(tmp_path, duty(within="{ days = 10 }")), [OPENED])
    assert [day.day for day in one.derivation.rolled_over] == [
        date(2026, 7, 25),
        date(2026, 7, 26),
    ]
    assert any("ngày làm việc tiếp theo, 27/07/2026" in s for s in one.derivation.sentences("vi"))
