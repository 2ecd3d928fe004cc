"""Two names compared, with a reason for every part."""

from __future__ import annotations

from collections.abc import Sequence

from sanctionslib.answers import Comparison, Reason, TokenPair, UnmatchedToken
from sanctionslib.matching import normalise
from sanctionslib.matching.asking import kind_word
from sanctionslib.matching.methods import DEFAULT, check_method
from sanctionslib.matching.normalise import Part, PreparedName, Role
from sanctionslib.matching.score import align
from sanctionslib.matching.tuning import SCORER
from sanctionslib.model import Entity, Name

__all__ = ["compare", "explain"]


def compare(
    a: str | Name,
    b: str | Name,
    *,
    kind: type[Entity] | str | None = None,
    method: str = DEFAULT,
) -> Comparison:
    """How alike two names are, part by part: a score from 0 to 1, and what it is made of.

    "LAST, First" is understood of persons. The second name is taken for the listed one: what only
    it has costs less than what only the first one has.

    Args:
        a: The name that is searched, as text or as the `Name` of an entity.
        b: The name of the list, the same.
        kind: What bears them, as `sl.Person` or "person"; None where that is not known.
        method: "default", or "ofac" for the score of OFAC's own search page.

    Raises:
        InvalidInputError: A name is no text, or has nothing that could be compared; the kind or the
            method is unknown.

    >>> import sanctionslib as sl
    >>> found = sl.compare("Vladimr Putin", "PUTIN, Vladimir Vladimirovich", kind=sl.Person)
    >>> [(one.query, one.listed, one.reason.value) for one in found.pairs]
    [('vladimr', 'vladimir', 'spelling'), ('putin', 'putin', 'exact')]
    >>> [(one.text, one.reason.value) for one in found.unmatched_listed]
    [('vladimirovich', 'missing part')]
    """
    word = kind_word(kind)
    check_method(method)
    if method == "ofac":
        from sanctionslib.matching import ofac  # only who asks for it needs it

        return ofac.compare(_text(a), _text(b), word)
    return explain(_prepared(a, word), _prepared(b, word), word)


def _prepared(name: str | Name, kind: str | None) -> PreparedName:
    if isinstance(name, Name):  # lists have names like "07" and "Z"
        return normalise.prepare(normalise.check(name.text), kind, name.parts)
    return normalise.asked(name, kind)


def _text(name: str | Name) -> str:
    return name.text if isinstance(name, Name) else name


def explain(a: PreparedName, b: PreparedName, kind: str | None) -> Comparison:
    """The comparison of two prepared names."""
    found = align(a, b)
    parts_a, parts_b = a.parts, b.parts
    pairs = [
        TokenPair(
            query=_words(parts_a, i, span_i),
            listed=_words(parts_b, j, span_j),
            score=round(alike, 4),
            reason=reason,
            weight=round(weight, 4),
            kind=parts_b[j].kind or parts_a[i].kind,
        )
        for i, span_i, j, span_j, alike, weight, reason in found.links
    ]
    conflict = _tells(a, found.only_a) and _tells(b, found.only_b)
    return Comparison(
        query=a.text,
        listed=b.text,
        score=found.score,
        method=SCORER,
        kind=kind,
        pairs=tuple(pairs),
        unmatched_query=tuple([_alone(parts_a[at], conflict) for at in found.only_a]),
        unmatched_listed=tuple([_alone(parts_b[at], conflict) for at in found.only_b]),
        notes=found.notes,
    )


def _tells(name: PreparedName, alone: Sequence[int]) -> bool:
    """Whether something stayed alone that tells one name from another."""
    return any(name.parts[at].role not in _ASIDE for at in alone)


_ASIDE = (Role.TITLE, Role.LEGAL_FORM)


def _words(parts: Sequence[Part], first: int, count: int) -> str:
    if count == 1:
        return parts[first].own or parts[first].text
    return " ".join([part.own or part.text for part in parts[first : first + count]])


def _alone(part: Part, conflict: bool) -> UnmatchedToken:
    if part.role is Role.TITLE:
        reason = Reason.TITLE_REMOVED
    elif part.role is Role.LEGAL_FORM:
        reason = Reason.LEGAL_FORM
    elif part.role is Role.NUMBER and conflict:
        reason = Reason.NUMBER_DIFFERS
    else:
        reason = Reason.DIFFERENT if conflict else Reason.MISSING
    return UnmatchedToken(
        text=part.own or part.text, reason=reason, weight=round(part.weight, 4), kind=part.kind
    )
