"""Two names compared: token pairs, unmatched tokens, and a reason for each."""

import pytest

import sanctionslib as sl
from sanctionslib import InvalidInputError, NamePartKind
from sanctionslib.answers import Reason


def pairs(a, b, kind):
    found = sl.compare(a, b, kind=kind)
    return [(one.query, one.listed, one.reason) for one in found.pairs]


@pytest.mark.parametrize(
    ("a", "b", "kind", "expected"),
    [
        ("Putin", "PUTIN", sl.Person, ("putin", "putin", Reason.EXACT)),
        ("Lukashnko", "Lukashenko", sl.Person, ("lukashnko", "lukashenko", Reason.SPELLING)),
        ("Khaled", "Khalid", sl.Person, ("khaled", "khalid", Reason.TRANSLITERATION)),
        ("Путин", "PUTIN", sl.Person, ("путин", "putin", Reason.TRANSLITERATION)),
        ("Bob", "Robert", sl.Person, ("bob", "robert", Reason.SYNONYM)),
        ("Goodwill", "Good Will", sl.Organization, ("goodwill", "good will", Reason.JOINED)),
        ("Goodwillxy", "Good Will", sl.Organization, ("goodwillxy", "good will", Reason.JOINED)),
        ("Goodwixxxx", "Good Will", sl.Organization, ("goodwixxxx", "good", Reason.SPELLING)),
        ("Гуд Вилл", "Gudvill", sl.Organization, ("гуд вилл", "gudvill", Reason.JOINED)),
        (
            *("PLA", "People's Liberation Army", sl.Organization),
            ("pla", "peoples liberation army", Reason.ACRONYM),
        ),
        ("Intl", "International", sl.Organization, ("intl", "international", Reason.SYNONYM)),
    ],
)
def test_reasons_of_pairs(a, b, kind, expected):
    """Each way in which two tokens can be paired has its reason."""
    assert pairs(a, b, kind) == [expected]


def test_an_initial_stands_for_a_word_beside_one_that_agrees():
    """One letter alone is like a tenth of all words, and tells nobody from anybody."""
    doe = ("doe", "doe", Reason.EXACT)
    assert pairs("J Doe", "Jose Doe", sl.Person) == [("j", "jose", Reason.INITIAL), doe]
    assert pairs("Jose Doe", "DOE, J.", sl.Person) == [("jose", "j", Reason.INITIAL), doe]
    assert pairs("J Doe", "Jasmin", sl.Person) == []
    assert pairs("Sharon Lewis", "SL Ming", sl.Person) == []
    assert pairs("Sharon Lewis Doe", "SL Doe", sl.Person) == [
        ("sharon lewis", "sl", Reason.ACRONYM),
        doe,
    ]
    # What else there is, is paired then.
    assert pairs("J Doe", "Jose", sl.Person) == [("doe", "jose", Reason.SPELLING)]
    assert pairs("J. Ltd.", "Jasmin Ltd", sl.Organization) == [
        ("ltd", "ltd", Reason.EXACT),
    ]
    assert sl.compare("J. Ltd.", "Jasmin Ltd", kind=sl.Organization).score < 0.3
    assert sl.compare("J Ltd", "J. LTD.", kind=sl.Organization).score == 1


def test_pairs_stand_in_the_order_of_the_query():
    """Whatever tells most; and their scores are rounded to four digits: .95 * 8 / 9."""
    found = sl.compare("Anna Karst", "KARST, Anna", kind=sl.Person)
    assert [one.query for one in found.pairs] == ["anna", "karst"]
    (pair,) = sl.compare("Goodwillx", "Good Will", kind=sl.Organization).pairs
    assert pair.score == 0.8444


def test_unmatched_tokens():
    """A title, a legal form and an omitted token cost little; a conflict does much."""
    found = sl.compare("Dr. Anna Example", "EXAMPLE, Anna Maria", kind=sl.Person)
    assert [(one.text, one.reason) for one in found.unmatched_query] == [
        ("dr", Reason.TITLE_REMOVED)
    ]
    assert [(one.text, one.reason, one.kind) for one in found.unmatched_listed] == [
        ("maria", Reason.MISSING, NamePartKind.GIVEN)
    ]
    torn = sl.compare("Anna Xhosa", "EXAMPLE, Anna", kind=sl.Person)
    assert torn.score < 0.5 < found.score
    assert Reason.DIFFERENT in torn.reasons


def test_numbers_that_differ():
    """Fund II is another fund than Fund III."""
    found = sl.compare("Example Fund 2", "Example Fund 3", kind=sl.Organization)
    assert Reason.NUMBER_DIFFERS in found.reasons
    assert found.score < sl.compare("Example Fund 2", "Example Fund 2").score


def test_what_is_no_conflict():
    """A number or a word that only one name has; also where the other one has a legal form more."""
    found = sl.compare("Example Fund", "Example Fund 2", kind=sl.Organization)
    assert [(one.text, one.reason) for one in found.unmatched_listed] == [("2", Reason.MISSING)]
    found = sl.compare("Karst Ltd", "Moor Karst", kind=sl.Organization)
    assert [(one.text, one.reason) for one in found.unmatched_query] == [("ltd", Reason.LEGAL_FORM)]
    assert [(one.text, one.reason) for one in found.unmatched_listed] == [("moor", Reason.MISSING)]
    found = sl.compare("Анна Мария", "Anna", kind=sl.Person)
    assert [(one.text, one.reason) for one in found.unmatched_query] == [("мария", Reason.MISSING)]


def test_father_and_son():
    """X bin Y is not Y bin X."""
    found = sl.compare("Salman bin Muhammad", "Muhammad bin Salman", kind=sl.Person)
    assert Reason.REORDERED in found.notes
    assert found.score < 0.65


def test_kinds_of_tokens_are_stated():
    """From "LAST, First", and from the parts of a name of the list."""
    name = sl.sample()["33954"].names[0]
    found = sl.compare("Anwar Latif Khan", name, kind=sl.Person)
    assert {(one.listed, one.kind) for one in found.pairs} >= {("khan", NamePartKind.FAMILY)}


def test_the_list_says_more_of_kinds():
    """Its parts are taken; what it says stands before what the form of the query says."""
    family, given = NamePartKind.FAMILY, NamePartKind.GIVEN
    parts = (sl.NamePart(kind=family, text="Khan"), sl.NamePart(kind=given, text="Anwar"))
    for a, b, expected in [
        ("Anwar Khan", sl.Name(text="Khan Anwar", parts=parts), {"anwar": given, "khan": family}),
        ("KHAN, Anwar", "Anwar Khan", {"anwar": given, "khan": family}),
        ("KHAN, Anwar", "ANWAR, Khan", {"anwar": family, "khan": given}),
    ]:
        found = sl.compare(a, b, kind=sl.Person)
        assert {one.listed: one.kind for one in found.pairs} == expected


def test_a_comparison_says_how_it_was_made():
    """The scorer, the kind, and both names as given, each on its side."""
    for method, scorer in (("default", "parts-1"), ("ofac", "ofac-1")):
        found = sl.compare(sl.Name(text="a B"), "C, d", kind=sl.Person, method=method)
        assert (found.query, found.listed, found.kind) == ("a B", "C, d", "person")
        assert found.method == scorer


def test_names_of_lists_are_taken_as_they_are():
    """Lists have weak aliases like "07" and "Z"."""
    for short in (sl.Name(text="07"), sl.Name(text="Z")):
        assert sl.compare(short, short).score == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"a": "", "b": "x"}, "empty"),
        ({"a": "John Doe", "b": 7}, "must be text"),
        ({"a": "x", "b": "John Doe"}, "single letter"),
        ({"a": "John Doe", "b": sl.Name(text="?!")}, "no letter and no digit"),
        ({"a": "John Doe", "b": "9187629"}, "is a number"),
        ({"a": "Dr. Prof.", "b": "John Doe", "kind": "person"}, "title or a legal form"),
        ({"a": "GmbH & Co. KG", "b": "Karst", "kind": "organization"}, "title or a legal form"),
        ({"a": "LLC", "b": "Karst"}, "title or a legal form"),
        ({"a": "John Doe", "b": "x" * 100_000}, "characters"),
        ({"a": "Jo", "b": "Jo", "kind": "ship"}, "kind"),
        ({"a": "Jo", "b": "Jo", "kind": str}, "kind"),
        ({"a": "Jo", "b": "Jo", "method": "soundex"}, "method"),
    ],
)
def test_what_cannot_be_compared(arguments, says):
    """It is refused, with words."""
    with pytest.raises(InvalidInputError, match=says):
        sl.compare(**arguments)
