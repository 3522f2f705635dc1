"""The app's name and label."""

from django.apps import AppConfig


class DocketConfig(AppConfig):
    """Đối Thoại: docket."""

    name = "doithoai.docket"
    label = "docket"
