"""What the library says to programmers, in the words of the command: `partial=True` is --partial."""

from __future__ import annotations

import re
import shlex

__all__ = ["OPTIONS", "in_options", "option_of"]

OPTIONS = frozenset(
    {
        "list_id",
        "published",
        "partial",
        "strict",
        "repair",
        "kind",
        "program",
        "category",
        "delisted",
        "named_list",
        "authority",
        "measure",
        "listed_from",
        "listed_to",
        "country",
        "nationality",
        "address_country",
        "birth_country",
        "flag",
        "unstated",
        "depth",
        "direction",
        "as_of",
        "offline",
        "max_age",
        "allow_stale",
        "format",
        "home",
        "force",
        "start",
        "end",
        "before",
        "keep",
        "refused",
        "gone",
        "dry_run",
        "reason",
        "birth_date",
        "identifiers",
        "min_score",
        "weak_aliases",
        "method",
        "limit",
        "dates",
        "processes",
    }
)
"""The keywords of the library that are options of the command, see `option_of`."""

_CALLS = {
    "accept": "archive accept",
    "add_edition": "archive add",
    "changes": "changes",
    "diff": "diff",
    "fetch": "fetch",
    "history": "archive list",
    "lists": "lists",
    "prune_archive": "archive prune",
    "timeline": "timeline",
    "verify_archive": "archive verify",
}
"""The functions of the library that are commands."""

_GOES_ON = "the same command goes on from there"
_UNSTATED = "--unstated drop (or keep) goes on without it"
_PHRASES = (
    ("unstated='drop' or 'keep' goes on without it", _UNSTATED),
    (", or say format='jsonl'", ""),
    (
        "without strict they are in audit.issues",
        "without --strict, `sanctionslib audit` shows them",
    ),
    ("all records before it have their results; start=… goes on behind them", _GOES_ON),
    ("; a script that starts processes keeps its own work under `if __name__ == '__main__':`", ""),
    ("give the list itself, json.load(file), or one object per line", "give one object per line"),
    ("error: columns: ", "error: --column: "),
    ("columns says of no column", "--column says of no column"),
    ("`find_number`, or `identifiers=` of a search", "`sanctionslib lookup`, or --identifier"),
    ("say kind=sl.Person", "say --kind person"),
    ("; print a hit for others", "; --limit N shows N"),
    (", or give a datetime.date", ""),
    ("see audit.issues", "see `sanctionslib audit`"),
    ("is read by `from_dict`", "is no list"),
    ("keep_source=True", "--keep-source"),  # of `audit`
    (
        "read each on its own, then put the lists together with sl.combine",
        "give each by a --file of its own",
    ),
    ("the earlier day as start", "the earlier day as --start"),
    ("give its files as a list of paths", "put its files into a folder or zip of their own"),
    ("their folder, a zip, or a list of paths", "their folder or a zip"),
    (
        "give the files of the edition as a list: read([path, path])",
        "put the files of the edition into a folder or zip of their own",
    ),
    ("give these alone, as a list", "put these alone into a folder or zip"),
    ("as a list if they lie among others", "in a folder or zip of their own"),
)
"""What is not said option by option."""

# Of a limited length, so that quotes which are never closed are not read to the end again and again.
_QUOTED = r"""'(?:[^'\\\n]|\\.){0,500}+'|"(?:[^"\\\n]|\\.){0,500}+\""""
_COLUMNS = re.compile(rf"columns=\{{((?:{_QUOTED}|[^{{}}'\"])*)\}}")
_COLUMN = re.compile(rf"({_QUOTED}): (\[[^\]]*\]|{_QUOTED})")
_IN_WORD = re.compile(r"[^\s,.;]")
_PLAIN = re.compile(r"[\w=.…-]+")
_START = re.compile(r"\bstart=\w+ goes on behind it")
_KEYWORD = re.compile(
    # Values of others are quoted, and stay as they are.
    rf"(?P<quoted>(?<![\w=])(?:{_QUOTED}))"
    rf"|(?P<code>`?)\b(?:sl|sanctionslib)\.(?P<call>{'|'.join(_CALLS)})\b"
    rf"(?:\((?P<given>(?:{_QUOTED}|[^()'\"])*)\))?(?P=code)"
    rf"|\b(?P<keyword>{'|'.join(OPTIONS)})=(?P<value>True\b|{_QUOTED})?"
    rf"|\bleave (?P<tick>`?)(?P<left>{'|'.join(OPTIONS)})(?P=tick) out\b"
    # These are no words but of Python.
    r"|\b(?P<bare>allow_stale|as_of|dry_run|max_age)\b"
)


def in_options(text: str, *, command: str = "", home: str | None = None) -> str:
    """A message of the library with options in place of keywords.

    Args:
        text: The message.
        command: The command that gives it; only `find` has --unstated, `diff` has a date for each
            of its files, and for `archive` a list is --list.
        home: The archive's folder, where one was given: commands that are named need it too.

    >>> in_options("say list_id='us_ofac_sdn', or partial=True; leave `published` out")
    'say --list-id us_ofac_sdn, or --partial; leave --published out'
    >>> in_options("keep it with sl.add_edition(…, list_id='un_sc_sanctions')")
    'keep it with `sanctionslib archive add … --list un_sc_sanctions`'
    """
    for ours, theirs in _PHRASES:
        text = text.replace(ours, theirs)
    if command != "find":
        text = text.replace(f"; {_UNSTATED}", "").replace(_UNSTATED, "")
    said = _KEYWORD.sub(lambda found: _option(found, home), text)
    said = _START.sub(_GOES_ON, _COLUMNS.sub(_columns, said))
    if command == "archive":  # `archive add`, which keeps an edition of one list
        said = said.replace("--list-id", "--list")
        said = said.replace("give each by a --file of its own", "add each on its own")
    if command == "diff":
        said = said.replace("--published", "--old-published or --new-published")
        said = said.replace(
            "read both from files of the same format",
            "compare files of the same format, or of the archive with --file-format",
        )
    return said


def option_of(keyword: str) -> str:
    """The option for a keyword of the library.

    >>> option_of("max_age"), option_of("format")
    ('--max-age', '--file-format')
    """
    if keyword == "identifiers":  # which are given one by one
        return "--identifier"
    # --format says how an answer is printed.
    return "--file-format" if keyword == "format" else f"--{keyword.replace('_', '-')}"


def _option(found: re.Match[str], home: str | None) -> str:
    if found["quoted"]:
        return found[0]
    if found["call"]:
        return _command(found["call"], found["given"] or "", home)
    name = option_of(found["keyword"] or found["left"] or found["bare"])
    if found["left"]:
        return f"leave {name} out"
    if found["bare"]:
        return name
    value = found["value"]
    if value is None:
        # `kind=Vessel` of a class, or `flag=` alone.
        return f"{name} " if _IN_WORD.match(found.string, found.end()) else name
    return name if value == "True" else f"{name} {_word(value)}"


def _columns(found: re.Match[str]) -> str:
    """A mapping of columns as options: one for each column."""
    options: list[str] = []
    for what, headers in _COLUMN.findall(found[1]):
        for header in re.findall(_QUOTED, headers):
            word = f"{what[1:-1]}={header[1:-1]}"
            options.append(f"--column {word if _PLAIN.fullmatch(word) else repr(word)}")
    return " ".join(options)


def _word(quoted: str) -> str:
    """A quoted value as a word of the shell: without quotes where it needs none."""
    inside = quoted[1:-1]
    return inside if inside and not re.search(r"[^A-Za-z0-9_.:-]", inside) else quoted


def _command(function: str, given: str, home: str | None) -> str:
    """A call of the library as a command, in backticks."""
    words = ["sanctionslib", _CALLS[function]]
    for name, value in re.findall(rf"(?:(\w+)=)?({_QUOTED}|[^\s,]+)", given):
        word = _word(value) if value[0] in "'\"" else value
        if name:
            words.append("--list" if name == "list_id" else option_of(name))
        if not (name and value == "True"):
            words.append(word)
    if home is not None:
        words += ["--home", shlex.quote(home)]
    return f"`{' '.join(words)}`"
