"""The catalogue of OFAC's Sanctions List Service, which states the hash of each file.

An array of rows `{fileName, size, lastUpdated, downloadLink, hashCodes}`, the last a text that is
JSON again and has "SHA-256" in it.
"""

from __future__ import annotations

import json
import re
from typing import cast

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
    for row in cast("list[object]", rows):
        shown = json.dumps(row).encode()
        columns = cast("dict[str, object]", row) if isinstance(row, dict) else {}
        name, codes = columns.get("fileName"), columns.get("hashCodes")
        if not isinstance(name, str) or not name:
            raise _odd("a row without a file name", shown)
        # No hash is no fault: the file may be about to be published.
        if not codes:
            continue
        value = _sha256(codes)
        if not value or found.setdefault(name, value) != value:
            raise _odd(f"no single SHA-256 for {readable(name.encode(errors='replace'))}", shown)
    if not found:
        raise _odd("no hashes", body)
    return found


def _sha256(codes: object) -> str:
    """The hash out of a row; "" where there is none that we can read."""
    if isinstance(codes, str):
        codes = _loaded(codes.encode("utf-8", "replace"))
    named = cast("dict[str, object]", codes) if isinstance(codes, dict) else {}
    value = named.get("SHA-256")
    if not isinstance(value, str) or not _SHA256.fullmatch(value.lower()):
        return ""
    return f"sha256:{value.lower()}"


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
