"""What all commands share: the options that say what is looked at and how the answer is wanted.

Each of these options is one field of `Request`: its name, type and help are said there alone.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Generator
from datetime import date, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import attrs
import click

from sanctionslib.cli._errors import visible, warnings_reported
from sanctionslib.cli._options import PATH, field_names, list_ids
from sanctionslib.cli._progress import Verb, progress
from sanctionslib.errors import FetchError, Hint, InvalidInputError, NotFoundError

if TYPE_CHECKING:
    from sanctionslib.api import Archive
    from sanctionslib.model import Entity
    from sanctionslib.query import SanctionsList

FORMS = ("table", "json", "jsonl", "markdown", "html")
"""The forms of every answer; those with rows have csv too, and those with a drawing mermaid or svg."""
WITH_ROWS = (*FORMS[:1], "csv", *FORMS[1:])


def _words_of(_: click.Context, __: click.Parameter, text: str | None) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\s,]+", text or ""))


def _hours(text: str) -> timedelta:
    try:
        hours = timedelta(hours=float(text))
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{text!r} is no number of hours.") from None
    if hours < timedelta(0):
        raise click.BadParameter(f"{text!r} is less than no time.")
    return hours


def _field(spec: str, text: str, **settings: Any) -> Any:  # noqa: ANN401 - as attrs has it
    """A field that is an option: several texts, a text, or a flag."""
    is_flag = " " not in spec and "choices" not in settings
    default = () if settings.get("multiple") else False if is_flag else None
    default = FORMS[0] if settings.get("choices") is FORMS else default
    return attrs.field(default=default, metadata={"option": (spec, text, settings)})


@attrs.frozen(kw_only=True)
class Request:
    """What a command is given besides its question; each field is an option.

    The first sentence of its text is the help of a command; the whole is that of the topic
    (`sanctionslib help search`).
    """

    file: tuple[str, ...] = _field(
        "--file PATH",
        "A file of a list, as its publisher has it: SDN.XML, also .gz or .zip; or a folder or zip with "
        "the files of one edition (SDN.CSV, ADD.CSV …), or a file that this library wrote. - reads "
        "standard input. Several for several lists; --file where the name does not look like a file. "
        "Behind -- all words are those of the question.",
        multiple=True,
        type=PATH,
    )
    lists: tuple[str, ...] = _field(
        "--list ID",
        "A list in the archive: us_ofac_sdn; several times for several. Downloaded first, where its "
        "publisher was not asked lately. Without --list, FILE or --sample: the lists of the "
        "environment variable SANCTIONSLIB_LIST, else all of which the archive holds editions.",
        multiple=True,
        shell_complete=list_ids,
    )
    sample: bool = _field(
        "--sample",
        "The small list that is bundled, to try things out. It has 54 entries of six lists, and is none of "
        "them.",
    )
    as_of: str | None = _field(
        "--as-of DATE",
        "The newest edition in the archive on this day: 2021-12-09. Downloads nothing.",
    )
    day: str | None = _field(
        "--day DATE",
        "The day of the sample, 2021-12-10 or the one before, 2021-12-09; without it the former.",
    )
    list_id: tuple[str, ...] = _field(
        "--list-id ID",
        "Which list the file is of, where neither it nor its name says so: us_ofac_sdn. Of several "
        "files, say of which: watch.csv=my_watch.",
        multiple=True,
        shell_complete=list_ids,
    )
    published: tuple[str, ...] = _field(
        "--published DATE",
        "The date of the edition, where the file states none: 2021-12-10. Without it the date is "
        "unknown, and said to be. Of several files, say of which: consolidated.csv=2021-12-10.",
        multiple=True,
    )
    partial: bool = _field(
        "--partial",
        "Also read a file that says that it is incomplete; `audit` says what is missing.",
    )
    strict: bool = _field(
        "--strict", "Stop at any fault of any entry, instead of counting it in the audit."
    )
    repair: bool = _field(
        "--repair",
        "Also read XML with bare ampersands, forbidden characters or bytes that are not UTF-8; "
        "`audit` lists each repair.",
    )
    offline: bool = _field("--offline", "Download nothing: the newest edition in the archive.")
    max_age: timedelta | None = _field(
        "--max-age HOURS",
        "How long ago its publisher may have been asked; without it 6 hours. With --offline, an older "
        "answer is an error.",
        type=_hours,
    )
    allow_stale: bool = _field(
        "--allow-stale",
        "Where no newer edition can be had, take the last good one, with a warning.",
    )
    file_format: str | None = _field(
        "--file-format NAME",
        "The format of the files, as `sanctionslib formats` has it: ofac-delimited. Without it the one "
        "that the list prefers, as `sanctionslib lists` has it.",
    )
    home: str | None = _field(
        "--home DIR",
        "The archive's folder; without it that of SANCTIONSLIB_HOME, else the system's folder for "
        "your data.",
        type=PATH,
    )
    form: str = _field(
        "--format",
        "How the answer is wanted. Without it by the suffix of -o, else a table. csv has a row for each "
        "result, and jsonl a line; what cells cannot hold stands in json.",
        choices=FORMS,
    )
    as_json: bool = _field("--json", "The same as --format json.")
    output: str | None = _field(
        "-o --output FILE",
        "Write a file, by its suffix .csv .jsonl .json .md .html .txt. The file "
        "appears whole or not at all, and replaces one of its name. A further .gz compresses; - is "
        "standard output.",
        type=PATH,
    )
    fields: tuple[str, ...] = _field(
        "--fields NAMES",
        "Only these columns: id,name,score. In this order; a wrong name is answered with the known "
        "ones. For table, csv, json and jsonl.",
        callback=_words_of,
        shell_complete=field_names,
    )
    limit: int | None = _field(
        "-n --limit N",
        "How many results to give (0 for all).",
        least=0,
    )
    explain: bool = _field(
        "--explain",
        "Also how the answer came about. Token by token, all editions with their hashes, versions.",
    )
    plain: bool = _field("--plain", "Plain text without colours and frames, also on a terminal.")

    @property
    def is_page(self) -> bool:
        """Whether people read it: a table, Markdown or HTML."""
        return self.form in ("table", "markdown", "html")

    @property
    def to_file(self) -> bool:
        """Whether the answer is written to a file."""
        return self.output not in (None, "-")

    @property
    def archive(self) -> Archive:
        """The archive that is meant."""
        from sanctionslib.api import Archive

        return Archive(self.home)

    # ── reading ───────────────────────────────────────────────────────────────────────────────

    def read(self, *, keep_source: bool = False) -> SanctionsList[Entity]:
        """The list that is meant; its faults are reported in one line on standard error."""
        self._check()
        if not (self.sample or self.file or self.lists):
            return attrs.evolve(self, lists=self._usual_lists()).read(keep_source=keep_source)
        # Here and not above: they load lxml, which --help and usage errors can do without.
        from sanctionslib.api import sample
        from sanctionslib.query import combine

        if self.sample:
            return sample(*filter(None, (self.day,)), keep_source=keep_source)
        ids = self._by_file("--list-id", self.list_id)
        dates = self._by_file("--published", self.published)
        found = [self._load(keep_source)] if self.lists else []
        sources = {one: f"--list {one}" for one in self.lists}
        for file in self.file:
            found.append(self._read_file(file, ids.get(file), dates.get(file), keep_source))
            for edition in found[-1].editions:
                if (other := sources.setdefault(edition.list_id, file)) != file:
                    raise InvalidInputError(
                        f"{other!r} and {file!r} are of the same list, {edition.list_id}",
                        hint="two editions of a list are compared: `sanctionslib diff`; the files "
                        "of one edition (SDN.CSV, ADD.CSV …) are given as one folder or zip",
                    )
        return found[0] if len(found) == 1 else combine(*found)

    def _check(self) -> None:
        if self.sample and (self.file or self.lists):
            raise click.UsageError(
                "say what to look at: --list ID (a list in the archive), --file PATH (a file from "
                "its publisher), or --sample alone (the small one that comes with this program)"
            )
        if not self.file and (self.list_id or self.published):
            raise click.UsageError(
                "--list-id and --published go with --file: a sample and the archive have both"
            )
        if self.repair and not self.file:
            raise click.UsageError("--repair goes with --file: what the archive holds needs none")
        of_archive = ("as_of", "offline", "max_age", "allow_stale", "file_format", "home")
        given = [name for name in of_archive if getattr(self, name) not in (None, False)]
        if given and not self.lists and (self.file or self.sample):
            option = f"--{given[0].replace('_', '-')}"
            what = "FILE" if self.file else "--sample"
            raise click.UsageError(
                f"{option} is about lists of the archive, which go by --list: leave {option} out, as "
                f"nothing is downloaded for {what}"
            )
        if self.as_of is not None and (self.max_age is not None or self.allow_stale):
            raise click.UsageError(
                "--as-of takes what the archive holds of that day: leave --max-age and "
                "--allow-stale out"
            )
        if self.day is not None and not self.sample:
            raise click.UsageError("--day goes with --sample: a file is of one day")
        for several in (self.file, self.lists):
            if twice := [one for n, one in enumerate(several) if one in several[:n]]:
                raise InvalidInputError(
                    f"{twice[0]!r} is given twice",
                    hint="give each list once, by --list or by the --file that it is in",
                )

    def _usual_lists(self) -> tuple[str, ...]:
        """The lists that are looked at where none is named: those of the environment, or all held."""
        if named := re.findall(r"[^\s,]+", os.environ.get("SANCTIONSLIB_LIST", "")):
            for one in {*named} - {*self.archive.held_lists()}:
                try:
                    self.archive.lists()[one]
                except NotFoundError as error:
                    raise NotFoundError(
                        f"the environment variable SANCTIONSLIB_LIST: {error.what}",
                        suggestions=error.suggestions,
                        hints=error.hints,
                    ) from error
            return tuple(dict.fromkeys(named))
        day: date | None = None
        with contextlib.suppress(ValueError):  # what is no day is refused by the archive
            day = None if self.as_of is None else date.fromisoformat(self.as_of)
        archive = self.archive
        found = {
            one: any(
                each.is_usable
                and (day is None or each.day <= day)
                and self.file_format in (None, each.format)
                for each in archive.editions(one)
            )
            for one in archive.held_lists()
        }
        if not any(found.values()):
            raise click.UsageError(
                "say what to look at: --list ID (a list in the archive, which holds "
                f"{'none that can answer' if found else 'none yet'}: `sanctionslib fetch us_ofac_sdn` "
                "gets one), FILE or --file PATH (a file from its publisher), or --sample (the small "
                "one that comes with this program)"
            )
        if left := ", ".join(one for one, is_usable in found.items() if not is_usable):
            click.echo(
                visible(f"warning: not looked at: {left}: no edition held can answer"), err=True
            )
        return tuple(one for one, is_usable in found.items() if is_usable)

    def _by_file(self, option: str, given: tuple[str, ...]) -> dict[str, str]:
        """The value for each file; a single file need not be named."""
        found: dict[str, str] = {}
        for text in given:
            path, _, value = text.rpartition("=")
            meant = [one for one in self.file if path in (one, PurePath(one).name)]
            if not meant and len(self.file) == 1:
                meant, value = [self.file[0]], text
            if len(meant) != 1:
                names = " or ".join(f"{option} {PurePath(one).name}=…" for one in self.file)
                raise click.UsageError(f"{option} {text}: say of which file: {names}")
            if meant[0] in found:
                raise click.UsageError(f"{option} is given twice for {meant[0]}")
            found[meant[0]] = value
        return found

    def _load(self, keep_source: bool) -> SanctionsList[Entity]:
        try:
            with working(", ".join(self.lists), "fetching") as report:
                return self.archive.load(
                    *self.lists,
                    as_of=self.as_of,
                    max_age=self.max_age,
                    offline=self.offline,
                    allow_stale=self.allow_stale,
                    format=self.file_format,
                    keep_source=keep_source,
                    strict=self.strict,
                    progress=report,
                )
        except FetchError as error:
            error.advise(self._alternative(), *error.hints)
            raise

    def _alternative(self) -> Hint:
        """How a question is answered where its lists cannot be fetched."""
        held = {one: self.archive.editions(one).current for one in self.lists}
        days = [f"{one} of {each.day}" for one, each in held.items() if each is not None]
        if len(days) == len(held):
            return Hint(
                f"{{}} answers from the edition that is held: {', '.join(days)}", "offline", True
            )
        missing = next(one for one, each in held.items() if each is None)
        return Hint(
            f"download the file by hand (`sanctionslib lists {missing}` has the addresses), and put it "
            "behind the question: `sanctionslib search NAME SDN.XML`"
        )

    def _read_file(
        self, file: str, list_id: str | None, published: str | None, keep_source: bool
    ) -> SanctionsList[Entity]:
        from sanctionslib.api import read

        with working(PurePath(file).name) as report:
            return read(
                sys.stdin.buffer if file == "-" else file,
                list_id=list_id,
                published=published,
                partial=self.partial,
                strict=self.strict,
                repair=self.repair,
                keep_source=keep_source,
                progress=report,
            )


@contextlib.contextmanager
def working(name: str, verb: Verb = "reading") -> Generator[Callable[[int, int], None] | None]:
    """Show how far the library has come and, behind that, what it warns of."""
    with warnings_reported(), progress(name, verb) as report:
        yield report
