"""The commands that look for parties: find (by what is stated of them) and lookup (by a number)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from sanctionslib._version import __version__
from sanctionslib.cli._errors import Exit, as_values
from sanctionslib.cli._output import (
    NO_VERDICT,
    editions_json,
    labels,
    looked_at,
    print_json,
    print_sheet,
    visible_lines,
)
from sanctionslib.cli._request import Command, Request, output_options, source_options
from sanctionslib.model import (
    Aircraft,
    Entity,
    Identifier,
    IdentifierKind,
    Organization,
    Person,
    Vessel,
)

if TYPE_CHECKING:
    from sanctionslib.answers import IdentifierMatch
    from sanctionslib.display._sheet import Sheet
    from sanctionslib.query import SanctionsList

__all__ = ["find", "lookup"]

_F = TypeVar("_F", bound=Callable[..., object])

_SHOWN = 20
_KINDS: dict[str, type[Entity]] = {
    cls.kind: cls for cls in (Person, Organization, Vessel, Aircraft)
}
_NUMBERS = {one.name.lower().replace("_", "-"): one for one in IdentifierKind}


def _several(name: str, metavar: str, text: str) -> Callable[[_F], _F]:
    return click.option(name, metavar=metavar, multiple=True, help=text)


def _given(values: tuple[str, ...]) -> str | tuple[str, ...] | None:
    """As `where` wants it: nothing, one, or alternatives."""
    if not values:
        return None
    return values[0] if len(values) == 1 else values


@click.command(
    cls=Command,
    short_help="Parties by program, list, kind, country, date …",
    epilog="""\b
Examples:
  sanctionslib find --program GLOMAG --sample
  sanctionslib find --kind person --program GLOMAG --country BD --country CN --sample
  sanctionslib find --program GLOMAG --output glomag.csv --file SDN.XML
  sanctionslib find --listed-from 2021-12-10 --sample""",
)
@click.option(
    "--kind",
    type=click.Choice([*_KINDS], case_sensitive=False),
    multiple=True,
    help="Person, organization, …",
)
@_several("--program", "CODE", "Program code, verbatim: GLOMAG.")
@_several("--category", "NAME", "sanctions, export control or debarment: what the list is about.")
@click.option(
    "--delisted/--not-delisted",
    default=None,
    help="Parties that were taken off a list that still has them, or all others.",
)
@_several("--named-list", "NAME", 'Name or code of a named list: "SDN List", NS-CMIC.')
@_several("--authority", "CODE", "Who designates: OFAC.")
@_several("--measure", "NAME", 'What is imposed: "asset freeze", or the word of the source.')
@click.option("--listed-from", metavar="DATE", help="First day of listing that counts.")
@click.option("--listed-to", metavar="DATE", help="Last day of listing that counts.")
@_several(
    "--country",
    "CODE",
    "ISO code of any country of the party: nationality, citizenship, address, birth, flag, "
    "registration.",
)
@_several("--nationality", "CODE", "The same for nationality and citizenship.")
@_several("--address-country", "CODE", "The same for addresses.")
@_several("--birth-country", "CODE", "The same for places of birth.")
@_several("--flag", "CODE", "The same for flags of vessels.")
@click.option(
    "--unstated",
    type=click.Choice(["raise", "drop", "keep"]),
    default="raise",
    show_default=True,
    help="Where the file never states what is asked for: stop with exit code 5, or count the "
    "parties and drop or keep them. keep also keeps those that merely lack the value.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"How many to give; 0 gives all. By default {_SHOWN} are printed, and all with --json and "
    "--output.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(readable=False),
    help="Write them to a file, by its suffix: .json and .jsonl hold everything and can be read "
    "again, .csv is a table of names.",
)
@source_options
@output_options
@click.pass_context
def find(
    ctx: click.Context,
    kind: tuple[str, ...],
    program: tuple[str, ...],
    category: tuple[str, ...],
    delisted: bool | None,
    named_list: tuple[str, ...],
    authority: tuple[str, ...],
    measure: tuple[str, ...],
    listed_from: str | None,
    listed_to: str | None,
    country: tuple[str, ...],
    nationality: tuple[str, ...],
    address_country: tuple[str, ...],
    birth_country: tuple[str, ...],
    flag: tuple[str, ...],
    unstated: Literal["raise", "drop", "keep"],
    limit: int | None,
    output: str | None,
) -> None:
    """The parties of which the list states all that is asked for.

    Values of one option that is given several times are alternatives; different options must all
    hold. --named-list, --authority, --program, --measure and --listed-… must hold in one and the same
    designation. Parties without the value are counted in the answer, never left out in silence.
    """
    request = ctx.find_object(Request)
    assert request is not None
    held = request.read()
    found = held
    asked = (kind, program, category, named_list, authority, measure, country, nationality)
    # Empty text is a value, and refused below; only an option that is not there asks nothing.
    is_asked = any((*asked, address_country, birth_country, flag))
    if is_asked or (delisted, listed_from, listed_to) != (None, None, None):
        with as_values():
            found = held.where(
                kind=tuple(_KINDS[one] for one in kind) or None,
                program=_given(program),
                category=_given(category),
                delisted=delisted,
                named_list=_given(named_list),
                authority=_given(authority),
                measure=_given(measure),
                listed_from=listed_from,
                listed_to=listed_to,
                country=_given(country),
                nationality=_given(nationality),
                address_country=_given(address_country),
                birth_country=_given(birth_country),
                flag=_given(flag),
                unstated=unstated,
            )
    given = found[:limit] if limit else found
    if output is not None:
        given.write(output)
    if request.as_json:
        print_json(given.to_dict())
    elif output is not None:
        line = f"{len(given):,} of {len(found.base):,} entities of {labels(found.editions)}"
        click.echo(visible_lines(f"{line} written to {output}: {given.selection}"))
    else:
        _print(found, _SHOWN if limit is None else limit or len(found), plain=request.plain)
    if not len(found):
        ctx.exit(Exit.NOTHING)


def _print(found: SanctionsList[Entity], limit: int, *, plain: bool) -> None:
    from sanctionslib.display._answers import list_sheet

    sheet = list_sheet(
        tuple(found),
        editions=found.editions,
        selection=found.selection,
        limit=limit,
        parties=len(found.parties),
    )
    print_sheet(sheet, plain=plain)
    if not len(found):
        click.echo(NO_VERDICT)


@click.command(
    cls=Command,
    short_help="Parties by an exact number: IMO, passport, wallet …",
    epilog="""\b
Examples:
  sanctionslib lookup IMO 9187629 --file SDN.XML
  sanctionslib lookup 1027739267819 --sample
  sanctionslib lookup 7706101758 --kind tax --kind registration --sample""",
)
@click.argument("number", metavar="NUMBER...", nargs=-1, required=True)
@click.option(
    "--kind",
    type=click.Choice([*_NUMBERS], case_sensitive=False),
    multiple=True,
    metavar="KIND",
    help=f"Only numbers of this kind; may be given several times. One of: {', '.join(_NUMBERS)}.",
)
@source_options
@output_options
@click.pass_context
def lookup(ctx: click.Context, number: tuple[str, ...], kind: tuple[str, ...]) -> None:
    """The parties with exactly this number: passport, registration, IMO number, wallet address.

    Case, blanks and punctuation do not count (but for wallet addresses). "IMO 9187629" finds IMO
    numbers alone, 9187629 every kind of number.
    """
    request = ctx.find_object(Request)
    assert request is not None
    held = request.read()
    text = " ".join(number)
    found = held.find_number(text, kind=tuple(_NUMBERS[one] for one in kind) or None)
    if request.as_json:
        from sanctionslib.export import to_dict

        print_json(
            {
                "schema": "sanctionslib/lookup/1",
                "library": __version__,
                "editions": editions_json(held.editions),
                "number": text,
                "kinds": [_NUMBERS[one].value for one in kind],
                "found": [to_dict(one) for one in found],
            }
        )
    else:
        kinds = f" as {' or '.join(_NUMBERS[one].value for one in kind)}" if kind else ""
        print_sheet(_lookup_sheet(text, held, found), plain=request.plain)
        if not found:
            nothing = f"No entity of {labels(held.editions)} has the number {text!r}{kinds}."
            click.echo(f"\n{visible_lines(nothing)}\n{NO_VERDICT}")
    if not found:
        ctx.exit(Exit.NOTHING)


def _lookup_sheet(
    number: str, held: SanctionsList[Entity], found: tuple[IdentifierMatch, ...]
) -> Sheet:
    from sanctionslib.display._sheet import Grid, Section, Sheet, line, strong
    from sanctionslib.display._words import banners, details, kind_word

    rows = tuple(
        (
            line(one.entity.id),
            line(kind_word(one.entity)),
            line(strong(one.entity.name)),
            line(", ".join(one.entity.programs) or "—"),
            line(strong(one.identifier.value), details(*_said_of(one.identifier))),
        )
        for one in found
    )
    columns = ("id", "kind", "name", "programs", "number")
    return Sheet(
        what="Lookup",
        title=f"{number}: {len(rows):,} {'hit' if len(rows) == 1 else 'hits'}",
        banners=banners(held.editions),
        sections=(
            looked_at(held.editions),
            Section(grid=Grid(columns, rows, keys=frozenset({0}))),
        ),
    )


def _said_of(number: Identifier) -> tuple[str, ...]:
    from sanctionslib.display._words import country_text, label_text

    kind = label_text(number.raw_kind) or (number.kind.value if number.kind else "")
    return kind, country_text(number.country) if number.country else ""
