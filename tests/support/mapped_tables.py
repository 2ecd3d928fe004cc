"""Delimited files taken apart, each value with its column, its label and its owners."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set

import attrs
from mapped import Change, Input, IsMapped, Value, rare

import sanctionslib as sl
from sanctionslib.parsers.ofac.remarks import SegmentKind, segments
from sanctionslib.reference import ofac_label

__all__ = [
    "TableDocument",
    "csl_csv_document",
    "denied_document",
    "flat_document",
    "own_csv_document",
]


@attrs.frozen(kw_only=True)
class Piece:
    """A part of a cell that is a value of its own."""

    start: int
    end: int
    label: str = ""
    surroundings: Hashable = None
    besides: frozenset[str] = frozenset()
    options: tuple[str, ...] | None = None


@attrs.define(kw_only=True)
class TableRow:
    """A row: its cells can be changed."""

    member: str
    cells: list[str]
    owners: frozenset[str]
    about: Hashable
    """What sort of row it is."""


class TableDocument:
    """One delimited file, or several that make one edition.

    Args:
        rows: All rows, without headers.
        columns: Names of the columns of each member; paths have the member where there are several.
        render: Makes the file, or the files, of rows.
        pieces: Takes a cell apart, by column.
        key_columns: Where a party can have several rows: the columns that say which party it is.
        nothing: What stands in cells without a value.
        is_whole: Whether rows refer to each other, so that none can be left out.
    """

    def __init__(
        self,
        rows: Sequence[TableRow],
        columns: Mapping[str, Sequence[str]],
        *,
        render: Callable[[Sequence[TableRow]], Input],
        pieces: Callable[[TableRow, str, str], Iterable[Piece]],
        key_columns: Set[str] | None = None,
        nothing: Set[str] = frozenset({""}),
        is_whole: bool = False,
    ) -> None:
        self.rows = list(rows)
        self.columns = columns
        self.render = render
        self.pieces = pieces
        self.key_columns = key_columns
        self.nothing = nothing
        self.is_whole = is_whole

    def data(self, only: Set[str]) -> Input:
        rows = self.rows
        if not self.is_whole:
            rows = [row for row in rows if not row.owners.isdisjoint(only)]
        return self.render(rows)

    def owners(self) -> frozenset[str]:
        return frozenset().union(*(row.owners for row in self.rows))

    def thin(self, limit: int) -> None:
        keys: dict[str, set[Hashable]] = defaultdict(set)
        for row in self.rows:
            for at, column in enumerate(self.columns[row.member]):
                if (cell := row.cells[at]).strip() in self.nothing:
                    continue
                (owner,) = row.owners
                labels = {""}
                if column in ("ids", "Remarks"):
                    labels = {one.label for one in self.pieces(row, column, cell)}
                keys[owner] |= {(row.member, column, label, row.about) for label in labels}
        kept = rare(keys, limit)
        self.rows = [row for row in self.rows if row.owners <= kept]

    def path(self, member: str, column: str) -> str:
        return column if len(self.columns) == 1 else f"{member}/{column}"

    def values(self) -> Iterator[Value]:
        for row in self.rows:
            for at, column in enumerate(self.columns[row.member]):
                cell = row.cells[at]
                if cell.strip() in self.nothing:
                    continue
                for piece in self.pieces(row, column, cell):
                    yield Value(
                        path=self.path(row.member, column),
                        label=piece.label,
                        text=cell[piece.start : piece.end],
                        owners=row.owners,
                        surroundings=(row.about, piece.surroundings),
                        put=_put(row, at, cell, piece),
                        options=piece.options,
                        besides=piece.besides,
                        repeat=self._repeat(row, column, at, cell, piece),
                    )

    def _repeat(
        self, row: TableRow, column: str, at: int, cell: str, piece: Piece
    ) -> Callable[[str], tuple[Callable[[], None], Callable[[], None]]] | None:
        """The row once more, with another value in one cell."""
        if self.key_columns is None or column in self.key_columns:
            return None

        def changes(text: str) -> tuple[Callable[[], None], Callable[[], None]]:
            copied = attrs.evolve(row, cells=list(row.cells))
            _put(copied, at, cell, piece)(text)

            def make() -> None:
                self.rows.insert(
                    1 + next(i for i, one in enumerate(self.rows) if one is row), copied
                )

            def undo() -> None:
                self.rows.remove(copied)

            return make, undo

        return changes

    def gaps(self, is_mapped: IsMapped) -> Iterator[tuple[Hashable, Change]]:
        samples: dict[tuple[str, str], str] = {}
        for row in self.rows:
            for at, column in enumerate(self.columns[row.member]):
                if row.cells[at].strip() not in self.nothing:
                    samples.setdefault((row.member, column), row.cells[at])
        for row in self.rows:
            for at, column in enumerate(self.columns[row.member]):
                path = self.path(row.member, column)
                if row.cells[at].strip() not in self.nothing or not is_mapped(path, ""):
                    continue
                if (sample := samples.get((row.member, column))) is not None:
                    yield (
                        (path, row.about),
                        Change(
                            what=f"{path} without value, filled with {sample!r} ({row.about})",
                            owners=row.owners,
                            make=_set(row, at, sample),
                            undo=_set(row, at, row.cells[at]),
                            adds=True,
                        ),
                    )


def _put(row: TableRow, at: int, cell: str, piece: Piece) -> Callable[[str], None]:
    def put(text: str) -> None:
        row.cells[at] = cell[: piece.start] + text + cell[piece.end :]

    return put


def _set(row: TableRow, at: int, text: str) -> Callable[[], None]:
    return lambda: row.cells.__setitem__(at, text)


def _whole(cell: str) -> Piece:
    start = len(cell) - len(cell.lstrip())
    return Piece(start=start, end=len(cell.rstrip()))


def _split(cell: str, separator: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """What stands between separators, without the blanks around it."""
    end = len(cell) if end is None else end
    for number, each in enumerate(cell[start:end].split(separator)):
        bare = each.strip()
        if bare:
            at = start + each.index(bare)
            yield Piece(start=at, end=at + len(bare), surroundings=min(number, 1))
        start += len(each) + len(separator)


def _read(data: bytes, delimiter: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and the rows with the line that each begins at."""
    reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    header = next(reader)
    found: list[tuple[int, list[str]]] = []
    line = reader.line_num + 1
    for cells in reader:
        if cells:
            found.append((line, cells))
        line = reader.line_num + 1
    return header, found


def _owners(found: sl.SanctionsList[sl.Entity]) -> dict[int, frozenset[str]]:
    """The entity that each line is of."""
    return {
        origin.line: frozenset({one.id})
        for one in found
        for origin in one.origins
        if origin.line is not None
    }


def _writer(header: Sequence[str], delimiter: str) -> Callable[[Sequence[TableRow]], bytes]:
    def render(rows: Sequence[TableRow]) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(row.cells for row in rows)
        return text.getvalue().encode()

    return render


# ── the formats ───────────────────────────────────────────────────────────────────────────────

_PLURAL = frozenset(
    ["programs", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth"]
)


def csl_csv_document(data: bytes, found: sl.SanctionsList[sl.Entity]) -> TableDocument:
    """The Consolidated Screening List as CSV; `found` is what was read of it."""
    header, lines = _read(data, ",")
    owners = _owners(found)
    kind, source = header.index("type"), header.index("source")

    def pieces(row: TableRow, column: str, cell: str) -> Iterator[Piece]:
        if column in _PLURAL:
            yield from _split(cell, "; ")
        elif column == "addresses":
            for address in _split(cell, "; "):
                yield from _split(cell, ", ", address.start, address.end)
        elif column == "ids":
            for item in _split(cell, "; "):
                yield from _pieces_of_id(cell, item)
        else:
            yield _whole(cell)

    return TableDocument(
        [
            TableRow(
                member="",
                cells=cells,
                owners=owners[line],
                about=(cells[kind], "Treasury" in cells[source]),
            )
            for line, cells in lines
            if line in owners
        ],
        {"": header},
        render=_writer(header, ","),
        pieces=pieces,
        key_columns=frozenset({"_id", "entity_number", "name", "type"}),
    )


def _pieces_of_id(cell: str, item: Piece) -> Iterator[Piece]:
    """The values of an item of `ids`: what stands before the longest label."""
    parts = list(_split(cell, ", ", item.start, item.end))
    label, values = "", parts
    for at in range(1, len(parts)):
        text = cell[parts[at].start : item.end]
        if ofac_label(text) is not None or at == len(parts) - 1:
            label, values = text, parts[:at]
            break
    for at, part in enumerate(values):
        yield attrs.evolve(part, label=label, surroundings=(at, len(values)))


def denied_document(data: bytes, found: sl.SanctionsList[sl.Entity]) -> TableDocument:
    """The Denied Persons List; `found` is what was read of it."""
    header, lines = _read(data, "\t")
    owners = _owners(found)
    update = header.index("Last_Update")
    return TableDocument(
        [
            TableRow(member="", cells=cells, owners=owners[line], about=bool(cells[update]))
            for line, cells in lines
            if line in owners
        ],
        {"": header},
        render=_writer(header, "\t"),
        pieces=lambda _row, _column, cell: [_whole(cell)],
        key_columns=frozenset({"Name", "Effective_Date"}),
    )


_ONE_VALUE = frozenset(
    [
        "id",
        "name",
        "kind",
        "gender",
        "authority",
        "list_name",
        "listed",
        "expires",
        "reason",
        "remarks",
    ]
)


def own_csv_document(data: bytes, list_id: str) -> TableDocument:
    """A list of one's own, in our template."""
    header, lines = _read(data, ",")
    key, kind = header.index("id"), header.index("kind")
    return TableDocument(
        [
            TableRow(
                member="",
                cells=cells,
                owners=frozenset({f"{list_id}:{cells[key]}"}),
                about=cells[kind],
            )
            for _, cells in lines
        ],
        {"": header},
        render=_writer(header, ","),
        pieces=lambda _, column, cell: (
            [_whole(cell)] if column in _ONE_VALUE else _split(cell, "|")
        ),
        is_whole=True,
    )


_FLAT = {
    "SDN": "ent_num SDN_Name SDN_Type Program Title Call_Sign Vess_type Tonnage GRT Vess_flag "
    "Vess_owner Remarks",
    "ADD": "Ent_num|Add_num|Address|City/State/Province/Postal Code|Country|Add_remarks",
    "ALT": "ent_num alt_num alt_type alt_name alt_remarks",
    "COMMENTS": "ent_num Remarks",
}
_COLUMNS = {
    member: tuple(text.split("|" if "|" in text else " ")) for member, text in _FLAT.items()
}
_LIMIT = 1000
_REMARKS = frozenset({"remarks"})
_KEPT_AS_TEXT = (SegmentKind.NOTE, SegmentKind.TITLE)


def flat_document(files: Sequence[bytes], list_id: str) -> TableDocument:
    """OFAC's flat files: SDN, ADD, ALT and COMMENTS, in this order."""
    tables = {
        member: list(csv.reader(io.StringIO(data.decode().rstrip("\x1a"), newline="")))
        for member, data in zip(_COLUMNS, files, strict=True)
    }
    comments = {cells[0].strip(): cells[1] for cells in tables["COMMENTS"] if cells}
    kinds = {cells[0].strip(): cells[2].strip() for cells in tables["SDN"] if cells}
    names = {cells[1].strip() for cells in tables["SDN"] if cells}
    rows = [
        TableRow(
            member=member,
            cells=cells,
            owners=frozenset({f"{list_id}:{cells[0].strip()}"}),
            about=(kinds.get(cells[0].strip(), "?"), member),
        )
        for member in _COLUMNS
        for cells in tables[member]
        if cells
    ]
    beginnings = {row.cells[0].strip(): row for row in rows if row.member == "SDN"}

    def pieces(row: TableRow, column: str, cell: str) -> Iterator[Piece]:
        key = row.cells[0].strip()
        if column == "Program":
            yield from _split(cell, "] [")
        elif column != "Remarks":
            is_empty = column == "Add_num" and all(one.strip() == "-0-" for one in row.cells[2:])
            yield attrs.evolve(_whole(cell), label="says nothing" if is_empty else "")
        else:
            first = beginnings[key].cells
            goes_on = len(first[-1]) == _LIMIT
            text = first[-1] + (comments.get(key, "") if goes_on else "")
            cut = len(first[-1])
            low, high = (0, cut) if row.member == "SDN" else (cut, len(text))
            title = "" if first[4].strip() == "-0-" else first[4].strip()
            for piece, start in _pieces_of_remarks(text, title, names):
                if low <= piece.start and piece.end <= high and (start < _LIMIT) == (low == 0):
                    yield attrs.evolve(piece, start=piece.start - low, end=piece.end - low)

    def render(kept: Sequence[TableRow]) -> list[bytes]:
        made: list[bytes] = []
        for member in _COLUMNS:
            lines = [",".join(map(_bare, row.cells)) for row in kept if row.member == member]
            if lines:  # which file an empty one is, its name alone would say
                made.append("".join(f"{line}\r\n" for line in lines).encode() + b"\x1a")
        return made

    return TableDocument(
        rows, _COLUMNS, render=render, pieces=pieces, nothing=frozenset({"", "-0-"})
    )


def _bare(cell: str) -> str:
    """A cell as OFAC prints it: numbers and what stands for nothing without quotes."""
    return cell if cell.strip() in ("", "-0-") or cell.isdecimal() else f'"{cell}"'


def _pieces_of_remarks(text: str, title: str, names: Set[str]) -> Iterator[tuple[Piece, int]]:
    """The values of each segment, with the place where the segment begins."""
    for one in segments(text, title=title, names=names):
        label = one.label
        if one.kind is not SegmentKind.LABELLED:
            label = one.kind.value
        elif one.known is not None and one.known.label:
            label = one.known.label
        besides = frozenset() if one.kind in _KEPT_AS_TEXT else _REMARKS
        begin, end = one.start, one.start + len(one.text)
        at = begin + len(one.label)
        about = (bool(one.country), bool(one.issued), bool(one.expires))
        for name in ("value", "country", "issued", "expires"):
            value = getattr(one, name)
            found = text.find(value, at, end) if value else -1
            if found >= 0:
                at = found + len(value)
                # What remarks say is found by its form, so that another code may be none.
                piece = Piece(
                    start=found,
                    end=at,
                    label=label,
                    surroundings=(name, about, one.is_alternative),
                    besides=besides,
                    options=(),
                )
                yield piece, begin
