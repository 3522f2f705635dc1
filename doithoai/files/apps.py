"""The app's name and label."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Đối Thoại: files."""

    name = "doithoai.files"
    label = "files"
