"""Several lists at once: the errors of all, also of those that say nothing."""

from __future__ import annotations

import threading

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
    one(10, 100)
    other(5, 50)
    one(20, 100)
    assert told == [(10, 0), (15, 150), (25, 150)]


def test_what_a_callback_raises_is_raised_as_it_is() -> None:
    def get(list_id: str) -> None:
        if list_id == "us_ofac_sdn":
            raise CancelledError
        raise sl.FetchError("CONSOLIDATED.XML cannot be fetched", hint="try again later")

    with pytest.raises(CancelledError):
        Together(("us_ofac_sdn", "us_ofac_cons"), None).each(get)


def test_one_list_and_lists_in_turn_are_asked_for_in_this_thread() -> None:
    def get(list_id: str) -> tuple[str, int]:
        return list_id, threading.get_ident()

    here = threading.get_ident()
    assert Together(("a",), None).each(get) == [("a", here)]
    assert Together(("a", "b"), None).each(get, in_turn=True) == [("a", here), ("b", here)]
