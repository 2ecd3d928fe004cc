"""Whole pages that a person has read, and the rules that hold for every page in every form."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial

import attrs
import lxml.html
import pytest

from sanctionslib import answers, display
from sanctionslib.catalog import Catalog
from sanctionslib.display._text import WIDTH, columns
from sanctionslib.model import Fact

from . import found, held, made
from .builders import FORMS, combined, differing, entity_table, flat, in_full, printed
from .made import GOLDEN

BOTH = combined()
CHOSEN = answers.Selection(
    criteria=("program='GLOMAG'", "listed_from=2021-12-10"),
    of=26,
    undetermined=(
        answers.Undetermined(fact=Fact.LISTING_DATE, count=7, kept=True, never=True),
        answers.Undetermined(fact=Fact.ADDRESS, count=0, kept=False),
        answers.Undetermined(fact=Fact.REASON, count=0, kept=False, never=True, lists=("watch",)),
    ),
    kind_unstated=2,
)
ANSWERS: dict[str, object] = {
    "explanation_33951": made.WHY,
    "explanation_of_a_part": made.WHY_OF_A_PART,
    "organization_33951": made.RAB,
    "person_34076": made.AZAD,
    "company": made.COMPANY,
    "person": made.PERSON,
    "ship": made.SHIP,
    "aircraft": made.AIRCRAFT,
    "network_34022": made.NETWORK,
    "network_of_some_links": made.SOME_LINKS,
    "audit": made.AUDIT,
    "held": held.XML,
    "held_refused": held.CUT,
    "held_accepted": held.OVERRIDDEN,
    "history": held.HISTORY,
    "fetched": held.FETCHED,
    "verified": held.VERIFIED,
    "faulty": held.FAULTY,
    "list_info": held.INFO,
    "lists": Catalog(lists=(held.INFO, held.UNREAD)),
    "changes": differing(),
    "timeline": held.TIMELINE,
    "timeline_events": attrs.evolve(held.TIMELINE, events=held.EVENTS),
    "change_log": held.LOG,
    "comparison": found.SPELT,
    "hit": found.CONFLICTING,
    "hits": found.HITS,
    "no_hits": found.NO_HITS,
    "screened": found.RESULT,
    "not_screened": found.SKIPPED,
    "owned_by": BOTH.related("1", ownership="owned"),
    "owned_by_nobody": BOTH.related("7", ownership="owned"),
    "owners_of": BOTH.related("4", ownership="owners"),
    "counterparts": BOTH.counterparts("us_ofac_sdn:2"),
    "counterparts_as_stated": made.AS_STATED,
    "why_of_two_lists": BOTH.why("2"),
    "network_of_two_lists": BOTH.related("2", depth=2, direction="in", former=False),
}
TABLE = entity_table(made.EVERYBODY, made.EDITION, selection=CHOSEN)
NOTHING = entity_table((), made.WHOLE, selection=answers.Selection(criteria=("x",), of=26))
PAGES = {
    **ANSWERS,
    "list": display.to_sheet(TABLE, limit=5),
    "audit_of_your_own": answers.Audit(read=2, converted=1),
    "list_of_nobody": display.to_sheet(NOTHING),
}
SHORT = ("hits", "screened", "explanation_33951", "why_of_two_lists", "list")
"""Pages that are read at the usual widths of terminals, and with their details."""
REPORTS = ("history", "changes", "timeline", "change_log", "hits")


@pytest.mark.parametrize(
    ("file", "print_page", "name"),
    [
        *((f"{name}.txt", display.to_text, name) for name in PAGES),
        *(
            (f"{name}_{width}.txt", partial(display.to_text, width=width), name)
            for name in SHORT
            for width in (80, 120)
        ),
        *((f"{name}_in_full.txt", in_full, name) for name in SHORT),
        *((f"{name}.md", partial(display.to_markdown, explain=True), name) for name in REPORTS),
    ],
)
def test_pages(file: str, print_page: Callable[[object], str], name: str) -> None:
    """Each page is the one that a person has read."""
    text = print_page(PAGES[name]) + "\n"
    if os.environ.get("SANCTIONSLIB_GOLDEN") == "write":
        (GOLDEN / file).write_text(text, "utf-8")
    assert text == (GOLDEN / file).read_text("utf-8")


@pytest.mark.parametrize("shown", PAGES.values(), ids=PAGES)
def test_objects_print_themselves(shown: object) -> None:
    """`print`, notebooks and rich give the same pages."""
    if not isinstance(shown, display.sheet.Sheet):
        assert str(shown) == display.to_text(shown)
        assert shown._repr_html_() == display.to_html(shown)  # type: ignore[attr-defined]
        assert printed(shown) == printed(display.to_rich(shown))


@pytest.mark.parametrize("width", [64, 72, 100, 140])
@pytest.mark.parametrize("shown", PAGES.values(), ids=PAGES)
def test_no_line_is_too_wide(shown: object, width: int) -> None:
    """No line is wider than was asked for, and none ends with blanks."""
    lines = display.to_text(shown, width=width).split("\n")
    assert all(columns(one) <= width and one == one.rstrip() for one in lines)
    if width == WIDTH:
        assert lines == display.to_text(shown).split("\n")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shown", PAGES.values(), ids=PAGES)
def test_no_page_gives_an_all_clear(form: Callable[[object], str], shown: object) -> None:
    """No form says that anybody is clear or that all is well."""
    said = form(shown).casefold()
    for word in ("clear", "no match", "not listed", "not sanctioned", "safe", "up to date", " ok"):
        assert word not in said
    assert "passed" not in said or "checks" in said


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("shown", PAGES.values(), ids=PAGES)
def test_all_forms_say_the_same(shown: object, *, explain: bool) -> None:
    """Every word of the text stands in each form."""
    text = display.to_text(shown, width=300, explain=explain, more="")
    words = re.findall("[A-Z0-9]{4,}", text.upper())
    card = lxml.html.fragment_fromstring(display.to_html(shown))
    for said in (
        card.text_content(),
        printed(display.to_rich(shown, explain=explain), 300),
        display.to_markdown(shown, explain=explain),
    ):
        letters = re.sub("[^A-Z0-9]", "", said.upper())
        assert not [word for word in words if word not in letters]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shown", PAGES.values(), ids=PAGES)
def test_a_sample_is_said_loudly(form: Callable[[object], str], shown: object) -> None:
    """A page made from a sample says so in each form, in text and Markdown before anything else."""
    if "SAMPLE · " in display.to_text(shown):
        banners = display.to_text(shown).partition(f"\n{display.to_sheet(shown).what}: ")[0]
        assert "*** SAMPLE" in banners
        assert "SAMPLE · not the whole list" in flat(form(shown))
