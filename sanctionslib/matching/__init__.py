"""Names that come near: normalised, found, scored, explained; and records screened by them.

Each name is imported when it is first used, so that reading a list does not wait for the tables and
for what compares letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanctionslib.matching.comparing import compare
    from sanctionslib.matching.screen import Screening

__all__ = ["Screening", "compare"]

_MODULES = {"Screening": "screen", "compare": "comparing"}
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
