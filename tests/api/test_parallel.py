"""Several lists at once: the errors of all, also of those that say nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

import sanctionslib as sl
from sanctionslib.api._parallel import in_parallel
from sanctionslib.parsers import Progress


class CancelledError(Exception):
    """Raised by a callback, without a word."""


def failing(error: Exception | type[Exception]) -> Callable[[Progress], None]:
    """A task that raises this."""

    def task(_: Progress) -> None:
        raise error

    return task


@pytest.mark.parametrize(
    ("other", "hint"),
    [
        (failing(CancelledError), "try later; beside one, other failed too: CancelledError"),
        (lambda _: None, "try later"),
    ],
)
def test_the_first_error_names_the_others(other: Callable[[Progress], None], hint: str) -> None:
    """One without words by its class; where there is no other, it stays as it is."""
    first = failing(sl.FetchError("SDN.XML cannot be fetched", hint="try later"))
    with pytest.raises(sl.FetchError) as caught:
        in_parallel({"one": first, "other": other}, None, in_turn=False)
    assert caught.value.hint == hint


def test_what_a_callback_raises_is_raised_as_it_is() -> None:
    other = failing(sl.FetchError("CONSOLIDATED.XML cannot be fetched", hint="try later"))
    with pytest.raises(CancelledError):
        in_parallel({"one": failing(CancelledError), "other": other}, None, in_turn=False)


def test_bytes_of_several_lists_are_counted_together() -> None:
    """How many there are in all is known once it is of each list that is downloaded."""
    seen: list[tuple[int, int]] = []
    both = threading.Barrier(2)

    def one(report: Progress) -> None:
        report(0, 0)
        both.wait()
        both.wait()
        report(10, 100)
        both.wait()
        both.wait()
        report(20, 100)

    def other(report: Progress) -> None:
        both.wait()
        report(0, 0)
        both.wait()
        both.wait()
        report(5, 50)
        both.wait()

    tasks: dict[str, Callable[[Progress], None]] = {
        "held": lambda _: None,
        "one": one,
        "other": other,
    }
    in_parallel(tasks, lambda *each: seen.append(each), in_turn=False)
    assert seen == [(0, 0), (0, 0), (10, 0), (15, 150), (25, 150)]


@pytest.mark.parametrize("lists", [("a",), ("a", "b")])
def test_one_list_and_lists_in_turn_are_asked_for_in_this_thread(lists: tuple[str, ...]) -> None:
    tasks = {one: lambda _: threading.get_ident() for one in lists}
    here = threading.get_ident()
    assert in_parallel(tasks, None, in_turn=len(lists) > 1) == [here for _ in lists]
