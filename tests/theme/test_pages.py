"""The layouts: what every page has, in both languages, and what it may never have."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.utils import translation

from doithoai import theme
from tests.theme import guide

LAYOUTS = ["theme/desk.html", "theme/portal.html"]
ERRORS = ["400", "403", "403_csrf", "404", "409", "413", "429", "500"]
VOID = {"meta", "link", "input", "br", "hr", "img", "rect", "path", "circle"}


class Page(HTMLParser):
    """A page read back: its tags, ids and references; fails on a tag closed out of order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, (tag, self.getpos())

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an official paper."""

    issuer: str
    superior: str = ""
    number: str = ""
    national_title: str = ""
    motto: str = ""
    place_and_date: str = ""


def read(layout: str, language: str = "vi") -> tuple[str, Page]:
    """The guide in a layout and a language."""
    with translation.override(language):
        text = guide.render(layout)
    return text, Page(text)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_says_its_language_and_its_title_once(layout: str, language: str) -> None:
    text, page = read(layout, language)
    title = {"vi": "Tất cả thành phần giao diện", "en": "Every component"}[language]
    assert page.all("html") == [{"lang": language}]
    assert f"<title>{title} · Đối Thoại</title>" in text
    assert text.count(f"<h1>{title}</h1>") == 1
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_inline_may_run_or_style(layout: str) -> None:
    text, page = read(layout)
    assert all(script.get("src") for script in page.all("script"))
    assert "<style" not in text
    for _, attributes in page.tags:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_reference_of_a_page_leads_somewhere(layout: str) -> None:
    _, page = read(layout)
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-describedby", "aria-labelledby"):
        wanted = {word for _, attributes in page.tags for word in attributes.get(name, "").split()}
        assert wanted <= set(ids), name
    assert {use["href"].removeprefix("#") for use in page.all("use")} <= set(ids)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_can_be_skipped_to_its_content(layout: str) -> None:
    _, page = read(layout)
    assert page.all("a")[0]["href"] == "#content"
    assert [main["id"] for main in page.all("main")] == ["content"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_language_is_changed_by_a_form(layout: str) -> None:
    text, page = read(layout)
    assert "/i18n/setlang/" in [form.get("action") for form in page.all("form")]
    assert '<input type="hidden" name="next" value="/huong-dan/?tab=late">' in text
    chosen = [b for b in page.all("button") if b.get("aria-pressed") == "true"]
    assert [button["value"] for button in chosen] == ["vi"]


def test_the_desk_says_who_acts_and_where_one_is() -> None:
    text, page = read("theme/desk.html")
    assert "<strong>Chuyên viên, Phòng Kinh tế xã Cẩm Lạc</strong>" in text
    assert {"class": "nav-link", "href": "/viec/", "aria-current": "page"} in page.all("a")
    assert [form["action"] for form in page.all("form") if form.get("role") == "search"] == [
        "/tim/"
    ]


def test_the_portal_names_its_ways_and_skips_those_that_are_not_there() -> None:
    text, page = read("theme/portal.html")
    links = [link["href"] for link in page.all("a")]
    assert [guide.LINKS[name] in links for name in ("submit", "follow", "deadlines", "sign_in")]
    bare = render_to_string("theme/portal.html", {})
    assert "/gui/" in text
    assert "/gui/" not in bare
    assert "<form" not in bare


def test_messages_are_shown_and_announced() -> None:
    messages = [Message("Đã lưu.", "success"), Message("Chưa gửi được <thư>.", "error")]
    text = render_to_string("theme/portal.html", {"messages": messages})
    assert '<div class="messages" role="status">' in text
    assert '<p class="callout is-late">' in text
    assert "Chưa gửi được &lt;thư&gt;." in text


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the framework hands it to a page."""

    text: str
    level_tag: str

    def __str__(self) -> str:
        return self.text


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_error_page_needs_nothing_and_says_what_to_do(name: str, language: str) -> None:
    with translation.override(language):
        text = render_to_string(f"{name}.html", {})
    page = Page(text)
    assert name[:3] in text
    assert len(page.all("h1")) == 1
    assert text.count("<li>") >= 2


def test_an_error_page_gives_the_refusal_in_its_own_words() -> None:
    text = render_to_string("403.html", {"message": "Chỉ <cơ quan> chủ trì được trả lời."})
    assert "Chỉ &lt;cơ quan&gt; chủ trì được trả lời." in text


def test_a_stale_form_shows_both_versions() -> None:
    text = render_to_string(
        "409.html", {"yours": "1,2 km <b>", "theirs": "2 km", "current_url": "/kien-nghi/1/"}
    )
    assert 'id="yours">1,2 km &lt;b&gt;</div>' in text
    assert 'id="theirs">2 km</div>' in text
    assert 'href="/kien-nghi/1/"' in text


def test_limits_are_named_on_the_error_page() -> None:
    with translation.override("vi"):
        assert "tối đa 20 MB" in render_to_string("413.html", {"limit_mb": 20})
        assert "sau 60 phút" in render_to_string("429.html", {"retry_minutes": 60})


PAPER = '{% extends "theme/print.html" %}{% block title %}Thông báo kết luận{% endblock %}'


def paper(letterhead: Letterhead | None) -> str:
    """A printed page with that letterhead."""
    with translation.override("vi"):
        return Template(PAPER).render(Context({"letterhead": letterhead, "back_url": "/lui/"}))


def test_a_paper_of_the_state_carries_the_national_title() -> None:
    text = paper(
        Letterhead(
            superior="UBND tỉnh Hà Tĩnh",
            issuer="UBND xã Cẩm Lạc",
            number="Số: 125/TB-UBND",
            national_title="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            motto="Độc lập - Tự do - Hạnh phúc",
            place_and_date="Cẩm Lạc, ngày 12 tháng 8 năm 2026",
        )
    )
    assert '<p class="national-title">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>' in text
    assert '<p class="motto">Độc lập - Tự do - Hạnh phúc</p>' in text
    assert text.count("<h1>Thông báo kết luận</h1>") == 1
    Page(text)


def test_a_paper_of_another_house_has_only_what_it_was_given() -> None:
    party = paper(Letterhead("Đảng ủy xã Cẩm Lạc", national_title="ĐẢNG CỘNG SẢN VIỆT NAM"))
    assert "motto" not in party
    assert "letterhead" not in paper(None)


def test_every_template_of_the_theme_can_be_read() -> None:
    root = Path(theme.__file__).parent / "templates"
    names = [str(path.relative_to(root)) for path in root.rglob("*.html")]
    assert len(names) > 20
    for name in names:
        get_template(name)
        assert not re.search(r"\sstyle=", (root / name).read_text()), name


def test_every_sentence_of_the_theme_is_translated() -> None:
    path = Path(theme.__file__).parent / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries() + catalogue.obsolete_entries()] == []
