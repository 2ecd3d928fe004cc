"""Copies of what a parser gave: files that are read several times faster than the official ones.

A copy can be made again at any time, so it is used only where nothing about it is in doubt. Its head
states what it was made from and by, the size of its content, and the hash of all that follows; a file
of which this is not true is no copy. It holds texts and numbers, packed, and nothing that could be
executed. The hash shows accidents. Whoever can write the file can write another hash, too, so it
must lie where nobody else can write.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Mapping

from sanctionslib._collector import paused
from sanctionslib.errors import InvalidInputError
from sanctionslib.parsers._engine.format import Parsed
from sanctionslib.serialize import pack, unpack

__all__ = ["from_bytes", "seal", "to_bytes", "unseal"]

_MAGIC = "sanctionslib, made again at any time 4"
_HEAD = re.compile(rb"[ -~]{1,80}\n[0-9a-f]{64} [0-9a-f]{64} ([0-9]{1,12})\n\n")


def to_bytes(parsed: Parsed, key: Mapping[str, str]) -> bytes | None:
    """The copy of what a parser gave.

    Args:
        parsed: What it gave.
        key: What it was made from and by; reading it back takes the same.

    Returns:
        The content of a file; None where something has a type that the model does not declare, is a
        text that cannot be encoded, or a number beyond 64 bits.
    """
    try:
        return seal(pack(parsed), key)
    except InvalidInputError:
        return None


@paused()
def from_bytes(content: bytes, key: Mapping[str, str], *, largest: int) -> Parsed | None:
    """What a parser gave, from the copy.

    Args:
        content: The content of the file.
        key: What it must have been made from and by.
        largest: How many bytes it may have unpacked.

    Returns:
        It, equal in everything; None where the file is no whole and unaltered copy with this key.
    """
    body = unseal(content, key, largest=largest)
    if body is None:
        return None
    # What was altered by accident, the seal shows; this is for what somebody made on purpose.
    try:
        return unpack(body, Parsed)
    except (LookupError, RecursionError, ValueError):
        return None


def seal(text: bytes, key: Mapping[str, str]) -> bytes:
    """A packed file that says what it was made from and by, and shows when it was altered.

    >>> unseal(seal(b"content", {"from": "a list"}), {"from": "a list"}, largest=10)
    b'content'
    """
    # Of the levels of packing, the first is the fastest; the others save a quarter at most.
    body = zlib.compress(text, 1)
    return _head(len(text), body, key) + body


def unseal(content: bytes, key: Mapping[str, str], *, largest: int) -> bytes | None:
    """What was sealed; None where it was altered, cut, is too large, or has another key.

    Args:
        content: The content of the file.
        key: What it must have been made from and by.
        largest: How many bytes it may have unpacked.

    >>> unseal(seal(b"content", {"from": "a list"}), {"from": "other"}, largest=10) is None
    True
    """
    head = _HEAD.match(content)
    if head is None:
        return None
    size, body = int(head[1]), content[head.end() :]
    if size > largest or head[0] != _head(size, body, key):
        return None
    unpacker = zlib.decompressobj()
    try:
        # One more byte than promised shows a file that unpacks to more.
        text = unpacker.decompress(body, size + 1)
    except zlib.error:
        return None
    return text if unpacker.eof and len(text) == size else None


def _head(size: int, body: bytes, key: Mapping[str, str]) -> bytes:
    made = hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()
    return f"{_MAGIC}\n{made} {hashlib.sha256(body).hexdigest()} {size}\n\n".encode()
