"""A command's refusal of what was typed goes back onto the form, so that nothing typed is lost."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm

from doithoai.core.errors import Invalid

T = TypeVar("T")


def attempt(form: BaseForm, call: Callable[[], T]) -> T | None:
    """Run a command; what it finds Invalid becomes an error of the whole form, or of the field the
    refusal names, and None comes back.

    Every other refusal (not found, denied, moved on) is a page of its own and goes through.
    """
    try:
        return call()
    except Invalid as refusal:
        field = refusal.context.get("field")
        form.add_error(field if field in form.fields else None, refusal.message)
        return None
