"""The edition of a file, from the catalog, the file's own header and what the caller says."""

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
    check_whole,
    date_of,
    date_said,
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
    """What a file says of itself before its entries."""

    published: date | None = None
    """The date of the edition."""
    generated_at: str | None = None
    """The time at which the file was made, verbatim."""
    declared: int | None = None
    """The number of its entries."""
    is_sample: bool = False
    """Whether it says that it is one of our samples."""


SAMPLE_MARK = '<?sanctionslib scope="sample"?>'
"""By this a bundled file says that it is a sample: XML as an instruction, a table above its header."""
NO_HEADER = Header()
"""What a file says that has no header."""


def header_of(maker: Maker, texts: Texts, entry: Entry) -> Header:
    """What the texts of a file's header say of it.

    Raises:
        StructureChangedError: One of them cannot be read.
    """
    header = maker.make(texts, entry)
    assert isinstance(header, Header)  # what a table of headers makes
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

    What it can state follows from its table and from the catalog.
    """

    dated_at: str = ""
    """Where a file states its date; "" for a format that has none."""
    alternative_sources: Mapping[Fact, str] = attrs.field(factory=dict[Fact, str])
    """For facts that it cannot state: where they can be found."""
    states_list: bool = False
    """Whether an entry says on which of the named lists it is."""
    lists_met: bool = False
    """Whether an edition can state membership of those named lists alone that it has entries of."""
    unites: bool = False
    """Whether several entries of one party are no fault: they become one entity."""
    by_key: bool = False
    """Whether such entries can name the party in different ways: the publisher's key alone says that
    it is the same."""
    id_stability: IdStability | None = None
    """How long its keys last, where they are others than those of its list's other formats."""
    reports_repeats: bool = False
    """Whether two entries that are the same in all values are a fault."""
    missing: Callable[[Reading], Sequence[str]] | None = None
    """Tells what the entries show to be missing, in words that follow "without"."""
    at_end: Callable[[Reading, Options], None] | None = None
    """What is asked or done when all entries are read."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The tables of its entries."""
        raise NotImplementedError

    @functools.cached_property
    def path_rules(self) -> Mapping[str, PathRule]:
        """What becomes of the values at each path of an entry."""
        return self._path_rules()

    def _path_rules(self) -> Mapping[str, PathRule]:
        found: dict[str, PathRule] = {}
        for group in self.groups:
            for path, rule in path_rules(group).items():
                found.setdefault(path, rule)
        return found

    def classify(self, path: str, label: str) -> tuple[Coverage, str]:
        """What becomes of the values at a path under a label, and in which field (or why not)."""
        rule = self.path_rules.get(path) or self._rule_above(path)
        if rule is None:
            return Coverage.UNKNOWN, "a Feature without kind: no rule of the format names the path"
        by_label = None if rule.labels is None else rule.labels.use(label, rule.inner)
        return by_label or (rule.use, rule.note)

    def _rule_above(self, path: str) -> PathRule | None:
        """The rule of an element around a path that says what becomes of all that is in it."""
        while path := path.rpartition("@" if "@" in path else "/")[0]:
            if (rule := self.path_rules.get(path)) is not None and rule.below:
                return rule
        return None

    def info(self, list_id: str, audit: AuditBuilder) -> ListInfo:
        """What the catalog says of a list.

        Raises:
            InvalidInputError: The list does not come in this format.
        """
        if list_id not in self.lists:
            raise InvalidInputError(
                f"the list {list_id!r} does not come in this format",
                where=audit.where(),
                hint=f"say one of {', '.join(self.lists)}",
            )
        return list_info(list_id)

    def named_list(self, info: ListInfo) -> str | None:
        """The named list that every entry is on, where the format does not say it of each."""
        if self.states_list or len(info.named_lists) != 1:
            return None
        return info.named_lists[0]

    def supported(self, info: ListInfo) -> frozenset[Fact]:
        """The facts that an edition of a list can state."""
        found = set(self._facts)
        if info.authority:
            found.add(Fact.AUTHORITY)
        if self.states_list or self.named_list(info) is not None:
            found.add(Fact.LIST)
        return frozenset(found)

    @functools.cached_property
    def _facts(self) -> frozenset[Fact]:
        """The facts that its tables can state."""
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
            InvalidInputError: The list does not come in this format, or the caller contradicts the
                file.
            StructureChangedError: The file does not state its date, as files of its format do.
        """
        info = self.info(list_id, audit)
        dated: Dated = (
            date_of(header.published, options, audit, at=self.dated_at)
            if self.dated_at
            else date_said(options)
        )
        audit.list_id, audit.edition = list_id, str(dated[0] or "")
        named = self.named_list(info)
        lists: tuple[str, ...] | None = (named,) if named is not None else ()
        if self.states_list:
            lists = info.named_lists if self.lists_met else None
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

    def begun(
        self,
        sources: Sequence[InputFile],
        options: Options,
        audit: AuditBuilder,
        header: Header = NO_HEADER,
    ) -> Reading:
        """The reading of a file that does not state its list.

        Raises:
            InvalidInputError: The list does not come in this format, or the caller contradicts the
                file.
            StructureChangedError: The file does not state its date, as files of its format do.
        """
        reading = Reading(
            audit, keeps_source=options.keep_source, unites=self.unites, by_key=self.by_key
        )
        list_id = options.list_id or self.lists[0]
        edition = self.edition(list_id, sources, options, audit, header)
        reading.begin(self.info(list_id, audit), edition)
        if self.states_list:
            reading.listings = ()  # each entry says its own
        return reading

    def parsed(
        self,
        reading: Reading,
        options: Options,
        missing: Sequence[str] | None = (),
        placed: Callable[[Reading, Sequence[str] | None], Placed] | None = None,
    ) -> Parsed:
        """What a file gives, when all of its entries are read.

        Args:
            reading: All that was read.
            options: What the caller asked for.
            missing: What the file shows to be missing, in words that follow "without"; None for a
                file that declares how many entries it has.
            placed: Gives the editions and the entities in them, where a file can hold several; it
                is told what is missing.

        Raises:
            IncompleteEditionError: Something is missing, and `partial` does not allow for that.
        """
        audit = reading.audit
        reading.finish()
        if missing is not None:
            missing = (*missing, *(self.missing(reading) if self.missing is not None else ()))
            missing = missing if audit.read else ("any entry",)
        check_whole(missing, options, audit)
        if self.at_end is not None:
            self.at_end(reading, options)
        audit.built = len(reading.entities)
        editions, entities = (placed or self.in_one_edition)(reading, missing)
        classify = self.classify if options.keep_source else None
        return Parsed(entities=entities, editions=editions, audit=audit.finish(editions, classify))

    def in_one_edition(self, reading: Reading, missing: Sequence[str] | None) -> Placed:
        """The one edition, marked where it is not all that the publisher published."""
        found = reading.entities
        edition = marked(reading.edition, len(found), reading.audit, missing)
        if self.lists_met:
            edition = _with_lists_met(edition, found)
        if edition is not reading.edition:
            found = [attrs.evolve(one, edition=edition) for one in found]
        return (edition,), tuple(found)


def _with_lists_met(edition: Edition, entities: Sequence[Entity]) -> Edition:
    """The edition with the named lists that its entries are on, in the order of the catalog."""
    met = {one.list_name for each in entities for one in each.listings}
    known = list_info(edition.list_id).named_lists
    lists = (*(one for one in known if one in met), *sorted(met.difference(known)))
    # Those of a whole file are all of them.
    return edition if lists == edition.lists else attrs.evolve(edition, lists=lists)
