"""fetch_file: files that come in a zip."""

from __future__ import annotations

import pytest
from faulty_server import Answer, FaultyServer
from fetching import STEADY, TEXT, XML, Get, sha256, zipped

from sanctionslib.errors import BlockedError


def test_of_a_zip_the_file_inside_is_taken(server: FaultyServer, get: Get) -> None:
    """By its name, whatever the case; the zip's name and hash are kept, the zip is not."""
    body = zipped({"readme.txt": b"hello", "a/sdn.csv": TEXT, "__MACOSX/sdn.csv": b"x"})
    url = server.put("/SDN%20ALL.ZIP", Answer(body=body))
    got = get.one(url)
    assert (got.name, got.sha256) == ("sdn.csv", sha256(TEXT))
    assert (got.packed, got.packed_sha256, got.wire) == ("SDN ALL.ZIP", sha256(body), len(body))


def test_of_a_zip_the_only_file_is_taken(server: FaultyServer, get: Get) -> None:
    """Whatever its name."""
    url = server.put("/SDN.ZIP", Answer(body=zipped({"other.csv": TEXT})))
    assert get.one(url).name == "other.csv"


def test_of_a_zip_with_several_all_are_taken(server: FaultyServer, get: Get) -> None:
    """Where none has the name: they are one edition."""
    members = {"SDN.CSV": TEXT, "ADD.CSV": b"36,1\r\n", "ALT.CSV": b"36,2\r\n"}
    body = zipped(members)
    url = server.put("/SDN_CSV.ZIP", Answer(status=503), Answer(body=body))
    got = get(name="SDN_CSV.ZIP").all(url)
    assert sum(one.wire for one in got) == len(body)
    assert sum(len(one.notes) for one in got) == 1
    assert {one.name: one.sha256 for one in got} == {
        name: sha256(content) for name, content in members.items()
    }
    assert {one.packed for one in got} == {"SDN_CSV.ZIP"}


def test_the_hash_of_the_zip_is_compared_where_a_zip_came(server: FaultyServer, get: Get) -> None:
    """Not that of the plain file, which may have been packed at another time."""
    body = zipped({"SDN.XML": XML})
    url = server.put("/SDN_XML.ZIP", Answer(body=body))
    stated = {"SDN.XML": f"sha256:{'0' * 64}", "SDN_XML.ZIP": f"sha256:{sha256(body)}"}
    got = get(name="SDN.XML", stated=stated).one(url)
    assert got.published_hash == f"sha256:{sha256(body)}"
    stated["SDN_XML.ZIP"] = f"sha256:{'1' * 64}"
    error = get(name="SDN.XML", stated=stated).fails(url)
    assert f"sha256:{'1' * 64}" in error.what


def test_the_hash_of_the_file_inside_is_compared_where_the_zip_has_none(
    server: FaultyServer, get: Get
) -> None:
    """One of the two is better than neither."""
    url = server.put("/SDN_XML.ZIP", Answer(body=zipped({"SDN.XML": XML})))
    stated = {"SDN.XML": f"sha256:{sha256(XML)}"}
    got = get(name="SDN.XML", stated=stated).one(url)
    assert got.published_hash == f"sha256:{sha256(XML)}"
    stated = {"SDN.XML": f"sha256:{'0' * 64}"}
    get(name="SDN.XML", stated=stated).fails(url)


ZIP = zipped({"SDN.CSV": TEXT})
ENTRY, END = b"PK\x01\x02", b"PK\x05\x06"
"""How the entry of a file begins in the directory of a zip, and how the end of the directory does."""


def changed(packed: bytes, mark: bytes, offset: int, new: bytes) -> bytes:
    """These bytes in place of as many, so far behind the mark."""
    at = packed.index(mark) + offset
    return packed[:at] + new + packed[at + len(new) :]


def packed_as(number: int) -> bytes:
    """The zip says that its only file is packed in this way: 12 is bzip2, 14 LZMA."""
    way = number.to_bytes(2, "little")
    return changed(changed(ZIP, b"PK", 8, way), ENTRY, 10, way)


def misnamed() -> bytes:
    """The zip says that the name of its file is UTF-8, and it is not."""
    marked = changed(ZIP, ENTRY, 9, b"\x08")
    return changed(marked, ENTRY, 46, b"\xff")


def far() -> bytes:
    """The zip says that its file begins further on than any file can go, as zip64 does."""
    at, end = ZIP.index(ENTRY), ZIP.index(END)
    entry = bytearray(ZIP[at:end] + b"\x01\x00\x08\x00" + b"\xff" * 8)
    entry[30:32], entry[42:46] = b"\x0c\x00", b"\xff" * 4
    return ZIP[:at] + entry + changed(ZIP[end:], END, 12, len(entry).to_bytes(4, "little"))


LARGE = zipped({"SDN.CSV": b"0" * 2_000_000})
NONE = "holds 0 files (nothing)"
FAULTS = {
    "empty": (zipped({}), NONE),
    "hidden": (zipped({"a/": b"", ".SDN.CSV": b"1"}), NONE),
    "many": (zipped({f"{at}.csv": b"1" for at in range(40)}), "holds 40 files ('0.csv', '1.csv'"),
    "two": (zipped({"a/SDN.CSV": b"1", "b/SDN.CSV": b"2"}), "holds 2 files"),
    "device": (zipped({"x/con.csv": b"1"}), "a name that no file can have: 'x/con.csv'"),
    "bomb": (LARGE, "2,000,000 bytes or more, where 1,000,000 are the most"),
    "lying bomb": (changed(LARGE, ENTRY, 24, b"\x09\0\0\0"), "the zip is damaged"),
    "cut": (ZIP[:-30], "the zip is damaged"),
    "changed": (changed(ZIP, b"PK", 90, bytes([ZIP[90] ^ 0xFF])), "the zip is damaged"),
    "its directory is elsewhere": (changed(ZIP, END, 16, b"\xff\xff\xff\0"), "the zip is damaged"),
    "a name that is no UTF-8": (misnamed(), "the zip is damaged"),
    "no name": (ZIP.replace(b"SDN.CSV", b"\0DN.CSV"), "a name that no file can have: ''"),
    "four bytes are missing": (ZIP[:60] + ZIP[64:], "the zip is damaged"),
    "far": (far(), "the zip is damaged"),
    "bzip2": (packed_as(12), "packed in a way that is not known"),
    "lzma": (packed_as(14), "packed in a way that is not known"),
    "encrypted": (
        changed(changed(ZIP, b"PK", 6, b"\x01\0"), ENTRY, 8, b"\x01\0"),
        "the zip is encrypted",
    ),
}


@pytest.mark.parametrize(("body", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_zip_that_does_not_hold_the_file_is_an_error(
    server: FaultyServer, get: Get, body: bytes, expected: str
) -> None:
    """Nothing of it is kept. A damaged one is asked for again: it may come whole."""
    assert expected in get.fails(server.put("/SDN.ZIP", Answer(body=body))).what
    times = STEADY.attempts if "damaged" in expected else 1
    assert len(server.asked("/SDN.ZIP")) == times


def test_where_one_of_several_is_damaged_none_is_kept(server: FaultyServer, get: Get) -> None:
    """An edition of three files out of four would be short."""
    packed = zipped({"ADD.CSV": b"36,1\r\n", "ALT.CSV": TEXT})
    packed = changed(packed, b"ALT.CSV", 20, b"\xff\xff")
    url = server.put("/SDN_CSV.ZIP", Answer(body=packed))
    assert "the zip is damaged" in get(name="SDN_CSV.ZIP").fails(url).what


def test_a_file_of_a_zip_is_looked_at_too(server: FaultyServer, get: Get) -> None:
    """A page can be zipped as well."""
    url = server.put("/SDN.ZIP", Answer(body=zipped({"SDN.CSV": b"<html><p>Sorry</p></html>"})))
    error = get.fails(url, error=BlockedError)
    assert "a web page as SDN.CSV; it begins with 'Sorry'" in error.what


def test_names_that_lead_elsewhere_lead_nowhere(server: FaultyServer, get: Get) -> None:
    """Only the last part of a name in a zip counts."""
    url = server.put("/SDN.ZIP", Answer(body=zipped({"../../SDN.CSV": TEXT})))
    got = get.one(url)
    assert got.name == "SDN.CSV"
    assert [one for one in get.within.rglob("*") if one.is_file()] == [got.path]


def test_a_workbook_stays_the_zip_that_it_is(server: FaultyServer, get: Get) -> None:
    """Australia publishes one."""
    body = zipped({"xl/workbook.xml": b"<workbook/>"})
    url = server.put("/list.xlsx", Answer(body=body))
    assert get(name="list.xlsx").content(url) == body
