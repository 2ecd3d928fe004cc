"""The commands that look for parties: find, find-number, search; and compare, of two names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, TypeVar, cast

import click

from sanctionslib.cli._command import PAGE, ROWS, SOURCE, command
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._options import files, option
from sanctionslib.cli._output import (
    Document,
    Rows,
    document,
    give,
    labels,
    to_json,
)
from sanctionslib.cli._request import WITH_ROWS, Request
from sanctionslib.model import IdentifierKind

_F = TypeVar("_F", bound=Callable[..., object])

_Unstated = Literal["raise", "drop", "keep"]

_KINDS = ("person", "organization", "vessel", "aircraft")
_NUMBERS = {one.name.lower().replace("_", "-"): one for one in IdentifierKind}


_COLUMNS = {
    "kind": "kind",
    "program": "programs",
    **dict.fromkeys(("country", "nationality", "address_country", "flag"), "countries"),
}
"""The column that has what a condition is about, but for days of listing."""


def _several(spec: str, text: str) -> Callable[[_F], _F]:
    """An option that may be given several times: nothing, one value, or alternatives."""
    return option(spec, text, multiple=True, callback=_alone)


def _alone(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> object:
    return values[0] if len(values) == 1 else values or None


@command(
    "Parties by program, list, kind, country, date …",
    "  sanctionslib find --program GLOMAG --sample",
    "  sanctionslib find --kind person --program GLOMAG --country BD --country CN --sample",
    "  sanctionslib find --program GLOMAG -o glomag.csv SDN.XML",
    "  sanctionslib find --program GLOMAG --fields id,name,listed_since --sample",
    shared=(*SOURCE, *ROWS),
    forms=WITH_ROWS,
    fields=("Row",),
)
@option("--kind", "What the parties are.", choices=_KINDS, multiple=True, callback=_alone)
@_several("--program CODE", "Program code, verbatim: GLOMAG.")
@_several("--category NAME", "sanctions, export control or debarment: what the list is about.")
@option(
    "--delisted/--not-delisted",
    "Parties that were taken off a list that still has them, or all others.",
)
@_several("--named-list NAME", 'Name or code of a named list: "SDN List", NS-CMIC.')
@_several("--authority CODE", "Who designates: OFAC.")
@_several("--measure NAME", 'What is imposed: "asset freeze", or the word of the source.')
@option("--listed-from DATE", "First day of listing that counts.")
@option("--listed-to DATE", "Last day of listing that counts.")
@_several(
    "--country CODE",
    "ISO code of any country of the party: nationality, citizenship, address, birth, flag, "
    "registration.",
)
@_several("--nationality CODE", "The same for nationality and citizenship.")
@_several("--address-country CODE", "The same for addresses.")
@_several("--birth-country CODE", "The same for places of birth.")
@_several("--flag CODE", "The same for flags of vessels.")
@option(
    "--unstated",
    "Where the file never states what is asked for: stop with exit code 5, or count the "
    "parties and drop or keep them. keep also keeps those that merely lack the value.",
    choices=["raise", "drop", "keep"],
    default="raise",
)
def find(
    request: Request,
    unstated: _Unstated,
    **conditions: Any,  # noqa: ANN401 - each is an option above
) -> Exit | None:
    """The parties of which the list states all that is asked for.

    Values of one option that is given several times are alternatives; different options must all
    hold. --named-list, --authority, --program, --measure and --listed-… must hold in one and the same
    designation. Parties without the value are counted in the answer, never left out in silence.
    A table shows 20; everything else holds all. What is written as .json and .jsonl can be read again.
    """
    found = held = request.read()
    # Empty text is a value, and refused below; only an option that is not there asks nothing.
    asked = {name: value for name, value in conditions.items() if value not in ((), None)}
    if asked:
        found = held.where(**asked, unstated=unstated)
    given = found[: request.limit] if request.limit else found

    def lines() -> Iterator[Document]:
        whole = given.to_dict()
        entities = cast("list[Document]", whole.pop("entities"))
        yield whole
        yield from entities

    from sanctionslib.display import EntityTable

    table = EntityTable(
        entities=tuple(found),
        editions=found.editions,
        selection=found.selection,
        parties=len(found.parties),
    )
    count = f"{len(given):,} of {len(found.base):,} entities of {labels(found.editions)}"
    from sanctionslib.cli._sheets import with_columns

    asked_of = {"since" if name.startswith("listed") else _COLUMNS.get(name, "") for name in asked}
    give(
        request,
        None,
        with_columns(table, asked_of, request.limit) if request.is_page else table,
        document=given.to_dict,
        lines=lines,
        rows=Rows.of(given),
        limit=request.limit,
        is_empty=not len(found),
        wrote=f"{count}: {given.selection}",
    )
    return None if len(found) else Exit.NOTHING


@command(
    "Parties by an exact number: IMO, passport, wallet …",
    "  sanctionslib find-number IMO 9187629 SDN.XML",
    "  sanctionslib find-number 1027739267819 --sample",
    "  sanctionslib find-number 7706101758 --kind tax --kind registration --sample",
    shared=(*SOURCE, *ROWS),
    forms=WITH_ROWS,
    fields=("Row", "number", "number_kind"),
)
@click.argument("number", metavar="NUMBER...", nargs=-1, required=True, shell_complete=files)
@option(
    "--kind KIND",
    f"Only numbers of this kind; may be given several times. One of: {', '.join(_NUMBERS)}.",
    choices=_NUMBERS,
    multiple=True,
)
@option(
    "--unstated",
    "Where a file states no numbers, or not all, because a part of it is missing: stop with exit "
    "code 5, drop its list, or keep it and look through what it states.",
    choices=["raise", "drop", "keep"],
    default="raise",
)
def find_number(
    request: Request, number: tuple[str, ...], kind: tuple[str, ...], unstated: _Unstated
) -> Exit | None:
    """The parties with exactly this number: passport, registration, IMO number, wallet address.

    Case, blanks and punctuation do not count (but for wallet addresses). "IMO 9187629" finds IMO
    numbers alone, 9187629 every kind of number. Several words are one number with blanks; where
    nobody has it, each word with digits is looked for, behind the words without that it follows.
    """
    held = request.read()
    text, kinds = " ".join(number), tuple(_NUMBERS[one] for one in kind)
    numbers = [text]
    by_number = {text: held.find_number(text, kind=kinds or None, unstated=unstated)}
    if not by_number[text] and len(several := _numbers(number)) > 1:
        numbers = several
        by_number = {
            one: held.find_number(one, kind=kinds or None, unstated=unstated) for one in several
        }
    missing = [one for one, matches in by_number.items() if not matches]
    every = dict.fromkeys(one for matches in by_number.values() for one in matches)
    found = tuple(every)[: request.limit or None]
    named = (f"as {' or '.join(one.value for one in kinds)}",) if kinds else ()

    def whole() -> Document:
        asked = {"number": text, "numbers": numbers, "kinds": [one.value for one in kinds]}
        asked["not_found"] = missing
        matches = [to_json(one) for one in found]
        return {**document("find_number", held.editions), **asked, "matches": matches}

    def rows() -> list[Document]:
        from sanctionslib.export import rows as rows_of

        return [
            {
                **rows_of([one.entity])[0],
                "number": one.identifier.value,
                "number_kind": one.identifier.kind and one.identifier.kind.value,
            }
            for one in found
        ]

    from sanctionslib.cli._sheets import numbers_sheet
    from sanctionslib.export import columns_of

    give(
        request,
        None,
        numbers_sheet(numbers, named, held.editions, found, missing),
        document=whole,
        lines=lambda: map(to_json, found),
        rows=Rows((*columns_of(held), "number", "number_kind"), rows),
        is_empty=not found,
        wrote=f"{len(found):,} of {labels(held.editions)}",
    )
    return None if found else Exit.NOTHING


def _numbers(words: Sequence[str]) -> list[str]:
    """The numbers that words are: each word with digits, behind the words without before it."""
    found, begun = list[str](), list[str]()
    for word in " ".join(words).split():
        begun.append(word)
        if any(map(str.isdigit, word)):
            found.append(" ".join(begun))
            begun = []
    if begun and found:
        found[-1] = " ".join((found[-1], *begun))
    return [*dict.fromkeys(found)]


# ── by names ──────────────────────────────────────────────────────────────────────────────────

_method_option = option(
    "--method",
    "The scorer: that of this program, or that of OFAC's own search page.",
    choices=["default", "ofac"],
    default="default",
)


def kind_option(text: str) -> Callable[[_F], _F]:
    """Add the option that says what is looked for."""
    return option("--kind KIND", f"{text}: {', '.join(_KINDS)}.", choices=_KINDS)


def _score(_: click.Context, __: click.Parameter, score: float | None) -> float | None:
    if score is not None and 10 <= score <= 100:
        raise click.BadParameter(f"scores go from 0 to 1: {score / 100:g}")
    return score


def matching_options(command: _F) -> _F:
    """Add the options that say what a hit is."""
    for one in (
        option(
            "--weak-aliases",
            "What a weak alias may do: no hit unless another fact agrees (confirm), not looked at "
            "(exclude), as any other name (include).",
            choices=["confirm", "exclude", "include"],
            default="confirm",
        ),
        _method_option,
        option(
            "--min-score SCORE",
            "Names below it are no hits: 0 to 1. Without it the threshold of the scorer.",
            type=float,
            callback=_score,
        ),
    ):
        command = one(command)
    return command


@command(
    "Parties with a similar name, and why.",
    '  sanctionslib search "Rapid Action Batalion" --sample',
    "  sanctionslib search Benazir Ahmad --kind person --birth-date 1963-10 --country BD --sample",
    "  sanctionslib search --identifier 7706101758 --sample",
    '  sanctionslib search "Benazir Ahmad" SDN.XML --method ofac --json',
    "  sanctionslib search Benazir Ahmad --fields score,name,id --sample",
    shared=(*SOURCE, *ROWS),
    forms=WITH_ROWS,
    fields=("HitRow",),
)
@click.argument("name", metavar="[NAME]...", nargs=-1, shell_complete=files)
@option(
    "--also NAME",
    "A further name of the same party; the one with the highest score counts.",
    multiple=True,
)
@kind_option("Only parties of this kind, and those of which the list does not say what they are")
@option("--birth-date DATE", "As far as it is known: 1963-10-01, 1963-10, 1963.")
@_several("--country COUNTRY", "ISO code or name of a country that the party has to do with.")
@option(
    "--identifier NUMBER",
    "A passport, registration, IMO or other number: who has exactly it is a hit under any name.",
    "identifiers",
    multiple=True,
)
@matching_options
def search(
    request: Request,
    name: tuple[str, ...],
    also: tuple[str, ...],
    **settings: Any,  # noqa: ANN401 - each is an option above
) -> Exit | None:
    """The parties with a name similar to NAME, each with the name that hit, and why.

    Several words are one name, with quotes or without. Other facts order the hits and are
    shown; none changes a score, and none leaves a party out. Ten hits are given without --limit, and
    what is cut off is counted. No hit is exit code 1: it says that no name of these editions reaches
    the threshold of this scorer, and nothing else.
    """
    names = (" ".join(name), *also) if name else also
    if not names and not settings["identifiers"]:
        raise click.UsageError("say whom to search: NAME, or --identifier NUMBER")
    hits = request.read().search(names, limit=request.limit, **settings)

    def lines() -> Iterator[Document]:
        yield from ({"status": "hit", **to_json(one)} for one in hits.hits)
        yield from ({"status": "suppressed", **to_json(one)} for one in hits.suppressed)

    give(request, hits, lines=lines, rows=Rows.of(hits), limit=0)
    return None if hits else Exit.NOTHING


@command(
    "How two names pair, token by token.",
    '  sanctionslib compare "Vladimr Putin" "PUTIN, Vladimir Vladimirovich" --kind person',
    '  sanctionslib compare "Rapid Action Batalion" "RAPID ACTION BATTALION" --method ofac',
    shared=PAGE,
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@kind_option("What bears the names")
@_method_option
def compare(request: Request, first: str, second: str, kind: str | None, method: str) -> None:
    """How alike the names A and B are, token by token, with a reason for each.

    B is taken for the listed one: what only it has costs less than what only A has. The exit code
    is 0 whatever the score is.
    """
    from sanctionslib.matching import compare as compared

    give(request, compared(first, second, kind=kind, method=method))
