"""The parameters of the default scorer, and its name. Every change of a number is a new name.

They were chosen on labelled pairs of names and on aliases removed from an official list, one number
at a time, and stand where both are flat: none of them depends on single cases
(`docs/guide/scores.md`).
"""

from __future__ import annotations

import attrs

__all__ = ["MIN_SCORE", "PARAMETERS", "SCORER", "Parameters"]


@attrs.frozen(kw_only=True, eq=False)
class Parameters:
    """The numbers of a scorer."""

    # Similarity of two tokens

    phonetic: float = 0.98
    """Words of the same `phonetic_key`."""
    short_phonetic: float = 0.85
    """The same for words of up to three letters."""
    skeleton: float = 0.86
    """Words of the same `consonant_skeleton`, of three or more letters."""
    synonym: float = 0.97
    """Two words for the same (`data/synonyms.tsv`)."""
    spelling_variant: float = 0.97
    """Two spellings of one frequent name (`data/names.tsv`)."""
    nickname: float = 0.85
    """A nickname and its name."""
    cognate: float = 0.55
    """One name in two languages: John, Juan."""
    syllable: float = 0.9
    """Two romanisations of one Korean or Chinese syllable."""
    unvowelled: float = 0.85
    """A word in Arabic or Hebrew letters and one of the same consonants."""
    han_reading: float = 0.85
    """A Han character and its reading in Latin letters: many are read alike."""
    initial: float = 0.85
    """An initial and a word that begins with it."""
    initial_rest: float = 0.5
    """Share of the word's weight beyond the initial's that stays unmatched."""
    acronym: float = 0.95
    """A word and the words whose initials it is."""
    joined: float = 0.95
    """Factor of words that are one here and two there."""
    legal_form: float = 0.7
    """Two different legal forms."""

    # Score of two names

    floor: float = 0.25
    """A similarity counts from here on: it counts 0 here, 1 at 1 …"""
    exponent: float = 1.2
    """… and to this power between."""
    conflict: float = 1.5
    """Cost of what is unmatched on both sides, by mismatch weight."""
    conflict_penalty: float = 0.1
    """Share of the score that a conflict costs besides, at a weight of 1 or more."""
    unmatched_query: float = 0.28
    """Cost of what is unmatched in the query alone."""
    unmatched_listed: float = 0.2
    """Cost of what is unmatched in the listed name alone."""
    unmatched_firm: float = 0.03
    """What both cost more in names that are not of persons."""
    unmatched_vessel: float = 0.4
    """What more words than a vessel's name has cost more: a vessel uses all of its name."""
    unmatched_number: float = 1.0
    """What a number costs more that only one of two organisations has: Fund, Fund II."""
    evidence: float = 2.0
    """Names that agree in less than this match weight …"""
    thin_evidence: float = 0.85
    """… have their score to a power that grows by this for each 1 that is missing, as far as the
    query has tokens that do not agree."""
    reordered: float = 0.6
    """Factor where father and son have changed places."""
    edit: float = 0.06
    """Two names that differ in one or two letters as full strings lose this for each edit …"""
    edit_share: float = 0.3
    """… and this for the share of edits in their length …"""
    letters_per_edit: float = 4.0
    """… if they have this many letters for each edit."""


SCORER = "parts-1"
"""The name of the default scorer, with its version."""
MIN_SCORE = 0.65
"""The default threshold: a name that scores this or more is a hit."""
PARAMETERS = Parameters()
