"""Reading and hashing every file of the archive again. Changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sanctionslib.answers import ArchiveFault, HeldEdition, HeldFile, Verification
from sanctionslib.archive._files import abandoned, entries_of, is_safe_name
from sanctionslib.archive.format_folder import (
    ARRIVALS,
    CHECKED,
    MANIFEST,
    OF_DESKTOPS,
    FormatFolder,
    GoneError,
)
from sanctionslib.archive.packing import damage_of
from sanctionslib.errors import ArchiveError, Call

_OF_HOME = ("lists.toml", ".locks")


class Verifier:
    """Looks at an archive once, and collects what is at fault."""

    def __init__(self, home: Path, progress: Callable[[int, int], None] | None) -> None:
        self._home = home
        self._progress = progress
        self._editions: list[HeldEdition] = []
        self._faults: list[ArchiveFault] = []
        self._done = self._total = 0
        # A file that several editions share is hashed once.
        self._known: dict[tuple[int, int, int, str], str] = {}

    def run(self, list_ids: Sequence[str]) -> Verification:
        """Look at everything of some lists; of all, and at the folder itself, where none is named."""
        folders = [self._home / each for each in list_ids]
        folders = folders or self._folders_in(self._home, _OF_HOME)
        places = [
            FormatFolder(home=self._home, list_id=folder.name, form=each.name)
            for folder in folders
            for each in self._folders_in(folder)
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

    @contextmanager
    def _reported(self, path: Path) -> Generator[None]:
        """Turn an error into a fault of a file, and continue."""
        try:
            yield
        except ArchiveError as error:
            self._fault(path, error.what, error.hint)

    def _unexpected(self, path: Path) -> None:
        what = "it is a symbolic link" if path.is_symlink() else "it is not the archive's"
        self._fault(path, what, "move it elsewhere")

    def _folders_in(self, folder: Path, ours: Sequence[str] = ()) -> list[Path]:
        """The folders of lists, or of formats; what else is there is reported."""
        found: list[Path] = []
        for each in entries_of(folder):
            if is_safe_name(each.name) and each.is_dir(follow_symlinks=False):
                found.append(folder / each.name)
            elif each.name not in ours and each.name not in OF_DESKTOPS:
                self._unexpected(folder / each.name)
        return found

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
        with self._reported(place.path / CHECKED):
            place.read_checked()
        with self._reported(place.path / ARRIVALS):
            for one in place.gone():
                self._fault(
                    place.folder(one.name),
                    f"the edition of {one.day} came in, and no longer exists",
                    "restore its folder from a copy, or fetch or add the edition again; or say that "
                    f"you go on without it: {Call('prune', (place.list_id,), {'gone': True})}",
                )
        for name in names:
            with self._reported(place.folder(name) / MANIFEST), suppress(GoneError):
                self._edition(place, place.read(name))

    def _edition(self, place: FormatFolder, held: HeldEdition) -> None:
        folder = place.folder(held.name)
        damages = [self._damage_of(folder / each.stored, each) for each in held.files]
        unexpected = place.unexpected_in(held)
        if not os.path.lexists(folder):
            return  # another process has removed it meanwhile
        self._editions.append(held)
        for file, damage in zip(held.files, damages, strict=True):
            if damage:
                self._fault(
                    folder / file.stored,
                    f"{file.name} of {held.list_id}, {held.name}, is not as it was stored: {damage}",
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


def _sizes(folders: Sequence[Path]) -> tuple[int, int]:
    """The size on disk of the packed files, and of all files; those with several links once."""
    packed = everything = 0
    seen: set[tuple[int, int]] = set()
    for folder in folders:
        for path in (Path(at, name) for at, _, names in os.walk(folder) for name in names):
            with suppress(OSError):
                found = path.lstat()
                if found.st_nlink == 1 or (found.st_dev, found.st_ino) not in seen:
                    seen.add((found.st_dev, found.st_ino))
                    everything += found.st_size
                    packed += found.st_size if path.suffix == ".gz" else 0
    return packed, everything
