"""English for reprs and messages."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sanctionslib.model import Edition

__all__ = ["a", "counted", "labels", "plural", "slice_text"]


def a(noun: str) -> str:
    """The noun with its article: "an Organization"."""
    return f"an {noun}" if noun[0] in "AEIOUaeiou" else f"a {noun}"


def plural(word: str, count: int) -> str:
    """The word as it goes with a count: "26 entities", "1 vessel", "2 aircraft"."""
    if count == 1 or word == "aircraft":
        return word
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def counted(kinds: set[str], count: int, of: int | None) -> str:
    """How many of what: "26 entities", "6 persons of 26"."""
    word = kinds.pop() if len(kinds) == 1 else "entity"
    text = f"{count:,} {plural(word, count)}"
    return text if of is None else f"{text} of {of:,}"


def slice_text(key: slice) -> str:
    """A slice as it is written: "[:3]"."""
    bounds = ":".join("" if end is None else str(end) for end in (key.start, key.stop))
    return f"[{bounds}]" if key.step is None else f"[{bounds}:{key.step}]"


def labels(editions: Sequence[Edition]) -> list[str]:
    """The labels of editions; several that differ in list and format alone share one."""
    said = {attrs.evolve(one, list_id="", format="").label for one in editions}
    if len(editions) < 2 or len(said) > 1:
        return [one.label for one in editions]
    return [" · ".join((", ".join(one.list_id for one in editions), *said))]
