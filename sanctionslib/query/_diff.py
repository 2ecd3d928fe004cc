"""`diff`: what changed from an older edition of a list to a newer one.

Nothing that is compared may be a part of what it is compared with: a party that is only outside the
file would look removed. So lists, formats, scopes and missing files must agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NoReturn, TypeAlias

from sanctionslib.answers import Amended, Changes, IssueKind, PairedBy
from sanctionslib.catalog import all_lists
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Edition, Entity, EntityRef, IdentifierKind, IdStability
from sanctionslib.query._amend import amendments, key_pairs, once_each
from sanctionslib.query._counterparts import can_be_one, is_placeholder
from sanctionslib.query.sanctions_list import SanctionsList


def diff(old: SanctionsList[Entity], new: SanctionsList[Entity]) -> Changes:
    """What changed from one edition of a list to a newer one: added, removed, amended parties.

    Parties are paired by the publisher's key where it lasts (`Edition.id_stability`). Otherwise, and
    for keys that we had to build, they are paired by equal primary name and kind, then by a shared
    number of one kind, each only if it is unique on both sides; `Amended.paired_by` says by which.
    Two entities are compared by what the list says: where it was read is no change.

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
    _check_comparable(old, new)
    pairing = _Pairing(tuple(old), tuple(new), (*old.editions, *new.editions))
    new_ids = {before.id: after.id for before, after, _ in pairing.pairs()}

    def target_of_old(ref: EntityRef) -> str | None:
        found = old.resolve(ref)
        return new_ids.get(found[0].id) if len(found) == 1 else None

    def target_of_new(ref: EntityRef) -> str | None:
        found = new.resolve(ref)
        return found[0].id if len(found) == 1 else None

    targets = (target_of_old, target_of_new)
    keys = {last: key_pairs(keys_last=last, targets=targets) for last in (True, False)}
    amended: list[Amended] = []
    for before, after, rule in pairing.pairs():
        if before != after:
            changes = tuple(amendments(before, after, keys[pairing.keys_last(before, after)]))
            amended.append(Amended(before=before, after=after, changes=changes, paired_by=rule))
    return Changes(
        old=old.editions,
        new=new.editions,
        added=pairing.added,
        removed=pairing.removed,
        amended=tuple(amended),
        unchanged=len(new_ids) - len(amended),
    )


# ── what can be compared ──────────────────────────────────────────────────────────────────────


def _check_list(one: object) -> None:
    if not isinstance(one, SanctionsList):
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
    for list_id, count in Counter(each.list_id for each in one.editions).items():
        if count > 1:
            raise InvalidInputError(
                f"several editions of {list_id} are on one side",
                hint="compare two editions at a time",
            )
    declared, read = one.audit.declared, one.audit.read
    if declared is not None and read < declared:
        label = "; ".join(each.label for each in one.editions) or "the list"
        raise InvalidInputError(
            f"{label} has {read:,} of the {declared:,} entries that it declares: those that are "
            "missing would look added or removed",
            hint="fetch it again, whole",
        )


def _check_comparable(old: SanctionsList[Entity], new: SanctionsList[Entity]) -> None:
    before = {one.list_id: one for one in old.editions}
    after = {one.list_id: one for one in new.editions}
    if before.keys() != after.keys():
        _refuse_lists(before or _list_ids(old), after or _list_ids(new))
    # Entities of the caller's own, of which no edition says to which list they belong.
    ours, theirs = _list_ids(old) - before.keys(), _list_ids(new) - after.keys()
    if ours != theirs and (before or (ours and theirs)):
        _refuse_lists(ours, theirs)
    for list_id, edition in before.items():
        _check_editions(edition, after[list_id])
    if _rejected(old) != _rejected(new):
        raise InvalidInputError(
            "other entries could not be read in one of the two files than in the other: they would "
            "look added or removed",
            hint="look at the audit of both, and fetch the file again",
        )


def _rejected(one: SanctionsList[Entity]) -> Counter[object]:
    """The entries that could not be read, by key; those without one by all that they say."""
    issues = [each for each in one.audit.issues if each.kind is IssueKind.REJECTED]
    return Counter(each.where.entry or tuple(each.source or (("", ""),)) for each in issues)


def _list_ids(entities: Iterable[Entity]) -> set[str]:
    return {one.list_id for one in entities}


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
    if _table(old) != _table(new):
        what = "the formats differ"
        why = "what one of them cannot state would look removed"
        hint = "read both from files of the same format"
    elif (old.scope, old.filter) != (new.scope, new.filter):
        what = "they are not the same part of the list"
        why = "who is outside one of them would look added or removed"
        hint = "compare whole editions, or the same part of both"
    elif old.missing != new.missing:
        what = "different files are missing"
        why = "what they hold would look added or removed"
        hint = "read the same set of files of both editions"
    elif old.published and new.published and old.published > new.published:
        what = "the older edition comes second"
        why = "all that was added would look removed"
        hint = "give the older one first"
    else:
        return
    raise InvalidInputError(f"{what}: {old.label}, and {new.label}; {why}", hint=hint)


# ── who is who ────────────────────────────────────────────────────────────────────────────────

_Number: TypeAlias = tuple[str, IdentifierKind, str]
"""A list, and the kind and key of a number in it."""


class _Pairing:
    """Which entity of one edition is which of the other: the rules one after the other."""

    def __init__(
        self, old: Sequence[Entity], new: Sequence[Entity], editions: Sequence[Edition]
    ) -> None:
        for side in (old, new):
            if len({one.id for one in side}) < len(side):
                raise InvalidInputError(
                    "an id occurs twice in one list", hint="each party of a list has its own id"
                )
        self._old, self._new = old, new
        self._editions = {one.list_id: one for one in editions}
        for one in editions:  # an edition whose keys do not last decides for both
            if one.id_stability is not IdStability.STABLE:
                self._editions[one.list_id] = one
        self._found: dict[str, tuple[Entity, PairedBy]] = {}
        """By the id of the newer entity."""
        self._paired: set[str] = set()
        """Ids of older entities."""
        self._by_id()
        # Keys that last say alone who is who.
        left = (*self.removed, *self.added)
        if any(self._stability(one) is not IdStability.STABLE for one in left):
            names = ([(_name(one), one) for one in side] for side in (old, new))
            self._pair_all(once_each(*names), PairedBy.NAME)
            self._pair_all(self._by_number(), PairedBy.IDENTIFIER)

    @property
    def removed(self) -> tuple[Entity, ...]:
        """The older entities that are not paired."""
        return tuple(one for one in self._old if one.id not in self._paired)

    @property
    def added(self) -> tuple[Entity, ...]:
        """The newer entities that are not paired."""
        return tuple(one for one in self._new if one.id not in self._found)

    def pairs(self) -> Iterator[tuple[Entity, Entity, PairedBy]]:
        """The pairs, in the order of the newer edition."""
        for one in self._new:
            if one.id in self._found:
                before, rule = self._found[one.id]
                yield before, one, rule

    def keys_last(self, old: Entity, new: Entity) -> bool:
        """Whether the publisher's keys of both entities, and of their values, last."""
        return self._stability(old) is self._stability(new) is IdStability.STABLE

    def _stability(self, entity: Entity) -> IdStability:
        """How long the key of an entity lasts."""
        if entity.source_id.startswith("~"):
            return IdStability.BUILT
        edition = self._editions.get(entity.list_id)
        if entity.id_space not in ("", edition.id_space if edition else ""):
            return IdStability.STABLE  # of another publisher, whose keys several lists share
        return edition.id_stability if edition else IdStability.STABLE

    def _pair(self, old: Entity, new: Entity, rule: PairedBy) -> None:
        self._found[new.id] = (old, rule)
        self._paired.add(old.id)

    def _pair_all(self, pairs: Iterable[tuple[Entity, Entity]], rule: PairedBy) -> None:
        """Pair those who are not paired yet, unless the keys of both last."""
        for old, new in pairs:
            is_free = old.id not in self._paired and new.id not in self._found
            if is_free and not self.keys_last(old, new):
                self._pair(old, new, rule)

    def _by_id(self) -> None:
        older = {one.id: one for one in self._old}
        for one in self._new:
            before = older.get(one.id)
            if before is None:
                continue
            # A key that we built stands for a place in the file; with the same content it is the same.
            keys = (self._stability(before), self._stability(one))
            if IdStability.BUILT not in keys or before == one:
                self._pair(before, one, PairedBy.ID)

    def _by_number(self) -> list[tuple[Entity, Entity]]:
        """Those with a number that one on each side has, unless numbers lead to several entities."""
        left = [(key, (key, one)) for one in self._old for key in _numbers(one)]
        right = [(key, (key, one)) for one in self._new for key in _numbers(one)]
        found = {
            (before.id, after.id): (before, after)
            for (key, before), (_, after) in once_each(left, right)
            if before.id not in self._paired
            and after.id not in self._found
            and can_be_one(before, after, key[1])
            and _agree(_numbers(before)[key], _numbers(after)[key])
        }
        olds, news = Counter(old for old, _ in found), Counter(new for _, new in found)
        return [pair for (old, new), pair in found.items() if olds[old] == news[new] == 1]


def _name(one: Entity) -> tuple[str, str, str] | None:
    """What pairs two entities by name, those with a lasting key included: who stays has it too."""
    return (one.list_id, one.kind, one.name) if one.name else None


def _numbers(one: Entity) -> dict[_Number, set[str]]:
    """The numbers that can tell who an entity is, with the countries that issued them."""
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
