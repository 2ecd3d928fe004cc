"""OFAC's enhanced XML: the list of a file, and its repeated facts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from enhanced_files import DELTA, NAME, SDN, enhanced, feature, period, plain
from faults import kinds

import sanctionslib as sl

Found = sl.SanctionsList[sl.Entity]

EVERY = Path(__file__).parent / "data" / "ofac_enhanced.xml"
SSI_LIST, WRAPPER = "Sectoral Sanctions Identifications List", "Consolidated List"
ALL = ("SDN List", SSI_LIST, WRAPPER)
SSI = SDN.replace("1550", "91507").replace("SDN List", SSI_LIST)
CONS = SDN.replace("1550", "91512").replace("SDN List", WRAPPER)
BOTH = SDN + SSI + CONS
BESIDE = "; parties that are also on the SDN List are under us_ofac_sdn"
MIXED = enhanced(
    plain(1, lists=SDN),
    plain(2, lists=SSI + CONS),
    plain(3, lists=BOTH),
    lists=ALL,
    programs=("SDGT",),
)


def faulty(data: bytes | str, list_id: str | None = None) -> Found:
    """A file with faults, or a file of one party with them."""
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        return sl.read(data if isinstance(data, bytes) else enhanced(data), list_id=list_id)


def ids(found: Found) -> list[str]:
    return [one.id for one in found]


def scopes(found: Found) -> list[tuple[str, sl.Scope, str | None]]:
    return [(one.list_id, one.scope, one.filter) for one in found.editions]


def kept(found: Found) -> dict[str, str]:
    """The Features without kind, by path."""
    features = [one for each in found for one in each.features]
    return {one.label: one.value for one in features if one.kind is None}


# ── the edition ───────────────────────────────────────────────────────────────────────────────


def test_edition() -> None:
    """The date as written, the time verbatim, the filter in words, the unsupported facts."""
    found = sl.read(EVERY)
    (edition,) = found.editions
    assert (edition.list_id, edition.scope, edition.filter) == (
        *("us_ofac_sdn", sl.Scope.CUSTOM),
        "program SDGT",
    )
    assert (edition.published, edition.dated_by) == (date(2021, 12, 10), "file")
    assert edition.generated_at == "2021-12-10T15:04:05.123-05:00"
    assert (edition.declared, edition.missing, edition.lists) == (None, (), None)
    unstated = {one.fact: bool(one.alternative_source) for one in found.why("1").unstated}
    assert unstated == {sl.Fact.REASON: True, sl.Fact.DELISTING_DATE: True}


@pytest.mark.parametrize(
    ("text", "generated"),
    [
        ("2025-01-10T00:00:00", None),
        ("2025-01-10", None),
        ("2025-01-10T23:30:00.5-05:00", "2025-01-10T23:30:00.5-05:00"),
        ("2025-01-10T00:00:00Z", "2025-01-10T00:00:00Z"),
    ],
)
def test_the_day_is_never_converted(text: str, generated: str | None) -> None:
    """The date is read as written; midnight without a time zone is not a time."""
    (edition,) = sl.read(enhanced(plain(1), as_of=text)).editions
    assert (edition.published, edition.generated_at) == (date(2025, 1, 10), generated)


@pytest.mark.parametrize(
    ("lists", "programs", "list_id", "narrowed"),
    [
        (("SDN List",), (), "us_ofac_sdn", None),
        ((WRAPPER,), (), "us_ofac_cons", None),
        (("SDN List",), ("SDGT", "CUBA"), "us_ofac_sdn", "programs SDGT, CUBA"),
        ((SSI_LIST,), (), "us_ofac_cons", f"list {SSI_LIST}"),
        # Then the party states it, which is on all of them.
        (ALL, (), "us_ofac_sdn", "export over all lists"),
        (ALL, ("SDGT",), "us_ofac_sdn", "program SDGT"),
        (ALL[:2], ("SDGT",), "us_ofac_sdn", f"lists SDN List, {SSI_LIST}; program SDGT"),
        ((), (), "us_ofac_sdn", "the file does not state its lists"),
    ],
)
def test_scope(
    lists: tuple[str, ...], programs: tuple[str, ...], list_id: str, narrowed: str | None
) -> None:
    """A file of one list without a program filter is complete; the others state their filter."""
    found = sl.read(enhanced(plain(1, lists=BOTH), lists=lists, programs=programs))
    assert scopes(found) == [
        (list_id, sl.Scope.WHOLE if narrowed is None else sl.Scope.CUSTOM, narrowed)
    ]
    assert not found.audit.issues


def test_list_renamed_under_its_number() -> None:
    """A list under another name and its own number is the list that it was."""
    found = sl.read(enhanced(plain(1)).replace(b"SDN List", b"SDN and Blocked Persons List"))
    assert scopes(found) == [("us_ofac_sdn", sl.Scope.WHOLE, None)]
    assert [(one.vocabulary, one.code) for one in found.audit.unknown_codes] == [
        ("list", "SDN and Blocked Persons List")
    ]


def test_answer_of_the_service_for_one_id() -> None:
    """A bare root without namespace, date and tables is a part of a list, dated by the caller."""
    data = f'<?xml version="1.0"?><entities>{plain(1)}</entities>'.encode()
    with pytest.warns(sl.errors.UndatedEditionWarning):
        assert ids(sl.read(data)) == ["us_ofac_sdn:1"], "as the party says"
    (edition,) = sl.read(data, list_id="us_ofac_sdn", published="2024-05-06").editions
    assert (edition.scope, edition.dated_by) == (sl.Scope.CUSTOM, "caller")


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (enhanced(plain(1), namespace=DELTA), sl.errors.UnknownFormatError, "it is not an edition"),
        (enhanced(plain(1), as_of=None), sl.errors.StructureChangedError, "dataAsOf"),
        (enhanced(plain(1), as_of="10/01/2025"), sl.errors.StructureChangedError, "dataAsOf"),
        (
            enhanced(plain(1), as_of="2025-02-30T00:00:00"),
            sl.errors.StructureChangedError,
            "dataAsOf",
        ),
        (b"<entities><thing/></entities>", sl.errors.UnknownFormatError, "<entities>"),
        (enhanced(plain(1, lists=""), lists=ALL), sl.InvalidInputError, "this party is on none"),
    ],
)
def test_refused(data: bytes, error: type[sl.SanctionsError], message: str) -> None:
    """A file that is not an edition, has no date, or belongs to an unknown list."""
    with pytest.raises(error, match=message) as caught:
        sl.read(data)
    assert type(caught.value) is error
    assert caught.value.hint


# ── exports over several lists ────────────────────────────────────────────────────────────────


def test_each_party_is_under_the_id_of_its_list(tmp_path: Path) -> None:
    """One list with two editions, both incomplete; the SDN List comes first."""
    path = tmp_path / "CONS_ENHANCED.XML"
    path.write_bytes(MIXED)
    for source in (MIXED, path):
        found = sl.read(source)
        assert ids(found) == ["us_ofac_sdn:1", "us_ofac_cons:2", "us_ofac_sdn:3"]
        assert scopes(found) == [
            ("us_ofac_sdn", sl.Scope.CUSTOM, "program SDGT"),
            ("us_ofac_cons", sl.Scope.CUSTOM, "program SDGT" + BESIDE),
        ]
        assert all(one.edition in found.editions for one in found)
        assert all(one.edition and one.edition.list_id == one.list_id for one in found)
        assert (found.audit.editions, found.audit.issues) == (found.editions, ())


@pytest.mark.parametrize(
    ("data", "given"),
    [
        (MIXED, "us_ofac_sdn"),
        (MIXED, "us_ofac_cons"),
        (enhanced(plain(1, lists=SDN), lists=ALL), "us_ofac_cons"),
        (enhanced(plain(1, lists=SSI + CONS), lists=ALL), "us_ofac_sdn"),
        (enhanced(plain(1)), "us_ofac_cons"),
    ],
)
def test_the_caller_against_the_file(data: bytes, given: str, tmp_path: Path) -> None:
    """A list id would leave parties out, or give them the id of a list that they are not on."""
    with pytest.raises(sl.InvalidInputError, match=f"`list_id` is {given}") as no:
        sl.read(data, list_id=given)
    assert "omit list_id" in no.value.hint
    with pytest.raises(sl.InvalidInputError, match=f"`list_id` is {given}"):
        sl.Archive(tmp_path).add(data, list_id=given)
    assert sl.Archive(tmp_path).editions(given).editions == ()


@pytest.mark.parametrize("given", ["us_ofac_sdn", "us_ofac_cons"])
def test_the_caller_can_say_a_list_that_all_are_on(given: str) -> None:
    """The party of both lists is of either, then."""
    found = sl.read(enhanced(plain(1, lists=BOTH), lists=ALL), list_id=given)
    assert scopes(found) == [(given, sl.Scope.CUSTOM, "export over all lists")]
    assert ids(found) == [f"{given}:1"]


def test_a_party_on_no_list() -> None:
    """The file is rejected, unless the caller names its list; then the party is reported."""
    data = enhanced(plain(1), plain(2, lists=""), lists=ALL)
    with pytest.raises(sl.InvalidInputError, match="this party is on none") as caught:
        sl.read(data, partial=True)
    assert caught.value.where.entry == "2"
    assert ids(faulty(data, list_id="us_ofac_sdn")) == ["us_ofac_sdn:1", "us_ofac_sdn:2"]
    with pytest.raises(sl.InvalidInputError, match="no party is on a list"):
        sl.read(enhanced(lists=ALL), partial=True)


def test_what_could_not_be_read_is_missing_from_both() -> None:
    """An entry without a name is missing from each of the editions."""
    parties = (plain(1), plain(2, lists=SSI), plain(3, names=""))
    found = faulty(enhanced(*parties, lists=ALL))
    assert [one.missing for one in found.editions] == [("1 that could not be read",)] * 2


def test_keys_that_we_build_and_keys_that_occur_twice() -> None:
    """The id of each names the list of its party, and no two are the same."""
    other = re.search(r"<names>(.*)</names>", plain(7))
    assert other is not None
    again = plain(1, lists=SSI, names=other[1])
    nameless = [plain("", lists=one) for one in (SDN, SSI)]
    found = faulty(enhanced(plain(1), again, *nameless, lists=ALL))
    assert ids(found) == [
        *("us_ofac_sdn:1", "us_ofac_cons:~1"),
        *("us_ofac_sdn:~example", "us_ofac_cons:~example-2"),
    ]
    assert all(one.edition and one.edition.list_id == one.list_id for one in found)


def test_a_sample_stays_one() -> None:
    """The mark of a sample counts for each of its lists, with any filter."""
    found = sl.read(MIXED.replace(b"?>", b'?><?sanctionslib scope="sample"?>', 1))
    assert [(one.scope, one.filter) for one in found.editions] == [(sl.Scope.SAMPLE, None)] * 2


@pytest.mark.parametrize(
    "data",
    [
        enhanced(plain(1), plain(2, lists=SSI)),
        enhanced(plain(1, program="CUBA"), plain(2), programs=("CUBA",)),
        enhanced(plain(2), lists=("SDM List",)),
    ],
)
def test_entity_of_another_file(data: bytes) -> None:
    """A party on none of the lists, or under none of the programs, that the file names.

    An unknown list name identifies no list: the parties do.
    """
    found = faulty(data)
    assert [(one.kind, one.where.entry) for one in found.audit.issues] == [
        (sl.answers.IssueKind.EDITION, "2")
    ]


# ── repeated facts of a party ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'id="5">SDGT<',
            'id="5">CUBA<',
            "means 'SDGT' in the file's own tables, and is kept as 'CUBA'",
        ),
        ('refId="204" id', 'refId="8888" id', "means nothing in the file's own tables"),
        ('id="6">Block<', 'id="6"><', "is kept as 'Block'"),
        ('"20122">Latin<', '"8888"><', "script@refId means nothing"),
        ('featureTypeId="14">W', 'featureTypeId="9">W', "means 'Place of Birth' in"),
        (
            'refId="205"',
            'refId="204"',
            "means 'CUBA' in the file's own tables, and is kept as 'SDGT'",
        ),
    ],
)
def test_number_and_word(old: str, new: str, message: str) -> None:
    """A number and a word that do not agree are reported once; a number alone gets its word."""
    parties = [plain(uid, f"<features>{feature()}</features>") for uid in (1, 2)]
    found = faulty(enhanced(*parties).decode().replace(old, new).encode())
    assert kinds(found) == [sl.answers.IssueKind.UNRESOLVED_REFERENCE]
    assert message in found.audit.issues[0].message
    assert [one.measures[0].kind for one in found] == [sl.MeasureKind.ASSET_FREEZE] * 2


PERSON = '<identityId>1</identityId><entityType refId="600">Individual</entityType>'
YEAR = "1970-01-01 1970-01-01 1970-12-31 1970-12-31"


@pytest.mark.parametrize(
    ("text", "days", "is_kept"),
    [
        ("1971", YEAR, False),
        ("1970", YEAR.replace("01-01", "01-01Z", 1), True),
        ("1970", "1970-12-31 1970-12-31 1970-01-01 1970-01-01", True),
        ("1970", "1970-01-01 1970-06-30 1970-07-05 1970-12-31", True),  # and it states: not a range
        ("1970", "- - - -", True),
    ],
)
def test_text_and_four_days(text: str, days: str, is_kept: bool) -> None:
    """Where they contradict, the days count; days that make no date are kept with the text."""
    birth = feature("Birthdate", text, period("valueDate", days))
    found = faulty(plain(1, f"<features>{birth}</features>", info=PERSON))
    date_of_birth = found.get("1", kind=sl.Person).births[0].date
    assert date_of_birth == sl.PartialDate.year(1970)
    assert date_of_birth is not None
    assert date_of_birth.raw == text
    assert kinds(found) == [sl.answers.IssueKind.UNREAD_VALUE]
    assert ("features/feature/valueDate/isApproximate" in kept(found)) is is_kept


MAIN = "<isPrimary>true</isPrimary>"
OWN = "<translation id='5'>"
PART = "<addressPart><type>CITY</type><value>Tehran</value></addressPart>"
GOOD = plain(
    1,
    f"<addresses><address><country>Iran</country><translations>{OWN}{MAIN}"
    f"<addressParts>{PART}</addressParts></translation></translations></address></addresses>"
    f"<features>{feature()}</features><identityDocuments><identityDocument><type>Passport</type>"
    '<name nameId="11" nameTranslationId="21">EXAMPLE 1</name><documentNumber>X1</documentNumber>'
    "</identityDocument></identityDocuments>",
)
NO = "<isPrimary>false</isPrimary>"
UNNAMED = f'<name id="71">{NO}</name></names>'


@pytest.mark.parametrize(
    ("old", "new", "issue", "kept_at"),
    [
        # Names: the parts and the complete name, the main form, the main one of several, none.
        ("1</formattedL", "2</formattedL", "STRUCTURE", "formattedLastName: EXAMPLE 2"),
        (f"{MAIN}<script", f"{NO}<script", "STRUCTURE", ""),
        (f"{MAIN}<script", "<isPrimary>x</isPrimary><script", "STRUCTURE", "isPrimary: x"),
        ("</names>", NAME.format(uid=2) + "</names>", "NO_PRIMARY_NAME", ""),
        (MAIN, NO, "NO_PRIMARY_NAME", ""),
        ("</names>", UNNAMED, "STRUCTURE", "name@id: 71"),
        # Two places for the country of an address, and parts that do not fit.
        (OWN, f"<country>Cuba</country>{OWN}", "STRUCTURE", "address/translations/country: Cuba"),
        (PART, PART + PART.replace("Tehran", "Qom"), "STRUCTURE", "CITY: Qom"),
        (PART, PART.replace("CITY", "GALAXY"), "STRUCTURE", "GALAXY: Tehran"),
        # The name that a document bears, a flag, a day.
        ('Id="21"', 'Id="99"', "STRUCTURE", "identityDocument/name: EXAMPLE 1"),
        (f"{MAIN}</feature>", "<isPrimary>x</isPrimary></feature>", "UNREAD_VALUE", "isPrimary: x"),
        ("2020-01-02", "2 May 2020", "UNREAD_VALUE", "@datePublished: 2 May 2020"),
        # Nothing to make an object of.
        (' refId="1705" id="6">Block<', ' id="6"><', "STRUCTURE", "sanctionsType@id: 6"),
    ],
)
def test_faults(old: str, new: str, issue: str, kept_at: str) -> None:
    """Contradictions are reported, and values without a field are Features without kind."""
    assert old in GOOD
    assert not sl.read(enhanced(GOOD)).audit.issues
    found = faulty(GOOD.replace(old, new, 1))
    assert {one.kind.name for one in found.audit.issues} == {issue}
    stated = [f"{at}: {text}" for at, text in kept(found).items()]
    assert any(one.endswith(kept_at) for one in stated) if kept_at else not stated
    assert found["1"].name == "EXAMPLE 1"
