"""JSON read value by value: the same result as read at once, for any size of blocks."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctionslib as sl
from sanctionslib.errors import Where
from sanctionslib.parsers._engine.json_entries import LONGEST, JsonEntries

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


class Dripping(io.BytesIO):
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self.size = size

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self.size)


def entries(data: bytes, size: int = 1 << 16, name: str = "e") -> tuple[list[object], JsonEntries]:
    """The entries under "e", and the object after it was read."""
    found = JsonEntries(Dripping(data, size), json.JSONDecoder(), name, Where())
    return list(found), found


@given(
    st.lists(VALUES, max_size=5),
    st.dictionaries(st.text(max_size=5).filter(lambda key: key != "e"), VALUES, max_size=3),
    st.integers(1, 9),
    st.sampled_from([None, 0, 40]),
    st.booleans(),
)
def test_result_equals_the_standard_library(
    values: list[Any], beside: dict[str, Any], size: int, indent: int | None, is_ascii: bool
) -> None:
    """Values of all kinds, cut into pieces anywhere, also within a number, an escape or a character."""
    data = json.dumps({"a": 1, "e": values} | beside, indent=indent, ensure_ascii=is_ascii)
    made, found = entries(data.encode("utf-8", "surrogatepass"), size)
    assert made == values
    assert found.found
    assert dict(found.beside) == {"a": 1, "e": None} | beside


@given(
    st.lists(VALUES, max_size=5),
    st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3),
    st.dictionaries(st.sampled_from("xyz"), VALUES, max_size=3),
    st.integers(1, 9),
)
def test_deeper(values: list[Any], inner: dict[str, Any], outer: dict[str, Any], size: int) -> None:
    """The array of an object in an object: the other values on each level are kept by path."""
    data = json.dumps({"d": {"e": values} | inner} | outer).encode()
    made, found = entries(data, size, "d/e")
    assert made == values
    beside = {"d": None, "d/e": None} | {f"d/{key}": one for key, one in inner.items()} | outer
    assert (found.found, dict(found.beside)) == (True, beside)


@given(st.lists(VALUES, max_size=4), st.integers(1, 9), st.sampled_from([None, 40]), st.data())
def test_a_cut_document_differs_from_a_faulty_one(
    values: list[Any], size: int, indent: int | None, data: st.DataObject
) -> None:
    """What ends too early is cut, wherever it ends."""
    whole = json.dumps({"e": values}, indent=indent).encode()
    at = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(sl.errors.TruncatedError):
        entries(whole[:at], size)


@pytest.mark.parametrize("size", [1, 1 << 16])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"e": [1,\n2,\n3 4]}', 3),
        ('{"e": [\n{"a" 1}\n]}', 2),
        ('{"e": []}\n{}', 2),
        ("{e: []}", 1),
        ('{"e": [1,]}', 1),
        ('{"e": ["\n"]}', 1),
    ],
)
def test_faults_have_their_line(text: str, line: int, size: int) -> None:
    """Faults are found at their place, also with small blocks."""
    with pytest.raises(sl.ParseError, match="not well-formed") as caught:
        entries(text.encode(), size)
    assert (type(caught.value), caught.value.where.line) == (sl.ParseError, line)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"e": ["x" * LONGEST]}),
        json.dumps({"e": [[1] * (LONGEST // 2)]}),
        json.dumps({"x" * LONGEST: 1}),
        json.dumps({"a": "x" * (LONGEST // 2), "b": "x" * (LONGEST // 2), "e": []}),
    ],
    ids=["text", "array", "key", "beside"],
)
def test_what_is_too_long(text: str) -> None:
    """Neither a value nor the text outside the entries may be longer than the largest entry."""
    with pytest.raises(sl.errors.StructureChangedError, match="more than 2,000,000 characters"):
        entries(text.encode())


def test_what_is_too_long_on_two_levels() -> None:
    """All text outside the entries is counted together."""
    half = "x" * (LONGEST // 2)
    with pytest.raises(
        sl.errors.StructureChangedError, match="more than 2,000,000 characters beside"
    ):
        entries(json.dumps({"a": half, "d": {"b": half, "e": []}}).encode(), name="d/e")


def test_what_is_read() -> None:
    """An entry of exactly the limit; an array is the entries, and anything else has none."""
    assert entries(b'{"e": ["%s"]}' % (b"x" * (LONGEST - 2)))[0] == ["x" * (LONGEST - 2)]
    assert entries(b"[1, 2]")[0] == [1, 2]
    for data, beside in ((b'"e"', []), (b'{"e": 1}', [("e", 1)])):
        made, found = entries(data)
        assert (made, found.found, found.beside) == ([], False, beside)


def test_memory_of_one_entry() -> None:
    """Of a document of 40 MB no more is held than some entries of 100 kB."""
    inside = b",".join([b'{"x": "%s"}' % (b"x" * 100_000)] * 400)
    stream = io.BytesIO(b'{"d": {"e": [%s]}}' % inside)
    tracemalloc.start()
    try:
        found = JsonEntries(stream, json.JSONDecoder(), "d/e", Where())
        assert sum(1 for _ in found) == 400
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
