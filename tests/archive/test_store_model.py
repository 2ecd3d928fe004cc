"""EditionStore against a plain model: whatever is done in whatever order, both give the same answers."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import attrs
from archives import FAILED, LIST, PASSED, keep, sha256_of
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sanctionslib.answers import EditionStatus, HeldEdition
from sanctionslib.archive.store import EditionStore
from sanctionslib.model import Scope

FORMS = ("ofac-enhanced-xml", "ofac-delimited-csv")
DAYS = [date(2021, 12, day) for day in range(1, 6)]
START = datetime(2021, 12, 1, tzinfo=UTC)

forms = st.sampled_from(FORMS)
days = st.sampled_from(DAYS)
texts = st.sampled_from([b"a", b"b", b"c"])
kinds = st.sampled_from(["whole", "whole", "refused", "partial", "lacks entries", "filtered"])


def files_of(text: bytes) -> dict[str, bytes]:
    """The files of an edition; one is the same every day."""
    return {"SDN": text, "ADD": b"the same every day"}


@attrs.define
class Kept:
    """An edition, as far as the answers depend on it."""

    form: str
    published: date | None
    text: bytes
    kind: str
    added: datetime

    @property
    def day(self) -> date:
        return self.published or self.added.date()

    @property
    def key(self) -> tuple[str, date | None, bytes]:
        return (self.form, self.published, self.text)

    @property
    def order(self) -> tuple[date, bool, int, datetime]:
        """The greatest one answers."""
        return (self.day, self.kind == "whole", -FORMS.index(self.form), self.added)


class ArchiveMachine(RuleBasedStateMachine):
    """Adds, accepts, prunes and damages editions of one list, in two formats, over five days."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.archive = EditionStore(Path(self.folder.name))
        self.model: list[Kept] = []
        self.now = START

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(form=forms, day=st.one_of(st.none(), days), text=texts, kind=kinds)
    def add(self, form: str, day: date | None, text: bytes, kind: str) -> None:
        self.now += timedelta(hours=5)
        wanted = Kept(form=form, published=day, text=text, kind=kind, added=self.now)
        is_known = wanted.key in [one.key for one in self.model]
        held, is_new = keep(
            self.archive,
            files_of(text),
            day,
            form=form,
            checks=[FAILED if kind == "refused" else PASSED],
            missing=("ALT",) if kind in ("partial", "lacks entries") else (),
            lacks_entries=kind == "lacks entries",
            scope=Scope.CUSTOM if kind == "filtered" else Scope.WHOLE,
            now=self.now,
        )
        assert is_new is not is_known
        if is_new:
            self.model.append(wanted)
        answer = self.kept(held)
        assert answer is not None
        assert answer.key == wanted.key

    @precondition(lambda self: any(one.kind == "refused" for one in self.model))
    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        refused = [one for one in self.model if one.kind == "refused"]
        chosen = data.draw(st.sampled_from(refused))
        (held,) = [one for one in self.archive.editions(LIST) if self.kept(one) == chosen]
        self.archive.accept(LIST, held.sha256[:12], reason="why", now=self.now)
        for one in refused:
            if one.text == chosen.text:
                one.kind = "whole"

    @rule(
        before=st.one_of(st.none(), days),
        last=st.one_of(st.none(), st.integers(1, 3)),
        refused=st.booleans(),
    )
    def prune(self, before: date | None, last: int | None, refused: bool) -> None:
        if before is None and last is None and not refused:
            return
        gone: list[Kept] = []
        for form in FORMS:
            own = sorted(
                (one for one in self.model if one.form == form),
                key=lambda one: (one.day, one.added),
            )
            whole = [one for one in own if one.kind == "whole"]
            stays = (whole or [one for one in own if one.kind == "partial"])[-1:]
            others = [one for one in own if one.kind != "refused"]
            surplus = others[: max(len(others) - last, 0)] if last else []
            gone += [
                one
                for one in own
                if one not in stays
                and (
                    (before is not None and one.day < before)
                    or one in surplus
                    or (refused and one.kind == "refused")
                )
            ]
        answer = self.archive.prune(LIST, before=before, keep=last, quarantined=refused)
        assert len(answer.editions) == len(gone)
        assert all(self.kept(one) in gone for one in answer.editions)
        self.model = [one for one in self.model if one not in gone]

    @precondition(lambda self: self.model)
    @rule(data=st.data(), name=st.sampled_from(["SDN.gz", "ADD.gz"]))
    def damage_and_mend(self, data: st.DataObject, name: str) -> None:
        chosen = data.draw(st.sampled_from(self.model))
        (held,) = [one for one in self.archive.editions(LIST) if self.kept(one) == chosen]
        path = Path(held.folder, name)
        path.unlink()
        assert [one.path for one in self.archive.verify().faults] == [str(path)]
        again, is_new = keep(
            self.archive, files_of(chosen.text), chosen.published, form=chosen.form
        )
        assert is_new
        assert again == held

    @rule(day=days, form=forms, is_partial=st.booleans())
    def ask(self, day: date, form: str, is_partial: bool) -> None:
        can = [one for one in self.model if one.kind in ("whole", "partial") and one.day <= day]
        own = [one for one in can if one.form == form]
        alike = [one for one in own if (one.kind == "partial") is is_partial]
        missing = ("ALT",) if is_partial else ()
        assert self.kept(self.archive.as_of(LIST, day, forms=FORMS)) == best(can)
        assert self.kept(self.archive.as_of(LIST, day, form=form)) == best(own)
        found = self.archive.before(LIST, form, day=day, missing=missing)
        assert self.kept(found) == best(alike)
        if found is not None:
            # What is new is not compared with itself, nor what else came on its day with its bytes.
            itself = self.kept(found)
            assert itself is not None
            rest = [one for one in alike if (one.day, one.text) != (day, itself.text)]
            other = self.archive.before(LIST, form, day=day, missing=missing, sha256=found.sha256)
            assert self.kept(other) == best(rest)

    @invariant()
    def all_is_held(self) -> None:
        editions = self.archive.editions(LIST, forms=FORMS)
        answer = [self.kept(one) for one in editions]
        assert answer == sorted(
            self.model, key=lambda one: (one.day, FORMS.index(one.form), one.added)
        )
        for form in FORMS:
            whole = [one for one in self.model if one.form == form and one.kind == "whole"]
            assert self.kept(self.archive.current(LIST, form=form)) == best(whole)
        whole = [one for one in self.model if one.kind == "whole"]
        assert self.kept(self.archive.current(LIST, forms=FORMS)) == best(whole)
        for one in editions:
            assert self.archive.named(LIST, one.format, one.name) == one

    @invariant()
    def all_is_whole(self) -> None:
        found = self.archive.verify()
        assert found.faults == ()
        assert len(found.editions) == len(self.model)

    def kept(self, held: HeldEdition | None) -> Kept | None:
        """The edition of the model that is meant."""
        if held is None:
            return None
        (one,) = [
            one
            for one in self.model
            if (one.form, one.published) == (held.format, held.published)
            and sha256_of(files_of(one.text)) == held.sha256
        ]
        assert (one.day, one.added) == (held.day, held.added_at)
        assert (one.kind == "refused") is (held.status is EditionStatus.QUARANTINED)
        return one


def best(found: list[Kept]) -> Kept | None:
    """The one that answers."""
    return max(found, key=lambda one: one.order, default=None)


TestArchive = ArchiveMachine.TestCase
TestArchive.settings = settings(max_examples=20, stateful_step_count=25)
