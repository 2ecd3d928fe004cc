"""What is printed as text: the rules that hold for all pages, tables, networks, audits."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

import sanctionslib as sl
from sanctionslib import answers, display
from sanctionslib.display._text import WIDTH, columns, wrapped
from sanctionslib.errors import InvalidInputError

from .builders import company, entity_table, in_full, words_of
from .made import EDITION, EVERYBODY, NETWORK, RAB, WHOLE, WHY


def test_wide_signs_and_long_words_fit() -> None:
    """Chinese signs count twice, and a word longer than the line is broken."""
    long = company(names=(sl.Name(text="人权" * 80), sl.Name(text="x" * 300, kind=sl.NameKind.AKA)))
    text = display.to_text(long)
    assert all(columns(line) <= WIDTH for line in text.split("\n"))
    assert "".join(text.split()).count("x" * 300) == 1
    assert wrapped("a  b", 10) == ["a  b"]
    assert wrapped("", 10) == [""]
    assert columns("e\u0301 \u200c人") == 4


def test_a_sample_is_said_however_it_was_reached() -> None:
    """SAMPLE is the first word, where only an entity says of what edition it is, too."""
    for shown in (attrs.evolve(WHY, edition=None), entity_table(EVERYBODY)):
        assert display.to_text(shown).startswith("*** SAMPLE")


def test_parts_and_gaps_are_said() -> None:
    """A part of a list, and an edition with missing files, say so above everything else."""
    part = attrs.evolve(WHOLE, scope=sl.Scope.CUSTOM, filter="program GLOMAG", missing=("ADD.CSV",))
    told = (
        "*** PART of us_ofac_sdn · program GLOMAG ***",
        "*** INCOMPLETE · us_ofac_sdn without ADD.CSV ***",
    )
    party = attrs.evolve(RAB, edition=part)
    assert display.to_text(party).startswith(" ".join(told))
    assert display.to_text(party, width=80).startswith("\n".join(told))


@pytest.mark.parametrize(
    "form", [display.to_text, display.to_html, display.to_rich, display.to_markdown]
)
@pytest.mark.parametrize("shown", ["text", None, 5, sl.Name(text="A")])
def test_other_objects_are_refused(form: Callable[[object], object], shown: object) -> None:
    """Anything else is a TypeError that names what can be shown."""
    with pytest.raises(TypeError, match=r"an Entity or an answer \(.*Comparison, Hit, .*Hits"):
        form(shown)


def test_network_directions() -> None:
    """A link that leads away from the center stands with its far end, as incoming."""
    sek, lu = NETWORK.nodes[0].entity, NETWORK.nodes[3].entity
    outward = answers.Link(
        relation=sl.Relation(
            to=sl.EntityRef(name="LU, Hezheng"), kind=sl.RelationKind.OWNS_OR_CONTROLS
        ),
        source=sek,
        targets=(lu,),
    )
    nowhere = answers.Link(relation=sl.Relation(to=sl.EntityRef(name="GONE")), source=sek)
    text = in_full(attrs.evolve(NETWORK, links=(outward, nowhere)))
    incoming = "- SEK STUDIO (us_ofac_sdn:34022) owns, controls or operates it"
    assert incoming in text
    assert "- linked with GONE [not in this list]" in text
    assert text.index("GONE") < text.index("DISTANCE 1") < text.index(incoming)


def test_network_without_its_nodes() -> None:
    """A link whose ends are not among the parties is shown all the same."""
    alone = attrs.evolve(NETWORK, nodes=NETWORK.nodes[:1], links=NETWORK.links[-1:], editions=())
    text = words_of(alone)
    assert "OTHER LINKS links SHANGHAI HONGMAN CARTOON AND ANIMATION DESIGN STUDIO" in text


def test_audit_disagreement() -> None:
    """A file that holds fewer entries than it declares says so."""
    text = display.to_text(answers.Audit(declared=3, read=2, converted=2))
    assert "The source declares 3 entries, and 2 were found." in text


@pytest.mark.parametrize(
    ("limit", "end"), [(0, ""), (3, "… and 4 more"), (6, "… and 1 more"), (7, ""), (20, "")]
)
def test_list_limit(limit: int, end: str) -> None:
    """The table ends with how many more there are, or with its last row."""
    lines = display.to_text(entity_table(EVERYBODY, EDITION), limit=limit).splitlines()
    assert end in lines if end else not [one for one in lines if one.startswith("… and")]
    assert len([one for one in lines if one.endswith(tuple(one.id for one in EVERYBODY))]) == min(
        limit or len(EVERYBODY), len(EVERYBODY)
    )


def test_list_refuses_a_negative_limit() -> None:
    """A negative limit is an error of ours, with a hint."""
    for to in (display.to_text, display.to_html, display.to_rich, display.to_sheet):
        with pytest.raises(InvalidInputError, match="limit=-1 is less than none"):
            to(entity_table(()), limit=-1)


def test_list_of_several_editions() -> None:
    """Each edition that was looked at has its line; only those that never state a date say so."""
    text = in_full(entity_table((RAB,), EDITION, WHOLE))
    assert text.count("us_ofac_sdn · 2021-12-10 · ofac-classic-xml") == 2
    assert text.count("never stated in") == 1


def test_list_since() -> None:
    """A date of listing stands in the table; then nothing is said of dashes."""
    listing = sl.Listing(
        list_name="SDN List",
        events=(sl.Event(kind=sl.EventKind.LISTED, date=sl.PartialDate.parse("2021-12-10")),),
    )
    dated = company(designations=(sl.Designation(listings=(listing,)),))
    text = display.to_text(entity_table((dated,)))
    assert text.splitlines()[3].split()[-2:] == ["2021-12-10", dated.id]
    assert "never" not in text


LONG_IDS = (
    "us_trade_csl:caeb24bb901171744f7b376b17c4ad98a782c827",
    "us_klepto_hr_visa:~mario-plutarco-marin-torres",
    "us_ofac_sdn:33951",
)


def test_long_ids_stay_whole() -> None:
    """Whatever the width, an id is one word; a name is cut short, and a code is not."""
    names = (sl.Name(text="DIRECTORATE OF DEFENSE INDUSTRIES OF AN EXAMPLE COUNTRY"),)
    program = (sl.Designation(programs=("EXAMPLE-EO12345",)),)
    rows = [company(id=one, names=names, designations=program) for one in LONG_IDS]
    for width in (80, 100, 120):
        text = display.to_text(entity_table(rows), width=width)
        assert all(columns(line) <= width for line in text.splitlines())
        assert set(LONG_IDS) <= set(text.split())
        assert text.count("DIRECTORATE") == len(rows)
        assert text.count("EXAMPLE-EO12345") in (0, len(rows))
    full = display.to_text(entity_table(rows), width=100, explain=True)
    assert full.count("COUNTRY") == len(rows)


def test_long_ids_stay_whole_where_there_is_room() -> None:
    """A table that fits is not broken for its ids."""
    rows = [company(id=one, names=(sl.Name(text="EXAMPLE"),)) for one in LONG_IDS[1:]]
    text = display.to_text(entity_table(rows))
    assert set(LONG_IDS[1:]) <= set(text.split())


def test_countries_of_a_table_are_names() -> None:
    """The table has the name of a country; the code that the source has is on the party's page."""
    party = company(registered_in=(sl.Country(code="BY", raw="BY"),))
    assert "Belarus" in (table := display.to_text(entity_table((party,))))
    assert "(BY)" not in table
    assert "Belarus (BY)" in display.to_text(party)


def test_a_party_that_is_only_perhaps_there() -> None:
    """A party that only an ambiguous link leads to says so in its line."""
    unsure = tuple(attrs.evolve(one, certain=one.distance == 0) for one in NETWORK.nodes)
    text = words_of(attrs.evolve(NETWORK, nodes=unsure))
    assert text.count("only perhaps") == len(unsure) - 1
    assert "only perhaps" not in words_of(NETWORK)
