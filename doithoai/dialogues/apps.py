"""The app's name and label."""

from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    """Đối Thoại: dialogues."""

    name = "doithoai.dialogues"
    label = "dialogues"
