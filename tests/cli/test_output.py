"""What is printed: JSON that no terminal takes for commands, and that is the same JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.cli._exit import Exit
from sanctionslib.export import write

ACTING = "\x7f\x85\x9b\xad\u061c\u200b\u200e\u202e\u2028\u2029\u2066\u2069\ufeff\U000e0041"
"""Controls, characters that turn the reading direction or divide lines, and hidden ones."""
SHOWN = "é\u200c\u200dяالعربية中文🙂"
"""What is seen, and the joiners that spelling needs."""
NAME = f"EXAMPLE {ACTING}{SHOWN} PERSON"


@pytest.fixture(autouse=True)
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of one party whose every text is hostile, and a customer of the same name."""
    monkeypatch.chdir(tmp_path)
    party = sl.Person(
        id="watch:1",
        names=(sl.Name(text=NAME),),
        remarks=NAME,
        designations=(sl.Designation(programs=(NAME,), reason=NAME),),
    )
    write([party], [], "old.json")
    write([party, sl.Person(id="watch:2", names=(sl.Name(text=NAME),))], [], "new.json")
    Path(f"{NAME}.csv").write_text(f'name\n"{NAME}"\n', "utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("why", "1"),
        ("show", "1"),
        ("find",),
        ("search", "EXAMPLE PERSON"),
        ("related", "1"),
        ("audit",),
        ("screen", f"{NAME}.csv", "--out", "r.jsonl"),
    ],
    ids=lambda words: words[0],
)
def test_no_json_acts_on_a_terminal(run, words):
    """Whatever a list says, its JSON is plain text for a terminal, and still says it."""
    result = run(*words, "--file", "old.json", "--json")
    assert result.exit_code in (Exit.FOUND, Exit.NOTHING, Exit.PROBLEMS)
    assert not set(ACTING).intersection(result.stdout)
    said = json.dumps(json.loads(result.stdout), ensure_ascii=False)
    if words[0] not in ("related", "audit"):
        assert json.dumps(NAME, ensure_ascii=False)[1:-1] in said
        assert SHOWN in result.stdout


def test_files_have_texts_as_they_are(run):
    """A file is no terminal: JSON Lines and JSON that are written keep each character."""
    run("screen", f"{NAME}.csv", "--out", "r.jsonl", "--file", "old.json")
    assert json.dumps(NAME, ensure_ascii=False)[1:-1] in Path("r.jsonl").read_text("utf-8")
    run("diff", "old.json", "new.json", "--output", "d.json")
    assert NAME in Path("d.json").read_text("utf-8")
