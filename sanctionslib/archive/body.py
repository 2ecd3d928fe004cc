"""Body: the bytes of a response as they come in, unpacked, counted and bounded."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from http.client import HTTPException
from typing import TYPE_CHECKING

from sanctionslib.archive.attempts import AttemptError
from sanctionslib.archive.content import content_length

if TYPE_CHECKING:
    import requests

__all__ = ["Body"]

_CHUNK = 1 << 16
_GZIP = 31
"""For zlib: with the header and the checksum of gzip."""


class Body:
    """The body of a response, to be read once.

    It is read as it comes, never waiting for more: else a server that sends a byte a minute keeps
    us for as long as it likes.

    Args:
        response: The response, of which nothing was read.
        largest: Bytes that it may have, packed and unpacked.
        left: Gives the seconds that are left for it; raises where none are.
        progress: Called with the bytes that came, and those that will (0 where unknown).
    """

    wire: int
    """Bytes that came over the network."""

    def __init__(
        self,
        response: requests.Response,
        *,
        largest: int,
        left: Callable[[], float],
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.wire = 0
        self._response = response
        self._largest = largest
        self._left = left
        self._progress = progress
        self._packing = response.headers.get("Content-Encoding", "").strip().lower()
        # Where the body comes in chunks, they say how long it is.
        is_chunked = "Transfer-Encoding" in response.headers
        length = None if is_chunked else response.headers.get("Content-Length")
        self._length = None if length is None else content_length(length)

    @property
    def is_packed(self) -> bool:
        """Whether the server packed it for the transfer."""
        return self._packing not in ("", "identity")

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, unpacked, piece by piece.

        Raises:
            AttemptError: It is cut, damaged, too large, or takes too long.
        """
        if self._length is not None and self._length > self._largest:
            raise self._too_large(self._length)
        size = 0
        for piece in self._unpacked() if self.is_packed else self._arriving():
            size += len(piece)
            if max(size, self.wire) > self._largest:
                raise self._too_large(max(size, self.wire))
            yield piece

    def _arriving(self) -> Iterator[bytes]:
        from urllib3.exceptions import HTTPError, ReadTimeoutError

        while True:
            self._left()
            failure, piece = None, b""
            try:
                piece = self._response.raw.read1(_CHUNK, decode_content=False)
            except ReadTimeoutError:
                failure = self._fault(f"the server fell silent after {self.wire:,} bytes")
            except (HTTPError, HTTPException, OSError, ValueError):
                failure = self._cut()
            # Raised out here: what the libraries say has the address, and that may be signed.
            if failure:
                self._left()  # where no time is left, that is what failed
                raise failure
            if not piece:
                break
            self.wire += len(piece)
            if self._progress:
                self._progress(self.wire, self._length or 0)
            yield piece
        self._left()  # a body without a length also ends where its connection was shut down
        if self._length is not None and self.wire != self._length:
            raise self._cut()

    def _unpacked(self) -> Iterator[bytes]:
        """The bytes before the server packed them; a bomb is unpacked in pieces, and counted."""
        if self._packing not in ("gzip", "x-gzip"):
            raise AttemptError(
                f"the server packed it as {self._packing[:40]!r}, which nobody asked for"
            )
        unpacker = zlib.decompressobj(_GZIP)
        for piece in self._arriving():
            rest = piece
            while rest:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(_GZIP)
                try:
                    yield unpacker.decompress(rest, _CHUNK)
                except zlib.error:
                    raise self._fault(f"its packing is damaged near byte {self.wire:,}") from None
                rest = unpacker.unconsumed_tail or unpacker.unused_data
        if self.wire:
            yield unpacker.flush()
            if not unpacker.eof:
                raise self._fault(f"its packing ends too early, after {self.wire:,} bytes")

    def _cut(self) -> AttemptError:
        of = f" of {self._length:,}" if self._length is not None else ""
        return self._fault(f"the body ends after {self.wire:,}{of} bytes")

    @staticmethod
    def _fault(what: str) -> AttemptError:
        return AttemptError(what, is_retryable=True)

    def _too_large(self, size: int) -> AttemptError:
        return AttemptError(
            f"it is too large to be a list: {size:,} bytes or more, where {self._largest:,} are "
            "the most",
            hint="if the list has grown so much, add the file to the archive by hand",
        )
