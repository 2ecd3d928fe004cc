"""Checked: what the server said last of a format of a list; kept in `checked.json`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import attrs

from sanctionslib._regular_file import read_regular
from sanctionslib.archive._manifest import Fields, MisfitError, read_json, utc, write_json

__all__ = ["Checked"]

_SCHEMA = "sanctionslib/checked/1"
_LARGEST = 1 << 20
"""More bytes than a `checked.json` can have."""


@attrs.frozen(kw_only=True)
class Checked:
    """What the server said last of a format of a list; kept in `checked.json` beside the editions."""

    at: datetime
    """When (UTC)."""
    edition: str
    """The name of the edition's folder that the server's answers were about, refused ones included."""
    answers: Mapping[str, tuple[str, str, str]] = {}
    """By the name of the file that was asked for: address, ETag and Last-Modified, verbatim."""

    def to_bytes(self) -> bytes:
        """The text of `checked.json`.

        Raises:
            InvalidInputError: The time has no time zone.
        """
        return write_json(
            {
                "schema": _SCHEMA,
                "at": utc(self.at).isoformat().replace("+00:00", "Z"),
                "edition": self.edition,
                "answers": {
                    name: {"url": url, "etag": etag, "last_modified": modified}
                    for name, (url, etag, modified) in self.answers.items()
                },
            }
        )

    @classmethod
    def read(cls, path: Path) -> Checked:
        """Read `checked.json`.

        Raises:
            MisfitError: It is not what we would have written.
            OSError: It cannot be read, or is no regular file.
        """
        return cls.from_bytes(read_regular(path, _LARGEST))

    @classmethod
    def from_bytes(cls, content: bytes) -> Checked:
        """Read the text of `checked.json`.

        Raises:
            MisfitError: It is not what we would have written.
        """
        data = Fields(read_json(content))
        if data.text("schema") != _SCHEMA:
            raise MisfitError("schema is another one")
        answers = data.item("answers")
        each = {name: answers.item(name) for name in answers.names}
        return cls(
            at=data.stated_time("at"),
            edition=data.text("edition"),
            answers={
                name: (one.text("url"), one.text("etag"), one.text("last_modified"))
                for name, one in each.items()
            },
        )
