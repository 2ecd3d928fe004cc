"""Which of OFAC's two lists a file belongs to: only the enhanced format states it."""

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
"""Programs that have their own list beside the SDN List: every party of the non-SDN file has
one."""

_ELSEWHERE = "Treasury gives it in the ENHANCED and ADVANCED XML files of the same day"
ALTERNATIVE_SOURCES = {
    Fact.LIST: f"{_ELSEWHERE}; what the program tags suggest is shown as inferred",
    Fact.LISTING_DATE: f"{_ELSEWHERE}; comparing the editions of two days narrows it down",
    Fact.DELISTING_DATE: "the first edition without the party, and Treasury's delta files",
    Fact.LEGAL_BASIS: f"{_ELSEWHERE}; what each program rests on is in our reference table",
    Fact.MEASURE: f"{_ELSEWHERE}; what each program implies is in our reference table",
    Fact.REASON: "Treasury's press release and recent actions of the day",
    Fact.ORIGINAL_SCRIPT: _ELSEWHERE,
}
"""Where to find the facts that neither the classic XML nor the CSV states."""

_CONS_NAME = re.compile(r"(?<![a-z])cons(?:olidated)?(?![a-z])", re.IGNORECASE)
_SDN_NAME = re.compile(r"(?<![a-z])sdn", re.IGNORECASE)
_FEW = 20
"""So few entries of the SDN file can all have such a program by chance."""


def list_of_name(*names: str) -> str | None:
    """The list that the file names of an edition suggest; None where they suggest none."""
    found: set[str] = set()
    for name in names:
        if _CONS_NAME.search(name):
            found.add("us_ofac_cons")
        elif _SDN_NAME.search(name):
            found.add("us_ofac_sdn")
    return found.pop() if len(found) == 1 else None


def fitting_list(
    stated_list: str | None, candidates: Sequence[str], by: str, audit: AuditBuilder
) -> str:
    """The stated list, or the only one that the file can belong to.

    Args:
        stated_list: The list that the caller states, or the file name.
        candidates: The lists that the file can belong to; none where its entries fit no list.
        by: The property of the parties that decides.
        audit: Has the file.

    Raises:
        InvalidInputError: It is another list, or it could be either and none is stated.
    """
    fits = (
        candidates
        if stated_list is None
        else [stated_list]
        if stated_list in candidates or not candidates
        else []
    )
    if len(fits) == 1:
        return fits[0]
    hint = (
        "" if stated_list is None else f", not {stated_list}, as the file name or the caller states"
    )
    raise InvalidInputError(
        f"by the {by} of its parties this file is {' or '.join(candidates) or 'no list'}{hint}",
        where=audit.where(),
        hints=(Hint("pass {}", "list_id", ("us_ofac_sdn", "us_ofac_cons")),),
    )


def check_list(reading: Reading, options: Options) -> None:
    """Refuse a file whose programs contradict its list: the caller's, the file name's, or the SDN List.

    A caller who reads a file is trusted; see `Options.verifies_list`.
    """
    if options.list_id is not None and not options.verifies_list:
        return
    stated_list = options.list_id or list_of_name(*reading.edition.members)
    # Every party of the non-SDN file has such a tag; in the SDN file few have.
    own = sum(not OWN_LIST_TAGS.isdisjoint(one.programs) for one in reading.entities)
    is_cons = own * 2 >= len(reading.entities)
    candidates = ["us_ofac_cons"] if is_cons else []
    if stated_list is None or not is_cons or len(reading.entities) < _FEW:
        candidates.append("us_ofac_sdn")  # the default, where no list is stated
    fitting_list(stated_list, candidates, "programs", reading.audit)
