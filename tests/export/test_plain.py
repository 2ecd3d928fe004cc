"""Entities, editions and answers become plain JSON values and come back the same."""

from __future__ import annotations

import contextlib
import importlib
import json
import pkgutil
import re
import warnings
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctionslib as sl
from sanctionslib import answers, catalog, model
from sanctionslib._version import __version__
from sanctionslib.answers import Explanation, Network, Node
from sanctionslib.errors import (
    InvalidInputError,
    ParseError,
    SanctionsError,
    SanctionsWarning,
    StructureChangedError,
)
from sanctionslib.export import Serializable, from_dict, to_dict
from sanctionslib.model import Edition, Entity, Fact, Name, Organization, Person, Source, Vessel
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.serialize import unstructure

from .strategies import CLASSES, KINDS, entities, of_class, of_type

EDITION = Edition(
    list_id="watch",
    supported_facts=frozenset({Fact.LIST, Fact.KIND}),
    alternative_sources=((Fact.MEASURE, "ask the publisher"),),
)
PARTY = Person(id="watch:1", names=(Name(text="EXAMPLE PERSON"),), edition=EDITION)


def _same(value: Serializable) -> Serializable:
    """The law: back is equal, and says the same where equality does not look."""
    found = to_dict(value, keep_source=True)
    plain = json.loads(json.dumps(found, allow_nan=False))
    assert plain == found, "plain JSON values are what JSON gives back"
    back = from_dict(plain)
    assert back == value
    assert to_dict(back, keep_source=True) == found
    assert plain == found, "the values are not changed by reading them"
    return back


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_entities_come_back(kind: type[Entity], data: st.DataObject) -> None:
    """An entity of any kind comes back equal, with its edition, origins, source and keys."""
    entity = data.draw(of_class(kind))
    back = _same(entity)
    assert type(back) is kind
    assert back.edition == entity.edition
    assert back.origins == entity.origins
    assert back.source == entity.source
    for field in attrs.fields(kind):
        # repr shows what equality leaves out, too
        assert repr(getattr(back, field.name)) == repr(getattr(entity, field.name))


@given(entities())
def test_sources_are_left_out(entity: Entity) -> None:
    """Without `keep_source=True` an entity loses its source and nothing else."""
    found = to_dict(entity)
    assert "source" not in found
    assert to_dict(from_dict(found)) == found


@given(of_class(Edition))
def test_editions_come_back(edition: Edition) -> None:
    """An edition comes back whole, with the facts that it states and the alternative sources."""
    back = _same(edition)
    assert isinstance(back, Edition)
    assert (back.supported_facts, back.alternative_sources) == (
        edition.supported_facts,
        edition.alternative_sources,
    )


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_class_comes_back(kind: type[Serializable], data: st.DataObject) -> None:
    """Every class of the model, of the answers and of the catalog comes back equal, as JSON too."""
    assert isinstance(_same(data.draw(of_type(kind))), kind)


def test_the_law_covers_every_class() -> None:
    """A class that is not exported by its package, or not known to `from_dict`, is seen here."""
    defined = {
        found
        for package in (model, answers, catalog)
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
        for found in vars(importlib.import_module(module.name)).values()
        if isinstance(found, type) and attrs.has(found) and found.__module__ == module.name
    }
    assert {one for one in defined if issubclass(one, (Value, Displayable))} == {*CLASSES}
    for kind in {*CLASSES} - {*KINDS}:
        schema = f"sanctionslib/{re.sub('(?<=[a-z])(?=[A-Z])', '_', kind.__name__).lower()}/1"
        try:
            from_dict({"schema": schema, "no such": 1})
        except SanctionsError as error:
            assert "unknown key" in error.what or "required" in error.what  # noqa: PT017


def test_an_envelope_is_around_it() -> None:
    """The schema names the class, the library its version, and an edition stands there once."""
    node = Node(entity=PARTY, distance=0)
    network = Network(center=PARTY, depth=1, nodes=(node,), editions=(EDITION,))
    found = to_dict(network)
    assert found["schema"] == "sanctionslib/network/1"
    assert found["library"] == __version__
    assert found["editions"] == [
        {
            "list_id": "watch",
            "supported_facts": ["kind", "list"],
            "alternative_sources": [["measure", "ask the publisher"]],
        }
    ]
    assert found["looked_at"] == [0]
    names = [{"text": "EXAMPLE PERSON"}]
    assert found["center"] == {"kind": "person", "id": "watch:1", "names": names}
    back = from_dict(found, Network)
    assert back.editions[0].supported_facts == EDITION.supported_facts
    assert back.nodes[0].entity.edition is back.editions[0]


def test_what_the_archive_holds() -> None:
    """An edition that is held stands in full where it is spoken of once, else at the end."""
    held = answers.HeldEdition(
        list_id="watch",
        format="own",
        sha256="3f1c0b7a" * 8,
        folder="watch/own/2021-12-10-3f1c0b7a",
        published=date(2021, 12, 10),
        added_at=datetime(2021, 12, 11, 8, tzinfo=UTC),
        status=answers.EditionStatus.QUARANTINED,
        checks=(answers.Check(name="entries", value=375, before=639, least=607),),
    )
    plain = {
        "list_id": "watch",
        "format": "own",
        "sha256": "3f1c0b7a" * 8,
        "folder": "watch/own/2021-12-10-3f1c0b7a",
        "published": "2021-12-10",
        "added_at": "2021-12-11T08:00:00+00:00",
        "status": "quarantined",
        "checks": [{"name": "entries", "value": 375, "before": 639, "least": 607}],
    }
    step = answers.TimelineEvent(kind=answers.TimelineEventKind.FIRST, edition=held, entity=PARTY)
    timeline = answers.Timeline(id="watch:1", events=(step,), editions=(held,))
    found = to_dict(timeline)
    assert found["schema"] == "sanctionslib/timeline/1"
    assert found["held"] == [plain]
    assert found["looked_at"] == [0]
    assert [one["list_id"] for one in found["editions"]] == ["watch"], "that of the party"  # type: ignore[union-attr,index,call-overload]
    assert found["events"][0]["kind"] == "in the oldest edition looked at"  # type: ignore[index,call-overload]
    assert found["events"][0]["edition"] == 0  # type: ignore[index,call-overload]
    assert list(found)[-2:] == ["held", "editions"]
    assert to_dict(answers.Fetched(edition=held, is_new=True))["edition"] == plain
    with pytest.raises(ParseError, match="no position in `held`: 1"):
        from_dict(found | {"looked_at": [1]})
    back = _same(timeline)
    assert isinstance(back, answers.Timeline)
    assert back.entity is not None
    assert back.entity.edition == EDITION
    assert not back.editions[0].checks[0].passed
    assert _same(answers.HeldEditions(list_id="watch", editions=(held,))) != answers.HeldEditions(
        list_id="watch"
    )


def _screened() -> answers.ScreeningResult:
    """A record with a hit on each of two names, and one that a weak alias suppressed."""
    made = answers.Comparison(
        query="Example Persn",
        listed="EXAMPLE PERSON",
        score=0.1 + 0.2,
        method="parts-1",
        pairs=(
            answers.TokenPair(
                query="persn", listed="person", score=1 / 3, reason=answers.Reason.SPELLING
            ),
        ),
    )
    hit = answers.Hit(
        entity=PARTY,
        score=0.1 + 0.2,
        rank=2 / 3,
        name=PARTY.names[0],
        query="Example Persn",
        comparison=made,
        also=(attrs.evolve(PARTY, id="watch:2"),),
    )
    return answers.ScreeningResult(
        key="C-17",
        position=17,
        context=answers.SearchContext(
            editions=(EDITION,), entities=2, method="parts-1", min_score=0.3, library="0.0.1"
        ),
        subject=answers.Subject(names=("Example Persn",)),
        hits=(hit, attrs.evolve(hit, score=1e-9)),
        suppressed=(hit,),
        problems=(answers.Problem(what="no date", field="born", value="?"),),
    )


def test_a_result_of_a_screening() -> None:
    """A result without a truth value is written, its edition once, and every score to the last bit."""
    found = to_dict(_screened())
    assert found["editions"] == to_dict(Node(entity=PARTY, distance=0))["editions"]
    assert found["context"]["editions"] == [0]  # type: ignore[index,call-overload]
    text = json.dumps(found)
    assert text.count("ask the publisher") == 1
    assert '"score": 0.30000000000000004' in text
    back = _same(_screened())
    assert isinstance(back, answers.ScreeningResult)
    assert back.hits[0].entity.edition is back.context.editions[0]
    assert (back.hits[0].score, back.hits[0].rank, back.hits[1].score) == (0.1 + 0.2, 2 / 3, 1e-9)


def test_defaults_make_no_result_longer() -> None:
    """Of a record without hits there is nothing but what was asked, and what was looked at."""
    blank = answers.ScreeningResult(key="1", position=1, context=answers.SearchContext())
    assert to_dict(blank) == {
        "schema": "sanctionslib/screening_result/1",
        "library": __version__,
        "key": "1",
        "position": 1,
        "context": {},
    }


def test_two_versions_of_this_library() -> None:
    """Who searched and who wrote are told apart: what was searched may be written much later."""
    found = to_dict(_screened().context)
    assert (found["library"], found["made_by"]) == (__version__, "0.0.1")
    back = from_dict(found, answers.SearchContext)
    assert back.library == "0.0.1"
    assert back.editions == (EDITION,)


def test_shares_are_numbers() -> None:
    """A share may be written as a whole number, and never as text, or as true for 1."""
    found = to_dict(catalog.Limits(entries=0.1))
    assert found["entries"] == 0.1
    assert from_dict(found | {"entries": 1}, catalog.Limits).entries == 1.0
    for wrong in ("0.1", True, None):
        with pytest.raises(ParseError, match="must be a number"):
            from_dict(found | {"entries": wrong})


def test_two_editions_of_one_list() -> None:
    """Where an envelope has several editions of a list, each entity says which one is its own."""
    newer = attrs.evolve(EDITION, generated_at="later")
    other = attrs.evolve(PARTY, edition=newer)
    none = attrs.evolve(PARTY, edition=None)
    nodes = tuple(Node(entity=one, distance=0) for one in (PARTY, other, none))
    back = _same(Network(center=PARTY, depth=1, nodes=nodes))
    assert isinstance(back, Network)
    assert [node.entity.edition for node in back.nodes] == [EDITION, newer, None]


def test_the_class_that_is_wanted() -> None:
    """`kind` says what it must be, and something else raises."""
    found = to_dict(PARTY)
    assert from_dict(found, Person) == from_dict(found, Entity) == PARTY
    with pytest.raises(ParseError, match="`kind` must be one of vessel; not 'person'"):
        from_dict(found, Vessel)
    with pytest.raises(StructureChangedError, match="Explanation is wanted"):
        from_dict(found, Explanation)


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        (
            {"names": [{"text": "A", "kind": "nick"}]},
            "names[0].kind",
            "must be one of primary, aka",
        ),
        ({"names": [{"text": None}]}, "names[0].text", "must be text, not None"),
        ({"names": [{}]}, "names[0].text", "required, and missing"),
        ({"names": [{"text": "A", "txt": ""}]}, "names[0].txt", "unknown key 'txt'"),
        ({"names": "A"}, "names", "must be an array, not 'A'"),
        ({"names": [["A"]]}, "names[0]", "must be an object"),
        ({"births": [{"primary": "false"}]}, "births[0].primary", "must be true or false"),
        ({"births": [{"date": {"earliest": "1971-02-30"}}]}, "births[0].date.earliest", "day is"),
        ({"births": [{"date": {"precision": "day"}}]}, "births[0].date", "with the ends None"),
        ({"origins": [{"line": 1.0}]}, "origins[0].line", "must be a whole number, not 1.0"),
        ({"source": [["a", "b"], ["c"]]}, "source", "not enough values"),
        ({"source": [["a", 1]]}, "source", "must be text, not 1"),
        ({"kind": "ship"}, "", "`kind` must be one of entity, person"),
        ({"edition": 7}, "", "no position in `editions`: 7"),
        ({"edition": True}, "", "no position in `editions`: True"),
        ({"editions": [{}]}, "editions[0].list_id", "required, and missing"),
        (
            {"editions": [{"list_id": "watch", "supported_facts": ["age"]}]},
            "editions[0].supported_facts[0]",
            "one of",
        ),
        (
            {"editions": [{"list_id": "watch", "alternative_sources": [["kind"]]}]},
            "editions[0].alternative_sources[0]",
            "must have 2 elements, not 1",
        ),
        ({"editions": [{"list_id": "watch"}] * 2}, "", "several editions of 'watch'"),
        ({"colour": "red"}, "colour", "unknown key 'colour'"),
    ],
)
def test_what_is_wrong_and_where(change: dict[str, object], path: str, message: str) -> None:
    """A value of the wrong type or an unknown key is never taken: the error has the path to it."""
    with pytest.raises(ParseError, match=message.replace("[", r"\[")) as caught:
        from_dict(to_dict(PARTY) | change)
    assert caught.value.where.path == path


@pytest.mark.parametrize(
    "data",
    [None, [], "{}", {}, {"schema": 1}, {"schema": "sanctionslib/entities/1"}, {"schema": "x/1"}],
)
def test_no_schema_of_ours(data: object) -> None:
    """What has no schema of a single value is refused."""
    with pytest.raises(StructureChangedError):
        from_dict(data)  # type: ignore[call-overload]


def test_unknown_keys_of_a_newer_version() -> None:
    """Only what a newer version wrote may hold unknown keys, and they are named in a warning."""
    found = to_dict(PARTY) | {"colour": "red"}
    with pytest.warns(SanctionsWarning, match="the first is 'colour'"):
        assert from_dict(found | {"library": "999.0.0"}) == PARTY
    with pytest.raises(ParseError, match="unknown key 'colour'"):
        from_dict(found | {"library": __version__})
    bad = found | {"library": "999.0.0", "names": [{"text": 1}]}
    with pytest.raises(ParseError, match="update") as caught:
        from_dict(bad)
    assert caught.value.where.path == "names[0].text"


@pytest.mark.parametrize("library", [".1.0", "999", "1.2.3.4", None, 1, ["9.9.9"]])
def test_what_is_no_version(library: object) -> None:
    """A version that is none is refused, and never taken for a newer one; it may be left out."""
    found: dict[str, Any] = {**to_dict(PARTY), "library": library}
    for data in (found, found | {"colour": "red"}, {**to_dict(EDITION), "library": library}):
        with pytest.raises(StructureChangedError, match="must be a version as") as caught:
            from_dict(data)
        assert caught.value.where.path == "library"
    del found["library"]
    assert from_dict(found) == PARTY


def test_a_list_has_an_envelope_of_its_own() -> None:
    """A whole list is what `write` puts into a file: `read` reads it."""
    mine = sl.SanctionsList([PARTY])
    found = to_dict(mine)
    assert found == mine.to_dict()
    assert found["schema"] == "sanctionslib/entities/1"
    assert list(sl.read(json.dumps(found).encode())) == [PARTY]
    with pytest.raises(StructureChangedError) as caught:
        from_dict(found)
    assert "sl.read" in caught.value.hint


def test_only_what_the_model_knows_is_written() -> None:
    """Something that is not ours, or an unexpected value in a field, raises instead of being guessed."""
    for other in ("A", None, 7, object(), Name):
        with pytest.raises(InvalidInputError, match="none of ours"):
            to_dict(other)  # type: ignore[arg-type]
    for names in ((Name(text=b"A"),), [Name(text="A")], (b"A",), b"A", 7):  # type: ignore[arg-type]
        wrong = Organization(id="watch:1", names=names)  # type: ignore[arg-type]
        with pytest.raises(InvalidInputError, match=r"bytes|list|int"):
            to_dict(wrong)


@pytest.mark.parametrize("value", [b"A", object, 1j, ["A"], ("A",), {"A"}, {"A": 1}], ids=repr)
def test_a_change_of_something_else_is_not_written(value: object) -> None:
    """A field of several classes takes no other: no object of Python gets into the JSON values."""
    with pytest.raises(InvalidInputError, match="has no place in the model"):
        to_dict(answers.Change(field="remarks", before=value))  # type: ignore[arg-type]


def test_an_edition_that_is_missing() -> None:
    """What is written for an envelope needs every edition there."""
    with pytest.raises(InvalidInputError, match="not among the editions given"):
        unstructure(PARTY, editions=[attrs.evolve(EDITION, supported_facts=None)])


def test_an_unknown_part_of_a_place() -> None:
    """A key that `Where` does not have is treated as everywhere else."""
    found = to_dict(answers.Issue(kind=answers.IssueKind.STRUCTURE, message="unexpected"))
    found["where"] = {"line": 7, "column": 3}
    with pytest.raises(ParseError, match="unknown key 'column'"):
        from_dict(found)
    with pytest.warns(SanctionsWarning, match=r"where\.column"):
        back = from_dict(found | {"library": "999.0.0"}, answers.Issue)
    assert back.where.line == 7


def test_texts_of_other_classes_become_texts() -> None:
    """A subclass of str, as XML libraries have them, is written as plain text."""

    class Smart(str):
        pass

    found = to_dict(Vessel(id="watch:1", names=(Name(text=Smart("A")),)))
    assert type(found["names"][0]["text"]) is str  # type: ignore[index,call-overload]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=3,
)


@given(entities(), st.data())
def test_changed_values_raise_only_our_errors(entity: Entity, data: st.DataObject) -> None:
    """Any value put in any place either reads or raises an error of ours."""
    found = to_dict(entity, keep_source=True)
    spot: object = found
    while True:
        places = list(spot) if isinstance(spot, dict) else list(range(len(spot)))  # type: ignore[arg-type]
        place = data.draw(st.sampled_from(places))
        inner = spot[place]  # type: ignore[index]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            spot[place] = data.draw(_JSON)  # type: ignore[index]
            break
        spot = inner
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SanctionsWarning)
        with contextlib.suppress(SanctionsError):
            from_dict(found)


def test_the_source_of_a_rejected_entry_is_kept() -> None:
    """A rejected entry has no other place than its issue: its source is always written."""
    issue = answers.Issue(
        kind=answers.IssueKind.REJECTED, message="no name", source=Source(("a",), ("b",))
    )
    assert to_dict(issue)["source"] == [["a", "b"]]
    assert from_dict(to_dict(issue)) == issue


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        (lambda: sl.sample().search("Rapid Action Batalion"), "hits", "context"),
        (lambda: next(sl.sample().screen(["Rapid Action Batalion"])), "key", "context"),
        (lambda: sl.sample().why("33951"), "entity", "looked_at"),
        (lambda: sl.sample().related("33951"), "center", "looked_at"),
        (lambda: sl.sample().counterparts("33951"), "center", "looked_at"),
        (lambda: sl.diff(sl.sample("2021-12-09"), sl.sample()), "added", "new"),
        (lambda: sl.sample().audit, "read", "looked_at"),
        (lambda: sl.sample(), "count", "entities"),
    ],
    ids=["search", "screen", "why", "related", "counterparts", "diff", "audit", "list"],
)
def test_the_answer_stands_first(value: Any, first: str, last: str) -> None:
    """What was looked at stands behind the answer, and the editions, which are long, at the end."""
    found = to_dict(value())
    schema, library, then, *others = found
    assert (schema, library, then) == ("schema", "library", first)
    assert others[-2:] == [last, "editions"]
    assert json.dumps(found).count('"alternative_sources"') <= len(found["editions"])  # type: ignore[arg-type]
