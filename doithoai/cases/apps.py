"""The app's name and label."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Đối Thoại: cases."""

    name = "doithoai.cases"
    label = "cases"
