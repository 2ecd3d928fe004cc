"""One entry while it is read, and the entity that it becomes: the same for every list.

`Reading` is what all entries of a file share. `Entry` collects what is strange about one of them
until its key is known, keeps its source where that is asked for, and makes the entity.
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
"""What a value becomes as a Feature, where the kind of party has no field for it, or the text cannot
be read. Values of any other field are unexpected there."""

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
"""What the words of a field are called in the audit."""

_OF_DESIGNATION = frozenset(one.name for one in attrs.fields(Designation))


class Reading:
    """What all entries of one file share while it is read."""

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
        """Whether they can name it in different ways: the key alone says that it is the same."""
        self.authority: Authority | None = None
        self.texts: dict[str, str] = {}
        """Texts seen before: equal ones become one object."""
        self.entities: list[Entity] = []
        self.titles: Sequence[Row] = ()
        """The rows above the header of the table that is read."""
        self.reference: IdentifierKind | None = None
        """What the keys of the entries are on other lists: a UN reference number."""
        self.listings: tuple[Listing, ...] = ()
        """The listing of every entry, where the list is one named list and the format says none."""
        self._edition: Edition | None = None
        self._keys: Keys | None = None
        self._prefix = ""
        self._reported: set[str] = set()
        self._paths: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._shared: dict[object, object] = {}
        self._built_keys: dict[object, str] = {}
        self._taken: set[str] = set()
        self._free = FreeKeys(self._taken)
        self._seen: set[int] = set()

    @property
    def edition(self) -> Edition:
        """The edition of the entries that follow."""
        assert self._edition is not None  # told before the first entity is made
        return self._edition

    def begin(self, info: ListInfo | None, edition: Edition) -> None:
        """The entries that follow are of this list, None for one of the caller's own, and edition."""
        self._edition, self._prefix = edition, f"{edition.list_id}:"
        self.authority = authorities[info.authority] if info and info.authority else None
        self.reference = IdentifierKind(info.reference) if info and info.reference else None
        self.listings = tuple(Listing(list_name=name) for name in edition.lists or ())
        if self._keys is None:
            self._keys = Keys(
                self.entities,
                self.audit,
                edition.list_id,
                plural=self.unites,
                by_key=self.by_key,
            )

    def built_key(self, party: object, wanted: str) -> str:
        """A key for a party of a list without keys: the same for all entries of the party.

        Args:
            party: What tells it from all others, exactly as printed.
            wanted: A readable key, which another party can want too: "~al-naser.2003-06-19".
        """
        if party not in self._built_keys:
            key = self._built_keys[party] = self._free.find(wanted)
            self._taken.add(key)
        return self._built_keys[party]

    def is_repeated(self, values: object) -> bool:
        """Whether an entry with all of these values was met before."""
        before = len(self._seen)
        self._seen.add(hash(values))
        return len(self._seen) == before

    def add(self, entity: Entity, line: int | None) -> None:
        """Take in an entity."""
        assert self._keys is not None  # an entity has an edition
        self._keys.add(entity, line=line)

    def finish(self) -> None:
        """Called when all entries are read: records of one party become one entity."""
        if self._keys is not None:
            self._keys.finish()

    def once(self, make: Callable[..., _T], *values: object) -> _T:
        """What `make` gives for these values, made once and shared by all entries."""
        key = (make, *values)
        if key not in self._shared:
            self._shared[key] = make(*values)
        return cast("_T", self._shared[key])

    def is_first(self, what: str) -> bool:
        """Whether something that is reported once was not reported yet: what is unexpected at a path."""
        if what in self._reported:
            return False
        self._reported.add(what)
        return True

    def record_of(self, pairs: Pairs) -> Source | None:
        """The source of an entry; most have the same paths, which are shared."""
        if not pairs:
            return None
        paths, values = zip(*pairs, strict=True)
        return Source(self._paths.setdefault(paths, paths), values)

    def designation(self, fields: Fields) -> Designation:
        """The designation; those that say nothing of one party alone are made once."""
        if fields.keys() <= {"programs"}:
            return self.once(self._of_programs, fields.get("programs", ()))
        of_all: Fields = {"authority": self.authority, "listings": self.listings}
        return Designation(**(of_all | fields))

    def _of_programs(self, programs: tuple[str, ...]) -> Designation:
        return Designation(authority=self.authority, listings=self.listings, programs=programs)

    def id_of(self, key: str) -> str:
        """The id of an entity, by the publisher's key."""
        return self._prefix + key


class Table(Protocol):
    """The compiled table of an entry, which makes its entity: a `Maker`."""

    kind: Callable[..., object]
    """The class that it makes."""

    @property
    def path_rules(self) -> Mapping[str, PathRule]:
        """What becomes of the values at each path."""
        ...

    def make(self, texts: Texts, entry: Entry) -> object:
        """The object of these texts."""
        ...

    def fields(self, texts: Texts, entry: Entry) -> Fields:
        """The values of its fields."""
        ...

    def pairs(self, texts: Texts) -> Iterable[tuple[str, str]]:
        """All texts with their paths from the entry."""
        ...


class Entry:
    """One entry.

    Args:
        reading: What it shares with the others.
        table: Its compiled table.
        origin: Where it stands.
        source: Gives all its values with their paths, read again: for what goes wrong.
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
        """Gives the text seen before that equals a text: called with it twice."""
        self.table = table
        self.origin = origin
        self.origins = [origin]
        """Where all of it stands: the first place, and further rows of the party."""
        self.key = ""
        """The publisher's key, as soon as it is known."""
        self.kept: list[tuple[str, str]] | None = [] if reading.keeps_source else None
        """The source, in document order; None where nobody asks for it."""
        self.spans: list[tuple[int, int, str]] = []
        """Values of the source that stand under a label: from, to, the label; inner ones first."""
        self.labelled: dict[str, list[str]] = {}
        """By path of a text that holds several values: the label of each."""
        self.unexpected: list[tuple[str, str]] = []
        """Values where the format has none, by path."""
        self.texts: Texts = {}
        """Its texts by path, when all are read."""
        self.seen: set[object] = set()
        """What rows of the party have said so far."""
        self.features: list[Feature] = []
        """Values that their field cannot hold."""
        self._notes: list[Callable[[Entry], None]] = []
        """What to report of the entry when its key is known."""
        self._sources = [source]

    def goes_on(self, origin: Origin, source: Callable[[], Iterable[tuple[str, str]]]) -> None:
        """It has a further row: where that stands, and what gives its values again."""
        self.origins.append(origin)
        self._sources.append(source)

    def where(self, path: str = "") -> Where:
        """A place in it, for an error."""
        return self.reading.audit.where(self.key, path, self.origin.line)

    # What is strange about a value

    @property
    def told(self) -> int:
        """How much was told of values."""
        return len(self._notes)

    def issue(self, kind: IssueKind, message: str, path: str = "", *, once: str = "") -> None:
        """Report a fault, under the key of the entry.

        Args:
            kind: What is at fault.
            message: The fault in words.
            path: Where it stands.
            once: What is reported once for all entries of the file.
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
        """Report that the entry occurs a second time."""
        self.issue(
            IssueKind.DUPLICATE_ID,
            "the entry occurs a second time, the same in all values",
            self.origin.path,
        )

    def unknown(self, vocabulary: str, code: str) -> None:
        """Count a code that no table of ours has."""
        audit = self.reading.audit
        self._notes.append(lambda entry: audit.unknown(vocabulary, code, entry.key))

    def unmapped(self, path: str, label: str, value: str) -> None:
        """Count a value that no field holds; it is kept as a Feature."""
        audit = self.reading.audit
        self._notes.append(lambda entry: audit.unmapped(path, label, value))

    def unread(self, text: str, path: str, *, is_kept: bool = False) -> None:
        """Report a text in a form that we cannot read.

        Args:
            text: The text.
            path: Where it stands.
            is_kept: Whether its field holds it as text; else it becomes a Feature.
        """
        self.issue(
            IssueKind.UNREAD_VALUE,
            f"{text!r} at {path} is in a form that we cannot read; it is kept as text",
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
            path: Where it stands.
            words: Those of the vocabulary.
            is_kept: Whether another field holds the word; else it becomes a Feature.
            is_needed: Whether there is no object without the field.
        """
        if field == "Entity.kind":
            says = f"{path} is {word!r}, which is none of {', '.join(filter(None, words))}"
            self.issue(IssueKind.UNKNOWN_KIND, says, path)
        else:
            self.unknown(VOCABULARIES.get(field, field), word)
        if field in ("Identifier.kind", "Feature.kind") and not is_needed:  # it has no kind
            self.unmapped(path, "", word)
        if not is_kept:
            self.misfit(path, word)

    def misfit(self, path: str, text: str) -> None:
        """Keep a text that its field cannot hold."""
        rule = self.table.path_rules[path]
        kind = FIELD_KINDS.get(rule.entry_field)
        if kind is None:
            self.features.append(Feature(label=path, value=text))
            self.unmapped(path, "", text)
        else:
            self.features.append(Feature(label=_last(path), value=text, kind=kind))

    # The entity

    def complete(self) -> None:
        """Make the entity of its texts, and take it in."""
        made = self.table.make(self.texts, self)
        assert made is None or isinstance(made, Entity)  # what a table of entries makes
        self.read(made)

    def read(self, entity: Entity | None) -> None:
        """Take in what became of the entry, and report what is strange about it."""
        reading = self.reading
        if entity is None:
            self._issue(
                IssueKind.REJECTED,
                "the entry has no name at all, so no entity can be made of it",
                source=[pair for each in self._sources for pair in each()],
            )
            return
        if self.kept is not None:
            self._count(self.kept)
        self.tell()
        reading.add(entity, self.origin.line)

    def include(self, piece: Entry) -> None:
        """Take over what is strange about a piece of the entry that stands elsewhere in the file."""
        self.unexpected += piece.unexpected
        self.features += piece.features
        self._notes += piece._notes

    @property
    def is_plain(self) -> bool:
        """Whether nothing is strange about it."""
        return not (self.unexpected or self.features or self._notes)

    def tell(self) -> None:
        """Report what is strange about it."""
        reading = self.reading
        for path, value in self._all_unexpected():
            reading.audit.unmapped(path, "", value)
            says = f"{path} is not part of the format; its value {value[:80]!r} is kept as a Feature, and so are all others there"
            self._issue(IssueKind.STRUCTURE, says, path, once=path)  # audit.unmapped counts all
        for note in self._notes:
            note(self)

    def _all_unexpected(self) -> Pairs:
        """What is unexpected; a text of the entry's own element stands under its name."""
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
        """The label of each value of the source; "" for those under none."""
        labels = [""] * len(self.kept or ())
        for start, end, label in reversed(self.spans):  # inner ones last
            labels[start:end] = [label] * (end - start)
        return labels

    def settle(self, fields: Fields) -> type[Entity]:
        """The kind of the party; fields of one kind alone lose its name, or become Features."""
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
            source=reading.record_of(self.kept or ()),
        )

    def _designations(
        self, shared: Fields, several: Sequence[Designation]
    ) -> tuple[Designation, ...]:
        """The designations: the one of an entry, or several, which share what it states once."""
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
