"""The default scorer: the parts of two names are paired one to one, and what is left over costs.

A score is made of two prepared names and the numbers of `Tuning`, and of nothing else: no edition
and no other name can move it. Parts left over on *both* sides are a conflict, and expensive; parts
left over on one side only are something left out, and cheap. Of two names that are the same but
for two letters, the whole text counts as well. Every change of a number here is a new name of the
scorer.
"""

from __future__ import annotations

from functools import lru_cache

import attrs
from rapidfuzz.distance import OSA

from sanctionslib.answers import Reason
from sanctionslib.matching.normalise import Part, PreparedName, Role, bones, script_of, sound

__all__ = ["MIN_SCORE", "PARTS_1", "SCORER", "Alignment", "Link", "Tuning", "align", "score"]


@attrs.frozen(kw_only=True)
class Tuning:
    """The numbers of a scorer."""

    floor: float = 0.62
    """Words less alike than this are not paired."""
    bend: float = 1.6
    """A pair counts its likeness to this power: half alike is far less than half as good."""
    sound: float = 0.96
    """Likeness of words of the same `sound`."""
    short_sound: float = 0.85
    """The same for words of up to three letters."""
    bones: float = 0.86
    """Likeness of words of the same `bones`, of three or more."""
    synonym: float = 0.93
    spelling: float = 0.97
    """Likeness of romanisations of one frequent name (`data/names.tsv`)."""
    kin: float = 0.85
    """Likeness of a short form and its name."""
    initial: float = 0.75
    acronym: float = 0.9
    joined: float = 0.95
    """Factor of words that are one here and two there."""
    form: float = 0.7
    """Likeness of two different legal forms."""
    conflict: float = 2.0
    """Cost of what is left over on both sides."""
    clash: float = 0.0
    """Share of the score that a conflict of weight 1 or more takes, beside its cost."""
    query_extra: float = 0.28
    """Cost of what only the first name has."""
    listed_extra: float = 0.14
    """Cost of what only the second name has."""
    firm_extra: float = 0.0
    """What each of these costs more in organisations and vessels."""
    repeated: float = 1.0
    """How much less a repeated part costs."""
    evidence: float = 2.0
    """Names that agree in less than this weight …"""
    thin: float = 0.1
    """… lose this share of their score for each 1.0 that is missing."""
    reordered: float = 0.6
    """Factor where father and son have changed places."""
    letter: float = 0.09
    """Of names that differ in one or two letters as wholes: cost of each letter …"""
    letter_share: float = 0.4
    """… and of its share of the length."""
    letters_from: float = 4.5
    """… if there are so many letters for each."""


SCORER = "parts-1"
"""The name of the default scorer, with its version."""
MIN_SCORE = 0.65
"""From here on a name is a hit, unless the caller says otherwise."""
PARTS_1 = Tuning()

Link = tuple[int, int, int, int, float, float, Reason]
"""First part and number of parts of the one name, of the other, likeness, weight, and why."""


@attrs.frozen
class Alignment:
    """Two names, part by part."""

    links: tuple[Link, ...]
    only_a: tuple[int, ...]
    only_b: tuple[int, ...]
    score: float
    notes: tuple[Reason, ...]


# ── two words ─────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=500_000)
def _alike(a: str, b: str, tuning: Tuning) -> float:
    """How alike two different words are, by letters, by sound and by consonants."""
    longer = max(len(a), len(b))
    by_letters = 1 - OSA.distance(a, b) / longer
    if by_letters < 0.3:
        return 0.0
    sound_a, sound_b = sound(a), sound(b)
    if sound_a == sound_b:
        return max(by_letters, tuning.sound if longer > 3 else tuning.short_sound)
    longer = max(len(sound_a), len(sound_b))
    found = max(by_letters, (1 - OSA.distance(sound_a, sound_b) / longer) * 0.97)
    bones_a = bones(a)
    if found < tuning.bones and len(bones_a) >= 3 and bones_a == bones(b):
        return tuning.bones
    return found


def _own_alike(a: str, b: str) -> float:
    return 1 - OSA.distance(a, b) / max(len(a), len(b))


def _likeness(a: Part, b: Part, tuning: Tuning) -> tuple[float, Reason]:
    """How alike two parts are, and why; 0 where they may not be paired."""
    if a.own and b.own and script_of(a.own[0]) == script_of(b.own[0]):
        if a.own == b.own:
            return 1.0, Reason.EXACT
        return 1 - OSA.distance(a.own, b.own) / max(len(a.own), len(b.own)), Reason.SPELLING
    role_a, role_b = a.role, b.role
    if role_a is Role.LEGAL_FORM or role_b is Role.LEGAL_FORM:
        if role_a is not role_b:
            return 0.0, Reason.DIFFERENT
        if a.text == b.text:
            return 1.0, Reason.EXACT
        return (1.0 if a.group == b.group else tuning.form), Reason.LEGAL_FORM
    if role_a is Role.NUMBER or role_b is Role.NUMBER:
        same = role_a is role_b and a.group == b.group
        return float(same), Reason.EXACT if a.text == b.text else Reason.SYNONYM
    crossed = bool(a.own or b.own)
    if a.text == b.text:
        return 1.0, Reason.TRANSLITERATION if crossed else Reason.EXACT
    if a.group and a.group == b.group:
        if role_a is Role.PARTICLE:
            return 1.0, Reason.TRANSLITERATION
        return tuning.synonym, Reason.SYNONYM
    if a.spelling and a.spelling == b.spelling:
        return tuning.spelling, Reason.TRANSLITERATION
    if role_a is Role.INITIAL or role_b is Role.INITIAL:
        return (tuning.initial if a.text[0] == b.text[0] else 0.0), Reason.INITIAL
    if role_a is not role_b and (len(a.text) < 3 or len(b.text) < 3):
        return 0.0, Reason.DIFFERENT
    alike = _alike(a.text, b.text, tuning)
    if alike < tuning.kin and a.kin and not a.kin.isdisjoint(b.kin):
        return tuning.kin, Reason.SYNONYM
    heard = crossed or sound(a.text) == sound(b.text)
    return alike, Reason.TRANSLITERATION if heard else Reason.SPELLING


# ── two names ─────────────────────────────────────────────────────────────────────────────────


def score(query: PreparedName, listed: PreparedName, tuning: Tuning = PARTS_1) -> float:
    """How alike two names are, 0 to 1."""
    return align(query, listed, tuning).score


def align(query: PreparedName, listed: PreparedName, tuning: Tuning = PARTS_1) -> Alignment:
    """The parts of two names, paired; what is left over; and the score that comes of it."""
    a, b = query.parts, listed.parts
    links: list[Link] = []
    free_a, free_b = [True] * len(a), [True] * len(b)
    for _, i, span_i, j, span_j, alike, reason in sorted(_offers(a, b, tuning)):
        if not all(free_a[i : i + span_i]) or not all(free_b[j : j + span_j]):
            continue
        weight = 0.0
        for at in range(i, i + span_i):
            free_a[at] = False
            weight += a[at].weight
        for at in range(j, j + span_j):
            free_b[at] = False
            weight += b[at].weight
        links.append((i, span_i, j, span_j, alike, weight / 2, reason))
    only_a = [at for at, free in enumerate(free_a) if free]
    only_b = [at for at, free in enumerate(free_b) if free]
    found, notes = _sum(query, listed, links, only_a, only_b, tuning)
    return Alignment(tuple(sorted(links)), tuple(only_a), tuple(only_b), found, tuple(notes))


_Offer = tuple[float, int, int, int, int, float, Reason]


def _offers(a: tuple[Part, ...], b: tuple[Part, ...], tuning: Tuning) -> list[_Offer]:
    """All pairs that come into question: minus what is won, then the places."""
    found: list[_Offer] = []
    floor = tuning.floor
    for i, one in enumerate(a):
        for j, other in enumerate(b):
            alike, reason = _likeness(one, other, tuning)
            if alike >= floor:
                won = alike * min(one.weight, other.weight)
                found.append((-won, i, 1, j, 1, alike, reason))
    if len(a) > 1:
        found += _joined(a, b, tuning)
    if len(b) > 1:
        found += _acronyms(a, b, tuning)
        turned = _joined(b, a, tuning)
        if len(a) > 1:
            turned += _acronyms(b, a, tuning)
        found += [(won, i, n, j, m, alike, reason) for won, j, m, i, n, alike, reason in turned]
    return found


def _joined(a: tuple[Part, ...], b: tuple[Part, ...], tuning: Tuning) -> list[_Offer]:
    """Pairs of two neighbours of `a` with one part of `b` that is both written together."""
    found: list[_Offer] = []
    for i in range(len(a) - 1):
        whole = a[i].text + a[i + 1].text
        if len(whole) < 4:
            continue
        for j, other in enumerate(b):
            text = other.text
            if text[0] != whole[0] or abs(len(text) - len(whole)) > 2 or other.role is _FORM:
                continue
            alike = 1.0 if text == whole else _alike(whole, text, tuning)
            if alike >= 0.8:
                alike *= tuning.joined
                won = alike * other.weight + 0.01
                found.append((-won, i, 2, j, 1, alike, Reason.JOINED))
    return found


def _acronyms(a: tuple[Part, ...], b: tuple[Part, ...], tuning: Tuning) -> list[_Offer]:
    """Pairs of one part of `a` with as many neighbours of `b` as it has letters: their initials."""
    found: list[_Offer] = []
    starts = "".join([one.text[0] for one in b])
    for i, one in enumerate(a):
        size = len(one.text)
        if one.role is Role.WORD and 1 < size <= len(b):
            j = starts.find(one.text)
            if j >= 0:
                won = tuning.acronym * one.weight + 0.01 * size
                found.append((-won, i, 1, j, size, tuning.acronym, Reason.ACRONYM))
    return found


_FORM = Role.LEGAL_FORM


def _sum(
    query: PreparedName,
    listed: PreparedName,
    links: list[Link],
    only_a: list[int],
    only_b: list[int],
    tuning: Tuning,
) -> tuple[float, list[Reason]]:
    a, b = query.parts, listed.parts
    notes: list[Reason] = []
    agreed = paired = 0.0
    for _, _, _, _, alike, weight, _ in links:
        paired += weight
        agreed += weight * (alike**tuning.bend if alike < 1 else 1.0)
    left_a = sum(a[at].weight for at in only_a)
    left_b = sum(b[at].weight for at in only_b)
    both = min(left_a, left_b)
    more = 0.0 if listed.kind == "person" else tuning.firm_extra
    cost = (
        both * tuning.conflict
        + (left_a - both) * (tuning.query_extra + more)
        + (left_b - both) * (tuning.listed_extra + more)
    )
    found = agreed / (paired + cost) if paired else 0.0
    if paired < tuning.evidence:
        found *= 1 - tuning.thin * (tuning.evidence - paired)
    if both:
        found *= 1 - tuning.clash * min(both, 1.0)
    if links and _swapped(query, listed, links):
        found *= tuning.reordered
        return found, [Reason.REORDERED]
    as_wholes = _as_wholes(query, listed, tuning)
    if as_wholes > found:
        found = as_wholes
        notes.append(Reason.LOOSE)
    return min(found, 1.0), notes


def _swapped(a: PreparedName, b: PreparedName, links: list[Link]) -> bool:
    """Whether who is the father in the one name is the son in the other: X bin Y, Y bin X."""
    sons_a = _sons(a)
    if not sons_a:
        return False
    sons_b = _sons(b)
    partners = {i: j for i, _, j, _, _, _, _ in links}
    return any(
        partners.get(son) == father_b and partners.get(father) == son_b
        for son, father in sons_a
        for son_b, father_b in sons_b
    )


def _sons(name: PreparedName) -> list[tuple[int, int]]:
    """Places of son and father, for each "X bin Y" of a name."""
    parts = name.parts
    return [
        (at - 1, at + 1)
        for at in range(1, len(parts) - 1)
        if parts[at].group in ("son", "daughter")
        and parts[at - 1].role is parts[at + 1].role is Role.WORD
    ]


def _as_wholes(query: PreparedName, listed: PreparedName, tuning: Tuning) -> float:
    """The score of two names that are the same but for two letters at most; else 0."""
    a, b = query.joined, listed.joined
    if query.own_joined and listed.own_joined:
        a, b = query.own_joined, listed.own_joined
    longer = max(len(a), len(b))
    if longer < 6 or abs(len(a) - len(b)) > 2:
        return 0.0
    letters = OSA.distance(a, b, score_cutoff=2)
    if letters > 2 or letters * tuning.letters_from > longer:
        return 0.0
    return 1 - tuning.letter * letters - tuning.letter_share * letters / longer
