"""The similarity of two tokens, and why they are similar."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from sanctionslib.answers import Reason
from sanctionslib.matching.parameters import Parameters
from sanctionslib.matching.phonetic import consonant_skeleton, phonetic_key, unvowelled_skeleton
from sanctionslib.matching.text import is_unvowelled, script_of
from sanctionslib.matching.tokens import Token

__all__ = ["token_similarity", "word_similarity"]

# Members of an enum are no constants: in Python 3.11 each mention of one is a call.
_NONE = (0.0, Reason.DIFFERENT)
_EXACT = (1.0, Reason.EXACT)
_TRANSLITERATION, _SPELLING, _SYNONYM = Reason.TRANSLITERATION, Reason.SPELLING, Reason.SYNONYM
_HAN = "*"
_MIN_LETTERS = 0.3
"""Words less similar by letters than this are not compared by phonetic key."""
_PHONETIC = 0.97
"""What similarity of phonetic keys counts, beside that of letters."""


@lru_cache(maxsize=1 << 16)
def token_similarity(a: Token, b: Token, parameters: Parameters) -> tuple[float, Reason]:
    """The similarity of two tokens, 0 to 1, and its reason; 0 where they may not be paired."""
    if a.original and b.original and script_of(a.original[0]) == script_of(b.original[0]):
        if a.original == b.original:
            return _EXACT
        return OSA.normalized_similarity(a.original, b.original), _SPELLING
    role_a, role_b = a.role, b.role
    if role_a == "legal form" or role_b == "legal form":
        if role_a != role_b:
            return _NONE
        if a.text == b.text:
            return _EXACT
        return 1.0 if a.canonical == b.canonical else parameters.legal_form, Reason.LEGAL_FORM
    if role_a == "number" or role_b == "number":
        if role_a != role_b or a.canonical != b.canonical:
            return _NONE
        return _EXACT if a.text == b.text else (1.0, _SYNONYM)
    original = a.original or b.original
    if a.text == b.text:
        if not original:
            return _EXACT
        is_han = script_of(original[0]) == _HAN
        return parameters.han_reading if is_han else 1.0, _TRANSLITERATION
    if a.canonical and a.canonical == b.canonical:
        if role_a == "particle":
            return 1.0, _TRANSLITERATION
        return parameters.synonym, _SYNONYM
    if a.variant_of and a.variant_of == b.variant_of:
        return parameters.spelling_variant, _TRANSLITERATION
    if role_a == "initial" or role_b == "initial":
        return (parameters.initial, Reason.INITIAL) if a.text[0] == b.text[0] else _NONE
    if role_a != role_b and (len(a.text) < 3 or len(b.text) < 3):
        return _NONE
    if (
        (is_unvowelled(a.original) or is_unvowelled(b.original))
        and unvowelled_skeleton(a.text) == unvowelled_skeleton(b.text)
    ):  # fmt: skip
        return parameters.unvowelled, _TRANSLITERATION
    found, reason = word_similarity(a.text, b.text, parameters)
    if a.nickname_of and found < parameters.nickname and a.nickname_of & b.nickname_of:
        return parameters.nickname, _SYNONYM
    if a.cognate_of and a.cognate_of == b.cognate_of and found < parameters.cognate:
        return parameters.cognate, _SYNONYM
    if a.syllables and found < parameters.syllable and a.syllables & b.syllables:
        return parameters.syllable, _TRANSLITERATION
    return found, _TRANSLITERATION if original and found else reason


def word_similarity(a: str, b: str, parameters: Parameters) -> tuple[float, Reason]:
    """The similarity of two different words: by letters, phonetic key and consonant skeleton."""
    longer = len(a) if len(a) > len(b) else len(b)
    by_letters = 1 - OSA.distance(a, b) / longer
    if by_letters < _MIN_LETTERS:
        return _NONE
    key_a, key_b = phonetic_key(a), phonetic_key(b)
    if key_a == key_b:
        phonetic = parameters.phonetic if longer > 3 else parameters.short_phonetic
        return max(by_letters, phonetic), _TRANSLITERATION
    by_key = 1 - OSA.distance(key_a, key_b) / max(len(key_a), len(key_b))
    found = max(by_letters, by_key * _PHONETIC)
    if (
        found < parameters.skeleton
        and len(skeleton := consonant_skeleton(a)) >= 3
        and skeleton == consonant_skeleton(b)
    ):
        return parameters.skeleton, _SPELLING
    return found, _SPELLING
