"""Objects in, text out: plain text, rich panels, HTML cards, Markdown. Nothing is fetched or run.

An object first becomes a *sheet* (`_sheet`): headings, labelled lines, tables. `_entity`,
`_explanation`, `_links`, `_changes`, `_answers`, `_archive`, `_timeline`, `_catalog`, `_comparison`
and `_hits` fill sheets; `text`, `rich_`, `html` and `markdown` print them. So all forms say the same,
and an edition that is a SAMPLE says so in each. `_screening` puts many together to one report.
`_picture` draws, with the pen of `_svg`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sanctionslib.answers import (
    Audit,
    ChangeLog,
    Changes,
    Comparison,
    Counterparts,
    Explanation,
    Fetched,
    HeldEdition,
    HeldEditions,
    Hit,
    Hits,
    Network,
    Ownership,
    ScreeningResult,
    Selection,
    Timeline,
    Verification,
)
from sanctionslib.catalog import Catalog, ListInfo
from sanctionslib.display import html, markdown, rich_, text
from sanctionslib.display._answers import audit_sheet, list_sheet
from sanctionslib.display._archive import (
    fetched_sheet,
    held_sheet,
    history_sheet,
    verification_sheet,
)
from sanctionslib.display._catalog import list_info_sheet, lists_sheet
from sanctionslib.display._changes import SHOWN, changes_sheet
from sanctionslib.display._comparison import comparison_sheet
from sanctionslib.display._entity import entity_sheet
from sanctionslib.display._explanation import explanation_sheet
from sanctionslib.display._hits import DETAILED, hit_sheet, hits_sheet, result_sheet
from sanctionslib.display._links import counterparts_sheet, network_sheet, ownership_sheet
from sanctionslib.display._picture import history_to_svg, timeline_to_svg
from sanctionslib.display._screening import screening_report
from sanctionslib.display._sheet import Sheet
from sanctionslib.display._timeline import change_log_sheet, timeline_sheet
from sanctionslib.model import Edition, Entity

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = [
    "list_to_html",
    "list_to_rich",
    "list_to_text",
    "screening_report",
    "to_html",
    "to_markdown",
    "to_rich",
    "to_svg",
    "to_text",
]


def _sheet(shown: object) -> Sheet:
    return _long(shown, limit=SHOWN) or _found(shown, limit=DETAILED) or _short(shown)


def _long(shown: object, *, limit: int | None) -> Sheet | None:
    """The sheet of an answer that may be long, and is shortened unless all of it is asked for."""
    match shown:
        case Changes():
            return changes_sheet(shown, limit=limit)
        case ChangeLog():
            return change_log_sheet(shown, limit=limit)
        case Timeline():
            return timeline_sheet(shown, limit=limit)
        case HeldEditions():
            return history_sheet(shown, limit=limit)
        case Verification():
            return verification_sheet(shown, limit=limit)
        case _:
            return None


def _found(shown: object, *, limit: int | None) -> Sheet | None:
    """The sheet of hits; `limit` of them part by part."""
    match shown:
        case Hits():
            return hits_sheet(shown, limit=limit)
        case ScreeningResult():
            return result_sheet(shown, limit=limit)
        case _:
            return None


def _short(shown: object) -> Sheet:
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
        case Comparison():
            return comparison_sheet(shown)
        case Hit():
            return hit_sheet(shown)
        case Audit():
            return audit_sheet(shown)
        case HeldEdition():
            return held_sheet(shown)
        case Fetched():
            return fetched_sheet(shown)
        case ListInfo():
            return list_info_sheet(shown)
        case Catalog():
            return lists_sheet(shown)
        case _:
            raise TypeError(
                f"cannot show a {type(shown).__name__}: "
                "give an Entity or an answer (Explanation, Network, Ownership, Counterparts, "
                "Audit, Changes, HeldEdition, History, Fetched, Verification, Timeline, "
                "ChangeLog, Catalog, ListInfo, Comparison, Hit, Hits, ScreeningResult)"
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
    return html.print_sheet(_sheet(shown), picture=_picture(shown, in_card=True))


def to_rich(shown: object) -> RenderableType:
    """The same as a panel for `rich.print`.

    Raises:
        TypeError: It is neither an entity nor an answer that can be shown.
        MissingExtraError: rich is not installed.
    """
    return rich_.print_sheet(_sheet(shown))


def to_markdown(shown: object) -> str:
    r"""The same as Markdown, for a report, an issue or a wiki; of long answers all, however long.

    Raises:
        TypeError: It is neither an entity nor an answer that can be shown.

    Example:
        >>> from sanctionslib.model import Name, Organization
        >>> print(to_markdown(Organization(id="watch:1", names=(Name(text="A | LLC"),)))[:10])
        # A \| LLC
    """
    sheet = _long(shown, limit=None) or _found(shown, limit=None) or _short(shown)
    return markdown.print_sheet(sheet)


def to_svg(shown: Timeline | HeldEditions) -> str:
    """A timeline or a history as a picture along the days, in SVG: self-contained, without script.

    It is light or dark as the page is that it stands in. A notebook's card has it already.

    Raises:
        TypeError: It is neither.

    Example:
        >>> from sanctionslib.answers import HeldEditions
        >>> to_svg(HeldEditions(list_id="us_ofac_sdn")).startswith("<svg ")
        True
    """
    if picture := _picture(shown, in_card=False):
        return picture
    raise TypeError(f"cannot draw a {type(shown).__name__}: give a Timeline or a History")


def _picture(shown: object, *, in_card: bool) -> str:
    match shown:
        case Timeline():
            return timeline_to_svg(shown, in_card=in_card)
        case HeldEditions():
            return history_to_svg(shown, in_card=in_card)
        case _:
            return ""


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
