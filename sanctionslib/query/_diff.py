"""`diff` and `apply`: what a newer edition says otherwise, and the newer edition from the older.

Nothing that is compared may be a part of what it is compared with: a party that is merely not there
to be seen would look removed. So lists, formats, scopes and missing files must agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from attrs import evolve

from sanctionslib.answers import Amended, Changes, IssueKind, PairedBy
from sanctionslib.catalog import all_lists
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Edition, Entity, EntityRef, IdentifierKind, IdStability
from sanctionslib.query._amend import Ties, amendments, once_each, unmoved
from sanctionslib.query._holding import Holding
from sanctionslib.query._telling import can_be_one, is_placeholder

if TYPE_CHECKING:
    from sanctionslib.query.sanctions_list import SanctionsList

__all__ = ["applied", "diff"]


def diff(old: SanctionsList[Entity], new: SanctionsList[Entity]) -> Changes:
    """What the newer of two editions of a list says otherwise: added, removed, amended parties.

    Parties are paired by the publisher's key where it lasts (`Edition.id_stability`). Otherwise, and
    for keys that we had to build, they are paired by equal primary name and kind, then by a shared
    number of one kind, each only if it is unique on both sides; `Amended.paired_by` says which it
    was. Two entries are compared by what the list says: where it was read is no change.

    Args:
        old: The older edition, whole. Where a date is unknown, the order is for you to say.
        new: The newer edition, read from the same format.

    Raises:
        InvalidInputError: They cannot be compared without false answers: one is a selection, they
            are of different lists or formats, of one of them something is missing, or the older is
            dated after the newer.

    >>> import attrs
    >>> import sanctionslib as sl
    >>> ship = sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),))
    >>> later = attrs.evolve(ship, flags=(sl.Country(code="PA"),))
    >>> changes = sl.diff(sl.SanctionsList([ship]), sl.SanctionsList([later]))
    >>> changes.amended[0].changes
    (Change(field='flags', after=Country(code='PA')),)
    """
    for one in (old, new):
        _check_list(one)
    _check_alike(old, new)
    pairs = _Pairs(tuple(old), tuple(new), (*old.editions, *new.editions))
    later = {was.id: now.id for was, now, _ in pairs.in_new_order()}

    def of_old(ref: EntityRef) -> str | None:
        found = old.resolve(ref)
        return later.get(found[0].id) if len(found) == 1 else None

    def of_new(ref: EntityRef) -> str | None:
        found = new.resolve(ref)
        return found[0].id if len(found) == 1 else None

    amended: list[Amended] = []
    for was, now, rule in pairs.in_new_order():
        lasting = pairs.stability(was) is pairs.stability(now) is IdStability.STABLE
        if changes := amendments(was, now, Ties(lasting, (of_old, of_new))):
            amended.append(Amended(before=was, after=now, changes=changes, paired_by=rule))
    return Changes(
        old=old.editions,
        new=new.editions,
        added=pairs.added,
        removed=pairs.removed,
        amended=tuple(amended),
        unchanged=len(pairs.rules) - len(amended),
        positions=pairs.positions(),
    )


# ── what can be compared ──────────────────────────────────────────────────────────────────────


def _check_list(one: object) -> None:
    if not isinstance(one, Holding):
        raise InvalidInputError(
            f"{type(one).__name__} is no list that can be compared",
            hint="give two lists, the older first",
        )
    if one.base is not one:
        raise InvalidInputError(
            f"a selection ({one.selection}) cannot be compared: a party that no longer meets its "
            "conditions, and is still listed, would look removed",
            hint="compare the whole lists (.base), and choose among the changes",
        )
    seen: set[str] = set()
    for edition in one.editions:
        if edition.list_id in seen:
            raise InvalidInputError(
                f"several editions of {edition.list_id} stand on one side",
                hint="compare two editions at a time",
            )
        seen.add(edition.list_id)
    declared, read = one.audit.declared, one.audit.read
    if declared is not None and read < declared:
        raise InvalidInputError(
            f"{_label(one.editions)} has {read:,} of the {declared:,} entries that it declares: "
            "those that are missing would look added or removed",
            hint="fetch it again, whole",
        )


def _label(editions: Sequence[Edition]) -> str:
    return "; ".join(one.label for one in editions) or "the list"


def _check_alike(old: SanctionsList[Entity], new: SanctionsList[Entity]) -> None:
    before = {one.list_id: one for one in old.editions}
    after = {one.list_id: one for one in new.editions}
    if before.keys() != after.keys():
        _refuse_lists(before or _list_ids(old), after or _list_ids(new))
    # Entities of one's own, of which no edition says to which list they belong.
    ours, theirs = _list_ids(old) - before.keys(), _list_ids(new) - after.keys()
    if ours != theirs and (before or (ours and theirs)):
        _refuse_lists(ours, theirs)
    for list_id, was in before.items():
        _check_editions(was, after[list_id])
    if _rejected(old) != _rejected(new):
        raise InvalidInputError(
            "other entries could not be read in one of the two files than in the other: they would "
            "look added or removed",
            hint="look at the audit of both, and fetch the file again",
        )


def _rejected(held: SanctionsList[Entity]) -> Counter[object]:
    """The entries that could not be read, by key; those without one by all that they say."""
    issues = [one for one in held.audit.issues if one.kind is IssueKind.REJECTED]
    return Counter(one.where.entry or tuple(one.source or (("", ""),)) for one in issues)


def _list_ids(held: Iterable[Entity]) -> set[str]:
    return {one.list_id for one in held}


def _refuse_lists(old: Collection[str], new: Collection[str]) -> NoReturn:
    ours, theirs = ", ".join(sorted(old)) or "nothing", ", ".join(sorted(new)) or "nothing"
    if ours == theirs:
        raise InvalidInputError(
            f"only one of the two lists of {ours} says which edition it is",
            hint="give both an edition, or neither",
        )
    raise InvalidInputError(
        f"these are different lists: {ours}, and {theirs}",
        hint="compare two editions of the same list",
    )


def _table(edition: Edition) -> str:
    """The format of an edition, whatever container its table came in."""
    known = {form.name: form for each in all_lists() for form in each.formats}
    form = known.get(edition.format)
    return (form and form.same_as) or edition.format


def _check_editions(old: Edition, new: Edition) -> None:
    what = f"{old.label}, and {new.label}"
    if _table(old) != _table(new):
        raise InvalidInputError(
            f"the formats differ: {what}; what one of them cannot state would look removed",
            hint="read both from files of the same format",
        )
    if (old.scope, old.filter) != (new.scope, new.filter):
        raise InvalidInputError(
            f"they are not the same part of the list: {what}; who is outside one of them would "
            "look added or removed",
            hint="compare whole editions, or the same part of both",
        )
    if old.missing != new.missing:
        raise InvalidInputError(
            f"different things are missing: {what}; they would look added or removed",
            hint="read the same set of files of both editions",
        )
    if old.published and new.published and old.published > new.published:
        raise InvalidInputError(
            f"the older edition comes second: {what}; all that was added would look removed",
            hint="give the older one first",
        )


# ── who is who ────────────────────────────────────────────────────────────────────────────────

_Number: TypeAlias = tuple[str, IdentifierKind, str]


class _Pairs:
    """Which entry of one edition is which of the other: the rules one after the other."""

    def __init__(
        self, old: Sequence[Entity], new: Sequence[Entity], editions: Sequence[Edition]
    ) -> None:
        self.old, self.new = old, new
        self.unstable = {
            one.list_id: one.id_stability
            for one in editions
            if one.id_stability is not IdStability.STABLE
        }
        self.spaces = {one.list_id: one.id_space for one in editions}
        self.places = {one.id: at for at, one in enumerate(old)}
        self.rules: dict[str, tuple[Entity, PairedBy]] = {}  # by the id of the newer entry
        self.taken: set[str] = set()
        if len(self.places) < len(old) or len({one.id for one in new}) < len(new):
            raise InvalidInputError(
                "an id occurs twice in one list", hint="each party of a list has its own id"
            )
        self._by_id()
        if self._may_pair():
            self._by_name()
            self._by_number()

    def stability(self, entity: Entity) -> IdStability:
        """How long the key of an entry lasts."""
        if entity.source_id.startswith("~"):
            return IdStability.BUILT
        if entity.id_space not in ("", self.spaces.get(entity.list_id, "")):
            return IdStability.STABLE  # of another publisher, whose keys several lists share
        return self.unstable.get(entity.list_id, IdStability.STABLE)

    def _pair(self, old: Entity, new: Entity, rule: PairedBy) -> None:
        self.rules[new.id] = (old, rule)
        self.taken.add(old.id)

    def _by_id(self) -> None:
        for one in self.new:
            at = self.places.get(one.id)
            if at is None:
                continue
            # A key of ours stands for a place in the file; with all that it says it is the same.
            was = self.old[at]
            if IdStability.BUILT not in (self.stability(was), self.stability(one)) or was == one:
                self._pair(was, one, PairedBy.ID)

    def _may_pair(self) -> bool:
        """Whether an entry is left whose key does not last; lasting keys alone say who is who."""
        left = (*self.removed, *self.added)
        return any(self.stability(one) is not IdStability.STABLE for one in left)

    @property
    def removed(self) -> tuple[Entity, ...]:
        """What stays of the older entries."""
        return tuple(one for one in self.old if one.id not in self.taken)

    @property
    def added(self) -> tuple[Entity, ...]:
        """What stays of the newer entries."""
        return tuple(one for one in self.new if one.id not in self.rules)

    def _by_name(self) -> None:
        """By a name that one entry on each side has, those with a lasting key included."""
        left = [(_name(one), one) for one in self.old]
        right = [(_name(one), one) for one in self.new]
        for was, now in once_each(left, right):
            self._perhaps(was, now, PairedBy.NAME)

    def _by_number(self) -> None:
        """By a number that one entry on each side has, unless numbers lead to several entries."""
        left = [(key, (key, one)) for one in self.old for key in _numbers(one)]
        right = [(key, (key, one)) for one in self.new for key in _numbers(one)]
        found = {
            (was.id, now.id): (was, now)
            for (key, was), (_, now) in once_each(left, right)
            if was.id not in self.taken
            and now.id not in self.rules
            and can_be_one(was, now, key[1])
            and _agree(_numbers(was)[key], _numbers(now)[key])
        }
        olds, news = Counter(was for was, _ in found), Counter(now for _, now in found)
        for (was_id, now_id), (was, now) in found.items():
            if olds[was_id] == news[now_id] == 1:
                self._perhaps(was, now, PairedBy.IDENTIFIER)

    def _perhaps(self, old: Entity, new: Entity, rule: PairedBy) -> None:
        """Pair the two, unless both have a key of which the publisher says that it lasts."""
        lasting = IdStability.STABLE
        if old.id in self.taken or new.id in self.rules:
            return
        if self.stability(old) is not lasting or self.stability(new) is not lasting:
            self._pair(old, new, rule)

    def in_new_order(self) -> Iterator[tuple[Entity, Entity, PairedBy]]:
        """The pairs, in the order of the newer edition."""
        for one in self.new:
            if one.id in self.rules:
                was, rule = self.rules[one.id]
                yield was, one, rule

    def positions(self) -> tuple[tuple[str, int], ...]:
        """Where in the newer edition those stand that cannot be known from the older."""
        kept = [(at, one) for at, one in enumerate(self.new) if one.id in self.rules]
        places = [self.places[self.rules[one.id][0].id] for _, one in kept]
        still = unmoved(places)
        there = {at for number, (at, _) in enumerate(kept) if number in still}
        return tuple((one.id, at) for at, one in enumerate(self.new) if at not in there)


def _name(one: Entity) -> tuple[str, str, str] | None:
    return (one.list_id, one.kind, one.name) if one.name else None


def _numbers(one: Entity) -> dict[_Number, set[str]]:
    """The numbers of an entry that can tell who it is, with the countries that issued them."""
    found: dict[_Number, set[str]] = {}
    for each in one.identifiers:
        if each.kind is not None and not is_placeholder(each):
            countries = found.setdefault((one.list_id, each.kind, each.key), set())
            if each.country is not None and each.country.code is not None:
                countries.add(each.country.code)
    return found


def _agree(ours: set[str], theirs: set[str]) -> bool:
    """Whether two equal numbers can be one: not where two countries issued them."""
    return not ours or not theirs or not ours.isdisjoint(theirs)


# ── the newer edition from the older ──────────────────────────────────────────────────────────


def applied(old: SanctionsList[Entity], changes: Changes) -> tuple[Entity, ...]:
    """The entities of the newer edition: those of the older one with the changes.

    What is unchanged is of the newer edition now; where it stood in the older file is left out.

    Raises:
        InvalidInputError: The changes are not those of this list.
    """
    if not isinstance(changes, Changes):
        raise InvalidInputError(
            f"{type(changes).__name__} is no Changes", hint="give what diff(old, new) gave"
        )
    if old.editions != changes.old:
        raise InvalidInputError(
            f"the changes are those of {_label(changes.old)}, and this is {_label(old.editions)}",
            hint="apply them to the older list that they were made from",
        )
    editions = {one.list_id: one for one in changes.new}
    removed = {one.id: one for one in changes.removed}
    amended = {one.before.id: one for one in changes.amended}
    seats = dict(changes.positions)
    at_seat = {one.id: one for one in changes.added}
    stay: list[Entity] = []
    fitting = 0
    for one in old:
        change = amended.get(one.id)
        if one.id in removed or change is not None:
            fitting += one == (removed[one.id] if change is None else change.before)
            if change is None:
                continue
            made = change.after
        else:
            edition = editions.get(one.list_id, one.edition)
            made = evolve(one, edition=edition, origins=(), source=None)
        if made.id in seats:
            at_seat[made.id] = made
        else:
            stay.append(made)
    expected = len(removed) + len(amended)
    places = range(len(stay) + len(at_seat))
    by_place = {place: at_seat[key] for key, place in seats.items() if key in at_seat}
    fits = fitting == expected and len(old) - expected == changes.unchanged
    placed = at_seat.keys() == seats.keys() and len(by_place) == len(seats)
    if not (fits and placed and all(place in places for place in by_place)):
        raise InvalidInputError(
            "the changes do not fit this list: they speak of others than are in it",
            hint="apply them to the older list that they were made from",
        )
    rest = iter(stay)
    return tuple([by_place[at] if at in by_place else next(rest) for at in places])
