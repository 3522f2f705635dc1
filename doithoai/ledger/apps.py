"""The app's name and label."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Đối Thoại: ledger."""

    name = "doithoai.ledger"
    label = "ledger"
