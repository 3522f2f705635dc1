"""The app's name and label."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Đối Thoại: core."""

    name = "doithoai.core"
    label = "core"
