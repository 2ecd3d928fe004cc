"""The commands about one party: why, show, related, owned-by, owners-of, counterparts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from sanctionslib.cli._command import PAGE, ROWS, SOURCE, check_limit, command, one_text
from sanctionslib.cli._errors import about_party
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._options import files, option
from sanctionslib.cli._output import Rows, give
from sanctionslib.cli._request import WITH_ROWS, Request
from sanctionslib.errors import AmbiguousIdError
from sanctionslib.model import RelationKind

if TYPE_CHECKING:
    from sanctionslib.answers import Network, Ownership
    from sanctionslib.model import Entity
    from sanctionslib.query import SanctionsList

_WHO = click.argument("who", metavar="NAME_OR_ID...", nargs=-1, required=True, shell_complete=files)
_NAME_OR_ID = """NAME_OR_ID is an id (33951, us_ofac_sdn:33951), or a name or alias exactly as the
    list has it, in upper or lower case; quotes are not needed."""


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
    asked, held = one_text(who), request.read()
    with about_party():
        found = held.why(asked)
    give(request, found)


@command(
    "All that the list says of a party.",
    "  sanctionslib show 33951 --sample",
    "  sanctionslib show AHMED, Benazir --sample --keep-source",
    shared=(*SOURCE, "fields", *PAGE),
    forms=WITH_ROWS,
    fields=("Row",),
    help=f"""Everything that the list says of a party: names, dates, addresses, identifiers, links.

    {_NAME_OR_ID}""",
)
@_WHO
@option("--keep-source", "Also the source: every value with its path. JSON has the values exactly.")
def show(request: Request, who: tuple[str, ...], keep_source: bool) -> None:
    asked, held = one_text(who), request.read(keep_source=keep_source)
    with about_party():
        entity = _entity(held, asked)
    from sanctionslib.cli._sheets import source_sheet
    from sanctionslib.export import columns_of, rows, to_dict

    give(
        request,
        entity,
        source_sheet(entity),
        document=lambda: to_dict(entity, keep_source=keep_source),
        rows=Rows(columns_of(held), lambda: rows([entity])),
    )


def _entity(held: SanctionsList[Entity], asked: str) -> Entity:
    """The one entity with this id or name; others of its party are not meant."""
    if asked in held:
        return held[asked]
    first, *others = held.entities_of(asked)
    if others:
        ids = (first.id, *(one.id for one in others))
        raise AmbiguousIdError(
            f"{len(ids)} entities of one party bear the name {asked!r}",
            candidates=ids,
            hint=f"ask by id: {', '.join(ids)}",
        )
    return first


# ── links ─────────────────────────────────────────────────────────────────────────────────────

_FORMS = (*WITH_ROWS, "svg", "mermaid")
_KINDS = {one.name.lower().replace("_", "-"): one for one in RelationKind}


def _give_links(request: Request, answer: Network | Ownership) -> None:
    page = None
    if request.limit:
        from sanctionslib.cli._sheets import cut_sheet

        page = cut_sheet(answer, request.limit)
    give(request, answer, page, rows=Rows.of(answer))


@command(
    "The parties that a party is linked with.",
    "  sanctionslib related 33951 --sample",
    "  sanctionslib related sek studio --depth 2 --sample",
    "  sanctionslib related 34022 --direction in --kind linked-to --sample",
    "  sanctionslib related 34022 --depth 2 --format mermaid --sample",
    shared=(*SOURCE, *ROWS),
    forms=_FORMS,
    fields=("LinkRow",),
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
    check_limit(request)
    asked, held = one_text(who), request.read()
    with about_party():
        answer = held.related(
            asked,
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
        shared=(*SOURCE, *ROWS),
        forms=_FORMS,
        fields=("LinkRow",),
        help=f"""The parties that {what}, directly or along a chain.

        This is not OFAC's 50 Percent Rule, which needs the shares of all owners and reaches
        companies that are on no list: it is what the list states of the parties that it lists.
        Links that have ended, fit several parties or do not say how are listed and not followed.

        {_NAME_OR_ID}""",
    )
    @_WHO
    @option("--former", "Also follow links that have ended.")
    def asked(request: Request, who: tuple[str, ...], former: bool) -> None:
        check_limit(request)
        text, held = one_text(who), request.read()
        with about_party():
            answer = held.related(text, ownership=ownership, former=former)
        _give_links(request, answer)

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
    asked, held = one_text(who), request.read()
    with about_party():
        answer = held.counterparts(asked)
    give(request, answer, is_empty=not answer.counterparts)
    return None if answer.counterparts else Exit.NOTHING
