"""Identifier: the form in which numbers are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.model import Identifier, IdentifierKind, identifier_key

IMO, WALLET = IdentifierKind.IMO, IdentifierKind.DIGITAL_CURRENCY


@pytest.mark.parametrize(
    ("value", "kind", "key"),
    [
        ("IMO 9187629", IMO, "9187629"),
        ("imo9187629", IMO, "9187629"),
        ("9187629", IMO, "9187629"),
        ("IMO 5993381", IdentifierKind.REGISTRATION, "5993381"),
        ("IMO 9187629", None, "9187629"),
        ("IMOGEN 5", None, "IMOGEN5"),
        ("eu.35.79", IdentifierKind.EU_REFERENCE, "EU.35.79"),
        ("９１８７６２９", IMO, "9187629"),
        ("SABRRUMMXXX", IdentifierKind.BIC, "SABRRUMM"),
        ("SABRRUMM", IdentifierKind.BIC, "SABRRUMM"),
        ("SABRRUMMNA1", IdentifierKind.BIC, "SABRRUMMNA1"),
        (
            "0x7F367cC41522cE07553e823bf3be79A889DEbe1B",
            WALLET,
            "0x7f367cc41522ce07553e823bf3be79a889debe1b",
        ),
        (
            "BC1QW4CXPE6SXA5DG6SDWQXA7P0YVTTJ6MCWVY7X8",
            WALLET,
            "bc1qw4cxpe6sxa5dg6sdwqxa7p0yvttj6mcwvy7x8",
        ),
        ("a 12-34/567.x", IdentifierKind.PASSPORT, "A1234567X"),
        ("№ 12 АБ", IdentifierKind.PASSPORT, "12АБ"),
        (" 1A1zP1eP-x ", WALLET, "1A1zP1eP-x"),
        ("--", IdentifierKind.TAX, ""),
        ("", None, ""),
    ],
)
def test_key(value: str, kind: IdentifierKind | None, key: str) -> None:
    """Letters and digits in upper case, without "IMO"; most wallet addresses stay as printed."""
    assert identifier_key(value, kind) == key
    assert Identifier(value=value, kind=kind).key == key


@given(st.text("Aa1- ./b", max_size=12), st.sampled_from([IdentifierKind.TAX, IMO, None]))
def test_key_does_not_see_case_blanks_and_marks(value: str, kind: IdentifierKind | None) -> None:
    """Spelling a number with blanks, marks or in the other case gives the same key."""
    key = identifier_key(value, kind)
    assert identifier_key(value.swapcase(), kind) == key
    assert identifier_key("-".join(value), kind) == key
    assert identifier_key(key, kind) == key


@given(st.text(min_size=1, max_size=12).map(str.strip))
def test_key_of_a_wallet_address_sees_all(value: str) -> None:
    """Two wallet addresses that differ in any letter or case have two keys."""
    assert identifier_key(value, WALLET) == value
    assert (identifier_key(value.swapcase(), WALLET) == value) == (value.swapcase() == value)


def test_an_identifier_prints_as_its_value() -> None:
    """The number is shown as it is printed in the list, prefix included."""
    assert str(Identifier(value="IMO 9187629", kind=IMO)) == "IMO 9187629"
