"""A list's spelling of a country → `Country` with its ISO 3166-1 alpha-2 code.

Sources: ISO 3166-1 (short names, without "the") and 3166-3 from general knowledge; OFAC's COUNTRY
reference values of 28 August 2024, with OFAC's own isoCode; every spelling in the classic OFAC
files, and the usual ones of the UN, EU, UK, Australian, Canadian and trade.gov lists.

Peculiarities:

* Several OFAC values have no code, and get none here (`data/places_without_code.tsv`: "West Bank",
  "Region: Crimea", "undetermined" …), but they are known places. Kosovo has the user-assigned XK.
  OFAC's country "Palestinian" is PS.
* A dissolved state keeps its withdrawn code ("USSR" is SU); a renamed one is read as its present
  one ("Zaire" is CD). CS is Serbia and Montenegro, so Czechoslovakia, which had the code before,
  has none: otherwise the two would be equal.
* Two-letter codes (trade.gov) and words for nationals ("Afghan") are read only as a whole value,
  never at the end of a place: "Sacramento, CA" is not in Canada.
* "Congo" and "Korea" are two states each and have no code.
* Names in other languages (`data/country_names.tsv`, from general knowledge and from the lists of
  France, Japan, Ukraine, Poland, the United Arab Emirates and Argentina) are also read only as a
  whole value; only those that differ from English are in the table.
* Notes around a name ("Germany (previous address)", "(1) Iraq (2) Iran") are for the parser that
  knows its source.
"""

from __future__ import annotations

import functools
import string
from collections.abc import Mapping

import attrs

from sanctionslib.errors import NotFoundError
from sanctionslib.model.places import Country
from sanctionslib.reference.tables import Table, fold, near, rows

__all__ = ["CountryTable", "countries", "country_at_end", "is_known_place", "read_country"]

# The US state has the same name as the country. OFAC writes US places with "GA", "USA" or "United States";
# in its files of 2020 to 2024 a last word "Georgia" is the country (6 of 6).
_TOWNS_OF_GEORGIA_US = frozenset(
    {"albany", "athens", "atlanta", "augusta", "columbus", "macon", "marietta", "savannah"}
)


@attrs.frozen
class _Tables:
    names: dict[str, str] = attrs.Factory(dict[str, str])
    """Code → ISO's short name."""
    statuses: dict[str, str] = attrs.Factory(dict[str, str])
    """Code → current, withdrawn, user-assigned."""
    anywhere: dict[str, str] = attrs.Factory(dict[str, str])
    """Folded spelling → code; also read at the end of a place."""
    whole: dict[str, str] = attrs.Factory(dict[str, str])
    """Folded spelling → code; read only as a whole value."""
    without_code: set[str] = attrs.Factory(set[str])
    """Folded texts of places that have no code."""


@functools.cache
def _tables() -> _Tables:
    found = _Tables()
    for row in rows("countries.tsv"):
        code = row["code"]
        found.names[code], found.statuses[code] = row["name"], row["status"]
        found.anywhere.update((_key(text), code) for text in row["spellings"].split("|"))
        found.whole.update((_key(text), code) for text in row["whole_only"].split("|"))
    for row in rows("country_names.tsv"):
        found.whole.update((_key(text), row["code"]) for text in row["names"].split("|"))
    found.without_code.update(_key(row["text"]) for row in rows("places_without_code.tsv"))
    for spellings in (found.anywhere, found.whole):
        spellings.pop("", None)  # of a cell without any
    return found


_ENDS = " .;,"
"""Characters around a name that are not part of it."""
_BEHIND = _ENDS + string.whitespace


def _key(text: str) -> str:
    """The text without differences in case, blanks, apostrophes, "the" and full stops."""
    pieces = [" ".join(piece.split()) for piece in fold(text).casefold().split(",")]
    return ", ".join(pieces).removeprefix("the ").strip(_ENDS)


@functools.cache
def _most_pieces() -> int:
    """Pieces between commas that a spelling can have."""
    return max(text.count(",") for text in _tables().anywhere) + 1


def _code(text: str) -> str | None:
    tables = _tables()
    stripped = text.strip()
    if len(stripped) == 2 and stripped in tables.names:  # the table has only upper case
        return stripped
    key = _key(text)
    return tables.anywhere.get(key) or tables.whole.get(key)


@functools.lru_cache(maxsize=8192)
def read_country(text: str) -> Country:
    """Read a value that a list states as a country, flag or nationality.

    Equal texts give the same object.

    Returns:
        The country with `raw` as given; its `code` is None where the text has none, or where the
        spelling is unknown: `is_known_place` distinguishes the two.

    >>> from sanctionslib.reference import read_country
    >>> read_country("Korea, North").code, read_country("Burma").code
    ('KP', 'MM')
    >>> read_country("Region: Crimea")
    Country(raw='Region: Crimea')
    """
    return Country(code=_code(text), raw=text)


def is_known_place(text: str) -> bool:
    """Whether the spelling is known: it has a code, or is known to have none.

    >>> from sanctionslib.reference import is_known_place
    >>> is_known_place("Iran"), is_known_place("West Bank"), is_known_place("Atlantis")
    (True, True, False)
    """
    return read_country(text).code is not None or _key(text) in _tables().without_code


def country_at_end(text: str) -> Country | None:
    """The country at the end of a place: the longest run of last pieces that spells one.

    Never a two-letter code (US states look like them) or a word for nationals. "Georgia" is the
    country, as in OFAC's files, unless one of the larger towns of the US state precedes it.

    Returns:
        The country with `raw` as printed, or None where the text does not end with one.

    >>> from sanctionslib.reference import country_at_end
    >>> country_at_end("Pyongyang, Korea, North")
    Country(code='KP', raw='Korea, North')
    >>> country_at_end("Sacramento, CA") is None
    True
    """
    spellings = _tables().anywhere
    body = text.rstrip(_BEHIND)
    pieces = body.split(",")
    for start in range(max(0, len(pieces) - _most_pieces()), len(pieces)):
        run = (",".join(pieces[start:]) + text[len(body) :]).strip()
        code = spellings.get(_key(run))
        if code is None:
            continue
        if code == "GE" and start and pieces[start - 1].strip().casefold() in _TOWNS_OF_GEORGIA_US:
            return None
        return read_country(run)
    return None


def _names() -> Mapping[str, str]:
    return _tables().names


class CountryTable(Table[str]):
    """ISO 3166-1 alpha-2 code → short name, including withdrawn codes and XK (Kosovo).

    >>> from sanctionslib.reference import countries
    >>> countries["BD"]
    'Bangladesh'
    >>> countries.code_of("Burma"), countries.status("AN")
    ('MM', 'withdrawn')
    """

    def _unknown(self, code: str) -> NotFoundError:
        if meant := _code(code) or _code(code.upper()):  # a name, or a code in lower case
            what = f"{code!r} is not a country code that we know"
            return NotFoundError(what, suggestions=(meant,))
        return super()._unknown(code)

    def status(self, code: str) -> str:
        """`"current"`, `"withdrawn"` (ISO 3166-3) or `"user-assigned"` (XK).

        Raises:
            NotFoundError: There is no such code.
        """
        self[code]
        return _tables().statuses[code]

    def code_of(self, text: str) -> str | None:
        """The code of a country by a list's spelling; None for a known place without one.

        Raises:
            NotFoundError: The spelling is unknown; `suggestions` has near misses.
        """
        if is_known_place(text):
            return read_country(text).code
        suggestions = near(text, self.values())
        raise NotFoundError(f"{text!r} is not a country that we know", suggestions=suggestions)


countries = CountryTable("a country code", _names)
"""Country names by code; read when first used."""
