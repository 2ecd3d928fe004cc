"""The tutorial notebook: its cells run in this process, and it becomes a page of the site.

    python docs/_notebook.py         runs it and writes what its cells give into it

`tests/docs/test_docs.py` fails where that is out of date.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["NOTEBOOK", "executed", "markdown_of"]

NOTEBOOK = Path(__file__).parent / "start" / "tutorial.ipynb"


def executed(text: str) -> str:
    """The notebook with what its cells give, as its file holds it."""
    notebook = json.loads(text)
    names: dict[str, object] = {"__name__": "__main__"}
    number = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            cell["execution_count"] = number
            cell["outputs"] = [*_outputs("".join(cell["source"]), names, number)]
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _outputs(source: str, names: dict[str, object], number: int) -> Iterator[dict[str, Any]]:
    """What a cell prints, then the value of the expression that it ends with."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    value: object = None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(ast.Module(body, []), "<cell>", "exec"), names)  # our own notebook
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    if printed.getvalue():
        text = printed.getvalue().splitlines(keepends=True)
        yield {"name": "stdout", "output_type": "stream", "text": text}
    if value is not None:
        data = {"text/plain": repr(value).splitlines(keepends=True)}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = value._repr_html_().splitlines(keepends=True)
        yield {
            "data": data,
            "execution_count": number,
            "metadata": {},
            "output_type": "execute_result",
        }


def markdown_of(text: str) -> str:
    """The notebook as a page: its texts, its code, and what it gave."""
    parts: list[str] = []
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        for output in cell["outputs"]:
            if output["output_type"] == "stream":
                parts.append(f"```text\n{''.join(output['text'])}```")
            elif "text/html" in output["data"]:
                parts.append(f"````{{raw}} html\n{''.join(output['data']['text/html'])}\n````")
            else:
                parts.append(f"```text\n{''.join(output['data']['text/plain'])}\n```")
    return "\n\n".join(parts)


if __name__ == "__main__":
    NOTEBOOK.write_text(executed(NOTEBOOK.read_text("utf-8")), "utf-8")
