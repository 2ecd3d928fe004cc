"""Comparison: the score of two names, token by token, with reasons."""

from __future__ import annotations

import enum

import attrs

from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.names import NamePartKind


class Reason(enum.Enum):
    """Why two tokens are paired, why one is unmatched, or what holds for the full strings.

    A closed vocabulary: a scorer gives no other reasons.
    """

    EXACT = "exact"
    """The same letters, without case, accents, punctuation and look-alike letters."""
    SPELLING = "spelling"
    """Some letters differ."""
    TRANSLITERATION = "transliteration"
    """The same name in another romanisation, or in another script."""
    JOINED = "joined"
    """Written as one word here and as several there."""
    INITIAL = "initial"
    """An initial, and a token that begins with it."""
    ACRONYM = "acronym"
    """The first letters of several words."""
    SYNONYM = "synonym"
    """Another word for the same: "Intl" and "International", "Forty-Four" and "44", a nickname."""
    LEGAL_FORM = "legal form"
    """Two legal forms of one class ("OOO" and "LLC"), or a legal form that is unmatched."""
    NUMBER_DIFFERS = "number differs"
    """Both have a number there, and not the same."""
    DIFFERENT = "different"
    """Both have a token there that the other one lacks: a conflict."""
    MISSING = "missing token"
    """A token that the other name omits."""
    REPEATED = "repeated"
    """A token that one name has twice."""
    TITLE_REMOVED = "title removed"
    """A title or form of address, which does not count."""
    REORDERED = "reordered"
    """The same tokens in another order, which may be another name."""
    FULL_STRING = "full string"
    """The similarity of the full strings gives the score, not that of the tokens."""
    ALIAS = "alias"
    """Of a hit: the name is not the party's primary one."""
    WEAK_ALIAS = "weak alias"
    """Of a hit: the name is one that the publisher calls weak."""
    NUMBER = "exact number"
    """Of a hit: the party has a number that was given."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class TokenPair(Value):
    """A token of each name, or several, that are paired."""

    query: str
    """The token of the first name, as compared: without case, accents and punctuation."""
    listed: str
    """The token of the second name, as compared."""
    score: float
    """The similarity of the two tokens, 0 to 1."""
    reason: Reason
    """Why they are paired."""
    weight: float = 1.0
    """How much this pair counts in the score: more distinctive tokens weigh more."""
    kind: NamePartKind | None = None
    """What the token is, where the list or the form of the name says so ("LAST, First")."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class UnmatchedToken(Value):
    """A token without a pair."""

    text: str
    """The token, as compared."""
    reason: Reason
    """Why it is unmatched, or does not count."""
    weight: float = 1.0
    """How much it counts against the names; 0 where it does not."""
    kind: NamePartKind | None = None
    """What the token is, where the list or the form of the name says so."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Comparison(Displayable):
    """The score of two names, and everything that it is made of.

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
    """The paired tokens, in the order of the first name."""
    unmatched_query: tuple[UnmatchedToken, ...] = ()
    """The unmatched tokens of the first name."""
    unmatched_listed: tuple[UnmatchedToken, ...] = ()
    """The unmatched tokens of the second name."""
    notes: tuple[Reason, ...] = ()
    """What holds for the names as a whole: REORDERED, FULL_STRING."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All reasons, each once: of the pairs, of the unmatched tokens, and of the whole."""
        paired = (one.reason for one in self.pairs)
        unmatched = (one.reason for one in (*self.unmatched_query, *self.unmatched_listed))
        return tuple(dict.fromkeys((*paired, *unmatched, *self.notes)))

    def __repr__(self) -> str:
        return f"<Comparison {self.query!r} ~ {self.listed!r}: {self.score:.3f} by {self.method}>"
