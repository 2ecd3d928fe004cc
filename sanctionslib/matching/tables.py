"""Words that the normaliser and the scorer know: `data/*.tsv`, each read when first asked for.

Tab-separated, UTF-8; lines that begin with "#" say what the file and its classes are, then one header
line, then rows, whose last cell holds the forms of one class separated by "|". A class may have
several rows. Forms are written as a normalised name has its parts: casefolded, without diacritics and
punctuation, in Latin letters or in their own script, several words as a phrase.

The tables are part of the scorer and versioned with it: they say nothing of an edition of a list.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

__all__ = [
    "NameClass",
    "NumberWord",
    "Phrase",
    "WordClass",
    "common",
    "legal_forms",
    "names",
    "nicknames",
    "numbers",
    "particles",
    "syllables",
    "synonyms",
    "titles",
]

Phrase = tuple[str, ...]
"""One or more words."""

_KINDS = ("person", "organization", "vessel")
_FIRST_SIGN = "\u3400"


@attrs.frozen(kw_only=True)
class WordClass:
    """What a form stands for."""

    name: str
    """The class; forms of one class stand for one another."""
    certain: bool = True
    """False: the form is also another word or a name, and means the class only where it fits."""


@attrs.frozen(kw_only=True)
class NumberWord:
    """A word that stands for a number."""

    value: int
    """The number."""
    certain: bool = True
    """False: also another word, or a single letter: "dos", "I"."""


@attrs.frozen(kw_only=True)
class NameClass:
    """A frequent name."""

    name: str
    """The name that it is a spelling of: "mohamed" → "muhammad"."""
    kin: str | None = None
    """The name whose sister in another language it is: "ivan" → "john"."""


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>`, as column → cell."""
    from importlib import resources  # heavier than this module, so not at import

    text = (resources.files("sanctionslib.matching") / "data" / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    header = next(lines).split("\t")
    for line in lines:
        yield dict(zip(header, line.split("\t"), strict=True))


@functools.cache
def legal_forms() -> Mapping[Phrase, WordClass]:
    """Legal forms of organisations, also with a blank after each letter: "l l c".

    >>> from sanctionslib.matching.tables import legal_forms
    >>> legal_forms()["joint", "stock", "company"] == legal_forms()["oao",]
    True
    """
    forms = _forms("legal_forms.tsv")
    spelled = {
        tuple(phrase[0]): found
        for phrase, found in forms.items()
        if len(phrase) == 1 and 2 <= len(phrase[0]) <= 5
    }
    return MappingProxyType(spelled | forms)


@functools.cache
def titles() -> Mapping[Phrase, WordClass]:
    """Titles and forms of address of persons; all of the class "title"."""
    return MappingProxyType(_forms("titles.tsv", name="title"))


@functools.cache
def particles() -> Mapping[Phrase, WordClass]:
    """Small words within names → article, of, son, daughter, father, mother, servant, and, family."""
    return MappingProxyType(_forms("particles.tsv"))


@functools.cache
def synonyms() -> Mapping[Phrase, WordClass]:
    """Words of organisations' names → the English word in full."""
    return MappingProxyType(_forms("synonyms.tsv"))


@functools.cache
def numbers() -> Mapping[str, NumberWord]:
    """Number words, ordinals and Roman numerals."""
    return MappingProxyType(
        {
            form: NumberWord(value=int(row["value"]), certain=row["certain"] == "yes")
            for row in rows("numbers.tsv")
            for form in row["forms"].split("|")
        }
    )


@functools.cache
def names() -> Mapping[str, NameClass]:
    """Frequent names → which name they spell, and the name they are a sister of.

    Some are of two or three words, with one blank between: "abdul rahman".

    >>> from sanctionslib.matching.tables import names
    >>> names()["mohamed"] == names()["muhammad"] == names()["magomed"]
    True
    >>> names()["sergei"].name, names()["juan"].kin
    ('sergey', 'john')
    """
    same: dict[str, str] = {}
    kin: dict[str, str] = {}
    for row in rows("names.tsv"):
        into = {"same": same, "kin": kin}[row["strength"]]
        into.update(dict.fromkeys(row["forms"].split("|"), row["class"]))
    same = {**{form: form for form in kin}, **same}
    by_name = {name: NameClass(name=name, kin=kin.get(name)) for name in {*same.values()}}
    return MappingProxyType({form: by_name[name] for form, name in same.items()})


@functools.cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """Short and pet forms → the names that each may stand for, and these names → themselves.

    Names are given as the class that they have in `names`, in whatever spelling they stand.

    >>> from sanctionslib.matching.tables import nicknames
    >>> sorted(nicknames()["sasha"]), sorted(nicknames()["oleksandr"])
    (['aleksandr', 'aleksandra'], ['aleksandr'])
    """
    known = names()
    found: dict[str, set[str]] = {}
    full: set[str] = set()
    for row in rows("nicknames.tsv"):
        name = known[row["name"]].name if row["name"] in known else row["name"]
        full.add(name)
        for form in (name, *row["forms"].split("|")):
            found.setdefault(form, set()).add(name)
    for form, spelled in known.items():
        if spelled.name in full:
            found.setdefault(form, set()).add(spelled.name)
    return MappingProxyType({form: frozenset(stands) for form, stands in found.items()})


@functools.cache
def syllables() -> Mapping[str, frozenset[str]]:
    """Parts of Korean and Chinese names → the syllables that each may romanise ("korean choe").

    Short, and words of other languages too: they count only between names made of such parts.
    """
    found: dict[str, set[str]] = {}
    for row in rows("syllables.tsv"):
        for form in row["forms"].split("|"):
            found.setdefault(form, set()).add(f"{row['language']} {row['syllable']}")
    return MappingProxyType({form: frozenset(stands) for form, stands in found.items()})


@functools.cache
def common() -> Mapping[str, Mapping[str, int]]:
    """Kind ("person", "organization", "vessel", "any") → words that tell little → 1 to 4.

    1 tells least. Names of persons are as common in each of their spellings. "any" holds the words
    of all kinds, each with the least that it tells in one.
    """
    found: dict[str, dict[str, int]] = {kind: {} for kind in (*_KINDS, "any")}
    for row in rows("common.tsv"):
        for kind in _KINDS if row["kind"] == "any" else (row["kind"],):
            for word in row["words"].split("|"):
                for into in (found[kind], found["any"]):
                    into[word] = min(int(row["class"]), into.get(word, 4))
    for form, spelled in names().items():
        if weight := found["person"].get(spelled.name):
            for into in (found["person"], found["any"]):
                into[form] = min(weight, into.get(form, 4))
    return MappingProxyType({kind: MappingProxyType(words) for kind, words in found.items()})


def _forms(file: str, name: str = "") -> dict[Phrase, WordClass]:
    found: dict[Phrase, WordClass] = {}
    for row in rows(file):
        what = WordClass(name=name or row["class"], certain=row.get("certain") != "no")
        for form in row["forms"].split("|"):
            by_sign = form >= _FIRST_SIGN  # Han and Hangul have no blanks: each sign is a word
            found[tuple(form if by_sign else form.split(" "))] = what
    return found
