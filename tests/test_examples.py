"""Every documented example runs: the README, the pages of docs/, and the docstrings.

A ```` ```python ```` block runs; with `>>>` prompts, in it or in a ```` ```pycon ```` block, its
output is compared too. The blocks of one page share their names, each docstring has its own (and
those of its module). A block that must not run follows a line `<!-- skip: next -->`, optionally
with a reason: `<!-- skip: next "needs the network" -->`; a line of a docstring ends with
`# doctest: +SKIP`.
"""

from __future__ import annotations

import doctest
import importlib
from collections.abc import Iterator
from pathlib import Path
from unittest import SkipTest

import pytest
from sybil import Document
from sybil.document import PythonDocStringDocument
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parents[1]


class _PyconBlockParser(PythonCodeBlockParser):
    """```` ```pycon ```` blocks, read as `python` blocks with prompts are."""

    def __init__(self, doctest_optionflags: int) -> None:
        super().__init__(doctest_optionflags=doctest_optionflags)
        self.codeblock_parser = CodeBlockParser("pycon", PythonEvaluator())


PAGE_PARSERS = (
    SkipParser(),
    PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
    _PyconBlockParser(doctest_optionflags=doctest.ELLIPSIS),
)
DOCSTRING_PARSERS = (DocTestParser(optionflags=doctest.ELLIPSIS),)


def _pages() -> Iterator[Path]:
    candidates = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return (
        p
        for p in candidates
        if p.is_file() and "_build" not in p.parts and "```py" in p.read_text("utf-8")
    )


def _modules() -> Iterator[Path]:
    return (
        p for p in sorted((ROOT / "sanctionslib").rglob("*.py")) if ">>> " in p.read_text("utf-8")
    )


def _docstrings(path: Path) -> Iterator[Document]:
    source = path.read_text("utf-8")
    for start, _, text in PythonDocStringDocument.extract_docstrings(source):
        line = source.count("\n", 0, start)
        document = Document("\n" * line + text, str(path))
        for parser in DOCSTRING_PARSERS:
            for region in parser(document):
                document.add(region)
        yield document


def _run(document: Document) -> tuple[list[str], int]:
    """Evaluate every example of a document; give what failed and how many ran."""
    failures: list[str] = []
    ran = 0
    for example in document.examples():
        try:
            example.evaluate()
        except SkipTest:
            continue
        except Exception as error:  # noqa: BLE001 (an example may raise anything)
            where = f"{document.path}:{example.line}"
            failures.append(f"{where}: {type(error).__name__}: {error}".rstrip(": "))
        ran += 1
    return failures, ran


@pytest.mark.parametrize("page", [pytest.param(p, id=str(p.relative_to(ROOT))) for p in _pages()])
def test_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of a page run from top to bottom, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    failures, ran = _run(Document.parse(str(page), *PAGE_PARSERS))
    if failures:
        pytest.fail("\n\n".join(failures), pytrace=False)
    if not ran:
        pytest.skip("every example of this page is marked with skip")


@pytest.mark.parametrize(
    "module", [pytest.param(p, id=str(p.relative_to(ROOT))) for p in _modules()]
)
def test_docstrings(module: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of a module's docstrings run against the installed module."""
    monkeypatch.chdir(tmp_path)
    name = ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    installed = importlib.import_module(name)
    failures: list[str] = []
    for document in _docstrings(module):
        document.namespace.update(vars(installed))
        failures += _run(document)[0]
    if failures:
        pytest.fail("\n\n".join(failures), pytrace=False)
