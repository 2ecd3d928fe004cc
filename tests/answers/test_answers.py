"""Answers: frozen values that print, travel and say how sure they are."""

from __future__ import annotations

import copy
import inspect
import pickle
from datetime import UTC, date, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

from sanctionslib import answers
from sanctionslib.answers import (
    Agreement,
    Amended,
    ArchiveFault,
    Audit,
    Change,
    ChangeLog,
    Changes,
    Check,
    ComparedFact,
    Comparison,
    Counterpart,
    Counterparts,
    Coverage,
    EntitySummary,
    Evidence,
    EvidenceKind,
    ExplainedProgram,
    Explanation,
    FactCheck,
    Fetched,
    FormatChange,
    HeldEdition,
    HeldEditions,
    HeldFile,
    Hit,
    Hits,
    IdentifierMatch,
    Inference,
    Issue,
    IssueKind,
    Link,
    Network,
    Node,
    Omitted,
    Ownership,
    OwnershipPath,
    PathCoverage,
    Problem,
    Reason,
    ScreeningResult,
    SearchContext,
    Selection,
    Subject,
    Timeline,
    TimelineEvent,
    TimelineEventKind,
    TokenPair,
    Undetermined,
    UnknownCode,
    Unmapped,
    UnmatchedToken,
    Unstated,
    Verification,
)
from sanctionslib.errors import Where
from sanctionslib.model import (
    Edition,
    EntityRef,
    Fact,
    Identifier,
    Name,
    Organization,
    Person,
    Program,
    Relation,
    RelationKind,
    Source,
)
from sanctionslib.model.displayable import Displayable

PARTY = Person(id="watch:1", names=(Name(text="DOE, Jane"),))
FIRM = Organization(id="watch:2", names=(Name(text="EXAMPLE LTD"),))
LINK = Link(relation=Relation(to=EntityRef(name="EXAMPLE LTD")), source=PARTY, targets=(FIRM,))
SAME_ID = Evidence(kind=EvidenceKind.SAME_ID, entity_id="watch:1")
GLOMAG = ExplainedProgram(code="GLOMAG", program=Program(code="GLOMAG"))

CHANGE = Change(field="names", after=Name(text="EXAMPLE LIMITED"))
AMENDED = Amended(before=FIRM, after=FIRM, changes=(CHANGE,))

CHECK = Check(name="entries", value=2, least=1)
FILE = HeldFile(name="WATCH.CSV", stored="WATCH.CSV.gz", size=12, sha256="ab" * 32)
HELD = HeldEdition(
    list_id="watch",
    format="own-csv",
    sha256="ab" * 32,
    folder="watch/own-csv/undated-abababab",
    added_at=datetime(2021, 12, 12, 8, 30, tzinfo=UTC),
    files=(FILE,),
    checks=(CHECK,),
)
NOTED = EntitySummary(id="watch:1", name="DOE, Jane")
SWITCH = FormatChange(before=HELD, after=HELD, only_before=(NOTED,), only_after=())
STEP = TimelineEvent(kind=TimelineEventKind.AMENDED, edition=HELD, changes=(CHANGE,), entity=FIRM)
FAULT = ArchiveFault(path="watch/own-csv", what="no edition.json")

PAIR = TokenPair(query="jane", listed="jane", score=1.0, reason=Reason.EXACT)
LONE = UnmatchedToken(text="mary", reason=Reason.MISSING, weight=0.5)
SPELT = TokenPair(query="do", listed="doe", score=0.75, reason=Reason.SPELLING)
COMPARED = Comparison(
    query="Jane Mary Do",
    listed="DOE, Jane",
    score=0.875,
    method="parts-1",
    kind="person",
    pairs=(PAIR, SPELT),
    unmatched_query=(LONE,),
    notes=(Reason.REORDERED, Reason.SPELLING),
)
BORN = FactCheck(
    fact=ComparedFact.BIRTH_DATE,
    verdict=Agreement.CONFLICTS,
    given="1971",
    listed=("1 Oct 1963",),
)
SEAT = FactCheck(fact=ComparedFact.COUNTRY, verdict=Agreement.AGREES, given="BD", listed=("BD",))
SILENT = FactCheck(fact=ComparedFact.IDENTIFIER, verdict=Agreement.UNKNOWN, given="E1")
HIT = Hit(
    entity=PARTY,
    score=0.875,
    rank=0.9,
    name=PARTY.names[0],
    query="Jane Mary Do",
    comparison=COMPARED,
    facts=(BORN, SEAT, SILENT),
)
SUBJECT = Subject(names=("Jane Mary Do", "J. Do"), kind="person")
SEARCHED = SearchContext(entities=2, names=3, method="parts-1", min_score=0.8, library="0.5.0")
PROBLEM = Problem(what="no day is called 30 February", field="born", value="1971-02-30")

EXAMPLES: tuple[object, ...] = (
    Audit(declared=2, read=2, converted=1),
    GLOMAG,
    Explanation(entity=PARTY, programs=(GLOMAG,), linked_to=(LINK,)),
    IdentifierMatch(entity=PARTY, identifier=Identifier(value="1")),
    Inference(about=Fact.LIST, value="SDN List", reason="its tag"),
    Issue(kind=IssueKind.REJECTED, message="no name", source=Source(("uid",), ("1",))),
    Undetermined(fact=Fact.ADDRESS, count=3, kept=False),
    LINK,
    Network(center=PARTY, depth=1, nodes=(Node(entity=PARTY, distance=0),)),
    Node(entity=PARTY, distance=0),
    PathCoverage(path="uid", coverage=Coverage.STRUCTURAL, count=1),
    Selection(criteria=("kind=Person",), of=2),
    UnknownCode(vocabulary="program", code="NEW-EO", count=1),
    Omitted(reason="a footnote"),
    Unmapped(path="idList/id", label="Tarjeta Profesional", count=1),
    Unstated(fact=Fact.REASON, alternative_source="the press release"),
    SAME_ID,
    Counterpart(entity=FIRM, evidence=(SAME_ID,)),
    Counterparts(center=PARTY, counterparts=(Counterpart(entity=FIRM, evidence=(SAME_ID,)),)),
    OwnershipPath(entity=FIRM, path=(LINK,)),
    Ownership(
        center=PARTY, question="owned by", parties=(OwnershipPath(entity=FIRM, path=(LINK,)),)
    ),
    AMENDED,
    CHANGE,
    Changes(added=(PARTY,), amended=(AMENDED,)),
    CHECK,
    FILE,
    HELD,
    NOTED,
    SWITCH,
    STEP,
    FAULT,
    ChangeLog(list_id="watch", editions=(HELD,), format_changes=(SWITCH,)),
    Fetched(edition=HELD, is_new=True),
    HeldEditions(list_id="watch", editions=(HELD,)),
    Timeline(id="watch:1", events=(STEP,), editions=(HELD,)),
    Verification(home="archive", editions=(HELD,), faults=(FAULT,)),
    PAIR,
    LONE,
    COMPARED,
    BORN,
    HIT,
    SUBJECT,
    SEARCHED,
    PROBLEM,
    Hits(subject=SUBJECT, context=SEARCHED, hits=(HIT,), more=1),
    ScreeningResult(key="C-17", position=17, context=SEARCHED, subject=SUBJECT, hits=(HIT,)),
)

REQUIRED: dict[type, set[str]] = {
    Counterpart: {"entity", "evidence"},
    Counterparts: {"center"},
    Evidence: {"kind", "entity_id"},
    Amended: {"before", "after"},
    ArchiveFault: {"path", "what"},
    ChangeLog: {"list_id"},
    Check: {"name", "value"},
    Fetched: {"edition", "is_new"},
    HeldEdition: {"list_id", "format", "sha256", "folder", "added_at"},
    HeldFile: {"name", "stored", "size", "sha256"},
    HeldEditions: {"list_id"},
    EntitySummary: {"id"},
    TimelineEvent: {"kind", "edition"},
    FormatChange: {"before", "after"},
    Timeline: {"id"},
    Verification: {"home"},
    Change: {"field"},
    ExplainedProgram: {"code"},
    Explanation: {"entity"},
    IdentifierMatch: {"entity", "identifier"},
    Inference: {"about", "value", "reason"},
    Issue: {"kind", "message"},
    Undetermined: {"fact", "count", "kept"},
    Link: {"relation", "source"},
    Network: {"center", "depth"},
    Node: {"entity", "distance"},
    Ownership: {"center", "question"},
    OwnershipPath: {"entity", "path"},
    PathCoverage: {"path"},
    UnknownCode: {"vocabulary", "code"},
    Omitted: {"reason"},
    Unmapped: {"path"},
    Unstated: {"fact"},
    TokenPair: {"query", "listed", "score", "reason"},
    UnmatchedToken: {"text", "reason"},
    Comparison: {"query", "listed", "score", "method"},
    FactCheck: {"fact", "verdict", "given"},
    Hit: {"entity", "score", "rank"},
    Hits: {"subject", "context"},
    Problem: {"what"},
    ScreeningResult: {"key", "position", "context"},
}
"""What makes the answer an answer; all else has a default."""

EACH = pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: type(one).__name__)


def test_every_answer_has_an_example() -> None:
    """No class of the package is left out of these tests."""
    classes = {getattr(answers, name) for name in answers.__all__}
    assert {one for one in classes if attrs.has(one)} == {type(one) for one in EXAMPLES}


@EACH
def test_answers_are_frozen(one: object) -> None:
    """No attribute can be set, and none added; they are made with keywords."""
    cls = type(one)
    for field in attrs.fields(cls):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(one, field.name, None)
    with pytest.raises(AttributeError):
        one.nickname = "x"  # type: ignore[attr-defined]
    assert not hasattr(one, "__dict__")
    kinds = {each.kind for each in inspect.signature(cls).parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}
    required = {each.name for each in attrs.fields(cls) if each.default is attrs.NOTHING}
    assert required == REQUIRED.get(cls, set())


@EACH
def test_answers_travel(one: object) -> None:
    """An answer survives pickling and copying, and equal ones have one hash."""
    for twin in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
        assert twin == one
        assert hash(twin) == hash(one)
        assert repr(twin) == repr(one)
        assert all(
            getattr(twin, each.name) == getattr(one, each.name) for each in attrs.fields(type(one))
        )


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


def test_audit_repr() -> None:
    """One line: declared, read, converted, rejected, faults, and values without a place."""
    assert repr(Audit()) == (
        "<Audit undeclared, 0 read, 0 converted, 0 rejected, issues: 0, values without a field: 0>"
    )
    audit = Audit(
        declared=9146,
        read=9146,
        converted=9145,
        issues=(_issue(IssueKind.REJECTED), _issue(IssueKind.NO_ID)),
        unmapped=(Unmapped(path="a", count=1200), Unmapped(path="b", count=34)),
    )
    assert repr(audit) == (
        "<Audit 9,146 declared, 9,146 read, 9,145 converted, 1 rejected, issues: 2, "
        "values without a field: 1,234>"
    )
    assert repr(Audit(declared=0)).startswith("<Audit 0 declared")


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
    ],
)
def test_selection_text(selection: Selection, text: str) -> None:
    """A selection says its conditions, and how many it could not decide on."""
    assert str(selection) == text


def test_ambiguous_links() -> None:
    """A link is ambiguous where it can mean several parties, and only there."""
    targets = ((), (FIRM,), (FIRM, PARTY))
    found = [attrs.evolve(LINK, targets=one).is_ambiguous for one in targets]
    assert found == [False, False, True]


def test_explanation_repr() -> None:
    """One line: whom it explains, under which programs, and how many links there are."""
    assert repr(Explanation(entity=PARTY)) == (
        "<Explanation of watch:1 'DOE, Jane': no program stated, linked to 0 and from 0>"
    )
    two = (GLOMAG, ExplainedProgram(code="SDGT"))
    full = Explanation(entity=PARTY, programs=two, linked_to=(LINK,), linked_from=(LINK, LINK))
    assert repr(full) == (
        "<Explanation of watch:1 'DOE, Jane': GLOMAG+SDGT, linked to 1 and from 2>"
    )


def test_network_repr() -> None:
    """One line: around whom, how many parties and links, how far."""
    nodes = (Node(entity=PARTY, distance=0), Node(entity=FIRM, distance=1))
    network = Network(center=PARTY, depth=2, nodes=nodes, links=(LINK,))
    assert repr(network) == "<Network around watch:1 'DOE, Jane': 2 parties, 1 links, depth 2>"


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


def test_records_of_a_party() -> None:
    """Where several lists have a party, its records are the first one and the others."""
    for one in (
        Explanation(entity=PARTY, also=(FIRM,)),
        Node(entity=PARTY, distance=1, also=(FIRM,)),
        OwnershipPath(entity=PARTY, path=(LINK,), also=(FIRM,)),
        Ownership(center=PARTY, question="owners of", also=(FIRM,)),
    ):
        assert one.entities == (PARTY, FIRM)
    assert repr(Explanation(entity=PARTY, also=(FIRM,))) == (
        "<Explanation of watch:1 'DOE, Jane', 2 entities: no program stated, linked to 0 and from 0>"
    )


def test_link_answers_repr() -> None:
    """One line each: whom it is about, which way, how many, and what stays open."""
    found = Counterpart(entity=FIRM, evidence=(SAME_ID, SAME_ID))
    assert repr(found) == "<Counterpart watch:2 'EXAMPLE LTD': same id>"
    counterparts = Counterparts(center=PARTY, counterparts=(found,))
    assert repr(counterparts) == "<Counterparts of watch:1 'DOE, Jane': 1 entity on other lists>"
    assert (len(counterparts), list(counterparts)) == (1, [found])
    owned = Ownership(center=PARTY, question="owned by", unspecified=(LINK,), former=(LINK,))
    assert repr(owned) == (
        "<Ownership, owned by watch:1 'DOE, Jane': 0 parties by stated links, "
        "2 links open or former>"
    )
    assert OwnershipPath(entity=FIRM, path=(LINK, LINK)).distance == 2


@pytest.mark.parametrize(
    "one",
    [one for one in EXAMPLES if isinstance(one, Displayable)],
    ids=lambda one: type(one).__name__,
)
def test_large_answers_print(one: object) -> None:
    """The larger answers have a text and a notebook card."""
    assert len(str(one).splitlines()) > 2
    assert one._repr_html_().strip().startswith("<")  # type: ignore[attr-defined]


def test_an_edition_does_not_change_an_explanation_into_another() -> None:
    """Explanations of two editions are two answers."""
    one = Explanation(entity=PARTY, edition=Edition(list_id="watch", sha256="1"))
    assert one != attrs.evolve(one, edition=Edition(list_id="watch", sha256="2"))


def test_selection_text_of_what_is_never_stated() -> None:
    """A part of a question that the format never states is named, without a count of nobody."""
    never = Undetermined(fact=Fact.CITIZENSHIP, count=0, kept=False, never=True)
    selection = Selection(criteria=("country='BD'",), of=26, undetermined=(never,))
    assert str(selection) == "country='BD' (citizenship is never stated)"


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
    """A change is one of four: a value more, a value less, one told otherwise, another order."""
    one = Change(field="remarks", before=before, after=after)
    kinds = ("is_added", "is_removed", "is_altered", "is_order")
    assert [kind for kind in kinds if getattr(one, kind)] == [what]


@pytest.mark.parametrize(
    ("changes", "empty"),
    [
        (Changes(), True),
        (Changes(unchanged=7), True),
        (Changes(added=(PARTY,)), False),
        (Changes(removed=(PARTY,)), False),
        (Changes(amended=(AMENDED,)), False),
    ],
)
def test_whether_there_are_changes(changes: Changes, empty: bool) -> None:
    """The order of the entries alone is no change of what a list says."""
    assert changes.is_empty is empty
    assert bool(changes) is not empty


def test_changes_repr() -> None:
    """One line: of which list, between which days, and how many of each."""
    assert repr(Changes()) == ("<Changes of own lists: 0 added, 0 removed, 0 amended, 0 unchanged>")
    old = Edition(list_id="watch")
    new = Edition(list_id="watch", published=date(2021, 12, 10))
    full = Changes(old=(old,), new=(new,), added=(PARTY,), unchanged=1234)
    assert repr(full) == (
        "<Changes of watch date unknown to 2021-12-10: 1 added, 0 removed, 0 amended, 1,234 unchanged>"
    )
