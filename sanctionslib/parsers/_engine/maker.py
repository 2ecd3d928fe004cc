"""A compiled table: the shape of an entry, which containers read by, and the conversion to objects.

A container (XML, rows, JSON) reads an entry into `Texts`: the texts by path, repeated elements as
lists. `Shape` tells it which elements the format has. `Maker` makes the object of the texts, in the
same way for every container.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias, cast

import attrs

from sanctionslib.errors import ParseError
from sanctionslib.model import Entity, PartialDate
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import (
    KINDS,
    Fields,
    PathRule,
    Texts,
    field_types,
    holds_several,
    joined,
)
from sanctionslib.parsers._engine.rules import (
    Build,
    Convert,
    Group,
    Many,
    Part,
    To,
    Unused,
    path_rules,
)

__all__ = ["CodeTable", "Maker", "Shape"]

_Action: TypeAlias = "Callable[[Fields, Any, Entry], None]"

_ALWAYS_KEPT = "raw_strength"
"""The one field for a source's word that is filled only where we have no reading of it."""


class CodeTable:
    """A table of the file: the words, or other values, that its codes refer to."""

    __slots__ = ("get", "unknown")

    def __init__(
        self, words: Mapping[str, object], unknown: Callable[[str, Entry], object]
    ) -> None:
        self.get = words.get
        self.unknown = unknown
        """Reports a code that the table lacks, and gives a substitute."""


class Shape:
    """The format of one element, and below it up to the elements of inner groups."""

    __slots__ = (
        "attributes",
        "children",
        "has_text",
        "is_leaf",
        "is_skipped",
        "key",
        "labelled",
        "maker",
        "path",
        "repeats",
    )

    def __init__(self, key: str, path: str) -> None:
        self.key = key
        """Its key in the texts of the group."""
        self.path = path
        """Its path from the entry."""
        self.has_text = False
        self.is_leaf = False
        """Whether it has a text and nothing else."""
        self.is_skipped = False
        """Whether its content is kept in the source and not converted."""
        self.repeats = False
        self.labelled: tuple[str, str] | None = None
        """Where labelled values stand in the element: the keys of the label and of the values.
        The children are then keyed by label."""
        self.maker: Maker | None = None
        """The maker of the group that begins here."""
        self.attributes: dict[str, tuple[str, str, CodeTable | None]] = {}
        """Name → key and path; and the code table, where the attribute is a code of it."""
        self.children: dict[object, Shape] = {}
        """By name, as the container has it."""

    def labels(self, name: str, keys: tuple[str, str]) -> Shape:
        """The shape of an array of labelled values, whose children are keyed by label."""
        made = Shape(name, joined(self.path, name))
        made.labelled = keys
        made.children = {at: child for at, child in self.children.items() if not child.is_leaf}
        return made

    def close(self) -> None:
        """Finish the shape, when everything below is known."""
        for child in self.children.values():
            child.close()
        below = (self.maker, self.is_skipped, self.children, self.attributes)
        self.is_leaf = not any(below)


class Maker:
    """Makes the object of one group from its texts."""

    def __init__(
        self, group: Group, path: str = "", *, origin: str = "", is_part: bool = False
    ) -> None:
        self.group = group
        self.path = path
        self.origin = origin
        """The path of its elements in the document."""
        self.kind = group.make
        self.shape = Shape("", path)
        self.labels = group.labels
        self._path_rules: Mapping[str, PathRule] | None = None
        self._inner: dict[str, Maker] = {}
        self._plain: dict[str, str] = {}
        """The field whose value is the text itself, by path."""
        self._actions: dict[str, _Action] = {}
        """What is done with any other text that fills a field on its own, by path."""
        self._parts: dict[object, tuple[str, list[str], Build]] = {}
        """Field, paths and build of the values made of several texts, by what makes them."""
        self._unused: set[str] = set()
        """Paths of parts that need not be kept where they make no value: they are structural, or
        the table of the value keeps them."""
        self._types = field_types(group.make)
        self._needs = (*group.needs, *_required(group))
        filled: list[str] = []
        for at, rule in group.rules.items():
            where = self._place(at, rule)
            if isinstance(rule, Part):
                self._add_part(at, rule)
                filled.append(rule.field)
            elif isinstance(rule, Unused):
                if rule.values is not None:
                    self._actions[at] = _constant(rule.values, joined(path, at))
            else:
                filled.append(rule.field)
                self._actions[at] = self._action(rule, where, joined(path, at))
        self._several = tuple(
            dict.fromkeys(one for one in filled if holds_several(self._types.get(one)))
        )
        for at, rule in group.rules.items():
            if (
                isinstance(rule, To)
                and rule.convert is None
                and not rule.raw
                and filled.count(rule.field) == 1
                and rule.field not in self._several
            ):
                del self._actions[at]
                self._plain[at] = rule.field
        # Each build puts its value before the others.
        self._builds = tuple(reversed(self._parts.values()))
        self._fixed = tuple(group.fixed.items())
        self._made: dict[tuple[tuple[str, str], ...], object] = {}
        """Objects that are shared, by their texts; only those without findings."""
        self._is_shared = group.shared and not any(
            isinstance(one, Many) for one in group.rules.values()
        )
        # An entry becomes an entity, unless the format has its own `finish`.
        self._finish = group.finish or (_entity if group.make in KINDS else None)
        if not path and not is_part:
            self.shape.close()

    @property
    def path_rules(self) -> Mapping[str, PathRule]:
        """The coverage of each path of its table."""
        if self._path_rules is None:
            self._path_rules = path_rules(self.group)
        return self._path_rules

    def _place(self, at: str, rule: object) -> Shape:
        """Add a path to the shape."""
        element, _, attribute = at.partition("@")
        here, done = self.shape, ""
        for step in element.split("/") if element not in ("", ".") else ():
            done = joined(done, step)
            if (below := here.children.get(step)) is None:
                below = here.children[step] = Shape(done, joined(self.path, done))
            here = below
        if attribute:
            here.attributes[attribute] = (at, joined(self.path, at), None)
            return here
        here.has_text = not (isinstance(rule, Many) and rule.group is not None)
        here.is_skipped = isinstance(rule, Unused) and rule.below
        if isinstance(rule, Many):
            here.repeats = True
            if rule.group is not None:
                inner = Maker(rule.group, here.path)
                self._inner[at] = here.maker = inner
                # The container continues with the shape of the inner group.
                here.has_text = inner.shape.has_text
                here.attributes, here.children = inner.shape.attributes, inner.shape.children
        elif element in ("", "."):
            here.key = "."
        return here

    def _add_part(self, at: str, rule: Part) -> None:
        """Several texts make one value: by a function, or by a table of their own."""
        key = (rule.field, rule.build, id(rule.group))
        if key not in self._parts:
            build = rule.build
            if rule.group is not None:
                made = Maker(rule.group, self.path, is_part=True).make
                build = cast("Build", made)  # the texts of its paths alone
            assert build is not None  # one of the two
            self._parts[key] = (rule.field, [], build)
        self._parts[key][1].append(at)
        if rule.unused or rule.group is not None:
            self._unused.add(at)

    def _action(self, rule: To | Many, shape: Shape, path: str) -> _Action:
        field = rule.field
        several = holds_several(self._types.get(field))
        if isinstance(rule, Many) and rule.group is not None:
            make = cast("Maker", shape.maker).make

            def add_objects(fields: Fields, texts: list[Texts], entry: Entry) -> None:
                into: list[object] = fields.setdefault(field, [])
                for one in texts:
                    made = make(one, entry)
                    if isinstance(made, tuple):
                        into.extend(cast("tuple[object, ...]", made))
                    elif made is not None:
                        into.append(made)

            return add_objects
        is_repeated = isinstance(rule, Many)
        raw = rule.raw if isinstance(rule, To) else ""
        # A group that lacks a needed field keeps all its texts.
        is_kept = bool(raw) or field in self._needs
        read = _reader(
            rule.convert,
            self.group.qualified(field),
            path,
            is_kept=is_kept,
            is_needed=field in self._needs,
        )
        owner = field.partition(".")[0] if "." in field else ""

        def fill(fields: Fields, text: str, entry: Entry) -> None:
            if raw and raw != _ALWAYS_KEPT:
                fields[raw] = text
            # A party of a kind without the field needs no reading.
            has_field = not owner or not _is_other(fields, owner)
            value = read(text, entry) if read is not None and has_field else text
            if value is None:
                if raw == _ALWAYS_KEPT:
                    fields[raw] = text
                elif raw and not several:
                    fields.setdefault(field, None)
            elif not several:
                if isinstance(value, tuple):  # an empty one: there is no value
                    return
                if field not in fields:
                    fields[field] = value
                elif is_repeated and isinstance(value, str):
                    fields[field] = f"{fields[field]}\n{value}"
                elif not is_repeated or fields[field] != value:
                    entry.unexpected.append((path, text))
            elif isinstance(value, tuple):
                fields.setdefault(field, []).extend(cast("tuple[object, ...]", value))
            else:
                fields.setdefault(field, []).append(value)

        if not isinstance(rule, Many):
            return fill

        def fill_each(fields: Fields, texts: list[str], entry: Entry) -> None:
            for one in texts:
                fill(fields, one, entry)

        return fill_each

    def fields(self, texts: Texts, entry: Entry) -> Fields:
        """The values of the fields."""
        fields: Fields = {}
        plain, actions = self._plain, self._actions
        for at, text in texts.items():
            if (field := plain.get(at)) is not None:
                fields[field] = text
            elif (action := actions.get(at)) is not None:
                action(fields, text, entry)
        for field, paths, build in self._builds:
            given = {at: texts[at] for at in paths if at in texts}
            if given:
                self._put(fields, field, build(given, entry), given, entry)
        for field, value in self._fixed:
            fields.setdefault(field, value)
        return fields

    def _put(
        self, fields: Fields, field: str, value: object, given: Mapping[str, str], entry: Entry
    ) -> None:
        """Put a value made of several texts into its field, before the repeated values."""
        if value is None:  # the texts make no value
            for at, text in given.items():
                if at not in self._unused:
                    entry.misfit(joined(self.path, at), text)
        elif field not in self._several:
            if not isinstance(value, tuple):  # an empty one: there is no value
                fields[field] = value
        else:
            made = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
            fields[field] = [*made, *fields.get(field, ())]

    def make(self, texts: Texts, entry: Entry) -> object:
        """The object; None where it lacks a needed field, and then its texts are unexpected."""
        if not self._is_shared:
            return self._make(texts, entry)
        key = tuple(texts.items())
        made = self._made.get(key)
        if made is None:
            before = (entry.note_count, len(entry.unexpected), len(entry.features))
            made = self._make(texts, entry)
            if before == (entry.note_count, len(entry.unexpected), len(entry.features)):
                self._made[key] = made
        return made

    def _make(self, texts: Texts, entry: Entry) -> object:
        fields = self.fields(texts, entry)
        for field in self._needs:
            if field not in fields:
                entry.unexpected.extend(self.pairs(texts))
                return None
        if self._finish is not None:
            return self._finish(fields, entry)
        for field in self._several:
            if field in fields:
                fields[field] = tuple(fields[field])
        if self.group.shared:
            return entry.reading.once(_made_of, self.group.make, *fields.items())
        return self.group.make(**fields)

    def pairs(self, texts: Texts) -> Iterator[tuple[str, str]]:
        """All texts with their paths from the entry."""
        for at, found in texts.items():
            path = joined(self.path, at)
            if not isinstance(found, list):
                yield path, str(found)  # a text, or an object that a join put in its place
                continue
            for one in cast("list[str | Texts]", found):
                if isinstance(one, str):
                    yield path, one
                else:
                    yield from self._inner[at].pairs(one)


def _made_of(make: Callable[..., object], *fields: tuple[str, object]) -> object:
    return make(**dict(fields))


def _entity(fields: Fields, entry: Entry) -> Entity | None:
    return entry.entity(fields)


def _is_other(fields: Fields, owner: str) -> bool:
    """Whether the party is known to be of another kind."""
    kind = fields.get("kind")
    return kind is not None and kind.__name__ != owner


def _constant(values: Collection[str], path: str) -> _Action:
    def check(fields: Fields, text: str, entry: Entry) -> None:
        if text not in values:
            entry.unexpected.append((path, text))

    return check


def _required(group: Group) -> tuple[str, ...]:
    """The fields without which the class makes no object."""
    if group.finish is not None or group.make in KINDS or not attrs.has(cast("type", group.make)):
        return ()
    return tuple(
        one.name
        for one in attrs.fields(cast("type[attrs.AttrsInstance]", group.make))
        if one.init and one.default is attrs.NOTHING
    )


def _reader(
    convert: Convert | Mapping[str, object] | None,
    field: str,
    path: str,
    *,
    is_kept: bool,
    is_needed: bool,
) -> Convert | None:
    """The reader of a text, which remembers values that came without findings.

    Args:
        convert: The format's converter or vocabulary.
        field: The field, with its class.
        path: Path of the text.
        is_kept: Whether a text that cannot be read is kept elsewhere.
        is_needed: Whether no object is made without the field.
    """
    if convert is None:
        return None
    if not callable(convert):
        words = convert

        def look_up(text: str, entry: Entry) -> object:
            value = words.get(text)
            if value is None:
                entry.unknown_word(
                    field, text, path, words=words, is_kept=is_kept, is_needed=is_needed
                )
            return value

        return look_up
    known: dict[str, object] = {}

    def read(text: str, entry: Entry) -> object:
        value = known.get(text)
        if value is None:
            noted = entry.note_count
            try:
                value = convert(text, entry)
            except ParseError as error:
                error.where = entry.where(path)
                raise
            if value is None:
                entry.unread(text, path, is_kept=is_kept)
            elif isinstance(value, PartialDate) and not value.is_read:
                entry.unread(text, path, is_kept=True)
            elif entry.note_count == noted:
                known[text] = value
        return value

    return read
