"""What we say about a list: frozen attrs classes without logic, printable and serialisable."""

from sanctionslib.answers.audit import (
    Audit,
    Issue,
    IssueKind,
    PathUse,
    UnknownCode,
    Unmapped,
    Use,
)
from sanctionslib.answers.explanation import (
    ExplainedProgram,
    Explanation,
    Inference,
    Link,
    Unstated,
)
from sanctionslib.answers.network import Network, Node
from sanctionslib.answers.selection import Found, Lacking, Selection

__all__ = [
    "Audit",
    "ExplainedProgram",
    "Explanation",
    "Found",
    "Inference",
    "Issue",
    "IssueKind",
    "Lacking",
    "Link",
    "Network",
    "Node",
    "PathUse",
    "Selection",
    "UnknownCode",
    "Unmapped",
    "Unstated",
    "Use",
]
