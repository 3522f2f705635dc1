"""The app's name and label."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Đối Thoại: home."""

    name = "doithoai.home"
    label = "home"
