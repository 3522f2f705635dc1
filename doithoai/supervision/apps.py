"""The app's name and label."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Đối Thoại: supervision."""

    name = "doithoai.supervision"
    label = "supervision"
