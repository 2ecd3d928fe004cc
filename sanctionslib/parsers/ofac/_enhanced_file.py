"""What the table of the enhanced format cannot say: its numbers, its main forms, and which list it is.

`publicationInfo/filters` says what a file was made of: the whole SDN file is of the SDN List, the
whole non-SDN file of the "Consolidated List". An export by program names all lists and the program:
then each party says on which list it is, and the file can hold parts of both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, cast

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.catalog import list_info
from sanctionslib.errors import Call, Hint, InvalidInputError, UnknownFormatError, Where
from sanctionslib.model import Edition, Entity, Scope
from sanctionslib.parsers._engine.checks import marked
from sanctionslib.parsers._engine.edition import Header, Placed
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.fields import Texts, joined
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.rules import Many, Rules
from sanctionslib.parsers._engine.xml import XmlFormat, XmlReading
from sanctionslib.parsers._engine.xml_entries import sniff_root
from sanctionslib.parsers.ofac.words import SDN_LIST, WRAPPER
from sanctionslib.reference import named_lists

LISTS, PROGRAMS = "sanctionsLists/sanctionsList", "sanctionsPrograms/sanctionsProgram"
NAMES, ADDRESSES, FORMS = "names/name", "addresses/address", "translations/translation"

Check: TypeAlias = "Callable[[Texts, Entry], None]"


def number_check(rules: Rules, tables: Mapping[str, Mapping[str, str]], base: str = "") -> Check:
    """What holds each number of a group against the word beside it: "type@refId" and "type".

    A number without a word gets the word of the file's own table, of those by the name of the
    attribute that has the number.
    """
    numbers: list[tuple[str, str, Mapping[str, str]]] = []
    inner: list[tuple[str, Check]] = []
    for at, rule in rules.items():
        element, _, attribute = ("value@refId" if at == "valueRefId" else at).partition("@")
        if isinstance(rule, Many) and rule.group is not None:
            inner.append((at, number_check(rule.group.rules, tables, joined(base, at))))
        elif table := tables.get(attribute):
            numbers.append((at, element or ".", table))

    def check(texts: Texts, entry: Entry) -> None:
        for at, word, table in numbers:
            if (number := texts.get(at)) is None:
                continue
            known, said = table.get(number), texts.get(word)
            if known is None or known != said:
                if known is not None and said is None:
                    said = texts[word] = known
                path, means = joined(base, at), "nothing" if known is None else repr(known)
                says = f"{number} at {path} means {means} by the file's own tables, and is kept as "
                entry.issue(IssueKind.DANGLING, f"{says}{said!r}", path, once=f"{says}{said}")
        for at, check_each in inner:
            for one in texts.get(at, ()):
                check_each(one, entry)

    return check


def main_form_first(texts: Texts, entry: Entry) -> None:
    """Put the main one of the forms of each name and address first."""
    for path in (NAMES, ADDRESSES):
        for one in texts.get(path, ()):
            forms = cast("list[Texts]", one.get(FORMS, []))
            is_main = [form.get("isPrimary") in ("true", "1") for form in forms]
            if is_main.count(True) == 1:
                forms.insert(0, forms.pop(is_main.index(True)))
            elif forms:
                says = (
                    f"{is_main.count(True)} of {len(forms)} forms at {path} are called the main one"
                )
                entry.issue(IssueKind.STRUCTURE, f"{says}: they are kept as they stand", path)


def known_list(*, text: str = "", number: str = "") -> str:
    """The name that we know a list by: it can be renamed under its number."""
    if text in named_lists or not number:
        return text
    return next((one.name for one in named_lists.values() if one.ref_id == number), text)


def _time(text: str | None) -> str | None:
    """A time; None for midnight without a time zone, which is a day that was written as a time."""
    return None if text is None or text.partition("T")[2] in ("", "00:00:00") else text


@attrs.frozen(kw_only=True)
class Word:
    """A word of the file's own tables."""

    number: str
    text: str = ""


@attrs.frozen(kw_only=True)
class Publication(Header):
    """`publicationInfo`: of which day the file is, and which filters made it."""

    generated_at: str | None = attrs.field(default=None, converter=_time)
    lists: tuple[str, ...] = ()
    """The named lists that the file says it is made of, by the names that we know."""
    programs: tuple[str, ...] = ()
    """The programs that it was narrowed to."""
    words: tuple[Word, ...] = ()
    """The file's own reference values."""
    labels: tuple[Word, ...] = ()
    """The file's own labels of features."""

    def list_id(self) -> str | None:
        """The list that the file says it is of; None where it says none, or may be of both."""
        lists = set(self.lists)
        if SDN_LIST in lists:
            return "us_ofac_sdn" if lists == {SDN_LIST} else None
        return "us_ofac_cons" if lists and lists <= named_lists.keys() else None

    def filter(self) -> str | None:
        """The filter that made the file, in words; None for a whole list."""
        lists = set(self.lists)
        is_whole = lists in ({SDN_LIST}, {WRAPPER})
        said = [] if lists else ["the file does not say of what"]
        shown = () if is_whole or lists >= {SDN_LIST, WRAPPER} else sorted(lists)
        for what, names in (("list", shown), ("program", self.programs)):
            if names:
                said.append(f"{what if len(names) == 1 else f'{what}s'} {', '.join(names)}")
        return "; ".join(said) or (None if is_whole else "export over all lists")


class EnhancedReading(XmlReading):
    """One file while it is read.

    Where the file does not say its list, each party is put into the edition of its own list.
    """

    filter: str | None
    """The filter that made the file."""
    stated: str | None
    """The list that the file says it is of."""

    def list_id(self, header: Header) -> str:
        """The list that the file says it is of, else one that stands in until its parties say it.

        Raises:
            InvalidInputError: The caller says otherwise.
        """
        said = cast("Publication", header)
        self.filter = said.filter()
        self.asked = {LISTS: frozenset(said.lists), PROGRAMS: frozenset(said.programs)}
        """The same, by the path where a party has its own."""
        of_words = {one.number: one.text for one in said.words}
        of_labels = {one.number: one.text for one in said.labels}
        tables = {"refId": of_words, "featureTypeId": of_labels}
        self.check_numbers = number_check(self.form.groups[0].rules, tables)
        self.editions: dict[str, Edition] = {}
        """By list, where the parties say which it is."""
        self.stated, given = said.list_id(), self.options.list_id
        if None not in (self.stated, given) and given != self.stated and given in self.form.lists:
            says = f"the file says that it holds {', '.join(sorted(said.lists))}"
            raise self.refused(says, self.audit.where())
        return given or self.stated or self.form.lists[0]

    def refused(self, says: str, where: Where) -> InvalidInputError:
        """The error of a file of which nobody says the list, or the caller another one."""
        return InvalidInputError(
            f"which list it is: {says}, and you say {self.options.list_id or 'none'}",
            where=where,
            hints=(
                Hint(
                    "say {} if all parties are of that list",
                    "list_id",
                    ("us_ofac_sdn", "us_ofac_cons"),
                ),
                Hint(
                    "else leave {} out: each list is read as an edition of its own (the archive "
                    "keeps files of one list)",
                    "list_id",
                ),
            ),
        )

    def edition(self, list_id: str, header: Header) -> Edition:
        edition = super().edition(list_id, header)
        self.audit.list_id = self.stated or ""
        if self.filter is None or edition.is_sample:
            return edition
        return attrs.evolve(edition, scope=Scope.CUSTOM, filter=self.filter)

    def prepare(self, entry: Entry) -> None:
        texts = entry.texts
        entry.key = texts.get("@id", "")
        self.check_numbers(texts, entry)
        main_form_first(texts, entry)
        listed = [(one.get(".", ""), one.get("@refId", "")) for one in texts.get(LISTS, ())]
        lists = {known_list(text=text, number=number) for text, number in listed} - {""}
        has = {LISTS: lists, PROGRAMS: {one.get(".", "") for one in texts.get(PROGRAMS, ())}}
        for path, asked in self.asked.items():
            if asked and asked.isdisjoint(has[path]):
                says = (
                    f"{', '.join(sorted(has[path])) or 'nothing'} at {path}, and the filter of the"
                )
                says += " file has others: is it put together of two files?"
                entry.issue(IssueKind.EDITION, f"the party has {says}", path)
        if self.stated is None:
            info, edition = list_info(self.list_of(lists, entry)), self.reading.edition
            if info.list_id not in self.editions:
                edition = attrs.evolve(edition, list_id=info.list_id, title=info.title)
                self.editions[info.list_id] = edition
            self.reading.begin(info, self.editions[info.list_id])

    def list_of(self, lists: set[str], entry: Entry) -> str:
        """The list of a party that is on these named lists; the SDN List comes first.

        Raises:
            InvalidInputError: They contradict the caller, or there are none and nobody says the list.
        """
        given = self.options.list_id
        fits = {"us_ofac_sdn": SDN_LIST in lists, "us_ofac_cons": bool(lists - {SDN_LIST})}
        if given is None and lists:
            return next(list_id for list_id, is_on in fits.items() if is_on)
        if given is not None and (fits[given] or not lists):
            return given
        raise self.refused(f"this party is on {', '.join(sorted(lists)) or 'none'}", entry.where())

    def finished(self, reading: Reading, missing: Sequence[str] | None) -> Placed:
        if not self.editions:
            if self.stated is None and self.options.list_id is None:
                raise self.refused("no party of it is on one", self.audit.where())
            return super().finished(reading, missing)
        made: dict[str, Edition] = {}
        for list_id in [one for one in self.form.lists if one in self.editions]:
            edition, found = self.editions[list_id], len(reading.entities)
            if made and not edition.is_sample:
                says = f"{edition.filter}; who is on the SDN List too is under us_ofac_sdn"
                edition = attrs.evolve(edition, filter=says)
            made[list_id] = marked(edition, found, self.audit, missing)
        entities: list[Entity] = []
        for one in reading.entities:
            edition = made[cast("Edition", one.edition).list_id]
            # A key that we built names the list of the entry that was read first.
            own_id = f"{edition.list_id}:{one.source_id}"
            is_there = one.edition is edition and one.id == own_id
            entities.append(one if is_there else attrs.evolve(one, id=own_id, edition=edition))
        return tuple(made.values()), tuple(entities)


class EnhancedFormat(XmlFormat):
    """The format, which has two roots."""

    def recognise(self, head: Head) -> bool:
        root = head.root
        if root is not None and root.name == "entities":
            return not root.namespace and b"generalInfo" in head.data.replace(b"\0", b"")
        return super().recognise(head)

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        (source,), form = sources, self
        root = sniff_root(source.head)
        assert root is not None  # recognise saw it
        if "deltafile" in root.namespace.lower():
            raise UnknownFormatError(
                "this is a delta file, which has changes alone: a delta file is no edition",
                where=Where(source=source.name),
                hints=(
                    Hint("read SDN_ENHANCED.XML or CONS_ENHANCED.XML"),
                    Hint("{} compares two of them", call=Call("diff")),
                ),
            )
        if root.name == "entities":
            # The service's answer for one id: parties, and nothing around them.
            entries = {"entity": self.groups[0]}
            form = attrs.evolve(self, root=root.name, entries=entries, header={}, dated_at="")
        return EnhancedReading(form, source, options, root).parse()
