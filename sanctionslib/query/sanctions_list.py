"""SanctionsList: the entities of one or more editions, and the questions that they can answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Literal, TypeVar, cast, overload

from sanctionslib.answers import (
    Audit,
    Changes,
    Counterparts,
    Explanation,
    Hits,
    IdentifierMatch,
    Link,
    Network,
    Ownership,
    Selection,
    Subject,
    WeakAliases,
)
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.arguments import Policy
from sanctionslib.matching.methods import DEFAULT
from sanctionslib.matching.search import search
from sanctionslib.model import (
    Edition,
    Entity,
    EntityRef,
    Fact,
    IdentifierKind,
    MeasureKind,
    PartialDate,
    RelationKind,
    identifier_key,
)
from sanctionslib.query._checks import checked, identifier_kinds, text
from sanctionslib.query._counterparts import counterparts
from sanctionslib.query._diff import applied
from sanctionslib.query._explain import explain
from sanctionslib.query._holding import Holding
from sanctionslib.query._links import UNSAID, check_says_how, outbound, unsupported
from sanctionslib.query._near import near
from sanctionslib.query._network import Direction, network, walk
from sanctionslib.query._ownership import Question, ownership
from sanctionslib.query._searching import subject
from sanctionslib.query._select import (
    Unstated,
    asked_of,
    check_predicate,
    check_unstated,
    checked_kinds,
    never_stated,
    select,
    told_apart,
)
from sanctionslib.query._where import Held, conditions

__all__ = ["SanctionsList"]

E_co = TypeVar("E_co", bound=Entity, covariant=True)
P = TypeVar("P", bound=Entity)
Q = TypeVar("Q", bound=Entity)


class SanctionsList(Holding[E_co]):
    """Entities with their editions: sized, iterable, immutable.

    `sanctionslib.read` makes one from an official file; made directly, it holds entities of your
    own. A selection (`where`, a slice) keeps the list that it comes from as `base`: its length,
    iteration, membership and what it writes are its own, while `why`, `related` and references are
    answered from the base, so that links to parties outside the selection are not lost.

    Args:
        entities: Entities with ids of their own, `list:key`.
        edition: Where they come from; without one, any fact counts as stated.

    Raises:
        InvalidInputError: Two entities have the same id, or one has no usable id or name.

    >>> import sanctionslib as sl
    >>> mine = sl.SanctionsList([sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),))])
    >>> mine
    <SanctionsList of 1 vessel>
    >>> len(sl.sample()), "33951" in sl.sample()
    (54, True)
    """

    __slots__ = ()

    def __init__(self, entities: Iterable[E_co], edition: Edition | None = None) -> None:
        made = cast("tuple[E_co, ...]", checked(entities))
        editions = () if edition is None else (edition,)
        self._set(made, editions, Audit(read=len(made), converted=len(made)))

    @staticmethod
    def of_editions(
        entities: Sequence[P], editions: Sequence[Edition], audit: Audit
    ) -> SanctionsList[P]:
        """A list of what a parser gave; `sanctionslib.read` is the way to call it."""
        made = cast("SanctionsList[P]", object.__new__(cast("type[object]", SanctionsList)))
        made._set(tuple(entities), tuple(editions), audit)
        return made

    # Questions

    def named(self, name: str) -> tuple[E_co, ...]:
        """All entities that bear exactly this name, as primary name or alias.

        Case and blanks do not count, and persons are found as "LAST, First" and "First LAST". No
        spelling is guessed: what comes near is for `search`.

        >>> import sanctionslib as sl
        >>> sl.sample().named("rab forces")
        (<Organization us_ofac_sdn:33951 'RAPID ACTION BATTALION' GLOMAG (sample)>,)
        """
        return tuple(self._mine(self._indexed().named(text(name, "a name"))))

    def suggest(self, name: str, *, limit: int = 5) -> tuple[str, ...]:
        """Names of this list that look most like a text: near misses, not a search.

        >>> import sanctionslib as sl
        >>> sl.sample().suggest("Rapid Action Batalion")[0]
        'RAPID ACTION BATTALION'
        """
        return near(name, {each.text for one in self for each in one.names}, limit=limit)

    def search(
        self,
        query: str | Sequence[str] | Subject,
        *,
        kind: type[Entity] | str | None = None,
        limit: int | None = 10,
        min_score: float | None = None,
        method: str = DEFAULT,
        weak_aliases: WeakAliases | Literal["confirm", "exclude", "include"] = "confirm",
        birth_date: PartialDate | date | str | int | None = None,
        country: str | Collection[str] | None = None,
        identifiers: str | Collection[str] = (),
    ) -> Hits:
        """The parties whose names come near, and those that have an exact number, best first.

        Args:
            query: A name, several names of one party (the best counts), or a `Subject`.
            kind: Only this kind of party, as a class or its word ("person"); one whose kind its
                list does not state is looked at too. An exact number counts whatever the kind.
            limit: How many hits are given at most; `Hits.more` counts the others. None for all.
            min_score: Names below it are no hits, 0 to 1; else what the method goes by.
            method: The scorer: "default", or "ofac" for that of OFAC's own search page.
            weak_aliases: "confirm": a weak alias alone is no hit, unless another fact agrees or
                another name comes near too. "exclude", "include": never, always looked at.
            birth_date: As far as it is known: a date, "1971-03", 1971.
            country: ISO codes or names of countries that the party has to do with.
            identifiers: Numbers as printed: passport, registration, IMO, wallet.

        Returns:
            One hit per party, with the name that hit, how it pairs, and what the list says to each
            other fact: those order the hits, and never change the score or leave one out.

        Raises:
            InvalidInputError: An argument makes no sense, or there is nothing to compare in a name.

        >>> import sanctionslib as sl
        >>> hits = sl.sample().search("Rapid Action Batalion", kind=sl.Organization, country="BD")
        >>> hits[0]
        <Hit us_ofac_sdn:33951 'RAPID ACTION BATTALION' by 'RAPID ACTION BATTALION' ... agrees>
        """
        how = Policy(min_score=min_score, weak_aliases=weak_aliases, limit=limit)
        who = subject(
            query,
            Held(self.base._entities),
            kind=kind,
            birth_date=birth_date,
            country=country,
            identifiers=identifiers,
        )
        return search(self._searchable(method), who, how)

    def find_number(
        self,
        number: str,
        *,
        kind: IdentifierKind | str | Collection[IdentifierKind | str] | None = None,
    ) -> tuple[IdentifierMatch, ...]:
        """Exact search by any identifier: document, registration, IMO, or wallet address.

        Case, blanks, punctuation and a note in brackets do not count (in wallet addresses only the
        case of hexadecimal and bech32 ones). "IMO 9187629" finds numbers of that name alone,
        "9187629" every kind of number; words before a number are left out if nothing is found
        with them.

        Args:
            number: The number, as it may be printed.
            kind: Only numbers of these kinds (or their values: "passport").

        Returns:
            One hit per identifier that matches; empty if none does, which means no more than that
            this number is not in this list.

        Raises:
            InvalidInputError: There is no letter or digit in `number`.
            NotStatedError: An edition does not state identifiers.

        >>> import sanctionslib as sl
        >>> sl.sample().find_number("IMO 9187629")
        ()
        """
        never_stated(self._editions, (Fact.IDENTIFIER,))
        if not identifier_key(text(number, "a number")):
            raise InvalidInputError(
                f"{number!r} has neither letters nor digits", hint="give the number itself"
            )
        kinds = None if kind is None else identifier_kinds(kind)
        return tuple(
            IdentifierMatch(entity=entity, identifier=identifier)
            for entity, identifier in self._indexed().numbers(number)
            if self._mine([entity]) and (kinds is None or identifier.kind in kinds)
        )

    def resolve(self, ref: EntityRef) -> tuple[Entity, ...]:
        """The entities that a reference can mean: none (outside this list), one, or several.

        A name counts only if it is exactly a primary name. Answered from the base.

        >>> import sanctionslib as sl
        >>> sdn = sl.sample()
        >>> [one.id for one in sdn.resolve(sdn["34024"].relations[0].to)]
        ['us_ofac_sdn:34022']
        """
        if not isinstance(ref, EntityRef):
            raise TypeError(f"a reference is an EntityRef, not {type(ref).__name__}: see named()")
        return self._indexed().resolve(ref)

    def why(self, who: str | Entity) -> Explanation:
        """Who designated a party, on which list, under what, since when, linked to whom.

        Args:
            who: An id, or an entity of this list.

        Returns:
            What the file states, what it suggests (apart), and what it never states.

        Raises:
            NotFoundError: Nobody here has this id.

        >>> import sanctionslib as sl
        >>> why = sl.sample().why("33951")
        >>> why.programs[0].program.title
        'Global Magnitsky: serious human rights abuse and corruption, worldwide'
        """
        records = self.party(who)
        return explain(records, [self._edition(one) for one in records], self._indexed())

    def related(
        self,
        who: str | Entity,
        *,
        depth: int = 1,
        kind: RelationKind | str | Collection[RelationKind | str] | None = None,
        direction: Direction = "both",
        former: bool = True,
    ) -> Network:
        """The parties around one party: its own links and those that others state to it.

        Args:
            who: An id, or an entity of this list.
            depth: How many links to follow, 1 or more.
            kind: Only links of these kinds (or their values: "owned or controlled by"), as the
                party that states them says it.
            direction: "out" follows the links that a party states, "in" those that others state
                to it.
            former: False leaves out links that have ended; `left_out` counts them.

        Raises:
            NotFoundError: Nobody here has this id.
            InvalidInputError: `depth` is less than 1, or `kind` or `direction` is unknown.
            NotStatedError: The edition of the party does not state relations, or never of what
                kind they are, and `kind` asks for one.

        >>> import sanctionslib as sl
        >>> len(sl.sample().related("34022", depth=2).nodes)
        5
        >>> sl.sample().related("34022", direction="out").links
        ()
        """
        wanted = walk(depth, kind, direction, former)
        records = self.party(who)
        asked = [(one, self._edition(one)) for one in records]
        mute = unsupported([edition for _, edition in asked], self._editions, Fact.RELATION)
        if wanted.kinds and not set(UNSAID).intersection(wanted.kinds):
            check_says_how(asked, self._editions, self._indexed())
        return network(records, wanted, self._indexed(), editions=self._editions, unsupported=mute)

    def owned_by(self, who: str | Entity, *, former: bool = False) -> Ownership:
        """The parties that a party is stated to own or control, directly or along a chain.

        **Not OFAC's 50 Percent Rule**: that needs shares, which no list states, and reaches
        companies that no list names. These are links that lists state between listed parties. Links
        that have ended, fit several parties or do not say how are given apart and not followed.

        Args:
            who: An id, or an entity of this list.
            former: Also follow links that have ended.

        Raises:
            NotFoundError: Nobody here has this id.
            NotStatedError: The edition does not state relations, or never of what kind they are.

        >>> import sanctionslib as sl
        >>> sl.sample().owned_by("34022")
        Traceback (most recent call last):
            ...
        sanctionslib.errors.NotStatedError: ... says that parties are linked and never how, ...
        """
        return self._ownership(who, "owned by", former)

    def owners_of(self, who: str | Entity, *, former: bool = False) -> Ownership:
        """The parties that are stated to own or control a party, directly or along a chain.

        The same as `owned_by`, the other way; not OFAC's 50 Percent Rule either.

        Raises:
            NotFoundError: Nobody here has this id.
            NotStatedError: The edition does not state relations, or never of what kind they are.
        """
        return self._ownership(who, "owners of", former)

    def _ownership(self, who: str | Entity, question: Question, former: bool) -> Ownership:
        records, index = self.party(who), self._indexed()
        asked = [(one, self._edition(one)) for one in records]
        mute = unsupported([edition for _, edition in asked], self._editions, Fact.RELATION)
        unspecified = check_says_how(asked, self._editions, index)
        return ownership(
            records,
            question,
            index,
            former=former,
            editions=self._editions,
            unsupported=tuple(dict.fromkeys((*mute, *unspecified))),
        )

    def counterparts(self, who: str | Entity) -> Counterparts:
        """The same party on other lists, by exact official evidence and never by a name.

        Evidence is: the same id, where lists share their ids; the same number of the same register
        (LEI, IMO, BIC, wallet address …; passport, national, tax and registration numbers with the
        same country); or a list that says so by id. Short registration numbers, placeholders
        ("00000", "UNKNOWN"), numbers that a source calls false or that a list has at several
        parties, are none.

        Args:
            who: An id, or an entity; of this list, or of another one.

        Raises:
            NotFoundError: Nobody here has this id.

        >>> import sanctionslib as sl
        >>> len(sl.sample().counterparts("33951"))
        0
        """
        index = self._indexed()
        if isinstance(who, Entity) and who.id not in index.by_id:
            records = (who, *index.records(index.party(who)))
        else:
            records = self.party(who)
        return counterparts(records, index, editions=self._editions)

    def links(self) -> tuple[Link, ...]:
        """All links that the entities of this list state, resolved as far as the base allows.

        >>> import sanctionslib as sl
        >>> len(sl.sample().links())
        14
        """
        return tuple(outbound(self._entities, self._indexed()))

    def apply(self, changes: Changes) -> SanctionsList[Entity]:
        """The newer edition, from this one and what `diff` found: the same parties in its order.

        Raises:
            InvalidInputError: The changes are not those of this list.

        >>> import sanctionslib as sl
        >>> ship = sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),))
        >>> old, new = sl.SanctionsList([]), sl.SanctionsList([ship])
        >>> old.apply(sl.diff(old, new)) == new
        True
        """
        made = applied(self, changes)
        audit = Audit(editions=changes.new, read=len(made), converted=len(made))
        return SanctionsList.of_editions(made, changes.new, audit)

    def _edition(self, entity: Entity) -> Edition | None:
        of_list = (one for one in self._editions if one.list_id == entity.list_id)
        return entity.edition or next(of_list, None)

    # Selections

    @overload
    def where(
        self,
        predicate: Callable[[E_co], bool] | None = None,
        /,
        *,
        kind: None = None,
        category: str | Collection[str] | None = None,
        delisted: bool | None = None,
        named_list: str | Collection[str] | None = None,
        authority: str | Collection[str] | None = None,
        program: str | Collection[str] | None = None,
        measure: str | MeasureKind | Collection[str | MeasureKind] | None = None,
        listed_from: date | str | None = None,
        listed_to: date | str | None = None,
        country: str | Collection[str] | None = None,
        nationality: str | Collection[str] | None = None,
        address_country: str | Collection[str] | None = None,
        birth_country: str | Collection[str] | None = None,
        flag: str | Collection[str] | None = None,
        unstated: Unstated = "raise",
    ) -> SanctionsList[E_co]: ...
    # mypy joins the classes of a tuple to Entity; a pair, at least, it can keep apart.
    @overload
    def where(
        self,
        predicate: Callable[[P | Q], bool] | None = None,
        /,
        *,
        kind: tuple[type[P], type[Q]],
        category: str | Collection[str] | None = None,
        delisted: bool | None = None,
        named_list: str | Collection[str] | None = None,
        authority: str | Collection[str] | None = None,
        program: str | Collection[str] | None = None,
        measure: str | MeasureKind | Collection[str | MeasureKind] | None = None,
        listed_from: date | str | None = None,
        listed_to: date | str | None = None,
        country: str | Collection[str] | None = None,
        nationality: str | Collection[str] | None = None,
        address_country: str | Collection[str] | None = None,
        birth_country: str | Collection[str] | None = None,
        flag: str | Collection[str] | None = None,
        unstated: Unstated = "raise",
    ) -> SanctionsList[P | Q]: ...
    @overload
    def where(
        self,
        predicate: Callable[[P], bool] | None = None,
        /,
        *,
        kind: type[P] | tuple[type[P], ...],
        category: str | Collection[str] | None = None,
        delisted: bool | None = None,
        named_list: str | Collection[str] | None = None,
        authority: str | Collection[str] | None = None,
        program: str | Collection[str] | None = None,
        measure: str | MeasureKind | Collection[str | MeasureKind] | None = None,
        listed_from: date | str | None = None,
        listed_to: date | str | None = None,
        country: str | Collection[str] | None = None,
        nationality: str | Collection[str] | None = None,
        address_country: str | Collection[str] | None = None,
        birth_country: str | Collection[str] | None = None,
        flag: str | Collection[str] | None = None,
        unstated: Unstated = "raise",
    ) -> SanctionsList[P]: ...
    def where(
        self,
        predicate: Callable[..., bool] | None = None,
        /,
        *,
        kind: type[Entity] | tuple[type[Entity], ...] | None = None,
        category: str | Collection[str] | None = None,
        delisted: bool | None = None,
        named_list: str | Collection[str] | None = None,
        authority: str | Collection[str] | None = None,
        program: str | Collection[str] | None = None,
        measure: str | MeasureKind | Collection[str | MeasureKind] | None = None,
        listed_from: date | str | None = None,
        listed_to: date | str | None = None,
        country: str | Collection[str] | None = None,
        nationality: str | Collection[str] | None = None,
        address_country: str | Collection[str] | None = None,
        birth_country: str | Collection[str] | None = None,
        flag: str | Collection[str] | None = None,
        unstated: Unstated = "raise",
    ) -> SanctionsList[Entity]:
        """The entities that meet all conditions; several values of one are alternatives.

        Args:
            predicate: Called with each entity that meets all other conditions.
            kind: A class or several: `Person`, `(Vessel, Aircraft)`.
            category: What the list is about: "sanctions", "export control" or "debarment". Only a
                list that says so is one of debarments; those of one's own are about sanctions.
            delisted: True for parties that were taken off a list that still has them, False for all
                others.
            named_list: Name or code of a named list: "SDN List", "NS-CMIC".
            authority: Code or name of who designates: "OFAC". A department counts with its bureaus:
                "State" with "ISN" and "DDTC".
            program: Program code, verbatim: "GLOMAG".
            measure: A `MeasureKind`, its value, or the source's word.
            listed_from: First day of listing that counts; an interval counts if it overlaps.
            listed_to: Last day of listing that counts.
            country: ISO code or name (or the source's text where there is no code) of any country
                of the party: nationality, citizenship, address, birth, flag, registration.
            nationality: The same for nationality and citizenship.
            address_country: The same for addresses.
            birth_country: The same for places of birth.
            flag: The same for flags of vessels.
            unstated: What to do where the edition never states what is asked for: "raise", or count
                the parties and "drop" or "keep" them. "keep" also keeps those that merely lack the
                value, which are otherwise dropped and counted.

        `named_list`, `authority`, `program`, `measure` and `listed_…` must hold in one and the same
        designation.

        Returns:
            A selection; its `selection` says how many could not be decided.

        Raises:
            NotStatedError: The edition never states what is asked for. Of combined lists: one of them
                does not, and has parties that meet the other conditions, or may.
            InvalidInputError: A code is known neither to this library nor to this list.

        >>> import sanctionslib as sl
        >>> sl.sample().where(kind=sl.Person, program="GLOMAG", country="BD")
        <SanctionsList of 6 persons of 54 · us_ofac_sdn, us_ofac_cons, us_klepto_hr_visa, \
us_trade_csl, gb_hmt_sanctions, ca_dfatd_sema_sanctions · 2021-12-10 · SAMPLE, not the whole list · kind=Person, program='GLOMAG', \
country='BD'>
        """
        check_unstated(unstated)
        check_predicate(predicate)
        kinds = checked_kinds(kind)
        found = conditions(
            Held(self.base._entities),
            kinds=kinds,
            category=category,
            delisted=delisted,
            named_list=named_list,
            authority=authority,
            program=program,
            measure=measure,
            listed_from=listed_from,
            listed_to=listed_to,
            country=country,
            nationality=nationality,
            address_country=address_country,
            birth_country=birth_country,
            flag=flag,
        )
        never = [
            fact
            for one in found
            if one.fact is not None
            for fact in never_stated(
                asked_of(self._editions, self._entities, one, found, kinds)
                if unstated == "raise"
                else self._editions,
                one.parts or (one.fact,),
                unstated,
                lists=one.lists,
            )
        ]
        in_part = {fact for fact in never for e in self._editions if e.is_partially_supported(fact)}
        chosen = select(
            self._entities,
            found,
            kinds,
            predicate,
            never,
            in_part=in_part,
            keep=unstated == "keep",
        )
        criteria = list(self._selection.criteria)
        if kinds is not None:
            criteria.append(f"kind={' | '.join(one.__name__ for one in kinds)}")
        if predicate is not None:
            criteria.append(getattr(predicate, "__name__", "predicate"))
        selection = Selection(
            criteria=(*criteria, *(one.text for one in found)),
            of=len(self.base),
            undetermined=(
                *self._selection.undetermined,
                *told_apart(chosen.undetermined, self._editions),
            ),
            kind_unstated=self._selection.kind_unstated + chosen.kind_unstated,
        )
        return self._part(chosen.entities, selection)
