"""What the library says to programmers, in the words of the command: `partial=True` is --partial."""

from __future__ import annotations

import re

__all__ = ["OPTIONS", "in_options"]

OPTIONS = frozenset(
    {
        "list_id",
        "published",
        "partial",
        "strict",
        "kind",
        "program",
        "on_list",
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
    }
)
"""The keywords of the library that are options of the command, with - for _."""

_UNSTATED = "--unstated drop (or keep) goes on without it"
_PHRASES = (
    ("unstated='drop' or 'keep' goes on without it", _UNSTATED),
    (", or say format='jsonl'", ""),
    (
        "without strict they are in audit.issues",
        "without --strict, `sanctionslib audit` shows them",
    ),
    ("see audit.issues", "see `sanctionslib audit`"),
    ("is read by `from_dict`", "is no list"),
    ("records=True", "--records"),  # of `audit`
    ("give its files as a list of paths", "put its files into a folder or zip of their own"),
    ("their folder, a zip, or a list of paths", "their folder or a zip"),
)
"""What is not said option by option."""

_QUOTED = r"""'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*\""""
_KEYWORD = re.compile(
    # Values of others are quoted, and stay as they are.
    rf"(?P<quoted>(?<![\w=])(?:{_QUOTED}))"
    rf"|\b(?P<keyword>{'|'.join(OPTIONS)})=(?P<value>True\b|{_QUOTED})?"
    rf"|\bleave (?P<tick>`?)(?P<left>{'|'.join(OPTIONS)})(?P=tick) out\b"
)


def in_options(text: str, *, command: str = "") -> str:
    """A message of the library with options in place of keywords.

    Args:
        text: The message.
        command: The command that gives it; only `find` has --unstated, and `diff` has a date for
            each of its files.

    >>> in_options("say list_id='us_ofac_sdn', or partial=True; leave `published` out")
    'say --list-id us_ofac_sdn, or --partial; leave --published out'
    """
    for ours, theirs in _PHRASES:
        text = text.replace(ours, theirs)
    if command != "find":
        text = text.replace(f"; {_UNSTATED}", "").replace(_UNSTATED, "")
    said = _KEYWORD.sub(_option, text)
    if command == "diff":
        said = said.replace("--published", "--old-published or --new-published")
    return said


def _option(found: re.Match[str]) -> str:
    if found["quoted"]:
        return found[0]
    name = f"--{(found['keyword'] or found['left']).replace('_', '-')}"
    if found["left"]:
        return f"leave {name} out"
    value = found["value"]
    if value is None:
        # `kind=Vessel` of a class, or `flag=` alone.
        return f"{name} " if found.string[found.end() : found.end() + 1].strip() else name
    if value == "True":
        return name
    inside = value[1:-1]
    return f"{name} {inside if inside and not re.search(r'[^A-Za-z0-9_.:-]', inside) else value}"
