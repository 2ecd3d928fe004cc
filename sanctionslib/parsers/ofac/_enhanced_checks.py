"""What OFAC's enhanced XML says twice, held against each other before a party's table reads it.

* A number beside a word ("refId") must be that of the word in the file's own reference values.
* One name or address can have forms in several scripts; one of them is called the main one.
* The whole of a name stands beside its pieces, and again on a document that bears it.
* A date is four days, and two flags say whether it is a range and approximate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sanctionslib.answers import IssueKind
from sanctionslib.model import PartialDate, Precision
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.maker import Texts
from sanctionslib.parsers._engine.rules import Many, Rules, joined
from sanctionslib.parsers._engine.values import FLAGS
from sanctionslib.parsers.ofac._dates import from_four_days, iso_day

__all__ = [
    "ADDRESSES",
    "DAYS",
    "DOCUMENT",
    "FORMS",
    "NAMES",
    "PARTS",
    "PIECES",
    "References",
    "check_party",
    "four_days",
    "says_nothing",
]

NAMES, ADDRESSES = "names/name", "addresses/address"
FORMS, PARTS = "translations/translation", "addressParts/addressPart"
PIECES = ("formattedLastName", "formattedFirstName")
DOCUMENT = "identityDocuments/identityDocument"
DAYS = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd", "isApproximate", "isDateRange")


class References:
    """The file's own words by their number, and what the parties say against them.

    Args:
        words: The reference values.
        labels: The labels of features.
        rules: The table of a party.
    """

    def __init__(self, words: Mapping[str, str], labels: Mapping[str, str], rules: Rules) -> None:
        self.words = words
        self.labels = labels
        self.numbers = Numbers(rules)
        self.reported: set[tuple[str, str, str]] = set()

    def check(self, entry: Entry) -> None:
        """Hold each number against the word beside it; a number alone gets its word."""
        self._check(entry.texts, self.numbers, entry)

    def _check(self, texts: Texts, numbers: Numbers, entry: Entry) -> None:
        for at, word, path, is_label in numbers.words:
            if (number := texts.get(at)) is None:
                continue
            table = self.labels if is_label else self.words
            known, said = table.get(number), texts.get(word)
            if known != said and table:  # the service's answer for one id has no tables
                self._report(entry, path, number, said, known)
                if said is None:
                    texts[word] = known
        for at, below in numbers.below:
            for one in texts.get(at, ()):
                self._check(one, below, entry)

    def _report(
        self, entry: Entry, path: str, number: str, text: str | None, known: str | None
    ) -> None:
        """Report a number and a word that do not agree, once for all parties."""
        if known is None:
            says = f"{number} at {path} is in no table of the file"
        elif text is None:
            says = f"{number} at {path} has no word; {known!r} is what the file's own table says"
        else:
            says = (
                f"{text!r} at {path} is {known!r} in the file's own table; it is kept as {text!r}"
            )
        key = (path, number, text or "")
        if key not in self.reported:
            self.reported.add(key)
            entry.issue(IssueKind.DANGLING, says, path)


class Numbers:
    """Where a group has numbers of words, by its rules."""

    def __init__(self, rules: Rules, path: str = "") -> None:
        self.words = [
            (at, word, joined(path, word), at.endswith("featureTypeId"))
            for at in rules
            if (word := _word_of(at)) is not None
        ]
        """Of each number its key, that of its word, the path of the word, whether it is a label."""
        groups = {at: rule.group for at, rule in rules.items() if isinstance(rule, Many)}
        self.below = [
            (at, Numbers(one.rules, joined(path, at))) for at, one in groups.items() if one
        ]


def _word_of(at: str) -> str | None:
    """Where the word of a number stands, inside its group; None for what is no number."""
    element, _, attribute = at.partition("@")
    if attribute in ("refId", "featureTypeId"):
        return element or "."
    return "value" if at == "valueRefId" else None


def check_party(texts: Texts, entry: Entry) -> None:
    """Hold the names, the addresses and the documents of a party against what they repeat."""
    for path in (NAMES, ADDRESSES):
        for one in texts.get(path, ()):
            _main_first(one, f"{path}/{FORMS}", entry)
    for one in texts.get(NAMES, ()):
        for form in one.get(FORMS, ()):
            _check_pieces(form, entry)
    if ADDRESSES in texts:
        texts[ADDRESSES] = [one for one in texts[ADDRESSES] if not says_nothing(one)]
    _check_documents(texts, entry)


def _main_first(texts: Texts, path: str, entry: Entry) -> None:
    """Put the main one of several forms first."""
    forms = cast("list[Texts]", texts.get(FORMS, []))
    is_main = [FLAGS.get(one.get("isPrimary", "")) for one in forms]
    if is_main.count(True) == 1:
        forms.insert(0, forms.pop(is_main.index(True)))
    elif forms:
        entry.issue(
            IssueKind.STRUCTURE,
            f"{is_main.count(True) or 'none'} of the {len(forms)} forms at {path} are called the "
            "main one; they are kept in the order of the file",
            path,
        )
    if None in is_main:
        for one in forms:
            if (text := one.get("isPrimary", "true")) not in FLAGS:
                entry.unread(text, f"{path}/isPrimary")


def says_nothing(address: Mapping[str, Any]) -> bool:
    """Whether an address has neither a country nor a part in any of its forms."""
    forms = address.get(FORMS, ())
    return address.keys() <= {"@id", FORMS} and not any(PARTS in one for one in forms)


def _check_pieces(form: Texts, entry: Entry) -> None:
    """Hold the pieces of a name, "LAST" and "First", against the whole, which they can stand for."""
    pieces = {at: form[at] for at in PIECES if at in form}
    text = ", ".join(pieces.values())
    if pieces and form.setdefault("formattedFullName", text) != text:
        entry.unexpected += [(f"{NAMES}/{FORMS}/{at}", text) for at, text in pieces.items()]


def _check_documents(texts: Texts, entry: Entry) -> None:
    """Hold the name that a document bears against the names of the party."""
    known: dict[object, tuple[object, object]] = {}
    for name in texts.get(NAMES, ()):
        for form in name.get(FORMS, ()):
            said = name.get("@id"), form.get("formattedFullName")
            known.setdefault(form.get("@id"), said)
    for one in texts.get(DOCUMENT, ()):
        bears = {at: text for at, text in one.items() if at.startswith("name")}
        uid, text = bears.get("name@nameTranslationId"), bears.get("name")
        if bears and known.get(uid) != (bears.get("name@nameId"), text):
            entry.issue(
                IssueKind.DANGLING,
                f"a document bears the name {uid} ({text!r}), which the party does not have",
                f"{DOCUMENT}/name",
            )
            for at, value in bears.items():
                entry.misfit(f"{DOCUMENT}/{at}", value)


def four_days(texts: Mapping[str, str], at: str, path: str, entry: Entry) -> PartialDate:
    """The date of an element; what of it cannot be read is reported and kept."""
    given = [texts.get(f"{at}/{name}") for name in DAYS]
    read, is_clean = entry.reading.once(_date_of, *given)
    if not is_clean:
        entry.unread(" ".join(one or "-" for one in given[:4]), path, is_kept=True)
        for name, text in zip(DAYS, given, strict=True):
            if text is not None:
                entry.misfit(f"{path}/{name}", text)
    return read


def _date_of(*texts: str | None) -> tuple[PartialDate, bool]:
    """The date of four days and two flags, and whether all of them can be read and agree."""
    first, second, third, fourth = (None if one is None else iso_day(one) for one in texts[:4])
    days = (first, second, third, fourth)
    approximate, is_range = (None if one is None else FLAGS.get(one) for one in texts[4:])
    read = from_four_days(days, approximate=approximate or False, is_range=is_range)
    known = [one is not None for one in (*days, approximate, is_range)]
    given = [one is not None for one in texts]
    if read is None or known[:4] != given[:4]:
        return PartialDate(raw=" ".join(one or "-" for one in texts[:4])), False
    agrees = is_range is None or is_range is (read.precision is Precision.RANGE)
    return read, agrees and read.is_read and known == given
