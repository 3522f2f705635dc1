"""The app's name and label."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """Đối Thoại: reception."""

    name = "doithoai.reception"
    label = "reception"
