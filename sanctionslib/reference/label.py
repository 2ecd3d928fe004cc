"""OFAC's labels of documents and features → the meaning of their values.

One label vocabulary serves every OFAC format: `idType` of the classic files (documents and features
mixed), segments of Remarks in the CSV, feature and document types of the advanced and enhanced
formats. Sources: the 104 ID DOCUMENT TYPE and 82 FEATURE TYPE values of 28 August 2024; the kind of
each number is this library's decision, with examples from the files where the label leaves a doubt
(`note`).

Peculiarities: the apostrophe of one label has two forms; "Executive Order 14024 Directive
Information" and the same with " -" are two labels; tickers of digital currencies are added without
notice, so unknown tickers are read too; "Legal Entity Number" is mostly the LEI; "Chinese
Commercial Code" spells a name and identifies nobody.
"""

from __future__ import annotations

import functools
import re

import attrs

from sanctionslib.model.features import FeatureKind
from sanctionslib.model.identifiers import IdentifierKind
from sanctionslib.reference.tables import fold, rows

__all__ = ["OfacLabel", "ofac_label", "ofac_label_at"]

_CURRENCY = re.compile(r"Digital Currency Address - (\S+)")


@attrs.frozen(kw_only=True)
class OfacLabel:
    """The meaning of a label's value: exactly one of `identifier`, `feature` and `field`."""

    label: str
    """The label as OFAC's reference values print it, "Aircraft Manufacturer’s Serial Number (MSN)"."""
    ref_id: str | None = None
    """OFAC's number of it (refId of documents, featureTypeId of features)."""
    is_document: bool = False
    """Whether it is a type of identity document, not a feature."""
    identifier: IdentifierKind | None = None
    """The kind of number."""
    feature: FeatureKind | None = None
    """The kind of labelled fact."""
    field: str | None = None
    """The field of an entity that the value fills: gender, registered_in, established,
    organization_type, vessel_type, flag, former_flag, aircraft_model, aircraft_operator, built,
    vessel_owner, tonnage, gross_tonnage, birth_date, birth_place, nationality, citizenship,
    address, title."""
    asset: str | None = None
    """Ticker of a digital currency, "XBT"; not a reliable name of a chain."""
    is_date: bool = False
    """Whether OFAC stores the value as a date (detail type DATE)."""


@functools.cache
def _table() -> dict[str, OfacLabel]:
    return {fold(row["label"]): _label(row) for row in rows("ofac_labels.tsv")}


@functools.cache
def _by_base() -> dict[str, list[OfacLabel]]:
    """Labels by their text without the mark at the end."""
    found: dict[str, list[OfacLabel]] = {}
    for text, label in _table().items():
        found.setdefault(text.rstrip(" :-"), []).append(label)
    return found


def _label(row: dict[str, str]) -> OfacLabel:
    reading, _, value = row["reading"].partition(":")
    currency = _CURRENCY.fullmatch(row["label"])
    return OfacLabel(
        label=row["label"],
        ref_id=row["ref_id"],
        is_document=row["group"] == "document",
        identifier=IdentifierKind(value) if reading == "identifier" else None,
        feature=FeatureKind(value) if reading == "feature" else None,
        field=value if reading == "field" else None,
        asset=currency[1] if currency else None,
        is_date=row["detail"] == "date",
    )


@functools.lru_cache(maxsize=1024)
def ofac_label(text: str) -> OfacLabel | None:
    """The meaning of an OFAC label; None for an unknown one.

    Apostrophes are folded; a missing or additional ":" or " -" at the end is ignored where only one
    label can be meant.

    >>> from sanctionslib.reference import ofac_label
    >>> ofac_label("Passport").identifier
    <IdentifierKind.PASSPORT: 'passport'>
    >>> ofac_label("Digital Currency Address - SOL").asset
    'SOL'
    >>> ofac_label("Tarjeta Profesional") is None
    True
    """
    key = fold(text).strip()
    if found := _table().get(key):
        return found
    candidates = _by_base().get(key.rstrip(" :-"), [])
    if len(candidates) == 1:
        return candidates[0]
    if currency := _CURRENCY.fullmatch(key):
        return OfacLabel(label=key, identifier=IdentifierKind.DIGITAL_CURRENCY, asset=currency[1])
    return None


@functools.cache
def _by_first_word() -> dict[str, tuple[str, ...]]:
    """Labels without the mark at their end, by their first word, the longest first."""
    found: dict[str, set[str]] = {}
    for text in (*_table(), *_by_base()):
        found.setdefault(text.partition(" ")[0].rstrip(":"), set()).add(text)
    return {word: tuple(sorted(texts, key=len, reverse=True)) for word, texts in found.items()}


def ofac_label_at(text: str) -> str | None:
    """The label at the start of a text, as printed there with its mark ":" or " -".

    The longest label that a blank follows; None for none.

    >>> from sanctionslib.reference import ofac_label_at
    >>> ofac_label_at("Registration Number 1027700342890 (Russia)")
    'Registration Number'
    >>> ofac_label_at("Secondary sanctions risk: See Section 11 of Executive Order 14024.")
    'Secondary sanctions risk:'
    >>> ofac_label_at("Ba'th party regional command chairman") is None
    True
    """
    plain = fold(text)
    for label in _by_first_word().get(plain.partition(" ")[0].rstrip(":"), ()):
        if plain.startswith(label):
            size = len(label)
            if plain.startswith(":", size):
                size += 1
            if plain.startswith(" ", size):
                return text[:size]
    if currency := _CURRENCY.match(plain):
        return text[: currency.end()]
    return None
