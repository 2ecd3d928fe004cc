"""Shelf: the folder of one format of one list, with its editions by name.

An edition's folder is named after its day and the start of its hash, so that the days of a long
history are known without reading any `edition.json`.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from datetime import date
from pathlib import Path
from stat import S_ISREG

import attrs

from sanctionslib._regular_file import IrregularFileError, read_regular
from sanctionslib.answers import HeldEdition, HeldFile
from sanctionslib.archive._files import is_leftover, is_safe_name
from sanctionslib.archive._manifest import LaterError, Manifest, MisfitError
from sanctionslib.archive._trust import link_error, refuse_links
from sanctionslib.errors import (
    ArchiveError,
    Call,
    CorruptEditionError,
    Hint,
    InvalidInputError,
    Where,
)

__all__ = [
    "MANIFEST",
    "OF_DESKTOPS",
    "GoneError",
    "Shelf",
    "folders_in",
    "is_edition",
    "unreadable",
]

MANIFEST = "edition.json"
OF_DESKTOPS = frozenset({".DS_Store", ".directory", "desktop.ini", "Thumbs.db"})
"""What desktops put into every folder that is looked at."""

_OURS = OF_DESKTOPS | {"checked.json", "kept.json"}
_LARGEST_MANIFEST = 1 << 24
"""More bytes than an `edition.json` can have."""
_NAME = re.compile(r"(undated|[0-9]{4}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}")
_RESTORE = (
    Hint("restore its folder from a copy, or remove it and fetch or add the edition again"),
    Hint("{} names everything that is at fault", call=Call("verify")),
)


def is_edition(text: str) -> bool:
    """Whether a folder of this name is an edition."""
    found = _NAME.fullmatch(text)
    try:
        return found is not None and (found[1] == "undated" or bool(date.fromisoformat(found[1])))
    except ValueError:  # no such day
        return False


class GoneError(Exception):
    """An edition was removed by another process since its name was read."""


def unreadable(
    error: OSError, path: Path, what: str = "the archive cannot be read"
) -> ArchiveError:
    """Our error for one of the operating system's, while reading."""
    return ArchiveError(
        f"{what}: {error.strerror or error}",
        where=Where(source=str(path)),
        hint="check that it is there, and that you may read it",
    )


def folders_in(path: Path, *, skip_links: bool = False) -> tuple[Path, ...]:
    """The folders in a folder that may be ours, by name; none where it is not there.

    Args:
        path: The folder.
        skip_links: Leave out symbolic links. Else one that stands for a folder raises: to leave it
            out would be to answer from the others in silence.

    Raises:
        ArchiveError: It cannot be read, is a file, or holds a symbolic link to a folder.
    """
    found: list[str] = []
    try:
        # What a folder is called says that it is there, also where it may not be entered.
        with os.scandir(path) as entries:
            for each in entries:
                if not is_safe_name(each.name):
                    continue
                if each.is_symlink():
                    if not skip_links and (each.is_dir() or is_edition(each.name)):
                        raise link_error(path / each.name)
                elif each.is_dir():
                    found.append(each.name)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise unreadable(error, path) from error
    return tuple(path / name for name in sorted(found))


@attrs.frozen(kw_only=True)
class Shelf:
    """The folder of one format of one list."""

    home: Path
    list_id: str
    form: str

    @classmethod
    def of(cls, home: Path, list_id: str, form: str) -> Shelf:
        """The shelf of a format.

        Raises:
            InvalidInputError: List or format has a name that no folder can have.
            ArchiveError: A symbolic link has that name.
        """
        for what, name in (("list id", list_id), ("format", form)):
            if not (isinstance(name, str) and is_safe_name(name)):
                raise InvalidInputError(
                    f"{name!r} cannot be a {what}: it is the name of a folder in the archive",
                    hint="take letters, digits, - and _",
                )
        shelf = cls(home=home, list_id=list_id, form=form)
        refuse_links(home, shelf.path)
        return shelf

    @property
    def path(self) -> Path:
        """The folder."""
        return self.home / self.list_id / self.form

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the editions' folders, by day, undated ones last.

        Raises:
            ArchiveError: The folder cannot be read.
        """
        return tuple(each.name for each in folders_in(self.path) if is_edition(each.name))

    def look(self) -> tuple[tuple[str, ...], tuple[Path, ...]]:
        """The names as above, and what lies beside the editions and is none of ours.

        Both of one moment: what another process keeps or prunes meanwhile is no stranger.

        Raises:
            ArchiveError: The folder cannot be read.
        """
        names: list[str] = []
        strangers: list[Path] = []
        try:
            with os.scandir(self.path) as entries:
                for each in entries:
                    # The kind comes with the name, so that it too is of the moment of the listing.
                    if is_edition(each.name) and each.is_dir(follow_symlinks=False):
                        names.append(each.name)
                    elif each.name not in _OURS and not is_leftover(each.name):
                        strangers.append(self.path / each.name)
        except FileNotFoundError:
            return (), ()
        except OSError as error:
            raise unreadable(error, self.path) from error
        return tuple(sorted(names)), tuple(sorted(strangers))

    def folder(self, name: str) -> Path:
        """The folder of an edition."""
        return self.path / name

    @staticmethod
    def day_of(name: str) -> date | None:
        """The day that a folder's name says; None for an undated one."""
        return None if name.startswith("undated-") else date.fromisoformat(name[:10])

    def read(self, name: str) -> Manifest:
        """What is known of an edition.

        Raises:
            GoneError: It is no longer there.
            CorruptEditionError: Its `edition.json` is not what was written.
            ArchiveError: It cannot be read, is a symbolic link, or a later version has written it.
        """
        path = self.folder(name) / MANIFEST
        where = Where(source=str(path), list_id=self.list_id, edition=name)
        refuse_links(self.home, path.parent)
        try:
            content = read_regular(path, _LARGEST_MANIFEST)
        except IrregularFileError as error:
            raise CorruptEditionError(
                f"the edition's edition.json is not as it was stored: {error.strerror}",
                where=where,
                hints=_RESTORE,
            ) from None
        except FileNotFoundError as error:
            if not path.parent.exists():
                raise GoneError from None
            raise CorruptEditionError(
                "the edition has lost its edition.json", where=where, hints=_RESTORE
            ) from error
        except OSError as error:
            if isinstance(error, NotADirectoryError) and self.path.is_dir():
                raise GoneError from None  # a file of its name is no edition
            raise unreadable(error, path, "the edition cannot be read") from error
        try:
            manifest = Manifest.from_bytes(content, folder=str(path.parent))
            held = manifest.held
            if (held.list_id, held.format) != (self.list_id, self.form):
                raise MisfitError(f"it is of {held.list_id}, {held.format}, and lies elsewhere")
            if held.name != name:
                raise MisfitError(f"it is of {held.name}, and its folder has another name")
        except LaterError as error:
            raise ArchiveError(
                f"a later version of sanctionslib has kept the edition: its form is {error}",
                where=where,
                hint="upgrade sanctionslib to read it",
            ) from None
        except MisfitError as error:
            raise CorruptEditionError(
                f"the edition's edition.json is not as it was stored: {error}",
                where=where,
                hints=_RESTORE,
            ) from None
        return manifest

    def file(self, held: HeldEdition, file: HeldFile) -> Path:
        """The path of a file of an edition.

        Raises:
            CorruptEditionError: It is not there.
            ArchiveError: The folder may not be entered.
        """
        path = self.folder(held.name) / file.stored
        try:
            if S_ISREG(path.lstat().st_mode):
                return path
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            raise unreadable(error, path, "the edition cannot be read") from error
        raise CorruptEditionError(
            "a file of the edition is not there, or is a symbolic link",
            where=Where(source=str(path), list_id=held.list_id, edition=held.name),
            hint="restore it from a copy, or fetch or add the edition again; "
            "if it was pruned in the meantime, ask for the edition again",
        )

    def nearest(self, name: str) -> tuple[str, ...]:
        """Up to four editions that are likely to share files with one: those of the days around it."""
        names = self.names
        if name.startswith("undated-"):
            undated = [each for each in names if each.startswith("undated-") and each != name]
            return tuple(sorted(undated, key=self._changed)[-2:])
        dated = [each for each in names if not each.startswith("undated-") and each != name]
        at = bisect_left(dated, name)
        return tuple(reversed(dated[max(at - 2, 0) : at])) + tuple(dated[at : at + 2])

    def _changed(self, name: str) -> float:
        try:
            return self.folder(name).stat().st_mtime
        except OSError:
            return 0.0

    def strangers_in(self, held: HeldEdition) -> tuple[Path, ...]:
        """What lies in the folder of an edition and is none of ours.

        Raises:
            ArchiveError: The folder cannot be read.
        """
        refuse_links(self.home, self.folder(held.name))
        ours = {MANIFEST, *(each.stored for each in held.files)}
        return _content(self.folder(held.name), ours)


def _content(folder: Path, ours: set[str]) -> tuple[Path, ...]:
    try:
        return tuple(
            sorted(each for each in folder.iterdir() if each.name not in ours | OF_DESKTOPS)
        )
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise unreadable(error, folder) from error
