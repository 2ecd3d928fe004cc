"""Words that the tokeniser and the scorer know: `data/*.tsv`, each read when first used.

Tab-separated, UTF-8; lines that begin with "#" say what the file and its classes are, then one header
line, then rows, whose last cell holds the forms of one class separated by "|". A class may have
several rows. Forms are written as a tokenised name has its tokens: casefolded, without diacritics and
punctuation, in Latin letters or in their own script, several words as a phrase.

The tables are part of the scorer and versioned with it: they depend on no edition of a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import attrs

__all__ = [
    "NameClass",
    "Phrase",
    "WordClass",
    "common",
    "names",
    "nicknames",
    "phrases",
    "rows",
    "syllables",
]

Phrase = tuple[str, ...]
"""One or more words."""

_KINDS = ("person", "organization", "vessel")
_FIRST_HAN = "\u3400"


@attrs.frozen
class WordClass:
    """What a form stands for."""

    name: str
    """The class; forms of one class stand for one another. Of a number, its digits."""
    certain: bool = True
    """False: the form is also another word or a name, and means the class only where it fits."""


@attrs.frozen
class NameClass:
    """A frequent name."""

    name: str
    """The name that it is a spelling variant of: "mohamed" → "muhammad"."""
    cognate: str = ""
    """The name whose form in another language it is: "ivan" → "john"."""


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>.tsv`, as column → cell."""
    from importlib import resources  # heavier than this module, so not at import

    text = (resources.files("sanctionslib.matching") / "data" / f"{name}.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    header = next(lines).split("\t")
    for line in lines:
        yield dict(zip(header, line.split("\t"), strict=True))


@cache
def phrases(table: str) -> Mapping[Phrase, WordClass]:
    """The phrases of a table → what each stands for.

    - "legal_forms": of organisations, also with a blank after each letter: "l l c".
    - "titles": titles and forms of address of persons, without a class.
    - "particles": small words → article, of, son, daughter, father, mother, servant, and, family.
    - "synonyms": words of organisations' names → the English word in full.
    - "numbers": number words, ordinals and Roman numerals → digits.

    >>> from sanctionslib.matching.tables import phrases
    >>> phrases("legal_forms")["joint", "stock", "company"] == phrases("legal_forms")["oao",]
    True
    """
    found: dict[Phrase, WordClass] = {}
    for row in rows(table):
        name = row.get("class", row.get("value", ""))
        meaning = WordClass(name, row.get("certain") != "no")
        for form in row["forms"].split("|"):
            is_han = form >= _FIRST_HAN  # without blanks: each character is a word
            found[tuple(form if is_han else form.split(" "))] = meaning
    if table != "legal_forms":
        return found
    spaced = {
        tuple(phrase[0]): meaning
        for phrase, meaning in found.items()
        if len(phrase) == 1 and 2 <= len(phrase[0]) <= 5
    }
    return spaced | found


@cache
def names() -> Mapping[str, NameClass]:
    """Frequent names → the name that they spell, and its cognate.

    >>> from sanctionslib.matching.tables import names
    >>> names()["mohamed"] == names()["muhammad"] == names()["magomed"]
    True
    >>> names()["sergei"].name, names()["juan"].cognate
    ('sergey', 'john')
    """
    spelled: dict[str, str] = {}
    cognates: dict[str, str] = {}
    for row in rows("names"):
        table = spelled if row["strength"] == "same" else cognates
        table.update(dict.fromkeys(row["forms"].split("|"), row["class"]))
    spelled = {form: form for form in cognates} | spelled
    by_name = {name: NameClass(name, cognates.get(name, "")) for name in spelled.values()}
    return {form: by_name[name] for form, name in spelled.items()}


@cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """Nicknames → the names that each may stand for, and these names → themselves.

    Names are given as the class that they have in `names`, in whatever spelling they stand.

    >>> from sanctionslib.matching.tables import nicknames
    >>> sorted(nicknames()["sasha"]), sorted(nicknames()["oleksandr"])
    (['aleksandr', 'aleksandra'], ['aleksandr'])
    """
    known = names()
    found: list[tuple[str, str]] = []
    for row in rows("nicknames"):
        name = known[row["name"]].name if row["name"] in known else row["name"]
        found += [(form, name) for form in (name, *row["forms"].split("|"))]
    full = {name for _, name in found}
    found += [(form, spelled.name) for form, spelled in known.items() if spelled.name in full]
    return _sets(found)


@cache
def syllables() -> Mapping[str, frozenset[str]]:
    """Tokens of Korean and Chinese names → the syllables that each may romanise ("korean choe").

    Short, and words of other languages too: they count only between names made of such tokens.
    """
    return _sets(
        (form, f"{row['language']} {row['syllable']}")
        for row in rows("syllables")
        for form in row["forms"].split("|")
    )


def _sets(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form, name in pairs:
        found[form].add(name)
    return {form: frozenset(names) for form, names in found.items()}


@cache
def common() -> Mapping[str, Mapping[str, int]]:
    """Kind ("person", "organization", "vessel", "any") → common words → class of weight, 1 to 4.

    1 weighs least. Names of persons are as common in each of their spellings. "any" holds the words
    of all kinds, each with the least that it weighs in one.
    """
    weights = [
        (kind, word, int(row["class"]))
        for row in rows("common")
        for kind in (_KINDS if row["kind"] == "any" else (row["kind"],))
        for word in row["words"].split("|")
    ]
    of_names = {word: weight for kind, word, weight in weights if kind == "person"}
    weights += [
        ("person", form, of_names[spelled.name])
        for form, spelled in names().items()
        if spelled.name in of_names
    ]
    found: dict[str, dict[str, int]] = {kind: {} for kind in (*_KINDS, "any")}
    for kind, word, weight in weights:
        for into in (found[kind], found["any"]):
            into[word] = min(weight, into.get(word, 4))
    return found
