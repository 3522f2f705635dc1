"""The app's name and label."""

from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    """Đối Thoại: dialogues."""

    name = "doithoai.dialogues"
    label = "dialogues"

    def ready(self) -> None:
        """What a dialogue keeps of a statement goes into the vault with its case, or is erased with
        its person; the successor of a body is named in its dialogues, too.
        """
        from doithoai.cases.commands import striking, vaulting  # noqa: PLC0415 - models are loaded
        from doithoai.dialogues.commands.erasing import erase_items  # noqa: PLC0415
        from doithoai.dialogues.commands.succeeding import follow  # noqa: PLC0415
        from doithoai.dialogues.commands.vaulting import stow_items  # noqa: PLC0415
        from doithoai.docket import succession  # noqa: PLC0415

        vaulting.also("dialogues", stow_items)
        striking.also("dialogues", erase_items)
        succession.follows("dialogue", follow)
