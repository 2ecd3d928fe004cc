"""One entry while it is read, and its conversion to an entity: the same for every list.

`Reading` is the state that all entries of a file share. `Entry` collects the findings about one
entry until its key is known, keeps its source where that is asked for, and makes the entity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar, cast

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.catalog import ListInfo
from sanctionslib.errors import Where
from sanctionslib.model import (
    Authority,
    Designation,
    Edition,
    Entity,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    Listing,
    NameKind,
    Origin,
    Source,
)
from sanctionslib.parsers._engine.audit import AuditBuilder, Pairs
from sanctionslib.parsers._engine.csv_rows import Row
from sanctionslib.parsers._engine.fields import KINDS, Fields, PathRule, Texts
from sanctionslib.parsers._engine.keys import FreeKeys, Keys
from sanctionslib.reference import authorities

__all__ = ["FIELD_KINDS", "Entry", "Reading", "Table"]

_T = TypeVar("_T")

FIELD_KINDS: Mapping[str, FeatureKind] = {
    "Vessel.types": FeatureKind.VESSEL,
    "Vessel.owners": FeatureKind.VESSEL,
    "Vessel.tonnage": FeatureKind.VESSEL,
    "Vessel.gross_tonnage": FeatureKind.VESSEL,
    "Vessel.flags": FeatureKind.VESSEL,
    "titles": FeatureKind.TITLE,
    "positions": FeatureKind.TITLE,
    "genders": FeatureKind.GENDER,
}
"""The kind of the Feature that a value becomes where the kind of party has no such field, or the
text cannot be read. Values of any other field are unexpected there."""

VOCABULARIES: Mapping[str, str] = {
    "Name.kind": "alias type",
    "Name.strength": "alias category",
    "Name.script": "script",
    "NamePart.kind": "name part",
    "Address.script": "script",
    "Event.kind": "event",
    "Person.genders": "gender",
    "Measure.kind": "measure",
    "Relation.kind": "relation",
}
"""The name of a field's vocabulary in the audit."""

_OF_DESIGNATION = frozenset(one.name for one in attrs.fields(Designation))


class Reading:
    """The state that all entries of one file share while it is read."""

    def __init__(
        self,
        audit: AuditBuilder,
        *,
        keeps_source: bool,
        unites: bool = False,
        by_key: bool = False,
    ) -> None:
        self.audit = audit
        self.keeps_source = keeps_source
        self.unites = unites
        """Whether several entries of one party are no fault."""
        self.by_key = by_key
        """Whether those entries can have different names: then the key alone identifies the
        party."""
        self.authority: Authority | None = None
        self.texts: dict[str, str] = {}
        """Texts seen before, so that equal ones become one object."""
        self.entities: list[Entity] = []
        self.titles: Sequence[Row] = ()
        """The rows above the header of the current table."""
        self.reference: IdentifierKind | None = None
        """The kind of identifier by which other lists cite the keys: a UN reference number."""
        self.listings: tuple[Listing, ...] = ()
        """The listing of every entry, where the list is one named list and entries do not state
        it."""
        self._edition: Edition | None = None
        self._keys: Keys | None = None
        self._prefix = ""
        self._reported: set[str] = set()
        self._paths: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._shared: dict[object, object] = {}
        self._generated_keys: dict[object, str] = {}
        self._taken: set[str] = set()
        self._free = FreeKeys(self._taken)
        self._seen: set[int] = set()

    @property
    def edition(self) -> Edition:
        """The edition of the entries that follow."""
        assert self._edition is not None  # set before the first entity is made
        return self._edition

    def begin(self, info: ListInfo | None, edition: Edition) -> None:
        """Start a list, None for one of the caller's own, and an edition for the entries that follow."""
        self._edition, self._prefix = edition, f"{edition.list_id}:"
        self.authority = authorities[info.authority] if info and info.authority else None
        self.reference = IdentifierKind(info.reference) if info and info.reference else None
        self.listings = tuple(Listing(list_name=name) for name in edition.lists or ())
        if self._keys is None:
            self._keys = Keys(
                self.entities,
                self.audit,
                edition.list_id,
                unites=self.unites,
                by_key=self.by_key,
            )

    def generated_key(self, party: object, wanted: str) -> str:
        """A key for a party of a list without keys; all entries of the party get the same.

        Args:
            party: The values that identify it, exactly as printed.
            wanted: A readable key, which may be taken: "~al-naser.2003-06-19".
        """
        if party not in self._generated_keys:
            key = self._generated_keys[party] = self._free.find(wanted)
            self._taken.add(key)
        return self._generated_keys[party]

    def is_repeated(self, values: object) -> bool:
        """Whether an entry with exactly these values was read before."""
        before = len(self._seen)
        self._seen.add(hash(values))
        return len(self._seen) == before

    def add(self, entity: Entity, line: int | None) -> None:
        """Add an entity."""
        assert self._keys is not None  # an entity has an edition
        self._keys.add(entity, line=line)

    def finish(self) -> None:
        """Unite the entries of each party, after all are read."""
        if self._keys is not None:
            self._keys.finish()

    def once(self, make: Callable[..., _T], *values: object) -> _T:
        """The result of `make` for these values, made once and shared by all entries."""
        key = (make, *values)
        if key not in self._shared:
            self._shared[key] = make(*values)
        return cast("_T", self._shared[key])

    def is_first(self, what: str) -> bool:
        """Whether a finding that is reported once per file was not reported yet."""
        if what in self._reported:
            return False
        self._reported.add(what)
        return True

    def source_of(self, pairs: Pairs) -> Source | None:
        """The source of an entry; most entries have the same paths, which are shared."""
        if not pairs:
            return None
        paths, values = zip(*pairs, strict=True)
        return Source(self._paths.setdefault(paths, paths), values)

    def designation(self, fields: Fields) -> Designation:
        """The designation; those that are not specific to one party are made once."""
        if fields.keys() <= {"programs"}:
            return self.once(self._of_programs, fields.get("programs", ()))
        of_all: Fields = {"authority": self.authority, "listings": self.listings}
        return Designation(**(of_all | fields))

    def _of_programs(self, programs: tuple[str, ...]) -> Designation:
        return Designation(authority=self.authority, listings=self.listings, programs=programs)

    def id_of(self, key: str) -> str:
        """The id of an entity, from the publisher's key."""
        return self._prefix + key


class Table(Protocol):
    """The compiled table of an entry, which makes its entity: see `Maker`."""

    kind: Callable[..., object]
    """The class that it makes."""

    @property
    def path_rules(self) -> Mapping[str, PathRule]:
        """The coverage of each path."""
        ...

    def make(self, texts: Texts, entry: Entry) -> object:
        """Make the object of these texts."""
        ...

    def fields(self, texts: Texts, entry: Entry) -> Fields:
        """Make the values of the fields from these texts."""
        ...

    def pairs(self, texts: Texts) -> Iterable[tuple[str, str]]:
        """All texts with their paths from the entry."""
        ...


class Entry:
    """One entry.

    Args:
        reading: The state that it shares with other entries.
        table: Its compiled table.
        origin: Its place in the file.
        source: Gives all its values with their paths again, for a rejected entry.
    """

    __slots__ = (
        "_notes",
        "_sources",
        "features",
        "kept",
        "key",
        "labelled",
        "origin",
        "origins",
        "reading",
        "seen",
        "share",
        "spans",
        "table",
        "texts",
        "unexpected",
    )

    def __init__(
        self,
        reading: Reading,
        table: Table,
        origin: Origin,
        source: Callable[[], Iterable[tuple[str, str]]],
    ) -> None:
        self.reading = reading
        self.share = reading.texts.setdefault
        """`share(text, text)` gives the equal text that was seen before."""
        self.table = table
        self.origin = origin
        self.origins = [origin]
        """The places of all its rows: the first, and further rows of the party."""
        self.key = ""
        """The publisher's key, once it is known."""
        self.kept: list[tuple[str, str]] | None = [] if reading.keeps_source else None
        """The source, in document order; None where it is not asked for."""
        self.spans: list[tuple[int, int, str]] = []
        """Ranges of the source that have a label: start, end, label; inner ranges first."""
        self.labelled: dict[str, list[str]] = {}
        """The labels inside texts that hold several values, by path."""
        self.unexpected: list[tuple[str, str]] = []
        """Unexpected values, with their paths."""
        self.texts: Texts = {}
        """Its texts by path."""
        self.seen: set[object] = set()
        """Values of earlier rows of the party."""
        self.features: list[Feature] = []
        """Values that their field cannot hold."""
        self._notes: list[Callable[[Entry], None]] = []
        """Findings to report when the key is known."""
        self._sources = [source]

    def add_row(self, origin: Origin, source: Callable[[], Iterable[tuple[str, str]]]) -> None:
        """Add a further row of the party: its place, and what gives its values again."""
        self.origins.append(origin)
        self._sources.append(source)

    def where(self, path: str = "") -> Where:
        """A place in the entry, for an error."""
        return self.reading.audit.where(self.key, path, self.origin.line)

    # Findings

    @property
    def note_count(self) -> int:
        """The number of findings so far."""
        return len(self._notes)

    def issue(self, kind: IssueKind, message: str, path: str = "", *, once: str = "") -> None:
        """Report an issue, under the key of the entry.

        Args:
            kind: The kind of issue.
            message: The message.
            path: The path of the value.
            once: A key; issues with the same key are reported once per file.
        """
        self._notes.append(lambda entry: entry._issue(kind, message, path, once=once))

    def _issue(
        self,
        kind: IssueKind,
        message: str,
        path: str = "",
        *,
        once: str = "",
        source: Iterable[tuple[str, str]] = (),
    ) -> None:
        if not once or self.reading.is_first(once):
            self.reading.audit.issue(
                kind, message, entry=self.key, path=path, line=self.origin.line, source=source
            )

    def repeated(self) -> None:
        """Report that the entry is a duplicate."""
        self.issue(
            IssueKind.DUPLICATE_ID,
            "the entry is a duplicate: all its values are those of another one",
            self.origin.path,
        )

    def unknown(self, vocabulary: str, code: str) -> None:
        """Count a code that our tables lack."""
        audit = self.reading.audit
        self._notes.append(lambda entry: audit.unknown(vocabulary, code, entry.key))

    def unmapped(self, path: str, label: str, value: str) -> None:
        """Count a value that no field holds; it is kept as a Feature."""
        audit = self.reading.audit
        self._notes.append(lambda entry: audit.unmapped(path, label, value))

    def unread(self, text: str, path: str, *, is_kept: bool = False) -> None:
        """Report a text that cannot be read.

        Args:
            text: The text.
            path: Its path.
            is_kept: Whether the field keeps it as text; else it becomes a Feature.
        """
        self.issue(
            IssueKind.UNREAD_VALUE,
            f"{text!r} at {path} cannot be read; it is kept as text",
            path,
        )
        if not is_kept:
            self.misfit(path, text)

    def unknown_word(
        self,
        field: str,
        word: str,
        path: str,
        *,
        words: Iterable[str],
        is_kept: bool,
        is_needed: bool = False,
    ) -> None:
        """Count a word that the vocabulary of its field lacks.

        Args:
            field: The field, with its class.
            word: The word.
            path: Its path.
            words: The words of the vocabulary.
            is_kept: Whether another field keeps the word; else it becomes a Feature.
            is_needed: Whether no object is made without the field.
        """
        if field == "Entity.kind":
            message = f"{path} is {word!r}, which is none of {', '.join(filter(None, words))}"
            self.issue(IssueKind.UNKNOWN_KIND, message, path)
        else:
            self.unknown(VOCABULARIES.get(field, field), word)
        if field in ("Identifier.kind", "Feature.kind") and not is_needed:  # without a kind
            self.unmapped(path, "", word)
        if not is_kept:
            self.misfit(path, word)

    def misfit(self, path: str, text: str) -> None:
        """Keep a text that its field cannot hold as a Feature."""
        rule = self.table.path_rules[path]
        kind = FIELD_KINDS.get(rule.entry_field)
        if kind is None:
            self.features.append(Feature(label=path, value=text))
            self.unmapped(path, "", text)
        else:
            self.features.append(Feature(label=_last(path), value=text, kind=kind))

    # The entity

    def complete(self) -> None:
        """Convert its texts to an entity, and add it."""
        made = self.table.make(self.texts, self)
        assert made is None or isinstance(made, Entity)  # what a table of entries makes
        self.read(made)

    def read(self, entity: Entity | None) -> None:
        """Add the entity of the entry and report the findings; without an entity the entry is rejected."""
        reading = self.reading
        if entity is None:
            self._issue(
                IssueKind.REJECTED,
                "the entry has no name, so it cannot become an entity",
                source=[pair for each in self._sources for pair in each()],
            )
            return
        if self.kept is not None:
            self._count(self.kept)
        self.report()
        reading.add(entity, self.origin.line)

    def include(self, piece: Entry) -> None:
        """Take over the findings about a piece of the entry from another place in the file."""
        self.unexpected += piece.unexpected
        self.features += piece.features
        self._notes += piece._notes

    @property
    def has_findings(self) -> bool:
        """Whether anything is to be reported."""
        return bool(self.unexpected or self.features or self._notes)

    def report(self) -> None:
        """Report the findings."""
        reading = self.reading
        for path, value in self._all_unexpected():
            reading.audit.unmapped(path, "", value)
            message = f"{path} is unexpected; its value {value[:80]!r} is kept as a Feature, like all others at this path"
            self._issue(IssueKind.STRUCTURE, message, path, once=path)  # audit.unmapped counts all
        for note in self._notes:
            note(self)

    def _all_unexpected(self) -> Pairs:
        """The unexpected values; a text of the entry's own element gets the name of the element."""
        if not self.unexpected:
            return ()
        own = _last(self.origin.path)
        return [(path or own, value) for path, value in self.unexpected]

    def _count(self, kept: Pairs) -> None:
        for (path, _), label in zip(kept, self.labels(), strict=True):
            if path not in self.labelled:
                self.reading.audit.count(path, label)
        for path, each in self.labelled.items():
            for label in each:
                self.reading.audit.count(path, label)

    def labels(self) -> list[str]:
        """The label of each value of the source; "" for none."""
        labels = [""] * len(self.kept or ())
        for start, end, label in reversed(self.spans):  # inner ranges last, so that they win
            labels[start:end] = [label] * (end - start)
        return labels

    def settle(self, fields: Fields) -> type[Entity]:
        """The kind of the party; fields of one kind lose the kind's name, or become Features."""
        kind = cast("type[Entity]", fields.get("kind") or self.table.kind)
        for field in [one for one in fields if "." in one]:
            owner, _, name = field.partition(".")
            value = fields.pop(field)
            if owner != kind.__name__:
                self._misplaced(field)
            elif isinstance(value, list):
                fields[name] = [*cast("list[object]", value), *fields.get(name, ())]
            else:
                fields[name] = value
        return kind

    def entity(self, fields: Fields) -> Entity | None:
        """The entity of the fields of an entry; None where it has no name."""
        reading = self.reading
        kind = self.settle(fields)
        fields.pop("kind", None)
        self.key = fields.pop("id", "")
        if not fields.get("names"):
            return None
        own = _FIELDS_OF[kind]
        designated: Fields = {}
        for field in list(fields):
            value = tuple(fields[field]) if isinstance(fields[field], list) else fields[field]
            if field in _OF_DESIGNATION and field not in _PLAIN:
                designated[field] = value
                del fields[field]
            elif field in own:
                fields[field] = value
            else:
                del fields[field]
                self._misplaced(field)
        features = (
            *fields.pop("features", ()),
            *self.features,
            *(Feature(label=path, value=value) for path, value in self._all_unexpected()),
        )
        if reading.reference is not None and self.key:
            key = Identifier(value=self.key, kind=reading.reference)
            fields["identifiers"] = (key, *fields.get("identifiers", ()))
        designations = self._designations(designated, fields.pop("designations", ()))
        names = fields.pop("names")
        if names[0].kind is not NameKind.PRIMARY:  # in rows, the primary name may follow others
            names = sorted(names, key=lambda one: one.kind is not NameKind.PRIMARY)
        return kind(
            **fields,
            id=reading.id_of(self.key),
            names=tuple(names),
            features=features,
            designations=designations,
            edition=reading.edition,
            origins=tuple(self.origins),
            source=reading.source_of(self.kept or ()),
        )

    def _designations(
        self, shared: Fields, several: Sequence[Designation]
    ) -> tuple[Designation, ...]:
        """The designations: one, or several that share the values stated once."""
        if not several:
            return (self.reading.designation(shared),)
        of_all: Fields = {"authority": self.reading.authority, "listings": self.reading.listings}
        of_all |= shared
        return tuple(
            attrs.evolve(one, **{at: value for at, value in of_all.items() if not getattr(one, at)})
            for one in several
        )

    def _misplaced(self, field: str) -> None:
        """Keep the values of a field that this kind of party does not have."""
        rules, kind = self.table.path_rules, FIELD_KINDS.get(field)
        for path, text in self.table.pairs(self.texts):
            if path not in rules or rules[path].entry_field != field:
                continue
            if kind is None:
                self.unexpected.append((path, text))
            else:
                self.features.append(Feature(label=_last(path), value=text, kind=kind))


_FIELDS_OF = {kind: frozenset(one.name for one in attrs.fields(kind)) for kind in KINDS}
_PLAIN = frozenset(one.name for one in attrs.fields(Entity))


def _last(path: str) -> str:
    """The last step of a path."""
    return path.rpartition("/")[2].rpartition("@")[2]
