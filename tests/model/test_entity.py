"""Entity and its kinds: what is derived from the fields, and when two are equal."""

from __future__ import annotations

import attrs
import pytest

from sanctionslib.model import (
    Address,
    Aircraft,
    Birth,
    Country,
    Designation,
    Edition,
    Entity,
    Event,
    EventKind,
    Identifier,
    LegalBasis,
    Listing,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    Nationality,
    Organization,
    PartialDate,
    Person,
    Place,
    Scope,
    Vessel,
)

NAMES = (
    Name(text="RAPID ACTION BATTALION"),
    Name(text="RAB", kind=NameKind.AKA),
    Name(text="RAB FORCES", kind=NameKind.AKA),
)
BD, CN, IR, PA, RU, US = (
    Country(code=code, raw=raw)
    for code, raw in (
        ("BD", "Bangladesh"),
        ("CN", "China"),
        ("IR", "Iran"),
        ("PA", "Panama"),
        ("RU", "Russia"),
        ("US", "United States"),
    )
)
FREEZE, REJECT = Measure(kind=MeasureKind.ASSET_FREEZE), Measure(kind=MeasureKind.REJECT)
ORDER, ACT = LegalBasis(title="Executive Order 13818"), LegalBasis(title="Magnitsky Act")


def _listed(list_name: str, listed_since: str) -> Listing:
    event = Event(kind=EventKind.LISTED, date=PartialDate.parse(listed_since))
    return Listing(list_name=list_name, events=(event,))


def test_id_and_names() -> None:
    """List and key come from the id, the name and the aliases from `names`."""
    party = Entity(id="us_ofac_sdn:33951", names=NAMES)
    assert (party.list_id, party.source_id) == ("us_ofac_sdn", "33951")
    assert hash(party) == hash("us_ofac_sdn:33951")
    assert party.name == "RAPID ACTION BATTALION"
    assert [one.text for one in party.aliases] == ["RAB", "RAB FORCES"]
    built = Entity(id="eu_fsf:~myanmar:burma.1", names=())
    assert (built.list_id, built.source_id) == ("eu_fsf", "~myanmar:burma.1")
    assert (built.name, built.aliases) == ("", ())


def test_facts_of_all_designations() -> None:
    """Programs, bases and measures of all designations are each given once, in the order stated."""
    party = Entity(
        id="a:1",
        names=NAMES,
        designations=(
            Designation(
                listings=(_listed("SDN List", "2021"), _listed("CMIC", "2020")),
                programs=("SDGT", "GLOMAG"),
                legal_bases=(ORDER,),
                measures=(REJECT, FREEZE),
            ),
            Designation(
                listings=(_listed("SDN List", "2021"),),
                programs=("GLOMAG", "IRAN"),
                legal_bases=(ACT, attrs.evolve(ORDER, source_id="9")),
                measures=(FREEZE, attrs.evolve(REJECT, raw="Reject")),
            ),
        ),
    )
    assert [one.list_name for one in party.listings] == ["SDN List", "CMIC", "SDN List"]
    assert party.programs == ("SDGT", "GLOMAG", "IRAN")
    assert party.legal_bases == (ORDER, ACT)
    assert party.measures == (REJECT, FREEZE)
    assert party.listed_since == PartialDate.year(2020)


def test_key_of_a_party() -> None:
    """Its space is that of the entry, else of the edition, else the list itself."""
    party = Entity(id="a:1", names=NAMES)
    assert party.party_key == ("a", "1")
    stated = attrs.evolve(party, edition=Edition(list_id="a", id_space="ofac"))
    assert stated.party_key == ("ofac", "1")
    assert attrs.evolve(stated, id_space="eu").party_key == ("eu", "1")


def test_births_apart() -> None:
    """Dates and places of birth, each once, in the order stated."""
    day, place = PartialDate.year(1971), Place(text="Dhaka")
    births = (Birth(date=day), Birth(place=place), Birth(date=day, place=place))
    party = Person(id="a:1", names=NAMES, births=births)
    assert (party.birth_dates, party.birth_places) == ((day,), (place,))


def test_what_is_not_stated_is_empty() -> None:
    """Without designations nothing is derived; silence about dates is None, not a date."""
    party = Person(id="a:1", names=NAMES)
    derived = (party.listings, party.programs, party.legal_bases, party.measures, party.countries)
    assert derived == ((),) * 5
    assert party.listed_since is None
    assert Entity(id="a:1", names=NAMES, designations=(Designation(),)).listed_since is None


def _at(*countries: Country | None) -> tuple[Address, ...]:
    return tuple(Address(country=one) for one in countries)


@pytest.mark.parametrize(
    ("party", "countries"),
    [
        (Entity(id="a:1", names=(), addresses=_at(RU, None, CN, RU)), (RU, CN)),
        (
            Person(
                id="a:1",
                names=(),
                nationalities=(Nationality(country=BD),),
                citizenships=(Nationality(country=CN), Nationality(country=BD)),
                addresses=_at(RU, BD),
                births=(
                    Birth(date=PartialDate.year(1971)),
                    Birth(place=Place(text="somewhere")),
                    Birth(place=Place(text="Qom, Iran", country=IR)),
                ),
            ),
            (BD, CN, RU, IR),
        ),
        (
            Organization(id="a:1", names=(), addresses=_at(CN), registered_in=(PA, CN)),
            (CN, PA),
        ),
        (
            Vessel(
                id="a:1",
                names=(),
                flags=(PA, IR),
                former_flags=(US,),
                addresses=_at(CN),
                registered_in=(RU, PA),
            ),
            (PA, IR, CN, RU),
        ),
        (Aircraft(id="a:1", names=(), addresses=_at(IR), registered_in=(RU,)), (IR, RU)),
    ],
)
def test_countries_of_the_party(party: Entity, countries: tuple[Country, ...]) -> None:
    """Each source of a country, in order, each country once; a former flag is none of them."""
    assert party.countries == countries


def test_countries_that_are_not_the_partys() -> None:
    """The issuer of a document is no country of the party, and neither is the authority's state."""
    party = Person(id="a:1", names=(), identifiers=(Identifier(value="1", country=US),))
    assert party.countries == ()


def test_one_country_in_two_spellings_counts_once() -> None:
    """ "Burma" and "Myanmar" are one country; two places without a code are two."""
    spelled = _at(Country(code="MM", raw="Burma"), Country(code="MM", raw="Myanmar"))
    (only,) = Entity(id="a:1", names=(), addresses=spelled).countries
    assert only.raw == "Burma"
    without_code = _at(Country(raw="Region: Crimea"), Country(raw="undetermined"))
    assert len(Entity(id="a:1", names=(), addresses=without_code).countries) == 2


def test_repr() -> None:
    """One line: kind, id, name, programs, and whether it comes from a sample."""
    party = Organization(id="a:1", names=NAMES)
    assert repr(party) == "<Organization a:1 'RAPID ACTION BATTALION'>"
    programs = (Designation(programs=("SDGT", "GLOMAG")),)
    listed = attrs.evolve(party, designations=programs, edition=Edition(list_id="a"))
    assert repr(listed) == "<Organization a:1 'RAPID ACTION BATTALION' SDGT+GLOMAG>"
    sample = attrs.evolve(listed, edition=Edition(list_id="a", scope=Scope.SAMPLE))
    assert repr(sample) == "<Organization a:1 'RAPID ACTION BATTALION' SDGT+GLOMAG (sample)>"


def test_printing_goes_through_display() -> None:
    """Text, notebook card and rich table of a party all show its name."""
    console = pytest.importorskip("rich.console")
    party = Organization(id="a:1", names=(Name(text="MOXING & <SONS>"),))
    assert "MOXING & <SONS>" in str(party)
    assert "MOXING &amp; &lt;SONS&gt;" in party._repr_html_()
    with (printed := console.Console(width=100)).capture() as captured:
        printed.print(party)
    assert "MOXING & <SONS>" in captured.get()
