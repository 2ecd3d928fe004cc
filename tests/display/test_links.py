"""Answers about links in print: ownership, counterparts, and parties that several lists have."""

from __future__ import annotations

import attrs
import pytest

import sanctionslib as sl
from sanctionslib import display
from sanctionslib.model import AliasStrength, Designation, Entity, Name, NameKind, Organization

from .builders import CSL, SDN, combined


@pytest.fixture
def both() -> sl.SanctionsList[Entity]:
    """Firms of one owner on two lists."""
    return combined()


def test_what_two_records_say_alike_is_told_once() -> None:
    """Names that a record above has are counted, and what our table adds to a program stands once."""
    aka = NameKind.AKA
    names = ("EXAMPLE BANK", "EXAMPLE BANK PAO", "EXAMPLE BANK OAO")
    weak = Name(text="EX BANK", kind=aka, strength=AliasStrength.WEAK)
    said = (Designation(programs=("GLOMAG",)), Designation(programs=("GLOMAG",)))
    first = Organization(
        id="us_ofac_sdn:1",
        names=(*(Name(text=one, kind=aka) for one in names), weak),
        designations=said[:1],
        edition=SDN,
    )
    other = attrs.evolve(
        first,
        id="us_trade_csl:1",
        id_space="ofac",
        names=(*first.names, Name(text="EXAMPLE BANK LLC", kind=aka)),
        designations=said,
        edition=CSL,
    )
    both = sl.combine(sl.SanctionsList([first], SDN), sl.SanctionsList([other], CSL))
    text = display.to_text(both.why("us_ofac_sdn:1"))
    assert text.count("a.k.a.: EXAMPLE BANK PAO") == text.count("a.k.a.: EXAMPLE BANK OAO") == 1
    assert text.count("2 further names, each also in an entry above") == 1
    assert "a.k.a.: EXAMPLE BANK LLC" in text
    # A weak alias is marked in each record that has it.
    assert text.count("EX BANK [WEAK]") == 2
    assert text.count("Program       GLOMAG: Global Magnitsky") == 3
    assert text.count("Executive Order 13818 [of the program, not stated]") == 1
