"""The index of the default scorer: it finds what comparing with every name finds, and each once."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.name_index import NameMatch
from sanctionslib.matching.parameters import MIN_SCORE, SCORER
from sanctionslib.matching.scorer import score
from sanctionslib.matching.token_index import TokenIndex
from sanctionslib.matching.tokens import TokenisedName, tokenise, tokenise_query
from sanctionslib.model import Aircraft, Entity, Organization, Person, Vessel

from .builders import party

KINDS = (Person, Organization, Vessel, Aircraft, Entity)


def texts(index: TokenIndex, found: Iterable[NameMatch]) -> list[str]:
    return [index.names[one.at].name.text for one in found]


def prepared(entities: Sequence[Entity]) -> list[TokenisedName]:
    return [tokenise(name.text, one.kind, name.parts) for one in entities for name in one.names]


def by_hand(names: Sequence[TokenisedName], text: str, min_score: float) -> dict[int, float]:
    """What scoring every name finds: place → score."""
    queries = {kind: tokenise(text, kind) for kind in {name.kind for name in names}}
    scores = {at: score(queries[name.kind], name) for at, name in enumerate(names)}
    return {at: found for at, found in scores.items() if found >= min_score}


# ── by hand ───────────────────────────────────────────────────────────────────────────────────

FEW = (
    party(Person, "1", "GADDAFI, Muammar", "~The Colonel", "Muammar Gadafi"),
    party(Organization, "2", "Golden Star Trading LLC", "?Gaddafi Foundation"),
    party(Vessel, "3", "GOLDEN STAR"),
    party(Entity, "4", "Muammar Gaddafi"),
    party(Person, "5", "Muammar GADDAFI"),
)


def test_best_first() -> None:
    """Equal names are found each, in the order of the list; then what is less similar."""
    index = TokenIndex(FEW)
    found = index.search("Muammar Gaddafi", min_score=0.8)
    assert texts(index, found) == [
        "GADDAFI, Muammar",
        "Muammar Gaddafi",
        "Muammar GADDAFI",
        "Muammar Gadafi",
    ]
    assert [one.score for one in found[:3]] == [1, 1, 1]
    assert 0.8 < found[3].score < 1
    assert (index.method, index.default_min_score) == (SCORER, MIN_SCORE)


def test_acronyms() -> None:
    """Listed ones of four letters are found by their words, searched ones of three find theirs.

    Three initials are those of anybody, and ships and people have no acronyms.
    """
    index = TokenIndex(
        [
            party(Organization, "1", "HTC"),
            party(Organization, "2", "HTCB"),
            party(Vessel, "3", "HTCB"),
            party(Organization, "4", "HEST TRADE CENTER"),
        ]
    )
    found = index.search("Hest Trade Center Branch", min_score=MIN_SCORE)
    assert [index.names[one.at].entity.source_id for one in found] == ["2", "4"]
    assert texts(index, index.search("HTC", min_score=MIN_SCORE)) == ["HTC", "HEST TRADE CENTER"]
    assert texts(index, index.search("Hest Trade Center", min_score=0.9)) == ["HEST TRADE CENTER"]


def test_compare_is_what_was_scored() -> None:
    """The comparison of a hit has its score."""
    index = TokenIndex(FEW)
    for one in index.search("Moammar Gadafi", min_score=0.5):
        assert index.compare("Moammar Gadafi", one.at).score == one.score


@pytest.mark.parametrize("text", ["", " ", "...", "\ud800", "x" * 1001, "Ltd."])
def test_nothing_to_compare(text: str) -> None:
    """What is no name is refused."""
    with pytest.raises(InvalidInputError):
        TokenIndex(FEW).search(text, min_score=0.5)


def test_pickled() -> None:
    """An index that was pickled finds the same."""
    index = TokenIndex(FEW)
    before = index.search("Moammar Gadafi", min_score=0.5)
    again = pickle.loads(pickle.dumps(index))
    assert again.search("Moammar Gadafi", min_score=0.5) == before


@pytest.mark.parametrize("min_score", [0, 0.2, 0.39])
def test_every_name_is_scored_for_who_asks_for_little(min_score: float) -> None:
    """Below .4 nothing is passed over."""
    index = TokenIndex(FEW)
    for text in ("Muammar Gaddafi", "Golden", "Somebody else"):
        found = {one.at: one.score for one in index.search(text, min_score=min_score)}
        assert found == by_hand(prepared(FEW), text, min_score)


# ── laws ──────────────────────────────────────────────────────────────────────────────────────

WORDS = """
    muhammad mohamed ali aly hasan hassan al bin abu abd gaddafi qadhafi ivan иван petrov петров
    star golden trading company ltd llc bank of the first 1 15 fifteen fund a b كريم 李 明
    irgc islamic revolutionary guard corps
"""
names = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=6).map(" ".join) | st.text(
    min_size=1, max_size=20
).filter(lambda text: any(map(str.isalnum, text)))
collections = st.lists(st.tuples(st.sampled_from(KINDS), names), min_size=1, max_size=25).map(
    lambda drawn: [party(kind, str(at), name) for at, (kind, name) in enumerate(drawn)]
)


@given(collections, st.data())
def test_a_name_finds_itself(entities, data):
    """With a score of 1, so that nothing stands above it."""
    index = TokenIndex(entities)
    at = data.draw(st.integers(0, len(entities) - 1))
    text, kind = entities[at].names[0].text, entities[at].kind
    kind = None if kind == "entity" else kind
    try:
        tokenise_query(text, kind)
    except InvalidInputError:
        assume(False)
    found = index.search(text, kind=kind, min_score=MIN_SCORE)
    assert NameMatch(1.0, at) in found
    assert found[0].score == 1


@given(collections, names, st.sampled_from((0.5, MIN_SCORE, 0.9)))
def test_sorted_and_right(entities, text, min_score):
    """Best first, each name once, with the score that it has by hand, all high enough."""
    index = TokenIndex(entities)
    try:
        found = index.search(text, min_score=min_score)
    except InvalidInputError:
        assume(False)
    assert found == sorted(found, key=lambda one: (-one.score, one.at))
    assert len({one.at for one in found}) == len(found)
    assert {one.at: one.score for one in found}.items() <= by_hand(
        prepared(entities), text, min_score
    ).items()


@given(collections, names, st.randoms(use_true_random=False))
def test_the_order_of_the_collection(entities, text, shuffler):
    """It does not move what is found."""
    turned = entities[:]
    shuffler.shuffle(turned)
    try:
        found = [
            {(index.entities[one.at].id, one.score) for one in index.search(text, min_score=0.6)}
            for index in (TokenIndex(entities), TokenIndex(turned))
        ]
    except InvalidInputError:
        assume(False)
    assert found[0] == found[1]


# ── against every name ────────────────────────────────────────────────────────────────────────

LOOKALIKE = str.maketrans("aeopcx", "аеорсх")
OTHERWISE = str.maketrans("eioukvs", "iyuoqwz")


def altered(text: str, draw: random.Random) -> str:
    """A name as others write it, or by mistake."""
    words = text.replace(",", "").split()
    at = draw.randrange(len(text))
    which = draw.randrange(8)
    if which == 0 and len(words) > 2:
        words.pop(draw.randrange(len(words)))
        return " ".join(words)
    if which == 1 and len(words) > 1:
        place = draw.randrange(len(words) - 1)
        words[place : place + 2] = [words[place] + words[place + 1]]
        return " ".join(words)
    if which == 2:
        draw.shuffle(words)
        return " ".join(words)
    if which == 3:
        return text.lower().translate(LOOKALIKE)
    if which == 4:
        some = "".join(char for char in "eioukvs" if draw.random() < 0.3)
        return text.lower().translate({ord(char): OTHERWISE[ord(char)] for char in some})
    if which == 5:
        return text[:at] + text[at + 1 :]
    if which == 6:
        return text[:at] + draw.choice("AEINRST") + text[at + 1 :]
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def lost(entities: Sequence[Entity], draw: random.Random, count: int) -> tuple[int, int]:
    """For how many altered names the best is not found, and how many have one when all is scored."""
    index, names = TokenIndex(entities), prepared(entities)
    asked = missing = 0
    for name in draw.sample(names, count):
        text = altered(name.text, draw)
        if wanted := by_hand(names, text, MIN_SCORE):
            asked += 1
            found = index.search(text, min_score=MIN_SCORE)
            missing += not found or found[0].score < max(wanted.values())
    return missing, asked


def test_the_sample_against_every_name() -> None:
    """Nothing is lost of the sample, whatever is wrong with the names."""
    missing, asked = lost(list(sl.sample()), random.Random(7), 60)
    assert missing == 0
    assert asked > 50


def test_the_whole_list_against_every_name(lists: Path) -> None:
    """Of 300 names of the SDN List, most of them altered, at most .3 % lose what is best for them.

    In six parts of it that are drawn, since scoring every name takes long.
    """
    sdn = list(sl.read(lists / "us_ofac_sdn" / "SDN_2021-03-10.xml"))
    draw = random.Random(2026)
    missing = asked = 0
    for _ in range(6):
        few, many = lost(draw.sample(sdn, 400), draw, 50)
        missing += few
        asked += many
    assert asked > 250
    assert missing <= asked * 0.003


def test_titles_and_particles_that_are_words() -> None:
    """In a name of such alone, and where a title is spelled otherwise; but not the article."""
    index = TokenIndex([party(Person, "1", "AL-MUHANDES, Abu Mahdi")])
    for text in ("Al-Muhandis", "Abu Al-Muhandis", "Abu Mahdi A1-Muhandis"):
        assert texts(index, index.search(text, min_score=MIN_SCORE)) == ["AL-MUHANDES, Abu Mahdi"]
