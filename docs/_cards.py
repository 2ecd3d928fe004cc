"""The cards of the documentation: of expressions on a page, after the examples before them."""

from __future__ import annotations

import re
from pathlib import Path

import sanctionslib as sl

_BLOCK = re.compile(r"(<!-- skip: next[^\n]*\n)?```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def card(expression: str, page: Path) -> str:
    """The card of an expression on a page: of `sdn`, the bundled sample, or names of its examples.

    An expression that gives a text is taken for HTML or SVG: `sl.display.to_svg(…)`.
    """
    names: dict[str, object] = {"sl": sl}
    before, _, _ = page.read_text("utf-8").partition(f"```{{shown}} {expression}\n")
    for found in _BLOCK.finditer(before):
        if not found[1]:
            exec(found[2], names)  # our own pages
    names.setdefault("sdn", sl.sample())
    value = eval(expression, names)  # our own pages
    if isinstance(value, str):
        return f'<div class="drawing">{value}</div>'
    html: str = value._repr_html_()
    return html
