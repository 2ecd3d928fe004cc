"""The default scorer: the parts of two names are paired one to one, and what is left over costs.

A score is made of two prepared names and the numbers of `Tuning`, and of nothing else: no edition
and no other name can move it. Parts left over on *both* sides are a conflict, and expensive; parts
left over on one side only are something left out, and cheap. Of two names that are the same but
for two letters, the whole text counts as well.
"""

from __future__ import annotations

from functools import lru_cache

import attrs
from rapidfuzz.distance import OSA

from sanctionslib.answers import Reason
from sanctionslib.matching.letters import script_of
from sanctionslib.matching.likeness import alike, by_letters, likeness
from sanctionslib.matching.normalise import Part, PreparedName, Role
from sanctionslib.matching.tuning import PARTS_1, Tuning

__all__ = ["Alignment", "Link", "align", "score"]

Link = tuple[int, int, int, int, float, float, Reason]
"""First part and number of parts of the one name, of the other, likeness, weight, and why."""


@attrs.frozen(eq=False)
class Alignment:
    """Two names, part by part."""

    links: tuple[Link, ...]
    """What is paired, in the order of the first name."""
    only_a: tuple[int, ...]
    """Places of what stayed alone of the first name."""
    only_b: tuple[int, ...]
    """Places of what stayed alone of the second name."""
    score: float
    """0 to 1."""
    notes: tuple[Reason, ...]
    """What holds for the names as wholes."""


def score(query: PreparedName, listed: PreparedName, tuning: Tuning = PARTS_1) -> float:
    """How alike two names are, 0 to 1."""
    return align(query, listed, tuning).score


def align(query: PreparedName, listed: PreparedName, tuning: Tuning = PARTS_1) -> Alignment:
    """The parts of two names, paired; what is left over; and the score that comes of it."""
    a, b = query.parts, listed.parts
    links, only_a, only_b = _paired(a, b, listed.kind, tuning)
    found = _worth(query, listed, links, only_a, only_b, tuning)
    notes: tuple[Reason, ...] = ()
    if _swapped(a, b, links):
        found *= tuning.reordered
        notes = (Reason.REORDERED,)
    elif found < 1:
        whole = _as_wholes(query, listed, tuning)
        if whole > found:
            found, notes = whole, (Reason.FULL_STRING,)
    return Alignment(tuple(links), tuple(only_a), tuple(only_b), found, notes)


# ── who goes with whom ────────────────────────────────────────────────────────────────────────


_Offer = tuple[float, int, int, int, int, int, int, float, Reason]
"""Minus what is won, two figures that settle ties alike from both sides, the places, why."""


def _paired(
    a: tuple[Part, ...], b: tuple[Part, ...], kind: str | None, tuning: Tuning
) -> tuple[list[Link], list[int], list[int]]:
    """The pairs that win most, one after the other; and the places of what is left over."""
    offers = _offers(a, b, kind, tuning)
    offers.sort()
    links, free_a, free_b = _taken(a, b, offers, tuning)
    spelled = _SPELLED_OF_PEOPLE if kind == "person" else _SPELLED_OUT
    if any(link[-1] in spelled for link in links) and not any(
        link[-1] not in spelled and a[link[0]].role in _TELLING and b[link[2]].role in _TELLING
        for link in links
    ):  # a letter stands for a word beside one that agrees
        links, free_a, free_b = _taken(
            a, b, [one for one in offers if one[-1] not in spelled], tuning
        )
    links.sort()
    only_a = [at for at, free in enumerate(free_a) if free]
    only_b = [at for at, free in enumerate(free_b) if free]
    return links, only_a, only_b


_SPELLED_OUT = (Reason.INITIAL,)
_SPELLED_OF_PEOPLE = (Reason.INITIAL, Reason.ACRONYM)


def _taken(
    a: tuple[Part, ...], b: tuple[Part, ...], offers: list[_Offer], tuning: Tuning
) -> tuple[list[Link], list[bool], list[bool]]:
    """The first offers that leave each part to one; and which parts of both names stay free."""
    links: list[Link] = []
    free_a, free_b = [True] * len(a), [True] * len(b)
    for _, _, _, i, n, j, m, found, reason in offers:
        if n == m == 1:
            if free_a[i] and free_b[j]:
                free_a[i] = free_b[j] = False
                weight = (a[i].weight + b[j].weight) / 2
                if a[i].role is not b[j].role:
                    least = min(a[i].weight, b[j].weight)
                    if reason is Reason.INITIAL:  # which tells less than the word
                        weight = least
                    else:  # and so does a title, unless it is the word, spelled otherwise
                        weight = least + (weight - least) * _good(found, tuning)
                links.append((i, 1, j, 1, found, weight, reason))
        elif all(free_a[i : i + n]) and all(free_b[j : j + m]):
            free_a[i : i + n], free_b[j : j + m] = [False] * n, [False] * m
            weight_a = sum([one.weight for one in a[i : i + n]])
            weight_b = sum([one.weight for one in b[j : j + m]])
            weight = (weight_a + weight_b) / 2
            if reason is Reason.ACRONYM:  # the fewer letters, the less they tell
                weight = min(1.0, _LETTER * (max(n, m) - 1))
            links.append((i, n, j, m, found, weight, reason))
    return links, free_a, free_b


def _offers(
    a: tuple[Part, ...], b: tuple[Part, ...], kind: str | None, tuning: Tuning
) -> list[_Offer]:
    found: list[_Offer] = []
    floor = tuning.floor
    for i, one in enumerate(a):
        weight, plainness = one.weight, one.plainness
        for j, other in enumerate(b):
            if plainness + other.plainness < 3:
                how, reason = likeness(one, other, tuning)
            elif one.text == other.text:
                how, reason = 1.0, Reason.EXACT
            else:
                how, reason = by_letters(one.text, other.text, tuning)
            if how > floor:
                won = how * (weight if weight < other.weight else other.weight)
                found.append((-won, i + j, abs(i - j), i, 1, j, 1, how, reason))
    if len(a) > 1:
        for won, i, n, j, m, how, reason in _several(a, b, _acronyms(b, kind, _LISTED), tuning):
            found.append((won, i + j, abs(i - j), i, n, j, m, how, reason))
    if len(b) > 1:
        for won, j, m, i, n, how, reason in _several(b, a, _acronyms(a, kind, _SEARCHED), tuning):
            found.append((won, i + j, abs(i - j), i, n, j, m, how, reason))
    return found


_Several = tuple[float, int, int, int, int, float, Reason]


def _acronyms(parts: tuple[Part, ...], kind: str | None, of_firms: range) -> range:
    """How many letters a part may have that stands for words, where that is likely at all.

    People have names of two or three words, and lists have names of two or three letters. So a
    listed acronym needs more of them; ships have none; and of a person two initials count beside
    another part alone: JC Juncker.
    """
    if kind == "person":
        return _OF_PERSONS if len(parts) > 1 else _NONE
    return _NONE if kind in ("vessel", "aircraft") else of_firms


_LISTED, _SEARCHED, _OF_PERSONS, _NONE = range(4, 9), range(3, 9), range(2, 3), range(0)


def _several(
    a: tuple[Part, ...], b: tuple[Part, ...], acronyms: range, tuning: Tuning
) -> list[_Several]:
    """Neighbours of `a` that are one part of `b`: written together, or by their initials.

    Of what is written together, the first letter is the same.
    """
    found: list[_Several] = []
    last = len(a) - 1
    for j, other in enumerate(b):
        text = other.text
        size = len(text)
        if size < 2 or other.role is _FORM:
            continue
        for i in range(last):
            one = a[i].text
            if one[0] == text[0] and -3 < size - len(one) - len(a[i + 1].text) < 3:
                whole = one + a[i + 1].text
                if len(whole) > 3:
                    how = 1.0 if text == whole else alike(whole, text, tuning)
                    if how >= _JOINED_FROM:
                        how *= tuning.joined
                        found.append((-how * other.weight - 0.01, i, 2, j, 1, how, Reason.JOINED))
        if size in acronyms and size <= len(a) and other.role is Role.WORD:
            words, initials = _initials(a)
            at = initials.find(text)
            if at >= 0:
                first = words[at]
                count = words[at + size - 1] - first + 1
                won = tuning.acronym * other.weight + 0.01 * size
                found.append((-won, first, count, j, 1, tuning.acronym, Reason.ACRONYM))
    return found


@lru_cache(maxsize=1 << 12)
def _initials(parts: tuple[Part, ...]) -> tuple[list[int], str]:
    """The words that have initials, and those."""
    words = [at for at, one in enumerate(parts) if one.role in _SPELLED or _is_written_out(one)]
    return words, "".join([parts[at].text[0] for at in words])


def _is_written_out(part: Part) -> bool:
    """Company, and not Co.: an acronym may have its initial."""
    return part.role is _FORM and len(part.text) > 4


_FORM = Role.LEGAL_FORM
_TELLING = (Role.WORD, Role.NUMBER)
_SPELLED = (Role.WORD, Role.NUMBER, Role.INITIAL)
_JOINED_FROM = 0.8
"""Two neighbours and one word that are less alike than this are no way of writing one name."""
_LETTER = 0.25
"""What each further letter of an acronym tells."""


# ── what it is worth ──────────────────────────────────────────────────────────────────────────


def _worth(
    query: PreparedName,
    listed: PreparedName,
    links: list[Link],
    only_a: list[int],
    only_b: list[int],
    tuning: Tuning,
) -> float:
    a, b, kind = query.parts, listed.parts, listed.kind
    agreed = paired = torn = rest_a = rest_b = 0.0
    for i, n, j, m, how, weight, reason in links:
        good = _good(how, tuning)
        paired += weight
        agreed += weight * good
        torn += weight * (1 - good)
        if a[i].role is not b[j].role and n == m == 1:  # the rest is said by one side alone
            more = a[i].bulk - b[j].bulk
            more *= tuning.initial_rest if reason is Reason.INITIAL else 1 - good
            rest_a, rest_b = rest_a + max(more, 0.0), rest_b + max(-more, 0.0)
    if not paired:
        return 0.0
    left_a = rest_a + _left(a, only_a, b, [j for _, _, j, *_ in links])
    left_b = rest_b + _left(b, only_b, a, [i for i, *_ in links])
    both = min(left_a, left_b)
    firm = 0.0 if kind == "person" else tuning.firm_extra
    cost = torn * (tuning.conflict - 1) + both * tuning.conflict
    cost += (left_a - both) * (tuning.query_extra + firm)
    cost += (left_b - both) * (tuning.listed_extra + firm)
    if kind == "vessel":
        cost += (left_a - both) * tuning.ship_extra
    if kind == "organization":
        cost += tuning.series * (_numbers(a, only_a) + _numbers(b, only_b))
    found = agreed / (paired + cost)
    if paired < tuning.evidence:  # of a query of one word, no more can be asked
        missing = min(tuning.evidence - paired, left_a + torn)
        found **= 1 + tuning.thin * missing
    if both:
        found *= 1 - tuning.clash * min(both, 1.0)
    return found


def _good(how: float, tuning: Tuning) -> float:
    """What a likeness counts."""
    return ((how - tuning.floor) / (1 - tuning.floor)) ** tuning.bend if how < 1 else 1.0


def _left(
    parts: tuple[Part, ...], alone: list[int], others: tuple[Part, ...], taken: list[int]
) -> float:
    """Weight of what is alone, but for words that are said twice, and have their partner."""
    if not alone:
        return 0.0
    said = {others[place].text for place in taken}
    return sum(
        [
            one.bulk
            for at in alone
            if (one := parts[at]).role is not Role.WORD or one.text not in said
        ]
    )


def _numbers(parts: tuple[Part, ...], alone: list[int]) -> float:
    return sum([parts[at].weight for at in alone if parts[at].role is Role.NUMBER])


def _swapped(a: tuple[Part, ...], b: tuple[Part, ...], links: list[Link]) -> bool:
    """Whether who is the father in the one name is the son in the other: X bin Y, Y bin X."""
    sons_a = _sons(a)
    if not sons_a:
        return False
    partners = {i: j for i, _, j, *_ in links}
    return any(
        partners.get(son) == father_b and partners.get(father) == son_b
        for son, father in sons_a
        for son_b, father_b in _sons(b)
    )


def _sons(parts: tuple[Part, ...]) -> list[tuple[int, int]]:
    """Places of son and father, for each "X bin Y" of a name."""
    return [
        (at - 1, at + 1)
        for at in range(1, len(parts) - 1)
        if parts[at].group in ("son", "daughter")
        and parts[at - 1].role is parts[at + 1].role is Role.WORD
    ]


_LOOSE_SCRIPTS = "*가AH"
"""Han, Hangul, Arabic, Hebrew: their readings in Latin letters are alike for many names."""


def _as_wholes(query: PreparedName, listed: PreparedName, tuning: Tuning) -> float:
    """The score of two names that are the same but for two letters at most; else 0."""
    a, b = query.joined, listed.joined
    if query.own_joined or listed.own_joined:
        if query.own_joined and listed.own_joined:
            a, b = query.own_joined, listed.own_joined
        elif script_of((query.own_joined or listed.own_joined)[0]) in _LOOSE_SCRIPTS:
            return 0.0
    longer = max(len(a), len(b))
    if longer < 6 or abs(len(a) - len(b)) > 2:
        return 0.0
    letters = OSA.distance(a, b, score_cutoff=2)
    if letters > 2 or letters * tuning.letters_from > longer:
        return 0.0
    return 1 - tuning.letter * letters - tuning.letter_share * letters / longer
