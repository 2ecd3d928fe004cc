"""JSON from an interface that serves a list in parts: the parties, and an answer for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Origin
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.bundle import Bundle
from sanctionslib.parsers._engine.faults import changed, limit_exceeded
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile, name_of
from sanctionslib.parsers._engine.json import JsonFormat, leaves
from sanctionslib.parsers._engine.json_entries import LONGEST
from sanctionslib.parsers._engine.maker import Maker

__all__ = ["JsonBundle"]

_SHOWN = 5


@attrs.frozen(kw_only=True, slots=False)
class JsonBundle(JsonFormat):
    """A bundle (see `bundle`): arrays of parties, and an array for each party.

    The answer for a party is read as if it were in the party's object, under the name of its
    folder, where the paths of the table begin: "actions/decree/number". `members` names the files
    with the parties, each with the description of what is missing without it, and its table.
    """

    answers: str
    """The folder with one answer for each party."""
    named_by: str
    """The key of a party that names its answer."""

    def recognise(self, head: Head) -> bool:
        return any(name in self.members for name in head.files)

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        audit = AuditBuilder(name_of(sources))
        bundle = Bundle.of(sources[0])
        assert bundle is not None  # `recognise` has seen one
        reading = self.start(sources, options, audit)
        gaps = [what for name, (what, _) in self.members.items() if name not in bundle]
        unused = dict.fromkeys(self._named(bundle, audit))
        without: list[str] = []
        for name, (_, group) in self.members.items():
            if name not in bundle:
                continue
            maker = Maker(group)
            with self._read(bundle.answer(name), audit.where()) as found:
                for at, one in enumerate(found):
                    key = str(one.get(self.named_by) or "").strip() if _is_object(one) else ""
                    path = f"{self.answers}/{key}.json"
                    unused.pop(path, None)
                    if _is_object(one) and path in bundle:
                        one = self._joined(one, self._answer(bundle, path, audit), name, audit)
                        if not one[self.answers]:
                            message = f"{path} is empty: no {self.answers} of the party are known"
                            audit.issue(IssueKind.STRUCTURE, message, entry=key, path=path)
                    else:
                        without.append(key or "?")
                    self._entry(one, maker, Origin(member=name, path=f"[{at}]"), reading)
        for path in unused:
            audit.issue(
                IssueKind.STRUCTURE,
                f"{path} is the answer for a party that the bundle does not have",
                path=path,
                source=leaves(self.answers, self._answer(bundle, path, audit)),
            )
        if without:
            more = f" and {len(without) - _SHOWN:,} more" if len(without) > _SHOWN else ""
            shown = ", ".join(without[:_SHOWN])
            gaps.append(f"the {self.answers} of {len(without):,} of its parties ({shown}{more})")
        if options.progress is not None:
            options.progress(sources[0].size, sources[0].size)
        return self.parsed(reading, options, gaps)

    def _named(self, bundle: Bundle, audit: AuditBuilder) -> Iterator[str]:
        """The answers for parties.

        Raises:
            InvalidInputError: The bundle has another file. It may be an answer under a wrong name, and
                then something would be missing.
        """
        for name in bundle.names:
            folder, _, last = name.rpartition("/")
            if folder == self.answers and last.endswith(".json"):
                yield name
            elif name not in self.members:
                raise InvalidInputError(
                    f"{name} is not part of a bundle of {self.title}",
                    where=audit.where(path=name),
                    hint=f"it has only {', '.join(self.members)} and "
                    f"{self.answers}/<{self.named_by}>.json: remove the file, or correct its name",
                )

    def _answer(self, bundle: Bundle, path: str, audit: AuditBuilder) -> list[object]:
        """The elements of the answer for one party."""
        if (size := bundle.size(path)) > LONGEST:
            raise limit_exceeded(f"{path} has {size:,} bytes", audit.where(path=path))
        with self._read(bundle.answer(path), audit.where(path=path)) as found:
            return list(found)

    def _joined(
        self, party: Mapping[str, object], answer: list[object], name: str, audit: AuditBuilder
    ) -> dict[str, object]:
        if self.answers in party:
            message = f"the parties of {name} have their own {self.answers}"
            raise changed(message, audit.where(path=self.answers))
        return {**party, self.answers: answer}


def _is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)
