"""Filters of pages that show matters: where a matter's own page is, what its state is called."""

from datetime import date

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from doithoai.docket import queries
from doithoai.docket.models import Matter

register = template.Library()


@register.filter
def matter_url(matter: Matter) -> str:
    """``{{ line.obligation.matter|matter_url }}``: the page of its kind, which a higher app brings.

    Nothing where no app brings one: a line of a list is then not a link.
    """
    try:
        return reverse(matter.kind, args=[matter.code])
    except NoReverseMatch:
        return ""


@register.filter
def working_left(due_on: date | None, today: date) -> int | None:
    """``{% due row.due_on today working=row.due_on|working_left:today %}``: as pages count it."""
    return queries.working_left(due_on, today=today)


@register.filter
def state_of(matter: Matter) -> str:
    """``{{ matter|state_of }}``: the stored English label in the reader's language."""
    return gettext(matter.state_label)
