"""A list that you can ask: `SanctionsList`, a collection of entities with its editions."""

from typing import TYPE_CHECKING

from sanctionslib.query._combine import combine
from sanctionslib.query._diff import diff
from sanctionslib.query.sanctions_list import SanctionsList

if TYPE_CHECKING:
    from sanctionslib.query._rescreen import rescreen
    from sanctionslib.query._screening import differences

__all__ = ["SanctionsList", "combine", "diff", "differences", "rescreen"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        # Imported when first used: reading the files of customers is for those who screen.
        if name == "rescreen":
            from sanctionslib.query._rescreen import rescreen

            return rescreen
        if name == "differences":
            from sanctionslib.query._screening import differences

            return differences
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
