"""Zips made for a test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping


def zipped(
    members: Mapping[str, str | bytes],
    method: int = zipfile.ZIP_DEFLATED,
    drop: Collection[str] = (),
) -> bytes:
    """A zip of these members but those to drop; the same bytes for the same members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            if name not in drop:
                archive.writestr(zipfile.ZipInfo(name), content, method)
    return made.getvalue()
