"""At the start: read the law, and stop with a sentence when it does not hold together."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Đối Thoại: the place that knows all."""

    name = "doithoai.config"
    label = "config"

    def ready(self) -> None:
        """Install the lawbook. Raises RulebookError for an unknown event, role or date."""
        from doithoai.config import vocabulary  # noqa: PLC0415 - models exist only now
        from doithoai.docket import lawbook  # noqa: PLC0415

        lawbook.install(vocabulary.lawbook)
