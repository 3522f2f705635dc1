"""Papers of a dialogue in words and layout: chair's file, conclusion notice, slips."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from doithoai.cases import masking
from doithoai.cases.workflow import Outcome
from doithoai.core.days import local_day
from doithoai.core.identifiers import spoken
from doithoai.dialogues import exporting, queries
from doithoai.dialogues.commands.slips import NewSlip
from doithoai.dialogues.models import Chair, Dialogue
from doithoai.dialogues.queries import ChairsFile, Question, Row
from doithoai.docket.models import Adoption, Obligation
from doithoai.files.documents import Draft, Table, Text, draft
from doithoai.files.facts import Facts, Head
from doithoai.files.form_queries import Made, own
from doithoai.files.models import Layout
from doithoai.files.printing import Slip
from doithoai.files.printing import slips as print_slips
from doithoai.files.signing import signing_for
from doithoai.law.rules import PROVISIONAL
from doithoai.theme.formatting import day
from doithoai.units.models import Body

SYMBOLS = {Layout.STATE: "/TB-UBND", Layout.PARTY: "-TB/ĐU", Layout.FRONT: "/TB-MTTQ"}
MINUTES = {Layout.STATE: "/BB-UBND", Layout.PARTY: "-BB/ĐU", Layout.FRONT: "/BB-MTTQ"}
Blocks = list[Text | Table]
WORDING = 400  # characters of a statement in the conclusion
ENDING = " .,;:…"  # a colon follows what was said; nothing may stand before it
# Papers speak the language of the office, whatever language the clerk reads the screen in.


def conclusion_words(dialogue: Dialogue, rows: Sequence[Row], chairs: Sequence[Chair]) -> str:
    """The wording proposed for the conclusion notice, from what was taken down."""
    rows = sayable(rows)
    with override(settings.LANGUAGE_CODE):
        opening = _(
            "On %(day)s, at %(venue)s, %(host)s held the %(title)s. %(who)s chaired. "
            "%(count)s recommendations and reflections were taken down."
        ) % _facts(dialogue, rows, chairs)
        parts = [opening]
        for heading, worded in _sections(rows):
            parts += [heading, *worded] if worded else []
        parts.append(
            _(
                "The bodies named above settle and answer within the time set, "
                "and report the results to %(host)s. The Front Committee is asked to supervise."
            )
            % {"host": dialogue.host.short_name}
        )
    return "\n".join(parts)


def minutes_words(dialogue: Dialogue, rows: Sequence[Row], chairs: Sequence[Chair]) -> str:
    """The wording proposed for the minutes: when, where, who, how many, then each statement."""
    rows = sayable(rows)
    with override(settings.LANGUAGE_CODE):
        facts = {**_facts(dialogue, rows, chairs), "came": dialogue.attendance or "…"}
        parts = [
            _("Time: %(day)s. Place: %(venue)s.") % facts,
            _("Held by: %(host)s. In the chair: %(who)s.") % facts,
            _("People present: %(came)s. Statements taken down: %(count)s.") % facts,
        ]
        for heading, worded in _sections(rows):
            parts += [heading, *worded] if worded else []
        parts.append(_("The minutes were read out and agreed to by those present."))
    return "\n".join(parts)


def minutes(dialogue: Dialogue, text: str, chairs: Sequence[Chair]) -> bytes:
    """The minutes as a Word draft in the host's layout (Decree 30/2020)."""
    with override(settings.LANGUAGE_CODE):
        blocks: Blocks = [Text(line) for line in text.splitlines() if line.strip()]
        blocks += [Text(_("Secretary (signature, full name): ……………………………………"))]
        paper = _paper(dialogue, _("Minutes"), dialogue.title, blocks, chairs)
        to = (_("The bodies that hold the dialogue"),)
        return draft(replace(paper, symbol=MINUTES[paper.layout], recipients=to))


def sayable(rows: Sequence[Row]) -> list[Row]:
    """The rows a notice may speak of: none that is, or may turn out to be, another procedure's."""
    return [row for row in rows if not queries.doubtful(row.item)]


def _facts(dialogue: Dialogue, rows: Sequence[Row], chairs: Sequence[Chair]) -> dict[str, object]:
    return {
        "day": day(local_day(dialogue.starts_at)),
        "venue": dialogue.venue,
        "host": dialogue.host.short_name,
        "title": dialogue.title,
        "who": "; ".join(seat(chair) for chair in chairs),
        "count": len(rows),
    }


def seat(chair: Chair) -> str:
    """Who chaired: the head of the body, or who stood in."""
    if chair.stood_in:
        named = {"name": chair.stood_in, "post": chair.post.title}
        return _("%(name)s, authorised by %(post)s") % named
    return f"{chair.name}, {chair.post.title}" if chair.name else chair.post.title


def _sections(rows: Sequence[Row]) -> list[tuple[str, list[str]]]:
    spot = [row for row in rows if row.item.on_the_spot]
    done = [row for row in rows if not row.item.on_the_spot and _answered(row)]
    later = [row for row in rows if not row.item.on_the_spot and not _answered(row)]
    return [
        (_("Answered on the spot"), [_said(n, row) for n, row in enumerate(spot, 1)]),
        (_("Answered already"), [_done(n, row) for n, row in enumerate(done, 1)]),
        (_("Accepted, to be settled"), [_given(n, row) for n, row in enumerate(later, 1)]),
    ]


def _answered(row: Row) -> bool:
    """Whether nothing more is to be given to anybody."""
    return row.item.case.outcome in {Outcome.SETTLED, Outcome.EXPLAINED, Outcome.NOT_COMPETENT}


def _what(row: Row) -> str:
    """The clerk's title; where it was cut short, more of the text, names masked."""
    title = row.item.case.matter.title
    whole = masking.impersonal(row.item.case.text, length=WORDING) if title.endswith("…") else title
    return " ".join(whole.split()).rstrip(ENDING)


def _said(number: int, row: Row) -> str:
    words = {"number": number, "what": _what(row), "words": row.item.leader_words}
    return _("%(number)s. %(what)s: %(words)s") % words


def _done(number: int, row: Row) -> str:
    outcome = str(Outcome(row.item.case.outcome).label)
    return _("%(number)s. %(what)s: %(words)s") % {
        "number": number,
        "what": _what(row),
        "words": f"{outcome}.",
    }


def _given(number: int, row: Row) -> str:
    """The date is the chair's; where none was set a gap is left for one."""
    words = {
        "number": number,
        "what": _what(row),
        "words": _sentence(row.item.leader_words),
        "body": _lead(row) or "…",
        "due": _promised(row) or "…",
    }
    sentence = _(
        "%(number)s. %(what)s: %(words)s%(body)s takes the lead; done by %(due)s at the latest."
    )
    return sentence % words


def _sentence(words: str) -> str:
    """The leader's words ready for another sentence to follow."""
    tidy = words.strip()
    if not tidy:
        return ""
    return f"{tidy} " if tidy.endswith((".", "!", "?", "…")) else f"{tidy.rstrip(ENDING)}. "


def _lead(row: Row) -> str:
    body = row.item.case.handling_body
    return body.short_name if body else row.item.lead_named


def _promised(row: Row) -> str:
    return day(row.due_on) if row.due_on and row.promised else ""


def conclusion(
    dialogue: Dialogue, text: str, rows: Sequence[Row], chairs: Sequence[Chair]
) -> bytes:
    """The conclusion notice as a Word draft in the host's layout, with what was given to whom; from
    an administrator's own template where one is in force.
    """
    with override(settings.LANGUAGE_CODE):
        given = [row for row in sayable(rows) if not (row.item.on_the_spot or _answered(row))]
        if mine := _own_template(dialogue, text, given, chairs):
            return mine.data
        blocks: Blocks = [Text(line) for line in text.splitlines() if line.strip()]
        if given:
            blocks += [
                Text(_("List to be followed after the dialogue"), heading=True),
                _list(given),
            ]
        return draft(_paper(dialogue, _("Notice"), _subject(dialogue), blocks, chairs))


def _own_template(
    dialogue: Dialogue, text: str, given: Sequence[Row], chairs: Sequence[Chair]
) -> Made | None:
    paper = _paper(dialogue, _("Notice"), _subject(dialogue), [], chairs)
    head = Head(
        issuer=paper.issuer,
        parent_issuer=paper.parent_issuer,
        layout=paper.layout,
        year=paper.year,
        place=paper.place,
        signer_title=paper.signer_title,
        signer_name=paper.signer_name,
    )
    listed = ("; ".join(filter(None, _listed(n, row)[1:])) for n, row in enumerate(given, 1))
    facts = Facts(
        answer=text,
        parts="\n".join(f"{n}. {words}" for n, words in enumerate(listed, 1)),
        visit_at=day(local_day(dialogue.starts_at)),
        venue=dialogue.venue,
        received_by="; ".join(seat(chair) for chair in chairs),
    )
    return own("dialogue_conclusion", head, facts)


def _subject(dialogue: Dialogue) -> str:
    facts = {"title": dialogue.title, "day": day(local_day(dialogue.starts_at))}
    return _("Conclusion of the %(title)s of %(day)s") % facts


def _paper(
    dialogue: Dialogue, title: str, subject: str, blocks: Blocks, chairs: Sequence[Chair]
) -> Draft:
    host, first = dialogue.host, _signer(dialogue, chairs)
    layout = Layout(host.layout)
    return Draft(
        layout=layout,
        title=title,
        subject=subject,
        issuer=host.name,
        parent_issuer=host.parent.name if host.parent else "",
        symbol=SYMBOLS[layout],
        place=host.place.name.split(" ", 1)[-1] if host.place else "...",
        year=local_day(dialogue.starts_at).year,
        blocks=tuple(blocks),
        signer_title=_signing_as(host, first) if first else "",
        signer_name=first.name if first else "",
        recipients=(
            _("The bodies named in the notice"),
            _("The Front Committee (to supervise)"),
            _("The villages (to post)"),
        ),
    )


def _signer(dialogue: Dialogue, chairs: Sequence[Chair]) -> Chair | None:
    """The first chair of the body whose notice it is, else who is named first."""
    own = (chair for chair in chairs if chair.post.body_id == dialogue.host_id)
    return next(own, chairs[0] if chairs else None)


def _signing_as(host: Body, chair: Chair) -> str:
    """The signature block: on whose behalf, then the post (Decree 30/2020, Annex I, II.7)."""
    title = chair.post.title
    if chair.post.body_id != host.pk or not chair.post.is_head:
        return title
    return signing_for(host, title)


def _list(rows: Sequence[Row]) -> Table:
    head = (
        pgettext("column", "No."),
        _("What is to be settled"),
        pgettext("column", "Lead body"),
        pgettext("column", "By"),
    )
    return Table(head, tuple(_listed(n, row) for n, row in enumerate(rows, 1)), (12, 83, 45, 25))


def _listed(number: int, row: Row) -> tuple[str, ...]:
    return str(number), row.what, _lead(row), _promised(row)


def chairs_word(file: ChairsFile) -> bytes:
    """The chair's file as Word: questions by field with draft replies, promises still open."""
    with override(settings.LANGUAGE_CODE):
        dialogue = file.dialogue
        blocks: Blocks = []
        for theme in file.themes:
            blocks += [Text(theme.label, heading=True)]
            for asked in theme.questions:
                blocks += [Text(f"{asked.item.number}. {asked.item.submission.text}")]
                blocks += [Text(line) for line in _replies(asked)]
        if file.promises:
            blocks += [
                Text(
                    _("Given to be settled by earlier conclusions, still open here"), heading=True
                ),
                _promises(file.promises),
            ]
        subject = _("For the %(title)s of %(day)s") % {
            "title": dialogue.title,
            "day": day(local_day(dialogue.starts_at)),
        }
        paper = _paper(dialogue, _("File for the chair"), subject, blocks, file.chairs)
        to = tuple(seat(chair) for chair in file.chairs)
        return draft(replace(paper, symbol="", recipients=to))


def _replies(question: Question) -> list[str]:
    """The reply prepared, then the drafts asked of other bodies: who sent one, who has not yet."""
    reply = question.reply or ("" if question.asks else _("(no reply prepared)"))
    lines = [_("Draft reply: %(reply)s") % {"reply": reply}] if reply else []
    for ask in question.asks:
        named = {"body": ask.body.short_name, "reply": ask.draft}
        sent = _("Draft reply of %(body)s: %(reply)s") if ask.sent_at else ""
        lines.append((sent or _("%(body)s was asked for a draft; none has come yet.")) % named)
    return lines


def _promises(rows: Sequence[Row]) -> Table:
    """What earlier conclusions gave to be settled, each with its dialogue and the date owed."""
    head = (
        pgettext("column", "Dialogue"),
        _("What is to be settled"),
        pgettext("column", "Lead body"),
        pgettext("column", "By"),
    )
    listed = (
        (row.item.dialogue.matter.code, row.what, _lead(row), day(row.due_on) if row.due_on else "")
        for row in rows
    )
    return Table(head, tuple(listed), (30, 70, 40, 25))


def slips(
    dialogue: Dialogue, made: Sequence[NewSlip], *, follow_url: str, dates: Mapping[UUID, str]
) -> bytes:
    """Receipts four to a sheet, in order; ``follow_url`` goes into the QR, the secret never."""
    return print_slips(
        Slip(
            issuer=dialogue.host.name,
            code=spoken(each.issued.code),
            secret=each.issued.secret,
            subject=f"{each.item.case.matter.code}: {each.item.submission.text}",
            received=day(local_day(each.item.submission.said_at)),
            address=follow_url,
            due=dates.get(each.item.case_id, ""),
            holder=exporting.speaker(each.item),
            contact=dialogue.host.phone,
            ask=True,
        )
        for each in made
    )


def slip_dates(rows: Sequence[Row]) -> dict[UUID, str]:
    """Case → the date its slip shows, with a word beside it while no text prescribes that date.
    One query.
    """
    owed = Obligation.objects.filter(
        matter__in=[row.item.case_id for row in rows], kind="duty", certainty=PROVISIONAL
    ).exclude(rule__in=Adoption.objects.values("rule"))
    open_ones = set(owed.exclude(due_on=None).values_list("matter", "due_on"))
    return {
        row.item.case_id: _provisional(row.due_on)
        if not row.promised and (row.item.case_id, row.due_on) in open_ones
        else day(row.due_on)
        for row in rows
        if row.due_on
    }


def _provisional(due_on: date) -> str:
    return _("%(day)s (provisional)") % {"day": day(due_on)}
