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
