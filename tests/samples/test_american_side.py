"""The sample answers for everybody whom the United States named on 10 December 2021.

By whom, on which list, under which program and law, since when, on what ground where one is stated,
and linked to whom: 25 on the SDN List, one on the CMIC list, twelve under section 7031(c).
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
    (
        "34025",
        "SHANGHAI HONGMAN CARTOON AND ANIMATION DESIGN STUDIO",
        "DPRK3",
        "LU, Hezheng",
    ),
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
STATE = [
    # key, name, country of office, office, words of the ground
    (
        "~abel-kandiho",
        "Abel Kandiho",
        "Uganda",
        CHIEF,
        "involvement in gross violations of human rights",
    ),
    ("~shohrat-zakir", "Shohrat Zakir", "China", XINJIANG, "arbitrary detention of Uyghurs"),
    ("~erken-tuniyaz", "Erken Tuniyaz", "China", XINJIANG, "arbitrary detention of Uyghurs"),
    ("~hu-lianhe", "Hu Lianhe", "China", XINJIANG, "arbitrary detention of Uyghurs"),
    ("~chen-mingguo", "Chen Mingguo", "China", XINJIANG, "arbitrary detention of Uyghurs"),
    ("~ihar-kenyukh", "Ihar Kenyukh", "Belarus", AKRESTSINA, "punishment of detainees"),
    ("~yauheni-shapetska", "Yauheni Shapetska", "Belarus", AKRESTSINA, "punishment of detainees"),
    (
        "~benazir-ahmed",
        "Benazir Ahmed",
        "Bangladesh",
        "former Director General of the Rapid Action Battalion",
        "May 2018 extrajudicial killing of Teknaf City Municipal Councilor Ekramul Haque",
    ),
    (
        "~miftah-uddin-ahmed",
        "Miftah Uddin Ahmed",
        "Bangladesh",
        "Lieutenant Colonel and former commanding officer of RAB Unit 7",
        "May 2018 extrajudicial killing of Teknaf City Municipal Councilor Ekramul Haque",
    ),
    (
        "~chandana-hettiarachchi",
        "Chandana Hettiarachchi",
        "Sri Lanka",
        "Sri Lankan naval intelligence officer",
        "flagrant denial of the right to liberty of at least eight “Trincomalee 11” victims",
    ),
    (
        "~sunil-ratnayake",
        "Sunil Ratnayake",
        "Sri Lanka",
        "former Staff Sergeant in the Sri Lanka Army",
        "extrajudicial killings of at least eight Tamil villagers in December 2000",
    ),
    (
        "~mario-plutarco-marin-torres",
        "Mario Plutarco Marin Torres",
        "Mexico",
        "former governor of Puebla, Mexico",
        "involvement in gross violations of human rights",
    ),
]


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
    assert [one.title for one in found.bases] == [ORDERS[program]]
    assert [one.kind for one in found.measures] == [
        sl.MeasureKind.INVESTMENT_BAN if is_cmic else sl.MeasureKind.ASSET_FREEZE
    ]
    assert str(why.entity.since) == "2021-12-10"
    assert found.reason is None
    assert sl.Fact.REASON in [one.fact for one in why.unstated]
    targets = [target.name for link in why.linked_to for target in link.targets]
    assert targets == ([linked] if linked else [])
    assert [link.relation.kind for link in why.linked_to] == (
        [sl.RelationKind.LINKED_TO] if linked else []
    )
    said = to_text(why)
    assert "SINCE           2021-12-10" in said
    assert ORDERS[program] in said


@pytest.mark.parametrize(("key", "name", "country", "office", "ground"), STATE)
def test_state(
    lists: sl.SanctionsList[sl.Entity], key: str, name: str, country: str, office: str, ground: str
) -> None:
    """Of each of the twelve: State, the section of the act, the day, the office and the ground."""
    why = lists.why(key)
    assert isinstance(why.entity, sl.Person)
    assert (why.entity.name, why.entity.list_id) == (name, "us_klepto_hr_visa")
    assert why.entity.positions == (office,)
    (found,) = why.entity.designations
    assert found.authority == sl.authorities["State"]
    assert [one.list_name for one in found.listings] == ["Section 7031(c)"]
    assert found.programs == ("7031(c)",)
    assert [one.title for one in found.bases] == [SECTION]
    assert [one.kind for one in found.measures] == [sl.MeasureKind.VISA_INELIGIBILITY]
    assert [(one.kind, str(one.date)) for one in found.listings[0].events] == [
        (sl.EventKind.DESIGNATED, "2021-12-10")
    ]
    assert str(why.entity.since) == "2021-12-10"
    assert ground in (found.reason or "")
    (notice,) = found.notices
    assert re.search("press statement .* 10 December 2021", notice)
    said = " ".join(to_text(why).split())
    assert "BY WHOM Department of State" in said
    assert ground in said
    # The country of an office is no nationality.
    assert (why.entity.nationalities, why.entity.countries) == ((), ())
    assert [(one.label, one.value) for one in why.entity.features] == [("Country", country)]


def test_counts(lists: sl.SanctionsList[sl.Entity]) -> None:
    """38 were named that day, five of the sample before; the Entity List has SenseTime of 2019."""
    assert len(TREASURY) + len(STATE) == 25 + 1 + 12
    assert len(lists) == len(lists.parties) == 38 + 5
    of_the_day = lists.where(listed_from="2021-12-10", listed_to="2021-12-10")
    keys = {key for key, *_ in (*TREASURY, *STATE)}
    assert {one.source_id for one in of_the_day} == keys
    others = [(one.name, str(one.since)) for one in lists if one.source_id not in keys]
    assert others == [
        ("XINJIANG PUBLIC SECURITY BUREAU", "2020-07-09"),
        ("CHEN, Mingguo", "2021-03-22"),
        ("KANDIHO, Abel", "2021-12-07"),
        ("HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.", "2021-06-03"),
        ("Beijing Sensetime Technology Development Co., Ltd.", "2019-10-09"),
    ]


def test_the_entity_list(lists: sl.SanctionsList[sl.Entity]) -> None:
    """Commerce's entry of 2019 is of another company than Treasury's, and of no stated kind."""
    (found,) = lists.where(on_list="Entity List")
    assert type(found) is sl.Entity
    (told,) = found.designations
    assert told.authority == sl.authorities["BIS"]
    assert told.notices == ("84 FR 54002", "85 FR 34505", "85 FR 44159")
    assert found.party != lists["33114"].party
    assert [one.source_id for one in lists.where(on_list="NS-CMIC")] == ["30946", "33114"]


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
    assert one.party != other.party
    assert len(lists.party(treasury)) == len(lists.party(state)) == 1
    assert one.measures != other.measures


def test_the_day_before() -> None:
    """The day before has what was listed earlier, and nobody of State's."""
    before = sl.sample("2021-12-09")
    assert [one.source_id for one in before] == [
        "29159",
        "31493",
        "33946",
        "30946",
        "caeb24bb901171744f7b376b17c4ad98a782c827",
    ]
    assert [str(one.published) for one in before.editions] == ["2021-12-09"] * 4
    assert [one.list_id for one in before.editions] == [one.list_id for one in sl.sample().editions]


def test_a_diff_finds_the_day() -> None:
    """Between the two days exactly the 38 were added; nobody was removed or amended."""
    changes = sl.diff(sl.sample("2021-12-09"), sl.sample())
    assert {one.source_id for one in changes.added} == {key for key, *_ in (*TREASURY, *STATE)}
    assert len(changes.added) == 38
    assert (changes.removed, changes.amended) == ((), ())


def test_a_sample_is_a_sample() -> None:
    """Every edition says that it is a sample, and nothing is at fault in any of them."""
    for day in ("2021-12-09", "2021-12-10"):
        held = sl.sample(day, records=True)
        assert {one.scope for one in held.editions} == {sl.Scope.SAMPLE}
        assert all(one.edition is not None and one.edition.is_sample for one in held)
        audit = held.audit
        assert (audit.issues, audit.unmapped, audit.unknown_codes) == ((), (), ())
        assert audit.read == audit.built == len(held)
        assert not any(one.missing for one in held.editions)
    with pytest.raises(sl.NotFoundError) as caught:
        sl.sample("2021-12-11")
    assert caught.value.suggestions == ("2021-12-10", "2021-12-09")


def test_no_personal_documents(lists: sl.SanctionsList[sl.Entity]) -> None:
    """No person of the sample has a number of an identity document."""
    assert not any(one.identifiers for one in lists.where(kind=sl.Person))
