"""The functions that people call first: the only place where catalog, archive, parsers and query meet.

Each is imported when it is first used, so that reading a file does not wait for what the archive
and the network need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanctionslib.api._history import changes, history, prune_archive, timeline, verify_archive
    from sanctionslib.api._load import accept, add_edition, fetch, lists, load
    from sanctionslib.api._read import Format, Progress, formats, read, sample, template

__all__ = [
    "Format",
    "Progress",
    "accept",
    "add_edition",
    "changes",
    "fetch",
    "formats",
    "history",
    "lists",
    "load",
    "prune_archive",
    "read",
    "sample",
    "template",
    "timeline",
    "verify_archive",
]

_MODULES = {
    "_history": ("changes", "history", "prune_archive", "timeline", "verify_archive"),
    "_load": ("accept", "add_edition", "fetch", "lists", "load"),
    "_read": ("Format", "Progress", "formats", "read", "sample", "template"),
}
"""Which module each name lives in."""

if not TYPE_CHECKING:
    # Hidden from type checkers, to which any name would seem to exist otherwise.

    def __getattr__(name: str) -> object:
        from importlib import import_module

        for module, names in _MODULES.items():
            if name in names:
                value = getattr(import_module(f"{__name__}.{module}"), name)
                globals()[name] = value
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
