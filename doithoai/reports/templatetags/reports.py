"""Filters and tags of reports: where a figure's rows are, and figures as bars."""

from django import template
from django.urls import reverse

from doithoai.reports.prose import heading
from doithoai.reports.queries.counting import Figure
from doithoai.reports.queries.dialogue import Section
from doithoai.theme.components import Bar
from doithoai.theme.formatting import percent

register = template.Library()


@register.filter
def rows_url(figure: Figure) -> str:
    """``{{ figure|rows_url }}``: the list that shows exactly the rows of a figure."""
    return f"{reverse('cases')}?{figure.selection.to_query()}"


@register.filter
def as_bars(section: Section) -> tuple[Bar, ...]:
    """``{% bars section|as_bars … %}``: figures with their shares and their rows."""
    return tuple(
        Bar(measure.words, figure.count, rows_url(figure), percent(figure.count, section.whole))
        for measure, figure in section.figures
    )


@register.filter
def dimension(name: str) -> str:
    """``{{ table.dimension|dimension }}``: what a table is called."""
    return heading(name)
