"""Of which of OFAC's lists a file in the enhanced format is.

`publicationInfo/filters` says what the file was made of: the whole SDN file is the SDN List, the
whole non-SDN file the "Consolidated List". An export by program names all lists and the program:
then each party says on which list it is, and the file can hold parts of both.
"""

from __future__ import annotations

import functools
import heapq
from collections import Counter
from collections.abc import Collection, Sequence
from typing import cast

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.catalog import list_info
from sanctionslib.errors import InvalidInputError, UnknownFormatError, Where
from sanctionslib.model import Edition, Entity, Scope
from sanctionslib.parsers._engine.checks import marked_edition
from sanctionslib.parsers._engine.edition import Header, Placed
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.maker import Texts
from sanctionslib.parsers._engine.source import Source
from sanctionslib.parsers._engine.xml import XmlFormat, XmlReading
from sanctionslib.parsers._engine.xml_entries import sniff_root
from sanctionslib.parsers.ofac._enhanced_checks import References, check_party
from sanctionslib.parsers.ofac._words import SDN_LIST, WRAPPER, list_of_name
from sanctionslib.reference import named_lists

__all__ = [
    "LABELS",
    "LISTS",
    "PROGRAMS",
    "WORDS",
    "EnhancedFormat",
    "Publication",
    "Word",
]

WORDS, LABELS = "referenceValues/referenceValue", "featureTypes/featureType"
LISTS, PROGRAMS = "sanctionsLists/sanctionsList", "sanctionsPrograms/sanctionsProgram"

_LONG = 300
"""No whole list has fewer parties: the non-SDN lists had 375 in 2020 and 443 in 2025."""
_WHOLE_OF = (frozenset({SDN_LIST}), frozenset({WRAPPER}))
"""What the two whole files say that they are made of."""
_SHOWN = 10


@attrs.frozen(kw_only=True)
class Word:
    """A word with its number in the file: of its own tables, or of its filters."""

    text: str
    """The word."""
    number: str = ""
    """Its number."""
    set: str = ""
    """The set of words that it is in."""

    @property
    def known_list(self) -> str:
        """The name that we know a list by, for it can be renamed under its number."""
        return _known_list(self.text, self.number)


def _known_list(text: str, number: str) -> str:
    if text in named_lists or not number:
        return text
    return next((one.name for one in named_lists.values() if one.ref_id == number), text)


def _time(text: str | None) -> str | None:
    """A time; None for midnight without a time zone, which is a day that was written as a time."""
    return None if text is None or text.partition("T")[2] in ("", "00:00:00") else text


@attrs.frozen(kw_only=True)
class Publication(Header):
    """`publicationInfo`: of which day the file is, and which filters made it."""

    generated_at: str | None = attrs.field(default=None, converter=_time)
    lists: tuple[Word, ...] = ()
    """The named lists that the file says it is made of."""
    programs: tuple[str, ...] = ()
    """The programs that it was narrowed to."""

    @property
    def names(self) -> frozenset[str]:
        """The names of its lists, as it prints them."""
        return frozenset(one.text for one in self.lists)

    @property
    def known(self) -> frozenset[str]:
        """The same, by the names that we know."""
        return frozenset(one.known_list for one in self.lists)

    @property
    def list_id(self) -> str | None:
        """The list that the file says it is; None where it says none, or nothing that we know."""
        if not self.known or not all(name in named_lists for name in self.known):
            return None
        if self.known == _WHOLE_OF[0]:
            return "us_ofac_sdn"
        return None if SDN_LIST in self.known else "us_ofac_cons"

    def narrowed(self, all_lists: frozenset[str]) -> str | None:
        """The filter behind the file, in words; None for a whole list.

        Args:
            all_lists: Names of all lists that the file knows.
        """
        parts: list[str] = []
        if not self.lists:
            parts.append("the file does not say of what")
        elif self.known not in _WHOLE_OF and not self._has_all(all_lists):
            parts.append(_count("list", sorted(self.names)))
        if self.programs:
            parts.append(_count("program", self.programs))
        return "; ".join(parts) or None

    def _has_all(self, all_lists: frozenset[str]) -> bool:
        """Whether it is made of all lists, or of all that the wrapper stands around."""
        inner = all_lists - {SDN_LIST, WRAPPER}
        if SDN_LIST in self.known:
            return all_lists <= self.known
        return len(inner) > 1 and inner <= self.known

    def may_hold_all(self, list_name: str) -> bool:
        """Whether it can hold all parties of a list beside others, by what it says of itself."""
        return not self.programs and (not self.lists or list_name in self.known)


class EnhancedReading(XmlReading):
    """One file while it is read.

    Where the file does not say its list, each party is put into the edition of its own list, and the
    list of the file is told when all are known.
    """

    header: Publication
    stated: str | None
    """The list that the file says it is, if it says one."""

    def begin(self, first: Texts | None) -> None:
        (entry,) = self.form.groups
        self.references = References(
            self._table(WORDS, "referenceValue"), self._table(LABELS, "featureType"), entry.rules
        )
        self.editions: dict[str, Edition] = {}
        """By list, of each list that has parties."""
        self.parties = 0
        self.on: Counter[str] = Counter()
        """How many parties are on each list, by the names that we know, the wrapper too."""
        self.said = self.options.list_id or list_of_name(self.source.name)
        """The list that the caller says, or the file name; the file itself counts for more."""
        super().begin(first)

    def _table(self, path: str, name: str) -> dict[str, str]:
        """The file's own words by their number."""
        words: dict[str, str] = {}
        for one in cast("list[Word]", self.before.get(path, [])):
            if words.setdefault(one.number, one.text) != one.text:
                self.audit.foreign([(f"{name}@{one.number}", one.text)], ", or is given twice")
        return words

    # Which list it is

    def list_id(self, header: Header, first: Texts | None) -> str:
        """The list that the file says it is, else what stands in until a party says its own.

        Raises:
            InvalidInputError: The caller says otherwise.
        """
        self.header = cast("Publication", header)
        stated, given = self.header.list_id, self.options.list_id
        if None not in (stated, given) and given != stated and given in self.form.lists:
            raise InvalidInputError(
                f"the file says that it holds {', '.join(sorted(self.header.names))}, which is "
                f"{stated}, and you say that it is {given}",
                where=self.audit.where(),
                hint="leave `list_id` out: the file states its list",
            )
        self.stated = stated
        filters = {"list": self.header.names, "program": frozenset(self.header.programs)}
        self.asked = {what: asked for what, asked in filters.items() if asked}
        return given or stated or self.said or self.form.lists[0]

    def edition(self, list_id: str, header: Header) -> Edition:
        edition = super().edition(list_id, header)
        self.audit.list_id = self.stated or ""
        words = cast("list[Word]", self.before.get(WORDS, []))
        all_lists = frozenset(one.text for one in words if one.set == "ENTITY LISTING TYPE")
        narrowed = self.header.narrowed(all_lists)
        if edition.is_sample or narrowed is None:
            return edition
        return attrs.evolve(edition, scope=Scope.CUSTOM, filter=narrowed)

    def placed(self, entity: Entity | None, entry: Entry) -> Entity | None:
        """The entity in the edition of its own list, where the file does not say one.

        Raises:
            InvalidInputError: It is on none, and nobody says of which list the file is.
        """
        if entity is None:
            return None
        listed = [one for one in entry.texts.get(LISTS, ()) if "." in one]
        known = {_known_list(one["."], one.get("@refId", "")) for one in listed}
        self.parties += 1
        self.on.update(known)
        for what, asked in self.asked.items():
            has = entity.programs if what == "program" else [one["."] for one in listed]
            if asked.isdisjoint(has):
                _report_other(entry, what, has, asked)
        if self.stated is not None:
            return entity
        list_id = self.said
        if known:
            list_id = "us_ofac_sdn" if SDN_LIST in known else "us_ofac_cons"
        if list_id is None:
            where = self.audit.where(entry.key, line=entry.origin.line)
            raise self.unlisted("this party is on none", where)
        return _moved(entity, self.edition_of(list_id))

    def edition_of(self, list_id: str) -> Edition:
        """The edition of one of the lists of the file."""
        if list_id not in self.editions:
            edition = self.reading.edition
            if edition.list_id != list_id:
                title = list_info(list_id).title
                edition = attrs.evolve(edition, list_id=list_id, title=title)
            self.editions[list_id] = edition
        return self.editions[list_id]

    def prepare(self, entry: Entry) -> None:
        self.references.check(entry)
        check_party(entry.texts, entry)

    def finished(self, reading: Reading, missing: Sequence[str] | None) -> Placed:
        list_id, found = self.list_of_file(), reading.entities
        if list_id is None:
            parts = [self.editions[one] for one in self.form.lists if one in self.editions]
            editions = {one.list_id: _part(one) for one in parts}
        else:
            edition = self.edition_of(list_id)
            if self.holds_all(edition):
                edition = attrs.evolve(edition, scope=Scope.WHOLE, filter=None)
            editions = {list_id: edition}
        for each, edition in editions.items():
            editions[each] = marked_edition(edition, len(found), self.audit, missing=missing)
        entities = [
            _moved(one, editions[list_id or cast("Edition", one.edition).list_id]) for one in found
        ]
        return tuple(editions.values()), tuple(entities)

    def list_of_file(self) -> str | None:
        """The list that the file is of; None where its parties are of both.

        What the file says of itself decides, else what its parties say. Parties of the non-SDN
        lists can be on the SDN List too: of a file all of whose parties are on either, caller and
        file name say which it is. An export by program is none of the two whole files.

        Raises:
            InvalidInputError: Nothing says it, or the caller says otherwise.
        """
        if self.stated is not None:
            return self.stated
        if not self.editions:
            if self.said is None:
                raise self.unlisted("no party of it is on one", self.audit.where())
            return self.said
        fits = {
            "us_ofac_sdn": self.on[SDN_LIST] == self.parties,
            "us_ofac_cons": self.on[WRAPPER] == self.parties and not self.header.programs,
        }
        able = [list_id for list_id, fit in fits.items() if fit]
        found = None
        if self.said in able:
            found = self.said
        elif able or len(self.editions) == 1:
            found = next(iter(able or self.editions))
        given = self.options.list_id
        if given is not None and given != found:
            counts = Counter(one.list_id for one in self.reading.entities)
            of = " and ".join(f"{counts[one]:,} of {one}" for one in self.form.lists if counts[one])
            raise InvalidInputError(
                f"by the lists of its parties this is a file with {of}, and you say that it is {given}",
                where=self.audit.where(),
                hint="leave `list_id` out: each list is read as an edition of its own, and each party "
                "has the id of its list; the archive keeps files of one list",
            )
        return found

    def holds_all(self, edition: Edition) -> bool:
        """Whether a file that does not say it is a whole list is one, by its parties.

        A file of the SDN List and of others has all parties of the SDN List; where it has no
        more, it is that list. So is one that says nothing. Either must be long enough to be no
        excerpt. No official file was seen that needs this: each names its own list alone.
        """
        list_name = SDN_LIST if edition.list_id == "us_ofac_sdn" else WRAPPER
        return (
            edition.scope is Scope.CUSTOM
            and bool(self.head)
            and self.header.may_hold_all(list_name)
            and self.on[list_name] == self.parties >= _LONG
        )

    def unlisted(self, said: str, where: Where) -> InvalidInputError:
        """The error of a file of which nothing says which list it is."""
        return InvalidInputError(
            "nothing in this file says which list it is: it names "
            f"{', '.join(sorted(self.header.names)) or 'no list'}, and {said}",
            where=where,
            hint="say list_id='us_ofac_sdn' or list_id='us_ofac_cons'",
        )


class EnhancedFormat(XmlFormat):
    """The format, which has two roots."""

    def recognise(self, head: Head) -> bool:
        root = head.root
        if root is not None and root.name == "entities":
            return not root.namespace and b"generalInfo" in head.data.replace(b"\0", b"")
        return super().recognise(head)

    def parse(self, sources: Sequence[Source], options: Options) -> Parsed:
        (source,) = sources
        root = sniff_root(source.head)
        assert root is not None  # recognise saw it
        if "deltafile" in root.namespace.lower():
            raise UnknownFormatError(
                "this is a delta file: it has what changed from one edition to the next, and a "
                "delta file is no edition",
                where=Where(source=source.name),
                hint="read SDN_ENHANCED.XML or CONS_ENHANCED.XML; sl.diff compares two of them",
            )
        form = self
        if root.name != self.root:
            # The service's answer for one id: parties, and nothing around them.
            form = attrs.evolve(
                self,
                root=root.name,
                entries={"entity": self.groups[0]},
                header={},
                before={},
                dated_at="",
            )
        return EnhancedReading(form, source, options, root).parse()


def _report_other(entry: Entry, what: str, has: Collection[str], asked: frozenset[str]) -> None:
    """Report a party that the file, by what it says of itself, does not hold."""
    entry.issue(
        IssueKind.EDITION,
        f"the file says that it holds the {what} {_some(asked)}, and this party has "
        f"{_some(frozenset(has)) or 'none'}: is it put together of two files?",
    )


@functools.lru_cache(maxsize=64)
def _some(names: frozenset[str]) -> str:
    """Some of the names: each party at fault is told of them, and a file may ask for any number."""
    least = heapq.nsmallest(_SHOWN, names)
    return ", ".join(least) + (f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else "")


def _count(what: str, names: Sequence[str]) -> str:
    return f"{what if len(names) == 1 else what + 's'} {', '.join(names)}"


def _part(edition: Edition) -> Edition:
    """The edition of one of the two lists that a file is of: never the whole list."""
    if edition.is_sample:
        return edition
    narrowed = edition.filter or "export over all lists"
    if edition.list_id == "us_ofac_cons":
        narrowed += "; who is on the SDN List too is under us_ofac_sdn"
    return attrs.evolve(edition, scope=Scope.CUSTOM, filter=narrowed)


def _moved(entity: Entity, edition: Edition) -> Entity:
    """The entity in that edition, under the id of its list."""
    if entity.edition is edition and entity.list_id == edition.list_id:
        return entity
    return attrs.evolve(entity, id=f"{edition.list_id}:{entity.source_id}", edition=edition)
