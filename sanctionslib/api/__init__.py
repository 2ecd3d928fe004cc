"""The functions that people call first: the only place where catalog, archive, parsers and query meet.

Each is imported when it is first used, so that reading a file does not wait for what the archive
and the network need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanctionslib.api._read import read, sample, template
    from sanctionslib.api.archive import Archive, fetch, lists, load
    from sanctionslib.parsers import formats

__all__ = ["Archive", "fetch", "formats", "lists", "load", "read", "sample", "template"]

_MODULES = {"formats": "sanctionslib.parsers"} | dict.fromkeys(
    ("read", "sample", "template"), "sanctionslib.api._read"
)

if not TYPE_CHECKING:
    # Hidden from type checkers, to which any name would seem to exist otherwise.

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = import_module(_MODULES.get(name, f"{__name__}.archive"))
        value = globals()[name] = getattr(module, name)
        return value
