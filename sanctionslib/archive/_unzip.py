"""The files of an edition out of the zip that they came in."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from sanctionslib._zip_file import PACKINGS, open_zip
from sanctionslib.archive._attempts import LATER, AttemptError
from sanctionslib.archive._files import is_safe_name
from sanctionslib.archive._pack import pack
from sanctionslib.archive._received import Received
from sanctionslib.archive._sniff import HEAD, beginning, fault_of
from sanctionslib.errors import BlockedError, UnwritableError

__all__ = ["unzip"]

_MOST = 16
"""Files that an edition may have in one zip: OFAC's flat files are four."""


def unzip(path: Path, name: str, folder: Path, *, largest: int) -> tuple[Received, ...]:
    """The file out of a zip: that of the name, else the only one, else all that are there.

    Args:
        path: The zip.
        name: The name of the file.
        folder: A temporary folder.
        largest: Bytes that a file may have, unpacked.

    Raises:
        AttemptError: It is damaged, or does not hold the file.
        UnwritableError: The file cannot be written.
    """
    found: list[Received] = []
    try:
        with (
            _faults(),
            path.open("rb") as raw,
            open_zip(raw) as archive,
        ):
            for member in _chosen(archive, name):
                found += [_member(archive, member, folder, largest)]
    except BaseException:
        for one in found:
            with contextlib.suppress(OSError):
                one.path.unlink()
        raise
    return tuple(found)


def _chosen(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    members = [
        info
        for info in archive.infolist()
        if not info.filename.endswith("/")
        and not info.filename.startswith("__MACOSX/")
        and not _base(info).startswith(".")
    ]
    named = [info for info in members if _base(info).casefold() == name.casefold()]
    chosen = named or members
    names = [_base(info).casefold() for info in chosen]
    listed = ", ".join(repr(info.filename) for info in members[:5]) or "nothing"
    if not chosen or len(chosen) > _MOST or len(set(names)) < len(names):
        raise AttemptError(
            f"the zip holds {len(members)} files ({listed}), and none that can be told to be it",
            hint="if the publisher changed what is in it, look for a newer version of this library",
        )
    for info in chosen:
        if not is_safe_name(_base(info)):
            raise AttemptError(
                f"the zip holds a file with a name that no file can have: {info.filename[:60]!r}",
                hint="do not unpack it by hand: such names are made to write elsewhere",
            )
    return chosen


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, largest: int
) -> Received:
    name = _base(info)
    if info.compress_type not in PACKINGS:
        raise _unknown()
    # What unpacks to more than the zip says is cut there, and its checksum does not agree.
    if info.file_size > largest:
        raise AttemptError(
            f"{name} in the zip is too large to be a list: {info.file_size:,} bytes, where "
            f"{largest:,} are the most",
            hint="if the list has grown so much, add the file to the archive by hand",
        )
    with archive.open(info) as opened:
        head = opened.read(HEAD)
    if fault := fault_of(name, head):
        raise AttemptError(
            f"the zip holds {fault} as {name}{beginning(head)}",
            hint=LATER,
            kind=BlockedError,
        )
    with archive.open(info) as opened:
        return pack(opened, folder, name)


def _base(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename.replace("\\", "/")).name


@contextmanager
def _faults() -> Generator[None]:
    """What zipfile raises, as ours."""
    try:
        yield
    except (AttemptError, UnwritableError):
        raise
    except RuntimeError:
        raise _unknown() from None
    # An offset in it that points nowhere is an OSError or an OverflowError, a name that is no UTF-8
    # a ValueError, and there are more.
    except Exception as error:  # noqa: BLE001 (whatever it is, the zip is at fault)
        said = str(error) or type(error).__name__
        raise AttemptError(f"the zip is damaged: {said}", hint=LATER, again=True) from None


def _unknown() -> AttemptError:
    return AttemptError(
        "the zip is encrypted, or packed in a way that is not known",
        hint="open the address in a browser to see what the publisher gives",
    )
