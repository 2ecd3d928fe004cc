"""The reference value sets of OFAC's advanced XML: the words that its numbers lead to."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.maker import Shape, Words
from sanctionslib.parsers._engine.xml_entries import attributes_of, local_name, record_of

__all__ = ["Sets"]

_REFERENCES = frozenset(
    """
    AliasType CalendarType Country CountryRelevance DetailReference DetailType DocNameStatus
    EntryEventType FeatureType IDRegDocDateType IDRegDocType IdentityFeatureLinkType List
    LocPartType LocPartValueStatus LocPartValueType NamePartType PartySubType RelationQuality
    RelationType Reliability SanctionsType Script ScriptStatus Validity
    """.split()  # noqa: SIM905  (a list would have a line for each)
)
"""The sets whose words the rules see in place of the numbers. An attribute that refers to a set bears
its name and "ID": "AliasTypeID", "IssuedBy-CountryID"."""


class Sets:
    """`ReferenceValueSets`: number → word, by set ("AliasType" for `AliasTypeValues`)."""

    def __init__(self, audit: AuditBuilder) -> None:
        self._audit = audit
        self._words: dict[str, dict[str, str]] = {}
        self._more: dict[tuple[str, str], Mapping[str, str]] = {}

    def read(self, element: etree._Element) -> None:
        """Read all sets. What is no value with a number is reported."""
        for group in element:
            kind = local_name(group.tag).removesuffix("Values")
            words = self._words.setdefault(kind, {})
            for value in group:
                attributes = {local_name(name): text for name, text in attributes_of(value)}
                key, text = attributes.get("ID", "").strip(), (value.text or "").strip()
                if not key or len(value) or words.get(key, text) != text:
                    self._audit.issue(
                        IssueKind.STRUCTURE,
                        f"a value of {kind}Values has no ID, another one's, or more than a text",
                        path=f"ReferenceValueSets/{kind}Values",
                        line=value.sourceline,
                        record=record_of(value, base=local_name(value.tag)),
                    )
                    continue
                words[key] = text
                self._more[kind, key] = attributes

    def give_words(self, shape: Shape) -> None:
        """Let what reads an element find words where it has numbers."""
        for name, (key, path, _) in shape.attributes.items():
            kind = name.removeprefix("IssuedBy-").removesuffix("ID")
            if kind in _REFERENCES:
                shape.attributes[name] = (key, path, self._table(kind, path))
        for child in shape.children.values():
            self.give_words(child)

    def _table(self, kind: str, path: str) -> Words:
        words = dict(self._words.get(kind, {}))
        if kind == "PartySubType":  # the subtypes of persons and organizations are "Unknown"
            types = self._words.get("PartyType", {})
            for key, word in words.items():
                if word == "Unknown":
                    words[key] = types.get(self.more(kind, key, "PartyTypeID"), "")

        return Words(words, lambda key, entry: self._unknown(kind, key, path, entry))

    def _unknown(self, kind: str, key: str, path: str, entry: Entry) -> str:
        says = f"{path} refers to {key!r}, which {kind}Values lacks; others are not reported"
        entry.issue(IssueKind.DANGLING, says, path, once=f"{kind} {key}")
        return key

    def word(self, kind: str, key: str, path: str, entry: Entry) -> str:
        """The word of a number; the number itself where the set lacks it, which is reported."""
        return self._words.get(kind, {}).get(key) or self._unknown(kind, key, path, entry)

    def more(self, kind: str, key: str, attribute: str) -> str:
        """An attribute of a value beside its number; "" where it has none."""
        return self._more.get((kind, key), {}).get(attribute, "").strip()
