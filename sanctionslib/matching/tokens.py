"""Names → tokens: one tokeniser for the names of lists and for those that are searched.

Words (`text`) become tokens: each has a role, weights, the kind that a list states or that
"LAST, First" shows, and what it shares with other words by the tables. Two names in one script are
compared in it, else by the transliteration.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, TypeAlias

import attrs

from sanctionslib.errors import Call, Hint, InvalidInputError
from sanctionslib.matching import tables
from sanctionslib.matching.text import UNSPACED, Word, script_of, words_of
from sanctionslib.model import NamePart, NamePartKind

__all__ = [
    "MAX_LENGTH",
    "MAX_TOKENS",
    "PLAIN",
    "Role",
    "Token",
    "TokenisedName",
    "check_name",
    "initials_of",
    "tokenise",
    "tokenise_query",
]

MAX_LENGTH = 1000
"""Characters of the longest text that is accepted as a name; the longest listed one has about 350."""
MAX_TOKENS = 48
"""Tokens that are compared; the rest of a name is ignored, of listed names too."""
_LONG = 12
_MAX_REPEATS = 3
_MAX_INITIALS = 8
"""In names of more than `_LONG` words: how often one word counts, and how many single letters."""
PLAIN = 2
"""`Token.plainness` of a word of which nothing counts but its letters."""
_NONE: frozenset[str] = frozenset()

# No enum: in Python 3.11 each mention of a member is a call, and a list has a million of them.
Role: TypeAlias = Literal["word", "initial", "number", "particle", "title", "legal form"]
"""What a token does in a name."""


# An index holds hundreds of thousands of these. A frozen class of attrs takes three times as long to
# make; `eq=False` keeps identity as equality and hash. Nobody assigns their fields.
@attrs.define(eq=False)
class Token:
    """A word of a name, as it is compared."""

    text: str
    """The word in ASCII letters and digits; in its own script where it has no transliteration."""
    role: Role
    """What it does."""
    match_weight: float
    """How much it counts where it agrees: common words count less."""
    mismatch_weight: float
    """How much it counts where it does not: common words count as much as others."""
    kind: NamePartKind | None = None
    """Family, given … where the list or the form of the name says so."""
    canonical: str = ""
    """What words of the same meaning share: the class of a legal form, synonym or particle; the
    digits of a number."""
    variant_of: str = ""
    """The frequent name that it is a spelling variant of."""
    nickname_of: frozenset[str] = _NONE
    """The names that it may be a nickname of, and itself."""
    cognate_of: str = ""
    """The name that it is a cognate of."""
    syllables: frozenset[str] = _NONE
    """Korean and Chinese syllables that it may romanise, in a name that is made of such."""
    original: str = ""
    """The word in its own script, where that is not Latin."""
    plainness: int = 0
    """2 for a word of which nothing counts but its letters, 1 for other words in Latin letters, 0
    for the rest. Two tokens of 3 or more together are compared by their letters alone."""


@attrs.define(eq=False)
class TokenisedName:
    """A name as it is compared."""

    text: str
    """As given."""
    kind: str | None
    """The rules by which it was tokenised: `Entity.kind`, None for unknown."""
    tokens: tuple[Token, ...]
    """Its tokens, in the order of the text, given names first."""
    joined: str
    """The full string that is compared: all but titles and legal forms as one word."""
    original_joined: str = ""
    """The same in its own script, where all of it is in one that is not Latin."""


@lru_cache(maxsize=1 << 12)
def initials_of(tokens: tuple[Token, ...]) -> tuple[list[int], str]:
    """The places of the tokens that have an initial in an acronym, and these initials.

    "Company" may have one, and "Co." has none.
    """
    words = [
        at
        for at, one in enumerate(tokens)
        if one.role in _DISTINCTIVE or (one.role == "legal form" and len(one.text) > 4)
    ]
    return words, "".join([tokens[at].text[0] for at in words])


# ── checks ────────────────────────────────────────────────────────────────────────────────────

_SURROGATES = re.compile("[\ud800-\udfff]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def check_name(text: object) -> str:
    """The text, if it can be a name.

    Raises:
        InvalidInputError: It is no text, blank, too long, or has no letter or digit; it has lone
            surrogates, as of a file that was read in a wrong encoding.
    """
    if not isinstance(text, str):
        what, hint = f"must be text, not {type(text).__name__}", "give it as str"
    elif len(text) > MAX_LENGTH:
        what = f"has {len(text):,} characters, and at most {MAX_LENGTH:,} are accepted"
        hint = "give one name, not a document"
    elif not text.strip():
        what, hint = "is empty", "give at least a letter or a digit"
    elif not text.isascii() and _SURROGATES.search(text):
        what = f"holds half a character (a lone surrogate): {text[:60]!a}"
        hint = "read the file in its own encoding"
    elif not _LETTER_OR_DIGIT.search(text):
        what, hint = f"has no letter and no digit: {text[:60]!r}", "give at least one"
    else:
        return text
    raise InvalidInputError(f"a name {what}", hint=hint)


def tokenise_query(text: str, kind: str | None = None) -> TokenisedName:
    """A name that is searched, tokenised, if it can distinguish one party from another.

    Args:
        text: The name.
        kind: By whose rules: "SA" is a legal form, and a name of persons.

    Raises:
        InvalidInputError: It is no name (`check_name`), a single letter, or all of it is digits,
            titles or legal forms.
    """
    rules = _RULES.get(kind or "", _UNKNOWN)
    tokens, finished = _without_stated_parts(check_name(text), rules)
    hints: tuple[Hint, ...]
    letters = "".join([token.original or token.text for token in tokens])
    if letters.isdigit():
        what = "is a number, not a name"
        hints = (
            Hint("look numbers up: {}", call=Call("find_number", ("…",))),
            Hint("give it as {} of a search", "identifiers"),
        )
    elif len(letters) < 2 and not (letters and script_of(letters) in UNSPACED):
        what = "is a single letter, which distinguishes nobody"
        hints = (Hint("give more of the name"),)
    elif all(token.role in _AFFIXES for token in tokens):
        what = "is only a title or a legal form"
        hints = (Hint("give the name that goes with it"),)
        if rules is not _PERSON:
            hints += (Hint("if it is the name of a person, say {}", "kind", "person"),)
    else:
        return TokenisedName(text, kind, *finished)
    raise InvalidInputError(f"{text[:60]!r} {what}", hints=hints)


# ── rules of each kind of party ───────────────────────────────────────────────────────────────


@attrs.frozen(eq=False)
class _Rules:
    """Which tables count for a kind of party."""

    common: str
    """Whose common words count little."""
    persons: bool = False
    """Whether it may be a person: titles, and what is known of first names and syllables."""
    organizations: bool = False
    """Whether it may be an organisation: legal forms."""


_PERSON = _Rules("person", persons=True)
_VESSEL = _Rules("vessel")
_UNKNOWN = _Rules("any", persons=True, organizations=True)
_RULES = {
    "person": _PERSON,
    "organization": _Rules("organization", organizations=True),
    "vessel": _VESSEL,
    "aircraft": _VESSEL,
}
_DISTINCTIVE: tuple[Role, ...] = ("word", "number", "initial")
_AFFIXES: tuple[Role, ...] = ("title", "legal form")

_ROLE_WEIGHTS: Mapping[Role, float] = {
    "title": 0.05,
    "legal form": 0.12,
    "number": 0.7,
    "initial": 0.4,
}
_PARTICLE_WEIGHTS = {"father": 0.3, "mother": 0.3, "servant": 0.6}
_OTHER_PARTICLES = 0.15
_COMMON_WEIGHTS = {1: 0.55, 2: 0.65, 3: 0.75, 4: 0.9}
_TWO_LETTERS = 0.75
_SYLLABLE = 0.7
_CHARACTER = 0.6
"""Of Han and Hangul."""


@attrs.frozen
class _Entry:
    """What the tables say of a word, or of a phrase that begins with it."""

    rest: tuple[str, ...]
    role: Role
    canonical: str
    certain: bool

    def follows(self, words: Sequence[Word], at: int) -> bool:
        """Whether the rest of the phrase follows its first word."""
        after = words[at + 1 : at + 1 + len(self.rest)]
        return len(after) == len(self.rest) and all(
            word in forms for word, forms in zip(self.rest, after, strict=True)
        )

    def fits(self, at: int, end: int, count: int) -> bool:
        """Whether it has this meaning, by its place among the words."""
        if self.certain:
            return True
        if self.role == "legal form":
            return count > end - at and (at == 0 or end == count)
        if self.role == "title":
            return count > end - at
        return self.role == "number" and end == count > 1


@cache
def _lexicon(rules: _Rules) -> Mapping[str, Sequence[_Entry]]:
    """First word → the phrases that begin with it, the longest first."""
    used: tuple[tuple[bool, Role, str], ...] = (
        (rules.organizations, "legal form", "legal_forms"),
        (rules.persons, "title", "titles"),
        (True, "particle", "particles"),
        (rules is not _PERSON, "number", "numbers"),
        (rules is not _PERSON, "word", "synonyms"),
    )
    found: dict[str, list[_Entry]] = {}
    for is_used, role, table in used:
        for phrase, meaning in tables.phrases(table).items() if is_used else ():
            entry = _Entry(phrase[1:], role, meaning.name, meaning.certain)
            found.setdefault(phrase[0], []).append(entry)
    for entries in found.values():
        entries.sort(key=lambda one: -len(one.rest))
    return found


@lru_cache(maxsize=200_000)
def _token(
    text: str,
    original: str,
    role: Role,
    canonical: str,
    rules: _Rules,
    kind: NamePartKind | None,
    syllables: frozenset[str] = _NONE,
) -> Token:
    """A token; equal ones are one object, so that a whole list of names stays small."""
    variant, cognate, nicknames = "", "", _NONE
    if rules.persons and role in ("word", "particle"):
        if known := tables.names().get(original) or tables.names().get(text):
            variant, cognate = known.name, known.cognate
        nicknames = tables.nicknames().get(text, _NONE)
    weight = _ROLE_WEIGHTS.get(role, 1.0)
    common, plainness = 1.0, 0
    if role == "particle":
        weight = _PARTICLE_WEIGHTS.get(canonical, _OTHER_PARTICLES)
    elif role == "word":
        if original and script_of(original[0]) in UNSPACED:
            weight = _CHARACTER
        elif len(text) == 2:
            weight = _TWO_LETTERS
        elif syllables:
            weight = _SYLLABLE
        common = _COMMON_WEIGHTS.get(tables.common()[rules.common].get(text, 0), 1.0)
        if not original:
            is_plain = not (canonical or variant or nicknames or cognate or syllables)
            plainness = PLAIN if is_plain else 1
    return Token(
        text=text,
        role=role,
        match_weight=weight * common,
        mismatch_weight=weight,
        kind=kind,
        canonical=canonical,
        variant_of=variant,
        nickname_of=nicknames,
        cognate_of=cognate,
        syllables=syllables,
        original=original,
        plainness=plainness,
    )


_DISGUISED = re.compile("(?=[0-9a-z]{3})[a-z]++[0-9]++[a-z0-9]*+")
_DIGITS = str.maketrans("0134579", "oieastg")
"""Digits for letters that look like them, within a word of a person's name."""


@lru_cache(maxsize=200_000)
def _unlisted_token(text: str, original: str, rules: _Rules, kind: NamePartKind | None) -> Token:
    """The token of a word of which the lexicon says nothing."""
    if rules is not _PERSON and text.isdigit():
        digits = text.lstrip("0") or "0"
        return _token(digits, "", "number", digits, rules, kind)
    if len(text) == 1 and not original:
        return _token(text, "", "initial", "", rules, kind)
    if rules is _PERSON and not text.isalpha() and _DISGUISED.fullmatch(text):
        text = text.translate(_DIGITS)
    return _token(text, original, "word", "", rules, kind)


# ── a name → its tokens ───────────────────────────────────────────────────────────────────────

_Finished = tuple[tuple[Token, ...], str, str]
"""`tokens`, `joined` and `original_joined` of a name."""


def tokenise(
    text: str, kind: str | None = None, parts: Sequence[NamePart] | None = None
) -> TokenisedName:
    """A name, tokenised by the rules of a kind of party.

    Args:
        text: The name.
        kind: `Entity.kind`; None or "entity" where it is not known: then titles and legal forms
            are both recognised.
        parts: The parts that a list states; "LAST, First" is understood without. None for a name
            that is searched: the result is cached.
    """
    rules = _RULES.get(kind or "", _UNKNOWN)
    if parts is None:
        return TokenisedName(text, kind, *_without_stated_parts(text, rules)[1])
    return TokenisedName(text, kind, *_finished(_tokens(text, rules, parts), rules))


@lru_cache(maxsize=4096)
def _without_stated_parts(text: str, rules: _Rules) -> tuple[list[Token], _Finished]:
    """The tokens before and after `_finished`."""
    tokens = _tokens(text, rules, ())
    return tokens, _finished(tokens, rules)


def _finished(tokens: list[Token], rules: _Rules) -> _Finished:
    """The name of these tokens, which is never reduced to nothing."""
    for token in tokens:
        if token.role in _DISTINCTIVE:
            break
    else:
        tokens = [_token(one.text, one.original, "word", "", rules, one.kind) for one in tokens]
    if rules.persons and 2 <= len(tokens) <= 4:
        known = tables.syllables()
        for token in tokens:
            if token.text not in known:
                break
        else:
            tokens = [
                _token(one.text, one.original, "word", "", rules, one.kind, known[one.text])
                for one in tokens
            ]
    counted = [token for token in tokens if token.role not in _AFFIXES]
    joined = "".join([token.text for token in counted])
    originals = [token.original for token in counted]
    return tuple(tokens), joined, "".join(originals) if all(originals) else ""


def _tokens(text: str, rules: _Rules, parts: Sequence[NamePart]) -> list[Token]:
    words, kinds = _words_and_kinds(text, rules, parts)
    if len(words) > _LONG:
        words = _without_repeats(words)[:MAX_TOKENS]
    lexicon = _lexicon(rules)
    found: list[Token] = []
    at, count = 0, len(words)
    while at < count:
        word, original = words[at]
        after = words[at + 1] if at + 1 < count else ()
        kind = kinds.get(word)
        entries = lexicon.get(word, ())
        if original:
            entries = lexicon.get(original, entries)
        for entry in entries:
            rest = entry.rest
            if rest and not (rest[0] in after and entry.follows(words, at)):
                continue
            end = at + 1 + len(rest)
            if entry.fits(at, end, count):
                phrase = " ".join([one for one, _ in words[at:end]]) if rest else word
                found.append(_token(phrase, original, entry.role, entry.canonical, rules, kind))
                at = end
                break
        else:
            found.append(_unlisted_token(word, original, rules, kind))
            at += 1
    return found if rules is _PERSON else _with_tens(found, rules)


def _without_repeats(words: Sequence[Word]) -> list[Word]:
    """The words of a long name, each three times at most, and its first eight single letters.

    Names repeat "of" and "the" so often, and hardly anything else; and a text of one word fifty
    times would be paired in all ways with all.
    """
    counts: Counter[Word] = Counter()
    found: list[Word] = []
    initials = 0
    for word in words:
        counts[word] += 1
        if len(word[0]) == 1 and not word[1]:
            initials += 1
            if initials > _MAX_INITIALS:
                continue
        if counts[word] <= _MAX_REPEATS:
            found.append(word)
    return found


def _with_tens(tokens: list[Token], rules: _Rules) -> list[Token]:
    """The tokens, in which "forty four" and "forty 4" are one number."""
    found: list[Token] = []
    for token in tokens:
        if token.role == "number" and found and found[-1].role == "number":
            tens, digit = found[-1], token.canonical
            is_tens = len(tens.canonical) == 2 and tens.canonical[1] == "0"
            if is_tens and not tens.text.isdigit() and len(digit) == 1 and digit != "0":
                phrase, number = f"{tens.text} {token.text}", tens.canonical[0] + digit
                found[-1] = _token(phrase, "", "number", number, rules, None)
                continue
        found.append(token)
    return found


# ── a name → its words ────────────────────────────────────────────────────────────────────────


def _words_and_kinds(
    text: str, rules: _Rules, parts: Sequence[NamePart]
) -> tuple[Sequence[Word], Mapping[str, NamePartKind]]:
    """The words of a name, given names first, and the kinds of those that have one."""
    if rules is not _PERSON:
        words = _cached_words(text)
        return _divided(words) if rules.persons else words, {}
    last, _, first = text.partition(",")
    first = first.strip()
    if not first:
        return _words_of_person(text), _stated_kinds(parts)
    family, given = _words_of_person(last.strip()), _words_of_person(first)
    families = dict.fromkeys([word for word, _ in family], _FAMILY)
    givens = dict.fromkeys([word for word, _ in given], _GIVEN)
    stated = [(part.kind, part.text) for part in parts]
    if stated == [(_FAMILY, last), (_GIVEN, first)]:  # as of most names of the US lists
        return [*given, *family], families | givens
    return [*given, *family], givens | families | _stated_kinds(parts)


_FAMILY, _GIVEN = NamePartKind.FAMILY, NamePartKind.GIVEN


@lru_cache(maxsize=64)
def _cached_words(text: str) -> Sequence[Word]:
    """The words of a text; it is tokenised by the rules of one kind after the other."""
    return words_of(text, keep_dotted=False)


@lru_cache(maxsize=64)
def _words_of_person(text: str) -> Sequence[Word]:
    """The words of a text of persons; a text and its stated parts have most of them in common."""
    return _divided(words_of(text, keep_dotted=True))


def _stated_kinds(parts: Sequence[NamePart]) -> dict[str, NamePartKind]:
    if len(parts) < 2:
        return {}
    return {word: part.kind for part in parts for word, _ in _words_of_person(part.text.strip())}


_SERVANT = re.compile("(abd(?:[aeiou]|ou)([lrsnzdt]))(?!lah|la$)([a-z]{4,})")
"""Abdulrahman, Abdelkader, Abderrahim: "servant of" and one of the names of God in one word."""


def _divided(words: Sequence[Word]) -> Sequence[Word]:
    """Words with "servant of" apart from what follows: Abdulrahman, Abd al-Rahman, one name."""
    for word, _ in words:
        if word.startswith("abd") and len(word) > 8:
            break
    else:
        return words
    found: list[Word] = []
    for word, original in words:
        if original or not (match := _SERVANT.fullmatch(word)):
            found.append((word, original))
            continue
        first, letter, rest = match.groups()
        # The article takes the sound of what follows, and is often written once: Abdurahman.
        rest = rest if letter == "l" or rest[0] == letter else letter + rest
        found += [(first, ""), (rest, "")]
    return found
