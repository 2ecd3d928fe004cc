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


def test_lasting_ids_are_the_parties() -> None:
    """With ids that last, another id is another party, though it has the same name and number."""
    old = party(Person, "1", "EXAMPLE A", identifiers=(number("X1"),))
    new = attrs.evolve(old, id="watch:2")
    found = diff_of([old], [new], IdStability.STABLE)
    assert (found.removed, found.added, found.amended) == ((old,), (new,), ())
    renamed = party(sl.Vessel, "1", "EXAMPLE B")
    found = diff_of([old], [renamed], IdStability.STABLE)
    assert _pairs(found) == [("1", "1", PairedBy.ID)]
    assert ("kind", "person", "vessel") in said(found.amended[0].changes)


@pytest.mark.parametrize("stability", [IdStability.EDITION, IdStability.BUILT])
def test_names_pair_where_ids_do_not_last(stability: IdStability) -> None:
    """Equal primary name and kind pair two entries; their ids are then a field that was amended."""
    old = party(Person, "a1", "EXAMPLE A")
    new = party(Person, "b2", "EXAMPLE A", remarks="More.")
    found = diff_of([old], [new], stability)
    assert _pairs(found) == [("a1", "b2", PairedBy.NAME)]
    assert said(found.amended[0].changes) == [
        ("id", "watch:a1", "watch:b2"),
        ("remarks", None, "More."),
    ]


@pytest.mark.parametrize("stability", [IdStability.EDITION, IdStability.BUILT])
def test_another_kind_is_another_party(stability: IdStability) -> None:
    """A ship is not the person of the same name."""
    old, new = party(Person, "a1", "EXAMPLE A"), party(sl.Vessel, "b2", "EXAMPLE A")
    assert not diff_of([old], [new], stability).amended


@pytest.mark.parametrize("stability", [IdStability.EDITION, IdStability.BUILT])
def test_a_name_that_two_have_pairs_nobody(stability: IdStability) -> None:
    """A name pairs only if it is there once on each side; then a number may, by the same rule."""
    old = [
        party(Person, "a1", "EXAMPLE A", identifiers=(number("X 1"),)),
        party(Person, "a2", "EXAMPLE A", identifiers=(number("X 2"),)),
        party(Person, "a3", "EXAMPLE A"),
    ]
    new = [
        party(Person, "b1", "EXAMPLE A"),
        party(Person, "b2", "EXAMPLE A", identifiers=(number("x-2"), number("X 9"))),
    ]
    found = diff_of(old, new, stability)
    assert _pairs(found) == [("a2", "b2", PairedBy.IDENTIFIER)]
    assert [one.source_id for one in found.removed] == ["a1", "a3"]
    assert [one.source_id for one in found.added] == ["b1"]


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


def test_who_stays_has_the_name_too() -> None:
    """Of two of one name, one stays and one goes: who comes with that name is not known for either."""
    stays = party(Person, "a1", "EXAMPLE A", identifiers=(number("X1"),))
    goes = party(Person, "a2", "EXAMPLE A", identifiers=(number("X2"),))
    comes = party(Person, "b3", "EXAMPLE A", remarks="More.")
    for stability in (IdStability.EDITION, IdStability.BUILT):
        found = diff_of([stays, goes], [stays, comes], stability)
        assert (found.removed, found.added, found.unchanged) == ((goes,), (comes,), 1)
        found = diff_of([goes], [stays, comes], stability)
        assert (found.removed, found.added) == ((goes,), (stays, comes))
    with_number = attrs.evolve(
        comes, names=(sl.Name(text="EXAMPLE B"),), identifiers=stays.identifiers
    )
    found = diff_of([stays, goes], [stays, with_number], IdStability.EDITION)
    assert (found.removed, found.added) == ((goes,), (with_number,))


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


def test_rejected_entries_without_a_key() -> None:
    """Entries that could not be read and have no key are the same only if they say the same."""

    def having(*broken: str) -> SanctionsList[Entity]:
        issues = tuple(
            Issue(
                kind=IssueKind.REJECTED,
                message="broken",
                where=Where(line=line),
                source=Source(("Name",), (text,)),
            )
            for line, text in enumerate(broken)
        )
        return SanctionsList.of_editions([], [WATCH], Audit(read=len(broken), issues=issues))

    assert not diff(having("A", "B"), having("B", "A"))
    with pytest.raises(InvalidInputError, match="could not be read"):
        diff(having("A"), having("B"))


def test_numbers_that_lead_to_two_parties_pair_nobody() -> None:
    """Where the numbers of one entry are those of two others, nobody can say which it is."""
    old = [party(Person, "a1", "EXAMPLE A", identifiers=(number("X1"), number("X2")))]
    new = [
        party(Person, "b1", "EXAMPLE B", identifiers=(number("X1"),)),
        party(Person, "b2", "EXAMPLE C", identifiers=(number("X2"),)),
    ]
    assert not diff_of(old, new, IdStability.BUILT).amended
    assert not diff_of(new, old, IdStability.BUILT).amended


def test_ids_of_an_edition_that_stay_are_the_party() -> None:
    """An id that is in both editions is the same party, before names are looked at."""
    old = [party(Person, "a1", "EXAMPLE A"), party(Person, "a2", "EXAMPLE B")]
    new = [party(Person, "a1", "EXAMPLE B"), party(Person, "a3", "EXAMPLE A")]
    found = diff_of(old, new, IdStability.EDITION)
    assert _pairs(found) == [("a1", "a1", PairedBy.ID)]
    assert [one.source_id for one in found.removed] == ["a2"]


def test_ids_that_are_built_mean_nothing() -> None:
    """Where entries are renumbered, the same number may be someone else; names identify."""
    old = [party(Person, "1", "EXAMPLE A"), party(Person, "2", "EXAMPLE B")]
    new = [party(Person, "1", "EXAMPLE B"), party(Person, "2", "EXAMPLE C")]
    found = diff_of(old, new, IdStability.BUILT)
    assert _pairs(found) == [("2", "1", PairedBy.NAME)]
    assert [one.name for one in found.removed] == ["EXAMPLE A"]
    assert [one.name for one in found.added] == ["EXAMPLE C"]
    assert applied(old, found) == by_id(new)


def test_keys_of_ours_are_built_in_any_list() -> None:
    """A key that starts with "~" is ours, also where the publisher's own keys last."""
    old = [party(Person, "~a", "EXAMPLE A"), party(Person, "~b", "EXAMPLE B")]
    new = [party(Person, "~b", "EXAMPLE A"), party(Person, "7", "EXAMPLE B")]
    found = diff_of(old, new, IdStability.STABLE)
    assert _pairs(found) == [("~a", "~b", PairedBy.NAME), ("~b", "7", PairedBy.NAME)]


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
    """An undated edition, one of the same day, or the same edition itself can be compared."""
    other = attrs.evolve(WATCH, published=published)
    assert diff(edition_of(FIRM), edition_of(FIRM, edition=other)).is_empty


def test_equal_parts_can_be_compared() -> None:
    """Two exports by the same filter, and two sets without the same file, are alike."""
    part = attrs.evolve(WATCH, scope=Scope.CUSTOM, filter="program=A", missing=("ADD.CSV",))
    newer = attrs.evolve(part, published=NEXT.published)
    assert diff(edition_of(FIRM, edition=part), edition_of(FIRM, edition=newer)).unchanged == 1


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


def test_entries_that_could_not_be_read() -> None:
    """An entry that is rejected in one file alone would look removed; the same one in both does not."""

    def held(edition: sl.Edition, *entries: str) -> SanctionsList[Entity]:
        issues = tuple(
            Issue(kind=IssueKind.REJECTED, message="no name", where=Where(entry=entry))
            for entry in entries
        )
        read = 1 + len(entries)
        return SanctionsList.of_editions([FIRM], [edition], Audit(read=read, issues=issues))

    assert diff(held(WATCH, "7"), held(NEXT, "7")).unchanged == 1
    for ours, theirs in ((("7",), ()), ((), ("7",)), (("7",), ("8",))):
        _refused(held(WATCH, *ours), held(NEXT, *theirs), "other entries could not be read")


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
