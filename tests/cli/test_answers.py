"""Each answer of the command is that of the library: the same text, the same JSON, the same Markdown."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from commands import FIRM, PERSON, SHIP, WATCH, put

import sanctionslib as sl
from sanctionslib.cli._exit import Exit
from sanctionslib.display import to_html, to_markdown, to_text

K = sl.RelationKind
LEI = sl.Identifier(kind=sl.IdentifierKind.LEI, value="EXAMPLE0000000000001")
GROUP = (
    sl.Person(id="watch:1", names=(sl.Name(text="EXAMPLE, Owner"),)),
    sl.Organization(
        id="watch:2",
        names=(sl.Name(text="EXAMPLE HOLDING"),),
        identifiers=(LEI,),
        relations=(
            sl.Relation(to=sl.EntityRef(source_id="1"), kind=K.OWNED_OR_CONTROLLED_BY),
            sl.Relation(to=sl.EntityRef(source_id="4"), kind=K.FAMILY_OF),
        ),
    ),
    sl.Vessel(
        id="watch:3",
        names=(sl.Name(text="EXAMPLE STAR"),),
        relations=(sl.Relation(to=sl.EntityRef(source_id="2"), kind=K.PROPERTY_OF, former=True),),
    ),
    sl.Person(id="watch:4", names=(sl.Name(text="EXAMPLE, Sister"),)),
)
"""A list with links of several kinds."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days of that list, another list with one of its parties, and an archive of three days."""
    monkeypatch.chdir(tmp_path)
    days = (date(2021, 12, 9), date(2021, 12, 10))
    old, new = (sl.Edition(list_id="watch", format="own", published=day) for day in days)
    ship = attrs.evolve(GROUP[2], remarks="Seen.")
    sl.SanctionsList(GROUP, old).write("old.jsonl")
    sl.SanctionsList((*GROUP[:2], ship), new).write("new.jsonl")
    firm = sl.Organization(id="other:1", names=(sl.Name(text="EXAMPLE"),), identifiers=(LEI,))
    sl.SanctionsList([firm], sl.Edition(list_id="other")).write("other.jsonl")
    put(Path("home"), "2021-12-09", SHIP, FIRM)
    put(Path("home"), "2021-12-10", SHIP, FIRM, PERSON)
    put(Path("home"), "2021-12-14", f"{SHIP}Seen.", PERSON)


def group() -> sl.SanctionsList[sl.Entity]:
    return sl.read("old.jsonl")


def home() -> sl.Archive:
    return sl.Archive("home")


NAMES = ("Vladimr Putin", "PUTIN, Vladimir Vladimirovich")
COMPARE = shlex.join(("compare", *NAMES))
GIVEN = "--file old.jsonl"
HOME = "--home home"
ANSWERS: dict[str, Callable[[], Any]] = {
    "why 33951 --sample": lambda: sl.sample().why("33951"),
    "show 33952 --sample": lambda: sl.sample()["33952"],
    "audit --sample --keep-source": lambda: sl.sample(keep_source=True).audit,
    "search 'Rapid Action Batalion' --sample": lambda: sl.sample().search("Rapid Action Batalion"),
    "related 34022 --sample": lambda: sl.sample().related("34022"),
    "related 34022 --sample --depth 2": lambda: sl.sample().related("34022", depth=2),
    f"related 2 {GIVEN} --kind family-of": lambda: group().related("2", kind=K.FAMILY_OF),
    f"related 2 {GIVEN} --kind FAMILY-OF --kind property-of": lambda: group().related(
        "2", kind=[K.FAMILY_OF, K.PROPERTY_OF]
    ),
    f"related 2 {GIVEN} --direction in": lambda: group().related("2", direction="in"),
    f"related 2 {GIVEN} --direction out --depth 2": lambda: group().related(
        "2", direction="out", depth=2
    ),
    f"related 2 {GIVEN} --no-former": lambda: group().related("2", former=False),
    f"owned-by 1 {GIVEN}": lambda: group().related("1", ownership="owned"),
    f"owned-by example, owner {GIVEN} --former": lambda: group().related(
        "1", ownership="owned", former=True
    ),
    f"owners-of 2 {GIVEN}": lambda: group().related("2", ownership="owners"),
    f"owners-of 3 {GIVEN} --former": lambda: group().related("3", ownership="owners", former=True),
    f"counterparts watch:2 {GIVEN} --file other.jsonl": lambda: sl.combine(
        group(), sl.read("other.jsonl")
    ).counterparts("watch:2"),
    COMPARE: lambda: sl.compare(*NAMES),
    f"{COMPARE} --kind person": lambda: sl.compare(*NAMES, kind="person"),
    f"{COMPARE} --kind Vessel": lambda: sl.compare(*NAMES, kind=sl.Vessel),
    f"{COMPARE} --method ofac": lambda: sl.compare(*NAMES, method="ofac"),
    "diff old.jsonl new.jsonl": lambda: sl.diff(group(), sl.read("new.jsonl")),
    "diff --sample": lambda: sl.diff(sl.sample("2021-12-09"), sl.sample()),
    f"diff --list {WATCH} {HOME} --from 2021-12-09 --to 2021-12-11": lambda: sl.diff(
        home().load(WATCH, as_of="2021-12-09"), home().load(WATCH, as_of="2021-12-11")
    ),
    f"diff --list {WATCH} {HOME} --from 2021-12-09": lambda: sl.diff(
        home().load(WATCH, as_of="2021-12-09"), home().load(WATCH, offline=True)
    ),
    f"changes {WATCH} {HOME} --start 2021-12-09": lambda: home().changes(WATCH, "2021-12-09"),
    f"changes {WATCH} {HOME} --start 2021-12-09 --end 2021-12-12": lambda: home().changes(
        WATCH, "2021-12-09", "2021-12-12"
    ),
    f"timeline my_watch:2 {HOME}": lambda: home().timeline("my_watch:2"),
    f"timeline my_watch:3 {HOME}": lambda: home().timeline("my_watch:3"),
    f"show 3 --list {WATCH} {HOME}": lambda: home().load(WATCH)["3"],
    f"archive list {WATCH} {HOME}": lambda: home().editions(WATCH),
    f"archive verify {WATCH} {HOME}": lambda: home().verify(WATCH),
    f"lists us_ofac_sdn {HOME}": lambda: [home().lists()["us_ofac_sdn"]],
}
"""What is asked, and how the library is asked the same; a list where JSON is an array."""


@pytest.mark.parametrize("words", ANSWERS)
def test_an_answer_is_that_of_the_library(run, words):
    """Its table is that of `to_text`, its JSON that of `to_dict`; it reads back equal."""
    asked, found = shlex.split(words), ANSWERS[words]()
    is_array = isinstance(found, list)
    answer = found[0] if is_array else found
    result = run(*asked)
    table = to_text(answer, more="--explain")
    assert (result.exit_code, result.stdout) == (Exit.FOUND, f"{table}\n"), result.stderr
    explained = to_text(answer, explain=True, more="--explain")
    assert run(*asked, "--explain").stdout == f"{explained}\n"
    for form in (("--json",), ("--format", "json"), ("--format", "json", "--json")):
        document = json.loads(run(*asked, *form).stdout)
        (one,) = document if is_array else (document,)
        assert one == json.loads(json.dumps(sl.to_dict(answer)))
    if not isinstance(answer, sl.catalog.ListInfo):
        assert sl.from_dict(one, type(answer)) == answer
    assert run(*asked, "--format", "markdown").stdout == f"{to_markdown(answer)}\n"
    assert run(*asked, "--format", "table").stdout == result.stdout
    assert run(*asked, "--format", "html").stdout == f"{to_html(answer, document=True)}\n"


@pytest.mark.parametrize("form", ["table", "markdown", "mermaid"])
def test_two_forms_at_once(run, form):
    """`--json` and another form are two answers: a usage error."""
    result = run("related", "2", "--file", "old.jsonl", "--json", "--format", form)
    assert result.exit_code == Exit.USAGE
    assert f"--json and --format {form} are two answers" in result.stderr


@pytest.mark.parametrize("words", ["related 2", "owned-by 1", "owners-of 3"])
def test_drawings(run, words):
    """Links can be drawn."""
    asked = (*words.split(), "--file", "old.jsonl")
    answer = sl.from_dict(json.loads(run(*asked, "--json").stdout))
    assert run(*asked, "--format", "mermaid").stdout == sl.export.to_mermaid(answer)
    pytest.importorskip("graphlay")
    assert run(*asked, "--format", "svg").stdout == f"{sl.display.to_svg(answer)}\n"


@pytest.mark.parametrize(
    "words",
    ["diff --sample", f"changes {WATCH} {HOME} --start 2021-12-09", f"timeline my_watch:2 {HOME}"],
)
def test_pictures(run, words):
    """Changes and a timeline have a picture, printed or in a file."""
    asked, picture = words.split(), f"{sl.display.to_svg(ANSWERS[words]())}\n"
    assert run(*asked, "--format", "svg").stdout == picture
    run(*asked, "-o", "p.svg")
    assert Path("p.svg").read_text("utf-8") == picture
