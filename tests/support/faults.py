"""What an audit reports."""

from __future__ import annotations

import sanctionslib as sl


def kinds(found: sl.SanctionsList[sl.Entity]) -> list[sl.answers.IssueKind]:
    """The kinds of the issues, in order."""
    return [issue.kind for issue in found.audit.issues]
