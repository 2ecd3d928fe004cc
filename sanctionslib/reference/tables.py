"""The TSV files in `data/`, read on first use, and the mappings that are made of them.

Tab-separated, UTF-8, one header line, no quoting; several values of one cell are separated by ";"
(legal bases, measures) or "|" (spellings, labels), which occur in none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from sanctionslib.errors import NotFoundError

__all__ = ["Table", "fold", "near", "rows"]

_V = TypeVar("_V")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>`, as column → cell."""
    from importlib import resources  # heavier than this whole package, so not at import

    text = (resources.files("sanctionslib.reference") / "data" / name).read_text("utf-8")
    lines = iter(text.rstrip("\n").split("\n"))
    header = next(lines).rstrip("\r").split("\t")
    for line in lines:
        yield dict(zip(header, line.rstrip("\r").split("\t"), strict=True))


class Table(Mapping[str, _V]):
    """Values by code, read when first used.

    An unknown code raises `NotFoundError` (also a `KeyError`) with near misses; `get` returns None
    instead. Iteration and length do not count the other codes of a value.

    >>> from sanctionslib.reference import named_lists, programs
    >>> programs["GLOMAG"].legal_bases[0].title
    'Executive Order 13818'
    >>> "NO SUCH TAG" in programs
    False
    >>> named_lists["SDN"] is named_lists["SDN List"]
    True

    Args:
        what: One value in words, for errors: "a program".
        read: Gives the values by code; it is called each time, and remembers what it gives.
        others: Gives them by other codes.
    """

    def __init__(
        self,
        what: str,
        read: Callable[[], Mapping[str, _V]],
        others: Callable[[], Mapping[str, _V]] = dict,
    ) -> None:
        self._what, self._read, self._others = what, read, others

    def __getitem__(self, code: str) -> _V:
        for known in (self._read(), self._others()):
            if code in known:
                return known[code]
        raise self._unknown(code)

    def _unknown(self, code: str) -> NotFoundError:
        suggestions = near(code, [*self._read(), *self._others()])
        return NotFoundError(f"{code!r} is not {self._what} that we know", suggestions=suggestions)

    def __contains__(self, code: object) -> bool:
        return code in self._read() or code in self._others()

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)}: {', '.join([*self][:3])} …>"


def fold(text: str) -> str:
    """The text with plain apostrophes for typographic ones: OFAC prints both for the same label."""
    return text.replace("’", "'").replace("‘", "'").replace("ʼ", "'").replace("`", "'")


def near(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The three nearest misses at most, best first, ignoring case."""
    import difflib  # only needed for an error

    known = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(text.strip().casefold(), known)
    return tuple(known[name] for name in found)
