"""The names of Switzerland's list: parts, each with its spelling variants → one name per variant.

    family-name  value Lukashenka    RUS LATN Lukashenko   BEL CYRL ЛУКАШЭНКА
    given-name   value Dzmitry       RUS LATN Dmitri

become the names "Lukashenka Dzmitry", "Lukashenko Dmitri" (RUS, LATN) and "ЛУКАШЭНКА Dzmitry" (BEL,
CYRL): a part without a variant in a language and script keeps its value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from sanctionslib.model import AliasStrength, Name, NameKind, NamePart, NamePartKind
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.faults import limit_exceeded
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.rules import Many, Rules, many, to
from sanctionslib.parsers._engine.values import LANGUAGES, count

__all__ = ["NAME"]

_PARTS = {
    "title": NamePartKind.TITLE,
    "given-name": NamePartKind.GIVEN,
    "further-given-name": NamePartKind.MIDDLE,
    "father-name": NamePartKind.FATHER,
    "grand-father-name": NamePartKind.GRANDFATHER,
    "family-name": NamePartKind.FAMILY,
    "maiden-name": NamePartKind.MAIDEN,
    "suffix": NamePartKind.SUFFIX,
    "tribal-name": NamePartKind.TRIBAL,
    "whole-name": NamePartKind.WHOLE,
    "other": NamePartKind.ORDINAL,
}
_NAMES = {
    "primary-name": NameKind.PRIMARY,
    "alias": NameKind.AKA,
    "formerly-known-as": NameKind.FKA,
}
_QUALITIES = {"good": AliasStrength.STRONG, "low": AliasStrength.WEAK}


@attrs.frozen(kw_only=True)
class _Variant:
    """A part in another spelling."""

    text: str
    language: str | None = None
    script: str | None = None
    note: str = ""


@attrs.frozen(kw_only=True)
class _Part:
    """A part of a name, with its variants."""

    text: str
    kind: NamePartKind = NamePartKind.WHOLE
    order: int = 0
    variants: tuple[_Variant, ...] = ()


_MOST = 5_000
"""Parts of all names that one name becomes; at most 30 in the known files."""


def _language(text: str, entry: Entry) -> str:
    """The ISO 639 code, with two letters where there is one."""
    return LANGUAGES.get(text, text.lower())


def _script(text: str, entry: Entry) -> str | None:
    """The ISO 15924 code."""
    return text.capitalize() if re.fullmatch("[A-Za-z]{4}", text) else None


def _names(fields: Fields, entry: Entry) -> tuple[Name, ...]:
    """A name of the values of its parts, and one for each language and script of their variants."""
    parts: list[_Part] = sorted(fields.pop("inner"), key=lambda one: one.order)
    is_primary = fields.setdefault("kind", None) is NameKind.PRIMARY
    if is_primary and fields.get("strength") is AliasStrength.STRONG:
        del fields["strength"]  # only for aliases
    forms = [(one.language, one.script) for part in parts for one in part.variants]
    # Each variant becomes a name of all parts.
    if len(parts) * (len(forms) + 1) > _MOST:
        raise limit_exceeded(
            f"a name of {len(parts):,} parts in {len(forms):,} spellings", entry.where()
        )
    made = [_name(fields, parts, [*parts])]
    for language, script in dict.fromkeys(forms):
        of_form: Fields = {"language": language, "script": script}
        if is_primary:
            is_latin = script in (None, "Latn")
            of_form["kind"] = NameKind.VARIATION if is_latin else NameKind.ORIGINAL_SCRIPT
        own: list[list[_Part | _Variant]] = [
            [one for one in part.variants if (one.language, one.script) == (language, script)]
            for part in parts
        ]
        for at in range(max(map(len, own))):
            # It is not stated which variants of two parts belong together: they are paired in order.
            stated = [(one[at:] or one or [part])[0] for part, one in zip(parts, own, strict=True)]
            made.append(_name(fields | of_form, parts, stated))
    return tuple(made)


def _name(fields: Fields, parts: Sequence[_Part], stated: Sequence[_Part | _Variant]) -> Name:
    texts = [one.text for one in stated]
    named = [NamePart(kind=part.kind, text=text) for part, text in zip(parts, texts, strict=True)]
    notes = dict.fromkeys([one.note for one in stated if isinstance(one, _Variant)])
    return Name(
        **fields,
        text=" ".join(texts),
        parts=tuple(named),
        group_id=fields.get("source_id"),
        note="; ".join([note for note in notes if note not in ("", "not-defined")]) or None,
    )


_VARIANT: Rules = {
    ".": to("text", also=("Name.text",)),
    "@lang": to("language", _language, also=("Name.language",)),
    "@script": to("script", _script, also=("Name.script",)),
    "@spelling-variant-type": to("note", also=("Name.note",)),
}
_NAME_PART: Rules = {
    "@order": to("order", count, unused="the position of the part, by which they are sorted"),
    "@name-part-type": to("kind", _PARTS, also=("NamePart.kind",)),
    "value": to("text", also=("Name.text", "Name.parts", "NamePart.text")),
    "spelling-variant": many("variants", _Variant, _VARIANT),
}
_NAME: Rules = {
    "@ssid": to("source_id"),
    "@name-type": to("kind", _NAMES, raw="raw_kind"),
    "@quality": to("strength", _QUALITIES, raw="raw_strength"),
    "@lang": to("language", _language),
    "name-part": many("inner", _Part, _NAME_PART),
}

NAME: Many = many("names", Name, _NAME, needs=("inner",), finish=_names)
"""One name of an identity."""
