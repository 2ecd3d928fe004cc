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
from sanctionslib.answers.changes import Amended, Change, Changes, PairedBy, Stated
from sanctionslib.answers.counterparts import (
    Counterpart,
    Counterparts,
    Evidence,
    EvidenceKind,
)
from sanctionslib.answers.explanation import (
    ExplainedProgram,
    Explanation,
    Inference,
    Link,
    Unstated,
)
from sanctionslib.answers.network import Network, Node
from sanctionslib.answers.ownership import Ownership, Reached
from sanctionslib.answers.selection import Found, Lacking, Selection

__all__ = [
    "Amended",
    "Audit",
    "Change",
    "Changes",
    "Counterpart",
    "Counterparts",
    "Evidence",
    "EvidenceKind",
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
    "Ownership",
    "PairedBy",
    "PathUse",
    "Reached",
    "Selection",
    "Stated",
    "UnknownCode",
    "Unmapped",
    "Unstated",
    "Use",
]
