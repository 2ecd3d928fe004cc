"""Documents described in words: their kind, their country, and the name on them.

Lists have few document types, and describe the document in a remark, or before the number: "Italian
Fiscal Code", "Qatari passport number 00868774", "issued under name …".
"""

from __future__ import annotations

import functools
import re

from sanctionslib.model import Country, IdentifierKind
from sanctionslib.parsers._engine.values import compiled, country_at_edge

__all__ = ["document_kind", "issuing_country", "name_on_document"]

_KINDS = compiled(
    {
        "birth certificate": IdentifierKind.BIRTH_CERTIFICATE,
        r"\bdriv": IdentifierKind.DRIVING_LICENCE,
        r"\bvoter": IdentifierKind.VOTER,
        r"social security|\bSSN\b": IdentifierKind.SOCIAL_SECURITY,
        r"\bfiscal|\btax|\b(?:CUIT|CUIL|CDI|INN|NIF|TIN)\b": IdentifierKind.TAX,
        r"\bmilitary|serviceman|\bFARDC\b": IdentifierKind.MILITARY,
        r"\b(?:residential|residence|alien|extranjeros?|RNE|BRP)\b": IdentifierKind.RESIDENCE,
        r"\bOGRN(?:IP)?\b|\b(?:company|state|business|trade|commercial) regist": (
            IdentifierKind.REGISTRATION
        ),
        r"\bIMO\b": IdentifierKind.IMO,
        "travel document|laissez": IdentifierKind.TRAVEL_DOCUMENT,
        r"\bration\b|\bstudent\b|certificate": IdentifierKind.OTHER_DOCUMENT,
        "passport|passeport|pasaporte": IdentifierKind.PASSPORT,
        "identi|national|tazkira": IdentifierKind.NATIONAL_ID,
        r"c[eé]dula|D\.?N\.?I|C\.U\.R\.P|\b(?:ID|CI|CC)\b": IdentifierKind.NATIONAL_ID,
    },
    any_case=True,
)
"""Words about a document → its kind; the first match counts."""
_AFTER = re.compile(
    r"\b(?:issued|expir|valid|dated?\b|place of|under\b|in the name)", re.IGNORECASE
)
"""Where a remark turns from the kind of the document to something else."""
_NO_WORDS = re.compile(r"[^\w' -]|\d")
_BRACKET = re.compile(r"\(([^()\d]{2,60})")
_MOST_WORDS = 8
_NAME = re.compile(
    r"\b(?:(?:under|in) (?:the )?name(?: of)?|issued to|made out to|name in \w{1,20} script):?\s"
    r"([^,;()\d\n]{1,99}?)(?=[,;()]|\.? ?$|\.? (?:issued|born|expire|son of)\b|\. )",
    re.IGNORECASE,
)


@functools.lru_cache(1_000)
def document_kind(words: str) -> IdentifierKind | None:
    """The kind of a document, by the first words that tell it; None where none do.

    >>> document_kind("Italian Fiscal Code"), document_kind("issued by the National Police")
    (<IdentifierKind.TAX: 'tax number'>, None)
    """
    message = _AFTER.split(words, maxsplit=1)[0]
    return next((kind for each, kind in _KINDS.items() if each.search(message)), None)


@functools.lru_cache(1_000)
def issuing_country(words: str) -> Country | None:
    """The country at the start of words about a document, or in brackets.

    >>> issuing_country("Saudi Arabian passport no.").code, issuing_country("(Qatari). Issued").code
    ('SA', 'QA')
    >>> issuing_country("issued in Amman (Jordan)") is None
    True
    """
    message = _AFTER.split(words, maxsplit=1)[0]
    for text in (message.lstrip(" (.,"), *_BRACKET.findall(message)):
        found = _NO_WORDS.split(text, maxsplit=1)[0].split()[:_MOST_WORDS]
        if (country := country_at_edge(" ".join(found), at_end=False)) is not None:
            return country
    return None


def name_on_document(words: str) -> str | None:
    """The name on a document, where words about it state one.

    >>> name_on_document("issued on 4 Feb. 2003 under the name of John Example, expired")
    'John Example'
    """
    found = _NAME.search(words)
    return None if found is None else found[1].strip()
