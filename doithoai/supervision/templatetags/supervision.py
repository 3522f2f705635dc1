"""Filters of supervisors' pages."""

from django import template
from django.urls import reverse

from doithoai.supervision.queries.watching import Watch

register = template.Library()


@register.filter
def watch_url(watch: Watch) -> str:
    """``{{ group.watch|watch_url }}``: the late list that shows exactly these rows."""
    return f"{reverse('late')}?{watch.to_query()}"
