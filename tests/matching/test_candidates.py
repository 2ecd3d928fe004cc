"""Which names are candidates: by their tokens, written together, by initials, by two letters."""

from __future__ import annotations

import threading

import pytest

from sanctionslib.matching._candidates import Candidates
from sanctionslib.matching.tokens import TokenisedName, tokenise

LEAST = 0.65


def prepared(kind: str, *names: str) -> list[TokenisedName]:
    return [tokenise(one, kind) for one in names]


def found(candidates: Candidates, text: str, kind: str = "person") -> list[str]:
    query = tokenise(text, kind)
    near = candidates.find({kind: query}, LEAST, unknown=query)
    return [candidates.names[at].text for at in sorted(near)]


OTHERS = ("Anna Kowalska", "Jean Dupont", "Zacarias Lugo", "Erik Lindqvist")


def only(listed: str, text: str, kind: str = "person") -> bool:
    """Whether a name, and none of four others, is a candidate."""
    return found(Candidates(prepared(kind, listed, *OTHERS)), text, kind) == [listed]


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("Muammar Gaddafi", "Muammar Gadafi"),
        ("Muammar Gaddafi", "Muammar Gaddxfi"),  # another letter
        ("Muammar Gaddafi", "Muammar Gadadfi"),  # two transposed
        ("Muammar Gaddafi", "Moammer Qadhafi"),
        ("Khaled Sharif", "Halid Sherif"),  # the same phonetic keys
        ("William Bandarmaliban", "Bill Bandarmalimam"),  # a nickname; the end is wrong
        ("William Bandarmaliban", "Bill Bamtarmaliban"),  # or the beginning
        ("Yusuf Bandar", "Joseph Bandar"),  # a cognate
        ("بيريز", "Perez"),
        ("Пётр Карст", "Pyotr Karst"),
        ("Ostad Bandar", "Ostaf Bandar"),  # a title
        ("Muhandis Karst", "Almuhandis Karst"),  # the article
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
        ("Ivan Obgatyrev", "Ivan Bogatyrov"),  # hardly similar: compared after all
        ("RAH-PEYK, Siyamak", "Siarnak Rahpeyk"),  # and beside a word in two
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


def test_a_word_and_an_initial_are_not_that_word_written_apart() -> None:
    """Else half of the name would agree twice: once as Gustavo, once as Gustavo A."""
    candidates = Candidates(prepared("person", "PERDOMO, Gustavo A"))
    assert found(candidates, "Gustavo Henrique Théo Castro") == []
    assert found(candidates, "Gustavo Perdomo") == ["PERDOMO, Gustavo A"]
    assert found(candidates, "Gustavoa Perdomo") == ["PERDOMO, Gustavo A"]


@pytest.mark.parametrize("letters", ["X", "xy"])
def test_full_strings_with_two_letters_wrong(letters: str) -> None:
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
    unknown = tokenise("Karina Star")
    queries = {kind: tokenise("Karina Star", kind) for kind in candidates.kinds}
    assert candidates.find({"person": queries["person"]}, LEAST, unknown=unknown) == {0}
    assert candidates.find({"vessel": queries["vessel"]}, LEAST, unknown=unknown) == {1}
    assert candidates.find(queries, LEAST, unknown=unknown) == {0, 1}
    assert candidates.find(queries, 0.3, unknown=unknown) == {0, 1}


@pytest.mark.parametrize(
    "text",
    ["Bob Star", "Bank Star LLC", "Kim Yong Il", "STAR, Bob", "Sheikh Star", "Star 7", "Боб Стар"],
)
def test_unknown_kinds_stand_for_others(text: str) -> None:
    """Searched once for all kinds, or for each: the same is found."""
    listed = ("Robert Star", "Bank Star OOO", "Kim Yong-il", "Bob Star", "Star Seven", "Star VII")
    names = [tokenise(one, kind) for kind in ("person", "organization", "vessel") for one in listed]
    candidates = Candidates(names)
    queries = {kind: tokenise(text, kind) for kind in candidates.kinds}
    each = set[int]().union(
        *(candidates.find({kind: query}, LEAST, unknown=query) for kind, query in queries.items())
    )
    assert each
    assert each <= candidates.find(queries, LEAST, unknown=tokenise(text))


def test_each_order_has_its_neighbours() -> None:
    """ "STAR, Bob" is Bob Star of persons, and Star Bob of firms: written as one word there."""
    names = prepared("person", "Bobstar") + prepared("organization", "Starbob", "Bobstar")
    candidates = Candidates(names)
    queries = {kind: tokenise("STAR, Bob", kind) for kind in candidates.kinds}
    assert {0, 1} <= candidates.find(queries, LEAST, unknown=tokenise("STAR, Bob"))


def test_an_earlier_query_leaves_no_trace() -> None:
    """Names that differ in a legal form alone have other initials."""
    names = prepared("organization", "ASRL", "ASRC")
    candidates = Candidates(names)
    asked = ("Advanced Systems Research Company", "Advanced Systems Research Limited")
    for text in (*asked, *asked):
        assert found(candidates, text, "organization") == [f"ASR{text.split()[-1][0]}"]


def test_acronyms_are_of_organizations() -> None:
    """A person's name makes no acronym of three letters or more, nor a vessel's."""
    kinds = ["organization", "person", "vessel", "aircraft", "entity", None]
    names = [tokenise("Advanced Systems Research Company", kind) for kind in kinds]
    queries = {kind: tokenise("ASRC", kind) for kind in kinds}
    assert Candidates(names).find(queries, LEAST, unknown=tokenise("ASRC")) == {0, 4, 5}


def test_asking_for_less_finds_more() -> None:
    """A name that conflicts is no candidate; below .4 everything is."""
    candidates = Candidates(prepared("person", "Ali Gaddafi", *OTHERS))
    query = tokenise("Muammar Gaddafi", "person")
    assert candidates.find({"person": query}, 0.65, unknown=query) == set()
    assert candidates.find({"person": query}, 0.39, unknown=query) == {0, 1, 2, 3, 4}


def test_forgetting_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made for earlier queries may be thrown away at any time."""
    names = prepared("person", "Muammar Gaddafi", "Moammar Kadafi", *OTHERS)
    monkeypatch.setattr("sanctionslib.matching._candidates._CACHE", 30)
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
