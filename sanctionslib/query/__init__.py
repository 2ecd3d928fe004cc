"""A list that you can ask: `SanctionsList`, a collection of entities with its editions."""

from sanctionslib.query._combine import combine
from sanctionslib.query._diff import diff
from sanctionslib.query.sanctions_list import SanctionsList

__all__ = ["SanctionsList", "combine", "diff"]
