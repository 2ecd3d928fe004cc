"""The sample answers for everybody who was listed on 10 December 2021, 47 in all.

By whom, on which list, under which program and law, since when, for which reason where one is stated,
and linked to whom: 25 on the SDN List, one on the CMIC list, twelve under section 7031(c), five in the
United Kingdom and four in Canada.
"""

from __future__ import annotations

import re

import pytest

import sanctionslib as sl
from sanctionslib.display import to_text

ORDERS = {
    "DPRK2": "Executive Order 13687 (North Korea)",
    "DPRK3": "Executive Order 13722 (North Korea)",
    "BURMA-EO14014": "Executive Order 14014",
    "GLOMAG": "Executive Order 13818 (Global Magnitsky)",
    "CMIC-EO13959": "Executive Order 14032 (CMIC)",
}
TREASURY = [
    # key, name, program, linked to
    ("30184", "CENTRAL PUBLIC PROSECUTORS OFFICE", "DPRK2", ""),
    ("31042", "MOXING CARTOON", "DPRK3", "SEK STUDIO"),
    ("33536", "MYANMAR WAR VETERANS ORGANIZATION", "BURMA-EO14014", ""),
    ("33537", "DIRECTORATE OF DEFENSE INDUSTRIES", "BURMA-EO14014", ""),
    ("33538", "QUARTERMASTER GENERAL OFFICE", "BURMA-EO14014", ""),
    ("33951", "RAPID ACTION BATTALION", "GLOMAG", ""),
    ("34020", "EUROPEAN INSTITUTE JUSTO", "DPRK3", ""),
    ("34022", "SEK STUDIO", "DPRK3", ""),
    ("34023", "NINGS CARTOON STUDIO", "DPRK3", "SEK STUDIO"),
    ("34025", "SHANGHAI HONGMAN CARTOON AND ANIMATION DESIGN STUDIO", "DPRK3", "LU, Hezheng"),
    ("33936", "RI, Yong Gil", "DPRK2", ""),
    ("33952", "AHMED, Benazir", "GLOMAG", "RAPID ACTION BATTALION"),
    ("33953", "AL-MAMUN, Chowdhury Abdullah", "GLOMAG", "RAPID ACTION BATTALION"),
    ("33954", "KHAN, Mohammad Anwar Latif", "GLOMAG", "RAPID ACTION BATTALION"),
    ("33955", "SORWAR, Tofayel Mustafa", "GLOMAG", "RAPID ACTION BATTALION"),
    ("34076", "AZAD, Khan Mohammad", "GLOMAG", "RAPID ACTION BATTALION"),
    ("34077", "ALAM, Mohammad Jahangir", "GLOMAG", "RAPID ACTION BATTALION"),
    ("33973", "WIN, Myo Swe", "BURMA-EO14014", ""),
    ("34016", "OO, Saw Myint", "BURMA-EO14014", ""),
    ("34017", "KO, Maung", "BURMA-EO14014", ""),
    ("34018", "NAN, Khat Htein", "BURMA-EO14014", ""),
    ("34021", "SOIN, Dmitriy Yurevich", "DPRK3", "EUROPEAN INSTITUTE JUSTO"),
    ("34024", "LU, Hezheng", "DPRK3", "SEK STUDIO"),
    ("34079", "ZAKIR, Shohrat", "GLOMAG", "XINJIANG PUBLIC SECURITY BUREAU"),
    ("34119", "TUNIYAZ, Erken", "GLOMAG", "XINJIANG PUBLIC SECURITY BUREAU"),
    ("33114", "SENSETIME GROUP LIMITED", "CMIC-EO13959", ""),
]
XINJIANG = "current or former senior People’s Republic of China (PRC) official in Xinjiang"
CHIEF = (
    "Major General and head of the Chieftancy of Military Intelligence within the Uganda Peoples’ "
    "Defence Forces"
)
AKRESTSINA = "head of the Akrestsina Detention Center in Minsk, Belarus"
SECTION = (
    "Section 7031(c) of the Department of State, Foreign Operations, and Related Programs "
    "Appropriation Act, 2021"
)
VIOLATIONS = "involvement in gross violations of human rights"
UYGHURS = "arbitrary detention of Uyghurs"
DETAINEES = "punishment of detainees"
TEKNAF = "May 2018 extrajudicial killing of Teknaf City Municipal Councilor Ekramul Haque"
TRINCOMALEE = "flagrant denial of the right to liberty of at least eight “Trincomalee 11” victims"
VILLAGERS = "extrajudicial killings of at least eight Tamil villagers in December 2000"
DIRECTOR = "former Director General of the Rapid Action Battalion"
COLONEL = "Lieutenant Colonel and former commanding officer of RAB Unit 7"
SERGEANT = "former Staff Sergeant in the Sri Lanka Army"
STATE = [
    # name, country of office, office, words of the reason
    ("Abel Kandiho", "Uganda", CHIEF, VIOLATIONS),
    ("Shohrat Zakir", "China", XINJIANG, UYGHURS),
    ("Erken Tuniyaz", "China", XINJIANG, UYGHURS),
    ("Hu Lianhe", "China", XINJIANG, UYGHURS),
    ("Chen Mingguo", "China", XINJIANG, UYGHURS),
    ("Ihar Kenyukh", "Belarus", AKRESTSINA, DETAINEES),
    ("Yauheni Shapetska", "Belarus", AKRESTSINA, DETAINEES),
    ("Benazir Ahmed", "Bangladesh", DIRECTOR, TEKNAF),
    ("Miftah Uddin Ahmed", "Bangladesh", COLONEL, TEKNAF),
    ("Chandana Hettiarachchi", "Sri Lanka", "Sri Lankan naval intelligence officer", TRINCOMALEE),
    ("Sunil Ratnayake", "Sri Lanka", SERGEANT, VILLAGERS),
    ("Mario Plutarco Marin Torres", "Mexico", "former governor of Puebla, Mexico", VIOLATIONS),
]
OFSI = [
    # OFSI's group id, key of the UK Sanctions List, name
    ("14163", "MYA0030", "MYANMAR WAR VETERANS ORGANISATION"),
    ("14164", "MYA0031", "QUARTER MASTER GENERAL OFFICE"),
    ("14165", "MYA0032", "DIRECTORATE FOR DEFENCE INDUSTRIES"),
    ("14166", "MYA0033", "DIRECTORATE FOR DEFENCE PROCUREMENT"),
    ("14167", "GHR0082", "Furqan BANGALZAI"),
]
OFSI_ALIASES = {
    "14165": ["DEFENCE PRODUCTS INDUSTRIES", "KA PA SA", "KARKWEYE PYITSU SETYOUN"],
    "14167": ["ABDULLAH", "AZAM", "Farooq BANGALZAI", "Farhan BROHI", "FAROOQ"],
}
OFSI_REASONS = {
    "14163": "functions in part as a reserve force for the Tatmadaw",
    "14164": "procuring equipment for the Myanmar Armed Forces, including ammunition, bombs and jet",
    "14165": "a state-owned enterprise which operates under the Ministry of Defence (MOD)",
    "14166": "a central role in procuring and maintain weapons",
    "14167": "facilitating the bombing of the Lal Shahbaz Qalandar shrine in Sehwan, Pakistan",
}
CANADA = [
    # key, place in the regulation, name, other names
    ("~myanmar-burma.part-1.55", "Part 1 / 55", "Myanmar War Veterans Organization", []),
    (
        "~myanmar-burma.part-1.56",
        "Part 1 / 56",
        "Ministry of Defence Quartermaster General Office",
        [],
    ),
    ("~myanmar-burma.part-1.57", "Part 1 / 57", "Myanmar Directorate of Defence Industries", []),
    (
        "~myanmar-burma.part-1.58",
        "Part 1 / 58",
        "Myanmar Directorate of Procurement",
        [
            "Directorate of Procurement",
            "Directorate of Defence Procurement",
            "Directorate of Procurement of the Commander-in-Chief of Defence Services (Army)",
        ],
    ),
]
SAME_TARGET = [
    # Treasury, OFSI, Canada: named by several states, as a reader sees
    ("33536", "14163", "~myanmar-burma.part-1.55"),
    ("33538", "14164", "~myanmar-burma.part-1.56"),
    ("33537", "14165", "~myanmar-burma.part-1.57"),
    (None, "14166", "~myanmar-burma.part-1.58"),
]


def _state_key(name: str) -> str:
    return f"~{name.lower().replace(' ', '-')}"


OF_THE_DAY = (
    {f"us_ofac_{'cons' if key == '33114' else 'sdn'}:{key}" for key, *_ in TREASURY}
    | {f"us_klepto_hr_visa:{_state_key(name)}" for name, *_ in STATE}
    | {f"gb_hmt_sanctions:{key}" for key, *_ in OFSI}
    | {f"ca_dfatd_sema_sanctions:{key}" for key, *_ in CANADA}
)
DAY = "2021-12-10"


@pytest.fixture(scope="module")
def lists() -> sl.SanctionsList[sl.Entity]:
    return sl.sample()


@pytest.mark.parametrize(("key", "name", "program", "linked"), TREASURY)
def test_treasury(
    lists: sl.SanctionsList[sl.Entity], key: str, name: str, program: str, linked: str
) -> None:
    """Of each of the 26: OFAC, the list, the program, the order, the day, and the link."""
    why = lists.why(key)
    assert why.entity.name == name
    (found,) = why.entity.designations
    assert found.authority == sl.authorities["OFAC"]
    is_cmic = program == "CMIC-EO13959"
    assert [one.list_name for one in found.listings] == [
        "Non-SDN CMIC List" if is_cmic else "SDN List"
    ]
    assert found.programs == (program,)
    assert [one.title for one in found.legal_bases] == [ORDERS[program]]
    assert [one.kind for one in found.measures] == [
        sl.MeasureKind.INVESTMENT_BAN if is_cmic else sl.MeasureKind.ASSET_FREEZE
    ]
    assert str(why.entity.listed_since) == "2021-12-10"
    assert found.reason is None
    assert sl.Fact.REASON in [one.fact for one in why.unstated]
    targets = [target.name for link in why.linked_to for target in link.targets]
    assert targets == ([linked] if linked else [])
    assert [link.relation.kind for link in why.linked_to] == (
        [sl.RelationKind.LINKED_TO] if linked else []
    )
    text = " ".join(to_text(why).split())
    assert "Listed since 2021-12-10" in text
    assert ORDERS[program] in text


@pytest.mark.parametrize(("name", "country", "office", "reason"), STATE)
def test_state(
    lists: sl.SanctionsList[sl.Entity], name: str, country: str, office: str, reason: str
) -> None:
    """Of each of the twelve: State, the section of the act, the day, the office and the reason."""
    why = lists.why(_state_key(name))
    assert isinstance(why.entity, sl.Person)
    assert (why.entity.name, why.entity.list_id) == (name, "us_klepto_hr_visa")
    assert why.entity.positions == (office,)
    (found,) = why.entity.designations
    assert found.authority == sl.authorities["State"]
    assert [one.list_name for one in found.listings] == ["Section 7031(c)"]
    assert found.programs == ("7031(c)",)
    assert [one.title for one in found.legal_bases] == [SECTION]
    assert [one.kind for one in found.measures] == [sl.MeasureKind.VISA_INELIGIBILITY]
    assert [(one.kind, str(one.date)) for one in found.listings[0].events] == [
        (sl.EventKind.DESIGNATED, "2021-12-10")
    ]
    assert str(why.entity.listed_since) == "2021-12-10"
    assert reason in (found.reason or "")
    (notice,) = found.notices
    assert re.search("press statement .* 10 December 2021", notice)
    text = " ".join(to_text(why).split())
    assert "Authority Department of State" in text
    assert reason in text
    # The country of an office is no nationality.
    assert (why.entity.nationalities, why.entity.countries) == ((), ())
    assert [(one.label, one.value) for one in why.entity.features] == [("Country", country)]


@pytest.mark.parametrize(("key", "reference", "name"), OFSI)
def test_united_kingdom(
    lists: sl.SanctionsList[sl.Entity], key: str, reference: str, name: str
) -> None:
    """Of each of the five: OFSI, the list, the regime, both dates, both references, the reason."""
    why = lists.why(f"gb_hmt_sanctions:{key}")
    assert why.entity.name == name
    assert [one.text for one in why.entity.aliases] == OFSI_ALIASES.get(key, [])
    assert isinstance(why.entity, sl.Person if key == "14167" else sl.Organization)
    assert {one.strength for one in why.entity.names} == {sl.AliasStrength.UNSTATED}
    (found,) = why.entity.designations
    assert found.authority == sl.authorities["OFSI"]
    assert [one.list_name for one in found.listings] == [
        "Consolidated List of Financial Sanctions Targets in the UK"
    ]
    assert found.programs == ("Global Human Rights" if key == "14167" else "Myanmar",)
    assert str(why.entity.listed_since) == DAY
    events = {one.kind: str(one.date) for one in found.events}
    assert (events[sl.EventKind.LISTED], events[sl.EventKind.DESIGNATED]) == (DAY, DAY)
    assert [(one.kind, one.value) for one in why.entity.identifiers] == [
        (sl.IdentifierKind.OFSI_GROUP, key),
        (sl.IdentifierKind.UK_REFERENCE, reference),
    ]
    assert OFSI_REASONS[key] in (found.reason or "")
    # Which regulations a regime is of stands in the UK Sanctions List.
    ways = {one.fact: one.alternative_source for one in why.unstated}
    assert "the regulations of each regime" in ways[sl.Fact.LEGAL_BASIS]
    assert OFSI_REASONS[key] in " ".join(to_text(why, explain=True).split())


@pytest.mark.parametrize(("key", "place", "name", "aliases"), CANADA)
def test_canada(
    lists: sl.SanctionsList[sl.Entity], key: str, place: str, name: str, aliases: list[str]
) -> None:
    """Of each of the four: Global Affairs, the list, the regulation, the day; nothing beyond."""
    why = lists.why(f"ca_dfatd_sema_sanctions:{key}")
    assert isinstance(why.entity, sl.Organization)
    assert (why.entity.name, [one.text for one in why.entity.aliases]) == (name, aliases)
    (found,) = why.entity.designations
    assert found.source_id == place
    assert found.authority == sl.authorities["GAC"]
    assert [one.list_name for one in found.listings] == [
        "Consolidated Canadian Autonomous Sanctions List"
    ]
    assert found.programs == ("Myanmar (Burma) / Myanmar (Birmanie)",)
    assert [(one.kind, str(one.date)) for one in found.events] == [(sl.EventKind.LISTED, DAY)]
    assert str(why.entity.listed_since) == DAY
    unstated = {one.fact for one in why.unstated}
    assert unstated >= {sl.Fact.REASON, sl.Fact.MEASURE, sl.Fact.LEGAL_BASIS, sl.Fact.RELATION}
    assert why.entity.countries == ()  # the country of the regulation is none of the party


@pytest.mark.parametrize(("treasury", "ofsi", "canada"), SAME_TARGET)
def test_targets_of_several_states_are_no_counterparts(
    lists: sl.SanctionsList[sl.Entity], treasury: str | None, ofsi: str, canada: str
) -> None:
    """The names are like each other, and no file ties the records: that is no exact evidence."""
    records = [
        lists[f"{list_id}:{key}"]
        for list_id, key in (
            ("us_ofac_sdn", treasury),
            ("gb_hmt_sanctions", ofsi),
            ("ca_dfatd_sema_sanctions", canada),
        )
        if key is not None
    ]
    assert [len(lists.counterparts(one)) for one in records] == [0] * len(records)
    assert len({one.party_key for one in records}) == len(records)
    # A search by the name of one finds the others beside it.
    found = {hit.entity.id for hit in lists.search(records[0].name)}
    assert found >= {one.id for one in records}


def test_counts(lists: sl.SanctionsList[sl.Entity]) -> None:
    """47 were named that day, seven of the sample before; the Entity List has SenseTime of 2019."""
    assert len(OF_THE_DAY) == (25 + 1) + 12 + 5 + 4 == 47
    assert len(lists) == len(lists.parties) == 47 + 7
    of_the_day = lists.where(listed_from=DAY, listed_to=DAY)
    assert {one.id for one in of_the_day} == OF_THE_DAY
    others = [(one.name, str(one.listed_since)) for one in lists if one.id not in OF_THE_DAY]
    assert others == [
        ("XINJIANG PUBLIC SECURITY BUREAU", "2020-07-09"),
        ("CHEN, Mingguo", "2021-03-22"),
        ("KANDIHO, Abel", "2021-12-07"),
        ("HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.", "2021-06-03"),
        ("Beijing Sensetime Technology Development Co., Ltd.", "2019-10-09"),
        ("MINGGUO CHEN", "2021-03-22"),
        ("Mingguo Chen", "2021-03-21"),
    ]


def test_the_entity_list(lists: sl.SanctionsList[sl.Entity]) -> None:
    """Commerce's entry of 2019 is of another company than Treasury's, and of no stated kind."""
    (found,) = lists.where(named_list="Entity List")
    assert type(found) is sl.Entity
    (designation,) = found.designations
    assert designation.authority == sl.authorities["BIS"]
    assert designation.notices == ("84 FR 54002", "85 FR 34505", "85 FR 44159")
    assert found.party_key != lists["33114"].party_key
    assert [one.source_id for one in lists.where(named_list="NS-CMIC")] == ["30946", "33114"]


@pytest.mark.parametrize(
    ("treasury", "state"),
    [
        ("34079", "~shohrat-zakir"),
        ("34119", "~erken-tuniyaz"),
        ("33952", "~benazir-ahmed"),
        ("31493", "~chen-mingguo"),
        ("33946", "~abel-kandiho"),
    ],
)
def test_two_designations_are_two_entries(
    lists: sl.SanctionsList[sl.Entity], treasury: str, state: str
) -> None:
    """Who is named by Treasury and by State has an entry in each list, and is never merged."""
    one, other = lists[treasury], lists[state]
    assert one.party_key != other.party_key
    assert len(lists.entities_of(treasury)) == len(lists.entities_of(state)) == 1
    assert one.measures != other.measures


def test_the_day_before() -> None:
    """The day before has what was listed earlier, and none of State's."""
    before = sl.sample("2021-12-09")
    assert [one.source_id for one in before] == [
        "29159",
        "31493",
        "33946",
        "30946",
        "caeb24bb901171744f7b376b17c4ad98a782c827",
        "14074",
        "~china.part-1.4",
    ]
    assert {str(one.published) for one in before.editions} == {"2021-12-09"}
    assert [one.list_id for one in before.editions] == [one.list_id for one in sl.sample().editions]


def test_a_diff_finds_the_day() -> None:
    """Between the two days exactly the 47 were added; nobody was removed or amended."""
    changes = sl.diff(sl.sample("2021-12-09"), sl.sample())
    assert sorted(one.id for one in changes.added) == sorted(OF_THE_DAY)
    assert (changes.removed, changes.amended) == ((), ())


def test_a_sample_is_a_sample() -> None:
    """Every edition says that it is a sample, and nothing is at fault in any of them."""
    for day in ("2021-12-09", "2021-12-10"):
        held = sl.sample(day, keep_source=True)
        assert {one.scope for one in held.editions} == {sl.Scope.SAMPLE}
        assert all(one.edition is not None and one.edition.is_sample for one in held)
        audit = held.audit
        assert (audit.issues, audit.unmapped, audit.unknown_codes) == ((), (), ())
        assert audit.read == audit.converted == len(held)
        assert not any(one.missing for one in held.editions)
    with pytest.raises(sl.NotFoundError) as caught:
        sl.sample("2021-12-11")
    assert caught.value.suggestions == ("2021-12-10", "2021-12-09")


def test_no_personal_documents(lists: sl.SanctionsList[sl.Entity]) -> None:
    """No person of the sample has a number of an identity document: only references of lists."""
    kinds = {number.kind for one in lists.where(kind=sl.Person) for number in one.identifiers}
    assert kinds == {sl.IdentifierKind.OFSI_GROUP, sl.IdentifierKind.UK_REFERENCE}
