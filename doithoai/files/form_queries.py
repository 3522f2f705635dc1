"""Reads of what papers are made from: forms, their templates in force, a body's own texts."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.core.errors import NotFound
from doithoai.files import filling, template_making
from doithoai.files.facts import Facts, Head
from doithoai.files.models import FormTemplate, Layout, Paragraph
from doithoai.files.queries import content
from doithoai.files.wordings import Form, by_code, forms

SHIPPED: Final = 0


@dataclass(frozen=True)
class Made:
    """A paper filled in, and which version of its form made it."""

    form: Form
    layout: str
    version: int
    data: bytes


@dataclass(frozen=True)
class Line:
    """One form of the list: its versions in force by layout, where its wording comes from."""

    form: Form
    versions: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]

    @property
    def official(self) -> bool:
        """Whether its wording is the official one, shipped or put in place here."""
        return self.form.found or bool(self.notes)


@dataclass(frozen=True)
class FormPage:
    """One form in one layout, with every version there was, newest first."""

    form: Form
    layout: Layout
    versions: tuple[FormTemplate, ...]

    @property
    def current(self) -> int:
        """The version in force; 0 is the one we ship."""
        return next((row.version for row in self.versions if row.current), SHIPPED)


def listed() -> tuple[Line, ...]:
    """Every form with the templates in force. One query."""
    rows = list(FormTemplate.objects.filter(current=True).order_by("code", "layout"))
    return tuple(_line(form, [r for r in rows if r.code == form.code]) for form in forms())


def _line(form: Form, rows: list[FormTemplate]) -> Line:
    own = {row.layout: row.version for row in rows}
    versions = tuple((layout.value, own.get(layout.value, SHIPPED)) for layout in Layout)
    return Line(form, versions, tuple(dict.fromkeys(row.note for row in rows)))


def form_page(code: str, layout: str) -> FormPage:
    """One form in one layout. Raises NotFound."""
    form = by_code().get(code)
    if form is None or layout not in Layout.values:
        raise NotFound(_("There is no such form."))
    rows = FormTemplate.objects.filter(code=code, layout=layout).select_related("stored")
    return FormPage(form, Layout(layout), tuple(rows.order_by("-version")))


def template(code: str, layout: str, version: int) -> bytes:
    """The Word file of a version; 0 is the one we ship. Raises NotFound."""
    page = form_page(code, layout)
    if version == SHIPPED:
        return template_making.make(page.form, layout)
    found = next((row for row in page.versions if row.version == version), None)
    if found is None:
        raise NotFound(_("There is no such version of this form."))
    return content(found.stored)


def made(code: str, head: Head, facts: Facts) -> Made:
    """A paper of this form, from the template in force for the layout. Raises NotFound."""
    page = form_page(code, head.layout)
    data = template(code, head.layout, page.current)
    filled = filling.fill(page.form, data, head, facts)
    return Made(page.form, head.layout, page.current, filled)


def own(code: str, head: Head, facts: Facts) -> Made | None:
    """The same from a template an administrator put in place for the layout; None while only ours
    is there, for papers we lay out ourselves.
    """
    return made(code, head, facts) if form_page(code, head.layout).current else None


def paragraphs(body: UUID, *, code: str = "") -> tuple[Paragraph, ...]:
    """The texts a body offers, by name; with ``code`` only those for this form or answer."""
    rows = Paragraph.objects.filter(body=body, current=True)
    if code:
        rows = rows.filter(Q(forms=[]) | Q(forms__contains=[code]))
    return tuple(rows.order_by("name", "pk"))


def paragraph_versions(series: UUID, *, body: UUID) -> tuple[Paragraph, ...]:
    """All versions of a body's text, newest first. Raises NotFound for another body's."""
    rows = tuple(Paragraph.objects.filter(series=series, body=body).order_by("-version"))
    if not rows:
        raise NotFound(_("There is no such text."))
    return rows
