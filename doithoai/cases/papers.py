"""The papers of a case in words and layout: the letter that passes it to another body."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.accounts.queries import head_of, holders
from doithoai.cases import petition_papers
from doithoai.cases.models import Case
from doithoai.files.documents import Draft, Text, draft
from doithoai.files.form_queries import own
from doithoai.files.models import Layout
from doithoai.files.signing import signing_for
from doithoai.theme.formatting import day
from doithoai.units.models import Body

# Phiếu chuyển is abbreviated PC (Decree 30/2020, Annex III).
FORM = "recommendation_transferred"
SYMBOLS = {Layout.STATE: "/PC-UBND", Layout.PARTY: "-PC/ĐU", Layout.FRONT: "/PC-MTTQ"}


def transfer_letter(case: Case, *, to: UUID, why: str, today: date) -> bytes:
    """The letter that passes a case to ``to``, as a Word draft in the sender's layout, from an
    administrator's own template (form 07/XLD) where one is in force. Number and
    day of signature, and the day by which a reply is wanted, stay open: they are the signer's.
    """
    sender, written_to = case.handling_body or case.receiving_body, Body.objects.get(pk=to)
    with override(settings.LANGUAGE_CODE):  # the office's language, whatever the clerk reads in
        asked = petition_papers.Asked(to=to, explanation=why)
        head = petition_papers.head(case, today=today)
        if mine := own(FORM, head, petition_papers.facts(case, asked)):
            return mine.data
        layout = Layout(sender.layout)
        title, name = _signer(sender, today)
        return draft(
            Draft(
                layout=layout,
                title=_("Transfer letter"),
                subject=_("Transfer of a recommendation to the competent body"),
                issuer=sender.name,
                parent_issuer=sender.parent.name if sender.parent else "",
                symbol=SYMBOLS[layout],
                place=sender.place.name.split(" ", 1)[-1] if sender.place else "...",
                year=today.year,
                addressee=written_to.name,
                blocks=tuple(Text(each) for each in _paragraphs(case, sender, written_to, why)),
                signer_title=title,
                signer_name=name,
                recipients=(_("As above"),),
            )
        )


def _signer(sender: Body, today: date) -> tuple[str, str]:
    """How the head of the sender signs, and who that is today; gaps where there is none."""
    post = head_of(sender.pk, today=today)
    if post is None:
        return "...", ""
    person = holders([post.pk], today=today).first()
    return signing_for(sender, post.title), person.name if person else ""


def _paragraphs(case: Case, sender: Body, to: Body, why: str) -> tuple[str, ...]:
    place = case.matter.place
    facts = {
        "day": day(case.matter.received_on),
        "body": case.receiving_body.name,
        "place": place.name if place else "…",
        "code": case.matter.code,
        "sender": sender.name,
        "to": to.name,
    }
    return (
        _(
            "On %(day)s %(body)s received a recommendation of people in %(place)s "
            "(code %(code)s), worded as follows:"
        )
        % facts,
        case.text,
        why.strip(),
        _(
            "%(sender)s passes it to %(to)s, to be considered and settled within its "
            "competence. Please send the result in writing to %(sender)s before "
            "day ... month ... year ..., so that the people are answered."
        )
        % facts,
    )
