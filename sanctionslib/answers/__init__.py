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
from sanctionslib.answers.editions import (
    Admission,
    ArchiveFault,
    Check,
    Fetched,
    HeldEdition,
    HeldFile,
    History,
    Verification,
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
from sanctionslib.answers.timeline import ChangeLog, Noted, Step, StepKind, Switch, Timeline

__all__ = [
    "Admission",
    "Amended",
    "ArchiveFault",
    "Audit",
    "Change",
    "ChangeLog",
    "Changes",
    "Check",
    "Counterpart",
    "Counterparts",
    "Evidence",
    "EvidenceKind",
    "ExplainedProgram",
    "Explanation",
    "Fetched",
    "Found",
    "HeldEdition",
    "HeldFile",
    "History",
    "Inference",
    "Issue",
    "IssueKind",
    "Lacking",
    "Link",
    "Network",
    "Node",
    "Noted",
    "Ownership",
    "PairedBy",
    "PathUse",
    "Reached",
    "Selection",
    "Stated",
    "Step",
    "StepKind",
    "Switch",
    "Timeline",
    "UnknownCode",
    "Unmapped",
    "Unstated",
    "Use",
    "Verification",
]
