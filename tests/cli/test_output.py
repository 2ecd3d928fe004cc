"""What is printed: no terminal takes it for commands, and JSON is the same JSON."""

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


OLD = ("--file", "old.json")


@pytest.mark.parametrize("form", [(), ("--format", "markdown"), ("--json",)], ids=" ".join)
@pytest.mark.parametrize(
    "words",
    [
        ("why", "1", *OLD),
        ("why", NAME, "--file", "new.json"),  # the message lists both parties of that name
        ("show", "1", *OLD),
        ("find", *OLD),
        ("search", "EXAMPLE PERSON", *OLD),
        ("related", "1", *OLD),
        ("audit", *OLD),
        ("diff", "old.json", "new.json"),
        ("screen", f"{NAME}.csv", "--out", "r.jsonl", *OLD),
    ],
    ids=lambda words: words[0],
)
def test_nothing_acts_on_a_terminal(run, words, form):
    """Whatever a list says is plain text for a terminal, and JSON still says it."""
    result = run(*words, *form)
    assert result.exit_code in (Exit.FOUND, Exit.NOTHING, Exit.AMBIGUOUS, Exit.PROBLEMS)
    assert not set(ACTING).intersection(result.stdout + result.stderr)
    if form == ("--json",) and words[0] not in ("related", "audit") and result.stdout:
        said = json.dumps(json.loads(result.stdout), ensure_ascii=False)
        assert json.dumps(NAME, ensure_ascii=False)[1:-1] in said
        assert SHOWN in result.stdout


def test_files_have_texts_as_they_are(run):
    """A file is no terminal: JSON Lines and JSON that are written keep each character."""
    run("screen", f"{NAME}.csv", "--out", "r.jsonl", "--file", "old.json")
    assert json.dumps(NAME, ensure_ascii=False)[1:-1] in Path("r.jsonl").read_text("utf-8")
    run("diff", "old.json", "new.json", "--output", "d.json")
    assert NAME in Path("d.json").read_text("utf-8")
