"""Several lists at once: the errors of all, also of those that say nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

import sanctionslib as sl
from sanctionslib.api._parallel import for_each
from sanctionslib.parsers import Progress

TWO = ("us_ofac_sdn", "us_ofac_cons")


class CancelledError(Exception):
    """Raised by a callback, without a word."""


@pytest.mark.parametrize(
    ("other", "hint"),
    [
        (CancelledError, "try later. Beside us_ofac_sdn, us_ofac_cons failed too: CancelledError"),
        (None, "try later"),
    ],
)
def test_the_first_error_names_the_others(other: type[Exception] | None, hint: str) -> None:
    """One without words by its class; where there is no other, it stays as it is."""

    def get(list_id: str, _: object) -> None:
        if list_id == "us_ofac_sdn":
            raise sl.FetchError("SDN.XML cannot be fetched", hint="try later")
        if other is not None:
            raise other

    with pytest.raises(sl.FetchError) as caught:
        for_each(TWO, get, None, in_turn=False)
    assert caught.value.hint == hint


def test_what_a_callback_raises_is_raised_as_it_is() -> None:
    def get(list_id: str, _: object) -> None:
        if list_id == "us_ofac_sdn":
            raise CancelledError
        raise sl.FetchError("CONSOLIDATED.XML cannot be fetched", hint="try later")

    with pytest.raises(CancelledError):
        for_each(TWO, get, None, in_turn=False)


def test_bytes_of_several_lists_are_counted_together() -> None:
    """How many there are in all is known once it is of each list that is downloaded."""
    told: list[tuple[int, int]] = []
    both = threading.Barrier(2)

    def get(list_id: str, start: Callable[[], Progress]) -> None:
        if list_id == "held":  # nothing is downloaded
            return
        report = start()
        both.wait()
        if list_id == "one":
            report(10, 100)
            both.wait()
            both.wait()
            report(20, 100)
        else:
            both.wait()
            report(5, 50)
            both.wait()

    lists = ("held", "one", "other")
    for_each(lists, get, lambda *each: told.append(each), in_turn=False)
    assert told == [(10, 0), (15, 150), (25, 150)]


@pytest.mark.parametrize("lists", [("a",), ("a", "b")])
def test_one_list_and_lists_in_turn_are_asked_for_in_this_thread(lists: tuple[str, ...]) -> None:
    def get(list_id: str, _: object) -> tuple[str, int]:
        return list_id, threading.get_ident()

    here = threading.get_ident()
    found = for_each(lists, get, None, in_turn=len(lists) > 1)
    assert found == [(one, here) for one in lists]
