"""What is compared with what: who is paired with whom, and which lists are not compared at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

import sanctionslib as sl
from sanctionslib.answers import Audit, Changes, Issue, IssueKind, PairedBy
from sanctionslib.errors import InvalidInputError, Where
from sanctionslib.model import Entity, IdStability, Organization, Person, Scope, Source
from sanctionslib.query import SanctionsList, diff

from .builders import party, several
from .editions import FIRM, NEXT, WATCH, applied, by_id, diff_of, edition_of, number, said

# ── who is who ────────────────────────────────────────────────────────────────────────────────


def _pairs(found: Changes) -> list[tuple[str, str, PairedBy]]:
    return [(one.before.source_id, one.after.source_id, one.paired_by) for one in found.amended]


def _side(text: str, **fields: Any) -> list[Entity]:
    """Persons as "key=name:numbers"."""
    found: list[Entity] = []
    for word in text.split():
        key, _, name = word.partition("=")
        name, _, numbers = name.partition(":")
        identifiers = tuple(number(one) for one in numbers.split(",") if one)
        found.append(party(Person, key, f"EXAMPLE {name}", identifiers=identifiers, **fields))
    return found


LASTING, OF_EDITION, BUILT = IdStability.STABLE, IdStability.EDITION, IdStability.BUILT


@pytest.mark.parametrize(
    ("stability", "old", "new", "pairs"),
    [
        # With ids that last, another id is another party, though it has the same name and number.
        (LASTING, "1=A:X1", "2=A:X1", ""),
        (LASTING, "1=A", "1=B", "1>1 id"),
        # Otherwise an id that stays is the party, before names are looked at ...
        (OF_EDITION, "a1=A a2=B", "a1=B a3=A", "a1>a1 id"),
        # ... and where entries are renumbered, the same number may be someone else.
        (BUILT, "1=A 2=B", "1=B 2=C", "2>1 name"),
        # A key that starts with "~" is ours, also where the publisher's own keys last.
        (LASTING, "~a=A ~b=B", "~b=A 7=B", "~a>~b name, ~b>7 name"),
        # A name pairs if it is there once on each side; then a number may, by the same rule.
        (OF_EDITION, "a1=A", "b2=A", "a1>b2 name"),
        (BUILT, "a1=A", "b2=A", "a1>b2 name"),
        (OF_EDITION, "a1=A:X1 a2=A:X2 a3=A", "b1=A b2=A:x-2,X9", "a2>b2 identifier"),
        (BUILT, "a1=A:X1 a2=A:X2 a3=A", "b1=A b2=A:x-2,X9", "a2>b2 identifier"),
        # Of two of one name, one stays and one goes: who comes with that name is not known.
        (OF_EDITION, "a1=A:X1 a2=A:X2", "a1=A:X1 b3=A", "a1>a1 id"),
        (BUILT, "a1=A:X1 a2=A:X2", "a1=A:X1 b3=A", "a1>a1 identifier"),
        (OF_EDITION, "a2=A:X2", "a1=A:X1 b3=A", ""),
        (OF_EDITION, "a1=A:X1 a2=A:X2", "a1=A:X1 b3=B:X1", "a1>a1 id"),
        # Where the numbers of one entry are those of two others, nobody can say which it is.
        (BUILT, "a1=A:X1,X2", "b1=B:X1 b2=C:X2", ""),
        (BUILT, "a1=B:X1 a2=C:X2", "b1=A:X1,X2", ""),
    ],
)
def test_who_is_who(stability: IdStability, old: str, new: str, pairs: str) -> None:
    """The rules one after the other; whoever no rule pairs is removed or added."""
    before, after = _side(old), _side(new, remarks="More.")
    found = diff_of(before, after, stability)
    made = [f"{one}>{other} {rule.value}" for one, other, rule in _pairs(found)]
    assert ", ".join(made) == pairs
    assert applied(before, found) == by_id(after)


def test_what_is_amended_with_an_id_or_a_kind() -> None:
    """Both are fields like others."""
    old = party(Person, "a1", "EXAMPLE A")
    found = diff_of([old], [attrs.evolve(old, id="watch:b2", remarks="More.")], BUILT)
    assert said(found.amended[0].changes) == [
        ("id", "watch:a1", "watch:b2"),
        ("remarks", None, "More."),
    ]
    found = diff_of([old], [party(sl.Vessel, "a1", "EXAMPLE B")], LASTING)
    assert ("kind", "person", "vessel") in said(found.amended[0].changes)


@pytest.mark.parametrize("stability", [OF_EDITION, BUILT])
def test_another_kind_is_another_party(stability: IdStability) -> None:
    """A ship is not the person of the same name."""
    old, new = party(Person, "a1", "EXAMPLE A"), party(sl.Vessel, "b2", "EXAMPLE A")
    assert not diff_of([old], [new], stability).amended


@pytest.mark.parametrize(
    ("old", "new", "paired"),
    [
        ([number("X1")], [number("X1")], True),
        ([number("X1", "BD")], [number("X1", "BD")], True),
        ([number("X1", "BD")], [number("X1")], True),
        ([number("X1", "BD")], [number("X1", "PK")], False),
        ([number("X1")], [number("X1", kind=sl.IdentifierKind.TAX)], False),
        ([number("X1", kind=None)], [number("X1", kind=None)], False),
        ([number("--")], [number("--")], False),
        ([number("0")], [number("0")], False),
        ([number("000-000")], [number("000000")], False),
        ([number("UNKNOWN")], [number("unknown")], False),
        ([number("12345678")], [number("12345678")], False),
        ([number("X1"), number("X1")], [number("X1")], True),
    ],
)
def test_which_numbers_pair(
    old: list[sl.Identifier], new: list[sl.Identifier], paired: bool
) -> None:
    """A number pairs by its kind and key, and not where two countries issued it."""
    one = party(Organization, "a1", "EXAMPLE A", identifiers=tuple(old))
    other = party(Organization, "b1", "EXAMPLE B", identifiers=tuple(new))
    found = diff_of([one], [other], IdStability.EDITION)
    assert bool(found.amended) is paired


def test_a_number_makes_no_person_of_a_firm() -> None:
    """A person with the tax number of a firm is not that firm; of no stated kind it can be either."""
    tax = (number("7707083893", kind=sl.IdentifierKind.TAX),)
    firm = party(Organization, "a1", "EXAMPLE A", identifiers=tax)
    owner = party(Person, "b1", "EXAMPLE B", identifiers=tax)
    unspecified = party(Entity, "b1", "EXAMPLE B", identifiers=tax)
    assert not diff_of([firm], [owner], IdStability.BUILT).amended
    assert _pairs(diff_of([firm], [unspecified], IdStability.BUILT)) == [
        ("a1", "b1", PairedBy.IDENTIFIER)
    ]


def test_keys_of_another_publisher_last() -> None:
    """In a list that repeats others, a key of a space that is shared lasts as it does there."""
    old = party(Person, "1", "EXAMPLE A", id_space="ofac")
    new = attrs.evolve(old, id="watch:2")
    found = diff_of([old], [new], IdStability.EDITION)
    assert (found.removed, found.added) == ((old,), (new,))


def test_entities_of_ones_own_beside_an_edition() -> None:
    """A list of one's own that only one of two combined lists has would look removed."""
    edition = sl.Edition(list_id="watch")
    with_edition = SanctionsList([party(Person, "1")], edition)
    mine = SanctionsList([sl.Person(id="mine:1", names=(sl.Name(text="EXAMPLE A"),))])
    both = sl.combine(with_edition, mine)
    assert not sl.diff(both, both)
    for old, new in ((both, with_edition), (with_edition, both)):
        with pytest.raises(InvalidInputError, match=r"different lists: .*mine"):
            sl.diff(old, new)


def test_pairs_stay_within_their_list() -> None:
    """Parties of two lists are never paired."""
    lists = [
        [attrs.evolve(one, list_id=key, id_stability=IdStability.BUILT) for key in ("a", "b")]
        for one in (WATCH, NEXT)
    ]
    old = several([party(Person, "a:1", "EXAMPLE A")], *lists[0])
    new = several([party(Person, "b:1", "EXAMPLE A")], *lists[1])
    found = diff(old, new)
    assert (len(found.added), len(found.removed)) == (1, 1)


# ── refusals ──────────────────────────────────────────────────────────────────────────────────


def _refused(old: object, new: object, what: str) -> InvalidInputError:
    with pytest.raises(InvalidInputError, match=what) as caught:
        diff(old, new)  # type: ignore[arg-type]
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("what", [None, [], "SDN.XML", [FIRM]])
def test_only_lists_are_compared(what: object) -> None:
    """Something that is no list is refused, on either side."""
    _refused(what, edition_of(FIRM), "is no list that can be compared")
    _refused(edition_of(FIRM), what, "is no list that can be compared")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"list_id": "other"}, "different lists: watch, and other"),
        ({"format": "xml"}, "the formats differ"),
        ({"scope": Scope.SAMPLE}, "not the same part of the list"),
        ({"scope": Scope.CUSTOM, "filter": "program=A"}, "not the same part of the list"),
        ({"filter": "program=A"}, "not the same part of the list"),
        ({"missing": ("ADD.CSV",)}, "different files are missing"),
        ({"published": date(2021, 12, 8)}, "the older edition comes second"),
    ],
)
def test_editions_that_do_not_agree(change: dict[str, Any], what: str) -> None:
    """A part against a whole, one format against another, or new against old is no comparison."""
    other = attrs.evolve(WATCH, **change)
    _refused(edition_of(FIRM), several([], other), what)
    if "published" not in change:
        _refused(several([], other), edition_of(FIRM), what.partition(":")[0])


@pytest.mark.parametrize("published", [None, WATCH.published, NEXT.published])
def test_editions_that_agree(published: date | None) -> None:
    """An undated edition, one of the same day, the same edition, and equal parts can be compared."""
    part = {"scope": Scope.CUSTOM, "filter": "program=A", "missing": ("ADD.CSV",)}
    for fields in ({}, part):
        older = attrs.evolve(WATCH, **fields)
        newer = attrs.evolve(older, published=published)
        assert diff(edition_of(FIRM, edition=older), edition_of(FIRM, edition=newer)).unchanged == 1


def test_selections_are_refused(sdn: SanctionsList[Entity]) -> None:
    """Who no longer meets a condition would look removed: also two equal selections are refused."""
    for part in (sdn.where(program="GLOMAG"), sdn[:3]):
        error = _refused(part, part, "would look removed")
        assert ".base" in error.hint
    assert diff(sdn.where(program="GLOMAG").base, sdn).is_empty


def test_fewer_entries_than_declared_are_refused() -> None:
    """A file that was cut is never compared, not even with another one of the same length."""
    short = SanctionsList.of_editions([FIRM], [WATCH], Audit(declared=7, read=1, converted=1))
    _refused(short, short, "1 of the 7 entries that it declares")


@pytest.mark.parametrize(
    ("ours", "theirs", "is_same"),
    [
        (["7"], ["7"], True),
        (["7"], [], False),
        ([], ["7"], False),
        (["7"], ["8"], False),
        # Those without a key are the same only if they say the same.
        (["=A", "=B"], ["=B", "=A"], True),
        (["=A"], ["=B"], False),
    ],
)
def test_entries_that_could_not_be_read(ours: list[str], theirs: list[str], is_same: bool) -> None:
    """An entry that is rejected in one file alone would look removed; the same one in both does not."""

    def held(edition: sl.Edition, entries: list[str]) -> SanctionsList[Entity]:
        issues: list[Issue] = []
        for line, one in enumerate(entries):
            entry, _, name = one.partition("=")
            source = Source(("Name",), (name,)) if name else None
            where = Where(entry=entry, line=line)
            issues.append(
                Issue(kind=IssueKind.REJECTED, message="broken", where=where, source=source)
            )
        audit = Audit(read=1 + len(entries), issues=tuple(issues))
        return SanctionsList.of_editions([FIRM], [edition], audit)

    if is_same:
        assert diff(held(WATCH, ours), held(NEXT, theirs)).unchanged == 1
    else:
        _refused(held(WATCH, ours), held(NEXT, theirs), "other entries could not be read")


def test_lists_of_ones_own() -> None:
    """Without editions, the ids say which list it is; an empty one may be of any."""
    mine, other = sl.SanctionsList([FIRM]), sl.SanctionsList([party(Person, "other:1")])
    assert diff(mine, mine).unchanged == 1
    assert diff(sl.SanctionsList([]), mine).added == (FIRM,)
    assert diff(mine, sl.SanctionsList([])).removed == (FIRM,)
    _refused(mine, other, "different lists: watch, and other")
    _refused(mine, edition_of(FIRM), "only one of the two lists of watch says which edition")


def test_the_same_list_twice_is_refused() -> None:
    """A side that holds two editions of a list says two things of one party."""
    twice = several([FIRM], WATCH, NEXT)
    _refused(twice, twice, "several editions of watch")
    doubled = several([FIRM, FIRM], WATCH)
    _refused(doubled, doubled, "an id occurs twice")
