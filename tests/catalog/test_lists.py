"""Our own catalog: it agrees with the parsers, and has what a download needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import attrs
import pytest
from advanced_files import advanced
from advanced_files import plain as party
from csl_files import SOURCES, as_csv, as_json, rest
from delimited_files import delimited
from delimited_files import party as flat
from dpl_files import as_txt, row

import sanctionslib as sl
from sanctionslib.catalog import FileInfo, FormatInfo, Limits, ListInfo, all_lists, list_info
from sanctionslib.catalog.loader import OWN_FORMATS
from sanctionslib.parsers import formats
from sanctionslib.samples import open_sample

LISTS = [pytest.param(one, id=one.list_id) for one in all_lists()]
FORMS = [
    pytest.param(one, form, id=f"{one.list_id}-{form.name}")
    for one in all_lists()
    for form in one.formats
]


def test_which_lists_there_are() -> None:
    """Every list that we know anything of; those that cannot be read come as pages or PDF."""
    known = [one.list_id for one in all_lists()]
    assert known[:5] == [
        "us_ofac_sdn",
        "us_ofac_cons",
        "us_trade_csl",
        "us_bis_denied",
        "us_klepto_hr_visa",
    ]
    assert {one.list_id for one in all_lists() if not one.is_readable} == {
        "us_klepto_hr_visa",
        "gb_hmt_invbans",
        "jp_meti_ru",
        "nz_designated_terrorists",
    }


@pytest.mark.parametrize(
    ("list_id", "form"),
    [
        ("us_ofac_sdn", "ofac-enhanced-xml"),
        ("us_ofac_cons", "ofac-enhanced-xml"),
        ("us_trade_csl", "us-csl-csv"),
        ("us_bis_denied", "us-bis-denied-txt"),
        ("un_sc_sanctions", "un-sc-xml"),
        ("us_klepto_hr_visa", None),
    ],
)
def test_preferred_format(list_id: str, form: str | None) -> None:
    """The format that is fetched; none where none can be read."""
    preferred = list_info(list_id).preferred
    assert (preferred and preferred.name) == form


def test_a_format_without_an_address_is_not_preferred() -> None:
    """`load` would have nowhere to ask; nor is one that nobody can read."""
    file = FileInfo(name="LIST.XML", urls=("https://example.org/LIST.XML",))
    other = FormatInfo(name="fetched", files=(file,))
    for first in (
        FormatInfo(name="bare"),
        FormatInfo(name="bare", files=(FileInfo(name="LIST.CSV"),)),
        attrs.evolve(other, name="not read", is_readable=False),
    ):
        assert ListInfo(list_id="a", title="A", formats=(first, other)).preferred is other
        assert ListInfo(list_id="a", title="A", formats=(first,)).preferred is None


def test_what_parsers_read_is_here() -> None:
    """A format can be read here exactly where a parser reads it for this list."""
    parsed = {(list_id, one.name) for one in formats() for list_id in one.lists}
    here = {
        (one.list_id, form.name) for one in all_lists() for form in one.formats if form.is_readable
    }
    assert here == parsed
    assert {one.name for one in formats() if not one.lists} == set(OWN_FORMATS)


@pytest.mark.parametrize(("info", "form"), FORMS)
def test_files_are_those_of_the_parser(info: ListInfo, form: FormatInfo) -> None:
    """Names are those that a parser knows: a set is put together by them."""
    parser = next((one for one in formats() if one.name == form.name), None)
    assert form.is_readable is (parser is not None)
    if parser is not None:
        assert {each.name for each in form.files} <= set(parser.files)
        assert (len(form.files) > 1) is parser.takes_several


def test_delimited_sets_are_whole() -> None:
    """The four files of a set, the one with the parties first."""
    names = {
        one.list_id: [each.name for form in one.formats[3:] for each in form.files]
        for one in all_lists()[:2]
    }
    assert names == {
        "us_ofac_sdn": ["SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"],
        "us_ofac_cons": ["CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV"],
    }


def _read(data: bytes | list[bytes], list_id: str) -> sl.Edition:
    return sl.read(data, list_id=list_id, published="2023-11-30", partial=True).editions[0]


JSON: dict[str, object] = {
    "source": SOURCES["EL"],
    "name": "EXAMPLE",
    "source_list_url": "",
    "federal_register_notice": "",
}
EDITIONS: list[Callable[[], sl.Edition]] = [
    lambda: sl.sample().editions[0],
    lambda: sl.sample().editions[1],
    lambda: sl.read(open_sample(), list_id="us_ofac_sdn").editions[0],
    lambda: sl.read(advanced(party(1)), list_id="us_ofac_sdn").editions[0],
    lambda: _read(list(delimited(flat(1))), "us_ofac_sdn"),
    lambda: _read(as_csv(*rest()), "us_trade_csl"),
    lambda: _read(as_json(JSON), "us_trade_csl"),
    lambda: _read(as_txt(row()), "us_bis_denied"),
]


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
@pytest.mark.parametrize("give", EDITIONS)
def test_editions_say_the_same(give: Callable[[], sl.Edition]) -> None:
    """Publisher, title, and whose keys the ids are: as the parser says in the edition."""
    edition = give()
    info = list_info(edition.list_id)
    assert edition.format in [one.name for one in info.formats]
    assert (info.id_space, info.id_stability) == (edition.id_space, edition.id_stability)
    assert info.publisher == edition.publisher
    # OFAC's names the file, too: "… List (SDN.XML)".
    assert info.title == edition.title.partition(" (")[0]


DEBARMENTS = ("worldbank_debarred", "iadb_sanctions")
"""Lists of banks, which are of no state."""


@pytest.mark.parametrize("info", LISTS)
def test_facts_of_a_list(info: ListInfo) -> None:
    """Each says who publishes it, on what terms, how often, and where people read of it."""
    assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", info.list_id)
    texts = (info.title, info.publisher, info.licence, info.rhythm, info.note)
    assert all(text and text == text.strip() for text in texts)
    is_of_a_state = info.list_id not in ("un_sc_sanctions", "eu_fsf", *DEBARMENTS)
    assert (info.country in sl.countries) is is_of_a_state
    assert urlsplit(info.homepage).scheme == "https"
    assert info.added_by == ""
    has_address = any(each.urls for form in info.formats for each in form.files)
    assert has_address is ("there is no file to fetch" not in info.note)


@pytest.mark.parametrize(("info", "form"), FORMS)
def test_addresses(info: ListInfo, form: FormatInfo) -> None:
    """Every file has an address, or none of its list; https all of them, and no signed ones."""
    addresses = [url for each in form.files for url in each.urls]
    is_fetched = "there is no file to fetch" not in info.note
    assert {bool(each.urls) for each in form.files} == {is_fetched}
    assert len(set(addresses)) == len(addresses)
    for url in [*addresses, *filter(None, [form.hashes])]:
        parts = urlsplit(url)
        assert parts.scheme == "https"
        assert parts.hostname
        assert "amz" not in parts.query.lower()
    assert bool(form.hashes) is form.name.startswith("ofac-")


def test_no_address_twice() -> None:
    """One address gives one file."""
    found = Counter(
        url
        for one in all_lists()
        for form in one.formats
        for each in form.files
        for url in each.urls
    )
    assert [url for url, count in found.items() if count > 1] == []


def test_public_token_of_the_eu() -> None:
    """It is the one that the Commission gives to everybody, and no person's."""
    (file,) = list_info("eu_fsf").formats[0].files
    (address,) = file.urls
    assert address.endswith("/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw")


@pytest.mark.parametrize(
    ("list_id", "smallest"),
    [
        ("us_ofac_sdn", 8_832),  # SDN.XML of 2021-03-10
        ("us_ofac_cons", 375),  # CONSOLIDATED.XML of 2020-03-17
        ("us_trade_csl", 14_160),  # consolidated.csv of May 2022
        ("us_bis_denied", 462),  # those of it in the same file
        ("un_sc_sanctions", 879),  # November 2024
        ("eu_fsf", 2_269),  # March 2021
        ("gb_hmt_sanctions", 4_686),  # April 2025
        ("ch_seco_sanctions", 8_670),  # September 2026
        ("ca_dfatd_sema_sanctions", 1_369),  # 2020
    ],
)
def test_least(list_id: str, smallest: int) -> None:
    """Below every edition that we know, and not so far that anything would pass."""
    least = list_info(list_id).limits.least
    assert smallest / 5 < least < smallest
    assert list_info(list_id).limits == attrs.evolve(Limits(), least=least)


def test_least_of_the_csl_needs_the_treasury() -> None:
    """Without the SDN rows, as in May 2024, there would be 4,134 of 14,160."""
    assert list_info("us_trade_csl").limits.least > 14_160 - 10_026


def test_repr() -> None:
    """Which list, and in which format it comes."""
    assert repr(list_info("us_trade_csl")) == (
        "<ListInfo us_trade_csl 'Consolidated Screening List': us-csl-csv>"
    )
    assert repr(list_info("jp_meti_eul")).endswith("jp-meti-xlsx>"), (
        "read, though without an address"
    )
    assert repr(list_info("jp_meti_ru")).endswith("not read yet>")


def test_unknown_list() -> None:
    """What may have been meant; else where all are named."""
    with pytest.raises(sl.NotFoundError, match="'us_ofac_sdm'") as caught:
        list_info("us_ofac_sdm")
    assert caught.value.suggestions[0] == "us_ofac_sdn"
    with pytest.raises(sl.NotFoundError) as caught:
        list_info("xyz")
    assert caught.value.suggestions == ()
    assert "sl.lists()" in caught.value.hint


def test_the_catalog_as_a_collection() -> None:
    """By id, by place, one after the other; and what it says of an id that it does not have."""
    known = sl.lists()
    assert isinstance(known, sl.catalog.Catalog)
    assert len(known) == len(known.lists) == len([*known])
    assert known["us_ofac_sdn"] is known[0]
    assert known[:2] == known.lists[:2]
    assert "us_ofac_sdn" in known
    assert known[0] in known
    assert "us_ofac_sdm" not in known
    with pytest.raises(sl.NotFoundError, match="'us_ofac_sdm' is known") as caught:
        known["us_ofac_sdm"]
    assert "us_ofac_sdn" in caught.value.suggestions
    readable = sum(one.is_readable for one in known)
    assert repr(known) == f"<Catalog of {len(known)} lists, {readable} of them can be read>"
    assert sl.from_dict(sl.to_dict(known)) == known
