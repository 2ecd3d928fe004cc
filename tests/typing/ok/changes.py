"""What changed, as things to do: each change is of a known type."""

from __future__ import annotations

import sanctionslib as sl


def tasks(old: sl.SanctionsList[sl.Entity], new: sl.SanctionsList[sl.Entity]) -> list[str]:
    """One line for each thing to do."""
    changes: sl.answers.Changes = sl.diff(old, new)
    found = [f"screen for {one.name}" for one in changes.added]
    for one in changes.amended:
        if one.paired_by is not sl.answers.PairedBy.ID:
            found.append(f"check that {one.before.id} is {one.after.id}")
        found += [text for each in one.changes if (text := task(each))]
    return found


def task(change: sl.answers.Change) -> str | None:
    """What to do about one change."""
    match change.after:
        case sl.Name(text=text, strength=sl.AliasStrength.STRONG):
            return f"screen for the alias {text}"
        case sl.Identifier() as number:
            return f"look for {number.key}"
        case str() as text if change.field == "designations.programs":
            return f"apply {text}"
        case _:
            return None
