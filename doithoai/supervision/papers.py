"""The letter that urges a body to do what is past its date, as a Word draft of the reader's body.

Papers speak the language of the office, whatever language the reader reads the screen in.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.files.documents import Draft, Table, Text, draft
from doithoai.files.models import Layout
from doithoai.supervision.queries.urging import Urging
from doithoai.supervision.queries.watching import Watched
from doithoai.theme.formatting import day, number

WIDTHS = (10, 28, 55, 42, 25)  # millimetres


def urging_letter(found: Urging) -> bytes:
    """The draft, to be numbered by the body's clerk and signed; the product sends it to nobody."""
    with override(settings.LANGUAGE_CODE):
        issuer = found.post.body
        return draft(
            Draft(
                layout=Layout(issuer.layout),
                title=_("Letter of urging"),
                subject=_("on what is past its date at %(body)s") % {"body": found.debtor.name},
                issuer=issuer.name,
                year=found.day.year,
                blocks=_blocks(found),
                signer_title=found.post.title,
                place=issuer.place.name if issuer.place else "...",
                addressee=found.debtor.name,
                recipients=(_("As addressed"),),
            )
        )


def _blocks(found: Urging) -> tuple[Text | Table, ...]:
    names = {"body": found.debtor.name, "issuer": found.post.body.name}
    opening = _(
        "By the record of %(day)s, %(body)s has %(count)s tasks past their date, listed below with "
        "the reason of each date."
    ) % {**names, "day": day(found.day), "count": number(len(found.rows))}
    closing = _(
        "%(issuer)s asks %(body)s to settle them, to answer the people, and to tell %(issuer)s the "
        "result with its evidence; where more time is needed, to extend the date with a reason."
    )
    head = (_("No."), _("Code"), _("About"), _("What is owed"), _("Due; days late"))
    rows = tuple(_row(place, row) for place, row in enumerate(found.rows, start=1))
    return (Text(opening), Table(head, rows, WIDTHS), Text(closing % names))


def _row(place: int, row: Watched) -> tuple[str, ...]:
    owed = row.line.obligation
    due = day(owed.due_on) if owed.due_on else ""
    return (
        str(place),
        owed.matter.code,
        owed.matter.title,
        f"{row.line.duty} ({row.line.why})",
        f"{due}; {number(row.days_late)}",
    )
