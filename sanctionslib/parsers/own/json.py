"""Our own JSON and JSON Lines: entities with their editions, written by us and read back.

A `.json` file is one object, an envelope::

    {"schema": "sanctionslib/entities/1", "library": "0.1.0", "editions": [...], "count": 2,
     "selection": "program='GLOMAG'", "entities": [{"kind": "person", "id": ..., ...}, ...]}

In a `.jsonl` file the first line is the same envelope without `entities`, and every further line
is one entity. `serialize` says what stands for what.

A file as we write it has one entity in a line, in both forms, and is read by `EntityReader`. Where a
line is anything else, the file is read again, one value after the other: it may have been formatted
by another program, and what is wrong with it gets an error that says what and where. A key that is
given twice, a number of entities other than `count` and an unknown key are errors; only a newer
version of this library may have written unknown keys. What is no version, as "0.1.0" or "0.1.0rc1"
are, is never newer.
"""

from __future__ import annotations

import io
import json
import re
import reprlib
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Literal, NoReturn, TypeAlias, cast

import attrs

from sanctionslib.answers import Audit
from sanctionslib.errors import (
    Call,
    Hint,
    IncompleteEditionError,
    InvalidInputError,
    ParseError,
    StructureChangedError,
    TruncatedError,
    UnknownFormatError,
    Where,
)
from sanctionslib.model import Edition, Entity
from sanctionslib.model.provenance import published_words
from sanctionslib.parsers._engine.faults import damaged, limit_exceeded, truncated, undecodable
from sanctionslib.parsers._engine.format import Format, Head, Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.json_entries import LONGEST, JsonEntries
from sanctionslib.serialize import (
    ENTITIES,
    JSON,
    EntityReader,
    check_version,
    structure,
    structure_many,
)

__all__ = ["FORMAT", "read_json", "read_jsonl", "sniff"]

_Opened: TypeAlias = Callable[[], AbstractContextManager[io.BufferedIOBase]]

_AGAIN = "get the file again"
_BLANK = " \t\r\n"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OURS = re.compile(rb'"schema"\s*:\s*"sanctionslib/')
_OPENS = b',"entities":['
"""How the first line of a `.json` file that we wrote ends."""
_TWICE = "the file is put together of two, or was changed by hand: write it again"


def sniff(head: bytes) -> Literal["json", "jsonl"] | None:
    r"""Say whether these first bytes of a file look like our JSON, or our JSON Lines.

    The `schema` must stand near the beginning, where we write it. The first line tells the two
    apart: only in JSON Lines it is an object of its own, without `entities`.

    >>> sniff(b'{"schema":"sanctionslib/entities/1","library":"0.1.0","count":0}\n')
    'jsonl'
    >>> sniff(b"<!DOCTYPE html>") is None
    True
    """
    body = head.removeprefix(_MARKS[0]).lstrip()
    if not body.startswith(b"{") or not _OURS.search(body, 0, 4096):
        return None
    try:
        first = json.loads(body.partition(b"\n")[0])
    except (ValueError, RecursionError):
        return "json"
    return "json" if "entities" in first else "jsonl"


def read_json(data: bytes, *, name: str = "") -> Parsed:
    """Read a `.json` file that this library wrote.

    Args:
        data: The whole file.
        name: What to call it in errors.

    Raises:
        TruncatedError: It is empty, ends too early, or has fewer entities than it declares.
        IncompleteEditionError: It has more entities than it declares.
        UnknownFormatError: It is something else.
        StructureChangedError: It is of another schema, or its envelope is not as we write it.
        ParseError: Something else is wrong in it; `where` leads to it.
    """
    return _read(lambda: nullcontext(io.BytesIO(data)), Where(source=name), data, "json")


def read_jsonl(data: bytes, *, name: str = "") -> Parsed:
    r"""Read a `.jsonl` file that this library wrote; arguments and errors as in `read_json`.

    >>> read_jsonl(
    ...     b'{"schema":"sanctionslib/entities/1","library":"0.1.0",'
    ...     b'"editions":[],"count":1}\n'
    ...     b'{"kind":"vessel","id":"watch:1","names":[]}\n'
    ... ).entities
    (<Vessel watch:1 ''>,)
    """
    return _read(lambda: nullcontext(io.BytesIO(data)), Where(source=name), data, "jsonl")


def _read(opened: _Opened, where: Where, head: bytes, form: Literal["json", "jsonl"]) -> Parsed:
    _check_start(head, where)
    with opened() as stream:
        found = _read_as_written(stream, form)
    return found if found is not None else _File(opened, where).read(form)


@attrs.frozen(kw_only=True)
class _Envelope:
    schema: str
    library: str
    editions: tuple[Edition, ...]
    count: int
    selection: str | None = None


def _envelope(value: JSON, where: Where) -> _Envelope:
    """The envelope, without what stands in it under `entities`."""
    schema = value.get("schema") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(schema, str):
        hint = "only files that this library wrote can be read as JSON"
        raise UnknownFormatError(f"no schema {ENTITIES!r}", where=where, hint=hint)
    if schema != ENTITIES:
        raise StructureChangedError(
            f"the schema is {reprlib.repr(schema)}, and must be {ENTITIES!r}",
            where=where._replace(path="schema"),
            hints=(
                Hint(
                    "{} reads a single entity or an answer, which is no list",
                    call=Call("from_dict"),
                ),
                Hint("a schema with a higher number is read by a later version of this library"),
            ),
        )
    version = str(value.get("library"))
    try:
        found = structure(value, _Envelope, written_by=version, where=where)
    except ParseError as error:
        raise StructureChangedError(error.what, where=error.where, hints=error.hints) from None
    check_version(version, where)
    return found


def _parsed(envelope: _Envelope, entities: Sequence[Entity]) -> Parsed:
    audit = Audit(
        editions=envelope.editions,
        declared=envelope.count,
        read=len(entities),
        converted=len(entities),
    )
    return Parsed(entities=tuple(entities), editions=envelope.editions, audit=audit)


# ── as we write it ────────────────────────────────────────────────────────────────────────────


def _read_as_written(stream: io.BufferedIOBase, form: Literal["json", "jsonl"]) -> Parsed | None:
    """The file; None where it is not, to the letter, one that we would have written."""
    first = stream.readline(LONGEST)
    if form == "json":
        first = first.removesuffix(_OPENS + b"\n") + b"}"
    try:
        envelope = _envelope(cast("JSON", _DECODER.decode(first.decode())), Where())
    except (ParseError, ValueError, RecursionError):
        return None
    read = EntityReader(envelope.editions)
    lines = iter(lambda: stream.readline(LONGEST), b"")
    bodies = (line.removesuffix(b"\n") for line in lines)
    entities: list[Entity] = []
    for body in bodies if form == "jsonl" else _elements(bodies):
        entity = read(body)
        if entity is None or len(entities) == envelope.count:
            return None
        entities.append(entity)
    is_whole = len(entities) == envelope.count == len({one.id for one in entities})
    return _parsed(envelope, entities) if is_whole else None


def _elements(bodies: Iterator[bytes]) -> Iterator[bytes]:
    """The elements of the array, in a line each; b"" where the lines are not as we write them."""
    more: bool | None = None  # whether a comma says that one more follows
    for body in bodies:
        if body == b"]}" and not more and next(bodies, None) is None:
            return
        if more is False:
            break
        element = body.removesuffix(b",")
        more = element != body
        yield element
    yield b""


# ── in whatever form ──────────────────────────────────────────────────────────────────────────


class _File:
    """A file that is read twice: to see that it is whole, then to make its entities one by one.

    So no more than one entry of it is held, whatever it holds and in whatever order.
    """

    def __init__(self, opened: _Opened, where: Where) -> None:
        self.opened = opened
        self.where = where

    def read(self, form: Literal["json", "jsonl"]) -> Parsed:
        """Read it as one document, or as lines."""
        return self._read_json() if form == "json" else self._read_jsonl()

    def _read_json(self) -> Parsed:
        with self.opened() as stream:
            document = _Document(stream, self.where)
            count = _count(document, self.where)
        fields = document.fields()
        has_entities, entities = "entities" in fields, fields.pop("entities", None)
        envelope = _envelope(fields, self.where)
        if not document.found:
            is_missing = not has_entities or entities is None
            found = "missing: is this JSON Lines?" if is_missing else "no array"
            raise StructureChangedError(found, where=self.where._replace(path="entities"))
        self._check_count(envelope, count)
        with self.opened() as stream:
            return self._parsed(envelope, _Document(stream, self.where), in_lines=False)

    def _read_jsonl(self) -> Parsed:
        with self.opened() as stream:
            lines = _values_of_lines(stream, self.where)
            _, first = next(lines)
            count = _count(lines, self.where)
        fields = dict(first) if isinstance(first, dict) else first
        entities = fields.pop("entities", None) if isinstance(fields, dict) else None
        envelope = _envelope(fields, self.where)
        if entities is not None:
            raise StructureChangedError(
                "the entities are inside the envelope: JSON", where=self.where
            )
        self._check_count(envelope, count)
        with self.opened() as stream:
            lines = _values_of_lines(stream, self.where)
            next(lines, None)
            return self._parsed(envelope, lines, in_lines=True)

    def _check_count(self, envelope: _Envelope, count: int) -> None:
        """Compare the entities that are there with what the envelope declares."""
        what = f"{envelope.count:,} entities are declared, {count:,} are there"
        if count < envelope.count:
            raise TruncatedError(what, where=self.where, hint=_AGAIN)
        if count > envelope.count:
            raise IncompleteEditionError(
                what, where=self.where, hint="write it anew instead of editing it"
            )

    def _parsed(
        self, envelope: _Envelope, values: Iterable[tuple[int, JSON]], *, in_lines: bool
    ) -> Parsed:
        """The entities, of the values with their lines."""

        def placed() -> Iterator[tuple[JSON, Where]]:
            for at, (line, value) in enumerate(values):
                entry = value.get("id") if isinstance(value, dict) else None
                where = self.where._replace(entry=entry if isinstance(entry, str) else "")
                if in_lines:
                    yield value, where._replace(line=line)
                else:
                    yield value, where._replace(path=f"entities[{at}]")

        entities: dict[str, Entity] = {}
        made = structure_many(
            placed(), Entity, editions=envelope.editions, written_by=envelope.library
        )
        for entity, where in made:
            if entity.id in entities:
                where = where._replace(path=f"{where.path}.id" if where.path else "id")
                raise ParseError(f"the id {entity.id!r} is given twice", where=where, hint=_TWICE)
            entities[entity.id] = entity
        return _parsed(envelope, tuple(entities.values()))


_NAMELESS = 1_000
"""Values without an id after which no more are looked at."""


def _count(values: Iterable[tuple[int, JSON]], where: Where) -> int:
    count = nameless = 0
    for _, value in values:
        count += 1
        nameless += not (isinstance(value, dict) and "id" in value)
        if nameless > _NAMELESS:
            what = f"more than {_NAMELESS:,} entities have no id"
            raise StructureChangedError(what, where=where, hint=_AGAIN)
    return count


def _check_start(head: bytes, where: Where) -> None:
    body = head.strip()
    if not body:
        raise TruncatedError("the file is empty", where=where, hint=_AGAIN)
    if body.startswith(_MARKS):
        hint = "something rewrote it: save it as UTF-8 without such a mark"
        raise ParseError("the file begins with a byte order mark", where=where, hint=hint)
    if not body.startswith(b"{"):
        kind = "a web page or XML" if body.startswith(b"<") else "something else"
        raise UnknownFormatError(f"{kind}, not our JSON, which begins with '{{'", where=where)


class _Document:
    """The entities of a document, in no line of their own; afterwards what stands beside them."""

    def __init__(self, stream: io.BufferedIOBase, where: Where) -> None:
        self._where = where
        self._entries = JsonEntries(stream, _DECODER, "entities", where)

    def __iter__(self) -> Iterator[tuple[int, JSON]]:
        entries = iter(self._entries)
        while True:
            with _faults(self._where):
                try:
                    value = cast("JSON", next(entries))
                except StopIteration:
                    return
            yield 0, value

    @property
    def found(self) -> bool:
        """Whether there is an array of entities."""
        return self._entries.found

    def fields(self) -> dict[str, JSON]:
        """What stands beside the entities."""
        with _faults(self._where):
            return _pairwise(cast("list[tuple[str, JSON]]", self._entries.beside))


def _values_of_lines(stream: io.BufferedIOBase, where: Where) -> Iterator[tuple[int, JSON]]:
    """The values of lines that are not blank, with their numbers."""
    number, line = 0, stream.readline(LONGEST + 1)
    while line:
        number += 1
        # Not iteration over the text: that would also cut at U+2028, which stands in texts as it is.
        following = stream.readline(LONGEST + 1)
        if line.strip():
            at = where._replace(line=number)
            if len(line) > LONGEST:
                raise limit_exceeded(f"more than {LONGEST:,} bytes in one line", at)
            with _faults(at):
                value = _decoded(line, at, is_last=not following)
            yield number, value
        line = following


def _decoded(line: bytes, where: Where, *, is_last: bool) -> JSON:
    try:
        text = line.decode()
        return cast("JSON", _DECODER.decode(text))
    except UnicodeDecodeError as error:
        raise undecodable(error, where) from None
    except json.JSONDecodeError as error:
        body = error.doc.rstrip(_BLANK)
        is_open = error.pos >= len(body) or error.msg.startswith("Unterminated")
        if is_last and (is_open or not body.endswith("}")):
            raise truncated("the document does not end", where) from None
        raise damaged(f"the document is not well-formed JSON: {error.msg}", where) from None


@contextmanager
def _faults(where: Where) -> Generator[None]:
    """Turn what is wrong with a value into errors that say where."""
    try:
        yield
    except RecursionError:
        raise ParseError("nested far deeper than anything we write", where=where) from None
    except ParseError as error:
        if str(error.where):  # not of a value, but of the file: it changed
            raise
        raise ParseError(error.what, where=where, hints=error.hints) from None
    except ValueError:  # Python itself refuses whole numbers of more than 4,300 digits
        raise ParseError("a number with thousands of digits", where=where) from None


def _pairwise(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    found = dict(pairs)
    if len(found) != len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise ParseError(f"the key {reprlib.repr(twice)} is given twice in one object", hint=_TWICE)
    return found


def _constant(text: str) -> NoReturn:
    raise ParseError(f"{text} is no number in JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairwise, parse_constant=_constant)


# ── among the formats ─────────────────────────────────────────────────────────────────────────


class _OwnJson(Format):
    """Read by functions of its own, and not by a table."""

    def recognise(self, head: Head) -> bool:
        return sniff(head.data) is not None

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        (source,) = sources
        where = Where(source=source.name)
        form = sniff(source.head) or "json"
        found = _read(lambda: source.open(options.progress), where, source.head, form)
        for word, given, stated in (
            ("list_id", options.list_id, {one.list_id for one in found.editions}),
            (
                "published",
                options.published,
                {published_words(e.published) for e in found.editions},
            ),
        ):
            if given is not None and stated != {str(given)}:
                raise InvalidInputError(
                    f"{word}={str(given)!r}, and the file says {', '.join(sorted(stated)) or 'none'}",
                    argument=word,
                    where=where,
                    hints=(Hint("leave {} out: our own files state their editions", word),),
                )
        return found


FORMAT = _OwnJson(
    name="sanctionslib-json",
    title="JSON and JSON Lines of this library",
    files=("*.json", "*.jsonl"),
)
