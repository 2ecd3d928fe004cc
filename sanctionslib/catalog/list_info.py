"""Catalog, ListInfo: what is known of official lists without looking at them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import overload

import attrs

from sanctionslib.errors import Call, Hint, NotFoundError
from sanctionslib.model import IdStability
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.reference.tables import near

__all__ = ["Catalog", "FileInfo", "FormatInfo", "Limits", "ListInfo"]


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class FileInfo(Value):
    """One file of an edition, and where it can be had."""

    name: str
    """Its official name: `SDN.CSV`."""
    urls: tuple[str, ...] = ()
    """Addresses, tried one after the other where one does not have it. Each may also give the file
    in a zip."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class FormatInfo(Value):
    """One format in which a list is published."""

    name: str
    """Format name, as `ofac-enhanced-xml`; `sanctionslib formats` lists those that can be read."""
    files: tuple[FileInfo, ...] = ()
    """The files that make up an edition."""
    is_readable: bool = True
    """False where no parser exists yet."""
    largest: int = 1_000_000_000
    """The size in bytes that no file of it reaches, unpacked: what is larger is no list."""
    hashes: str = ""
    """Where the publisher states hashes of the files: the address of a catalogue of OFAC's service."""
    same_as: str = ""
    """The format that is the same table in another container, so that equal facts give equal entities:
    `gb-hmt-csv` for `gb-hmt-xlsx`. Editions in one and the other can be compared."""
    note: str = ""
    """What is worth knowing of it: how it is served, what its server does."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Limits(Value):
    """What an edition must have to be taken for the list: see `sanctionslib.archive.checks`."""

    least: int = 1
    """The number of entries that the list has never fallen below."""
    entries: float = 0.05
    """The share of all entries that may be gone at once."""
    group: float = 0.2
    """The share of a kind, of a named list, or of the entries with a field that may be gone at once."""
    small: int = 20
    """Groups that had fewer go up and down: of them is asked only that five or more do not vanish at
    once. A share of 1 asks nothing."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class ListInfo(Displayable):
    """What is known of an official list without looking at it: who publishes it, where, in what form."""

    list_id: str
    """List id, those of OpenSanctions: `us_ofac_sdn`."""
    title: str
    """What its publisher calls it."""
    publisher: str = ""
    """Who publishes it."""
    country: str = ""
    """ISO code of the country that lists; "" for the United Nations and the European Union."""
    homepage: str = ""
    """The page for people."""
    licence: str = ""
    """On what terms it may be used, as far as known."""
    rhythm: str = ""
    """How often it is published, in words."""
    id_space: str = ""
    """Whose keys its source ids are."""
    id_stability: IdStability = IdStability.STABLE
    """How long its source ids mean the same party."""
    authority: str = ""
    """The code of the authority that keeps it, where one does: `OFAC`."""
    named_lists: tuple[str, ...] = ()
    """The named lists that it is made of, as its publisher calls them: "SDN List"."""
    category: str = "sanctions"
    """What being on it means: "sanctions", "export control", or "debarment", which bars a firm from
    contracts of a development bank and is no sanction."""
    reference: str = ""
    """The kind of identifier by which other lists name its entries, an `IdentifierKind` in words:
    "UN reference number"."""
    formats: tuple[FormatInfo, ...] = ()
    """The formats in which it is published, the preferred one first."""
    limits: Limits = Limits()
    """What an edition must have to be taken for the list."""
    note: str = ""
    """What is worth knowing of it."""
    added_by: str = ""
    """The file of yours that says so, where it is none of ours or you changed it."""

    @property
    def is_readable(self) -> bool:
        """True where at least one of its formats can be read."""
        return any(one.is_readable for one in self.formats)

    @property
    def preferred(self) -> FormatInfo | None:
        """The format that `load` fetches: the first that can be read and has an address."""
        return next(
            (
                one
                for one in self.formats
                if one.is_readable and any(each.urls for each in one.files)
            ),
            None,
        )

    def __repr__(self) -> str:
        readable = (one.name for one in self.formats if one.is_readable)
        form = self.preferred.name if self.preferred else next(readable, "not read yet")
        return f"<ListInfo {self.list_id} {self.title!r}: {form}>"


def _holding(key: str, lists: Iterable[ListInfo]) -> tuple[str, ...]:
    """The ids of lists that hold all words of a key in their id or title: "sdn", "UN", "SDN List"."""
    asked = re.findall(r"\w+", key.casefold())
    found: list[str] = []
    for one in lists:
        words = {*one.list_id.split("_"), *re.findall(r"\w+", one.title.casefold()), "list"}
        if asked and words.issuperset(asked):
            found.append(one.list_id)
    return tuple(found[:5])


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Catalog(Displayable):
    """The lists that are known: ours, then those of the user's own; a table wherever it is shown.

    >>> import sanctionslib as sl
    >>> sl.lists()["us_ofac_cons"].preferred.name
    'ofac-enhanced-xml'
    """

    lists: tuple[ListInfo, ...] = ()
    """The lists, in the order of the catalog."""

    def __len__(self) -> int:
        return len(self.lists)

    def __iter__(self) -> Iterator[ListInfo]:
        return iter(self.lists)

    def __contains__(self, one: object) -> bool:
        return one in self.lists or any(each.list_id == one for each in self.lists)

    @overload
    def __getitem__(self, key: str | int) -> ListInfo: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[ListInfo, ...]: ...
    def __getitem__(self, key: str | int | slice) -> ListInfo | tuple[ListInfo, ...]:
        """The list with an id, or those at a place.

        Raises:
            NotFoundError: No list with this id is known; with near misses.
        """
        if not isinstance(key, str):
            return self.lists[key]
        known = {each.list_id: each for each in self.lists}
        if key not in known:
            suggestions = near(key, known) or _holding(key, self.lists)
            raise NotFoundError(
                f"no list with the id {key!r} is known",
                suggestions=suggestions,
                hints=() if suggestions else (Hint("{} gives all that are", call=Call("lists")),),
            )
        return known[key]

    def __repr__(self) -> str:
        read = sum(one.is_readable for one in self.lists)
        return f"<Catalog of {len(self.lists):,} lists, {read:,} of them can be read>"
