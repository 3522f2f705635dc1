"""The sentences around the figures, made from them: nobody types a number into a report."""

from django.utils.translation import gettext as _

from doithoai.reports.queries.dialogue import Cutoff, Report
from doithoai.reports.queries.heads import HeadReport
from doithoai.theme.formatting import day, moment, number, percent


def sentences(report: Report) -> tuple[str, ...]:
    """What the report says in words."""
    return (_received(report), _outcomes(report), _words(report), _times(report))


def _received(report: Report) -> str:
    cases, answered = report.count("cases"), report.count("answered")
    return _(
        "%(said)s statements were received and gathered into %(cases)s items; "
        "%(answered)s of them are answered (%(share)s)."
    ) % {
        "said": number(report.submissions),
        "cases": number(cases),
        "answered": number(answered),
        "share": percent(answered, cases),
    }


def _outcomes(report: Report) -> str:
    return _(
        "Settled: %(settled)s; partly settled: %(partly)s; being settled: %(going)s; on the "
        "roadmap: %(roadmap)s; explained: %(explained)s; not within competence, transferred: "
        "%(elsewhere)s; without an outcome yet: %(none)s."
    ) % {
        "settled": number(report.count("outcome_settled")),
        "partly": number(report.count("outcome_partly")),
        "going": number(report.count("outcome_in_progress")),
        "roadmap": number(report.count("outcome_scheduled")),
        "explained": number(report.count("outcome_explained")),
        "elsewhere": number(report.count("outcome_not_competent")),
        "none": number(report.count("outcome_none")),
    }


def _words(report: Report) -> str:
    answered = report.count("answered")
    agreed = report.count("agreed_self") + report.count("agreed_others")
    return _(
        "Of %(answered)s answered items the people agree with the result of %(agreed)s "
        "(%(share)s): %(self)s said it themselves, for %(others)s somebody else wrote it down; "
        "%(partly)s agree in part; %(disputed)s do not agree; of %(silent)s there is no word yet, "
        "which is not counted as agreement."
    ) % {
        "answered": number(answered),
        "agreed": number(agreed),
        "share": percent(agreed, answered),
        "self": number(report.count("agreed_self")),
        "others": number(report.count("agreed_others")),
        "partly": number(report.count("partly")),
        "disputed": number(report.count("disputed")),
        "silent": number(report.count("unconfirmed")),
    }


def _times(report: Report) -> str:
    keys = ("late_now", "answered_late", "on_time")
    judged = sum(report.count(key) for key in keys)
    return _(
        "Of %(judged)s items with a date set by law, by the conclusion or by an adopted rule that "
        "can be judged today, %(on_time)s were answered on time (%(share)s; %(at_once)s without "
        "those recorded late), %(late)s answered late, %(now)s are late now. %(provisional)s more "
        "are past a provisional date and are not counted here."
    ) % {
        "judged": number(judged),
        "on_time": number(report.count("on_time")),
        "share": percent(report.count("on_time"), judged),
        "at_once": percent(report.count("on_time_at_once"), judged),
        "late": number(report.count("answered_late")),
        "now": number(report.count("late_now")),
        "provisional": number(report.count("provisional_late")),
    }


def cut_off(report: Report) -> str:
    """When, up to which entry, and for whom it was counted."""
    return cut_off_of(report.cutoff)


def cut_off_of(said: Cutoff) -> str:
    """The same of any report."""
    if said.seq is None:
        return _("Counted at %(moment)s among what %(reader)s may see.") % {
            "moment": moment(said.at),
            "reader": said.reader,
        }
    return _(
        "Counted at %(moment)s, up to entry no. %(seq)s of the ledger, "
        "among what %(reader)s may see."
    ) % {"moment": moment(said.at), "seq": said.seq, "reader": said.reader}


def heading(dimension: str) -> str:
    """What a table is called."""
    return {"field": _("By field"), "body": _("By body"), "village": _("By village")}[dimension]


def about(report: Report) -> str:
    """Which dialogue, when and by whom it was held."""
    dialogue = report.dialogue
    return _("%(title)s; held by %(host)s on %(day)s at %(venue)s.") % {
        "title": dialogue.title,
        "host": dialogue.host.short_name,
        "day": day(dialogue.held_on or dialogue.starts_at),
        "venue": dialogue.venue,
    }


def about_head(report: HeadReport) -> str:
    """Whose report, and which days it covers."""
    return _("Head of %(body)s; from %(first)s to %(last)s.") % {
        "body": report.body.short_name,
        "first": day(report.span.first),
        "last": day(report.span.last),
    }


def head_sentences(report: HeadReport) -> tuple[str, ...]:
    """What a head's report says in words."""
    said = {key: number(report.count(key)) for key in (f.measure.key for f in report.figures)}
    return (
        _(
            "The head received citizens in person on %(sessions)s days; a deputy stood in on "
            "%(sessions_deputy)s. %(visits)s visits of %(people)s people were registered, with "
            "%(matters)s matters; %(groups)s of them were large groups, of %(group_people)s people."
        )
        % said,
        _(
            "%(petitions)s petitions came in with %(petition_matters)s matters. In the period "
            "%(petitions_admitted)s petitions were accepted for settlement, %(petitions_declined)s "
            "not accepted, %(petitions_transferred)s transferred, %(petitions_guided)s guided, "
            "%(petitions_handed_back)s handed back, %(petitions_archived)s put on file."
        )
        % said,
        _(
            "%(dialogues)s dialogues were held. %(carried)s recommendations and reflections were "
            "carried over, %(received)s received, %(answered)s answered; %(late)s are or were late."
        )
        % said,
        _(
            "%(complaints)s complaints, %(denunciations)s denunciations and %(party)s matters "
            "under Party rules were received, as far as this reader may see them; others are "
            "counted one level up."
        )
        % said,
    )
