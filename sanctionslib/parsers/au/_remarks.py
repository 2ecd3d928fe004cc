"""Facts in words in Australia's list: numbers and former names in remarks, remarks in names.

No column has documents: they are in sentences of `Additional Information`, "Passport no.: a)
472320665 (Expires 26 Sep. 2017) b) 563120356", and so are the former names of ships. A number
counts only after the words for it; the complete remarks are kept.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from sanctionslib.model import (
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.keys import distinct
from sanctionslib.parsers._engine.values import country_at_edge, one_line

__all__ = ["contacts", "former_names", "identifiers", "name"]

# ── numbers ───────────────────────────────────────────────────────────────────────────────────

_LABELS = {
    IdentifierKind.PASSPORT: "passport",
    IdentifierKind.TRAVEL_DOCUMENT: "travel document|laissez.passer",
    IdentifierKind.TAX: "fiscal code|tax id|tax number|taxpayer|employer identification",
    IdentifierKind.SOCIAL_SECURITY: "social security|SSN",
    IdentifierKind.MILITARY: "military (?:identification|service)|serviceman",
    IdentifierKind.RESIDENCE: "alien registration",
    IdentifierKind.IMO: "IMO(?: identification)?",
    IdentifierKind.REGISTRATION: "company identification|(?:company|registration) (?:id|number|no)",
    IdentifierKind.NATIONAL_ID: "identi(?:ty|fication) (?:card|document|number|no)"
    "|national (?:id|identity|number|identification)|id card|id no|tazkira",
}
"""The words for each kind of number; the first match counts."""
_LABEL = "|".join([rf"(?P<{kind.name}>\b(?:{words})\b)" for kind, words in _LABELS.items()])
_WORDS = r"""(?:
    (?!\b(?:passport|identi|tax|social|SSN|travel|laissez|voter|driv|permit|licen|certificate
      |registration|issu|under|valid|expir|name|born|birth|date|listed|resolution)) [^\d;()]
  | \([a-z ]{1,40}\) | [a-z]\)[ ]){0,70}?"""
"""Words that can be between the label and the number: ": a) Republic of EXAMPLE number"."""
_VALUE = r"""(?-i:
    (?<![\w/-])(?=(?:[ A-Z/.-]{0,9}\d){4})
    (?P<value>(?:(?!ID|NO|US|UK)[A-Z]{1,2}[ ])?[A-Z]{0,6}[/-]?\d[A-Z\d/.-]*(?<![/.-]))
    (?![\w/-]|[ ](?:No\.?[ ])?[A-Z]?\d))"""
"""Letters, digits and signs: at least four digits, and not several words."""
_FLAGS = re.IGNORECASE | re.VERBOSE
_NUMBER = re.compile(rf"(?:{_LABEL.replace(' ', '[ ]')}) (?P<words>{_WORDS}) {_VALUE}", _FLAGS)
_MORE = re.compile(rf"\b[b-z]\)[ ] (?P<words>{_WORDS}) (?=\D{{0,9}}\d{{5}}) {_VALUE}", _FLAGS)
"""A further number of the same kind, "b) 563120356"."""
_STATE = r"(?-i:([A-Z]\w{2,}(?: (?:(?:of|and|the) ){0,2}[A-Z]\w{2,}){0,4}))"
_ISSUER_WITHIN = re.compile(rf"(?:.*[).:])? ?{_STATE}(?: (?:numbers?|no\.?))? ?", re.IGNORECASE)
_ISSUER_BEFORE = re.compile(rf"(?:\A|[\d.:;)]) ?{_STATE} \Z")
_ISSUER_BEHIND = re.compile(rf" \({_STATE}\)")
"""A country before a number, before a label that begins a sentence, or in brackets after the
number."""
_UN = re.compile(r"[A-Z]{2}[IE](?:\.\s?)?\d{3}(?!\d)|[QT][IE]\.[A-Z]\.\d+\.\d+", re.IGNORECASE)


def identifiers(texts: Sequence[str]) -> tuple[Identifier, ...]:
    """The UN reference and the numbers in remarks on a party.

    The reference is at the start of the first text that begins with one. In another row it can be a
    mistake: one of CDi.003 has "CDi.002".

    >>> [
    ...     one.value
    ...     for one in identifiers(["QDi.001. Passport no.: a) X123456 (expired) b) 1234567"])
    ... ]
    ['QDi.001', 'X123456', '1234567']
    """
    found = next(filter(None, map(_UN.match, texts)), None)
    kind = IdentifierKind.UN_REFERENCE
    reference = () if found is None else (Identifier(kind=kind, value=found[0]),)
    numbers: dict[tuple[object, str], Identifier] = {}
    for one in itertools.chain.from_iterable(map(_numbers, texts)):
        if (stated := numbers.get((one.kind, one.value))) is None or stated.country is None:
            numbers[one.kind, one.value] = one  # a row can omit the country
    return (*reference, *numbers.values())


@functools.lru_cache(64)
def _numbers(text: str) -> Sequence[Identifier]:
    text = " ".join(text.split())
    found: list[Identifier] = []
    marks = list(_NUMBER.finditer(text))
    for one, after in itertools.zip_longest(marks, marks[1:]):
        end = len(text) if after is None else after.start()
        kind = next(each for each in _LABELS if one[each.name])
        label = one[kind.name]
        issuer = _ISSUER_BEFORE.search(text[max(0, one.start() - 60) : one.start()])
        for each in (one, *_MORE.finditer(text, one.end(), end)):
            stated = (
                _ISSUER_WITHIN.fullmatch(each["words"])
                or (each is one and issuer)
                or _ISSUER_BEHIND.match(text, each.end())
            )
            country = country_at_edge(stated[1], at_end=True) if stated else None
            found.append(
                Identifier(kind=kind, value=each["value"], raw_kind=label, country=country)
            )
    return tuple(found)


_LINKS = r"(?:https?://|www\.)[^\s,;]{1,200}"
_MAILS = r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
_CONTACTS = {
    kind: re.compile(rf"\b({label})\s?: ?((?:{form}[,;]? ?){{1,9}})", re.IGNORECASE)
    for kind, label, form in (
        (FeatureKind.WEBSITE, "websites?", _LINKS),
        (FeatureKind.EMAIL, "e-?mails?(?: address(?:es)?)?", _MAILS),
    )
}


def contacts(texts: Sequence[str]) -> tuple[Feature, ...]:
    """The websites and e-mail addresses with labels.

    >>> [
    ...     one.value
    ...     for one in contacts(["Leader. Website: https://leader.example/; www.example.net."])
    ... ]
    ['https://leader.example/', 'www.example.net']
    """
    return distinct(
        Feature(label=found[1], value=one.strip(".,;"), kind=kind)
        for text in texts
        for kind, form in _CONTACTS.items()
        for found in form.finditer(" ".join(text.split()))
        for one in re.split(r"[,;\s]+", found[2])
        if one
    )


# ── names ─────────────────────────────────────────────────────────────────────────────────────

_FORMER = re.compile(r"\b(previous names? includes?):? ([^.;\n]{1,200})", re.IGNORECASE)
_REMARK = re.compile(
    r"formerly known as (?P<former>\S.*)"
    r"|(?P<text>[^()]*[^()\s])\s?\((?:(?P<was>(?:previously|formerly) listed)[^()]*"
    r"|birth name|call sign|combat name|initials)\)",
    re.IGNORECASE,
)
"""A name with a remark before or after it."""


def former_names(texts: Sequence[str]) -> tuple[Feature, ...]:
    """Features (other): the former names of a ship in remarks, "Previous names include X".

    They have no row, unlike the names that are listed.
    """
    return distinct(
        Feature(label=one[1], value=name.strip(), kind=FeatureKind.OTHER)
        for text in texts
        for one in _FORMER.finditer(text)
        for name in re.split(r", (?:and )?| and ", one[2])
        if name.strip()
    )


def name(fields: Fields, entry: Entry) -> Name:
    """A name, in one line; with a remark before or after it, the complete text is the note."""
    fields["text"] = one_line(fields["text"], entry)
    if (found := _REMARK.fullmatch(fields["text"])) is not None:
        fields |= {"text": found["former"] or found["text"], "note": fields["text"]}
        if (found["former"] or found["was"]) and fields.get("kind") is NameKind.AKA:
            fields["kind"] = NameKind.FKA
    return Name(**fields)
