"""The edition of a file, from the catalog, the file's own header and the caller's options."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import attrs

from sanctionslib.answers import Coverage
from sanctionslib.catalog import ListInfo, list_info
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Edition, Entity, Fact, IdStability, Scope
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.checks import (
    Dated,
    check_complete,
    date_from_caller,
    date_of,
    hash_of,
    marked,
)
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.faults import changed
from sanctionslib.parsers._engine.fields import PathRule, Texts
from sanctionslib.parsers._engine.format import Format, Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.maker import Maker
from sanctionslib.parsers._engine.rules import Group, facts_of, path_rules

Placed: TypeAlias = tuple[tuple[Edition, ...], tuple[Entity, ...]]
"""Editions, and the entities of all of them."""

__all__ = ["NO_HEADER", "SAMPLE_MARK", "Header", "Placed", "TableFormat", "header_of"]


@attrs.frozen(kw_only=True)
class Header:
    """The header of a file."""

    published: date | None = None
    """The date of the edition."""
    generated_at: str | None = None
    """The time at which the file was made, verbatim."""
    declared: int | None = None
    """The number of entries that it declares."""
    is_sample: bool = False
    """Whether it is one of our samples."""


SAMPLE_MARK = '<?sanctionslib scope="sample"?>'
"""Marks a bundled file as a sample: an instruction in XML, a line above the header of a table."""
NO_HEADER = Header()
"""The header of a file that has none."""


def header_of(maker: Maker, texts: Texts, entry: Entry) -> Header:
    """The header, from its texts.

    Raises:
        StructureChangedError: One of the texts cannot be read.
    """
    header = maker.make(texts, entry)
    assert isinstance(header, Header)  # the result of a header table
    for one in entry.features:
        how = path_rules(maker.group)[one.label].how or "Another value"
        raise changed(
            f"{one.label} is {one.value[:40]!r}, where {how[0].lower()}{how[1:]} is meant",
            entry.reading.audit.where(path=one.label),
        )
    return header


@attrs.frozen(kw_only=True, slots=False)
class TableFormat(Format):
    """A format that is read by a table.

    Its supported facts follow from its table and from the catalog.
    """

    dated_at: str = ""
    """Path of the file's date; "" for a format without a date."""
    alternative_sources: Mapping[Fact, str] = attrs.field(factory=dict[Fact, str])
    """For facts that it does not support: where they can be found."""
    lists_per_entry: bool = False
    """Whether each entry states its named lists."""
    lists_from_entries: bool = False
    """Whether an edition covers only those named lists that it has entries of."""
    unites: bool = False
    """Whether several entries of one party are no fault: they become one entity."""
    by_key: bool = False
    """Whether those entries can have different names: then the publisher's key alone identifies
    the party."""
    id_stability: IdStability | None = None
    """How long its keys last, where that differs from other formats of the list."""
    reports_repeats: bool = False
    """Whether two entries with equal values are a fault."""
    missing: Callable[[Reading], Sequence[str]] | None = None
    """Finds what is missing, judging by the entries; in words that follow "without"."""
    at_end: Callable[[Reading, Options], None] | None = None
    """Called when all entries are read: checks and joins."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The tables of its entries."""
        raise NotImplementedError

    @functools.cached_property
    def path_rules(self) -> Mapping[str, PathRule]:
        """The coverage of each path of an entry."""
        return self._path_rules()

    def _path_rules(self) -> Mapping[str, PathRule]:
        found: dict[str, PathRule] = {}
        for group in self.groups:
            for path, rule in path_rules(group).items():
                found.setdefault(path, rule)
        return found

    def classify(self, path: str, label: str) -> tuple[Coverage, str]:
        """The coverage of a path under a label, and the field (or the reason why there is none)."""
        rule = self.path_rules.get(path) or self._rule_above(path)
        if rule is None:
            return (
                Coverage.UNEXPECTED,
                "a Feature without kind: the format has no rule for the path",
            )
        by_label = None if rule.labels is None else rule.labels.coverage(label, rule.inner)
        return by_label or (rule.coverage, rule.note)

    def _rule_above(self, path: str) -> PathRule | None:
        """The rule of an enclosing element that also holds for everything below it."""
        while path := path.rpartition("@" if "@" in path else "/")[0]:
            if (rule := self.path_rules.get(path)) is not None and rule.below:
                return rule
        return None

    def info(self, list_id: str, audit: AuditBuilder) -> ListInfo:
        """The list in the catalog.

        Raises:
            InvalidInputError: The list is not published in this format.
        """
        if list_id not in self.lists:
            raise InvalidInputError(
                f"the list {list_id!r} is not published in this format",
                where=audit.where(),
                hint=f"say one of {', '.join(self.lists)}",
            )
        return list_info(list_id)

    def named_list(self, info: ListInfo) -> str | None:
        """The named list of every entry, where the entries do not state theirs."""
        if self.lists_per_entry or len(info.named_lists) != 1:
            return None
        return info.named_lists[0]

    def supported(self, info: ListInfo) -> frozenset[Fact]:
        """The facts that an edition of a list supports."""
        found = set(self._facts)
        if info.authority:
            found.add(Fact.AUTHORITY)
        if self.lists_per_entry or self.named_list(info) is not None:
            found.add(Fact.LIST)
        return frozenset(found)

    @functools.cached_property
    def _facts(self) -> frozenset[Fact]:
        """The facts that its tables support."""
        return frozenset(fact for group in self.groups for fact in facts_of(group))

    def edition(
        self,
        list_id: str,
        sources: Sequence[InputFile],
        options: Options,
        audit: AuditBuilder,
        header: Header = NO_HEADER,
        *,
        is_sample: bool = False,
    ) -> Edition:
        """The edition of a list.

        Raises:
            InvalidInputError: The list is not published in this format, or the caller contradicts the
                file.
            StructureChangedError: The file does not state its date, as files of its format do.
        """
        info = self.info(list_id, audit)
        dated: Dated = (
            date_of(header.published, options, audit, at=self.dated_at)
            if self.dated_at
            else date_from_caller(options)
        )
        audit.list_id, audit.edition = list_id, str(dated[0] or "")
        named = self.named_list(info)
        lists: tuple[str, ...] | None = (named,) if named is not None else ()
        if self.lists_per_entry:
            lists = info.named_lists if self.lists_from_entries else None
        return Edition(
            list_id=list_id,
            id_space=info.id_space,
            id_stability=self.id_stability or info.id_stability,
            publisher=info.publisher,
            title=info.title,
            format=self.name,
            category=info.category,
            published=dated[0],
            dated_by=dated[1],
            generated_at=header.generated_at,
            scope=Scope.SAMPLE if is_sample or header.is_sample else Scope.WHOLE,
            members=tuple(source.name for source in sources),
            declared=header.declared,
            lists=lists,
            sha256=hash_of(sources),
            retrieved_at=options.retrieved_at,
            supported_facts=self.supported(info),
            alternative_sources=tuple(self.alternative_sources.items()),
        )

    def start(
        self,
        sources: Sequence[InputFile],
        options: Options,
        audit: AuditBuilder,
        header: Header = NO_HEADER,
    ) -> Reading:
        """Start reading a file that does not state its list.

        Raises:
            InvalidInputError: The list is not published in this format, or the caller contradicts the
                file.
            StructureChangedError: The file does not state its date, as files of its format do.
        """
        reading = Reading(
            audit, keeps_source=options.keep_source, unites=self.unites, by_key=self.by_key
        )
        list_id = options.list_id or self.lists[0]
        edition = self.edition(list_id, sources, options, audit, header)
        reading.begin(self.info(list_id, audit), edition)
        if self.lists_per_entry:
            reading.listings = ()  # each entry states its own
        return reading

    def parsed(
        self,
        reading: Reading,
        options: Options,
        missing: Sequence[str] | None = (),
        placed: Callable[[Reading, Sequence[str] | None], Placed] | None = None,
    ) -> Parsed:
        """The result of a file, when all its entries are read.

        Args:
            reading: The entities and the audit.
            options: The caller's options.
            missing: What is missing from the file, in words that follow "without"; None for a file that
                declares its number of entries.
            placed: Gives the editions with their entities, for a file that can hold several editions.

        Raises:
            IncompleteEditionError: Something is missing, and `partial` is not given.
        """
        audit = reading.audit
        reading.finish()
        if missing is not None:
            missing = (*missing, *(self.missing(reading) if self.missing is not None else ()))
            missing = missing if audit.read else ("any entry",)
        check_complete(missing, options, audit)
        if self.at_end is not None:
            self.at_end(reading, options)
        audit.converted = len(reading.entities)
        editions, entities = (placed or self.in_one_edition)(reading, missing)
        classify = self.classify if options.keep_source else None
        return Parsed(entities=entities, editions=editions, audit=audit.finish(editions, classify))

    def in_one_edition(self, reading: Reading, missing: Sequence[str] | None) -> Placed:
        """The one edition, marked where it is incomplete."""
        found = reading.entities
        edition = marked(reading.edition, len(found), reading.audit, missing)
        if self.lists_from_entries:
            edition = _with_lists_of_entries(edition, found)
        if edition is not reading.edition:
            found = [attrs.evolve(one, edition=edition) for one in found]
        return (edition,), tuple(found)


def _with_lists_of_entries(edition: Edition, entities: Sequence[Entity]) -> Edition:
    """The edition with the named lists of its entries, in the order of the catalog."""
    met = {one.list_name for each in entities for one in each.listings}
    known = list_info(edition.list_id).named_lists
    lists = (*(one for one in known if one in met), *sorted(met.difference(known)))
    # A complete file has them all already.
    return edition if lists == edition.lists else attrs.evolve(edition, lists=lists)
