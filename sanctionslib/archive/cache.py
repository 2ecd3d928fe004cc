"""Cache: files that can be made again from editions, in the user's own cache folder.

It belongs to the user who trusts it: it is made for this user alone, and owner and mode are checked
at each use. It is no part of the archive, whose folder others may share, and may be deleted at any
time. That something cannot be kept is no error: the next one has to make it again.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from stat import S_ISDIR

import attrs

from sanctionslib._regular_file import read_regular
from sanctionslib.archive._files import make_folder, sweep, temporary
from sanctionslib.archive._folders import others_can_write, refuse_links
from sanctionslib.archive.format_folder import is_edition
from sanctionslib.errors import ArchiveError

__all__ = ["WITH_SOURCE", "Cache"]

WITH_SOURCE = "-source"
"""The end of the name of a copy whose entities have their source."""
_MODE = 0o700


@attrs.frozen
class Cache:
    """Files by kind, list, format and name; the name is that of an edition, or of two.

    Args:
        folder: The folder; it is made when something is kept.
    """

    folder: Path

    @property
    def problem(self) -> str:
        """Why the folder must not be used, in words; "" where it may be, or is not there yet."""
        if not self.folder.is_absolute():
            return "the user has no home folder"
        try:
            mode = self.folder.lstat().st_mode
        except OSError:  # what cannot be reached is not used, and nobody planted it
            return ""
        if not S_ISDIR(mode):
            return "it is a symbolic link, or no folder"
        if others_can_write(self.folder):
            return "it belongs to another user, or others can write there"
        return ""

    def read(self, kind: str, list_id: str, form: str, name: str, *, largest: int) -> bytes | None:
        """The content of a file of at most so many bytes; None where it is not as it was written."""
        path = self.folder / kind / list_id / form / name
        try:
            refuse_links(self.folder, path)
            return read_regular(path, largest)
        except (ArchiveError, OSError):
            return None

    def write(self, kind: str, list_id: str, form: str, name: str, content: bytes) -> None:
        """Keep a file, whole or not at all.

        Nothing waits for the disk: what reads a file must see that it is cut.
        """
        folder = self.folder / kind / list_id / form
        written = temporary(self.folder, "new")
        with contextlib.suppress(ArchiveError, OSError):
            refuse_links(self.folder, folder)
            make_folder(folder, _MODE)
            sweep(self.folder)
            try:
                with written.open("xb") as opened:
                    opened.write(content)
                written.replace(folder / name)
            finally:
                written.unlink(missing_ok=True)

    def keep_newest(self, kind: str, list_id: str, form: str, count: int) -> None:
        """Remove all files of a kind and format but the last so many that were written."""
        found = [path for _, path in self._files(kind, list_id, form)]
        with contextlib.suppress(OSError):
            found.sort(key=lambda one: one.lstat().st_mtime)
        for path in found[:-count]:
            _remove(path)

    def forget(self, list_id: str, form: str, edition: str) -> None:
        """Remove what was made from an edition."""
        for place, path in self._files():
            if place == (list_id, form) and edition in _editions(path.name):
                _remove(path)

    def clear(self, list_ids: Collection[str] = ()) -> None:
        """Remove everything, or what was made from editions of these lists."""
        for (list_id, _), path in self._files():
            if not list_ids or list_id in list_ids:
                _remove(path)

    def _files(self, *within: str) -> Iterator[tuple[tuple[str, str], Path]]:
        """The files that a cache wrote, by their names, each with its list and format."""
        start = self.folder.joinpath(*within)
        with contextlib.suppress(ArchiveError):
            refuse_links(self.folder, start)
            for at, _, names in os.walk(start):  # no links to folders are followed
                parts = Path(at).relative_to(self.folder).parts
                for name in sorted(names) if len(parts) == 3 else ():
                    if all(map(is_edition, _editions(name))):
                        yield (parts[1], parts[2]), Path(at, name)


def _editions(name: str) -> list[str]:
    """The names of the editions that a file was made from."""
    return name.removesuffix(WITH_SOURCE).split("_")


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
