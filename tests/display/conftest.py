"""Parties as OFAC listed them on 10 December 2021, built by hand from the model's classes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionslib.answers import (
    Audit,
    Coverage,
    ExplainedProgram,
    Explanation,
    Inference,
    Issue,
    IssueKind,
    Link,
    Network,
    Node,
    PathCoverage,
    UnknownCode,
    Unmapped,
    Unstated,
)
from sanctionslib.errors import Where
from sanctionslib.model import (
    Address,
    AliasStrength,
    Authority,
    Birth,
    Country,
    Designation,
    Edition,
    Entity,
    EntityRef,
    Fact,
    Feature,
    FeatureKind,
    Gender,
    LegalBasis,
    Listing,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    Nationality,
    Organization,
    Origin,
    PartialDate,
    Person,
    Place,
    Program,
    Relation,
    RelationKind,
    Scope,
)

OFAC = Authority(
    code="OFAC",
    name="Office of Foreign Assets Control, US Department of the Treasury",
    country="US",
)
BANGLADESH = Country(code="BD", raw="Bangladesh")
NEVER = (
    (Fact.LISTING_DATE, "OFAC's enhanced or advanced XML, or the diff of two editions"),
    (Fact.REASON, "the press release of the day, on treasury.gov"),
    (Fact.MEASURE, "OFAC's enhanced or advanced XML"),
)
EDITION = Edition(
    list_id="us_ofac_sdn",
    publisher="Office of Foreign Assets Control",
    title="Specially Designated Nationals List",
    format="ofac-classic-xml",
    published=date(2021, 12, 10),
    dated_by="file",
    scope=Scope.SAMPLE,
    members=("us_ofac_sdn_2021-12-10.xml",),
    declared=26,
    sha256="3f1c0b7a" * 8,
    supported_facts=frozenset(Fact) - {fact for fact, _ in NEVER},
    alternative_sources=NEVER,
)
WHOLE = Edition(
    list_id="us_ofac_sdn", format="ofac-classic-xml", published=date(2021, 12, 10), declared=9146
)
GLOMAG = Program(
    code="GLOMAG",
    authority="OFAC",
    title="Global Magnitsky: serious human rights abuse and corruption, worldwide",
    legal_bases=(
        LegalBasis(title="Executive Order 13818"),
        LegalBasis(title="Global Magnitsky Human Rights Accountability Act"),
        LegalBasis(title="31 CFR part 583"),
    ),
    measures=(Measure(kind=MeasureKind.ASSET_FREEZE),),
    source="OFAC's reference values of 2024-08-28 and the texts of the instruments",
)


def _designation(program: str) -> tuple[Designation, ...]:
    return (
        Designation(authority=OFAC, listings=(Listing(list_name="SDN List"),), programs=(program,)),
    )


def _linked_to(name: str) -> tuple[Relation, ...]:
    ref = EntityRef(name=name, id_space="ofac")
    return (Relation(to=ref, kind=RelationKind.LINKED_TO, raw_kind="Linked To"),)


def officer(
    uid: int, last: str, first: str, born: str, place: str, *aliases: Name, edition: Edition
) -> Person:
    """One of the persons that are linked to the Rapid Action Battalion."""
    parts = (
        NamePart(kind=NamePartKind.FAMILY, text=last),
        NamePart(kind=NamePartKind.GIVEN, text=first),
    )
    return Person(
        id=f"us_ofac_sdn:{uid}",
        raw_kind="Individual",
        names=(Name(text=f"{last}, {first}", parts=parts), *aliases),
        addresses=(Address(country=BANGLADESH),),
        births=(
            Birth(date=PartialDate.parse(born), primary=True),
            Birth(place=Place(text=f"{place}, Bangladesh", country=BANGLADESH), primary=True),
        ),
        nationalities=(Nationality(country=BANGLADESH, primary=True),),
        genders=(Gender.MALE,),
        relations=_linked_to("RAPID ACTION BATTALION"),
        designations=_designation("GLOMAG"),
        remarks="(Linked To: RAPID ACTION BATTALION)",
        edition=edition,
        origins=(Origin(member="us_ofac_sdn_2021-12-10.xml", line=368, path="sdnList/sdnEntry"),),
    )


def battalion(edition: Edition | None = EDITION) -> Organization:
    """The Rapid Action Battalion."""
    return Organization(
        id="us_ofac_sdn:33951",
        raw_kind="Entity",
        names=(
            Name(text="RAPID ACTION BATTALION"),
            Name(
                text="RAB FORCES",
                kind=NameKind.AKA,
                strength=AliasStrength.STRONG,
                raw_kind="a.k.a.",
            ),
        ),
        addresses=(
            Address(
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
        established=(PartialDate.parse("26 Mar 2004"),),
        features=(
            Feature(
                label="Organization Established Date",
                value="26 Mar 2004",
                kind=FeatureKind.ESTABLISHED,
                date=PartialDate.parse("26 Mar 2004"),
            ),
            Feature(label="Target Type", value="Government Entity", kind=FeatureKind.TARGET_TYPE),
        ),
        designations=_designation("GLOMAG"),
        edition=edition,
        origins=(Origin(member="us_ofac_sdn_2021-12-10.xml", line=329, path="sdnList/sdnEntry"),),
    )


def officers(edition: Edition = EDITION) -> tuple[Person, ...]:
    """The six persons that are linked to the battalion."""
    strong, weak = AliasStrength.STRONG, AliasStrength.WEAK

    def aka(text: str, strength: AliasStrength) -> Name:
        return Name(text=text, kind=NameKind.AKA, strength=strength, raw_kind="a.k.a.")

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


def explanation(edition: Edition = EDITION) -> Explanation:
    """Why the battalion is listed."""
    rab = battalion(edition)
    return Explanation(
        entity=rab,
        edition=edition,
        designations=rab.designations,
        programs=(ExplainedProgram(code="GLOMAG", program=GLOMAG),),
        linked_from=tuple(
            Link(relation=one.relations[0], source=one, targets=(rab,)) for one in officers(edition)
        ),
        unstated=tuple(Unstated(fact=fact, alternative_source=way) for fact, way in NEVER),
    )


def network() -> Network:
    """The studios around SEK STUDIO; SHANGHAI HONGMAN is linked to LU, Hezheng."""

    def studio(uid: int, name: str, relations: tuple[Relation, ...] = ()) -> Organization:
        return Organization(
            id=f"us_ofac_sdn:{uid}",
            raw_kind="Entity",
            names=(Name(text=name),),
            relations=relations,
            designations=_designation("DPRK3"),
            edition=EDITION,
        )

    sek = studio(34022, "SEK STUDIO")
    moxing = studio(31042, "MOXING CARTOON", _linked_to("SEK STUDIO"))
    nings = studio(34023, "NINGS CARTOON STUDIO", _linked_to("SEK STUDIO"))
    lu = Person(
        id="us_ofac_sdn:34024",
        raw_kind="Individual",
        names=(Name(text="LU, Hezheng"),),
        relations=_linked_to("SEK STUDIO"),
        designations=_designation("DPRK3"),
        edition=EDITION,
    )
    hongman = studio(
        34025,
        "SHANGHAI HONGMAN CARTOON AND ANIMATION DESIGN STUDIO",
        _linked_to("LU, Hezheng"),
    )
    links: list[tuple[Entity, Entity]] = [(moxing, sek), (nings, sek), (lu, sek), (hongman, lu)]
    return Network(
        center=sek,
        depth=2,
        nodes=(
            Node(entity=sek, distance=0),
            *(Node(entity=one, distance=1) for one in (moxing, nings, lu)),
            Node(entity=hongman, distance=2),
        ),
        links=tuple(
            Link(relation=source.relations[0], source=source, targets=(target,))
            for source, target in links
        ),
        editions=(EDITION,),
    )


def audit() -> Audit:
    """An audit with everything that an audit can have."""
    return Audit(
        declared=9146,
        read=9146,
        converted=9145,
        issues=(
            Issue(
                kind=IssueKind.REJECTED,
                message="the entry has no name",
                where=Where(source="SDN.XML", entry="1", path="sdnEntry", line=7),
            ),
            *(
                Issue(kind=IssueKind.UNREAD_VALUE, message=f"date {n}", where=Where(entry=str(n)))
                for n in range(2, 27)
            ),
        ),
        unmapped=(Unmapped(path="idList/id", label="Tarjeta Profesional", count=1204, sample="x"),),
        unknown_codes=(
            UnknownCode(vocabulary="program", code="NEW-EO", count=3, sample="us_ofac_sdn:1"),
        ),
        paths=(
            PathCoverage(path="uid", coverage=Coverage.STRUCTURAL, count=9146),
            PathCoverage(path="lastName", coverage=Coverage.MAPPED, count=99999),
            PathCoverage(path="idList/id", coverage=Coverage.UNMAPPED, count=1),
        ),
    )


def inference() -> Inference:
    """Something that a file does not state."""
    return Inference(
        about=Fact.LIST,
        value="Non-SDN CMIC List",
        reason="the program CMIC-EO13959 leads to this list alone",
    )


@pytest.fixture
def golden() -> Path:
    """The folder of printed objects that a person has read."""
    return Path(__file__).with_name("golden")


@pytest.fixture
def edition() -> Edition:
    """The sample."""
    return EDITION


@pytest.fixture
def whole() -> Edition:
    """A whole edition, which could state everything."""
    return WHOLE


@pytest.fixture
def rab() -> Organization:
    """The Rapid Action Battalion, from the sample."""
    return battalion()


@pytest.fixture
def azad() -> Person:
    """AZAD, Khan Mohammad, from the sample."""
    return officers()[4]


@pytest.fixture
def everybody() -> tuple[Entity, ...]:
    """The battalion, and the six persons that are linked to it."""
    return (battalion(), *officers())


@pytest.fixture(name="inference")
def _inference() -> Inference:
    """Something that a file does not state."""
    return inference()


@pytest.fixture
def why() -> Explanation:
    """Why the battalion is listed, from the sample."""
    return explanation()


@pytest.fixture(name="network")
def _network() -> Network:
    """The network around SEK STUDIO."""
    return network()


@pytest.fixture(name="audit")
def _audit() -> Audit:
    """An audit with everything that an audit can have."""
    return audit()
