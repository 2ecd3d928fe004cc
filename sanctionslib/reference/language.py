"""The lists' names of languages and scripts → codes of ISO 639-1 and ISO 15924.

The table has the languages of names on sanctions lists. Some lists give a language instead of a
script, "Persian": it means the script in which the language is mostly written.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from sanctionslib.reference.tables import rows

__all__ = ["languages", "scripts"]

_SCRIPTS = {
    "Chinese Simplified": "Hans",
    "Chinese Traditional": "Hant",
    "Cyrillic": "Cyrl",
    "Hangul": "Hang",
    "Latin": "Latn",
}
"""Scripts that are not named after a language."""


@functools.cache
def languages() -> Mapping[str, str]:
    """English names and codes of ISO 639-2 → codes of two letters.

    >>> languages()["Russian"], languages()["rus"]
    ('ru', 'ru')
    """
    return {
        name: row["code"]
        for row in rows("languages.tsv")
        for name in (*row["names"].split("|"), *row["three_letters"].split("|"))
    }


@functools.cache
def scripts() -> Mapping[str, str]:
    """English names, also of languages → codes of four letters.

    >>> scripts()["Cyrillic"], scripts()["Persian"]
    ('Cyrl', 'Arab')
    """
    named = {
        name: row["script"] for row in rows("languages.tsv") for name in row["names"].split("|")
    }
    return named | _SCRIPTS
