"""The tokens and the weight of the look (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

from doithoai import theme

STATIC = Path(theme.__file__).parent / "static" / "theme"
STYLES = (STATIC / "app.css").read_text()
TOKENS = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", STYLES))


def luminance(colour: str) -> float:
    """Relative luminance of sRGB, WCAG 2.2 definition."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    dark, light = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("text", ["ink", "muted", "green", "green-dark", "late", "today"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_every_text_can_be_read_on_paper_and_cards(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("card", "green"),
        ("card", "green-dark"),
        ("late", "late-soft"),
        ("ink", "late-soft"),
        ("muted", "late-soft"),
        ("green", "late-soft"),
        ("today", "today-soft"),
        ("ink", "today-soft"),
        ("muted", "today-soft"),
        ("green-dark", "green-soft"),
        ("ink", "green-soft"),
    ],
)
def test_every_text_can_be_read_on_its_tint(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "card"])
def test_the_border_of_a_control_can_be_seen(ground: str) -> None:
    assert contrast("control", ground) >= 3


def test_the_look_stays_light() -> None:
    assert (STATIC / "app.css").stat().st_size <= 25_000
    assert sum((STATIC / name).stat().st_size for name in ("forms.js", "keyboard.js")) <= 12_000


def test_scripts_and_styles_ask_no_other_host() -> None:
    for path in STATIC.iterdir():
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text, path.name
        assert not re.search(r"\beval\(|new Function|innerHTML", text), path.name
