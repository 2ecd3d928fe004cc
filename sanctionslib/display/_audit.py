"""The audit of a parser as a sheet: what was read of a file, and what has no field or meaning yet."""

from __future__ import annotations

from operator import attrgetter

from sanctionslib import answers
from sanctionslib.answers import Coverage
from sanctionslib.display._values import banners, edition_lines, source_of
from sanctionslib.display.sheet import (
    Columns,
    Sheet,
    counted,
    joined,
    line,
    listing,
    mark,
    muted,
    page,
    row,
    section,
)

_ISSUES_SHOWN, _CODES_SHOWN = 20, 50
_ISSUES = Columns[answers.Issue](
    {
        "kind": lambda one: one.kind.value,
        "what": lambda one: one.message,
        "where": lambda one: str(one.where),
    }
)
_UNMAPPED = Columns[answers.Unmapped](
    {name: attrgetter(name) for name in ("path", "label", "count", "sample")}
)
_CODES = Columns[answers.UnknownCode](
    {name: attrgetter(name) for name in ("vocabulary", "code", "count", "sample")}
)
_PATHS = Columns[answers.PathCoverage](
    {
        "path": lambda one: one.path,
        "label": lambda one: one.label,
        "values": lambda one: one.count,
        "coverage": lambda one: one.coverage.value,
        "field or reason": lambda one: one.note,
    }
)


def _percent(share: float) -> str:
    """Never rounded to a whole that it is not: 0.99999 is "over 99.9 %", 0.00001 "under 0.1 %"."""
    if 0.999 < share < 1:
        return "over 99.9 %"
    if 0 < share < 0.001:
        return "under 0.1 %"
    return f"{share * 100:.1f} %"


def audit_sheet(audit: answers.Audit) -> Sheet:
    """Counts, shares, faults, and what has no field or no meaning yet."""
    told = joined(
        f"{audit.declared:,} declared" if audit.declared is not None else "not declared",
        f"{audit.read:,} read",
        f"{audit.converted:,} converted",
        f"{len(audit.omitted):,} other rows" if audit.omitted else "",
    )
    rejected = f"{audit.rejected:,} rejected"
    differs = f"The source declares {audit.declared or 0:,} entries, and {audit.read:,} were found."
    uses = (Coverage.MAPPED, Coverage.UNMAPPED, Coverage.UNEXPECTED)
    shares = ((use.value, audit.share(use)) for use in uses)
    values = [f"{_percent(share)} {use}" for use, share in shares if share is not None]
    looked = [each for edition in audit.editions for each in edition_lines(edition)]
    unmapped = counted(sum(one.count for one in audit.unmapped), "value")
    return page(
        "Audit",
        "What was read, and what was not",
        section(
            row(
                "entries",
                line(told, muted("·"), mark(rejected) if audit.rejected else rejected),
            ),
            row("values", line(" · ".join(values), muted("(without structural ones)")))
            if values
            else None,
            after=differs if audit.declared not in (None, audit.read) else "",
        ),
        listing(
            f"Issues ({len(audit.issues):,})",
            audit.issues,
            _ISSUES,
            limit=_ISSUES_SHOWN,
            more="more in `issues`",
        ),
        listing(
            f"Unmapped ({unmapped})",
            audit.unmapped,
            _UNMAPPED,
            limit=_CODES_SHOWN,
            more="more in `unmapped`",
            note="kept as features without kind: no field of the model holds them",
            tone="unstated",
        ),
        listing(
            f"Unknown codes ({len(audit.unknown_codes):,})",
            audit.unknown_codes,
            _CODES,
            limit=_CODES_SHOWN,
            more="more in `unknown_codes`",
            note="kept verbatim: our reference tables do not have them",
            tone="unstated",
        ),
        listing("Paths", audit.paths, _PATHS, is_detail=True),
        section(
            row("edition", *(looked or edition_lines(None))), title="Looked at", is_detail=True
        ),
        source=source_of(audit.editions),
        banners=banners(audit.editions),
    )
