"""The garbage collector is paused, and always resumed."""

import gc

import pytest

from sanctionslib._collector import paused


def test_it_is_off_meanwhile():
    """And on again afterwards, also where the work fails."""
    assert gc.isenabled()
    with paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="fails"), paused():
        raise ValueError("fails")
    assert gc.isenabled()


def test_who_has_it_off_keeps_it_off():
    """The one who turned it off, or another index that is built at the same time, turns it on."""
    gc.disable()
    try:
        with paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_made_meanwhile_is_old() -> None:
    """So that it is not scanned at once; and objects that others froze stay frozen."""
    gc.unfreeze()  # whatever else this process has frozen before
    with paused():
        made: list[list[int]] = [[] for _ in range(10)]
    assert not any(one is made for one in gc.get_objects(generation=0))
    assert gc.get_freeze_count() == 0
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with paused():
            made = [[] for _ in range(10)]
        assert gc.get_freeze_count() > frozen // 2
        assert any(one is made for one in gc.get_objects(generation=0))
    finally:
        gc.unfreeze()
