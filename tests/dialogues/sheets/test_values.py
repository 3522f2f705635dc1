"""What single cells mean."""

from datetime import date

import pytest

from doithoai.dialogues.sheets import bodies, dates, documents, outcomes, speakers
from doithoai.dialogues.sheets.dates import DateRead, Problem
from doithoai.dialogues.sheets.documents import Document
from doithoai.dialogues.sheets.outcomes import Outcome
from doithoai.dialogues.sheets.speakers import Who

HELD = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("cell", "on"),
    [
        ("30/9/2026", date(2026, 9, 30)),
        ("05/8/26", date(2026, 8, 5)),
        ("30-09-2026", date(2026, 9, 30)),
        ("30.9.2026", date(2026, 9, 30)),
        ("2026-09-30", date(2026, 9, 30)),
        (date(2026, 9, 30), date(2026, 9, 30)),
        (46295.0, date(2026, 9, 30)),
        ("Trước ngày 15/9/2026", date(2026, 9, 15)),
        ("ngày 15 tháng 9 năm 2026", date(2026, 9, 15)),
        ("Từ 01/9/2026 đến 30/9/2026", date(2026, 9, 30)),
        ("Quý III/2026", date(2026, 9, 30)),
        ("quý 4 năm 2026", date(2026, 12, 31)),
        ("Tháng 9/2026", date(2026, 9, 30)),
        ("tháng 2 năm 2028", date(2028, 2, 29)),
        ("9/2026", date(2026, 9, 30)),
        ("cuối năm 2026", date(2026, 12, 31)),
        ("Trong năm 2026", date(2026, 12, 31)),
        ("6 tháng đầu năm 2027", date(2027, 6, 30)),
        ("6 tháng cuối năm 2026", date(2026, 12, 31)),
        ("2026", date(2026, 12, 31)),
        (2026.0, date(2026, 12, 31)),
        ("30/9", date(2026, 9, 30)),
        ("15/3", date(2027, 3, 15)),
        ("Quý I", date(2027, 3, 31)),
    ],
)
def test_a_due_date_is_understood_as_clerks_write_it(cell, on):
    assert dates.read(cell, after=HELD) == DateRead(on)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("31/9/2026", Problem.IMPOSSIBLE),
        ("29/02/2026", Problem.IMPOSSIBLE),
        ("9/30/2026", Problem.IMPOSSIBLE),
        ("30/9/2206", Problem.IMPOSSIBLE),
        ("31/9", Problem.IMPOSSIBLE),
        ("tháng 13/2026", Problem.IMPOSSIBLE),
        ("Thường xuyên", Problem.UNREADABLE),
        ("sớm nhất", Problem.UNREADABLE),
        (True, Problem.UNREADABLE),
        (7.5, Problem.UNREADABLE),
    ],
)
def test_a_date_that_cannot_be_is_left_for_a_person(cell, problem):
    assert dates.read(cell, after=HELD) == DateRead(None, problem)


def test_of_several_dates_the_last_is_taken_and_shown():
    read = dates.read("20/8/2026; 30/9/2026")
    assert read == DateRead(date(2026, 9, 30), Problem.SEVERAL)


def test_a_date_without_a_year_needs_the_day_of_the_dialogue():
    assert dates.read("30/9").problem == Problem.UNREADABLE
    assert dates.read("Quý III").problem == Problem.UNREADABLE


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("UBND xã Cẩm Lạc", ["UBND xã Cẩm Lạc"]),
        ("Sở Y tế; Sở Tài chính", ["Sở Y tế", "Sở Tài chính"]),
        ("Sở Y tế, Sở Tài chính và UBND xã", ["Sở Y tế", "Sở Tài chính", "UBND xã"]),
        ("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Sở Nông nghiệp và Môi trường", ["Sở Nông nghiệp và Môi trường"]),
        (
            "Hội đồng nhân dân và Ủy ban nhân dân",
            ["Hội đồng nhân dân và Ủy ban nhân dân"],
        ),
        ("Văn phòng HĐND và UBND xã", ["Văn phòng HĐND và UBND xã"]),
        ("Văn phòng HĐND và UBND xã, Công an xã", ["Văn phòng HĐND và UBND xã", "Công an xã"]),
        ("Ủy ban MTTQ và các đoàn thể", ["Ủy ban MTTQ và các đoàn thể"]),
        ("Ủy ban MTTQ xã", ["Ủy ban MTTQ xã"]),
        (
            "Chi cục Thủy lợi và Phòng, chống thiên tai",
            ["Chi cục Thủy lợi và Phòng, chống thiên tai"],
        ),
        ("Phòng Kinh tế, Phòng Văn hóa - Xã hội", ["Phòng Kinh tế", "Phòng Văn hóa - Xã hội"]),
        ("- UBND xã\n- Công an xã", ["UBND xã", "Công an xã"]),
        ("Công ty Điện lực\nHà Tĩnh", ["Công ty Điện lực Hà Tĩnh"]),
        ("UBND xã\nSở Xây dựng", ["UBND xã", "Sở Xây dựng"]),
        ("UBND xã; UBND xã", ["UBND xã"]),
        ("", []),
        ("-", []),
    ],
)
def test_names_in_one_cell_are_told_apart_and_never_broken(cell, names):
    assert list(bodies.names(cell.split("\n"))) == names


def test_a_cell_may_name_who_leads_and_who_coordinates():
    read = bodies.assigned(["Chủ trì: UBND xã; phối hợp: Công an xã, Phòng Kinh tế"], [])
    assert read.lead == ("UBND xã",)
    assert read.coordinating == ("Công an xã", "Phòng Kinh tế")


@pytest.mark.parametrize(
    ("cell", "lead"),
    [
        ("Ngoài thẩm quyền", ()),
        ("Không thuộc thẩm quyền", ()),
        ("Ngoài thẩm quyền (Bộ Nội vụ)", ("Bộ Nội vụ",)),
        ("Ngoài thẩm quyền của xã - Sở Xây dựng", ("Sở Xây dựng",)),
    ],
)
def test_out_of_competence_is_understood(cell, lead):
    read = bodies.assigned([cell], [])
    assert read.out_of_competence
    assert read.lead == lead


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        *((words, outcome) for outcome, words in outcomes.WORDS.items()),
        ("đã xong", Outcome.SETTLED),
        ("Hoàn thành", Outcome.SETTLED),
        ("Đã giải quyết", Outcome.SETTLED),
        ("Đã giải quyết một phần", Outcome.PARTLY),
        ("Đang giải quyết", Outcome.IN_PROGRESS),
        ("Đang triển khai thực hiện", Outcome.IN_PROGRESS),
        ("Sẽ có lộ trình", Outcome.SCHEDULED),
        ("Chưa cân đối được nguồn lực", Outcome.SCHEDULED),
        ("Giải trình, thông tin", Outcome.EXPLAINED),
        ("Đã trả lời", Outcome.EXPLAINED),
        ("Ngoài thẩm quyền", Outcome.NOT_COMPETENT),
        ("Không thuộc thẩm quyền", Outcome.NOT_COMPETENT),
        ("Đã chuyển cơ quan có thẩm quyền", Outcome.NOT_COMPETENT),
        ("Chưa giải quyết", None),
        ("Xanh lá cây", None),
        ("", None),
    ],
)
def test_the_words_of_a_result_are_understood(text, outcome):
    assert outcomes.read(text) == outcome


def test_not_settled_yet_is_open_and_not_unknown():
    assert outcomes.still_open("Chưa giải quyết")
    assert outcomes.still_open("")
    assert not outcomes.still_open("Xanh lá cây")
    assert not outcomes.still_open("Chưa bố trí được vốn")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("125/UBND-KT ngày 12/8/2026", [Document("125/UBND-KT", date(2026, 8, 12))]),
        ("Công văn số 88 / ĐLHT, ngày 05/7/2026", [Document("88/ĐLHT", date(2026, 7, 5))]),
        ("12-TB/ĐU ngày 1 tháng 8 năm 2026", [Document("12-TB/ĐU", date(2026, 8, 1))]),
        ("15/2026/QĐ-UBND", [Document("15/2026/QĐ-UBND")]),
        (
            "125/UBND-KT ngày 12/8/2026; 140/UBND-VX ngày 20/8/2026",
            [
                Document("125/UBND-KT", date(2026, 8, 12)),
                Document("140/UBND-VX", date(2026, 8, 20)),
            ],
        ),
        ("Văn bản số 125 ngày 12/8/2026", [Document("125", date(2026, 8, 12))]),
        ("", []),
    ],
)
def test_documents_are_read_with_number_and_date(text, found):
    read = documents.read(text)
    assert list(read.documents) == found
    assert not read.unclear
    assert not read.impossible


def test_a_document_takes_its_date_from_the_column_beside():
    assert documents.read("125/UBND-KT", "12/8/2026").documents == (
        Document("125/UBND-KT", date(2026, 8, 12)),
    )


def test_a_document_without_a_number_or_with_an_impossible_day_is_shown():
    assert documents.read("Biên bản hội nghị").unclear
    assert documents.read("125/UBND-KT ngày 31/9/2026").impossible


@pytest.mark.parametrize(
    ("raw", "who", "name", "place"),
    [
        ("Nhân dân thôn Hưng Trung", Who.VILLAGE, "", "thôn Hưng Trung"),
        ("Thôn Trường Sơn", Who.VILLAGE, "", "thôn Trường Sơn"),
        ("Cử tri tổ dân phố 3", Who.VILLAGE, "", "tổ dân phố 3"),
        ("Ông Nguyễn Văn T., thôn Yên Lạc", Who.PERSON, "Nguyễn Văn T.", "thôn Yên Lạc"),
        ("Bà Lê Thị H. thôn Yên Lạc", Who.PERSON, "Lê Thị H.", "thôn Yên Lạc"),
        ("Trần Văn Bình", Who.PERSON, "Trần Văn Bình", ""),
        ("Trưởng thôn Hưng Trung", Who.PERSON, "", "thôn Hưng Trung"),
        ("Bà con thôn Lạc Thọ", Who.VILLAGE, "", "thôn Lạc Thọ"),
        ("Chi hội Phụ nữ thôn Lạc Thọ", Who.ORGANISATION, "", "thôn Lạc Thọ"),
        ("Ông A. và các hộ dân", Who.GROUP, "A.", ""),
        ("Hợp tác xã Đồng Tâm", Who.ORGANISATION, "", ""),
    ],
)
def test_a_speaker_is_guessed_from_what_was_written(raw, who, name, place):
    speaker = speakers.guess(raw)
    assert (speaker.who, speaker.name, speaker.place) == (who, name, place)


def test_the_numbers_of_people_and_households_are_kept():
    assert speakers.guess("12 hộ dân thôn Quang Trung 1").households == 12
    assert speakers.guess("41 người cao tuổi").people == 41
    assert speakers.guess("Bà Trần Thị L. và 8 hộ").households == 8


def test_a_column_for_the_place_wins_over_the_guess():
    assert speakers.guess("Ông T., thôn A", "thôn B").place == "thôn B"
    assert speakers.guess("", "thôn B").place == "thôn B"
