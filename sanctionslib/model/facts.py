"""Fact: what a format can state, so that "none" is never the answer about what it cannot."""

from __future__ import annotations

import enum


class Fact(enum.Enum):
    """One kind of fact. Every parser declares which of these its format states."""

    KIND = "kind"
    NAME_PARTS = "name parts"
    ALIAS_STRENGTH = "alias strength"
    ORIGINAL_SCRIPT = "names in their original script"
    COUNTRY = "country of any sort"
    """Any of those below that are countries: what `where(country=…)` asks for."""
    BIRTH_DATE = "birth date"
    BIRTH_PLACE = "birth place"
    NATIONALITY = "nationality"
    CITIZENSHIP = "citizenship"
    GENDER = "gender"
    TITLE = "title or position"
    ADDRESS = "address"
    IDENTIFIER = "identifier"
    FLAG = "flag"
    REGISTRATION = "country of registration"
    RELATION = "relation"
    AUTHORITY = "authority"
    LIST = "list"
    PROGRAM = "program"
    LEGAL_BASIS = "legal basis"
    MEASURE = "measure"
    LISTING_DATE = "listing date"
    DELISTING_DATE = "delisting date"
    REASON = "reason"


COUNTRY_PARTS = (
    Fact.NATIONALITY,
    Fact.CITIZENSHIP,
    Fact.ADDRESS,
    Fact.BIRTH_PLACE,
    Fact.FLAG,
    Fact.REGISTRATION,
)
"""What `Fact.COUNTRY` is made of."""
