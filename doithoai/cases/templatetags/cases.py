"""Filters and tags of cases' pages and notices: what is stored as a code or in English is said in
the reader's language, and a text message fits into one segment.
"""

from typing import Final

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.translation import get_language, gettext, pgettext

from doithoai.cases.workflow import Outcome
from doithoai.notices.plain_sms import LIMIT
from doithoai.units.territory import country

register = template.Library()


@register.filter
def outcome_named(code: str) -> str:
    """``{{ outcome|outcome_named }}``: what came of it; words stay as they were written."""
    return str(Outcome(code).label) if code in Outcome.values else code


@register.filter
def archived_on(ground: str) -> str:
    """``{{ ground|archived_on }}``: on which ground it was put on file; words stay as they were."""
    found = country().archive_grounds.get(ground)
    return found.label((get_language() or "vi")[:2]) if found else ground


@register.filter
def legal_ground(code: str) -> str:
    """``{{ ground|legal_ground }}``: the ground of a decision on a petition, in words."""
    found = country().ground(code)
    return found.label((get_language() or "vi")[:2]) if found else code


@register.filter
def next_step(code: str) -> str:
    """``{{ ground|next_step }}``: what the person can do next; empty where nothing is said."""
    found = country().ground(code)
    return found.next_step((get_language() or "vi")[:2]) if found else ""


@register.filter
def came_of_it(code: str) -> str:
    """``{{ outcome|came_of_it }}``: the same in the few words a text message has room for."""
    words: dict[str, str] = {
        Outcome.SETTLED: pgettext("text message", "settled"),
        Outcome.PARTLY: pgettext("text message", "settled in part"),
        Outcome.IN_PROGRESS: pgettext("text message", "being settled"),
        Outcome.SCHEDULED: pgettext("text message", "put on the roadmap"),
        Outcome.EXPLAINED: pgettext("text message", "explained"),
        Outcome.NOT_COMPETENT: pgettext("text message", "passed on to the competent body"),
    }
    return words.get(code) or pgettext("text message", "answered")


@register.filter
def in_my_language(reason: str) -> str:
    """``{{ case.why_here|in_my_language }}``: a reason the system gave is kept in English; what
    somebody wrote stays as it was written.
    """
    return gettext(reason) if reason else ""


LEVELS: Final = 4


class Fitting(template.Node):
    """Writes its text in the first of its lengths that one segment takes."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """With ``short`` from 0 up, until it fits; the shortest when none does."""
        said = ""
        for short in range(LEVELS):
            with context.push(short=short):
                said = " ".join(self.nodelist.render(context).split())
            if len(said) <= LIMIT:
                break
        return said


@register.tag
def fitting(parser: Parser, token: Token) -> Fitting:
    """``{% fitting %}… {% if not short %}…{% endif %}{% endfitting %}``: ``short`` is 0 to 3."""
    del token
    nodelist = parser.parse(("endfitting",))
    parser.delete_first_token()
    return Fitting(nodelist)
