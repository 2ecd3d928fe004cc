"""The four files of OFAC's flat format: recognising each, and checking that they belong together.

No file states its date, its list or its number of entries. But the keys reveal a lot: every party
has a row in ADD, an empty one if it has no address; remarks that fill their column continue in
COMMENTS, and no others do. So files of different days, and truncated files, are found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sanctionslib.answers import IssueKind
from sanctionslib.errors import Hint, IncompleteEditionError, InvalidInputError, Where
from sanctionslib.parsers._engine.csv_rows import CsvRows, Row, first_cells
from sanctionslib.parsers._engine.entry import Reading
from sanctionslib.parsers._engine.faults import changed
from sanctionslib.parsers._engine.format import Head, Options
from sanctionslib.parsers._engine.input_file import InputFile, with_progress
from sanctionslib.parsers.ofac._lists import list_of_name

Paths = Mapping[str, Sequence[str]]
"""The columns of each member (SDN, ADD, ALT, COMMENTS) as paths: "ADD/Country"."""
Rows = Mapping[str, Sequence[Row]]
"""The rows of one party, by member."""

FILES = {
    "us_ofac_sdn": ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"),
    "us_ofac_cons": ("CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV"),
}
"""The official names of the members. CONS_PRIM.CSV is the SDN member of the other list."""

LIMIT = 1000
"""Characters of Remarks in SDN; the rest is in COMMENTS."""

_MARK = b"\x1a"
_ROW = re.compile(rb'(?:\xef\xbb\xbf)?\s*\d+\s*,\s*"')
_WORDS = (("comment", "COMMENTS"), ("add", "ADD"), ("alt", "ALT"), ("sdn", "SDN"), ("prim", "SDN"))
"""Words in the names of the files, used where the content does not identify the member."""
_STRETCH = 20
"""Consecutive entries without an alias that occur in any list. In the sets of 2021 to 2025 the
longest run is 4 to 327 entries, and all sets have an alias near their end."""


NOTHING = ("", "-0-")
"""Cells without a value: OFAC writes "-0- ", with a trailing blank."""


def continues(rows: Rows) -> bool:
    """Whether the remarks fill their column, so that the rest is in COMMENTS."""
    return len(rows["SDN"][0].cells[-1]) == LIMIT


def is_cut(rows: Rows) -> bool:
    """Whether the rest is missing."""
    return continues(rows) and not rows["COMMENTS"]


def member_of(head: Head, paths: Paths) -> str | None:
    """Which of the four files this is, by its first bytes; None for another format."""
    if head.data.strip() == _MARK:  # usually COMMENTS, because few remarks are that long
        name = head.name.lower()
        return next((member for word, member in _WORDS if word in name), "COMMENTS")
    cells = first_cells(head.data)
    keys = [cell.strip().isascii() and cell.strip().isdigit() for cell in cells[:2]]
    if not any(keys[:1]):
        return None
    for member in ("ADD", "ALT"):
        if len(cells) == len(paths[member]) and keys[1]:
            return member
    if len(cells) == len(paths["COMMENTS"]):
        return "COMMENTS" if _ROW.match(head.data) else None
    return "SDN" if any(cell.strip() == "-0-" for cell in cells) else None


class Members:
    """The files of one edition, and their rows.

    Raises:
        InvalidInputError: Two of them are the same member.
        SanctionsError: See `CsvRows`.
    """

    def __init__(
        self, sources: Sequence[InputFile], options: Options, reading: Reading, paths: Paths
    ) -> None:
        self.options = options
        self.reading = reading
        self.paths = paths
        self.files: dict[str, InputFile] = {}
        self.rows: dict[str, list[Row]] = {member: [] for member in paths}
        self.open: set[str] = set()
        """Members whose last line has no line end."""
        stated = list_of_name(*[source.name for source in sources])
        self.list_id = options.list_id or stated or "us_ofac_sdn"
        names = FILES.get(self.list_id, FILES["us_ofac_sdn"])
        self.names = dict(zip(paths, names, strict=True))
        for source, progress in with_progress(sources, options.progress):
            member = member_of(Head(name=source.name, data=source.head), paths)
            assert member is not None  # `recognise` has accepted it
            if (other := self.files.setdefault(member, source)) is not source:
                raise InvalidInputError(
                    f"{other.name} and {source.name} have the same columns, those of "
                    f"{self.names[member]}",
                    where=reading.audit.where(),
                    hints=(
                        Hint(
                            "read each list and each day on its own: put its files into a folder or "
                            "zip of their own"
                        ),
                        Hint("or give a list of their paths as {}", "source"),
                    ),
                )
            with source.open(progress) as stream:
                self._read(member, CsvRows(source, stream))
        self.keys = {at: [row.cells[0].strip() for row in rows] for at, rows in self.rows.items()}

    def _read(self, member: str, table: CsvRows) -> None:
        share, rows = self.reading.texts.setdefault, self.rows[member]
        width = len(self.paths[member])
        for row in table:
            line, cells = row
            if len(cells) != width:
                raise table.misfit(row, width)
            rows.append(Row(line, tuple([share(cell, cell) for cell in cells])))
            if not any(cells[1:]):  # OFAC leaves no cell empty
                where = Where(source=self.files[member].name, line=line)
                raise changed("this row has no values", where)
        if table.ends_open:
            self.open.add(member)

    def parties(self) -> list[Rows]:
        """The rows of each party, in the order of SDN; a duplicate key belongs to its first row.

        Raises:
            IncompleteEditionError: A file is missing, and `partial` is not given.
        """
        missing = [name for member, name in self.names.items() if member not in self.files]
        if missing and not (self.options.partial and "SDN" in self.files):
            listed = f"{', '.join(missing[:-1])} and {missing[-1]}".removeprefix(" and ")
            raise IncompleteEditionError(
                f"the edition is incomplete: {listed} {'are' if missing[1:] else 'is'} missing",
                where=self.reading.audit.where(),
                hints=(
                    Hint("give all files of the edition: their folder or a zip"),
                    Hint("or a list of their paths as {}", "source"),
                    Hint("{} reads the given ones", "partial", True),
                ),
            )
        of = {member: defaultdict[str, list[Row]](list) for member in ("COMMENTS", "ADD", "ALT")}
        for member, by_key in of.items():
            for key, row in zip(self.keys[member], self.rows[member], strict=True):
                by_key[key].append(row)
        return [
            {"SDN": (row,), **{member: by_key.pop(key, ()) for member, by_key in of.items()}}
            for key, row in zip(self.keys["SDN"], self.rows["SDN"], strict=True)
        ]

    def gaps(self, parties: Sequence[Rows]) -> Iterator[tuple[str, str]]:
        """What is missing, and the member whose facts are therefore not stated for all parties."""
        names, files, keys = self.names, self.files, self.keys
        known = {member: set(found) for member, found in keys.items()}
        cut = sum(map(is_cut, parties))
        for member, name in names.items():
            if member not in files:  # without COMMENTS, only continued remarks are incomplete
                yield name, member if member != "COMMENTS" or cut else ""
            if unknown := sum(key not in known["SDN"] for key in keys[member]):
                yield f"the entries of {unknown:,} of the {len(keys[member]):,} rows of {name}", ""
        if "ADD" in files and (without_address := len(known["SDN"] - known["ADD"])):
            yield (
                f"the addresses of {without_address:,} of the {len(known['SDN']):,} entries",
                "ADD",
            )
        if "COMMENTS" in files and cut:
            yield f"the end of {cut:,} remarks", "COMMENTS"
        if unexpected := sum(len(one["COMMENTS"][continues(one) :]) for one in parties):
            yield f"the beginning of {unexpected:,} rows of {names['COMMENTS']}", ""
        # OFAC ends SDN, ADD and ALT with Ctrl-Z, and COMMENTS sometimes; if a copy lost it, all
        # members did. A truncated SDN lacks entries, but no facts of the other entries.
        ends = {at: one.tail.rstrip().endswith(_MARK) for at, one in files.items()}
        ends.pop("COMMENTS", None)
        for at in files:
            if at in self.open or (any(ends.values()) and not ends.get(at, True)):
                yield f"the end of {names[at]}", at if at != "SDN" else ""
        # Rows of ALT are in the order of SDN, and about half of the entries have one: if too many at
        # the end have none, ALT is truncated.
        runs = [0, 0]
        for has_alias, run in groupby(keys["SDN"], known["ALT"].__contains__):
            runs.append(0 if has_alias else len(list(run)))
        last = runs.pop()
        if "ALT" in files and last > 3 * max(_STRETCH, *runs):
            yield f"the aliases of the last {last:,} of the {len(keys['SDN']):,} entries", "ALT"

    def report_unresolved(self) -> None:
        """Report the rows whose party is missing."""
        known = set(self.keys["SDN"])
        for member, name in self.names.items():
            for key, row in zip(self.keys[member], self.rows[member], strict=True):
                if key not in known:
                    self.reading.audit.issue(
                        IssueKind.UNRESOLVED_REFERENCE,
                        f"a row of {name} belongs to no entry of {self.names['SDN']}",
                        entry=key,
                        path=member,
                        line=row.line,
                        source=self.pairs({member: [row]}),
                    )

    def pairs(self, rows: Rows) -> list[tuple[str, str]]:
        """The values of rows, exactly as in the file."""
        return [
            (path, cell)
            for member, each in rows.items()
            for row in each
            for path, cell in zip(self.paths[member], row.cells, strict=True)
            if cell.strip() not in NOTHING
        ]
