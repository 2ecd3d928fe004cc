"""The page of what changed says what the official files of three days give."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import sanctionslib as sl

TEXT = (Path(__file__).parents[2] / "docs" / "guide" / "over-time.md").read_text("utf-8")


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.SanctionsWarning")
def test_what_the_official_files_give(
    lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Examples that need them are run on them."""
    monkeypatch.setenv("SANCTIONSLIB_HOME", str(tmp_path))
    monkeypatch.chdir(lists / "us_ofac_sdn")
    (adding,) = re.findall(r'<!-- skip: next "[^"]*" -->\n```python\n(.*?)```', TEXT, re.DOTALL)
    exec(adding, {"sl": sl})  # our own page
    (skipped,) = re.findall(r"<!-- skip: start -->\n```pycon\n(.*?)```", TEXT, re.DOTALL)
    examples = doctest.DocTestParser().get_doctest(skipped, {"sl": sl}, "over-time.md", None, None)
    assert doctest.DocTestRunner().run(examples) == (0, 3)
