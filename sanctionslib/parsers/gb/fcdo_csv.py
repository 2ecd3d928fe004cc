"""The UK Sanctions List as CSV: `UK-Sanctions-List.csv` → entities, the same as from the XML.

Documented by the FCDO's format guide (gov.uk); its 58 columns are those of an official file of
October 2026, of which one row was available. Peculiarities, in addition to those of `fcdo_xml`:

* A designation has a row for each combination of its values, up to 3,780. Values that are equal in
  all rows count once.
* Above the header is "Report Date: 08-Oct-2026".
* The flags of the XML are missing: measures are only the words of `Sanctions Imposed`.
* Rows that exist for another value can lack a name, or the type of the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sanctionslib.model import Birth, Entity, EventKind, IdentifierKind, Measure, PartialDate
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import Group, many, parts, to
from sanctionslib.parsers.gb import _rules as rules
from sanctionslib.parsers.gb import _shared as shared

_TITLE = "Report Date:"


def _published(titles: Sequence[str]) -> date | None:
    """The day after "Report Date:", as DD-Mon-YYYY."""
    stated = next((one for one in titles if one.startswith(_TITLE)), "")
    return PartialDate.parse(stated.removeprefix(_TITLE).replace("-", " ").strip()).earliest


def _measures(text: str, entry: Entry) -> tuple[Measure, ...]:
    """The measures, joined by "|", each once."""
    words = dict.fromkeys(shared.by_bars(text, entry))
    return tuple([shared.measure(word, entry) for word in words])


_ENTRY = Group(
    make=Entity,
    rules={
        "Unique ID": to("id"),
        "Designation Type": to("kind", shared.KINDS, raw="raw_kind"),
        "*names": rules.names("Name {}", "Name type", "Alias strength"),
        "*originals": rules.originals(
            "Name non-latin script", "Non-latin script type", "Non-latin script language"
        ),
        "OFSI Group ID": to("identifiers", shared.group_id),
        "UN Reference Number": to("identifiers", shared.references),
        "Regime Name": to("programs", also=("legal_bases",)),
        "Designation source": to("sources", shared.by_bars),
        "Sanctions Imposed": to("measures", _measures),
        **rules.event("Date Designated", EventKind.DESIGNATED),
        **rules.event("Last Updated", EventKind.AMENDED),
        "UK Statement of Reasons": to("reason", shared.plain),
        "Other Information": to("remarks", shared.plain),
        "*addresses": rules.addresses("Address Line {}", "Address Postal Code", "Address Country"),
        "*passports": rules.documents(
            IdentifierKind.PASSPORT,
            "Passport number",
            "Passport number",
            "Passport additional information",
        ),
        "*national": rules.documents(
            IdentifierKind.NATIONAL_ID,
            "National Identifier number",
            "National Identifier number",
            "National Identifier additional information",
        ),
        "*births": many(
            "births", Birth, parts("place", shared.birth_place, "Town of birth", "Country of birth")
        ),
        **rules.VALUES,
    },
    finish=shared.designation,
)

FORMAT = RowsFormat(
    name="gb-fcdo-csv",
    title="UK Sanctions List, CSV",
    files=("UK-Sanctions-List.csv",),
    group=_ENTRY,
    columns=rules.columns(_ENTRY),
    known_by=frozenset({"Unique ID", "Designation source", "Sanctions Imposed"}),
    has_titles=True,
    published=_published,
    dated_at="Report Date",
    party=shared.party("Unique ID"),
    has_no_end_mark=True,
    alternative_sources=rules.ALTERNATIVE_SOURCES,
)
