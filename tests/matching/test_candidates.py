"""Which names come into question: by their parts, written together, by initials, by two letters."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.matching._candidates import Candidates
from sanctionslib.matching._keys import Keys, bare_key, class_keys, letter_keys
from sanctionslib.matching.normalise import PreparedName, prepare

LEAST = 0.65


def prepared(kind: str, *names: str) -> list[PreparedName]:
    return [prepare(one, kind) for one in names]


def found(candidates: Candidates, text: str, kind: str = "person") -> list[str]:
    near = candidates.find({kind: prepare(text, kind)}, LEAST)
    return [candidates.names[at].text for at in sorted(near)]


OTHERS = ("Anna Kowalska", "Jean Dupont", "Zacarias Lugo", "Erik Lindqvist")


def only(listed: str, text: str, kind: str = "person") -> bool:
    """Whether a name, and none of four others, comes into question."""
    return found(Candidates(prepared(kind, listed, *OTHERS)), text, kind) == [listed]


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 5))))
def test_keys(given: dict[int, list[int]]) -> None:
    """What a key leads to is found, once, and nothing else, however often it was put in."""
    keys = Keys(given.items())
    wanted: dict[int, set[int]] = {}
    for value, several in given.items():
        for key in several:
            wanted.setdefault(key, set()).add(value)
    for key, values in wanted.items():
        assert keys.find([key]) == values
    assert keys.find(wanted) == set().union(*wanted.values())
    assert keys.find([7, 2**32]) == wanted.get(7, set())


def test_no_keys() -> None:
    """An empty index finds nothing."""
    assert Keys([]).find([1]) == set()
    assert found(Candidates(prepared("person", "Anna")), "Jean") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gaddafi", "gadafi"),  # a letter less
        ("gaddafi", "gaddxfi"),  # another letter
        ("gaddafi", "gadadfi"),  # two that changed places
        ("khaled", "halid"),  # one sound
        ("mohammed", "muhamad"),
        ("sergey", "serguei"),
        ("ivan", "wan"),
    ],
)
def test_parts_that_are_alike_share_a_key(one: str, other: str) -> None:
    """So that one is found by the other."""
    (part,), (wrong,) = (prepare(text, "person").parts for text in (one, other))
    assert {*letter_keys(part)} & {*letter_keys(wrong)}


def test_classes_are_keys() -> None:
    """Words without a letter in common have their class: of synonyms, of spellings, of names."""
    for kind, one, other in (
        ("organization", "trading", "ticaret"),
        ("organization", "fifteen", "15"),
        ("person", "yusuf", "joseph"),
        ("person", "bill", "william"),
    ):
        first, second = (prepare(f"{text} zzz", kind).parts[0] for text in (one, other))
        assert {*class_keys(first)} & {*class_keys(second)}, (one, other)


def test_words_without_vowels_and_with_them_have_a_key_in_common():
    """Arabic has no p, and leaves vowels out: بيريز is Perez, and found from either side alone."""
    arabic, latin = (prepare(name, "person").parts[0] for name in ("بيريز", "Perez"))
    assert bare_key(latin, across=True) == bare_key(arabic)
    assert bare_key(arabic, across=True) == bare_key(latin)
    assert bare_key(latin) != bare_key(arabic)


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("Muammar Gaddafi", "Muammar Gadafi"),
        ("Muammar Gaddafi", "Gaddafi"),  # a part left out
        ("Gaddafi", "Muammar Gaddafi"),
        ("Muammar Gaddafi", "Gaddafi Muammar"),
        ("Muammar Gaddafi", "GADDAFI, Moammar"),
        ("Muammar Gaddafi", "MuammarGaddafi"),  # written together
        ("Abd al Rahman Bashir", "Abdalrahman Bashir"),
        ("Abdalrahman Bashir", "Abd al Rahman Bashir"),
        ("Bashir Abulqasim", "Bashir Abul Qasim"),
        ("Muammar Gaddafi", "Mуаmmаr Gаddаfi"),  # Cyrillic letters that look like Latin ones
        ("Владимир Путин", "Vladimir Putin"),
        ("Vladimir Putin", "Владимир Путин"),
        ("Владимир Путин", "Владимир Путим"),
        ("Vladimir Putin", "V. Putin"),
        ("V. Putin", "Vladimir Putin"),
        ("KHAN, Hafiz Saeed", "Khan Hafez Sayed"),  # a title there, a name here
        ("Ivan Obgatyrev", "Ivan Bogatyrov"),  # hardly alike: compared after all
    ],
)
def test_persons(listed: str, text: str) -> None:
    """What the scorer should see of a person, and nothing of others."""
    assert only(listed, text)


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("Islamic Revolutionary Guard Corps", "IRGC"),
        ("IRGC", "Islamic Revolutionary Guard Corps"),
        ("ASRC", "Advanced Systems Research Company"),
        ("Golden Star Trading", "Golden Star Ticaret"),
        ("Golden Star Trading LLC", "OOO Golden Star Trading"),
        ("Fund 15 of Kazan", "Fund Fifteen of Kazan"),
        ("Rosoboronexport", "Rosoboron Export"),
        ("Rosoboron Export", "Rosoboronexport"),
    ],
)
def test_organisations(listed: str, text: str) -> None:
    """Acronyms both ways, synonyms, legal forms, numbers, words together and apart."""
    assert only(listed, text, "organization")


@pytest.mark.parametrize("letters", ["X", "xy"])
def test_wholes_with_two_letters_wrong(letters: str) -> None:
    """However the words are cut, wherever the letters are."""
    listed = "Bakhtiyor Nematov"
    for at in range(len(listed)):
        wrong = f"{listed[:at]}{letters}{listed[at:]}"
        assert only(listed, wrong), wrong


def test_only_the_kind_that_is_asked() -> None:
    """Names of the other kinds are left out, whether or not their rules take it apart likewise."""
    names = prepared("person", "Karina Star") + prepared("vessel", "Karina Star")
    candidates = Candidates(names)
    assert candidates.kinds == ("person", "vessel")
    queries = {kind: prepare("Karina Star", kind) for kind in candidates.kinds}
    assert candidates.find({"person": queries["person"]}, LEAST) == {0}
    assert candidates.find({"vessel": queries["vessel"]}, LEAST) == {1}
    assert candidates.find(queries, LEAST) == {0, 1}
    assert candidates.find(queries, 0.3) == {0, 1}


@pytest.mark.parametrize(
    "text",
    ["Bob Star", "Bank Star LLC", "Kim Yong Il", "STAR, Bob", "Sheikh Star", "Star 7", "Боб Стар"],
)
def test_unknown_kinds_stand_for_others(text: str) -> None:
    """Looked for once for all kinds, or for each: the same is found."""
    listed = ("Robert Star", "Bank Star OOO", "Kim Yong-il", "Bob Star", "Star Seven", "Star VII")
    names = [prepare(one, kind) for kind in ("person", "organization", "vessel") for one in listed]
    candidates = Candidates(names)
    queries = {kind: prepare(text, kind) for kind in candidates.kinds}
    each = set(candidates.find(queries, LEAST))
    assert each
    assert each <= set(candidates.find(queries, LEAST, unknown=prepare(text)))


def test_an_earlier_query_leaves_no_trace() -> None:
    """Names that differ in a legal form alone have other initials."""
    names = prepared("organization", "ASRL", "ASRC")
    candidates = Candidates(names)
    asked = ("Advanced Systems Research Company", "Advanced Systems Research Limited")
    for text in (*asked, *asked):
        assert found(candidates, text, "organization") == [f"ASR{text.split()[-1][0]}"]


def test_asking_for_less_finds_more() -> None:
    """A name that conflicts is no candidate; below .4 everything is."""
    candidates = Candidates(prepared("person", "Ali Gaddafi", *OTHERS))
    query = {"person": prepare("Muammar Gaddafi", "person")}
    assert candidates.find(query, 0.65) == set()
    assert candidates.find(query, 0.39) == {0, 1, 2, 3, 4}


def test_forgetting_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made for earlier queries may be thrown away at any time."""
    names = prepared("person", "Muammar Gaddafi", "Moammar Kadafi", *OTHERS)
    monkeypatch.setattr("sanctionslib.matching._candidates._ROOM", 30)
    small = Candidates(names)
    for text in ("Muammar Gaddafi", "Dupont Jean", "Muamar Qaddafi", "Muammar Gaddafi"):
        assert found(small, text) == found(Candidates(names), text)


def test_threads() -> None:
    """Several threads may ask at once."""
    names = prepared("person", *[f"{one} {other}" for one in _GIVEN for other in _FAMILY])
    wanted = {name.text: found(Candidates(names), name.text) for name in names}
    shared = Candidates(names)
    wrong: list[str] = []

    def ask(texts: list[str]) -> None:
        wrong.extend(text for text in texts if found(shared, text) != wanted[text])

    texts = list(wanted)
    threads = [threading.Thread(target=ask, args=(texts[at:] + texts[:at],)) for at in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []


_GIVEN = ("Ali", "Aly", "Hasan", "Hassan", "Ibrahim", "Boris", "Maria", "Jean")
_FAMILY = ("Gaddafi", "Qadhafi", "Dupont", "Petrov", "Petrow", "Lugo")
