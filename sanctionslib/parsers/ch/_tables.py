"""The tables of Switzerland's list that targets refer to, and the joins.

Ordinances (`sanctions-program`) with their annexes (`sanctions-set`), and places, can precede the
targets or follow them. A first pass reads them; then each key is replaced by the object that it
refers to, before the rules read a target. Findings in these tables are reported once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.errors import Hint, IncompleteEditionError
from sanctionslib.model import Country, Edition, Feature, Scope
from sanctionslib.parsers._engine.audit import Pairs
from sanctionslib.parsers._engine.edition import Header
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields, joined
from sanctionslib.parsers._engine.format import Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.maker import CodeTable, Maker, Shape
from sanctionslib.parsers._engine.rules import Group, Rules, Unused, many, parts, to
from sanctionslib.parsers._engine.values import country
from sanctionslib.parsers._engine.xml import XmlFormat, XmlReading, take, with_namespace
from sanctionslib.parsers._engine.xml_entries import Root, XmlEntries

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Located", "SanctionsSet", "SecoHeader", "SecoReading", "country_of"]

_T = TypeVar("_T")


def country_of(given: Mapping[str, str], entry: Entry) -> Country:
    """A country by its code; the text is its name."""
    code = "".join([text for at, text in given.items() if "@" in at])
    name = "".join([text for at, text in given.items() if "@" not in at])
    if re.fullmatch("[A-Z]{2}", code):
        return Country(code=code, raw=name)
    return country(f"{name} {code}".strip(), entry)


@attrs.frozen(kw_only=True)
class _Text:
    text: str
    language: str = ""
    script: str = ""
    key: str = ""


@attrs.frozen(kw_only=True)
class Located:
    """A place that addresses, births and documents refer to."""

    key: str = ""
    city: str | None = None
    area: str | None = None
    country: Country | None = None
    variants: tuple[str, ...] = ()
    """Other spellings, with their element: "location-variant: Мінск"."""

    def __str__(self) -> str:
        return ", ".join([str(one) for one in (self.city, self.area, self.country) if one])


@attrs.frozen(kw_only=True)
class SanctionsSet:
    """An annex of an ordinance, in the words of the file."""

    text: str
    """Its content: "article 12 -- Restrictions on named individuals and entities"."""
    program: str
    """Key of the ordinance, "Belarus"."""
    ordinance: str
    """Its name, "Ordinance of 15 June 2016 on measures against Belarus"."""
    origin: str
    """The authority that decided: "EU", "UN"."""
    ordinance_id: str


@attrs.frozen(kw_only=True)
class _Program:
    key: str = ""
    keys: tuple[_Text, ...] = ()
    names: tuple[_Text, ...] = ()
    sets: tuple[_Text, ...] = ()
    origin: tuple[str, ...] = ()

    def annexes(self) -> Mapping[str, SanctionsSet]:
        """Its annexes, by their keys."""
        found: dict[str, SanctionsSet] = {}
        for key in dict.fromkeys(one.key for one in self.sets):
            found[key] = SanctionsSet(
                text=_english([one for one in self.sets if one.key == key]),
                program=_english(self.keys),
                ordinance=_english(self.names),
                origin=", ".join(self.origin),
                ordinance_id=self.key,
            )
        return found


def _english(texts: Sequence[_Text]) -> str:
    """The English text, else the first."""
    in_english = [one for one in texts if one.language == "eng"]
    return next((one.text for one in (*in_english, *texts)), "")


def _location(fields: Fields, entry: Entry) -> str:
    return f"location-variant: {', '.join(fields.values())}"


def _area(fields: Fields, entry: Entry) -> str:
    return f"area-variant: {', '.join(fields.values())}"


_TEXT: Rules = {"@lang": to("language"), "@ssid": to("key"), ".": to("text")}
_VARIANT: Rules = {
    ".": to("text"),
    "@lang": to("language"),
    "@script": to("script"),
    "@variant-type": Unused("how the variant was made"),
}
_PROGRAM = Group(
    make=_Program,
    rules={
        "@ssid": to("key"),
        "@version-date": Unused("about the ordinance, not the target"),
        "@predecessor-version-date": Unused("about the ordinance, not the target"),
        "program-key": many("keys", _Text, _TEXT),
        "program-name": many("names", _Text, _TEXT),
        "sanctions-set": many("sets", _Text, _TEXT),
        "origin": many("origin"),
    },
)
_PLACE = Group(
    make=Located,
    rules={
        "@ssid": to("key"),
        "location": to("city"),
        "area": to("area"),
        **parts("country", country_of, "country", "country@iso-code"),
        "location-variant": many("variants", _Text, _VARIANT, finish=_location),
        "area-variant": many("variants", _Text, _VARIANT, finish=_area),
    },
)
_SETS = ("@sanctions-set-id", "sanctions-set-id")
"""The paths of a target's annexes: one of the two."""
_TABLES = {"sanctions-program": _PROGRAM, "place": _PLACE}


@attrs.frozen(kw_only=True)
class SecoHeader(Header):
    """The header, from the root."""

    list_type: str = ""
    """"whole-list" or "amendment"."""


class SecoReading(XmlReading):
    """One file while it is read."""

    def __init__(self, form: XmlFormat, source: InputFile, options: Options, root: Root) -> None:
        super().__init__(form, source, options, root)
        self.tables = {
            path: Maker(group, origin=f"{form.root}/{path}") for path, group in _TABLES.items()
        }
        for maker in self.tables.values():
            with_namespace(maker.shape, root)
        self.paths = (*self.tables, *self.paths)
        self.sets: dict[str, SanctionsSet] = {}
        self.places: dict[str, Located] = {}
        for maker in self.makers.values():
            self._resolve_places(maker.shape)

    def parse(self) -> Parsed:
        unexpected: dict[str, list[tuple[str, str]]] = {}
        attributes = tuple(self.root.attributes)
        with self.source.open() as stream:
            repaired = self.repaired(stream, reports=False)
            for path, element in XmlEntries(
                self.source, repaired, self.root, self.paths, attributes=attributes
            ).named():
                if path in self.tables:
                    for at, text in self.row(self.tables[path], element):
                        unexpected.setdefault(joined(path, at), []).append(("", text))
        self.audit.unexpected(unexpected.items(), "in a table")
        return super().parse()

    def row(self, maker: Maker, element: etree._Element) -> Pairs:
        """Keep a row of a table, and give its unexpected values."""
        entry = self.new_entry(maker, element)
        take(element, maker.shape, entry.texts, entry)
        made = maker.make(entry.texts, entry)
        if isinstance(made, _Program):
            for key, annex in made.annexes().items():
                self.add(self.sets, key, annex, entry)
        elif isinstance(made, Located):
            self.add(self.places, made.key, made, entry)
        unexpected, entry.unexpected = entry.unexpected, []
        entry.report()
        return unexpected

    def add(self, table: dict[str, _T], key: str, row: _T, entry: Entry) -> None:
        """Keep a row; a duplicate key is reported, and the first row counts."""
        if table.setdefault(key, row) is not row:
            message = f"{entry.origin.path} has the key {key!r} a second time; the first one counts"
            entry.issue(IssueKind.DUPLICATE_ID, message, entry.origin.path)

    def element(self, path: str, element: etree._Element, is_first: bool) -> None:
        if path not in self.tables:
            super().element(path, element, is_first)

    def edition(self, list_id: str, header: Header) -> Edition:
        """The edition.

        Raises:
            IncompleteEditionError: The file has only changes.
        """
        edition = super().edition(list_id, header)
        list_type = cast("SecoHeader", header).list_type
        if list_type == "whole-list":
            return edition
        message = f"list-type is {list_type!r}: the file has changes of a list, not the whole list"
        if not self.options.partial:
            raise IncompleteEditionError(
                message,
                where=self.audit.where(),
                hints=(
                    Hint("fetch the whole list"),
                    Hint("{} reads the changes as a part of it", "partial", True),
                ),
            )
        self.audit.issue(IssueKind.EDITION, f"{message}; read as partial")
        return attrs.evolve(edition, scope=Scope.CUSTOM, filter=f"list-type {list_type!r}")

    def prepare(self, entry: Entry) -> None:
        texts = entry.texts
        for at in _SETS:
            if at in texts:
                given = cast("list[str]", texts[at] if isinstance(texts[at], list) else [texts[at]])
                found = [self.sets.get(key) or self.missing(at, key, entry) for key in given]
                texts[at] = tuple(found) if at.startswith("@") else found

    def missing(self, path: str, key: str, entry: Entry) -> tuple[()]:
        """Report an unresolved key, and keep it as a Feature."""
        entry.features.append(Feature(label=path, value=key))
        entry.unmapped(path, "", key)
        message = f"{path} is {key!r}, which is not in the file; it is kept as a Feature"
        entry.issue(IssueKind.UNRESOLVED_REFERENCE, message, path)
        return ()

    def _resolve_places(self, shape: Shape) -> None:
        """Replace each key of a place by the place, while targets are read."""
        for name, (key, path, _) in list(shape.attributes.items()):
            if name == "place-id":
                places = CodeTable(self.places, partial(self.missing, path))
                shape.attributes[name] = (key, path, places)
        for child in shape.children.values():
            self._resolve_places(child)
