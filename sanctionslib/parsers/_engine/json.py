"""The JSON container: an object of a list → the texts of its entry, and its entity.

Numbers are read as the text in the file; `null` and blank texts are not values.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import cast

import attrs

from sanctionslib.answers import Coverage, IssueKind
from sanctionslib.errors import Hint, InvalidInputError, Where
from sanctionslib.model import Feature, Origin
from sanctionslib.parsers._engine.audit import AuditBuilder, Pairs
from sanctionslib.parsers._engine.bundle import Answer
from sanctionslib.parsers._engine.checks import NameOrder
from sanctionslib.parsers._engine.edition import Header, TableFormat, header_of
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.faults import changed, check_length, limit_exceeded
from sanctionslib.parsers._engine.fields import Texts, joined
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile, Progress, name_of, with_progress
from sanctionslib.parsers._engine.json_entries import JsonEntries
from sanctionslib.parsers._engine.maker import Maker, Shape
from sanctionslib.parsers._engine.numbers import whole_number
from sanctionslib.parsers._engine.rules import Group, Rule, Rules

__all__ = ["JsonFormat", "take"]

_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*\{\s*\")")
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{\s*\"")
_KEYS = re.compile(rb'"(\w+)"\s*:')


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
        elif below.labelled is not None:
            for each in _items(one):
                _take_labelled(each, below, texts, entry)
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
    """Read a text; any other value is unexpected."""
    if _object(value) is not None or _array(value) is not None:
        _unexpected(value, shape.path, entry)
    elif value is not None and (stated := (text := _text(value)).strip()):
        share = entry.reading.texts.setdefault
        stated = share(stated, stated)
        if shape.repeats and key != ".":
            texts.setdefault(key, []).append(stated)
        elif key in texts:  # under a label that occurs a second time
            entry.unexpected.append((shape.path, text))
        else:
            texts[key] = stated
        if entry.kept is not None:
            entry.kept.append((shape.path, share(text, text)))


def _take_labelled(value: object, shape: Shape, texts: Texts, entry: Entry) -> None:
    """Read labelled values; the source and unexpected values keep the paths of the document."""
    assert shape.labelled is not None  # checked by the caller
    label_at, values_at = shape.labelled
    fields = _object(value) or {}
    label = (
        ""
        if isinstance(stated := fields.get(label_at), dict | list)
        else _text(stated or "").strip()
    )
    if not label:
        _unexpected(value, shape.path, entry)
        return
    start = len(entry.kept or ())
    for name, one in fields.items():
        path = joined(shape.path, name)
        if name == label_at:
            if entry.kept is not None:
                entry.kept.append((path, _text(one)))
        elif name != values_at:
            _unexpected(one, path, entry)
        elif (below := shape.children.get(label)) is None:
            for at, text in leaves(path, one):
                entry.features.append(Feature(label=label, value=text))
                entry.unmapped(at, label, text)
                if entry.kept is not None:
                    entry.kept.append((at, text))
        else:
            ours = (entry.unexpected, [] if entry.kept is None else entry.kept)
            before = [len(pairs) for pairs in ours]
            for each in _items(one):
                take({label: each}, shape, texts, entry)
            for pairs, first in zip(ours, before, strict=True):
                pairs[first:] = [
                    (path + at.removeprefix(below.path), text) for at, text in pairs[first:]
                ]
    entry.spans.append((start, len(entry.kept or ()), label))


def _unexpected(value: object, path: str, entry: Entry) -> None:
    for at, text in leaves(path, value):
        entry.unexpected.append((at, text))
        if entry.kept is not None:
            entry.kept.append((at, text))


def leaves(path: str, value: object) -> Iterator[tuple[str, str]]:
    """All non-blank values, with their paths; the elements of an array have its path."""
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
    """The elements of an array; for an empty one, or any other value, the value itself."""
    return _array(value) or [value]


def _array(value: object) -> list[object] | None:
    return cast("list[object]", value) if isinstance(value, list) else None


def _text(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _once(where: Where, pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of these pairs, none of which may be lost."""
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name in counts if counts[name] > 1)
        raise changed(f"the key {twice} occurs twice in one object", where)
    return made


def _has_key(head: bytes, key: str) -> bool:
    """Whether it occurs as a key: our own JSON has the labels of all lists, as texts."""
    return key.encode() in _KEYS.findall(head)


def _stated(found: JsonEntries, first: Pairs) -> dict[str, str]:
    """What stands beside the entries up to where they are read, and in the first of them, by path."""
    return dict((*leaves("", dict(found.beside)), *first))


@attrs.frozen(kw_only=True, slots=False)
class JsonFormat(TableFormat):
    """A format in JSON: one array of objects, alone or inside the object that the document is."""

    group: Group
    """The table of the entries."""
    members: Mapping[str, tuple[str, Group]] = attrs.field(factory=dict[str, tuple[str, Group]])
    """For an edition with a file for each kind of party: what is missing without the file, and
    its table, by a key that only its entries have."""
    entries: str
    """The key of their array, or several keys joined by "/"; "" where the document itself is the
    array."""
    known_by: tuple[str, ...]
    """Keys that occur in the first bytes."""
    beside: frozenset[str] = frozenset()
    """Keys that may occur beside the array and its parents."""
    labelled: Mapping[str, tuple[str, str]] = attrs.field(factory=dict[str, tuple[str, str]])
    """Arrays of an entry whose objects hold labelled values: the array's key, and the keys of
    label and values. In the table's paths the label replaces them: `ALIAS/Alias`."""
    header: Rules = attrs.field(factory=dict[str, Rule])
    """The rules of the file's header: fields of `Header`, by path from the document. A value
    that each entry repeats is read from the first."""
    declared_at: str = ""
    """The key beside the array that declares the number of entries."""
    name_at: str = ""
    """The key of the name, where entries are sorted by name: then truncation can be noticed."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(group for _, group in self.members.values()) or (self.group,)

    def recognise(self, head: Head) -> bool:
        # Without a key, the document is the array.
        begins = _JSON.match(head.data) if self.entries else _ARRAY.match(head.data)
        is_member = not self.members or bool(self._keys_of(head.data))
        known = all(_has_key(head.data, key) for key in self.known_by)
        return begins is not None and is_member and known

    def _keys_of(self, head: bytes) -> list[str]:
        """The keys of `members` that a file has."""
        return [key for key in self.members if _has_key(head, key)]

    def _sorted(self, sources: Sequence[InputFile], audit: AuditBuilder) -> dict[str, InputFile]:
        """The files of an edition by their keys, in the order of the format.

        Raises:
            InvalidInputError: Two of them have the same kind of parties.
        """
        found: dict[str, InputFile] = {}
        for source in sources:
            key = next(iter(self._keys_of(source.head)), "")
            if (other := found.setdefault(key, source)) is not source:
                raise InvalidInputError(
                    f"{other.name} and {source.name} have the same kind of parties",
                    where=audit.where(),
                    hints=(
                        Hint(
                            "read each day on its own: put its files into a folder or zip of their own"
                        ),
                        Hint("or give a list of their paths as {}", "source"),
                    ),
                )
        return {key: found[key] for key in (*self.members, "") if key in found}

    def classify(self, path: str, label: str) -> tuple[Coverage, str]:
        for name, (label_at, values_at) in self.labelled.items():
            if label and path == f"{name}/{label_at}":
                return Coverage.STRUCTURAL, "the label decides which field holds the values"
            if label and path.startswith(values := f"{name}/{values_at}"):
                if not any(one.startswith(f"{label}/") for one in self.path_rules):
                    return (
                        Coverage.UNMAPPED,
                        "a Feature without kind: the label is unknown",
                    )
                path = f"{label}{path.removeprefix(values)}"
        return super().classify(path, label)

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        audit, names = AuditBuilder(name_of(sources)), NameOrder()
        files = self._sorted(sources, audit)
        reading = self.start(sources, options, audit, self._header(sources[0]))
        gaps = [what for key, (what, _) in self.members.items() if key not in files]
        followed = with_progress(tuple(files.values()), options.progress)
        for key, (source, progress) in zip(files, followed, strict=True):
            maker = Maker(self.members[key][1] if key else self.group)
            for name, keys in self.labelled.items():
                maker.shape.children[name] = maker.shape.labels(name, keys)
            with self._read(source, audit.where(), progress) as found:
                for at, one in enumerate(found):
                    path = f"{self.entries}[{at}]"
                    self._entry(one, maker, Origin(member=source.name, path=path), reading)
                    names.add(_text((_object(one) or {}).get(self.name_at) or ""))
            gaps += self._beside(dict(found.beside), audit)
        if self.name_at:
            gaps += names.missing()
        return self.parsed(reading, options, gaps)

    @contextmanager
    def _read(
        self, source: InputFile | Answer, where: Where, progress: Progress | None = None
    ) -> Generator[JsonEntries]:
        """The entries of a file; in the end, check that it has the array of the format."""
        where = where._replace(source=source.name)
        once = partial(_once, where)
        decoder = json.JSONDecoder(object_pairs_hook=once, parse_int=str, parse_float=str)
        with source.open(progress) as stream:
            found = JsonEntries(stream, decoder, self.entries, where, "utf-8-sig")
            try:
                yield found
            except RecursionError:
                raise limit_exceeded("it is nested too deeply", where) from None
        once(found.beside)
        if not found.found:
            message = (
                f'there is no array "{self.entries}"' if self.entries else "it is not an array"
            )
            raise changed(message, where)

    def _header(self, source: InputFile) -> Header:
        """The header of a file, usually before the first entry; else searched in the complete file."""
        if not self.header:
            return Header()
        audit, maker = AuditBuilder(source.name), Maker(Group(make=Header, rules=self.header))
        first: Pairs = ()
        with self._read(source, audit.where()) as found:
            for one in found:
                first = first or tuple(leaves(self.entries, one))
                if self.header.keys() <= _stated(found, first).keys():
                    break
        stated = _stated(found, first)
        texts = {path: stated[path].strip() for path in self.header if path in stated}
        return header_of(
            maker, texts, Entry(Reading(audit, keeps_source=False), maker, Origin(), tuple)
        )

    def _entry(self, value: object, maker: Maker, origin: Origin, reading: Reading) -> None:
        audit = reading.audit
        audit.read += 1
        if _object(value) is None:
            audit.issue(
                IssueKind.REJECTED,
                "the entry is not an object",
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
        """Check the values beside the entries; a declared count that differs is a gap."""
        total = fields.get(self.declared_at)
        if isinstance(total, str) and total.isdecimal():
            audit.declared = whole_number(total)
            if audit.declared != audit.read:
                yield f"the {total[:40]} results that it declares: it has {audit.read:,}"
        for name, value in fields.items():
            known = {self.entries, *self.beside, *self.header}
            if name not in known and not self.entries.startswith(f"{name}/"):
                audit.issue(
                    IssueKind.STRUCTURE,
                    f"{name} beside {self.entries} is unexpected: the format has no such key",
                    path=name,
                    source=leaves(name, value),
                )
