"""Python's search for unused objects, put off while a list or an index is made."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

__all__ = ["paused"]


@contextmanager
def paused() -> Generator[None]:
    """Look for no unused objects meanwhile, if that is on.

    A list and its index are made of hundreds of thousands of objects, of which none is unused. Each
    time their number grows by a quarter, Python would look at all of them: a fifth to a quarter of
    the time that an index takes, a tenth of that of a list. Nor afterwards, since all of it is young:
    it is made old by freezing and thawing it, unless somebody else has frozen something, which stays
    so.
    """
    if not gc.isenabled():  # by whoever else wants so, or another thread that does the same
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        gc.enable()
