"""The app's name and label."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """Đối Thoại: units."""

    name = "doithoai.units"
    label = "units"
