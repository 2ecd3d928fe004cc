"""Comparison: how alike two names are, part by part, and for which reasons."""

from __future__ import annotations

import enum

import attrs

from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.names import NamePartKind

__all__ = ["Comparison", "Reason", "TokenPair", "UnmatchedToken"]


class Reason(enum.Enum):
    """Why two parts are paired, why one stayed alone, or what holds for the names as wholes.

    A closed vocabulary: a scorer gives no other reasons.
    """

    EXACT = "exact"
    """The same letters, after case, accents, punctuation and look-alike letters are set right."""
    SPELLING = "spelling"
    """Some letters differ."""
    TRANSLITERATION = "transliteration"
    """The same name written by another romanisation, or in another script."""
    JOINED = "joined"
    """Written as one word here and as several there."""
    INITIAL = "initial"
    """An initial, and a part that begins with it."""
    ACRONYM = "acronym"
    """The first letters of several words."""
    SYNONYM = "synonym"
    """Another word for the same: "Intl" and "International", "Forty-Four" and "44", a short form
    of a given name."""
    LEGAL_FORM = "legal form"
    """Two legal forms of one class ("OOO" and "LLC"), or a legal form that stands alone."""
    NUMBER_DIFFERS = "number differs"
    """Both have a number there, and not the same."""
    DIFFERENT = "different"
    """Both have a part there that the other one lacks: a conflict."""
    MISSING = "missing part"
    """A part that the other name leaves out."""
    REPEATED = "repeated"
    """A part that stands twice in one name."""
    TITLE_REMOVED = "title removed"
    """A title or form of address, which does not count."""
    REORDERED = "reordered"
    """The same parts in another order, which may be another name."""
    FULL_STRING = "whole text"
    """The texts as wholes, without parts (`method="ofac"`)."""
    ALIAS = "alias"
    """Of a hit: the name that came near is not the party's first one."""
    WEAK_ALIAS = "weak alias"
    """Of a hit: it is one that the publisher calls weak."""
    NUMBER = "exact number"
    """Of a hit: the party has a number that was given."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class TokenPair(Value):
    """A part of each name that belong together, as far as `score` says."""

    query: str
    """The part of the first name, as compared: without case, accents and punctuation."""
    listed: str
    """The part of the second name, as compared."""
    score: float
    """How alike the two parts are, 0 to 1."""
    reason: Reason
    """Why they are paired."""
    weight: float = 1.0
    """How much this pair counts in the whole: more telling parts weigh more."""
    kind: NamePartKind | None = None
    """What the part is, where the list or the form of the name tells ("LAST, First")."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class UnmatchedToken(Value):
    """A part that found no partner."""

    text: str
    """The part, as compared."""
    reason: Reason
    """Why it is alone, or does not count."""
    weight: float = 1.0
    """How much it counts against the names; 0 where it does not."""
    kind: NamePartKind | None = None
    """What the part is, where the list or the form of the name tells."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Comparison(Displayable):
    """How alike two names are: a score, and everything that it is made of.

    >>> import sanctionslib as sl
    >>> found = sl.compare("Ri Yong Gil", "RI, Yo'ng-kil", kind=sl.Person)
    >>> [(one.query, one.listed, one.reason.value) for one in found.pairs][1:]
    [('yong', 'yong', 'exact'), ('gil', 'kil', 'transliteration')]
    """

    query: str
    """The first name, as given."""
    listed: str
    """The second name, as given: that of the list."""
    score: float
    """0 to 1; what it means depends on the scorer: see the guide."""
    method: str
    """The scorer, with its version."""
    kind: str | None = None
    """The kind of party by whose rules they were compared; None where it is not known."""
    pairs: tuple[TokenPair, ...] = ()
    """Parts that belong together, in the order of the first name."""
    unmatched_query: tuple[UnmatchedToken, ...] = ()
    """What stayed alone of the first name."""
    unmatched_listed: tuple[UnmatchedToken, ...] = ()
    """What stayed alone of the second name."""
    notes: tuple[Reason, ...] = ()
    """What holds for the names as wholes: REORDERED, NUMBER_DIFFERS, TRANSLITERATION …"""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All reasons, each once: of the pairs, of what stayed alone, and of the whole."""
        paired = (one.reason for one in self.pairs)
        alone = (one.reason for one in (*self.unmatched_query, *self.unmatched_listed))
        return tuple(dict.fromkeys((*paired, *alone, *self.notes)))

    def __repr__(self) -> str:
        return f"<Comparison {self.query!r} ~ {self.listed!r}: {self.score:.3f} by {self.method}>"
