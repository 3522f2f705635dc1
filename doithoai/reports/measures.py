"""Which figures a report has, what each means, and the saved query that is the figure."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from doithoai.cases.queries.measures import (
    ANSWERED_LATE,
    ENDED_LATE,
    LATE_NOW,
    ON_TIME,
    PROVISIONAL_LATE,
)
from doithoai.cases.queries.selection import Selection
from doithoai.cases.workflow import Outcome, Word


@dataclass(frozen=True)
class Measure:
    """One figure: its name, its meaning in a sentence, and how it narrows a report's cases."""

    key: str
    label: str
    meaning: str
    narrow: Selection
    brief: str = ""

    @property
    def head(self) -> str:
        """A name short enough for the head of a column."""
        return _(self.brief) if self.brief else self.words

    @property
    def words(self) -> str:
        """The name in the reader's language."""
        return _(self.label)

    @property
    def said(self) -> str:
        """The meaning in the reader's language."""
        return _(self.meaning)


@dataclass(frozen=True)
class Chapter:
    """Measures that belong together. ``parts``: its measures add up to the measure ``of``."""

    key: str
    label: str
    of: str
    parts: bool
    measures: tuple[Measure, ...]

    @property
    def words(self) -> str:
        """The heading in the reader's language."""
        return _(self.label)


CASES: Final = Measure(
    "cases",
    noop("Items to be settled"),
    noop(
        "Every item opened from what was said, except those handled together with another"
        " item: they are counted there."
    ),
    Selection(),
    noop("Items"),
)
ANSWERED: Final = Measure(
    "answered",
    noop("Answered"),
    noop(
        "Items with at least one answer, whatever its outcome, given at the dialogue or after it."
    ),
    Selection(answered=True),
)
WAITING: Final = Measure(
    "waiting",
    noop("Not answered yet"),
    noop("Items without any answer."),
    Selection(answered=False),
)

_OUTCOMES: Final = (
    (Outcome.SETTLED, noop("Settled"), noop("The last answer says it is settled, with evidence.")),
    (Outcome.PARTLY, noop("Partly settled"), noop("The last answer says what is still missing.")),
    (Outcome.IN_PROGRESS, noop("Being settled"), noop("Answered; the work goes on.")),
    (
        Outcome.SCHEDULED,
        noop("On the roadmap (resources not yet found)"),
        noop("Resources are missing: a year is named and the item is reviewed every six months."),
    ),
    (
        Outcome.EXPLAINED,
        noop("Explained, information given"),
        noop("Nothing was to be done; the person was told why."),
    ),
    (
        Outcome.NOT_COMPETENT,
        noop("Not within competence, transferred"),
        noop("Another body is competent and has the item, by acceptance or by letter."),
    ),
    (Outcome.WITHDRAWN, noop("Withdrawn by the person"), noop("The person took it back.")),
    (
        Outcome.NONE,
        noop("No outcome yet"),
        noop("Nobody has said yet what came of it."),
    ),
)

_WORDS: Final = (
    Measure(
        "agreed_self",
        noop("Agrees with the result, said by the person"),
        noop("The person agreed by the web, with the receipt's code and secret."),
        Selection(answered=True, word=Word.AGREED, word_by_self=True),
        noop("Agree, themselves"),
    ),
    Measure(
        "agreed_others",
        noop("Agrees with the result, written down by others"),
        noop(
            "The person agreed by slip, telephone or at a counter; a named person outside the"
            " body that answered wrote it down."
        ),
        Selection(answered=True, word=Word.AGREED, word_by_self=False),
        noop("Agree, through others"),
    ),
    Measure(
        "partly",
        noop("Agrees in part"),
        noop("The person agreed in part; what is left stays owed."),
        Selection(answered=True, word=Word.PARTLY),
    ),
    Measure(
        "disputed",
        noop("Does not agree, recommends again"),
        noop(
            "The person does not agree with the last answer; the body one level up answers again."
        ),
        Selection(answered=True, word=Word.DISAGREED),
        noop("Do not agree"),
    ),
    Measure(
        "unconfirmed",
        noop("No word from the person yet"),
        noop(
            "Answered, and the person has said nothing of it. Silence is never counted as "
            "agreement."
        ),
        Selection(answered=True, heard=False),
        noop("No word"),
    ),
)
_OF_THESE: Final = (
    Measure(
        "nobody_to_ask",
        noop("Nobody to ask"),
        noop(
            "Answered items that carry no name, village, telephone, address or receipt. They "
            "stay among the items counted and never among those confirmed."
        ),
        Selection(answered=True, reachable=False),
    ),
    Measure(
        "ever_disputed",
        noop("Disputed at least once"),
        noop("Items whose answer was not agreed to once, whatever came of it afterwards."),
        Selection(disputed=True),
    ),
)
_TIMES: Final = (
    Measure(
        "late_now",
        noop("Late now"),
        noop(
            "A date set by law, by the conclusion or by an adopted rule has passed and the "
            "duty is still open, whoever owes it."
        ),
        Selection(timing=LATE_NOW),
    ),
    Measure(
        "answered_late",
        noop("Answered late"),
        noop("An answer came after such a date, and nothing is late now."),
        Selection(timing=ANSWERED_LATE),
    ),
    Measure(
        "ended_late",
        noop("Past its date when it ended"),
        noop(
            "Withdrawn, archived, guided elsewhere or joined to another item when such a date "
            "had passed and the duty was not fulfilled."
        ),
        Selection(timing=ENDED_LATE),
    ),
    Measure(
        "on_time",
        noop("Answered on time"),
        noop("Every answer that had such a date came by it, and nothing is late now."),
        Selection(timing=ON_TIME),
    ),
    Measure(
        "on_time_at_once",
        noop("Answered on time, without what was recorded late"),
        noop(
            "The same, without items whose answer was entered more than a day after it is "
            "said to have been given."
        ),
        Selection(timing=ON_TIME, entered_late=False),
    ),
    Measure(
        "recorded_late",
        noop("Recorded late"),
        noop("Items with an answer entered after the day it is said to have been given."),
        Selection(entered_late=True),
    ),
    Measure(
        "provisional_late",
        noop("Past a provisional date"),
        noop(
            "A date that no text prescribes has passed. Listed apart, and not counted among "
            "what is late or on time."
        ),
        Selection(timing=PROVISIONAL_LATE),
    ),
)
_PUBLIC: Final = (
    Measure(
        "published",
        noop("Published"),
        noop("A masked version can be read by everybody."),
        Selection(published=True),
    ),
    Measure(
        "withheld_private_life",
        noop("Withheld: private life"),
        noop("A named person decided not to publish, because it is about private life."),
        Selection(published=False, withheld="private_life"),
    ),
    Measure(
        "withheld_no_consent",
        noop("Withheld: the person did not agree"),
        noop("A named person decided not to publish, because the person did not agree."),
        Selection(published=False, withheld="no_consent"),
    ),
    Measure(
        "withheld_secret",
        noop("Withheld: it touches a secret"),
        noop("A named person decided not to publish, because it touches a secret."),
        Selection(published=False, withheld="secret"),
    ),
    Measure(
        "withheld_third_person",
        noop("Withheld: a third person"),
        noop("A named person decided not to publish, because it is about a third person."),
        Selection(published=False, withheld="third_person"),
    ),
    Measure(
        "withheld_other",
        noop("Withheld: another reason"),
        noop("A named person decided not to publish, for another reason."),
        Selection(published=False, withheld="other"),
    ),
    Measure(
        "undecided",
        noop("Not decided yet"),
        noop("Private: nobody has decided whether to publish it."),
        Selection(undecided=True),
    ),
)


def _outcome(outcome: Outcome, label: str, meaning: str) -> Measure:
    proven = True if outcome == Outcome.SETTLED else None
    return Measure(f"outcome_{outcome}", label, meaning, Selection(outcome=outcome, proven=proven))


_UNPROVEN: Final = Measure(
    "outcome_unproven",
    noop("Said to be settled, without evidence"),
    noop("A list says it is settled and names no document; it is not counted as settled."),
    Selection(outcome=Outcome.SETTLED, proven=False),
)


CHAPTERS: Final = (
    Chapter("received", noop("What was received"), "cases", parts=False, measures=(CASES,)),
    Chapter("answers", noop("Answered or not"), "cases", parts=True, measures=(ANSWERED, WAITING)),
    Chapter(
        "outcomes",
        noop("What came of it"),
        "cases",
        parts=True,
        measures=(*(_outcome(*each) for each in _OUTCOMES), _UNPROVEN),
    ),
    Chapter("words", noop("The people's own word"), "answered", parts=True, measures=_WORDS),
    Chapter("of_these", noop("Of these"), "cases", parts=False, measures=_OF_THESE),
    Chapter("times", noop("On time and late"), "cases", parts=False, measures=_TIMES),
    Chapter("public", noop("Published and withheld"), "cases", parts=True, measures=_PUBLIC),
)
MEASURES: Final = {m.key: m for chapter in CHAPTERS for m in chapter.measures}
COLUMNS: Final = (
    "cases",
    "answered",
    "outcome_settled",
    "agreed_self",
    "agreed_others",
    "disputed",
    "unconfirmed",
    "late_now",
)


def of(keys: Iterable[str]) -> tuple[Measure, ...]:
    """The measures with these keys."""
    return tuple(MEASURES[key] for key in keys)


def within(base: Selection, narrow: Selection) -> Selection:
    """``base`` with everything asked by ``narrow`` asked too."""
    asked = {f.name: getattr(narrow, f.name) for f in fields(narrow)}
    return replace(base, **{name: v for name, v in asked.items() if v not in {None, ""}})
