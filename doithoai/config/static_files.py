"""Gather, hash and compress what the pages load, once for each state of the files."""

from django.core.management import call_command

from doithoai.config.databases import fingerprint
from doithoai.config.environment import ROOT, VAR


def gather() -> None:
    """Fill the folder the web server serves from, unless no static file has changed."""
    stamp = VAR / "static" / ".gathered"
    now = fingerprint(f for f in (ROOT / "doithoai").glob("*/static/**/*") if f.is_file())
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)
