"""Every regular expression of the package, how it is applied, and texts that would make it slow.

An expression takes time by the square of a text where a part that repeats can begin or end at many
places of it. So for each part that repeats there are texts of what leads to it and then of what it
takes, very often; and behind that something that it does not take, so that all ways have to be tried.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import sanctionslib

METHODS = frozenset({"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"})
PROBES = " \n1a-.,;:()'\"/A<>|@_\u00e9\u0301\u5546x?"
"""Characters of every class that an expression may tell apart."""
ENDS = ("", "!", "\n", "x\nx", "1")
_MANY = 9
"""A repetition up to this count is safe."""


class Expression(NamedTuple):
    """One expression, and a method by which the package applies it."""

    where: str
    pattern: re.Pattern[Any]
    method: str


def expressions() -> list[Expression]:
    """All of them: those that modules, classes and their tables hold, and those in calls of `re`."""
    found: dict[tuple[str, str], Expression] = {}
    for info in pkgutil.walk_packages(sanctionslib.__path__, "sanctionslib."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        tree = ast.parse(inspect.getsource(module))
        short = info.name.removeprefix("sanctionslib.")
        applied = _applied(tree)
        for name, pattern in _held(vars(module), info.name):
            # One that is taken out of a table is applied under another name.
            for method in sorted(applied.get(name) or set().union(*applied.values()) & METHODS):
                found[f"{short}.{name}", method] = Expression(f"{short}.{name}", pattern, method)
        for line, pattern, method in _called(tree, vars(module)):
            where = f"{short}:{pattern.pattern!r:.40}"
            found[f"{where}{line}", method] = Expression(where, pattern, method)
    return list(found.values())


def _held(names: dict[str, Any], module: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    for name, value in names.items():
        if isinstance(value, type):
            if value.__module__ == module and not name.startswith("__"):  # attrs keeps the base
                yield from _held(dict(vars(value)), module)
        else:
            for one in _inside(value, 3):
                yield name, one


def _inside(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        yield from (
            one for pair in value.items() for each in pair for one in _inside(each, depth - 1)
        )
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        yield from (one for each in value for one in _inside(each, depth - 1))


def _applied(tree: ast.AST) -> dict[str, set[str]]:
    """Name → methods that are called on it, or passed on."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            value = node.value
            name = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
            found.setdefault(name, set()).add(node.attr)
    return found


def _called(tree: ast.AST, names: dict[str, Any]) -> Iterator[tuple[int, re.Pattern[Any], str]]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in METHODS
        ):
            given = ast.Expression(node.args[0])
            text = eval(compile(given, "<expression>", "eval"), dict(names))
            is_lax = "IGNORECASE" in ast.unparse(node)
            yield node.lineno, re.compile(text, re.IGNORECASE if is_lax else 0), node.func.attr


def attacks(pattern: re.Pattern[Any], size: int) -> list[str]:
    """Texts of about that size, each once."""
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    found: dict[str, None] = {}
    for before, body in _bodies(parser.parse(text, pattern.flags & ~re.UNICODE), ""):
        for end in ENDS:
            found[before + body * (size // len(body)) + end] = None
        found[(before + body) * (size // len(before + body))] = None
    return list(found)


def _bodies(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """For each part that repeats: a text that leads to it, and one that it takes."""
    for code, given in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            _, most, inner = given
            if most > _MANY:
                yield from ((before, one) for one in _examples(inner))
            yield from _bodies(inner, before)
        elif code is codes.SUBPATTERN:
            yield from _bodies(given[3], before)
        elif code is codes.ATOMIC_GROUP:
            yield from _bodies(given, before)
        elif code is codes.BRANCH:
            for branch in given[1]:
                yield from _bodies(branch, before)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _bodies(given[1], before)
        before += next(iter(_examples([(code, given)])), "")


def _examples(tree: Any) -> list[str]:
    """Some of the shortest texts that a part takes; none where it takes no text."""
    found = [""]
    for code, given in tree:
        found = [one + more for one in found[:8] for more in _example(code, given)] or found
    return [one for one in dict.fromkeys(found) if one]


def _example(code: Any, given: Any) -> list[str]:
    if code is codes.LITERAL:
        return [chr(given)]
    if code is codes.NOT_LITERAL:
        return [one for one in PROBES if one != chr(given)][:8]
    if code is codes.ANY:
        return [one for one in PROBES if one != "\n"][:8]
    if code is codes.IN:
        literals = [chr(one) for kind, one in given if kind is codes.LITERAL][:4]
        wanted = re.compile(_class(given))
        return [*literals, *(one for one in PROBES if wanted.fullmatch(one))][:12]
    if code is codes.SUBPATTERN:
        return _examples(given[3])[:4]
    if code is codes.ATOMIC_GROUP:
        return _examples(given)[:4]
    if code is codes.BRANCH:
        return [one for branch in given[1] for one in _examples(branch)[:2]]
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [one * given[0] for one in _examples(given[2])[:4]] if given[0] else [""]
    return [""]


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def _class(given: Any) -> str:
    """The class as a separate expression."""
    parts = ""
    for kind, one in given:
        if kind is codes.NEGATE:
            parts += "^"
        elif kind is codes.LITERAL:
            parts += re.escape(chr(one))
        elif kind is codes.RANGE:
            parts += f"{re.escape(chr(one[0]))}-{re.escape(chr(one[1]))}"
        else:
            parts += _CATEGORIES[one]
    return f"[{parts}]"
