"""Whoever reads a page is addressed in one way: Ông/Bà, officials and citizens alike."""

import re
from pathlib import Path

import polib
import pytest

import doithoai

CATALOGUES = sorted(Path(doithoai.__path__[0]).glob("*/locale/vi/LC_MESSAGES/django.po"))
OTHERWISE = re.compile(r"\b[Bb]ạn\b|\b[Đđ]ồng chí\b|\bông/bà\b|\b[Ôô]ng \(bà\)")


def test_there_are_catalogues() -> None:
    assert len(CATALOGUES) > 10


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_every_page_and_refusal_says_ong_ba(path: Path) -> None:
    said = (text for e in polib.pofile(str(path)) for text in (e.msgstr, *e.msgstr_plural.values()))
    assert [text for text in said if OTHERWISE.search(text)] == []
