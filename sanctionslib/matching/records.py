"""Records of any form → `Subject`: who is searched, as far as the record can be read.

A record is a mapping, an object with fields (attrs, dataclass, named tuple), a row of a CSV or JSON
Lines file, an `Entity`, a `Subject`, or text, which is a name. Each gives one `Reading` with its
position, also one that is empty, malformed, or raises when it is read: what is wrong stands in
`Reading.problems`. A value at fault is not compared; the rest of its record is.
"""

from __future__ import annotations

import dataclasses
import io
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar, cast

import attrs

from sanctionslib.answers import Problem, Subject
from sanctionslib.errors import Hint, InvalidInputError, SanctionsError
from sanctionslib.matching import _record_values as values
from sanctionslib.matching import arguments
from sanctionslib.matching._days import DateOrder, FaultError
from sanctionslib.matching._record_columns import Columns, declared_columns, guessed_columns, is_imo
from sanctionslib.matching._record_files import RecordFile
from sanctionslib.matching._record_values import shortened
from sanctionslib.model import Country, Entity, PartialDate, Person
from sanctionslib.model.words import word

__all__ = ["DateOrder", "Reading", "Records"]

_T = TypeVar("_T")
_MAX_SHAPES = 256
"""Of how many sets of fields it is remembered what they hold."""
_Kinds: TypeAlias = tuple[str | None, tuple[str, ...]]
"""`Subject.kind` and `Subject.kinds`."""


@attrs.frozen
class Reading:
    """One record, as read."""

    position: int
    """Its place in the input, from 1."""
    key: str
    """The record's key: that of its key field, else its position."""
    subject: Subject | None = None
    """Who is searched; None where there is nothing that could be searched."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the record."""


class Records:
    """The records that are to be searched, one `Reading` each, read when asked for.

    Args:
        given: Records, or the path of a file.
        columns: Columns by what they hold, see `_record_columns.ROLES`; guessed without it.
        key: The column of the key.
        kind: The kind of all records that do not state their own, or several.
        dates: How days are written.

    Raises:
        InvalidInputError: These are no records; a column is missing, or cannot be guessed.
        SanctionsError: The file cannot be read.

    Iterating raises `SanctionsError` where the source itself fails, after all records before.
    """

    name: str
    """What they are, for messages: the name of a file, or "the records"."""
    columns: dict[str, tuple[str, ...]]
    """Which columns are read as what, as far as records were read."""
    unused: dict[str, None]
    """Columns that are not read, in their order."""

    def __init__(
        self,
        given: Iterable[object] | str | os.PathLike[str],
        *,
        columns: Mapping[str, str | Sequence[str]] | None = None,
        key: str | None = None,
        kind: type[Entity] | str | Collection[type[Entity] | str] | None = None,
        dates: DateOrder | None = None,
    ) -> None:
        hint = "'dmy' where 31/12/1999 is meant, 'mdy' where 12/31/1999 is"
        orders: tuple[DateOrder, ...] = ("dmy", "mdy")
        self._declared = None if columns is None else declared_columns(columns, key)
        self._key, self._kinds = key, arguments.kind_words(kind)
        self._dates: DateOrder | None = (
            None if dates is None else word(dates, orders, "dates", hint)
        )
        declared = [one for several in (self._declared or {}).values() for one in several]
        self._named = tuple(dict.fromkeys([key, *declared] if key else declared))
        """The columns that the caller names."""
        self._shapes: dict[tuple[str, ...], Columns] = {}
        self._seen: set[str] = set()
        self.columns, self.unused = {}, {}
        if isinstance(given, (str, os.PathLike)):
            file = RecordFile(given)
            self.name, source = file.name, iter(file)
            if file.header is not None:
                self._columns_of(file.header)
                self._check_seen()
        else:
            self.name, source = "the records", _iterated(given)
        self._readings = self._read_all(source)
        # The first is read at once: a column that cannot be guessed is reported before all else.
        self._first = next(self._readings, None)

    def __iter__(self) -> Iterator[Reading]:
        if self._first is not None:
            first, self._first = self._first, None
            yield first
            yield from self._readings
            self._check_seen()

    def _read_all(self, source: Iterator[object]) -> Iterator[Reading]:
        position = 0
        while True:
            try:
                record = next(source)
            except StopIteration:
                return
            except SanctionsError:
                raise
            except Exception as error:
                raise InvalidInputError(
                    f"{self.name} failed after record {position}: {_error_text(error)}",
                    hints=(
                        Hint("all records before it have their results"),
                        Hint("{} resumes after them", "start", position + 1),
                    ),
                ) from error
            position += 1
            yield self._read(record, position)

    # What the columns hold

    def _columns_of(self, fields: tuple[str, ...]) -> Columns:
        """What the fields of a record hold.

        Raises:
            InvalidInputError: It cannot be guessed, or two that hold something have one name.
        """
        found = self._shapes.get(fields)
        if found is None:
            found = self._declared or guessed_columns(fields, self.name, key=self._key)
            used = {column for columns in found.values() for column in columns}
            for column, count in Counter(fields).items():
                if count > 1 and column in used:
                    raise InvalidInputError(
                        f"the column {column!r} stands twice in {self.name}",
                        hint="rename one of the two",
                    )
            self._seen |= used.intersection(fields)
            if len(self._shapes) < _MAX_SHAPES:
                self._shapes[fields] = found
                for role, columns in found.items():
                    known = self.columns.get(role, ())
                    self.columns[role] = tuple(dict.fromkeys((*known, *columns)))
                self.unused |= dict.fromkeys(one for one in fields if one and one not in used)
        return found

    def _check_seen(self) -> None:
        """Raise where a column that the caller names was nowhere: nothing was compared by it."""
        missing = [one for one in self._named if one not in self._seen]
        if missing and self._shapes:
            known = ", ".join(map(repr, (*sorted(self._seen), *self.unused)))
            raise InvalidInputError(
                f"{self.name}: there is no column {missing[0]!r}, so that nothing is compared by it",
                hint=f"the columns are {known}",
            )

    # One record

    def _read(self, record: object, position: int) -> Reading:
        draft = _Draft()
        key: str | None = None
        subject: Subject | None = None
        kind, kinds = self._kinds
        try:
            if isinstance(record, Problem):  # of a row of a file that is none
                draft.problems.append(record)
            elif isinstance(record, str):
                names = draft.readable(None, values.named(record), values.text)
                subject = Subject(names=tuple(names), kind=kind, kinds=kinds)
            elif isinstance(record, Subject):
                draft.problems += arguments.unread_date(record.birth_date)
                subject = _checked(record, self._kinds)
            elif isinstance(record, Entity):
                key, subject = record.id, _subject_of(record)
            else:
                draft.record, draft.columns = record, self._present_columns(record)
                key = draft.key()
                subject = draft.subject(self._kinds, self._dates)
        except SanctionsError:  # of all records, not of this one
            raise
        except Exception as error:  # noqa: BLE001 - raised by the record, whatever it is
            draft.note(error, value=shortened(record), skipped=True)
        if subject is not None and not (subject.names or subject.identifiers):
            subject = None
        if subject is None and not any(one.skipped for one in draft.problems):
            what = "there is neither a name nor a number that could be searched"
            draft.note(what, skipped=True)
        key = str(position) if key is None else key
        return Reading(position, key, subject, tuple(draft.problems))

    def _present_columns(self, record: object) -> Columns:
        fields = _fields(record, self._named)
        try:
            columns = self._columns_of(fields)
        except InvalidInputError as error:
            if not self._shapes:  # of the first record: then of all
                raise
            raise FaultError(error.what) from error
        present = frozenset(fields)
        return {role: tuple(one for one in of if one in present) for role, of in columns.items()}


class _Draft:
    """A record whose fields are read; values that cannot be read become problems."""

    record: object
    columns: Columns

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def note(
        self,
        what: str | Exception,
        *,
        field: str | None = None,
        value: str = "",
        skipped: bool = False,
    ) -> None:
        """Note what is wrong: in words, or by the error that a record or a value raised."""
        if isinstance(what, Exception) and not isinstance(what, FaultError):
            what = f"cannot be read: {_error_text(what)}"
        self.problems.append(Problem(what=str(what), field=field, value=value, skipped=skipped))

    def readable(
        self, column: str | None, several: Iterable[object], read: Callable[[object], _T]
    ) -> list[_T]:
        """Those of some values that can be read."""
        found: list[_T] = []
        for value in several:
            try:
                found.append(read(value))
            except Exception as error:  # noqa: BLE001 - raised by the value, whatever it is
                self.note(error, field=column, value=shortened(value))
        return found

    def all(
        self,
        role: str,
        read: Callable[[object], _T],
        divide: Callable[[object], Iterable[object]] = values.several,
    ) -> list[_T]:
        """What the fields of a role hold."""
        columns = self.columns.get(role, ())
        return [one for column in columns for one in self.of(column, read, divide)]

    def of(
        self,
        column: str,
        read: Callable[[object], _T],
        divide: Callable[[object], Iterable[object]] = values.several,
    ) -> list[_T]:
        """What a field holds."""
        try:
            several = list(divide(_content(self.record, column)))
        except Exception as error:  # noqa: BLE001 - raised by the record, whatever it is
            self.note(error, field=column)
            return []
        return self.readable(column, several, read)

    def key(self) -> str | None:
        """The key of the record, if it has one."""
        found = self.all("key", values.key, values.stated)
        if "key" in self.columns and not found:
            what = "there is no key: its position is used"
            self.note(what, field=", ".join(self.columns["key"]) or None)
        return found[-1] if found else None

    def subject(self, default: _Kinds, dates: DateOrder | None) -> Subject:
        """Who is searched."""
        names = self._names()
        kinds = self.all("kind", values.kind)
        born = set(self.all("birth_date", lambda one: values.day(one, dates)))
        if len(born) > 1:
            what = "several dates of birth, so that none is compared"
            self.note(what, field=", ".join(self.columns["birth_date"]))
        places = self.all("country", values.countries)
        numbers = [
            number
            for column in self.columns.get("identifier", ())
            for number in self.of(column, values.imo if is_imo(column) else values.number)
        ]
        return Subject(
            names=tuple(dict.fromkeys(names)),
            kind=kinds[0] if kinds else default[0],
            kinds=() if kinds else default[1],
            birth_date=born.pop() if len(born) == 1 else None,
            countries=tuple(dict.fromkeys(one for several in places for one in several)),
            identifiers=tuple(dict.fromkeys(numbers)),
        )

    def _names(self) -> list[str]:
        """The names: put together from their parts, whole ones, and aliases."""
        faults = len(self.problems)
        family = self.all("family", values.text, values.stated)  # Null is a family name
        given = self.all("given", values.text, values.stated)
        given += self.all("middle", values.text, values.named)
        both = [" ".join(part).replace(",", " ") for part in (family, given)]
        parts = ", ".join(filter(None, both))
        if len(self.problems) > faults:
            parts = ""  # half a name is another name
        whole = self.all("name", values.text, values.named)
        if parts:  # which say more than the same words without order
            whole = [parts, *(one for one in whole if _words(one) != _words(parts))]
        found = whole + self.all("alias", values.text, values.named)
        for one in found:
            if len(one.splitlines()) > 1:
                what = "the name has a line break in it: is a quote missing, or are these two?"
                self.note(what, value=shortened(one))
        return found


# ── what a record can be ──────────────────────────────────────────────────────────────────────


def _iterated(given: object) -> Iterator[object]:
    """The records one by one.

    Raises:
        InvalidInputError: These are no records, or a single one.
    """
    what = type(given).__name__
    try:
        if hasattr(given, "iterrows"):  # a data frame, whose iteration gives its columns
            hint = "give its rows: frame.to_dict('records')"
        elif isinstance(given, io.IOBase):  # which gives lines, and cells are in them
            hint = "give the path of the file, or csv.DictReader(file)"
        elif isinstance(given, (Mapping, Subject, Entity)):
            hint = "give a list of records, also of one"
        elif isinstance(given, (bytes, bytearray)) or not isinstance(given, Iterable):
            hint = "give a list or iterator of records, or the path of a CSV or JSON Lines file"
        else:
            return iter(cast("Iterable[object]", given))
    except SanctionsError:
        raise
    except Exception as error:
        raise InvalidInputError(
            f"the records cannot be read: {_error_text(error)}", hint="give a list of records"
        ) from error
    raise InvalidInputError(f"{what} is no collection of records", hint=hint)


def _fields(record: object, named: Sequence[str]) -> tuple[str, ...]:
    """The names of the fields of a record, and of properties of it that the caller names."""
    kind = type(record)
    keys = getattr(record, "keys", None)
    if callable(keys):
        found = tuple(cast("Iterable[object]", keys()))
        if None in found:  # as csv.DictReader gives it
            raise FaultError("has more cells than the header")
        return tuple(values.builtin(one) for one in found if isinstance(one, str))
    names: Iterable[str] | None
    if attrs.has(kind):
        names = attrs.fields_dict(kind)
    elif dataclasses.is_dataclass(kind):
        names = [one.name for one in dataclasses.fields(kind)]
    elif isinstance(record, tuple):
        names = getattr(kind, "_fields", None)
    else:
        names = getattr(record, "__dict__", None)
    if names is None or isinstance(record, type):
        raise FaultError(
            f"is {kind.__name__}, not a record: a mapping, an object with fields, or a name as text"
        )
    return tuple(dict.fromkeys((*names, *(one for one in named if hasattr(kind, one)))))


def _content(record: object, column: str) -> object:
    if callable(getattr(record, "keys", None)):
        return cast("Mapping[str, object]", record)[column]
    return getattr(record, column)


def _words(name: str) -> list[str]:
    return sorted(name.casefold().replace(",", " ").split())


def _checked(given: Subject, default: _Kinds) -> Subject:
    """A subject that the caller made, if it can be searched."""
    try:
        if not all(isinstance(one, Country) for one in given.countries):
            raise InvalidInputError("countries are of the class Country")
        born = given.birth_date
        born = None if arguments.unread_date(born) else arguments.birth_date(born)
        own = arguments.kind_words(given.kinds or given.kind)
        kind, kinds = own if any(own) else default
        return Subject(
            names=tuple(map(values.builtin, arguments.names(given.names))),
            kind=kind,
            kinds=kinds,
            birth_date=None if born is None else values.builtin_fields(PartialDate, born),
            countries=tuple(values.builtin_fields(Country, one) for one in given.countries),
            identifiers=tuple(map(values.builtin, arguments.numbers(given.identifiers))),
        )
    except InvalidInputError as error:
        raise FaultError(error.what) from error


def _subject_of(entity: Entity) -> Subject:
    """A subject that is a party of a list."""
    births = entity.births if isinstance(entity, Person) else ()
    dates = {one.date for one in births if one.date is not None and one.date.is_read}
    return Subject(
        names=tuple(dict.fromkeys(one.text for one in entity.names)),
        kind=entity.kind if entity.kind in arguments.KINDS else None,
        birth_date=dates.pop() if len(dates) == 1 else None,
        countries=entity.countries,
        identifiers=tuple(dict.fromkeys(one.value for one in entity.identifiers)),
    )


def _error_text(error: Exception) -> str:
    # The text of a RecursionError depends on how deep the caller's own stack was.
    text = "nested too deeply" if isinstance(error, RecursionError) else shortened(error)
    return shortened(f"{type(error).__name__}: {text}")
