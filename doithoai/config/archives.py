"""One installation in one tar: the database's dump, the files, and a manifest that proves both."""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from gettext import gettext as _
from pathlib import Path

from doithoai.config.trouble import Trouble
from doithoai.core.progress import followed

DUMP = "database.dump"
MANIFEST = "manifest.json"
FILES = "files"


@dataclass(frozen=True)
class Manifest:
    """What an archive holds: rows of each table at the dump's snapshot, SHA-256 of each member."""

    version: str
    created_at: str
    server_major: int
    rows: dict[str, int]
    sha256: dict[str, str]


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def members(folder: Path) -> Iterator[Path]:
    """Every regular file below the folder, in order; none when it is absent."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def write(
    archive: Path, *, dump: Path, files: Path, describe: Callable[[dict[str, str]], Manifest]
) -> Manifest:
    """Write the archive beside its place and move it there whole; readable for its owner only."""
    partial = archive.with_name(f"{archive.name}.partial")
    sums = {DUMP: sha256_of(dump)}
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out, tarfile.open(fileobj=out, mode="w") as tar:
        tar.add(dump, DUMP)
        for path in followed(list(members(files)), _("Saving files")):
            name = f"{FILES}/{path.relative_to(files).as_posix()}"
            sums[name] = sha256_of(path)
            tar.add(path, name)
        manifest = describe(sums)
        described = dump.with_name(MANIFEST)
        described.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        tar.add(described, MANIFEST)
        out.flush()
        os.fsync(out.fileno())
    partial.rename(archive)
    return manifest


def unpack(archive: Path, folder: Path) -> Manifest:
    """Unpack into an empty folder and check every sum.

    Raises Trouble when the archive is cut short, altered, or holds more or less than it says.
    """
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError) as error:
        raise Trouble(
            _("%(archive)s is not a whole archive: %(reason)s.")
            % {"archive": archive, "reason": error}
        ) from None
    described = folder / MANIFEST
    if not described.is_file():
        said = _("%(archive)s is not a whole archive: it has no manifest.")
        raise Trouble(said % {"archive": archive})
    manifest = _read(described, archive)
    found = {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in members(folder)
        if path != described
    }
    if found != manifest.sha256:
        wrong = sorted(set(found.items()) ^ set(manifest.sha256.items()))
        raise Trouble(
            _("%(archive)s is damaged: %(member)s is not what the manifest says.")
            % {"archive": archive, "member": wrong[0][0]}
        )
    return manifest


def _read(described: Path, archive: Path) -> Manifest:
    try:
        return Manifest(**json.loads(described.read_text()))
    except (ValueError, TypeError) as error:
        raise Trouble(
            _("The manifest of %(archive)s cannot be read: %(reason)s.")
            % {"archive": archive, "reason": error}
        ) from None


def put_files_back(unpacked: Path, files: Path) -> int:
    """Copy the archive's files into place; how many were missing or different.

    Files that are here and not in the archive stay: they are named by their content.
    """
    copied = 0
    for path in members(unpacked / FILES):
        target = files / path.relative_to(unpacked / FILES)
        if target.is_file() and sha256_of(target) == sha256_of(path):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        copied += 1
    return copied
