"""Pakistan's proscribed persons, for the contract."""

from __future__ import annotations

import re
from collections.abc import Sequence

from case import Case, data
from json_containers import Json
from nodes import Span

_BETWEEN = re.compile(r"\s*@\s*|\s+(?:alias|aka)\s+", re.IGNORECASE)


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """Each of the names in a name; "nill" means no value."""
    if path not in ("Name", "FatherName") or text.strip().casefold() in ("nill", "nil"):
        return None if path != "FatherName" else []
    found: list[Span] = []
    names = _BETWEEN.split(text.strip()) if path == "Name" else [text.strip()]
    for name in filter(None, names):
        at = text.index(name, found[-1][1] if found else 0)
        found.append((at, at + len(name), "later" if found else "first"))
    return found


CASES: tuple[Case, ...] = (
    Case(
        format="pk-nacta-json",
        list_id="pk_proscribed_persons",
        open=lambda files: Json(files, ""),
        small=data("pk_nacta.json"),
        files=("source.json",),
        whole=("pk_proscribed_persons/source.json",),
        published="2030-01-02",
        spans=_spans,
        keys=frozenset({"CNIC", "Name", "FatherName", "District"}),
        names="Name",
    ),
)
