"""The app's name and label."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """Đối Thoại: reception."""

    name = "doithoai.reception"
    label = "reception"

    def ready(self) -> None:
        """Who came is erased with their statement, and what a visit said, or what was prepared for
        a head, goes into the vault with its case; a successor of a body is named in its reception
        days, too; the record of an item names no visit the register is silent about.
        """
        from doithoai.cases.commands import striking, vaulting  # noqa: PLC0415 - models are loaded by now
        from doithoai.cases.queries import pointing  # noqa: PLC0415
        from doithoai.docket import succession  # noqa: PLC0415
        from doithoai.reception.commands.erasing import erase_visits  # noqa: PLC0415
        from doithoai.reception.commands.succeeding import follow  # noqa: PLC0415
        from doithoai.reception.commands.vaulting import stow_briefs, stow_visits  # noqa: PLC0415
        from doithoai.reception.queries.pointing import at_silent_visits  # noqa: PLC0415

        vaulting.also("reception", stow_briefs)
        vaulting.also("reception_visits", stow_visits)
        striking.also("reception", erase_visits)
        pointing.points("reception.brought_up", at_silent_visits)
        succession.follows("reception", follow)
