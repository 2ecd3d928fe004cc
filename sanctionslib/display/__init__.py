"""Objects in, text out: plain text, rich panels, HTML cards, Markdown, pictures.

>>> import sanctionslib as sl
>>> print(sl.display.to_markdown(sl.compare("Vladimr Putin", "PUTIN, Vladimir")).splitlines()[0])
# score 0.856

An object first becomes a *sheet* (`sheet`): rows and tables, filled by one function for each class
(`_party`, `_explanation`, `_links`, `_matches`, `_changes`, `_timeline`, `_archive`, `_audit`) with the
words of `_values`.
`_text`, `_html` and `_markdown` print sheets. So all forms say the same, and an edition that is a
SAMPLE says so in each. `_report` puts many together to the report of a screening; `_picture` and
`_network` draw with `svg`. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from sanctionslib import answers
from sanctionslib.catalog import Catalog, ListInfo
from sanctionslib.display import (
    _archive,
    _audit,
    _changes,
    _explanation,
    _links,
    _matches,
    _network,
    _party,
    _picture,
    _timeline,
)
from sanctionslib.display._html import html_card
from sanctionslib.display._markdown import markdown_page
from sanctionslib.display._matches import context_rows, no_hit_text, score_text
from sanctionslib.display._party import EntityTable
from sanctionslib.display._report import screening_report
from sanctionslib.display._text import WIDTH, rich_panel, text_page
from sanctionslib.display._values import (
    banners,
    country_text,
    details,
    kind_text,
    label_text,
    looked_at,
    source_of,
)
from sanctionslib.display.sheet import Sheet
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Entity

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = [
    "EntityTable",
    "Pictured",
    "banners",
    "context_rows",
    "country_text",
    "details",
    "kind_text",
    "label_text",
    "looked_at",
    "no_hit_text",
    "score_text",
    "screening_report",
    "source_of",
    "to_html",
    "to_markdown",
    "to_rich",
    "to_sheet",
    "to_svg",
    "to_text",
]

Pictured: TypeAlias = (
    answers.Timeline
    | answers.HeldEditions
    | answers.Network
    | answers.Ownership
    | answers.Changes
    | answers.ChangeLog
)
"""Answers that have a picture."""

_SHEETS: dict[type[object], Callable[[Any], Sheet]] = {
    Entity: _party.entity_sheet,
    answers.Explanation: _explanation.explanation_sheet,
    answers.Network: _links.network_sheet,
    answers.Ownership: _links.ownership_sheet,
    answers.Counterparts: _links.counterparts_sheet,
    answers.Audit: _audit.audit_sheet,
    answers.HeldEdition: _archive.held_sheet,
    answers.Fetched: _archive.fetched_sheet,
    Catalog: _archive.lists_sheet,
    ListInfo: _archive.list_info_sheet,
    answers.Comparison: _matches.comparison_sheet,
    answers.Hit: _matches.hit_sheet,
}
_LONG_SHEETS: dict[type[object], tuple[Callable[[Any, int | None], Sheet], int]] = {
    EntityTable: (_party.table_sheet, 20),
    answers.Changes: (_changes.changes_sheet, 50),
    answers.ChangeLog: (_timeline.change_log_sheet, 50),
    answers.Timeline: (_timeline.timeline_sheet, 50),
    answers.HeldEditions: (_archive.history_sheet, 50),
    answers.Verification: (_archive.verification_sheet, 50),
    answers.Hits: (_matches.hits_sheet, 50),
    answers.ScreeningResult: (_matches.result_sheet, 50),
}
"""Answers that may be long, with the usual limit."""
_PICTURES: dict[type[object], Callable[..., str]] = {
    answers.Timeline: _picture.timeline_to_svg,
    answers.HeldEditions: _picture.history_to_svg,
    answers.Network: _network.network_to_svg,
    answers.Ownership: _network.network_to_svg,
    answers.Changes: _picture.changes_to_svg,
    answers.ChangeLog: _picture.change_log_to_svg,
}


def to_sheet(shown: object, *, limit: int | None = None) -> Sheet:
    """The sheet of an entity or an answer, which the other functions print; a sheet stays as it is.

    Args:
        shown: The entity or answer.
        limit: How many items of a long answer are shown, 0 for all, and what is usual where
            nothing is said; others are always shown whole.

    Raises:
        TypeError: It is none of these.
        InvalidInputError: The limit is negative.
    """
    if limit is not None and limit < 0:
        raise InvalidInputError(
            f"limit={limit} is less than none", argument="limit", hint="give 0 for all, or a number"
        )
    if isinstance(shown, Sheet):
        return shown
    for kind in type(shown).__mro__:
        if kind in _SHEETS:
            return _SHEETS[kind](shown)
        if kind in _LONG_SHEETS:
            make, usual = _LONG_SHEETS[kind]
            return make(shown, usual if limit is None else limit or None)
    names = ", ".join(one.__name__ for one in (*_SHEETS, *_LONG_SHEETS) if one is not Entity)
    raise TypeError(f"cannot show a {type(shown).__name__}: give an Entity or an answer ({names})")


def to_text(
    shown: object,
    *,
    width: int = WIDTH,
    limit: int | None = None,
    explain: bool = False,
    more: str = "explain=True",
) -> str:
    """An entity, an answer or a sheet as plain text: the answer first, and short.

    Args:
        shown: The object.
        width: The widest line, in columns of a terminal.
        limit: How many items of a long answer are shown; 0 for all.
        explain: With how the answer came about: token by token, editions with hashes, versions.
        more: What the last line tells a reader to say for that; "" for no such line.

    Raises:
        TypeError: It is none of these.

    Example:
        >>> from sanctionslib.model import Name, Organization
        >>> print(to_text(Organization(id="watch:1", names=(Name(text="EXAMPLE LLC"),)))[:18])
        Party: EXAMPLE LLC
    """
    return text_page(to_sheet(shown, limit=limit), width=width, explain=explain, more=more)


def to_html(
    shown: object, *, limit: int | None = None, explain: bool = False, document: bool = False
) -> str:
    """The same as one HTML card: static, self-contained, without script, for notebooks and pages.

    It is an `<article>`, with the details closed in it; `explain` opens them.

    Args:
        shown: The object.
        limit: How many items of a long answer are shown; 0 for all.
        explain: Whether the details are open.
        document: Whether it is a whole page, to be written to a file of its own.

    Raises:
        TypeError: It is neither an entity nor an answer that can be shown.

    Example:
        >>> from sanctionslib.model import Name, Organization
        >>> card = to_html(Organization(id="watch:1", names=(Name(text="A <b> LLC"),)))
        >>> "A &lt;b&gt; LLC" in card
        True
    """
    draw = _PICTURES.get(type(shown))
    picture = draw(shown, in_card=True) if draw else ""
    sheet = to_sheet(shown, limit=limit)
    return html_card(sheet, picture=picture, explain=explain, document=document)


def to_rich(
    shown: object, *, limit: int | None = None, explain: bool = False, more: str = "explain=True"
) -> RenderableType:
    """The same as a panel for `rich.print`, as wide as the terminal; see `to_text`.

    Raises:
        TypeError: It is neither an entity nor an answer that can be shown.
        MissingExtraError: rich is not installed.
    """
    return rich_panel(to_sheet(shown, limit=limit), explain=explain, more=more)


def to_markdown(shown: object, *, explain: bool = False) -> str:
    r"""The same as Markdown, for a report: every result of a long answer, the rest with `explain`.

    Args:
        shown: The object.
        explain: With how the answer came about, as in `to_text`.

    Raises:
        TypeError: It is neither an entity nor an answer that can be shown.

    Example:
        >>> from sanctionslib.model import Name, Organization
        >>> print(to_markdown(Organization(id="watch:1", names=(Name(text="A | LLC"),)))[:10])
        # A \| LLC
    """
    return markdown_page(to_sheet(shown, limit=0), explain=explain)


def to_svg(shown: Pictured) -> str:
    """An answer as a picture: SVG without script, light or dark as the page is that it stands in.

    A timeline and the editions of a list are drawn along the days, a network and owners as boxes
    and arrows, changes as bars. A notebook's card has it already.

    Raises:
        TypeError: It has no picture.
        MissingExtraError: The library that places the parties of a network is not installed.

    Example:
        >>> to_svg(answers.HeldEditions(list_id="us_ofac_sdn")).startswith("<svg ")
        True
    """
    if draw := _PICTURES.get(type(shown)):
        return draw(shown, in_card=False)
    names = ", ".join(one.__name__ for one in _PICTURES)
    raise TypeError(f"cannot draw a {type(shown).__name__}: give one of {names}")
