"""What the sections of OFAC's advanced XML share while they are read: indexes, and their faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import repeat

from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.model import Feature, LegalBasis, Listing, Measure, Record, Relation
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._branches import Branch, Shape, grow
from sanctionslib.parsers._ofac_party import Party, PartyReader
from sanctionslib.parsers._xml import record_of
from sanctionslib.parsers.ofac_advanced_values import Place, References, Waiting

__all__ = ["Half", "Joins"]

_NOTHING = Record((), ())


class Half(Party):
    """A party that waits for its relations and its sanctions entries."""

    __slots__ = (
        "bases",
        "entries",
        "links",
        "listings",
        "lists",
        "measures",
        "name_ids",
        "pieces",
        "places",
        "remarks",
        "tags",
    )

    def __init__(self, uid: str, raw_kind: str, line: int | None) -> None:
        super().__init__(uid, raw_kind, line)
        self.remarks: str | None = None
        self.links: list[tuple[Relation, str | None]] = []
        """Relations, each with the key of the entry that it names."""
        self.lists: set[str] = set()
        """Names of the lists that it has entries for, the wrapper too."""
        self.entries: set[str] = set()
        """Keys of its entries."""
        self.name_ids: frozenset[str | None] = frozenset()
        """Keys of its names."""
        self.places: set[int] = set()
        """Positions of the locations that it refers to."""
        self.tags: dict[str, None] = {}
        """Its programs, each once."""
        self.listings: list[Listing] = []
        self.bases: dict[str, LegalBasis] = {}
        self.measures: dict[tuple[str, str | None], Measure] = {}
        """By the source's word and its remark."""
        self.pieces: list[tuple[int, Record]] = []
        """What the record is made of, each with its position in the file."""


class Joins:
    """The indexes by which pieces find each other, and the reports of those that do not."""

    def __init__(
        self,
        party: PartyReader,
        audit: AuditBuilder,
        references: References,
        shapes: Mapping[str, Shape],
        *,
        records: bool,
    ) -> None:
        self.party = party
        self.audit = audit
        self.references = references
        self.shapes = shapes
        self.records = records
        self.at = 0
        """Position of the element that is read."""
        self.halves: list[Half] = []
        self.by_uid: dict[str, Half] = {}
        self.rejected: set[str] = set()
        """Keys of parties without a name."""
        self.names: dict[str, str] = {}
        """Primary names by the key of the party."""
        self.places: dict[str, Place] = {}
        self.documents: dict[str, list[Waiting]] = {}
        """Documents by the identity that they are of."""
        self.path_tuples: dict[tuple[str, ...], tuple[str, ...]] = {}

    def grow(self, element: etree._Element, base: str) -> tuple[Branch, list[tuple[str, str]]]:
        """The branch of an element of a section, and what is odd about it."""
        odd: list[tuple[str, str]] = []
        return grow(element, self.shapes[base], odd), odd

    def word(self, kind: str, key: str | None, path: str, uid: str) -> str:
        """The word of a number of a reference set."""
        return self.references.word(kind, key, path, uid)

    def record(self, element: etree._Element, base: str) -> Record:
        """All values of an element; the paths of most are the same, and shared."""
        record = record_of(element, self.party.texts, base=base)
        if record is None:
            return _NOTHING
        return Record(self.path_tuples.setdefault(record.paths, record.paths), record.values)

    def keep(self, half: Half, at: int, record: Record, labels: Iterable[str] = repeat("")) -> None:
        """Make it a piece of the record of a party, and count its values by path and label."""
        half.pieces.append((at, record))
        for path, label in zip(record.paths, labels, strict=False):
            self.audit.count(path, label)

    def same_key(self, half: Half, path: str, key: str | None) -> None:
        """Report a key that is not that of the party, where it should be."""
        if key is not None and key != half.uid:
            self.dangling(half, path, key, "it is not the key of the party")

    def dangling(self, half: Half, path: str, key: str, why: str) -> None:
        """Report a reference to nothing, and keep it as a Feature."""
        half.features.append(Feature(label=path, value=key))
        self.audit.unmapped(path, "", key)
        self.audit.issue(
            IssueKind.DANGLING,
            f"{path} is {key!r}: {why}; it is kept as a Feature",
            entry=half.uid,
            path=path,
            line=half.line,
        )

    def orphan(self, base: str, says: str, record: Record, line: int | None = None) -> None:
        """Report an element that belongs to no party, with all that it says."""
        self.audit.issue(IssueKind.DANGLING, says, path=base, line=line, record=record)
