"""The named lists of US authorities, and those of OFAC's that a program tag or labels suggest.

The classic CONSOLIDATED file and the CSV of the non-SDN lists do not state the list of a party.
Tags and labels suggest it, with a reason: that is shown as inferred and never stored. Sources: the
eight ENTITY LISTING TYPE values of 28 August 2024; the suggestions were counted in CONS_ENHANCED of
10 January 2025 (which states the lists of its 443 parties) and in trade.gov's list of May 2022,
whose words for its thirteen lists are in `named_lists.tsv`, together with the meaning of the lists
of Commerce and State.

Peculiarities: "Consolidated List" is a wrapper around all non-SDN parties, not a list. The
Menu-Based Sanctions List shares its tags with the SDN List, so only labels suggest it, and a party
that is blocked later keeps them. The labels of Directive 2 under Executive Order 14024 suggest
nothing: in 2022 they meant the CAPTA List, but in January 2025 none of the 14 parties with them was
on it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import attrs

from sanctionslib.reference.label import ofac_label
from sanctionslib.reference.tables import Table, rows

__all__ = ["CslList", "NamedList", "csl_lists", "lists_suggested_by", "named_lists"]


@attrs.frozen(kw_only=True)
class NamedList:
    """One of the named lists."""

    name: str
    """The name in its publisher's files, as in `Listing.list_name`."""
    code: str
    """The short name: SDN, NS-PLC, FSE, SSI, CAPTA, NS-MBS, NS-CMIC; CONS for the wrapper; EL, DPL,
    UVL, MEU (Commerce), ISN, DTC (State)."""
    ref_id: str
    """OFAC's number of it; "" for other publishers' lists."""
    what: str
    """The meaning of being on it, in one line."""
    authority: str
    """Code of the authority that keeps it."""
    is_wrapper: bool = False
    """True for "Consolidated List", which is a wrapper around lists."""


@attrs.frozen(kw_only=True)
class CslList:
    """One of the lists in trade.gov's Consolidated Screening List."""

    source: str
    """trade.gov's words for it: "Entity List (EL) - Bureau of Industry and Security"."""
    code: str
    """The code in brackets there."""
    named: NamedList
    """The named list."""
    is_expected: bool
    """Whether a complete file must have entries of it; two lists are so short that they may be
    empty."""


@functools.cache
def _by_name() -> Mapping[str, NamedList]:
    return {
        row["name"]: NamedList(
            name=row["name"],
            code=row["code"],
            ref_id=row["ref_id"],
            what=row["what"],
            authority=row["authority"],
            is_wrapper=row["wrapper"] == "yes",
        )
        for row in rows("named_lists.tsv")
    }


@functools.cache
def _by_code() -> Mapping[str, NamedList]:
    return {each.code: each for each in _by_name().values()}


named_lists = Table("a named list", _by_name, _by_code)
"""Named lists by name or short code; iteration and length count names."""


@functools.cache
def csl_lists() -> tuple[CslList, ...]:
    """The lists in trade.gov's Consolidated Screening List.

    >>> from sanctionslib.reference import csl_lists
    >>> [each.named.name for each in csl_lists() if each.code == "EL"]
    ['Entity List']
    """
    return tuple(
        CslList(
            source=row["csl_source"],
            code=row["csl_code"],
            named=named_lists[row["name"]],
            is_expected=row["csl_expected"] == "yes",
        )
        for row in rows("named_lists.tsv")
        if row["csl_source"]
    )


@functools.cache
def _suggestions() -> tuple[tuple[str, str, frozenset[str], str], ...]:
    """List, tag, labels, reason: the tag (if any) and one of the labels (if any) suggest the list."""
    return tuple(
        (row["list_name"], row["program"], _labels(row["labels"]), row["reason"])
        for row in rows("ofac_list_suggestions.tsv")
    )


def _labels(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split("|")))


def lists_suggested_by(program: str, features: Iterable[str]) -> tuple[tuple[NamedList, str], ...]:
    """The lists that a tag, or the labels of a party's features, suggest.

    An inference for explanations: it is never stored, and does not exclude other lists.

    Args:
        program: One program tag of the party.
        features: The labels of all its features.

    Returns:
        Each list once, with the reasons in words.

    >>> from sanctionslib.reference import lists_suggested_by
    >>> for named, reason in lists_suggested_by("NS-PLC", []):
    ...     print(named.code, "-", reason)
    NS-PLC - the tag NS-PLC is used on this list alone (OFAC)
    >>> lists_suggested_by("UKRAINE-EO13662", [])
    ()
    """
    stated = {known.label if (known := ofac_label(text)) else text for text in features}
    found: dict[str, list[str]] = {}
    for name, tag, labels, reason in _suggestions():
        if tag in ("", program) and (not labels or labels & stated):
            found.setdefault(name, []).append(reason)
    return tuple((named_lists[name], "; ".join(reasons)) for name, reasons in found.items())
