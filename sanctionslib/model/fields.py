"""The registry of fields: what other packages need to know of a field, declared with it.

A field that says more than its name and type has `metadata=about(…)`; one that takes no part in
equality has `eq=False`. From these follow equality, repr, the labels of cards and diffs, columns of
tables, the JSON Schema, the fill rates that an edition is checked by, and the facts of a format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TypeAlias, cast

import attrs

from sanctionslib.model.facts import Fact

_KEY = "sanctionslib"
_Getter: TypeAlias = Callable[[object], object]


@attrs.frozen(kw_only=True)
class FieldInfo:
    """What is known of one field of a class."""

    name: str = ""
    """Its name in Python and JSON: `legal_bases`."""
    label: str = ""
    """One value of it in words for people: "legal basis"."""
    fact: Fact | None = None
    """The fact that it states; None where none is declared for it."""
    column: str = ""
    """The column of `SanctionsList.rows` that shows it; "" for none."""
    raw_of: str = ""
    """The reading that it is the raw text of: it is compared only where that is None or False."""
    is_compared: bool = True
    """Whether it takes part in equality."""
    default: object = None
    """What it is where nothing is given."""
    is_required: bool = False
    """Whether it has to be given."""


def about(
    label: str = "", *, fact: Fact | None = None, column: str = "", raw_of: str = ""
) -> Mapping[str, object]:
    """The metadata of a field: `attrs.field(metadata=about(…))`; see `FieldInfo`.

    The label is by default the name of the field, with blanks.
    """
    return {_KEY: FieldInfo(label=label, fact=fact, column=column, raw_of=raw_of)}


def fields_of(cls: type[object]) -> tuple[FieldInfo, ...]:
    """The fields of a class of the model or of the answers, in their order.

    >>> from sanctionslib.model import Name
    >>> [one.name for one in fields_of(Name) if not one.is_compared]
    ['group_id', 'source_id']
    """
    if cls not in _FIELDS:
        _FIELDS[cls] = tuple(
            attrs.evolve(
                info := cast("FieldInfo", one.metadata.get(_KEY, FieldInfo())),
                name=one.name,
                label=info.label or one.name.replace("_", " "),
                is_compared=bool(one.eq),
                default=None if one.default is attrs.NOTHING else one.default,
                is_required=one.default is attrs.NOTHING,
            )
            for one in attrs.fields(cast("type[attrs.AttrsInstance]", cls))
        )
    return _FIELDS[cls]


def are_equal(one: object, other: object) -> bool:
    """Whether two values of one class with raw text (`raw_of`) are equal.

    Beside a reading the text of the source does not count; two unread texts are equal only
    where they are the same.
    """
    is_read, read, whole = _GETTERS[type(one)]
    if whole(one) == whole(other):  # mostly
        return True
    return bool(is_read(one)) and read(one) == read(other)


def hash_of(value: object) -> int:
    """The hash of a value of a class with raw text."""
    is_read, read, whole = _GETTERS[type(value)]
    return hash(read(value) if is_read(value) else whole(value))


class _Getters(dict[type[object], tuple[_Getter, _Getter, _Getter]]):
    """What gives the reading, the compared fields but the raw text, and all compared fields."""

    def __missing__(self, cls: type[object]) -> tuple[_Getter, _Getter, _Getter]:
        compared = [one for one in fields_of(cls) if one.is_compared]
        (reading,) = {one.raw_of for one in compared if one.raw_of}
        read = attrgetter(*(one.name for one in compared if not one.raw_of))
        whole = attrgetter(*(one.name for one in compared))
        self[cls] = found = (attrgetter(reading), read, whole)
        return found


_FIELDS: dict[type[object], tuple[FieldInfo, ...]] = {}
_GETTERS = _Getters()
