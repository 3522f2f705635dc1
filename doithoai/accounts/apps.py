"""The app's name and label."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Đối Thoại: accounts."""

    name = "doithoai.accounts"
    label = "accounts"
