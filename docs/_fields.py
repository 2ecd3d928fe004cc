"""The field tables of the pages on formats, generated from the formats' own tables.

    python docs/_fields.py          writes them into the pages

Two comments in a page enclose a table; `tests/docs/test_docs.py` fails if it is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sanctionslib import model
from sanctionslib.answers import Coverage
from sanctionslib.parsers import formats
from sanctionslib.parsers._engine.edition import TableFormat
from sanctionslib.parsers._engine.fields import PathRule

__all__ = ["PAGES", "field_table", "with_tables"]

_DOCS = Path(__file__).parent
PAGES = (
    *sorted((_DOCS / "formats").glob("*.md")),
    *sorted((_DOCS / "lists").glob("*.md")),
    _DOCS / "guide" / "own-lists.md",
)
_TABLE = re.compile(r"(<!-- fields of ([a-z0-9-]+) -->\n).*?(<!-- end of fields -->)", re.DOTALL)


def field_table(form: TableFormat) -> str:
    """The coverage of each path of an entry, as a table in Markdown."""
    return "\n".join(["| path | field | how it is read |", "|---|---|---|", *_rows(form)])


def _rows(form: TableFormat) -> Iterator[str]:
    for rule in form.path_rules.values():
        yield f"| `{rule.path}` | {_field(rule)} | {rule.how.replace('|', '&#124;')} |"


def _field(rule: PathRule) -> str:
    if rule.coverage is Coverage.STRUCTURAL:
        return f"structural: {rule.note}"
    fields = ", ".join(f"`{field}`" for field in rule.fields if _is_of_model(field))
    if rule.labels is not None and rule.labels.facts and not rule.inner:
        return f"{fields}, and by its labels" if fields else "by its label"
    decides = rule.labels is not None and rule.labels.facts
    return "by its label" if decides or not fields else fields


def _is_of_model(field: str) -> bool:
    owner, _, name = field.partition(".")
    return hasattr(getattr(model, owner, None), name)


def with_tables(text: str) -> str:
    """The text of a page with up-to-date tables."""
    known = {one.name: one for one in formats() if isinstance(one, TableFormat)}

    def table(found: re.Match[str]) -> str:
        return f"{found[1]}\n{field_table(known[found[2]])}\n\n{found[3]}"

    return _TABLE.sub(table, text)


def main() -> None:
    for page in PAGES:
        page.write_text(with_tables(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
