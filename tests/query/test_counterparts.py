"""`counterparts`: the same party on other lists, by official evidence alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import sanctionslib as sl
from sanctionslib.answers import EvidenceKind
from sanctionslib.errors import NotFoundError
from sanctionslib.model import DocumentFlag, Edition, Entity, Identifier, Organization, Person
from sanctionslib.query import SanctionsList

from .builders import party, several

K = sl.IdentifierKind


def number(text: str, **said: Any) -> Identifier:
    """A number: "PASSPORT PK: RL0068313", "LEI: 529900"."""
    head, _, value = text.partition(": ")
    kind, _, code = head.partition(" ")
    of = sl.Country(code=code, raw=code) if code else None
    known = kind in K.__members__
    return Identifier(
        kind=K[kind] if known else None,
        raw_kind="" if known else kind,
        value=value,
        country=of,
        **said,
    )


def _two(
    ours: Identifier,
    theirs: Identifier,
    kinds: tuple[type[Entity], type[Entity]] = (Organization, Organization),
) -> list[sl.answers.Counterpart]:
    """What is found of a party of one list on another one."""
    both = several(
        [
            party(kinds[0], "a:1", "SAME NAME", identifiers=(ours,)),
            party(kinds[1], "b:1", "SAME NAME", identifiers=(theirs,)),
        ],
        Edition(list_id="a"),
        Edition(list_id="b"),
    )
    found = list(both.counterparts("a:1"))
    back = list(both.counterparts("b:1"))
    assert len(found) == len(back), "evidence holds both ways"
    return found


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("PASSPORT PK: RL0068313", "PASSPORT PK: RL-0068313"),
        ("NATIONAL_ID PK: 42101-9541", "NATIONAL_ID PK: 421019541"),
        ("TAX RU: 7706101758", "TAX RU: 7706101758"),
        ("REGISTRATION RU: 1027739267819", "REGISTRATION RU: 1027739267819"),
        ("LEI: 529900T8BM49AURSDO55", "LEI: 529900t8bm49aursdo55"),
        ("USCC CN: 913101040936933514", "USCC: 913101040936933514"),
        ("BIC: EXMPRUMM", "BIC: EXMPRUMMXXX"),
        (f"DIGITAL_CURRENCY: 0x{'0' * 38}Aa", f"DIGITAL_CURRENCY: 0x{'0' * 38}aA"),
        ("UN_REFERENCE: KPe.001", "UN_REFERENCE: KPe.001"),
    ],
)
def test_same_number(ours: str, theirs: str) -> None:
    """The same number of the same register is evidence, with both statements in it."""
    (found,) = _two(number(ours), number(theirs))
    assert found.entity.id == "b:1"
    (evidence,) = found.evidence
    assert (evidence.kind, evidence.entity_id) == (EvidenceKind.SAME_IDENTIFIER, "a:1")
    assert (evidence.identifier, evidence.theirs) == (number(ours), number(theirs))
    assert evidence.link is None


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("PASSPORT PK: RL0068313", "PASSPORT IN: RL0068313"),
        ("PASSPORT PK: RL0068313", "PASSPORT: RL0068313"),
        ("PASSPORT PK: RL0068313", "NATIONAL_ID PK: RL0068313"),
        ("PASSPORT IR: UNKNOWN", "PASSPORT IR: Unknown"),
        ("REGISTRATION RU: XXXX-XXXX", "REGISTRATION RU: XXXXXXXX"),
        ("REGISTRATION US: 7136973 (Delaware)", "REGISTRATION US: 7136973 (Florida)"),
        *(
            (one, one)
            for one in (
                "PASSPORT: RL0068313",
                "PASSPORT PK: 4711",
                "PASSPORT IR: Not available",
                "TAX RU: 0000000000",
                "NATIONAL_ID IR: 1234567890",
                "IMO: 0000000",
                "DUNS: 987654321",
                f"LEI: {'0' * 20}",
                "LEI: 529900",
                "BIC: XXXXXXXX",
                f"DIGITAL_CURRENCY: 0x{'0' * 40}",
                "REGISTRATION DE: HRB4711",
                "TICKER RU: EXMPL1TICK",
                "OTHER_DOCUMENT RU: 918273645",
                "Tarjeta CO: 918273645",
            )
        ),
    ],
)
def test_no_evidence(ours: str, theirs: str) -> None:
    """Another country, register or kind, a short number or none: nothing, whatever the names are."""
    assert _two(number(ours), number(theirs)) == []


@pytest.mark.parametrize("fault", [{"valid": False}, {"flags": (DocumentFlag.FALSE,)}])
def test_false_numbers(fault: dict[str, Any]) -> None:
    """A number that a source calls false, on either side, is no evidence."""
    text = "PASSPORT PK: RL0068313"
    assert _two(number(text, **fault), number(text)) == []


def test_kinds_must_agree() -> None:
    """A person and a firm with one tax number are two; a kind that is not stated may be any."""
    tax = number("TAX RU: 7706101758")
    assert _two(tax, tax, (Person, Organization)) == []
    assert len(_two(tax, tax, (Person, Entity))) == 1
    imo = number("IMO: IMO 9187629")
    assert len(_two(imo, imo, (sl.Vessel, sl.Vessel))) == 1
    assert _two(imo, imo, (sl.Vessel, Organization)) == [], "the firm behind the ship"


def test_a_number_of_several_parties_tells_nobody() -> None:
    """Where a list has a number at two of its parties, it is not known which one is meant."""
    tax = number("TAX CO: 8001603532")
    shops = [
        party(Organization, "a:1", "FARM", identifiers=(tax,)),
        party(Organization, "b:1", "FARM", identifiers=(tax,)),
        party(Organization, "b:2", "SHOP", identifiers=(tax,)),
    ]
    editions = (Edition(list_id="a"), Edition(list_id="b"))
    both = several(shops, *editions)
    assert [len(both.counterparts(one.id)) for one in shops] == [0, 0, 0]
    assert len(several(shops[:2], *editions).counterparts("a:1")) == 1
    owner = party(Person, "b:2", "FARMER", identifiers=(tax,))
    assert len(several([*shops[:2], owner], *editions).counterparts("a:1")) == 1


def test_parties_of_one_list_are_two() -> None:
    """A list has each of its own parties once; what it repeats of other publishers may be the same."""
    tax = number("TAX CO: 8001603532")
    one = party(Organization, "csl:1", identifiers=(tax,), id_space="ofac")
    other = party(Organization, "csl:x", identifiers=(tax,))
    assert len(SanctionsList([one, other]).counterparts("csl:1")) == 1
    same = party(Organization, "csl:2", identifiers=(tax,), id_space="ofac")
    assert len(SanctionsList([one, same]).counterparts("csl:1")) == 0


def test_same_id() -> None:
    """An entity with the same id, of a list that shares the ids, is the same party."""
    sdn = Edition(list_id="sdn", id_space="ofac")
    both = several(
        [
            party(Person, "sdn:7", "A"),
            party(Person, "csl:7", "ANOTHER SPELLING", id_space="ofac"),
            party(Person, "un:7", "A"),
        ],
        sdn,
        Edition(list_id="csl"),
        Edition(list_id="un"),
    )
    (found,) = both.counterparts("sdn:7")
    assert (found.entity.id, [one.kind for one in found.evidence]) == (
        "csl:7",
        [EvidenceKind.SAME_ID],
    )
    assert [one.entity.id for one in both.counterparts("csl:7")] == ["sdn:7"]
    assert list(both.counterparts("un:7")) == []
    assert "same id: sdn:7 and csl:7, of lists that share their ids" in str(
        both.counterparts("sdn:7")
    )


@pytest.mark.parametrize(
    ("key", "former", "count"), [("9", None, 1), (None, None, 0), ("9", True, 0)]
)
def test_stated_as_the_same(key: str | None, former: bool | None, count: int) -> None:
    """A list that says so by id is evidence, from both ends; one that gives a name is none."""
    ref = sl.EntityRef(source_id=key, name="TWIN", id_space="un")
    same = sl.Relation(to=ref, kind=sl.RelationKind.SAME_AS, former=former)
    both = several(
        [party(Person, "eu:1", "TWIN", relations=(same,)), party(Person, "un:9", "TWIN")],
        Edition(list_id="eu"),
        Edition(list_id="un"),
    )
    for who, other in (("eu:1", "un:9"), ("un:9", "eu:1")):
        found = both.counterparts(who)
        assert [one.entity.id for one in found] == [other] * count
        for one in found:
            (evidence,) = one.evidence
            assert (evidence.kind, evidence.entity_id) == (EvidenceKind.STATED, who)
            assert evidence.link is not None
            assert "eu:1 says same as un:9" in str(found)


def test_all_entities_are_asked() -> None:
    """What any entity of a party states is evidence, with the id of that entity."""
    passport = number("PASSPORT PK: RL0068313")
    both = several(
        [
            party(Person, "sdn:7", "A"),
            party(Person, "csl:7", "A", id_space="ofac", identifiers=(passport,)),
            party(Person, "un:1", "B", identifiers=(passport,)),
        ],
        Edition(list_id="sdn", id_space="ofac"),
        Edition(list_id="csl"),
        Edition(list_id="un"),
    )
    found = {one.entity.id: one.evidence for one in both.counterparts("7")}
    assert [*found] == ["csl:7", "un:1"]
    assert [one.entity_id for one in found["un:1"]] == ["csl:7"]


def test_a_party_of_another_list() -> None:
    """An entity of a list that is not held is looked for all the same; an id must be held."""
    passport = number("PASSPORT PK: RL0068313")
    sdn = SanctionsList(
        [party(Person, "sdn:7", "A", identifiers=(passport,)), party(Person, "sdn:8")],
        Edition(list_id="sdn", id_space="ofac"),
    )
    un = party(Person, "un:1", identifiers=(passport,))
    csl = party(Person, "csl:8", id_space="ofac")
    assert [one.entity.id for one in sdn.counterparts(un)] == ["sdn:7"]
    assert [one.entity.id for one in sdn.counterparts(csl)] == ["sdn:8"]
    assert sdn.counterparts(un).center is un
    for nobody in ("un:1", "99"):
        with pytest.raises(NotFoundError):
            sdn.counterparts(nobody)


def test_nothing_found_says_what_was_looked_at() -> None:
    """No counterpart names the editions, and those that never state numbers."""
    unsupported = Edition(list_id="b", supported_facts=frozenset({sl.Fact.KIND}))
    both = several([party(Person, "a:1"), party(Person, "b:1")], Edition(list_id="a"), unsupported)
    found = both.counterparts("a:1")
    assert (len(found), bool(found), found.unsupported) == (0, False, (unsupported,))
    text = str(found)
    assert "No entity of another list is tied to this party by such evidence" in " ".join(
        text.split()
    )
    assert "Never states identifiers" in text
    assert "clear" not in text


@pytest.fixture(scope="module")
def america(lists: Path) -> SanctionsList[Entity]:
    """Three lists of the United States, of three years."""
    return sl.combine(
        sl.read(lists / "us_ofac_sdn/SDN_2021-03-10.xml"),
        sl.read(lists / "us_ofac_cons/CONSOLIDATED_2020-03-17.xml"),
        sl.read(lists / "us_trade_csl/consolidated_2022-05.csv", published="2022-05-01"),
    )


def test_whole_lists_count_parties_once(america: SanctionsList[Entity]) -> None:
    """A third of the entities are of parties that another list has under the same id."""
    assert (len(america), len(america.parties)) == (23_255, 14_538)
    vtb = america.why("17013")
    assert [one.id for one in vtb.entities] == ["us_ofac_cons:17013", "us_trade_csl:17013"]
    assert len(vtb.designations) == 4
    assert {one.list_name for one in vtb.entities[1].listings} == {
        "CAPTA List",
        "SDN List",
        "Sectoral Sanctions Identifications List",
    }
    with pytest.raises(sl.AmbiguousIdError):
        america["17013"]


def test_numbers_and_ids_agree(america: SanctionsList[Entity]) -> None:
    """Numbers find 3,500 pairs; 3,499 of them have one id, and the last is a man who had two.

    One firm (7577) has "Provisional" for a tax number, which is none.
    """
    counts: Counter[frozenset[EvidenceKind]] = Counter()
    by_number: list[tuple[str, str, str]] = []
    for one in america:
        if one.list_id != "us_trade_csl":
            continue
        for found in america.counterparts(one):
            kinds = frozenset(each.kind for each in found.evidence)
            counts[kinds] += 1
            if EvidenceKind.SAME_ID not in kinds:
                by_number.append((one.id, found.entity.id, found.entity.name))
    assert counts == {
        frozenset({EvidenceKind.SAME_ID}): 5_215,
        frozenset({EvidenceKind.SAME_ID, EvidenceKind.SAME_IDENTIFIER}): 3_499,
        frozenset({EvidenceKind.SAME_IDENTIFIER}): 1,
    }
    assert by_number == [("us_trade_csl:18349", "us_ofac_sdn:27317", "SHUKR, Fu'ad")]
