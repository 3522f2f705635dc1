"""The app's name and label."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Đối Thoại: duties."""

    name = "doithoai.duties"
    label = "duties"
