"""Reading our own JSON: what was written comes back, and everything else raises."""

from __future__ import annotations

import contextlib
import gzip
import json
import pickle
import re
import sys
import tempfile
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exact import unlike
from hypothesis import example, given
from hypothesis import strategies as st
from quick import examples

from sanctionslib._version import __version__
from sanctionslib.errors import (
    IncompleteEditionError,
    InvalidInputError,
    ParseError,
    SanctionsError,
    SanctionsWarning,
    StructureChangedError,
    TruncatedError,
    UnknownFormatError,
)
from sanctionslib.export import write
from sanctionslib.model import (
    Birth,
    Edition,
    Entity,
    Name,
    NameKind,
    Organization,
    PartialDate,
    Person,
    Source,
)
from sanctionslib.parsers import InputFile, Options, Parsed
from sanctionslib.parsers.own.json import FORMAT, read_json, read_jsonl, sniff
from sanctionslib.serialize import EntityReader, Envelope, structure

from ..export.strategies import lists

EDITION = Edition(list_id="watch", publisher="Exámple", published=date(2021, 12, 10))
PARTIES = (
    Person(
        id="watch:1",
        names=(Name(text="EXAMPLE PERSON"), Name(text="EXAMPLE", kind=NameKind.AKA)),
        births=(Birth(date=PartialDate.parse("circa 1971")),),
        source=Source(("lastName", "uid"), ("EXAMPLE PERSON", "1")),
        edition=EDITION,
    ),
    Organization(
        id="watch:2",
        names=(Name(text="EXAMPLE {LLC}"), Name(text="商湯集團有限公司", kind=NameKind.AKA)),
        edition=EDITION,
    ),
)
Reader = Callable[..., Parsed]
MARKS = [bytes([mark]) for mark in b'{}[]",:\n0e-']
READERS: dict[str, Reader] = {"json": read_json, "jsonl": read_jsonl}


NO_VERSIONS = ["", "unknown", "9", "9.1", ".1.0", "9..0", "9.1.", " 9.1.0", "9.1.0 ", "9.1.0.0"]
NO_VERSIONS += ["v9.1.0", "-9.1.0", "9.1.0\n", "٩.1.0", "9.1.01234567", "9,1.0"]


def _bytes(form: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a.{form}")
        write(PARTIES, [EDITION], path, keep_source=True)
        return path.read_bytes()


WRITTEN = {form: _bytes(form) for form in READERS}


def _json(**changes: Any) -> bytes:
    """The file, as JSON of one line, with changes in the envelope."""
    value = json.loads(WRITTEN["json"]) | changes
    return json.dumps({name: one for name, one in value.items() if one is not ...}).encode()


@pytest.mark.parametrize("form", READERS)
def test_what_was_written_comes_back(form: str) -> None:
    """Entities, editions and the count come back; each entity has its edition and its source."""
    found = READERS[form](WRITTEN[form], name=f"a.{form}")
    assert found.entities == PARTIES
    assert found.editions == (EDITION,)
    assert all(one.edition is found.editions[0] for one in found.entities)
    assert [one.source for one in found.entities] == [one.source for one in PARTIES]
    assert (found.audit.declared, found.audit.read, found.audit.converted) == (2, 2, 2)


@pytest.mark.parametrize("form", READERS)
def test_cut_at_every_byte(form: str) -> None:
    """A file that is cut anywhere raises; only the last line break may go."""
    data = WRITTEN[form]
    for end in range(len(data) - 1):
        with pytest.raises(TruncatedError):
            READERS[form](data[:end])
    assert READERS[form](data[:-1]).entities == PARTIES


def _place(before: bytes) -> int:
    """Where a text of the envelope ends; it is the same place in both formats."""
    (place,) = {data.index(before) + len(before) for data in WRITTEN.values()}
    return place


def _numbers(version: str) -> list[int]:
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", version, re.ASCII)
    assert found, version
    return [*map(int, found.groups())]


LIBRARY = _place(b'"library":"')
KEY = _place(b'"publisher')
DAMAGE = st.tuples(
    st.integers(0, max(map(len, WRITTEN.values())) - 1),
    st.integers(0, 4),
    st.binary(max_size=3) | st.sampled_from(MARKS),
)


@pytest.mark.parametrize("form", READERS)
@example([(KEY, 0, b"x"), (LIBRARY, 1, b"")])  # ".1.0" and an unknown key
@example([(KEY, 0, b"x"), (LIBRARY, 1, b"9")])  # "9.1.0" and an unknown key: it may be ignored
@given(damages=st.lists(DAMAGE, min_size=1, max_size=3))
def test_damaged_bytes_raise_only_our_errors(
    form: str, damages: list[tuple[int, int, bytes]]
) -> None:
    """Bytes that are changed, put in or taken out raise an error of ours, or read as two.

    Keys are ignored, with a warning, only where the damage made a version of it that is newer.
    """
    body = bytearray(WRITTEN[form])
    for place, length, put in damages:
        at = place % len(body)
        body[at : at + length] = put
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SanctionsWarning)
        with contextlib.suppress(SanctionsError):
            assert len(READERS[form](bytes(body)).entities) == 2
    if caught:
        assert {one.category for one in caught} == {SanctionsWarning}
        text = body.decode().strip()
        library = json.loads(text if form == "json" else text.split("\n")[0])["library"]
        assert _numbers(library) > _numbers(__version__)


@pytest.mark.parametrize("form", READERS)
@examples(50)
@given(st.binary(max_size=40))
def test_any_bytes_raise_only_our_errors(form: str, data: bytes) -> None:
    """No bytes lead to an error of somebody else."""
    with pytest.raises(ParseError):
        READERS[form](data)
    assert sniff(data) is None


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", TruncatedError, "empty"),
        (b" \r\n\t", TruncatedError, "empty"),
        (b"<!DOCTYPE html><html></html>", UnknownFormatError, "a web page or XML"),
        (b"uid,name\n1,A\n", UnknownFormatError, "not our JSON"),
        (b"[]", UnknownFormatError, "not our JSON"),
        (b"null", UnknownFormatError, "not our JSON"),
        (b"{}", UnknownFormatError, "no schema"),
        (b'{"schema": 1}', UnknownFormatError, "no schema"),
        (b'{"schema":"sanctionslib/entity/1"}', StructureChangedError, "entities/1"),
        (b'{"schema":"sanctionslib/entities/2"}', StructureChangedError, "entities/1"),
        (b"\xef\xbb\xbf{}", ParseError, "byte order mark"),
        ('{"a": 1}'.encode("utf-16"), ParseError, "byte order mark"),
        (b'{"a": "\xff"}', ParseError, "not valid in UTF-8"),
        (b'{"a": "\xc3', TruncatedError, "inside a character"),
        (b'{"a": NaN}', ParseError, "NaN is no number"),
        (b'{"a": -Infinity}', ParseError, "-Infinity is no number"),
        (b'{"a": 1' + b"0" * 5000 + b"}", ParseError, "digits"),
        (b'{"a": 1, "a": 2}', ParseError, "'a' is given twice"),
        (b"{'a': 1}", ParseError, "not well-formed JSON"),
        (b'{"a": ' + b"[" * 200_000, ParseError, "nested"),
        (b'{"a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", ParseError, "nested"),
    ],
    ids=str,
)
def test_what_is_not_ours(form: str, data: bytes, error: type[ParseError], message: str) -> None:
    """Each kind of wrong file has the error that says what it is."""
    with pytest.raises(error, match=message) as caught:
        READERS[form](data, name="file.txt")
    assert caught.value.where.source == "file.txt"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"library": ...}, "library", "required, and missing"),
        ({"library": 1}, "library", "must be text"),
        *(({"library": one}, "library", "must be a version as") for one in NO_VERSIONS),
        ({"count": ...}, "count", "required, and missing"),
        ({"count": True}, "count", "must be a whole number, not True"),
        ({"count": 2.0}, "count", "must be a whole number, not 2.0"),
        ({"selection": 1}, "selection", "must be text"),
        ({"editions": ...}, "editions", "required, and missing"),
        ({"editions": [{"list_id": None}]}, "editions[0].list_id", "must be text, not None"),
        ({"editions": [7]}, "editions[0]", "no position"),
        ({"entities": ...}, "entities", "missing: is this JSON Lines"),
        ({"entities": {}}, "entities", "no array"),
        ({"colour": "red"}, "colour", "unknown key 'colour'"),
    ],
)
def test_a_wrong_envelope(changes: dict[str, Any], path: str, message: str) -> None:
    """What is wrong in the envelope is a changed structure, with the path to it."""
    with pytest.raises(StructureChangedError, match=message) as caught:
        read_json(_json(**changes))
    assert caught.value.where.path == path


def test_the_count_decides() -> None:
    """Fewer entities than declared are a cut file, more are one that was tampered with."""
    with pytest.raises(TruncatedError, match="3 entities are declared, 2 are there"):
        read_json(_json(count=3))
    with pytest.raises(IncompleteEditionError, match="1 entities are declared, 2 are there"):
        read_json(_json(count=1))
    lines = WRITTEN["jsonl"].splitlines(keepends=True)
    with pytest.raises(TruncatedError, match="2 entities are declared, 1 are there"):
        read_jsonl(b"".join(lines[:-1]))
    with pytest.raises(IncompleteEditionError):
        read_jsonl(b"".join(lines) + lines[-1])
    with pytest.raises(IncompleteEditionError):
        read_jsonl(b"".join(lines) * 2)


def test_a_wrong_entity_is_found() -> None:
    """The error has the entry, and the path or the line, of the value that is wrong."""
    bad = {"kind": "person", "id": "watch:7", "names": [{"text": "A", "kind": "nick"}]}
    with pytest.raises(ParseError, match="must be one of primary") as caught:
        read_json(_json(entities=[*json.loads(WRITTEN["json"])["entities"][:1], bad]), name="a")
    assert caught.value.where.path == "entities[1].names[0].kind"
    assert caught.value.where.entry == "watch:7"

    lines = WRITTEN["jsonl"].splitlines(keepends=True)
    with pytest.raises(ParseError, match="must be one of primary") as caught:
        read_jsonl(b"".join([*lines[:2], b"\n", json.dumps(bad).encode()]), name="a")
    where = caught.value.where
    assert (where.path, where.line, where.entry) == ("names[0].kind", 4, "watch:7")
    with pytest.raises(ParseError, match="must be an object") as caught:
        read_jsonl(b"".join([*lines[:2], b"null\n"]))
    assert caught.value.where.line == 3
    with pytest.raises(ParseError, match="not well-formed JSON") as caught:
        read_jsonl(b"".join([*lines[:1], b'{"kind":\n', lines[2]]))
    assert not isinstance(caught.value, TruncatedError)
    assert caught.value.where.line == 2


def test_an_id_stands_for_one_entity() -> None:
    """The same id twice raises, and says at which entity."""
    first = json.loads(WRITTEN["json"])["entities"][0]
    with pytest.raises(ParseError, match="'watch:1' is given twice") as caught:
        read_json(_json(entities=[first, first]))
    assert caught.value.where.path == "entities[1].id"


def test_one_is_not_read_as_the_other() -> None:
    """JSON is no JSON Lines; `sniff` tells them apart."""
    with pytest.raises(StructureChangedError, match="missing: is this JSON Lines"):
        read_json(WRITTEN["jsonl"].splitlines()[0])
    with pytest.raises(StructureChangedError, match="inside the envelope"):
        read_jsonl(_json())


def test_files_of_a_newer_version() -> None:
    """Keys that we do not know are ignored with a warning, if a newer version wrote them."""
    new = {"kind": "person", "id": "watch:1", "names": [{"text": "A", "tone": "high"}]}
    with pytest.warns(SanctionsWarning, match="999") as caught:
        found = read_json(_json(library="999.1.0", colour="red", entities=[new], count=1))
    assert [one.name for one in found.entities] == ["A"]
    assert [
        "'colour'" in str(caught[0].message),
        "[0].names[0].tone" in str(caught[1].message),
    ] == [
        True,
        True,
    ]
    with pytest.raises(ParseError, match="unknown key 'tone'"):
        read_json(_json(library=__version__, entities=[new], count=1))
    with pytest.raises(ParseError, match="unknown key 'tone'"):
        read_json(_json(library=f"{__version__}rc1", entities=[new], count=1))
    worse = new | {"kind": "robot"}
    with pytest.raises(ParseError, match=r"written by sanctionslib 999\.1\.0rc1, .* update"):
        read_json(_json(library="999.1.0rc1", entities=[worse], count=1))


@pytest.mark.parametrize("library", NO_VERSIONS)
def test_what_is_no_version_is_not_newer(library: str) -> None:
    """A version that is none is refused, and no unknown key is ignored for its sake."""
    with pytest.raises(StructureChangedError, match="unknown key 'colour'"):
        read_json(_json(library=library, colour="red"))
    new = {"kind": "person", "id": "watch:1", "names": [{"text": "A", "tone": "high"}]}
    with pytest.raises(StructureChangedError, match="must be a version") as caught:
        read_json(_json(library=library, entities=[new], count=1), name="a.json")
    assert (caught.value.where.source, caught.value.where.path) == ("a.json", "library")


@pytest.mark.parametrize("library", ["0.0.1", "0.1.0rc1", "9.1.0", "9.1.0.dev3", "9.1.0-b1+x.1"])
def test_versions(library: str) -> None:
    """A version of three numbers, older or newer, with or without a suffix, is read."""
    assert read_json(_json(library=library)).entities == PARTIES


def test_sniff() -> None:
    """The schema near the beginning is the mark; the first line tells the two formats apart."""
    assert sniff(WRITTEN["json"]) == sniff(WRITTEN["json"][:100]) == "json"
    assert sniff(WRITTEN["jsonl"]) == "jsonl"
    assert sniff(_json()) == "json"
    pretty = json.dumps(json.loads(WRITTEN["json"]), indent=2).encode()
    assert sniff(pretty) == "json"
    assert read_json(pretty).entities == PARTIES
    assert sniff(b"\xef\xbb\xbf" + WRITTEN["json"]) == "json"
    for other in (b"", b"{}", b"<html>", b"[" + WRITTEN["json"], b'{"schema":"other/1"}'):
        assert sniff(other) is None


def test_the_format_reads_it(tmp_path: Path) -> None:
    """Among the formats it reads both, also compressed, and no date or list of its caller's."""
    for form, data in WRITTEN.items():
        path = tmp_path / f"a.{form}.gz"
        path.write_bytes(gzip.compress(data))
        source = InputFile(path)
        assert FORMAT.parse([source], Options()).entities == PARTIES
        assert FORMAT.parse([source], Options(list_id="watch")).editions == (EDITION,)
        with pytest.raises(InvalidInputError, match="leave list_id out"):
            FORMAT.parse([source], Options(list_id="us_ofac_sdn"))
        with pytest.raises(InvalidInputError, match="leave published out"):
            FORMAT.parse([source], Options(published=date(2020, 1, 1)))


def test_no_serialiser_is_needed_until_something_is_read() -> None:
    """Importing the module does not load what reads and writes JSON."""
    import subprocess

    code = (
        "import sys; from sanctionslib import export; import sanctionslib.parsers.own.json;"
        "print({'cattrs', 'msgspec'} & {*sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


@pytest.mark.parametrize("form", READERS)
def test_a_file_as_we_write_it_is_read_once(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What reads value by value, and four times as long, is not asked."""
    monkeypatch.setattr("sanctionslib.parsers.own.json._File", None)
    assert READERS[form](WRITTEN[form]).entities == PARTIES


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"},\n{", b"}\n{"),
        (b"}\n]}", b"},\n]}"),
        (b"\n]}\n", b"\n]}\n]}\n"),
        (b"\n]}\n", b"\n]}\n{}\n"),
        (b"\n]}\n", b"\n]\n"),
        (b"\n]}\n", b"\n"),
        (b'"entities":[\n', b'"entities":[\n,'),
    ],
)
def test_lines_that_make_no_document(old: bytes, new: bytes) -> None:
    """Each entity may stand whole in its line, and the document still be none."""
    assert WRITTEN["json"].count(old) == 1
    with pytest.raises(ParseError, match=r"not well-formed|does not end"):
        read_json(WRITTEN["json"].replace(old, new))
    empty = b'{"schema":"sanctionslib/entities/1","library":"0.1.0","editions":[],"count":0'
    assert read_json(empty + b',"entities":[\n]}\n').entities == ()
    assert read_jsonl(empty + b"}\n").entities == ()


@given(lists(keep_source=True))
def test_what_we_write_is_read_quickly_and_the_same(given: tuple[list[Any], list[Edition]]) -> None:
    """Every line that is written is read by `EntityReader`, in everything as value by value."""
    entities, editions = given
    read = EntityReader(editions)
    write_one = Envelope(editions, keep_source=True, adopting=True)
    for one in entities:
        plain = write_one.write(one)
        line = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
        found = read(line)
        assert found is not None, line
        exact = structure(plain, Entity, editions=editions)
        assert unlike(found, exact) == ""
        assert unlike(found, one) == ""


@pytest.mark.parametrize(
    "line",
    [
        b'{"kind":"vessel","id":"watch:1","names":[{"text":"A","txt":""}]}',
        b'{"kind":"vessel","id":"watch:1","id":"watch:1","names":[]}',
        b'{"kind":"vessel","id":"watch:1","names":[{"text":"A","text":"A"}]}',
        b'{"kind": "vessel","id":"watch:1","names":[]}',
        b'{"id":"watch:1","kind":"vessel","names":[]}',
        b'{"kind":"vessel","id":"watch:1","names":[],"raw_kind":""}',
        b'{"kind":"vessel","id":"watch:1","names":[],"tonnage":1.0}',
        b'{"kind":"vessel","id":"watch:1","names":[],"tonnage":true}',
        b'{"kind":"vessel","id":"watch:1","names":[],"edition":7}',
        b'{"kind":"vessel","id":"watch:1","names":[],"edition":-1}',
        b'{"kind":"ship","id":"watch:1","names":[]}',
        b'{"kind":"vessel","id":"watch:1"}',
        b'{"kind":"vessel","id":"watch:1","names":[{"text":"\\ud83d"}]}',
        b'{"kind":"person","id":"watch:1","names":[],"births":[{"date":{"precision":"day"}}]}',
        b'{"kind":"vessel","id":"watch:1","names":' + b"[" * 100_000,
        b"null",
        b"",
    ],
    ids=lambda line: line[-40:].decode(),
)
def test_anything_else_is_read_value_by_value(line: bytes) -> None:
    """What is unknown, given twice, of another type, or only written otherwise."""
    assert EntityReader([EDITION])(line) is None
    assert EntityReader([EDITION])(b'{"kind":"vessel","id":"watch:1","names":[]}') is not None
