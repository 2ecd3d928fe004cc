"""FormatFolder: the folder of one format of one list, with its editions by name.

An edition's folder is named after its day and the start of its hash, so that the days of a long
history are known without reading any `edition.json`.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from stat import S_ISREG

import attrs

from sanctionslib._regular_file import IrregularFileError, read_regular
from sanctionslib.answers import HeldEdition, HeldFile
from sanctionslib.archive._manifest import LaterError, Manifest, MisfitError
from sanctionslib.archive.files import entries_of, is_leftover, is_safe_name, reading
from sanctionslib.archive.folders import link_error, refuse_links
from sanctionslib.errors import ArchiveError, CorruptEditionError, InvalidInputError, Where

__all__ = ["MANIFEST", "OF_DESKTOPS", "FormatFolder", "GoneError", "folders_in", "is_edition"]

MANIFEST = "edition.json"
OF_DESKTOPS = frozenset({".DS_Store", ".directory", "desktop.ini", "Thumbs.db"})
"""What desktops put into every folder that is looked at."""

_OURS = OF_DESKTOPS | {"checked.json", "kept.json"}
_LARGEST_MANIFEST = 1 << 24
"""More bytes than an `edition.json` can have."""
_NAME = re.compile(r"(undated|[0-9]{4}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}")
_RESTORE = (
    "restore its folder from a copy, or remove it and fetch or add the edition again; "
    "`sanctionslib archive verify` names everything that is damaged"
)


class GoneError(Exception):
    """Another process removed an edition since its name was read."""


def is_edition(text: str) -> bool:
    """Whether a folder of this name is an edition."""
    found = _NAME.fullmatch(text)
    try:
        return found is not None and (found[1] == "undated" or bool(date.fromisoformat(found[1])))
    except ValueError:  # no such day
        return False


def folders_in(path: Path, *, skip_links: bool = False) -> tuple[Path, ...]:
    """The folders in a folder that may be ours, by name; none where it does not exist.

    A symbolic link to a folder raises `ArchiveError`, unless `skip_links`: to leave it out would be
    to answer from the others in silence.
    """
    found: list[Path] = []
    # The listing says that a folder exists, also where it may not be entered.
    with reading(path):
        for each in entries_of(path):
            if not is_safe_name(each.name):
                continue
            if each.is_symlink():
                if not skip_links and (each.is_dir() or is_edition(each.name)):
                    raise link_error(path / each.name)
            elif each.is_dir():
                found.append(path / each.name)
    return tuple(found)


@attrs.frozen(kw_only=True)
class FormatFolder:
    """The folder of one format of one list."""

    home: Path
    list_id: str
    form: str

    @classmethod
    def of(cls, home: Path, list_id: str, form: str) -> FormatFolder:
        """The folder of a format.

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
        made = cls(home=home, list_id=list_id, form=form)
        refuse_links(home, made.path)
        return made

    @classmethod
    def all_of(cls, home: Path, list_id: str, form: str | None = None) -> tuple[FormatFolder, ...]:
        """The folders of a list's formats, or of one of them; errors as `of`."""
        one = cls.of(home, list_id, "any" if form is None else form)
        if form is not None:
            return (one,)
        return tuple(attrs.evolve(one, form=each.name) for each in folders_in(home / list_id))

    @property
    def path(self) -> Path:
        """The folder."""
        return self.home / self.list_id / self.form

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the editions, by day, undated ones last."""
        return tuple(each.name for each in folders_in(self.path) if is_edition(each.name))

    def contents(self) -> tuple[tuple[str, ...], tuple[Path, ...]]:
        """The names of the editions, and what else is in the folder that is not the archive's.

        Both of one moment: another process may store and prune editions meanwhile.
        """
        names: list[str] = []
        unexpected: list[Path] = []
        for each in entries_of(self.path):
            if is_edition(each.name) and each.is_dir(follow_symlinks=False):
                names.append(each.name)
            elif each.name not in _OURS and not is_leftover(each.name):
                unexpected.append(self.path / each.name)
        return tuple(names), tuple(unexpected)

    def unexpected_in(self, held: HeldEdition) -> tuple[Path, ...]:
        """What is in the folder of an edition and is not the archive's."""
        folder = self.folder(held.name)
        refuse_links(self.home, folder)
        ours = {MANIFEST, *(each.stored for each in held.files), *OF_DESKTOPS}
        return tuple(folder / each.name for each in entries_of(folder) if each.name not in ours)

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
            GoneError: It no longer exists.
            CorruptEditionError: Its `edition.json` is not what was written.
            ArchiveError: It cannot be read, is a symbolic link, or a later version has written it.
        """
        path = self.folder(name) / MANIFEST
        where = Where(source=str(path), list_id=self.list_id, edition=name)
        refuse_links(self.home, path.parent)
        try:
            with reading(path, "the edition cannot be read"):
                manifest = self._read(path, where)
                held = manifest.held
                if (held.list_id, held.format) != (self.list_id, self.form):
                    raise MisfitError(
                        f"it is of {held.list_id}, {held.format}, and is in another folder"
                    )
                if held.name != name:
                    raise MisfitError(f"it is of {held.name}, and its folder has another name")
                return manifest
        except LaterError as error:
            raise ArchiveError(
                f"a later version of sanctionslib has stored the edition: its form is {error}",
                where=where,
                hint="upgrade sanctionslib to read it",
            ) from None
        except MisfitError as error:
            raise CorruptEditionError(
                f"the edition's edition.json is not as it was stored: {error}",
                where=where,
                hint=_RESTORE,
            ) from None

    def _read(self, path: Path, where: Where) -> Manifest:
        try:
            content = read_regular(path, _LARGEST_MANIFEST)
        except IrregularFileError as error:
            raise MisfitError(error.strerror) from None
        except FileNotFoundError as error:
            if not path.parent.exists():
                raise GoneError from None
            raise CorruptEditionError(
                "the edition has lost its edition.json", where=where, hint=_RESTORE
            ) from error
        except NotADirectoryError:
            if self.path.is_dir():
                raise GoneError from None  # a file of its name is no edition
            raise
        return Manifest.from_bytes(content, folder=str(path.parent))

    def file(self, held: HeldEdition, file: HeldFile) -> Path:
        """The path of a file of an edition.

        Raises:
            CorruptEditionError: It does not exist, or is no regular file.
            ArchiveError: The folder may not be entered.
        """
        path = self.folder(held.name) / file.stored
        with reading(path, "the edition cannot be read"):
            try:
                if S_ISREG(path.lstat().st_mode):
                    return path
            except (FileNotFoundError, NotADirectoryError):
                pass
        raise CorruptEditionError(
            "a file of the edition is not there, or is a symbolic link",
            where=Where(source=str(path), list_id=held.list_id, edition=held.name),
            hint="restore it from a copy, or fetch or add the edition again; "
            "if it was pruned in the meantime, ask for the edition again",
        )
