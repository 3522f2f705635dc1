"""Vietnamese order, and matching blind to diacritics, in every form the keyboard may send."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.core.collation import folded, nfc, vi_key

IN_ORDER = [
    ["An", "Ăn", "Ân", "Bắc", "Chi", "Dung", "Đặng", "Em", "Êm", "Giang"],
    ["Oanh", "Ốc", "Ơn", "Uy", "Ưng", "Yến"],
    ["ma", "mà", "mả", "mã", "má", "mạ"],
    ["Thôn 1", "Thôn 2", "Thôn 10", "Thôn 11"],
    ["Thôn Quang Trung 1", "Thôn Quang Trung 2", "Thôn Trường Sơn", "Thôn Yên Lạc"],
    ["hoa", "hòa", "hoa hồng"],
    ["Lễ hội", "Lê Thị An", "Lê Thị Ân", "Lê Văn An"],
]  # fmt: skip


@pytest.mark.parametrize("words", IN_ORDER, ids=lambda words: str(words[0]))
def test_words_stand_as_in_a_vietnamese_dictionary(words: list[str]) -> None:
    jumbled = [*words[1::2], *words[0::2]]
    assert sorted(jumbled, key=vi_key) == words


@pytest.mark.parametrize("words", IN_ORDER, ids=lambda words: str(words[0]))
def test_composed_and_decomposed_letters_sort_and_match_alike(words: list[str]) -> None:
    for word in words:
        apart = unicodedata.normalize("NFD", word)
        assert vi_key(apart) == vi_key(word)
        assert folded(apart) == folded(word)
        assert nfc(apart) == word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hoà", "hòa"),
        ("ĐỒNG LỀU", "đồng lều"),
        ("dong leu", "Đồng  Lều"),
        ("thuỷ", "thủy"),
        ("  Cẩm   Lạc ", "cam lac"),
    ],
)
def test_however_it_was_typed_it_is_found(typed: str, meant: str) -> None:
    assert folded(typed) == folded(meant)


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=30))
def test_any_text_has_a_key_and_a_fold_and_folding_twice_changes_nothing(text: str) -> None:
    assert vi_key(text) == vi_key(nfc(text))
    assert folded(folded(text)) == folded(text)


def test_capitals_do_not_matter() -> None:
    assert vi_key("ĐẶNG") == vi_key("đặng")
