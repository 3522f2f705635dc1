"""From a filled form to its command, for petitions: one line each."""

from doithoai.cases.acts.act import Doing
from doithoai.cases.commands.petitions import (
    deciding,
    passing,
    relating,
    sorting,
    splitting,
    withdrawing,
)
from doithoai.cases.forms import petitions as forms
from doithoai.cases.forms import sending_on
from doithoai.cases.forms.fields import Bare, Words


def sort(form: forms.Sorting, do: Doing) -> object:
    """What kind of petition it is."""
    seen = form.cleaned_data["seen"]
    return sorting.sort(do.case.pk, form.value(), seen=seen, by=do.by, at=do.at)


def convert(form: forms.Converting, do: Doing) -> object:
    """Another kind."""
    why = form.cleaned_data["why"]
    return sorting.convert(do.case.pk, form.value(), why=why, by=do.by, at=do.at)


def split(form: forms.Splitting, do: Doing) -> object:
    """Its matters."""
    told = form.cleaned_data["guidance"]
    return splitting.split(do.case.pk, form.value(), guidance=told, by=do.by, at=do.at)


def examine(form: forms.Examining, do: Doing) -> object:
    """Its conditions."""
    grounds = form.cleaned_data["grounds"]
    return deciding.examine(do.case.pk, grounds=grounds, by=do.by, at=do.at)


def admit(form: forms.Admitting, do: Doing) -> object:
    """Accepted for settlement."""
    return deciding.admit(do.case.pk, form.value(), by=do.by, at=do.at)


def decline(form: forms.Declining, do: Doing) -> object:
    """Not accepted, on a ground."""
    given = form.cleaned_data
    ground, text, paper = given["ground"], given["text"], form.paper()
    return deciding.decline(do.case.pk, ground=ground, text=text, paper=paper, by=do.by, at=do.at)


def advise(form: sending_on.Advising, do: Doing) -> object:
    """Where to go."""
    given = form.cleaned_data
    ground, text, to = given["ground"], given["text"], given["to"]
    return deciding.advise(do.case.pk, ground=ground, text=text, to=to, by=do.by, at=do.at)


def transfer(form: sending_on.Transferring, do: Doing) -> object:
    """By letter to the competent body."""
    to = form.cleaned_data["to"]
    return passing.transfer(do.case.pk, to=to, paper=form.value(), by=do.by, at=do.at)


def hand_back(form: sending_on.HandingBack, do: Doing) -> object:
    """Back to the person with the originals."""
    ground, text, papers = form.cleaned_data["ground"], form.cleaned_data["text"], form.value()
    return deciding.hand_back(
        do.case.pk, ground=ground, text=text, papers=papers, by=do.by, at=do.at
    )


def urge(form: Words, do: Doing) -> object:
    """The body it was transferred to."""
    return passing.urge(do.case.pk, text=form.cleaned_data["text"], by=do.by, at=do.at)


def record_settled(form: Words, do: Doing) -> object:
    """What that body decided."""
    return passing.record_settled(do.case.pk, text=form.cleaned_data["text"], by=do.by, at=do.at)


def notify_acceptance(form: Bare, do: Doing) -> object:
    """The acceptance was notified."""
    del form
    return deciding.notify_acceptance(do.case.pk, by=do.by, at=do.at)


def tell_forwarder(form: Bare, do: Doing) -> object:
    """Whoever passed it on was told."""
    del form
    return passing.tell_forwarder(do.case.pk, by=do.by, at=do.at)


def citizen_told(form: Bare, do: Doing) -> object:
    """Whoever passed it on told the person."""
    del form
    return passing.citizen_told(do.case.pk, by=do.by, at=do.at)


def stop(form: forms.Stopping, do: Doing) -> object:
    """Stopped, as the person asked."""
    text, paper = form.cleaned_data["text"], form.paper()
    return withdrawing.stop(do.case.pk, text=text, paper=paper, by=do.by, at=do.at)


def go_on(form: forms.GoingOn, do: Doing) -> object:
    """Settled in spite of the withdrawal."""
    given = form.cleaned_data
    ground, text = given["ground"], given["text"]
    return withdrawing.go_on(do.case.pk, ground=ground, text=text, by=do.by, at=do.at)


def send_stop(form: Bare, do: Doing) -> object:
    """The decision was sent."""
    del form
    return withdrawing.send_stop(do.case.pk, by=do.by, at=do.at)


def relation(form: forms.Relating, do: Doing) -> object:
    """Somebody stands too near."""
    return relating.declare(do.case.pk, form.value(), by=do.by, at=do.at)
