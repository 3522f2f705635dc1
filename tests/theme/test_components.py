"""Every tag, rendered: what it says, what it escapes, what it ties together."""

from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from doithoai.core.decisions import YES, no
from doithoai.theme import components
from doithoai.theme.components import Bar, Happening, Tab
from tests.theme.guide import NOW, TODAY, Recommendation

NASTY = "<script>alert('x')</script>"


def show(source: str, **context: object) -> str:
    """One piece of a template in Vietnamese, spaces folded."""
    with translation.override("vi"):
        text = Template("{% load doithoai %}" + source).render(Context(context))
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ nothing|day }} {{ nothing|moment }}", "— —"),
        ("{{ nothing|number }} {{ nothing|percent }}", "— —"),
        ("{{ nothing|weekday }}", ""),
        ("{{ today|day }} {{ today|weekday }}", "03/08/2026 thứ Hai"),
        ("{{ now|moment }}", "03/08/2026 09:42"),
        ("{{ 1234.56|number:1 }} {{ 2|percent:3 }} {{ 0.5|percent }}", "1.234,6 66,7% 50%"),
    ],
)
def test_filters_write_values_and_a_dash_for_nothing(source: str, text: str) -> None:
    assert show(source, nothing=None, today=TODAY, now=NOW) == text


@pytest.mark.parametrize(
    ("due_on", "kind", "words"),
    [
        (date(2026, 8, 1), "is-late", "quá 2 ngày"),
        (TODAY, "is-today", "hôm nay"),
        (date(2026, 8, 6), "is-soon", "còn 3 ngày"),
        (date(2026, 8, 20), "is-later", "còn 17 ngày"),
    ],
)
def test_a_due_date_has_words_and_its_day_beside_the_colour(
    due_on: date, kind: str, words: str
) -> None:
    page = show("{% due due_on today %}", due_on=due_on, today=TODAY)
    assert f'class="due {kind}"' in page
    assert f"{words}</span>" in page
    assert f"{due_on:%d/%m/%Y}" in page


def test_no_due_date_and_a_paused_one_are_said() -> None:
    assert "không có thời hạn" in show("{% due none today %}", none=None, today=TODAY)
    assert "tạm dừng" in show("{% due today today paused=True %}", today=TODAY)


def test_a_deadline_says_what_by_when_and_why() -> None:
    page = show(
        '{% deadline "Trả lời kiến nghị" due_on today because=why url="/why" working=3 %}',
        due_on=date(2026, 8, 6),
        today=TODAY,
        why=NASTY,
    )
    assert "Trả lời kiến nghị: chậm nhất thứ Năm, ngày 06/08/2026" in page
    assert "còn 3 ngày làm việc" in page
    assert '<a href="/why">Vì sao có thời hạn này?</a>' in page
    assert NASTY not in page


def test_an_act_is_a_link_with_its_key() -> None:
    page = show('{% act "Trả lời" url yes key="a" primary=True %}', yes=YES, url="/a?b=1&c=2")
    assert 'href="/a?b=1&amp;c=2"' in page
    assert 'data-key="a"' in page
    assert "btn-primary" in page


def test_a_refused_act_says_why_and_leads_nowhere() -> None:
    page = show('{% act "Kết thúc" "/close" refusal %}', refusal=no("Chưa có trả lời."))
    assert 'aria-disabled="true"' in page
    assert "Chưa có trả lời." in page
    assert "/close" not in page


def test_an_act_may_send_a_form_with_its_token() -> None:
    page = show('{% act "Rút" "/withdraw" post=True %}', csrf_token="t" * 32)
    assert '<form method="post" action="/withdraw">' in page
    assert "csrfmiddlewaretoken" in page


def test_bars_are_a_table_whose_figures_open_their_rows() -> None:
    rows = [Bar("Thủy lợi", 12, url="/rows"), Bar(NASTY, 6), Bar("Y tế", 0)]
    page = show('{% bars rows "Theo lĩnh vực" unit="kiến nghị" %}', rows=rows)
    assert "<caption>Theo lĩnh vực" in page
    assert '<a href="/rows">12</a>' in page
    assert page.count('<th scope="row">') == 3
    assert [f'width="{width}%"' in page for width in ("100.0", "50.0", "0")] == [True] * 3
    assert NASTY not in page


def test_bars_of_nothing_and_slivers_can_be_drawn() -> None:
    assert components.draw([]) == ()
    assert [row.width for row in components.draw([Bar("a", 0)])] == ["0"]
    assert [row.width for row in components.draw([Bar("a", 1000), Bar("b", 1)])] == ["100.0", "1.0"]


def test_an_empty_state_teaches_the_next_step() -> None:
    page = show('{% empty "Chưa có đối thoại nào." "Vì sao" "/plan" "Lên lịch cuộc đầu tiên" %}')
    assert '<a class="btn btn-primary" href="/plan">Lên lịch cuộc đầu tiên</a>' in page
    assert "<a" not in show('{% empty "Chưa có gì." %}')


def test_tabs_say_which_is_open_and_how_many() -> None:
    items = [Tab("/late", "Quá hạn", current=True, count=1234, late=True), Tab("/all", "Tất cả")]
    page = show('{% tabs items "Hạn" %}', items=items)
    assert '<a href="/late" aria-current="page" class="is-late">Quá hạn · 1.234</a>' in page
    assert '<a href="/all">Tất cả</a>' in page


def test_no_late_thing_colours_no_tab() -> None:
    assert "is-late" not in show('{% tabs t "Hạn" %}', t=[Tab("/", "Quá hạn", count=0, late=True)])


def test_a_pager_keeps_the_filters_of_the_list() -> None:
    page = Paginator(list(range(30)), 10).page(2)
    text = show("{% pager page %}", page=page, request=RequestFactory().get("/?tab=late&page=2"))
    assert 'rel="prev" href="?tab=late&amp;page=1"' in text
    assert 'rel="next" href="?tab=late&amp;page=3"' in text
    assert "Trang 2 / 3" in text


def test_a_pager_of_one_page_is_nothing_and_keys_may_page_too() -> None:
    assert show("{% pager page %}", page=Paginator([1], 10).page(1)) == ""
    assert show("{% pager %}") == ""
    text = show('{% pager older="?before=7" %}')
    assert 'href="?before=7"' in text
    assert 'rel="prev"' not in text


def test_a_timeline_shows_own_words_as_a_quotation() -> None:
    lines = [
        Happening(NOW, "Chủ tịch hứa:", words=NASTY, actor="Hoa", detail="Phòng Kinh tế"),
        Happening(NOW, "Thông báo", url="/41", minor=True),
    ]
    page = show("{% timeline lines %}", lines=lines)
    assert "<q>&lt;script&gt;" in page
    assert "Hoa · Phòng Kinh tế" in page
    assert '<li class="is-minor">' in page
    assert ">03/08/2026 09:42</time>" in page
    assert '<a href="/41">Thông báo</a>' in page


def test_a_code_and_a_quotation_are_escaped() -> None:
    assert '<span class="code-value">2611 4470 8163</span>' in show(
        '{% code "2611 4470 8163" "Mã" %}'
    )
    page = show("{% quote words who %}", words=NASTY, who="Thôn <Lạc Thọ>")
    assert NASTY not in page
    assert "Thôn &lt;Lạc Thọ&gt;" in page


def test_an_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in show('{% icon "search" %}')
    assert "&quot;" in show("{% icon name %}", name='"><script>')


def test_again_takes_one_name() -> None:
    with pytest.raises(TemplateSyntaxError):
        show("{% again %}")
    assert show('{% again "title" %}') == ""


def bound(**data: str) -> Recommendation:
    """The guide's form as it comes back with mistakes."""
    with translation.override("vi"):
        form = Recommendation(data)
        form.is_valid()
    return form


def test_a_field_ties_its_help_and_its_error_to_its_control() -> None:
    page = show("{% field form.text %}", form=bound())
    assert '<label class="form-label" for="id_text">' in page
    assert 'id="id_text-help"' in page
    assert 'id="id_text-error"' in page
    assert page.count('aria-describedby="id_text-help id_text-error"') == 1
    assert 'aria-invalid="true"' in page
    assert "Trường này là bắt buộc." in page


def test_a_good_field_has_no_error_and_keeps_what_was_typed() -> None:
    page = show("{% field form.name %}", form=bound(name=NASTY))
    assert "aria-invalid" not in page
    assert "aria-describedby" not in page
    assert "&lt;script&gt;" in page
    assert "(có thể để trống)" in page


def test_radio_buttons_are_a_group_with_one_legend() -> None:
    page = show("{% field form.word %}", form=bound())
    assert '<fieldset class="field has-error" id="id_word"' in page
    assert 'aria-describedby="id_word-help id_word-error"' in page
    assert '<label class="choice" for="id_word_0">' in page
    assert 'id="id_word_0"' in page
    assert page.count('type="radio"') == 2


def test_checkboxes_selects_dates_and_files_have_their_labels() -> None:
    form = bound()
    assert '<label class="choice" for="id_public">' in show("{% field form.public %}", form=form)
    assert 'class="form-select"' in show("{% field form.village %}", form=form)
    assert 'type="date"' in show("{% field form.happened_on %}", form=form)
    assert 'data-max-bytes="20000000"' in show("{% field form.photo %}", form=form)
    assert page_of_hidden(form) == '<input type="hidden" name="version" id="id_version">'


def page_of_hidden(form: forms.Form) -> str:
    """A hidden field has neither label nor class."""
    return show("{% field form.version %}", form=form)


def test_the_summary_of_errors_leads_to_each_field() -> None:
    form = bound(version="3")
    form.add_error(None, "Cả biểu mẫu chưa đúng.")
    page = show("{% errors form %}", form=form)
    assert 'role="alert"' in page
    assert "Còn 5 chỗ cần sửa trước khi gửi." in page
    assert '<a href="#id_text">Nội dung kiến nghị</a>' in page
    assert '<a href="#id_word">' in page
    assert "Cả biểu mẫu chưa đúng." in page


def test_a_whole_form_has_every_field_and_a_clean_one_no_summary() -> None:
    page = show("{% fields form %}", form=Recommendation())
    assert 'role="alert"' not in page
    assert all(f'name="{name}"' in page for name in Recommendation.base_fields)
