"""Names tokenised, found and scored, with reasons; and customer records screened by them.

>>> import sanctionslib as sl
>>> for result in sl.sample().screen(["Rapid Action Batalion", "Jane Doe"]):
...     print(result.key, [hit.entity.name for hit in result.hits])
1 ['RAPID ACTION BATTALION']
2 []

Each name is imported when it is first used, so that reading a list does not wait for the word tables
and for rapidfuzz.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanctionslib.matching.methods import compare
    from sanctionslib.matching.screening import Screening

__all__ = ["Screening", "compare"]

_MODULES = {"Screening": "screening", "compare": "methods"}
"""Which module each name lives in."""

if not TYPE_CHECKING:
    # Hidden from type checkers, to which any name would seem to exist otherwise.

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = value
        return value
