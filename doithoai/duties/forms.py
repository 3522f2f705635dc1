"""What is typed about a duty: that it was done, why it is excused, what makes it public."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from doithoai.theme.fields import DayField


class Noted(forms.Form):
    """It was done: when, by whom, by which document."""

    held_on = DayField(label=gettext_lazy("Day it was done"))
    in_person = forms.BooleanField(
        required=False, initial=True, label=gettext_lazy("The head did it in person")
    )
    document = forms.CharField(
        max_length=200,
        label=gettext_lazy("Document that shows it"),
        help_text=gettext_lazy("Kind, number and date: Biên bản số 12/BB-UBND ngày 20/10/2026."),
    )


class Excusing(forms.Form):
    """Why a post is excused, and by which document."""

    reason = forms.CharField(
        max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("Reason")
    )
    document = forms.CharField(
        max_length=200,
        label=gettext_lazy("Document that excuses the post"),
        help_text=gettext_lazy("Kind, number and date: Công văn số 45/UBND-NC ngày 20/10/2026."),
    )


class Disclosing(forms.Form):
    """The decision that makes a body's fulfilment public."""

    number = forms.CharField(
        max_length=60,
        label=gettext_lazy("Number of the decision"),
        help_text=gettext_lazy("As the document clerk gave it: 45/QĐ-UBND."),
    )
    decided_on = DayField(label=gettext_lazy("Date of the decision"))
    upload = forms.FileField(
        label=gettext_lazy("The signed file"),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.docx,.jpg,.png", "data-max-bytes": settings.UPLOAD_LIMIT}
        ),
    )
