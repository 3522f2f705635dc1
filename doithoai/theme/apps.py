"""The app's name and label."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """Đối Thoại: theme."""

    name = "doithoai.theme"
    label = "theme"
