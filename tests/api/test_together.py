"""Several lists at once: the errors of all, also of those that say nothing."""

from __future__ import annotations

import pytest

import sanctionslib as sl
from sanctionslib.api._together import Together


class CancelledError(Exception):
    """Raised by a callback, without a word."""


def test_an_error_without_words_is_told_by_its_name() -> None:
    def get(list_id: str) -> None:
        if list_id == "us_ofac_sdn":
            raise sl.FetchError("SDN.XML cannot be fetched", hint="try again later")
        raise CancelledError

    with pytest.raises(sl.FetchError) as caught:
        Together(("us_ofac_sdn", "us_ofac_cons"), None).each(get)
    assert caught.value.hint == (
        "try again later. Beside us_ofac_sdn, us_ofac_cons failed too: CancelledError"
    )


def test_an_error_that_is_alone_speaks_for_itself() -> None:
    def get(list_id: str) -> str:
        if list_id == "us_ofac_sdn":
            raise sl.FetchError("SDN.XML cannot be fetched", hint="try again later")
        return list_id

    with pytest.raises(sl.FetchError) as caught:
        Together(("us_ofac_sdn", "us_ofac_cons"), None).each(get)
    assert caught.value.hint == "try again later"


def test_bytes_of_several_lists_are_counted_together() -> None:
    """How many there are in all is known once it is of each of them."""
    told: list[tuple[int, int]] = []
    together = Together(("us_ofac_sdn", "us_ofac_cons"), lambda *each: told.append(each))
    one, other = together.of_one(), together.of_one()
    assert one is not None
    assert other is not None
    one(10, 100)
    other(5, 50)
    one(20, 100)
    assert told == [(10, 0), (15, 150), (25, 150)]
