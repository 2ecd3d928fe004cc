"""Which of OFAC's two lists a file is of: nothing inside says so in all formats but the enhanced."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sanctionslib.errors import Hint, InvalidInputError
from sanctionslib.model import Fact
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.entry import Reading
from sanctionslib.parsers._engine.format import Options

OWN_LIST_TAGS = frozenset(
    {
        "NS-PLC",
        "FSE-IR",
        "FSE-SY",
        "561-Related",
        "561List",
        "NS-ISA",
        "UKRAINE-EO13662",
        "CMIC-EO13959",
        "RUSSIA-EO14024",
        "CAATSA - RUSSIA",
        "BURMA-EO14014",
        "ILLICIT-DRUGS-EO14059",
        "HKAA",
        "IRAN",  # the E.O. 13599 list, dissolved on 5 November 2018
    }
)
"""Programs with lists of their own beside the SDN List: every party of the non-SDN file has one."""

_ELSEWHERE = "Treasury gives it in the ENHANCED and ADVANCED XML files of the same day"
WAYS_OUT = {
    Fact.LIST: f"{_ELSEWHERE}; what the program tags suggest is shown as inferred",
    Fact.LISTING_DATE: f"{_ELSEWHERE}; comparing the editions of two days narrows it down",
    Fact.DELISTING_DATE: "the first edition without the party, and Treasury's delta files",
    Fact.LEGAL_BASIS: f"{_ELSEWHERE}; what each program rests on is in our reference table",
    Fact.MEASURE: f"{_ELSEWHERE}; what each program implies is in our reference table",
    Fact.REASON: "Treasury's press release and recent actions of the day",
    Fact.ORIGINAL_SCRIPT: _ELSEWHERE,
}
"""Where the facts can be found that neither the classic XML nor the CSV states."""

_CONS_NAME = re.compile(r"(?<![a-z])cons(?:olidated)?(?![a-z])", re.IGNORECASE)
_SDN_NAME = re.compile(r"(?<![a-z])sdn", re.IGNORECASE)
_FEW = 20
"""So few entries of the SDN file can be parties with a list of their own by chance."""


def list_of_name(*names: str) -> str | None:
    """The list that the names of the files of an edition speak of; None where they speak of none."""
    found: set[str] = set()
    for name in names:
        if _CONS_NAME.search(name):
            found.add("us_ofac_cons")
        elif _SDN_NAME.search(name):
            found.add("us_ofac_sdn")
    return found.pop() if len(found) == 1 else None


def fitting_list(said: str | None, able: Sequence[str], by: str, audit: AuditBuilder) -> str:
    """The list that is said, or else the only one that a file can be of.

    Args:
        said: The list that the caller says, or the file name.
        able: Those that the file can be of; none where its entries are of no one list.
        by: What of the parties tells that.
        audit: Knows the file.

    Raises:
        InvalidInputError: It is another one, or could be either and nobody says which.
    """
    fits = able if said is None else [said] if said in able or not able else []
    if len(fits) == 1:
        return fits[0]
    told = "" if said is None else f", and not {said}, as its name or the caller says"
    raise InvalidInputError(
        f"by the {by} of its parties this file is {' or '.join(able) or 'of no list'}{told}",
        where=audit.where(),
        hints=(Hint("say {}", "list_id", ("us_ofac_sdn", "us_ofac_cons")),),
    )


def check_list(reading: Reading, options: Options) -> None:
    """Refuse a file that is not of the list that the caller says, or its name, or else the SDN List.

    The programs of its entries tell that. A caller who reads a file knows best; see
    `Options.doubts_list`.
    """
    if options.list_id is not None and not options.doubts_list:
        return
    said = options.list_id or list_of_name(*reading.edition.members)
    # Every party of the non-SDN file has such a tag; in the SDN file few have.
    own = sum(not OWN_LIST_TAGS.isdisjoint(one.programs) for one in reading.entities)
    is_cons = own * 2 >= len(reading.entities)
    able = ["us_ofac_cons"] if is_cons else []
    if said is None or not is_cons or len(reading.entities) < _FEW:
        able.append("us_ofac_sdn")  # where nobody says it, it was read as this
    fitting_list(said, able, "programs", reading.audit)
