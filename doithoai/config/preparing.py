"""`doithoai database prepare`: the roles and the database of a new installation."""

import argparse
import json
import os
from gettext import gettext as _
from urllib.parse import unquote, urlsplit

from doithoai.config import databases
from doithoai.config.databases import APP, OWNER, UNSEAL, Passwords
from doithoai.config.trouble import Trouble


def main(argv: list[str]) -> int:
    """Create on the province's server what DATABASE_URL and the other two addresses name.

    DATABASE_ADMIN_URL is the superuser's address and is needed here and for restores only.
    """
    parser = argparse.ArgumentParser(
        prog="doithoai database",
        description=_(
            "Create on the province's server what DATABASE_URL and the other two addresses name."
        ),
    )
    parser.add_argument(
        "act",
        choices=["prepare"],
        help=_("DATABASE_ADMIN_URL is the superuser's address; only this and a restore need it"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    admin = _setting("DATABASE_ADMIN_URL")
    passwords = Passwords(
        admin="",
        owner=_password("DATABASE_OWNER_URL", OWNER),
        app=_password("DATABASE_URL", APP),
        unseal=_password("DATABASE_UNSEAL_URL", UNSEAL),
    )
    name = unquote(urlsplit(_setting("DATABASE_URL")).path.lstrip("/"))
    databases.create_roles(admin, passwords)
    databases.create_database(admin, name)
    if chosen.json:
        print(json.dumps({"roles": [OWNER, APP, UNSEAL], "database": name}))
        return 0
    said = _("The roles %(roles)s and the database %(name)s are there.")
    print(said % {"roles": ", ".join((OWNER, APP, UNSEAL)), "name": name})
    return 0


def _setting(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise Trouble(
            _("Set %(name)s in the environment (docs/operation.md says how).") % {"name": name}
        )
    return value


def _password(setting: str, role: str) -> str:
    parts = urlsplit(_setting(setting))
    if unquote(parts.username or "") != role or not parts.password:
        raise Trouble(
            _("%(setting)s must name the role %(role)s and its password.")
            % {"setting": setting, "role": role}
        )
    return unquote(parts.password)
