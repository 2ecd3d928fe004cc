"""edition.json: what is known of an edition, as text that people can read, and back.

What was damaged, or changed by hand, must not answer: the last line holds a hash of all lines before
it, as `head -n -2 edition.json | sha256sum` gives it, and every value is checked when it is read.
Keys that are not known are left alone: a later version may write more.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar, cast

import attrs

from sanctionslib._version import __version__
from sanctionslib.answers import EditionStatus, HeldEdition
from sanctionslib.archive._files import alike, is_safe_name
from sanctionslib.archive.packing import edition_hash
from sanctionslib.errors import InvalidInputError, ParseError
from sanctionslib.serialize import structure, unstructure

__all__ = ["SCHEMA", "LaterError", "Manifest", "MisfitError", "read_object", "utc", "write_json"]

SCHEMA = "sanctionslib/edition/1"
"""Its form; the number stays the same while only keys are added."""

_T = TypeVar("_T")
_HASH = re.compile(r"[0-9a-f]{64}")
_SEAL = b'  "seal": '


class MisfitError(Exception):
    """A file of ours holds what we would not have written: in words, for an error that names it."""


class LaterError(MisfitError):
    """A later version wrote a file of ours, in a form that this one does not know."""


@attrs.frozen(kw_only=True)
class _Beside:
    """What stands beside the values of the edition."""

    checked_against: str = ""
    """What most checks compare with."""
    figures: Mapping[str, int]
    """Those that no check is about."""
    no_figures: tuple[str, ...] = ()
    """Checks of a number that is none of the figures: the date."""


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
        held = attrs.evolve(
            self.held,
            added_at=utc(self.held.added_at),
            retrieved_at=self.held.retrieved_at and utc(self.held.retrieved_at),
            overridden_at=self.held.overridden_at and utc(self.held.overridden_at),
        )
        data = unstructure(attrs.evolve(held, checks=(), checked_at=None))
        del data["folder"]
        against = next((one.against for one in held.checks if one.against), "")
        checks: list[dict[str, object]] = []
        for one in held.checks:
            check: dict[str, object] = {**unstructure(one), "passed": one.passed}  # for people
            check.pop("against", None)
            if one.against != ("" if one.before is None else against):
                check["against"] = one.against
            checks.append(check)
        checked = {one.name: one.value for one in held.checks}
        others = {name: value for name, value in self.figures.items() if checked.get(name) != value}
        text = write_json(
            {
                "schema": SCHEMA,
                "library": __version__,
                **data,
                "checked_against": against,
                "checks": checks,
                "figures": others,
                "no_figures": [name for name in checked if name not in self.figures],
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
        data = _object(content, SCHEMA) | {"folder": folder}
        beside = _structure(data, _Beside)
        checks = data.get("checks", [])
        for one in cast("list[object]", checks) if isinstance(checks, list) else []:
            if isinstance(one, dict) and cast("dict[str, object]", one).get("before") is not None:
                cast("dict[str, object]", one).setdefault("against", beside.checked_against)
        held = _structure(data, HeldEdition)
        figures = {one.name: one.value for one in held.checks if one.name not in beside.no_figures}
        found = cls(held=held, figures={**figures, **beside.figures})
        for fault in found._faults():
            raise MisfitError(fault)
        if content != _sealed(content.rpartition(_SEAL)[0]):
            raise MisfitError("seal: it is not the hash of the lines before it")
        return found

    def _faults(self) -> Iterator[str]:
        """What values say that have their types, and that we would not have written."""
        held = self.held
        counts = [("entries", held.entries), *self.figures.items()]
        hashes, names = [("sha256", held.sha256)], [alike(one.stored) for one in held.files]
        for at, file in enumerate(held.files):
            counts.append((f"files[{at}].size", file.size))
            hashes.append((f"files[{at}].sha256", file.sha256))
            if not is_safe_name(file.stored) or not file.stored.endswith(".gz"):
                yield f"files[{at}].stored: {file.stored!r} is no name of a file in an archive"
        yield from (
            f"{name}: must be 0 or more, not {value}" for name, value in counts if value < 0
        )
        for name, text in hashes:
            if not _HASH.fullmatch(text):
                yield f"{name}: must be 64 digits of 0 to 9 and a to f, not {text[:80]!r}"
        for name in ("retrieved_at", "added_at", "overridden_at"):
            time = cast("datetime | None", getattr(held, name))
            if time is not None and time.utcoffset() != timedelta():
                yield f"{name}: must be a time in UTC, as 2021-12-10T14:03:22+00:00, not {time}"
        if not held.files:
            yield "files: there are none"
        if len(set(names)) < len(names):
            yield "files: two of them have one name"
        if edition_hash(each.sha256 for each in held.files) != held.sha256:
            yield "sha256: does not follow from the hashes of the files"
        if held.failed and held.status is EditionStatus.VALID:
            yield "status: it is valid, and a check failed"
        if held.status is EditionStatus.OVERRIDDEN and not (held.reason and held.overridden_at):
            yield "reason, overridden_at: it is overridden, and it is not said why and when"


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


# ── small files of ours ───────────────────────────────────────────────────────────────────────


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


def read_object(content: bytes, kind: type[_T], schema: str) -> _T:
    """The object that a file of ours holds.

    Raises:
        MisfitError: It is not what we would have written.
        LaterError: A later version has written it.
    """
    return _structure(_object(content, schema), kind)


def _object(content: bytes, schema: str) -> dict[str, object]:
    try:
        data: object = json.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise MisfitError(f"it is no JSON: {str(error)[:200]}") from None
    if not isinstance(data, dict):
        raise MisfitError("it is no JSON object")
    found = cast("dict[str, object]", data)
    if "schema" not in found:
        raise MisfitError("schema: is not there")
    if (written := str(found["schema"])) != schema:
        name, _, number = written.rpartition("/")
        if name == schema.rpartition("/")[0] and number.isdecimal():
            raise LaterError(written)
        raise MisfitError(f"schema: is {written!r}, and should be {schema!r}")
    return found


def _structure(data: object, kind: type[_T]) -> _T:
    try:
        return structure(data, kind, ignore_unknown=True)
    except ParseError as error:
        raise MisfitError(f"{error.where.path}: {error.what}") from None
