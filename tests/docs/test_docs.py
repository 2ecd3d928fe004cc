"""The pages say what the code does: complete references, real output, links that lead somewhere.

Examples with prompts are run by `tests/test_examples.py`. Two further sorts of output are held
here: a ```` ```text ```` block behind `<!-- shows: EXPRESSION -->` is what `print` gives of it, and
a ```` ```console ```` block is what the shell gives. SANCTIONSLIB_GOLDEN=write fills both anew.
"""

from __future__ import annotations

import doctest
import importlib
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import sanctionslib as sl
from sanctionslib import errors
from sanctionslib.parsers import formats
from sanctionslib.parsers._engine.edition import TableFormat
from sanctionslib.samples import open_sample

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [p for p in sorted(DOCS.rglob("*.md")) if "_build" not in p.parts]
NOTEBOOKS = [p for p in sorted(DOCS.rglob("*.ipynb")) if "_build" not in p.parts]
PAGES_OF_FORMATS = [
    *sorted((DOCS / "formats").glob("*.md")),
    *sorted((DOCS / "lists").glob("*.md")),
    DOCS / "guide" / "own-lists.md",
]
ALL = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")] + PAGES

SHOWN = re.compile(r"(<!-- shows: (.+?) -->\n```text\n)(.*?)(```\n)", re.DOTALL)
CUSTOMERS = """customer_id,name,type,country,dob,branch
C-1,Rapid Action Batalion,company,Bangladesh,,Dhaka
C-2,Benazir Ahmad,person,BD,1963-10-01,Dhaka
C-3,Example Trading LLC,company,DE,,Bonn
C-4,,person,DE,1980,Bonn
"""
"""What `screen` reads on the pages."""

CONSOLE = re.compile(r"(```console\n\$ sanctionslib (.+?)\n)(.*?)(```\n)", re.DOTALL)


def _pages(*parts: str) -> list[object]:
    return [
        pytest.param(page, id=str(page.relative_to(ROOT)))
        for page in ALL
        if any(part in page.read_text("utf-8") for part in parts)
    ]


def _agrees(page: Path, pattern: re.Pattern[str], give: Callable[[str], str]) -> None:
    text = page.read_text("utf-8")
    if os.environ.get("SANCTIONSLIB_GOLDEN") == "write":

        def filled(found: re.Match[str]) -> str:
            real = give(found[2])  # later blocks of the page may need what it leaves behind
            return found[1] + (found[3] if "..." in found[3] else real) + found[4]

        page.write_text(pattern.sub(filled, text), "utf-8")
        return
    checker = doctest.OutputChecker()
    for found in pattern.finditer(text):
        real = give(found[2])
        assert checker.check_output(found[3], real, doctest.ELLIPSIS), (
            f"{page.relative_to(ROOT)}: {found[2]} gives\n{real}"
        )


def _error_tree() -> str:
    """All errors and warnings, each below its parent, with the builtin that it also is."""
    lines: list[str] = []

    def add(kind: type[BaseException], depth: int) -> None:
        also = [base.__name__ for base in kind.__bases__ if base.__module__ == "builtins"]
        note = f" ({', '.join(also)})" if also and depth else ""
        lines.append(f"{'  ' * depth}{kind.__name__}{note}")
        children = {
            one for name in errors.__all__ if kind in (one := getattr(errors, name)).__bases__
        }
        for child in sorted(children, key=lambda one: one.__name__):
            add(child, depth + 1)

    add(sl.SanctionsError, 0)
    add(sl.SanctionsWarning, 0)
    return "\n".join(lines)


@pytest.mark.parametrize("page", _pages("<!-- shows: "))
def test_shown_text(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block that shows a text is that text."""
    monkeypatch.chdir(tmp_path)
    sdn = sl.sample()
    sdn.where(lambda one: one.source_id == "33951").write("names.csv")
    names = {
        "sl": sl,
        "sdn": sdn,
        "tree": _error_tree,
        "names_csv": _names_csv,
        "changes": _changes,
    }

    def give(expression: str) -> str:
        return f"{eval(expression, dict(names))}\n"  # our own pages

    _agrees(page, SHOWN, give)


def _changes() -> sl.answers.Changes:
    """What the first block of the page on `diff` finds."""
    block = re.search(r"```python\n(.*?)```", (DOCS / "guide" / "diff.md").read_text("utf-8"), re.S)
    assert block is not None
    names: dict[str, sl.answers.Changes] = {}
    exec(block[1], names)  # our own page
    return names["changes"]


def _names_csv() -> str:
    return Path("names.csv").read_text("utf-8").replace("\r\n", "\n").rstrip("\n")


@pytest.mark.parametrize("page", _pages("$ sanctionslib "))
def test_console(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block of the shell shows what the command prints, and its exit code where it is not 0.

    The files that a recipe of the cookbook writes are there when its commands run.
    """
    testing = pytest.importorskip("click.testing")
    from sanctionslib.cli._app import app

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("SDN.XML").write_bytes(open_sample())
    Path("customers.csv").write_text(CUSTOMERS, "utf-8")
    _put_own_lists()
    if page.parent.name == "cookbook":
        monkeypatch.syspath_prepend(DOCS)
        importlib.import_module("_cards").run_examples(page.read_text("utf-8"))

    def give(line: str) -> str:
        run = testing.CliRunner().invoke(app, shlex.split(line), prog_name="sanctionslib")
        return run.output + (f"(exit code {run.exit_code})\n" if run.exit_code else "")

    _agrees(page, CONSOLE, give)


@pytest.mark.parametrize("page", _pages("`sanctionslib "))
def test_commands_have_the_options_that_pages_name(page: Path) -> None:
    """What a page names in a sentence is a command, with options that it has."""
    click = pytest.importorskip("click")
    from sanctionslib.cli._app import app

    for line in re.findall(r"`sanctionslib ([a-z][^`]*)`", page.read_text("utf-8")):
        command, words = app, shlex.split(line.partition("|")[0])
        while isinstance(command, click.Group):
            name = words.pop(0)
            inner = command.get_command(click.Context(command), name)
            assert inner is not None, f"{line}: {name} is no command"
            command = inner
        known = {each for one in command.params for each in one.opts}
        unknown = [one for one in words if one.startswith("--") and one not in known]
        assert not unknown, f"{line}: it has no {', '.join(unknown)}"


def _put_own_lists() -> None:
    """Three days of a list of one's own: a party more and a remark, then a fifth of it gone."""
    rows = [f"{n},EXAMPLE {n} LTD,organization," for n in range(1, 26)]
    more = [*rows[:-1], f"{rows[-1]}Seen in Dhaka.", "26,EXAMPLE STAR,vessel,"]
    days = {"2021-12-09": rows, "2021-12-10": more, "2021-12-13": more[:21]}
    for day, held in days.items():
        text = "\n".join(("id,name,kind,remarks", *held, ""))
        Path(f"watch-{day}.csv").write_text(text, "utf-8")


def test_cards_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each card that the site shows can be made of what its page made before it."""
    monkeypatch.syspath_prepend(DOCS)
    card = importlib.import_module("_cards").card
    shown = [
        (page, each)
        for page in PAGES
        for each in re.findall(r"^```\{shown\} (.+)$", page.read_text("utf-8"), re.M)
    ]
    assert shown
    for page, each in shown:
        assert re.search(r"slc|<svg", card(each, page)), f"{page}: {each}"


def test_the_architecture_is_short() -> None:
    """One page explains the library, in at most 900 words."""
    text = (DOCS / "architecture.md").read_text("utf-8")
    assert len(text.split()) <= 900


def _of_docs(monkeypatch: pytest.MonkeyPatch, module: str) -> ModuleType:
    """A module that the documentation is built with."""
    monkeypatch.syspath_prepend(str(DOCS))
    return importlib.import_module(module)


def test_reference_has_every_public_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name that the library offers has one place in the reference.

    What a page leaves out is for the other packages of the library; nobody names it by `sl.`.
    """
    reference = _of_docs(monkeypatch, "_reference")
    pages = {one.stem: reference.Page.of(one) for one in (DOCS / "reference").glob("*.md")}
    held = [one for one in pages.values() if one is not None]
    listed = [reference.documented(one.package, name) for one in held for name in one.names]
    assert len(listed) == len(set(listed))
    assert {f"sanctionslib.{name}" for name in sl.__all__} <= set(listed)
    packages = {one.package.removeprefix("sanctionslib.") for one in held}
    assert packages == {"sanctionslib", *reference.PACKAGES}
    for one in held:
        public = importlib.import_module(one.package).__all__
        assert {*one.only, *one.without} <= {*public}
        assert one.package == "sanctionslib" or not {*one.without} & {*sl.__all__}


def test_every_package_opens_with_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page of the reference opens with what the package is for, and an example."""
    reference = _of_docs(monkeypatch, "_reference")
    for package in ("sanctionslib", *(f"sanctionslib.{one}" for one in reference.PACKAGES)):
        assert "```pycon\n>>> import sanctionslib as sl\n" in reference.opening(package), package


def test_every_command_has_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command is on one page; the overview has its exit codes and the shared options."""
    commands = _of_docs(monkeypatch, "_commands")
    pages = (DOCS / "guide" / "commands").glob("*.md")
    shown = [
        name
        for page in pages
        for name in re.findall(r"^```\{command\} (.+)$", page.read_text("utf-8"), re.MULTILINE)
    ]
    assert sorted(shown) == sorted(commands.commands_of())


@pytest.mark.parametrize("name", ["find", "archive add"])
def test_pages_of_commands_say_what_the_help_says(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The options of a command are on its page, and its examples with what they print."""
    commands = _of_docs(monkeypatch, "_commands")
    text = commands.command_text(name)
    for param in commands.commands_of()[name].params:
        if param.param_type_name == "option":
            assert all(option in text for option in param.opts), param.name
    assert re.search(r"^\$ sanctionslib .+\n[^`]", text, re.MULTILINE)
    assert "the file" not in commands.exit_codes().partition("| 3 |")[0]
    assert "--json" in commands.shared_options()


def test_notebook_has_what_its_cells_give(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tutorial runs, and its file has what comes out; docs/_notebook.py writes it."""
    notebook = _of_docs(monkeypatch, "_notebook")
    text = notebook.NOTEBOOK.read_text("utf-8")
    real = notebook.executed(text)
    if os.environ.get("SANCTIONSLIB_GOLDEN") == "write":
        notebook.NOTEBOOK.write_text(real, "utf-8")
    else:
        assert text == real
    assert "```python\nimport sanctionslib as sl\n" in notebook.markdown_of(real)


@pytest.mark.parametrize("page", PAGES_OF_FORMATS, ids=lambda one: one.stem)
def test_field_tables_are_those_of_the_formats(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of a page say what the format's own table says; docs/_fields.py writes them."""
    monkeypatch.syspath_prepend(str(DOCS))
    with_tables = importlib.import_module("_fields").with_tables
    text = page.read_text("utf-8")
    assert with_tables(text) == text


def test_every_table_format_has_its_field_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each format that is read by a table has it on a page that names the format.

    Two formats of a list can have one table: the same columns as CSV and as a workbook.
    """
    monkeypatch.syspath_prepend(str(DOCS))
    field_table = importlib.import_module("_fields").field_table
    pages = [page.read_text("utf-8") for page in PAGES_OF_FORMATS]
    for form in formats():
        if isinstance(form, TableFormat):
            table = field_table(form)
            assert any(form.name in text and table in text for text in pages), form.name


def test_every_page_is_in_a_toctree() -> None:
    """A reader finds every page from the first one, each by one way."""
    first = DOCS / "index.md"
    listed = [first]
    for page in listed:
        listed += _below(page) if page.suffix == ".md" else []
    assert sorted(listed) == sorted([*PAGES, *NOTEBOOKS])


def _below(page: Path) -> list[Path]:
    """The pages that the toctrees of a page name."""
    found: list[Path] = []
    for block in re.findall(r"```\{toctree\}\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line and not line.startswith(":"):
                named = f"{line}.md"
                notebook = page.parent / f"{line}.ipynb"
                if notebook.exists():
                    found.append(notebook)
                else:
                    found += page.parent.glob(named) if ":glob:" in block else [page.parent / named]
    return [one for one in found if one != page]


@pytest.mark.parametrize("page", _pages("]("))
def test_links(page: Path) -> None:
    """Links between pages lead to files that are there."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    missing = [
        target
        for target in targets
        if target and "://" not in target and not (page.parent / target).exists()
    ]
    assert not missing


def test_changelog_is_short() -> None:
    """An entry of the changelog has fewer than 80 words."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    entries = re.findall(r"^- (.*(?:\n  .*)*)", text, re.MULTILINE)
    assert entries
    assert not [entry for entry in entries if len(entry.split()) >= 80]


def test_readme_opens_with_an_example() -> None:
    """The first block of the README is a short example, whose output `test_examples` compares."""
    block = re.search(r"```pycon\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert block is not None
    lines = block[1].splitlines()
    prompts = [line for line in lines if line.startswith(">>> ")]
    assert prompts[0] == ">>> import sanctionslib as sl"
    assert len(prompts) <= 10
