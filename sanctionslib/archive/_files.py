"""Files on disk: names that every system takes, atomic writes, temporary folders, our errors."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Generator, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from sanctionslib.errors import ArchiveError, Hint, SanctionsError, UnwritableError, Where

FOLDER_MODE = 0o755
"""The permissions of a new folder of the archive, less the umask of the process."""
_LONGEST = 200
"""Bytes in a name; the systems take 255, and a suffix or a number must have room."""
_SHORTENED = 140
# Windows renames nothing that is open, and virus scanners open what is new: there we wait a moment.
_WAITS = (0.01, 0.05, 0.2, 0.5, 1.0) if os.name == "nt" else ()
_DAY = 24 * 3600
_TEMPORARY = re.compile(r"\.[a-z]+-[0-9a-f]{16}")
_BAD_CHARACTER = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
# Windows opens a device under these names, whatever the suffix.
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?")

OTHER_FOLDER = Hint("choose another folder with SANCTIONSLIB_HOME or {}", "home")
_HINTS = {
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        (Hint("give yourself the right to write there"), OTHER_FOLDER),
    ),
    **dict.fromkeys(
        (errno.ENOTDIR, errno.EEXIST),
        (Hint("a file is where a folder should be: move it"), OTHER_FOLDER),
    ),
    **dict.fromkeys(
        (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)),
        (Hint("make room on the disk; what the archive held before is unchanged"),),
    ),
}


# ── errors ────────────────────────────────────────────────────────────────────────────────────


def writing(path: Path, what: str) -> AbstractContextManager[None]:
    """Turn an error of the operating system into an `UnwritableError` that says what to do.

    `what` is what could not be done: `the edition cannot be kept`.
    """
    otherwise = "check that the folder is there, is writable and has room"
    return raising(UnwritableError, str(path), what, otherwise, _HINTS)


def reading(path: Path, what: str = "the archive cannot be read") -> AbstractContextManager[None]:
    """Turn an error of the operating system into an `ArchiveError`."""
    return raising(
        ArchiveError, str(path), what, "check that it is there, and that you may read it"
    )


@contextmanager
def raising(
    kind: type[SanctionsError],
    source: str,
    what: str,
    hint: str,
    hints: Mapping[int, tuple[Hint, ...]] = {},
) -> Generator[None]:
    """Turn an error of the operating system into one of ours; `hints` are those of its numbers."""
    try:
        yield
    except SanctionsError:
        raise
    except OSError as error:
        raise kind(
            f"{what}: {error.strerror or error}",
            where=Where(source=source),
            hints=hints.get(error.errno or 0, (Hint(hint),)),
        ) from error


# ── names ─────────────────────────────────────────────────────────────────────────────────────


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
    """The name itself where it is safe and not too long to be added to, else a similar one."""
    name = text
    if not is_safe_name(name):
        name = _BAD_CHARACTER.sub("_", text).strip(". ")
    # The end says more than the beginning: it has the suffix.
    while len(name.encode("utf-8", "replace")) > _SHORTENED:
        name = name[1:].lstrip(". ")
    return name if is_safe_name(name) else f"_{name}"


def alike(name: str) -> str:
    """A key that is equal for names that some system takes for one: capitals, accents."""
    return unicodedata.normalize("NFKC", name.casefold()).casefold()


def entries_of(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder at one moment, by name; nothing where it does not exist."""
    with reading(folder), suppress(FileNotFoundError), os.scandir(folder) as found:
        return sorted(found, key=lambda each: each.name)
    return []


# ── writing that lasts ────────────────────────────────────────────────────────────────────────


def sync_file(path: Path) -> None:
    """Wait until the content of a file is on the disk."""
    # Windows syncs only what is open for writing.
    with path.open("r+b") as opened:
        os.fsync(opened.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can say so."""
    # Windows opens no folders, and some network file systems sync none.
    with suppress(OSError):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def rename(source: Path, target: Path) -> None:
    """Rename a file or a folder; a file of the new name is replaced, a folder is not."""
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
    """Make a folder, with all above it, so that it lasts."""
    missing = [each for each in (path, *path.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode, exist_ok=True)
    path.mkdir(exist_ok=True)  # raises where a file has this name
    for each in missing:
        sync_folder(each.parent)


def write_new(path: Path, content: bytes, *, is_lasting: bool = True) -> None:
    """Write a small file that does not exist yet; unless it need not last, wait for the disk."""
    with path.open("xb") as opened:
        opened.write(content)
        if is_lasting:
            opened.flush()
            os.fsync(opened.fileno())


def put_bytes(path: Path, content: bytes, *, beside: Path, is_lasting: bool = True) -> None:
    """Write a small file; it appears whole or not at all, and replaces one of its name.

    The temporary file is made in the folder `beside`, where `sweep` finds what a killed process
    leaves.
    """
    written = temporary(beside)
    try:
        write_new(written, content, is_lasting=is_lasting)
        rename(written, path)
    finally:
        discard(written)
    if is_lasting:
        sync_folder(path.parent)


# ── temporary files and folders ───────────────────────────────────────────────────────────────


def temporary(folder: Path) -> Path:
    """A path in a folder for what is not yet, or no longer, part of the archive."""
    return folder / f".new-{secrets.token_hex(8)}"


def is_temporary(name: str) -> bool:
    """Whether a file or folder is a temporary one: only a running process needs it."""
    return bool(_TEMPORARY.fullmatch(name))


@contextmanager
def temporary_folder(folder: Path) -> Generator[Path]:
    """A temporary folder within another one, removed at the end; old ones are swept."""
    made = temporary(folder)
    with writing(folder, "the archive cannot be written"):
        make_folder(folder)
        sweep(folder)
        made.mkdir(FOLDER_MODE)
    try:
        yield made
    finally:
        discard(made)


def sweep(folder: Path) -> None:
    """Remove what processes left behind that were killed more than a day ago."""
    for path in abandoned(folder):
        discard(path)


def discard(path: Path) -> None:
    """Remove a file, a folder or a link as far as possible."""
    with suppress(OSError):
        path.unlink()
    shutil.rmtree(path, ignore_errors=True)


def abandoned(folder: Path) -> Iterator[Path]:
    """The temporary files and folders that are older than a day, which is longer than any fetch.

    Also those of more than a day in the future: the clock was wrong.
    """
    found: list[Path] = []
    with suppress(OSError):
        found = sorted(path for path in folder.iterdir() if is_temporary(path.name))
    for path in found:
        with suppress(OSError):  # a running process has just removed it
            if abs(time.time() - path.lstat().st_mtime) > _DAY:
                yield path
