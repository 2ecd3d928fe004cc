"""The aliases of the UN's list: the names in a cell, and facts in the cell and its note.

A cell can have several names, one with more spellings in brackets, one in another script in
brackets, and remarks: "(combat name)", ", born in 1963". A note can be spellings of a name in
another script, that name, or a birth and a passport of the person under the alias.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from sanctionslib.model import Birth, Identifier, IdentifierKind, Name, NameKind
from sanctionslib.parsers._engine.dates import DATE, date_in_words
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.values import one_line

__all__ = ["FALSE", "alias"]

FALSE = re.compile(r"\b(?:counterfeit|fraudulent|false\b)", re.IGNORECASE)
_ORIGINAL = re.compile(r"(?:original script|in Arabic(?: script)?): (.+)", re.IGNORECASE)
_SPELLINGS = re.compile(r"(.+?)\(((?:[^();]|\([^()]*\))*+;(?:[^()]|\([^()]*\))*+)\)")
"""A name, and more spellings in brackets."""
_OTHER = "\u0370-\u1dff\u3040-\ufefc"
"""Letters that are not Latin."""
_IN_OTHER, _IN_LATIN = re.compile(f"[{_OTHER}]"), re.compile("[A-Za-z]")
_REMARK_BEHIND = re.compile(
    r"(.+?)(?:,?\s(born\s.+)|\s?\(((?:combat|birth|maiden|religious|code) name|call sign|nom de guerre"
    r"|(?:previously|formerly) listed as|original script|false identity [^()]+)\))",
    re.IGNORECASE,
)
"""A name, and a remark after it."""
_PECULIAR = re.compile(rf"[;(,{_OTHER}]|\bborn\b")
"""Characters and words of cells that can have more than one name."""
_BORN = re.compile(
    rf"\b(?:born|DOB:|DPOB[ :-]{{1,3}})\s?(?:[^\d;.()]{{0,40}}? )?({DATE})", re.IGNORECASE
)
_PASSPORT = re.compile(r"\bpassport (?:number|no)\b[.:]? ?([A-Z]{0,3} ?\d[\w/-]+)", re.IGNORECASE)
"""A passport in a note on an alias."""


def alias(fields: Fields, entry: Entry) -> object:
    """The names in one cell, also in another script, and further facts in the cell and the note."""
    text, births = one_line(fields.pop("text"), entry), fields.pop("inner", ())
    note = fields.get("note")
    if note is None and not births and not _PECULIAR.search(text):
        return Name(text=text, **fields)
    note = one_line(note or "", entry)
    if found := _REMARK_BEHIND.fullmatch(text):
        text, note = found[1], "; ".join(filter(None, (found[2] or found[3], note)))
    fields["note"] = note or None
    texts, script = _spelled(text)
    names = [Name(text=one, **fields) for one in texts]
    found = _ORIGINAL.search(note)
    if original := script or (found[1] if found else ""):
        names.append(attrs.evolve(names[0], text=original, kind=NameKind.ORIGINAL_SCRIPT))
    elif ";" in note and not _IN_LATIN.search(text) and not re.search(r"[:()\d]", note):
        names += [attrs.evolve(names[0], text=one, note=None) for one in _parted(note)]
    stated = f"of the alias {text}"
    return (*names, *(attrs.evolve(one, note=stated) for one in (*births, *_told(note, entry))))


def _spelled(text: str) -> tuple[list[str], str]:
    """The names in a text, and the original script in brackets."""
    if found := _SPELLINGS.fullmatch(text):
        return _parted(f"{found[1]};{found[2]}"), ""
    first, _, rest = text.rstrip(" ,").partition("(")
    inner = re.sub("^original script:", "", rest[:-1], flags=re.IGNORECASE).strip()
    is_other = _IN_OTHER.search(first) is not None
    if rest[-1:] != ")" or not first.strip() or is_other is (_IN_OTHER.search(inner) is not None):
        return _parted(text), ""
    if _IN_LATIN.search(first if is_other else inner):  # Latin letters in both: not another script
        return _parted(text), ""
    return ([first.strip(), inner], "") if is_other else ([first.strip()], inner)


def _parted(text: str) -> list[str]:
    """The names separated by semicolons."""
    return [one for each in text.split(";") if (one := each.strip())] or [text]


def _told(note: str, entry: Entry) -> Iterator[Birth | Identifier]:
    """A birth and a passport in a note on an alias."""
    for found in _BORN.finditer(note):
        if (date := date_in_words(found[1], entry)).is_read:
            yield Birth(date=date)
    for found in _PASSPORT.finditer(note):
        yield Identifier(
            value=found[1].strip(),
            kind=IdentifierKind.PASSPORT,
            valid=False if FALSE.search(note, 0, found.start()) else None,
            raw_kind="Passport",
        )
