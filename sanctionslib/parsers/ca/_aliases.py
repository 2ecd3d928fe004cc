"""Splits a text of Canada's `Aliases` into names, where that is certain.

Of 2,877 texts in 2025, 2,449 are one name. A semicolon separates two names in all of the 179 that
have one, and the name of a language with a colon always precedes one. Commas, "/", "or" and "and"
also occur inside names: "M Invest, OOO", "Ministry of Education, Science and Youth", "Aleksandr or
Alexander Karol". They separate two names in two scripts, or with a word in common; "," and "/" also
separate names of a person. Each name of a person then has two words, so that no given name alone
becomes an alias. Any other text stays one name. By manual review, three texts of 2025 are split
inside a name ("NPO X, AO or Joint Stock Company NPO X"), and some 40 of organizations could be
split further.

The name of an organization itself is in two languages for 37 of 2025, "Iranian Army/Armée
iranienne", and has others in brackets after it for 52, "Dux JSC (also known as Duks)".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sanctionslib.parsers._engine.values import LANGUAGES

__all__ = ["names_in", "names_of_organization"]

_SIGN = re.compile(r"[;:,/]|\b(?:or|and)\b")
_LABEL = re.compile(rf"\b({'|'.join(filter(str.istitle, LANGUAGES))})\s*:")
_COMMA = re.compile(r"(,(?:\s*(?:or|and)\b)?)")
_ALSO = re.compile(r"\A(?:also(?: known as)?|a\.k\.a\.)\s+", re.IGNORECASE)
"""Words before a name that are not part of it."""
_BEHIND = re.compile(r"(?<=.)\(also known as (.+)", re.IGNORECASE)
_JOINT = re.compile(r"(/|\b(?:or|and)\b)")


def names_in(text: str, *, is_person: bool) -> list[tuple[str | None, str]]:
    """The names, each with the ISO 639 code of its language, where that is stated.

    >>> names_in("Roman EXAMPLE; Russian: Роман ПРИМЕР, Рома ПРИМЕР", is_person=True)
    [(None, 'Roman EXAMPLE'), ('ru', 'Роман ПРИМЕР'), (None, 'Рома ПРИМЕР')]
    >>> names_in("Example Trading, OOO", is_person=False)
    [(None, 'Example Trading, OOO')]
    """
    if _SIGN.search(text) is None:
        return [(None, _bare(text))]
    found: list[tuple[str | None, str]] = []
    for piece in text.split(";"):
        first, *labelled = _LABEL.split(piece)
        for language, stated in [("", first), *zip(labelled[::2], labelled[1::2], strict=True)]:
            names = [
                _bare(name)
                for each in _parted(stated, _COMMA, is_person)
                for name in _parted(each, _JOINT, is_person)
            ]
            for at, name in enumerate([one for one in names if one]):
                # The label belongs to the first of several names.
                found.append((None if at else LANGUAGES.get(language), name))
    return found


def names_of_organization(text: str) -> tuple[list[str], list[str]]:
    """Its names in one language or two, and other names in brackets after them.

    A half of several words is a name; a half of one word can be a part of a name, "MEC/Ywama".

    >>> names_of_organization("Example Navy/Force navale exemplaire")
    (['Example Navy', 'Force navale exemplaire'], [])
    >>> names_of_organization("Example JSC (also known as Example Works)")
    (['Example JSC'], ['Example Works'])
    """
    behind = _BEHIND.search(text)
    halves: list[str] = []
    for half in (text[: behind.start()] if behind else text).split("/"):
        if halves and halves[-1].count("(") > halves[-1].count(
            ")"
        ):  # the separator is inside brackets
            halves[-1] += f"/{half}"
        else:
            halves.append(half)
    if min([len(half.split()) for half in halves]) <= 1:
        halves = ["/".join(halves)]
    others = names_in(behind[1], is_person=False) if behind else []
    return [half.strip() for half in halves], [name for _, name in others]


def _parted(text: str, joint: re.Pattern[str], is_person: bool) -> Iterator[str]:
    name, *others = joint.split(text)
    before = name
    for between, after in zip(others[::2], others[1::2], strict=True):
        if _are_names(before, between, after, is_person):
            yield name
            name = after
        else:
            name += between + after
        before = after
    yield name


def _bare(name: str) -> str:
    """A name without leading words, surrounding signs, and unbalanced brackets."""
    name = name.strip(" ,").removesuffix("(").strip()
    if name.startswith("(") and name.count("(") > name.count(")"):
        name = name[1:]
    if name.endswith(")") and name.count(")") > name.count("("):
        name = name[:-1]
    return _ALSO.sub("", name)


def _are_names(before: str, between: str, after: str, is_person: bool) -> bool:
    """Whether the texts on both sides of a separator are two names."""
    if ")" in after and before.count("(") > before.count(")"):  # the separator is inside brackets
        return False
    if _script(before) != _script(after):
        return True
    if is_person and min(len(before.split()), len(after.split())) < 2:
        return False
    return not _words(before).isdisjoint(_words(after)) or (is_person and between in ",/")


def _words(text: str) -> set[str]:
    """Its words, except short ones: "the", "Ltd", "OOO"."""
    return set(re.findall(r"\w{4,}", text.casefold()))


def _script(text: str) -> str:
    """The script of most of its letters, "LATIN" or "CYRILLIC": that of the middle letter."""
    letters = sorted(filter(str.isalpha, text))
    return unicodedata.name(letters[len(letters) // 2], "").partition(" ")[0] if letters else ""
