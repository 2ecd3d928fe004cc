"""A name taken apart: one normaliser for the names of lists and for those that are searched.

Words (`letters`) become parts: what each is (`Role`), how much it tells (`Part.weight`), the kind
that a list states or that "LAST, First" shows, and what it has in common with other words by the
tables. Two names in one script are compared in it, else by the transliteration.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from functools import lru_cache

import attrs

from sanctionslib.errors import Call, Hint, InvalidInputError
from sanctionslib.matching import tables
from sanctionslib.matching._record import record
from sanctionslib.matching.letters import BY_LETTER, script_of, words_of
from sanctionslib.model import NamePart, NamePartKind

__all__ = [
    "MAX_LENGTH",
    "MAX_PARTS",
    "PLAIN",
    "Part",
    "PreparedName",
    "Role",
    "asked",
    "check",
    "prepare",
]

MAX_LENGTH = 1000
"""Characters of the longest text that is taken for a name; the longest listed one has about 350."""
MAX_PARTS = 48
"""Parts that are compared; what follows is left out, of listed names too, and before it what a long
name says for the fourth time, and its ninth and later single letters."""


PLAIN = 2
"""`Part.plainness` of a word that has nothing but letters: its text is all of it."""
_NONE: frozenset[str] = frozenset()


class Role(enum.Enum):
    """What a part does in a name."""

    WORD = "word"
    INITIAL = "initial"
    NUMBER = "number"
    PARTICLE = "particle"
    TITLE = "title"
    LEGAL_FORM = "legal form"

    __hash__ = object.__hash__  # of Enum's own, a call in Python, a list of names asks a million


@record(eq=False)
class Part:
    """A word of a name, as it is compared."""

    text: str
    """The word in ASCII letters and digits; in its own script where no transliteration gives any."""
    role: Role
    """What it does."""
    weight: float
    """How much it tells where it agrees: common words tell less."""
    bulk: float
    """How much it tells where it does not: common words as much as others."""
    kind: NamePartKind | None = None
    """Family, given … where the list or the form of the name says so."""
    group: str = ""
    """What it has in common with words that mean the same: a class of legal forms, of synonyms, of
    particles; the digits of a number."""
    spelling: str = ""
    """What it has in common with other spellings of one frequent name of persons."""
    kin: frozenset[str] = _NONE
    """The names of which it may be a short form, and itself."""
    sister: str = ""
    """The name whose sister in another language it is."""
    syllables: frozenset[str] = _NONE
    """Korean and Chinese syllables that it may romanise, in a name that is made of such."""
    own: str = ""
    """The word in its own script, where that is not Latin."""
    plainness: int = 0
    """2 for a word that has nothing but letters, 1 for other words in Latin letters, 0 for the rest.
    Two parts of 3 or more together are alike by their letters, or not at all."""


@record(eq=False)
class PreparedName:
    """A name as it is compared."""

    text: str
    """As given."""
    kind: str | None
    """By which rules it was taken apart: `Entity.kind`, None for unknown."""
    parts: tuple[Part, ...]
    """Its parts, in the order of the text."""
    joined: str
    """All parts that tell something, as one word; for names that are written together or apart."""
    own_joined: str = ""
    """The same in its own script, where all of it is in one that is not Latin."""


_WORD, _NUMBER, _PARTICLE = Role.WORD, Role.NUMBER, Role.PARTICLE

_HALVES = re.compile("[\ud800-\udfff]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def check(text: object, what: str = "a name") -> str:
    """The text, if it can be taken for a name.

    Raises:
        InvalidInputError: It is no text, blank, too long, or has no letter or digit; it holds lone
            surrogates, which no text has that was read rightly.
    """
    if not isinstance(text, str):
        raise InvalidInputError(
            f"{what} must be text, not {type(text).__name__}", hint="give it as str"
        )
    if len(text) > MAX_LENGTH:
        raise InvalidInputError(
            f"{what} has {len(text):,} characters, and at most {MAX_LENGTH:,} are taken",
            hint="give one name, not a document",
        )
    if not text.strip():
        raise InvalidInputError(f"{what} is empty", hint="give at least a letter or a digit")
    if not text.isascii() and _HALVES.search(text):
        raise InvalidInputError(
            f"{what} holds half a character (a lone surrogate): {text[:60]!a}",
            hint="read the file in the encoding that it is in",
        )
    if not _LETTER_OR_DIGIT.search(text):
        raise InvalidInputError(
            f"{what} has no letter and no digit: {text[:60]!r}", hint="give at least one"
        )
    return text


def asked(text: str, kind: str | None = None) -> PreparedName:
    """A name that somebody searches, taken apart, if it can tell one party from another.

    Args:
        text: The name.
        kind: By whose rules: "SA" is a legal form, and a name of persons.

    Raises:
        InvalidInputError: It is no name (`check`), a single letter, or all of it is digits, titles
            or legal forms.
    """
    return _asked(text if type(text) is str else check(text), kind)


@lru_cache(maxsize=4096)
def _asked(text: str, kind: str | None) -> PreparedName:
    rules = _RULES.get(kind or "", _UNKNOWN)
    made, finished = _alone(check(text), rules)
    hints: tuple[Hint, ...]
    letters = "".join([part.own or part.text for part in made])
    if letters.isdigit():
        what = "is a number, and no name"
        hints = (
            Hint("look numbers up: {}", call=Call("find_number", ("…",))),
            Hint("give it as {} of a search", "identifiers"),
        )
    elif len(letters) < 2 and not (letters and script_of(letters) in BY_LETTER):
        what = "is a single letter, which tells nobody from anybody"
        hints = (Hint("give more of the name"),)
    elif all(part.role in _ASIDE for part in made):
        what = "is no more than a title or a legal form"
        hints = (Hint("give the name that goes with it"),)
        if rules is not _PERSON:
            hints += (Hint("if a person is called so, say {}", "kind", "person"),)
    else:
        return PreparedName(text, kind, *finished)
    raise InvalidInputError(f"{text[:60]!r} {what}", hints=hints)


# ── words → parts ─────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class _Entry:
    """What the tables say of a word, or of a phrase that begins with it."""

    rest: tuple[str, ...]
    role: Role
    group: str
    certain: bool


@attrs.frozen(eq=False)
class _Rules:
    """Which tables count for a kind of party."""

    commons: str
    titles: bool = False
    legal_forms: bool = False
    numbers: bool = False
    comma: bool = False
    dotted_apart: bool = False


_PERSON = _Rules(commons="person", titles=True, comma=True, dotted_apart=True)
_ORGANIZATION = _Rules(commons="organization", legal_forms=True, numbers=True)
_VESSEL = _Rules(commons="vessel", numbers=True)
_UNKNOWN = _Rules(commons="any", titles=True, legal_forms=True, numbers=True)
_RULES = {
    "person": _PERSON,
    "organization": _ORGANIZATION,
    "vessel": _VESSEL,
    "aircraft": _VESSEL,
}

_ROLE_WEIGHTS = {Role.TITLE: 0.05, Role.LEGAL_FORM: 0.12, Role.NUMBER: 0.7, Role.INITIAL: 0.4}
_PARTICLE_WEIGHTS = {"father": 0.3, "mother": 0.3, "servant": 0.6}
_OTHER_PARTICLES = 0.15
_COMMON_WEIGHTS = {1: 0.55, 2: 0.65, 3: 0.75, 4: 0.9}
_SHORT = 0.75
"""Of a word of two letters."""
_SYLLABLE = 0.7
_LETTER = 0.6
"""Of a sign of Han, a syllable of Hangul."""


@lru_cache(maxsize=4)
def _lexicon(rules: _Rules) -> dict[str, tuple[_Entry, ...]]:
    """First word → what begins with it, the longest first."""
    found: dict[str, list[_Entry]] = {}

    def add(phrase: tuple[str, ...], role: Role, group: str, certain: bool) -> None:
        found.setdefault(phrase[0], []).append(_Entry(phrase[1:], role, group, certain))

    if rules.legal_forms:
        for phrase, form in tables.legal_forms().items():
            add(phrase, Role.LEGAL_FORM, form.name, form.certain)
    if rules.titles:
        for phrase, title in tables.titles().items():
            add(phrase, Role.TITLE, "", title.certain)
    for phrase, particle in tables.particles().items():
        add(phrase, Role.PARTICLE, particle.name, particle.certain)
    if rules.numbers:
        for word, number in tables.numbers().items():
            add((word,), Role.NUMBER, str(number.value), number.certain)
    if rules is not _PERSON:
        for phrase, synonym in tables.synonyms().items():
            add(phrase, Role.WORD, synonym.name, True)
    for entries in found.values():
        if len(entries) > 1:
            entries.sort(key=lambda one: -len(one.rest))
    return {first: tuple(entries) for first, entries in found.items()}


def _new_part(
    text: str,
    own: str,
    role: Role,
    group: str,
    rules: _Rules,
    kind: NamePartKind | None,
    syllables: frozenset[str] = _NONE,
) -> Part:
    """One part."""
    spelling, sister, kin = "", "", _NONE
    if rules.titles and (role is _WORD or role is _PARTICLE):
        if known := tables.names().get(own) or tables.names().get(text):
            spelling, sister = known.name, known.kin or ""
        kin = tables.nicknames().get(text, _NONE)
    weight, bulk = _ROLE_WEIGHTS.get(role, 1.0), 0.0
    if role is _PARTICLE:
        weight = _PARTICLE_WEIGHTS.get(group, _OTHER_PARTICLES)
    elif role is _WORD:
        if own and script_of(own[0]) in BY_LETTER:
            weight = _LETTER
        elif len(text) == 2:
            weight = _SHORT
        elif syllables:
            weight = _SYLLABLE
        bulk = weight
        weight *= _COMMON_WEIGHTS.get(tables.common()[rules.commons].get(text, 0), 1.0)
    plainness = 0
    if role is _WORD and not own:
        plainness = 1 if group or spelling or kin or sister or syllables else PLAIN
    bulk = bulk or weight
    return Part(
        text, role, weight, bulk, kind, group, spelling, kin, sister, syllables, own, plainness
    )


_part = lru_cache(maxsize=200_000)(_new_part)
"""The same; equal ones are one object, so that a whole list of names stays small."""


@lru_cache(maxsize=200_000)
def _word(text: str, own: str, rules: _Rules, kind: NamePartKind | None) -> Part:
    """What a word is of which the tables say nothing else; one object too."""
    role = Role.WORD
    if rules.numbers and text.isdigit():
        role, text, own = Role.NUMBER, text.lstrip("0") or "0", ""
    elif len(text) == 1 and not own:
        role = Role.INITIAL
    elif rules is _PERSON and not text.isalpha() and _DISGUISED.fullmatch(text):
        text = text.translate(_DIGITS)
    return _new_part(text, own, role, text if role is Role.NUMBER else "", rules, kind)


def prepare(
    text: str, kind: str | None = None, parts: Sequence[NamePart] | None = None
) -> PreparedName:
    """A name taken apart by the rules of a kind of party.

    Args:
        text: The name.
        kind: `Entity.kind`; None or "entity" where it is not known: then titles and legal forms
            both are told.
        parts: The parts that a list states; "LAST, First" is understood without. None for a name
            that is searched, and mostly more than once.
    """
    rules = _RULES.get(kind or "", _UNKNOWN)
    if parts is not None:
        return PreparedName(text, kind, *_finished(_made(text, rules, parts), rules))
    return PreparedName(text, kind, *_alone(text, rules)[1])


@lru_cache(maxsize=4096)
def _alone(text: str, rules: _Rules) -> tuple[list[Part], _Finished]:
    """A name of which no parts are stated, before and after `_finished`; a search asks often."""
    made = _made(text, rules, ())
    return made, _finished(made, rules)


def _made(text: str, rules: _Rules, parts: Sequence[NamePart]) -> list[Part]:
    words, kinds = _told_apart(text, rules, parts)
    if len(words) > _LONG:
        words = _not_too_often(words)[:MAX_PARTS]
    return _parts(words, kinds, rules)


_LONG = 12
_OFTEN = 3
_MOST_INITIALS = 8


def _not_too_often(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without what a long name says for the fourth time, and its ninth and later single letters.

    Names have "of" and "the" so often, and hardly anything else; and a text of one word fifty times
    would be paired in all ways with all.
    """
    said: dict[tuple[str, str], int] = {}
    found: list[tuple[str, str]] = []
    initials = 0
    for word in words:
        said[word] = said.get(word, 0) + 1
        if len(word[0]) == 1 and not word[1]:
            initials += 1
            if initials > _MOST_INITIALS:
                continue
        if said[word] <= _OFTEN:
            found.append(word)
    return found


_Finished = tuple[tuple[Part, ...], str, str]
"""What a `PreparedName` is made of, beside what it was made from."""


def _finished(made: list[Part], rules: _Rules) -> _Finished:
    """The name of these parts, never stripped to nothing."""
    for part in made:
        if part.role in _TELLING:
            break
    else:
        made = [_part(one.text, one.own, Role.WORD, "", rules, one.kind) for one in made]
    if rules.titles and 2 <= len(made) <= 4:
        made = _in_syllables(made, rules)
    telling = [part for part in made if part.role not in _ASIDE]
    own = [part.own for part in telling] if telling and telling[0].own else [""]
    joined = "".join([part.text for part in telling])
    return tuple(made), joined, "".join(own) if all(own) else ""


def _in_syllables(made: list[Part], rules: _Rules) -> list[Part]:
    """The parts, each with the syllables that it may be, if all of them are such."""
    known = tables.syllables()
    for part in made:
        if part.text not in known:
            return made
    return [
        _part(one.text, one.own, Role.WORD, "", rules, one.kind, known[one.text]) for one in made
    ]


_TELLING = (Role.WORD, Role.NUMBER, Role.INITIAL)
_ASIDE = (Role.TITLE, Role.LEGAL_FORM)


def _told_apart(
    text: str, rules: _Rules, parts: Sequence[NamePart]
) -> tuple[list[tuple[str, str]], dict[str, NamePartKind]]:
    """The words of a name, given names first, and which of them are of which kind."""
    if not rules.comma:
        words = _all_words(text, rules.dotted_apart)
        return [*(_opened(words) if rules.titles else words)], {}
    last, comma, first = text.partition(",")
    first = first.strip()
    if not comma or not first:
        return [*_words(text)], _stated(parts)
    family, given = _words(last.strip()), _words(first)
    families = dict.fromkeys([word for word, _ in family], NamePartKind.FAMILY)
    givens = dict.fromkeys([word for word, _ in given], NamePartKind.GIVEN)
    if _are_the_same(parts, last, first):
        return [*given, *family], families | givens
    return [*given, *family], givens | families | _stated(parts)


def _are_the_same(parts: Sequence[NamePart], last: str, first: str) -> bool:
    """Whether the stated parts are those of "LAST, First", as of most names of the US lists."""
    if len(parts) != 2:
        return False
    family, given = parts
    return (
        family.kind is NamePartKind.FAMILY
        and given.kind is NamePartKind.GIVEN
        and family.text == last
        and given.text == first
    )


@lru_cache(maxsize=64)
def _all_words(text: str, dotted_apart: bool) -> list[tuple[str, str]]:
    """The words of a text; for the rules of one kind after the other."""
    return words_of(text, dotted_apart)


@lru_cache(maxsize=64)
def _words(text: str) -> Sequence[tuple[str, str]]:
    """The words of a text of persons; a text and its stated parts have most of them in common."""
    return _opened(words_of(text, True))


def _stated(parts: Sequence[NamePart]) -> dict[str, NamePartKind]:
    if len(parts) < 2:
        return {}
    return {word: part.kind for part in parts for word, _ in _words(part.text.strip())}


def _parts(
    words: list[tuple[str, str]], kinds: dict[str, NamePartKind], rules: _Rules
) -> list[Part]:
    lexicon = _lexicon(rules)
    found: list[Part] = []
    at, count = 0, len(words)
    while at < count:
        text, own = words[at]
        kind = kinds.get(text)
        entries = lexicon.get(text, ())
        if own:
            entries = lexicon.get(own, entries)
        for entry in entries:
            rest = entry.rest
            end = at + 1 + len(rest)
            if rest and (
                end > count or rest[0] not in words[at + 1] or not _follows(words, at, rest)
            ):
                continue
            if not entry.certain and not _may_be(entry.role, at, end, count):
                continue
            whole = " ".join([word for word, _ in words[at:end]]) if rest else text
            found.append(_part(whole, own, entry.role, entry.group, rules, kind))
            at = end
            break
        else:
            found.append(_word(text, own, rules, kind))
            at += 1
    return _with_tens(found, rules) if rules.numbers else found


def _with_tens(parts: list[Part], rules: _Rules) -> list[Part]:
    """Forty four, forty 4: one number."""
    for part in parts:
        if part.role is _NUMBER:
            break
    else:
        return parts
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if (
            before is not None
            and before.role is part.role is Role.NUMBER
            and len(part.group) == 1
            and part.group != "0"
            and not before.text.isdigit()
            and len(before.group) == 2
            and before.group[1] == "0"
        ):
            found[-1] = _part(
                f"{before.text} {part.text}",
                "",
                Role.NUMBER,
                before.group[0] + part.group,
                rules,
                None,
            )
        else:
            found.append(part)
    return found


_DISGUISED = re.compile("(?=[0-9a-z]{3})[a-z]++[0-9]++[a-z0-9]*+")
_DIGITS = str.maketrans("0134579", "oieastg")
"""Digits for letters that look like them, within a word of a person's name."""


_SERVANT = re.compile("(abd(?:[aeiou]|ou)([lrsnzdt]))(?!lah|la$)([a-z]{4,})")
"""Abdulrahman, Abdelkader, Abderrahim: "servant of" and one of the names of God in one word."""


def _opened(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Words with "servant of" apart from what follows: Abdulrahman, Abd al-Rahman, one name."""
    for word, _ in words:
        if word.startswith("abd") and len(word) > 8:
            break
    else:
        return words
    found: list[tuple[str, str]] = []
    for word, own in words:
        if own or not (apart := _SERVANT.fullmatch(word)):
            found.append((word, own))
            continue
        first, letter, rest = apart.groups()
        # The article takes the sound of what follows, and is often written once: Abdurahman.
        rest = rest if letter == "l" or rest[0] == letter else letter + rest
        found += [(first, ""), (rest, "")]
    return found


def _follows(words: list[tuple[str, str]], at: int, rest: tuple[str, ...]) -> bool:
    after = words[at + 1 : at + 1 + len(rest)]
    return all(word in there for word, there in zip(rest, after, strict=True))


def _may_be(role: Role, at: int, end: int, count: int) -> bool:
    """Whether a word that may also be something else is what the table says, by its place."""
    if role is Role.LEGAL_FORM:
        return count > end - at and (at == 0 or end == count)
    if role is Role.TITLE:
        return count > end - at
    if role is Role.NUMBER:
        return end == count > 1
    return False
