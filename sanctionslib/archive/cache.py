"""Cache: files that can be made again from editions, in the user's own cache folder.

It belongs to the user who trusts it: it is made for this user alone, and owner and mode are checked
at each use. It is no part of the archive, whose folder others may share, and may be deleted at any
time. That something cannot be kept is no error: the next one has to make it again.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR

import attrs

from sanctionslib._regular_file import read_regular
from sanctionslib.archive._files import discard, make_folder, put_bytes, sweep
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
        with suppress(ArchiveError, OSError):
            refuse_links(self.folder, path)
            return read_regular(path, largest)
        return None

    def write(self, kind: str, list_id: str, form: str, name: str, content: bytes) -> None:
        """Keep a file, whole or not at all.

        Nothing waits for the disk: what reads a file must see that it is cut.
        """
        folder = self.folder / kind / list_id / form
        with suppress(ArchiveError, OSError):
            refuse_links(self.folder, folder)
            make_folder(folder, _MODE)
            sweep(self.folder)
            put_bytes(folder / name, content, beside=self.folder, is_lasting=False)

    def keep_newest(self, kind: str, list_id: str, form: str, count: int) -> None:
        """Remove all files of a kind and format but the last so many that were written."""
        found = list(self._files(kind, list_id, form))
        with suppress(OSError):
            found.sort(key=lambda path: path.lstat().st_mtime)
        for path in found[:-count]:
            discard(path)

    def forget(self, list_id: str, form: str, edition: str) -> None:
        """Remove what was made from an edition."""
        for path in self._files():
            if path.parts[-3:-1] == (list_id, form) and edition in _editions(path.name):
                discard(path)

    def clear(self, list_ids: Collection[str] = ()) -> None:
        """Remove everything, or what was made from editions of these lists."""
        for path in self._files():
            if not list_ids or path.parts[-3] in list_ids:
                discard(path)

    def _files(self, *within: str) -> Iterator[Path]:
        """The files that a cache wrote, by their names."""
        start = self.folder.joinpath(*within)
        with suppress(ArchiveError):
            refuse_links(self.folder, start)
            for at, _, names in os.walk(start):  # no links to folders are followed
                folder = Path(at)
                is_of_format = len(folder.relative_to(self.folder).parts) == 3
                for name in sorted(names) if is_of_format else ():
                    if all(map(is_edition, _editions(name))):
                        yield folder / name


def _editions(name: str) -> list[str]:
    """The names of the editions that a file was made from."""
    return name.removesuffix(WITH_SOURCE).split("_")
