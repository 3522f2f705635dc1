"""The app's name and label."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Đối Thoại: cases."""

    name = "doithoai.cases"
    label = "cases"

    def ready(self) -> None:
        """A successor of a body is named in its cases, too."""
        from doithoai.cases.commands.succeeding import follow  # noqa: PLC0415 - models are loaded
        from doithoai.docket import succession  # noqa: PLC0415

        succession.follows("case", follow)
