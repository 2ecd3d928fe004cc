"""Optional arguments: None means that nothing is said, and words count in any case."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sanctionslib as sl
from sanctionslib import answers, export, model

WATCH = b"id,name\n1,EXAMPLE\n"
PARTY = sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),))


def _functions() -> Iterator[tuple[str, Callable[..., object]]]:
    """All public functions and methods, but those of `display`, which says how answers look."""
    for package in (sl, answers, export, model):
        for name in package.__all__:
            found = getattr(package, name)
            if inspect.isclass(found) and not issubclass(found, (enum.Enum, Exception)):
                for method, one in inspect.getmembers(found, inspect.isroutine):
                    module = getattr(one, "__module__", None) or ""
                    if not method.startswith("_") and module.startswith("sanctionslib."):
                        yield f"{name}.{method}", one
            elif inspect.isroutine(found):
                yield name, found


OPTIONAL = {
    name: options
    for name, function in _functions()
    if (
        options := {
            one.name: one.default
            for one in inspect.signature(function).parameters.values()
            if one.default is not inspect.Parameter.empty
        }
    )
}


# ── None ──────────────────────────────────────────────────────────────────────────────────────


def _archive(folder: Path) -> sl.Archive:
    archive = sl.Archive(folder)
    for day in ("2021-12-09", "2021-12-10"):
        archive.add(WATCH + day[-2:].encode() + b",B\n", list_id="watch", published=day)
    return archive


def _written(path: Path, write: Callable[..., object], **said: object) -> str:
    write(path, **said)
    return path.read_text("utf-8")


CUSTOMERS = [{"name": "Rapid Action Batalion", "id": "C-1"}]
OLD = sl.sample("2021-12-09")
CALLS: dict[str, Callable[[Any, Path], object]] = {
    "Archive.add": lambda said, at: sl.Archive(at).add(WATCH, list_id="w", **said).entries,
    "Archive.changes": lambda said, at: _archive(at).changes("watch", "2021-12-09", **said).added,
    "Archive.load": lambda said, at: list(_archive(at).load("watch", **said)),
    "Archive.prune": lambda said, at: len(
        _archive(at).prune("watch", **({"before": "2021-12-10"} | _but(said, "before")))
    ),
    "Archive.timeline": lambda said, at: _archive(at).timeline("watch:1", **said).name,
    "Archive.verify": lambda said, at: _archive(at).verify("watch", **said).files,
    "PartialDate.between": lambda said, at: sl.PartialDate.between(None, date.max, **said),
    "PartialDate.day": lambda said, at: sl.PartialDate.day(date.min, **said),
    "PartialDate.month": lambda said, at: sl.PartialDate.month(1971, 3, **said),
    "PartialDate.parse": lambda said, at: sl.PartialDate.parse("1971", **said),
    "PartialDate.year": lambda said, at: sl.PartialDate.year(1971, **said),
    "SanctionsList.find_number": lambda said, at: sl.sample().find_number("7706101758", **said),
    "SanctionsList.get": lambda said, at: sl.sample().get("33951", **said),
    "SanctionsList.related": lambda said, at: sl.sample().related("34022", **said),
    "SanctionsList.screen": lambda said, at: list(sl.sample().screen(CUSTOMERS, **said)),
    "SanctionsList.search": lambda said, at: sl.sample().search("Ahmed", **said),
    "SanctionsList.suggest": lambda said, at: sl.sample().suggest("studio", **said),
    "SanctionsList.to_dict": lambda said, at: sl.sample().to_dict(**said),
    "SanctionsList.where": lambda said, at: list(
        sl.sample().where(said.get("predicate"), **_but(said, "predicate"))
    ),
    "SanctionsList.write": lambda said, at: _written(at / "a.jsonl", sl.sample().write, **said),
    "compare": lambda said, at: sl.compare("A B", "A C", **said),
    "csv_lines": lambda said, at: list(export.csv_lines([{"a": "=1"}], ["a"], **said)),
    "document": lambda said, at: export.document([PARTY], [], **said),
    "identifier_key": lambda said, at: sl.model.identifier_key("IMO 9187629", **said),
    "from_dict": lambda said, at: sl.from_dict(sl.to_dict(PARTY), **said),
    "name_lines": lambda said, at: list(export.name_lines([PARTY], **said)),
    "open_sample": lambda said, at: sl.open_sample(**said),
    "read": lambda said, at: list(sl.read(WATCH, **({"list_id": "w"} | _but(said, "list_id")))),
    "rescreen": lambda said, at: list(
        sl.rescreen(
            list(OLD.screen(CUSTOMERS)),
            CUSTOMERS,
            changes=sl.diff(OLD, sl.sample()),
            **({"on": sl.sample()} | _but(said, "on")),
        )
    ),
    "sample": lambda said, at: list(sl.sample(**said)),
    "to_dict": lambda said, at: sl.to_dict(PARTY, **said),
    "write": lambda said, at: _written(at / "a.json", _put, **said),
}
"""How each function is called with what is said; what cannot be left out is always there."""
NOT_CALLED = {
    "Archive.fetch": "it asks a server",
    "fetch": "it asks a server",
    "load": "it is the method of `Archive`",
}


def _but(said: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != name}


def _put(path: Path, **said: Any) -> None:
    export.write([PARTY], [], path, **said)


def test_every_function_is_tried() -> None:
    """A new function with an optional argument has to be added here."""
    assert {*OPTIONAL} - {*NOT_CALLED} == {*CALLS}


@pytest.mark.parametrize(
    ("name", "option"),
    [(name, option) for name, call in CALLS.items() for option in OPTIONAL.get(name, ())],
)
def test_none_means_that_nothing_is_said(name: str, option: str, tmp_path: Path) -> None:
    """An argument that is None gives what leaving it out gives."""
    call = CALLS[name]
    (tmp_path / "said").mkdir()
    (tmp_path / "left_out").mkdir()
    assert call({option: None}, tmp_path / "said") == call({}, tmp_path / "left_out")


@pytest.mark.parametrize("name", OPTIONAL)
def test_type_checkers_know_that_none_is_allowed(name: str) -> None:
    """Each optional argument says so in its annotation."""
    function = dict(_functions())[name]
    for option, default in OPTIONAL[name].items():
        said = str(inspect.signature(function).parameters[option].annotation)
        assert default is None or "None" in said, option


# ── one rule for limits ───────────────────────────────────────────────────────────────────────


def test_limits() -> None:
    """Nothing said is what is usual, 0 is all, less than that makes no sense."""
    people = [
        sl.Person(id=f"watch:{at}", names=(sl.Name(text="EXAMPLE PERSON"),)) for at in range(12)
    ]
    mine = sl.SanctionsList(people)

    def counts(limit: int | None) -> tuple[int, int]:
        hits = mine.search("Example Person", limit=limit)
        (result,) = mine.screen(["Example Person"], limit=limit)
        assert (len(result.hits), result.more) == (len(hits), hits.more)
        return len(hits), hits.more

    assert counts(None) == counts(10) == (10, 2)
    assert counts(0) == (12, 0)
    assert mine.search("Example Person", limit=0).context.limit is None
    for wrong in (-1, True, False, 1.5, "10"):
        with pytest.raises(sl.InvalidInputError, match="limit="):
            mine.search("Example Person", limit=wrong)  # type: ignore[arg-type]
    names = sl.SanctionsList(
        [sl.Vessel(id=f"w:{at}", names=(sl.Name(text=f"EXAMPLE STAR {at}"),)) for at in range(9)]
    )
    assert len(names.suggest("EXAMPLE STAR")) == len(names.suggest("EXAMPLE STAR", limit=None)) == 5
    assert len(names.suggest("EXAMPLE STAR", limit=0)) == 9


# ── words in any case ─────────────────────────────────────────────────────────────────────────

SAID: list[tuple[str, object, list[object]]] = [
    ("kind", sl.Person, ["person", "Person", "PERSON", " person "]),
    ("kind", (sl.Person, sl.Vessel), [("PERSON", "Vessel"), ["person", sl.Vessel]]),
    ("list_id", "us_ofac_sdn", ["US_OFAC_SDN"]),
    ("category", "sanctions", ["Sanctions"]),
    ("named_list", "SDN List", ["sdn list", "sdn"]),
    ("authority", "OFAC", ["ofac", "Ofac"]),
    ("program", "GLOMAG", ["glomag", "GloMag"]),
    ("country", "BD", ["bd", "Bd", "Bangladesh", "bangladesh", "BANGLADESH"]),
    ("nationality", "BD", ["bd", "bangladesh"]),
    ("address_country", "CN", ["cn", "china"]),
    ("birth_country", "BD", ["bd"]),
]


@pytest.mark.parametrize(("keyword", "exact", "others"), SAID, ids=lambda one: str(one)[:20])
def test_words_of_where(keyword: str, exact: object, others: list[object]) -> None:
    """A code or a word finds the same in whatever case it is written."""
    where: Any = sl.sample().where
    found = list(where(**{keyword: exact}, unstated="drop"))
    assert found
    for other in others:
        assert list(where(**{keyword: other}, unstated="Drop")) == found, other


def test_texts_that_only_the_list_has() -> None:
    """A program, or a place without a code, that no table knows is found in any case too."""
    place = sl.Address(country=sl.Country(raw="Region: Example"))
    mine = sl.SanctionsList(
        [
            sl.Vessel(
                id="watch:1",
                names=(sl.Name(text="EXAMPLE STAR"),),
                addresses=(place,),
                designations=(
                    sl.Designation(
                        programs=("My Program",),
                        measures=(sl.Measure(kind=None, raw="Travel Ban (own)"),),
                    ),
                ),
            )
        ]
    )
    for said in (
        {"program": "MY  program"},
        {"country": "region: EXAMPLE"},
        {"measure": "travel ban (OWN)"},
        {"kind": "VESSEL"},
    ):
        where: Any = mine.where
        assert len(where(**said)) == 1, said
    with pytest.raises(sl.InvalidInputError, match="did you mean 'My Program'"):
        mine.where(program="My Programm")


@pytest.mark.parametrize(
    "kind", [sl.Organization, "organization", "Organization", ["ORGANIZATION"], [sl.Organization]]
)
def test_kinds_are_the_same_everywhere(kind: Any) -> None:
    """A class, its word in any case, or several."""
    sdn, name = sl.sample(), "Rapid Action Batalion"
    assert sdn.search(name, kind=kind) == sdn.search(name, kind="organization")
    assert sdn.search(sl.Subject(names=(name,), kind="Organization")).subject.kind == "organization"
    (result,) = sdn.screen([name], kind=kind)
    assert result.subject is not None
    assert result.subject.kind == "organization"
    assert sl.compare("A B", "A C", kind=kind).kind == "organization"
    assert {one.kind for one in sdn.where(kind=kind)} == {"organization"}


def test_words_of_search_and_screen() -> None:
    """Methods, policies, countries and orders of dates."""
    sdn, name = sl.sample(), "Rapid Action Batalion"
    search: Any = sdn.search
    assert search(name, method="OFAC") == search(name, method="ofac")
    assert sl.compare("A B", "A C", method="Ofac") == sl.compare("A B", "A C", method="ofac")
    for policy in ("Exclude", "EXCLUDE", sl.WeakAliases.EXCLUDE):
        assert search(name, weak_aliases=policy) == search(name, weak_aliases="exclude")
    assert search(name, country="bd")[0].agrees
    screen: Any = sdn.screen
    record = {"name": "Benazir Ahmed", "dob": "01/10/1963", "country": "bd"}
    (result,) = screen([record], dates="DMY", method="DEFAULT", weak_aliases="Confirm")
    assert (result.problems, len(result.hits[0].agrees)) == ((), 2)


def test_words_of_the_other_questions() -> None:
    """Kinds of links and numbers, directions, and what editions state."""
    sdn: Any = sl.sample()
    plain = sdn.related("34022", kind=sl.RelationKind.LINKED_TO, direction="in")
    for word in ("linked to", "Linked To", "linked-to", "LINKED_TO"):
        assert sdn.related("34022", kind=word, direction="IN") == plain
    tax = sdn.find_number("7706101758", kind=sl.IdentifierKind.TAX)
    assert len(tax) == 1
    assert sdn.find_number("7706101758", kind="TAX") == tax
    edition = sdn.editions[0]
    for fact in sl.Fact:
        for word in (fact.value, fact.value.upper(), fact.name):
            assert edition.supports(word) == edition.supports(fact)
            assert edition.alternative_source(word) == edition.alternative_source(fact)
    with pytest.raises(sl.InvalidInputError, match="did you mean 'birth date'"):
        edition.supports("birth dat")
    assert sdn.audit.share("Mapped") is None
    assert sl.PartialDate.parse("1400", calendar="Islamic").calendar is sl.model.Calendar.ISLAMIC


@pytest.mark.parametrize(
    "call",
    [
        lambda: sl.sample().where(unstated="perhaps"),  # type: ignore[arg-type]
        lambda: sl.sample().find_number("1", unstated="perhaps"),  # type: ignore[arg-type]
        lambda: sl.sample().search("A B", method="nobody"),
        lambda: sl.sample().search("A B", weak_aliases="perhaps"),  # type: ignore[arg-type]
        lambda: sl.sample().related("33951", direction="up"),  # type: ignore[arg-type]
        lambda: sl.sample().related("33951", kind="friend"),
        lambda: sl.sample().screen([], dates="ymd"),  # type: ignore[arg-type]
        lambda: sl.sample().where(kind="people"),
        lambda: sl.sample().where(country="Bangladsh"),
    ],
)
def test_other_words_are_refused(call: Callable[[], object]) -> None:
    """The error says which there are, or which is meant."""
    with pytest.raises(sl.InvalidInputError) as caught:
        call()
    assert caught.value.hint
