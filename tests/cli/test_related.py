"""related, owned-by, owners-of: links between parties, as text, JSON and drawings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.cli._exit import Exit

K = sl.RelationKind
HOUSE = sl.SanctionsList(
    [
        sl.Person(id="watch:1", names=(sl.Name(text="EXAMPLE, Owner"),)),
        sl.Organization(
            id="watch:2",
            names=(sl.Name(text="EXAMPLE HOLDING"),),
            relations=(
                sl.Relation(to=sl.EntityRef(source_id="1"), kind=K.OWNED_OR_CONTROLLED_BY),
                sl.Relation(to=sl.EntityRef(source_id="4"), kind=K.FAMILY_OF),
            ),
        ),
        sl.Vessel(
            id="watch:3",
            names=(sl.Name(text="EXAMPLE STAR"),),
            relations=(
                sl.Relation(to=sl.EntityRef(source_id="2"), kind=K.PROPERTY_OF, former=True),
            ),
        ),
        sl.Person(id="watch:4", names=(sl.Name(text="EXAMPLE, Sister"),)),
    ],
    sl.Edition(list_id="watch"),
)


@pytest.fixture
def group(tmp_path: Path) -> str:
    """A small list with links of several kinds, as a file of our own."""
    path = tmp_path / "group.jsonl"
    HOUSE.write(path)
    return str(path)


def test_related_by_kind_and_direction(run, group):
    """`--kind`, `--direction` and `--no-former` are those of the library."""
    words = ("related", "2", "--file", group)
    held = sl.read(group)
    cases = (
        (("--kind", "family-of"), {"kind": K.FAMILY_OF}),
        (("--kind", "FAMILY-OF", "--kind", "property-of"), {"kind": [K.FAMILY_OF, K.PROPERTY_OF]}),
        (("--direction", "in"), {"direction": "in"}),
        (("--direction", "out", "--depth", "2"), {"direction": "out", "depth": 2}),
        (("--no-former",), {"former": False}),
    )
    for options, asked in cases:
        assert run(*words, *options).stdout == f"{held.related('2', **asked)}\n"


def test_ownership(run, group):
    """`owned-by` and `owners-of` print what the library answers; `--former` follows ended links."""
    held = sl.read(group)
    assert (
        run("owned-by", "1", "--file", group).stdout == f"{held.related('1', ownership='owned')}\n"
    )
    former = run("owned-by", "example, owner", "--file", group, "--former").stdout
    assert former == f"{held.related('1', ownership='owned', former=True)}\n"
    assert (
        run("owners-of", "2", "--file", group).stdout
        == f"{held.related('2', ownership='owners')}\n"
    )
    ended = run("owners-of", "3", "--file", group, "--former", "--json").stdout
    assert sl.from_dict(json.loads(ended), sl.answers.Ownership) == held.related(
        "3", ownership="owners", former=True
    )


@pytest.mark.parametrize("command", ["owned-by", "owners-of"])
def test_a_list_that_never_says_how(run, command):
    """Of SDN.XML, who owns whom is not stated: an exit code of its own, and no answer."""
    result = run(command, "34022", "--sample")
    assert (result.exit_code, result.stdout) == (Exit.NOT_STATED, "")
    assert "linked and never how" in result.stderr


def test_counterparts(run, tmp_path):
    """Records on other lists with their evidence; of a party without any, nothing is said but that."""
    number = sl.Identifier(kind=sl.IdentifierKind.LEI, value="EXAMPLE0000000000001")
    files = []
    for name in ("one", "two"):
        edition = sl.Edition(list_id=name)
        firm = sl.Organization(
            id=f"{name}:1", names=(sl.Name(text="EXAMPLE"),), identifiers=(number,)
        )
        other = sl.Organization(id=f"{name}:2", names=(sl.Name(text="EXAMPLE LTD"),))
        path = tmp_path / f"{name}.jsonl"
        sl.SanctionsList([firm, other], edition).write(path)
        files += ["--file", str(path)]
    held = sl.combine(*(sl.read(path) for path in files[1::2]))
    result = run("counterparts", "one:1", *files)
    assert result.exit_code == Exit.FOUND
    assert result.stdout == f"{held.counterparts('one:1')}\n"
    assert "two:1" in result.stdout
    document = json.loads(run("counterparts", "one:1", *files, "--json").stdout)
    assert sl.from_dict(document, sl.answers.Counterparts) == held.counterparts("one:1")
    nothing = run("counterparts", "one:2", *files)
    assert nothing.exit_code == Exit.NOTHING
    assert "no verdict on anybody" in nothing.stdout
    nothing = run("counterparts", "one:2", *files, "--json")
    assert (nothing.exit_code, "found" in json.loads(nothing.stdout)) == (Exit.NOTHING, False)
    # A key that each list has for a party of its own is none of one party.
    assert run("counterparts", "1", *files).exit_code == Exit.AMBIGUOUS
    assert run("counterparts", "nobody", *files).exit_code == Exit.NOTHING


@pytest.mark.parametrize("words", [("related", "2"), ("owned-by", "1"), ("owners-of", "3")])
def test_formats(run, group, words):
    """`--format` gives the drawing of the library, or the same as `--json`."""
    held = sl.read(group)
    asked = {"owned-by": {"ownership": "owned"}, "owners-of": {"ownership": "owners"}}
    answer = held.related(words[1], **asked.get(words[0], {}))
    words = (*words, "--file", group)
    assert run(*words, "--format", "mermaid").stdout == sl.export.to_mermaid(answer)
    assert run(*words, "--format", "json").stdout == run(*words, "--json").stdout
    assert json.loads(run(*words, "--format", "json", "--json").stdout) == sl.to_dict(answer)
    assert run(*words, "--format", "text").stdout == run(*words).stdout == f"{answer}\n"


def test_two_formats_at_once(run, group):
    """`--json` and another format are two answers: a usage error."""
    result = run("related", "2", "--file", group, "--json", "--format", "mermaid")
    assert result.exit_code == Exit.USAGE
    assert "--json and --format mermaid are two answers" in result.stderr


@pytest.mark.parametrize(
    "option", [("--kind", "friend"), ("--direction", "up"), ("--format", "png")]
)
def test_wrong_values(run, group, option):
    """A kind, direction or format that nobody knows is a usage error."""
    assert run("related", "2", "--file", group, *option).exit_code == Exit.USAGE


def test_a_party_of_several_lists(run, tmp_path):
    """A key or name that two lists have of one party is that party; `show` asks which record."""
    rab = sl.Organization(
        id="csl:33951", id_space="ofac", names=(sl.Name(text="RAPID ACTION BATTALION"),)
    )
    both = sl.combine(sl.sample(), sl.SanctionsList([rab], sl.Edition(list_id="csl")))
    path = tmp_path / "both.jsonl"
    both.write(path)
    for words in (("33951",), ("rapid action battalion",), ("us_ofac_sdn:33951",)):
        assert run("why", *words, "--file", str(path)).stdout == f"{sl.read(path).why('33951')}\n"
        assert run("related", *words, "--file", str(path)).exit_code == Exit.FOUND
    for words in (("33951",), ("rapid action battalion",)):
        result = run("show", *words, "--file", str(path))
        assert result.exit_code == Exit.AMBIGUOUS
        assert "csl:33951" in result.stderr
    assert "csl:33951" in run("show", "csl:33951", "--file", str(path)).stdout
