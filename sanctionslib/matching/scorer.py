"""The default scorer: the tokens of two names are paired one to one; unmatched tokens cost.

A score depends on two tokenised names and on `Parameters`, and on nothing else: no edition and no
other name can change it. Tokens that are unmatched on *both* sides are a conflict, and expensive;
tokens that are unmatched on one side only are omitted in the other, and cheap. The full strings of
two names count as well where they differ in two letters at most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs
from rapidfuzz.distance import OSA

from sanctionslib.answers import Comparison, Reason, TokenPair, UnmatchedToken
from sanctionslib.matching.parameters import PARAMETERS, SCORER, Parameters
from sanctionslib.matching.similarity import token_similarity, word_similarity
from sanctionslib.matching.text import script_of
from sanctionslib.matching.tokens import Token, TokenisedName, initials_of

__all__ = ["Alignment", "Link", "align", "explain", "score"]

Tokens = tuple[Token, ...]
Link = tuple[int, int, int, int, float, float, Reason]
"""First token and number of tokens of the one name, of the other, similarity, weight, and reason."""
_Offer = tuple[float, int, int, int, int, int, int, float, Reason]
"""A possible pair: minus its gain, two figures that break ties alike from both sides, then first
token and number of tokens of either name, similarity, reason."""


_AFFIXES = ("title", "legal form")
_FULL = ("word", "number")
_SAME = (1.0, Reason.EXACT)
_INITIAL, _ACRONYM = Reason.INITIAL, Reason.ACRONYM
_MIN_JOINED = 0.8
"""Two neighbours and one word that are less similar than this are not one name written apart."""
_LETTER_OF_ACRONYM = 0.25
"""What each further letter of an acronym weighs."""
_UNRELIABLE_SCRIPTS = "*가AH"
"""Han, Hangul, Arabic, Hebrew: their readings in Latin letters are similar for many names."""


@attrs.frozen(eq=False)
class Alignment:
    """Two names, token by token."""

    links: tuple[Link, ...]
    """What is paired, in the order of the first name."""
    unmatched_query: tuple[int, ...]
    """Places of the unmatched tokens of the first name."""
    unmatched_listed: tuple[int, ...]
    """Places of the unmatched tokens of the second name."""
    score: float
    """0 to 1."""
    notes: tuple[Reason, ...]
    """What holds for the full strings."""


def score(
    query: TokenisedName, listed: TokenisedName, parameters: Parameters = PARAMETERS
) -> float:
    """The score of two names, 0 to 1."""
    return align(query, listed, parameters).score


def align(
    query: TokenisedName, listed: TokenisedName, parameters: Parameters = PARAMETERS
) -> Alignment:
    """The tokens of two names, paired; those that are unmatched; and the score of the two."""
    a, b = query.tokens, listed.tokens
    links, alone_a, alone_b = _paired(a, b, listed.kind, parameters)
    found = _weighed(a, b, listed.kind, links, alone_a, alone_b, parameters)
    notes: tuple[Reason, ...] = ()
    if _are_swapped(a, b, links):
        found *= parameters.reordered
        notes = (Reason.REORDERED,)
    elif found < 1:
        full = _full_string_score(query, listed, parameters)
        if full > found:
            found, notes = full, (Reason.FULL_STRING,)
    return Alignment(tuple(links), tuple(alone_a), tuple(alone_b), found, notes)


def explain(a: TokenisedName, b: TokenisedName, kind: str | None) -> Comparison:
    """The comparison of two names: their alignment in words."""
    found = align(a, b)
    tokens_a, tokens_b = a.tokens, b.tokens
    alone_a = [tokens_a[at] for at in found.unmatched_query]
    alone_b = [tokens_b[at] for at in found.unmatched_listed]
    conflict = all(any(one.role not in _AFFIXES for one in alone) for alone in (alone_a, alone_b))
    return Comparison(
        query=a.text,
        listed=b.text,
        score=found.score,
        method=SCORER,
        kind=kind,
        pairs=tuple(
            TokenPair(
                query=displayable(tokens_a[i : i + n]),
                listed=displayable(tokens_b[j : j + m]),
                score=round(similarity, 4),
                reason=reason,
                weight=round(weight, 4),
                kind=tokens_b[j].kind or tokens_a[i].kind,
            )
            for i, n, j, m, similarity, weight, reason in found.links
        ),
        unmatched_query=tuple(_unmatched(one, conflict) for one in alone_a),
        unmatched_listed=tuple(_unmatched(one, conflict) for one in alone_b),
        notes=found.notes,
    )


def displayable(tokens: Sequence[Token]) -> str:
    return " ".join([token.original or token.text for token in tokens])


def _unmatched(token: Token, conflict: bool) -> UnmatchedToken:
    if token.role == "title":
        reason = Reason.TITLE_REMOVED
    elif token.role == "legal form":
        reason = Reason.LEGAL_FORM
    elif token.role == "number" and conflict:
        reason = Reason.NUMBER_DIFFERS
    else:
        reason = Reason.DIFFERENT if conflict else Reason.MISSING
    weight = round(token.match_weight, 4)
    return UnmatchedToken(text=displayable([token]), reason=reason, weight=weight, kind=token.kind)


# ── pairing ───────────────────────────────────────────────────────────────────────────────────


def _paired(
    a: Tokens, b: Tokens, kind: str | None, parameters: Parameters
) -> tuple[list[Link], list[int], list[int]]:
    """The pairs of most gain, one after the other; and the places of the unmatched tokens."""
    offers = _offers(a, b, kind, parameters)
    offers.sort()
    links, free_a, free_b = _taken(a, b, offers, parameters)
    # A letter stands for a word only beside another pair that agrees.
    spelled = (_INITIAL, _ACRONYM) if kind == "person" else (_INITIAL,)
    if any(link[-1] in spelled for link in links) and not any(
        link[-1] not in spelled and a[link[0]].role in _FULL and b[link[2]].role in _FULL
        for link in links
    ):
        offers = [one for one in offers if one[-1] not in spelled]
        links, free_a, free_b = _taken(a, b, offers, parameters)
    links.sort()
    return (
        links,
        [at for at, is_free in enumerate(free_a) if is_free],
        [at for at, is_free in enumerate(free_b) if is_free],
    )


def _taken(
    a: Tokens, b: Tokens, offers: Sequence[_Offer], parameters: Parameters
) -> tuple[list[Link], list[bool], list[bool]]:
    """The first offers that use each token once; and which tokens of both names stay free."""
    links: list[Link] = []
    free_a, free_b = [True] * len(a), [True] * len(b)
    for _, _, _, i, n, j, m, similarity, reason in offers:
        if n == m == 1:
            if not (free_a[i] and free_b[j]):
                continue
            free_a[i] = free_b[j] = False
            weight = (a[i].match_weight + b[j].match_weight) / 2
            if a[i].role != b[j].role:
                least = min(a[i].match_weight, b[j].match_weight)
                if reason is _INITIAL:  # which weighs less than the word
                    weight = least
                else:  # and so does a title, unless it is the word, spelled otherwise
                    weight = least + (weight - least) * _counted(similarity, parameters)
        elif all(free_a[i : i + n]) and all(free_b[j : j + m]):
            free_a[i : i + n], free_b[j : j + m] = [False] * n, [False] * m
            weight_a = sum([one.match_weight for one in a[i : i + n]])
            weight_b = sum([one.match_weight for one in b[j : j + m]])
            weight = (weight_a + weight_b) / 2
            if reason is _ACRONYM:  # the fewer letters, the less it weighs
                weight = min(1.0, _LETTER_OF_ACRONYM * (max(n, m) - 1))
        else:
            continue
        links.append((i, n, j, m, similarity, weight, reason))
    return links, free_a, free_b


def _offers(a: Tokens, b: Tokens, kind: str | None, parameters: Parameters) -> list[_Offer]:
    found: list[_Offer] = []
    floor = parameters.floor
    for i, one in enumerate(a):
        weight, plainness = one.match_weight, one.plainness
        for j, other in enumerate(b):
            if plainness + other.plainness < 3:
                similarity, reason = token_similarity(one, other, parameters)
            elif one.text == other.text:
                similarity, reason = _SAME
            else:
                similarity, reason = word_similarity(one.text, other.text, parameters)
            if similarity > floor:
                gain = similarity * (weight if weight < other.match_weight else other.match_weight)
                found.append((-gain, i + j, abs(i - j), i, 1, j, 1, similarity, reason))
    if len(a) > 1:
        for cost, i, n, j, how, why in _several(a, b, _acronyms(b, kind, _LISTED), parameters):
            found.append((cost, i + j, abs(i - j), i, n, j, 1, how, why))
    if len(b) > 1:
        for cost, j, m, i, how, why in _several(b, a, _acronyms(a, kind, _SEARCHED), parameters):
            found.append((cost, i + j, abs(i - j), i, 1, j, m, how, why))
    return found


_LISTED, _SEARCHED, _OF_PERSONS, _NO_ACRONYMS = range(4, 9), range(3, 9), range(2, 3), range(0)


def _acronyms(tokens: Tokens, kind: str | None, of_firms: range) -> range:
    """How many letters a token may have that is an acronym, where that is likely at all.

    People have names of two or three words, and lists have names of two or three letters. So a
    listed acronym needs more of them; vessels have none; and of a person two initials count beside
    another token alone: JC Juncker.
    """
    if kind == "person":
        return _OF_PERSONS if len(tokens) > 1 else _NO_ACRONYMS
    return _NO_ACRONYMS if kind in ("vessel", "aircraft") else of_firms


def _several(
    a: Tokens, b: Tokens, acronyms: range, parameters: Parameters
) -> list[tuple[float, int, int, int, float, Reason]]:
    """Neighbours of `a` that are one token of `b`: written together, or by their initials.

    Of what is written together, the first letter is the same.
    """
    found: list[tuple[float, int, int, int, float, Reason]] = []
    for j, other in enumerate(b):
        text, size = other.text, len(other.text)
        if size < 2 or other.role == "legal form":
            continue
        for i in range(len(a) - 1):
            one, after = a[i].text, a[i + 1].text
            if one[0] == text[0] and -3 < size - len(one) - len(after) < 3:
                joined = one + after
                if len(joined) > 3:
                    how, _ = _SAME if text == joined else word_similarity(joined, text, parameters)
                    if how >= _MIN_JOINED:
                        how *= parameters.joined
                        cost = -how * other.match_weight - 0.01
                        found.append((cost, i, 2, j, how, Reason.JOINED))
        if size in acronyms and size <= len(a) and other.role == "word":
            words, initials = initials_of(a)
            at = initials.find(text)
            if at >= 0:
                first = words[at]
                count = words[at + size - 1] - first + 1
                cost = -(parameters.acronym * other.match_weight + 0.01 * size)
                found.append((cost, first, count, j, parameters.acronym, Reason.ACRONYM))
    return found


# ── the score ─────────────────────────────────────────────────────────────────────────────────


def _weighed(
    a: Tokens,
    b: Tokens,
    kind: str | None,
    links: Sequence[Link],
    alone_a: Sequence[int],
    alone_b: Sequence[int],
    parameters: Parameters,
) -> float:
    """The share of the weights that agrees, less what conflicts and what is unmatched."""
    agreed = paired = lost = rest_a = rest_b = 0.0
    for i, n, j, m, similarity, weight, reason in links:
        counted = _counted(similarity, parameters)
        paired += weight
        agreed += weight * counted
        lost += weight * (1 - counted)
        if a[i].role != b[j].role and n == m == 1:  # what one of them weighs more is unmatched
            more = a[i].mismatch_weight - b[j].mismatch_weight
            more *= parameters.initial_rest if reason is _INITIAL else 1 - counted
            rest_a, rest_b = rest_a + max(more, 0.0), rest_b + max(-more, 0.0)
    if not paired:
        return 0.0
    left_a = rest_a + _unmatched_weight(a, alone_a, b, [j for _, _, j, *_ in links])
    left_b = rest_b + _unmatched_weight(b, alone_b, a, [i for i, *_ in links])
    both = min(left_a, left_b)
    firm = 0.0 if kind == "person" else parameters.unmatched_firm
    cost = lost * (parameters.conflict - 1) + both * parameters.conflict
    cost += (left_a - both) * (parameters.unmatched_query + firm)
    cost += (left_b - both) * (parameters.unmatched_listed + firm)
    if kind == "vessel":
        cost += (left_a - both) * parameters.unmatched_vessel
    if kind == "organization":
        numbers = _weight_of_numbers(a, alone_a) + _weight_of_numbers(b, alone_b)
        cost += parameters.unmatched_number * numbers
    found = agreed / (paired + cost)
    if paired < parameters.evidence:  # of a query of one word, no more can be asked
        missing = min(parameters.evidence - paired, left_a + lost)
        found **= 1 + parameters.thin_evidence * missing
    if both:
        found *= 1 - parameters.conflict_penalty * min(both, 1.0)
    return found


def _counted(similarity: float, parameters: Parameters) -> float:
    """What a similarity counts."""
    if similarity >= 1:
        return 1.0
    floor = parameters.floor
    return math.pow((similarity - floor) / (1 - floor), parameters.exponent)


def _unmatched_weight(
    tokens: Tokens, alone: Sequence[int], others: Tokens, taken: Sequence[int]
) -> float:
    """Mismatch weight of unmatched tokens, but for words that are repeated, and have a pair."""
    if not alone:
        return 0.0
    repeated = {others[at].text for at in taken}
    return sum(
        [
            one.mismatch_weight
            for at in alone
            if (one := tokens[at]).role != "word" or one.text not in repeated
        ]
    )


def _weight_of_numbers(tokens: Tokens, alone: Sequence[int]) -> float:
    return sum([tokens[at].match_weight for at in alone if tokens[at].role == "number"])


def _are_swapped(a: Tokens, b: Tokens, links: Sequence[Link]) -> bool:
    """Whether the father in the one name is the son in the other: X bin Y, Y bin X."""
    sons_a = _sons(a)
    if not sons_a:
        return False
    partners = {i: j for i, _, j, *_ in links}
    return any(
        partners.get(son) == father_b and partners.get(father) == son_b
        for son, father in sons_a
        for son_b, father_b in _sons(b)
    )


def _sons(tokens: Tokens) -> list[tuple[int, int]]:
    """Places of son and father, for each "X bin Y" of a name."""
    return [
        (at - 1, at + 1)
        for at in range(1, len(tokens) - 1)
        if tokens[at].canonical in ("son", "daughter")
        and tokens[at - 1].role == tokens[at + 1].role == "word"
    ]


def _full_string_score(
    query: TokenisedName, listed: TokenisedName, parameters: Parameters
) -> float:
    """The score of two names whose full strings differ in two letters at most; else 0."""
    a, b = query.joined, listed.joined
    original_a, original_b = query.original_joined, listed.original_joined
    if original_a and original_b:
        a, b = original_a, original_b
    elif (original := original_a or original_b) and script_of(original[0]) in _UNRELIABLE_SCRIPTS:
        return 0.0
    longer = max(len(a), len(b))
    if longer < 6 or abs(len(a) - len(b)) > 2:
        return 0.0
    edits = OSA.distance(a, b, score_cutoff=2)
    if edits > 2 or edits * parameters.letters_per_edit > longer:
        return 0.0
    return 1 - parameters.edit * edits - parameters.edit_share * edits / longer
