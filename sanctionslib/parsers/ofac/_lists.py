"""Which of OFAC's two lists a file is of, where nothing inside says so: the classic XML, the CSV."""

from __future__ import annotations

from collections.abc import Collection

from sanctionslib.errors import InvalidInputError
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
WAYS_OUT = (
    (Fact.LIST, f"{_ELSEWHERE}; what the program tags suggest is shown as inferred"),
    (Fact.LISTING_DATE, f"{_ELSEWHERE}; comparing the editions of two days narrows it down"),
    (Fact.DELISTING_DATE, "the first edition without the party, and Treasury's delta files"),
    (Fact.LEGAL_BASIS, f"{_ELSEWHERE}; what each program rests on is in our reference table"),
    (Fact.MEASURE, f"{_ELSEWHERE}; what each program implies is in our reference table"),
    (Fact.REASON, "Treasury's press release and recent actions of the day"),
    (Fact.ORIGINAL_SCRIPT, _ELSEWHERE),
)
"""Where the facts can be found that neither the classic XML nor the CSV states."""

_SAY = "say list_id='us_ofac_sdn' or list_id='us_ofac_cons'"


def told_by(options: Options) -> str:
    """Who said which list it is."""
    return "by its name" if options.list_id is None else "as you say"


def list_of_programs(programs: Collection[str] | None, files: str, audit: AuditBuilder) -> str:
    """The list, by the programs of the first entry (None where there is no entry).

    Raises:
        InvalidInputError: It could be either.
    """
    if programs is None or not OWN_LIST_TAGS.isdisjoint(programs):
        raise InvalidInputError(
            f"nothing in this file says whether it is {files}: both look the same inside",
            where=audit.where(),
            hint=_SAY,
        )
    return "us_ofac_sdn"


def check_list(reading: Reading, options: Options) -> None:
    """Refuse a file whose entries are not of the list that its name says, or the caller.

    A caller who reads a file knows best; see `Options.doubts_list`.

    Raises:
        InvalidInputError: They are of the other one.
    """
    audit, list_id = reading.audit, reading.edition.list_id
    if options.list_id is not None and not options.doubts_list:
        return
    # Every party of the non-SDN file has such a tag; in the SDN file few have.
    own = sum(not OWN_LIST_TAGS.isdisjoint(one.programs) for one in reading.entities)
    looks_like_sdn, is_sdn = own * 2 < audit.read, list_id == "us_ofac_sdn"
    if audit.read and looks_like_sdn != is_sdn and (audit.read >= 20 or not is_sdn):
        by = "by its name or its first entry" if options.list_id is None else "as you say"
        raise InvalidInputError(
            f"{by} this is {list_id}, but {own:,} of its {audit.read:,} entries have a program of "
            "a list other than the SDN List",
            where=audit.where(),
            hint=_SAY,
        )
