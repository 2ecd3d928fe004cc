"""The catalog as objects: `data/lists.toml`, and on top of it a file of the user's.

Both are of one form: a table for each list, named by its id; in it its facts, its `limits`, and its
formats with their files, each with the addresses in the order in which they are tried.

    [my_watch]
    title = "Night loadings"

    [my_watch.formats.sanctionslib-csv.files]
    "watch.csv" = ["https://intranet.example/watch.csv"]

The user's file, `lists.toml` in the archive's folder, adds lists, and changes ours: what it states
of a list, format or file that we have takes the place of what we say; what it does not state stays.
Formats and files of one list that stand first are preferred. `docs/guide/servers.md` shows it whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import attrs

from sanctionslib._regular_file import read_regular
from sanctionslib.catalog.list_info import Catalog, FileInfo, FormatInfo, Limits, ListInfo
from sanctionslib.errors import InvalidInputError, ParseError, UnreadableError, Where
from sanctionslib.model import IdentifierKind
from sanctionslib.model.fields import fields_of
from sanctionslib.reference.tables import near
from sanctionslib.serialize import structure

__all__ = ["CATEGORIES", "OWN_CSV", "OWN_FORMATS", "OWN_JSON", "all_lists", "list_info"]

CATEGORIES = ("sanctions", "export control", "debarment")
"""What being on a list can mean."""
OWN_JSON, OWN_CSV = OWN_FORMATS = ("sanctionslib-json", "sanctionslib-csv")
"""The formats of lists of one's own, which no official list has."""

_T = TypeVar("_T", ListInfo, FormatInfo, FileInfo, Limits)

# It names a folder, also where CON is a device and upper and lower case are the same.
_LIST_ID = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]{0,99}")
_FILE_NAME = re.compile(r"[^\s./\\:*?\"<>|][^/\\:*?\"<>|\x00-\x1f\x7f]{0,99}")
_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:[/?][^\s#]*)?")
_LARGEST = 1 << 22
"""More bytes than a catalog of anybody's has."""
_USER = re.compile(r"[^/?#]*//[^/?#]*@")
_ANY = float("inf")


def all_lists(own: Path | None = None) -> Catalog:
    """All lists that are known: ours, then those that the user's file adds.

    Args:
        own: The user's file (`<home>/lists.toml`); it need not exist.

    Raises:
        InvalidInputError: The user's file is not of the form that it should be.
        UnreadableError: It is there and cannot be read.
    """
    return Catalog(lists=tuple(_known(own).values()))


def list_info(list_id: str, own: Path | None = None) -> ListInfo:
    """What is known of one list.

    >>> list_info("us_ofac_sdn").preferred.name
    'ofac-enhanced-xml'

    Raises:
        NotFoundError: No such list is known; with near misses.
        InvalidInputError: The user's file is not of the form that it should be.
        UnreadableError: It is there and cannot be read.
    """
    return all_lists(own)[list_id]


def _known(own: Path | None) -> dict[str, ListInfo]:
    ours = _ours()
    if own is None:
        return ours
    try:
        content = read_regular(own, _LARGEST)
    except FileNotFoundError:
        return ours
    except OSError as error:
        raise UnreadableError(
            f"your catalog of lists cannot be read: {error.strerror or error}",
            where=Where(source=str(own)),
            hint="give yourself the right to read it, put the file itself there, or move it away",
        ) from None
    return ours | _Catalog(str(own), ours).read(content)


@cache
def _ours() -> dict[str, ListInfo]:
    from importlib import resources  # heavier than this whole package, so not at import

    file = resources.files("sanctionslib.catalog") / "data" / "lists.toml"
    return _Catalog("", {}).read(file.read_bytes())


_HINTS = {
    "text": "write it in quotation marks",
    "an array": 'write ["…"], with quotation marks and brackets, also where there is only one',
    "a whole number": "write a whole number, without quotation marks",
    "a number": "write a share from 0 to 1: 0.05 is 5 percent",
}
"""What to write, by what a value must be."""
_RANGES: Mapping[str, tuple[float, float]] = {
    "least": (1, _ANY),
    "entries": (0, 1),
    "group": (0, 1),
    "small": (0, _ANY),
}


class _Catalog:
    """One file of the form, on top of what is known already.

    Args:
        source: The user's file, for errors and `added_by`; "" for ours.
        base: What is known already.
    """

    def __init__(self, source: str, base: Mapping[str, ListInfo]) -> None:
        self.source = source
        self.base = base
        self.readable = {
            form.name: form.is_readable for each in base.values() for form in each.formats
        } | dict.fromkeys(OWN_FORMATS, True)

    def read(self, content: bytes) -> dict[str, ListInfo]:
        """The lists that the file speaks of, with all that is known of them."""
        import tomllib

        try:
            data: dict[str, object] = tomllib.loads(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise self.fault(
                "", f"is not UTF-8: {error.reason}", "save it as UTF-8", what="the file"
            ) from None
        except (ValueError, RecursionError) as error:
            raise self.fault(
                "",
                f"is no TOML: {str(error)[:200]}",
                "texts stand in quotation marks, lists in [ ], and table names with dots or blanks "
                "in quotation marks",
                what="the file",
            ) from None
        return {list_id: self.list_info(list_id, table) for list_id, table in data.items()}

    def fault(self, key: str, wrong: str, hint: str, *, what: str = "") -> InvalidInputError:
        """The error for a key of the file."""
        return InvalidInputError(
            f"{what or repr(key)} {wrong}",
            where=Where(source=self.source or "catalog", path=key),
            hint=hint,
        )

    def list_info(self, list_id: str, value: object) -> ListInfo:
        """`[list_id]`."""
        if not _LIST_ID.fullmatch(list_id):
            raise self.fault(
                list_id,
                "cannot be the id of a list: it names a folder",
                "take small letters a to z, digits, _ and -, as in my_watch",
            )
        table = self.table(list_id, value, _keys(ListInfo, "list_id", "added_by"))
        limits, formats = table.pop("limits", {}), table.pop("formats", {})
        known = self.base.get(list_id)
        if known is None:
            if "title" not in table:
                raise self.fault(
                    list_id,
                    "is a list of your own without a title",
                    _near_or(list_id, self.base, 'add title = "…", in its first lines'),
                )
            known = ListInfo(list_id=list_id, title="")
        info = self.changed(list_id, known, table)
        references = ("", *(one.value for one in IdentifierKind))
        for name, words in (("category", CATEGORIES), ("reference", references)):
            if (word := getattr(info, name)) not in words:
                hint = f"write one of {', '.join(filter(None, words))}"
                raise self.fault(f"{list_id}.{name}", f"is {word!r:.80}", hint)
        found = {one.name: one for one in known.formats}
        for name, each in self.table(f"{list_id}.formats", formats).items():
            found[name] = self.format_info(f"{list_id}.formats.{name}", name, each, found.get(name))
        if self.source and not found:  # added from files in our CSV
            found = {OWN_CSV: FormatInfo(name=OWN_CSV)}
        return attrs.evolve(
            info,
            limits=self.limits(f"{list_id}.limits", limits, known.limits),
            formats=tuple(found.values()),
            added_by=self.source,
        )

    def limits(self, at: str, value: object, known: Limits) -> Limits:
        """`[list_id.limits]`."""
        limits = self.changed(at, known, self.table(at, value, _keys(Limits)))
        for name, (least, most) in _RANGES.items():
            if not least <= (number := getattr(limits, name)) <= most:
                hint = _HINTS["a number"] if most == 1 else f"write a whole number from {least}"
                raise self.fault(f"{at}.{name}", f"is {number}", hint)
        return limits

    def format_info(
        self, at: str, name: str, value: object, known: FormatInfo | None
    ) -> FormatInfo:
        """`[list_id.formats.name]`."""
        # Whether there is a parser is not the user's to say.
        ours_alone = ("is_readable",) if self.source else ()
        table = self.table(at, value, _keys(FormatInfo, "name", *ours_alone))
        if self.source and known is None and not self.readable.get(name):
            readable = [one for one, is_readable in self.readable.items() if is_readable]
            wrong = "is not read yet" if name in self.readable else "is no format that is known"
            hint = _near_or(name, readable, f"take one of {', '.join(readable)}")
            raise self.fault(at, wrong, hint)
        files = {one.name: one for one in known.files} if known else {}
        names = [*files]
        for file, urls in self.table(f"{at}.files", table.pop("files", {})).items():
            key = f"{at}.files.{file}"
            self.check_name(key, file, names, files)
            files[file] = self.changed(key, FileInfo(name=file), {"urls": urls})
            for url in files[file].urls or ("",):
                self.check_address(key, url)
        if not files:
            raise self.fault(
                at, "names no file", f'add [{at}.files] and below it "NAME" = ["https://…"]'
            )
        info = self.changed(at, known or FormatInfo(name=name), table)
        if info.largest < 1:
            raise self.fault(f"{at}.largest", f"is {info.largest}", "write a whole number from 1")
        if info.hashes:  # "" says that a mirror states none
            self.check_address(f"{at}.hashes", info.hashes)
        return attrs.evolve(info, files=tuple(files.values()))

    def check_name(
        self, key: str, name: str, ours: Collection[str], known: Collection[str]
    ) -> None:
        """Refuse what cannot be the name of one more file."""
        # A file more would be asked for, and read, as one more part of the edition.
        if ours and name not in ours:
            raise self.fault(
                key,
                "is no file of this format of this list",
                _near_or(name, ours, f"its files are {', '.join(ours)}"),
            )
        if not _FILE_NAME.fullmatch(name) or (
            name not in ours and name.casefold() in {one.casefold() for one in known}
        ):
            raise self.fault(
                key, "cannot be the name of a file here", "take a name of its own, without a path"
            )

    def check_address(self, at: str, url: str) -> None:
        """Refuse what is no address of a server; "" stands for a file without any."""
        from urllib.parse import urlsplit

        if not url:
            # Of a list of ours, a file can have addresses that change with each edition.
            if self.source:
                raise self.fault(at, "is an empty list of addresses", 'write ["https://…"]')
            return
        if _USER.match(url):
            raise self.fault(
                at,
                "has a user name or password in it, which the archive would keep",
                "leave it out, and give a session that has it: sl.Archive(session=…).load(…)",
            )
        try:
            parts = urlsplit(url)
            is_good = bool(_ADDRESS.fullmatch(url) and parts.hostname) and parts.port != 0
        except ValueError:
            is_good = False
        if not is_good:
            raise self.fault(
                at,
                f"is {url!r:.200}, which is no address",
                "write https://…, or http://… for a server of your own; files that you have are "
                "added with `Archive.add`",
            )

    def table(self, at: str, value: object, keys: Collection[str] = ()) -> dict[str, object]:
        """A table with no keys but these; with any where none are given."""
        if not isinstance(value, dict):
            raise self.fault(at, "is no table", f"write [{at}], and what belongs to it below")
        table = dict(cast("dict[str, object]", value))
        for key in table:
            if keys and key not in keys:
                hint = _near_or(key, keys, f"known are {', '.join(keys)}")
                raise self.fault(f"{at}.{key}", "is no key that is known", hint)
        return table

    def changed(self, at: str, known: _T, table: Mapping[str, object]) -> _T:
        """What is known, with what a table states in its place."""
        required = {
            one.name: getattr(known, one.name) for one in fields_of(type(known)) if one.is_required
        }
        try:
            stated = structure(required | dict(table), type(known))
        except ParseError as error:
            wanted = error.what.removeprefix("must be ").partition(";")[0]
            hints = (hint for word, hint in _HINTS.items() if wanted.startswith(word))
            path = error.where.path
            # The file names its addresses without a key for them.
            key = at if path.startswith("urls") else f"{at}.{path}"
            raise self.fault(key, error.what, next(hints, f"write {wanted}")) from None
        return attrs.evolve(known, **{name: getattr(stated, name) for name in table})


def _keys(kind: type[object], *never: str) -> tuple[str, ...]:
    """The keys of a table: the fields of what it becomes, but these."""
    return tuple(each.name for each in fields_of(kind) if each.name not in never)


def _near_or(text: str, known: Collection[str], otherwise: str) -> str:
    """What may have been meant, else what can be done."""
    found = near(text, known)
    return f"did you mean {' or '.join(map(repr, found))}? {otherwise}" if found else otherwise
