"""trade.gov's Consolidated Screening List as CSV: thirteen lists of three departments → entities.

Documented by the International Trade Administration (developer.trade.gov) and by the source code of
its importers. What is odd about it:

* A row is a party on one list. Parties that Treasury has on several lists have a row for each, with
  the same key and the same facts: they are one entity with a designation for each row.
* `_id` is OFAC's uid for Treasury's rows, and else a hash of name, notice and dates: it changes when
  one of them does.
* A quarter of the rows, all of Commerce and State, do not say what kind of party it is.
* Several values of a column are joined by "; ", the parts of an address and of an id by ", ", empty
  parts left out: see `us_csl_entries`.
* It has neither date nor count. The rows are in the order of names, so that a file which ends before
  the last letters of the alphabet is known for a cut one; a list without any row is noticed too.
* `start_date` is "the effective date of the entity on the list as defined by the Federal Register
  Notice", and stated by Commerce's lists and State's Nonproliferation Sanctions alone.
* "?" stands where letters were lost before the file was made, mostly on the Entity List.
"""

from __future__ import annotations

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.errors import StructureChangedError, TruncatedError
from sanctionslib.model import Edition, Entity, IdStability, Origin
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._csv import CsvRows, Row, first_cells
from sanctionslib.parsers._edition import NameOrder, check_parts, date_said, marked, title_of
from sanctionslib.parsers._format import CodeFormat, Head, Options, Parsed
from sanctionslib.parsers._source import Source
from sanctionslib.parsers.us_csl_entries import CslRow, Entries, address_of_text, items_of_ids
from sanctionslib.parsers.us_csl_tables import (
    COLUMNS,
    LISTS,
    PLURAL,
    STATES,
    WAYS_OUT,
    classify,
)
from sanctionslib.reference import csl_lists

__all__ = ["FORMAT", "PUBLISHER", "CslFile"]

_NAME = COLUMNS.index("name")

PUBLISHER = "International Trade Administration, US Department of Commerce"


class CslFile:
    """One file while it is read, CSV or JSON: what all rows share, and what is asked at its end."""

    def __init__(self, source: Source, options: Options, format_name: str) -> None:
        self.options = options
        self.audit = AuditBuilder(source.name)
        self.audit.list_id = list_id = options.list_id or "us_trade_csl"
        title = title_of(list_id, LISTS, self.audit)
        published, dated_by = date_said(options)
        self.audit.edition = str(published or "")
        self.edition = Edition(
            list_id=list_id,
            id_stability=IdStability.EDITION,
            publisher=PUBLISHER,
            title=title,
            format=format_name,
            published=published,
            dated_by=dated_by,
            members=(source.name,),
            lists=tuple(each.named.name for each in csl_lists()),
            sha256=source.sha256,
            retrieved_at=options.retrieved_at,
            states=STATES,
            ways_out=WAYS_OUT,
        )
        self.entities: list[Entity] = []
        self.entries = Entries(self.edition, self.entities, self.audit)
        self.missing: list[str] = []
        """What the file shows to be missing, in words that follow "without"."""
        self.names = NameOrder()
        self._seen: set[int] = set()

    def row(self, row: CslRow, values: object) -> None:
        """One row.

        Args:
            row: Its values.
            values: All of them as one hashable value: no two rows have the same.
        """
        self.audit.read += 1
        if (fingerprint := hash(values)) in self._seen:
            self.audit.issue(
                IssueKind.DUPLICATE_ID,
                "the row occurs a second time, the same in all columns",
                entry=row.texts.get("_id") or row.texts.get("id") or "",
                path=row.origin.path,
                line=row.origin.line,
            )
        self._seen.add(fingerprint)
        self.entries.row(row)

    def finish(self) -> Parsed:
        """The result, if the file is whole."""
        self.entries.keys.finish()
        found = self.entries.found
        missing = [*self.missing, *self.names.missing()]
        missing += [
            f"any entry of the {each.named.name}"
            for each in csl_lists()
            if each.is_expected and each.named.name not in found
        ]
        check_parts(missing, self.options, self.audit)
        self.audit.built = len(self.entities)
        edition, entities = marked(self.edition, self.entities, self.audit, missing=missing)
        known = edition.lists or ()
        held = (*(one for one in known if one in found), *sorted(found.difference(known)))
        if held != known:
            edition = attrs.evolve(edition, lists=held)
            entities = tuple(attrs.evolve(one, edition=edition) for one in entities)
        return Parsed(
            entities=entities,
            editions=(edition,),
            audit=self.audit.finish((edition,), classify if self.options.records else None),
        )


def _recognise(head: Head) -> bool:
    cells = {cell.strip() for cell in first_cells(head.data)}
    return {"source", "entity_number", "federal_register_notice"} <= cells


def _parse(source: Source, options: Options) -> Parsed:
    file = CslFile(source, options, FORMAT.name)
    texts: dict[str, str] = {}
    with source.open(options.progress) as stream:
        rows = CsvRows(source, stream, columns=COLUMNS, any_width=options.partial)
        for row in rows:
            if row.cells[0] == COLUMNS[0]:
                raise StructureChangedError(
                    "the header stands a second time",
                    where=file.audit.where(line=row.line),
                    hint="the file is put together of two: read each by itself",
                )
            if rows.fits(row):
                file.names.add(row.cells[_NAME])
                file.row(_csl_row(rows, row, file, texts), row.cells)
                continue
            file.audit.read += 1
            file.audit.issue(
                IssueKind.REJECTED,
                f"the row has {len(row.cells)} cells where {len(COLUMNS)} are meant",
                line=row.line,
                record=rows.record(row),
            )
    if rows.ends_open and not options.partial:
        raise TruncatedError(
            "the last line has no end, so that more may have followed",
            where=file.audit.where(),
            hint="the download was cut: fetch the file again; partial=True reads it all the same",
        )
    if rows.ends_open:
        file.missing.append("what may have followed its last line")
    return file.finish()


def _csl_row(rows: CsvRows, row: Row, file: CslFile, shared: dict[str, str]) -> CslRow:
    texts: dict[str, str] = {}
    plural: dict[str, list[str]] = {}
    addresses: list[dict[str, str]] = []
    ids: list[dict[str, str]] = []
    share = shared.setdefault
    for column, cell in zip(COLUMNS, row.cells, strict=True):
        text = cell.strip()
        if not text:
            continue
        if column in PLURAL:
            plural[column] = [share(one, one) for each in text.split("; ") if (one := each.strip())]
        elif column == "addresses":
            addresses = [address_of_text(one) for each in text.split("; ") if (one := each.strip())]
        elif column == "ids":
            ids = items_of_ids(text)
        else:
            texts[column] = share(text, text)
    # A row without a name becomes no entity: then its record is all that is left of it.
    is_kept = "name" in texts
    record = rows.record(row, shared) if file.options.records or not is_kept else None
    if record is not None and is_kept:
        for path in record.paths:
            if path != "ids":
                file.audit.count(path)
        for item in ids:
            file.audit.count("ids", item.get("type", ""))
    return CslRow(
        texts=texts,
        plural=plural,
        addresses=addresses,
        ids=ids,
        odd=[],
        origin=Origin(member=file.edition.members[0], line=row.line),
        record=record,
    )


FORMAT = CodeFormat(
    name="us-csl-csv",
    title="Consolidated Screening List, CSV",
    files=("consolidated.csv",),
    recognises=_recognise,
    parses=lambda sources, options: _parse(sources[0], options),
    ends_anywhere=True,
)
