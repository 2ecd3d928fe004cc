"""The cards of the documentation: of expressions on a page, after the examples before them."""

from __future__ import annotations

import re
import tempfile
from contextlib import chdir
from pathlib import Path

import sanctionslib as sl

_BLOCK = re.compile(r"(<!-- skip: next[^\n]*\n)?```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def card(expression: str, page: Path) -> str:
    """The card of an expression on a page: of `sdn`, the bundled sample, or names of its examples.

    The examples run in a folder of their own, which is gone afterwards. An expression that gives a
    text is taken for HTML or SVG: `sl.display.to_svg(…)`.
    """
    before, _, _ = page.read_text("utf-8").partition(f"```{{shown}} {expression}\n")
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        names = run_examples(before)
        names.setdefault("sdn", sl.sample())
        value = eval(expression, names)  # our own pages
    if isinstance(value, str):
        return f'<div class="drawing">{value}</div>'
    html: str = value._repr_html_()
    return html


def run_examples(text: str) -> dict[str, object]:
    """Run the examples of a page that have no prompts, and give their names."""
    names: dict[str, object] = {"sl": sl}
    for found in _BLOCK.finditer(text):
        if not found[1]:
            exec(found[2], names)  # our own pages
    return names
