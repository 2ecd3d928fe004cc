"""Hold two versions of the library against each other: what each says of every official file.

    python benchmarks/same_entities.py OLD NEW FOLDER_OF_LISTS

OLD and NEW are folders that have the package `sanctionslib`, as two checkouts. For each file or folder
below `<list_id>/`, read with and without the source, whole and partial, everything is compared: the
entities field by field (also what equality leaves out), editions, audit, warnings and errors. What
differs is printed, the first of each sort.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import warnings
from pathlib import Path

SHOWN = 3
LISTS = ("us_ofac_sdn", "us_ofac_cons", "us_trade_csl", "us_bis_denied")


def main() -> None:
    if sys.argv[1] == "--dump":
        sys.stdout.buffer.write(pickle.dumps(dump(Path(sys.argv[2]))))
        return
    old, new = (dumped(Path(one), sys.argv[3]) for one in sys.argv[1:3])
    differences = sum(compare(what, old[what], new[what]) for what in sorted(old, key=str))
    print(f"{differences:,} differences in {len(old):,} readings")


def dumped(package: Path, folder: str) -> dict[object, dict[str, object]]:
    """What one version says, in a process of its own."""
    run = [sys.executable, __file__, "--dump", str(Path(folder).resolve())]
    environment = {**os.environ, "PYTHONPATH": str(package.resolve())}
    done = subprocess.run(run, env=environment, cwd=package, check=True, capture_output=True)
    return pickle.loads(done.stdout)


def dump(folder: Path) -> dict[object, dict[str, object]]:
    paths = [path for name in LISTS for path in sorted((folder / name).iterdir())]
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
            found = sl.read(path, records=records, partial=partial)
        except sl.SanctionsError as error:
            return {"error": f"{type(error).__name__}: {error}"}
    audit = found.audit
    return {
        "entities": [values(one) for one in found],
        "editions": [values(one) for one in found.editions],
        "audit": [f"{(audit.declared, audit.read, audit.built, audit.rejected)}"],
        "issues": sorted(values(one) for one in audit.issues),
        "unmapped": sorted(values(one) for one in audit.unmapped),
        "unknown codes": sorted(values(one) for one in audit.unknown_codes),
        "paths": sorted(f"{one.path} [{one.label}] {one.use} {one.count}" for one in audit.paths),
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
        for word, these, those in (("old", before, after), ("new", after, before)):
            others = set(those)
            alone = [one for one in these if one not in others]
            print(f"  only in the {word}: {len(alone):,}")
            for one in alone[:SHOWN]:
                print(f"    {one[:400]}")
    return len(different)


if __name__ == "__main__":
    main()
