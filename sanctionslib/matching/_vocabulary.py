"""The distinct parts of many names, and which of them are like a word.

Each distinct part (a unit) is found by keys: its letters and its `sound`, each also with one left
out, how a long one begins and ends, its `bones`, and the classes that the tables give it; so a
part with a typing error, in another romanisation or of the same meaning has its neighbours after
some twenty look-ups.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionslib.matching._keys import (
    Frame,
    Keys,
    Shelves,
    class_keys,
    letter_keys,
    pair_key,
    part_keys,
    unvowelled_key,
    word_key,
)
from sanctionslib.matching._memo import Memo
from sanctionslib.matching.letters import bare, bones, bones_of, consonants, is_unvowelled, sound
from sanctionslib.matching.likeness import alike, likeness
from sanctionslib.matching.normalise import PLAIN, Part, Role
from sanctionslib.matching.tuning import PARTS_1

__all__ = ["Vocabulary", "as_one", "identity"]

_NEAR = 0.6
"""Parts less alike than this are no neighbours."""
_JOINED = 0.8
"""Two words that are one in the other name, and less like it than this, are no way of writing it."""
_FAR = 0.5
"""And if their letters are less alike than this, they have but some consonants in common: nothing
comes of "Al-Hammadi" for "Almeida"."""
_ROOM = 50_000
"""Numbers of units that are remembered for words that were searched: some 4 MB."""
_WORDS = (Role.WORD, Role.PARTICLE)
_LETTERS = OSA.normalized_similarity


def identity(part: Part) -> Hashable:
    """What makes a part a unit: all that its likeness to others is made of."""
    if part.plainness == PLAIN:
        return part.text
    return (
        part.text,
        part.own,
        part.role,
        part.group,
        part.spelling,
        part.kin,
        part.sister,
        part.syllables,
    )


def as_one(whole: str, text: str) -> float:
    """How alike two words written together and a single one are; 0 if that is not enough."""
    if whole == text:
        return 1.0
    if not _LETTERS(whole, text, score_cutoff=_FAR):
        return 0.0
    how = alike(whole, text, PARTS_1)
    return how if how >= _JOINED else 0.0


class Vocabulary:
    """Units, by their places, and what a word leads to.

    Args:
        units: Parts, no two of one `identity`.
        frames: What is remembered of texts while keys are made.
    """

    def __init__(self, units: Sequence[Part], frames: dict[str, Frame]) -> None:
        self._units = units
        self.texts = [part.text for part in units]
        """Their letters."""
        self.initials: dict[str, list[int]] = {}
        """Letter → the units that are this initial."""
        for unit, part in enumerate(units):
            if part.role is Role.INITIAL:
                self.initials.setdefault(part.text, []).append(unit)
        self._sounds = [sound(text) for text in self.texts]
        self._of_bones: dict[str, list[int]] = {}
        """`bones` → the units that have them."""
        self._by_consonants: Mapping[str, Sequence[int]] | None = None
        for unit, heard in enumerate(self._sounds):
            self._of_bones.setdefault(bones_of(heard), []).append(unit)
        self._letters = Shelves(
            (unit, letter_keys(part, heard))
            for unit, (part, heard) in enumerate(zip(units, self._sounds, strict=True))
        )
        self._keys = Keys((unit, part_keys(part, frames)) for unit, part in enumerate(units))
        self._alike = Memo[dict[int, float]](_ROOM)

    def near(self, part: Part) -> dict[int, float]:
        """Units that are like a part, and how much."""
        near = self._near_letters(part)
        more: dict[int, float] = {}
        found = self._keys.find(class_keys(part))
        if is_unvowelled(part.own):
            across = self._of_consonants().get(consonants(part.text), ())
            found.update([unit for unit in across if not is_unvowelled(self._units[unit].own)])
        else:
            found |= self._keys.find([unvowelled_key(part.text)])
        for unit in found:
            how, _ = likeness(part, self._units[unit], PARTS_1)
            if how >= _NEAR and how > near.get(unit, 0.0):
                more[unit] = how
        return near | more if more else near

    def _near_letters(self, part: Part) -> dict[int, float]:
        """The same by its letters alone, whatever it is a name of."""
        key = (part.text, part.role)
        near = self._alike.get(key)
        if near is None:
            found = self._letters.find(letter_keys(part, sound(part.text)))
            near = self.close(part.text, [*found], _NEAR)
            if part.role in _WORDS and len(frame := bones(part.text)) > 2:
                for unit in self._of_bones.get(frame, ()):
                    if near.get(unit, 0.0) < PARTS_1.bones:
                        near[unit] = PARTS_1.bones
            self._alike.put(key, near, len(near) + 10)
        return near

    def _of_consonants(self) -> Mapping[str, Sequence[int]]:
        """`consonants` → the units that have them; made for the first who searches in such letters."""
        # No `cached_property`: its lock in Python 3.11 stays locked in a process that is forked
        # while a thread is within. Two threads make the same, and either may be kept.
        if self._by_consonants is None:
            found: dict[str, list[int]] = {}
            for frame, units in self._of_bones.items():
                found.setdefault(bare(frame), []).extend(units)
            self._by_consonants = found
        return self._by_consonants

    def joined(self, whole: str) -> dict[int, float]:
        """Units that are two words in one, and how much they are like these."""
        return {
            unit: how * PARTS_1.joined
            for unit in self._keys.find([pair_key(whole)])
            if (how := as_one(whole, self.texts[unit]))
        }

    def acronyms(self, text: str) -> dict[int, float]:
        """Units that are exactly these letters, the initials of words."""
        found = self._letters.find([word_key(text)])
        return {unit: PARTS_1.acronym for unit in found if self.texts[unit] == text}

    def close(self, text: str, units: Sequence[int], least: float) -> dict[int, float]:
        """Which units are like a word by letters or by sound, and how much."""
        found: dict[int, float] = {}
        if not units:
            return found
        for mine, all_theirs in ((text, self.texts), (sound(text), self._sounds)):
            theirs = [all_theirs[unit] for unit in units]
            for _, how, place in extract(
                mine, theirs, scorer=_LETTERS, score_cutoff=least, limit=None
            ):
                unit = units[place]
                if how > found.get(unit, 0.0):
                    found[unit] = how
        return found
