"""The commands about the command itself: help (whole, by command or topic), completion."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from sanctionslib.cli._command import WHOLE, command
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._options import did_you_mean
from sanctionslib.cli._request import Request

_ENVIRONMENT = """\
SANCTIONSLIB_LIST   ids of lists, divided by commas or blanks: what is looked at where a
                    command names no list. Without it all lists of the archive.
SANCTIONSLIB_HOME   the archive's folder, where --home does not say it; without both the
                    system's folder for your data.
SANCTIONSLIB_CACHE  the folder of what is made from editions; it can be deleted.
NO_COLOR            no colours on a terminal, as --plain, which also does without frames.
COLUMNS             how wide a table is."""

_COMPLETION = """\
Commands, options, their words and the ids of lists are completed by bash (4.4 or newer),
zsh and fish. Add the line of your shell to its file:
  ~/.bashrc                      eval "$(sanctionslib completion bash)"
  ~/.zshrc                       eval "$(sanctionslib completion zsh)"
  ~/.config/fish/config.fish     sanctionslib completion fish | source"""

_TOPICS = {
    "environment": _ENVIRONMENT,
    "exit-codes": "\n".join(f"{code:<4} {code.meaning}" for code in Exit),
    "completion": _COMPLETION,
}


def _topics(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The commands and topics that begin so, behind the group that is named before."""
    assert ctx.parent is not None
    found: click.Command = ctx.parent.command
    for word in ctx.params.get("about") or ():
        found = found.get_command(ctx, word) or found if isinstance(found, click.Group) else found
    known = found.list_commands(ctx) if isinstance(found, click.Group) else []
    return [
        one
        for one in (*known, *(_TOPICS if found is ctx.parent.command else ()))
        if one.startswith(begun)
    ]


@command(
    "A command with all of its options, or a topic.",
    "  sanctionslib help search",
    "  sanctionslib help archive add",
    "  sanctionslib help exit-codes",
    shared=(),
)
@click.argument("about", metavar="[COMMAND|TOPIC]...", nargs=-1, shell_complete=_topics)
@click.pass_context
def help(ctx: click.Context, _: Request, about: tuple[str, ...]) -> None:  # noqa: A001
    """Explain COMMAND with every option and word, or a TOPIC: environment, exit-codes, completion."""
    assert ctx.parent is not None
    if " ".join(about) in _TOPICS:
        click.echo(_TOPICS[" ".join(about)])
        return
    found: click.Command = ctx.parent.command
    at = ctx.parent
    for word in about:
        inner = found.get_command(at, word) if isinstance(found, click.Group) else None
        if inner is None:
            known = found.list_commands(at) if isinstance(found, click.Group) else []
            near = did_you_mean(word, (*known, *_TOPICS))
            raise click.UsageError("; ".join(filter(None, (f"there is no help on {word!r}", near))))
        at = click.Context(inner, parent=at, info_name=word)
        found = inner
    at.meta[WHOLE] = True
    click.echo(found.get_help(at))


@command(
    "What makes a shell complete this command.",
    "  sanctionslib completion bash",
    shared=(),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, _: Request, shell: str) -> None:
    """Print what makes SHELL complete this command; `sanctionslib help completion` says where to."""
    made = get_completion_class(shell)
    assert made is not None
    assert ctx.parent is not None
    click.echo(made(ctx.parent.command, {}, "sanctionslib", "_SANCTIONSLIB_COMPLETE").source())
