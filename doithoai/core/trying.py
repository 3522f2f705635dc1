"""A command's refusal of what was typed goes back onto the form, so that nothing typed is lost."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.forms import BaseForm

from doithoai.core.errors import Invalid

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

T = TypeVar("T")


class AskedLater(forms.BooleanField):
    """A box nobody sees until a refusal asks for it; once it was ticked it stays in sight."""

    widget: forms.Widget | type[forms.Widget] = forms.HiddenInput

    def __init__(self, *, label: "str | _StrPromise") -> None:
        super().__init__(label=label, required=False)

    def ask(self) -> None:
        """Show it."""
        self.widget = forms.CheckboxInput()

    def clean(self, value: object) -> bool:
        """See BooleanField."""
        ticked = bool(super().clean(value))
        if ticked:
            self.ask()
        return ticked


def attempt(form: BaseForm, call: Callable[[], T]) -> T | None:
    """Run a command; what it finds Invalid becomes an error of the whole form, or of the field the
    refusal names, and None comes back.

    Every other refusal (not found, denied, moved on) is a page of its own and goes through.
    """
    try:
        return call()
    except Invalid as refusal:
        field = refusal.context.get("field")
        asked = form.fields.get(field or "")
        if isinstance(asked, AskedLater):
            asked.ask()
        form.add_error(field if field in form.fields else None, refusal.message)
        return None
