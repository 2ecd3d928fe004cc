"""How an option is made, and what is said where a word is not known."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_F = TypeVar("_F", bound=Callable[..., object])


def list_ids(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """The ids of lists that begin so, for the completion of shells."""
    from click.shell_completion import CompletionItem

    from sanctionslib.api import Archive

    archive = Archive(ctx.params.get("home"))
    known = {one.list_id: one.title for one in archive.lists().lists}
    held = dict.fromkeys(archive.held_lists(), "held in the archive")
    return [
        CompletionItem(one, help=title)
        for one, title in {**held, **known}.items()
        if one.startswith(begun)
    ]


def files(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """The files that begin so, which stand behind the words of a question."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def field_names(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The fields of the running command that begin as the last word does."""
    before, comma, last = begun.rpartition(",")
    known: Sequence[str] = getattr(ctx.command, "fields", lambda: ())()
    return [f"{before}{comma}{one}" for one in known if one.startswith(last)]


LIST = click.argument("list_id", metavar="LIST", shell_complete=list_ids)
LISTS = click.argument("list_ids", metavar="[LIST]...", nargs=-1, shell_complete=list_ids)
PATH = click.Path(allow_dash=True, readable=False)
"""A file or folder; whether it can be read is for the library to say."""


class Shared(click.Option):
    """An option that is a field of `Request`."""


if TYPE_CHECKING:
    _Words = click.Choice[str]
else:
    _Words = click.Choice


class _Choice(_Words):
    """Words of which one is given, in upper or lower case; of another one the nearest is named."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        try:
            return str(super().convert(value, param, ctx))
        except click.BadParameter as error:
            text = f"{error.message} {did_you_mean(str(value), self.choices).capitalize()}"
            raise click.BadParameter(text.rstrip(), ctx, param) from None


_OTHER_WORDS = {
    "individual": "person",
    **dict.fromkeys(("entity", "company", "organisation", "firm"), "organization"),
    "ship": "vessel",
    "plane": "aircraft",
}
"""Other words for what parties are."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The question for the nearest of the known words, in any case; "" where none is near.

    One that holds the word, or is held by it, is nearer than any other.

    >>> did_you_mean("SDM.XML", ["SDN.XML", "CONS.XML"])
    "did you mean 'SDN.XML'?"
    >>> did_you_mean("since", ["id", "listed_since", "kind"])
    "did you mean 'listed_since'?"
    """
    by_case = {one.casefold(): one for one in known}
    asked = word.casefold()
    asked = other if (other := _OTHER_WORDS.get(asked)) in by_case else asked
    holding = [one for one in by_case if len(asked) > 2 and asked in one]
    held = [one for one in by_case if len(one) > 2 and one in asked]
    by_size = sorted(holding, key=len) or sorted(held, key=len, reverse=True)
    near = by_size or difflib.get_close_matches(asked, by_case, n=1)
    return f"did you mean {by_case[near[0]]!r}?" if near else ""


def near_file(name: str, known: Iterable[str]) -> str:
    """The question for the file of the same stem, else for one whose name is very like; "" for none.

    >>> near_file("sdn.xlm", ["notes.txt", "SDN.XML"]), near_file("data.xml", ["date.csv"])
    ("did you mean 'SDN.XML'?", '')
    """
    by_case = {one.casefold(): one for one in sorted(known)}
    asked = name.casefold()
    same = [one for one in by_case if PurePath(one).stem == PurePath(asked).stem]
    near = difflib.get_close_matches(asked, same or by_case, n=1, cutoff=0 if same else 0.8)
    return f"did you mean {by_case[near[0]]!r}?" if near else ""


def option(
    spec: str,
    text: str,
    name: str = "",
    *,
    choices: Iterable[str] = (),
    least: int | None = None,
    **settings: Any,  # noqa: ANN401 - those of click
) -> Callable[[_F], _F]:
    """Make an option of a command.

    Args:
        spec: Its names, and a word for its value: `--out --output FILE`. Without the latter, and
            without choices, it is a flag.
        text: What it is for.
        name: The parameter, where it is named differently.
        choices: The words that it takes, in upper or lower case.
        least: The least number that it takes.
        settings: Further settings of click.
    """
    names = [word for word in spec.split() if word.startswith("-")]
    if choices:
        settings["type"] = _Choice([*choices], case_sensitive=False)
    elif least is not None:
        settings["type"] = click.IntRange(min=least)
    if len(names) < len(spec.split()):
        settings["metavar"] = spec.split()[-1]
    elif not choices:
        settings |= {"is_flag": True} if "/" not in spec else {"default": None}
    settings["show_default"] = settings.get("default") is not None
    return click.option(*names, *filter(None, (name,)), help=text, **settings)
