"""The four files of OFAC's flat format: which is which, and whether they belong together.

No file says its day, its list or how many entries it has. But the keys tell much: every party has a
row in ADD, one without an address an empty row; remarks that fill their column go on in COMMENTS, and
no others do. So files of different days, and files that are cut, are found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sanctionslib.answers import IssueKind
from sanctionslib.errors import (
    IncompleteEditionError,
    InvalidInputError,
    StructureChangedError,
    TruncatedError,
    Where,
)
from sanctionslib.model import Record
from sanctionslib.parsers._engine.bundle import with_progress
from sanctionslib.parsers._engine.csv_rows import CsvRows, Row, first_cells
from sanctionslib.parsers._engine.entry import Reading
from sanctionslib.parsers._engine.format import Head, Options
from sanctionslib.parsers._engine.source import Source
from sanctionslib.parsers.ofac._words import list_of_name

__all__ = ["FILES", "LIMIT", "Members", "Party", "Paths", "goes_on", "is_cut", "member_of", "said"]

Paths = Mapping[str, Sequence[str]]
"""The columns of each member, SDN, ADD, ALT, COMMENTS, as paths: "ADD/Country"."""
Party = Mapping[str, Sequence[Row]]
"""The rows of one party, by member."""

FILES = {
    "us_ofac_sdn": ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"),
    "us_ofac_cons": ("CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV"),
}
"""The official names of the members. CONS_PRIM.CSV is the SDN of the other list."""

LIMIT = 1000
"""Characters of Remarks that SDN holds; the rest stands in COMMENTS."""

_MARK = b"\x1a"
_ROW = re.compile(rb'(?:\xef\xbb\xbf)?\s*\d+\s*,\s*"')
_WORDS = (("comment", "COMMENTS"), ("add", "ADD"), ("alt", "ALT"), ("sdn", "SDN"), ("prim", "SDN"))
"""Words of the names of the files, where there is nothing else to go by."""
_MOST_EMPTY = 1_000
"""Rows without any cell but the first: OFAC leaves no cell empty at all."""
_STRETCH = 20
"""Entries one after another without an alias: as many are in any list. In the sets of 2021 to 2025
the longest stretch is of 4 to 327 entries, and all of them have an alias near their end."""


def said(paths: Iterable[str], cells: Iterable[str]) -> list[tuple[str, str]]:
    """The cells that have a value, exact, with their paths: OFAC writes "-0- " where there is none."""
    return [
        (path, cell)
        for path, cell in zip(paths, cells, strict=True)
        if cell.strip() not in ("", "-0-")
    ]


def goes_on(party: Party) -> bool:
    """Whether the remarks fill their column, so that the rest of them stands in COMMENTS."""
    return len(party["SDN"][0].cells[-1]) == LIMIT


def is_cut(party: Party) -> bool:
    """Whether that rest is not there."""
    return goes_on(party) and not party["COMMENTS"]


def member_of(head: Head, paths: Paths) -> str | None:
    """Which of the four files begins so; None for another format."""
    if head.data.strip() == _MARK:  # mostly comments: few remarks are that long
        name = head.name.lower()
        return next((member for word, member in _WORDS if word in name), "COMMENTS")
    cells = first_cells(head.data)
    if not cells:  # quotes that do not close: still a row of ours, and the reader says its line
        return "SDN" if _ROW.match(head.data) and b"-0-" in head.data else None
    keys = [cell.strip().isascii() and cell.strip().isdigit() for cell in cells[:2]]
    member = next((one for one in paths if len(cells) == len(paths[one])), "SDN")
    is_ours = {
        "SDN": keys[0] and any(cell.strip() == "-0-" for cell in cells),
        "ADD": all(keys),
        "ALT": all(keys),
        "COMMENTS": _ROW.match(head.data) is not None,
    }
    return member if is_ours[member] else None


class _Gap(NamedTuple):
    """Something that is not there: "the end of" "7 remarks"."""

    what: str
    of: str
    sign: str
    """What shows it."""
    keys: Sequence[str] = ()
    """The entries that show it."""
    of_all: str = ""
    """The member whose facts are then not stated of everybody."""


class Members:
    """The files of one edition, and their rows.

    Raises:
        InvalidInputError: Two are the same member, or they are of both lists.
    """

    def __init__(
        self, sources: Sequence[Source], options: Options, reading: Reading, paths: Paths
    ) -> None:
        self.options = options
        self.reading = reading
        self.paths = paths
        self.files: dict[str, Source] = {}
        self.rows: dict[str, list[Row]] = {member: [] for member in paths}
        self.missing: list[str] = []
        """What of the edition is missing, in words."""
        self.short: set[str] = set()
        """Members that are not there, or lack rows."""
        named = {list_of_name(source.name) for source in sources} - {None}
        if options.list_id is None and len(named) > 1:
            raise InvalidInputError(
                "by their names, these files are of both lists, the SDN List and the non-SDN one",
                where=reading.audit.where(),
                hint="read each list on its own: give its files as a list of paths",
            )
        self.list_id = options.list_id or (named.pop() if named else None)
        """The list, as the caller says it, or the names of the files; None where neither does."""
        names = FILES.get(self.list_id or "", FILES["us_ofac_sdn"])
        self.names = dict(zip(paths, names, strict=True))
        for source in sources:
            member = member_of(Head(name=source.name, data=source.head), paths)
            assert member is not None  # recognise saw it
            if (other := self.files.get(member)) is not None:
                raise InvalidInputError(
                    f"{other.name} and {source.name} have the same columns, those of "
                    f"{self.names[member]}",
                    where=reading.audit.where(),
                    hint="give the files of one edition, each once",
                )
            self.files[member] = source
        if "SDN" not in self.files:
            raise IncompleteEditionError(
                f"the edition is incomplete: {self.names['SDN']} is not there",
                where=reading.audit.where(),
                hint=f"without {self.names['SDN']} nobody has a name",
            )

    def read(self) -> None:
        """Read all rows of all files."""
        share = self.reading.texts.setdefault
        files = with_progress(tuple(self.files.values()), self.options.progress)
        for member, (source, progress) in zip(self.files, files, strict=True):
            found, empty = self.rows[member], 0
            with source.open(progress) as stream:
                rows = CsvRows(source, stream, columns=self.paths[member], header=False)
                for line, cells in rows:
                    found.append(Row(line, tuple([share(cell, cell) for cell in cells])))
                    empty += not any(cells[1:])
                    if empty > _MOST_EMPTY:
                        raise StructureChangedError(
                            f"more than {_MOST_EMPTY:,} rows say nothing",
                            where=Where(source=source.name, line=line),
                            hint="the file is damaged, or the format has changed: fetch it again",
                        )
            # OFAC leaves no cell empty, and of texts the closing quote would be missed.
            if rows.ends_open and found and found[-1].cells[-1] in ("", "-", "-0"):
                raise TruncatedError(
                    "the file ends within its last cell",
                    where=Where(source=source.name, line=found[-1].line),
                    hint="the download was cut: fetch the file again",
                )

    def parties(self) -> list[Party]:
        """The rows of each party, in the order of SDN; where a key occurs twice, those of the first.

        Raises:
            IncompleteEditionError: A file is missing, of another day, or cut, and the caller does not
                want it so.
        """
        self._check_files()
        of = {member: defaultdict[str, list[Row]](list) for member in ("COMMENTS", "ADD", "ALT")}
        for member, by_key in of.items():
            for row in self.rows[member]:
                by_key[_key(row)].append(row)
        parties: list[Party] = []
        for row in self.rows["SDN"]:
            key = _key(row)
            more = {member: by_key.pop(key, []) for member, by_key in of.items()}
            parties.append({"SDN": [row], **more})
        if gaps := list(self._gaps(parties)):
            self._incomplete(
                "the files do not belong together, or one is cut: ",
                [f"{gap.of} {gap.sign}{_some(gap.keys)}" for gap in gaps],
                "fetch all files again, on one day; partial=True reads them all the same",
            )
        self.missing += [f"{gap.what} {gap.of}" for gap in gaps]
        self.short |= {gap.of_all for gap in gaps}
        for member, by_key in of.items():
            says = f"a row of {self.names[member]} belongs to no entry of {self.names['SDN']}"
            for row in (row for rows in by_key.values() for row in rows):
                self.reading.audit.issue(
                    IssueKind.DANGLING,
                    says,
                    entry=_key(row),
                    path=member,
                    line=row.line,
                    record=self.record({member: [row]}),
                )
        return parties

    def pairs(self, party: Party) -> list[tuple[str, str]]:
        """The values of the rows of a party, exactly as they stand there."""
        return [
            pair
            for member, rows in party.items()
            for row in rows
            for pair in said(self.paths[member], row.cells)
        ]

    def record(self, party: Party) -> Record | None:
        """The same as the source of an entity."""
        return self.reading.record_of(self.pairs(party))

    def _check_files(self) -> None:
        missing = [name for member, name in self.names.items() if member not in self.files]
        if missing:
            *others, last = missing
            names = f"{', '.join(others)} and {last} are" if others else f"{last} is"
            self._incomplete(
                "",
                [f"the edition is incomplete: {names} not there"],
                "give all files of the edition: their folder, a zip, or a list of paths; "
                "partial=True reads what is there",
            )
        self.missing += missing
        # Of COMMENTS something is missing only where remarks go on there.
        self.short |= {"ADD", "ALT"} - self.files.keys()

    def _incomplete(self, says: str, what: Sequence[str], hint: str) -> None:
        """Refuse the set, unless the caller wants it so."""
        audit = self.reading.audit
        if not self.options.partial:
            raise IncompleteEditionError(says + "; ".join(what), where=audit.where(), hint=hint)
        for one in what:
            audit.issue(IssueKind.EDITION, f"{one}; read with partial=True")

    def _gaps(self, parties: Sequence[Party]) -> Iterator[_Gap]:
        """What the rows show to be missing."""
        names, rows = self.names, self.rows
        keys = {member: [_key(row) for row in rows[member]] for member in rows}
        known = {member: set(keys[member]) for member in keys}
        for member in ("ADD", "ALT", "COMMENTS"):
            if gone := [key for key in keys[member] if key not in known["SDN"]]:
                of = f"{len(gone):,} of the {len(rows[member]):,} rows of {names[member]}"
                sign = f"are of entries that {names['SDN']} does not have"
                yield _Gap("the entries of", of, sign, gone)

        lonely = sorted(known["SDN"] - known["ADD"])
        if lonely and "ADD" in self.files:
            of = f"{len(lonely):,} of the {len(known['SDN']):,} entries"
            sign = f"have no row in {names['ADD']}, where every entry has one"
            yield _Gap("the addresses of", of, sign, lonely, "ADD")

        if cut := [_key(one["SDN"][0]) for one in parties if is_cut(one)]:
            self.short.add("COMMENTS")
            if "COMMENTS" in self.files:
                sign = f"fill their {LIMIT:,} characters, and {names['COMMENTS']} has no row that goes on"
                yield _Gap("the end of", f"{len(cut):,} remarks", sign, cut)

        if surplus := [_key(row) for one in parties for row in one["COMMENTS"][goes_on(one) :]]:
            sign = f"continue remarks that do not fill their {LIMIT:,} characters"
            of = f"{len(surplus):,} rows of {names['COMMENTS']}"
            yield _Gap("the beginning of", of, sign, surplus)

        # OFAC ends SDN, ADD and ALT with Ctrl-Z, COMMENTS not always; copies may have lost it, and
        # then all of them have.
        tails = {at: one.tail for at, one in self.files.items() if at != "COMMENTS"}
        marked = [at for at, tail in tails.items() if tail.rstrip().endswith(_MARK)]
        for at in [at for at in tails if at not in marked] if marked else ():
            sign = f"does not end with the byte 0x1A, as {names[marked[0]]} does"
            # Without the end of SDN entries are missing, and no facts of those that are there.
            yield _Gap("the end of", names[at], sign, of_all=at.replace("SDN", ""))

        # Rows of ALT are in the order of SDN, and about half of the entries have one: where more have
        # none at the end than can be by chance, ALT is cut.
        runs = [
            (named, list(run)) for named, run in groupby(keys["SDN"], known["ALT"].__contains__)
        ]
        last = runs.pop()[1] if runs and not runs[-1][0] else []
        longest = max([len(run) for named, run in runs if not named], default=0)
        if "ALT" in self.files and len(last) > 3 * max(longest, _STRETCH):
            of = f"the last {len(last):,} of the {len(keys['SDN']):,} entries"
            sign = f"have no alias in {names['ALT']}, and before no more than {longest:,} in a row"
            yield _Gap("the aliases of", of, sign, last, "ALT")


def _key(row: Row) -> str:
    return row.cells[0].strip()


def _some(keys: Sequence[str]) -> str:
    """Some of the keys, to look them up."""
    return f" ({', '.join(keys[:5])}{' …' if len(keys) > 5 else ''})" if keys else ""
