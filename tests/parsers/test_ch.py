"""Switzerland's list: tables, identities, spelling variants, modifications, delisted targets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cases_ch import CASES

import sanctionslib as sl

(CASE,) = CASES

PROGRAM = (
    '<sanctions-program ssid="1"><program-key lang="eng">Exampleland</program-key>'
    '<program-name lang="eng">Ordinance on Exampleland</program-name>'
    '<sanctions-set ssid="7" lang="eng">annex 2</sanctions-set><origin>EU</origin>'
    "</sanctions-program>"
)
PLACE = '<place ssid="5"><location>Minsk</location><country iso-code="BY">Belarus</country></place>'
NAME = '<name name-type="primary-name"><name-part order="1" name-part-type="whole-name"><value>EXAMPLE</value></name-part></name>'
LISTED = '<modification modification-type="listed" effective-date="2020-01-02"/>'


def document(*parts: str, list_type: str = "whole-list") -> bytes:
    inside = "".join(parts)
    return (
        f'<swiss-sanctions-list list-type="{list_type}" date="2026-08-15">{inside}'
        "</swiss-sanctions-list>"
    ).encode()


def target(
    inside: str = "", *, kind: str = "individual", more: str = LISTED, identity: str = NAME
) -> str:
    """A target with one identity."""
    end = kind.partition(" ")[0]
    return (
        f'<target ssid="9"><sanctions-set-id>7</sanctions-set-id><{kind}>'
        f'<identity ssid="2" main="true">{identity}</identity>{inside}</{end}>{more}</target>'
    )


def read(*parts: str) -> sl.SanctionsList[sl.Entity]:
    return CASE.read([document(*parts)])


def one(made: str) -> sl.Entity:
    (entity,) = read(PROGRAM, made, PLACE)
    return entity


def name(*parts: str, more: str = 'name-type="primary-name"') -> str:
    inside = "".join(
        f'<name-part order="{at}" name-part-type="given-name">{part}</name-part>'
        for at, part in enumerate(parts, 1)
    )
    return f'<name ssid="3" {more}>{inside}</name>'


def variant(text: str, language: str, script: str) -> str:
    return f'<spelling-variant lang="{language}" script="{script}">{text}</spelling-variant>'


# ── the file ──────────────────────────────────────────────────────────────────────────────────


def test_a_list_of_changes_is_refused() -> None:
    """It is never the complete list; read with partial=True, its edition states what is missing."""
    changes = document(PROGRAM, target(), list_type="amendment")
    with pytest.raises(sl.IncompleteEditionError, match="'amendment'"):
        CASE.read([changes])
    part = CASE.read([changes], partial=True)
    assert part.editions[0].scope is sl.Scope.CUSTOM
    assert part.editions[0].filter == "list-type 'amendment'"
    assert [each.kind for each in part.audit.issues] == [sl.answers.IssueKind.EDITION]


def test_a_file_that_does_not_say_what_it_is_is_refused() -> None:
    """Without `list-type` the file does not state that the list is complete."""
    with pytest.raises(sl.IncompleteEditionError):
        CASE.read([document(PROGRAM, target()).replace(b'list-type="whole-list"', b"")])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1)])
def test_tables_in_any_place(order: tuple[int, ...]) -> None:
    """Places and ordinances are found before the targets and after them."""
    parts = (PROGRAM, PLACE, target(identity=f'{NAME}<address place-id="5"/>'))
    (entity,) = read(*[parts[at] for at in order])
    assert entity.programs == ("Exampleland",)
    assert [str(each.country) for each in entity.addresses] == ["Belarus"]


def test_keys_that_lead_nowhere() -> None:
    """A place or an annex that the file lacks is reported, and its key is kept."""
    found = read(target(identity=f'{NAME}<address place-id="6"><c-o>X</c-o></address>'))
    (entity,) = found
    assert [(each.label, each.value) for each in entity.features] == [
        ("individual/identity/address@place-id", "6"),
        ("sanctions-set-id", "7"),
    ]
    assert {each.kind for each in found.audit.issues} == {sl.answers.IssueKind.UNRESOLVED_REFERENCE}
    assert entity.addresses[0].care_of == "X"
    assert entity.programs == ()


def test_a_place_that_comes_twice_is_reported() -> None:
    """The first one is used."""
    again = PLACE.replace("Minsk", "Brest")
    found = read(PROGRAM, target(identity=f'{NAME}<address place-id="5"/>'), PLACE, again)
    assert [each.city for entity in found for each in entity.addresses] == ["Minsk"]
    assert [each.kind for each in found.audit.issues] == [sl.answers.IssueKind.DUPLICATE_ID]


def test_what_a_table_does_not_have_is_reported() -> None:
    """An element in a new place is reported."""
    place = PLACE.replace("</place>", "<planet>Earth</planet></place>")
    found = read(PROGRAM, target(), place, place.replace('ssid="5"', 'ssid="6"'))
    (issue,) = found.audit.issues  # one for all places
    assert "place/planet" in issue.message
    assert [value for _, value in issue.source or ()] == ["Earth", "Earth"]


# ── names ─────────────────────────────────────────────────────────────────────────────────────


def test_spelling_variants() -> None:
    """One name for each language and script; a part without that variant keeps its value."""
    first = f"<value>Lara</value>{variant('Лара', 'RUS', 'CYRL')}{variant('Larra', 'FRE', 'LATN')}"
    last = f"<value>Exampla</value>{variant('Прыклад', 'BEL', 'CYRL')}{variant('Пример', 'RUS', 'CYRL')}"
    names = one(target(identity=name(first, last))).names
    assert [(each.text, each.kind, each.language, each.script) for each in names] == [
        ("Lara Exampla", sl.NameKind.PRIMARY, None, None),
        ("Лара Пример", sl.NameKind.ORIGINAL_SCRIPT, "ru", "Cyrl"),
        ("Larra Exampla", sl.NameKind.VARIATION, "fr", "Latn"),
        ("Lara Прыклад", sl.NameKind.ORIGINAL_SCRIPT, "be", "Cyrl"),
    ]
    assert {each.group_id for each in names} == {"3"}


def test_variants_of_an_alias_are_aliases() -> None:
    """In another script, too, and with its quality."""
    part = f"<value>Dima</value>{variant('Дима', 'RUS', 'CYRL')}"
    alias = name(part, more='name-type="alias" quality="low"')
    found = one(target(identity=NAME + alias)).aliases
    assert [(each.text, each.kind, each.strength) for each in found] == [
        ("Dima", sl.NameKind.AKA, sl.AliasStrength.WEAK),
        ("Дима", sl.NameKind.AKA, sl.AliasStrength.WEAK),
    ]


def test_primary_names_in_several_languages() -> None:
    """The first is the primary name, and each other a variation of it."""
    names = name("<value>Bank</value>", more='name-type="primary-name" lang="eng"')
    names += name("<value>Banque</value>", more='name-type="primary-name" lang="fre"')
    assert [
        (each.text, each.kind, each.language) for each in one(target(identity=names)).names
    ] == [
        ("Bank", sl.NameKind.PRIMARY, "en"),
        ("Banque", sl.NameKind.VARIATION, "fr"),
    ]


def test_several_variants_of_one_part() -> None:
    """Each gives a name, with the first variants of the other parts: no pair is invented."""
    first = f"<value>Ali</value>{variant('علي', 'ARA', 'ARAB')}{variant('على', 'ARA', 'ARAB')}"
    last = f"<value>Example</value>{variant('مثال', 'ARA', 'ARAB')}"
    names = one(target(identity=name(first, last))).names
    assert [each.text for each in names] == ["Ali Example", "علي مثال", "على مثال"]


def test_parts_in_their_order() -> None:
    """`order` counts, and not the place in the file."""
    parts = (
        '<name-part order="2" name-part-type="given-name"><value>Anna</value></name-part>',
        '<name-part order="1" name-part-type="family-name"><value>EXAMPLE</value></name-part>',
    )
    entity = one(target(identity=f'<name name-type="primary-name">{"".join(parts)}</name>'))
    assert entity.name == "EXAMPLE Anna"
    assert entity.names[0].part(sl.NamePartKind.FAMILY) == "EXAMPLE"


def test_a_former_name_of_a_maiden_name_alone() -> None:
    """It is unchanged."""
    former = (
        '<name name-type="formerly-known-as"><name-part order="1" name-part-type="maiden-name">'
        "<value>Formerova</value></name-part></name>"
    )
    (alias,) = one(target(identity=NAME + former)).aliases
    assert (alias.text, alias.kind) == ("Formerova", sl.NameKind.FKA)
    assert alias.part(sl.NamePartKind.MAIDEN) == "Formerova"


# ── identities ────────────────────────────────────────────────────────────────────────────────


def test_another_identity() -> None:
    """Its primary name is an alias in any place, and its birth refers to it."""
    other = f'<identity>{name("<value>Other</value>")}<day-month-year year="1970"/></identity>'
    made = target().replace("<individual>", f"<individual>{other}")
    entity = one(made)
    assert isinstance(entity, sl.Person)
    assert [(each.text, each.kind) for each in entity.names] == [
        ("EXAMPLE", sl.NameKind.PRIMARY),
        ("Other", sl.NameKind.AKA),
    ]
    assert [each.note for each in entity.births] == ["identity Other"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('day="3" month="4" year="1980"', "1980-04-03"),
        ('month="4" year="1980"', "1980-04"),
        ('year="1980" calendar="Gregorian"', "1980"),
    ],
)
def test_dates_of_birth(given: str, expected: str) -> None:
    """As exactly as the file states them."""
    entity = one(target(identity=f"{NAME}<day-month-year {given}/>"))
    assert isinstance(entity, sl.Person)
    assert [str(each.date) for each in entity.births] == [expected]


@pytest.mark.parametrize(
    ("given", "raw", "calendar"),
    [
        ('day="3" year="1980"', "day 3, year 1980", sl.model.Calendar.GREGORIAN),
        ('day="3" month="4"', "day 3, month 4", sl.model.Calendar.GREGORIAN),
        ('month="4" year="1350" calendar="Islamic"', "1350-04", sl.model.Calendar.ISLAMIC),
        ('year="1350" calendar="Solar"', "year 1350, calendar Solar", sl.model.Calendar.GREGORIAN),
    ],
)
def test_dates_of_birth_that_are_text(given: str, raw: str, calendar: sl.model.Calendar) -> None:
    """No day is invented, and none is converted from another calendar; it is reported."""
    found = read(PROGRAM, target(identity=f"{NAME}<day-month-year {given}/>"))
    (entity,) = found
    assert isinstance(entity, sl.Person)
    assert [each.date for each in entity.births] == [sl.PartialDate(raw=raw, calendar=calendar)]
    assert [each.kind for each in found.audit.issues] == [sl.answers.IssueKind.UNREAD_VALUE]


def test_a_birth_of_an_organization_is_a_labelled_fact() -> None:
    """The source does not state whether it is the date of foundation."""
    entity = one(target(kind="entity", identity=f'{NAME}<day-month-year year="1999"/>'))
    assert [(each.label, each.value) for each in entity.features] == [("day-month-year", "1999")]


# ── what a target states ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("individual", "person"),
        ("entity", "organization"),
        ('object object-type="vessel"', "vessel"),
        ('object object-type="aircraft"', "aircraft"),
        ('object object-type="balloon"', "entity"),
    ],
)
def test_kinds(kind: str, made: str) -> None:
    """An object of an unknown type is an entity without kind."""
    assert one(target(kind=kind)).kind == made


def test_imo_numbers_and_offices() -> None:
    """They are labelled texts; the text stays a remark, and a company's vessel is not its own."""
    text = "<other-information>IMO Number: 9074729</other-information>"
    ship = one(target(text, kind='object object-type="vessel"'))
    assert [(each.kind, each.value) for each in ship.identifiers] == [
        (sl.IdentifierKind.IMO, "9074729")
    ]
    assert ship.remarks == "IMO Number: 9074729"
    assert one(target(text, kind="entity")).identifiers == ()
    person = one(target("<other-information>Function: Minister</other-information>"))
    assert isinstance(person, sl.Person)
    assert person.positions == ("Minister",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SWIFT/BIC code: EXAMCHBB and 5040942458", ["BIC EXAMCHBB"]),
        ("SWIFT codes: EXAMCHBBKSH (Kish branch), ABCDEFG1 (Dubai)", ["BIC EXAMCHBBKSH", "BIC ABCDEFG1"]),
        ("Email Address: a@example.org; SWIFT/BIC EXAMCHBB (Libya); Tel No.: (218) 21", ["BIC EXAMCHBB", "EMAIL a@example.org", "PHONE (218) 21"]),
        ("Registration number: 1027700; Tax identification number: 7701", ["REGISTRATION 1027700", "TAX 7701"]),
        ("Type of entity: company", ["ORGANIZATION_TYPE company"]),
        ("Place of registration: Example", ["REGISTRATION_COUNTRY Example"]),
        ("SWIFT/BIC: see BRANCHES below", []),
        ("Swift Investments (PVT) Ltd", []),
        ("No C 38181; IMO number of the vessel: 9387803.", []),
    ],
)  # fmt: skip
def test_labelled_facts(text: str, found: list[str]) -> None:
    """What follows a known label is taken; all of it stays a remark."""
    entity = one(target(f"<other-information>{text}</other-information>", kind="entity"))
    facts = [*entity.identifiers, *entity.features]
    assert [f"{each.kind.name} {each.value}" for each in facts if each.kind] == found
    assert entity.remarks == text


def test_references_of_other_lists() -> None:
    """A number of the UN is one; any other is a labelled fact."""
    numbers = ("QDi.001", "QI.A.1.01", "140")
    more = "".join(f"<foreign-identifier>{each}</foreign-identifier>" for each in numbers)
    entity = one(target(more=more + LISTED))
    assert [(each.kind, each.value) for each in entity.identifiers] == [
        (sl.IdentifierKind.UN_REFERENCE, "QDi.001"),
        (sl.IdentifierKind.UN_REFERENCE, "QI.A.1.01"),
    ]
    assert [(each.label, each.value) for each in entity.features] == [("foreign-identifier", "140")]


# ── since when, and until when ────────────────────────────────────────────────────────────────


def modified(kind: str, day: str, inside: str = "") -> str:
    when = f' effective-date="{day}"' if day else ""
    return f'<modification modification-type="{kind}"{when}>{inside}</modification>'


LIST, OFF = "listed", "de-listed"


@pytest.mark.parametrize(
    ("events", "listed_since", "until"),
    [
        ([(LIST, "2020-01-02")], "2020-01-02", None),
        ([(LIST, "")], None, None),
        ([(OFF, "2021-03-04"), (LIST, "2020-01-02")], "2020-01-02", "2021-03-04"),
        ([(OFF, "2021-03-04"), (LIST, "")], None, "2021-03-04"),
        ([(LIST, "2020-01-02"), (OFF, "2021-03-04")], "2020-01-02", "2021-03-04"),
        (
            [(LIST, "2022-05-06"), (OFF, "2021-03-04"), (LIST, "2020-01-02")],
            "2020-01-02",
            None,
        ),
        # Of two on one day, the newer is first in the file.
        ([(LIST, "2021-03-04"), (OFF, "2021-03-04"), (LIST, "2020-01-02")], "2020-01-02", None),
        ([(OFF, "2021-03-04"), (LIST, "2021-03-04")], "2021-03-04", "2021-03-04"),
        ([("amended", "2023-01-01"), (OFF, "2021-03-04"), (LIST, "")], None, "2021-03-04"),
    ],
)
def test_delisted(
    events: list[tuple[str, str]], listed_since: str | None, until: str | None
) -> None:
    """The last listing or delisting decides, by its date and not by its place in the file."""
    entity = one(target(more="".join(modified(*each) for each in events)))
    (designation,) = entity.designations
    assert (entity.listed_since and str(entity.listed_since)) == listed_since
    assert (designation.until and str(designation.until)) == until
    assert entity.is_delisted is (until is not None)
    assert ("(delisted)" in repr(entity)) is entity.is_delisted


def test_a_delisting_without_a_day_is_one() -> None:
    """It never vanishes."""
    entity = one(target(more=modified(OFF, "") + LISTED))
    assert entity.is_delisted


def test_explained() -> None:
    """A delisted party has the date of listing and the date of delisting."""
    entity = one(target(more=modified(OFF, "2021-03-04") + LISTED))
    shown = str(sl.SanctionsList([entity]).why("9"))
    assert "Until" in shown
    assert "2021-03-04" in shown


def test_the_days_of_an_act() -> None:
    """The day of effect is that of the event; those of enactment and publication are of the act."""
    more = (
        '<modification modification-type="listed" enactment-date="2020-01-01" '
        'publication-date="2020-01-02" effective-date="2020-01-03"/>'
    )
    ((event,),) = [each.events for each in one(target(more=more)).listings]
    assert str(event.date) == "2020-01-03"
    assert event.act is not None
    assert event.act.title == "modification enacted on 2020-01-01"
    assert str(event.act.published) == "2020-01-02"


def test_copies_in_modifications_are_not_read() -> None:
    """A removed name is not a name of the entity; the source keeps it."""
    copied = f"<removed><individual><identity>{NAME.replace('EXAMPLE', 'REMOVED')}</identity></individual></removed>"
    files = [document(PROGRAM, target(more=modified("amended", "2021-01-01", copied) + LISTED))]
    found = CASE.read(files, keep_source=True)
    (entity,) = found
    assert [each.text for each in entity.names] == ["EXAMPLE"]
    assert found.audit.issues == ()
    assert entity.source is not None
    assert [path for path, value in entity.source if value == "REMOVED"] == [
        "modification/removed/individual/identity/name/name-part/value"
    ]
    assert {each.coverage for each in found.audit.paths if "/removed/" in each.path} == {
        sl.answers.Coverage.STRUCTURAL
    }


# ── official files ────────────────────────────────────────────────────────────────────────────


def test_excerpt(lists: Path) -> None:
    """Four targets of 15 August 2026, checked by hand: we had no complete list."""
    path = lists / "ch_seco_sanctions" / "seco_excerpt_4_targets_2026-08-15.xml"
    found = CASE.read([path.read_bytes()])
    taken_off, official, ship, daughter = found
    assert [each.text for each in taken_off.names] == [
        "Lukashenka Dzmitry Aliaksandravich",
        "Lukashenko Dmitri Aleksandrovich",
        "ЛУКАШЭНКА Дзмітрый Аляксандравіч",
        "ЛУКАШЕНКО Дмитрий Александрович",
    ]
    assert taken_off.listed_since is None  # its listing has no date
    assert taken_off.designations[0].until == sl.PartialDate.day(date(2016, 3, 1))
    assert [each.is_delisted for each in found] == [True, False, False, False]
    assert [(each.kind, each.value) for each in official.identifiers] == [
        (sl.IdentifierKind.PASSPORT, "BM2229283"),
        (sl.IdentifierKind.NATIONAL_ID, "3070574E057PB8"),
    ]
    assert [(each.kind, each.value) for each in ship.identifiers] == [
        (sl.IdentifierKind.IMO, "8405270")
    ]
    assert [each.text for each in ship.aliases] == ["Hwang Gum San 2"]
    assert [(each.text, each.kind) for each in daughter.aliases][1:] == [
        ("Putina", sl.NameKind.FKA),
        ("Mariya Vorontsova", sl.NameKind.AKA),
        ("Maria Faassen", sl.NameKind.AKA),
    ]
    reason = daughter.designations[0].reason
    assert reason is not None
    assert reason.count("\n") == 1


def test_official_example(lists: Path) -> None:
    """SECO's own example is a list of changes."""
    name = "seco_official_example_amendment_2024-01-17.xml"
    data = [(lists / "ch_seco_sanctions" / name).read_bytes()]
    with pytest.raises(sl.IncompleteEditionError):
        CASE.read(data)
    found = CASE.read(data, partial=True)
    assert [each.name for each in found] == ["Test B", "Test C", "Test A"]
    assert {each.programs for each in found} == {("PPDM",)}
    assert found["64393"].designations[0].note == (
        "PPDM: Financial measures, annex 2; PPDM: Travel ban, annex 1"
    )
    assert len(found.audit.issues) == 1  # that it is a part
