"""The grammar of OFAC's remarks in its flat files, where everything without a column stands.

    DOB 09 Aug 1972; alt. DOB 1973; POB Dhaka, Bangladesh; Gender Male; Passport X0000001
    (Utopia) expires 31 Dec 2029; Director; a.k.a. 'THE CLERK'; Linked To: EXAMPLE TRADING LLC.

Segments stand between "; " and one full stop ends them all. What is unusual about them:

* "; ", colons and brackets occur inside values too: in titles, in names, in brackets. So a segment
  begins where one can be recognised, or where free text can; the title, the names of the file's
  parties and open brackets and quotes tell what belongs together.
* Names in single quotes hold single quotes: "a.k.a. ''ABD-AL-'IZ'".
* The full stop at the end is not doubled: "Linked To: EXAMPLE CO., LTD." ends with that of LTD.
* Brackets after a number are its country, or part of the number: "121398 (Manizales)".
* The column Title is repeated in the remarks.

In OFAC's XML structured remarks have moved into elements; what stays is free text and one pair of
brackets with all links of the entry: `all offices worldwide; (Linked To: A; Linked To: B)`. A link
names its target by primary name. Names hold brackets themselves, also at their end ("NASCO POLYMERS &
CHEMICALS CO SAL (OFF-SHORE)"), so brackets are not counted: a link ends where the next one begins, and
the last one at the bracket that ends the remarks or stands before "; " and something that is no link.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Container, Iterator

import attrs

from sanctionslib.model import FeatureKind
from sanctionslib.reference import OfacLabel, is_known_place, ofac_label, ofac_label_at

__all__ = [
    "LINKED_TO",
    "Segment",
    "SegmentKind",
    "has_unread_links",
    "linked_names",
    "segments",
]


class SegmentKind(enum.Enum):
    """What a segment of remarks states."""

    BIRTH_DATE = "DOB"
    BIRTH_PLACE = "POB"
    NATIONALITY = "nationality"
    CITIZENSHIP = "citizen"
    LABELLED = "label and value"
    """A number or a fact under a label that we know."""
    ALIAS = "weak alias"
    LINK = "Linked To:"
    TITLE = "title, repeated"
    """The column Title once more: no second fact."""
    NOTE = "standing phrase"
    """Words that OFAC uses again and again, "all offices worldwide", without a field of their own."""
    FREE = "free text"
    CUT = "cut"
    """The end of remarks that go on in another file which is not there."""


@attrs.define(kw_only=True, eq=False)
class Segment:
    """One segment, with what was read of it."""

    text: str
    """Its exact text with what separates it from the next: all joined are the remarks."""
    start: int
    """Where it begins in the remarks."""
    pieces: int = 1
    """How many pieces between "; " it is made of."""
    kind: SegmentKind = SegmentKind.FREE
    """What it states."""
    is_alternative: bool = False
    """Whether "alt." stands before it."""
    label: str = ""
    """The label as printed: "Passport", "Secondary sanctions risk:", "a.k.a."."""
    known: OfacLabel | None = None
    """What the label means."""
    value: str = ""
    """The value, without the country and the dates that follow it."""
    country: str | None = None
    """The country in brackets after a number."""
    issued: str | None = None
    """The date after "issued"."""
    expires: str | None = None
    """The date after "expires"."""

    @property
    def name(self) -> str:
        """What the audit counts it by: its label, or the kind of segment."""
        if self.known is None:
            return self.kind.value
        return self.known.label or self.label

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.start + len(self.text)


_SEPARATOR = "; "
_ALTERNATIVE = "alt. "
_LINKED_TO = "Linked To:"
_HEADS = {
    "DOB ": SegmentKind.BIRTH_DATE,
    "POB ": SegmentKind.BIRTH_PLACE,
    "nationality ": SegmentKind.NATIONALITY,
    "citizen ": SegmentKind.CITIZENSHIP,
    "Linked To: ": SegmentKind.LINK,
}
_COUNTRIES = frozenset({SegmentKind.NATIONALITY, SegmentKind.CITIZENSHIP})
_HEAD = re.compile("|".join(_HEADS))
_ALIAS = re.compile(r"([afn]\.k\.a\.) '")

_POINT = r"(?:(?:\d{1,2} )?[A-Z][a-z]{2} )?\d{4}"
_DATE = rf"(?:circa )?{_POINT}(?: to {_POINT})?"
_NUMBER = re.compile(
    r"(?P<value>.+?)(?: \((?P<country>[^()]*(?:\([^()]*\)[^()]*)?)\))?"
    rf"(?: issued (?P<issued>{_DATE}))?(?: expires (?P<expires>{_DATE}))?",
    re.DOTALL,
)

_NUMBER_ALONE = re.compile(
    rf"(?P<value>.+?)(?P<country>(?!))?(?: issued (?P<issued>{_DATE}))?"
    rf"(?: expires (?P<expires>{_DATE}))?",
    re.DOTALL,
)
_DIGIT = re.compile(r"\d")
_WORDY = re.compile(r"\b[a-z]{2,} ")
_SENTENCE_WORD = re.compile(r"\b(?:and|expires|issued|is|was|were) ")
_OF_ONE_WORD = frozenset({FeatureKind.WEBSITE, FeatureKind.EMAIL})

_PHONE = OfacLabel(label="Telephone", feature=FeatureKind.PHONE)
_FAX = OfacLabel(label="Fax", feature=FeatureKind.FAX)
_EMAIL = OfacLabel(label="Email", feature=FeatureKind.EMAIL)
_WEBSITE = OfacLabel(label="Website", feature=FeatureKind.WEBSITE)
_TITLE = OfacLabel(label="Title", feature=FeatureKind.TITLE)
_OTHER = OfacLabel(label="", feature=FeatureKind.OTHER)

# Labels that stand in no table of OFAC's and begin free text of older entries all the same.
_WORDS = {
    "telephone": _PHONE,
    "phone": _PHONE,
    "fax": _FAX,
    "telex": _OTHER,
    "email": _EMAIL,
    "alternate title": _TITLE,
    "position": _TITLE,
    "occupation": _OTHER,
    "rank": _OTHER,
    "tribe": _OTHER,
    "subtribe": _OTHER,
    "ethnicity": _OTHER,
}
_WORD = re.compile(
    r"\s*(?:Alt\. )?(?P<label>(?P<word>telephone|phone|fax|telex)(?: No\.| Number)?"
    r"|(?P<named>email|alternate title|rank|ethnicity|(?:position|occupation|tribe|subtribe)(?=:)))"
    r"(?![a-z])(?! (?:and|are|has|have|is|or|was|were) )(?P<mark>[:,]?)\s*(?P<value>[^\s:,].*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE_EMAIL = re.compile(r"(\S+@\S+\.\w+)(?: \(email\)\.?)?")
_BARE_WEBSITE = re.compile(r"((?:https?://|www\.)\S+?)(?: \(website\)\.?)?")

_NOTE = re.compile(
    r"(?:and )?(?:all|only) (?:other )?(?:offices|branches|locations)(?: worldwide| in .+)?"
    r"|(?:all offices worldwide\. )?for more information(?: on directives)?, "
    r"please (?:visit|reference) the following link: \S+"
    r"|ICTY indictee(?: .+)?|member ETA|arrested \d+ [a-z]+ \d{4}"
    r"|(?:HAMAS|PFLP|DFLP)(?: - .+)?"
    r"|(?:half-)?(?:wife|husband|son|daughter|brother|sister|nephew|niece|cousin)"
    r"(?:-in-law)? of .+",
    re.IGNORECASE,
)

# Values that end with a full stop of their own, where OFAC sets no second one.
_SENTENCE = re.compile(r"(?:See Section \d+ of Executive Order \d+| prohibited)\Z")
_ABBREVIATION = re.compile(
    r"\b(?:(?:[A-Z]{1,3}\.)+[A-Z]{1,3}|LTDA?|CO|INC|CORP|BROS|[JS]R|CIA)\Z", re.IGNORECASE
)
_END = 60
"""Characters in which they are looked for."""
_REACH = 12
"""Pieces that a value can be made of; the longest seen has five."""
_LINE = 200
"""Characters that a contact or a standing phrase can have."""
_NAMES = frozenset({"aircraft_operator", "organization_type", "vessel_owner"})
"""Fields whose values are words that may end with an abbreviation; numbers and addresses of the
internet only look as if they did."""


def segments(
    remarks: str, *, title: str = "", names: Container[str] = (), is_cut: bool = False
) -> tuple[Segment, ...]:
    """Take remarks apart. Never raises; the texts of the segments joined are the remarks.

    Args:
        remarks: The whole remarks, without the mark for "none".
        title: The column Title, to know its repetition by.
        names: Primary names of the file, to know where the name of a link ends.
        is_cut: Whether the end of the remarks is missing.

    >>> [found] = segments("Passport X0000001 (Iran) expires 31 Dec 2029.")
    >>> found.label, found.value, found.country, found.expires
    ('Passport', 'X0000001', 'Iran', '31 Dec 2029')
    """
    return tuple(_Reader(remarks, title, names, is_cut=is_cut).read()) if remarks else ()


class _Reader:
    """Goes through the pieces between "; "."""

    def __init__(self, remarks: str, title: str, names: Container[str], *, is_cut: bool) -> None:
        self.remarks = remarks
        self.pieces = remarks.split(_SEPARATOR)
        self.title = title
        self.names = names
        self.is_cut = is_cut
        self.whole = len(self.pieces) - is_cut  # what is cut belongs to nothing
        self.at = 0
        self.start = 0
        self.skip = 0

    def read(self) -> Iterator[Segment]:
        last = len(self.pieces) - 1
        while self.at <= last:
            piece = self.pieces[self.at]
            self.skip = len(_ALTERNATIVE) if piece.startswith(_ALTERNATIVE) else 0
            if self.is_cut and self.at == last and piece.strip():
                self.skip = 0
                yield self.made(1, SegmentKind.CUT, value=piece)
            else:
                yield self.title_again() or self.headed() or self.labelled() or self.free()

    def made(
        self,
        size: int,
        kind: SegmentKind,
        *,
        label: str = "",
        known: OfacLabel | None = None,
        value: str = "",
        number: re.Match[str] | None = None,
    ) -> Segment:
        """The segment of the next pieces; goes on behind them."""
        text = _SEPARATOR.join(self.pieces[self.at : self.at + size])
        self.at += size
        if self.at < len(self.pieces):
            text += _SEPARATOR
        start, self.start = self.start, self.start + len(text)
        return Segment(
            text=text,
            start=start,
            pieces=size,
            kind=kind,
            is_alternative=self.skip > 0,
            label=label,
            known=known,
            value=(number["value"] if number else value).strip(),
            country=number["country"] if number else None,
            issued=number["issued"] if number else None,
            expires=number["expires"] if number else None,
        )

    def body(self, size: int, skip: int = 0) -> str:
        """The text of the next pieces from `skip` on, without the full stop that ends all."""
        text = _SEPARATOR.join(self.pieces[self.at : self.at + size])[self.skip + skip :]
        return text.removesuffix(".") if self.is_stopped(size) else text

    def is_stopped(self, size: int) -> bool:
        """Whether the next pieces end with the full stop that ends all."""
        at_end = self.at + size >= len(self.pieces) and not self.is_cut
        return at_end and self.pieces[-1].endswith(".")

    def title_again(self) -> Segment | None:
        """The column Title, repeated."""
        if not self.title or not self.remarks.startswith(self.title, self.start):
            return None
        size = self.title.count(_SEPARATOR) + 1
        end = self.start + len(self.title)
        stop = 1 if self.is_stopped(size) and not self.title.endswith(".") else 0
        if end + stop != len(self.remarks) and not self.remarks.startswith(_SEPARATOR, end):
            return None
        self.skip = 0
        return self.made(size, SegmentKind.TITLE, value=self.title)

    def headed(self) -> Segment | None:
        """Births, nationalities, links, weak aliases."""
        piece = self.pieces[self.at]
        if (found := _ALIAS.match(piece, self.skip)) is not None:
            return self.alias(found[1], found.end() - self.skip)
        if (found := _HEAD.match(piece, self.skip)) is None:
            return None
        kind, skip = _HEADS[found[0]], len(found[0])
        if kind is SegmentKind.LINK:
            return self.link(skip)
        size = self.balanced()
        value = self.body(size, skip)
        if not value or (kind in _COUNTRIES and not value[0].isupper()):
            return None  # "nationality possibly Palestinian"
        if (
            kind is SegmentKind.BIRTH_PLACE
            and self.is_stopped(size)
            and _ABBREVIATION.search(value)
        ):
            value += "."
        return self.made(size, kind, label=found[0].rstrip(), value=value)

    def alias(self, label: str, skip: int) -> Segment | None:
        """A name in single quotes; None where they are never closed."""
        for size in range(1, self.unread() + 1):
            value = self.body(size, skip)
            if len(value) > 1 and value.endswith("'"):
                return self.made(size, SegmentKind.ALIAS, label=label, value=value[:-1])
        return None

    def link(self, skip: int) -> Segment | None:
        """The name of another party: as the file has it, or as far as brackets are open."""
        for size in range(self.unread(), 0, -1):
            value = self.body(size, skip)
            for name in (f"{value}.", value) if self.is_stopped(size) else (value,):
                if name in self.names:
                    return self.made(size, SegmentKind.LINK, label=_LINKED_TO, value=name)
        size = self.balanced()
        value = self.body(size, skip)
        if not value:
            return None
        if self.is_stopped(size) and _abbreviates(value):
            value += "."
        return self.made(size, SegmentKind.LINK, label=_LINKED_TO, value=value)

    def labelled(self) -> Segment | None:
        """A value under a label of OFAC's vocabulary."""
        label = ofac_label_at(self.pieces[self.at][self.skip :])
        known = ofac_label(label) if label is not None else None
        if label is None or known is None:
            return None
        size = self.balanced()
        value = self.body(size, len(label) + 1)
        if not value.strip():
            return None
        if known.identifier is not None:
            number = _NUMBER.fullmatch(value)
            if number is not None and not is_known_place(number["country"] or "Iran"):
                number = _NUMBER_ALONE.fullmatch(value)
            if number is None or _is_prose(number["value"]) or _is_country(number["value"]):
                return None
            return self.made(size, SegmentKind.LABELLED, label=label, known=known, number=number)
        if known.feature in _OF_ONE_WORD and " " in value.strip():
            return None
        if self.is_stopped(size) and _has_own_stop(value, known):
            value += "."
        return self.made(size, SegmentKind.LABELLED, label=label, known=known, value=value)

    def free(self) -> Segment:
        """Free text."""
        self.skip = 0
        size = self.balanced(min(_REACH, self.whole - self.at))
        value = self.body(size)
        if not value.strip():  # "; ; ": nothing is said
            return self.made(size, SegmentKind.NOTE)
        if len(value) <= _LINE and (read := self.phrase(size, value)) is not None:
            return read
        if self.is_stopped(size) and _abbreviates(value):
            value += "."
        return self.made(size, SegmentKind.FREE, value=value)

    def phrase(self, size: int, value: str) -> Segment | None:
        """Contact data, and words that recur."""
        if _NOTE.fullmatch(value):
            return self.made(size, SegmentKind.NOTE, value=value)
        if found := _WORD.fullmatch(value):
            known = _WORDS[(found["word"] or found["named"]).lower()]
            return self.made(
                size,
                SegmentKind.LABELLED,
                label=found["label"] + found["mark"],
                known=known,
                value=found["value"],
            )
        for pattern, known in ((_BARE_EMAIL, _EMAIL), (_BARE_WEBSITE, _WEBSITE)):
            if found := pattern.fullmatch(value):
                return self.made(size, SegmentKind.LABELLED, known=known, value=found[1])
        return None

    def unread(self) -> int:
        """The number of pieces up to the next one that begins a segment of its own."""
        size = 1
        for piece in self.pieces[self.at + 1 : min(self.at + _REACH, self.whole)]:
            skip = len(_ALTERNATIVE) if piece.startswith(_ALTERNATIVE) else 0
            if _HEAD.match(piece, skip) or _ALIAS.match(piece, skip) or ofac_label_at(piece[skip:]):
                break
            size += 1
        return size

    def balanced(self, limit: int | None = None) -> int:
        """The number of pieces after which brackets that opened are closed; else one.

        Within brackets free text may look like segments of its own ("(Following data derived
        from …: Alt. DOB: 10 October 1969; nationality: …)"), so there is a limit to give.
        """
        first = self.pieces[self.at]
        if first.count("(") <= first.count(")"):  # mostly: then nothing has to be looked for
            return 1
        depth = 0
        for size in range(1, (limit or self.unread()) + 1):
            piece = self.pieces[self.at + size - 1]
            depth += piece.count("(") - piece.count(")")
            if depth <= 0:
                return size
        return 1


def _is_prose(value: str) -> bool:
    """Whether it is no number: "Passport and National ID were issued in Ulm"."""
    if _SENTENCE_WORD.search(value):
        return True
    return _WORDY.search(value) is not None and not _DIGIT.search(value)


def _is_country(value: str) -> bool:
    """Whether it is the country alone, of a number that is not there: "Passport (Iran)"."""
    return value[:1] + value[-1:] == "()" and is_known_place(value[1:-1])


def _has_own_stop(value: str, known: OfacLabel) -> bool:
    """Whether the full stop at the end of all belongs to the value too."""
    if known.field in _NAMES or known.feature is FeatureKind.SECURITY_ISSUER:
        return _abbreviates(value)
    return _SENTENCE.search(value, max(0, len(value) - _END)) is not None


def _abbreviates(value: str) -> bool:
    """Whether a value ends with what may be an abbreviation."""
    return _ABBREVIATION.search(value, max(0, len(value) - _END)) is not None


# ── the links in the remarks of OFAC's XML ───────────────────────────────────────────────────

LINKED_TO = "Linked To"
"""OFAC's words for a link; the source does not say of what sort it is."""

_OPENS = "(Linked To: "
_BLANKS = re.compile(r"\s*+")
_GOES_ON = re.compile(r";\s*+Linked To:")


def linked_names(remarks: str) -> tuple[str, ...]:
    """The names after "Linked To:", in order.

    >>> linked_names("all offices worldwide; (Linked To: BANK A; Linked To: CORPS (IRGC)-QODS)")
    ('BANK A', 'CORPS (IRGC)-QODS')
    """
    names: list[str] = []
    text, end = remarks.rstrip(), 0
    while (start := text.find(_OPENS, end)) >= 0:
        start += len(_OPENS)
        end = _closes(text, start)
        if end < 0:  # nor is there a bracket that ends later ones
            break
        names += [name.strip() for name in _GOES_ON.split(text[start:end])]
    return tuple(names)


def _closes(text: str, start: int) -> int:
    """Where the bracket stands that ends the links which begin at `start`; -1 where none does."""
    at = text.find(")", start + 1)
    while at >= 0:
        blanks = _BLANKS.match(text, at + 1)
        after = blanks.end() if blanks is not None else at + 1
        is_last = text[after:] in ("", ".") if after >= len(text) - 1 else False
        if is_last or (text[after] == ";" and _GOES_ON.match(text, after) is None):
            break
        at = text.find(")", at + 1)
    return at


def has_unread_links(remarks: str, names: tuple[str, ...]) -> bool:
    """Whether remarks speak of links that were not read, or not cleanly.

    >>> has_unread_links("(linked to: BANK A)", ())
    True
    """
    said = len(re.findall("linked to", remarks, re.IGNORECASE))
    return said != len(names) or any(";" in name or ") (" in name for name in names)
