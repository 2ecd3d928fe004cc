"""OFAC's enhanced XML: small files, written by hand, against values that can be read off them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from enhanced_files import NAMESPACE, SDN, enhanced, plain

import sanctionslib as sl

HERE = Path(__file__).parent
EVERY = HERE / "data" / "ofac_enhanced.xml"


def every() -> sl.SanctionsList[sl.Entity]:
    return sl.read(EVERY, records=True)


def test_the_parts_of_a_name_keep_their_letter_case() -> None:
    """The text is what OFAC prints in all its files; the parts are the name itself."""
    name = every()["1"].names[0]
    assert name.text == "EXAMPLE PERSON, Given Middle"
    assert [(part.kind, part.text) for part in name.parts] == [
        (sl.NamePartKind.FAMILY, "Example Person"),
        (sl.NamePartKind.GIVEN, "Given"),
        (sl.NamePartKind.MIDDLE, "Middle"),
    ]


def test_the_wrapper_is_no_list() -> None:
    """The "Consolidated List" stands in the record, as structure, and is no Listing."""
    found = every()
    assert "Consolidated List" in (found["1"].record or sl.Record((), ())).get(
        "sanctionsLists/sanctionsList"
    )
    assert "Consolidated List" not in {one.list_name for each in found for one in each.listings}
    uses = {(one.path, one.label): one.use for one in found.audit.paths}
    assert uses["sanctionsLists/sanctionsList", "Consolidated List"] is sl.Use.STRUCTURAL
    assert uses["sanctionsLists/sanctionsList@datePublished", ""] is sl.Use.MAPPED


def test_label_in_no_table() -> None:
    """Unknown labels are counted in the audit, and their values kept."""
    found = every()
    assert [(one.path, one.label, one.sample) for one in found.audit.unmapped] == [
        ("features/feature", "Favourite Colour", "blue"),
        ("identityDocuments/identityDocument", "Tarjeta Profesional", "186785"),
    ]
    feature = next(one for one in found["1"].features if one.label == "Favourite Colour")
    assert (feature.kind, feature.value, feature.reliability) == (None, "blue", "Confirmed")
    assert not found.audit.issues


def test_links() -> None:
    """Links lead to a key, inside the file or out of it, with or without a name."""
    found = every()
    inside, outside = found["1"].relations
    assert inside.kind is sl.RelationKind.OWNED_OR_CONTROLLED_BY
    assert inside.to == sl.EntityRef(name="EXAMPLE FIRM", id_space="ofac", source_id="2")
    assert (inside.quality, inside.note) == ("High", "by shares; date: 2015 to 2016")
    assert outside.to == sl.EntityRef(id_space="ofac", source_id="999")
    resolved = [[one.source_id for one in link.targets] for link in found.why("1").linked_to]
    assert resolved == [["2"], []]
    assert [link.source.source_id for link in found.why("2").linked_from] == ["1"]


def test_facts_stated() -> None:
    """`why` answers since when and under what; two facts are never stated, and it says where."""
    found = every()
    (edition,) = found.editions
    for fact in (
        sl.Fact.LIST,
        sl.Fact.LISTING_DATE,
        sl.Fact.LEGAL_BASIS,
        sl.Fact.MEASURE,
        sl.Fact.ORIGINAL_SCRIPT,
        sl.Fact.COUNTRY,
    ):
        assert edition.can_state(fact)
    assert {one.fact for one in found.why("1").unstated} == {
        sl.Fact.REASON,
        sl.Fact.DELISTING_DATE,
    }
    assert all(one.way_out for one in found.why("1").unstated)
    assert [one.source_id for one in found.where(on_list="SSI")] == ["1"]
    assert [one.source_id for one in found.where(listed_to="2006-12-31")] == ["2"]


# Which list is it, of which day, and how much of it?


def test_edition() -> None:
    """The edition says what was read: the day as written, the time verbatim, the filter in words."""
    (edition,) = every().editions
    assert (edition.list_id, edition.id_space) == ("us_ofac_sdn", "ofac")
    assert (edition.published, edition.dated_by) == (date(2021, 12, 10), "file")
    assert edition.generated_at == "2021-12-10T15:04:05.123-05:00"
    assert (edition.scope, edition.filter) == (sl.Scope.CUSTOM, "program SDGT")
    assert (edition.declared, edition.missing) == (None, ())
    assert edition.lists is None


ALL = ("SDN List", "Sectoral Sanctions Identifications List", "Consolidated List")
CONS = SDN.replace("1550", "91512").replace("SDN List", "Consolidated List")


@pytest.mark.parametrize(
    ("lists", "programs", "name", "list_id", "scope", "narrowed"),
    [
        (("SDN List",), (), "x.xml", "us_ofac_sdn", sl.Scope.WHOLE, None),
        (("Consolidated List",), (), "x.xml", "us_ofac_cons", sl.Scope.WHOLE, None),
        # What the file says counts for more than its name.
        (("Consolidated List",), (), "SDN_ENHANCED.XML", "us_ofac_cons", sl.Scope.WHOLE, None),
        (ALL, (), "SDN_ENHANCED.XML", "us_ofac_sdn", sl.Scope.WHOLE, None),
        (ALL, (), "cons_enhanced.xml", "us_ofac_cons", sl.Scope.WHOLE, None),
        (ALL, ("SDGT",), "sdn.xml", "us_ofac_sdn", sl.Scope.CUSTOM, "program SDGT"),
        (
            ("SDN List",),
            ("SDGT", "CUBA"),
            "x.xml",
            "us_ofac_sdn",
            sl.Scope.CUSTOM,
            "programs SDGT, CUBA",
        ),
        (
            ("Sectoral Sanctions Identifications List",),
            (),
            "x.xml",
            "us_ofac_cons",
            sl.Scope.CUSTOM,
            "list Sectoral Sanctions Identifications List",
        ),
        (
            ALL[:2],
            (),
            "sdn.xml",
            "us_ofac_sdn",
            sl.Scope.CUSTOM,
            "lists SDN List, Sectoral Sanctions Identifications List",
        ),
        ((), (), "sdn.xml", "us_ofac_sdn", sl.Scope.CUSTOM, "the file does not say of what"),
    ],
)
def test_scope(
    tmp_path: Path,
    lists: tuple[str, ...],
    programs: tuple[str, ...],
    name: str,
    list_id: str,
    scope: sl.Scope,
    narrowed: str | None,
) -> None:
    """A file of its own list, or of all lists, and no program is whole; the others say their filter."""
    path = tmp_path / name
    every_list = SDN + CONS + SDN.replace("SDN List", ALL[1]).replace("1550", "91507")
    path.write_bytes(enhanced(plain(1, lists=every_list), lists=lists, programs=programs))
    (edition,) = sl.read(path).editions
    assert (edition.list_id, edition.scope, edition.filter) == (list_id, scope, narrowed)


NINE = "Non-SDN Example List"
INNER = ("Sectoral Sanctions Identifications List", NINE)
CUT = "the file does not say of what"


@pytest.mark.parametrize(
    ("lists", "programs", "count", "scope", "narrowed"),
    [
        (ALL[:2], (), 300, sl.Scope.WHOLE, None),
        (ALL[:2], (), 299, sl.Scope.CUSTOM, "lists SDN List, " + ALL[1]),
        (
            ALL[:2],
            ("SDGT",),
            300,
            sl.Scope.CUSTOM,
            f"lists SDN List, {ALL[1]}; program SDGT",
        ),
        (ALL[1:2], (), 300, sl.Scope.CUSTOM, "list " + ALL[1]),
        ((), (), 300, sl.Scope.WHOLE, None),
        ((), (), 299, sl.Scope.CUSTOM, CUT),
        ((), ("SDGT",), 300, sl.Scope.CUSTOM, f"{CUT}; program SDGT"),
    ],
)
def test_whole_by_its_parties(
    lists: tuple[str, ...],
    programs: tuple[str, ...],
    count: int,
    scope: sl.Scope,
    narrowed: str | None,
) -> None:
    """A filter that is wider than the list, or none, makes a whole list if all parties are on it."""
    other = SDN.replace("SDN List", ALL[1]).replace("1550", "91507")
    entities = [plain(uid, lists=SDN + other) for uid in range(1, count + 1)]
    given = "us_ofac_cons" if lists == ALL[1:2] else "us_ofac_sdn"
    found = sl.read(enhanced(*entities, lists=lists, programs=programs), list_id=given)
    (edition,) = found.editions
    assert (edition.scope, edition.filter) == (scope, narrowed)
    assert {one.edition for one in found} == {edition}


@pytest.mark.parametrize("form", ["<filters/>", "<filters><sanctionsLists/></filters>", ""])
def test_no_filter_in_other_forms(form: str) -> None:
    """An empty filter, and none at all, say the same."""
    entities = [plain(uid) for uid in range(1, 301)]
    data = enhanced(*entities, lists=()).replace(b"<filters></filters>", form.encode())
    assert sl.read(data, list_id="us_ofac_sdn").editions[0].scope is sl.Scope.WHOLE


def test_all_lists_but_the_wrapper(tmp_path: Path) -> None:
    """All lists that the wrapper stands around are the non-SDN file, as the wrapper itself is."""
    table = '<referenceValue refId="92999"><type>ENTITY LISTING TYPE</type><value>'
    known = f"{table}{NINE}</value></referenceValue></referenceValues>"
    both = SDN.replace("SDN List", ALL[1]).replace("1550", "91507") + CONS
    data = enhanced(plain(1, lists=both), lists=INNER)
    data = data.replace(b"</referenceValues>", known.encode())
    path = tmp_path / "CONS_ENHANCED.XML"
    path.write_bytes(data)
    (edition,) = sl.read(path).editions
    assert (edition.list_id, edition.scope, edition.filter) == (
        "us_ofac_cons",
        sl.Scope.WHOLE,
        None,
    )


def test_list_renamed_under_its_number() -> None:
    """A list under another name and its own number is the list that it was."""
    data = enhanced(plain(1)).replace(b"SDN List", b"SDN and Blocked Persons List")
    found = sl.read(data)
    assert (found.editions[0].list_id, found.editions[0].scope) == ("us_ofac_sdn", sl.Scope.WHOLE)
    assert [(one.vocabulary, one.code) for one in found.audit.unknown_codes] == [
        ("list", "SDN and Blocked Persons List")
    ]


def test_which_list_nobody_says() -> None:
    """A file of all lists whose parties are on none needs the caller to say which list it is."""
    data = enhanced(plain(1, lists=""), lists=ALL)
    with pytest.raises(sl.InvalidInputError, match="which list") as caught:
        sl.read(data)
    assert "list_id=" in caught.value.hint
    with pytest.warns(sl.FaultyEntriesWarning, match="put together"):
        found = sl.read(data, list_id="us_ofac_cons")
    assert found.editions[0].list_id == "us_ofac_cons"


def test_caller_against_the_file() -> None:
    """A list id that contradicts the file, or does not come in this format, is refused."""
    with pytest.raises(sl.InvalidInputError, match="SDN List"):
        sl.read(enhanced(plain(1)), list_id="us_ofac_cons")
    with pytest.raises(sl.InvalidInputError, match="eu_fsf"):
        sl.read(enhanced(plain(1)), list_id="eu_fsf")


def test_sample() -> None:
    """A processing instruction before the root marks a sample, whatever the file echoes."""
    prolog = '<?xml version="1.0"?><?sanctionslib scope="sample"?>'
    found = sl.read(enhanced(plain(1), prolog=prolog))
    assert (found.editions[0].scope, found.editions[0].filter) == (sl.Scope.SAMPLE, None)


@pytest.mark.parametrize(
    ("text", "generated"),
    [
        ("2025-01-10T00:00:00", None),
        ("2025-01-10", None),
        ("2025-01-10T23:30:00.5-05:00", "2025-01-10T23:30:00.5-05:00"),
        ("2025-01-10T00:00:00Z", "2025-01-10T00:00:00Z"),
    ],
)
def test_the_day_is_never_converted(text: str, generated: str | None) -> None:
    """The day is the one that is written; a time of generation is kept verbatim."""
    (edition,) = sl.read(enhanced(plain(1), as_of=text)).editions
    assert (edition.published, edition.generated_at) == (date(2025, 1, 10), generated)


def test_answer_of_the_service_for_one_id(tmp_path: Path) -> None:
    """A bare root without namespace, date and tables is a part of a list, dated by the caller."""
    text = f'<?xml version="1.0"?><entities>{plain(1)}</entities>'
    with pytest.warns(sl.UndatedEditionWarning):
        assert sl.read(text.encode()).editions[0].list_id == "us_ofac_sdn", "as the party says"
    found = sl.read(text.encode(), list_id="us_ofac_sdn", published="2024-05-06")
    (edition,) = found.editions
    assert (edition.scope, edition.dated_by) == (sl.Scope.CUSTOM, "caller")
    assert found["1"].name == "EXAMPLE 1"
    assert found["1"].listings[0].list_name == "SDN List"
    path = tmp_path / "part.jsonl"
    found.write(path)
    assert tuple(sl.read(path)) == tuple(found)


def test_no_namespace_gives_the_same() -> None:
    """Entities are told by their local names, so a new namespace changes nothing."""
    text = EVERY.read_bytes()
    for namespace in ("", "https://www.example.org/next"):
        changed = text.replace(f'xmlns="{NAMESPACE}"'.encode(), f'xmlns="{namespace}"'.encode())
        assert tuple(sl.read(changed, list_id="us_ofac_sdn")) == tuple(every())


# Records
