"""The TSV files in `data/`, read on first use.

Tab-separated, UTF-8, one header line, no quoting; several values of one cell are separated by ";"
(legal bases, measures) or "|" (spellings, labels), which occur in none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanctionslib.errors import NotFoundError

__all__ = ["fold", "near", "not_found", "rows"]


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>`, as column → cell."""
    from importlib import resources  # heavier than this whole package, so not at import

    text = (resources.files("sanctionslib.reference") / "data" / name).read_text("utf-8")
    lines = iter(text.rstrip("\n").split("\n"))
    header = next(lines).rstrip("\r").split("\t")
    for line in lines:
        yield dict(zip(header, line.rstrip("\r").split("\t"), strict=True))


def fold(text: str) -> str:
    """The text with plain apostrophes for typographic ones: OFAC prints both for the same label."""
    return text.replace("’", "'").replace("‘", "'").replace("ʼ", "'").replace("`", "'")


def near(text: str, names: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Near misses, best first, ignoring case."""
    import difflib  # only needed for an error

    known = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(text.strip().casefold(), known, n=limit, cutoff=0.6)
    return tuple(known[name] for name in found)


def not_found(what: str, text: str, names: Iterable[str]) -> NotFoundError:
    """The error for a key that a table lacks, with its near misses."""
    return NotFoundError(f"{text!r} is not {what} that we know", suggestions=near(text, names))
