"""Answers: what they derive, how they print, and how sure they say that they are."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

from sanctionslib.answers import (
    Amended,
    Audit,
    Change,
    Changes,
    Counterpart,
    Counterparts,
    Coverage,
    Evidence,
    EvidenceKind,
    ExplainedProgram,
    Explanation,
    Issue,
    IssueKind,
    Link,
    Network,
    Node,
    Ownership,
    OwnershipPath,
    PathCoverage,
    Selection,
    Undetermined,
    Unmapped,
)
from sanctionslib.errors import Where
from sanctionslib.model import (
    Edition,
    EntityRef,
    Fact,
    Name,
    Organization,
    Person,
    Program,
    Relation,
    RelationKind,
    Source,
)

PARTY = Person(id="watch:1", names=(Name(text="DOE, Jane"),))
FIRM = Organization(id="watch:2", names=(Name(text="EXAMPLE LTD"),))
LINK = Link(relation=Relation(to=EntityRef(name="EXAMPLE LTD")), source=PARTY, targets=(FIRM,))
SAME_ID = Evidence(kind=EvidenceKind.SAME_ID, entity_id="watch:1")
GLOMAG = ExplainedProgram(code="GLOMAG", program=Program(code="GLOMAG"))
AMENDED = Amended(before=FIRM, after=FIRM, changes=(Change(field="names"),))


# ── audit ─────────────────────────────────────────────────────────────────────────────────────


def _issue(kind: IssueKind) -> Issue:
    return Issue(kind=kind, message="it is wrong")


def test_audit_counts_the_rejected() -> None:
    """Rejected entries are counted from the issues; other faults are none."""
    kinds = (IssueKind.REJECTED, IssueKind.UNREAD_VALUE, IssueKind.REJECTED, IssueKind.NO_ID)
    assert Audit(issues=tuple(map(_issue, kinds))).rejected == 2
    assert Audit().rejected == 0


@examples(30)
@given(
    st.lists(
        st.builds(
            PathCoverage,
            path=st.just("a"),
            coverage=st.sampled_from(Coverage),
            count=st.integers(0, 9),
        )
    )
)
def test_shares_of_an_audit(paths: list[PathCoverage]) -> None:
    """The shares of what is not structural add up to one; without values there is no share."""
    audit = Audit(paths=tuple(paths))
    used = [one for one in Coverage if one is not Coverage.STRUCTURAL]
    total = sum(one.count for one in paths if one.coverage is not Coverage.STRUCTURAL)
    shares = [audit.share(use) for use in used]
    if total == 0:
        assert shares == [None] * 3
        assert audit.share(Coverage.STRUCTURAL) is None
        return
    assert sum(one for one in shares if one is not None) == pytest.approx(1)
    assert audit.share(Coverage.STRUCTURAL) == 0
    mapped = sum(one.count for one in paths if one.coverage is Coverage.MAPPED)
    assert audit.share(Coverage.MAPPED) == pytest.approx(mapped / total)


def test_issue_text() -> None:
    """A fault says what is wrong and where; its repr does not spell out the raw record."""
    assert str(_issue(IssueKind.NO_ID)) == "it is wrong"
    placed = Issue(kind=IssueKind.NO_ID, message="it is wrong", where=Where(entry="7", line=9))
    assert str(placed) == "it is wrong (entry 7, line 9)"
    kept = Issue(kind=IssueKind.NO_ID, message="x", source=Source(("uid",), ("1",)))
    assert "uid" not in repr(kept)
    assert kept != Issue(kind=IssueKind.NO_ID, message="x")


# ── selections, explanations, networks ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("selection", "text"),
    [
        (Selection(), "everything"),
        (Selection(criteria=("kind=Person", "program='GLOMAG'")), "kind=Person, program='GLOMAG'"),
        (
            Selection(
                criteria=("country='BD'",),
                undetermined=(
                    Undetermined(fact=Fact.ADDRESS, count=1234, kept=False),
                    Undetermined(fact=Fact.FLAG, count=2, kept=True),
                ),
                kind_unstated=7,
            ),
            "country='BD' (1,234 without address dropped; 2 without flag kept; 7 of unstated kind dropped)",
        ),
        (Selection(kind_unstated=1), "everything (1 of unstated kind dropped)"),
        (
            Selection(
                criteria=("country='BD'",),
                undetermined=(
                    Undetermined(fact=Fact.CITIZENSHIP, count=0, kept=False, never=True),
                    Undetermined(fact=Fact.FLAG, count=0, kept=False, lists=("a", "b")),
                ),
            ),
            "country='BD' (citizenship is never stated; flag is not stated of everybody by a and b)",
        ),
    ],
)
def test_selection_text(selection: Selection, text: str) -> None:
    """A selection says its conditions, how many it could not decide on, and what is never stated."""
    assert str(selection) == text


def test_ambiguous_links() -> None:
    """A link is ambiguous where it can mean several parties, and only there."""
    targets = ((), (FIRM,), (FIRM, PARTY))
    found = [attrs.evolve(LINK, targets=one).is_ambiguous for one in targets]
    assert found == [False, False, True]


def test_ended_links() -> None:
    """A link has ended where the source says so, in a mark or in the word for it."""
    formerly = Relation(to=EntityRef(name="X"), kind=RelationKind.FORMERLY_OPERATED_BY)
    ended = attrs.evolve(LINK.relation, former=True)
    lasting = attrs.evolve(LINK.relation, former=False)
    found = [
        attrs.evolve(LINK, relation=one).is_former
        for one in (LINK.relation, lasting, ended, formerly)
    ]
    assert found == [False, False, True, True]


# ── changes ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (None, "A", "is_added"),
        ("A", None, "is_removed"),
        ("A", "B", "is_altered"),
        (None, None, "is_order"),
        ("", None, "is_removed"),
    ],
)
def test_what_a_change_is(before: str | None, after: str | None, what: str) -> None:
    """A change is one of four: a value more, a value less, another value, another order."""
    one = Change(field="remarks", before=before, after=after)
    kinds = ("is_added", "is_removed", "is_altered", "is_order")
    assert [kind for kind in kinds if getattr(one, kind)] == [what]


@pytest.mark.parametrize("name", ["added", "removed", "amended", "unchanged"])
def test_whether_there_are_changes(name: str) -> None:
    """The order of the entries alone is no change of what a list says."""
    fields = {"added": (PARTY,), "removed": (PARTY,), "amended": (AMENDED,), "unchanged": 7}
    changes = attrs.evolve(Changes(), **{name: fields[name]})
    assert changes.is_empty is (name == "unchanged")
    assert bool(changes) is not changes.is_empty


# ── parties of several lists, and the shortest form of each answer ────────────────────────────


def test_entities_of_a_party() -> None:
    """Where several lists have a party, its entities are the first one and the others."""
    for one in (
        Explanation(entity=PARTY, also=(FIRM,)),
        Node(entity=PARTY, distance=1, also=(FIRM,)),
        OwnershipPath(entity=PARTY, path=(LINK,), also=(FIRM,)),
        Ownership(center=PARTY, question="owners of", also=(FIRM,)),
    ):
        assert one.entities == (PARTY, FIRM)
    assert OwnershipPath(entity=FIRM, path=(LINK, LINK)).distance == 2


FOUND = Counterpart(entity=FIRM, evidence=(SAME_ID, SAME_ID))


def test_counterparts_are_counted_and_iterated() -> None:
    """As a list of them would be."""
    found = Counterparts(center=PARTY, counterparts=(FOUND,))
    assert (len(found), list(found)) == (1, [FOUND])


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (
            Audit(),
            "<Audit undeclared, 0 read, 0 converted, 0 rejected, issues: 0, values without a field: 0>",
        ),
        (
            Audit(
                declared=9146,
                read=9146,
                converted=9145,
                issues=(_issue(IssueKind.REJECTED), _issue(IssueKind.NO_ID)),
                unmapped=(Unmapped(path="a", count=1200), Unmapped(path="b", count=34)),
            ),
            "<Audit 9,146 declared, 9,146 read, 9,145 converted, 1 rejected, issues: 2, values without a field: 1,234>",
        ),
        (
            Explanation(entity=PARTY),
            "<Explanation of watch:1 'DOE, Jane': no program stated, linked to 0 and from 0>",
        ),
        (
            Explanation(
                entity=PARTY,
                also=(FIRM,),
                programs=(GLOMAG, ExplainedProgram(code="SDGT")),
                linked_to=(LINK,),
                linked_from=(LINK, LINK),
            ),
            "<Explanation of watch:1 'DOE, Jane', 2 entities: GLOMAG+SDGT, linked to 1 and from 2>",
        ),
        (
            Network(center=PARTY, depth=2, nodes=(Node(entity=PARTY, distance=0),), links=(LINK,)),
            "<Network around watch:1 'DOE, Jane': 1 parties, 1 links, depth 2>",
        ),
        (FOUND, "<Counterpart watch:2 'EXAMPLE LTD': same id>"),
        (
            Counterparts(center=PARTY, counterparts=(FOUND,)),
            "<Counterparts of watch:1 'DOE, Jane': 1 entity on other lists>",
        ),
        (
            Ownership(center=PARTY, question="owned by", unspecified=(LINK,), former=(LINK,)),
            "<Ownership, owned by watch:1 'DOE, Jane': 0 parties by stated links, 2 links open or former>",
        ),
        (Changes(), "<Changes of own lists: 0 added, 0 removed, 0 amended, 0 unchanged>"),
        (
            Changes(
                old=(Edition(list_id="watch"),),
                new=(Edition(list_id="watch", published=date(2021, 12, 10)),),
                added=(PARTY,),
                unchanged=1234,
            ),
            "<Changes of watch date unknown to 2021-12-10: 1 added, 0 removed, 0 amended, 1,234 unchanged>",
        ),
    ],
)
def test_repr(one: object, shown: str) -> None:
    """One line: what it is about, how much there is of each, and what stays open."""
    assert repr(one) == shown
