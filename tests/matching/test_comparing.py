"""Two names compared: pairs, what stayed alone, and a reason for each."""

import pytest

import sanctionslib as sl
from sanctionslib import InvalidInputError, NamePartKind, Reason


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
        ("J Doe", "Jose", sl.Person, ("j", "jose", Reason.INITIAL)),
        ("AlisherUsmanov", "Alisher Usmanov", sl.Person, None),
        ("Goodwill", "Good Will", sl.Organization, ("goodwill", "good will", Reason.JOINED)),
        ("PLA", "People's Liberation Army", sl.Organization, None),
        ("Intl", "International", sl.Organization, ("intl", "international", Reason.SYNONYM)),
    ],
)
def test_reasons_of_pairs(a, b, kind, expected):
    """Each way in which two parts can be one has its word."""
    expected = (
        expected
        or {
            "AlisherUsmanov": ("alisherusmanov", "alisher usmanov", Reason.JOINED),
            "PLA": ("pla", "peoples liberation army", Reason.ACRONYM),
        }[a]
    )
    assert pairs(a, b, kind) == [expected]


def test_legal_forms_of_one_class_are_paired():
    """OOO and LLC."""
    found = sl.compare("OOO Karst", "KARST LLC", kind="organization")
    assert found.score == 1
    assert {one.reason for one in found.pairs} == {Reason.EXACT, Reason.LEGAL_FORM}


def test_what_stays_alone():
    """A title, a legal form and a part that is left out do little; a conflict does much."""
    found = sl.compare("Dr. Anna Example", "EXAMPLE, Anna Maria", kind=sl.Person)
    assert [(one.text, one.reason) for one in found.only_query] == [("dr", Reason.TITLE_REMOVED)]
    assert [(one.text, one.reason, one.kind) for one in found.only_listed] == [
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


def test_father_and_son():
    """X bin Y is not Y bin X."""
    found = sl.compare("Salman bin Muhammad", "Muhammad bin Salman", kind=sl.Person)
    assert Reason.REORDERED in found.notes
    assert found.score < 0.65


def test_kinds_of_parts_are_told():
    """From "LAST, First", and from the parts of a name of the list."""
    name = sl.sample()["33954"].names[0]
    found = sl.compare("Anwar Latif Khan", name, kind=sl.Person)
    assert {(one.listed, one.kind) for one in found.pairs} >= {("khan", NamePartKind.FAMILY)}


def test_a_comparison_says_how_it_was_made():
    """The scorer, the kind, and both names as given."""
    found = sl.compare("a B", "C, d", kind=sl.Person)
    assert (found.query, found.listed, found.kind, found.method) == (
        "a B",
        "C, d",
        "person",
        "parts-1",
    )


def test_names_of_lists_are_taken_as_they_are():
    """Lists have weak aliases like "07" and "Z"."""
    short = sl.Name(text="07")
    assert sl.compare(short, short).score == 1
    assert sl.compare(sl.Name(text="Z"), sl.Name(text="Z")).score == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"a": "", "b": "x"}, "empty"),
        ({"a": "John Doe", "b": 7}, "must be text"),
        ({"a": "x", "b": "John Doe"}, "single letter"),
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
