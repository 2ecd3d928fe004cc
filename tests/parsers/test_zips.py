"""Whatever a zip or a gzip holds, and however it is damaged: an error of ours, in every way to read it."""

from __future__ import annotations

import gzip
import io
import random
import re
import struct
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from classic_files import classic, plain
from mutations import mutate
from quick import all_but, slow

import sanctionslib as sl
from sanctionslib.archive._attempts import AttemptError
from sanctionslib.archive.packing import unzip
from sanctionslib.parsers import InputFile
from sanctionslib.samples import open_sample

GOOD = classic(*(plain(uid) for uid in range(1, 40)))
METHODS = {
    "stored": zipfile.ZIP_STORED,
    "deflated": zipfile.ZIP_DEFLATED,
    "bzip2": zipfile.ZIP_BZIP2,
    "LZMA": zipfile.ZIP_LZMA,
}
NAMES = ("SDN.XML", "a/b/SDN.XML", "../SDN.XML", "SDN\0.XML", "\u202eLMX", "x" * 300, "con", " ")


def zipped(
    *names: str, method: int = zipfile.ZIP_DEFLATED, content: bytes = GOOD, comment: bytes = b""
) -> bytes:
    """A zip with the same content under each name."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of a name that is there twice
        with zipfile.ZipFile(buffer, "w", method) as archive:
            archive.comment = comment
            for name in names:
                archive.writestr(name, content)
    return buffer.getvalue()


def nameless(data: bytes, name: bytes = b"SDN.XML") -> bytes:
    """The zip with NUL as the first character of each name, where names end."""
    return data.replace(name, b"\0" + name[1:])


def locked(data: bytes) -> bytes:
    """The zip with the flag for a password."""
    return re.sub(
        rb"(PK\x03\x04..|PK\x01\x02....).", lambda found: found[1] + b"\1", data, flags=re.DOTALL
    )


def extreme(data: bytes, rng: random.Random) -> bytes:
    """A number of one of the directories is as large as can be, or another one."""
    mark = rng.choice([b"PK\x01\x02", b"PK\x05\x06", b"PK\x03\x04"])
    if (at := data.find(mark)) < 0:
        return mutate(data, rng)
    at += rng.randrange(4, 40)
    size = rng.choice([2, 4, 8])
    number = rng.choice([0, 1, (1 << 8 * size) - 1, 1 << (8 * size - 1), len(data)])
    return data[:at] + number.to_bytes(size, "little") + data[at + size :]


def with_zip64(data: bytes, rng: random.Random) -> bytes:
    """The end of the directory as zip64 has it, with extreme numbers."""
    at = data.rindex(b"PK\x05\x06")
    far = [0, 1, at, 1 << 32, 1 << 62, (1 << 63) - 1, 1 << 63, (1 << 64) - 1]
    pick = [rng.choice(far) for _ in range(5)]
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, *pick[:4])
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, rng.choice([at, pick[4]]), 1)
    end = data[at : at + 4] + b"\xff" * 16 + data[at + 20 :]
    return data[:at] + record + locator + end


def overlapping(data: bytes, rng: random.Random) -> bytes:
    """A second entry of the directory that is of the same bytes."""
    start, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry, times = data[start:end], rng.randrange(2, 80)
    tail = bytearray(data[end:])
    struct.pack_into("<2HL", tail, 8, times, times, len(entry) * times)
    return data[:start] + entry * times + bytes(tail)


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    mutate,
    extreme,
    with_zip64,
    overlapping,
    lambda data, _: nameless(data),
    lambda data, rng: mutate(nameless(data), rng),
    lambda data, rng: mutate(mutate(data, rng), rng),
)


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
@pytest.mark.parametrize("count", [80, slow(400)])
@pytest.mark.parametrize("name", all_but(METHODS, "stored", "bzip2", "LZMA"))
def test_damaged_at_random(name: str, tmp_path: Path, count: int) -> None:
    """Only our errors are raised, for reading and for downloads."""
    method = METHODS[name]
    rng = random.Random(method)
    path, work = tmp_path / "read" / "SDN_XML.ZIP", tmp_path / "work"
    path.parent.mkdir()
    work.mkdir()
    found: Counter[str] = Counter()
    for at in range(count):
        member = "SDN.XML" if at % 4 else rng.choice(NAMES)
        whole = zipped(member, method=method, comment=rng.choice([b"", b"a comment"]))
        data = DAMAGES[at % len(DAMAGES)](whole, rng)
        path.write_bytes(data)
        for way, given in (
            ("bytes", data),
            ("path", path),
            ("stream", io.BytesIO(data)),
            ("folder", path.parent),
        ):
            try:
                sl.read(given)
                found[f"{way} read"] += 1
            except sl.SanctionsError:
                found[f"{way} raised"] += 1
        try:
            for one in unzip(path, "SDN.XML", work, largest=10**6):
                one.path.unlink()
            found["fetched"] += 1
        except AttemptError:
            found["refused"] += 1
        assert not list(work.iterdir())
    assert found["bytes raised"] == found["path raised"] == found["stream raised"] > count * 3 // 8
    assert found["refused"] > count * 3 // 8
    if method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert found["bytes read"] > 0
        assert found["fetched"] > 0


MANY = zipped(*(f"{at}.xml" for at in range(20_000)), content=b"")
MORE = zipped(*(f"{at:0>200}.xml" for at in range(20_000)), content=b"")


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (zipped("SDN.XML", method=METHODS["bzip2"]), sl.UnreadableError, "unpack it yourself"),
        (zipped("SDN.XML", method=METHODS["LZMA"]), sl.UnreadableError, "compression method"),
        (locked(zipped("SDN.XML")), sl.UnreadableError, "password|encrypted"),
        (zipped(), sl.errors.UnknownFormatError, "begins with"),
        (gzip.compress(b""), sl.errors.TruncatedError, "empty"),
        (nameless(zipped("SDN.XML")), sl.errors.TruncatedError, "without a name"),
        (
            zipped(*(f"{at}.xml" for at in range(65))),
            sl.errors.StructureChangedError,
            "has 65 files",
        ),
        (MANY, sl.errors.StructureChangedError, "has 20,000 files"),
        (MORE, sl.errors.TruncatedError, "its directory has"),
        (
            zipped("A", "B", method=0).replace(GOOD, GOOD.lower(), 1),
            sl.errors.TruncatedError,
            "CRC",
        ),
    ],
    ids=[
        "bzip2",
        "LZMA",
        "locked",
        "empty",
        "gzip",
        "nameless",
        "65",
        "many",
        "very many",
        "damaged",
    ],
)
def test_unusual_archives(data: bytes, error: type[sl.SanctionsError], message: str) -> None:
    """A zip is rejected by its directory, before anything is unpacked."""
    with pytest.raises(error, match=message):
        sl.read(data)


def test_a_long_directory_of_a_download(tmp_path: Path) -> None:
    """Downloads have the same bounds."""
    (tmp_path / "SDN_XML.ZIP").write_bytes(MANY)
    with pytest.raises(AttemptError, match="its directory has"):
        unzip(tmp_path / "SDN_XML.ZIP", "SDN.XML", tmp_path, largest=10**6)


def test_members() -> None:
    """Two members of one name are two; folders and files that a system adds are not members."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)
        archive.mkdir("files")
        archive.writestr("files/SDN.XML", GOOD)
        archive.writestr("__MACOSX/files/SDN.XML", b"\0")
        archive.writestr(".DS_Store", b"\0")
        archive.writestr("files/SDN.XML", b"readme")
    first, second = InputFile.several(buffer.getvalue())
    assert (first.size, second.size) == (len(GOOD), 6)


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped("a", content=data), bytes])
def test_size_of_unpacked_parts_is_bounded(pack: Callable[[bytes], bytes]) -> None:
    """A file of exactly that size is read; one byte more is not, and is not read to its end."""
    data = open_sample()
    assert InputFile(pack(data), largest=len(data)).size == len(data)
    with pytest.raises(sl.errors.StructureChangedError, match="has more than"):
        InputFile(pack(data), largest=len(data) - 1)


@pytest.mark.parametrize("pack", [gzip.compress, bytes], ids=["gzip", "plain"])
def test_unpacked_parts_have_their_declared_size(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """A file that was put in the place of a stored one is unpacked no further than that one went."""
    held = sl.Archive(tmp_path).add(
        b"id,name\n1,EXAMPLE TRADING LLC\n", list_id="my_watch", published="2021-12-10"
    )
    (path,) = (tmp_path / "my_watch").rglob("*.gz")
    path.unlink()
    path.write_bytes(pack(b"\n" * 1_000_000))
    with pytest.raises(
        sl.errors.CorruptEditionError, match=f"more than {held.files[0].size} bytes"
    ):
        sl.Archive(tmp_path).load("my_watch", offline=True)
