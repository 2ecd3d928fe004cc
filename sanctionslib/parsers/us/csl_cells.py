"""Cells with several values in the Consolidated Screening List's CSV → the structure of the JSON."""

from __future__ import annotations

import re

from sanctionslib.reference import countries, country_at_end, ofac_label

__all__ = ["addresses", "ids", "several"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Parts = dict[str, str]
"""Parts of an address or of an id, by the names of the JSON, without empty ones."""


def several(text: str) -> list[str]:
    """Texts joined by "; "."""
    return [one for each in text.split("; ") if (one := each.strip())]


def addresses(text: str) -> list[Parts]:
    """Addresses joined by "; "."""
    return [_address(one) for one in several(text)]


def _address(text: str) -> Parts:
    """An address of the CSV; its country is separated where the text ends with one.

    Only the country can be separated: streets have commas too. A last word that could be a US state
    as well ("CA") is a country: the file ends addresses with the country's code, and those without
    country with a postal code.

    >>> _address("Suite 1, Moscow, 105187, RU")
    {'address': 'Suite 1, Moscow, 105187', 'country': 'RU'}
    """
    before, _, last = text.rpartition(", ")
    if last not in countries or len(last) != 2:
        named = country_at_end(text)
        last = named.raw if named is not None else ""
        before = text.removesuffix(last).rstrip()
        if not last or (before and not before.endswith(",")):
            return {"address": text}
        before = before.removesuffix(",").rstrip()
    return {"address": before, "country": last} if before else {"country": last}


def ids(text: str) -> list[Parts]:
    """The items of the CSV's `ids`: "country, expiration, issue, number, type", gaps closed up.

    The type is the last piece, for no label of OFAC's has a comma. Of a document with one date
    nothing says which of the two it is.

    >>> ids("IT, 2012-10-30, AO 2879097, Passport; Male, Gender")
    [{'type': 'Passport', 'country': 'IT', 'note': 'issued or expires: 2012-10-30', \
'number': 'AO 2879097'}, {'type': 'Gender', 'number': 'Male'}]
    """
    return [_item(one) for one in several(text)]


def _item(text: str) -> Parts:
    number, _, label = text.rpartition(", ")
    if not number:
        return {"number": text}
    item, rest = {"type": label}, number.split(", ")
    known = ofac_label(label)
    if known is not None and known.is_document:
        if len(rest) > 1 and len(rest[0]) == 2 and rest[0] in countries:
            item["country"] = rest.pop(0)
        dates: list[str] = []
        while len(rest) > 1 and len(dates) < 2 and _DAY.fullmatch(rest[0]):
            dates.append(rest.pop(0))
        if len(dates) == 2:
            item["expiration_date"], item["issue_date"] = dates
        elif dates:
            item["note"] = f"issued or expires: {dates[0]}"
    item["number"] = ", ".join(rest)
    return item
