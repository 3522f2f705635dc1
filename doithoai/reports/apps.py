"""The app's name and label."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Đối Thoại: reports."""

    name = "doithoai.reports"
    label = "reports"
