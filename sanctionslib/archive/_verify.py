"""Reading and hashing every file of the archive again. Changes nothing."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sanctionslib.answers import ArchiveFault, HeldEdition, HeldFile, Verification
from sanctionslib.archive._checked import Checked
from sanctionslib.archive._files import is_safe_name, leftovers
from sanctionslib.archive._hashing import fault_of
from sanctionslib.archive._kept import KEPT, gone
from sanctionslib.archive._manifest import MisfitError
from sanctionslib.archive._shelf import MANIFEST, OF_DESKTOPS, GoneError, Shelf, folders_in
from sanctionslib.errors import ArchiveError

__all__ = ["verify"]

_OF_HOME = frozenset({"lists.toml", ".locks"})


def verify(
    home: Path, list_ids: Sequence[str], progress: Callable[[int, int], None] | None
) -> Verification:
    """Look at everything of some lists; of all, and at the folder itself, where none is named."""
    check = _Check(home, progress)
    check.look_at(list_ids)
    return Verification(
        home=str(home),
        editions=tuple(check.editions),
        files=check.files,
        size=check.size,
        stored=check.stored,
        faults=tuple(check.faults),
    )


class _Check:
    def __init__(self, home: Path, progress: Callable[[int, int], None] | None) -> None:
        self.home = home
        self.progress = progress
        self.editions: list[HeldEdition] = []
        self.faults: list[ArchiveFault] = []
        self.files = self.size = self.stored = self.done = self.total = 0
        # A file that several editions share is hashed once.
        self._known: dict[tuple[int, int, int, str], str] = {}

    def look_at(self, list_ids: Sequence[str]) -> None:
        if not list_ids:
            self._strangers(self.home, _OF_HOME)
        folders = [self.home / each for each in list_ids] or folders_in(self.home, skip_links=True)
        places: list[Shelf] = []
        for folder in folders:
            self._strangers(folder, frozenset())
            places += [
                Shelf(home=self.home, list_id=folder.name, form=each.name)
                for each in folders_in(folder, skip_links=True)
            ]
        self.total, self.stored = _sizes(folders)
        for shelf in places:
            self._shelf(shelf)

    def _fault(self, path: Path, what: str, what_to_do: str) -> None:
        self.faults.append(ArchiveFault(path=str(path), what=what, what_to_do=what_to_do))

    def _strangers(self, folder: Path, ours: frozenset[str]) -> None:
        """Report what lies in the folder of lists, or of formats, and is neither."""
        try:
            found = sorted(folder.iterdir())
        except FileNotFoundError:
            return
        except OSError:
            found = []  # `folders_in` reads it next, and says why it cannot be read
        for path in found:
            if path.name in ours or path.name in OF_DESKTOPS:
                continue
            if path.is_symlink() or not (is_safe_name(path.name) and path.is_dir()):
                self._stranger(path)

    def _stranger(self, path: Path) -> None:
        what = "it is a symbolic link" if path.is_symlink() else "it is nothing of the archive's"
        self._fault(path, what, "move it elsewhere")

    def _shelf(self, shelf: Shelf) -> None:
        try:
            names, strangers = shelf.look()
        except ArchiveError as error:
            self._fault(shelf.path, error.what, error.hint)
            return
        for path in strangers:
            self._stranger(path)
        for path in leftovers(shelf.path, time.time()):
            self._fault(
                path,
                "a process that was ended left it behind",
                "remove it, or fetch the list: then it is removed",
            )
        self._checked(shelf.path / "checked.json")
        self._kept(shelf)
        for name in names:
            try:
                self._edition(shelf, shelf.read(name).held)
            except GoneError:
                continue
            except ArchiveError as error:
                self._fault(shelf.folder(name) / MANIFEST, error.what, error.hint)

    def _checked(self, path: Path) -> None:
        try:
            Checked.read(path)
        except FileNotFoundError:
            pass
        except (OSError, MisfitError) as error:
            self._fault(
                path,
                f"what the server said last cannot be read: {error}",
                "remove it, or fetch the list: then it is replaced",
            )

    def _kept(self, shelf: Shelf) -> None:
        try:
            lost = gone(shelf)
        except ArchiveError as error:
            self._fault(shelf.path / KEPT, error.what, error.hint)
            return
        for one in lost:
            self._fault(
                shelf.folder(one.name),
                f"the edition of {one.day} came in, and is no longer there",
                "restore its folder from a copy, or fetch or add the edition again; or say that you "
                f"go on without it: sl.Archive().prune({shelf.list_id!r}, gone=True)",
            )

    def _edition(self, shelf: Shelf, held: HeldEdition) -> None:
        folder = shelf.folder(held.name)
        found = [(each, self._fault_of(folder / each.stored, each)) for each in held.files]
        strangers = shelf.strangers_in(held)
        if _is_gone(folder):
            return  # another process has removed it meanwhile
        self.editions.append(held)
        for file, what in found:
            self.files += 1
            self.size += file.size
            if what:
                self._fault(
                    folder / file.stored,
                    f"{file.name} of {held.list_id}, {held.name}, is not as it was stored: {what}",
                    "restore it from a copy, or fetch or add the edition again: "
                    "what is damaged is then replaced",
                )
        for path in strangers:
            self._stranger(path)

    def _fault_of(self, path: Path, file: HeldFile) -> str:
        try:
            found = path.stat()
            key = (found.st_dev, found.st_ino, file.size, file.sha256)
            # Where there are no links, different files may have the same number.
            if found.st_nlink > 1 and key in self._known:
                return self._known[key]
            self._known[key] = fault_of(path, file)
            self.done += found.st_size
            if self.progress is not None:
                self.progress(self.done, self.total)
            return self._known[key]
        except FileNotFoundError:
            return "it is not there"
        except OSError as error:
            return f"it cannot be read: {error.strerror or error}"


def _is_gone(folder: Path) -> bool:
    try:
        folder.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _sizes(folders: Sequence[Path]) -> tuple[int, int]:
    """The size on disk of the packed files, and of all files; those with several links once."""
    packed = everything = 0
    seen: set[tuple[int, int]] = set()
    for path in _files(folders):
        with contextlib.suppress(OSError):
            found = path.lstat()
            if found.st_nlink == 1 or (found.st_dev, found.st_ino) not in seen:
                seen.add((found.st_dev, found.st_ino))
                everything += found.st_size
                packed += found.st_size if path.suffix == ".gz" else 0
    return packed, everything


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        for at, _, names in os.walk(folder):
            yield from (Path(at, name) for name in names)
