"""The app's name and label."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Đối Thoại: notices."""

    name = "doithoai.notices"
    label = "notices"
