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
from typing import cast

import attrs

from sanctionslib._regular_file import read_regular
from sanctionslib.catalog.list_info import Catalog, FileInfo, FormatInfo, Limits, ListInfo
from sanctionslib.errors import InvalidInputError, UnreadableError, Where
from sanctionslib.model import IdentifierKind, IdStability
from sanctionslib.reference.tables import near

__all__ = ["CATEGORIES", "OWN_FORMATS", "all_lists", "list_info"]

CATEGORIES = ("sanctions", "export control", "debarment")
"""What being on a list can mean."""
OWN_FORMATS = ("sanctionslib-json", "sanctionslib-csv")
"""The formats of lists of one's own, which no official list has."""

# It names a folder, also where CON is a device and upper and lower case are the same.
_LIST_ID = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]{0,99}")
_FILE_NAME = re.compile(r"[^\s./\\:*?\"<>|][^/\\:*?\"<>|\x00-\x1f\x7f]{0,99}")
_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:[/?][^\s#]*)?")
_LARGEST = 1 << 22
"""More bytes than a catalog of anybody's has."""
_USER = re.compile(r"[^/?#]*//[^/?#]*@")


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
    from importlib import resources  # heavier than this whole room, so not at import

    file = resources.files("sanctionslib.catalog") / "data" / "lists.toml"
    return _Catalog("", {}).read(file.read_bytes())


def _keys(kind: type[attrs.AttrsInstance], *never: str) -> tuple[str, ...]:
    """The keys of a table: the fields of what it becomes, but these."""
    return tuple(each.name for each in attrs.fields(kind) if each.name not in never)


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
        ours = self.base.get(list_id)
        if ours is None and "title" not in table:
            raise self.fault(
                list_id,
                "is a list of your own without a title",
                self.near_or(list_id, self.base, 'add title = "…", in its first lines'),
            )
        info = ours or ListInfo(list_id=list_id, title="")

        def text(name: str, otherwise: str) -> str:
            return self.text(f"{list_id}.{name}", table.get(name, otherwise))

        return ListInfo(
            list_id=list_id,
            title=text("title", info.title),
            publisher=text("publisher", info.publisher),
            country=text("country", info.country),
            homepage=text("homepage", info.homepage),
            licence=text("licence", info.licence),
            rhythm=text("rhythm", info.rhythm),
            id_space=text("id_space", info.id_space),
            id_stability=IdStability(
                self.one_of(
                    f"{list_id}.id_stability",
                    text("id_stability", info.id_stability.value),
                    [one.value for one in IdStability],
                )
            ),
            authority=text("authority", info.authority),
            category=self.one_of(
                f"{list_id}.category", text("category", info.category), CATEGORIES
            ),
            reference=self.one_of(
                f"{list_id}.reference",
                text("reference", info.reference),
                ("", *(one.value for one in IdentifierKind)),
            ),
            named_lists=self.texts(
                f"{list_id}.named_lists", table.get("named_lists", [*info.named_lists])
            ),
            formats=self.formats(f"{list_id}.formats", table.get("formats", {}), info.formats),
            limits=self.limits(f"{list_id}.limits", table.get("limits", {}), info.limits),
            note=text("note", info.note),
            added_by=self.source,
        )

    def one_of(self, at: str, said: str, known: Collection[str]) -> str:
        """A text that has to be one of these."""
        if said not in known:
            raise self.fault(
                at, f"is {said!r:.80}", f"write one of {', '.join(filter(None, known))}"
            )
        return said

    def formats(
        self, at: str, value: object, base: tuple[FormatInfo, ...]
    ) -> tuple[FormatInfo, ...]:
        """`[list_id.formats]`."""
        forms = {one.name: one for one in base}
        for name, each in self.table(at, value).items():
            forms[name] = self.format_info(f"{at}.{name}", name, each, forms.get(name))
        return tuple(forms.values())

    def format_info(self, at: str, name: str, value: object, base: FormatInfo | None) -> FormatInfo:
        """`[list_id.formats.name]`."""
        # Whether there is a parser is not the user's to say.
        ours_alone = ("is_readable",) if self.source else ()
        table = self.table(at, value, _keys(FormatInfo, "name", *ours_alone))
        if self.source and base is None and not self.readable.get(name):
            known = [one for one, is_readable in self.readable.items() if is_readable]
            wrong = "is not read yet" if name in self.readable else "is no format that is known"
            raise self.fault(
                at, wrong, self.near_or(name, known, f"take one of {', '.join(known)}")
            )
        base = base or FormatInfo(name=name)
        hashes = self.text(f"{at}.hashes", table.get("hashes", base.hashes))
        info = FormatInfo(
            name=name,
            files=self.files(f"{at}.files", table.get("files", {}), base.files),
            is_readable=table.get("is_readable", base.is_readable) is True,
            largest=self.number(f"{at}.largest", table.get("largest", base.largest), 1),
            # "" says that a mirror states none.
            hashes=hashes and self.address(f"{at}.hashes", hashes),
            same_as=self.text(f"{at}.same_as", table.get("same_as", base.same_as)),
            note=self.text(f"{at}.note", table.get("note", base.note)),
        )
        if not info.files:
            raise self.fault(
                at, "names no file", f'add [{at}.files] and below it "NAME" = ["https://…"]'
            )
        return info

    def files(self, at: str, value: object, base: tuple[FileInfo, ...]) -> tuple[FileInfo, ...]:
        """`[list_id.formats.name.files]`."""
        files = {one.name: one for one in base}
        known = list(files)
        for name, each in self.table(at, value).items():
            key = f"{at}.{name}"
            # A file more would be asked for, and read, as one more part of the edition.
            if known and name not in known:
                raise self.fault(
                    key,
                    "is no file of this format of this list",
                    self.near_or(name, known, f"its files are {', '.join(known)}"),
                )
            if not _FILE_NAME.fullmatch(name) or (
                name not in known and name.casefold() in {one.casefold() for one in files}
            ):
                raise self.fault(
                    key,
                    "cannot be the name of a file here",
                    "take a name of its own, without a path",
                )
            files[name] = FileInfo(name=name, urls=self.addresses(key, each))
        return tuple(files.values())

    def addresses(self, at: str, value: object) -> tuple[str, ...]:
        """The addresses of a file."""
        # Of a list of ours, a file can have addresses that change with each edition: none is lasting.
        if not isinstance(value, list) or (not value and self.source):
            raise self.fault(
                at, "is no list of addresses", 'write ["https://…"], also where there is only one'
            )
        found = cast("list[object]", value)
        return tuple(self.address(at, self.text(at, each)) for each in found)

    def address(self, at: str, value: str) -> str:
        """One address."""
        from urllib.parse import urlsplit

        if _USER.match(value):
            raise self.fault(
                at,
                "has a user name or password in it, which the archive would keep",
                "leave it out, and give a session that has it: sl.Archive(session=…).load(…)",
            )
        try:
            parts = urlsplit(value)
            is_good = bool(_ADDRESS.fullmatch(value) and parts.hostname) and parts.port != 0
        except ValueError:
            is_good = False
        if not is_good:
            raise self.fault(
                at,
                f"is {value!r:.200}, which is no address",
                "write https://…, or http://… for a server of your own; files that you have are "
                "added with `Archive.add`",
            )
        return value

    def limits(self, at: str, value: object, base: Limits) -> Limits:
        """`[list_id.limits]`."""
        table = self.table(at, value, _keys(Limits))
        return Limits(
            least=self.number(f"{at}.least", table.get("least", base.least), 1),
            entries=self.share(f"{at}.entries", table.get("entries", base.entries)),
            group=self.share(f"{at}.group", table.get("group", base.group)),
            small=self.number(f"{at}.small", table.get("small", base.small), 0),
        )

    def table(self, at: str, value: object, keys: Collection[str] = ()) -> Mapping[str, object]:
        """A table with no keys but these; with any where none are given."""
        if not isinstance(value, dict):
            raise self.fault(at, "is no table", f"write [{at}], and what belongs to it below")
        table = cast("Mapping[str, object]", value)
        for key in table:
            if keys and key not in keys:
                raise self.fault(
                    f"{at}.{key}",
                    "is no key that is known",
                    self.near_or(key, keys, f"known are {', '.join(keys)}"),
                )
        return table

    def text(self, at: str, value: object) -> str:
        """A text."""
        if not isinstance(value, str):
            raise self.fault(at, f"is {value!r:.80}, and no text", "write it in quotation marks")
        return value

    def texts(self, at: str, value: object) -> tuple[str, ...]:
        """Several texts."""
        if not isinstance(value, list):
            raise self.fault(at, f"is {value!r:.80}, and no list", 'write ["…"]')
        return tuple(self.text(at, each) for each in cast("list[object]", value))

    def number(self, at: str, value: object, least: int) -> int:
        """A whole number."""
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.fault(
                at,
                f"is {value!r:.80}",
                f"write a whole number from {least}, without quotation marks",
            )
        return value

    def share(self, at: str, value: object) -> float:
        """A share of all."""
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
            raise self.fault(
                at, f"is {value!r:.80}", "write a share from 0 to 1: 0.05 is 5 percent"
            )
        return float(value)

    @staticmethod
    def near_or(text: str, known: Collection[str], otherwise: str) -> str:
        """What may have been meant, else what can be done."""
        found = near(text, known)
        return f"did you mean {' or '.join(map(repr, found))}? {otherwise}" if found else otherwise
