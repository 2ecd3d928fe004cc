"""edition.json: what is known of an edition, as text that people can read, and back.

What was damaged, or changed by hand, must not answer: the last line holds a hash of all lines before
it, as `head -n -2 edition.json | sha256sum` gives it, and every value is checked when it is read.
Keys that are not known are left alone: a later version may write more.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Literal, TypeAlias, TypeVar, cast

import attrs

from sanctionslib._version import __version__
from sanctionslib.answers import Check, EditionStatus, HeldEdition, HeldFile
from sanctionslib.archive._files import alike, is_safe_name
from sanctionslib.archive.packing import edition_hash
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Scope

__all__ = [
    "SCHEMA",
    "Fields",
    "LaterError",
    "Manifest",
    "MisfitError",
    "read_json",
    "utc",
    "write_json",
]

SCHEMA = "sanctionslib/edition/1"
"""Its form; the number stays the same while only keys are added."""

_SCHEMAS = re.compile(r"sanctionslib/edition/[0-9]+")

_JSON: TypeAlias = "str | int | bool | list[_JSON] | dict[str, _JSON] | None"
_Dater: TypeAlias = Literal["file", "caller", "http"]
_DATERS: Mapping[str, _Dater] = {"file": "file", "caller": "caller", "http": "http"}
_HEX = frozenset("0123456789abcdef")
_SEAL = b'  "seal": '
_NO_FIGURE = "is_no_figure"
"""Marks a check of a number that is none of the edition's figures: its date."""


class MisfitError(Exception):
    """A file of ours holds what we would not have written: in words, for an error that names it."""


class LaterError(Exception):
    """A later version wrote a file of ours, in a form that this one does not know."""


@attrs.frozen(kw_only=True)
class Manifest:
    """What `edition.json` holds: the edition, and the figures that were counted of it."""

    held: HeldEdition
    figures: Mapping[str, int]

    def to_bytes(self) -> bytes:
        """The text of `edition.json`.

        Raises:
            InvalidInputError: A time has no time zone.
        """
        one = self.held
        checked = {(each.name, each.value) for each in one.checks}
        against = next((each.against for each in one.checks if each.against), "")
        text = write_json(
            {
                "schema": SCHEMA,
                "library": __version__,
                "list_id": one.list_id,
                "publisher": one.publisher,
                "title": one.title,
                "format": one.format,
                "published": _day(one.published),
                "dated_by": one.dated_by,
                "retrieved_at": _time(one.retrieved_at),
                "added_at": _time(one.added_at),
                "scope": one.scope.value,
                "filter": one.filter,
                "missing": list(one.missing),
                "lacks_entries": one.lacks_entries,
                "entries": one.entries,
                "sha256": one.sha256,
                "files": [_file(each) for each in one.files],
                "status": one.status.value,
                "reason": one.reason,
                "overridden_at": _time(one.overridden_at),
                # What most checks say alike is said once.
                "checked_against": against,
                "checks": [_check(each, against, self.figures) for each in one.checks],
                # What a check is about stands there, and not here once more.
                "figures": {
                    name: value
                    for name, value in self.figures.items()
                    if (name, value) not in checked
                },
            },
            compact="checks",
        )
        return _sealed(text.removesuffix(b"\n}\n") + b",\n")

    @classmethod
    def from_bytes(cls, content: bytes, *, folder: str) -> Manifest:
        """Read the text of `edition.json`.

        Args:
            content: The text.
            folder: The path of the folder that it lies in.

        Raises:
            MisfitError: It is not what we would have written.
            LaterError: A later version has written it.
        """
        data = Fields(read_json(content))
        schema = data.text("schema")
        if schema != SCHEMA:
            if _SCHEMAS.fullmatch(schema):
                raise LaterError(schema)
            raise MisfitError(f"schema: is {schema!r}, and should be {SCHEMA!r}")
        held = HeldEdition(
            list_id=data.text("list_id"),
            publisher=data.text("publisher"),
            title=data.text("title"),
            format=data.text("format"),
            published=data.day("published"),
            dated_by=data.dater("dated_by"),
            retrieved_at=data.time("retrieved_at"),
            added_at=data.stated_time("added_at"),
            scope=data.one_of("scope", Scope),
            filter=data.text_or_none("filter"),
            missing=data.texts("missing"),
            lacks_entries=data.flag("lacks_entries"),
            entries=data.count("entries"),
            sha256=data.sha256("sha256"),
            files=tuple(_read_file(each) for each in data.items("files")),
            status=data.one_of("status", EditionStatus),
            reason=data.text("reason"),
            overridden_at=data.time("overridden_at"),
            checks=tuple(
                _read_check(each, data.text("checked_against")) for each in data.items("checks")
            ),
            folder=folder,
        )
        _check_sense(held)
        checked = [each for each in data.items("checks") if _NO_FIGURE not in each.names]
        figures = {each.text("name"): each.count("value") for each in checked}
        others = data.item("figures")
        figures |= {name: others.count(name) for name in others.names}
        if content != _sealed(content.rpartition(_SEAL)[0]):
            raise MisfitError("seal: it is not the hash of the lines before it")
        return cls(held=held, figures=figures)


def _sealed(lines: bytes) -> bytes:
    """The lines of an `edition.json`, with the last one."""
    return lines + _SEAL + f'"{hashlib.sha256(lines).hexdigest()}"\n}}\n'.encode()


def utc(value: datetime) -> datetime:
    """A time in UTC.

    Raises:
        InvalidInputError: It has no time zone.
    """
    if value.tzinfo is None:
        raise InvalidInputError(
            f"the time {value} has no time zone", hint="give it one: datetime.now(UTC)"
        )
    return value.astimezone(UTC)


def write_json(data: Mapping[str, object], *, compact: str = "") -> bytes:
    """Indented JSON, readable by people.

    Args:
        data: What is written.
        compact: The name of a list of which each item is to be on one line.
    """
    try:
        return _text(data, compact, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # a file name that is no Unicode: JSON can escape it
        return _text(data, compact, ensure_ascii=True).encode()


def _text(data: Mapping[str, object], compact: str, *, ensure_ascii: bool) -> str:
    parts: list[str] = []
    for name, value in data.items():
        if name == compact and value:
            items = cast("list[object]", value)
            lines = [f"    {json.dumps(each, ensure_ascii=ensure_ascii)}" for each in items]
            text = "[\n" + ",\n".join(lines) + "\n  ]"
        else:
            text = json.dumps(value, ensure_ascii=ensure_ascii, indent=2).replace("\n", "\n  ")
        parts.append(f"  {json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def read_json(content: bytes) -> Mapping[str, _JSON]:
    """A JSON object.

    Raises:
        MisfitError: It is none.
    """
    try:
        data: _JSON = json.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise MisfitError(f"it is no JSON: {str(error)[:200]}") from None
    if not isinstance(data, dict):
        raise MisfitError("it is no JSON object")
    return data


def _check_sense(held: HeldEdition) -> None:
    """What its values say together."""
    if not held.files:
        raise MisfitError("files: there are none")
    names = [alike(each.stored) for each in held.files]
    if len(set(names)) < len(names):
        raise MisfitError("files: two of them have one name")
    if edition_hash(each.sha256 for each in held.files) != held.sha256:
        raise MisfitError("sha256: does not follow from the hashes of the files")
    if held.failed and held.status is EditionStatus.VALID:
        raise MisfitError("status: it is valid, and a check failed")
    if held.status is EditionStatus.OVERRIDDEN and not (held.reason and held.overridden_at):
        raise MisfitError(
            "reason, overridden_at: it is overridden, and it is not said why and when"
        )


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _time(value: datetime | None) -> str | None:
    return None if value is None else utc(value).isoformat().replace("+00:00", "Z")


def _file(one: HeldFile) -> dict[str, object]:
    return {
        "name": one.name,
        "stored": one.stored,
        "size": one.size,
        "sha256": one.sha256,
        "packed": one.packed,
        "packed_sha256": one.packed_sha256,
        "url": one.url,
        "etag": one.etag,
        "last_modified": one.last_modified,
        "published_hash": one.published_hash,
    }


def _read_file(data: Fields) -> HeldFile:
    stored = data.text("stored")
    if not is_safe_name(stored) or not stored.endswith(".gz"):
        raise MisfitError(f"{data.at}stored: {stored!r} is no name of a file in an archive")
    return HeldFile(
        name=data.text("name"),
        stored=stored,
        size=data.count("size"),
        sha256=data.sha256("sha256"),
        packed=data.text("packed"),
        packed_sha256=data.text("packed_sha256"),
        url=data.text("url"),
        etag=data.text("etag"),
        last_modified=data.text("last_modified"),
        published_hash=data.text("published_hash"),
    )


def _check(one: Check, against: str, figures: Mapping[str, int]) -> dict[str, object]:
    data: dict[str, object] = {"name": one.name, "value": one.value}
    data |= {
        name: value
        for name, value in (("before", one.before), ("least", one.least), ("most", one.most))
        if value is not None
    }
    if one.against != (against if "before" in data else ""):
        data["against"] = one.against
    # For people: what is read back is worked out again.
    data["passed"] = one.passed
    if figures.get(one.name) != one.value:
        data[_NO_FIGURE] = True
    return data


def _read_check(data: Fields, against: str) -> Check:
    before = data.number_or_none("before")
    if "against" in data.names:
        against = data.text("against")
    elif before is None:  # it is held against nothing
        against = ""
    return Check(
        name=data.text("name"),
        value=data.number("value"),
        before=before,
        least=data.number_or_none("least"),
        most=data.number_or_none("most"),
        against=against,
    )


_E = TypeVar("_E", Scope, EditionStatus)


class Fields:
    """The values of a JSON object, each asked for by its type.

    Every method raises MisfitError where the value is not there, or of another type.

    Args:
        data: The object.
        at: Where it stands: `files.0.`.
    """

    def __init__(self, data: Mapping[str, _JSON], at: str = "") -> None:
        self._data = data
        self.at = at

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all values."""
        return tuple(self._data)

    def _value(self, name: str) -> _JSON:
        if name not in self._data:
            raise MisfitError(f"{self.at}{name}: is not there")
        return self._data[name]

    def _misfit(self, name: str, wanted: str) -> MisfitError:
        found = json.dumps(self._data[name])
        return MisfitError(f"{self.at}{name}: is {found[:80]}, and should be {wanted}")

    def text(self, name: str) -> str:
        """A text."""
        value = self._value(name)
        if not isinstance(value, str):
            raise self._misfit(name, "a text")
        return value

    def text_or_none(self, name: str) -> str | None:
        """A text or null."""
        return None if self._value(name) is None else self.text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._value(name)
        if not isinstance(value, list):
            raise self._misfit(name, "a list")
        texts = tuple(one for one in value if isinstance(one, str))
        if len(texts) < len(value):
            raise self._misfit(name, "a list of texts")
        return texts

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self._value(name)
        if not isinstance(value, bool):
            raise self._misfit(name, "true or false")
        return value

    def number(self, name: str) -> int:
        """A whole number."""
        value = self._value(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._misfit(name, "a whole number")
        return value

    def number_or_none(self, name: str) -> int | None:
        """A whole number; None where it is not there."""
        return self.number(name) if name in self._data else None

    def count(self, name: str) -> int:
        """A whole number from 0."""
        value = self.number(name)
        if value < 0:
            raise self._misfit(name, "a whole number from 0")
        return value

    def sha256(self, name: str) -> str:
        """A hash in hexadecimal."""
        value = self.text(name)
        if len(value) != 64 or not _HEX.issuperset(value):
            raise self._misfit(name, "64 digits of 0 to 9 and a to f")
        return value

    def one_of(self, name: str, kind: type[_E]) -> _E:
        """A value of a closed vocabulary."""
        try:
            return kind(self.text(name))
        except ValueError:
            raise self._misfit(name, f"one of {', '.join(one.value for one in kind)}") from None

    def dater(self, name: str) -> _Dater | None:
        """Who said the date."""
        value = self.text_or_none(name)
        if value is not None and value not in _DATERS:
            raise self._misfit(name, f"one of {', '.join(_DATERS)}")
        return None if value is None else _DATERS[value]

    def day(self, name: str) -> date | None:
        """A day or null."""
        value = self.text_or_none(name)
        if value is None:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise self._misfit(name, "a day, as 2021-12-10") from None
        if day.isoformat() != value:
            raise self._misfit(name, "a day, as 2021-12-10")
        return day

    def time(self, name: str) -> datetime | None:
        """A time in UTC, or null."""
        return None if self._value(name) is None else self.stated_time(name)

    def stated_time(self, name: str) -> datetime:
        """A time in UTC."""
        wanted = "a time in UTC, as 2021-12-10T14:03:22Z"
        try:
            value = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise self._misfit(name, wanted) from None
        if value.tzinfo is None:
            raise self._misfit(name, wanted)
        try:
            return value.astimezone(UTC)
        except OverflowError:
            raise self._misfit(name, wanted) from None

    def item(self, name: str) -> Fields:
        """An object."""
        value = self._value(name)
        if not isinstance(value, dict):
            raise self._misfit(name, "an object")
        return Fields(value, f"{self.at}{name}.")

    def items(self, name: str) -> tuple[Fields, ...]:
        """A list of objects."""
        value = self._value(name)
        if not isinstance(value, list):
            raise self._misfit(name, "a list")
        items: list[Fields] = []
        for position, one in enumerate(value):
            if not isinstance(one, dict):
                raise self._misfit(name, "a list of objects")
            items.append(Fields(one, f"{self.at}{name}.{position}."))
        return tuple(items)
