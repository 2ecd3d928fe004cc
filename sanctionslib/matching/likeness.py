"""Two parts of names: how alike they are, and why."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from sanctionslib.answers import Reason
from sanctionslib.matching.letters import bones, consonants, is_unvowelled, script_of, sound
from sanctionslib.matching.normalise import Part, Role
from sanctionslib.matching.tuning import Tuning

__all__ = ["alike", "by_letters", "likeness"]

_NOTHING = (0.0, Reason.DIFFERENT)


@lru_cache(maxsize=1 << 16)
def likeness(a: Part, b: Part, tuning: Tuning) -> tuple[float, Reason]:
    """How alike two parts are, 0 to 1, and why; 0 where they may not be paired."""
    if a.own and b.own and script_of(a.own[0]) == script_of(b.own[0]):
        return _in_their_script(a.own, b.own)
    role_a, role_b = a.role, b.role
    if role_a is Role.LEGAL_FORM or role_b is Role.LEGAL_FORM:
        return _forms(a, b, tuning) if role_a is role_b else _NOTHING
    if role_a is Role.NUMBER or role_b is Role.NUMBER:
        if role_a is not role_b or a.group != b.group:
            return _NOTHING
        return 1.0, Reason.EXACT if a.text == b.text else Reason.SYNONYM
    own = a.own or b.own
    if a.text == b.text:
        if not own:
            return 1.0, Reason.EXACT
        return tuning.reading if script_of(own[0]) == _HAN else 1.0, Reason.TRANSLITERATION
    if a.group and a.group == b.group:
        if role_a is Role.PARTICLE:
            return 1.0, Reason.TRANSLITERATION
        return tuning.synonym, Reason.SYNONYM
    if a.spelling and a.spelling == b.spelling:
        return tuning.spelling, Reason.TRANSLITERATION
    if role_a is Role.INITIAL or role_b is Role.INITIAL:
        return (tuning.initial, Reason.INITIAL) if a.text[0] == b.text[0] else _NOTHING
    if role_a is not role_b and (len(a.text) < 3 or len(b.text) < 3):
        return _NOTHING
    return _words(a, b, tuning)


_HAN = "*"


def _in_their_script(a: str, b: str) -> tuple[float, Reason]:
    if a == b:
        return 1.0, Reason.EXACT
    return 1 - OSA.distance(a, b) / max(len(a), len(b)), Reason.SPELLING


def _forms(a: Part, b: Part, tuning: Tuning) -> tuple[float, Reason]:
    if a.text == b.text:
        return 1.0, Reason.EXACT
    return (1.0 if a.group == b.group else tuning.form), Reason.LEGAL_FORM


def _words(a: Part, b: Part, tuning: Tuning) -> tuple[float, Reason]:
    """Two words with different letters."""
    own = a.own or b.own
    if (
        own
        and (is_unvowelled(a.own) or is_unvowelled(b.own))
        and consonants(a.text) == consonants(b.text)
    ):
        return tuning.unvowelled, Reason.TRANSLITERATION
    found, reason = by_letters(a.text, b.text, tuning)
    if a.kin and found < tuning.nickname and not a.kin.isdisjoint(b.kin):
        return tuning.nickname, Reason.SYNONYM
    if a.sister and a.sister == b.sister and found < tuning.sister:
        return tuning.sister, Reason.SYNONYM
    if a.syllables and found < tuning.syllable and not a.syllables.isdisjoint(b.syllables):
        return tuning.syllable, Reason.TRANSLITERATION
    return found, Reason.TRANSLITERATION if own and found else reason


def by_letters(a: str, b: str, tuning: Tuning) -> tuple[float, Reason]:
    """How alike two different words are that have nothing but letters, and why."""
    found = alike(a, b, tuning)
    if not found:
        return _NOTHING
    return found, Reason.TRANSLITERATION if sound(a) == sound(b) else Reason.SPELLING


def alike(a: str, b: str, tuning: Tuning) -> float:
    """How alike two different words are, by letters, by sound and by consonants."""
    longer = len(a) if len(a) > len(b) else len(b)
    letters = 1 - OSA.distance(a, b) / longer
    if letters < _HOPELESS:
        return 0.0
    sound_a, sound_b = sound(a), sound(b)
    if sound_a == sound_b:
        return max(letters, tuning.sound if longer > 3 else tuning.short_sound)
    by_sound = 1 - OSA.distance(sound_a, sound_b) / max(len(sound_a), len(sound_b))
    found = max(letters, by_sound * _SOUND)
    if found < tuning.bones and len(bones_a := bones(a)) >= 3 and bones_a == bones(b):
        return tuning.bones
    return found


_HOPELESS = 0.3
"""Words less alike by letters than this are not alike by sound either."""
_SOUND = 0.97
"""What likeness by sound counts, beside likeness by letters."""
