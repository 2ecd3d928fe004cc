"""FormatFolder: the folder of one format of one list: its editions, and what is written beside them.

An edition's folder is named after its day and the start of its hash, so that the days of a long
history are known without reading any `edition.json`.

A folder that somebody removed or renamed leaves no trace among the others, and an older edition would
answer in its place. So `kept.json` lists what came in, without what `prune` removes. Its order says
which of two editions of one day came last, whatever the clock said. `checked.json` has what the
server said last, to ask only for what changed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from stat import S_ISREG

import attrs

from sanctionslib.answers import HeldEdition, HeldFile
from sanctionslib.archive._files import (
    entries_of,
    is_safe_name,
    is_temporary,
    make_folder,
    put_bytes,
    reading,
    writing,
)
from sanctionslib.archive._folders import link_error, refuse_links
from sanctionslib.archive._json_files import (
    LaterError,
    MisfitError,
    content_of,
    edition_from_bytes,
    from_bytes,
    to_bytes,
    utc,
)
from sanctionslib.errors import (
    ArchiveError,
    Call,
    CorruptEditionError,
    Hint,
    InvalidInputError,
    Where,
)
from sanctionslib.serialize import unstructure

__all__ = [
    "ARRIVALS",
    "CHECKED",
    "MANIFEST",
    "OF_DESKTOPS",
    "Arrival",
    "Checked",
    "FormatFolder",
    "GoneError",
    "day_in",
    "folders_in",
    "is_edition",
]

MANIFEST = "edition.json"
ARRIVALS = "kept.json"
CHECKED = "checked.json"
OF_DESKTOPS = frozenset({".DS_Store", ".directory", "desktop.ini", "Thumbs.db"})
"""What desktops put into every folder that is looked at."""

_OURS = OF_DESKTOPS | {ARRIVALS, CHECKED}
_ARRIVALS_SCHEMA = "sanctionslib/kept/1"
_CHECKED_SCHEMA = "sanctionslib/checked/1"
_RESTORE = (
    Hint("restore its folder from a copy, or remove it and fetch or add the edition again"),
    Hint("{} names everything that is damaged", call=Call("verify")),
)
_WRITE_AGAIN = Hint(
    "see that all editions are there, and remove the file: the next edition that comes in writes it "
    "again"
)
_REPLACE = Hint("remove the file, or fetch the list: then it is replaced")
_NAME = re.compile(r"(undated|[0-9]{4}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}")


class GoneError(Exception):
    """Another process removed an edition since its name was read."""


def is_edition(text: str) -> bool:
    """Whether a folder of this name is an edition."""
    if not _NAME.fullmatch(text):
        return False
    try:
        day_in(text)
    except ValueError:  # no such day
        return False
    return True


def day_in(name: str) -> date | None:
    """The day that the name of an edition's folder says; None for an undated one."""
    return None if name.startswith("undated-") else date.fromisoformat(name[:10])


def folders_in(path: Path) -> tuple[Path, ...]:
    """The folders in a folder that may be ours, by name; none where it does not exist.

    A symbolic link to a folder raises `ArchiveError`: to leave it out would be to answer from the
    others in silence.
    """
    found: list[Path] = []
    # The listing says that a folder exists, also where it may not be entered.
    with reading(path):
        for each in entries_of(path):
            if not is_safe_name(each.name):
                continue
            if each.is_symlink() and (each.is_dir() or is_edition(each.name)):
                raise link_error(path / each.name)
            if each.is_dir(follow_symlinks=False):
                found.append(path / each.name)
    return tuple(found)


@attrs.frozen(kw_only=True)
class Arrival:
    """An edition that came in; see the attributes of `HeldEdition`."""

    name: str
    form: str = ""
    """Its format."""
    day: date
    is_usable: bool
    is_whole: bool

    @classmethod
    def of(cls, held: HeldEdition) -> Arrival:
        """What is written down of an edition."""
        return cls(
            name=held.name,
            form=held.format,
            day=held.day,
            is_usable=held.is_usable,
            is_whole=held.is_whole,
        )


@attrs.frozen
class _Arrivals:
    """What `kept.json` holds."""

    editions: tuple[Arrival, ...]


@attrs.frozen(kw_only=True)
class Checked:
    """What the server said last of a format of a list."""

    at: datetime
    """When (UTC)."""
    edition: str
    """The name of the edition that it gave, quarantined ones included."""
    answers: Mapping[str, tuple[str, str, str]] = {}
    """By the name of the file: address, ETag and Last-Modified, verbatim."""


@attrs.frozen(kw_only=True, slots=False)
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
            elif each.name not in _OURS and not is_temporary(each.name):
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

    def read(self, name: str) -> HeldEdition:
        """What is known of an edition.

        Raises:
            GoneError: It no longer exists.
            CorruptEditionError: Its `edition.json` is not what was written.
            ArchiveError: It cannot be read, is a symbolic link, or a later version has written it.
        """
        folder = self.folder(name)
        path = folder / MANIFEST
        refuse_links(self.home, folder)
        what = "the edition's edition.json is not as it was stored"
        with self._misfits(path, what, *_RESTORE, edition=name):
            content = content_of(path)
            if content is None:
                if not folder.is_dir():
                    raise GoneError
                raise MisfitError("it is not there")
            held = edition_from_bytes(content, folder=str(folder))
            if (held.list_id, held.format, held.name) != (self.list_id, self.form, name):
                raise MisfitError(
                    f"it is of {held.list_id}, {held.format}, {held.name}, and in another folder"
                )
        checked = self.checked
        is_about = checked is not None and checked.edition == name
        # That it was downloaded is the least that is known.
        at = checked.at if checked is not None and is_about else held.retrieved_at
        return attrs.evolve(held, checked_at=at)

    def file(self, held: HeldEdition, file: HeldFile) -> Path:
        """The path of a file of an edition.

        Raises:
            CorruptEditionError: It does not exist, or is no regular file.
            ArchiveError: The folder may not be entered.
        """
        path = self.folder(held.name) / file.stored
        missing = (FileNotFoundError, NotADirectoryError)
        with reading(path, "the edition cannot be read"), suppress(*missing):
            if S_ISREG(path.lstat().st_mode):
                return path
        raise CorruptEditionError(
            "a file of the edition is not there, or is a symbolic link",
            where=Where(source=str(path), list_id=held.list_id, edition=held.name),
            hint="restore it from a copy, or fetch or add the edition again; "
            "if it was pruned in the meantime, ask for the edition again",
        )

    # ── what came in ──────────────────────────────────────────────────────────────────────────

    def arrived(self) -> tuple[Arrival, ...]:
        """The editions that came in, in this order; none where nothing was written down.

        Raises:
            CorruptEditionError: `kept.json` is not what was written.
            ArchiveError: It cannot be read.
        """
        path = self.path / ARRIVALS
        what = "the list of the editions that came in cannot be read"
        with self._misfits(path, what, _WRITE_AGAIN):
            content = content_of(path)
            if content is None:
                return ()
            found = from_bytes(content, _Arrivals, schema=_ARRIVALS_SCHEMA).editions
            names = {one.name for one in found}
            if len(names) < len(found) or not all(map(is_edition, names)):
                raise MisfitError("editions: one is none, or a second one of its name")
        return tuple(attrs.evolve(one, form=self.form) for one in found)

    def arrivals(self) -> Mapping[str, int]:
        """The positions of the editions in the order in which they came in, by name."""
        return {one.name: position for position, one in enumerate(self.arrived())}

    def gone(self) -> tuple[Arrival, ...]:
        """The editions that came in, were usable, were not pruned, and no longer exist."""
        missing = self._missing()
        # `prune` takes an edition out before it removes it: what it removed just now is out by now.
        return tuple(one for one in self._missing() if one in missing) if missing else ()

    def _missing(self) -> tuple[Arrival, ...]:
        known = [one for one in self.arrived() if one.is_usable]
        entries = entries_of(self.path)
        there = {each.name for each in entries if each.is_dir(follow_symlinks=False)}
        return tuple(one for one in known if one.name not in there)

    def write_arrivals(self, forget: Collection[str] = ()) -> None:
        """Write down what came in, without what is to be forgotten, while holding the lock."""
        before: tuple[Arrival, ...] = ()
        with suppress(CorruptEditionError):
            before = self.arrived()
        known = {one.name: one for one in before if one.name not in forget}
        new: list[HeldEdition] = []
        for name in self.names:
            # One that was not usable may have been accepted since.
            if name not in forget and not (name in known and known[name].is_usable):
                # What cannot be read raises where it is needed.
                with suppress(GoneError, ArchiveError):
                    new.append(self.read(name))
        for held in sorted(new, key=lambda one: one.added_at):
            known[held.name] = Arrival.of(held)
        after = tuple(known.values())
        if after != before:
            items = [unstructure(attrs.evolve(one, form="")) for one in after]
            content = to_bytes(_ARRIVALS_SCHEMA, {"editions": items})
            put_bytes(self.path / ARRIVALS, content, beside=self.path)

    # ── what the server said ──────────────────────────────────────────────────────────────────

    def read_checked(self) -> Checked | None:
        """What the server said last; None where nothing is written down.

        Raises:
            CorruptEditionError: `checked.json` is not what was written.
            ArchiveError: It cannot be read.
        """
        path = self.path / CHECKED
        with self._misfits(path, "what the server said last cannot be read", _REPLACE):
            content = content_of(path)
            return None if content is None else from_bytes(content, Checked, schema=_CHECKED_SCHEMA)

    @cached_property
    def checked(self) -> Checked | None:
        """What the server said last, as it was when first asked for; None where it cannot be read."""
        with suppress(ArchiveError):
            return self.read_checked()
        return None

    def put_checked(self, checked: Checked) -> None:
        """Remember what the server said."""
        data = unstructure(attrs.evolve(checked, at=utc(checked.at)))
        path = self.path / CHECKED
        with writing(path, "what the server said cannot be written"):
            make_folder(self.path)
            put_bytes(path, to_bytes(_CHECKED_SCHEMA, data), beside=self.path)

    @contextmanager
    def _misfits(self, path: Path, what: str, *hints: Hint, edition: str = "") -> Generator[None]:
        """Turn a `MisfitError` of a file into an error that names it and says what to do."""
        where = Where(source=str(path), list_id=self.list_id, edition=edition)
        try:
            yield
        except LaterError as error:
            raise ArchiveError(
                f"a later version of sanctionslib has written it: its form is {error}",
                where=where,
                hint="upgrade sanctionslib to read it",
            ) from None
        except MisfitError as error:
            raise CorruptEditionError(f"{what}: {error}", where=where, hints=hints) from None
