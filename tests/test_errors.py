"""The tree of errors and warnings: what they are, what they say, and that they travel."""

from __future__ import annotations

import builtins
import copy
import pickle
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib import errors
from sanctionslib.errors import (
    AmbiguousIdError,
    Call,
    FaultyEntriesWarning,
    Hint,
    ImplausibleEditionError,
    InvalidInputError,
    MissingExtraError,
    NotFoundError,
    NotStatedError,
    SanctionsError,
    SanctionsWarning,
    Where,
)

TREE: dict[str, tuple[str, ...]] = {
    "SanctionsError": ("Exception",),
    "FetchError": ("SanctionsError", "OSError"),
    "BlockedError": ("FetchError",),
    "ArchiveError": ("SanctionsError",),
    "CorruptEditionError": ("ArchiveError",),
    "ImplausibleEditionError": ("ArchiveError",),
    "StaleError": ("ArchiveError",),
    "UnreadableError": ("SanctionsError", "OSError"),
    "UnwritableError": ("SanctionsError", "OSError"),
    "ParseError": ("SanctionsError", "ValueError"),
    "UnknownFormatError": ("ParseError",),
    "StructureChangedError": ("ParseError",),
    "TruncatedError": ("ParseError",),
    "IncompleteEditionError": ("ParseError",),
    "NotFoundError": ("SanctionsError", "KeyError"),
    "AmbiguousIdError": ("SanctionsError", "LookupError"),
    "InvalidInputError": ("SanctionsError", "ValueError"),
    "NotStatedError": ("SanctionsError", "ValueError"),
    "MissingExtraError": ("SanctionsError", "ImportError"),
    "SanctionsWarning": ("UserWarning",),
    "FaultyEntriesWarning": ("SanctionsWarning",),
    "PartialEditionWarning": ("SanctionsWarning",),
    "StaleEditionWarning": ("SanctionsWarning",),
    "UndatedEditionWarning": ("SanctionsWarning",),
    "UntrustedFolderWarning": ("SanctionsWarning",),
}
"""Each class with its bases, as the design has them."""

PLACE = Where("SDN.XML", "us_ofac_sdn", "2021-12-10", "33951", "idList/id", 7)

OWN: dict[type[SanctionsError], dict[str, object]] = {
    NotFoundError: {"suggestions": ("33951", "33952")},
    AmbiguousIdError: {"candidates": ("a:1", "b:1")},
    NotStatedError: {"facts": ("measure",)},
    ImplausibleEditionError: {"sha256": "3f6a", "failed": ("entries: 3",)},
    InvalidInputError: {"argument": "kind"},
}
"""Further attributes, which only some errors have."""


def _errors() -> list[type[SanctionsError]]:
    found = [getattr(errors, name) for name in errors.__all__]
    return [one for one in found if issubclass(one, SanctionsError)]


def _made(cls: type[SanctionsError]) -> SanctionsError:
    if cls is MissingExtraError:
        error: SanctionsError = MissingExtraError("rich", extra="cli")
    else:
        error = cls("it is wrong", where=PLACE, hint="mend it", **OWN.get(cls, {}))
    return error


EACH = pytest.mark.parametrize("cls", _errors(), ids=lambda cls: cls.__name__)


def test_tree() -> None:
    """Every class has the bases of the design, and there is no other class."""
    assert set(TREE) | {"Where", "Hint", "Call"} == set(errors.__all__)
    for name, legal_bases in TREE.items():
        found = tuple(one.__name__ for one in getattr(errors, name).__bases__)
        assert found == legal_bases
        for base in legal_bases:
            assert issubclass(
                getattr(errors, name), getattr(errors, base, None) or vars(builtins)[base]
            )


@EACH
def test_message_says_what_where_and_what_to_do(cls: type[SanctionsError]) -> None:
    """Message, place and advice each have a line and an attribute, without quotes around."""
    error = _made(cls)
    if isinstance(error, MissingExtraError):
        assert str(error) == (
            "this needs the package 'rich', which is not installed\n"
            "  what to do: pip install 'sanctionslib[cli]'"
        )
        assert (error.extra, error.where) == ("cli", Where())
        return
    assert (error.what, error.where, error.hint) == ("it is wrong", PLACE, "mend it")
    assert str(error) == (
        "it is wrong\n"
        "  where: SDN.XML, us_ofac_sdn, 2021-12-10, entry 33951, idList/id, line 7\n"
        "  what to do: mend it"
    )
    assert str(cls("it is wrong")) == "it is wrong"
    assert str(cls("it is wrong", where=Where(line=1))) == "it is wrong\n  where: line 1"
    assert (cls("x").where, cls("x").hint) == (Where(), "")


@EACH
def test_errors_travel(cls: type[SanctionsError]) -> None:
    """An error comes back from another process (or a copy) with all that it knew."""
    error = _made(cls)
    error.advise(*ADVICE)
    error.add_note("while reading")
    copies = [pickle.loads(pickle.dumps(error, one)) for one in range(pickle.HIGHEST_PROTOCOL + 1)]
    for twin in (*copies, copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is cls
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)
        assert twin.args == error.args
        assert twin.__notes__ == ["while reading"]
        for name in ("what", "where", "hint", "hints", *OWN.get(cls, {})):
            assert getattr(twin, name) == getattr(error, name)


@EACH
def test_errors_can_be_raised_and_caught_as_builtins(cls: type[SanctionsError]) -> None:
    """Who catches the builtin that one would expect, catches ours."""
    builtin = next(one for one in cls.__mro__ if one.__module__ == "builtins")
    with pytest.raises(builtin) as caught:
        raise _made(cls)
    assert caught.value.args == (caught.value.what,)
    with pytest.raises(SanctionsError):
        raise _made(cls)


def test_not_found_suggests() -> None:
    """Near misses make the advice where none is given; given advice stays."""
    error = NotFoundError("no such id", suggestions=("33951", "33952"))
    assert error.hint == "did you mean '33951' or '33952'?"
    assert str(error) == "no such id\n  what to do: did you mean '33951' or '33952'?"
    assert NotFoundError("no such id", suggestions=("1",)).hint == "did you mean '1'?"
    assert NotFoundError("no such id", suggestions=("1",), hint="look again").hint == "look again"
    assert (NotFoundError("no such id").hint, NotFoundError("x").suggestions) == ("", ())


ADVICE = (
    Hint("fetch it again"),
    Hint("{} reads it all the same", "partial", True),
    Hint("say {}", "list_id", ("a", "b")),
    Hint("leave {} out", "published"),
    Hint("say {}", "columns", {"name": ("a", "b"), "key": "c"}),
    Hint("accept it: {}", call=Call("accept", ("us_ofac_sdn", "3f6a"), {"reason": "…"})),
    Hint("{} keeps files", call=Call("add", ("…",), {"list_id": "x", "partial": True})),
    Hint("{} gives all", call=Call("lists")),
    Hint("{} asks", call=Call("fetch", ("x",), home="/lists")),
    Hint("{} checks", call=Call("verify", home="/lists")),
)


def test_hints_speak_python() -> None:
    """Advice is data, and one text in terms of Python; plain advice is the same as one hint."""
    error = SanctionsError("it is wrong", hints=ADVICE)
    assert error.hint.split("; ") == [
        "fetch it again",
        "partial=True reads it all the same",
        "say list_id='a' or 'b'",
        "leave published out",
        "say columns={'name': ('a', 'b'), 'key': 'c'}",
        "accept it: sl.Archive().accept('us_ofac_sdn', '3f6a', reason='…')",
        "sl.Archive().add(…, list_id='x', partial=True) keeps files",
        "sl.lists() gives all",
        "sl.Archive('/lists').fetch('x') asks",
        "sl.Archive('/lists').verify() checks",
    ]
    assert SanctionsError("it is wrong", hint="take {} out").hints == (Hint("take {} out"),)
    assert SanctionsError("it is wrong", hint="take {} out").hint == "take {} out"
    assert SanctionsError("it is wrong").hints == ()


@given(st.builds(Where, *[st.text("ab", max_size=2)] * 5, st.none() | st.integers(0, 9)))
def test_where_leaves_out_what_is_empty(where: Where) -> None:
    """A place shows each part that it has, once and in order, and nothing for the others."""
    entry = where.entry and f"entry {where.entry}"
    line = "" if where.line is None else f"line {where.line}"
    parts = [where.source, where.list_id, where.edition, entry, where.path, line]
    assert str(where) == ", ".join(part for part in parts if part)
    assert bool(str(where)) == (where != Where())


def test_warnings() -> None:
    """Warnings have a root of their own, so that one filter serves for all."""
    with pytest.warns(SanctionsWarning, match="three faults"):
        warnings.warn("three faults", FaultyEntriesWarning, stacklevel=1)
    assert not issubclass(SanctionsWarning, SanctionsError)
    warning = FaultyEntriesWarning("three faults", ADVICE[:2])
    for one in (warning, pickle.loads(pickle.dumps(warning)), copy.copy(warning)):
        assert str(one) == "three faults; fetch it again; partial=True reads it all the same"
        assert one.hints == ADVICE[:2]
