"""The grammar of remarks in OFAC's flat files, which hold everything without a column.

    DOB 09 Aug 1972; alt. DOB 1973; POB Dhaka, Bangladesh; Gender Male; Passport X0000001
    (Utopia) expires 31 Dec 2029; Director; a.k.a. 'THE CLERK'; Linked To: EXAMPLE TRADING LLC.

Segments are separated by "; ", and one full stop ends them all. Peculiarities:

* "; ", colons and brackets also occur inside values: in titles, in names, in brackets. So a segment
  begins where one can be recognised, or where free text can begin; the title, the names of the
  file's parties and open brackets and quotes show what belongs together.
* Names in single quotes contain single quotes: "a.k.a. ''ABD-AL-'IZ'".
* The full stop at the end is not doubled: "Linked To: EXAMPLE CO., LTD." ends with that of LTD.
* Brackets after a number hold its country, or are part of the number: "121398 (Manizales)".
* The column Title is repeated in the remarks.

In OFAC's XML, structured remarks have moved to elements; what remains is free text and one pair of
brackets with all links of the entry: `all offices worldwide; (Linked To: A; Linked To: B)`. A link
gives the primary name of its target. Names contain brackets themselves, also at their end ("NASCO
POLYMERS & CHEMICALS CO SAL (OFF-SHORE)"), so brackets are not counted: a link ends where the next
one begins, and the last one at the bracket that ends the remarks or precedes "; " and something
that is not a link.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

import attrs

from sanctionslib.model import FeatureKind
from sanctionslib.reference import is_known_place, ofac_label, ofac_label_at

# Segments without a label of OFAC's tables.
ALIAS = "weak alias"
LINK = "Linked To:"
TITLE = "title, repeated"
NOTE = "standing phrase"
"""Recurring phrases without a field, such as "all offices worldwide"."""
FREE = "free text"
CUT = "cut"
"""The end of remarks that continue in a missing file."""

LABELS = {
    "DOB": "Birthdate",
    "POB": "Place of Birth",
    "nationality": "Nationality Country",
    "citizen": "Citizenship Country",
}
"""Labels that only remarks use, and their names in OFAC's other formats."""


@attrs.define(kw_only=True, eq=False)
class Segment:
    """One parsed segment."""

    name: str
    """What it is: its label in OFAC's tables or `LABELS`, or one of the constants above."""
    value: str
    """The value, without the country and the dates after it."""
    label: str = ""
    """The label as printed: "Passport", "Secondary sanctions risk:", "a.k.a."."""
    feature: FeatureKind | None = None
    """The kind of a fact whose label is not in OFAC's tables."""
    is_alternative: bool = False
    """Whether "alt." precedes it."""
    beside: Mapping[str, str] = {}
    """Values after a number: `country`, `issued`, `expires`."""
    text: str = ""
    """Its exact text with the separator: all texts joined are the remarks."""
    start: int = 0
    """Its position in the remarks."""


_Found = tuple[int, Segment]
"""The number of pieces between "; " that make the segment, and the segment."""

_SEPARATOR = "; "
_ALTERNATIVE = "alt. "
_LABEL = re.compile(rf"(?:{'|'.join(LABELS)}|{LINK})(?= )|[afn]\.k\.a\.(?= ')")

_POINT = r"(?:(?:\d{1,2} )?[A-Z][a-z]{2} )?\d{4}"
_DATE = rf"(?:circa )?{_POINT}(?: to {_POINT})?"
_NUMBER = re.compile(
    r"(?P<value>.+?)(?: \((?P<country>[^()]*(?:\([^()]*\)[^()]*)?)\))?"
    rf"(?: issued (?P<issued>{_DATE}))?(?: expires (?P<expires>{_DATE}))?",
    re.DOTALL,
)
_LOWER_CASE_WORD = re.compile(r"\b[a-z]{2,} ")
_WORD_OF_A_SENTENCE = re.compile(r"\b(?:and|expires|issued|is|was|were) ")
_OWN_STOP = re.compile(
    r"(?:\b(?:(?:[A-Z]{1,3}\.)+[A-Z]{1,3}|LTDA?|CO|INC|CORP|BROS|[JS]R|CIA)"
    r"|See Section \d+ of Executive Order \d+| prohibited)\Z",
    re.IGNORECASE,
)
"""Values that end with their own full stop, where OFAC adds no second one."""
_END = 60
"""Characters of the end that are searched for it."""
_REACH = 12
"""The most pieces of a value; the longest one seen has five."""


def _words(words: str) -> str:
    """Free text of older entries that begins with one of these words."""
    return (
        rf"(?:Alt\. )?(?P<label>(?:{words})(?![a-z])"
        r"(?! (?:and|are|has|have|is|or|was|were) )[:,]?)\s*(?P<value>[^\s:,].*)"
    )


_NO = r"(?: No\.| Number)?"
_NOTES = (
    r"(?P<value>(?:and )?(?:all|only) (?:other )?(?:offices|branches|locations)"
    r"(?: worldwide| in .+)?"
    r"|(?:all offices worldwide\. )?for more information(?: on directives)?, "
    r"please (?:visit|reference) the following link: \S+"
    r"|ICTY indictee(?: .+)?|member ETA|arrested \d+ [a-z]+ \d{4}|(?:HAMAS|PFLP|DFLP)(?: - .+)?"
    r"|(?:half-)?(?:wife|husband|son|daughter|brother|sister|nephew|niece|cousin)(?:-in-law)? of .+"
    r"|)"  # "; ; ": an empty segment
)
_PHRASES = [
    (re.compile(form, re.IGNORECASE | re.DOTALL), name, feature)
    for form, name, feature in (
        (_NOTES, NOTE, None),
        (_words(f"(?:tele)?phone{_NO}"), "Telephone", FeatureKind.PHONE),
        (_words(f"fax{_NO}"), "Fax", FeatureKind.FAX),
        (_words("email"), "Email", FeatureKind.EMAIL),
        (_words("alternate title|position(?=:)"), "Title", FeatureKind.TITLE),
        (_words(f"telex{_NO}|rank|ethnicity"), "", FeatureKind.OTHER),
        (_words("(?:occupation|tribe|subtribe)(?=:)"), "", FeatureKind.OTHER),
        (r"(?P<value>\S+@\S+\.\w+)(?: \(email\)\.?)?", "Email", FeatureKind.EMAIL),
        (
            r"(?P<value>(?:https?://|www\.)\S+?)(?: \(website\)\.?)?",
            "Website",
            FeatureKind.WEBSITE,
        ),
    )
]
"""Recurring free text: its form, its name (its label where that is ""), and the kind of Feature."""
_LINE = 200
"""The most characters of a phrase."""


def segments(
    remarks: str, *, title: str = "", names: Container[str] = (), is_cut: bool = False
) -> tuple[Segment, ...]:
    """Split remarks into segments. Never raises; the texts of the segments joined are the remarks.

    Args:
        remarks: The complete remarks, without the mark for "none".
        title: The column Title, for recognising its repetition.
        names: Primary names of the file, for finding the end of a link's name.
        is_cut: Whether the end of the remarks is missing.

    >>> [found] = segments("Passport X0000001 (Iran) expires 31 Dec 2029.")
    >>> found.label, found.value, found.beside
    ('Passport', 'X0000001', {'country': 'Iran', 'expires': '31 Dec 2029'})
    """
    return tuple(_Reader(remarks, title, names, is_cut=is_cut).read()) if remarks else ()


class _Reader:
    """Reads the pieces between "; "; its methods give the number of pieces and the next segment."""

    def __init__(self, remarks: str, title: str, names: Container[str], *, is_cut: bool) -> None:
        self.remarks = remarks
        self.stop = "." if remarks.endswith(".") and not is_cut else ""
        self.pieces = remarks.removesuffix(self.stop).split(_SEPARATOR)
        self.title = title
        self.names = names
        self.whole = len(self.pieces) - is_cut  # a truncated piece belongs to no value
        self.at = 0
        self.start = 0

    def read(self) -> Iterator[Segment]:
        while self.at < len(self.pieces):
            size, found = self.cut() or self.title_again() or self.labelled() or self.free()
            found.text = _SEPARATOR.join(self.pieces[self.at : self.at + size])
            self.at += size
            found.text += _SEPARATOR if self.at < len(self.pieces) else self.stop
            found.value = found.value.strip()
            found.start = self.start
            self.start += len(found.text)
            yield found

    def cut(self) -> _Found | None:
        """The last piece of truncated remarks."""
        is_cut = self.at == self.whole and self.pieces[-1].strip()
        return (1, Segment(name=CUT, value=self.pieces[-1])) if is_cut else None

    def title_again(self) -> _Found | None:
        """The repeated column Title, which is not a second fact."""
        end = self.start + len(self.title)
        is_there = self.title and self.remarks.startswith(self.title, self.start)
        if not is_there or self.remarks[end : end + 2] not in (_SEPARATOR, ".", ""):
            return None
        return self.title.count(_SEPARATOR) + 1, Segment(name=TITLE, value=self.title)

    def labelled(self) -> _Found | None:
        """A labelled value; None for prose, "Passport and National ID were issued"."""
        label, skip = _label_at(self.pieces[self.at])
        if label == LINK:
            return self.link(skip)
        if label.endswith(".k.a."):
            return self.alias(label, skip)
        known = ofac_label(LABELS.get(label, label))
        size = self.balanced()
        value, beside = self.body(size, skip), dict[str, str]()
        if known is None or not value:
            return None
        if known.identifier is not None:
            value, beside = _number(value)
            if _is_prose(value):
                return None
        elif known.feature in (FeatureKind.WEBSITE, FeatureKind.EMAIL):
            if " " in value:
                return None
        elif label not in ("nationality", "citizen"):
            value = self.with_own_stop(value, size)
        elif not value[0].isupper():  # "nationality possibly Palestinian"
            return None
        return size, Segment(
            name=label if label in LABELS else known.label,
            value=value,
            label=label,
            is_alternative=skip > len(label) + 1,
            beside=beside,
        )

    def alias(self, label: str, skip: int) -> _Found | None:
        """A name in single quotes; None where they are never closed."""
        for size in range(1, self.unread() + 1):
            value = self.body(size, skip)
            if len(value) > 2 and value.endswith("'"):
                return size, Segment(name=ALIAS, value=value[1:-1], label=label)
        return None

    def link(self, skip: int) -> _Found | None:
        """The name of another party: a name of the file, or up to the closing bracket."""
        for size in range(self.unread(), 0, -1):
            value = self.body(size, skip)
            for name in (value + self.stop_after(size), value):
                if name in self.names:
                    return size, Segment(name=LINK, value=name)
        size = self.balanced()
        value = self.with_own_stop(self.body(size, skip), size)
        return (size, Segment(name=LINK, value=value)) if value else None

    def free(self) -> _Found:
        """Free text."""
        size = self.balanced(min(_REACH, self.whole - self.at))
        value = self.body(size)
        for form, name, feature in _PHRASES if len(value) <= _LINE else ():
            if (found := form.fullmatch(value)) is not None:
                label = found.groupdict().get("label", "")
                stated = found["value"]
                return size, Segment(name=name or label, value=stated, label=label, feature=feature)
        return size, Segment(name=FREE, value=self.with_own_stop(value, size))

    def body(self, size: int, skip: int = 0) -> str:
        """The text of the next pieces, without the final full stop."""
        return _SEPARATOR.join(self.pieces[self.at : self.at + size])[skip:].strip()

    def stop_after(self, size: int) -> str:
        """The final full stop, where the next pieces reach it."""
        return self.stop if self.at + size == len(self.pieces) else ""

    def with_own_stop(self, value: str, size: int) -> str:
        """The value, with the final full stop where it also belongs to the value."""
        stop = self.stop_after(size)
        return value + stop if stop and _OWN_STOP.search(value[-_END:]) else value

    def unread(self) -> int:
        """The number of pieces up to the next one with a label."""
        end = min(self.at + _REACH, self.whole)
        labelled = (at for at in range(self.at + 1, end) if _label_at(self.pieces[at])[0])
        return next(labelled, end) - self.at

    def balanced(self, limit: int | None = None) -> int:
        """The number of pieces until open brackets are closed; else one.

        Inside brackets free text may look like segments ("(Following data derived from …: Alt. DOB:
        10 October 1969; nationality: …)"), so the caller can give a limit.
        """
        first = self.pieces[self.at]
        if (depth := first.count("(") - first.count(")")) <= 0:  # the usual case
            return 1
        for size in range(2, (limit or self.unread()) + 1):
            piece = self.pieces[self.at + size - 1]
            depth += piece.count("(") - piece.count(")")
            if depth <= 0:
                return size
        return 1


def _label_at(piece: str) -> tuple[str, int]:
    """The label at the start of a piece, "" for none; and the start of its value."""
    skip = len(_ALTERNATIVE) if piece.startswith(_ALTERNATIVE) else 0
    found = _LABEL.match(piece, skip)
    label = found[0] if found is not None else ofac_label_at(piece[skip:]) or ""
    return label, skip + len(label) + 1


def _number(text: str) -> tuple[str, dict[str, str]]:
    """A number, and the `country`, `issued` and `expires` after it."""
    found = _NUMBER.fullmatch(text)
    assert found is not None  # it needs only a value
    beside = {at: stated for at, stated in found.groupdict().items() if stated is not None}
    value = beside.pop("value")
    if not is_known_place(beside.get("country", "Iran")):  # the brackets are part of the number
        value = f"{value} ({beside.pop('country')})"
    return value, beside


def _is_prose(value: str) -> bool:
    """Whether it is not a number: "Passport and National ID were issued in Ulm", "Passport (Iran)"."""
    if value[:1] + value[-1:] == "()" and is_known_place(value[1:-1]):
        return True
    is_wordy = _LOWER_CASE_WORD.search(value) and not any(map(str.isdigit, value))
    return bool(is_wordy or _WORD_OF_A_SENTENCE.search(value))


# ── the links in the remarks of OFAC's XML ───────────────────────────────────────────────────

LINKED_TO = "Linked To"
"""OFAC's words for a link; the source does not state its kind."""

_LINKS = "(Linked To: "
_NEXT_LINK = re.compile(r";\s*+Linked To:")
_LAST_BRACKET = re.compile(r"\)(?=\.?\Z|\s*+;(?!\s*+Linked To:))")


def linked_names(remarks: str) -> tuple[str, ...]:
    """The names after "Linked To:", in order.

    >>> linked_names("all offices worldwide; (Linked To: BANK A; Linked To: CORPS (IRGC)-QODS)")
    ('BANK A', 'CORPS (IRGC)-QODS')
    """
    names: list[str] = []
    text, at = remarks.rstrip(), remarks.find(_LINKS)
    while at >= 0 and (end := _LAST_BRACKET.search(text, at + len(_LINKS) + 1)) is not None:
        names += map(str.strip, _NEXT_LINK.split(text[at + len(_LINKS) : end.start()]))
        at = text.find(_LINKS, end.end())
    return tuple(names)


def has_unread_links(remarks: str, names: tuple[str, ...]) -> bool:
    """Whether remarks have links that could not be read reliably.

    >>> has_unread_links("(linked to: BANK A)", ())
    True
    """
    stated = len(re.findall("linked to", remarks, re.IGNORECASE))
    return stated != len(names) or any(";" in name or ") (" in name for name in names)
