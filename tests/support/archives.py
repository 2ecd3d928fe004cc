"""Editions for tests of the archive: small files, packed as a download gives them, and kept."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sanctionslib.answers import Check, HeldEdition
from sanctionslib.archive.packing import pack
from sanctionslib.archive.store import EditionStore
from sanctionslib.model import Edition, Scope

LIST = "us_ofac_sdn"
FORM = "ofac-delimited-csv"
SDN = b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA"\r\n\x1a'
ADD = b'36,25,-0- ,"Havana","Cuba",-0- \r\n\x1a'
FILES = {"SDN.CSV": SDN, "ADD.CSV": ADD}
NOW = datetime(2021, 12, 31, 12, 0, tzinfo=UTC)
PASSED = Check(name="entries", value=639, before=637, least=606, against="2021-12-09-00000000")
FAILED = Check(name="entries", value=375, before=639, least=607, against="2021-12-09-00000000")

SAME_BEGINNING = (b"69235", b"95303")
"""Two texts whose hashes begin with the same eight characters, c11eb5e6; found by trial."""


def day_of(text: str | date | None) -> date | None:
    """A day, from text or as it is."""
    return date.fromisoformat(text) if isinstance(text, str) else text


def sha256_of(files: Mapping[str, bytes]) -> str:
    """The hash of an edition of these files."""
    hashes = sorted(hashlib.sha256(each).hexdigest() for each in files.values())
    together = hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    return hashes[0] if len(hashes) == 1 else together


def keep(
    archive: EditionStore,
    files: Mapping[str, bytes],
    day: str | date | None = "2021-12-10",
    *,
    list_id: str = LIST,
    form: str = FORM,
    checks: Sequence[Check] = (PASSED,),
    missing: tuple[str, ...] = (),
    lacks_entries: bool = False,
    scope: Scope = Scope.WHOLE,
    now: datetime = NOW,
    retrieved_at: datetime | None = None,
) -> tuple[HeldEdition, bool]:
    """Keep an edition of these files."""
    edition = Edition(
        list_id=list_id,
        format=form,
        publisher="EXAMPLE office",
        title="EXAMPLE list",
        published=day_of(day),
        dated_by="caller" if day else None,
        scope=scope,
        missing=missing,
        retrieved_at=retrieved_at,
        sha256=sha256_of(files),
    )
    with archive.temporary_folder(list_id, form) as folder:
        received = [pack(io.BytesIO(each), folder, name) for name, each in files.items()]
        return archive.store(
            received,
            edition,
            entries=639,
            lacks_entries=lacks_entries,
            checks=checks,
            now=now,
        )


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every path below a folder, and the contents of files."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }
