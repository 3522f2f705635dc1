"""`make bundle`: one archive from which the product installs without the internet.

Run it on a machine with the same system, processor and Python version as the target. The look from
npm is already inside the product's own wheel, so the target needs neither npm nor Node.
"""

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

from doithoai.config.environment import ROOT, VAR
from doithoai.config.trouble import Trouble

CARRIED = ("requirements/run.lock", "docs/operation.md", "deploy", "scripts/install-bundle")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def main(argv: list[str]) -> int:
    """Write the archive. Raises Trouble when a package cannot be fetched."""
    parser = argparse.ArgumentParser(prog="python -m doithoai.config.bundle")
    name = f"doithoai-{version('doithoai')}"
    parser.add_argument("--to", type=Path, default=VAR / f"{name}-bundle.tar")
    chosen = parser.parse_args(argv)
    chosen.to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / name
        _fetch(folder / "wheels")
        for carried in CARRIED:
            _carry(ROOT / carried, folder / Path(carried).name)
        with tarfile.open(chosen.to, "w") as tar:
            tar.add(folder, name)
    print(chosen.to)
    return 0


def _fetch(wheels: Path) -> None:
    """Every package of the lock file, proved by its hash, and a wheel of the product itself."""
    lock = str(ROOT / "requirements" / "run.lock")
    _run(*PIP, "download", "--require-hashes", "--only-binary=:all:", "-r", lock, "-d", str(wheels))
    # setuptools builds in the checkout and would pack what an older build left there.
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    _run(*PIP, "wheel", "--no-deps", "--no-build-isolation", str(ROOT), "-w", str(wheels))
    shutil.rmtree(ROOT / "build", ignore_errors=True)


def _carry(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def _run(*command: str) -> None:
    done = subprocess.run(  # noqa: S603 - pip of this environment
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise Trouble(f"pip failed: {done.stderr.strip()[-600:]}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(f"bundle: {trouble}")
