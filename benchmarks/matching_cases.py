"""Cases of the matching benchmark: labelled pairs, aliases held out, altered names, customers."""

from __future__ import annotations

import csv
import random
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs
from rapidfuzz.utils import default_process

from sanctionslib.model import AliasStrength, Entity, Name, NameKind, NamePartKind

ALIASES = (NameKind.AKA, NameKind.FKA, NameKind.NKA)
SCHEMAS = {
    "Person": "person",
    "Company": "organization",
    "Organization": "organization",
    "Vessel": "vessel",
    "LegalEntity": None,
}
"""`Entity.kind` for the kinds of `name_pairs.csv`."""


@attrs.frozen
class Pair:
    """Two names, and whether people say that they are one party's."""

    first: str
    second: str
    match: bool
    kind: str | None
    origin: str
    """The set of cases that it comes from."""


@attrs.frozen
class Listed:
    """A name of a book."""

    entity: int
    name: Name
    kind: str


class Book:
    """All names of some entities, as a screening sees them.

    Args:
        entities: The entities.
        weak: Whether weak aliases are among the names.
    """

    def __init__(self, entities: Iterable[Entity], *, weak: bool = True) -> None:
        self.entities = tuple(entities)
        self.weak = weak
        self.names = [
            Listed(number, name, entity.kind)
            for number, entity in enumerate(self.entities)
            for name in entity.names
            if weak or name.strength is not AliasStrength.WEAK
        ]
        self.number = {entity.id: number for number, entity in enumerate(self.entities)}
        self.of: list[list[int]] = [[] for _ in self.entities]
        for at, listed in enumerate(self.names):
            self.of[listed.entity].append(at)

    def targets(self, case: Case) -> list[int]:
        """The positions of the names that a case may be found by."""
        return [
            at
            for at in self.of[self.number[case.owner]]
            if case.gone is None or default_process(self.names[at].name.text) != case.gone
            if not case.script or script_of(self.names[at].name.text) == "Latin"
        ]


@attrs.frozen(kw_only=True)
class Case:
    """A name that must find its owner."""

    query: str
    """The name in the order of everyday."""
    printed: str
    """The name as the list prints it."""
    owner: str
    """The key of the entity."""
    kind: str
    gone: str | None = None
    """A name that is removed from the list, in small letters and without signs."""
    script: str = ""
    """The script that it is in, where it must be found by Latin names."""
    group: str = ""
    """The class of its alteration."""


def pairs(path: Path) -> list[Pair]:
    """The labelled pairs of a file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Pair(
                row["name1"],
                row["name2"],
                row["is_match"] == "true",
                SCHEMAS[row["schema"]],
                row["case_group"],
            )
            for row in csv.DictReader(stream)
        ]


def customers(path: Path) -> list[str]:
    """The names of synthetic customers: every hit of theirs is a false positive."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [row["full_name"] for row in csv.DictReader(stream)]


def everyday(name: Name, kind: str) -> str:
    """A person's name as it is written outside of lists: "First Last"."""
    if kind != "person":
        return name.text
    last = name.part(NamePartKind.FAMILY)
    given = name.part(NamePartKind.GIVEN)
    if last and given:
        return f"{given} {last}"
    before, comma, after = name.text.partition(",")
    return f"{after.strip()} {before.strip()}" if comma else name.text


def script_of(text: str) -> str:
    """The script of most letters, by the first word of their names in Unicode."""
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            word = unicodedata.name(letter, "?").split()[0]
            counts[word] = counts.get(word, 0) + 1
    most = max(counts, key=lambda word: counts[word], default="none").capitalize()
    return {"Cjk": "Chinese", "Hangul": "Korean"}.get(most, most)


def aliases(entities: Iterable[Entity], count: int, *, seed: int = 1) -> list[Case]:
    """Strong Latin aliases, each of which must be found by the other names of its entity."""
    found = [
        Case(
            query=everyday(name, entity.kind),
            printed=name.text,
            owner=entity.id,
            kind=entity.kind,
            gone=gone,
        )
        for entity in entities
        for name in entity.names
        if name.kind in ALIASES
        and name.strength is AliasStrength.STRONG
        and script_of(name.text) == "Latin"
        and (gone := default_process(name.text)) != default_process(entity.name)
    ]
    return random.Random(seed).sample(found, min(count, len(found)))


def altered(
    entities: Sequence[Entity], count: int, *, seed: int = 1, each: int = 2
) -> list[Case] | None:
    """Primary names, altered by class; None where the package that alters is not installed.

    The names of everyday are altered, written in title case as customer files have them.
    """
    try:
        from ssb.perturb import apply_all
    except ImportError:
        return None
    able = [one for one in entities if one.kind in ("person", "organization")]
    return [
        Case(
            query=one.text,
            printed=entity.name,
            owner=entity.id,
            kind=entity.kind,
            group=one.perturbation,
        )
        for entity in random.Random(seed).sample(able, min(count, len(able)))
        for one in apply_all(
            everyday(entity.names[0], entity.kind).title(),
            entity.id,
            seed=seed,
            max_per_class=each,
        )
    ]


def in_scripts(entities: Iterable[Entity], most: int = 400, *, seed: int = 1) -> list[Case]:
    """Names in other scripts, each of which must be found by the Latin names of its entity.

    Args:
        entities: Whose names.
        most: How many of one script at most.
        seed: Of their choice.
    """
    found: dict[str, list[Case]] = {}
    for entity in entities:
        scripts = {name.text: script_of(name.text) for name in entity.names}
        if "Latin" not in scripts.values():
            continue
        for text, script in scripts.items():
            if script not in ("Latin", "None"):
                case = Case(
                    query=text, printed=text, owner=entity.id, kind=entity.kind, script=script
                )
                found.setdefault(script, []).append(case)
    chance = random.Random(seed)
    return [
        case
        for _, some in sorted(found.items(), key=lambda one: -len(one[1]))
        for case in chance.sample(some, min(most, len(some)))
    ]
