"""Labelled facts in Switzerland's `other-information`: "SWIFT/BIC: EXAMCHBB", "Registration number: 12".

A text has one fact, or several separated by semicolons. Only values after a known label are read,
and the text stays a remark. An IMO number belongs to the party only if it is a vessel: a company's
can be that of its ship, "IMO number of the vessel: 9387803".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctionslib.model import Feature, FeatureKind, Identifier, IdentifierKind
from sanctionslib.parsers._engine.values import compiled

__all__ = ["facts"]

_BIC = re.compile(r"(?:\A|, | and )([A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?)\b")
_NUMBER = re.compile(r"[A-Z]{0,5}[ /-]?\d[\w./-]{2,40}")
_LABELLED = re.compile(r"([^:;]{2,60}?)(?:: *| (?=[A-Z]{8}\b))(\S.*)", re.DOTALL)
"""A label and a value; before a SWIFT code the colon can be missing."""
_NUMBERS = compiled(
    {
        r"IMO(?: (?:number|no\.?))?": IdentifierKind.IMO,
        r"(?:SWIFT|BIC|SWIFT/BIC)(?: codes?)?": IdentifierKind.BIC,
        r"(?:(?:company|business|main|national|state) )*registration (?:number|no\.?)|PSRN|OGRN": (
            IdentifierKind.REGISTRATION
        ),
        r"(?:national )?tax(?:payer)? (?:(?:identification|registration) )?(?:number|no\.?|ID)(?: \(INN\))?"
        r"|INN|KPP": IdentifierKind.TAX,
        r"(?:diplomatic )?passport(?: (?:number|no\.?))?": IdentifierKind.PASSPORT,
        r"(?:national )?(?:identification|identity card|ID)(?: (?:number|no\.?))": (
            IdentifierKind.NATIONAL_ID
        ),
    },
    any_case=True,
)
_FEATURES = compiled(
    {
        r"(?:web ?site|web|internet|homepage)(?: address)?": FeatureKind.WEBSITE,
        r"e-?mail(?: address)?(?:es)?": FeatureKind.EMAIL,
        r"(?:tele)?(?:phone|tel\.?)(?: (?:numbers?|no\.?))?": FeatureKind.PHONE,
        r"(?:tele)?fax(?: (?:number|no\.?))?": FeatureKind.FAX,
        r"type of entity": FeatureKind.ORGANIZATION_TYPE,
        r"place of registration": FeatureKind.REGISTRATION_COUNTRY,
        r"date of registration": FeatureKind.ESTABLISHED,
        r"principal place of business": FeatureKind.LOCATION,
    },
    any_case=True,
)


def facts(text: str, *, is_vessel: bool) -> Iterator[Identifier | Feature]:
    """The numbers, contacts and registration facts in a text.

    >>> [one.value for one in facts("SWIFT codes: EXAMCHBB, ABCDEFGHXXX (branch)", is_vessel=False)]
    ['EXAMCHBB', 'ABCDEFGHXXX']
    """
    for piece in text.split(";"):
        if (found := _LABELLED.fullmatch(piece.strip())) is None:
            continue
        label, value = found.groups()
        for words, kind in _NUMBERS.items():
            if words.fullmatch(label) is None or (kind is IdentifierKind.IMO and not is_vessel):
                continue
            if kind is IdentifierKind.BIC:
                values = _BIC.findall(value)
            else:
                values = [one[0] for one in [_NUMBER.match(value)] if one is not None]
            for one in values:
                yield Identifier(value=one.rstrip("./-"), kind=kind, raw_kind=label)
        for words, feature in _FEATURES.items():
            if words.fullmatch(label) is not None:
                yield Feature(label=label, value=value, kind=feature)
