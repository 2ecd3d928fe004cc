"""The commands about one party: why, show; and which party is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs
import click

from sanctionslib.cli._output import NO_VERDICT, labels, print_json, print_sheet
from sanctionslib.cli._request import Command, Request, output_options, source_options
from sanctionslib.errors import AmbiguousIdError, NotFoundError

if TYPE_CHECKING:
    from sanctionslib.model import Entity
    from sanctionslib.query import SanctionsList

__all__ = ["AN_ID_OR_A_NAME", "WHO", "party", "show", "why"]

WHO = click.argument("who", metavar="NAME_OR_ID...", nargs=-1, required=True)
AN_ID_OR_A_NAME = """NAME_OR_ID is an id (33951, us_ofac_sdn:33951), or a name or alias exactly as the
    list has it, in upper or lower case; quotes are not needed."""

_WHOLE = "ids and names are compared whole; `sanctionslib search` finds other spellings"


def party(held: SanctionsList[Entity], words: Sequence[str], *, one_record: bool = False) -> Entity:
    """The one party with this id, or this name or alias in any case.

    Args:
        held: The list.
        words: The id or the name.
        one_record: Whether a party that several lists have is refused as well.

    Raises:
        NotFoundError: Nobody here has it; near misses are in the hint.
        AmbiguousIdError: Several have it.
    """
    text = " ".join(" ".join(words).split())
    if not text:
        raise click.UsageError("NAME_OR_ID is empty")
    if text in held:
        return held.get(text) if one_record else held.party(text)[0]
    found = held.named(text)
    parties = {frozenset(each.id for each in held.party(one)) for one in found}
    if len(found if one_record else parties) == 1:
        return found[0]
    if found:
        raise AmbiguousIdError(
            f"{len(found)} parties of {labels(held.editions)} bear the name {text!r}",
            candidates=tuple(one.id for one in found),
            hint="\n    ".join(("ask by id:", *(_one_line(one) for one in found))),
        )
    suggestions = (*held.suggest(text), *_near_ids(held, text))
    near = " or ".join(repr(one) for one in suggestions)
    raise NotFoundError(
        f"no entity of {labels(held.editions)} has the id or the name {text!r}",
        suggestions=suggestions,
        hint=(f"did you mean {near}?" if near else _WHOLE) + f"\n  {NO_VERDICT}",
    )


def _one_line(one: Entity) -> str:
    from sanctionslib.display.values import kind_text

    return "  ".join((one.id, kind_text(one), one.name, ", ".join(one.programs)))


def _near_ids(held: SanctionsList[Entity], text: str) -> tuple[str, ...]:
    if not any(char.isdigit() for char in text):
        return ()
    try:
        held.get(text)
    except NotFoundError as error:
        return error.suggestions
    return ()


@click.command(
    cls=Command,
    short_help="Why a party is listed, by whom, since when.",
    help=f"""Why a party is listed: by whom, on which list, under which program and legal basis,
    since when, linked to whom; what is inferred, and what the file never states.

    {AN_ID_OR_A_NAME}""",
    epilog="""\b
Examples:
  sanctionslib why 33951 --sample
  sanctionslib why rab forces --sample
  sanctionslib why 33951 --file SDN.XML --json""",
)
@WHO
@source_options
@output_options
@click.pass_obj
def why(request: Request, who: tuple[str, ...]) -> None:
    held = request.read()
    answer = held.why(party(held, who))
    if request.as_json:
        from sanctionslib.export import to_dict

        print_json(to_dict(answer))
        return
    from sanctionslib.display import to_sheet

    print_sheet(to_sheet(answer), plain=request.plain)


@click.command(
    cls=Command,
    short_help="All that the list says of a party.",
    help=f"""Everything that the list says of a party: names, dates, addresses, identifiers, links.

    {AN_ID_OR_A_NAME}""",
    epilog="""\b
Examples:
  sanctionslib show 33951 --sample
  sanctionslib show AHMED, Benazir --sample --record""",
)
@WHO
@click.option(
    "--record",
    is_flag=True,
    help="Also the raw record: every value of the source with its path. JSON has the values exactly.",
)
@source_options
@output_options
@click.pass_obj
def show(request: Request, who: tuple[str, ...], record: bool) -> None:
    held = request.read(keep_source=record)
    entity = party(held, who, one_record=True)
    if request.as_json:
        from sanctionslib.export import to_dict

        print_json(to_dict(entity, keep_source=record))
        return
    from sanctionslib.display import to_sheet
    from sanctionslib.display.sheet import Section, table

    sheet = to_sheet(entity)
    if entity.source is not None:
        values = table(("path", "value"), entity.source)
        raw = Section(title="Source", note="the source, value by value", table=values)
        sheet = attrs.evolve(sheet, sections=(*sheet.sections, raw))
    print_sheet(sheet, plain=request.plain)
