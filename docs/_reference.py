"""The pages of the reference: every public name of a package, made from `__all__` as Markdown."""

from __future__ import annotations

import enum
import importlib
import inspect
import pkgutil
import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path

from sphinx.errors import PycodeError
from sphinx.pycode import ModuleAnalyzer

import sanctionslib as sl

__all__ = ["PACKAGES", "PAGES", "Page", "aliases", "documented", "opening", "package_text"]

PACKAGES = sorted(name for name in sl.__dir__() if inspect.ismodule(getattr(sl, name)))
"""The packages that users can name: `sl.model`, `sl.answers` …"""
PAGES = Path(__file__).parent / "reference"

_DIRECTIVE = re.compile(r"^```\{package\} (\S+)\n((?::.*\n)*)```$", re.MULTILINE)


class Page:
    """A page of the reference: its package, and which of its names stand on it."""

    def __init__(self, package: str, only: str = "", without: str = "") -> None:
        self.package = package
        self.only, self.without = only.split(), without.split()

    @classmethod
    def of(cls, path: Path) -> Page | None:
        """What a file of the reference has, if it is one of a package."""
        found = _DIRECTIVE.search(path.read_text("utf-8"))
        if found is None:
            return None
        return cls(found[1], **dict(re.findall(r":(only|without): (.*)", found[2])))

    @property
    def names(self) -> list[str]:
        """The names on the page: those that are documented with the package."""
        return [
            name
            for name in _names_of(self.package)
            if (name in self.only if self.only else name not in self.without)
        ]


def _names_of(package: str) -> list[str]:
    """The public names that are documented with a package, in the order of its modules."""
    names = [*importlib.import_module(package).__all__]
    if package == sl.__name__:
        elsewhere = {name for one in PACKAGES for name in _module(one).__all__}
        return [name for name in names if name not in elsewhere]

    def place(name: str) -> tuple[str, bool, int]:
        home = _home(package, name)
        module = home.rpartition(".")[2]  # `Audit` is what the module `audit` is about
        return home, name.lower() not in (module, module.rstrip("s")), _line(package, name)

    return sorted(names, key=place)


def documented(package: str, name: str) -> str:
    """The name under which a thing is documented: the shortest that users can write."""
    return f"{sl.__name__}.{name}" if name in sl.__all__ else f"{package}.{name}"


def aliases(path: str) -> list[str]:
    """What a documented thing, or a member of it, is called at the top and in each package."""
    package, _, _ = path.rpartition(".")
    while package and not hasattr(sys.modules.get(package), "__all__"):
        package = package.rpartition(".")[0]
    name = path.removeprefix(f"{package}.")
    homes = [one for one in map(_module, PACKAGES) if name.partition(".")[0] in one.__all__]
    return [f"{one.__name__}.{name}" for one in (sl, *homes)]


def opening(package: str) -> str:
    """What a package is for and its first example, from its docstring."""
    first, _, rest = (inspect.getdoc(importlib.import_module(package)) or "").partition("\n\n")
    example = re.search(r"^>>> .*?(?=\n\n|\Z)", rest, re.MULTILINE | re.DOTALL)
    text = " ".join(first.split())
    text = f"`{package}`: {text[:1].lower()}{text[1:]}" if package != sl.__name__ else text
    return f"{text}\n\n```pycon\n{example[0]}\n```" if example else text


def package_text(page: Page) -> str:
    """All names of a page, below the modules that they come from where there are several."""
    homes: dict[str, list[str]] = {}
    for name in page.names:
        homes.setdefault(_home(page.package, name), []).append(name)
    parts: list[str] = []
    for home, names in homes.items():
        if len(homes) > 1 and home:
            parts.append(f"## {home.rpartition('.')[2].replace('_', ' ').capitalize()}")
            parts.append(_first_line(home))
        parts.append("```{eval-rst}\n" + "\n\n".join(_entries(page.package, names)) + "\n```")
    return "\n\n".join(parts)


def _entries(package: str, names: list[str]) -> Iterator[str]:
    for name in names:
        thing = getattr(importlib.import_module(package), name)
        path = documented(package, name)
        if inspect.isclass(thing):
            yield f".. autoclass:: {path}\n" + "".join(
                f"   :{option}:\n" for option in _options(thing)
            )
        elif isinstance(thing, types.MethodType):
            owner = type(thing.__self__).__name__
            yield (
                f".. py:function:: {path}\n\n   :meth:`{owner}.{name} <sanctionslib.{owner}.{name}>`"
                " of the default archive.\n"
            )
        elif inspect.isroutine(inspect.unwrap(thing)):
            yield f".. autofunction:: {path}\n"
        else:
            text = "\n".join(_text_below(package, name)).strip()
            yield f".. py:data:: {path}\n\n" + "".join(f"   {line}\n" for line in text.splitlines())


def _options(thing: type) -> list[str]:
    if issubclass(thing, enum.Enum):
        return ["members", "undoc-members"]
    options = ["members"]
    if thing is sl.SanctionsList:
        options.append("inherited-members")
    bases = [
        base.__name__ for base in thing.__bases__ if base.__module__.startswith("sanctionslib")
    ]
    if any(base in sl.__all__ or base in sl.errors.__all__ for base in bases):
        options.append("show-inheritance")
    return options


def _module(name: str) -> types.ModuleType:
    return importlib.import_module(f"{sl.__name__}.{name}")


def _home(package: str, name: str) -> str:
    """The public module of a package that a name comes from, "" for the package itself."""
    module = getattr(getattr(importlib.import_module(package), name), "__module__", "")
    if not module.startswith(f"{package}.") or "._" in module:
        module = next((one for one, names in _data(package).items() if name in names), "")
    return "" if "._" in module or module == package else module


def _line(package: str, name: str) -> int:
    thing = getattr(importlib.import_module(package), name)
    try:
        return inspect.getsourcelines(inspect.unwrap(thing))[1]
    except (TypeError, OSError):
        return 0


def _data(package: str) -> dict[str, dict[str, list[str]]]:
    """Module → the names of data in it, each with the text below it."""
    if package not in _DATA:
        found = _DATA[package] = {}
        root = importlib.import_module(package)
        inner = pkgutil.walk_packages(getattr(root, "__path__", []), f"{package}.")
        for module in (package, *(one.name for one in inner)):
            try:
                docs = ModuleAnalyzer.for_module(module).find_attr_docs()
            except PycodeError:
                continue
            found[module] = {name: text for (owner, name), text in docs.items() if not owner}
    return _DATA[package]


_DATA: dict[str, dict[str, dict[str, list[str]]]] = {}


def _text_below(package: str, name: str) -> list[str]:
    """What stands below data in the code."""
    for names in _data(package).values():
        if name in names:
            return names[name]
    return []


def _first_line(module: str) -> str:
    """What a module is about, without the name that its docstring begins with."""
    text = (inspect.getdoc(importlib.import_module(module)) or "").partition("\n")[0]
    subject, colon, rest = text.partition(": ")
    text = rest if colon and len(subject.split()) <= 3 else text
    return text[:1].upper() + text[1:]
