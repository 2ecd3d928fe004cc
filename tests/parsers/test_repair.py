"""XML with faults that publishers have shipped: a clear error, and what `repair=True` makes of it."""

from __future__ import annotations

import hashlib
import io
import warnings
from pathlib import Path

import pytest
from contract import KEEPING, quick
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from quick import examples

import sanctionslib as sl
from sanctionslib.parsers._engine.repair import Repaired, can_repair

FORMATS = [name for name in KEEPING if name.endswith("-xml")]
FAULTS = {
    b"Smith & Sons": ("Smith & Sons", 'a bare "&"'),
    b"AT&T Group": ("AT&T Group", 'a bare "&"'),
    b"Du\x19a": ("Du\ufffda", "U+0019"),
    b"Du\x00a": ("Du\ufffda", "U+0000"),
    "Du\ufffea".encode(): ("Du\ufffda", "U+FFFE"),
    b"Caf\xe9 Nord": ("Café Nord", "0xE9"),
    b"Caf\xe9": ("Café", "0xE9"),
    b"it\x92s": ("it’s", "0x92"),
    b"x\x81y": ("x\ufffdy", "0x81"),
}
"""The text of a file, how it is read, and what is reported."""


def read(
    data: bytes, list_id: str, *, repair: bool = True, strict: bool = False
) -> sl.SanctionsList[sl.Entity]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.SanctionsWarning)
        return sl.read(data, list_id=list_id, repair=repair, strict=strict)


def broken(name: str, fault: bytes) -> tuple[bytes, list[int]]:
    """The small file of a format with a fault in place of a name, and the lines of it.

    It is the first name that stands there by letter, as a text or an attribute.
    """
    (data,) = quick()[f"{name} small"].files
    texts = [
        each.text.encode()
        for one in read(data, KEEPING[name].list_id)
        for name in one.names
        for each in (name, *name.parts)
    ]
    found = next(
        (before, text, behind)
        for text in texts
        for before, behind in ((b">", b"<"), (b'"', b'"'))
        if before + text + behind in data
    )
    first, *parts = data.split(b"".join(found))
    lines, line = [], 1
    for part in (first, *parts[:-1]):
        line += part.count(b"\n")
        lines.append(line)
    return (found[0] + fault + found[2]).join([first, *parts]), lines


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
@pytest.mark.parametrize("name", FORMATS)
def test_a_fault(name: str, fault: bytes) -> None:
    """Without `repair` the error names it; with it the text is read and the repair is reported."""
    data, lines = broken(name, fault)
    list_id = KEEPING[name].list_id
    with pytest.raises(sl.ParseError, match="not well-formed") as caught:
        read(data, list_id, repair=False)
    assert "repair=True" in caught.value.hint
    assert caught.value.where.line == lines[0]

    found = read(data, list_id)
    text, message = FAULTS[fault]
    texts = {each.text for one in found for name in one.names for each in (name, *name.parts)}
    assert any(text in each for each in texts)
    repairs = [one for one in found.audit.issues if one.kind is sl.answers.IssueKind.REPAIRED]
    assert all(message in one.message for one in repairs)
    assert [one.where.line for one in repairs] == lines
    assert {(one.repairs, one.sha256) for one in found.editions} == {
        (len(lines), hashlib.sha256(data).hexdigest())
    }
    assert all("REPAIRED" in one.label for one in found.editions)
    assert all(one.edition is not None and one.edition.repairs for one in found)
    with pytest.raises(sl.ParseError, match="is read as"):
        read(data, list_id, strict=True)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_without_faults(name: str) -> None:
    """It is read as usual, and nothing is reported."""
    (data,) = quick()[f"{name} small"].files
    list_id = KEEPING[name].list_id
    plain, found = read(data, list_id, repair=False), read(data, list_id)
    assert list(found) == list(plain)
    assert (found.editions, found.audit) == (plain.editions, plain.audit)
    assert found.editions[0].repairs == 0


@pytest.mark.parametrize(
    "fault",
    [b"Smith&#25;", b"<b>", b"Smith &nbsp; Sons", b"a < b", b"a ]]> b", b"</x>"],
    ids=repr,
)
def test_other_faults(fault: bytes) -> None:
    """They stay errors, and the errors name no repair."""
    data, _ = broken("un-sc-xml", fault)
    for repair in (False, True):
        with pytest.raises(sl.ParseError) as caught:
            read(data, "un_sc_sanctions", repair=repair)
        assert "repair" not in caught.value.hint


def test_two_faults_in_one_place() -> None:
    """A repair does not hide a fault without repair, and the hint does not name `repair` again."""
    data, _ = broken("un-sc-xml", b"Smith & <b>")
    with pytest.raises(sl.ParseError, match="mismatch") as caught:
        read(data, "un_sc_sanctions")
    assert "repair" not in caught.value.hint


def test_a_cut_file() -> None:
    """It is cut, with any other fault."""
    data, _ = broken("un-sc-xml", b"Smith & Sons")
    for repair in (False, True):
        with pytest.raises(sl.errors.TruncatedError):
            read(data[:-40], "un_sc_sanctions", repair=repair)


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "UTF-16"])
def test_another_encoding(encoding: str) -> None:
    """Only UTF-8 is repaired: in another encoding the intended bytes are unknown."""
    data, _ = broken("un-sc-xml", b"Du\x19a")
    text = data.decode().replace('"UTF-8"', f'"{encoding}"')
    other = text.encode(encoding, "xmlcharrefreplace")
    for repair in (False, True):
        with pytest.raises(sl.ParseError) as caught:
            read(other, "un_sc_sanctions", repair=repair)
        assert "repair" not in caught.value.hint
    assert not can_repair(other)


def test_sections_in_which_it_is_a_character() -> None:
    """In CDATA, comments and processing instructions "&" stays; what XML forbids is forbidden there."""
    fault = b"a <![CDATA[ b & c \x19 ]]> d <!-- & \x19 --> & <?x & ?> e"
    data, _ = broken("un-sc-xml", fault)
    found = read(data, "un_sc_sanctions")
    assert any("b & c \ufffd" in each.text for one in found for each in one.names)
    assert [one.message.split(",")[0] for one in found.audit.issues] == [
        "the character U+0019",
        "the character U+0019",
        'a bare "&" is read as "&amp;"',
    ]


def test_too_many() -> None:
    """A file with far more faults than entries is not a list."""
    data, _ = broken("un-sc-xml", b"& " * 400_000)
    with pytest.raises(sl.errors.StructureChangedError, match="issues"):
        read(data, "un_sc_sanctions")


def test_a_text_without_end() -> None:
    """It is not held in memory until a tag ends."""
    data, _ = broken("un-sc-xml", b"x" * 20_000_000)
    with pytest.raises(sl.errors.StructureChangedError, match="without the end of an entry"):
        read(data, "un_sc_sanctions")


# ── the stream ────────────────────────────────────────────────────────────────────────────────

PIECES = st.sampled_from(
    [
        *(b"&", b"&amp;", b"&#38;", b"&#x26;", b"&x", b"&x.y;", b";", b"a", b" ", b"\n", b"\r\n"),
        *(b"\x19", b"\xe9", b"\xe2\x80", b"\x99", "é".encode(), "’".encode(), "\uffff".encode()),
        *(b"<a>", b"</a>", b"<a b='&'/>", b">", b"<!-- & -->", b"<![CDATA[&]]>", b"<?p & ?>"),
        *(b"<![CDATA[", b"]]>", b"<!--", b"-->"),
    ]
)


def repaired(data: bytes, size: int) -> tuple[bytes, list[tuple[str, int]]]:
    reports: list[tuple[str, int]] = []
    stream = Repaired(io.BytesIO(data), lambda message, line: reports.append((message, line)))
    pieces = []
    while piece := stream.read(size):
        pieces.append(piece)
    return b"".join(pieces), reports


@given(st.lists(PIECES, max_size=30).map(b"".join), st.integers(1, 9))
@examples(400)
def test_pieces_of_any_size(data: bytes, size: int) -> None:
    """The size of the blocks changes nothing; repaired text needs no further repair."""
    whole, reports = repaired(data, 1 << 20)
    in_pieces, again = repaired(data, size)
    assert in_pieces == whole
    assert (
        [line for _, line in again]
        == [line for _, line in reports]
        == sorted(line for _, line in reports)
    )
    assert repaired(whole, size) == (whole, [])
    if not reports:
        assert whole == data


@given(st.lists(PIECES, max_size=12).map(b"".join))
@examples(400)
def test_well_formed_xml_is_unchanged(inner: bytes) -> None:
    """No byte of a document that XML readers take is changed."""
    data = b"<r>" + inner + b"</r>"
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return
    assert repaired(data, 3) == (data, [])


# ── the archive ───────────────────────────────────────────────────────────────────────────────


def test_the_archive_never_repairs(tmp_path: Path) -> None:
    """The archive rejects a file with such a fault, and a copy of a repaired one."""
    data, _ = broken("un-sc-xml", b"Smith & Sons")
    file = tmp_path / "consolidated.xml"
    file.write_bytes(data)
    home = tmp_path / "home"
    with pytest.raises(sl.ParseError, match="not well-formed") as caught:
        sl.Archive(home).add(file, list_id="un_sc_sanctions")
    assert "the archive does not accept such a file" in caught.value.hint
    written = tmp_path / "un.json"
    read(data, "un_sc_sanctions").write(written)
    assert [one.repairs for one in sl.read(written).editions] == [1]
    with pytest.raises(sl.InvalidInputError):
        sl.Archive(home).add(written, list_id="un_sc_sanctions")
    assert sl.Archive(home).editions("un_sc_sanctions").editions == ()
