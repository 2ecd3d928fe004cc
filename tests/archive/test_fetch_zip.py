"""fetch_file: files that come in a zip."""

from __future__ import annotations

from pathlib import Path

import pytest
from faulty_server import Answer, FaultyServer
from fetching import STEADY, TEXT, XML, Fetching, sha256, zipped

from sanctionslib.errors import BlockedError


def test_of_a_zip_the_file_inside_is_taken(server: FaultyServer, tmp_path: Path) -> None:
    """By its name, whatever the case; the zip's name and hash are kept, the zip is not."""
    body = zipped({"readme.txt": b"hello", "a/sdn.csv": TEXT, "__MACOSX/sdn.csv": b"x"})
    url = server.put("/SDN%20ALL.ZIP", Answer(body=body))
    got = Fetching(folder=tmp_path).one(url)
    assert (got.name, got.sha256) == ("sdn.csv", sha256(TEXT))
    assert (got.packed, got.packed_sha256, got.wire) == ("SDN ALL.ZIP", sha256(body), len(body))


def test_of_a_zip_the_only_file_is_taken(server: FaultyServer, tmp_path: Path) -> None:
    """Whatever its name."""
    url = server.put("/SDN.ZIP", Answer(body=zipped({"other.csv": TEXT})))
    assert Fetching(folder=tmp_path).one(url).name == "other.csv"


def test_of_a_zip_with_several_all_are_taken(server: FaultyServer, tmp_path: Path) -> None:
    """Where none has the name: they are one edition."""
    members = {"SDN.CSV": TEXT, "ADD.CSV": b"36,1\r\n", "ALT.CSV": b"36,2\r\n"}
    url = server.put("/SDN_CSV.ZIP", Answer(body=zipped(members)))
    got = Fetching(folder=tmp_path, name="SDN_CSV.ZIP").all(url)
    assert {one.name: one.sha256 for one in got} == {
        name: sha256(content) for name, content in members.items()
    }
    assert {one.packed for one in got} == {"SDN_CSV.ZIP"}


def test_the_hash_of_the_zip_is_compared_where_a_zip_came(
    server: FaultyServer, tmp_path: Path
) -> None:
    """Not that of the plain file, which may have been packed at another time."""
    body = zipped({"SDN.XML": XML})
    url = server.put("/SDN_XML.ZIP", Answer(body=body))
    stated = {"SDN.XML": f"sha256:{'0' * 64}", "SDN_XML.ZIP": f"sha256:{sha256(body)}"}
    got = Fetching(folder=tmp_path, name="SDN.XML", stated=stated).one(url)
    assert got.published_hash == f"sha256:{sha256(body)}"
    got.path.unlink()
    stated["SDN_XML.ZIP"] = f"sha256:{'1' * 64}"
    error = Fetching(folder=tmp_path, name="SDN.XML", stated=stated).fails(url)
    assert f"sha256:{'1' * 64}" in error.what


def test_the_hash_of_the_file_inside_is_compared_where_the_zip_has_none(
    server: FaultyServer, tmp_path: Path
) -> None:
    """One of the two is better than neither."""
    url = server.put("/SDN_XML.ZIP", Answer(body=zipped({"SDN.XML": XML})))
    stated = {"SDN.XML": f"sha256:{sha256(XML)}"}
    got = Fetching(folder=tmp_path, name="SDN.XML", stated=stated).one(url)
    assert got.published_hash == f"sha256:{sha256(XML)}"
    got.path.unlink()
    stated = {"SDN.XML": f"sha256:{'0' * 64}"}
    Fetching(folder=tmp_path, name="SDN.XML", stated=stated).fails(url)


def changed(packed: bytes) -> bytes:
    """One byte of what is packed in it is another."""
    return packed[:90] + bytes([packed[90] ^ 0xFF]) + packed[91:]


def boasting(packed: bytes, size: int) -> bytes:
    """The zip says of its only file that it has this size."""
    at = packed.index(b"PK\x01\x02") + 24
    return packed[:at] + size.to_bytes(4, "little") + packed[at + 4 :]


def astray(packed: bytes) -> bytes:
    """The zip says that its directory is further on than it is."""
    at = packed.index(b"PK\x05\x06") + 16
    return packed[:at] + b"\xff\xff\xff\x00" + packed[at + 4 :]


def misnamed(packed: bytes) -> bytes:
    """The zip says that the name of its file is UTF-8, and it is not."""
    at = packed.index(b"PK\x01\x02")
    end = packed.index(b"SDN.CSV", at)
    return b"".join((packed[: at + 9], b"\x08", packed[at + 10 : end], b"\xff", packed[end + 1 :]))


def nameless(packed: bytes) -> bytes:
    """The name of its only file begins with NUL, where names end."""
    return packed.replace(b"SDN.CSV", b"\0DN.CSV")


def gapped(packed: bytes) -> bytes:
    """Four bytes are missing in the middle, as the length of the directory shows."""
    return packed[:60] + packed[64:]


def far(packed: bytes) -> bytes:
    """The zip says that its file begins further on than any file can go, as zip64 does."""
    at, end = packed.index(b"PK\x01\x02"), packed.index(b"PK\x05\x06")
    entry = bytearray(packed[at:end] + b"\x01\x00\x08\x00" + b"\xff" * 8)
    entry[30:32], entry[42:46] = b"\x0c\x00", b"\xff" * 4
    tail = bytearray(packed[end:])
    tail[12:16] = len(entry).to_bytes(4, "little")
    return packed[:at] + bytes(entry) + bytes(tail)


def packed_as(number: int, packed: bytes) -> bytes:
    """The zip says that its only file is packed in this way: 12 is bzip2, 14 LZMA."""
    at = packed.index(b"PK\x01\x02") + 10
    way = number.to_bytes(2, "little")
    return packed[:8] + way + packed[10:at] + way + packed[at + 2 :]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (zipped({}), "holds 0 files (nothing)"),
        (zipped({"a/": b"", ".SDN.CSV": b"1"}), "holds 0 files (nothing)"),
        (zipped({f"{at}.csv": b"1" for at in range(40)}), "holds 40 files ('0.csv', '1.csv'"),
        (zipped({"a/SDN.CSV": b"1", "b/SDN.CSV": b"2"}), "holds 2 files"),
        (zipped({"x/con.csv": b"1"}), "a name that no file can have: 'x/con.csv'"),
        (zipped({"SDN.CSV": b"0" * 2_000_000}), "2,000,000 bytes, where 1,000,000 are the most"),
        (boasting(zipped({"SDN.CSV": b"0" * 2_000_000}), 9), "the zip is damaged"),
        (zipped({"SDN.CSV": TEXT})[:-30], "the zip is damaged"),
        (changed(zipped({"SDN.CSV": TEXT})), "the zip is damaged"),
        (astray(zipped({"SDN.CSV": TEXT})), "the zip is damaged"),
        (misnamed(zipped({"SDN.CSV": TEXT})), "the zip is damaged"),
        (nameless(zipped({"SDN.CSV": TEXT})), "a name that no file can have: ''"),
        (gapped(zipped({"SDN.CSV": TEXT})), "the zip is damaged"),
        (far(zipped({"SDN.CSV": TEXT})), "the zip is damaged"),
        (packed_as(12, zipped({"SDN.CSV": TEXT})), "packed in a way that is not known"),
        (packed_as(14, zipped({"SDN.CSV": TEXT})), "packed in a way that is not known"),
    ],
    ids=[
        *("empty", "hidden", "many", "two", "device", "bomb", "lying bomb", "cut", "changed"),
        *("astray", "misnamed", "nameless", "gapped", "far", "bzip2", "lzma"),
    ],
)
def test_a_zip_that_does_not_hold_the_file_is_an_error(
    server: FaultyServer, tmp_path: Path, body: bytes, told: str
) -> None:
    """Nothing of it is kept. A damaged one is asked for again: it may come whole."""
    url = server.put("/SDN.ZIP", Answer(body=body))
    assert told in Fetching(folder=tmp_path).fails(url).what
    times = STEADY.attempts if "damaged" in told else 1
    assert len(server.asked("/SDN.ZIP")) == times


def test_an_encrypted_zip_is_an_error(server: FaultyServer, tmp_path: Path) -> None:
    """Nobody gave us the key."""
    packed = zipped({"SDN.CSV": TEXT})
    at = packed.index(b"PK\x01\x02") + 8
    locked = packed[:6] + b"\x01\x00" + packed[8:at] + b"\x01\x00" + packed[at + 2 :]
    error = Fetching(folder=tmp_path).fails(server.put("/SDN.ZIP", Answer(body=locked)))
    assert "the zip is encrypted" in error.what


def test_where_one_of_several_is_damaged_none_is_kept(server: FaultyServer, tmp_path: Path) -> None:
    """An edition of three files out of four would be short."""
    packed = zipped({"ADD.CSV": b"36,1\r\n", "ALT.CSV": TEXT})
    at = packed.index(b"ALT.CSV") + 20
    packed = packed[:at] + bytes([packed[at] ^ 0xFF]) + packed[at + 1 :]
    url = server.put("/SDN_CSV.ZIP", Answer(body=packed))
    assert "the zip is damaged" in Fetching(folder=tmp_path, name="SDN_CSV.ZIP").fails(url).what


def test_a_file_of_a_zip_is_looked_at_too(server: FaultyServer, tmp_path: Path) -> None:
    """A page can be zipped as well."""
    url = server.put("/SDN.ZIP", Answer(body=zipped({"SDN.CSV": b"<html><p>Sorry</p></html>"})))
    error = Fetching(folder=tmp_path).fails(url, error=BlockedError)
    assert "a web page as SDN.CSV; it begins with 'Sorry'" in error.what


def test_names_that_lead_elsewhere_lead_nowhere(server: FaultyServer, tmp_path: Path) -> None:
    """Only the last part of a name in a zip counts."""
    folder = tmp_path / "in"
    folder.mkdir()
    url = server.put("/SDN.ZIP", Answer(body=zipped({"../../SDN.CSV": TEXT})))
    assert Fetching(folder=folder).one(url).name == "SDN.CSV"
    assert list(tmp_path.iterdir()) == [folder]


def test_a_workbook_stays_the_zip_that_it_is(server: FaultyServer, tmp_path: Path) -> None:
    """Australia publishes one."""
    body = zipped({"xl/workbook.xml": b"<workbook/>"})
    url = server.put("/list.xlsx", Answer(body=body))
    assert Fetching(folder=tmp_path, name="list.xlsx").content(url) == body
