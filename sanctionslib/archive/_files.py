"""Files on disk: names that every system takes, writing that lasts, and our errors for theirs."""

from __future__ import annotations

import contextlib
import errno
import math
import os
import re
import secrets
import shutil
import time
from collections.abc import Generator
from pathlib import Path

from sanctionslib.errors import Hint, UnwritableError, Where

__all__ = [
    "FOLDER_MODE",
    "OTHER_FOLDER",
    "discard",
    "is_leftover",
    "is_safe_name",
    "leftovers",
    "make_folder",
    "put_bytes",
    "rename",
    "safe_name",
    "sweep",
    "sync_file",
    "sync_folder",
    "temporary",
    "temporary_folder",
    "unwritable",
]

_FULL = {errno.ENOSPC, errno.EFBIG} | {getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
FOLDER_MODE = 0o755
"""The permissions of a new folder of the archive, less what the process withholds from all of its."""
_LONGEST = 200
"""Bytes in a name that is taken; the systems take 255, and a suffix or a number must have room."""
_SHORTENED = 140
# Windows renames nothing that is open, and virus scanners open what is new: there we wait a moment.
_WAITS = (0.01, 0.05, 0.2, 0.5, 1.0) if os.name == "nt" else ()
_DAY = 24 * 3600
_TEMPORARY = re.compile(r"\.[a-z]+-[0-9a-f]{16}")

_BAD_CHARACTER = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
# Windows opens a device under these names, whatever the suffix.
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?")


def is_safe_name(text: str) -> bool:
    """Whether a file or folder of this name can be made on every system, inside its folder."""
    return (
        0 < len(text.encode("utf-8", "replace")) <= _LONGEST
        and not _BAD_CHARACTER.search(text)
        and not _DEVICE.fullmatch(text)
        and not text.startswith(".")
        and not text.endswith((".", " "))
    )


def safe_name(text: str) -> str:
    """The name itself where it is safe and not too long to be added to, else one that is like it."""
    name = text
    if not is_safe_name(name):
        name = _BAD_CHARACTER.sub("_", text).lstrip(". ").rstrip(". ")
    # The end says more than the beginning: it has the suffix.
    while len(name.encode("utf-8", "replace")) > _SHORTENED:
        name = name[1:].lstrip(". ")
    return name if is_safe_name(name) else f"_{name}"


OTHER_FOLDER = (Hint("choose another folder with SANCTIONSLIB_HOME or {}", "home"),)


def unwritable(error: OSError, path: Path, what: str) -> UnwritableError:
    """Our error for one of the operating system's, with what to do about it.

    Args:
        error: What the operating system said.
        path: The file or folder.
        what: What could not be done, as `the edition cannot be kept`.
    """
    if error.errno in _FULL:
        hints: tuple[Hint, ...] = (
            Hint("make room on the disk; what the archive held before is unchanged"),
        )
    elif error.errno in _FORBIDDEN:
        hints = (Hint("give yourself the right to write there"), *OTHER_FOLDER)
    elif error.errno in (errno.ENOTDIR, errno.EEXIST):
        hints = (Hint("a file lies where a folder should be: move it"), *OTHER_FOLDER)
    else:
        hints = (Hint("check that the folder is there, is writable and has room"),)
    return UnwritableError(
        f"{what}: {error.strerror or error}", where=Where(source=str(path)), hints=hints
    )


def sync_file(path: Path) -> None:
    """Wait until the content of a file is on the disk.

    Raises:
        OSError: It is not.
    """
    # Windows syncs only what is open for writing.
    with path.open("r+b") as opened:
        os.fsync(opened.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can say so."""
    # Windows opens no folders, and some network file systems sync none: there it is left to them.
    with contextlib.suppress(OSError):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def temporary(folder: Path, kind: str) -> Path:
    """A path in a folder of the archive for what is not yet, or no longer, part of it."""
    return folder / f".{kind}-{secrets.token_hex(8)}"


@contextlib.contextmanager
def temporary_folder(folder: Path) -> Generator[Path]:
    """A folder of that kind within another one, removed at the end.

    Those that killed processes left behind are removed after a day.

    Raises:
        UnwritableError: It cannot be made.
    """
    made = temporary(folder, "work")
    try:
        make_folder(folder)
        sweep(folder, time.time())
        made.mkdir(FOLDER_MODE)
    except OSError as error:
        raise unwritable(error, folder, "the archive cannot be written") from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def is_leftover(name: str) -> bool:
    """Whether a file or folder is one of those; then nothing but a running process needs it."""
    return bool(_TEMPORARY.fullmatch(name))


def sweep(folder: Path, now: float) -> None:
    """Remove what processes left behind that were killed more than a day ago.

    Args:
        folder: The folder of a format.
        now: The time, as `time.time` gives it.
    """
    for path in leftovers(folder, now):
        discard(path)


def discard(path: Path) -> None:
    """Remove a file, a folder or a link as far as that can be done; nothing where it is not there."""
    with contextlib.suppress(OSError):
        path.unlink()
    shutil.rmtree(path, ignore_errors=True)


def leftovers(folder: Path, now: float) -> tuple[Path, ...]:
    """What no running process needs any more: nothing in it was changed for a day.

    Nor does any where the change is still to come by more than a day: the clock was wrong then.
    """
    try:
        found = [path for path in folder.iterdir() if is_leftover(path.name)]
    except OSError:
        return ()
    return tuple(path for path in sorted(found) if _DAY < abs(now - _changed(path)) < math.inf)


def _changed(path: Path) -> float:
    """When a file, a folder, or a file in the folder was last written; infinite where it is gone."""
    try:
        latest = path.lstat().st_mtime
    except OSError:
        return math.inf
    with contextlib.suppress(OSError):
        latest = max([latest, *(each.lstat().st_mtime for each in path.iterdir())])
    return latest


def rename(source: Path, target: Path) -> None:
    """Give a file or a folder another name; a file of that name is replaced, a folder is not.

    Raises:
        OSError: It cannot be done.
    """
    move = os.rename if source.is_dir() else os.replace
    for wait in _WAITS:
        try:
            move(source, target)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    move(source, target)


def make_folder(path: Path, mode: int = FOLDER_MODE) -> None:
    """Make a folder with all above it, so that it lasts.

    Args:
        path: The folder.
        mode: The permissions of each folder that is made.

    Raises:
        OSError: It cannot be made.
    """
    absent = [each for each in (path, *path.parents) if not each.exists()]
    for each in reversed(absent):
        each.mkdir(mode, exist_ok=True)
    path.mkdir(exist_ok=True)  # raises where a file has this name
    for each in absent:
        sync_folder(each.parent)


def put_bytes(path: Path, content: bytes, *, beside: Path) -> None:
    """Write a small file; it appears whole or not at all, and replaces one of its name.

    Args:
        path: The file.
        content: What it is to hold.
        beside: The folder of the format, for the temporary file: what a killed process leaves
            there is found and swept.

    Raises:
        OSError: It cannot be written; then a file of its name is as it was.
    """
    written = temporary(beside, "new")
    try:
        with written.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        rename(written, path)
    finally:
        with contextlib.suppress(OSError):
            written.unlink()
    sync_folder(path.parent)
