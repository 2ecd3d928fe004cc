"""Canada's list: three layouts, kinds by fields, dates of birth and of build, names in a text."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import attrs
import pytest
from case import data
from cases_ca import CASES
from changes import Opened, lost

import sanctionslib as sl
from sanctionslib.parsers.ca._aliases import names_in

(CASE,) = CASES


def read(*records: str) -> sl.SanctionsList[sl.Entity]:
    """A file of these records, each given by its elements."""
    inside = "".join(f"<record>{one}</record>" for one in records)
    return CASE.read([f"<data-set>{inside}</data-set>".encode()])


def one(record: str) -> sl.Entity:
    (entity,) = read(record)
    return entity


def person(more: str) -> sl.Person:
    entity = one(f"<Country>Iran</Country><LastName>EXAMPLE</LastName><Item>1</Item>{more}")
    assert isinstance(entity, sl.Person)
    return entity


def without_day(entity: sl.Entity) -> sl.Entity:
    """An entity as files of 2020 have it: they state no date of listing."""
    designations = [attrs.evolve(each, events=()) for each in entity.designations]
    return attrs.evolve(entity, designations=tuple(designations))


# ── layouts ───────────────────────────────────────────────────────────────────────────────────


def test_bilingual_names_of_elements() -> None:
    """Since 2026 the names of elements have a French part, with the same meaning."""
    assert list(CASE.read(data("ca_sema_2026.xml")())) == list(CASE.read(CASE.small()))


def test_the_layout_of_2020() -> None:
    """It has no ships and no dates of listing; all else is the same."""
    parties = [without_day(each) for each in CASE.read(CASE.small()) if each.kind != "vessel"]
    assert list(CASE.read(data("ca_sema_2020.xml")())) == parties


@pytest.mark.parametrize("name", ["ca_sema_2020.xml", "ca_sema_2026.xml"])
def test_no_value_of_the_other_layouts_is_lost(name: str) -> None:
    """The contract of the small file holds for the others: values are kept, known and mapped."""
    opened = Opened(CASE, data(name)())
    assert lost(opened, 1, at_least=10) == []
    assert {each.coverage for each in opened.found.audit.paths} == {sl.answers.Coverage.MAPPED}
    assert opened.found.audit.issues == ()


def test_another_french_version_is_read() -> None:
    """Only the part before the hyphen is looked at."""
    assert one("<Country-X>Iran</Country-X><EntityOrShip-Y>EXAMPLE</EntityOrShip-Y>").programs == (
        "Iran",
    )


def test_an_element_in_both_spellings_is_reported() -> None:
    """One value is used, and the other is unexpected."""
    found = read("<Country>Iran</Country><Country-Pays>Iran</Country-Pays><LastName>A</LastName>")
    assert [each.path for each in found.audit.unmapped] == ["Country-Pays"]


# ── kinds and keys ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ("<LastName>EXAMPLE</LastName>", "person"),
        ("<GivenName>Example</GivenName>", "person"),
        ("<EntityOrShip>EXAMPLE</EntityOrShip>", "organization"),
        ("<Entity>EXAMPLE</Entity>", "organization"),
        ("<EntityOrShip>E</EntityOrShip><ShipIMONumber>9074729</ShipIMONumber>", "vessel"),
        ("<EntityOrShip>E</EntityOrShip><TitleOrShip>Oil Tanker</TitleOrShip>", "vessel"),
    ],
)
def test_kind(record: str, kind: str) -> None:
    """The elements of an entry identify its kind."""
    assert one(record).kind == kind


def test_a_person_with_the_name_of_an_organization() -> None:
    """No file has that: the name stays, and its role is unknown."""
    found = read("<LastName>EXAMPLE</LastName><EntityOrShip>Example Trading</EntityOrShip>")
    (entity,) = found
    assert [(each.text, each.kind) for each in entity.names] == [
        ("EXAMPLE", sl.NameKind.PRIMARY),
        ("Example Trading", None),
    ]
    assert [each.code for each in found.audit.unknown_codes] == ["EntityOrShip"]


def test_an_organization_has_no_date_of_birth() -> None:
    """A date of an organization is neither birth nor build: it is unexpected."""
    found = read("<EntityOrShip>E</EntityOrShip><DateOfBirth>1980</DateOfBirth>")
    assert [each.value for each in one_of(found).features] == ["1980"]
    assert [each.path for each in found.audit.unmapped] == ["DateOfBirth"]


def test_a_title_of_2020_makes_no_ship() -> None:
    """That layout has none: the title of an organization is a labelled fact."""
    entity = one("<Entity>EXAMPLE</Entity><Title>General</Title>")
    assert entity.kind == "organization"
    assert [(each.label, each.value) for each in entity.features] == [("Title", "General")]


def one_of(found: sl.SanctionsList[sl.Entity]) -> sl.Entity:
    (entity,) = found
    return entity


def test_keys() -> None:
    """A key is made of the English regime, schedule and item; nothing else tells two parties apart."""
    base = "<Country>Haiti / Haïti</Country><LastName>{}</LastName><Item>3</Item>"
    with_schedule = f"{base.format('C')}<Schedule>1, Part 2</Schedule>"
    found = read(base.format("A"), base.format("B"), with_schedule)
    assert [each.source_id for each in found] == ["~haiti.3", "~haiti.3-2", "~haiti.1-part-2.3"]


def test_no_schedule() -> None:
    """In 2020 "N/A" meant none: the key and the place are those of later editions."""
    base = "<Country>Zimbabwe</Country><LastName>EXAMPLE</LastName>{}<Item>94</Item>"
    old, new = (one(base.format(each)) for each in ("<Schedule>N/A</Schedule>", ""))
    assert old.source_id == new.source_id == "~zimbabwe.94"
    assert [each.designations[0].source_id for each in (old, new)] == ["94", "94"]


def test_the_same_record_twice() -> None:
    """It is one party, and a fault."""
    record = "<Country>Haiti</Country><LastName>A</LastName><Item>3</Item>"
    found = read(record, record)
    assert len(found) == 1
    assert [each.kind for each in found.audit.issues] == [sl.answers.IssueKind.DUPLICATE_ID]


# ── dates ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("1954-08-30", ["1954-08-30"]),
        ("1972", ["1972"]),
        ("1972-05", ["1972-05"]),
        ("1963-1964", ["1963 to 1964"]),
        ("1963 or 1964", ["1963", "1964"]),
        ("1965-07-15 OR 1969-09-28", ["1965-07-15", "1969-09-28"]),
        ("1987/1988", ["1987", "1988"]),
        ("31801", ["1987-01-24"]),
        ("09/30/1978", ["1978-09-30"]),
        ("30/09/1978", ["1978-09-30"]),
        ("15-03-1965", ["1965-03-15"]),
        ("1963, 1964", ["1963", "1964"]),
        ("March 15, 1965; 1966", ["1965-03-15", "1966"]),
        ("between 1960 and 1963", ["1960 to 1963"]),
        ("1965-00-00", ["1965"]),
    ],
)
def test_births(text: str, dates: list[str]) -> None:
    """Two dates are two births, a range is one, and the number of a spreadsheet is a day."""
    births = person(f"<DateOfBirth>{text}</DateOfBirth>").births
    assert [str(each.date) for each in births] == dates


@pytest.mark.parametrize(
    "text",
    [
        "Sep-99",
        "born in the early 1970s",
        "1975-19-25",
        "1990 or later",
        "99999",
        "09/03/1978",
        "05-03-1965",
    ],
)
def test_births_that_cannot_be_read(text: str) -> None:
    """They stay text and are reported: "Sep-99" is not the first of January."""
    found = read(f"<LastName>EXAMPLE</LastName><DateOfBirth>{text}</DateOfBirth>")
    (entity,) = found
    assert isinstance(entity, sl.Person)
    (birth,) = entity.births
    assert birth.date == sl.PartialDate(raw=text)
    assert [each.kind for each in found.audit.issues] == [sl.answers.IssueKind.UNREAD_VALUE]


def test_a_day_of_listing() -> None:
    """It is read as a date of birth is, and reported where it cannot be."""
    assert (
        str(one("<Entity>E</Entity><DateOfListing>44540</DateOfListing>").listed_since)
        == "2021-12-10"
    )
    found = read("<Entity>E</Entity><DateOfListing>soon</DateOfListing>")
    assert [each.where.path for each in found.audit.issues] == ["DateOfListing"]


def test_a_ship_has_a_year_of_build() -> None:
    """What would be the birth of a person is the build of a ship."""
    ship = one(
        "<EntityOrShip>E</EntityOrShip><TitleOrShip>Tanker</TitleOrShip>"
        "<DateOfBirthOrShipBuildDate>1980</DateOfBirthOrShipBuildDate>"
    )
    assert isinstance(ship, sl.Vessel)
    assert [str(each) for each in ship.built] == ["1980"]
    assert ship.types == ("Tanker",)


# ── names in a text ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Иван Примеров; Ivan Exampl", ["Иван Примеров", "Ivan Exampl"]),
        ("Ivan Exampl;, Vanya Exampl;", ["Ivan Exampl", "Vanya Exampl"]),
        ("Abu Example, Ali Exampl", ["Abu Example", "Ali Exampl"]),
        ("Alexei, Aleksei", ["Alexei, Aleksei"]),
        ("Примеров, Олег Анатольевич", ["Примеров, Олег Анатольевич"]),
        ("Hemedti, Ali Example, Aly Exampl", ["Hemedti, Ali Example", "Aly Exampl"]),
        ("Олег ПРИМЕР / Олег ПРИМЕРО", ["Олег ПРИМЕР", "Олег ПРИМЕРО"]),
        ("Aleksandr/ Alexandr Example", ["Aleksandr/ Alexandr Example"]),
        ("Ilia or Ilya Example", ["Ilia or Ilya Example"]),
        ("Hanna Exampl or Anna Exampl", ["Hanna Exampl", "Anna Exampl"]),
        ("Anna Ivanovna or Ivanauna Exampl", ["Anna Ivanovna or Ivanauna Exampl"]),
    ],
)
def test_names_of_a_person(text: str, names: list[str]) -> None:
    """No given name becomes a separate alias, and no last name is separated from its given name."""
    assert [name for _, name in names_in(text, is_person=True)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Пример Инвест, ООО", ["Пример Инвест, ООО"]),
        ("Ministry of Examples, Sports and Youth", ["Ministry of Examples, Sports and Youth"]),
        ("Example Wood, Example Wood Ltd.", ["Example Wood", "Example Wood Ltd."]),
        ("EXC, Примерная медная компания", ["EXC", "Примерная медная компания"]),
        ("GORT/ORTAS", ["GORT/ORTAS"]),
        ('ООО "Примеров"/ Завод "Примеров"', ['ООО "Примеров"', 'Завод "Примеров"']),
        ("Example (air, example space) forces", ["Example (air, example space) forces"]),
    ],
)
def test_names_of_an_organization(text: str, names: list[str]) -> None:
    """A legal form or a part of a name is not an alias."""
    assert [name for _, name in names_in(text, is_person=False)] == names


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        ("Example Navy/Force navale", ["Example Navy", "Force navale"], []),
        ("Example Mills (Hmaw Bi/Pyi Wama)", ["Example Mills (Hmaw Bi/Pyi Wama)"], []),
        ("Army/Front of Examples", ["Army/Front of Examples"], []),
        ("EX JSC (also known as EX One, OAO)", ["EX JSC"], ["EX One, OAO"]),
        ("EX (EXC) JSC (also known as EX One and EX Two)", ["EX (EXC) JSC"], ["EX One and EX Two"]),
        ("EX JSC (Also known as Example A and Example B", ["EX JSC"], ["Example A", "Example B"]),
    ],
)
def test_a_name_that_is_several(text: str, names: list[str], others: list[str]) -> None:
    """An organization's own name can be in two languages, with others in brackets behind it."""
    found = one(f"<EntityOrShip>{text}</EntityOrShip>")
    kinds = [sl.NameKind.PRIMARY, sl.NameKind.VARIATION]
    assert [(each.text, each.kind) for each in found.names] == [
        *zip(names, kinds, strict=False),
        *((each, sl.NameKind.AKA) for each in others),
    ]
    assert [each.value for each in found.features] == ([text] if [text] != names else [])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("also Andrei Exampl; (Ivan Exampl", ["Andrei Exampl", "Ivan Exampl"]),
        ('ООО "Пример")', ['ООО "Пример"']),
        ("Примерный банк) (Russian: Банк (АО)", ["Примерный банк", "Банк (АО)"]),
    ],
)
def test_signs_around_a_name(text: str, names: list[str]) -> None:
    """A single bracket, and "also", are not part of a name."""
    assert [name for _, name in names_in(text, is_person=False)] == names


def test_languages() -> None:
    """A language is that of the name after it alone, with or without a comma before it."""
    stated = "Ali Example, Aly Exampl  Arabic: علي مثال; Belarussian: Раман Прыклад, Рома Прыклад"
    assert names_in(stated, is_person=True) == [
        (None, "Ali Example"),
        (None, "Aly Exampl"),
        ("ar", "علي مثال"),
        ("be", "Раман Прыклад"),
        (None, "Рома Прыклад"),
    ]


def test_a_text_that_is_not_one_name_is_kept_whole() -> None:
    """The source stays readable where we have parted it, and is not repeated elsewhere."""
    parted = person("<Aliases>Ali Example; Aly Exampl</Aliases>")
    assert [each.value for each in parted.features] == ["Ali Example; Aly Exampl"]
    assert person("<Aliases>Ali, Aly</Aliases>").features == ()


def test_no_alias_has_a_strength() -> None:
    """Canada grades none."""
    for each in CASE.read(CASE.small()):
        assert {name.strength for name in each.names} == {sl.AliasStrength.UNSTATED}


# ── the complete list ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def canada(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return CASE.read([(lists / CASE.whole[0]).read_bytes()])


def test_counts(canada: sl.SanctionsList[sl.Entity]) -> None:
    """Counted in the file by an independent script."""
    assert Counter(each.kind for each in canada) == {
        "person": 3334,
        "organization": 1316,
        "vessel": 109,
    }
    births = [birth for each in canada if isinstance(each, sl.Person) for birth in each.births]
    assert Counter(birth.date.precision for birth in births if birth.date is not None) == {
        sl.model.Precision.DAY: 1362,
        sl.model.Precision.YEAR: 342,
        sl.model.Precision.MONTH: 12,
        sl.model.Precision.RANGE: 1,
        sl.model.Precision.UNREAD: 2,
    }
    assert sum(len(each.built) for each in canada if isinstance(each, sl.Vessel)) == 109
    assert sum(bool(each.aliases) for each in canada) == 2913  # 2,877, and 36 by their own name
    assert all(each.listed_since is not None for each in canada)
    assert len({each.programs for each in canada}) == 19


def test_ten_december_2021(canada: sl.SanctionsList[sl.Entity]) -> None:
    """The four targets of the day, as `event/designations_2021-12-10.tsv` has them."""
    found = canada.where(listed_from="2021-12-10", listed_to="2021-12-10")
    assert [(each.source_id, each.name) for each in found] == [
        ("~myanmar-burma.part-1.55", "Myanmar War Veterans Organization"),
        ("~myanmar-burma.part-1.56", "Ministry of Defence Quartermaster General Office"),
        ("~myanmar-burma.part-1.57", "Myanmar Directorate of Defence Industries"),
        ("~myanmar-burma.part-1.58", "Myanmar Directorate of Procurement"),
    ]
    assert {each.kind for each in found} == {"organization"}
    assert {each.programs for each in found} == {("Myanmar (Burma) / Myanmar (Birmanie)",)}
    assert [each.text for each in canada["~myanmar-burma.part-1.58"].aliases] == [
        "Directorate of Procurement",
        "Directorate of Defence Procurement",
        "Directorate of Procurement of the Commander-in-Chief of Defence Services (Army)",
    ]


def test_a_ship_of_the_list(canada: sl.SanctionsList[sl.Entity]) -> None:
    """Checked by eye: Russia, schedule 1.1, item 1."""
    (found,) = canada.find_number("IMO 7612448")
    ship = found.entity
    assert isinstance(ship, sl.Vessel)
    assert (ship.name, ship.types, found.identifier.kind) == (
        "Balitiyskiy III",
        ("General Cargo / Multi Purpose",),
        sl.IdentifierKind.IMO,
    )
    assert [(each.earliest, each.latest) for each in ship.built] == [
        (date(1980, 1, 1), date(1980, 12, 31))
    ]
    assert ship.listed_since == sl.PartialDate.day(date(2025, 2, 21))
