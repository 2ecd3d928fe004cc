"""What you receive when you ask a list: explanations, hits, networks, changes, and what was read.

Frozen attrs classes without logic. Each can be printed, and written as JSON and read back.

>>> import sanctionslib as sl
>>> hits = sl.sample().search("Rapid Action Batalion")
>>> type(hits).__name__, round(hits[0].score, 2), hits[0].entity.name
('Hits', 0.98, 'RAPID ACTION BATTALION')
"""

from sanctionslib.answers.audit import (
    Audit,
    Coverage,
    Issue,
    IssueKind,
    Omitted,
    PathCoverage,
    UnknownCode,
    Unmapped,
)
from sanctionslib.answers.changes import Amended, Change, Changes, PairedBy, Stated
from sanctionslib.answers.comparison import Comparison, Reason, TokenPair, UnmatchedToken
from sanctionslib.answers.counterparts import (
    Counterpart,
    Counterparts,
    Evidence,
    EvidenceKind,
)
from sanctionslib.answers.editions import (
    ArchiveFault,
    Check,
    EditionStatus,
    Fetched,
    HeldEdition,
    HeldEditions,
    HeldFile,
    Verification,
)
from sanctionslib.answers.explanation import (
    ExplainedProgram,
    Explanation,
    Inference,
    Link,
    Unstated,
)
from sanctionslib.answers.network import Network, Node, Ownership, OwnershipPath
from sanctionslib.answers.rows import ChangeRow, HitRow, LinkRow, ResultRow
from sanctionslib.answers.screening import (
    Agreement,
    ComparedFact,
    FactCheck,
    Hit,
    Hits,
    Problem,
    ScreeningResult,
    SearchContext,
    Subject,
    WeakAliases,
)
from sanctionslib.answers.selection import IdentifierMatch, Selection, Undetermined
from sanctionslib.answers.timeline import (
    ChangeLog,
    EntitySummary,
    FormatChange,
    Timeline,
    TimelineEvent,
    TimelineEventKind,
)

__all__ = [
    "Agreement",
    "Amended",
    "ArchiveFault",
    "Audit",
    "Change",
    "ChangeLog",
    "ChangeRow",
    "Changes",
    "Check",
    "ComparedFact",
    "Comparison",
    "Counterpart",
    "Counterparts",
    "Coverage",
    "EditionStatus",
    "EntitySummary",
    "Evidence",
    "EvidenceKind",
    "ExplainedProgram",
    "Explanation",
    "FactCheck",
    "Fetched",
    "FormatChange",
    "HeldEdition",
    "HeldEditions",
    "HeldFile",
    "Hit",
    "HitRow",
    "Hits",
    "IdentifierMatch",
    "Inference",
    "Issue",
    "IssueKind",
    "Link",
    "LinkRow",
    "Network",
    "Node",
    "Omitted",
    "Ownership",
    "OwnershipPath",
    "PairedBy",
    "PathCoverage",
    "Problem",
    "Reason",
    "ResultRow",
    "ScreeningResult",
    "SearchContext",
    "Selection",
    "Stated",
    "Subject",
    "Timeline",
    "TimelineEvent",
    "TimelineEventKind",
    "TokenPair",
    "Undetermined",
    "UnknownCode",
    "Unmapped",
    "UnmatchedToken",
    "Unstated",
    "Verification",
    "WeakAliases",
]
