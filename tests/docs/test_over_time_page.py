"""The page of what changed says what the official files of three days give."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import sanctionslib as sl

TEXT = (Path(__file__).parents[2] / "docs" / "guide" / "over-time.md").read_text("utf-8")
ADDED = re.compile(r"added \d{4}-\d\d-\d\d")


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.SanctionsWarning")
def test_what_the_official_files_give(
    lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Examples that need them, and what is shown of their history and of a timeline."""
    monkeypatch.setenv("SANCTIONSLIB_HOME", str(tmp_path))
    monkeypatch.chdir(lists / "us_ofac_sdn")
    (adding,) = re.findall(r'<!-- skip: next "[^"]*" -->\n```python\n(.*?)```', TEXT, re.DOTALL)
    exec(adding, {})  # our own page
    history, timeline = re.findall(r"```text\n(.*?)```", TEXT, re.DOTALL)
    shown = str(sl.Archive().editions("us_ofac_sdn"))
    assert ADDED.sub("added", history.rstrip()) in ADDED.sub("added", shown)
    assert str(sl.Archive().timeline("us_ofac_sdn:33951")) == timeline.rstrip()
    skipped = re.findall(r"<!-- skip: start -->\n```pycon\n(.*?)```", TEXT, re.DOTALL)
    assert len(skipped) == 3
    examples = doctest.DocTestParser().get_doctest(
        "".join(skipped[:2]), {"sl": sl}, "over-time.md", None, None
    )
    assert doctest.DocTestRunner().run(examples) == (0, 5)
