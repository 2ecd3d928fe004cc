"""Finding parties exactly: by name, by number, and by what a source says of another party."""

from __future__ import annotations

from typing import Any

import pytest

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError, NotFoundError, NotStatedError
from sanctionslib.model import Entity, EntityRef, Identifier, IdentifierKind, Organization, Person
from sanctionslib.query import SanctionsList

from .builders import keys, party, several

IMO, PASSPORT, TAX = IdentifierKind.IMO, IdentifierKind.PASSPORT, IdentifierKind.TAX
WALLET = IdentifierKind.DIGITAL_CURRENCY
SDN, CSL = sl.Edition(list_id="sdn", id_space="ofac"), sl.Edition(list_id="csl", id_space="ofac")
UN = sl.Edition(list_id="un")


# ── names ─────────────────────────────────────────────────────────────────────────────────────


def test_named(sdn: SanctionsList[Entity]) -> None:
    """A whole name, primary or alias, in any case, gives all who bear it; a part of one nobody."""
    assert keys(sdn.named("RAB Forces")) == ["33951"]
    assert keys(sdn.named("rapid action battalion")) == ["33951"]
    assert sdn.named("RAPID ACTION") == ()
    assert sdn.named("") == ()


def test_named_leaves_no_part_of_a_name_out() -> None:
    """A person is found given names first, all of them: another one may bear fewer."""
    kinds = (sl.NamePartKind.FAMILY, sl.NamePartKind.GIVEN, sl.NamePartKind.MIDDLE)
    words = zip(kinds, ("EXAMPLE", "Anna", "Maria"), strict=True)
    parts = tuple(sl.NamePart(kind=kind, text=word) for kind, word in words)
    name = sl.Name(text="EXAMPLE, Anna Maria", parts=parts)
    mine = SanctionsList([Person(id="watch:1", names=(name,))])
    assert (
        keys(mine.named("anna maria example")) == keys(mine.named("example, anna MARIA")) == ["1"]
    )
    assert mine.named("Anna Example") == mine.named("Example") == ()


def test_named_gives_each_bearer_once() -> None:
    """Two bearers are both given, one that bears a name twice is given once, selections their own."""
    mine = SanctionsList(
        [
            party(Person, "1", "STRASSE", "Straße", "strasse"),
            party(sl.Vessel, "2", "STRASSE"),
            party(Person, "3", "OTHER", "Weiß"),
        ]
    )
    assert keys(mine.named("Strasse")) == ["1", "2"]
    assert keys(mine.named("WEISS")) == keys(mine.named("weiß")) == ["3"]
    assert keys(mine.where(kind=sl.Vessel).named("straße")) == ["2"]
    assert mine.where(kind=sl.Vessel).named("OTHER") == ()


def test_suggest(sdn: SanctionsList[Entity]) -> None:
    """Near names come best first and no more than asked for; nothing near gives nothing."""
    found = sdn.suggest("Rapid Action Batalion")
    assert found[0] == "RAPID ACTION BATTALION"
    assert len(sdn.suggest("studio", limit=2)) <= 2
    assert len(sdn.suggest("STUDIO", limit=9)) > len(sdn.suggest("STUDIO", limit=1)) == 1
    assert sdn.suggest("zzzzqqqq") == ()
    assert sdn.suggest("???") == ()
    names = {one.text for each in sdn for one in each.names}
    assert set(sdn.suggest("cartoon", limit=50)) <= names
    assert sdn.suggest("cartoon") == sdn.suggest("cartoon", limit=None)
    assert len(sdn.suggest("STUDIO", limit=0)) >= len(sdn.suggest("STUDIO", limit=9))
    with pytest.raises(InvalidInputError, match="limit=-1"):
        sdn.suggest("cartoon", limit=-1)
    persons = sdn.where(kind=Person)
    assert "RAPID ACTION BATTALION" not in persons.suggest("Rapid Action Batalion")
    assert persons.suggest("Soin Dmitry Yuryevich")[0] == "SOIN, Dmitry Yuryevich"


# ── numbers ───────────────────────────────────────────────────────────────────────────────────


def _numbers() -> SanctionsList[Entity]:
    def with_(key: str, *pairs: tuple[IdentifierKind | None, str]) -> Entity:
        numbers = tuple(Identifier(kind=kind, value=value) for kind, value in pairs)
        return party(Entity, key, identifiers=numbers)

    return SanctionsList(
        [
            with_("ship", (IMO, "IMO 9187629"), (IdentifierKind.MMSI, "572469210")),
            with_("firm", (TAX, "9187629"), (IdentifierKind.REGISTRATION, "AB-12/345")),
            with_("person", (PASSPORT, "ab 12345"), (None, "ab 12345"), (TAX, "--")),
            with_("wallet", (WALLET, "1A1zP1eP5QGefi"), (WALLET, "QUPPERCASE9")),
            with_("other wallet", (WALLET, "1a1zp1ep5qgefi")),
            with_("listed", (IdentifierKind.EU_REFERENCE, "EU.3579.2")),
            with_("nothing"),
        ]
    )


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("9187629", ["ship", "firm"]),
        ("IMO 9187629", ["ship"]),
        ("imo9187629", ["ship"]),
        (" IMO: 918-7629 ", ["ship"]),
        ("572469210", ["ship"]),
        ("IMO 572469210", []),
        ("ab12345", ["firm", "person", "person"]),
        ("AB 12 345", ["firm", "person", "person"]),
        ("AB-12/345", ["firm", "person", "person"]),
        ("1A1zP1eP5QGefi", ["wallet"]),
        (" 1A1zP1eP5QGefi ", ["wallet"]),
        ("1a1zp1ep5qgefi", ["other wallet"]),
        ("1A1ZP1EP5QGEFI", []),
        ("QUPPERCASE9", ["wallet"]),
        ("quppercase9", []),
        ("Quppercase9", []),
        ("QUPPER-CASE9", []),
        ("EU.3579.2", ["listed"]),
        (" eu.3579.2 ", ["listed"]),
        ("EU.357.92", []),
        ("IMO", []),
        ("918762", []),
        ("91876299", []),
    ],
)
def test_lookup(number: str, found: list[str]) -> None:
    """Case, blanks and marks do not count, but in wallets, "IMO" does; only whole numbers are found."""
    hits = _numbers().find_number(number)
    assert [one.entity.source_id for one in hits] == found
    for hit in hits:
        assert hit.identifier in hit.entity.identifiers


@pytest.mark.parametrize(
    ("number", "kind", "found"),
    [
        ("ab12345", PASSPORT, ["person"]),
        ("ab12345", "passport", ["person"]),
        ("9187629", TAX, ["firm"]),
        ("9187629", [TAX, IMO], ["ship", "firm"]),
        ("9187629", {PASSPORT}, []),
        ("9187629", ["passport", PASSPORT], []),
        ("IMO 9187629", TAX, []),
    ],
)
def test_lookup_of_a_kind(number: str, kind: Any, found: list[str]) -> None:
    """`kind` takes one kind or several, by themselves or by their values."""
    hits = _numbers().find_number(number, kind=kind)
    assert [one.entity.source_id for one in hits] == found


@pytest.mark.parametrize("kind", ["pasport", ["passport", "pass port"], (), set()])
def test_lookup_of_no_kind(kind: Any) -> None:
    """A kind that is none, or an empty choice, raises."""
    with pytest.raises(InvalidInputError, match="kind"):
        _numbers().find_number("9187629", kind=kind)


def test_selections_find_their_own(sdn: SanctionsList[Entity]) -> None:
    """Numbers are those of its own parties; references are answered from the base: links hold."""
    (hit,) = sdn.find_number("913101040936933514")
    assert (hit.entity.source_id, hit.identifier.kind) == ("31042", IdentifierKind.USCC)
    persons = sdn.where(kind=Person)
    assert persons.find_number("913101040936933514") == ()
    assert sdn.where(kind=Organization).find_number("913101040936933514") == (hit,)
    assert keys(persons.resolve(EntityRef(name="RAPID ACTION BATTALION"))) == ["33951"]


@pytest.mark.parametrize("number", ["", "  ", "--", "./"])
def test_lookup_of_nothing(number: str) -> None:
    """A text without letters and digits is no number, and not "not found"."""
    with pytest.raises(InvalidInputError, match="neither letters nor digits"):
        _numbers().find_number(number)


def test_lookup_where_no_numbers_are_stated() -> None:
    """An edition without numbers does not answer "not found"; the advice is one that can be taken."""
    edition = sl.Edition(
        list_id="watch",
        supported_facts=frozenset({sl.Fact.KIND}),
        alternative_sources=((sl.Fact.IDENTIFIER, "read the XML"),),
    )
    mine = SanctionsList([party(Person, "1")], edition)
    with pytest.raises(NotStatedError) as caught:
        mine.find_number("1")
    assert caught.value.facts == ("identifier",)
    assert "read the XML" in caught.value.hint
    assert "unstated='drop' or 'keep' continues without it" in caught.value.hint


def test_lookup_beside_a_list_that_does_not_state_all_numbers() -> None:
    """Its list is left out, or looked through as far as it goes, where the caller says so."""
    passport = Identifier(value="X1", kind=PASSPORT)
    cut = sl.Edition(list_id="cut", missing=("ADD.CSV",), supported_facts=frozenset())
    lists = [
        SanctionsList([party(Person, f"{edition.list_id}:1", identifiers=(passport,))], edition)
        for edition in (cut, UN)
    ]
    both = sl.combine(*lists)
    with pytest.raises(NotStatedError, match="the identifier of everybody"):
        both.find_number("X1")
    found = {how: both.find_number("X1", unstated=how) for how in ("drop", "keep")}  # type: ignore[arg-type]
    assert [[one.entity.id for one in each] for each in found.values()] == [
        ["un:1"],
        ["cut:1", "un:1"],
    ]


# ── references ────────────────────────────────────────────────────────────────────────────────


def _parties() -> SanctionsList[Entity]:
    return several(
        [
            party(Organization, "sdn:1", "SEK STUDIO", "APRIL 26"),
            party(Organization, "csl:1", "SEK STUDIO (CSL)"),
            party(Person, "sdn:2", "KIM, Chol"),
            party(Person, "sdn:3", "KIM, Chol"),
            party(Person, "un:1", "SOMEBODY ELSE"),
            party(Person, "csl:9", "KIM, Chol"),
        ],
        SDN,
        CSL,
        UN,
    )


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        (EntityRef(name="SEK STUDIO"), ["sdn:1"]),
        (EntityRef(name="SEK STUDIO", id_space="ofac"), ["sdn:1"]),
        (EntityRef(name="SEK STUDIO", id_space="un"), []),
        (EntityRef(name="sek studio"), []),
        (EntityRef(name="APRIL 26"), []),
        (EntityRef(name="KIM, Chol"), ["sdn:2", "sdn:3", "csl:9"]),
        (EntityRef(name="NOBODY HERE"), []),
        (EntityRef(), []),
        (EntityRef(source_id="2"), ["sdn:2"]),
        (EntityRef(source_id="2", name="SEK STUDIO"), ["sdn:2"]),
        (EntityRef(source_id="77", name="SEK STUDIO"), []),
        # lists of one id space have one party in two entities; another space is another party
        (EntityRef(source_id="1", id_space="ofac"), ["sdn:1"]),
        (EntityRef(source_id="1", id_space="un"), ["un:1"]),
        (EntityRef(source_id="1"), ["sdn:1", "un:1"]),
    ],
)
def test_resolve(ref: EntityRef, found: list[str]) -> None:
    """A reference means the party with its key, else all with exactly its primary name."""
    assert [one.id for one in _parties().resolve(ref)] == found


def test_resolve_in_a_list_of_ones_own() -> None:
    """Without an edition the list id is the id space."""
    mine = SanctionsList([party(Person, "a:1"), party(Person, "b:1")])
    assert [one.id for one in mine.resolve(EntityRef(source_id="1", id_space="b"))] == ["b:1"]
    assert len(mine.resolve(EntityRef(source_id="1"))) == 2


# ── as people write it ────────────────────────────────────────────────────────────────────────

SPELT = SanctionsList(
    [
        party(sl.Vessel, "ship", identifiers=(Identifier(value="IMO 9187629", kind=IMO),)),
        party(Organization, "firm", identifiers=(Identifier(value="IMO 5993381", kind=TAX),)),
        party(Organization, "same", identifiers=(Identifier(value="9187629", kind=TAX),)),
        party(Organization, "noted", identifiers=(Identifier(value="7136973 (Delaware)"),)),
        party(
            Organization,
            "bank",
            identifiers=(Identifier(value="SABRRUMM", kind=IdentifierKind.BIC),),
        ),
        party(Person, "passport", identifiers=(Identifier(value="RL0068313", kind=PASSPORT),)),
        party(
            Person,
            "hex",
            identifiers=(
                Identifier(value="0x7F367cC41522cE07553e823bf3be79A889DEbe1B", kind=WALLET),
            ),
        ),
    ]
)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("IMO No. 9187629", ["ship"]),
        ("imo 9187629", ["ship"]),
        ("９１８７６２９", ["same", "ship"]),
        ("5993381", ["firm"]),
        ("IMO 5993381", ["firm"]),
        ("7136973", ["noted"]),
        ("7136973 (Delaware)", ["noted"]),
        ("SABRRUMMXXX", ["bank"]),
        ("Passport RL0068313", ["passport"]),
        ("Passport No.: RL 0068313", ["passport"]),
        ("0x7f367cc41522ce07553e823bf3be79a889debe1b", ["hex"]),
        ("Passport RL", []),
        ("Delaware", []),
    ],
)
def test_spellings_of_a_number(number: str, found: list[str]) -> None:
    """What people add to a number, or leave out of it, does not hide it."""
    assert sorted(keys([hit.entity for hit in SPELT.find_number(number)])) == sorted(found)


@pytest.mark.parametrize("name", ["  RAB   FORCES ", "rab\tforces", "Benazir AHMED"])
def test_named_as_people_write_it(sdn: SanctionsList[Entity], name: str) -> None:
    """Blanks do not count, and persons are found with their given names first too."""
    assert len(sdn.named(name)) == 1


def test_text_is_asked_for(sdn: SanctionsList[Entity]) -> None:
    """Numbers and names in place of text and references are refused in our words."""
    with pytest.raises(TypeError, match="a number is text, not int"):
        sdn.find_number(9187629)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a name is text, not None"):
        sdn.named(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="EntityRef"):
        sdn.resolve("SEK STUDIO")  # type: ignore[arg-type]


def test_a_name_in_place_of_an_id(sdn: SanctionsList[Entity]) -> None:
    """A similar name is suggested with its id."""
    with pytest.raises(NotFoundError) as caught:
        sdn["Rapid Action Batalion"]
    assert caught.value.suggestions[0] == "33951"
    assert "'RAPID ACTION BATTALION' has the id '33951'" in caught.value.hint


def test_an_aircraft_by_its_name() -> None:
    """OFAC prints tail numbers as names: found as such, marked, and never twice."""
    tail = Identifier(kind=IdentifierKind.AIRCRAFT_TAIL, value="EP-MMH")
    mine = SanctionsList(
        [
            party(sl.Aircraft, "1", "EP-GOM"),
            party(sl.Aircraft, "2", "EP-MMH", "MSN 391", identifiers=(tail,)),
            party(sl.Aircraft, "3", "BOURKHAN", "N12345"),
            party(sl.Vessel, "4", "EP-GOX"),
        ]
    )

    def found(number: str, **said: Any) -> list[tuple[str, bool]]:
        return [(one.entity.source_id, one.is_name) for one in mine.find_number(number, **said)]

    assert found("ep gom") == found("EP-GOM", kind="aircraft tail number") == [("1", True)]
    assert found("EP-MMH") == [("2", False)]
    assert found("N12345") == [("3", True)]
    assert found("EP-GOX") == found("BOURKHAN") == found("MSN 391") == []
    assert found("EP-GOM", kind="passport") == []
    (match,) = mine.find_number("EP-GOM")
    assert match.identifier == Identifier(kind=IdentifierKind.AIRCRAFT_TAIL, value="EP-GOM")
    assert sl.from_dict(sl.to_dict(match)) == match
    (hit,) = mine.search([], identifiers="EP-GOM")
    assert hit.entity.source_id == "1"
