"""The user's file on top of ours: what it adds, what it changes, and what is wrong with it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

import sanctionslib as sl
from sanctionslib.catalog import FileInfo, FormatInfo, Limits, ListInfo, all_lists, list_info

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the user's file, and give its path."""

    def give(text: str) -> Path:
        path = tmp_path / "lists.toml"
        path.write_text(text, "utf-8")
        return path

    return give


def test_no_file(tmp_path: Path) -> None:
    """It need not be there."""
    assert all_lists(tmp_path / "lists.toml") == all_lists()


def test_empty_file(write: Write) -> None:
    """Nothing, comments, and a mark of the byte order change nothing."""
    assert all_lists(write("")) == all_lists()
    assert all_lists(write("\ufeff# nothing yet\n")) == all_lists()


def test_a_list_of_ones_own(write: Write) -> None:
    """It comes after ours, with all that it says, and the file that says so."""
    own = write("""
        [my_watch]
        title = "Night loadings"
        publisher = "Harbour desk"
        country = "PT"
        homepage = "https://intranet.example/loadings"
        licence = "for us alone"
        rhythm = "every night"
        id_space = "harbour"
        id_stability = "built"
        note = "Ask the desk."

        [my_watch.limits]
        least = 3
        entries = 0.5
        group = 1
        small = 0

        [my_watch.formats.sanctionslib-csv]
        note = "Saved from a spreadsheet."
        largest = 1_000_000
        hashes = "https://intranet.example/hashes"
        [my_watch.formats.sanctionslib-csv.files]
        "watch.csv" = ["http://harbour.example:8080/watch.csv", "https://[::1]/watch.csv"]

        [my_watch.formats.sanctionslib-json.files]
        "watch.jsonl" = ["https://intranet.example?to=me@harbour.example"]
    """)
    *ours, found = all_lists(own)
    assert ours == list(all_lists())
    assert found == list_info("my_watch", own)
    assert found == ListInfo(
        list_id="my_watch",
        title="Night loadings",
        publisher="Harbour desk",
        country="PT",
        homepage="https://intranet.example/loadings",
        licence="for us alone",
        rhythm="every night",
        id_space="harbour",
        id_stability=sl.model.IdStability.BUILT,
        note="Ask the desk.",
        limits=Limits(least=3, entries=0.5, group=1.0, small=0),
        formats=(
            FormatInfo(
                name="sanctionslib-csv",
                note="Saved from a spreadsheet.",
                largest=1_000_000,
                hashes="https://intranet.example/hashes",
                files=(
                    FileInfo(
                        name="watch.csv",
                        urls=(
                            "http://harbour.example:8080/watch.csv",
                            "https://[::1]/watch.csv",
                        ),
                    ),
                ),
            ),
            FormatInfo(
                name="sanctionslib-json",
                files=(
                    FileInfo(
                        name="watch.jsonl",
                        urls=("https://intranet.example?to=me@harbour.example",),
                    ),
                ),
            ),
        ),
        added_by=str(own),
    )
    assert found.preferred is found.formats[0]


def test_a_list_that_is_added_by_hand(write: Write) -> None:
    """A list without an address has a title and limits, and nothing to fetch; it can be read."""
    found = list_info("my_watch", write('[my_watch]\ntitle = "Night loadings"'))
    assert [one.name for one in found.formats] == ["sanctionslib-csv"]
    assert found.preferred is None
    assert found.is_readable


def test_a_mirror(write: Write) -> None:
    """Other addresses of one file; all that is not stated stays as it was."""
    own = write("""
        [us_ofac_sdn.formats.ofac-delimited.files]
        "ADD.CSV" = ["http://mirror.example/ADD.CSV"]
    """)
    before, after = list_info("us_ofac_sdn"), list_info("us_ofac_sdn", own)
    assert after.added_by == str(own)
    assert [one.list_id for one in all_lists(own)] == [one.list_id for one in all_lists()]
    form = before.formats[3]
    files = (
        form.files[0],
        FileInfo(name="ADD.CSV", urls=("http://mirror.example/ADD.CSV",)),
        *form.files[2:],
    )
    changed = attrs.evolve(form, files=files)
    assert after == attrs.evolve(before, added_by=str(own), formats=(*before.formats[:3], changed))
    assert list_info("us_ofac_cons", own) == list_info("us_ofac_cons")
    assert list_info("us_ofac_sdn") == before


def test_other_limits(write: Write) -> None:
    """One limit is changed, the others are ours."""
    own = write("us_ofac_cons.limits.group = 0.5")
    before, after = list_info("us_ofac_cons").limits, list_info("us_ofac_cons", own).limits
    assert after == attrs.evolve(before, group=0.5)
    assert before.least != Limits().least


def test_no_hashes(write: Write) -> None:
    """A mirror inside a closed network has no service of hashes."""
    own = write('us_ofac_sdn.formats.ofac-enhanced-xml.hashes = ""')
    assert list_info("us_ofac_sdn", own).formats[0].hashes == ""
    assert list_info("us_ofac_sdn", own).formats[1].hashes


def test_a_format_more(write: Write) -> None:
    """A format that a list of ours does not have comes after those that it has."""
    own = write("""
        [un_sc_sanctions.formats.sanctionslib-json.files]
        "un.jsonl" = ["https://mirror.example/un.jsonl"]
        [un_sc_sanctions.formats.un-sc-xml.files]
        "consolidated.xml" = ["https://mirror.example/un.xml"]
    """)
    found = list_info("un_sc_sanctions", own)
    assert [(one.name, one.is_readable) for one in found.formats] == [
        ("un-sc-xml", True),
        ("sanctionslib-json", True),
    ]
    assert found.preferred is found.formats[0]
    assert found.is_readable


def test_changed_between_calls(write: Write) -> None:
    """The file is read anew each time: nobody has to start again."""
    own = write('[a]\ntitle = "A"')
    assert all_lists(own)[-1].title == "A"
    write('[a]\ntitle = "B"')
    assert all_lists(own)[-1].title == "B"


CLASSIC = "us_ofac_sdn.formats.ofac-classic-xml"
FILES = f"[{CLASSIC}.files]\n"
WATCH = '[my_watch]\ntitle = "W"\n'
CSV = "my_watch.formats.sanctionslib-csv"
WHOLE = "must be a whole number, not"
ONE, TWO = '["https://mirror.example/1"]', '["https://mirror.example/2"]'
MISTAKES = [
    # The file
    ("[us_ofac_sdn\na = 1", "", "the file is no TOML: .*line 1", "quotation marks"),
    ("a = 1\na = 2", "", "the file is no TOML", ""),
    ("a = " + "[" * 100_000, "", "the file is no TOML", ""),
    # Lists
    ("us_ofac_sdn = 3", "us_ofac_sdn", "is no table", r"write \[us_ofac_sdn\]"),
    ('["../up"]\ntitle = "U"', "../up", "cannot be the id of a list", "small letters"),
    ('[My_Watch]\ntitle = "U"', "My_Watch", "cannot be the id of a list", "small letters"),
    ('[con]\ntitle = "U"', "con", "cannot be the id of a list", ""),
    ('[lpt1]\ntitle = "U"', "lpt1", "cannot be the id of a list", ""),
    ('[".derived"]\ntitle = "U"', ".derived", "cannot be the id of a list", ""),
    (f'[{"a" * 101}]\ntitle = "U"', "a" * 101, "cannot be the id of a list", ""),
    ('[my_watch]\nnote = "U"', "my_watch", "without a title", 'add title = "…"'),
    ("[us_ofac_snd.limits]\nleast = 1", "us_ofac_snd", "without a title", "'us_ofac_sdn'"),
    ('[un_sc_sanctions]\nlicense = "U"', "un_sc_sanctions.license", "no key", "'licence'"),
    ('[un_sc_sanctions]\nlist_id = "U"', "un_sc_sanctions.list_id", "no key", "known are"),
    ('[un_sc_sanctions]\nadded_by = "U"', "un_sc_sanctions.added_by", "no key", ""),
    ("[eu_fsf]\ntitle = 7", "eu_fsf.title", "must be text, not 7", "quotation marks"),
    ("[eu_fsf]\nnote = 2021-12-10", "eu_fsf.note", "must be text", "quotation marks"),
    (
        '[eu_fsf]\nid_stability = "x"',
        "eu_fsf.id_stability",
        "be one of .* not 'x'",
        "edition, built",
    ),
    ('[eu_fsf]\ncategory = "x"', "eu_fsf.category", "is 'x'", "sanctions, export control"),
    ('[eu_fsf]\nreference = "x"', "eu_fsf.reference", "is 'x'", "UN reference number"),
    # Limits
    ("[eu_fsf]\nlimits = 7", "eu_fsf.limits", "is no table", ""),
    ("[eu_fsf.limits]\nmost = 7", "eu_fsf.limits.most", "no key", "least, entries, group"),
    ("[eu_fsf.limits]\nleast = 0", "eu_fsf.limits.least", "is 0", "from 1"),
    ("[eu_fsf.limits]\nleast = 1.5", "eu_fsf.limits.least", f"{WHOLE} 1.5", "whole number"),
    ("[eu_fsf.limits]\nleast = true", "eu_fsf.limits.least", f"{WHOLE} True", "whole number"),
    ('[eu_fsf.limits]\nleast = "7"', "eu_fsf.limits.least", f"{WHOLE} '7'", "without quotation"),
    ("[eu_fsf.limits]\nsmall = -1", "eu_fsf.limits.small", "is -1", "from 0"),
    ("[eu_fsf.limits]\nentries = 5", "eu_fsf.limits.entries", "is 5", "0.05 is 5 percent"),
    ("[eu_fsf.limits]\ngroup = nan", "eu_fsf.limits.group", "is nan", "from 0 to 1"),
    (
        "[eu_fsf.limits]\ngroup = true",
        "eu_fsf.limits.group",
        "must be a number, not True",
        "0 to 1",
    ),
    # Formats
    ("[us_ofac_sdn.formats]\nofac-classic-xml = 7", CLASSIC, "is no table", ""),
    (
        "[us_ofac_sdn.formats.ofac-clasic-xml]",
        "us_ofac_sdn.formats.ofac-clasic-xml",
        "is no format that is known",
        "'ofac-classic-xml'.* take one of ofac-enhanced-xml",
    ),
    (
        WATCH + "[my_watch.formats.gb-hmt-invbans-xml]",
        "my_watch.formats.gb-hmt-invbans-xml",
        "is not read yet",
        "sanctionslib-csv",
    ),
    (
        f"[{CLASSIC}]\nis_readable = true",
        f"{CLASSIC}.is_readable",
        "no key",
        "files, largest, hashes, same_as, note",
    ),
    (f"[{CLASSIC}]\nlargest = 0", f"{CLASSIC}.largest", "is 0", "from 1"),
    (f'[{CLASSIC}]\nhashes = "here"', f"{CLASSIC}.hashes", "no address", "https://…"),
    (f'{WATCH}[{CSV}]\nnote = "N"', CSV, "names no file", r'"NAME" = \["https'),
    # Files
    (f'{FILES}"sdn.xml" = {ONE}', f"{CLASSIC}.files.sdn.xml", "is no file of this", "'SDN.XML'"),
    (
        f'{FILES}"MORE.XYZ" = {ONE}',
        f"{CLASSIC}.files.MORE.XYZ",
        "is no file of this format of this list",
        "its files are SDN.XML",
    ),
    (
        f'{WATCH}[{CSV}.files]\n"../watch.csv" = {ONE}',
        f"{CSV}.files.../watch.csv",
        "cannot be the name of a file",
        "without a path",
    ),
    (
        f'{WATCH}[{CSV}.files]\n"w.csv" = {ONE}\n"W.CSV" = {TWO}',
        f"{CSV}.files.W.CSV",
        "cannot be the name of a file",
        "a name of its own",
    ),
]


@pytest.mark.parametrize(("text", "key", "says", "hint"), MISTAKES)
def test_mistakes(write: Write, text: str, key: str, says: str, hint: str) -> None:
    """Each names the file, the key, what is wrong with it, and what to write."""
    own = write(text)
    with pytest.raises(sl.InvalidInputError, match=says) as caught:
        all_lists(own)
    assert caught.value.where == sl.errors.Where(source=str(own), path=key)
    assert repr(key) in caught.value.what or not key
    assert caught.value.hint
    assert re.search(hint, caught.value.hint)


@pytest.mark.parametrize(
    "address",
    [
        '"https://mirror.example/SDN.XML"',  # no list
        "[]",
        "[7]",
        '[""]',
        '["mirror.example/SDN.XML"]',
        '["ftp://mirror.example/SDN.XML"]',
        '["file:///lists/SDN.XML"]',
        '["https://"]',
        '["https:///SDN.XML"]',
        '["https://:8080/SDN.XML"]',
        '["https://mirror.example/S D N.XML"]',
        '["https://mirror.example/SDN.XML#top"]',
        '["https://mirror.example:port/SDN.XML"]',
        '["https://mirror.example:0/SDN.XML"]',
        '["https://[::1/SDN.XML"]',
        '["https://mirror.example/good", "bad"]',
    ],
)
def test_bad_addresses(write: Write, address: str) -> None:
    """Only whole addresses of servers are taken; the error says how one is written."""
    own = write(f'{FILES}"SDN.XML" = {address}')
    with pytest.raises(sl.InvalidInputError) as caught:
        all_lists(own)
    assert caught.value.where.path == "us_ofac_sdn.formats.ofac-classic-xml.files.SDN.XML"
    assert "https://" in caught.value.hint or "quotation marks" in caught.value.hint


@pytest.mark.parametrize("user", ["me:secret@", "me:secret secret@", "me@", ":@"])
def test_no_passwords(write: Write, user: str) -> None:
    """They would be kept with each edition; the error does not say them either."""
    own = write(f'{FILES}"SDN.XML" = ["https://{user}mirror.example/SDN.XML"]')
    with pytest.raises(sl.InvalidInputError, match="user name or password") as caught:
        all_lists(own)
    assert "secret" not in caught.value.what + caught.value.hint


def test_not_utf8(tmp_path: Path) -> None:
    """The encoding is named, not a byte."""
    own = tmp_path / "lists.toml"
    own.write_bytes('[a]\ntitle = "Málaga"'.encode("latin-1"))
    with pytest.raises(sl.InvalidInputError, match="the file is not UTF-8"):
        all_lists(own)


def test_unreadable(tmp_path: Path) -> None:
    """A folder in its place, or a file that may not be read, is no missing file."""
    own = tmp_path / "lists.toml"
    own.mkdir()
    with pytest.raises(sl.UnreadableError, match="your catalog of lists cannot be read") as caught:
        all_lists(own)
    assert caught.value.where.source == str(own)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everybody may read it")
def test_not_allowed(write: Write) -> None:
    """The error gives the operating system's reason."""
    own = write("")
    own.chmod(0)
    with pytest.raises(sl.UnreadableError, match="Permission denied"):
        all_lists(own)


def test_near_misses_among_own_lists(write: Write) -> None:
    """Lists of one's own are suggested, too."""
    own = write('[my_watch]\ntitle = "W"')
    with pytest.raises(sl.NotFoundError) as caught:
        list_info("my_wacht", own)
    assert caught.value.suggestions == ("my_watch",)
