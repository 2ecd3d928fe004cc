"""The commands about one party: why, show, related, owned-by, owners-of, counterparts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from sanctionslib.cli._errors import about_party
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._options import Request, command, option
from sanctionslib.cli._output import NO_VERDICT, give, labels, print_json, print_page
from sanctionslib.errors import AmbiguousIdError, NotFoundError
from sanctionslib.model import RelationKind

if TYPE_CHECKING:
    from sanctionslib.answers import Network, Ownership
    from sanctionslib.model import Entity
    from sanctionslib.query import SanctionsList

_WHO = click.argument("who", metavar="NAME_OR_ID...", nargs=-1, required=True)
_NAME_OR_ID = """NAME_OR_ID is an id (33951, us_ofac_sdn:33951), or a name or alias exactly as the
    list has it, in upper or lower case; quotes are not needed."""
_EXACT = "ids and names are compared whole; `sanctionslib search` finds other spellings"


@about_party()
def _party(held: SanctionsList[Entity], words: Sequence[str], *, alone: bool = False) -> Entity:
    """The one party with this id, or this name or alias in any case.

    Args:
        held: The list.
        words: The id or the name.
        alone: Whether a party that several lists have is an error as well.
    """
    text = " ".join(" ".join(words).split())
    if not text:
        raise click.UsageError("NAME_OR_ID is empty")
    if text in held:
        return held[text] if alone else held.entities_of(text)[0]
    found = held.named(text)
    parties = {frozenset(each.id for each in held.entities_of(one)) for one in found}
    if len(found if alone else parties) == 1:
        return found[0]
    if found:
        from sanctionslib.display import kind_text

        def one_line(one: Entity) -> str:
            return "  ".join((one.id, kind_text(one), one.name, ", ".join(one.programs)))

        raise AmbiguousIdError(
            f"{len(found)} parties of {labels(held.editions)} bear the name {text!r}",
            candidates=tuple(one.id for one in found),
            hint="\n    ".join(("ask by id:", *map(one_line, found))),
        )
    suggestions = (*held.suggest(text), *_near_ids(held, text))
    near = " or ".join(repr(one) for one in suggestions)
    raise NotFoundError(
        f"no entity of {labels(held.editions)} has the id or the name {text!r}",
        suggestions=suggestions,
        hint=(f"did you mean {near}?" if near else _EXACT) + f"\n  {NO_VERDICT}",
    )


def _near_ids(held: SanctionsList[Entity], text: str) -> tuple[str, ...]:
    if not any(char.isdigit() for char in text):
        return ()
    try:
        held[text]
    except NotFoundError as error:
        return error.suggestions
    return ()


@command(
    "Why a party is listed, by whom, since when.",
    "  sanctionslib why 33951 --sample",
    "  sanctionslib why rab forces --sample",
    "  sanctionslib why 33951 --file SDN.XML --json",
    help=f"""Why a party is listed: by whom, on which list, under which program and legal basis,
    since when, linked to whom; what is inferred, and what the file never states.

    {_NAME_OR_ID}""",
)
@_WHO
def why(request: Request, who: tuple[str, ...]) -> None:
    held = request.read()
    give(request, held.why(_party(held, who)))


@command(
    "All that the list says of a party.",
    "  sanctionslib show 33951 --sample",
    "  sanctionslib show AHMED, Benazir --sample --keep-source",
    help=f"""Everything that the list says of a party: names, dates, addresses, identifiers, links.

    {_NAME_OR_ID}""",
)
@_WHO
@option("--keep-source", "Also the source: every value with its path. JSON has the values exactly.")
def show(request: Request, who: tuple[str, ...], keep_source: bool) -> None:
    held = request.read(keep_source=keep_source)
    entity = _party(held, who, alone=True)
    if request.is_json:
        from sanctionslib.export import to_dict

        print_json(to_dict(entity, keep_source=keep_source))
        return
    from sanctionslib.cli._sheets import source_sheet

    print_page(request, source_sheet(entity))


# ── links ─────────────────────────────────────────────────────────────────────────────────────

_FORMS = ("text", "json", "markdown", "mermaid")
_KINDS = {one.name.lower().replace("_", "-"): one for one in RelationKind}


def _give_links(request: Request, answer: Network | Ownership) -> None:
    if request.form == "mermaid":
        from sanctionslib.export import to_mermaid

        click.echo(to_mermaid(answer), nl=False)
    else:
        give(request, answer)


@command(
    "The parties that a party is linked with.",
    "  sanctionslib related 33951 --sample",
    "  sanctionslib related sek studio --depth 2 --sample",
    "  sanctionslib related 34022 --direction in --kind linked-to --sample",
    "  sanctionslib related 34022 --depth 2 --format mermaid --sample",
    forms=_FORMS,
    help=f"""The parties around a party: the links that it states, and those that others state to
    it.

    {_NAME_OR_ID}""",
)
@_WHO
@option("--depth N", "How many links to follow.", least=1, default=1)
@option(
    "--kind KIND",
    f"Only links of this kind; may be given several times. One of: {', '.join(_KINDS)}.",
    choices=_KINDS,
    multiple=True,
)
@option(
    "--direction",
    "Follow the links that a party states (out), those that others state to it (in), or both.",
    choices=["both", "out", "in"],
    default="both",
)
@option("--no-former", "Leave out links that have ended.")
def related(
    request: Request,
    who: tuple[str, ...],
    depth: int,
    kind: tuple[str, ...],
    direction: Literal["both", "out", "in"],
    no_former: bool,
) -> None:
    held = request.read()
    answer = held.related(
        _party(held, who),
        depth=depth,
        kind=[_KINDS[one] for one in kind] or None,
        direction=direction,
        former=not no_former,
    )
    _give_links(request, answer)


def _of_owners(ownership: Literal["owned", "owners"], what: str, example: str) -> click.Command:
    """The command that asks whom a party owns or controls, or who owns or controls it."""

    @command(
        f"The parties that {what}.",
        f"  sanctionslib {example}",
        forms=_FORMS,
        help=f"""The parties that {what}, directly or along a chain.

        This is not OFAC's 50 Percent Rule, which needs the shares of all owners and reaches
        companies that are on no list: it is what the list states of the parties that it lists.
        Links that have ended, fit several parties or do not say how are listed and not followed.

        {_NAME_OR_ID}""",
    )
    @_WHO
    @option("--former", "Also follow links that have ended.")
    def asked(request: Request, who: tuple[str, ...], former: bool) -> None:
        held = request.read()
        _give_links(request, held.related(_party(held, who), ownership=ownership, former=former))

    return asked


owned_by = _of_owners(
    "owned",
    "a party is stated to own or control",
    "owned-by 17013 --file CONS_ENHANCED.XML",
)
owners_of = _of_owners(
    "owners",
    "are stated to own or control a party",
    "owners-of 17017 --file CONS_ENHANCED.XML",
)


@command(
    "The same party on other lists.",
    "  sanctionslib counterparts 17013 --file CONS.XML --file consolidated.csv",
    help=f"""The entities of the same party on other lists, by exact official evidence: the same id,
    where lists share their ids; the same number of the same register; or a list that says so.

    Never by a name: people and companies are on several lists under names alone. Give each list by
    a --file of its own. Nothing found is exit code 1.

    {_NAME_OR_ID}""",
)
@_WHO
def counterparts(request: Request, who: tuple[str, ...]) -> Exit | None:
    held = request.read()
    answer = held.counterparts(_party(held, who))
    give(request, answer)
    if answer.counterparts:
        return None
    if not request.is_json:
        click.echo(NO_VERDICT)
    return Exit.NOTHING
