"""What becomes of rows that a later list no longer has: one decision for each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _

from doithoai.cases.commands.ending import SignedPaper
from doithoai.cases.queries import choosing
from doithoai.dialogues.commands.missing import KEEP, Decided
from doithoai.dialogues.forms.fields import Data, area, offer
from doithoai.dialogues.models import Fate
from doithoai.dialogues.previewing import LineNote
from doithoai.theme.fields import DayField

OUTSIDE = {"form": "import"}  # the fields stand beside the rows, the button in the form above


@dataclass(frozen=True)
class RowFields:
    """A row the list no longer has, with the fields of the decision on it."""

    note: LineNote
    fate: BoundField
    more: tuple[BoundField, ...]
    opened: bool


class MissingRows(forms.Form):
    """Kept as it is, put on file on a legal ground, or withdrawn on the person's signed paper."""

    def __init__(
        self, data: Data | None = None, files: Data | None = None, *, rows: Sequence[LineNote]
    ) -> None:
        super().__init__(data, files)  # type: ignore[arg-type]  # what a request carries
        self.rows = tuple(rows)
        grounds = [(f"{Fate.ARCHIVED}:{code}", words) for code, words in choosing.archive_grounds()]
        fates = [
            (str(Fate.KEPT), _("Keep it as it is")),
            (str(Fate.WITHDRAWN), _("Withdrawn by the person, on their signed paper")),
            (_("Put on file, on the ground"), grounds),
        ]
        for row in self.rows:
            self._ask(row.code, fates)

    def _ask(self, code: str, fates: Sequence[tuple[str, object]]) -> None:
        words = {"code": code}
        self.fields[f"fate_{code}"] = forms.ChoiceField(
            required=False, label=_("What becomes of %(code)s") % words
        )
        offer(self, f"fate_{code}", list(fates))  # type: ignore[arg-type]  # one is a group
        self.fields[f"why_{code}"] = forms.CharField(
            required=False, max_length=2000, widget=area(2), label=_("Reason, for %(code)s") % words
        )
        self.fields[f"signed_on_{code}"] = DayField(
            required=False, label=_("Date of the signed paper, for %(code)s") % words
        )
        self.fields[f"paper_{code}"] = forms.FileField(
            required=False, label=_("The signed paper, for %(code)s") % words
        )
        for name in self._names(code):
            self.fields[name].widget.attrs |= OUTSIDE

    @staticmethod
    def _names(code: str) -> tuple[str, ...]:
        return (f"fate_{code}", f"why_{code}", f"signed_on_{code}", f"paper_{code}")

    def by_row(self) -> tuple[RowFields, ...]:
        """Each row with its fields, open where something is wrong with them."""
        return tuple(self._fields(row) for row in self.rows)

    def _fields(self, row: LineNote) -> RowFields:
        fate, *more = (self[name] for name in self._names(row.code))
        wrong = any(bound.errors for bound in (fate, *more))
        return RowFields(row, fate, tuple(more), opened=wrong)

    def clean(self) -> dict[str, object]:
        """A decision that ends something has its reason, a withdrawal its paper."""
        for row in self.rows:
            self._check(row.code)
        return self.cleaned_data

    def _check(self, code: str) -> None:
        fate = self.cleaned_data.get(f"fate_{code}") or Fate.KEPT
        if fate == Fate.KEPT:
            return
        if not self.cleaned_data.get(f"why_{code}", "").strip():
            self.add_error(
                f"why_{code}", ValidationError(_("Give the reason; the person will read it."))
            )
        lacking = not (
            self.cleaned_data.get(f"signed_on_{code}") and self.cleaned_data.get(f"paper_{code}")
        )
        if fate == Fate.WITHDRAWN and lacking:
            told = _("A withdrawal needs the person's signed paper and its date.")
            self.add_error(f"paper_{code}", ValidationError(told))

    def decided(self) -> Mapping[str, Decided]:
        """What was decided of each row, by the code of its case. Only after ``is_valid``."""
        return {row.code: self._decision(row.code) for row in self.rows}

    def _decision(self, code: str) -> Decided:
        said = self.cleaned_data
        fate, _colon, ground = (said[f"fate_{code}"] or Fate.KEPT).partition(":")
        if fate == Fate.KEPT:
            return KEEP
        why = said[f"why_{code}"].strip()
        if fate == Fate.ARCHIVED:
            return Decided(fate, ground, why)
        paper = SignedPaper(said[f"signed_on_{code}"], said[f"paper_{code}"])
        return Decided(fate, why=why, paper=paper)
