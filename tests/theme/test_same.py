"""Parts of a page that are composed once: by language and by the values they name."""

from django.template import Context, Template
from django.utils import translation


def test_a_part_is_composed_once_for_each_language_and_value() -> None:
    page = Template("{% load i18n %}{% same here %}{{ here }} {{ other }}{% endsame %}")
    first = [page.render(Context({"here": h, "other": 1})) for h in ("a", "b")]
    again = [page.render(Context({"here": h, "other": 2})) for h in ("a", "b")]
    assert first == again == ["a 1", "b 1"]


def test_a_part_kept_in_one_language_is_not_shown_in_another() -> None:
    page = Template(
        "{% load i18n %}{% same %}{% get_current_language as now %}{{ now }}{% endsame %}"
    )
    with translation.override("vi"):
        assert page.render(Context()) == "vi"
    with translation.override("en"):
        assert page.render(Context()) == "en"


def test_what_is_kept_is_escaped_once() -> None:
    page = Template("{% same here %}<b>{{ here }}</b>{% endsame %}")
    shown = [page.render(Context({"here": "<i>"})) for _ in range(2)]
    assert shown == ["<b>&lt;i&gt;</b>"] * 2
