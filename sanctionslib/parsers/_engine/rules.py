"""The four rules of a format's table, and what follows from them: uses of paths, facts, docs.

A table says for each path of an entry what becomes of the value there:

    "address/city": to("city")                        this value fills that field
    "birth/year": part("date", birth_date)            several values make one
    "address": many("addresses", Address, {…})        a repeated element becomes objects
    "versionNumber": Unused("always 1")               nothing that a field could hold

Paths are those of `Entity.source`: steps joined by "/", attributes behind "@", and "." for the text
of an element itself. Paths inside `many` begin at its element. In a table with several rows for a
party, "*names": many("names", Name, {…}) says that these columns make one object. A path that no rule names is
unexpected: its values become Features without a kind, are counted and reported.
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
"""Reads a text: the value of a field, a tuple of several for a field that holds several, or None
where the text cannot be read. An empty tuple says that the text stands for no value: a placeholder
of the publisher. What is strange about it, the entry is told. It raises ParseError where nothing may
be read before the text is corrected; the place is added."""
Build: TypeAlias = "Callable[[Mapping[str, str], Entry], object]"
"""Makes one value of several texts, which it gets by their paths; None and an empty tuple as above."""
Finish: TypeAlias = "Callable[[Fields, Entry], object]"
"""Makes the object of a group from its fields; a tuple of several, or None for no object."""


@attrs.frozen
class To:
    """This text fills that field: `to("city")`."""

    field: str
    """The field. One that holds several values takes each text that comes."""
    convert: Convert | Mapping[str, object] | None = None
    """What reads the text, or a vocabulary: the source's word → our value. A word that it lacks is
    counted, and kept in the field that `raw` names."""
    raw: str = ""
    """The field that takes the text as it stands."""
    also: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    """Further fields that the format's `finish` fills from it; of another class with its name:
    "Designation.legal_bases"."""
    unused: str = attrs.field(default="", kw_only=True)
    """Why no field of the model holds it, though a draft does: it is a key, by which pieces find
    each other."""


@attrs.frozen
class Part:
    """This text is a part of the value of that field: `part("date", birth_date)`."""

    field: str
    """The field."""
    build: Build | None = None
    """Makes the value of all its parts that are there."""
    group: Group | None = None
    """The table of the object that it is a part of, where a table says how it is made."""
    labels: Labels | None = attrs.field(default=None, kw_only=True)
    """Of the values that it holds under labels: the format's `finish` places them."""
    also: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    """As for `to`."""
    unused: str = attrs.field(default="", kw_only=True)
    """Why the value does not have it, though `build` looks at it."""


@attrs.frozen(kw_only=True)
class Group:
    """An element with fields: an entry, or what `many` repeats."""

    make: Callable[..., object]
    """The class of the object, or a function with a parameter for each field."""
    rules: Rules
    """What becomes of the values, by path."""
    needs: tuple[str, ...] = ()
    """Fields without which there is no object: its values are then unexpected."""
    labels: Labels | None = None
    finish: Finish | None = None
    fixed: Mapping[str, object] = attrs.field(factory=dict[str, object])
    """Fields that have this value wherever no rule fills them."""
    shared: bool = False
    """Whether equal objects are made once: they say nothing of one entry alone."""

    def qualified(self, field: str) -> str:
        """The name of a field with the class that has it."""
        return qualified(self.make, field)


@attrs.frozen(kw_only=True)
class Many:
    """This element is repeated. See `many`."""

    field: str
    group: Group | None = None
    """What each becomes; None where each is a text."""
    convert: Convert | Mapping[str, object] | None = None
    also: tuple[str, ...] = ()
    """As for `to`."""


@attrs.frozen
class Unused:
    """No field holds this value: it is a key, a constant or a repetition."""

    reason: str
    values: Collection[str] | None = None
    """Of a constant: what it can be; anything else is unexpected."""
    below: bool = attrs.field(default=False, kw_only=True)
    """Whether nothing inside the element is looked at either: it holds copies of values (XML)."""


Rule: TypeAlias = To | Part | Many | Unused
Rules: TypeAlias = Mapping[str, Rule]


to, part = To, Part


def constant(*values: str) -> Unused:
    """This text is always one of these; anything else is unexpected.

    >>> constant("true").reason
    'always "true"; anything else is unexpected'
    """
    said = " or ".join(f'"{one}"' for one in values)
    return Unused(f"always {said}; anything else is unexpected", values)


def parts(
    field: str,
    build: Build,
    *paths: str,
    labels: Labels | None = None,
    also: tuple[str, ...] = (),
    unused: str = "",
) -> dict[str, Rule]:
    """The rules of several parts of one value."""
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
    """The rules of several texts that make one object of a field, as the columns of an address do.

    Args:
        field: The field that holds the object.
        make: The class of the object, or a function with a parameter for each field.
        rules: What becomes of each text.
        needs: Fields without which there is no object.
        finish: Makes the object of its fields, where the table cannot say how.
        shared: Whether equal objects are made once: they say nothing of one entry alone.
        fixed: Fields that have this value wherever no rule fills them.
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
    """This element is repeated; each becomes an object, or a text, of a field of what is around it.

    Args:
        field: The field that holds them. Where it holds one text, it takes all of them, joined by
            line feeds; where it holds another single value, they have to be read alike.
        make: The class of the objects, or a function with a parameter for each field; None where
            each element is a text.
        rules: What becomes of the values of one, by path.
        convert: What reads a text, as for `to`.
        needs: Fields without which there is no object.
        labels: Says what the value is, where a label in the group does.
        finish: Makes the object of its fields, where the table cannot say how.
        shared: Whether equal objects are made once: they say nothing of one entry alone.
        also: Further fields that the format's `finish` fills from each text, as for `to`.
        fixed: Fields that have this value wherever no rule fills them.
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
    """What becomes of the values at each path that a table names."""
    return {one.path: one for one in _paths(group, "", "", None, "", "")}


def _paths(
    group: Group, base: str, entry_field: str, labels: Labels | None, inner: str, into: str
) -> Iterator[PathRule]:
    if group.labels is not None:
        labels, inner = group.labels, ""
    for at, rule in group.rules.items():
        path, below = joined(base, at), joined(inner, at)
        if isinstance(rule, Unused):
            yield PathRule(path=path, use=Coverage.STRUCTURAL, note=rule.reason, below=rule.below)
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
            fields = (into,)  # a function makes a plain value of what is around it
        said = ", ".join(one for one in fields if not one.endswith(f".{raw}"))
        yield PathRule(
            path=path,
            use=Coverage.STRUCTURAL if unused else Coverage.MAPPED,
            note=unused or said,
            fields=fields,
            how=how_read(rule.build if isinstance(rule, Part) else rule.convert),
            entry_field=own,
            labels=None if unused else own_labels or labels,
            inner="" if own_labels else below,
        )


def how_read(read: Callable[..., object] | Mapping[str, object] | None) -> str:
    """How a text is read: the words of a vocabulary, or the first line about what reads it."""
    if read is None:
        return ""
    if callable(read):
        return (read.__doc__ or "").strip().partition("\n")[0].removesuffix(".")
    if says := getattr(read, "says", ""):
        return str(says)
    words: dict[str, list[str]] = {}
    for word, value in read.items():
        shown = value.name if isinstance(value, enum.Enum) else getattr(value, "__name__", value)
        shown = "no value" if shown == () else shown
        words.setdefault(str(shown), []).append(word or "no value")
    return "; ".join(f"{', '.join(said)}: {value}" for value, said in words.items())


def facts_of(group: Group) -> frozenset[Fact]:
    """The facts that a table can state."""
    found: set[Fact] = set()
    mapped = (one for one in path_rules(group).values() if one.use is Coverage.MAPPED)
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
            found |= one.labels.states
        for rule in one.rules.values():
            if isinstance(rule, Part) and rule.labels is not None:
                found |= rule.labels.states
            if isinstance(rule, (Many, Part)):
                names.add(one.qualified(rule.field))
                if rule.group is not None:
                    pending.append(rule.group)
    if group.make is not Entity:
        found.add(Fact.KIND)
    return frozenset(found | {FACTS[name] for name in names if name in FACTS})
