"""What stands in every test's database before it begins: the real units, the roles, the cast."""

import os
import subprocess
import sys


def fill(owner: str) -> None:
    """Migrate and fill a new database as its owner, in a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "tests.filling"],
        check=True,
        env={
            **os.environ, "DATABASE_URL": owner, "DATABASE_OWNER_URL": owner,
            "DJANGO_SETTINGS_MODULE": "doithoai.config.settings",
        },
    )  # fmt: skip


def _fill() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from doithoai.config.demo import ground  # noqa: PLC0415

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    ground()


if __name__ == "__main__":
    _fill()
