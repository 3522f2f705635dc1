"""Bodies found by the names clerks give them."""

import unicodedata

import pytest

from doithoai.dialogues.sheets.naming import Candidate, How, Match, match

COMMUNE = ("xã Cẩm Lạc",)
FORMER = ("xã Cẩm Minh", "huyện Cẩm Xuyên")
PROVINCE = ("tỉnh Hà Tĩnh",)


def commune(id_: str, name: str, *aliases: str) -> Candidate:
    return Candidate(id_, name, aliases, COMMUNE, FORMER)


BODIES = (
    commune("ubnd", "Ủy ban nhân dân xã Cẩm Lạc"),
    commune("hdnd", "Hội đồng nhân dân xã Cẩm Lạc"),
    commune("vp", "Văn phòng HĐND và UBND xã Cẩm Lạc"),
    commune("mttq", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Cẩm Lạc"),
    commune("kt", "Phòng Kinh tế xã Cẩm Lạc"),
    commune("hcc", "Trung tâm Phục vụ hành chính công xã Cẩm Lạc"),
    commune("ca", "Công an xã Cẩm Lạc"),
    commune("tyt", "Trạm Y tế xã Cẩm Lạc"),
    commune("dangủy", "Đảng ủy xã Cẩm Lạc"),
    Candidate("ubnd-tc", "Ủy ban nhân dân xã Thiên Cầm", (), ("xã Thiên Cầm",)),
    Candidate("ca-tc", "Công an xã Thiên Cầm", (), ("xã Thiên Cầm",)),
    Candidate("ubnd-t", "Ủy ban nhân dân tỉnh Hà Tĩnh", (), PROVINCE),
    Candidate("snnmt", "Sở Nông nghiệp và Môi trường", ("Sở Tài nguyên và Môi trường",), PROVINCE),
    Candidate("sgd", "Sở Giáo dục và Đào tạo", (), PROVINCE),
    Candidate("svh", "Sở Văn hóa, Thể thao và Du lịch", (), PROVINCE),
    Candidate("kkt", "Ban Quản lý Khu kinh tế tỉnh Hà Tĩnh", (), PROVINCE),
    Candidate("cdc", "Trung tâm Kiểm soát bệnh tật tỉnh Hà Tĩnh", (), PROVINCE),
    Candidate("bhxh", "Bảo hiểm xã hội tỉnh Hà Tĩnh", (), PROVINCE),
    Candidate("nhcs", "Ngân hàng Chính sách xã hội"),
    Candidate("dl", "Công ty Điện lực Hà Tĩnh"),
    Candidate("tlnam", "Công ty Thủy lợi Nam Hà Tĩnh"),
    Candidate("tlbac", "Công ty Thủy lợi Bắc Hà Tĩnh"),
    Candidate("ht", "Thôn Hưng Trung", (), ("thôn Hưng Trung", "xã Cẩm Lạc")),
    Candidate("hth", "Thôn Hưng Thắng", (), ("thôn Hưng Thắng", "xã Cẩm Lạc")),
    Candidate("qt1", "Thôn Quang Trung 1", (), ("thôn Quang Trung 1", "xã Cẩm Lạc")),
    Candidate("qt2", "Thôn Quang Trung 2", (), ("thôn Quang Trung 2", "xã Cẩm Lạc")),
)


def found(name: str) -> Match:
    return match(name, BODIES, home="xã Cẩm Lạc")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Ủy ban nhân dân xã Cẩm Lạc", "ubnd"),
        ("UBND xã Cẩm Lạc", "ubnd"),
        ("UBND Cẩm Lạc", "ubnd"),
        ("ubnd xa cam lac", "ubnd"),
        ("UBND xã", "ubnd"),
        ("UBND xã Cẩm Minh", "ubnd"),
        ("UBND xã Cẩm Minh (cũ)", "ubnd"),
        ("UBND xã Cẩm Lạc, huyện Cẩm Xuyên, tỉnh Hà Tĩnh", "ubnd"),
        ("HĐND xã", "hdnd"),
        ("Văn phòng HĐND-UBND xã", "vp"),
        ("VP HĐND & UBND", "vp"),
        ("Ủy ban MTTQ xã Cẩm Lạc", "mttq"),
        ("UB MTTQ xã", "mttq"),
        ("UBMTTQ", "mttq"),
        ("Mặt trận Tổ quốc xã", "mttq"),
        ("UBMTTQVN xã Cẩm Lạc", "mttq"),
        ("Phòng Kinh tế", "kt"),
        ("P. Kinh tế", "kt"),
        ("Phòng Kinh tế xã", "kt"),
        ("TT PVHCC", "hcc"),
        ("TTPVHCC xã", "hcc"),
        ("Trung tâm hành chính công xã", "hcc"),
        ("CA xã", "ca"),
        ("Công an", "ca"),
        ("TYT xã", "tyt"),
        ("UBND xã Thiên Cầm", "ubnd-tc"),
        ("UBND tỉnh", "ubnd-t"),
        ("Sở NN&MT", "snnmt"),
        ("Sở NNMT", "snnmt"),
        ("Sở Nông nghiệp và Môi trường tỉnh Hà Tĩnh", "snnmt"),
        ("Sở Tài nguyên và Môi trường", "snnmt"),
        ("Sở GD&ĐT", "sgd"),
        ("Sở VHTT&DL", "svh"),
        ("Sở Văn hoá, Thể thao và Du lịch", "svh"),
        ("BQL Khu kinh tế tỉnh", "kkt"),
        ("Trung tâm Kiểm soát bệnh tật tỉnh", "cdc"),
        ("CDC tỉnh", "cdc"),
        ("BHXH tỉnh", "bhxh"),
        ("Bảo hiểm xã hội", "bhxh"),
        ("NHCSXH", "nhcs"),
        ("Cty Điện lực Hà Tĩnh", "dl"),
        ("Côngg ty Điện lực Hà Tĩnh", "dl"),
        ("Công ty Thủy lợi Nam Hà Tĩnh", "tlnam"),
        ("Thôn Hưng Trung", "ht"),
        ("thon hung thang", "hth"),
        ("Thôn Quang Trung 2", "qt2"),
        ("Trung tam Phuc vu hanh chinh cogn xa Cam Lac", "hcc"),
    ],
)
def test_a_body_is_found_by_the_name_a_clerk_gives_it(name, body):
    assert found(name).id == body
    assert found(unicodedata.normalize("NFD", name)).id == body


@pytest.mark.parametrize(
    "name",
    [
        "UBND xã Cẩm Hà",
        "Công an xã Cẩm Lộc",
        "Thôn Hưng Tiến",
        "Thôn Quang Trung 3",
        "Công ty Thủy lợi Tây Hà Tĩnh",
        "Sở Nội vụ",
        "Viettel Hà Tĩnh",
        "Bộ Nội vụ",
        "",
        "???",
    ],
)
def test_another_body_is_never_taken_for_one_that_sounds_alike(name):
    assert found(name).id is None


def test_a_name_that_fits_several_is_left_for_a_person_with_the_choices():
    assert match("UBND xã", BODIES) == Match(None, 96.0, How.AMBIGUOUS, ("ubnd", "ubnd-tc"))
    assert match("Công an xã", BODIES).alternatives == ("ca", "ca-tc")


def test_the_nearest_names_are_offered_where_none_fits():
    missed = found("Công ty Điện lực")
    assert missed.id is None
    assert "dl" in missed.alternatives


def test_how_a_name_was_found_is_told():
    assert found("Ủy ban nhân dân xã Cẩm Lạc").how == How.EXACT
    assert found("UBND xã Cẩm Minh").how == How.FORMER
    assert found("UBND xã").how == How.PLACE
    assert found("Côngg ty Điện lực Hà Tĩnh").how == How.FUZZY
    assert found("Sở Tài nguyên và Môi trường").how == How.ALIAS


def test_accents_decide_between_names_that_are_alike_without_them():
    hoa = Candidate("hòa", "Thôn Hòa Lạc")
    hoa2 = Candidate("hóa", "Thôn Hóa Lạc")
    assert match("Thôn Hoà Lạc", (hoa, hoa2)).id == "hòa"
    assert match("thon hoa lac", (hoa, hoa2)).how == How.AMBIGUOUS


def test_nobody_is_found_among_no_candidates():
    assert match("UBND xã", ()) == Match(None, 0.0, How.NONE)
