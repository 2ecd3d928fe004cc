"""A nightly job: read a file, write JSON Lines, and fail where an entry was at fault."""

import sys
import warnings
from pathlib import Path

import sanctionslib as sl


def run(source: Path | None, target: Path) -> int:
    """Write the list to `target`; the exit code is 1 where something was wrong with an entry."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.errors.FaultyEntriesWarning)
        found = sl.sample() if source is None else sl.read(source, keep_source=True)
    found.write(target)
    for issue in found.audit.issues:
        if issue.kind is sl.answers.IssueKind.REJECTED:
            print(f"{issue.where.entry}: {issue.message}", file=sys.stderr)
    for unknown in found.audit.unknown_codes:
        print(f"new {unknown.vocabulary}: {unknown.code} ({unknown.count})", file=sys.stderr)
    return 1 if found.audit.issues else 0


def main(arguments: list[str]) -> int:
    """Take the source from the command line."""
    source = Path(arguments[0]) if arguments else None
    target = Path("list.jsonl")
    code = run(source, target)
    assert len(target.read_text(encoding="utf-8").splitlines()) == 1 + 54
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
