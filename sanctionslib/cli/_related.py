"""The commands about links: related, owned-by, owners-of (parties), counterparts (records of one)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from sanctionslib.cli._errors import Exit
from sanctionslib.cli._output import NO_VERDICT, print_json, print_sheet
from sanctionslib.cli._party import AN_ID_OR_A_NAME, WHO, party
from sanctionslib.cli._request import Command, Request, output_options, source_options
from sanctionslib.model import RelationKind

if TYPE_CHECKING:
    from sanctionslib.answers import Network, Ownership

__all__ = ["counterparts", "owned_by", "owners_of", "related"]

_F = TypeVar("_F", bound=Callable[..., object])

_Form = Literal["text", "json", "mermaid"]
_KINDS = {one.name.lower().replace("_", "-"): one for one in RelationKind}


def _graph_options(command: _F) -> _F:
    """Add the options that say where the answer comes from, and how it is wanted."""
    command = output_options(command)
    command = click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "mermaid"], case_sensitive=False),
        help="Text, the same as --json, or a drawing in Mermaid.",
    )(command)
    return source_options(command)


def _print(request: Request, answer: Network | Ownership, form: _Form | None) -> None:
    if request.as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} are two answers: ask for one")
    if request.as_json or form == "json":
        from sanctionslib.export import to_dict

        print_json(to_dict(answer))
    elif form == "mermaid":
        from sanctionslib.export import to_mermaid

        click.echo(to_mermaid(answer), nl=False)
    else:
        from sanctionslib.answers import Network
        from sanctionslib.display._links import network_sheet, ownership_sheet

        sheet = network_sheet(answer) if isinstance(answer, Network) else ownership_sheet(answer)
        print_sheet(sheet, plain=request.plain)


@click.command(
    cls=Command,
    short_help="The parties that a party is linked with.",
    help=f"""The parties around a party: the links that it states, and those that others state to
    it.

    {AN_ID_OR_A_NAME}""",
    epilog="""\b
Examples:
  sanctionslib related 33951 --sample
  sanctionslib related sek studio --depth 2 --sample
  sanctionslib related 34022 --direction in --kind linked-to --sample
  sanctionslib related 34022 --depth 2 --format mermaid --sample""",
)
@WHO
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many links to follow.",
)
@click.option(
    "--kind",
    type=click.Choice([*_KINDS], case_sensitive=False),
    multiple=True,
    metavar="KIND",
    help=f"Only links of this kind; may be given several times. One of: {', '.join(_KINDS)}.",
)
@click.option(
    "--direction",
    type=click.Choice(["both", "out", "in"]),
    default="both",
    show_default=True,
    help="Follow the links that a party states (out), those that others state to it (in), or both.",
)
@click.option("--no-former", is_flag=True, help="Leave out links that have ended.")
@_graph_options
@click.pass_obj
def related(
    request: Request,
    who: tuple[str, ...],
    depth: int,
    kind: tuple[str, ...],
    direction: Literal["both", "out", "in"],
    no_former: bool,
    form: _Form | None,
) -> None:
    held = request.read()
    answer = held.related(
        party(held, who),
        depth=depth,
        kind=[_KINDS[one] for one in kind] or None,
        direction=direction,
        former=not no_former,
    )
    _print(request, answer, form)


_RULE = """This is not OFAC's 50 Percent Rule, which needs the shares of all owners and reaches
    companies that are on no list: it is what the list states of the parties that it lists. Links
    that have ended, fit several parties or do not say how are told apart and not followed."""
_FORMER = click.option("--former", is_flag=True, help="Also follow links that have ended.")


@click.command(
    "owned-by",
    cls=Command,
    short_help="The parties that a party is stated to own or control.",
    help=f"""The parties that a party is stated to own or control, directly or along a chain.

    {_RULE}

    {AN_ID_OR_A_NAME}""",
    epilog="\b\nExample:\n  sanctionslib owned-by 17013 --file CONS_ENHANCED.XML",
)
@WHO
@_FORMER
@_graph_options
@click.pass_obj
def owned_by(request: Request, who: tuple[str, ...], former: bool, form: _Form | None) -> None:
    held = request.read()
    _print(request, held.owned_by(party(held, who), former=former), form)


@click.command(
    "owners-of",
    cls=Command,
    short_help="The parties that are stated to own or control a party.",
    help=f"""The parties that are stated to own or control a party, directly or along a chain.

    {_RULE}

    {AN_ID_OR_A_NAME}""",
    epilog="\b\nExample:\n  sanctionslib owners-of 17017 --file CONS_ENHANCED.XML",
)
@WHO
@_FORMER
@_graph_options
@click.pass_obj
def owners_of(request: Request, who: tuple[str, ...], former: bool, form: _Form | None) -> None:
    held = request.read()
    _print(request, held.owners_of(party(held, who), former=former), form)


@click.command(
    cls=Command,
    short_help="The same party on other lists.",
    help=f"""The records of the same party on other lists, by exact official evidence: the same id,
    where lists share their ids; the same number of the same register; or a list that says so.

    Never by a name: people and companies are on several lists under names alone. Give each list by
    a --file of its own. Nothing found is exit code 1.

    {AN_ID_OR_A_NAME}""",
    epilog="""\b
Example, on OFAC's consolidated list and the Consolidated Screening List:
  sanctionslib counterparts 17013 --file CONS.XML --file consolidated.csv""",
)
@WHO
@source_options
@output_options
@click.pass_context
def counterparts(ctx: click.Context, who: tuple[str, ...]) -> None:
    request = ctx.find_object(Request)
    assert request is not None
    held = request.read()
    answer = held.counterparts(party(held, who))
    if request.as_json:
        from sanctionslib.export import to_dict

        print_json(to_dict(answer))
    else:
        from sanctionslib.display._links import counterparts_sheet

        print_sheet(counterparts_sheet(answer), plain=request.plain)
        if not answer.counterparts:
            click.echo(NO_VERDICT)
    if not answer.counterparts:
        ctx.exit(Exit.NOTHING)
