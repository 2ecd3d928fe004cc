"""The archive's own files: edition.json, kept.json and checked.json, JSON that people can read.

A file that was damaged, or changed by hand, must not answer. So the last line of `edition.json` is
the hash of all lines before it, as `head -n -2 edition.json | sha256sum` gives it. Keys that are
not known are ignored: a later version may write more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar, cast

import attrs

from sanctionslib._regular_file import IrregularFileError, read_regular
from sanctionslib._version import __version__
from sanctionslib.answers import HeldEdition
from sanctionslib.archive._files import is_safe_name, reading
from sanctionslib.errors import InvalidInputError, ParseError
from sanctionslib.serialize import structure, unstructure

SCHEMA = "sanctionslib/edition/1"
"""The form of `edition.json`; the number stays the same while only keys are added."""

_T = TypeVar("_T")
_LARGEST = 1 << 24
"""More bytes than one of these files can have."""
_SEAL = b'  "seal": '


class MisfitError(Exception):
    """A file is not as this library writes it; in words, for an error that names the file."""


class LaterError(MisfitError):
    """A later version of the library wrote the file, in a form that this one does not know."""


def content_of(path: Path) -> bytes | None:
    """What is in a file; None where it is not there.

    Raises:
        MisfitError: It is no regular file, or too large.
        ArchiveError: It cannot be read.
    """
    with reading(path):
        try:
            return read_regular(path, _LARGEST)
        except IrregularFileError as error:
            raise MisfitError(error.strerror) from None
        except (FileNotFoundError, NotADirectoryError):
            return None


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


def edition_to_bytes(held: HeldEdition) -> bytes:
    """The content of `edition.json`."""
    data = unstructure(attrs.evolve(held, checked_at=None))
    del data["folder"]
    text = to_bytes(SCHEMA, {"library": __version__, **data})
    return _sealed(text.removesuffix(b"\n}\n") + b",\n")


def edition_from_bytes(content: bytes, *, folder: str) -> HeldEdition:
    """The edition whose `edition.json` has this content and is in this folder.

    Raises:
        MisfitError: It is damaged, or was changed by hand.
        LaterError: A later version wrote it.
    """
    data = _object(content, SCHEMA)
    if content != _sealed(content.rpartition(_SEAL)[0]):
        raise MisfitError("seal: it is not the hash of the lines before it")
    held = _structure(data | {"folder": folder}, HeldEdition)
    for file in held.files:
        if not is_safe_name(file.stored):
            raise MisfitError(f"{file.stored!r} is no name of a file in an archive")
    return held


def _sealed(lines: bytes) -> bytes:
    """The lines of an `edition.json`, with the last one."""
    return lines + _SEAL + f'"{hashlib.sha256(lines).hexdigest()}"\n}}\n'.encode()


def to_bytes(schema: str, data: Mapping[str, object]) -> bytes:
    """The content of a file: each key, and each item of a list, on a line of its own."""
    lines: list[str] = []
    for name, value in {"schema": schema, **data}.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value:
            items = [json.dumps(one, ensure_ascii=False) for one in cast("list[object]", value)]
            text = "[\n    " + ",\n    ".join(items) + "\n  ]"
        lines.append(f"  {json.dumps(name)}: {text}")
    # The name of a file may be no Unicode: JSON escapes it as Python does.
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8", "backslashreplace")


def from_bytes(content: bytes, kind: type[_T], *, schema: str) -> _T:
    """The value whose file has this content; errors as `edition_from_bytes`."""
    return _structure(_object(content, schema), kind)


def _object(content: bytes, schema: str) -> dict[str, object]:
    try:
        data: object = json.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise MisfitError(f"it is no JSON: {str(error)[:200]}") from None
    found = cast("dict[str, object]", data) if isinstance(data, dict) else {}
    written = str(found.get("schema", ""))
    if written != schema:
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
