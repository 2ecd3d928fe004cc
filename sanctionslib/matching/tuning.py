"""The numbers of the default scorer, and its name. Every change of a number is a new name.

They were chosen on labelled pairs of names and on aliases taken out of an official list, one number
at a time, and stand where both are flat: none of them rests on single cases (`docs/guide/scores.md`).
"""

from __future__ import annotations

import attrs

__all__ = ["MIN_SCORE", "PARTS_1", "SCORER", "Tuning"]


@attrs.frozen(kw_only=True, eq=False)
class Tuning:
    """The numbers of a scorer."""

    # Two words

    sound: float = 0.98
    """Likeness of words of the same `sound`."""
    short_sound: float = 0.85
    """The same for words of up to three letters."""
    bones: float = 0.86
    """Likeness of words of the same `bones`, of three or more."""
    synonym: float = 0.97
    """Likeness of two words for the same (`data/synonyms.tsv`)."""
    spelling: float = 0.97
    """Likeness of two spellings of one frequent name (`data/names.tsv`)."""
    nickname: float = 0.85
    """Likeness of a short form and its name."""
    sister: float = 0.55
    """Likeness of one name in two languages: John, Juan."""
    syllable: float = 0.9
    """Likeness of two romanisations of one Korean or Chinese syllable."""
    unvowelled: float = 0.85
    """Likeness of a word in Arabic or Hebrew letters and one of the same consonants."""
    reading: float = 0.85
    """Likeness of a Han sign and its reading in Latin letters: many signs are read alike."""
    initial: float = 0.85
    """Likeness of an initial and a word that begins with it."""
    initial_rest: float = 0.5
    """Share of what the word tells more than the initial that is left over."""
    acronym: float = 0.95
    """Likeness of a word and the words whose initials it is."""
    joined: float = 0.95
    """Factor of words that are one here and two there."""
    form: float = 0.7
    """Likeness of two different legal forms."""

    # Two names

    floor: float = 0.25
    """A likeness counts from here on: it is nothing here, and all at 1 …"""
    bend: float = 1.2
    """… and to this power between."""
    conflict: float = 1.5
    """Cost of what is left over on both sides, by weight."""
    clash: float = 0.1
    """Share of the score that it takes beside, at a weight of 1 or more."""
    query_extra: float = 0.28
    """Cost of what only the first name has."""
    listed_extra: float = 0.2
    """Cost of what only the second name has."""
    firm_extra: float = 0.03
    """What both cost more in names that are not of persons."""
    ship_extra: float = 0.4
    """What more words than a ship's name has cost more: a ship has all of its name."""
    series: float = 1.0
    """What a number costs more that only one of two organisations has: Fund, Fund II."""
    evidence: float = 2.0
    """Names that agree in less than this weight …"""
    thin: float = 0.85
    """… have their score to a power that grows by this for each 1 that is missing, as far as the
    query has parts that do not agree."""
    reordered: float = 0.6
    """Factor where father and son have changed places."""
    letter: float = 0.06
    """Two names that differ in one or two letters as wholes lose this for each letter …"""
    letter_share: float = 0.3
    """… and this for its share of their length …"""
    letters_from: float = 4.0
    """… if they have so many letters for each."""


SCORER = "parts-1"
"""The name of the default scorer, with its version."""
MIN_SCORE = 0.65
"""From here on a name is a hit, unless the caller says otherwise."""
PARTS_1 = Tuning()
