"""Parties as OFAC listed them on 10 December 2021, built by hand from the model's classes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib import answers
from sanctionslib.errors import Where
from sanctionslib.model import Origin

OFAC = sl.Authority(
    code="OFAC",
    name="Office of Foreign Assets Control, US Department of the Treasury",
    country="US",
)
BANGLADESH = sl.Country(code="BD", raw="Bangladesh")
NEVER = (
    (sl.Fact.LISTING_DATE, "OFAC's enhanced or advanced XML, or the diff of two editions"),
    (sl.Fact.REASON, "the press release of the day, on treasury.gov"),
    (sl.Fact.MEASURE, "OFAC's enhanced or advanced XML"),
)
EDITION = sl.Edition(
    list_id="us_ofac_sdn",
    publisher="Office of Foreign Assets Control",
    title="Specially Designated Nationals List",
    format="ofac-classic-xml",
    published=date(2021, 12, 10),
    dated_by="file",
    scope=sl.Scope.SAMPLE,
    members=("us_ofac_sdn_2021-12-10.xml",),
    declared=26,
    sha256="3f1c0b7a" * 8,
    supported_facts=frozenset(sl.Fact) - {fact for fact, _ in NEVER},
    alternative_sources=NEVER,
)
WHOLE = sl.Edition(
    list_id="us_ofac_sdn", format="ofac-classic-xml", published=date(2021, 12, 10), declared=9146
)
GLOMAG = sl.Program(
    code="GLOMAG",
    authority="OFAC",
    title="Global Magnitsky: serious human rights abuse and corruption, worldwide",
    legal_bases=(
        sl.LegalBasis(title="Executive Order 13818"),
        sl.LegalBasis(title="Global Magnitsky Human Rights Accountability Act"),
        sl.LegalBasis(title="31 CFR part 583"),
    ),
    measures=(sl.Measure(kind=sl.MeasureKind.ASSET_FREEZE),),
    source="OFAC's reference values of 2024-08-28 and the texts of the instruments",
)


def _designation(program: str) -> tuple[sl.Designation, ...]:
    return (
        sl.Designation(
            authority=OFAC, listings=(sl.Listing(list_name="SDN List"),), programs=(program,)
        ),
    )


def _linked_to(name: str) -> tuple[sl.Relation, ...]:
    ref = sl.EntityRef(name=name, id_space="ofac")
    return (sl.Relation(to=ref, kind=sl.RelationKind.LINKED_TO, raw_kind="Linked To"),)


def officer(
    uid: int, last: str, first: str, born: str, place: str, *aliases: sl.Name, edition: sl.Edition
) -> sl.Person:
    """One of the persons that are linked to the Rapid Action Battalion."""
    parts = (
        sl.NamePart(kind=sl.NamePartKind.FAMILY, text=last),
        sl.NamePart(kind=sl.NamePartKind.GIVEN, text=first),
    )
    return sl.Person(
        id=f"us_ofac_sdn:{uid}",
        raw_kind="Individual",
        names=(sl.Name(text=f"{last}, {first}", parts=parts), *aliases),
        addresses=(sl.Address(country=BANGLADESH),),
        births=(
            sl.Birth(date=sl.PartialDate.parse(born), primary=True),
            sl.Birth(place=sl.Place(text=f"{place}, Bangladesh", country=BANGLADESH), primary=True),
        ),
        nationalities=(sl.Nationality(country=BANGLADESH, primary=True),),
        genders=(sl.Gender.MALE,),
        relations=_linked_to("RAPID ACTION BATTALION"),
        designations=_designation("GLOMAG"),
        remarks="(Linked To: RAPID ACTION BATTALION)",
        edition=edition,
        origins=(Origin(member="us_ofac_sdn_2021-12-10.xml", line=368, path="sdnList/sdnEntry"),),
    )


def battalion(edition: sl.Edition | None = EDITION) -> sl.Organization:
    """The Rapid Action Battalion."""
    return sl.Organization(
        id="us_ofac_sdn:33951",
        raw_kind="Entity",
        names=(
            sl.Name(text="RAPID ACTION BATTALION"),
            sl.Name(
                text="RAB FORCES",
                kind=sl.NameKind.AKA,
                strength=sl.AliasStrength.STRONG,
                raw_kind="a.k.a.",
            ),
        ),
        addresses=(
            sl.Address(
                lines=(
                    "RAB Forces Headquarters, Cargo Admin Building",
                    "Shahjalal International Airport",
                    "Kurmitola",
                ),
                city="Dhaka",
                postal_code="1229",
                country=BANGLADESH,
            ),
        ),
        established=(sl.PartialDate.parse("26 Mar 2004"),),
        features=(
            sl.Feature(
                label="Organization Established Date",
                value="26 Mar 2004",
                kind=sl.FeatureKind.ESTABLISHED,
                date=sl.PartialDate.parse("26 Mar 2004"),
            ),
            sl.Feature(
                label="Target Type", value="Government Entity", kind=sl.FeatureKind.TARGET_TYPE
            ),
        ),
        designations=_designation("GLOMAG"),
        edition=edition,
        origins=(Origin(member="us_ofac_sdn_2021-12-10.xml", line=329, path="sdnList/sdnEntry"),),
    )


def officers(edition: sl.Edition = EDITION) -> tuple[sl.Person, ...]:
    """The six persons that are linked to the battalion."""
    strong, weak = sl.AliasStrength.STRONG, sl.AliasStrength.WEAK

    def aka(text: str, strength: sl.AliasStrength) -> sl.Name:
        return sl.Name(text=text, kind=sl.NameKind.AKA, strength=strength, raw_kind="a.k.a.")

    return (
        officer(33952, "AHMED", "Benazir", "01 Oct 1963", "Gopalganj", edition=edition),
        officer(
            33953,
            "AL-MAMUN",
            "Chowdhury Abdullah",
            "12 Jan 1964",
            "Sunamganj",
            aka("ABDULLAH AL MAMUN, Chowdhury", strong),
            edition=edition,
        ),
        officer(
            33954,
            "KHAN",
            "Mohammad Anwar Latif",
            "01 Dec 1971",
            "Bogra",
            aka("KHAN, Anwar Latif", strong),
            edition=edition,
        ),
        officer(
            33955,
            "SORWAR",
            "Tofayel Mustafa",
            "07 Dec 1973",
            "Sunamganj",
            aka("SARWAR, Tofail Mostafa", strong),
            aka("SAROWAR, Tofael Mostafa", strong),
            edition=edition,
        ),
        officer(
            34076,
            "AZAD",
            "Khan Mohammad",
            "15 Oct 1974",
            "Barisal",
            aka("AZAD, K M", weak),
            edition=edition,
        ),
        officer(34077, "ALAM", "Mohammad Jahangir", "19 Oct 1973", "Dinajpur", edition=edition),
    )


def explanation(edition: sl.Edition = EDITION) -> answers.Explanation:
    """Why the battalion is listed."""
    rab = battalion(edition)
    return answers.Explanation(
        entity=rab,
        edition=edition,
        designations=rab.designations,
        programs=(answers.ExplainedProgram(code="GLOMAG", program=GLOMAG),),
        linked_from=tuple(
            answers.Link(relation=one.relations[0], source=one, targets=(rab,))
            for one in officers(edition)
        ),
        unstated=tuple(answers.Unstated(fact=fact, alternative_source=way) for fact, way in NEVER),
    )


def network() -> answers.Network:
    """The studios around SEK STUDIO; SHANGHAI HONGMAN is linked to LU, Hezheng."""

    def studio(uid: int, name: str, relations: tuple[sl.Relation, ...] = ()) -> sl.Organization:
        return sl.Organization(
            id=f"us_ofac_sdn:{uid}",
            raw_kind="Entity",
            names=(sl.Name(text=name),),
            relations=relations,
            designations=_designation("DPRK3"),
            edition=EDITION,
        )

    sek = studio(34022, "SEK STUDIO")
    moxing = studio(31042, "MOXING CARTOON", _linked_to("SEK STUDIO"))
    nings = studio(34023, "NINGS CARTOON STUDIO", _linked_to("SEK STUDIO"))
    lu = sl.Person(
        id="us_ofac_sdn:34024",
        raw_kind="Individual",
        names=(sl.Name(text="LU, Hezheng"),),
        relations=_linked_to("SEK STUDIO"),
        designations=_designation("DPRK3"),
        edition=EDITION,
    )
    hongman = studio(
        34025,
        "SHANGHAI HONGMAN CARTOON AND ANIMATION DESIGN STUDIO",
        _linked_to("LU, Hezheng"),
    )
    links: list[tuple[sl.Entity, sl.Entity]] = [
        (moxing, sek),
        (nings, sek),
        (lu, sek),
        (hongman, lu),
    ]
    return answers.Network(
        center=sek,
        depth=2,
        nodes=(
            answers.Node(entity=sek, distance=0),
            *(answers.Node(entity=one, distance=1) for one in (moxing, nings, lu)),
            answers.Node(entity=hongman, distance=2),
        ),
        links=tuple(
            answers.Link(relation=source.relations[0], source=source, targets=(target,))
            for source, target in links
        ),
        editions=(EDITION,),
    )


def audit() -> answers.Audit:
    """An audit with everything that an audit can have."""
    return answers.Audit(
        declared=9146,
        read=9146,
        converted=9145,
        issues=(
            answers.Issue(
                kind=answers.IssueKind.REJECTED,
                message="the entry has no name",
                where=Where(source="SDN.XML", entry="1", path="sdnEntry", line=7),
            ),
            *(
                answers.Issue(
                    kind=answers.IssueKind.UNREAD_VALUE,
                    message=f"date {n}",
                    where=Where(entry=str(n)),
                )
                for n in range(2, 27)
            ),
        ),
        unmapped=(
            answers.Unmapped(path="idList/id", label="Tarjeta Profesional", count=1204, sample="x"),
        ),
        unknown_codes=(
            answers.UnknownCode(
                vocabulary="program", code="NEW-EO", count=3, sample="us_ofac_sdn:1"
            ),
        ),
        paths=(
            answers.PathCoverage(path="uid", coverage=answers.Coverage.STRUCTURAL, count=9146),
            answers.PathCoverage(path="lastName", coverage=answers.Coverage.MAPPED, count=99999),
            answers.PathCoverage(path="idList/id", coverage=answers.Coverage.UNMAPPED, count=1),
        ),
    )


def inference() -> answers.Inference:
    """Something that a file does not state."""
    return answers.Inference(
        about=sl.Fact.LIST,
        value="Non-SDN CMIC List",
        reason="the program CMIC-EO13959 leads to this list alone",
    )


@pytest.fixture
def golden() -> Path:
    """The folder of printed objects that a person has read."""
    return Path(__file__).with_name("golden")


@pytest.fixture
def edition() -> sl.Edition:
    """The sample."""
    return EDITION


@pytest.fixture
def whole() -> sl.Edition:
    """A whole edition, which could state everything."""
    return WHOLE


@pytest.fixture
def rab() -> sl.Organization:
    """The Rapid Action Battalion, from the sample."""
    return battalion()


@pytest.fixture
def azad() -> sl.Person:
    """AZAD, Khan Mohammad, from the sample."""
    return officers()[4]


@pytest.fixture
def everybody() -> tuple[sl.Entity, ...]:
    """The battalion, and the six persons that are linked to it."""
    return (battalion(), *officers())


@pytest.fixture(name="inference")
def _inference() -> answers.Inference:
    """Something that a file does not state."""
    return inference()


@pytest.fixture
def why() -> answers.Explanation:
    """Why the battalion is listed, from the sample."""
    return explanation()


@pytest.fixture(name="network")
def _network() -> answers.Network:
    """The network around SEK STUDIO."""
    return network()


@pytest.fixture(name="audit")
def _audit() -> answers.Audit:
    """An audit with everything that an audit can have."""
    return audit()
