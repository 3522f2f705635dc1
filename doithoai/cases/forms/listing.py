"""Text into values: the filters over the list of cases."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from doithoai.accounts.actors import Official
from doithoai.cases.queries import listing
from doithoai.cases.queries.choosing import Choices, fields
from doithoai.cases.workflow import Outcome, State, Word

ANY = ("", _("any"))


class Filters(forms.Form):
    """What a reader asks of the list; other conditions of a saved query are kept beside it."""

    text = forms.CharField(label=_("Words or code"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("Where it stands"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    body = forms.ChoiceField(label=_("Body that has it"), required=False)
    body_named = forms.CharField(
        label=_("Body that has it (a part of its name)"), required=False, max_length=100
    )
    outcome = forms.ChoiceField(label=_("Result of settlement"), required=False)
    word = forms.ChoiceField(label=_("The person's word"), required=False)
    late = forms.ChoiceField(
        label=pgettext_lazy("filter", "Overdue"),
        required=False,
        choices=[ANY, ("now", _("overdue now")), ("ever", _("overdue now or before"))],
    )
    final = forms.ChoiceField(
        label=_("Ended"),
        required=False,
        choices=[ANY, ("no", _("still open")), ("yes", _("ended"))],
    )

    def prepare_for(self, actor: Official, *, today: date) -> None:
        """Fill in the choices; of many bodies a part of the name is asked instead."""
        self._offer("state", [(s.value, str(s.label)) for s in State])
        self._offer("field", fields())
        bodies = listing.bodies_seen(actor, today=today)
        self._offer("body", bodies)
        del self.fields["body" if len(bodies) > listing.BODIES else "body_named"]
        self._offer("outcome", [(o.value, str(o.label)) for o in Outcome])
        self._offer("word", [(w.value, str(w.label)) for w in Word])

    def _offer(self, name: str, choices: Choices) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [ANY, *choices]

    def kept(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Conditions of the saved query that this form does not show."""
        hidden = {n: v for n, v in asked.items() if n not in self.fields and n != "page"}
        return {n: v for n, v in hidden.items() if v}
