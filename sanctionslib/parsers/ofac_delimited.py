"""OFAC's flat files: SDN.CSV, ADD.CSV, ALT.CSV and SDN_COMMENTS.CSV (or CONS_*.CSV) → entities.

Documented by the publisher's data specification (`dat_spec.txt`). Four files make one edition, each
without a header. What is odd about them:

* Null is `-0- ` with a blank behind it; the file ends with a lone 0x1A (Ctrl-Z).
* They state no date, no number of entries, no listing date, no legal authority, and names in one
  piece. Double quotes of names are printed as single ones.
* An organization is a party without `SDN_Type`. Programs are joined `A] [B`.
* Remarks hold everything that has no column, see `_segments`. SDN.CSV has their first 1,000
  characters, COMMENTS the rest, cut anywhere. Weak aliases stand there alone.
* Every party has a row in ADD, one without an address an empty row. So files that do not belong
  together, and files that are cut, are found by their keys.
* City, state and postal code are one column.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from sanctionslib.answers import IssueKind
from sanctionslib.errors import (
    IncompleteEditionError,
    InvalidInputError,
    StructureChangedError,
    TruncatedError,
    Where,
)
from sanctionslib.model import Edition, Entity, Fact, Record
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._bundle import with_progress
from sanctionslib.parsers._csv import CsvRows, Row, first_cells
from sanctionslib.parsers._edition import date_said, hash_of, marked, title_of
from sanctionslib.parsers._format import CodeFormat, Head, Options, Parsed
from sanctionslib.parsers._ofac_list import WAYS_OUT, check_list, list_of_programs
from sanctionslib.parsers._ofac_party import ID_SPACE
from sanctionslib.parsers._ofac_tables import SDN_LIST, list_of_name
from sanctionslib.parsers._source import Source
from sanctionslib.parsers.ofac_delimited_entries import Entries, Rows, pairs, stated
from sanctionslib.parsers.ofac_delimited_tables import (
    COLUMNS,
    FILES,
    LIMIT,
    LISTS,
    NOTHING,
    STATES_OF,
    classify,
)
from sanctionslib.reference import authorities

__all__ = ["FORMAT"]

_ROW = re.compile(rb'(?:\xef\xbb\xbf)?\s*\d+\s*,\s*"')
_EMPTY = re.compile(rb"\s*\x1a\s*")
_MARK = b"\x1a"
_MOST_EMPTY = 1_000
"""Rows without any cell but the first: OFAC leaves no cell empty at all."""
_STRETCH = 20
"""Entries one after another without an alias: as many are in any list. In the sets of 2021 to 2025
the longest stretch is of 4 to 327 entries, and all of them have an alias near their end."""
_WORDS = (("comment", "COMMENTS"), ("add", "ADD"), ("alt", "ALT"), ("sdn", "SDN"), ("prim", "SDN"))
"""Words of the names of the files, where there is nothing else to go by."""


def _member_of(head: Head) -> str | None:
    """Which of the four files begins so; None for another format."""
    if _EMPTY.fullmatch(head.data):  # mostly comments: few remarks are that long
        name = head.name.lower()
        return next((member for word, member in _WORDS if word in name), "COMMENTS")
    cells = first_cells(head.data)
    if not cells:  # quotes that do not close: still a row of ours, and the reader says its line
        return "SDN" if _ROW.match(head.data) and b"-0-" in head.data else None
    if not _is_key(cells[0]):
        return None
    for member in ("ADD", "ALT"):
        if len(cells) == len(COLUMNS[member]) and _is_key(cells[1]):
            return member
    if len(cells) == len(COLUMNS["COMMENTS"]):
        return "COMMENTS" if _ROW.match(head.data) else None
    return "SDN" if any(cell.strip() == NOTHING for cell in cells) else None


def _is_key(cell: str) -> bool:
    text = cell.strip()
    return text.isascii() and text.isdigit()


def _head(source: Source) -> Head:
    return Head(name=source.name, data=source.head)


def _recognise(head: Head) -> bool:
    return head.root is None and _member_of(head) is not None


def _parse_set(sources: Sequence[Source], options: Options) -> Parsed:
    return _Set(sources, options).parse()


class _Fault(NamedTuple):
    """Why files do not belong together."""

    what: str
    """What is wrong."""
    missing: str
    """What of the edition is missing for that reason."""


class _Set:
    """The files of one edition while they are read."""

    def __init__(self, sources: Sequence[Source], options: Options) -> None:
        self.sources = sources
        self.options = options
        self.audit = AuditBuilder(", ".join(source.name for source in sources))
        self.members: dict[str, Source] = {}
        self.rows: dict[str, list[Row]] = {member: [] for member in COLUMNS}
        self.missing: list[str] = []
        self.short: set[str] = set()
        """Members that are there, and lack rows for some of the entries."""

    def parse(self) -> Parsed:
        named = self.list_by_name()
        self.sort()
        if "SDN" not in self.members:
            self.check_members(named or "us_ofac_sdn")
        self.read()
        rows = self.rows["SDN"]
        first = rows[0].cells[3].split("] [") if rows else None
        list_id = named or list_of_programs(first, "SDN.CSV or CONS_PRIM.CSV", self.audit)
        self.audit.list_id = list_id
        title = title_of(list_id, LISTS, self.audit)
        self.check_members(list_id)
        published, dated_by = date_said(self.options)
        self.audit.edition = str(published or "")
        parties = list(self.parties())
        self.check_keys(parties, list_id)
        is_sdn = list_id == "us_ofac_sdn"
        edition = Edition(
            list_id=list_id,
            id_space=ID_SPACE,
            publisher=authorities["OFAC"].name,
            title=title,
            format=FORMAT.name,
            published=published,
            dated_by=dated_by,
            members=tuple(source.name for source in self.sources),
            missing=tuple(self.missing),
            lists=(SDN_LIST,) if is_sdn else (),
            sha256=hash_of(self.sources),
            retrieved_at=self.options.retrieved_at,
            states=self.states(parties) | frozenset({Fact.LIST} if is_sdn else ()),
            ways_out=_WAYS_OUT,
        )
        entities = self.entities(edition, parties)
        check_list(list_id, entities, self.audit, self.options)
        self.audit.built = len(entities)
        edition, whole = marked(edition, entities, self.audit, missing=())
        return Parsed(
            entities=whole,
            editions=(edition,),
            audit=self.audit.finish((edition,), classify if self.options.records else None),
        )

    def sort(self) -> None:
        """Which file is which."""
        for source in self.sources:
            member = _member_of(_head(source))
            assert member is not None  # _recognise saw it
            if (other := self.members.get(member)) is not None:
                raise InvalidInputError(
                    f"{other.name} and {source.name} have the same columns, those of "
                    f"{FILES['us_ofac_sdn'][member]}",
                    where=self.audit.where(),
                    hint="give the files of one edition, each once",
                )
            self.members[member] = source

    def list_by_name(self) -> str | None:
        """The list, as the caller or the names of the files say."""
        if self.options.list_id is not None:
            return self.options.list_id
        found = {list_of_name(source.name) for source in self.sources} - {None}
        if len(found) > 1:
            raise InvalidInputError(
                "by their names, these files are of both lists, the SDN List and the non-SDN one",
                where=self.audit.where(),
                hint="read each list on its own: give its files as a list of paths",
            )
        return found.pop() if found else None

    def read(self) -> None:
        """All rows of all files."""
        for source, progress in with_progress(self.sources, self.options.progress):
            member = next(name for name, one in self.members.items() if one is source)
            with source.open(progress) as stream:
                rows = CsvRows(source, stream, columns=COLUMNS[member], header=False)
                found = self.rows[member]
                empty = 0
                for row in rows:
                    found.append(row)
                    empty += not any(row.cells[1:])
                    if empty > _MOST_EMPTY:
                        raise StructureChangedError(
                            f"more than {_MOST_EMPTY:,} rows say nothing",
                            where=Where(source=source.name, line=row.line),
                            hint="the file is damaged, or the format has changed: fetch it again",
                        )
            # OFAC leaves no cell empty, and of texts the closing quote would be missed.
            if rows.ends_open and found and found[-1].cells[-1] in ("", "-", "-0"):
                raise TruncatedError(
                    "the file ends within its last cell",
                    where=Where(source=source.name, line=found[-1].line),
                    hint="the download was cut: fetch the file again",
                )

    # Do they belong together?

    def check_members(self, list_id: str) -> None:
        """Refuse a set without all of its files, unless the caller wants it so."""
        names = FILES[list_id]
        missing = [names[member] for member in COLUMNS if member not in self.members]
        if not missing:
            return
        what = f"the edition is incomplete: {_listed(missing)} {_be(missing)} not there"
        if "SDN" not in self.members:
            raise IncompleteEditionError(
                what, where=self.audit.where(), hint=f"without {names['SDN']} nobody has a name"
            )
        if not self.options.partial:
            raise IncompleteEditionError(
                what,
                where=self.audit.where(),
                hint="give all files of the edition: their folder, a zip, or a list of paths; "
                "partial=True reads what is there",
            )
        self.missing += missing
        self.audit.issue(IssueKind.EDITION, f"{what}; read with partial=True")

    def parties(self) -> Iterator[Rows]:
        """What belongs to each row of SDN.CSV; where a key occurs twice, to the first."""
        of = {member: _by_key(self.rows[member]) for member in ("ADD", "ALT", "COMMENTS")}
        for row in self.rows["SDN"]:
            key = _key(row)
            yield Rows(
                sdn=row,
                addresses=of["ADD"].pop(key, ()),
                aliases=of["ALT"].pop(key, ()),
                comments=of["COMMENTS"].pop(key, ()),
            )

    def check_keys(self, parties: Sequence[Rows], list_id: str) -> None:
        """Refuse files of different editions, or cut ones: their keys do not agree."""
        names = FILES[list_id]
        keys = {_key(row) for row in self.rows["SDN"]}
        orphans = {
            member: [row for row in self.rows[member] if _key(row) not in keys]
            for member in ("ADD", "ALT", "COMMENTS")
        }
        faults = [self.orphaned(member, rows, names) for member, rows in orphans.items() if rows]
        faults += self.unaddressed(keys, names)
        faults += self.uncontinued(parties, names)
        faults += self.unmarked(names)
        faults += self.unnamed(names)
        if not parties:
            faults.append(_Fault(f"{names['SDN']} has no entries", "all entries"))
        if faults and not self.options.partial:
            raise IncompleteEditionError(
                "the files do not belong together, or one is cut: "
                + "; ".join(fault.what for fault in faults),
                where=self.audit.where(),
                hint="fetch all files again, on one day; partial=True reads them all the same",
            )
        for fault in faults:
            self.missing.append(fault.missing)
            self.audit.issue(IssueKind.EDITION, f"{fault.what}; read with partial=True")
        for member, rows in orphans.items():
            for row in rows:
                self.audit.issue(
                    IssueKind.DANGLING,
                    f"a row of {names[member]} belongs to no entry of {names['SDN']}",
                    entry=_key(row),
                    path=member,
                    line=row.line,
                    record=_record(member, row),
                )

    def orphaned(self, member: str, rows: Sequence[Row], names: Mapping[str, str]) -> _Fault:
        """Rows whose party is not there."""
        of = f"{len(rows):,} of the {len(self.rows[member]):,} rows of {names[member]}"
        keys = _some([_key(row) for row in rows])
        return _Fault(
            f"{of} are of entries that {names['SDN']} does not have ({keys})",
            f"the entries of {of}",
        )

    def unaddressed(self, keys: Collection[str], names: Mapping[str, str]) -> Iterator[_Fault]:
        """Parties without a row in ADD."""
        lonely = sorted(set(keys).difference(map(_key, self.rows["ADD"])))
        if lonely and "ADD" in self.members:
            self.short.add("ADD")
            of = f"{len(lonely):,} of the {len(keys):,} entries"
            yield _Fault(
                f"{of} have no row in {names['ADD']}, where every entry has one ({_some(lonely)})",
                f"the addresses of {of}",
            )

    def uncontinued(self, parties: Sequence[Rows], names: Mapping[str, str]) -> Iterator[_Fault]:
        """Remarks whose end is not there, and ends whose beginning is not there."""
        file = names["COMMENTS"]
        cut = [_key(one.sdn) for one in parties if one.is_cut]
        if cut and "COMMENTS" in self.members:
            yield _Fault(
                f"{len(cut):,} remarks fill their {LIMIT:,} characters, and {file} has no row that "
                f"goes on ({_some(cut)})",
                f"the end of {len(cut):,} remarks",
            )
        if surplus := [_key(row) for one in parties for row in one.surplus]:
            yield _Fault(
                f"{len(surplus):,} rows of {file} continue remarks that do not fill their "
                f"{LIMIT:,} characters ({_some(surplus)})",
                f"the remarks that {len(surplus):,} rows of {file} continue",
            )

    def unmarked(self, names: Mapping[str, str]) -> Iterator[_Fault]:
        """Files without the Ctrl-Z with which others of the set end.

        OFAC ends SDN, ADD and ALT with it, COMMENTS not always; copies may have lost it, and then
        all of them have.
        """
        ends = {
            member: self.members[member].tail.rstrip().endswith(_MARK)
            for member in ("SDN", "ADD", "ALT")
            if member in self.members
        }
        if not any(ends.values()):
            return
        other = next(names[member] for member, is_marked in ends.items() if is_marked)
        for member in [member for member, is_marked in ends.items() if not is_marked]:
            self.short.add(member)
            yield _Fault(
                f"{names[member]} does not end with the byte 0x1A, as {other} does",
                f"the end of {names[member]}",
            )

    def unnamed(self, names: Mapping[str, str]) -> Iterator[_Fault]:
        """More entries without an alias at the end than can be by chance: ALT.CSV is cut.

        Its rows are in the order of SDN.CSV, and about half of the entries have one.
        """
        named = set(map(_key, self.rows["ALT"]))
        longest = stretch = 0
        for row in self.rows["SDN"]:
            if _key(row) in named:
                longest, stretch = max(longest, stretch), 0
            else:
                stretch += 1
        if "ALT" in self.members and stretch > 3 * max(longest, _STRETCH):
            self.short.add("ALT")
            of = f"the last {stretch:,} of the {len(self.rows['SDN']):,} entries"
            yield _Fault(
                f"{of} have no alias in {names['ALT']}, where before no more than {longest:,} one "
                "after another have none",
                f"the aliases of {of}",
            )

    def states(self, parties: Sequence[Rows]) -> frozenset[Fact]:
        """What the files can state: nothing that a missing one could hold."""
        states = frozenset(fact for facts in STATES_OF.values() for fact in facts)
        for member in ("ADD", "ALT"):
            if member not in self.members or member in self.short:
                states -= STATES_OF[member]
        if any(one.is_cut for one in parties):
            states -= STATES_OF["COMMENTS"]
        return states

    def entities(self, edition: Edition, parties: Sequence[Rows]) -> list[Entity]:
        """All entities."""
        found: list[Entity] = []
        entries = Entries(
            edition,
            found,
            self.audit,
            member=self.members["SDN"].name,
            names={name for row in self.rows["SDN"] if (name := stated(row.cells[1])) is not None},
            records=self.options.records,
        )
        for one in parties:
            self.audit.read += 1
            entries.entry(one)
        entries.keys.finish()
        return found


def _key(row: Row) -> str:
    return row.cells[0].strip()


def _by_key(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[_key(row)].append(row)
    return dict(found)


def _record(member: str, row: Row) -> Record:
    found = list(pairs(member, row))
    return Record(tuple(path for path, _ in found), tuple(cell for _, cell in found))


def _some(keys: Sequence[str]) -> str:
    """Some of the keys, to look them up."""
    return ", ".join(keys[:5]) + (" …" if len(keys) > 5 else "")


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _be(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


_NAMES_IN_ONE = "Treasury gives it in the XML files of the same day"
_WAYS_OUT: tuple[tuple[Fact, str], ...] = ((Fact.NAME_PARTS, _NAMES_IN_ONE), *WAYS_OUT)

FORMAT = CodeFormat(
    name="ofac-delimited",
    title="OFAC flat files (CSV)",
    files=tuple(name for names in FILES.values() for name in names.values()),
    recognises=_recognise,
    takes_several=True,
    parses=_parse_set,
    ends_anywhere=True,
)
