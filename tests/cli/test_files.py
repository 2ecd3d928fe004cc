"""audit and formats; how files are read, and what is said of those that cannot be."""

from __future__ import annotations

import json
import os
import warnings

import pytest

import sanctionslib as sl
from sanctionslib import samples
from sanctionslib.cli._exit import Exit

READING = (
    ("why", "33951"),
    ("show", "33951"),
    ("find",),
    ("find-number", "1"),
    ("related", "33951"),
    ("audit",),
)


def test_audit(run):
    """`audit` says what was read, of which edition."""
    result = run("audit", "--sample")
    assert result.exit_code == Exit.FOUND
    assert "*** SAMPLE" in result.stdout
    assert "6 lists, 2021-12-10" in result.stdout
    assert f"{len(sl.sample())} converted" in result.stdout
    assert "PATHS" not in run("audit", "--sample", "--explain").stdout


def test_audit_records(run):
    """`--keep-source` adds the shares, and what became of each path."""
    assert "100.0 % mapped" in run("audit", "--sample", "--keep-source").stdout
    text = run("audit", "--sample", "--keep-source", "--explain").stdout
    assert "PATHS" in text
    assert "sanctionsPrograms/" in text


def test_formats(run):
    """`formats` needs no file."""
    result = run("formats")
    assert result.exit_code == Exit.FOUND
    assert "ofac-classic-xml" in result.stdout
    document = json.loads(run("formats", "--json").stdout)
    assert [one["name"] for one in document["formats"]] == [one.name for one in sl.formats()]
    assert document["schema"] == "sanctionslib/formats/1"


def test_template(run, tmp_path):
    """`template` prints what can be filled in, and what was filled in can be asked."""
    text = run("template").stdout
    assert text == sl.template()
    path = tmp_path / "watch.csv"
    path.write_text(text, "utf-8")
    result = run("why", "EXAMPLE TRADE", "--file", str(path), "--list-id", "my_watch")
    assert result.exit_code == Exit.FOUND
    assert "2021-12-10" in result.stdout
    assert run("find", "--file", str(path)).exit_code == Exit.USAGE


@pytest.mark.parametrize("words", READING)
def test_which_file(run, words):
    """Neither `--file` nor `--sample`, and both, are usage errors that name the two."""
    for more in ((), ("--sample", "--file", "SDN.XML")):
        result = run(*words, *more)
        assert result.exit_code == Exit.USAGE
        assert "--file PATH" in result.stderr
        assert "--sample" in result.stderr


@pytest.mark.parametrize("option", [("--list-id", "us_ofac_cons"), ("--published", "2021-12-11")])
def test_the_sample_is_what_it_is(run, option):
    """The sample cannot be called something else."""
    assert run("find", "--sample", *option).exit_code == Exit.USAGE


def test_options_stand_anywhere(run, sdn):
    """Options may stand before and behind what is asked."""
    assert run("why", "--file", str(sdn), "33951").exit_code == Exit.FOUND
    assert run("why", "33951", "--file", str(sdn)).exit_code == Exit.FOUND


def test_list_id_is_passed_on(run, tmp_path):
    """`--list-id` says which list it is, where the name does not."""
    path = tmp_path / "some.xml"
    path.write_bytes(samples.open_sample())
    document = json.loads(
        run("show", "33951", "--file", str(path), "--list-id", "us_ofac_cons", "--json").stdout
    )
    assert document["id"] == "us_ofac_cons:33951"


def test_published(run, sdn):
    """`--published` is passed on, and something that is no day is a usage error."""
    sdn.write_bytes(
        b"\n".join(line for line in sdn.read_bytes().splitlines() if b"<Publish_Date>" not in line)
    )
    words = ("find", "--file", str(sdn), "--json", "--partial")
    document = json.loads(run(*words, "--published", "2021-12-11").stdout)
    assert document["editions"][0]["published"] == "2021-12-11"
    assert run(*words, "--published", "soon").exit_code == Exit.USAGE


def test_a_faulty_entry_is_one_warning(run, faulty):
    """A warning speaks of faults once, in one line, on standard error; the answer stays whole."""
    result = run("find", "--file", str(faulty), "--json")
    assert result.exit_code == Exit.FOUND
    assert result.stderr.startswith("warning: SDN.XML: faults found: 1")
    assert result.stderr.count("\n") == 1
    assert json.loads(result.stdout)["count"] == 26
    assert "Spaceship" in run("audit", "--file", str(faulty)).stdout


def test_strict(run, faulty):
    """With `--strict` the same is an error of the file."""
    result = run("find", "--file", str(faulty), "--strict")
    assert result.exit_code == Exit.FILE
    assert "--strict" in result.stderr


def test_incomplete(run, sdn):
    """A file that holds less than it declares is refused, unless `--partial` says otherwise."""
    data = sdn.read_bytes()
    start = data.index(b"<sdnEntry>")
    end = data.index(b"</sdnEntry>", start) + len(b"</sdnEntry>")
    sdn.write_bytes(data[:start] + data[end:])
    assert run("find", "--file", str(sdn)).exit_code == Exit.FILE
    assert run("find", "--file", str(sdn), "--partial").exit_code == Exit.FOUND


@pytest.mark.parametrize(
    "data", [b"", b"<html>Access denied</html>", samples.open_sample()[:9000], b"\0\1\2"]
)
@pytest.mark.parametrize("words", READING)
def test_files_at_fault(run, tmp_path, words, data):
    """An empty, blocked, cut or foreign file is one message with its place, and code 3."""
    path = tmp_path / "SDN.XML"
    path.write_bytes(data)
    result = run(*words, "--file", str(path))
    assert result.exit_code == Exit.FILE
    assert not result.stdout
    assert result.stderr.startswith("error: ")
    assert "where: SDN.XML" in result.stderr
    assert "Traceback" not in result.stderr


def test_missing_file(run, tmp_path):
    """A missing file and a folder are errors of the file."""
    for path in (tmp_path / "none.xml", tmp_path):
        assert run("audit", "--file", str(path)).exit_code == Exit.FILE


def test_interrupted(run, monkeypatch):
    """Ctrl-C ends the command without a word."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sanctionslib.api.sample", interrupt)
    result = run("find", "--sample")
    assert result.exit_code == Exit.INTERRUPTED
    assert not result.output.strip()


def test_other_warnings_stay_warnings(run, sdn, monkeypatch):
    """What is no warning of ours is left to Python."""

    def read(*_: object, **__: object) -> object:
        warnings.warn("something else", ResourceWarning, stacklevel=1)
        return sl.sample()

    monkeypatch.setattr("sanctionslib.api.read", read)
    with pytest.raises(ResourceWarning):
        run("find", "--file", str(sdn))


def test_whether_a_file_can_be_read_is_said_by_the_library(run, sdn, monkeypatch):
    """Nobody but the library judges a path, so that each fault has its own exit code."""
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    assert run("find", "--file", str(sdn)).exit_code == Exit.FOUND


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all files")
def test_a_file_that_may_not_be_read(run, sdn):
    """It is an error of the file, and no usage error."""
    sdn.chmod(0)
    result = run("find", "--file", str(sdn))
    assert result.exit_code == Exit.FILE
    assert "may not be read by this user" in result.stderr


def test_folder(run, tmp_path):
    """`--file` takes the folder of an edition that is made of several files."""
    for name, row in (
        ("SDN.CSV", '1,"EXAMPLE",-0- ,"SDGT"' + ",-0- " * 8),
        ("ADD.CSV", '1,2,-0- ,"Dhaka","Bangladesh",-0- '),
        ("ALT.CSV", '1,3,"aka","EXAMPLE ALIAS",-0- '),
    ):
        (tmp_path / name).write_text(row + "\r\n\x1a")
    words = ("show", "1", "--file", str(tmp_path), "--published", "2030-01-02", "--json")
    assert "SDN_COMMENTS.CSV is missing" in run(*words).stderr
    (tmp_path / "SDN_COMMENTS.CSV").write_text("\x1a")
    document = json.loads(run(*words).stdout)
    assert document["addresses"][0]["lines"] == ["Dhaka"]


# ── several lists ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def files(tmp_path, sdn) -> dict[str, str]:
    """Three lists: one of OFAC, one that states no date, one whose file does not say which it is."""
    csl, watch = tmp_path / "csl.csv", tmp_path / "watch.csv"
    csl.write_bytes(samples.open_sample(list_id="us_trade_csl"))
    watch.write_text(sl.template(), "utf-8")
    return {"sdn": str(sdn), "csl": str(csl), "watch": str(watch)}


def _given(*paths: str) -> tuple[str, ...]:
    return tuple(word for path in paths for word in ("--file", path))


def test_several_files_are_one_collection(run, files):
    """`--file` given several times asks all lists, each read from its own file."""
    said = ("--list-id", "watch.csv=my_watch", "--published", f"{files['csl']}=2021-12-10")
    words = (*_given(*files.values()), *said, "--partial")
    with pytest.warns(
        sl.errors.FaultyEntriesWarning
    ):  # most of its lists are not in the small file
        csl = sl.read(files["csl"], published="2021-12-10", partial=True)
    both = sl.combine(sl.read(files["sdn"]), csl, sl.read(files["watch"], list_id="my_watch"))
    document = json.loads(run("find", *words, "--json").stdout)
    assert document == json.loads(json.dumps(both.to_dict()))
    assert [(one["list_id"], one.get("published")) for one in document["editions"]] == [
        ("us_ofac_sdn", "2021-12-10"),
        ("us_trade_csl", "2021-12-10"),
        ("my_watch", None),
    ]
    assert {one["id"].partition(":")[0] for one in document["entities"]} == {
        *("us_ofac_sdn", "us_trade_csl", "my_watch")
    }
    for who in ("33951", "EXAMPLE TRADE"):
        assert run("why", who, *words).exit_code == Exit.FOUND


def test_one_list_twice(run, files, tmp_path):
    """The same file twice, and two files of one list, are refused before an answer."""
    result = run("find", *_given(files["sdn"], files["csl"], files["sdn"]))
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert "SDN.XML' is given twice" in result.stderr
    other = tmp_path / "SDN_ENHANCED.XML"
    other.write_bytes(samples.open_sample(list_id="us_ofac_sdn"))
    result = run("find", *_given(files["sdn"], str(other)))
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert "are of the same list, us_ofac_sdn" in result.stderr
    assert "sanctionslib diff" in result.stderr


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (("--list-id", "us_ofac_sdn"), "say of which file: --list-id SDN.XML=…"),
        (("--published", "2021-12-10"), "say of which file: --published SDN.XML=…"),
        (("--published", "other.xml=2021-12-10"), "say of which file"),
        (("--published", "csl.csv=2021-12-10", "--published", "csl.csv=2021-12-11"), "twice"),
    ],
)
def test_what_is_said_of_one_file(run, files, said, message):
    """What is said of one file says of which, and says it once."""
    result = run("find", *_given(files["sdn"], files["csl"]), *said)
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert message in result.stderr


def test_files_of_one_name(run, files, tmp_path):
    """Where two files have one name, the path tells them apart."""
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "csl.csv"
    other.write_text(sl.template(), "utf-8")
    words = ("find", *_given(files["csl"], str(other)), "--partial", "--list-id")
    assert run(*words, "csl.csv=my_watch").exit_code == Exit.USAGE
    assert run(*words, f"{other}=my_watch").exit_code == Exit.FOUND


def test_of_one_file_nobody_says_which(run, files):
    """Of one file the value may stand alone, or behind the name of the file; twice it may not."""
    words = ("find", *_given(files["watch"]), "--json", "--list-id")
    alone = run(*words, "my_watch")
    assert alone.exit_code == Exit.FOUND
    assert run(*words, "watch.csv=my_watch").stdout == alone.stdout
    assert run(*words, "my_watch", "--list-id", "my_list").exit_code == Exit.USAGE


def test_one_bad_file_is_no_answer(run, files, tmp_path):
    """A list that cannot be read leaves no answer from the others, which would look whole."""
    missing = str(tmp_path / "CONS.XML")
    result = run("find", *_given(files["sdn"], missing))
    assert (result.exit_code, result.stdout) == (Exit.FILE, "")
    assert "CONS.XML" in result.stderr


def test_the_day_of_the_sample(run):
    """`--day` chooses the sample; another day, and a day of a file, are wrong values."""
    before = run("find", "--sample", "--day", "2021-12-09", "--json").stdout
    assert json.loads(before)["count"] == len(sl.sample("2021-12-09")) == 7
    today = run("find", "--sample", "--day", "2021-12-10").stdout
    assert today == run("find", "--sample").stdout
    result = run("find", "--sample", "--day", "2021-12-08")
    assert result.exit_code == Exit.USAGE
    assert "2021-12-09" in result.stderr
    assert run("find", "--file", "SDN.XML", "--day", "2021-12-09").exit_code == Exit.USAGE


def test_files_of_one_edition(run, tmp_path):
    """What the command says of an incomplete or mixed set can be done with the command."""
    path = tmp_path / "SDN.CSV"
    path.write_text('1,"EXAMPLE",-0- ,"SDGT"' + ",-0- " * 8 + "\r\n\x1a")
    result = run("why", "1", "--file", str(path), "--published", "2030-01-02")
    assert result.exit_code == Exit.FILE
    assert "give all files of the edition: their folder or a zip; --partial" in result.stderr
    (tmp_path / "CONS_PRIM.CSV").write_text(path.read_text())
    result = run("why", "1", "--file", str(tmp_path), "--published", "2030-01-02")
    assert "on its own: put its files into a folder or zip" in result.stderr
