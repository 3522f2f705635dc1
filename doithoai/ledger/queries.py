"""Reads of receipts."""

from uuid import UUID

from django.conf import settings

from doithoai.core.identifiers import digits_of, is_code
from doithoai.ledger import digests
from doithoai.ledger.models import Receipt


def receipt_is_about(code: str) -> UUID | None:
    """What the slip with this code is about, its secret not asked: for officials who hold the
    slip itself. Only those who may see the matter may be told.
    """
    typed = digits_of(code)
    if not is_code(typed):
        return None
    wanted = digests.keyed(settings.RECEIPT_PEPPER, typed)
    rows = Receipt.objects.filter(code_hash=wanted, dead_at=None)
    return rows.values_list("about", flat=True).first()
