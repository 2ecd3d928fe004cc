"""Reads JSON with entries as a stream, in the memory of one entry.

The standard library decodes a whole document, and turns three bytes into an object of sixty. This
module decodes one value after another, each limited to the length of an entry.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator

from sanctionslib.errors import ParseError, Where
from sanctionslib.parsers._engine.faults import damaged, limit_exceeded, truncated, undecodable
from sanctionslib.parsers._engine.input_file import Readable

__all__ = ["LONGEST", "JsonEntries"]

LONGEST = 2_000_000
"""Characters of one entry, and of everything beside the entries; an entry of the Consolidated
Screening List has up to 8,439 as CSV."""
_CHUNK = 1 << 16
_REST = len("e+")
"""The longest remainder of a truncated number: the characters before it are a number, too."""
_OPEN = re.compile(r"[\\\w.+-]{0,12}")
"""The possible start of a word, a number or an escape at the end of a truncated text."""
_BLANKS = re.compile(r"[ \t\r\n]*")


class JsonEntries:
    """The elements of the one long array of a document, one by one.

    The array is the document itself, or is in the object that the document is, or in an object
    there. Iterating gives its elements; afterwards `found` and `beside` are complete.

    Args:
        stream: The bytes of the document.
        decoder: Makes the values.
        name: The key of the array, or several keys joined by "/"; "" where the array is always the
            document itself.
        where: The document, for errors.
        encoding: The encoding of its text.

    Iterating raises:
        TruncatedError: The document ends too early.
        ParseError: It is not well-formed, or not of this encoding.
        StructureChangedError: A value, or everything beside the entries, has more than `LONGEST`
            characters.
        RecursionError: It is nested too deeply.
    """

    found = False
    """Whether there was such an array."""

    def __init__(
        self,
        stream: Readable,
        decoder: json.JSONDecoder,
        name: str,
        where: Where,
        encoding: str = "utf-8",
    ) -> None:
        self.beside: list[tuple[str, object]] = []
        """All pairs of the object and of the array's parents, in order, by path; the value of
        the array and of its parents is None."""
        self._stream = stream
        self._decoder = decoder
        self._name = name
        self._document = where
        self._bytes = codecs.getincrementaldecoder(encoding)()
        self._text = ""
        self._at = 0
        self._line = 1
        """The line where the text begins."""
        self._size = 0
        """Characters of the last value."""
        self._size_beside = 0

    def __iter__(self) -> Iterator[object]:
        first = self._peek()
        if first == "[":
            yield from self._elements()
        elif first == "{":
            yield from self._fields()
        else:
            self._value()
        if self._peek():
            raise self._expecting("the end")

    def _elements(self) -> Iterator[object]:
        self.found = True
        for _ in self._items("[", "]"):
            yield self._value()

    def _fields(self, base: str = "") -> Iterator[object]:
        """Read the object that contains the array, or one of its parents; everything else is kept."""
        for _ in self._items("{", "}"):
            if self._peek() != '"':
                raise self._expecting("a key in double quotes")
            path = base + str(self._value())
            self._size_beside += self._size
            self._take(":")
            start = self._peek()
            if path == self._name != "" and start == "[":
                self.beside.append((path, None))
                yield from self._elements()
            elif self._name.startswith(f"{path}/") and start == "{":
                self.beside.append((path, None))
                yield from self._fields(f"{path}/")
            else:
                self.beside.append((path, self._value()))
                self._size_beside += self._size
            if self._size_beside > LONGEST:
                raise limit_exceeded(
                    f"more than {LONGEST:,} characters beside the entries", self._where()
                )

    def _items(self, start: str, end: str) -> Iterator[None]:
        """Stop before each item of an array or an object, so that the caller reads it."""
        self._take(start)
        if self._takes(end):
            return
        while True:
            yield
            if self._takes(end):
                return
            self._take(",")

    def _peek(self) -> str:
        """The next non-blank character; "" at the end."""
        while True:
            blanks = _BLANKS.match(self._text, self._at)
            assert blanks is not None  # it also matches an empty text
            self._at = blanks.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_on():
                return ""

    def _takes(self, mark: str) -> bool:
        """Whether the next character is this one; if so, it is consumed."""
        is_next = self._peek() == mark
        self._at += is_next
        return is_next

    def _take(self, mark: str) -> None:
        if not self._takes(mark):
            raise self._expecting(repr(mark))

    def _value(self) -> object:
        """Read the next value."""
        self._peek()
        while True:
            fault: json.JSONDecodeError | None = None
            value, end = None, len(self._text)
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
                is_open = end + _REST >= len(self._text)  # a number may continue
            except json.JSONDecodeError as error:
                fault = error
                is_open = self._is_open(error.msg, error.pos)
            self._size = end - self._at
            if self._size > LONGEST and (is_open or fault is None):
                raise limit_exceeded(f"a value of more than {LONGEST:,} characters", self._where())
            if is_open and self._read_on():
                continue
            if fault is not None:
                raise self._fault(fault.msg, fault.pos)
            self._at = end
            return value

    def _read_on(self) -> bool:
        """Read more, twice as much for an incomplete value; False at the end."""
        rest = self._text[self._at :]
        data = self._stream.read(max(_CHUNK, len(rest)))
        try:
            more = self._bytes.decode(data, final=not data)
        except UnicodeDecodeError as error:
            lines = rest.count("\n") + error.object[: error.start].count(b"\n")
            where = self._where()
            raise undecodable(error, where._replace(line=(where.line or 0) + lines)) from None
        if not data:
            return False
        self._line += self._text.count("\n", 0, self._at)
        self._text, self._at = rest + more, 0
        return True

    def _is_open(self, fault: str, at: int) -> bool:
        """Whether more text could resolve the fault."""
        return fault.startswith("Unterminated") or bool(_OPEN.fullmatch(self._text, at))

    def _expecting(self, what: str) -> ParseError:
        """The error for an unexpected next character."""
        while self._is_open(what, self._at) and self._read_on():
            pass
        return self._fault(f"Expecting {what}", self._at)

    def _fault(self, what: str, at: int) -> ParseError:
        where = self._where(at)
        if self._is_open(what, at):
            return truncated("the document does not end", where)
        return damaged(f"the document is not well-formed JSON: {what}", where)

    def _where(self, at: int | None = None) -> Where:
        """The place of a character of the text, by default the next one."""
        lines = self._text.count("\n", 0, self._at if at is None else at)
        return self._document._replace(line=self._line + lines)
