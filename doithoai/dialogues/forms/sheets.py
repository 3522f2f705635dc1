"""A clerk's list: the file, and which of its columns holds what."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doithoai.dialogues.forms.fields import Data
from doithoai.dialogues.previewing import COLUMNS, SheetColumn
from doithoai.dialogues.sheets.header import Column


class Upload(forms.Form):
    """A clerk's list."""

    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "An Excel, OpenDocument, CSV or Word (DOCX) file, as you keep it. "
            "Nothing is imported yet."
        ),
        widget=forms.ClearableFileInput(
            attrs={
                "accept": ".xlsx,.xls,.ods,.csv,.docx,.txt",
                "data-max-bytes": settings.UPLOAD_LIMIT,
            }
        ),
        allow_empty_file=True,
    )


class Columns(forms.Form):
    """Which column of the file holds what."""

    def __init__(self, data: Data | None = None, *, columns: tuple[SheetColumn, ...]) -> None:
        super().__init__(data)
        offered = [("", _("not used")), *((c.value, label) for c, label in COLUMNS.items())]
        for column in columns:
            self.fields[f"column_{column.place}"] = forms.ChoiceField(
                choices=offered,
                required=False,
                initial=column.taken_for,
                label=column.heading or _("(no heading)"),
            )
        self.columns = columns

    def clean(self) -> dict[str, object]:
        """One column holds one thing, and the text has a column."""
        taken = [meaning for meaning in self.cleaned_data.values() if meaning]
        twice = next((meaning for meaning in taken if taken.count(meaning) > 1), None)
        if twice:
            sentence = _("Two columns are said to hold “%(what)s”. Choose one of them.")
            raise ValidationError(sentence % {"what": COLUMNS[Column(twice)]})
        if Column.TEXT not in taken:
            raise ValidationError(_("Say which column holds the content of the recommendations."))
        return self.cleaned_data

    def chosen(self) -> dict[str, int]:
        """Every kind of column → its place, -1 for none. Only after ``is_valid``."""
        places = {
            meaning: int(name.removeprefix("column_"))
            for name, meaning in self.cleaned_data.items()
        }
        return {column.value: places.get(column.value, -1) for column in Column}
