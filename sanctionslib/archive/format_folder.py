"""FormatFolder: the folder of one format of one list: its editions, and what is written beside them.

An edition's folder is named after its day and the start of its hash, so that the days of a long
history are known without reading any `edition.json`.

A folder that somebody removed or renamed leaves no trace among the others, and an older edition would
answer in its place. So `kept.json` lists what came in, without what `prune` removes. Its order says
which of two editions of one day came last, whatever the clock said. `checked.json` has what the
server said last, to ask only for what changed.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from stat import S_ISREG

import attrs

from sanctionslib._regular_file import IrregularFileError, read_regular
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
from sanctionslib.archive._manifest import (
    LaterError,
    Manifest,
    MisfitError,
    read_object,
    utc,
    write_json,
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
    "folders_in",
    "is_edition",
]

MANIFEST = "edition.json"
ARRIVALS = "kept.json"
CHECKED = "checked.json"
OF_DESKTOPS = frozenset({".DS_Store", ".directory", "desktop.ini", "Thumbs.db"})
"""What desktops put into every folder that is looked at."""

_OURS = OF_DESKTOPS | {ARRIVALS, CHECKED}
_LARGEST = 1 << 24
"""More bytes than one of these files can have."""
_ARRIVALS_SCHEMA = "sanctionslib/kept/1"
_CHECKED_SCHEMA = "sanctionslib/checked/1"
_NAME = re.compile(r"(undated|[0-9]{4}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}")
_RESTORE = (
    Hint("restore its folder from a copy, or remove it and fetch or add the edition again"),
    Hint("{} names everything that is damaged", call=Call("verify")),
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
class Arrival:
    """An edition that came in."""

    name: str
    """That of its folder."""
    form: str = ""
    """Its format."""
    day: date
    """See `HeldEdition.day`."""
    is_usable: bool
    """See `HeldEdition.is_usable`."""
    is_whole: bool
    """See `HeldEdition.is_whole`."""

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
                return attrs.evolve(manifest, held=self._with_check(held))
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
                hints=_RESTORE,
            ) from None

    def _read(self, path: Path, where: Where) -> Manifest:
        try:
            content = read_regular(path, _LARGEST)
        except IrregularFileError as error:
            raise MisfitError(error.strerror) from None
        except FileNotFoundError as error:
            if not path.parent.exists():
                raise GoneError from None
            raise CorruptEditionError(
                "the edition has lost its edition.json", where=where, hints=_RESTORE
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

    # ── what came in ──────────────────────────────────────────────────────────────────────────

    def arrived(self) -> tuple[Arrival, ...]:
        """The editions that came in, in this order; none where nothing was written down.

        Raises:
            CorruptEditionError: `kept.json` is not what was written.
            ArchiveError: It cannot be read.
        """
        path = self.path / ARRIVALS
        try:
            with reading(path):
                try:
                    return _arrivals_from(read_regular(path, _LARGEST), self.form)
                except IrregularFileError as error:
                    raise MisfitError(error) from None
                except (FileNotFoundError, NotADirectoryError):
                    return ()
        except MisfitError as error:
            raise CorruptEditionError(
                f"the list of the editions that came in cannot be read: {error}",
                where=Where(source=str(path), list_id=self.list_id),
                hint="see that all editions are there, and remove the file: the next edition that "
                "comes in writes it again",
            ) from None

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
        """Write down what came in, and take out what is to be forgotten, while holding the lock."""
        try:
            before = self.arrived()
        except CorruptEditionError:
            before = ()
        known = {one.name: one for one in before if one.name not in forget}
        new: list[HeldEdition] = []
        for name in self.names:
            # One that was not usable may have been accepted since.
            if name in forget or (name in known and known[name].is_usable):
                continue
            # What cannot be read raises where it is needed.
            with contextlib.suppress(GoneError, ArchiveError):
                held = self.read(name).held
                if name in known:
                    known[name] = Arrival.of(held)
                else:
                    new.append(held)
        known |= {one.name: Arrival.of(one) for one in sorted(new, key=lambda one: one.added_at)}
        after = tuple(known.values())
        if after != before:
            put_bytes(self.path / ARRIVALS, _arrivals_to(after), beside=self.path)

    # ── what the server said ──────────────────────────────────────────────────────────────────

    def read_checked(self) -> Checked:
        """What the server said last; OSError or MisfitError where it cannot be read."""
        content = read_regular(self.path / CHECKED, _LARGEST)
        return read_object(content, Checked, _CHECKED_SCHEMA)

    def put_checked(self, checked: Checked) -> None:
        """Remember what the server said."""
        body = unstructure(attrs.evolve(checked, at=utc(checked.at)))
        data = {"schema": _CHECKED_SCHEMA, **body}
        path = self.path / CHECKED
        with writing(path, "what the server said cannot be written"):
            make_folder(self.path)
            put_bytes(path, write_json(data), beside=self.path)

    @cached_property
    def checked(self) -> Checked | None:
        """What the server said last, once it was asked for; None where that cannot be read."""
        with contextlib.suppress(OSError, MisfitError):
            return self.read_checked()
        return None

    def _with_check(self, held: HeldEdition) -> HeldEdition:
        """The edition, with when the server last said that it is its own."""
        is_about = self.checked is not None and self.checked.edition == held.name
        # That it was downloaded is the least that is known.
        at = self.checked.at if self.checked is not None and is_about else held.retrieved_at
        return attrs.evolve(held, checked_at=at)


@attrs.frozen(kw_only=True)
class _Arrivals:
    editions: tuple[Arrival, ...]


def _arrivals_to(editions: Collection[Arrival]) -> bytes:
    items = [unstructure(attrs.evolve(one, form="")) for one in editions]
    return write_json({"schema": _ARRIVALS_SCHEMA, "editions": items}, compact="editions")


def _arrivals_from(content: bytes, form: str) -> tuple[Arrival, ...]:
    found = read_object(content, _Arrivals, _ARRIVALS_SCHEMA).editions
    if len({one.name for one in found}) < len(found) or not all(is_edition(o.name) for o in found):
        raise MisfitError("editions: one is none, or a second one of its name")
    return tuple(attrs.evolve(one, form=form) for one in found)
