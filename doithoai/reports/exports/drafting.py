"""A report as a paper of its body: the same head and signature as all that body signs."""

from typing import Final

from doithoai.files.documents import Draft, Table, Text
from doithoai.files.facts import Head
from doithoai.files.filling import symbol_of
from doithoai.files.models import Layout

REPORT: Final = "BC"  # báo cáo: Decree 30/2020, Annex III; Regulation 399-QĐ/TW


def drafted(head: Head, *, title: str, subject: str, blocks: tuple[Text | Table, ...]) -> Draft:
    """The paper, whose number and day of signature stay the clerk's."""
    return Draft(
        layout=Layout(head.layout),
        title=title,
        subject=subject,
        issuer=head.issuer,
        parent_issuer=head.parent_issuer,
        symbol=symbol_of(head, REPORT),
        place=head.place,
        year=head.year,
        blocks=blocks,
        signer_title=head.signer_title,
        signer_name=head.signer_name,
    )
