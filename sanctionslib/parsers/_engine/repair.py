"""Repairs XML that is not well-formed, while it is read: three faults that publishers have shipped.

* A bare "&", which begins no entity, is read as "&amp;".
* A character that XML forbids is read as U+FFFD, so that the texts beside it are not joined.
* Bytes that are not UTF-8 are read as cp1252, which programs on Windows write.

Nothing else changes, and a document without these faults passes byte for byte. In CDATA, comments
and processing instructions "&" is an ordinary character. Each repair is reported, with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sanctionslib.parsers._engine.input_file import Readable

__all__ = ["Repaired", "can_repair"]

_OTHER_ENCODING = re.compile(
    rb".?\0|\xff\xfe|\xfe\xff|<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])",
    re.IGNORECASE | re.DOTALL,
)
_FORBIDDEN = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufffe\uffff]"
_OUTSIDE = re.compile(
    rf"{_FORBIDDEN}|<!\[CDATA\[|<!--|<\?|&(?!(?:[^\W\d][\w:.-]*|#\d+|#x[0-9A-Fa-f]+);)"
)
"""Faults, and the starts of sections in which "&" is an ordinary character."""
_INSIDE = {
    start: re.compile(f"{_FORBIDDEN}|{re.escape(end)}")
    for start, end in (("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>"))
}
"""Faults in such a section, and its end."""
_MOST = 1 << 20
"""Bytes held back for the end of a tag; no entry has such a long text."""
_SHOWN = 20
"""Characters on both sides of a fault that the message quotes."""


def can_repair(head: bytes) -> bool:
    """Whether a document with these first bytes can be repaired: it is UTF-8, or states no encoding."""
    return _OTHER_ENCODING.match(head.lstrip()) is None


class Repaired:
    """The bytes of a document without its faults.

    Args:
        stream: The original bytes.
        report: Called with the message and the line of each repair.
    """

    def __init__(self, stream: Readable, report: Callable[[str, int], None]) -> None:
        self._stream = stream
        self._report = report
        self._held = b""
        """The bytes after the last ">": a reference or a character may be incomplete there."""
        self._line = 1
        self._section = ""
        """The start of the open section; "" for none."""
        self._repairs: list[tuple[int, str]] = []
        """Repairs of the current bytes, by position in the text."""

    def read(self, size: int = -1, /) -> bytes:
        """More bytes; none at the end."""
        while True:
            data = self._stream.read(size)
            held = self._held + data
            end = held.rfind(b">") + 1
            if not data:
                end = len(held)
            elif not end and len(held) > _MOST:  # a reference has no blanks either
                end = max(held.rfind(b" "), held.rfind(b"\n")) + 1 or len(held)
            self._held = held[end:]
            if end or not data:
                return self._repaired(held[:end])

    def _repaired(self, data: bytes) -> bytes:
        text = "".join(self._decoded(data))
        repaired = "".join(self._pieces(text))
        at = 0
        for place, message in sorted(self._repairs):
            self._line += text.count("\n", at, place)
            at = place
            around = text[max(0, place - _SHOWN) : place + _SHOWN]
            self._report(f"{message}, in {around!r}", self._line)
        self._line += text.count("\n", at)
        if not self._repairs:
            return data
        self._repairs.clear()
        return repaired.encode()

    def _decoded(self, data: bytes) -> Iterator[str]:
        """The text; parts that are not UTF-8 are decoded from cp1252 line by line, so that no line is copied often."""
        try:
            yield data.decode()
        except UnicodeDecodeError:
            size = 0
            for line in data.splitlines(keepends=True):
                for piece in self._line_decoded(line, size):
                    size += len(piece)
                    yield piece

    def _line_decoded(self, data: bytes, start: int) -> Iterator[str]:
        at = 0
        while at < len(data):
            try:
                yield data[at:].decode()
                return
            except UnicodeDecodeError as error:
                good = data[at : at + error.start].decode()
                bad = data[at + error.start : at + error.end]
                read = bad.decode("cp1252", "replace")
                start += len(good)
                self._repairs.append(
                    (start, f"0x{bad.hex().upper()} is not UTF-8 and is read as {read!r}")
                )
                start += len(read)
                at += error.end
                yield good + read

    def _pieces(self, text: str) -> Iterator[str]:
        """The text without what XML forbids."""
        at = 0
        while found := (_INSIDE[self._section] if self._section else _OUTSIDE).search(text, at):
            yield text[at : found.start()]
            at, sign = found.end(), found[0]
            if sign == "&":
                self._repairs.append((found.start(), 'a bare "&" is read as "&amp;"'))
                yield "&amp;"
            elif len(sign) == 1:
                message = f"the character U+{ord(sign):04X}, which XML forbids, is read as U+FFFD"
                self._repairs.append((found.start(), message))
                yield "\ufffd"
            else:
                self._section = "" if self._section else sign
                yield sign
        yield text[at:]
