"""The names of OFAC's advanced XML: aliases, each documented in one script or several → names."""

from __future__ import annotations

from collections.abc import Mapping

from sanctionslib.answers import IssueKind
from sanctionslib.model import AliasStrength, Name, NameKind, NamePart, NamePartKind, Person
from sanctionslib.parsers._branches import Branch
from sanctionslib.parsers._ofac_tables import NAME_KINDS, NAME_PARTS, SCRIPTS
from sanctionslib.parsers.ofac_advanced_joins import Half, Joins, joined
from sanctionslib.parsers.ofac_advanced_tables import IDENTITY

__all__ = ["Names"]

_ALIAS = f"{IDENTITY}/Alias"
_NAME = f"{_ALIAS}/DocumentedName"
_NAME_PART = f"{_NAME}/DocumentedNamePart/NamePartValue"
_GROUP = f"{IDENTITY}/NamePartGroups/MasterNamePartGroup/NamePartGroup"


class Names:
    """Reads the names of a party, one method per element."""

    def __init__(self, joins: Joins) -> None:
        self.joins = joins
        self.audit = joins.audit
        self.parts: dict[tuple[NamePartKind, str], NamePart] = {}

    def identity(self, half: Half, identity: Branch) -> list[Name]:
        """The names of an `Identity`: the primary ones first, of them the Latin one."""
        types: dict[str, str] = {}
        if (groups := identity.one("NamePartGroups")) is not None:
            for master in groups.all("MasterNamePartGroup"):
                for group in master.all("NamePartGroup"):
                    path = f"{_GROUP}@NamePartTypeID"
                    word = self.joins.word(
                        "NamePartType", group.get("NamePartTypeID"), path, half.uid
                    )
                    types[group.get("ID") or ""] = word
        unused = set(types)
        found: list[tuple[bool, bool, Name]] = []
        for position, alias in enumerate(identity.all("Alias"), start=1):
            is_primary = alias.get("Primary") == "true"
            self.joins.same_key(half, f"{_ALIAS}@FixedRef", alias.get("FixedRef"))
            role = self.joins.word(
                "AliasType", alias.get("AliasTypeID"), f"{_ALIAS}@AliasTypeID", half.uid
            )
            before = len(found)
            for documented in alias.all("DocumentedName"):
                self.joins.same_key(half, f"{_NAME}@FixedRef", documented.get("FixedRef"))
                status = self.joins.word(
                    "DocNameStatus",
                    documented.get("DocNameStatusID"),
                    f"{_NAME}@DocNameStatusID",
                    half.uid,
                )
                name = self.name(half, alias, documented, role, types, unused, str(position))
                if name is not None:
                    found.append((not is_primary, status != "Primary Latin", name))
            if len(found) == before:
                half.odd.append((f"{_ALIAS}@AliasTypeID", role))
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

    def name(
        self,
        half: Half,
        alias: Branch,
        documented: Branch,
        role: str,
        types: Mapping[str, str],
        unused: set[str],
        group_id: str,
    ) -> Name | None:
        """One `DocumentedName`; persons as "LAST, First Middle", in the letter case of the file."""
        parts: list[NamePart] = []
        scripts: dict[str, None] = {}
        for holder in documented.all("DocumentedNamePart"):
            part = holder.one("NamePartValue")
            text = part.get("") if part is not None else None
            if part is None or text is None:
                continue
            group = part.get("NamePartGroupID") or ""
            unused.discard(group)
            if group not in types:
                self.joins.dangling(
                    half, f"{_NAME_PART}@NamePartGroupID", group, "it names no type"
                )
            parts.append(self.name_part(half, types.get(group, ""), text))
            scripts[
                self.joins.word("Script", part.get("ScriptID"), f"{_NAME_PART}@ScriptID", half.uid)
            ] = None
        if not parts:
            return None
        kind = NAME_KINDS.get(role.lower())
        if kind is None:
            self.audit.unknown("alias type", role, half.uid)
        low, strength = alias.get("LowQuality"), AliasStrength.UNSTATED
        if low == "true":
            strength = AliasStrength.WEAK
        elif low == "false" and kind is not NameKind.PRIMARY:
            strength = AliasStrength.STRONG
        script = next(iter(scripts)) if len(scripts) == 1 else None
        code = SCRIPTS.get(script) if script is not None else None
        said = [alias.get("Comment"), documented.get("Comment")]
        if code is None:
            said.append(f"script: {', '.join(scripts)}")
            self.audit.unknown("script", ", ".join(scripts), half.uid)
        return Name(
            text=_text(parts) if half.kind is Person else " ".join([one.text for one in parts]),
            parts=tuple(parts),
            kind=kind,
            strength=strength,
            script=code,
            group_id=group_id,
            note=joined(*said),
            raw_kind=role,
            raw_strength="" if low in ("true", "false", None) else low,
            source_id=documented.get("ID"),
        )

    def name_part(self, half: Half, word: str, text: str) -> NamePart:
        """A part of a name; one of a type that we do not know is taken as a whole one."""
        kind = NAME_PARTS.get(word)
        if kind is None:
            kind = NamePartKind.WHOLE
            self.audit.unknown("name part", word, half.uid)
        return self.parts.setdefault((kind, text), NamePart(kind=kind, text=text))


def _text(parts: list[NamePart]) -> str:
    """A person's name as OFAC prints it: "LAST, First Middle"."""
    family = " ".join([part.text for part in parts if part.kind is NamePartKind.FAMILY])
    others = " ".join([part.text for part in parts if part.kind is not NamePartKind.FAMILY])
    return f"{family}, {others}" if family and others else family or others
