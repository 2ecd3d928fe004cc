"""Objects in, text out: plain text, rich panels, HTML cards, Markdown. Nothing is fetched or run.

An object first becomes a *sheet* (`_sheet`): headings, labelled lines, tables. `_entity`,
`_explanation`, `_links`, `_changes` and `_answers` fill sheets; `text`, `rich_`, `html` and
`markdown` print them. So all forms say the same, and an edition that is a SAMPLE says so in each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sanctionslib.answers import (
    Audit,
    Changes,
    Counterparts,
    Explanation,
    Network,
    Ownership,
    Selection,
)
from sanctionslib.display import html, markdown, rich_, text
from sanctionslib.display._answers import audit_sheet, list_sheet
from sanctionslib.display._changes import changes_sheet
from sanctionslib.display._entity import entity_sheet
from sanctionslib.display._explanation import explanation_sheet
from sanctionslib.display._links import counterparts_sheet, network_sheet, ownership_sheet
from sanctionslib.display._sheet import Sheet
from sanctionslib.model import Edition, Entity

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = [
    "list_to_html",
    "list_to_rich",
    "list_to_text",
    "to_html",
    "to_markdown",
    "to_rich",
    "to_text",
]


def _sheet(shown: object) -> Sheet:
    match shown:
        case Entity():
            return entity_sheet(shown)
        case Explanation():
            return explanation_sheet(shown)
        case Network():
            return network_sheet(shown)
        case Ownership():
            return ownership_sheet(shown)
        case Counterparts():
            return counterparts_sheet(shown)
        case Audit():
            return audit_sheet(shown)
        case Changes():
            return changes_sheet(shown)
        case _:
            raise TypeError(
                f"cannot show a {type(shown).__name__}: "
                "give an Entity or an answer (Explanation, Network, Ownership, Counterparts, "
                "Audit, Changes)"
            )


def to_text(shown: object) -> str:
    """An entity or an answer as plain text of at most 100 columns.

    Raises:
        TypeError: It is none of these.

    Example:
        >>> from sanctionslib.model import Name, Organization
        >>> print(to_text(Organization(id="watch:1", names=(Name(text="EXAMPLE LLC"),)))[:11])
        EXAMPLE LLC
    """
    return text.print_sheet(_sheet(shown))


def to_html(shown: object) -> str:
    """The same as one HTML card: static, self-contained, without script, for notebooks and pages.

    Raises:
        TypeError: It is neither an entity nor an answer that can be shown.

    Example:
        >>> from sanctionslib.model import Name, Organization
        >>> card = to_html(Organization(id="watch:1", names=(Name(text="A <b> LLC"),)))
        >>> "A &lt;b&gt; LLC" in card
        True
    """
    return html.print_sheet(_sheet(shown))


def to_rich(shown: object) -> RenderableType:
    """The same as a panel for `rich.print`.

    Raises:
        TypeError: It is neither an entity nor an answer that can be shown.
        MissingExtraError: rich is not installed.
    """
    return rich_.print_sheet(_sheet(shown))


def to_markdown(shown: object) -> str:
    r"""The same as Markdown, for a report, an issue or a wiki; of changes all, however many.

    Raises:
        TypeError: It is neither an entity nor an answer that can be shown.

    Example:
        >>> from sanctionslib.model import Name, Organization
        >>> print(to_markdown(Organization(id="watch:1", names=(Name(text="A | LLC"),)))[:10])
        # A \| LLC
    """
    sheet = changes_sheet(shown, limit=None) if isinstance(shown, Changes) else _sheet(shown)
    return markdown.print_sheet(sheet)


def list_to_text(
    entities: Sequence[Entity],
    *,
    editions: Sequence[Edition],
    selection: Selection,
    limit: int = 20,
    parties: int | None = None,
) -> str:
    """A table of the first `limit` entities as plain text, below what was looked at.

    Args:
        entities: The entities of the list or selection, all of them.
        editions: What was looked at.
        selection: How the entities were chosen.
        limit: How many are shown.
        parties: How many parties they are records of; fewer than entities in a combined list.

    Raises:
        InvalidInputError: `limit` is negative.

    Example:
        >>> from sanctionslib.model import Name
        >>> some = [Entity(id=f"watch:{n}", names=(Name(text="A"),)) for n in range(3)]
        >>> list_to_text(some, editions=(), selection=Selection(), limit=1).splitlines()[-1]
        '… and 2 more'
    """
    return text.print_sheet(
        list_sheet(entities, editions=editions, selection=selection, limit=limit, parties=parties)
    )


def list_to_html(
    entities: Sequence[Entity],
    *,
    editions: Sequence[Edition],
    selection: Selection,
    limit: int = 20,
    parties: int | None = None,
) -> str:
    """The same table as an HTML card; see `list_to_text`.

    Raises:
        InvalidInputError: `limit` is negative.
    """
    return html.print_sheet(
        list_sheet(entities, editions=editions, selection=selection, limit=limit, parties=parties)
    )


def list_to_rich(
    entities: Sequence[Entity],
    *,
    editions: Sequence[Edition],
    selection: Selection,
    limit: int = 20,
    parties: int | None = None,
) -> RenderableType:
    """The same table as a panel for `rich.print`; see `list_to_text`.

    Raises:
        InvalidInputError: `limit` is negative.
        MissingExtraError: rich is not installed.
    """
    return rich_.print_sheet(
        list_sheet(entities, editions=editions, selection=selection, limit=limit, parties=parties)
    )
