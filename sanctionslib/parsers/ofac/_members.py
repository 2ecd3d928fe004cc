"""The four files of OFAC's flat format: which is which, and whether they belong together.

No file says its day, its list or how many entries it has. But the keys tell much: every party has a
row in ADD, one without an address an empty row; remarks that fill their column go on in COMMENTS, and
no others do. So files of different days, and files that are cut, are found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.errors import (
    IncompleteEditionError,
    InvalidInputError,
    StructureChangedError,
    TruncatedError,
    Where,
)
from sanctionslib.model import Record
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.bundle import with_progress
from sanctionslib.parsers._engine.csv_rows import CsvRows, Row, first_cells
from sanctionslib.parsers._engine.format import Head, Options
from sanctionslib.parsers._engine.source import Source
from sanctionslib.parsers.ofac._words import list_of_name

__all__ = ["FILES", "LIMIT", "NOTHING", "Members", "Paths", "Rows", "member_of", "stated"]

Paths = Mapping[str, Sequence[str]]
"""The columns of each member, SDN, ADD, ALT, COMMENTS, as paths: "ADD/Country"."""

FILES = {
    "us_ofac_sdn": ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"),
    "us_ofac_cons": ("CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV"),
}
"""The official names of the members. CONS_PRIM.CSV is the SDN of the other list."""

LIMIT = 1000
"""Characters of Remarks that SDN holds; the rest stands in COMMENTS."""

NOTHING = ("", "-0-")
"""What cells hold where there is no value: OFAC writes "-0- ", with a blank behind it."""
_MARK = b"\x1a"
_ROW = re.compile(rb'(?:\xef\xbb\xbf)?\s*\d+\s*,\s*"')
_WORDS = (("comment", "COMMENTS"), ("add", "ADD"), ("alt", "ALT"), ("sdn", "SDN"), ("prim", "SDN"))
"""Words of the names of the files, where there is nothing else to go by."""
_MOST_EMPTY = 1_000
"""Rows without any cell but the first: OFAC leaves no cell empty at all."""
_STRETCH = 20
"""Entries one after another without an alias: as many are in any list. In the sets of 2021 to 2025
the longest stretch is of 4 to 327 entries, and all of them have an alias near their end."""
_AGAIN = "the file is damaged, or the format has changed: fetch it again"


def stated(cell: str) -> str | None:
    """The value of a cell; None where it says that there is none.

    >>> stated("-0- ") is None, stated("CUBA")
    (True, 'CUBA')
    """
    text = cell.strip()
    return None if text in NOTHING else text


def member_of(head: Head, paths: Paths) -> str | None:
    """Which of the four files begins so; None for another format."""
    if head.data.strip() == _MARK:  # mostly comments: few remarks are that long
        name = head.name.lower()
        return next((member for word, member in _WORDS if word in name), "COMMENTS")
    cells = first_cells(head.data)
    if not cells:  # quotes that do not close: still a row of ours, and the reader says its line
        return "SDN" if _ROW.match(head.data) and b"-0-" in head.data else None
    keys = [cell.strip().isascii() and cell.strip().isdigit() for cell in cells[:2]]
    if not keys[0]:
        return None
    for member in ("ADD", "ALT"):
        if len(cells) == len(paths[member]) and keys[1]:
            return member
    if len(cells) == len(paths["COMMENTS"]):
        return "COMMENTS" if _ROW.match(head.data) else None
    return "SDN" if any(cell.strip() == "-0-" for cell in cells) else None


@attrs.frozen(kw_only=True)
class Rows:
    """The rows of one party."""

    sdn: Row
    addresses: Sequence[Row]
    aliases: Sequence[Row]
    comments: Sequence[Row]

    def __iter__(self) -> Iterator[tuple[str, Row]]:
        """Each row with its member."""
        yield "SDN", self.sdn
        yield from zip(repeat("COMMENTS"), self.comments, strict=False)
        yield from zip(repeat("ADD"), self.addresses, strict=False)
        yield from zip(repeat("ALT"), self.aliases, strict=False)

    @property
    def goes_on(self) -> bool:
        """Whether the remarks fill their column, so that the rest of them stands in COMMENTS."""
        return len(self.sdn.cells[-1]) == LIMIT

    @property
    def is_cut(self) -> bool:
        """Whether that rest is not there."""
        return self.goes_on and not self.comments

    @property
    def surplus(self) -> Sequence[Row]:
        """Comments that continue nothing."""
        return self.comments[self.goes_on :]


class Members:
    """The files of one edition while they are read."""

    def __init__(
        self, sources: Sequence[Source], options: Options, audit: AuditBuilder, paths: Paths
    ) -> None:
        self.options = options
        self.audit = audit
        self.paths = paths
        self.files: dict[str, Source] = {}
        self.rows: dict[str, list[Row]] = {member: [] for member in paths}
        self.names: Mapping[str, str] = {}
        self.missing: list[str] = []
        """What of the edition is missing, in words."""
        self.short: set[str] = set()
        """Members that are not there, or lack rows."""
        self.list_id = options.list_id or self._list_of_names(sources)
        """The list, as the caller says it, or the names of the files; None where neither does."""
        self._name("us_ofac_sdn")
        for source in sources:
            member = member_of(Head(name=source.name, data=source.head), paths)
            assert member is not None  # recognise saw it
            if (other := self.files.get(member)) is not None:
                raise InvalidInputError(
                    f"{other.name} and {source.name} have the same columns, those of "
                    f"{self.names[member]}",
                    where=audit.where(),
                    hint="give the files of one edition, each once",
                )
            self.files[member] = source

    def _list_of_names(self, sources: Sequence[Source]) -> str | None:
        found = {list_of_name(source.name) for source in sources} - {None}
        if len(found) > 1:
            raise InvalidInputError(
                "by their names, these files are of both lists, the SDN List and the non-SDN one",
                where=self.audit.where(),
                hint="read each list on its own: give its files as a list of paths",
            )
        return found.pop() if found else None

    def _name(self, list_id: str) -> None:
        self.names = dict(zip(self.paths, FILES.get(list_id, FILES["us_ofac_sdn"]), strict=True))

    def read(self, texts: dict[str, str]) -> None:
        """All rows of all files.

        Args:
            texts: Texts seen before; equal ones become one object.
        """
        share = texts.setdefault
        if "SDN" not in self.files:
            self.check_files(self.list_id or "us_ofac_sdn")
        files = with_progress(tuple(self.files.values()), self.options.progress)
        for member, (source, progress) in zip(self.files, files, strict=True):
            with source.open(progress) as stream:
                rows = CsvRows(source, stream, columns=self.paths[member], header=False)
                found, empty = self.rows[member], 0
                for line, cells in rows:
                    found.append(Row(line, tuple([share(cell, cell) for cell in cells])))
                    empty += not any(cells[1:])
                    if empty > _MOST_EMPTY:
                        where = Where(source=source.name, line=line)
                        what = f"more than {_MOST_EMPTY:,} rows say nothing"
                        raise StructureChangedError(what, where=where, hint=_AGAIN)
            # OFAC leaves no cell empty, and of texts the closing quote would be missed.
            if rows.ends_open and found and found[-1].cells[-1] in ("", "-", "-0"):
                raise TruncatedError(
                    "the file ends within its last cell",
                    where=Where(source=source.name, line=found[-1].line),
                    hint="the download was cut: fetch the file again",
                )

    def pairs(self, rows: Iterable[tuple[str, Row]]) -> list[tuple[str, str]]:
        """The values of rows, each given with its member, exactly as they stand there."""
        return [
            (path, cell)
            for member, row in rows
            for path, cell in zip(self.paths[member], row.cells, strict=True)
            if cell.strip() not in NOTHING
        ]

    def record(self, rows: Iterable[tuple[str, Row]]) -> Record:
        """The same as the source of an entity."""
        pairs = self.pairs(rows)
        return Record(tuple([path for path, _ in pairs]), tuple([cell for _, cell in pairs]))

    # Do they belong together?

    def check_files(self, list_id: str) -> None:
        """Refuse a set without all of its files, unless the caller wants it so."""
        self._name(list_id)
        missing = [name for member, name in self.names.items() if member not in self.files]
        if not missing:
            return
        last = " and ".join(missing[-2:])
        files = ", ".join([*missing[:-2], last])
        what = (
            f"the edition is incomplete: {files} {'is' if len(missing) == 1 else 'are'} not there"
        )
        hint = None
        if "SDN" not in self.files:
            hint = f"without {self.names['SDN']} nobody has a name"
        elif not self.options.partial:
            hint = (
                "give all files of the edition: their folder, a zip, or a list of paths; "
                "partial=True reads what is there"
            )
        if hint is not None:
            raise IncompleteEditionError(what, where=self.audit.where(), hint=hint)
        self.missing += missing
        # Of COMMENTS something is missing only where remarks go on there.
        self.short |= {"ADD", "ALT"} - self.files.keys()
        self.audit.issue(IssueKind.EDITION, f"{what}; read with partial=True")

    def parties(self) -> list[Rows]:
        """The rows of each party, in the order of SDN; where a key occurs twice, those of the first.

        Raises:
            IncompleteEditionError: A file is of another day, or cut, and the caller does not want it
                so.
        """
        of: dict[str, dict[str, list[Row]]] = {}
        for member in ("ADD", "ALT", "COMMENTS"):
            by_key = of[member] = defaultdict(list)
            for row in self.rows[member]:
                by_key[_key(row)].append(row)
        parties: list[Rows] = []
        for row in self.rows["SDN"]:
            key = _key(row)
            add, alt, comments = [rows.pop(key, ()) for rows in of.values()]
            parties.append(Rows(sdn=row, addresses=add, aliases=alt, comments=comments))
        orphans = {
            at: sorted(row for found in rows.values() for row in found) for at, rows in of.items()
        }
        faults = list(self._faults(parties, orphans))
        if faults and not self.options.partial:
            raise IncompleteEditionError(
                "the files do not belong together, or one is cut: "
                + "; ".join(what for what, _ in faults),
                where=self.audit.where(),
                hint="fetch all files again, on one day; partial=True reads them all the same",
            )
        for what, missing in faults:
            self.missing.append(missing)
            self.audit.issue(IssueKind.EDITION, f"{what}; read with partial=True")
        for member, rows in orphans.items():
            says = f"a row of {self.names[member]} belongs to no entry of {self.names['SDN']}"
            for row in rows:
                self._tell(says, member, row, self.record([(member, row)]))
        says = (
            f"a comment continues remarks that do not fill their {LIMIT:,} characters; it is kept "
        )
        for row in _surplus(parties):
            self._tell(f"{says}as a Feature", "COMMENTS/Remarks", row, None)
        return parties

    def _tell(self, says: str, path: str, row: Row, record: Record | None) -> None:
        self.audit.issue(
            IssueKind.DANGLING, says, entry=_key(row), path=path, line=row.line, record=record
        )

    def _faults(
        self, parties: Sequence[Rows], orphans: Mapping[str, Sequence[Row]]
    ) -> Iterator[tuple[str, str]]:
        """What is wrong with the set, and what of the edition is missing for that reason."""
        names, rows = self.names, self.rows
        keys = [_key(row) for row in rows["SDN"]]
        for member, found in orphans.items():
            if found:
                of = f"{len(found):,} of the {len(rows[member]):,} rows of {names[member]}"
                what = f"are of entries that {names['SDN']} does not have"
                yield f"{of} {what} ({_some(map(_key, found))})", f"the entries of {of}"

        lonely = sorted(set(keys).difference(map(_key, rows["ADD"])))
        if lonely and "ADD" in self.files:
            self.short.add("ADD")
            of = f"{len(lonely):,} of the {len(set(keys)):,} entries"
            what = f"have no row in {names['ADD']}, where every entry has one"
            yield f"{of} {what} ({_some(lonely)})", f"the addresses of {of}"

        cut = [_key(one.sdn) for one in parties if one.is_cut]
        if cut:
            self.short.add("COMMENTS")
        if cut and "COMMENTS" in self.files:
            what = (
                f"fill their {LIMIT:,} characters, and {names['COMMENTS']} has no row that goes on"
            )
            of = f"{len(cut):,} remarks"
            yield f"{of} {what} ({_some(cut)})", f"the end of {of}"
        if surplus := _surplus(parties):
            of = f"{len(surplus):,} rows of {names['COMMENTS']}"
            what = f"continue remarks that do not fill their {LIMIT:,} characters"
            yield f"{of} {what} ({_some(map(_key, surplus))})", f"the remarks that {of} continue"

        # OFAC ends SDN, ADD and ALT with Ctrl-Z, COMMENTS not always; copies may have lost it, and
        # then all of them have.
        ends = {at: one.tail.rstrip().endswith(_MARK) for at, one in self.files.items()}
        marked = [names[at] for at in ("SDN", "ADD", "ALT") if ends.get(at)]
        for at in ("SDN", "ADD", "ALT"):
            if marked and ends.get(at) is False:
                if at != "SDN":  # then entries are missing, and no facts of those that are there
                    self.short.add(at)
                what = f"does not end with the byte 0x1A, as {marked[0]} does"
                yield f"{names[at]} {what}", f"the end of {names[at]}"

        # Rows of ALT are in the order of SDN, and about half of the entries have one: where more have
        # none at the end than can be by chance, ALT is cut.
        named = set(map(_key, rows["ALT"]))
        longest = stretch = 0
        for key in keys:
            if key in named:
                longest, stretch = max(longest, stretch), 0
            else:
                stretch += 1
        if "ALT" in self.files and stretch > 3 * max(longest, _STRETCH):
            self.short.add("ALT")
            of = f"the last {stretch:,} of the {len(keys):,} entries"
            what = (
                f"have no alias in {names['ALT']}, where before no more than {longest:,} one after "
            )
            yield f"{of} {what}another have none", f"the aliases of {of}"

        if not parties:
            yield f"{names['SDN']} has no entries", "all entries"


def _key(row: Row) -> str:
    return row.cells[0].strip()


def _surplus(parties: Sequence[Rows]) -> list[Row]:
    return [row for one in parties for row in one.surplus]


def _some(keys: Iterable[str]) -> str:
    """Some of the keys, to look them up."""
    found = list(keys)
    return ", ".join(found[:5]) + (" …" if len(found) > 5 else "")
