"""audit and formats; how files are read, and what is said of those that cannot be."""

from __future__ import annotations

import json
import os

import pytest

import sanctionslib as sl
from sanctionslib import samples
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._request import Request

READING = (
    ("why", "33951"),
    ("show", "33951"),
    ("find",),
    ("lookup", "1"),
    ("related", "33951"),
    ("audit",),
)


def test_audit(run):
    """`audit` says what was read, of which edition."""
    result = run("audit", "--sample")
    assert result.exit_code == Exit.FOUND
    assert "*** SAMPLE" in result.stdout
    assert "us_ofac_sdn · 2021-12-10" in result.stdout
    assert "43 entities" in result.stdout
    assert "us_klepto_hr_visa · 2021-12-10 · sanctionslib-json" in result.stdout
    assert "PATHS" not in result.stdout


def test_audit_records(run):
    """`--records` adds the shares, and what became of each path."""
    text = run("audit", "--sample", "--records").stdout
    assert "SHARES" in text
    assert "PATHS" in text
    assert "sanctionsPrograms/" in text


def test_audit_round_trips(run, tmp_path):
    """The JSON of an audit reads back equal, and says which editions it is of."""
    document = json.loads(run("audit", "--sample", "--records", "--json").stdout)
    assert sl.from_dict(document, sl.Audit) == sl.sample(records=True).audit
    assert [one["list_id"] for one in document["editions"]] == list(samples.sample_names())


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
    """Faults are told once, in one line, on standard error; the answer stays whole."""
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

    def interrupt(self: Request, *, records: bool = False) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Request, "read", interrupt)
    result = run("find", "--sample")
    assert result.exit_code == Exit.INTERRUPTED
    assert not result.output.strip()


def test_other_warnings_stay_warnings(run, monkeypatch):
    """What is no warning of ours is left to Python."""
    import warnings

    def read(self: Request, records: bool) -> object:
        warnings.warn("something else", ResourceWarning, stacklevel=1)
        return sl.sample()

    monkeypatch.setattr(Request, "_read", read)
    with pytest.raises(ResourceWarning):
        run("find", "--sample")


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
    assert "SDN_COMMENTS.CSV is not there" in run(*words).stderr
    (tmp_path / "SDN_COMMENTS.CSV").write_text("\x1a")
    document = json.loads(run(*words).stdout)
    assert document["addresses"][0]["lines"] == ["Dhaka"]
