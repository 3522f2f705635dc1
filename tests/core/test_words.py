"""The words of a country, beside its pack."""

from pathlib import Path

import pytest

from doithoai.core import words
from doithoai.core.toml_tables import BadFile


def _pack(folder: Path, text: str) -> Path:
    (folder / "xx_words.toml").write_text(text, encoding="utf-8")
    return folder / "xx.toml"


def _hidden(found: words.Words, text: str) -> str:
    for mask in found.masks:
        text = mask.sub(lambda m: m["keep"] + "*", text)
    return text


def test_a_country_without_words_hides_mail_and_numbers(tmp_path: Path) -> None:
    found = words.load(tmp_path / "xx.toml")
    text = "Write to ann@post.example or +44 20 7946 0000, account 123456789; 250 houses."
    assert _hidden(found, text) == "Write to * or *, account *; 250 houses."
    assert found.suspicions == ()


def test_a_part_is_put_into_what_comes_after_it(tmp_path: Path) -> None:
    pack = _pack(
        tmp_path,
        "[part]\ntitle = 'Mr|Ms'\nwhole = '(?:{title})\\.? '\n"
        "[[mask]]\nof = 'a name'\nbefore = '{whole}'\nhide = '[A-Z]\\w+'\n",
    )
    assert _hidden(words.load(pack), "Ms. Abel and Mr Bell wait") == "Ms. * and Mr * wait"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[mask]]\nof = 'a name'\nhide = '('\n", "hide: is no pattern"),
        ("[[mask]]\nof = 'a name'\n", "hide: is missing"),
        ("[[suspicion]]\nof = 'urgent'\nwords = 'fire'\nsure = true\n", "sure: is not known here"),
        ("[part", "xx_words.toml"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"xx_words\.toml") as refused:
        words.load(_pack(tmp_path, text))
    assert said in str(refused.value)
