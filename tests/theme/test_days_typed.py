"""Days as people here write them, in every form, in both languages."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.utils import translation

import doithoai
from doithoai.theme.fields import DayField

DAY = date(2026, 7, 9)
WRITTEN = ("2026-07-09", "09/07/2026", "9/7/2026", "09-07-2026", "9.7.2026")
SAID = "ngày/tháng/năm"


def _classes(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for each in kind.__subclasses__():
        yield each
        yield from _classes(each)


def _ours() -> list[type[forms.BaseForm]]:
    for found in pkgutil.walk_packages(doithoai.__path__, "doithoai."):
        if ".forms" in found.name or found.name.endswith("_forms"):
            importlib.import_module(found.name)
    assert get_resolver().url_patterns  # every door is loaded
    return [each for each in _classes(forms.BaseForm) if each.__module__.startswith("doithoai")]


def _dated() -> list[tuple[str, forms.DateField]]:
    return sorted(
        (
            (f"{each.__module__}.{each.__name__}.{name}", field)
            for each in _ours()
            for name, field in getattr(each, "base_fields", {}).items()
            if isinstance(field, forms.DateField)
        ),
        key=lambda found: found[0],
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "typed", ["2026-07-09", "09/07/2026", "9/7/2026", "09-07-2026", "9.7.2026"]
)
def test_every_day_of_every_form_is_read_day_first(typed: str, language: str) -> None:
    found = _dated()
    assert len(found) > 20
    with translation.override(language):
        assert {name for name, field in found if field.clean(typed) != DAY} == set()


def test_every_day_of_every_form_says_in_a_text_field_how_it_is_written() -> None:
    silent = {
        n for n, field in _dated() if field.widget.attrs.get("placeholder") != "ngày/tháng/năm"
    }
    assert silent == set()


@pytest.mark.parametrize("typed", ["22.11", "11/22/2026", "31/02/2026", "9999-12-31", "01/01/0001"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"ngày/tháng/năm, ví dụ 22/11/2026"):
        DayField().clean(typed)
