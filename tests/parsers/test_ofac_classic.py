"""OFAC's classic XML: small files, written by hand, against values that can be read off them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from classic_files import NEW, OLD, classic, plain

import sanctionslib as sl

HERE = Path(__file__).parent
EVERY = HERE / "data" / "every_element.xml"


def read(*entries: str, **header: str | int | None) -> sl.SanctionsList[sl.Entity]:
    return sl.read(classic(*entries, **header), list_id="us_ofac_sdn")


def every() -> sl.SanctionsList[sl.Entity]:
    return sl.read(EVERY, list_id="us_ofac_sdn", records=True)


def test_label_in_no_table() -> None:
    """An unknown idType is a Feature without kind, counted, with what stood beside its value."""
    found = every()
    feature = next(one for one in found["1"].features if one.label == "Tarjeta Profesional")
    assert (feature.kind, feature.value) == (None, "186785 (Abogado)")
    assert feature.note == "idCountry: Colombia"
    assert [(one.path, one.label, one.count) for one in found.audit.unmapped] == [
        ("idList/id", "Tarjeta Profesional", 1)
    ]
    assert not found.audit.issues


def test_links() -> None:
    """Links are read by name; brackets of a name stay its own; an unknown name stays unresolved."""
    found = every()
    names = [relation.to.name for relation in found["1"].relations]
    assert names == ["EXAMPLE FIRM (OFF-SHORE)", "NOT IN THIS FILE"]
    inside, outside = found.why("1").linked_to
    assert [one.source_id for one in inside.targets] == ["2"]
    assert outside.targets == ()
    assert [link.source.source_id for link in found.why("2").linked_from] == ["1"]


@pytest.mark.parametrize("namespace", [OLD, NEW, ""])
def test_namespaces(namespace: str) -> None:
    """Both namespaces, and none, give the same entities."""
    text = EVERY.read_bytes().replace(NEW.encode(), namespace.encode())
    text = text if namespace else text.replace(b' xmlns=""', b"")
    assert tuple(sl.read(text, list_id="us_ofac_sdn")) == tuple(every())


def test_edition() -> None:
    """The edition says what was read, and what it can state."""
    (edition,) = every().editions
    assert (edition.list_id, edition.published, edition.dated_by) == (
        "us_ofac_sdn",
        date(2021, 3, 10),
        "file",
    )
    assert (edition.declared, edition.scope, edition.members) == (
        5,
        sl.Scope.WHOLE,
        ("every_element.xml",),
    )
    assert edition.can_state(sl.Fact.LIST)
    assert not edition.can_state(sl.Fact.LISTING_DATE)


def test_origin() -> None:
    """An entity knows the line that it starts on."""
    origin = every()["2"].origins[0]
    assert origin.line is not None
    lines = EVERY.read_text(encoding="utf-8").splitlines()
    assert lines[origin.line - 1].strip() == "<sdnEntry>"
    assert lines[origin.line].strip() == "<uid>2</uid>"


# Which list is it?


def test_list_by_file_name(tmp_path: Path) -> None:
    """The same bytes are SDN or non-SDN by their name; the non-SDN file names no list."""
    data = classic(plain(1, "<programList><program>NS-PLC</program></programList>"))
    (tmp_path / "consolidated.xml").write_bytes(data)
    (tmp_path / "sdn.xml").write_bytes(data)
    cons = sl.read(tmp_path / "consolidated.xml")
    sdn = sl.read(tmp_path / "sdn.xml")
    assert (cons.editions[0].list_id, cons["1"].listings) == ("us_ofac_cons", ())
    assert sdn.editions[0].list_id == "us_ofac_sdn"
    assert [one.list_name for one in sdn["1"].listings] == ["SDN List"]


def test_list_inferred_in_why_alone(tmp_path: Path) -> None:
    """What the tags of the non-SDN file suggest stands in `why`, marked, and never in the entity."""
    path = tmp_path / "CONSOLIDATED.XML"
    path.write_bytes(classic(plain(1, "<programList><program>NS-PLC</program></programList>")))
    found = sl.read(path)
    why = found.why("1")
    assert [one.value for one in why.inferred] == ["Non-SDN Palestinian Legislative Council List"]
    assert "NS-PLC" in why.inferred[0].ground
    assert found["1"].listings == ()
    with pytest.raises(sl.NotStatedError):
        found.where(on_list="NS-PLC")


def test_bytes_without_a_name() -> None:
    """Bytes are taken for SDN where a tag says so, and refused where nothing does."""
    assert sl.read(classic(plain(1))).editions[0].list_id == "us_ofac_sdn"
    data = classic(plain(1, "<programList><program>NS-PLC</program></programList>"))
    with pytest.raises(sl.InvalidInputError, match="CONSOLIDATED"):
        sl.read(data)


@pytest.mark.parametrize(
    ("name", "list_id"),
    [
        ("SDN.XML", "us_ofac_sdn"),
        ("sdnlist (1).xml", "us_ofac_sdn"),
        ("us_ofac_sdn_2021-12-10.xml", "us_ofac_sdn"),
        ("reconstructed-sdn.xml", "us_ofac_sdn"),
        ("consignees_sdn.xml", "us_ofac_sdn"),
        ("CONSOLIDATED_2020-03-17.xml", "us_ofac_cons"),
        ("cons.xml", "us_ofac_cons"),
    ],
)
def test_file_names(tmp_path: Path, name: str, list_id: str) -> None:
    """Only the words "sdn" and "cons", "consolidated" in a file name tell the list."""
    tag = "SDGT" if list_id == "us_ofac_sdn" else "NS-PLC"
    path = tmp_path / name
    path.write_bytes(classic(plain(1, f"<programList><program>{tag}</program></programList>")))
    assert sl.read(path).editions[0].list_id == list_id


def test_sdn_under_the_other_name(tmp_path: Path) -> None:
    """One entry without a tag of another list is enough against the name "consolidated"."""
    path = tmp_path / "consolidated.xml"
    path.write_bytes(classic(plain(1)))
    with pytest.raises(sl.InvalidInputError, match="by its name"):
        sl.read(path)


def test_name_against_content(tmp_path: Path) -> None:
    """A file whose name and content disagree about the list is refused, unless the caller decides."""
    path = tmp_path / "consolidated.xml"
    path.write_bytes(classic(*(plain(uid) for uid in range(1, 31))))
    with pytest.raises(sl.InvalidInputError, match="by its name"):
        sl.read(path)
    assert sl.read(path, list_id="us_ofac_cons").editions[0].list_id == "us_ofac_cons"


# Wherever it lies


def test_progress() -> None:
    """Progress is told in bytes and ends at the whole."""
    seen: list[tuple[int, int]] = []
    sl.read(EVERY, list_id="us_ofac_sdn", progress=lambda done, total: seen.append((done, total)))
    size = EVERY.stat().st_size
    assert seen[-1] == (size, size)
    assert seen == sorted(seen)


# Records
