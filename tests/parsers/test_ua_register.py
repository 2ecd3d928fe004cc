"""Ukraine's register: subjects and their actions, statuses, spellings, codes of numbers, attributes.

No answer of the register was at hand: what follows is written by what others say of its keys. The last
part holds the register against the workbook of the older site.
"""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from cases_ua import CASES, answers, sheets
from json_containers import bundle
from sheet_files import workbook

import sanctionslib as sl

CASE = next(one for one in CASES if one.format == "ua-nsdc-json")
WORKBOOK = next(one for one in CASES if one.format == "ua-nsdc-xlsx")
Json = dict[str, Any]

ACTION: Json = {
    "aid": 5001,
    "status": "active",
    "decree": {"number": "901/2018", "date": "2018-06-21", "link": None},
    "restrictions": [{"restriction": "блокування активів"}],
}


def read(
    subject: Json | None = None, *actions: Json, is_legal: bool = False
) -> sl.SanctionsList[sl.Entity]:
    """A register of one subject, with these keys and those that each subject has."""
    whole = {"sid": 7, "name": "ПРИКЛАД", "translit": None, "status": "active"} | (subject or {})
    persons, legal = ([], [whole]) if is_legal else ([whole], [])
    files = {"subjects.individual.json": persons, "subjects.legal.json": legal}
    return CASE.read([bundle(files | {"actions/7.json": list(actions or (ACTION,))})])


def person(subject: Json | None = None, *actions: Json) -> sl.Person:
    (found,) = read(subject, *actions)
    assert isinstance(found, sl.Person)
    return found


def legal(subject: Json | None = None, *actions: Json) -> sl.Organization:
    (found,) = read(subject, *actions, is_legal=True)
    assert isinstance(found, sl.Organization)
    return found


def under(key: str, value: str) -> Json:
    return {"attributes": [{"key": key, "value": value}]}


# ── actions ───────────────────────────────────────────────────────────────────────────────────


def test_an_action_is_a_designation() -> None:
    """With its own decree, measures, reason and end; listed since the first of them."""
    first, second = CASE.read(CASE.small())["901"].designations
    assert [str(one) for one in (first.listed_since, second.listed_since)] == [
        "2021-03-23",
        "2018-06-21",
    ]
    assert [one.source_id for one in (first, second)] == ["5001", "5002"]
    assert [[str(each) for each in one.legal_bases] for one in (first, second)] == [
        ["Указ № 902/2021"],
        ["Указ № 901/2018"],
    ]
    assert first.legal_bases[0].url == "https://www.president.gov.example/documents/9022021-1"
    assert [one.kind for one in first.measures] == [
        sl.MeasureKind.ASSET_FREEZE,
        sl.MeasureKind.TRADE,
    ]
    assert (first.note, second.note) == ("Безстроково", "Три роки")
    assert first.reason == "Приклад підстави"
    assert second.sources == ("Служба Прикладу", "Рада Прикладу")
    assert str(CASE.read(CASE.small())["901"].listed_since) == "2018-06-21"


@pytest.mark.parametrize(
    ("decree", "title", "listed_since"),
    [
        ({"number": "901/2018", "date": "21.06.2018"}, "Указ № 901/2018", "2018-06-21"),
        ({"number": "901/2018", "date": None}, "Указ № 901/2018", None),
        ({"number": None, "date": "2018-06-21"}, "Указ", "2018-06-21"),
        (None, None, None),
    ],
)
def test_decrees(decree: Json | None, title: str | None, listed_since: str | None) -> None:
    """A decree without a day is a legal basis, and no date of listing is made up."""
    (found,) = person(None, ACTION | {"decree": decree}).designations
    assert [str(one) for one in found.legal_bases] == ([title] if title else [])
    assert (str(found.listed_since) if found.listed_since else None) == listed_since


def test_a_day_that_cannot_be_read() -> None:
    """It is kept as text and reported: a time of another zone does not determine the day."""
    decree = {"number": "901/2018", "date": "2018-06-20T22:00:00.000Z"}
    found = read(None, ACTION | {"decree": decree})
    (event,) = next(iter(found)).designations[0].events
    assert (event.date.is_read, event.date.raw) == (False, "2018-06-20T22:00:00.000Z")
    assert [one.kind for one in found.audit.issues] == [sl.answers.IssueKind.UNREAD_VALUE]


# ── statuses ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("of_subject", "of_actions", "are_delisted", "faults"),
    [
        ("active", ["active"], [False], 0),
        ("active", ["active", "excluded"], [False, True], 0),
        ("excluded", ["excluded"], [True], 0),
        ("excluded", [None], [True], 0),
        ("excluded", ["expired"], [True], 0),
        ("excluded", ["active"], [False], 1),
        ("excluded", ["excluded", "active"], [True, False], 1),
        ("expired", ["expired"], [False], 0),
        (None, ["active"], [False], 1),
    ],
)
def test_delisted(
    of_subject: str | None, of_actions: list[str | None], are_delisted: list[bool], faults: int
) -> None:
    """A party is delisted where the register states it, and no action of the party contradicts.

    Then it stays a hit, and that is reported; so is a party of which the status is not stated.
    """
    found = read({"status": of_subject}, *[ACTION | {"status": one} for one in of_actions])
    (party,) = found
    assert [one.is_delisted for one in party.designations] == are_delisted
    assert party.is_delisted is all(are_delisted)
    assert len(found.where(delisted=True)) == all(are_delisted)
    assert [one.kind for one in found.audit.issues] == [sl.answers.IssueKind.STRUCTURE] * faults


def test_the_day_of_an_exclusion_is_not_stated() -> None:
    """No date is invented; the planned end of the sanctions is kept."""
    action = ACTION | {"status": "excluded", "endDate": "2021-06-21"}
    (found,) = person({"status": "excluded"}, action).designations
    assert [(one.kind, str(one.date)) for one in found.events] == [
        (sl.EventKind.LISTED, "2018-06-21"),
        (sl.EventKind.EXPIRES, "2021-06-21"),
        (sl.EventKind.DELISTED, ""),
    ]
    assert found.until is not None
    assert not found.until.is_read


@pytest.mark.parametrize(
    ("end", "dates"), [("2021-06-21", ["2021-06-21"]), (None, [""])], ids=["stated", "not stated"]
)
def test_expired(end: str | None, dates: list[str]) -> None:
    """The status adds nothing to an end date; no party is delisted by it."""
    found = person({"status": "expired"}, ACTION | {"status": "expired", "endDate": end})
    events = [one for one in found.designations[0].events if one.kind is sl.EventKind.EXPIRES]
    assert [str(one.date) for one in events] == dates
    assert [(one.label, one.value) for one in found.features] == [("status", "expired")]
    assert not found.is_delisted


def test_an_unknown_status() -> None:
    """It is counted, and kept as an event that we do not know and as a Feature of the party."""
    found = read({"status": "suspended"}, ACTION | {"status": "suspended"})
    (party,) = found
    assert [(one.kind, one.raw_kind) for one in party.designations[0].events][1:] == [
        (None, "suspended")
    ]
    assert [(one.label, one.value) for one in party.features] == [("status", "suspended")]
    assert [(one.vocabulary, one.code, one.count) for one in found.audit.unknown_codes] == [
        ("event", "suspended", 2)
    ]


# ── names ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ПРИКЛАД", ["ПРИКЛАД"]),
        ("ПРИКЛАД (ПРЫКЛАД, ПРІКЛАД)", ["ПРИКЛАД", "ПРЫКЛАД", "ПРІКЛАД"]),
        ("ПРИКЛАД (ПРИКЛАД, ПРЫКЛАД)", ["ПРИКЛАД", "ПРЫКЛАД"]),
        ("ПРИКЛАД (ПРЫКЛАД)", ["ПРИКЛАД (ПРЫКЛАД)"]),
        ("ПРИКЛАД (А, Б, В)", ["ПРИКЛАД (А, Б, В)"]),
        ("ПРИКЛАД (ПРЫКЛАД, )", ["ПРИКЛАД (ПРЫКЛАД, )"]),
        ("ПРИКЛАД (ПРЫКЛАД, ПРІКЛАД", ["ПРИКЛАД (ПРЫКЛАД, ПРІКЛАД"]),
        ("ПРИКЛАД (ПРЫКЛАД (П), ПРІКЛАД)", ["ПРИКЛАД (ПРЫКЛАД (П), ПРІКЛАД)"]),
        ("ПРИКЛАД (м. Приклад, Кіпр)", ["ПРИКЛАД (м. Приклад, Кіпр)"]),
        ("ПРИКЛАД (м. Приклад, АР Крим)", ["ПРИКЛАД (м. Приклад, АР Крим)"]),
        ("ПРИКЛАД (далі, Товариство з обмеженою)", ["ПРИКЛАД (далі, Товариство з обмеженою)"]),
    ],
)
def test_spellings(text: str, names: list[str]) -> None:
    """Three spellings are three names; a place in brackets would be a name that hits too much."""
    assert [one.text for one in person({"name": text}).names] == names


def test_the_transliteration_is_taken_apart_as_the_name_is() -> None:
    """It is made of it; a country that we know in Ukrainian alone stays in its brackets."""
    stated = {"name": "ПРИКЛАД (м. Приклад, Кіпр)", "translit": "PRYKLAD (m. Pryklad, Kipr)"}
    assert [one.text for one in person(stated).names] == list(stated.values())
    stated = {"name": "ПРИКЛАД (ПРЫКЛАД, ПРІКЛАД)", "translit": "PRYKLAD (PRYCLAD, PRIKLAD)"}
    assert [one.text for one in person(stated).names][3:] == ["PRYKLAD", "PRYCLAD", "PRIKLAD"]


@pytest.mark.parametrize(
    "aliases", [["EXAMPLE", "ПРИМЕР"], "EXAMPLE; ПРИМЕР", ["EXAMPLE;", "ПРИМЕР ; "]]
)
def test_aliases(aliases: object) -> None:
    """An array or one text: the format is not described."""
    names = person({"aliases": aliases}).names
    assert [(one.text, one.kind) for one in names[1:]] == [
        ("EXAMPLE", sl.NameKind.AKA),
        ("ПРИМЕР", sl.NameKind.AKA),
    ]


def test_a_subject_without_its_name() -> None:
    """It is kept under another, and reported."""
    found = read({"name": None, "aliases": ["EXAMPLE"]})
    assert [one.name for one in found] == ["EXAMPLE"]
    assert [one.kind for one in found.audit.issues] == [sl.answers.IssueKind.NO_PRIMARY_NAME]


# ── numbers ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("tax:inn", sl.IdentifierKind.TAX),
        ("reg:odrn", sl.IdentifierKind.REGISTRATION),
        ("reg:unzr", sl.IdentifierKind.NATIONAL_ID),
        ("reg:reg_snils", sl.IdentifierKind.SOCIAL_SECURITY),
        ("reg:ro_passport", sl.IdentifierKind.PASSPORT),
        ("doc:residence", sl.IdentifierKind.RESIDENCE),
        ("reg:example", None),
        (None, None),
    ],
)
def test_codes_of_numbers(code: str | None, kind: sl.IdentifierKind | None) -> None:
    """Several numbers of one code each have the country and the note; without a kind, each is counted."""
    number = {"id": code, "code": "000001; 000002;", "iso2": "RU", "note": "приклад"}
    found = read({"identifiers": [number]})
    numbers = next(iter(found)).identifiers
    assert [one.value for one in numbers] == ["000001", "000002"]
    assert {(one.kind, one.raw_kind, one.note) for one in numbers} == {
        (kind, code or "", "приклад")
    }
    assert {one.country and one.country.code for one in numbers} == {"RU"}
    assert sum(one.count for one in found.audit.unmapped) == (0 if kind else 2)
    assert found.find_number("000002")


# ── persons and legal subjects ────────────────────────────────────────────────────────────────


def test_days_of_a_person_and_of_a_legal_subject() -> None:
    """The same two keys: birth and death, or establishment and end."""
    days = {"bd": "1963-05-07", "dd": "2021-03-04", "citizenships": ["CY"]}
    one, other = person(days), legal(days)
    assert [str(each.date) for each in one.births] == ["1963-05-07"]
    assert [each.country.code for each in one.citizenships] == ["CY"]
    assert [str(each) for each in other.established] == ["1963-05-07"]
    assert [each.code for each in other.registered_in] == ["CY"]
    ends = [(each.kind, str(each.date)) for party in (one, other) for each in party.features]
    assert ends == [
        (sl.FeatureKind.LIVING_STATUS, "2021-03-04"),
        (sl.FeatureKind.OTHER, "2021-03-04"),
    ]


@pytest.mark.parametrize(
    ("key", "field", "stated"),
    [
        ("Місце проживання", "addresses", "Україна, м. Приклад"),
        ("місце  проживання :", "addresses", "Україна, м. Приклад"),
        ("Зайнятість", "positions", "суддя"),
        ("Науковий ступінь", "titles", "доктор"),
        ("Колишня назва", "names", "СТАРИЙ ПРИКЛАД"),
        ("Податковий номер", "identifiers", "000001"),
        ("email: e-mail", "features", "one@example.org"),
        ("Примітка", "remarks", "приклад"),
    ],
)
def test_attributes(key: str, field: str, stated: str) -> None:
    """Keys are free texts, with and without a colon; the value is in the field that they mean."""
    found = getattr(person(under(key, stated)), field)
    last = found if isinstance(found, str) else found[-1]
    text = last.lines[0] if isinstance(last, sl.Address) else getattr(last, "value", None)
    assert (text or str(last)) == stated


def test_unknown_attributes() -> None:
    """They are Features without a kind, and counted."""
    found = read(under("Приклад ключа", "щось"))
    assert [(one.label, one.value, one.kind) for one in next(iter(found)).features] == [
        ("Приклад ключа", "щось", None)
    ]
    assert [(one.label, one.count) for one in found.audit.unmapped] == [("Приклад ключа", 1)]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Зайнятість", "суддя"),
        ("Дата народження", "1963-05-07"),
        ("Громадянство", "RU"),
        ("Місце проживання", "громадянин РФ"),
    ],
)
def test_what_no_legal_subject_has(key: str, value: str) -> None:
    """A person's fact at a legal subject is a Feature under its key."""
    found = legal(under(key, value))
    assert [(one.label, one.value, one.kind) for one in found.features] == [
        (key, value, sl.FeatureKind.OTHER)
    ]


@pytest.mark.parametrize(
    ("more", "births"),
    [
        ([], [("1963-05-07", "м. Приклад")]),
        (
            [("Дата народження", "1964")],
            [("1963-05-07", None), ("1964", None), (None, "м. Приклад")],
        ),
        ([("Уродженець", "Кіпр")], [("1963-05-07", None), (None, "м. Приклад"), (None, "Кіпр")]),
    ],
)
def test_births(more: list[tuple[str, str]], births: list[tuple[str | None, str | None]]) -> None:
    """One date and one place are one birth; with several, the pairs are unknown."""
    stated = [("Місце народження", "м. Приклад"), *more]
    stated.sort(key=lambda one: one[0] != "Дата народження")
    subject = {"bd": "1963-05-07", "attributes": [{"key": at, "value": one} for at, one in stated]}
    found = [
        (str(one.date) if one.date else None, one.place.text if one.place else None)
        for one in person(subject).births
    ]
    assert found == births


def test_remarks_are_taken_apart_as_in_the_workbook() -> None:
    """Those of several keys are joined as lines."""
    found = person(
        {
            "attributes": [
                {"key": "Примітка", "value": "паспорт AA0000001"},
                {"key": "Інша інформація", "value": "також відомий як: EXAMPLE Two"},
            ]
        }
    )
    assert found.remarks == "паспорт AA0000001\nтакож відомий як: EXAMPLE Two"
    assert [one.value for one in found.identifiers] == ["AA0000001"]
    assert [one.text for one in found.names] == ["ПРИКЛАД", "EXAMPLE Two"]


# ── the workbook of the older site ────────────────────────────────────────────────────────────

PAIRS: dict[str, tuple[str, dict[str, str], Json, Json]] = {
    "a person": (
        "Фізичні особи",
        {
            "Назва укр.": "ПРИКЛАД Перший Прикладович ",
            "Назва ориг.": "ПРИКЛАД Первый Прикладович",
            "Назва альт.": "EXAMPLE First",
            "Дата народження": "1963-05-07",
            "Громадянство": "RU, IL",
            "Місце народження": "с. Прикладне, Грузія",
            "Зайнятість": "суддя",
            "Місце проживання": "Україна, м. Приклад",
            "Додатково": "паспорт громадянина РФ 700000003; номер телефону +380000000001",
            "Відповідальний орган": "Приклад органу",
        },
        {
            "name": "ПРИКЛАД Перший Прикладович",
            "aliases": ["ПРИКЛАД Первый Прикладович", "EXAMPLE First"],
            "bd": "1963-05-07",
            "citizenships": ["RU", "IL"],
            "attributes": [
                {"key": "Місце народження", "value": "с. Прикладне, Грузія"},
                {"key": "Зайнятість", "value": "суддя"},
                {"key": "Місце проживання", "value": "Україна, м. Приклад"},
                {"key": "Відповідальний орган", "value": "Приклад органу"},
                {
                    "key": "Додатково",
                    "value": "паспорт громадянина РФ 700000003; номер телефону +380000000001",
                },
            ],
        },
        {"term": "Три роки", "endDate": "2021-06-21"},
    ),
    "a firm": (
        "Юридичні особи",
        {
            "Назва укр.": 'ТОВ "ПРИКЛАД"',
            "Назва ориг.": 'ООО "ПРИМЕР"',
            "ОКПО/ЄДРПОУ": "ОДРН1000000000001",
            "ІПН": "ІПН7700000001",
            "Місце діяльності": "Російська Федерація, м. Приклад",
            "Додатково": "колишня назва – СТАРИЙ ПРИКЛАД",
        },
        {
            "name": 'ТОВ "ПРИКЛАД"',
            "aliases": ['ООО "ПРИМЕР"'],
            "identifiers": [
                {"id": "reg:odrn", "code": "1000000000001"},
                {"id": "tax:inn", "code": "7700000001"},
            ],
            "attributes": [
                {"key": "Місцезнаходження", "value": "Російська Федерація, м. Приклад"},
                {"key": "Додатково", "value": "колишня назва – СТАРИЙ ПРИКЛАД"},
            ],
        },
        {"term": "Безстроково"},
    ),
}


@pytest.mark.parametrize("what", PAIRS)
def test_equal_facts_are_equal_values(what: str) -> None:
    """A row of the workbook and the same subject of the register: all but the key is the same."""
    sheet, cells, subject, more = PAIRS[what]
    measures = ["блокування активів", "обмеження торговельних операцій", "приклад"]
    cells = cells | {
        "№ указу": "901-2018",
        "Дата указу": "2018-06-21",
        "п/н": "14",
        "Дія щодо об'єкту санкцій": "застосування",
        "Тип обмеження": "; ".join(f"{at}) {one}" for at, one in enumerate(measures, 1)),
        "Термін обмеження": more["term"],
        "Дата закінчення обмеження": more.get("endDate", ""),
    }
    header = sheets()[sheet][0]
    (old,) = WORKBOOK.read([workbook({sheet: [header, [cells.get(at, "") for at in header]]})])
    restrictions = [{"restriction": one} for one in measures]
    action = ACTION | more | {"restrictions": restrictions}
    (new,) = read(subject, action, is_legal=what == "a firm")
    assert attrs.evolve(new, id=old.id) == old
    assert (new.source_id, old.source_id[0]) == ("7", "~")


def test_the_small_bundle_is_whole() -> None:
    """Downloads from the interface are read without a fault."""
    assert set(answers()) == {
        *("subjects.individual.json", "subjects.legal.json"),
        *(f"actions/{at}.json" for at in (901, 902, 903, 951)),
    }
    found = CASE.read(CASE.small())
    assert found.audit.issues == ()
    assert found.editions[0].id_stability is sl.model.IdStability.STABLE
