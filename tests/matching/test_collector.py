"""Python's search for unused objects is put off, and always taken up again."""

import gc

import pytest

from sanctionslib.matching._collector import paused


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
    """Whoever turned it off, or another index that is built at the same time, turns it on."""
    gc.disable()
    try:
        with paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
