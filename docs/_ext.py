"""Directives of these pages, and the notebook as a page.

- `shown`: the card that a notebook shows for an expression, or its drawing
- `package`: all public names of a package; `opening`: what it is for, with an example
- `command`, `command-list`, `shared-options`, `exit-codes`: what the command line says of itself
- `program-table`, `label-table`: tables of `sanctionslib.reference`

They are filled while the site is built, so that no page can say what the library does not.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from _cards import card
from _commands import command_list, command_text, exit_codes, shared_options
from _notebook import markdown_of
from _reference import Page, aliases, opening, package_text
from docutils import nodes
from docutils.parsers.rst import directives
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.addnodes import desc_signature
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

import sanctionslib as sl
from sanctionslib.parsers.ofac.shared import FIELDS
from sanctionslib.reference.tables import rows


class Displayable(SphinxDirective):
    """The card that a notebook shows for an expression, see `card`."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        page = Path(self.env.doc2path(self.env.docname))
        return [nodes.raw("", card("\n".join(self.content), page), format="html")]


class _Generated(SphinxDirective):
    """Markdown that is made while the site is built."""

    optional_arguments = 1
    final_argument_whitespace = True

    def markdown(self) -> str:
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        return self.parse_text_to_nodes(self.markdown(), allow_section_headings=True)


class Package(_Generated):
    """All public names of a package, or some of them."""

    option_spec: ClassVar = {"only": directives.unchanged, "without": directives.unchanged}

    def markdown(self) -> str:
        return package_text(Page(self.arguments[0], **self.options))


class Opening(_Generated):
    """What a package is for, and its example."""

    def markdown(self) -> str:
        return opening(self.arguments[0])


class Command(_Generated):
    """How a command is called, its options, and examples."""

    def markdown(self) -> str:
        return command_text(self.arguments[0])


class CommandList(_Generated):
    """All commands."""

    def markdown(self) -> str:
        return command_list()


class SharedOptions(_Generated):
    """The options that several commands share."""

    def markdown(self) -> str:
        return shared_options()


class ExitCodes(_Generated):
    """All exit codes."""

    def markdown(self) -> str:
        return exit_codes()


class _Notebook(MystParser):
    """A notebook, with what its cells gave when it was written."""

    supported = ("notebook",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        super().parse(markdown_of(inputstring), document)


class _Table(SphinxDirective):
    """A table of a title row and rows of plain texts; the first column is code."""

    title: tuple[str, ...]
    widths: tuple[int, ...]

    def cells(self) -> list[tuple[str, ...]]:
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        group = nodes.tgroup(cols=len(self.title))
        group += [nodes.colspec(colwidth=width) for width in self.widths]
        head, body = nodes.thead(), nodes.tbody()
        head += _row([nodes.Text(text) for text in self.title])
        for first, *others in self.cells():
            body += _row([nodes.literal(text=first), *(nodes.Text(text) for text in others)])
        group += [head, body]
        table = nodes.table(classes=["reference-table", type(self).__name__.lower()])
        table += group
        return [table]


def _row(cells: list[nodes.Node]) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        paragraph = nodes.paragraph()
        paragraph += cell
        entry = nodes.entry()
        entry += paragraph
        row += entry
    return row


class Programs(_Table):
    """All programs of `sanctionslib.programs`."""

    title = ("code", "what it is about", "legal bases", "implies", "note")
    widths = (20, 22, 24, 14, 20)

    def cells(self) -> list[tuple[str, ...]]:
        return [
            (
                each.code,
                each.title or "",
                "; ".join(basis.title for basis in each.legal_bases),
                "; ".join(str(measure) for measure in each.measures),
                each.note or "",
            )
            for each in sl.programs.values()
        ]


class Labels(_Table):
    """All labels of OFAC's documents and features, with what we read them as."""

    title = ("label", "is", "becomes")
    widths = (48, 14, 38)

    def cells(self) -> list[tuple[str, ...]]:
        return [
            (row["label"], row["group"], _reading(row["reading"]))
            for row in rows("ofac_labels.tsv")
        ]


def _reading(text: str) -> str:
    sort, _, value = text.partition(":")
    if sort == "field":
        return ", ".join(FIELDS[value].names)
    return {"identifier": "Identifier", "feature": "Feature"}[sort] + f" ({value})"


def _keep_attributes(app: Sphinx) -> None:
    """Keep napoleon from reading "Types, in the source's words: …" as a type and its description."""
    kept: list[str] = []

    def before(
        app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]
    ) -> None:
        kept[:] = lines

    def after(
        app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]
    ) -> None:
        if what in ("attribute", "property", "data"):
            lines[:] = kept

    app.connect("autodoc-process-docstring", before, priority=400)
    app.connect("autodoc-process-docstring", after, priority=600)


_OPTION = re.compile(r"--?[a-z][\w-]*…?(?: [A-Z]+)?")


def _keep_options_whole(app: Sphinx, doctree: nodes.document) -> None:
    """Mark options of commands, which otherwise break behind a hyphen."""
    for node in doctree.findall(nodes.literal):
        if _OPTION.fullmatch(node.astext()):
            node["classes"].append("option")


def _link_by_both_names(app: Sphinx, doctree: nodes.document) -> None:
    """Let `sanctionslib.Person` be `sanctionslib.model.Person` too: `viewcode` links to either."""
    for signature in doctree.findall(desc_signature):
        for own in [*signature["ids"]]:
            signature["ids"] += [one for one in aliases(own) if one not in signature["ids"]]


def _forget_modules_without_source(app: Sphinx, env: BuildEnvironment) -> None:
    """Keep `viewcode` from listing what it found no source of, as the inside of a named tuple."""
    modules: dict[str, object] = getattr(env, "_viewcode_modules", {})
    for name in [name for name, found in modules.items() if not found]:
        del modules[name]


def setup(app: Sphinx) -> dict[str, bool]:
    _keep_attributes(app)
    app.connect("env-check-consistency", _forget_modules_without_source)
    app.connect("doctree-read", _keep_options_whole)
    app.connect("doctree-read", _link_by_both_names)
    app.add_source_parser(_Notebook)
    app.add_directive("shown", Displayable)
    app.add_directive("package", Package)
    app.add_directive("opening", Opening)
    app.add_directive("command", Command)
    app.add_directive("command-list", CommandList)
    app.add_directive("shared-options", SharedOptions)
    app.add_directive("exit-codes", ExitCodes)
    app.add_directive("program-table", Programs)
    app.add_directive("label-table", Labels)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
