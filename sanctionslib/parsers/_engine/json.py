"""JSON as a container: an object of a list → the texts of its entry, and what becomes of them.

Numbers are the text that they are printed in; `null` and blank texts are no values.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.errors import Where
from sanctionslib.model import Origin
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.checks import NameOrder
from sanctionslib.parsers._engine.edition import TableFormat
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.faults import beyond, changed, check_length
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.json_entries import JsonEntries
from sanctionslib.parsers._engine.maker import Maker, Shape, Texts
from sanctionslib.parsers._engine.numbers import whole_number
from sanctionslib.parsers._engine.rules import Group, joined
from sanctionslib.parsers._engine.source import Source

__all__ = ["JsonFormat", "take"]

_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*\{\s*\")")


def take(value: object, shape: Shape, texts: Texts, entry: Entry) -> None:
    """Read an object, and what is below it up to inner groups, into the texts of its group.

    What the shape does not have goes to `entry.unexpected`.
    """
    if (fields := _object(value)) is None:
        if shape.has_text and shape.maker is not None:
            _take_text(value, shape, ".", texts, entry)
        else:
            _unexpected(value, shape.path, entry)
        return
    for name, one in fields.items():
        below = shape.children.get(name)
        if below is None:
            _unexpected(one, joined(shape.path, name), entry)
        elif (maker := below.maker) is not None:
            for each in _items(one):
                inner: Texts = {}
                start = len(entry.kept) if entry.kept is not None else 0
                take(each, below, inner, entry)
                if inner:
                    texts.setdefault(below.key, []).append(inner)
                if entry.kept is not None and maker.labels is not None:
                    entry.spans.append((start, len(entry.kept), maker.labels.of(inner)))
        elif not below.is_leaf:
            take(one, below, texts, entry)
        else:
            for each in _items(one) if below.repeats else [one]:
                _take_text(each, below, below.key, texts, entry)


def _take_text(value: object, shape: Shape, key: str, texts: Texts, entry: Entry) -> None:
    """Take a text; what is no text where one is meant is unexpected."""
    if _object(value) is not None or _array(value) is not None:
        _unexpected(value, shape.path, entry)
    elif value is not None and (said := (text := _text(value)).strip()):
        share = entry.reading.texts.setdefault
        said = share(said, said)
        if shape.repeats and key != ".":
            texts.setdefault(key, []).append(said)
        else:
            texts[key] = said
        if entry.kept is not None:
            entry.kept.append((shape.path, share(text, text)))


def _unexpected(value: object, path: str, entry: Entry) -> None:
    for at, text in leaves(path, value):
        entry.unexpected.append((at, text))
        if entry.kept is not None:
            entry.kept.append((at, text))


def leaves(path: str, value: object) -> Iterator[tuple[str, str]]:
    """All values that are not blank, with their paths; the elements of an array have its path."""
    if (fields := _object(value)) is not None:
        check_length("the path of an object", path, Where())
        for name, one in fields.items():
            yield from leaves(joined(path, name), one)
    elif (items := _array(value)) is not None:
        for one in items:
            yield from leaves(path, one)
    elif value is not None and (text := _text(value)).strip():
        yield path, text


def _object(value: object) -> dict[str, object] | None:
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def _items(value: object) -> list[object]:
    """The elements of an array; of one without any, and of what is none, the value itself."""
    return _array(value) or [value]


def _array(value: object) -> list[object] | None:
    return cast("list[object]", value) if isinstance(value, list) else None


def _text(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _once(where: Where, pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of these pairs, of which none is lost."""
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name in counts if counts[name] > 1)
        raise changed(f"the key {twice} stands twice in one object", where)
    return made


@attrs.frozen(kw_only=True, slots=False)
class JsonFormat(TableFormat):
    """A format in JSON: one array of objects, alone or in the object that the document is."""

    group: Group
    """The table of the entries."""
    entries: str
    """The key of their array."""
    known_by: tuple[str, ...]
    """Keys that the first bytes have."""
    beside: frozenset[str] = frozenset()
    """Keys that may stand beside the array."""
    declared_at: str = ""
    """The key beside the array that says how many entries there are."""
    name_at: str = ""
    """The key of the name, where entries stand in the order of names: then a cut is noticed."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return (self.group,)

    def recognise(self, head: Head) -> bool:
        return _JSON.match(head.data) is not None and all(
            f'"{key}"'.encode() in head.data for key in self.known_by
        )

    def parse(self, sources: Sequence[Source], options: Options) -> Parsed:
        (source,) = sources
        audit = AuditBuilder(source.name)
        reading = self.begun(source, options, audit)
        maker, names, where = Maker(self.group), NameOrder(), audit.where()
        once = partial(_once, where)
        decoder = json.JSONDecoder(object_pairs_hook=once, parse_int=str, parse_float=str)
        with source.open(options.progress) as stream:
            found = JsonEntries(stream, decoder, self.entries, where, "utf-8-sig")
            try:
                for at, one in enumerate(found):
                    path = f"{self.entries}[{at}]"
                    self._entry(one, maker, Origin(member=source.name, path=path), reading)
                    names.add(_text((_object(one) or {}).get(self.name_at) or ""))
            except RecursionError:
                raise beyond("it is nested too deep", where) from None
        beside = once(found.beside)
        if not found.found:
            raise changed(f'there is no list "{self.entries}"', audit.where())
        gaps = [*self._beside(beside, audit)]
        if self.name_at:
            gaps += names.missing()
        return self.parsed(reading, options, gaps)

    def _entry(self, value: object, maker: Maker, origin: Origin, reading: Reading) -> None:
        audit = reading.audit
        audit.read += 1
        if _object(value) is None:
            audit.issue(
                IssueKind.REJECTED,
                "the entry is no object",
                path=origin.path,
                source=leaves("", value),
            )
            return
        entry = Entry(reading, maker, origin, lambda: leaves("", value))
        take(value, maker.shape, entry.texts, entry)
        if self.reports_repeats and reading.is_repeated(tuple(leaves("", value))):
            entry.repeated()
        entry.complete()

    def _beside(self, fields: dict[str, object], audit: AuditBuilder) -> Iterator[str]:
        """Look at what stands beside the entries; a number of them that is not theirs is a gap."""
        total = fields.get(self.declared_at)
        if isinstance(total, str) and total.isdecimal():
            audit.declared = whole_number(total)
            if audit.declared != audit.read:
                yield f"the {total[:40]} results that it declares: it has {audit.read:,}"
        for name, value in fields.items():
            if name != self.entries and name not in self.beside:
                audit.issue(
                    IssueKind.STRUCTURE,
                    f"{name} stands beside the {self.entries}, where the format has no such thing",
                    path=name,
                    source=leaves(name, value),
                )
