"""Entities to a file: JSON and JSON Lines that read back equal, and a table of names as CSV.

A file appears whole or not at all: it is written beside its place, then moved there. The same
entities give the same bytes, also when compressed. A file that holds a part of a list says so in
its editions, so that it is never taken for the whole one.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import attrs

from sanctionslib._version import __version__
from sanctionslib.errors import Hint, InvalidInputError, SanctionsError, UnwritableError, Where
from sanctionslib.export.tables import name_lines
from sanctionslib.model import Edition, Entity, Scope
from sanctionslib.serialize import ENTITIES, JSON, Envelope, edition_key, editions_of, unstructure

__all__ = ["FileFormat", "document", "followed", "put_text", "write"]

FileFormat: TypeAlias = Literal["json", "jsonl", "csv"]
"""What `write` can write."""

_SUFFIXES: dict[str, FileFormat] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}


def write(
    entities: Sequence[Entity],
    editions: Sequence[Edition],
    path: str | os.PathLike[str],
    *,
    selection: str | None = None,
    keep_source: bool | None = False,
    format: FileFormat | None = None,  # noqa: A002 (as the libraries around us call it)
    guard_formulas: bool | None = True,
) -> None:
    """Write entities to a file, by its suffix.

    `.json` and `.jsonl` (also `.ndjson`) hold everything and read back equal; `.csv` has one row
    per name, for people and spreadsheets: see `name_lines`. A further `.gz` compresses.

    Args:
        entities: The entities, in the order in which they are written.
        editions: The editions that they come from. One that an entity was read from and that is
            not among them is added, as a part of its list.
        path: The file; one that is there is replaced at once when all is written.
        selection: By what the entities were selected, in words, where they are not all of the
            editions: then these are written as parts (`Scope.CUSTOM`, a sample stays one).
        keep_source: Whether entities are written with their `source`.
        format: What to write, whatever the suffix is.
        guard_formulas: Whether CSV is guarded against spreadsheets that run a cell's text.

    Raises:
        InvalidInputError: The suffix is none of these; an id is given twice; a text cannot be
            encoded; CSV was asked for with `keep_source`.
        UnwritableError: The file cannot be written.

    Example:
        >>> import sanctionslib as sl
        >>> mine = sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),))
        >>> write([mine], [], "mine.jsonl")
        >>> print(Path("mine.jsonl").read_text("utf-8").splitlines()[1])
        {"kind":"vessel","id":"watch:1","names":[{"text":"EXAMPLE STAR"}]}
    """
    target, form, is_packed = _target(path, format)
    envelope, written = _envelope(entities, editions, selection, keep_source=bool(keep_source))
    if form == "csv":
        if keep_source:
            raise InvalidInputError("a table of names holds no source", hint="write .jsonl")

        def label(entity: Entity) -> str:
            position = envelope.position_of(entity)
            return "" if position is None else written[position].label

        lines = name_lines(entities, guard_formulas=guard_formulas, label=label)
    else:
        head = _ENCODER.encode(_head(written, len(entities), selection))
        bodies = (_ENCODER.encode(envelope.write(one)) for one in entities)
        lines = _json_lines(head, bodies) if form == "jsonl" else _json(head, bodies)
    _put(target, lines, is_packed=is_packed)


def document(
    entities: Sequence[Entity],
    editions: Sequence[Edition],
    *,
    selection: str | None = None,
    keep_source: bool | None = False,
) -> dict[str, JSON]:
    """What `write` puts into a `.json` file, as plain values, the editions last.

    The arguments are those of `write`.

    Raises:
        InvalidInputError: An id is given twice.

    Example:
        >>> import sanctionslib as sl
        >>> document([], sl.sample().editions)["schema"]
        'sanctionslib/entities/1'
    """
    envelope, written = _envelope(entities, editions, selection, keep_source=bool(keep_source))
    found = _head(written, len(entities), selection)
    stated = found.pop("editions")  # long, and nobody looks for it first
    found["entities"] = [envelope.write(one) for one in entities]
    return found | {"editions": stated}


def put_text(
    path: str | os.PathLike[str], text: str | Iterator[str], *, follow_link: bool = True
) -> None:
    """Write a text as UTF-8; the file appears whole or not at all, and replaces one of its name.

    One whose name ends with `.gz` is compressed.

    Args:
        path: The file.
        text: The text, or its pieces.
        follow_link: Whether a link stays one, and the file that it leads to is written. A link in the
            place of a file of ours, which stands beside one of the user's, is replaced.

    Raises:
        InvalidInputError: The text cannot be encoded.
        UnwritableError: The file cannot be written.

    Example:
        >>> put_text("report.md", "# Changes")
        >>> Path("report.md").read_text("utf-8")
        '# Changes'
    """
    target = followed(path) if follow_link else Path(path)
    lines = iter([text]) if isinstance(text, str) else text
    _put(target, lines, is_packed=os.fspath(path).lower().endswith(".gz"))


def followed(path: str | os.PathLike[str]) -> Path:
    """The file that a path leads to, of which one is written: a link stays a link.

    Raises:
        UnwritableError: There is something that is no file; or a link that another user made in a
            folder where everybody may, which Linux itself follows for nobody.

    Example:
        >>> followed("report.md").name
        'report.md'
    """
    link, target = Path(path), Path(os.path.realpath(path))
    fault = ""
    with contextlib.suppress(OSError):  # then it is not there, or cannot be written either
        if _is_planted(link):
            fault = "it is a link that another user made in a folder where everybody may write"
        elif not stat.S_ISREG(target.stat().st_mode):
            fault = "what is there is no file"
    if fault:
        raise UnwritableError(
            f"the file cannot be written: {fault}",
            where=Where(source=str(path)),
            hint="give it another name, or take away what is there",
        )
    return target


def _is_planted(link: Path) -> bool:
    folder, found = link.parent.stat(), link.lstat()
    everybodys = stat.S_ISVTX | stat.S_IWOTH
    return (
        stat.S_ISLNK(found.st_mode)
        and folder.st_mode & everybodys == everybodys
        and found.st_uid not in (os.geteuid(), folder.st_uid)
    )


def _target(path: str | os.PathLike[str], form: FileFormat | None) -> tuple[Path, FileFormat, bool]:
    if "\0" in os.fspath(path):
        raise InvalidInputError("a path cannot hold a NUL character")
    name = Path(path).name.lower()
    is_packed = name.endswith(".gz")
    found = form or _SUFFIXES.get(Path(name.removesuffix(".gz")).suffix)
    if found is None or found not in _SUFFIXES.values():
        raise InvalidInputError(
            f"cannot tell what to write into {Path(path).name!r}",
            where=Where(source=str(path)),
            hints=(
                Hint(f"give it one of the suffixes {', '.join(_SUFFIXES)}, with or without .gz"),
                Hint("say {}", "format", "jsonl"),
            ),
        )
    return followed(path), found, is_packed


def _envelope(
    entities: Sequence[Entity],
    editions: Sequence[Edition],
    selection: str | None,
    *,
    keep_source: bool,
) -> tuple[Envelope, list[Edition]]:
    """What writes the entities, and its editions as they are written: see `_as_part`."""
    ids: set[str] = set()
    for one in entities:
        if one.id in ids:
            raise InvalidInputError(
                f"the id {one.id!r} is given twice", hint="an id stands for one entity of a file"
            )
        ids.add(one.id)
    known = editions_of((*editions, *entities))
    given = {edition_key(one) for one in editions}
    written: list[Edition] = []
    for edition in known:
        is_given = edition_key(edition) in given
        words = selection if is_given or selection else "single entities of it"
        written.append(_as_part(edition, words))
    return Envelope(known, keep_source=keep_source, adopting=True), written


def _as_part(edition: Edition, selection: str | None) -> Edition:
    """The edition, as one of which only a selection is written."""
    if selection is None:
        return edition
    # What was a part already is now a part of that part.
    both = "; ".join(one for one in (edition.filter, selection) if one)
    scope = Scope.SAMPLE if edition.is_sample else Scope.CUSTOM
    return attrs.evolve(edition, scope=scope, filter=both or None)


def _head(editions: Sequence[Edition], count: int, selection: str | None) -> dict[str, JSON]:
    """What stands around the entities."""
    head: dict[str, JSON] = {
        "schema": ENTITIES,
        "library": __version__,
        "editions": [unstructure(one) for one in editions],
        "count": count,
    }
    return head if selection is None else head | {"selection": selection}


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _json_lines(head: str, bodies: Iterable[str]) -> Iterator[str]:
    yield head + "\n"
    for body in bodies:
        yield body + "\n"


def _json(head: str, bodies: Iterable[str]) -> Iterator[str]:
    """One line per entity here too, so that two files can be compared line by line."""
    yield head.removesuffix("}") + ',"entities":['
    separator = "\n"
    for body in bodies:
        yield separator + body
        separator = ",\n"
    yield "\n]}\n"


def _put(target: Path, lines: Iterator[str], *, is_packed: bool) -> None:
    """Write beside the target, then move there."""
    where = Where(source=str(target))
    temporary = target.with_name(f".sanctionslib-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as raw:
            with contextlib.suppress(OSError):
                shutil.copymode(target, temporary)
            if is_packed:
                # Neither name nor time, so that the same text gives the same bytes.
                with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
                    packed.writelines(line.encode() for line in lines)
            else:
                raw.writelines(line.encode() for line in lines)
            raw.flush()
            os.fsync(raw.fileno())
        temporary.replace(target)
    except SanctionsError:
        raise
    except UnicodeEncodeError as error:
        raise InvalidInputError(
            f"a text holds half of a character: {error.object[:60]!r}",
            where=where,
            hint="take the surrogate (U+D800 to U+DFFF) out",
        ) from None
    except OSError as error:
        raise UnwritableError(
            f"the file cannot be written: {error.strerror or error}",
            where=where,
            hint="check that its folder exists, is writable, and that the disk is not full",
        ) from error
    except ValueError as error:  # Python refuses to print numbers of more than 4,300 digits
        raise InvalidInputError(f"cannot be written: {error}", where=where) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
