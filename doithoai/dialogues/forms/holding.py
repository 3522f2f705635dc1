"""A dialogue when and after it is held: attendance, minutes, conclusion, slips."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doithoai.core.trying import AskedLater
from doithoai.dialogues.commands.concluding import Held
from doithoai.dialogues.forms.fields import LONG, Data, area, day, offer
from doithoai.dialogues.models import Chair

NO_SECRET = gettext_lazy("I have looked at it: it is no state secret")


class Holding(forms.Form):
    """How many came, and who really chaired."""

    attendance = forms.IntegerField(
        required=False, min_value=0, max_value=100_000, label=gettext_lazy("How many people came")
    )

    def __init__(self, data: Data | None = None, *, chairs: tuple[Chair, ...]) -> None:
        super().__init__(data)
        self.chairs = chairs
        for chair in chairs:
            named = {"post": chair.post.title, "name": chair.name}
            self.fields[f"present_{chair.pk}"] = forms.BooleanField(
                required=False, label=_("%(post)s %(name)s chaired in person") % named
            )
            self.fields[f"stood_in_{chair.pk}"] = forms.CharField(
                required=False,
                max_length=160,
                label=_("Authorised to chair in place of %(post)s") % named,
            )

    def held(self) -> Held:
        """As it was held. Only after ``is_valid``."""
        said = self.cleaned_data
        present = tuple(c.pk for c in self.chairs if said[f"present_{c.pk}"])
        others = {c.pk: said[f"stood_in_{c.pk}"] for c in self.chairs if said[f"stood_in_{c.pk}"]}
        return Held(said["attendance"], present, others)


class Minutes(forms.Form):
    """The minutes."""

    text = forms.CharField(max_length=100_000, widget=area(16), label=gettext_lazy("Minutes"))
    not_secret = AskedLater(label=NO_SECRET)


class DraftReply(forms.Form):
    """A reply prepared for the chair."""

    draft_reply = forms.CharField(
        max_length=LONG, required=False, widget=area(8), label=gettext_lazy("Draft reply")
    )


class Conclusion(forms.Form):
    """The wording of the conclusion notice."""

    text = forms.CharField(
        max_length=100_000,
        widget=area(24),
        label=gettext_lazy("Wording of the conclusion notice"),
        help_text=gettext_lazy(
            "Proposed from what was taken down. Change it until the chair agrees; "
            "every line becomes a paragraph."
        ),
    )
    not_secret = AskedLater(label=NO_SECRET)


class Approval(forms.Form):
    """Which wording was read."""

    document = forms.UUIDField(widget=forms.HiddenInput)


class Signing(forms.Form):
    """The conclusion notice as it was signed elsewhere."""

    number = forms.CharField(
        max_length=60,
        label=gettext_lazy("Number of the notice"),
        help_text=gettext_lazy("As the document clerk gave it: 45/TB-UBND."),
    )
    signed_on = day(gettext_lazy("Date of signature"))
    file = forms.FileField(
        label=gettext_lazy("The signed file"),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.docx,.jpg,.png", "data-max-bytes": settings.UPLOAD_LIMIT}
        ),
    )

    def upload(self) -> "UploadedFile[bytes]":
        """The file. Only after ``is_valid``."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        return file


class SigningMinutes(Signing):
    """The minutes as they were signed."""

    number = forms.CharField(
        max_length=60,
        label=gettext_lazy("Number of the minutes"),
        help_text=gettext_lazy("As the document clerk gave it: 45/BB-UBND."),
    )


class Slips(forms.Form):
    """Whose slips are printed."""

    village = forms.ChoiceField(required=False, label=gettext_lazy("Village"))
    only_new = forms.BooleanField(
        required=False, label=gettext_lazy("Only for those without a slip yet")
    )
    item = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Data | None = None, *, villages: list[tuple[str, str]], item: str = ""
    ) -> None:
        super().__init__(data, initial={"item": item})
        offer(self, "village", villages)
