"""Parts of the enhanced format that its table cannot express: numbers, main forms, and the list.

`publicationInfo/filters` states how a file was made: the complete SDN file is of the SDN List, the
complete non-SDN file of the "Consolidated List". An export by program names all lists and programs:
then each party states its list, and the file can have parts of both lists.
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
    """A check of each number of a group against the word beside it: "type@refId" and "type".

    A number without a word gets the word of the file's own table, which is chosen by the attribute
    with the number.
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
            known, stated = table.get(number), texts.get(word)
            if known is None or known != stated:
                if known is not None and stated is None:
                    stated = texts[word] = known
                path, means = joined(base, at), "nothing" if known is None else repr(known)
                message = (
                    f"{number} at {path} means {means} in the file's own tables, and is kept as "
                )
                entry.issue(
                    IssueKind.UNRESOLVED_REFERENCE,
                    f"{message}{stated!r}",
                    path,
                    once=f"{message}{stated}",
                )
        for at, check_each in inner:
            for one in texts.get(at, ()):
                check_each(one, entry)

    return check


def main_form_first(texts: Texts, entry: Entry) -> None:
    """Move the main form of each name and address to the front."""
    for path in (NAMES, ADDRESSES):
        for one in texts.get(path, ()):
            forms = cast("list[Texts]", one.get(FORMS, []))
            is_main = [form.get("isPrimary") in ("true", "1") for form in forms]
            if is_main.count(True) == 1:
                forms.insert(0, forms.pop(is_main.index(True)))
            elif forms:
                message = (
                    f"{is_main.count(True)} of {len(forms)} forms at {path} are called the main one"
                )
                entry.issue(IssueKind.STRUCTURE, f"{message}: their order is kept", path)


def known_list(*, text: str = "", number: str = "") -> str:
    """Our name for a named list: a list can be renamed while its number stays."""
    if text in named_lists or not number:
        return text
    return next((one.name for one in named_lists.values() if one.ref_id == number), text)


def _time(text: str | None) -> str | None:
    """A time; None for midnight without a time zone, which is a day written as a time."""
    return None if text is None or text.partition("T")[2] in ("", "00:00:00") else text


@attrs.frozen(kw_only=True)
class Word:
    """A word of the file's own tables."""

    number: str
    text: str = ""


@attrs.frozen(kw_only=True)
class Publication(Header):
    """`publicationInfo`: the date of the file, and the filters that made it."""

    generated_at: str | None = attrs.field(default=None, converter=_time)
    lists: tuple[str, ...] = ()
    """The named lists of the file, by our names."""
    programs: tuple[str, ...] = ()
    """The programs that it was filtered by."""
    words: tuple[Word, ...] = ()
    """The file's own reference values."""
    labels: tuple[Word, ...] = ()
    """The file's own labels of features."""

    def list_id(self) -> str | None:
        """The list that the file states; None where it states none, or can have entries of both."""
        lists = set(self.lists)
        if SDN_LIST in lists:
            return "us_ofac_sdn" if lists == {SDN_LIST} else None
        return "us_ofac_cons" if lists and lists <= named_lists.keys() else None

    def filter(self) -> str | None:
        """The filter that made the file, in words; None for a complete list."""
        lists = set(self.lists)
        is_whole = lists in ({SDN_LIST}, {WRAPPER})
        stated = [] if lists else ["the file does not state its lists"]
        shown = () if is_whole or lists >= {SDN_LIST, WRAPPER} else sorted(lists)
        for what, names in (("list", shown), ("program", self.programs)):
            if names:
                stated.append(f"{what if len(names) == 1 else f'{what}s'} {', '.join(names)}")
        return "; ".join(stated) or (None if is_whole else "export over all lists")


class EnhancedReading(XmlReading):
    """One file while it is read.

    Where the file does not state its list, each party goes to the edition of its own list.
    """

    filter: str | None
    """The filter that made the file."""
    stated: str | None
    """The list that the file states."""

    def list_id(self, header: Header) -> str:
        """The list that the file states, else a placeholder until its parties state theirs.

        Raises:
            InvalidInputError: The caller contradicts the file.
        """
        stated = cast("Publication", header)
        self.filter = stated.filter()
        self.asked = {LISTS: frozenset(stated.lists), PROGRAMS: frozenset(stated.programs)}
        """The lists and programs of the filter, by the path of a party's own."""
        of_words = {one.number: one.text for one in stated.words}
        of_labels = {one.number: one.text for one in stated.labels}
        tables = {"refId": of_words, "featureTypeId": of_labels}
        self.check_numbers = number_check(self.form.groups[0].rules, tables)
        self.editions: dict[str, Edition] = {}
        """By list, where the parties state theirs."""
        self.stated, given = stated.list_id(), self.options.list_id
        if None not in (self.stated, given) and given != self.stated and given in self.form.lists:
            message = f"the file states {', '.join(sorted(stated.lists))}"
            raise self.refused(message, self.audit.where())
        return given or self.stated or self.form.lists[0]

    def refused(self, message: str, where: Where) -> InvalidInputError:
        """The error for a file whose list is unknown, or contradicts the caller."""
        return InvalidInputError(
            f"its list is unclear: {message}, and `list_id` is {self.options.list_id or 'not given'}",
            where=where,
            hints=(
                Hint(
                    "pass {} if all parties are on that list",
                    "list_id",
                    ("us_ofac_sdn", "us_ofac_cons"),
                ),
                Hint(
                    "else omit {}: each list is read as its own edition (the archive keeps files of "
                    "one list)",
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
                message = (
                    f"{', '.join(sorted(has[path])) or 'nothing'} at {path}, and the filter of the"
                )
                message += " file has others: was it merged from two files?"
                entry.issue(IssueKind.EDITION, f"the party has {message}", path)
        if self.stated is None:
            info, edition = list_info(self.list_of(lists, entry)), self.reading.edition
            if info.list_id not in self.editions:
                edition = attrs.evolve(edition, list_id=info.list_id, title=info.title)
                self.editions[info.list_id] = edition
            self.reading.begin(info, self.editions[info.list_id])

    def list_of(self, lists: set[str], entry: Entry) -> str:
        """The list of a party on these named lists; the SDN List has priority.

        Raises:
            InvalidInputError: They contradict the caller, or there are none and no list is stated.
        """
        given = self.options.list_id
        fits = {"us_ofac_sdn": SDN_LIST in lists, "us_ofac_cons": bool(lists - {SDN_LIST})}
        if given is None and lists:
            return next(list_id for list_id, is_on in fits.items() if is_on)
        if given is not None and (fits[given] or not lists):
            return given
        raise self.refused(f"this party is on {', '.join(sorted(lists)) or 'none'}", entry.where())

    def place_entities(self, reading: Reading, missing: Sequence[str] | None) -> Placed:
        if not self.editions:
            if self.stated is None and self.options.list_id is None:
                raise self.refused("no party is on a list", self.audit.where())
            return super().place_entities(reading, missing)
        made: dict[str, Edition] = {}
        for list_id in [one for one in self.form.lists if one in self.editions]:
            edition, found = self.editions[list_id], len(reading.entities)
            if made and not edition.is_sample:
                message = (
                    f"{edition.filter}; parties that are also on the SDN List are under us_ofac_sdn"
                )
                edition = attrs.evolve(edition, filter=message)
            made[list_id] = marked(edition, found, self.audit, missing)
        entities: list[Entity] = []
        for one in reading.entities:
            edition = made[cast("Edition", one.edition).list_id]
            # A key that we made has the list of the entry that was read first.
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
        assert root is not None  # `recognise` has read it
        if "deltafile" in root.namespace.lower():
            raise UnknownFormatError(
                "this is a delta file, which has only changes: it is not an edition",
                where=Where(source=source.name),
                hints=(
                    Hint("read SDN_ENHANCED.XML or CONS_ENHANCED.XML"),
                    Hint("{} compares two of them", call=Call("diff")),
                ),
            )
        if root.name == "entities":
            # The service's answer for one id: parties and nothing else.
            entries = {"entity": self.groups[0]}
            form = attrs.evolve(self, root=root.name, entries=entries, header={}, dated_at="")
        return EnhancedReading(form, source, options, root).parse()
