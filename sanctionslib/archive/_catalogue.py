"""The catalogue of OFAC's Sanctions List Service, which states the hash of each file.

An array of rows `{fileName, size, lastUpdated, downloadLink, hashCodes}`, the last a text that is
JSON again and has "SHA-256" in it.
"""

from __future__ import annotations

import json
import re

from sanctionslib.archive._attempts import AttemptError
from sanctionslib.archive._sniff import readable

__all__ = ["MOST", "hashes_in"]

MOST = 4 << 20
"""Bytes that it may have; it has a few dozen rows."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


def hashes_in(body: bytes) -> dict[str, str]:
    """File name → `sha256:…`.

    Raises:
        AttemptError: It is of another form.
    """
    rows = _loaded(body)
    if not isinstance(rows, list):
        raise _odd("no array of files", body)
    found: dict[str, str] = {}
    for row in rows:
        name = row.get("fileName") if isinstance(row, dict) else None
        if not isinstance(name, str) or not name:
            raise _odd("a row without a file name", json.dumps(row).encode())
        # No hash is no fault: the file may be about to be published.
        if not row.get("hashCodes"):
            continue
        value = _sha256(row["hashCodes"])
        if not value or found.setdefault(name, value) != value:
            raise _odd(f"no single SHA-256 for {name}", json.dumps(row).encode())
    if not found:
        raise _odd("no hashes", body)
    return found


def _sha256(codes: object) -> str:
    """The hash out of a row; "" where there is none that we can read."""
    if isinstance(codes, str):
        codes = _loaded(codes.encode("utf-8", "replace"))
    values = codes.items() if isinstance(codes, dict) else ()
    for name, value in values:
        if str(name).upper() == "SHA-256" and isinstance(value, str):
            value = value.strip().lower()
            return f"sha256:{value}" if _SHA256.fullmatch(value) else ""
    return ""


def _loaded(text: bytes) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _odd(what: str, found: bytes) -> AttemptError:
    return AttemptError(
        f"the catalogue of hashes has {what}: {readable(found) or 'it is empty'!r}",
        hint="the publisher may have changed its form: look for a newer version of this library",
    )
