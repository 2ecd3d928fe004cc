"""How JSON with entries is read: streaming, in the memory of one entry.

The standard library decodes a document whole, and makes of three bytes an object of sixty. Here one
value after another is decoded, and none may be longer than an entry can be.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Literal

from sanctionslib.parsers._engine.source import Readable

__all__ = ["LONGEST", "JsonEntries", "JsonFaultError", "JsonText"]

LONGEST = 2_000_000
"""Characters that one entry may have, and all that stands beside the entries; those of the
Consolidated Screening List have 8,439 as CSV."""
_CHUNK = 1 << 16
_ESCAPE = 12
"""Characters of the longest escape; so far from the end of what was read a fault may be none."""
_REST = "e+"
"""The longest rest of a number that is cut: what stands before it is a number, too."""
_OF_NUMBERS = ".eE+-"
_BLANKS = re.compile(r"[ \t\r\n]*")


class JsonFaultError(Exception):
    """The text is no JSON; becomes the error of the format.

    Args:
        kind: It ends too early, is not well-formed, or has a value that is too long.
        what: What is wrong, in the words of the standard library.
        line: The line, from 1.
    """

    def __init__(self, kind: Literal["cut", "malformed", "long"], what: str, line: int) -> None:
        super().__init__(what)
        self.kind, self.what, self.line = kind, what, line


class JsonText:
    """A text in JSON, of which one value after another is taken.

    Args:
        stream: Its bytes.
        decoder: Makes the values.
        encoding: Of the text.

    Its methods raise:
        JsonFaultError: It is no JSON, or a value has more than `LONGEST` characters.
        UnicodeDecodeError: It is not of this encoding; `undecoded_line` says where.
        RecursionError: It is nested too deep.
    """

    size = 0
    """Characters of the value that was taken last."""
    undecoded_line = 0
    """The line of bytes that are no text."""

    def __init__(self, stream: Readable, decoder: json.JSONDecoder, encoding: str) -> None:
        self._stream = stream
        self._decoder = decoder
        self._bytes = codecs.getincrementaldecoder(encoding)()
        self._text = ""
        self._at = 0
        self._line = 1
        self._is_whole = False

    def peek(self) -> str:
        """The next character that is not blank; "" at the end."""
        while True:
            blanks = _BLANKS.match(self._text, self._at)
            assert blanks is not None  # it matches nothing, too
            self._at = blanks.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_on():
                return ""

    def takes(self, mark: str) -> bool:
        """Whether the next character is this one; then it is taken."""
        is_next = self.peek() == mark
        self._at += is_next
        return is_next

    def take(self, mark: str) -> None:
        """Take this character."""
        if not self.takes(mark):
            raise self.fault(f"Expecting {mark!r}")

    def value(self) -> object:
        """Take the next value."""
        self.peek()
        while True:
            fault: json.JSONDecodeError | None = None
            end = len(self._text)
            value: object = None
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                fault = error
            self.size = end - self._at
            is_open = end + len(_REST) >= len(self._text)  # a number may go on, too
            if fault is not None:
                is_open = fault.msg.startswith("Unterminated") or fault.pos + _ESCAPE > end
            if self.size > LONGEST and (is_open or fault is None):
                raise JsonFaultError(
                    "long", f"a value of more than {LONGEST:,} characters", self.line
                )
            start = self._at
            if is_open and self._read_on():
                continue
            start -= self._at  # at the end of the text, too, what was taken is let go
            if fault is not None:
                self._at = fault.pos - start
                raise JsonFaultError("cut" if is_open else "malformed", fault.msg, self.line)
            self._at = end - start
            return value

    def elements(self) -> Iterator[object]:
        """Take an array, element by element."""
        self.take("[")
        if self.takes("]"):
            return
        while True:
            yield self.value()
            if self.takes("]"):
                return
            self.take(",")

    def fault(self, what: str) -> JsonFaultError:
        """That the next character is not what it must be."""
        self.peek()
        while len(self._text) - self._at <= len(_REST) and self._read_on():
            pass
        is_cut = not self._text[self._at :].strip(_OF_NUMBERS)
        return JsonFaultError("cut" if is_cut else "malformed", what, self.line)

    @property
    def line(self) -> int:
        """The line of the next character, from 1."""
        return self._line + self._text.count("\n", 0, self._at)

    def _read_on(self) -> bool:
        """Read more, twice as much for a value that is not whole yet; False at the end."""
        if self._is_whole:
            return False
        rest, line = self._text[self._at :], self.line
        data = self._stream.read(max(_CHUNK, len(rest)))
        self._is_whole = not data
        try:
            more = self._bytes.decode(data, final=self._is_whole)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].count(b"\n")
            self.undecoded_line = line + rest.count("\n") + before
            raise
        self._text, self._at, self._line = rest + more, 0, line
        return not self._is_whole or bool(more)


class JsonEntries:
    """The elements of the one long array of a document, one by one.

    It is the document itself, or stands in the object that the document is. Iterating gives them;
    after that, `found` and `beside` are whole.

    Args:
        text: The document.
        name: The key of the array.
    """

    found: bool
    """Whether there was such an array."""
    beside: list[tuple[str, object]]
    """All pairs of the object, in order; None stands for the elements."""

    def __init__(self, text: JsonText, name: str) -> None:
        self.found = False
        self.beside = []
        self._text = text
        self._name = name

    def __iter__(self) -> Iterator[object]:
        text = self._text
        first = text.peek()
        if first == "[":
            self.found = True
            yield from text.elements()
        elif first == "{":
            yield from self._pairs()
        else:
            text.value()
        if text.peek():
            raise text.fault("Extra data")

    def _pairs(self) -> Iterator[object]:
        text, size = self._text, 0
        text.take("{")
        if text.takes("}"):
            return
        while True:
            if text.peek() != '"':
                raise text.fault("Expecting property name enclosed in double quotes")
            key = str(text.value())
            size += text.size
            text.take(":")
            if key == self._name and text.peek() == "[":
                self.found = True
                self.beside.append((key, None))
                yield from text.elements()
            else:
                self.beside.append((key, text.value()))
                size += text.size
            if size > LONGEST:
                what = f"more than {LONGEST:,} characters beside the entries"
                raise JsonFaultError("long", what, text.line)
            if text.takes("}"):
                return
            text.take(",")
