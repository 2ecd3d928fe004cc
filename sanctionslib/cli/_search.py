"""The commands that match names: search (who comes near) and compare (how two names pair)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from sanctionslib.cli._errors import Exit
from sanctionslib.cli._output import NO_VERDICT
from sanctionslib.cli._report import Form, answer_options, asked_form, give
from sanctionslib.cli._request import Command, Request, source_options

if TYPE_CHECKING:
    from sanctionslib.answers import Comparison, Hits
    from sanctionslib.display._sheet import Sheet

__all__ = ["Method", "Weak", "compare", "kind_option", "matching_options", "most", "search"]

_F = TypeVar("_F", bound=Callable[..., object])

Method = Literal["default", "ofac"]
Weak = Literal["confirm", "exclude", "include"]

# The words stand here too: `matching` is loaded by those commands alone that match.
_KINDS = ("person", "organization", "vessel", "aircraft")
_method_option = click.option(
    "--method",
    type=click.Choice(["default", "ofac"], case_sensitive=False),
    default="default",
    show_default=True,
    help="The scorer: that of this program, or that of OFAC's own search page.",
)


def kind_option(text: str) -> Callable[[_F], _F]:
    """Add the option that says what is looked for."""
    return click.option(
        "--kind",
        type=click.Choice(_KINDS, case_sensitive=False),
        metavar="KIND",
        help=f"{text}: {', '.join(_KINDS)}.",
    )


def matching_options(command: _F) -> _F:
    """Add the options that say what a hit is."""
    for option in (
        click.option(
            "--limit",
            metavar="N",
            type=click.IntRange(min=0),
            help="How many hits to give at most, of a search or of each record; 0 gives all, and "
            "without it 10 are given. What is cut off is counted.",
        ),
        click.option(
            "--weak-aliases",
            type=click.Choice(["confirm", "exclude", "include"], case_sensitive=False),
            default="confirm",
            show_default=True,
            help="What a weak alias may do: it is no hit unless another fact agrees; it is not "
            "looked at; it counts as any other name.",
        ),
        _method_option,
        click.option(
            "--min-score",
            metavar="SCORE",
            type=float,
            help="Names below it are no hits: 0 to 1. Without it what the scorer goes by.",
        ),
    ):
        command = option(command)
    return command


def most(limit: int | None) -> int | None:
    """How many hits are given at most, as the library has it: None for all."""
    return 10 if limit is None else limit or None


@click.command(
    cls=Command,
    short_help="Parties whose names come near, and why.",
    epilog="""\b
Examples:
  sanctionslib search "Rapid Action Batalion" --sample
  sanctionslib search Benazir Ahmad --kind person --birth-date 1963-10 --country BD --sample
  sanctionslib search --identifier 7706101758 --sample
  sanctionslib search "Benazir Ahmad" --list us_ofac_sdn --method ofac --json""",
)
@click.argument("name", metavar="[NAME]...", nargs=-1)
@click.option(
    "--also",
    metavar="NAME",
    multiple=True,
    help="A further name of the same party; the one that comes nearest counts.",
)
@kind_option("Only parties of this kind, and those of which the list does not say what they are")
@click.option(
    "--birth-date", metavar="DATE", help="As far as it is known: 1963-10-01, 1963-10, 1963."
)
@click.option(
    "--country",
    metavar="COUNTRY",
    multiple=True,
    help="ISO code or name of a country that the party has to do with.",
)
@click.option(
    "--identifier",
    "identifiers",
    metavar="NUMBER",
    multiple=True,
    help="A passport, registration, IMO or other number: who has exactly it is a hit under any "
    "name.",
)
@matching_options
@source_options
@answer_options
@click.pass_context
def search(
    ctx: click.Context,
    name: tuple[str, ...],
    also: tuple[str, ...],
    kind: str | None,
    birth_date: str | None,
    country: tuple[str, ...],
    identifiers: tuple[str, ...],
    min_score: float | None,
    method: Method,
    weak_aliases: Weak,
    limit: int | None,
    form: Form | None,
) -> None:
    """The parties whose names come near to NAME, each with the name that hit, and why.

    Several words are one name, with quotes or without. Other facts order the hits and stand beside
    them; none changes a score, and none leaves a party out. No hit is exit code 1: it says that no
    name of these editions came near by this scorer, and nothing else.
    """
    request = ctx.find_object(Request)
    assert request is not None
    shown = asked_form(request, form)
    names = (" ".join(name), *also) if name else also
    if not names and not identifiers:
        raise click.UsageError("say whom to search: NAME, or --identifier NUMBER")
    held = request.read()
    hits = held.search(
        names,
        kind=kind,
        birth_date=birth_date,
        country=country or None,
        identifiers=identifiers,
        min_score=min_score,
        method=method,
        weak_aliases=weak_aliases,
        limit=most(limit),
    )
    give(
        (hits,),
        lambda one: _hits_sheet(one, limit),
        shown,
        several=False,
        plain=request.plain,
    )
    if not hits:
        if shown == "text":
            click.echo(f"\n{NO_VERDICT}")
        ctx.exit(Exit.NOTHING)


def _hits_sheet(hits: Hits, limit: int | None) -> Sheet:
    """As many part by part as were asked for; a few, where no number was given."""
    from sanctionslib.display._hits import DETAILED, hits_sheet

    return hits_sheet(hits, limit=DETAILED if limit is None else None)


@click.command(
    "compare",
    cls=Command,
    short_help="How two names pair, part by part.",
    epilog="""\b
Examples:
  sanctionslib compare "Vladimr Putin" "PUTIN, Vladimir Vladimirovich" --kind person
  sanctionslib compare "Rapid Action Batalion" "RAPID ACTION BATTALION" --method ofac""",
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@kind_option("What bears the names")
@_method_option
@answer_options
@click.pass_obj
def compare(
    request: Request, first: str, second: str, kind: str | None, method: Method, form: Form | None
) -> None:
    """How alike the names A and B are, part by part, with a reason for each.

    B is taken for the listed one: what only it has costs less than what only A has. The exit code
    is 0 whatever the score is.
    """
    shown = asked_form(request, form)
    from sanctionslib.matching import compare as compared

    found = compared(first, second, kind=kind, method=method)
    give((found,), _comparison_sheet, shown, several=False, plain=request.plain)


def _comparison_sheet(compared: Comparison) -> Sheet:
    from sanctionslib.display._comparison import comparison_sheet

    return comparison_sheet(compared)
