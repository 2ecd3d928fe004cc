"""Reading and hashing every file of the archive again. Changes nothing."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from sanctionslib.answers import ArchiveFault, HeldEdition, HeldFile, Verification
from sanctionslib.archive._files import abandoned, is_safe_name
from sanctionslib.archive._manifest import MisfitError
from sanctionslib.archive.format_folder import (
    ARRIVALS,
    CHECKED,
    MANIFEST,
    OF_DESKTOPS,
    FormatFolder,
    GoneError,
    folders_in,
)
from sanctionslib.archive.packing import damage_of
from sanctionslib.errors import ArchiveError, Call

__all__ = ["verify"]

_OF_HOME = frozenset({"lists.toml", ".locks"})


def verify(
    home: Path, list_ids: Sequence[str], progress: Callable[[int, int], None] | None
) -> Verification:
    """Look at everything of some lists; of all, and at the folder itself, where none is named."""
    return _Verifier(home, progress).run(list_ids)


class _Verifier:
    def __init__(self, home: Path, progress: Callable[[int, int], None] | None) -> None:
        self._home = home
        self._progress = progress
        self._editions: list[HeldEdition] = []
        self._faults: list[ArchiveFault] = []
        self._done = self._total = 0
        # A file that several editions share is hashed once.
        self._known: dict[tuple[int, int, int, str], str] = {}

    def run(self, list_ids: Sequence[str]) -> Verification:
        if not list_ids:
            self._look_for_unexpected(self._home, _OF_HOME)
        folders = [self._home / each for each in list_ids]
        folders = folders or [*folders_in(self._home, skip_links=True)]
        places: list[FormatFolder] = []
        for folder in folders:
            self._look_for_unexpected(folder, frozenset())
            places += [
                FormatFolder(home=self._home, list_id=folder.name, form=each.name)
                for each in folders_in(folder, skip_links=True)
            ]
        self._total, stored = _sizes(folders)
        for place in places:
            self._format(place)
        files = [each for one in self._editions for each in one.files]
        return Verification(
            home=str(self._home),
            editions=tuple(self._editions),
            files=len(files),
            size=sum(each.size for each in files),
            stored=stored,
            faults=tuple(self._faults),
        )

    def _fault(self, path: Path, what: str, what_to_do: str) -> None:
        self._faults.append(ArchiveFault(path=str(path), what=what, what_to_do=what_to_do))

    def _look_for_unexpected(self, folder: Path, ours: frozenset[str]) -> None:
        """Report what is in the folder of lists, or of formats, and is neither."""
        try:
            found = sorted(folder.iterdir())
        except OSError:
            return  # `folders_in` reads it next, and says why it cannot be read
        for path in found:
            if path.name in ours or path.name in OF_DESKTOPS:
                continue
            if path.is_symlink() or not (is_safe_name(path.name) and path.is_dir()):
                self._unexpected(path)

    def _unexpected(self, path: Path) -> None:
        what = "it is a symbolic link" if path.is_symlink() else "it is not the archive's"
        self._fault(path, what, "move it elsewhere")

    def _format(self, place: FormatFolder) -> None:
        try:
            names, unexpected = place.contents()
        except ArchiveError as error:
            self._fault(place.path, error.what, error.hint)
            return
        for path in unexpected:
            self._unexpected(path)
        for path in abandoned(place.path):
            self._fault(
                path,
                "an interrupted process left it behind",
                "remove it, or fetch the list: then it is removed",
            )
        try:
            place.read_checked()
        except FileNotFoundError:
            pass
        except (OSError, MisfitError) as error:
            self._fault(
                place.path / CHECKED,
                f"what the server said last cannot be read: {error}",
                "remove it, or fetch the list: then it is replaced",
            )
        try:
            for one in place.gone():
                self._fault(
                    place.folder(one.name),
                    f"the edition of {one.day} came in, and no longer exists",
                    "restore its folder from a copy, or fetch or add the edition again; or say that "
                    f"you go on without it: {Call('prune', (place.list_id,), {'gone': True})}",
                )
        except ArchiveError as error:
            self._fault(place.path / ARRIVALS, error.what, error.hint)
        for name in names:
            try:
                self._edition(place, place.read(name).held)
            except GoneError:
                continue
            except ArchiveError as error:
                self._fault(place.folder(name) / MANIFEST, error.what, error.hint)

    def _edition(self, place: FormatFolder, held: HeldEdition) -> None:
        folder = place.folder(held.name)
        found = [(each, self._damage_of(folder / each.stored, each)) for each in held.files]
        unexpected = place.unexpected_in(held)
        if _is_gone(folder):
            return  # another process has removed it meanwhile
        self._editions.append(held)
        for file, what in found:
            if what:
                self._fault(
                    folder / file.stored,
                    f"{file.name} of {held.list_id}, {held.name}, is not as it was stored: {what}",
                    "restore it from a copy, or fetch or add the edition again: "
                    "what is damaged is then replaced",
                )
        for path in unexpected:
            self._unexpected(path)

    def _damage_of(self, path: Path, file: HeldFile) -> str:
        try:
            found = path.stat()
            key = (found.st_dev, found.st_ino, file.size, file.sha256)
            # Where there are no links, different files may have the same number.
            if found.st_nlink == 1 or key not in self._known:
                self._known[key] = damage_of(path, file)
                self._done += found.st_size
                if self._progress is not None:
                    self._progress(self._done, self._total)
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
        pass
    return False


def _sizes(folders: Sequence[Path]) -> tuple[int, int]:
    """The size on disk of the packed files, and of all files; those with several links once."""
    packed = everything = 0
    seen: set[tuple[int, int]] = set()
    for folder in folders:
        for path in (Path(at, name) for at, _, names in os.walk(folder) for name in names):
            with contextlib.suppress(OSError):
                found = path.lstat()
                if found.st_nlink == 1 or (found.st_dev, found.st_ino) not in seen:
                    seen.add((found.st_dev, found.st_ino))
                    everything += found.st_size
                    packed += found.st_size if path.suffix == ".gz" else 0
    return packed, everything
