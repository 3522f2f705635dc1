"""Papers of reception days: the conclusion notice, the register in print. Forms of a visit are in
``visit_papers``.
"""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.files.documents import Draft, Table, Text, draft
from doithoai.files.models import Layout
from doithoai.files.printing import Page
from doithoai.files.printing import page as print_page
from doithoai.files.signing import signing_for
from doithoai.reception.models import Session, Visit
from doithoai.reception.queries.register import Line, heads
from doithoai.reception.queries.visits import hushed
from doithoai.reception.visit_papers import who_received
from doithoai.theme.formatting import day
from doithoai.units.models import Body

SYMBOLS = {Layout.STATE: "/TB-UBND", Layout.PARTY: "-TB/ĐU", Layout.FRONT: "/TB-MTTQ"}
COLUMNS = (10, 25, 22, 29, 29, 16, 16, 17, 18, 17, 17, 29, 16)  # shares of the width
Blocks = list[Text | Table]
# Papers speak the language of the office, whatever language the clerk reads the screen in.


def conclusion_words(session: Session, visits: Sequence[Visit]) -> str:
    """The wording proposed for the conclusion notice, from what was said to each visitor."""
    with override(settings.LANGUAGE_CODE):
        facts = {
            "day": day(session.held_on or session.day),
            "venue": session.venue,
            "host": session.host.short_name,
            "who": who_received(session),
            "count": len(visits),
        }
        parts = [
            _(
                "On %(day)s, at %(venue)s, %(host)s received citizens. %(who)s received. "
                "%(count)s visits were entered in the register."
            )
            % facts
        ]
        said = [v for v in visits if not hushed(v) and v.summary]
        parts += [f"{n}. {_said(v)}" for n, v in enumerate(said, 1)]
        return "\n".join(parts)


def _said(visit: Visit) -> str:
    """What was raised and what was said to it; who came stands in the register only."""
    words = visit.summary.rstrip(" .;")
    if visit.due_on:
        facts = {"what": words, "day": day(visit.due_on), "contact": visit.contact}
        return _("%(what)s. To be settled by %(day)s; to ask: %(contact)s.") % facts
    if visit.outcome:
        answer = visit.outcome.rstrip(" .;") + "."
        return _("%(what)s. Answered: %(answer)s") % {"what": words, "answer": answer}
    return f"{words}."


def conclusion(session: Session, text: str) -> bytes:
    """The conclusion notice as a Word draft in the host's layout (Law 42/2013, article 25(2))."""
    with override(settings.LANGUAGE_CODE):
        subject = _("Conclusion of the citizen reception of %(day)s") % {
            "day": day(session.held_on or session.day)
        }
        blocks: Blocks = [Text(line) for line in text.splitlines() if line.strip()]
        signer = signing_for(session.host, session.receiver.title)
        year = (session.held_on or session.day).year
        return draft(_paper(session.host, subject, blocks, signer, year=year))


def _paper(body: Body, subject: str, blocks: Blocks, signer: str, *, year: int) -> Draft:
    layout = Layout(body.layout)
    return Draft(
        layout=layout,
        title=_("Notice"),
        subject=subject,
        issuer=body.name,
        parent_issuer=body.parent.name if body.parent else "",
        symbol=SYMBOLS[layout],
        place=body.place.name.split(" ", 1)[-1] if body.place else "...",
        year=year,
        blocks=tuple(blocks),
        signer_title=signer,
    )


def register_pdf(lines: Iterable[Line], *, office: str, period: str) -> bytes:
    """The register (form 03/TCD) across A4 sheets, its head repeated on each."""
    rows = tuple((str(line.number), *line.texts) for line in lines)
    paper = Page(
        issuer=office,
        title=_("Register of citizen reception (form 03/TCD)"),
        subtitle=period,
        blocks=(Table(heads(), rows, COLUMNS),),
        landscape=True,
    )
    return print_page(paper)
