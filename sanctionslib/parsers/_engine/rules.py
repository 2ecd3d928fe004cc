"""The four rules of a format's table, and what follows from them: path coverage, facts, docs.

A table says for each path of an entry how its value is used:

    "address/city": to("city")                        the value fills that field
    "birth/year": part("date", birth_date)            several values make one
    "address": many("addresses", Address, {…})        a repeated element becomes objects
    "versionNumber": Unused("always 1")               no field needs the value

Paths are those of `Entity.source`: steps joined by "/", attributes after "@", and "." for the text
of an element itself. Paths inside `many` are relative to its element. In a table with several rows
for a party, "*names": many("names", Name, {…}) says that these columns make one object. A path
without a rule is unexpected: its values become Features without a kind, and are counted and
reported.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeAlias

import attrs

from sanctionslib.answers import Coverage
from sanctionslib.model import Entity, Fact
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import (
    FACTS,
    FACTS_OF_VALUES,
    Fields,
    Labels,
    PathRule,
    joined,
    qualified,
)

__all__ = [
    "Group",
    "Many",
    "Part",
    "Rule",
    "Rules",
    "To",
    "Unused",
    "constant",
    "many",
    "one",
    "part",
    "parts",
    "path_rules",
    "to",
]

Convert: TypeAlias = "Callable[[str, Entry], object]"
"""Reads a text: the value of a field, a tuple of values for a field that holds several, or None
where the text cannot be read. An empty tuple says that the text is a placeholder for "no
value". Findings are reported to the entry. Raises ParseError where the text must be corrected
before anything can be read; the place is added."""
Build: TypeAlias = "Callable[[Mapping[str, str], Entry], object]"
"""Makes one value of several texts, given by their paths; None and an empty tuple as for
`Convert`."""
Finish: TypeAlias = "Callable[[Fields, Entry], object]"
"""Makes the object of a group from its fields; a tuple of several objects, or None for none."""


@attrs.frozen
class To:
    """The text fills that field: `to("city")`."""

    field: str
    """The field. One that holds several values collects the texts."""
    convert: Convert | Mapping[str, object] | None = None
    """Reads the text; or a vocabulary: the source's word → our value. A word that is not in it
    is counted, and kept in the field that `raw` names."""
    raw: str = ""
    """The field that keeps the text unchanged."""
    also: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    """Further fields that the format's `finish` fills from the text; with the class where it is
    another one: "Designation.legal_bases"."""
    unused: str = attrs.field(default="", kw_only=True)
    """Why the value is structural although a field takes it: it is a key that joins pieces."""


@attrs.frozen
class Part:
    """The text is one part of the value of that field: `part("date", birth_date)`."""

    field: str
    """The field."""
    build: Build | None = None
    """Makes the value of the parts that are present."""
    group: Group | None = None
    """The table of the object, where a table makes it."""
    labels: Labels | None = attrs.field(default=None, kw_only=True)
    """For values with labels inside the text, which the format's `finish` places."""
    also: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    """As for `to`."""
    unused: str = attrs.field(default="", kw_only=True)
    """Why the value is structural although `build` uses it."""


@attrs.frozen(kw_only=True)
class Group:
    """An element with fields: an entry, or an element that `many` repeats."""

    make: Callable[..., object]
    """The class of the object, or a function with a parameter for each field."""
    rules: Rules
    """The rules, by path."""
    needs: tuple[str, ...] = ()
    """Fields without which no object is made; its values are then unexpected."""
    labels: Labels | None = None
    finish: Finish | None = None
    fixed: Mapping[str, object] = attrs.field(factory=dict[str, object])
    """Values of fields that no rule fills."""
    shared: bool = False
    """Whether equal objects are made once, because they are not specific to one entry."""

    def qualified(self, field: str) -> str:
        """The name of a field with its class."""
        return qualified(self.make, field)


@attrs.frozen(kw_only=True)
class Many:
    """The element is repeated. See `many`."""

    field: str
    group: Group | None = None
    """The table of each object; None where each element is a text."""
    convert: Convert | Mapping[str, object] | None = None
    also: tuple[str, ...] = ()
    """As for `to`."""


@attrs.frozen
class Unused:
    """No field holds the value: it is a key, a constant or a repetition."""

    reason: str
    values: Collection[str] | None = None
    """The values of a constant; any other value is unexpected."""
    below: bool = attrs.field(default=False, kw_only=True)
    """Whether everything inside the element is unused too, because it holds copies of values
    (XML)."""


Rule: TypeAlias = To | Part | Many | Unused
Rules: TypeAlias = Mapping[str, Rule]


to, part = To, Part


def constant(*values: str) -> Unused:
    """The text is always one of these; any other value is unexpected.

    >>> constant("true").reason
    'always "true"; anything else is unexpected'
    """
    stated = " or ".join(f'"{one}"' for one in values)
    return Unused(f"always {stated}; anything else is unexpected", values)


def parts(
    field: str,
    build: Build,
    *paths: str,
    labels: Labels | None = None,
    also: tuple[str, ...] = (),
    unused: str = "",
) -> dict[str, Rule]:
    """The rules for several parts of one value."""
    return dict.fromkeys(paths, Part(field, build, labels=labels, also=also, unused=unused))


def one(
    field: str,
    make: Callable[..., object],
    rules: Rules,
    *,
    needs: tuple[str, ...] = (),
    finish: Finish | None = None,
    shared: bool = False,
    **fixed: object,
) -> dict[str, Rule]:
    """The rules for texts that make one object of a field together, such as the columns of an address.

    Args:
        field: The field that holds the object.
        make: The class of the object, or a function with a parameter for each field.
        rules: The rule of each text.
        needs: Fields without which no object is made.
        finish: Makes the object of its fields, where the table cannot say how.
        shared: Whether equal objects are made once, because they are not specific to one entry.
        fixed: Values of fields that no rule fills.
    """
    group = Group(make=make, rules=rules, needs=needs, finish=finish, fixed=fixed, shared=shared)
    return {path: Part(field, group=group) for path in rules}


def many(
    field: str,
    make: Callable[..., object] | None = None,
    rules: Rules | None = None,
    *,
    convert: Convert | Mapping[str, object] | None = None,
    needs: tuple[str, ...] = (),
    labels: Labels | None = None,
    finish: Finish | None = None,
    shared: bool = False,
    also: tuple[str, ...] = (),
    **fixed: object,
) -> Many:
    """The element is repeated; each becomes an object or a text in a field of the enclosing object.

    Args:
        field: The field that holds them. A field for one text takes all of them, joined by line
            feeds; for another single value, they must all be read alike.
        make: The class of the objects, or a function with a parameter for each field; None where
            each element is a text.
        rules: The rules inside the element, by path.
        convert: Reads a text, as for `to`.
        needs: Fields without which no object is made.
        labels: Tells what the value is, where the group has a label.
        finish: Makes the object of its fields, where the table cannot say how.
        shared: Whether equal objects are made once, because they are not specific to one entry.
        also: Further fields that the format's `finish` fills from each text, as for `to`.
        fixed: Values of fields that no rule fills.
    """
    if make is None:
        return Many(field=field, convert=convert, also=also)
    group = Group(
        make=make,
        rules=rules or {},
        needs=needs,
        labels=labels,
        finish=finish,
        fixed=fixed,
        shared=shared,
    )
    return Many(field=field, group=group)


# ── what follows from a table ─────────────────────────────────────────────────────────────────


def path_rules(group: Group) -> Mapping[str, PathRule]:
    """The coverage of each path that a table names."""
    return {one.path: one for one in _paths(group, "", "", None, "", "")}


def _paths(
    group: Group, base: str, entry_field: str, labels: Labels | None, inner: str, into: str
) -> Iterator[PathRule]:
    if group.labels is not None:
        labels, inner = group.labels, ""
    for at, rule in group.rules.items():
        path, below = joined(base, at), joined(inner, at)
        if isinstance(rule, Unused):
            yield PathRule(
                path=path, coverage=Coverage.STRUCTURAL, note=rule.reason, below=rule.below
            )
            continue
        own = entry_field or rule.field
        if isinstance(rule, Part) and rule.group is not None:
            inside = attrs.evolve(rule.group, rules={at: rule.group.rules[at]})
            holder = qualified(group.make, rule.field)
            yield from _paths(inside, base, own, labels, inner, holder)
            continue
        if isinstance(rule, Many) and rule.group is not None:
            holder = qualified(group.make, rule.field)
            yield from _paths(rule.group, path, own, labels, below, holder)
            continue
        raw = rule.raw if isinstance(rule, To) else ""
        own_labels = rule.labels if isinstance(rule, Part) else None
        also, unused = rule.also, "" if isinstance(rule, Many) else rule.unused
        named = [one for one in (rule.field, raw, *also) if one not in ("", "inner")]
        fields = tuple(group.qualified(one) for one in named)
        if not isinstance(group.make, type):
            fields = (into,)  # a function makes a plain value of the enclosing object
        stated = ", ".join(one for one in fields if not one.endswith(f".{raw}"))
        yield PathRule(
            path=path,
            coverage=Coverage.STRUCTURAL if unused else Coverage.MAPPED,
            note=unused or stated,
            fields=fields,
            how=how_read(rule.build if isinstance(rule, Part) else rule.convert),
            entry_field=own,
            labels=None if unused else own_labels or labels,
            inner="" if own_labels else below,
        )


def how_read(read: Callable[..., object] | Mapping[str, object] | None) -> str:
    """How a text is read: the words of a vocabulary, or the first line of the reader's docstring."""
    if read is None:
        return ""
    if callable(read):
        return (read.__doc__ or "").strip().partition("\n")[0].removesuffix(".")
    if description := getattr(read, "description", ""):
        return str(description)
    words: dict[str, list[str]] = {}
    for word, value in read.items():
        shown = value.name if isinstance(value, enum.Enum) else getattr(value, "__name__", value)
        shown = "no value" if shown == () else shown
        words.setdefault(str(shown), []).append(word or "no value")
    return "; ".join(f"{', '.join(stated)}: {value}" for value, stated in words.items())


def facts_of(group: Group) -> frozenset[Fact]:
    """The facts that a table supports."""
    found: set[Fact] = set()
    mapped = (one for one in path_rules(group).values() if one.coverage is Coverage.MAPPED)
    names = {name for one in mapped for name in one.fields}
    pending = [group]
    while pending:
        one = pending.pop()
        names.update(one.qualified(field) for field in one.fixed)
        values = [*one.fixed.values()]
        for rule in one.rules.values():
            words = rule.convert if isinstance(rule, To) else None
            if words is not None and not callable(words):
                values += words.values()
        found |= {fact for value, fact in FACTS_OF_VALUES.items() if value in values}
        if one.labels is not None:
            found |= one.labels.facts
        for rule in one.rules.values():
            if isinstance(rule, Part) and rule.labels is not None:
                found |= rule.labels.facts
            if isinstance(rule, (Many, Part)):
                names.add(one.qualified(rule.field))
                if rule.group is not None:
                    pending.append(rule.group)
    if group.make is not Entity:
        found.add(Fact.KIND)
    return frozenset(found | {FACTS[name] for name in names if name in FACTS})
