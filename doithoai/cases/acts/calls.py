"""From a filled form to its command: one line each."""

from doithoai.cases import papers
from doithoai.cases.acts.act import Doing
from doithoai.cases.commands import (
    answering,
    coordinating,
    ending,
    hearing,
    informing,
    intake,
    letters,
    lodging,
    offering,
    placing,
    publishing,
)
from doithoai.cases.commands.together import answer_with_evidence, publish_with_files
from doithoai.cases.forms import answering as answer_forms
from doithoai.cases.forms import hearing as hear_forms
from doithoai.cases.forms import intake as intake_forms
from doithoai.cases.forms import placing as place_forms
from doithoai.cases.forms.fields import Bare, SaidWords, Seen, Words
from doithoai.cases.workflow import State
from doithoai.core.days import local_day


def _said(form: Words) -> str:
    text: str = form.cleaned_data["text"]
    return text


def classify(form: place_forms.Classifying, do: Doing) -> object:
    """What it is."""
    seen = form.cleaned_data["seen"]
    return placing.classify(do.case.pk, form.value(), seen=seen, by=do.by, at=do.at)


def guide(form: Words, do: Doing) -> object:
    """Which procedure is the right one."""
    return placing.guide(do.case.pk, letter=_said(form), by=do.by, at=do.at)


def route(form: place_forms.Routing, do: Doing) -> object:
    """To a body of the same authority."""
    given = form.cleaned_data
    to, why, seen = given["to"], given["why"], given["seen"]
    return placing.route(do.case.pk, to=to, why=why, seen=seen, by=do.by, at=do.at)


def coordinate(form: place_forms.Coordinating, do: Doing) -> object:
    """Who helps the lead body."""
    bodies = form.cleaned_data["bodies"]
    return coordinating.coordinate(do.case.pk, bodies=bodies, by=do.by, at=do.at)


def offer(form: place_forms.Offering, do: Doing) -> object:
    """To another body, to accept or return."""
    given = form.cleaned_data
    return placing.offer(do.case.pk, to=given["to"], why=given["why"], by=do.by, at=do.at)


def decide_lead(form: place_forms.Routing, do: Doing) -> object:
    """The lead body."""
    given = form.cleaned_data
    return placing.decide_lead(do.case.pk, to=given["to"], why=given["why"], by=do.by, at=do.at)


def draft_letter(form: place_forms.DraftingLetter, do: Doing) -> object:
    """The letter in Word."""
    to, why = form.cleaned_data["to"], form.cleaned_data["why"]
    docx = papers.transfer_letter(do.case, to=to, why=why, today=local_day(do.at))
    return letters.draft_letter(do.case.pk, to=to, why=why, docx=docx, by=do.by, at=do.at)


def forward(form: place_forms.Forwarding, do: Doing) -> object:
    """By letter; gives back the token of the reply link."""
    to = form.cleaned_data["to"]
    return letters.forward(do.case.pk, to=to, letter=form.letter(), by=do.by, at=do.at)


def accept(form: Bare, do: Doing) -> object:
    """Take it."""
    del form
    return placing.accept(do.case.pk, by=do.by, at=do.at)


def give_back(form: Words, do: Doing) -> object:
    """Return it with a reason."""
    return placing.give_back(do.case.pk, reason=_said(form), by=do.by, at=do.at)


def take_back(form: Words, do: Doing) -> object:
    """The offer is taken back."""
    return offering.take_back(do.case.pk, reason=_said(form), by=do.by, at=do.at)


def refer(form: Words, do: Doing) -> object:
    """No reply came in time: somebody decides on the lead body."""
    return offering.refer(do.case.pk, reason=_said(form), by=do.by, at=do.at)


def urge(form: Words, do: Doing) -> object:
    """Urge the body asked, or the body written to; that gives back a new reply link's token."""
    if do.case.state == State.OFFERED:
        return offering.urge_offered(do.case.pk, text=_said(form), by=do.by, at=do.at)
    return letters.urge(do.case.pk, text=_said(form), by=do.by, at=do.at)


def record_reply(form: place_forms.RecordingReply, do: Doing) -> object:
    """What the body written to replied, and by which document."""
    text = form.cleaned_data["text"]
    return letters.record_reply(do.case.pk, text=text, paper=form.paper(), by=do.by, at=do.at)


def assign(form: place_forms.Assigning, do: Doing) -> object:
    """Who works on it."""
    return answering.assign(do.case.pk, post=form.cleaned_data["post"], by=do.by, at=do.at)


def act(form: Words, do: Doing) -> object:
    """The first measure."""
    return answering.act(do.case.pk, what=_said(form), by=do.by, at=do.at)


def ask(form: Words, do: Doing) -> object:
    """A question to the person."""
    return answering.ask(do.case.pk, text=_said(form), by=do.by, at=do.at)


def hear_reply(form: SaidWords, do: Doing) -> object:
    """The person's reply."""
    looked = form.cleaned_data["not_secret"]
    return lodging.reply(
        do.case.pk, text=_said(form), uploads=(), not_secret=looked, by=do.by, at=do.at
    )


def draft(form: answer_forms.Drafting, do: Doing) -> object:
    """An answer to be approved."""
    seen = form.cleaned_data["seen"]
    return answering.draft(do.case.pk, form.value(), seen=seen, by=do.by, at=do.at)


def approve(form: Seen, do: Doing) -> object:
    """The wording is agreed."""
    return answering.approve(do.case.pk, seen=form.cleaned_data["seen"], by=do.by, at=do.at)


def answer(form: answer_forms.Answering, do: Doing) -> object:
    """The answer with its evidence."""
    given = form.cleaned_data
    return answer_with_evidence(
        do.case.pk,
        form.value(),
        uploads=given["evidence"],
        seen=given["seen"],
        by=do.by,
        at=do.at,
    )


def extend(form: answer_forms.Extending, do: Doing) -> object:
    """More time."""
    return answering.extend(do.case.pk, form.value(), by=do.by, at=do.at)


def inform(form: Words, do: Doing) -> object:
    """How far it is."""
    return informing.inform(do.case.pk, text=_said(form), by=do.by, at=do.at)


def review(form: Words, do: Doing) -> object:
    """The roadmap looked at again."""
    return informing.review(do.case.pk, text=_said(form), by=do.by, at=do.at)


def note(form: Words, do: Doing) -> object:
    """An internal note."""
    return answering.note(do.case.pk, text=_said(form), by=do.by, at=do.at)


def publish(form: answer_forms.Publishing, do: Doing) -> object:
    """What the public reads."""
    given = form.cleaned_data
    return publish_with_files(
        do.case.pk,
        form.value(),
        files_shown=given.get("pictures", []),
        seen=given["seen"],
        by=do.by,
        at=do.at,
    )


def withhold(form: answer_forms.Withholding, do: Doing) -> object:
    """Why the public does not read it."""
    return publishing.withhold(do.case.pk, reason=form.cleaned_data["reason"], by=do.by, at=do.at)


def confirm(form: hear_forms.Hearing, do: Doing) -> object:
    """The person agrees."""
    return hearing.confirm(do.case.pk, form.value(), by=do.by, at=do.at)


def confirm_part(form: hear_forms.Hearing, do: Doing) -> object:
    """The person agrees in part."""
    return hearing.confirm_part(do.case.pk, form.value(), by=do.by, at=do.at)


def dispute(form: hear_forms.Hearing, do: Doing) -> object:
    """The person does not agree."""
    return hearing.dispute(do.case.pk, form.value(), by=do.by, at=do.at)


def close(form: Bare, do: Doing) -> object:
    """The end."""
    del form
    return ending.close(do.case.pk, by=do.by, at=do.at)


def withdraw(form: hear_forms.Withdrawing, do: Doing) -> object:
    """The person withdraws."""
    given = form.cleaned_data
    reason, whose, paper = given["text"], given["submission"], form.paper()
    return ending.withdraw(
        do.case.pk, reason=reason, submission=whose, paper=paper, by=do.by, at=do.at
    )


def archive(form: hear_forms.Archiving, do: Doing) -> object:
    """On file, with the legal ground."""
    given = form.cleaned_data
    ground, why, conditions = given["ground"], given["why"], given["conditions"]
    return ending.archive(
        do.case.pk, ground=ground, why=why, conditions=conditions, by=do.by, at=do.at
    )


def reopen(form: Words, do: Doing) -> object:
    """Taken up again."""
    return ending.reopen(do.case.pk, reason=_said(form), by=do.by, at=do.at)


def join(form: hear_forms.Joining, do: Doing) -> object:
    """With another case."""
    return ending.join(do.case.pk, into=form.cleaned_data["code"], by=do.by, at=do.at)


def part(form: Words, do: Doing) -> object:
    """On its own again."""
    return ending.part(do.case.pk, reason=_said(form), by=do.by, at=do.at)


def fan_out(form: hear_forms.FanningOut, do: Doing) -> object:
    """Further requests of the same statement."""
    looked = form.cleaned_data["not_secret"]
    return intake.fan_out(do.case.pk, texts=form.value(), not_secret=looked, by=do.by, at=do.at)


def add_submission(form: intake_forms.Adding, do: Doing) -> object:
    """One more statement; gives back its receipt, shown once."""
    return intake.add_submission(do.case.pk, form.value(), by=do.by, at=do.at).receipt


def look_over(form: Bare, do: Doing) -> object:
    """What was left for a person has been looked at."""
    del form
    return intake.look_over(do.case.pk, by=do.by, at=do.at)


def reissue(form: hear_forms.Reissuing, do: Doing) -> object:
    """A new receipt, shown once."""
    submission = form.cleaned_data["submission"]
    return intake.reissue_slip(do.case.pk, submission_id=submission, by=do.by, at=do.at)
