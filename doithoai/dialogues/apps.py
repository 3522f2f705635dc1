"""The app's name and label."""

from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    """Đối Thoại: dialogues."""

    name = "doithoai.dialogues"
    label = "dialogues"

    def ready(self) -> None:
        """What a dialogue keeps of a statement goes into the vault with its case."""
        from doithoai.cases.commands import vaulting  # noqa: PLC0415 - models are loaded by now
        from doithoai.dialogues.commands.vaulting import stow_items  # noqa: PLC0415

        vaulting.also("dialogues", stow_items)
