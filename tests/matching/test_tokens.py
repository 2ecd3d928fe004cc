"""A name taken apart: words, roles, kinds and keys."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.tokens import (
    MAX_LENGTH,
    MAX_TOKENS,
    check_name,
    tokenise,
    tokenise_query,
)
from sanctionslib.model import NamePart, NamePartKind


def texts(name: str, kind: str | None = "person") -> list[str]:
    return [token.text for token in tokenise(name, kind).tokens]


def roles(name: str, kind: str | None) -> list[tuple[str, str]]:
    return [(token.text, token.role) for token in tokenise(name, kind).tokens]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ri Yo'ng-kil", ["ri", "yong", "kil"]),
        ("O’BRIEN", ["obrien"]),
        ("Yo´ng-kil", ["yong", "kil"]),
        ("Erdoğan, Recep Tayyip", ["recep", "tayyip", "erdogan"]),
        ("ŁUKASZENKA", ["lukaszenka"]),
        ("Straße", ["strasse"]),
        ("ＦＵＬＬ　ＷＩＤＴＨ", ["full", "width"]),
        ("zero​width‮bidi", ["zerowidthbidi"]),
        ("tab\tand\nline", ["tab", "and", "line"]),
        ("Владимир Путин", ["vladimir", "putin"]),
        ("Κυριάκος", ["kyriakos"]),
        ("İbrahim", ["ibrahim"]),
        ("明\u0300", ["ming"]),  # a mark upon a sign is no word
        ("J. P. Morgan", ["j", "p", "morgan"]),
        ("J.P. Morgan", ["j", "p", "morgan"]),
    ],
)
def test_words(name, words):
    """Case, accents, apostrophes, hyphens, widths, invisible characters and alphabets are set right."""
    assert texts(name) == words


@pytest.mark.parametrize("mark", "'’‘ʻʼʽ`ʹʿʾ′＇")
def test_apostrophes_are_closed(mark):
    """Whichever of them a list or a keyboard has."""
    assert texts(f"Yo{mark}ng") == ["yong"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        # Cyrillic letters within a Latin word, Latin ones within a Cyrillic word: a deceit.
        ("Vlаdimir Рutin", [("vladimir", ""), ("putin", "")]),
        ("Путиh", [("putin", "путин")]),
        ("MOСК", [("mock", "")]),
        ("ООО中国", [("ooozhongguo", "ооо中国")]),  # no such deceit
        # Digits within a word of a person's name.
        ("M0hammed Al1 R2", [("mohammed", ""), ("ali", ""), ("r2", "")]),
        # Another script is kept beside its transliteration, without marks; what has none stays.
        ("Зеленський", [("zelenskii", "зеленськии")]),
        ("ʔʕ", [("ʔʕ", "")]),
        # Letters of Azerbaijan and of Africa are Latin.
        ("Əliyev Kɔfi", [("eliyev", ""), ("kofi", "")]),
        # The Arabic article is a word; Elias is a name, a letter is too short, and so is it alone.
        ("بشار الأسد", [("bshr", "بشار"), ("l", "ال"), ("sd", "اسد")]),
        ("الياس", [("lys", "الياس")]),
        ("الب", [("lb", "الب")]),
        ("ال", [("l", "ال")]),
        # Han has no blanks: each character is a word.
        ("习近平", [("xi", "习"), ("jin", "近"), ("ping", "平")]),
    ],
)
def test_words_of_other_scripts(name, words):
    """In ASCII, and in their own script where it is not Latin."""
    assert [(one.text, one.original) for one in tokenise(name, "person").tokens] == words


def test_what_depends_on_more_than_letters():
    """Firms are called by digits; the article is a particle; so much Han is a text, no name."""
    assert texts("M0hammed", "organization") == ["m0hammed"]
    assert roles("بشار الأسد", "person")[1] == ("l", "particle")
    assert [len(tokenise("习" * count).tokens) for count in (12, 13)] == [12, 1]


def test_servant_of_is_a_part():
    """Abdulrahman, Abdurahman and Abd al-Rahman are one name; Abdullah is a word."""
    assert texts("Abdulrahman Abdurahman Abdelkader") == [
        "abdul", "rahman", "abdur", "rahman", "abdel", "kader",
    ]  # fmt: skip
    assert texts("Abdullah Abdulla Abdallahi") == ["abdullah", "abdulla", "abdallahi"]
    assert texts("Abdulaziz") == ["abdul", "aziz"]
    assert texts("Abdurrahman") == ["abdur", "rahman"]
    assert texts("Abdulaziz Port", None) == ["abdul", "aziz", "port"]
    assert texts("Abdulaziz Port", "organization") == ["abdulaziz", "port"]


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("OOO Karst", "organization", [("ooo", "legal form"), ("karst", "word")]),
        ("Siemens A.G.", "organization", [("siemens", "word"), ("ag", "legal form")]),
        ("K Joint Stock Co", None, [("k", "initial"), ("joint stock co", "legal form")]),
        ("11420 CORP.", "organization", [("11420", "number"), ("corp", "legal form")]),
        ("Brigade Forty-Four", "organization", [("brigade", "word"), ("forty four", "number")]),
        ("Dr. Anna Example", "person", [("dr", "title"), ("anna", "word"), ("example", "word")]),
        ("A. Example", "person", [("a", "initial"), ("example", "word")]),
        ("Umm Qasr", "person", [("umm", "particle"), ("qasr", "word")]),
        ("Lt Col Example", "person", [("lt col", "title"), ("example", "word")]),
        ("Sheikh Example", "person", [("sheikh", "title"), ("example", "word")]),
        ("И. Карст", "person", [("i", "word"), ("karst", "word")]),
        ("S.A.Karst", "organization", [("sa", "legal form"), ("karst", "word")]),
        ("Karst SA", "organization", [("karst", "word"), ("sa", "legal form")]),
        ("Karst SA Port", "organization", [("karst", "word"), ("sa", "word"), ("port", "word")]),
        ("A & B", "organization", [("a", "initial"), ("and", "particle"), ("b", "initial")]),
        ("Fund VI", "organization", [("fund", "word"), ("vi", "number")]),
        ("Fund VI Port", "organization", [("fund", "word"), ("vi", "word"), ("port", "word")]),
        ("Fund 007", "organization", [("fund", "word"), ("7", "number")]),
        ("Fund 00", "organization", [("fund", "word"), ("0", "number")]),
        ("Forty 4 Karst", None, [("forty 4", "number"), ("karst", "word")]),
        ("Twelve Five Karst", None, [("twelve", "number"), ("five", "number"), ("karst", "word")]),
        ("Forty Zero Karst", None, [("forty", "number"), ("zero", "number"), ("karst", "word")]),
        ("40 4 Karst", "vessel", [("40", "number"), ("4", "number"), ("karst", "word")]),
    ],
)
def test_roles(name, kind, expected):
    """What a token does depends on the kind of party."""
    assert roles(name, kind) == expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [("LLC", "organization"), ("VI", "organization"), ("Dr.", "person"), ("Al", "person")],
)
def test_nothing_is_stripped_to_nothing(name, kind):
    """A name that is a legal form, a title or a particle alone is a word."""
    assert [token.role for token in tokenise(name, kind).tokens] == ["word"]


def test_legal_forms_of_one_class():
    """OOO stands for LLC, and not for JSC."""
    ooo, llc, jsc = (
        tokenise(name, "organization").tokens[1].canonical for name in ("K OOO", "K LLC", "K JSC")
    )
    assert ooo == llc != jsc


FAMILY, GIVEN, PATRONYMIC = NamePartKind.FAMILY, NamePartKind.GIVEN, NamePartKind.PATRONYMIC


@pytest.mark.parametrize(
    ("name", "parts", "kinds"),
    [
        ("BIN LADEN, Usama", {}, {"usama": GIVEN, "bin": FAMILY, "laden": FAMILY}),
        (
            "LAVROV, Sergey Viktorovich",
            {GIVEN: "Sergey", PATRONYMIC: "Viktorovich", FAMILY: "LAVROV"},
            {"sergey": GIVEN, "viktorovich": PATRONYMIC, "lavrov": FAMILY},
        ),
        ("Anna Example,", {}, {"anna": None, "example": None}),
        ("Anna Example , ", {}, {"anna": None, "example": None}),
        ("Anna Example", {FAMILY: "Anna Example"}, {"anna": None, "example": None}),
    ],
)
def test_kinds(name, parts, kinds):
    """By the comma, better by what the list states; given names go first. One part says nothing."""
    stated = [NamePart(kind=kind, text=text) for kind, text in parts.items()]
    found = [(one.text, one.kind) for one in tokenise(name, "person", stated).tokens]
    assert found == [*kinds.items()]


WORDS = st.lists(st.sampled_from(["Ali", "Abdulrahman", "bin", "Omar"]), min_size=1, max_size=3)


@given(WORDS, WORDS)
def test_a_list_that_states_what_the_comma_says(family: list[str], given: list[str]):
    """What it states last is right of a word that is in both; and nothing takes a short cut."""
    parts = [
        NamePart(kind=NamePartKind.FAMILY, text=" ".join(family)),
        NamePart(kind=NamePartKind.GIVEN, text=" ".join(given)),
    ]
    more = NamePart(kind=NamePartKind.NICKNAME, text="Somebody")
    name = f"{parts[0].text}, {parts[1].text}"
    shown, wanted = (
        [(one.text, one.kind) for one in tokenise(name, "person", stated).tokens]
        for stated in (parts, [*parts, more])
    )
    assert shown == wanted
    assert [text for text, kind in shown if kind is NamePartKind.FAMILY] == [
        token.text
        for token in tokenise(" ".join(family), "person").tokens
        if token.text not in {one.text for one in tokenise(" ".join(given), "person").tokens}
    ]


def test_syllables():
    """They count in names of two to four, all of which are syllables, and of persons."""
    several = ["Kim Jong", "Ri Yong Gil Kim"]
    for name in several:
        assert all(token.syllables for token in tokenise(name, "person").tokens)
    for name in ["Kim", "Kim Jong Un Ri Pak", "Kim Jong Smith"]:
        assert not any(token.syllables for token in tokenise(name, "person").tokens)
    assert not any(token.syllables for token in tokenise(several[0], "organization").tokens)


def test_names_of_persons_in_names_of_firms():
    """Robert Shipping is not Bob Shipping; where the kind is not known, it may be."""
    kinds = ("organization", "person", None)
    robert, intl = ([tokenise(one, kind).tokens[0] for kind in kinds] for one in ("Robert", "Intl"))
    assert [one.variant_of for one in robert] == ["", "robert", "robert"]
    assert [one.canonical for one in intl] == ["international", "", "international"]
    ben, ali = tokenise("Ben Ali", "person").tokens
    assert (ben.role, ben.nickname_of, ali.nickname_of) == ("particle", {"benjamin"}, set())


def test_names_written_together():
    """Without titles and legal forms; in their own script only if all of it is in one."""
    assert tokenise("OOO Karst", "organization").joined == "karst"
    both = tokenise("Иван Smith", "person")
    assert (both.joined, both.original_joined) == ("ivansmith", "")
    assert tokenise("Иван Карст", "person").original_joined == "иванкарст"


def test_a_comma_is_no_family_name_of_an_organization():
    """ "Apple, Inc." is no Mr Apple."""
    assert texts("Example, Inc.", "organization") == ["example", "inc"]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("", "is empty"),
        (" \t\n", "is empty"),
        ("?!…", "no letter and no digit"),
        ("‮​", "no letter and no digit"),
        ("a\ud800b", "lone surrogate"),
        ("x" * (MAX_LENGTH + 1), "characters"),
        (None, "must be text"),
        (17, "must be text"),
        (b"name", "must be text"),
    ],
)
def test_what_is_no_name(value, says):
    """It is refused, with words and a hint."""
    with pytest.raises(InvalidInputError, match=says) as caught:
        check_name(value)
    assert caught.value.hint
    assert check_name("x" * MAX_LENGTH)


@pytest.mark.parametrize(
    ("name", "kind", "says", "hint"),
    [
        ("A", None, "single letter", "give more of the name"),
        ("ʼ", None, "single letter", "give more of the name"),  # a letter by Unicode, and no word
        ("12", "person", "is a number", "find_number"),
        ("12 34", "organization", "is a number", "find_number"),
        ("Dr. Prof.", "person", "only a title", "give the name that goes with it$"),
        ("Dr. Prof.", None, "only a title", "say kind='person'$"),
    ],
)
def test_what_tells_nobody_from_anybody(name, kind, says, hint):
    """A search for it is refused; a hint says what to do about a name that is a legal form."""
    with pytest.raises(InvalidInputError, match=says) as caught:
        tokenise_query(name, kind)
    assert re.search(hint, caught.value.hint)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("习", None), ("김", "person"), ("Sheikh", "person"), ("SA", "organization"), ("Jo", None)],
)
def test_short_names_that_are_asked_for(name, kind):
    """A sign of Han, a syllable of Hangul; a word that may be a title or a form is a name alone."""
    assert [token.role for token in tokenise_query(name, kind).tokens] == ["word"]


names = st.text(min_size=1, max_size=60)


@given(names, st.sampled_from(["person", "organization", "vessel", None]))
def test_any_text_can_be_taken_apart(name, kind):
    """No text raises, and tokens are never empty."""
    prepared = tokenise(name, kind)
    assert all(token.text for token in prepared.tokens)
    assert all(token.match_weight > 0 for token in prepared.tokens)
    if any(char.isalnum() for char in name) and name.isascii():
        assert prepared.tokens


@given(st.text("abcdefghij -'.", min_size=1, max_size=40), st.sampled_from(["person", None]))
def test_case_does_not_count(name, kind):
    """Large and small letters are the same name, and the same tokens."""
    assert tokenise(name.upper(), kind).tokens == tokenise(name, kind).tokens


@given(st.lists(st.sampled_from("aeioucnszAEIOU"), min_size=1, max_size=12))
def test_accents_do_not_count(letters):
    """A letter with a mark is that letter."""
    marked = "".join(letter + "́" for letter in letters)
    assert texts(marked) == texts("".join(letters))


def test_long_names():
    """No name makes work without end: words beyond the first 48, and what is repeated, are cut."""
    ends = ("ba", "di", "fo", "gu", "ha", "ja", "ke", "la", "mi", "no")
    words = [f"{one}{other}" for one in ("ka", "li", "mo", "nu", "ra", "su") for other in ends]
    assert texts(" ".join(words)) == words[:MAX_TOKENS]
    assert texts(" ".join(["Muhammad"] * 50)) == ["muhammad"] * 3
    assert texts("Anna " + " ".join("abcdefghijklm")) == ["anna", *"abcdefgh"]
    assert texts("of of of of", "organization") == ["of"] * 4
