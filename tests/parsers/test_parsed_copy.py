"""Copies of what a parser gave: equal in everything, or none at all."""

from __future__ import annotations

import hashlib
import random
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs
import msgspec
import pytest
from csl_files import SOURCES, as_json
from dpl_files import as_txt, row
from exact import unlike
from hypothesis import given
from hypothesis import strategies as st
from mutations import mutate

import sanctionslib as sl
from sanctionslib.answers import Audit, Issue, IssueKind
from sanctionslib.model import Edition, Fact, Name, PartialDate, Person, Source
from sanctionslib.parsers import Options, Parsed, parse, sources_of
from sanctionslib.parsers.parsed_copy import from_bytes, seal, to_bytes, unseal
from sanctionslib.serialize import pack

from ..export.strategies import of_class

DATA = Path(__file__).parent / "data"
KEY = {"sha256": "0" * 64, "code": "1"}
LARGEST = 1 << 30

JSON = as_json(
    {
        "id": "1",
        "source": SOURCES["EL"],
        "name": "EXAMPLE",
        "alt_names": ["EXAMPLE ALIAS"],
        "federal_register_notice": "1 FR 2",
        "source_list_url": "http://example.org",
    }
)
FAULTY = as_txt(row(), row(Effective_Date="not a day"), row(Name=""))
DATED = Options(published=date(2030, 1, 2), partial=True)
WATCH = Options(list_id="watch")

FIXTURES: dict[str, tuple[Any, Options]] = {
    "classic": (DATA / "every_element.xml", Options(list_id="us_ofac_sdn", partial=True)),
    "advanced": (DATA / "every_element_advanced.xml", Options(partial=True)),
    "enhanced": (DATA / "ofac_enhanced.xml", Options(partial=True)),
    "flat files": (DATA / "same_day", DATED),
    "screening list": (DATA / "us_csl.csv", DATED),
    "screening list, JSON": (JSON, DATED),
    "denied persons": (DATA / "us_bis_denied.txt", DATED),
    "denied persons, faulty": (FAULTY, DATED),
    "own list": (sl.template().encode(), WATCH),
    "own JSON": (sl.open_sample(list_id="us_klepto_hr_visa"), Options()),
    "sample": (sl.open_sample(), Options(list_id="us_ofac_sdn")),
}


def parsed(given: Any, options: Options, *, keep_source: bool) -> Parsed:
    """What the parser gives."""
    return parse(sources_of(given), attrs.evolve(options, keep_source=keep_source))


def copied(one: Parsed) -> Parsed:
    """What the copy gives back."""
    content = to_bytes(one, KEY)
    assert content is not None
    found = from_bytes(content, KEY, largest=LARGEST)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def small() -> Parsed:
    """A few parties with all that the format states."""
    return parsed(*FIXTURES["enhanced"], keep_source=True)


# Equal in everything


@pytest.mark.parametrize("keep_source", [False, True])
@pytest.mark.parametrize("name", FIXTURES)
def test_a_copy_is_equal_in_everything(name: str, keep_source: bool) -> None:
    """Entities, editions and the audit, with what equality leaves out: origins, keys, keep_source."""
    one = parsed(*FIXTURES[name], keep_source=keep_source)
    assert one.entities
    found = copied(one)
    assert unlike(found, one) == ""
    assert found == one


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("us_ofac_sdn/SDN_2021-03-10.xml", Options(list_id="us_ofac_sdn")),
        ("us_ofac_sdn/SDN_2021-12-10.csv", DATED),
        ("us_ofac_sdn/delimited_2021-07-07", DATED),
        ("us_ofac_cons/CONS_ADVANCED_2020-03-17.xml", Options()),
        ("us_ofac_cons/CONS_ENHANCED_2025-01-10.xml", Options()),
        ("us_trade_csl/consolidated_2022-05.csv", DATED),
        ("us_bis_denied/dpl_2023-11-30.txt", DATED),
    ],
)
def test_a_copy_of_a_whole_list_is_equal_in_everything(
    lists: Path, path: str, options: Options
) -> None:
    """Official files, with all their keep_source."""
    one = parsed(lists / path, options, keep_source=True)
    assert len(one.entities) > 300
    assert unlike(copied(one), one) == ""


@given(of_class(Parsed))
def test_whatever_the_model_allows_comes_back(one: Parsed) -> None:
    """Every field of every class, whatever a parser puts into it."""
    assert unlike(copied(one), one) == ""


def test_differences_that_equality_leaves_out_are_seen() -> None:
    """`unlike`, by which the tests above compare, sees the key of a name."""
    ours = Person(id="a:1", names=(Name(text="A", source_id="1"),))
    other = Person(id="a:1", names=(Name(text="A", source_id="2"),))
    assert ours == other
    assert unlike(ours, other) == ".names.0.source_id: '1', '2'"


def test_texts_come_back_letter_by_letter() -> None:
    """Control characters, other scripts, and the same letter written in two ways."""
    text = " \U0001f600 \x00\x1a\u2028 \u200eمحمد é e\u0301"
    found = copied(of(Person(id="a:1", names=(Name(text=text),)))).entities[0]
    assert list(map(ord, found.name)) == list(map(ord, text))


def test_of_half_a_surrogate_pair_no_copy_is_made() -> None:
    """JSON can state one, and no encoding can; such a file is parsed again each time."""
    assert to_bytes(of(Person(id="a:1", names=(Name(text="\ud83d"),))), KEY) is None


def test_a_text_of_lxml_becomes_a_plain_one() -> None:
    """Subclasses of `str` are texts."""

    class Smart(str):
        __slots__ = ()

    name = copied(of(Person(id="a:1", names=(Name(text=Smart("A")),)))).entities[0].name
    assert (type(name), name) == (str, "A")


@pytest.mark.parametrize("name", ["classic", "enhanced", "screening list"])
def test_what_entities_have_in_common_is_made_once(name: str) -> None:
    """One edition, and one object for designations and for paths that the parser shares."""
    one = parsed(*FIXTURES[name], keep_source=True)
    found = copied(one)
    assert len({id(each.edition) for each in found.entities}) == len(found.editions)
    for what in (
        lambda each: id(each.designations),
        lambda each: id(each.source.paths),
    ):
        assert len({*map(what, found.entities)}) <= len({*map(what, one.entities)})


# A copy or nothing


@given(st.integers(0, 2**32))
def test_an_altered_copy_is_none(small: Parsed, seed: int) -> None:
    """A byte changed, dropped or doubled, or a run of them."""
    content = to_bytes(small, KEY)
    assert content is not None
    changed = mutate(content, random.Random(seed))
    found = from_bytes(changed, KEY, largest=LARGEST)
    assert (found is None) is (changed != content)


def test_a_cut_copy_is_none(small: Parsed) -> None:
    """Wherever it was cut."""
    content = to_bytes(small, KEY)
    assert content is not None
    for length in {*range(300), *range(300, len(content), 997), len(content) - 1}:
        assert from_bytes(content[:length], KEY, largest=LARGEST) is None


@pytest.mark.parametrize(
    "other", [{}, KEY | {"code": "2"}, KEY | {"sha256": "f" * 64}, KEY | {"more": ""}]
)
def test_a_copy_of_something_else_is_none(small: Parsed, other: dict[str, str]) -> None:
    """Of other bytes, or made by other code."""
    content = to_bytes(small, KEY)
    assert content is not None
    assert from_bytes(content, other, largest=LARGEST) is None


def test_a_copy_that_unpacks_to_too_much_is_none(small: Parsed) -> None:
    """It is given up at the limit, and not unpacked to its end."""
    content, size = to_bytes(small, KEY) or b"", len(unsealed(small))
    assert from_bytes(content, KEY, largest=size) is not None
    assert from_bytes(content, KEY, largest=size - 1) is None


# Made on purpose


def unsealed(one: Parsed) -> bytes:
    """What is in a copy."""
    return unseal(to_bytes(one, KEY) or b"", KEY, largest=LARGEST) or b""


def forged(text: bytes) -> Parsed | None:
    """What is made of a copy with a seal that is whole, and this inside."""
    return from_bytes(seal(text, KEY), KEY, largest=LARGEST)


def of(*entities: Any) -> Parsed:
    """A parser's answer with these entities."""
    return Parsed(entities=entities, editions=(), audit=Audit())


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"\xc0",
        b"\x90",
        b"\xff",
        b"\x91" * 1_000_000,
        pack(of()) * 2,
        pack(of())[:-1],
        pack(Audit()),
    ],
    ids=lambda text: repr(text[:10]),
)
def test_nothing_else_is_a_copy(text: bytes) -> None:
    """Nested without end, or of another form."""
    assert forged(text) is None


def sealed(body: bytes, size: int) -> bytes:
    """A file whose seal is whole, and which promises to unpack to so many bytes."""
    first, made = seal(b"", KEY).split(b"\n")[:2]
    hashed = hashlib.sha256(body).hexdigest().encode()
    return b"%b\n%b %b %d\n\n%b" % (first, made.split()[0], hashed, size, body)


@pytest.mark.parametrize(
    ("body", "size"),
    [
        (b"[]", 2),
        (zlib.compress(b"text"), 3),
        (zlib.compress(b"text"), 5),
        (zlib.compress(b"text")[:-1], 4),
        (zlib.compress(bytes(30_000_000), 9), 4),
        (zlib.compress(b"text"), LARGEST + 1),
    ],
    ids=["not packed", "more", "less", "cut", "a bomb", "more than a copy can have"],
)
def test_what_does_not_unpack_to_what_it_promises_is_none(body: bytes, size: int) -> None:
    """And it takes no more memory than that."""
    content = sealed(body, size)
    tracemalloc.start()
    try:
        assert unseal(content, KEY, largest=LARGEST) is None
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
    assert unseal(sealed(zlib.compress(b"text"), 4), KEY, largest=LARGEST) == b"text"


@given(seed=st.integers(0, 2**32), count=st.integers(1, 3))
def test_whatever_is_forged_holds_only_what_the_model_allows(
    small: Parsed, seed: int, count: int
) -> None:
    """Values anywhere in a copy replaced: the answer is none, or every field has its type."""
    rng = random.Random(seed)
    tables: Any = msgspec.msgpack.decode(unsealed(small))
    for _ in range(count):
        place = tables
        while True:
            at = rng.randrange(len(place))
            if not isinstance(place[at], list) or not place[at]:
                break
            place = place[at]
        place[at] = rng.choice(
            (0, 1, -1, 7, 10**9, 0.5, True, None, "text", "2021-12-10", [], [0], {}, "__class__")
        )
    found = forged(msgspec.msgpack.encode(tables))
    if found is not None:
        assert to_bytes(found, KEY) is not None, "a value has another type than its field"


def test_shorter_columns_are_none(small: Parsed) -> None:
    """Wherever a position is taken off the end of a column, or a length off those of the tuples."""
    tables: Any = msgspec.msgpack.decode(unsealed(small))

    def lists(value: Any) -> Iterator[list[Any]]:
        if isinstance(value, list):
            yield value
            for one in value:
                yield from lists(one)

    count = 0
    for one in lists(tables):
        # Of two rows, one position would stand for both.
        if len(one) > 2 and {*map(type, one)} == {int}:
            last = one.pop()
            assert forged(msgspec.msgpack.encode(tables)) is None
            one.append(last)
            count += 1
    assert count > 20, count
    assert forged(msgspec.msgpack.encode(tables)) == small


def test_a_source_with_more_values_than_paths_is_none() -> None:
    """No parser makes one."""
    one = of(Person(id="a:1", names=(), source=Source(("a",), ("b", "c"))))
    assert forged(unsealed(one)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        Person(id="a:1", names=("A",)),  # type: ignore[arg-type]
        Person(id=1, names=()),  # type: ignore[arg-type]
        Person(id="a:1", names=(), edition="today"),  # type: ignore[arg-type]
        Person(id="a:1", names=(), births=(datetime(2021, 12, 10),)),  # type: ignore[arg-type]
        "a:1",
    ],
)
def test_of_what_the_model_does_not_allow_no_copy_is_made(wrong: Any) -> None:
    """As a parser of somebody else could give it; reading it again is then the only way."""
    assert to_bytes(of(wrong), KEY) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"supported_facts": {Fact.KIND}},
        {"alternative_sources": ((Fact.KIND,),)},
        {"published": datetime(2021, 12, 10)},
        {"declared": "10"},
        {"declared": [10]},
    ],
)
def test_of_an_edition_that_the_model_does_not_allow_none(wrong: dict[str, Any]) -> None:
    """A set that can change, a pair of one, a day with a time."""
    edition = Edition(list_id="watch", **wrong)
    assert to_bytes(attrs.evolve(of(), editions=(edition,)), KEY) is None


def test_a_date_is_checked_when_it_is_made() -> None:
    """Types are not all: an interval that ends before it begins is none."""
    text = unsealed(of(Person(id="a:1", names=(), births=(birth(),))))
    first, last = b"\xaa1971-01-01", b"\xaa1971-12-31"
    assert forged(text) is not None
    assert text.count(first + last) == 1
    assert forged(text.replace(first + last, last + first)) is None


def test_a_copy_is_data() -> None:
    """Lists of texts, numbers and nothing, whatever is in them: nothing that could be executed."""
    issue = Issue(kind=IssueKind.REJECTED, message="", source=Source(("a",), ("b",)))
    one = attrs.evolve(
        of(Person(id="a:1", names=(Name(text="A"),), births=(birth(),))),
        audit=Audit(issues=(issue,)),
    )
    assert kinds(msgspec.msgpack.decode(unsealed(one))) <= {list, str, int, type(None), bool}


def birth() -> sl.Birth:
    return sl.Birth(date=PartialDate.year(1971))


def kinds(value: object) -> set[type]:
    inside = map(kinds, value) if isinstance(value, list) else ()
    return {type(value)}.union(*inside)
