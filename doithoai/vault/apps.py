"""The app's name and label."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Đối Thoại: vault."""

    name = "doithoai.vault"
    label = "vault"
