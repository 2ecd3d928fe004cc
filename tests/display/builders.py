"""A company of one's own and text without its layout, for the tests of this room."""

from __future__ import annotations

import attrs

from sanctionslib.model import Name, Organization


def company(**given: object) -> Organization:
    """EXAMPLE TRADING LLC, of which nothing else is known but what is given."""
    blank = Organization(id="watch:1", names=(Name(text="EXAMPLE TRADING LLC"),))
    return attrs.evolve(blank, **given)


def flat(text: str) -> str:
    """The words of a page in one line."""
    return " ".join(text.split())
