"""The names of OFAC's advanced XML: aliases, each documented in one script or several → names."""

from __future__ import annotations

from collections.abc import Mapping

from sanctionslib.answers import IssueKind
from sanctionslib.model import AliasStrength, Name, NameKind, NamePart, NamePartKind, Person
from sanctionslib.parsers._branches import Branch
from sanctionslib.parsers._ofac_party import joined
from sanctionslib.parsers._ofac_tables import NAME_KINDS, NAME_PARTS, SCRIPTS
from sanctionslib.parsers.ofac_advanced_joins import Half, Joins
from sanctionslib.parsers.ofac_advanced_tables import IDENTITY

__all__ = ["Names"]

_ALIAS = f"{IDENTITY}/Alias"
_NAME = f"{_ALIAS}/DocumentedName"
_NAME_PART = f"{_NAME}/DocumentedNamePart/NamePartValue"
_STATUSES = ("Primary Latin", "Others")
_GROUP = f"{IDENTITY}/NamePartGroups/MasterNamePartGroup/NamePartGroup"


class Names:
    """Reads the names of a party, one method per element."""

    def __init__(self, joins: Joins) -> None:
        self.joins = joins
        self.audit = joins.audit
        self.made: dict[tuple[NamePartKind, str], NamePart] = {}

    def identity(self, half: Half, identity: Branch) -> list[Name]:
        """The names of an `Identity`: the primary ones first, of them the Latin one."""
        types = self.types(half, identity)
        unused = dict(types)
        found: list[tuple[bool, bool, Name]] = []
        for position, alias in enumerate(identity.all("Alias"), start=1):
            self.joins.same_key(half, f"{_ALIAS}@FixedRef", alias.get("FixedRef"))
            path = f"{_ALIAS}@AliasTypeID"
            role = self.joins.word("AliasType", alias.get("AliasTypeID"), path, half.uid)
            primary = alias.get("Primary")
            if primary not in ("true", "false"):
                half.odd.append((f"{_ALIAS}@Primary", primary or ""))
            before = len(found)
            for documented in alias.all("DocumentedName"):
                parts, notes, script = self.parts(half, documented, types, unused)
                if not parts:
                    continue
                name = self.name(half, alias, role, documented, parts, notes, script, str(position))
                found.append((primary != "true", not self.is_latin(half, documented), name))
            if len(found) == before:
                half.odd.append((path, role))
        for key in unused:
            self.joins.dangling(half, f"{_GROUP}@ID", key, "no part of a name has this type")
        found.sort(key=lambda one: one[:2])
        if found and found[0][0]:
            self.audit.issue(
                IssueKind.NO_PRIMARY_NAME,
                f"no name is marked as primary: it is kept as {found[0][2].text!r}",
                entry=half.uid,
                line=half.line,
            )
        return [name for _, _, name in found]

    def types(self, half: Half, identity: Branch) -> dict[str, str]:
        """`NamePartGroups`: key → type of the parts of names that refer to it."""
        found: dict[str, str] = {}
        groups = identity.one("NamePartGroups")
        for master in groups.all("MasterNamePartGroup") if groups is not None else ():
            for group in master.all("NamePartGroup"):
                path = f"{_GROUP}@NamePartTypeID"
                key, number = group.get("ID") or "", group.get("NamePartTypeID")
                found[key] = self.joins.word("NamePartType", number, path, half.uid)
        return found

    def is_latin(self, half: Half, documented: Branch) -> bool:
        """Whether it is the Latin one of the primary names."""
        path = f"{_NAME}@DocNameStatusID"
        status = self.joins.word("DocNameStatus", documented.get("DocNameStatusID"), path, half.uid)
        if status not in _STATUSES:
            half.odd.append((path, status))
        return status == _STATUSES[0]

    def parts(
        self,
        half: Half,
        documented: Branch,
        types: Mapping[str, str],
        unused: dict[str, str],
    ) -> tuple[list[NamePart], list[str], str | None]:
        """The parts of a name, what is to be noted of them, and the script that all have."""
        parts: list[NamePart] = []
        scripts: dict[str, None] = {}
        notes: list[str] = []
        for holder in documented.all("DocumentedNamePart"):
            part = holder.one("NamePartValue")
            text = part.get("") if part is not None else None
            if part is None or text is None:
                continue
            group = part.get("NamePartGroupID") or ""
            unused.pop(group, None)
            if group not in types:
                path = f"{_NAME_PART}@NamePartGroupID"
                self.joins.dangling(half, path, group, "it names no type")
            word = types.get(group, "")
            if (kind := NAME_PARTS.get(word)) is None:
                kind = NamePartKind.WHOLE
                notes.append(f"type of {text!r}: {word}")
                self.audit.unknown("name part", word, half.uid)
            parts.append(self.made.setdefault((kind, text), NamePart(kind=kind, text=text)))
            path = f"{_NAME_PART}@ScriptID"
            scripts[self.joins.word("Script", part.get("ScriptID"), path, half.uid)] = None
        words = ", ".join(scripts)
        if scripts and words not in SCRIPTS:
            notes.append(f"script: {words}")
            self.audit.unknown("script", words, half.uid)
        return parts, notes, SCRIPTS.get(words)

    def name(
        self,
        half: Half,
        alias: Branch,
        role: str,
        documented: Branch,
        parts: list[NamePart],
        notes: list[str],
        script: str | None,
        group_id: str,
    ) -> Name:
        """One `DocumentedName`; persons as "LAST, First Middle", in the letter case of the file."""
        self.joins.same_key(half, f"{_NAME}@FixedRef", documented.get("FixedRef"))
        kind = NAME_KINDS.get(role.lower())
        if kind is None:
            self.audit.unknown("alias type", role, half.uid)
        low, strength = alias.get("LowQuality"), AliasStrength.UNSTATED
        if low == "true":
            strength = AliasStrength.WEAK
        elif low == "false" and kind is not NameKind.PRIMARY:
            strength = AliasStrength.STRONG
        return Name(
            text=_text(parts) if half.kind is Person else " ".join([one.text for one in parts]),
            parts=tuple(parts),
            kind=kind,
            strength=strength,
            script=script,
            group_id=group_id,
            note=joined(alias.get("Comment"), documented.get("Comment"), *notes),
            raw_kind=role,
            raw_strength="" if low in ("true", "false", None) else low,
            source_id=documented.get("ID"),
        )


def _text(parts: list[NamePart]) -> str:
    """A person's name as OFAC prints it: "LAST, First Middle"."""
    family = " ".join([part.text for part in parts if part.kind is NamePartKind.FAMILY])
    others = " ".join([part.text for part in parts if part.kind is not NamePartKind.FAMILY])
    return f"{family}, {others}" if family and others else family or others
