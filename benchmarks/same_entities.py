"""Hold two versions of the library against each other: what each says of every official file.

    python benchmarks/same_entities.py OLD NEW FOLDER_OF_LISTS [LIST …]

OLD and NEW are folders that have the package `sanctionslib`, as two checkouts. For each file or folder
below `<list_id>/`, read with and without the source, whole and partial, everything is compared: the
entities field by field (also what equality leaves out), editions, audit, warnings and errors. What
differs is printed, the first of each sort. The identifiers of lists say which ones; without any it is
all of the folder.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import warnings
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path

SHOWN = int(os.environ.get("SHOWN", "3"))
AROUND = 80
"""Characters before the first difference."""


def main() -> None:
    if sys.argv[1] == "--dump":
        sys.stdout.buffer.write(pickle.dumps(dump(Path(sys.argv[2]), sys.argv[3:])))
        return
    packages, (folder, *lists) = sys.argv[1:3], sys.argv[3:]
    old, new = (dumped(Path(one), folder, lists) for one in packages)
    differences = sum(compare(what, old[what], new[what]) for what in sorted(old, key=str))
    print(f"{differences:,} differences in {len(old):,} readings")


def dumped(package: Path, folder: str, lists: Sequence[str]) -> dict[object, dict[str, object]]:
    """What one version says, in a process of its own."""
    run = [
        sys.executable,
        str(Path(__file__).resolve()),
        "--dump",
        str(Path(folder).resolve()),
        *lists,
    ]
    environment = {**os.environ, "PYTHONPATH": str(package.resolve())}
    done = subprocess.run(run, env=environment, cwd=package, check=True, capture_output=True)
    return pickle.loads(done.stdout)


def dump(folder: Path, lists: Sequence[str]) -> dict[object, dict[str, object]]:
    from sanctionslib.catalog import all_lists

    known = {one.list_id for one in all_lists()}
    folders = [one for one in sorted(folder.iterdir()) if one.name in (lists or known)]
    paths = [path for each in folders for path in sorted(each.iterdir()) if path.suffix != ".md"]
    return {
        (f"{path.parent.name}/{path.name}", records, partial): said(path, records, partial)
        for path in paths
        for records in (False, True)
        for partial in (False, True)
    }


def said(path: Path, records: bool, partial: bool) -> dict[str, object]:
    """All that is said of a file, as texts."""
    import sanctionslib as sl

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            # The names of the files of some lists do not say which list they are.
            list_id = None if path.parent.name.startswith("us_") else path.parent.name
            found = sl.read(path, list_id=list_id, keep_source=records, partial=partial)
        except sl.SanctionsError as error:
            return {"error": f"{type(error).__name__}: {error}"}
    audit = found.audit
    return {
        "entities": [values(one) for one in found],
        "editions": [values(one) for one in found.editions],
        "audit": [f"{(audit.declared, audit.read, audit.converted, audit.rejected)}"],
        "issues": sorted(values(one) for one in audit.issues),
        "unmapped": sorted(values(one) for one in audit.unmapped),
        "unknown codes": sorted(values(one) for one in audit.unknown_codes),
        "paths": sorted(
            f"{one.path} [{one.label}] {one.coverage} {one.count}" for one in audit.paths
        ),
        "warnings": sorted(f"{one.category.__name__}: {one.message}" for one in told),
    }


def values(one: object) -> str:
    """All fields of an object, also those outside equality; of an entity without its edition."""
    import attrs

    if attrs.has(type(one)):
        names = [each.name for each in attrs.fields(type(one)) if each.name != "edition"]
        return f"{type(one).__name__}({', '.join(f'{n}={values(getattr(one, n))}' for n in names)})"
    if isinstance(one, tuple):
        return f"({', '.join(map(values, one))})"
    if isinstance(one, frozenset):
        return f"{{{', '.join(sorted(map(values, one)))}}}"
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
        gone, come = without(before, after), without(after, before)
        print(f"  only in the old: {len(gone):,}, only in the new: {len(come):,}")
        for one, other in list(zip_longest(gone, come, fillvalue=""))[:SHOWN]:
            differ = (
                at for at, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1
            )
            start = max(0, next(differ, 0) - AROUND)
            print(f"    old …{one[start : start + 5 * AROUND]}")
            print(f"    new …{other[start : start + 5 * AROUND]}")
    return len(different)


def without(these: Iterable[str], those: Iterable[str]) -> list[str]:
    others = set(those)
    return [one for one in these if one not in others]


if __name__ == "__main__":
    main()
