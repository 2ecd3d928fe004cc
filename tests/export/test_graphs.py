"""Answers as graphs: Mermaid and networkx say the same, and take no name for syntax."""

from __future__ import annotations

import io
import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib.answers import Link, Network, Node, Ownership
from sanctionslib.errors import InvalidInputError, MissingExtraError
from sanctionslib.export import to_mermaid, to_networkx
from sanctionslib.export.graphs import _mermaid_id
from sanctionslib.model import (
    Designation,
    Edition,
    Entity,
    EntityRef,
    Name,
    Organization,
    Person,
    Relation,
    RelationKind,
    Vessel,
)

K = RelationKind
EVIL = 'X "]-->|y| --> \\N <b>bold</b> & `code` #1; {a} %% ; end\n}\x1b[31m\u202eabc'


def _party(kind: type[Entity], key: str, name: str, *relations: Relation) -> Entity:
    designations = (Designation(programs=("EXAMPLE-EO",)),)
    return kind(
        id=f"watch:{key}",
        names=(Name(text=name),),
        relations=relations,
        designations=designations,
    )


def _to(
    kind: RelationKind | None, key: str | None = None, name: str = "", **said: object
) -> Relation:
    return Relation(to=EntityRef(source_id=key, name=name), kind=kind, **said)  # type: ignore[arg-type]


GROUP = sl.SanctionsList(
    [
        _party(Person, "1", "EXAMPLE, Owner", _to(K.OWNS_OR_CONTROLS, "2")),
        _party(Organization, "2", "HOLDING", _to(K.LINKED_TO, "6")),
        _party(
            Vessel,
            "3",
            "STAR",
            _to(K.PROPERTY_OF, "2", quality="High"),
            _to(K.OWNED_OR_CONTROLLED_BY, "1", former=True),
            _to(K.PARENT_OF, name="TWIN"),
            _to(K.OWNS_OR_CONTROLS, name="ELSEWHERE"),
            _to(K.OWNS_OR_CONTROLS, "99"),
        ),
        _party(Organization, "4", "TWIN"),
        _party(Organization, "5", "TWIN"),
        _party(Organization, "6", "FRIEND"),
        _party(Organization, "7", "OTHER", _to(K.OWNS_OR_CONTROLS, "99")),
    ],
    Edition(list_id="watch"),
)


@pytest.fixture
def owned() -> Ownership:
    """Everything that an answer about ownership can have."""
    return GROUP.related("1", ownership="owned")


@pytest.fixture
def network() -> Network:
    """The same parties as a network."""
    return GROUP.related("2", depth=3)


def test_mermaid(owned: Ownership) -> None:
    """Parties and links with their words; what is not plain text stands as a number."""
    text = to_mermaid(owned)
    assert text.startswith("flowchart LR\n")
    assert '  n_watch_3a_3["STAR<br/>vessel<br/>watch:3<br/>EXAMPLE-EO"]:::vessel\n' in text
    assert '  n_watch_3a_1 -->|"owns, controls or operates"| n_watch_3a_2\n' in text
    assert '  n_watch_3a_3 -.->|"owned or controlled by (former)"| n_watch_3a_1\n' in text
    assert text.count('-.->|"parent of (fits 2 parties)"|') == 2
    assert '["ELSEWHERE<br/>not in these lists"]:::unlisted\n' in text
    assert "classDef unlisted " in text
    assert "not drawn: links that do not say how (1)" in re.sub(
        r"#(\d+);", lambda n: chr(int(n[1])), text.casefold()
    )
    assert "50 Percent Rule" in text
    assert "FRIEND" not in text, "a link that does not say how is no ownership"


def test_a_sample_says_so() -> None:
    """What is drawn of the sample says that it is one."""
    found = sl.sample().related("34022")
    for text in (to_mermaid(found), str(to_networkx(found).graph["looked_at"])):
        assert "SAMPLE, not the whole list" in text


def test_silent_lists_are_named() -> None:
    """A list that could not have said more is named below the drawing."""
    mute = Edition(list_id="mute", supported_facts=frozenset())
    firm = Organization(id="mute:1", names=(Name(text="FIRM"),))
    both = sl.combine(GROUP, sl.SanctionsList([firm], mute))
    assert "mute never states links" in to_mermaid(both.related("watch:2"))
    assert "mute does not say how parties are linked" in to_mermaid(
        both.related("watch:2", ownership="owned")
    )


def test_networks_are_drawn_whole(network: Network) -> None:
    """All parties and links of a network are there, in each form."""
    mermaid, graph = to_mermaid(network), to_networkx(network)
    count = sum(max(len(link.targets), 1) for link in network.links)
    assert graph.number_of_edges() == count
    assert mermaid.count("-->|") + mermaid.count("-.->|") == count
    inside = {key for key, said in graph.nodes.items() if not said["unlisted"]}
    assert inside == {node.entity.id for node in network.nodes}
    for key in graph.nodes:
        assert f'  {_mermaid_id(key)}["' in mermaid
        assert f"{_mermaid_id(key)}[" in mermaid


def test_networkx(owned: Ownership) -> None:
    """Nodes and edges have plain attributes, which the writers of networkx take."""
    graph = to_networkx(owned)
    assert graph.nodes["watch:3"] == {
        "name": "STAR",
        "kind": "vessel",
        "programs": "EXAMPLE-EO",
        "lists": "watch",
        "unlisted": False,
        "role": "party",
        "distance": 2,
    }
    assert graph.nodes["watch:1"]["role"] == "asked"
    assert graph.nodes["watch:4"]["role"] == "possible"
    assert graph.nodes["unlisted:watch:99"] == {
        "name": ":99",
        "kind": "",
        "programs": "",
        "lists": "",
        "unlisted": True,
        "role": "unlisted",
        "distance": -1,
    }
    edges = {ends[:2]: said for ends, said in graph.edges.items()}
    assert edges["watch:3", "watch:2"] == {
        "kind": "property in the interest of",
        "former": False,
        "ambiguous": False,
        "followed": True,
        "quality": "High",
        "stated_by": "watch:3",
    }
    assert edges["watch:3", "watch:1"]["former"] is True
    assert edges["watch:3", "watch:1"]["followed"] is False
    assert edges["watch:3", "watch:5"]["ambiguous"] is True
    networkx = pytest.importorskip("networkx")
    networkx.write_graphml(graph, io.BytesIO())
    networkx.write_gexf(graph, io.BytesIO())


def test_a_whole_list_in_networkx() -> None:
    """A list has all its parties as nodes, linked or not; a selection has its own links."""
    sdn = sl.sample()
    graph = to_networkx(sdn)
    assert graph.number_of_nodes() == len(sdn)
    assert graph.number_of_edges() == len(sdn.links()) == 14
    assert "role" not in graph.nodes["us_ofac_sdn:33951"]
    persons = to_networkx(sdn.where(kind=sl.Person))
    assert persons.nodes["us_ofac_sdn:33951"]["name"] == "RAPID ACTION BATTALION"
    links = [said["stated_by"] for said in persons.edges.values()]
    assert links
    assert all(one in sdn.where(kind=sl.Person) for one in links)


def test_a_party_of_several_lists_is_one_node() -> None:
    """Entities of one party share a node, which names all their lists."""
    rab = Entity(id="csl:33951", id_space="ofac", names=(Name(text="RAB"),))
    both = sl.combine(sl.sample(), sl.SanctionsList([rab]))
    for graph in (to_networkx(both), to_networkx(both.related("33951"))):
        assert graph.nodes["us_ofac_sdn:33951"]["lists"] == "us_ofac_sdn; csl"
        assert "csl:33951" not in graph.nodes
    assert "csl:33951" in to_mermaid(both.related("33951"))


def test_parties_outside_are_one_by_id_alone() -> None:
    """Two links to the same id outside the list meet; two to the same name do not."""
    far = [_to(K.OWNS_OR_CONTROLS, name="GONE"), _to(K.OWNS_OR_CONTROLS, "99")]
    mine = sl.SanctionsList(
        [_party(Person, "1", "A", *far, _to(K.FAMILY_OF, "2")), _party(Person, "2", "B", *far)]
    )
    graph = to_networkx(mine.related("1", depth=2))
    unlisted = [key for key, said in graph.nodes.items() if said["unlisted"]]
    assert sorted(unlisted) == [
        "unlisted:watch:1:GONE",
        "unlisted:watch:2:GONE",
        "unlisted:watch:99",
    ]


def test_an_id_outside_is_of_the_list_that_states_it() -> None:
    """Two lists that number each for itself do not mean the same party by 99; by OFAC's 99 they do."""
    plain, ofac = _to(K.FAMILY_OF, "99"), Relation(to=EntityRef(source_id="99", id_space="ofac"))
    lists = [
        sl.SanctionsList([Person(id=f"{name}:1", names=(Name(text="A"),), relations=(plain, ofac))])
        for name in ("a", "b")
    ]
    graph = to_networkx(sl.combine(*lists))
    unlisted = [key for key, said in graph.nodes.items() if said["unlisted"]]
    assert sorted(unlisted) == ["unlisted:a:99", "unlisted:b:99", "unlisted:ofac:99"]


def test_words_of_the_source() -> None:
    """A link of a kind that we do not know has the source's word, or a plain one."""
    mine = sl.SanctionsList(
        [
            _party(Person, "1", "A", _to(None, "2", raw_kind="Friend of:"), _to(None, "2")),
            _party(Person, "2", "B"),
        ]
    )
    assert '|"Friend of"|' in to_mermaid(mine.related("1"))
    alone = sl.SanctionsList([_party(Person, "1", "A", _to(None, "9"))])
    assert '|"linked with"|' in to_mermaid(alone.related("1"))


def test_without_networkx(monkeypatch: pytest.MonkeyPatch, network: Network) -> None:
    """Where networkx is missing, the error names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(MissingExtraError, match="networkx") as caught:
        to_networkx(network)
    assert caught.value.extra == "graph"
    assert "sanctionslib[graph]" in caught.value.hint


@pytest.mark.parametrize("draw", [to_mermaid, to_networkx])
def test_what_is_not_drawn(draw: object) -> None:
    """Anything else is refused with a word of ours; a list is a graph for networkx alone."""
    for other in (GROUP["1"], None, GROUP.why("1")):
        with pytest.raises(InvalidInputError, match="cannot be drawn"):
            draw(other)  # type: ignore[operator]
    if draw is not to_networkx:
        with pytest.raises(InvalidInputError, match="SanctionsList cannot be drawn"):
            draw(GROUP)  # type: ignore[operator]


# ── names from files of others ────────────────────────────────────────────────────────────────────────

_LABEL = r"\"(?:[^\W_]|[ ,.'()·:/\-_\u200c]|#\d+;|<br/>)*\""
_MERMAID_LINE = re.compile(
    rf"flowchart LR|  \w+\[{_LABEL}\]:::\w+|  \w+ (?:-->|-\.->)\|{_LABEL}\| \w+"
    r"|  (?:classDef|style) \w+ [a-z0-9#:,\- ]+"
)


def _named(name: str, word: str, key: str) -> Network:
    source = Organization(
        id=f"watch:{key}",
        names=(Name(text=name),),
        designations=(Designation(programs=(name,)),),
        relations=(Relation(to=EntityRef(name=name), raw_kind=word),),
        edition=Edition(list_id="watch", format=name),
    )
    return Network(
        center=source,
        depth=1,
        nodes=(Node(entity=source, distance=0),),
        links=(
            Link(relation=source.relations[0], source=source),
            Link(relation=source.relations[0], source=source, targets=(source,)),
        ),
        editions=(Edition(list_id="watch", format=name),),
    )


_TEXTS = st.text(max_size=30) | st.text(alphabet='"\\]}>-|#;&<`%\n{[( 1.', max_size=12)


@examples(150)
@given(_TEXTS, _TEXTS, _TEXTS)
@example(EVIL, EVIL, EVIL)
@example("1. FIRM", "- x", "end")
@example("\\", "\\", "\\")
def test_no_name_is_syntax(name: str, word: str, key: str) -> None:
    """Whatever a name is, the drawing has the same lines, of the same form, and nothing that acts."""
    network = _named(name, word, key)
    mermaid, plain = to_mermaid(network), to_mermaid(_named("A", "b", "1"))
    assert mermaid.count("\n") == plain.count("\n")
    for line in mermaid.splitlines():
        assert _MERMAID_LINE.fullmatch(line), line
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", mermaid)
    assert not re.search(r'"(?:\d+\.|- )', mermaid), "no label begins as a list of Markdown"


def test_formulas_and_icons_stay_text() -> None:
    """Mermaid reads formulas and icons even out of numbers: a joiner stands between their signs."""
    text = to_mermaid(_named("$$x$$ fa:fa-car", "fab:fa-x", "1"))
    assert "#36;\u200c#36;x" in text
    assert "fa:\u200cfa-car" in text
    assert '|"fab:\u200cfa-x"|' in text


def test_joiners_are_spelling() -> None:
    """A Persian name keeps its joiners; what turns the reading direction is not obeyed."""
    assert "نرم\u200cافزار" in to_mermaid(_named("نرم\u200cافزار", "b", "1"))
    assert "a#65533;b" in to_mermaid(_named("a\u202eb", "c", "1"))


@given(st.text(max_size=12), st.text(max_size=12))
@example("a_b", "a__b")
@example("a:", "a_3a_")
def test_ids_of_nodes_stay_apart(one: str, other: str) -> None:
    """Different keys have different ids in Mermaid, of letters, digits and `_`, always the same."""
    assert re.fullmatch(r"n_\w*", _mermaid_id(one), re.ASCII)
    assert (_mermaid_id(one) == _mermaid_id(other)) == (one == other)
