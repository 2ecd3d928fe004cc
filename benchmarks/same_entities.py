"""Compare what two versions of the library read from every official file.

    python benchmarks/same_entities.py OLD NEW FOLDER_OF_LISTS [LIST …]

OLD and NEW are folders that contain the package `sanctionslib`, such as two checkouts. The script reads
each file or folder below `<list_id>/` with and without the source, complete and partial, and compares
the entities field by field (also the fields that equality ignores), editions, audit, warnings and
errors. It prints the first differences of each sort. Without identifiers of lists, it compares all
lists of the folder.

SHOWN is the number of differences that it prints of each sort. MESSAGES=no compares no messages.
`RENAMED` has the names that changed between the versions.
"""

from __future__ import annotations

import enum
import inspect
import os
import pickle
import subprocess
import sys
import warnings
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path

SHOWN = int(os.environ.get("SHOWN", "3"))
COMPARES_MESSAGES = os.environ.get("MESSAGES") != "no"
BEFORE = 80
"""Number of characters printed before the first difference."""
MESSAGES = {
    "Edition.alternative_sources",
    "Edition.ways_out",
    "Issue.message",
    "Omitted.reason",
    "PathCoverage.note",
    "PathUse.note",
}
RENAMED = {
    "*.record": "source",
    "*.bases": "legal_bases",
    "*.states": "supported_facts",
    "*.ways_out": "alternative_sources",
    "PathUse.use": "coverage",
    "PathUse": "PathCoverage",
    "Use.UNKNOWN": "Coverage.UNEXPECTED",
    "Use": "Coverage",
    "Record": "Source",
    "IssueKind.DANGLING": "IssueKind.UNRESOLVED_REFERENCE",
}
"""Old names of classes, fields (after the class, or "*"), and members of enumerations."""


def main() -> None:
    if sys.argv[1] == "--dump":
        sys.stdout.buffer.write(pickle.dumps(dump(Path(sys.argv[2]), sys.argv[3:])))
        return
    packages, (folder, *lists) = sys.argv[1:3], sys.argv[3:]
    old, new = (run(Path(one), folder, lists) for one in packages)
    differences = sum(compare(what, old[what], new[what]) for what in sorted(old, key=str))
    print(f"{differences:,} differences in {len(old):,} readings")


def run(package: Path, folder: str, lists: Sequence[str]) -> dict[object, dict[str, object]]:
    """Read with one version, in a separate process."""
    command = [
        sys.executable,
        str(Path(__file__).resolve()),
        "--dump",
        str(Path(folder).resolve()),
        *lists,
    ]
    environment = {**os.environ, "PYTHONPATH": str(package.resolve())}
    done = subprocess.run(command, env=environment, cwd=package, check=True, capture_output=True)
    return pickle.loads(done.stdout)


def dump(folder: Path, lists: Sequence[str]) -> dict[object, dict[str, object]]:
    from sanctionslib.catalog import all_lists

    known = {one.list_id for one in all_lists()}
    folders = [one for one in sorted(folder.iterdir()) if one.name in (lists or known)]
    paths = [path for each in folders for path in sorted(each.iterdir()) if path.suffix != ".md"]
    return {
        (f"{path.parent.name}/{path.name}", has_source, partial): result(path, has_source, partial)
        for path in paths
        for has_source in (False, True)
        for partial in (False, True)
    }


def result(path: Path, has_source: bool, partial: bool) -> dict[str, object]:
    """Everything read from a file, as texts."""
    import sanctionslib as sl

    # An older version calls the argument `records`.
    has_new_name = "keep_source" in inspect.signature(sl.read).parameters
    options = {"keep_source" if has_new_name else "records": has_source, "partial": partial}
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        try:
            # The file names of some lists do not identify the list.
            list_id = None if path.parent.name.startswith("us_") else path.parent.name
            found = sl.read(path, list_id=list_id, **options)
        except sl.SanctionsError as error:
            return {"error": message(f"{type(error).__name__}: {error}")}
    audit = found.audit
    converted = getattr(audit, "converted", None)
    return {
        "entities": [values(one) for one in found],
        "editions": [values(one) for one in found.editions],
        "audit": [
            str(
                (
                    audit.declared,
                    audit.read,
                    audit.built if converted is None else converted,
                    audit.rejected,
                )
            )
        ],
        "issues": sorted(values(one) for one in audit.issues),
        "omitted": sorted(values(one) for one in audit.omitted),
        "unmapped": sorted(values(one) for one in audit.unmapped),
        "unknown codes": sorted(values(one) for one in audit.unknown_codes),
        "paths": sorted(values(one) for one in audit.paths),
        "warnings": sorted(message(f"{one.category.__name__}: {one.message}") for one in raised),
    }


def message(text: str) -> str:
    return text if COMPARES_MESSAGES else text.split(":")[0]


def values(one: object) -> str:
    """All fields of an object, also those outside equality; of an entity without its edition."""
    import attrs

    kind = type(one).__name__
    if attrs.has(type(one)):
        fields = [
            f"{RENAMED.get(f'{kind}.{name}', RENAMED.get(f'*.{name}', name))}="
            f"{values(getattr(one, name))}"
            for name in (each.name for each in attrs.fields(type(one)))
            if name != "edition" and (COMPARES_MESSAGES or f"{kind}.{name}" not in MESSAGES)
        ]
        return f"{RENAMED.get(kind, kind)}({', '.join(fields)})"
    if isinstance(one, tuple):
        return f"({', '.join(map(values, one))})"
    if isinstance(one, frozenset):
        return f"{{{', '.join(sorted(map(values, one)))}}}"
    if isinstance(one, enum.Enum):
        name = f"{kind}.{one.name}"
        return RENAMED.get(name, f"{RENAMED.get(kind, kind)}.{one.name}")
    pairs = getattr(one, "paths", None), getattr(one, "values", None)
    return repr(pairs) if pairs[0] is not None else repr(one)


def compare(what: object, old: dict[str, object], new: dict[str, object]) -> int:
    different = [part for part in {**old, **new} if old.get(part) != new.get(part)]
    for part in different:
        print(f"{what}: {part}")
        before, after = old.get(part) or (), new.get(part) or ()
        if isinstance(before, str) or isinstance(after, str):
            print(f"  old {before or None}\n  new {after or None}")
            continue
        assert isinstance(before, (list, tuple))
        assert isinstance(after, (list, tuple))
        removed, added = without(before, after), without(after, before)
        print(f"  only in OLD: {len(removed):,}, only in NEW: {len(added):,}")
        for one, other in list(zip_longest(removed, added, fillvalue=""))[:SHOWN]:
            differ = (
                at for at, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1
            )
            start = max(0, next(differ, 0) - BEFORE)
            print(f"    old …{one[start : start + 5 * BEFORE]}")
            print(f"    new …{other[start : start + 5 * BEFORE]}")
    return len(different)


def without(these: Iterable[str], those: Iterable[str]) -> list[str]:
    others = set(those)
    return [one for one in these if one not in others]


if __name__ == "__main__":
    main()
