"""Records of any form → `Subject`: who is asked about, as far as the record can be read.

A record is a mapping, an object with fields (attrs, dataclass, named tuple), a row of a CSV or JSON
Lines file, an `Entity`, a `Subject`, or text, which is a name. Whatever it is, each gives one
`Reading` with its place, also one that is empty, malformed, or raises when it is looked at: what is
wrong stands in `Reading.problems`. A value at fault keeps only itself from being compared.
"""

from __future__ import annotations

import dataclasses
import io
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, cast

import attrs

from sanctionslib.answers import Problem, Subject
from sanctionslib.errors import Hint, InvalidInputError, SanctionsError
from sanctionslib.matching import _values, asking
from sanctionslib.matching._columns import Roles, declared, guessed
from sanctionslib.matching._rows import Broken, RecordFile, shortened
from sanctionslib.matching._values import DateOrder, FaultError
from sanctionslib.model import Country, Entity, PartialDate, Person

__all__ = ["DateOrder", "Reading", "Records"]

_T = TypeVar("_T")
_SHAPES = 256
"""Of how many sets of fields it is remembered what they hold."""


@attrs.frozen
class Reading:
    """One record, as read."""

    position: int
    """Its place in the input, from 1."""
    key: str
    """The record's key: that of its key field, else its position."""
    subject: Subject | None = None
    """Who is asked about; None where there is nothing that could be searched."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the record."""


class Records:
    """The records that are to be searched, one `Reading` each, read when asked for.

    Args:
        given: Records, or the path of a file.
        columns: Columns by what they hold, see `_columns.ROLES`; guessed without it.
        key: The column of the key.
        kind: `Entity.kind` of all records that do not state their own.
        dates: How days are written.

    Raises:
        InvalidInputError: These are no records; a column is not there, or cannot be guessed.
        SanctionsError: The file cannot be read.

    Iterating raises `SanctionsError` where the source itself fails, after all records before.
    """

    name: str
    """What they are, for messages: the name of a file, or "the records"."""
    columns: dict[str, tuple[str, ...]]
    """What is read as what, as far as records were seen."""
    unused: dict[str, None]
    """Columns that are not read, in their order."""

    def __init__(
        self,
        given: Iterable[object] | str | os.PathLike[str],
        *,
        columns: Mapping[str, str | Sequence[str]] | None = None,
        key: str | None = None,
        kind: str | None = None,
        dates: DateOrder | None = None,
    ) -> None:
        if dates not in (None, "dmy", "mdy"):
            raise InvalidInputError(
                f"dates={dates!r}",
                hint="'dmy' where 31/12/1999 is meant, 'mdy' where 12/31/1999 is",
            )
        self._declared = None if columns is None else declared(columns, key)
        self._key, self._kind = key, kind
        self._dates: DateOrder | None = dates
        self._shapes: dict[tuple[str, ...], Roles] = {}
        self._seen: set[str] = set()
        self.columns, self.unused = {}, {}
        if isinstance(given, (str, os.PathLike)):
            file = RecordFile(given)
            self.name, source = file.name, iter(file)
            if file.header is not None:
                self._roles(file.header)
                self._check_seen()
        else:
            self.name = "the records"
            try:
                source = _iterated(given)
            except SanctionsError:
                raise
            except Exception as error:
                raise InvalidInputError(
                    f"the records cannot be read: {_said(error)}",
                    hint="give a list of records",
                ) from error
        self._readings = self._read_all(source)
        # The first is read at once: a column that cannot be guessed is told before anything runs.
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
                    f"{self.name} failed after record {position}: {_said(error)}",
                    hints=(
                        Hint("all records before it have their results"),
                        Hint("{} goes on behind them", "start", position + 1),
                    ),
                ) from error
            position += 1
            yield self._read(record, position)

    # What the columns hold

    def _roles(self, fields: tuple[str, ...]) -> Roles:
        """What the fields of a record hold.

        Raises:
            InvalidInputError: It cannot be told, or two that hold something have one name.
        """
        found = self._shapes.get(fields)
        if found is None:
            found = self._declared or guessed(fields, self.name, key=self._key)
            used = {column for columns in found.values() for column in columns}
            counts = Counter(fields)
            doubled = [one for one in fields if one in used and counts[one] > 1]
            if doubled:
                raise InvalidInputError(
                    f"the column {doubled[0]!r} stands twice in {self.name}",
                    hint="rename one of the two",
                )
            self._seen |= used.intersection(fields)
            if len(self._shapes) < _SHAPES:
                self._shapes[fields] = found
                for role, columns in found.items():
                    known = self.columns.get(role, ())
                    self.columns[role] = tuple(dict.fromkeys((*known, *columns)))
                self.unused |= dict.fromkeys(one for one in fields if one and one not in used)
        return found

    def _named(self) -> tuple[str, ...]:
        """The columns that the caller names."""
        declared = (one for several in (self._declared or {}).values() for one in several)
        return tuple(dict.fromkeys((*((self._key,) if self._key else ()), *declared)))

    def _check_seen(self) -> None:
        """Raise where a column that the caller names was nowhere: nothing was compared by it."""
        missing = [one for one in self._named() if one not in self._seen]
        if missing and self._shapes:
            known = ", ".join(map(repr, (*sorted(self._seen), *self.unused)))
            raise InvalidInputError(
                f"{self.name}: there is no column {missing[0]!r}, so that nothing is compared by it",
                hint=f"the columns are {known}",
            )

    # One record

    def _read(self, record: object, position: int) -> Reading:
        draft = _Draft(kind=self._kind, dates=self._dates)
        try:
            if isinstance(record, Broken):
                draft.problems.append(record.problem)
            elif isinstance(record, str):
                draft.names = draft.of(None, _values.named(record), _values.name)
            elif isinstance(record, Subject):
                draft.subject = _checked(record, self._kind)
            elif isinstance(record, Entity):
                draft.key, draft.subject = record.id, _of_entity(record)
            else:
                self._take(record, draft)
        except SanctionsError:  # of all records, not of this one
            raise
        except Exception as error:  # noqa: BLE001 - raised by the record, whatever it is
            draft.problems.append(
                Problem(what=_fault(error), value=shortened(record), skipped=True)
            )
        return draft.reading(position)

    def _take(self, record: object, draft: _Draft) -> None:
        fields = _fields(record, self._named())
        if fields is None:
            raise FaultError(
                f"is {type(record).__name__}, and no record: a mapping, an object with fields, or "
                "a name as text is one"
            )
        try:
            roles = self._roles(fields)
        except InvalidInputError as error:
            if not self._shapes:  # of the first record: then of all
                raise
            raise FaultError(error.what) from error
        there = frozenset(fields)
        draft.take(record, {role: _among(columns, there) for role, columns in roles.items()})


class _Draft:
    """What was found so far in one record."""

    def __init__(self, *, kind: str | None, dates: DateOrder | None) -> None:
        self.kind = kind
        self.dates: DateOrder | None = dates
        self.key: str | None = None
        self.names: list[str] = []
        self.subject: Subject | None = None
        self.problems: list[Problem] = []

    def take(self, record: object, roles: Roles) -> None:
        """Take all that a record says, by what its fields hold."""
        self.record, self.roles = record, roles
        for key in self.all("key", _values.key, _values.stated):
            self.key = key
        if self.key is None and "key" in roles:
            what = "there is no key: its position stands for it"
            self.problems.append(Problem(what=what, field=", ".join(roles["key"]) or None))
        self.names = self._names()
        kinds = self.all("kind", _values.kind, _values.several)
        born = self.all("birth_date", lambda one: _values.day(one, self.dates), _values.several)
        if len(set(born)) > 1:
            what = "several dates of birth, so that none is compared"
            self.problems.append(Problem(what=what, field=", ".join(roles["birth_date"])))
        places = self.all("country", _values.countries, _values.several)
        numbers = self.all("identifier", _values.number, _values.several)
        self.subject = Subject(
            names=tuple(dict.fromkeys(self.names)),
            kind=kinds[0] if kinds else self.kind,
            birth_date=born[0] if len(set(born)) == 1 else None,
            countries=tuple(dict.fromkeys(one for several in places for one in several)),
            identifiers=tuple(dict.fromkeys(numbers)),
        )

    def _names(self) -> list[str]:
        """The names: put together from their parts, as wholes, and the further ones."""
        faults = len(self.problems)
        family, given, middle = (
            [each.replace(",", " ") for each in self.all(role, _values.name, divide)]
            for role, divide in (
                ("family", _values.stated),  # somebody is called Null
                ("given", _values.stated),
                ("middle", _values.named),
            )
        )
        first = " ".join((*given, *middle))
        parts = ", ".join(part for part in (" ".join(family), first) if part)
        if len(self.problems) > faults:
            parts = ""  # half a name is another name
        whole = self.all("name", _values.name, _values.named)
        if parts:  # which tell more than the same words without order
            whole = [parts, *(one for one in whole if _words(one) != _words(parts))]
        found = whole + self.all("alias", _values.name, _values.named)
        for one in found:
            if len(one.splitlines()) > 1:
                what = "the name has a line break in it: is a quote missing, or are these two?"
                self.problems.append(Problem(what=what, value=shortened(one)))
        return found

    def all(
        self,
        role: str,
        read: Callable[[object], _T],
        divide: Callable[[object], Iterable[object]],
    ) -> list[_T]:
        """What the fields of a role say; what cannot be taken becomes a problem."""
        found: list[_T] = []
        for column in self.roles.get(role, ()):
            try:
                content = _content(self.record, column)
                values = list(divide(content))
            except Exception as error:  # noqa: BLE001 - raised by the record, whatever it is
                self.problems.append(Problem(what=_fault(error), field=column))
                continue
            found += self.of(column, values, read)
        return found

    def of(
        self, column: str | None, values: Iterable[object], read: Callable[[object], _T]
    ) -> list[_T]:
        """What some values say; those that cannot be taken become problems."""
        found: list[_T] = []
        for value in values:
            try:
                found.append(read(value))
            except Exception as error:  # noqa: BLE001 - raised by the value, whatever it is
                problem = Problem(what=_fault(error), field=column, value=shortened(value))
                self.problems.append(problem)
        return found

    def reading(self, position: int) -> Reading:
        """The record, as far as it could be read."""
        subject = self.subject or Subject(names=tuple(self.names), kind=self.kind)
        context = bool(subject.names or subject.identifiers)
        if not context and not any(one.skipped for one in self.problems):
            what = "there is neither a name nor a number that could be searched"
            self.problems.append(Problem(what=what, skipped=True))
        return Reading(
            position=position,
            key=str(position) if self.key is None else self.key,
            subject=subject if context else None,
            problems=tuple(self.problems),
        )


# ── what a record can be ──────────────────────────────────────────────────────────────────────


def _iterated(given: object) -> Iterator[object]:
    """The records one by one.

    Raises:
        InvalidInputError: These are no records, or a single one.
    """
    what = type(given).__name__
    if hasattr(given, "iterrows"):  # a data frame, which gives the names of its columns
        hint = "give its rows: frame.to_dict('records')"
    elif isinstance(given, io.IOBase):  # which gives lines, and cells are in them
        hint = "give the path of the file, or csv.DictReader(file)"
    elif isinstance(given, (Mapping, Subject, Entity)):
        hint = "give a list of records, also of one"
    elif isinstance(given, (bytes, bytearray)) or not isinstance(given, Iterable):
        hint = "give a list or iterator of records, or the path of a CSV or JSON Lines file"
    else:
        return iter(cast("Iterable[object]", given))
    raise InvalidInputError(f"{what} holds no records that can be told apart", hint=hint)


def _fields(record: object, named: Sequence[str]) -> tuple[str, ...] | None:
    """The names of the fields of a record; None where it has none.

    Args:
        record: A record.
        named: Further fields, which count if it has them: properties.
    """
    kind = type(record)
    keys = getattr(record, "keys", None)
    if callable(keys):
        found = tuple(cast("Iterable[object]", keys()))
        if None in found:  # as csv.DictReader gives it
            raise FaultError("has more cells than the header")
        return tuple(_values.exact(one) for one in found if isinstance(one, str))
    if attrs.has(kind):
        names: Iterable[str] | None = [one.name for one in attrs.fields(kind)]
    elif dataclasses.is_dataclass(kind):
        names = [one.name for one in dataclasses.fields(kind)]
    elif isinstance(record, tuple):
        names = getattr(kind, "_fields", None)
    else:
        names = getattr(record, "__dict__", None)
    if names is None or isinstance(record, type):
        return None
    return tuple(dict.fromkeys((*names, *(one for one in named if hasattr(kind, one)))))


def _content(record: object, column: str) -> object:
    if callable(getattr(record, "keys", None)):
        return cast("Mapping[str, object]", record)[column]
    return getattr(record, column)


def _among(columns: Sequence[str], fields: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in columns if one in fields)


def _words(name: str) -> list[str]:
    return sorted(name.casefold().replace(",", " ").split())


def _checked(given: Subject, kind: str | None) -> Subject:
    """A subject that the caller made, if it can be searched."""
    try:
        if not all(isinstance(one, Country) for one in given.countries):
            raise InvalidInputError("countries are of the class Country")
        born = asking.birth_date(given.birth_date)
        return Subject(
            names=tuple(map(_values.exact, asking.names(given.names))),
            kind=asking.kind_word(given.kind) or kind,
            birth_date=None if born is None else _values.exact_fields(PartialDate, born),
            countries=tuple(_values.exact_fields(Country, one) for one in given.countries),
            identifiers=tuple(map(_values.exact, asking.numbers(given.identifiers))),
        )
    except InvalidInputError as error:
        raise FaultError(error.what) from error


def _of_entity(entity: Entity) -> Subject:
    """A party of a list, as one asks about it."""
    births = entity.births if isinstance(entity, Person) else ()
    dates = {one.date for one in births if one.date is not None and one.date.is_read}
    return Subject(
        names=tuple(dict.fromkeys(one.text for one in entity.names)),
        kind=entity.kind if entity.kind in asking.KINDS else None,
        birth_date=dates.pop() if len(dates) == 1 else None,
        countries=entity.countries,
        identifiers=tuple(dict.fromkeys(one.value for one in entity.identifiers)),
    )


def _said(error: Exception) -> str:
    # The text of a RecursionError depends on how deep the caller's own stack was.
    text = "nested too deeply" if isinstance(error, RecursionError) else shortened(error)
    return shortened(f"{type(error).__name__}: {text}")


def _fault(error: Exception) -> str:
    """What is wrong with a record or value that raises this."""
    return str(error) if isinstance(error, FaultError) else f"cannot be read: {_said(error)}"
