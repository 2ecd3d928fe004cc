"""SanctionsList: the entities of one or more editions, and the questions that they can answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict, TypeVar, Unpack, cast, overload

import attrs

from sanctionslib.answers import (
    Audit,
    Counterparts,
    Explanation,
    Hits,
    IdentifierMatch,
    Link,
    Network,
    Ownership,
    ScreeningResult,
    Selection,
    Subject,
    WeakAliases,
)
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.arguments import MOST_HITS, Policy, entity_kinds, most_hits
from sanctionslib.matching.methods import DEFAULT, known_method
from sanctionslib.matching.search import search
from sanctionslib.model import (
    Edition,
    Entity,
    Fact,
    IdentifierKind,
    MeasureKind,
    PartialDate,
    RelationKind,
    identifier_key,
)
from sanctionslib.model.words import folded, members
from sanctionslib.query._checks import checked, text
from sanctionslib.query._collection import EntityCollection
from sanctionslib.query._counterparts import counterparts
from sanctionslib.query._explain import explain
from sanctionslib.query._links import Direction, network, outbound
from sanctionslib.query._links import ownership as owned
from sanctionslib.query._select import Unstated, known_unstated, select, unsupported_facts
from sanctionslib.query._where import conditions
from sanctionslib.query.screening import ListSearcher, replayed, subject_of

if TYPE_CHECKING:
    from sanctionslib.matching.records import DateOrder
    from sanctionslib.matching.screening import Screening

__all__ = ["SanctionsList"]

E_co = TypeVar("E_co", bound=Entity, covariant=True)
P = TypeVar("P", bound=Entity)
Q = TypeVar("Q", bound=Entity)


class _Criteria(TypedDict, total=False):
    """The keywords of `where` beside `kind`, for its overloads."""

    list_id: str | Collection[str] | None
    category: str | Collection[str] | None
    delisted: bool | None
    named_list: str | Collection[str] | None
    authority: str | Collection[str] | None
    program: str | Collection[str] | None
    measure: str | MeasureKind | Collection[str | MeasureKind] | None
    listed_from: date | str | None
    listed_to: date | str | None
    country: str | Collection[str] | None
    nationality: str | Collection[str] | None
    address_country: str | Collection[str] | None
    birth_country: str | Collection[str] | None
    flag: str | Collection[str] | None
    unstated: Unstated | None


class SanctionsList(EntityCollection[E_co]):
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
        made = checked(entities)
        editions = () if edition is None else (edition,)
        audit = Audit(read=len(made), converted=len(made))
        super().__init__(made, editions, audit, Selection(of=len(made)))

    @staticmethod
    def of_editions(
        entities: Sequence[P], editions: Sequence[Edition], audit: Audit
    ) -> SanctionsList[P]:
        """A list of what a parser gave; `sanctionslib.read` is the way to call it."""
        return SanctionsList[P]._of(entities, editions, audit)

    @property
    def base(self) -> SanctionsList[Entity]:
        """The list that this is a selection of; itself for a whole list."""
        return cast("SanctionsList[Entity]", self._whole())

    # Selections

    @overload
    def where(
        self,
        predicate: Callable[[E_co], bool] | None = None,
        /,
        *,
        kind: str | Collection[str] | None = None,
        **criteria: Unpack[_Criteria],
    ) -> SanctionsList[E_co]: ...
    # mypy joins the classes of a tuple to Entity; a pair, at least, it can keep apart.
    @overload
    def where(
        self,
        predicate: Callable[[P | Q], bool] | None = None,
        /,
        *,
        kind: tuple[type[P], type[Q]],
        **criteria: Unpack[_Criteria],
    ) -> SanctionsList[P | Q]: ...
    @overload
    def where(
        self,
        predicate: Callable[[P], bool] | None = None,
        /,
        *,
        kind: type[P] | Collection[type[P]],
        **criteria: Unpack[_Criteria],
    ) -> SanctionsList[P]: ...
    def where(
        self,
        predicate: Callable[..., bool] | None = None,
        /,
        *,
        kind: type[Entity] | str | Collection[type[Entity] | str] | None = None,
        list_id: str | Collection[str] | None = None,
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
        unstated: Unstated | None = "raise",
    ) -> SanctionsList[Entity]:
        """The entities that meet all conditions; several values of one are alternatives.

        Words and codes count in any case: "bd", "glomag", "Person". None is as nothing said.

        Args:
            predicate: Called with each entity that meets all other conditions.
            kind: A class, its word, or several: `Person`, "person", `(Vessel, Aircraft)`.
            list_id: A list of a combined collection: "us_ofac_sdn".
            category: What the list is about: "sanctions", "export control" or "debarment"; lists of
                your own are about sanctions.
            delisted: True for parties that were taken off a list that still has them, False for all
                others.
            named_list: Name or code of a named list: "SDN List", "NS-CMIC".
            authority: Code or name of who designates: "OFAC". A department counts with its bureaus:
                "State" with "ISN" and "DDTC".
            program: Program code, whole: "GLOMAG".
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
            A selection; its `selection` says how many were undetermined.

        Raises:
            NotStatedError: The edition never states what is asked for. Of combined lists: one of them
                does not, and has parties that meet the other conditions, or may.
            InvalidInputError: A code is known neither to this library nor to this list; no list
                here has the `list_id`.

        >>> import sanctionslib as sl
        >>> sl.sample().where(kind=sl.Person, list_id="us_ofac_sdn", program="GLOMAG", country="BD")
        <SanctionsList of 6 persons of 54 · ... · kind=Person, list_id='us_ofac_sdn', program='GLOMAG', \
country='BD'>
        """
        base, kinds = self.base, entity_kinds(kind)
        given = {
            "list_id": list_id,
            "category": category,
            "delisted": delisted,
            "named_list": named_list,
            "authority": authority,
            "program": program,
            "measure": measure,
            "listed": None if listed_from is listed_to is None else (listed_from, listed_to),
            "country": country,
            "nationality": nationality,
            "address_country": address_country,
            "birth_country": birth_country,
            "flag": flag,
        }
        entities, chosen = select(
            self._entities,
            self.editions,
            conditions(given, base._entities, self.editions, kinds),
            kinds=kinds,
            predicate=predicate,
            unstated=unstated,
        )
        return cast("SanctionsList[Entity]", self._part(entities, chosen))

    # Numbers and names

    def find_number(
        self,
        number: str,
        *,
        kind: IdentifierKind | str | Collection[IdentifierKind | str] | None = None,
        unstated: Unstated | None = "raise",
    ) -> tuple[IdentifierMatch, ...]:
        """The entities that have a number: of a document, a registration, a ship, a wallet, any kind.

        Also aircraft whose name is their registration mark, as OFAC prints it: "EP-GOM"; then
        `IdentifierMatch.is_name` is true.

        Case, blanks, punctuation and a note in brackets do not count (in wallet addresses only the
        case of hexadecimal and bech32 ones). "IMO 9187629" finds numbers of that name alone,
        "9187629" every kind of number; words before a number are left out if nothing is found
        with them.

        Args:
            number: The number, as it may be printed.
            kind: Only numbers of these kinds (or their values: "passport").
            unstated: What to do where an edition states no numbers, or not all, because a part of it
                is missing: "raise", "drop" its list, or "keep" it and look through what it states.

        Returns:
            One match per identifier; none means no more than that this number is not in this list.

        Raises:
            InvalidInputError: There is no letter or digit in `number`, or no such `kind`.
            NotStatedError: An edition does not state identifiers, or not all of them.

        >>> import sanctionslib as sl
        >>> sl.sample().find_number("IMO 9187629")
        ()
        """
        unstated = known_unstated(unstated)
        unsupported_facts(self.editions, (Fact.IDENTIFIER,), unstated)
        if not identifier_key(text(number, "a number")):
            raise InvalidInputError(
                f"{number!r} has neither letters nor digits", hint="give the number itself"
            )
        kinds = None if kind is None else members(IdentifierKind, kind)
        unsupported = (one.list_id for one in self.editions if not one.supports(Fact.IDENTIFIER))
        dropped = set(unsupported) if unstated == "drop" else set[str]()
        return tuple(
            IdentifierMatch(entity=entity, identifier=identifier)
            for entity, identifier in self._indexed().numbers(number)
            if self._mine([entity])
            and entity.list_id not in dropped
            and (kinds is None or identifier.kind in kinds)
        )

    def search(
        self,
        query: str | Sequence[str] | Subject,
        *,
        kind: type[Entity] | str | Collection[type[Entity] | str] | None = None,
        limit: int | None = MOST_HITS,
        min_score: float | None = None,
        method: str | None = DEFAULT,
        weak_aliases: WeakAliases | Literal["confirm", "exclude", "include"] | None = "confirm",
        birth_date: PartialDate | date | str | int | None = None,
        country: str | Collection[str] | None = None,
        identifiers: str | Collection[str] | None = None,
    ) -> Hits:
        """The parties with similar names, and those that have an exact number, best first.

        Args:
            query: A name, several names of one party (the best counts), or a `Subject`. One of several
                that has nothing to compare stands in `Hits.problems`; the others are searched.
            kind: Only this kind of party, as a class, its word ("person") or several; one whose kind
                its list does not state is looked at too. An exact number counts whatever the kind.
            limit: How many hits are given at most, 10 if nothing is said; `Hits.more` counts the
                others. 0 for all.
            min_score: Names below it are no hits, 0 to 1; else the method's own.
            method: The scorer: "default", or "ofac" for that of OFAC's own search page.
            weak_aliases: "confirm": a weak alias alone is no hit, unless another fact agrees or
                another name is similar too. "exclude", "include": never, always looked at.
            birth_date: As far as it is known: a date, "1971-03", 1971. A `PartialDate` that is not
                read is not compared, and stands in `Hits.problems`.
            country: ISO codes or names of countries that the party has to do with.
            identifiers: Numbers as printed: passport, registration, IMO, wallet.

        Returns:
            One hit per party, with the name that hit, how it pairs, and what the list says to each
            other fact: those order the hits, and never change the score or leave one out.

        Raises:
            InvalidInputError: An argument makes no sense, or there is nothing to compare in any name.

        >>> import sanctionslib as sl
        >>> hits = sl.sample().search("Rapid Action Batalion", kind=sl.Organization, country="BD")
        >>> hits[0]
        <Hit us_ofac_sdn:33951 'RAPID ACTION BATTALION' by 'RAPID ACTION BATTALION' ... agrees>
        """
        how = Policy(min_score=min_score, weak_aliases=weak_aliases, limit=most_hits(limit))
        who, problems = subject_of(
            query,
            self.base._entities,
            kind=kind,
            birth_date=birth_date,
            country=country,
            identifiers=identifiers,
        )
        hits = search(self._searchable(known_method(method)), who, how)
        return attrs.evolve(hits, problems=problems + hits.problems) if problems else hits

    def screen(
        self,
        records: Iterable[object] | str | os.PathLike[str],
        *,
        columns: Mapping[str, str | Sequence[str]] | None = None,
        key: str | None = None,
        kind: type[Entity] | str | Collection[type[Entity] | str] | None = None,
        dates: DateOrder | None = None,
        limit: int | None = MOST_HITS,
        min_score: float | None = None,
        method: str | None = DEFAULT,
        weak_aliases: WeakAliases | Literal["confirm", "exclude", "include"] | None = "confirm",
        start: int | None = 1,
        processes: int | None = 1,
        progress: Callable[[int], None] | None = None,
    ) -> Screening:
        """Search every record of a file or of an iterable: one result for each, in their order.

        A record that is empty, malformed or raises gives a result too, which says what is wrong. A
        result without hits is no proof, and never says "clear": no name here is similar enough.

        Args:
            records: Mappings, objects with fields, texts (names), `Subject` objects, entities; or
                the path of a CSV file with a header, or of JSON Lines, which may be gzipped.
            columns: Which columns hold what, as {"name": "customer", "country": ("nat", "res")}:
                name, family, given, middle, alias, birth_date, country, identifier, kind, key.
                Others are not read then. Without it a guess is made: see `Screening.columns`.
            key: The column of the record's key; else its position is its key.
            kind: What the records are, where they do not say it themselves.
            dates: What 03/10/2021 is: "dmy" or "mdy". Without it such a date is a problem.
            limit: See `search`, as for the next three.
            min_score: See `search`.
            method: See `search`.
            weak_aliases: See `search`.
            start: The position of the first record that is searched; those before are only read.
            processes: How many processes search; each has its own memory. The results are the same.
            progress: Called after each result with its position.

        Raises:
            InvalidInputError: An argument makes no sense; no column is known to hold a name, or
                several may. While results are read: the source failed.
            SanctionsError: The file cannot be read.

        >>> import sanctionslib as sl
        >>> records = [{"name": "Rapid Action Batalion", "country": "BD"}, {"name": ""}]
        >>> for result in sl.sample().screen(records):
        ...     print(result.key, result.hits, [one.what for one in result.problems])
        1 (<Hit us_ofac_sdn:33951 'RAPID ACTION BATTALION' by ... country agrees>,) []
        2 () ['there is neither a name nor a number that could be searched']
        """
        how = Policy(min_score=min_score, weak_aliases=weak_aliases, limit=most_hits(limit))
        from sanctionslib.matching.records import Records  # reading files is for those who screen
        from sanctionslib.matching.screening import Screening, screened

        searcher = ListSearcher(self, known_method(method), how)
        read = Records(records, columns=columns, key=key, kind=kind, dates=dates)
        results = screened(read, searcher, start=start, processes=processes)
        return Screening(read, results, searcher.context, progress=progress)

    def replay(self, result: ScreeningResult) -> ScreeningResult:
        """Search again whom a result asks about, with its settings: gives an equal result.

        Args:
            result: A result of `screen`, as it came or from its JSON.

        Raises:
            InvalidInputError: It was made from another edition or selection, by another scorer, or
                by another version of this library: a different result would prove nothing.

        >>> import sanctionslib as sl
        >>> (result,) = sl.sample().screen(["Rapid Action Batalion"])
        >>> sl.sample().replay(
        ...     sl.from_dict(sl.to_dict(result), sl.answers.ScreeningResult)
        ... ) == result
        True
        """
        return replayed(self, result)

    # One party

    def why(self, who: str | Entity) -> Explanation:
        """Who designated a party, on which list, under what, since when, linked to whom.

        Args:
            who: An id, an exact name or alias in any case, or an entity of this list.

        Returns:
            What the file states, what it suggests (apart), and what it never states.

        Raises:
            NotFoundError: Nobody here has this id or name.
            AmbiguousIdError: Several parties have it.

        >>> import sanctionslib as sl
        >>> why = sl.sample().why("rapid action battalion")
        >>> why.entity.id, why.programs[0].program.title
        ('us_ofac_sdn:33951', 'Global Magnitsky: serious human rights abuse and corruption, worldwide')
        """
        return explain(self.entities_of(who), self._indexed())

    @overload
    def related(
        self,
        who: str | Entity,
        *,
        depth: int | None = 1,
        kind: RelationKind | str | Collection[RelationKind | str] | None = None,
        direction: Direction | None = "both",
        ownership: None = None,
        former: bool | None = True,
    ) -> Network: ...
    @overload
    def related(
        self,
        who: str | Entity,
        *,
        ownership: Literal["owned", "owners"],
        former: bool | None = False,
    ) -> Ownership: ...
    def related(
        self,
        who: str | Entity,
        *,
        depth: int | None = 1,
        kind: RelationKind | str | Collection[RelationKind | str] | None = None,
        direction: Direction | None = "both",
        ownership: Literal["owned", "owners"] | None = None,
        former: bool | None = None,
    ) -> Network | Ownership:
        """The parties around one party: its own links and those that others state to it.

        With `ownership`, the parties that chains of ownership or control lead to. **Not OFAC's 50
        Percent Rule**: that needs shares, which no list states, and reaches companies that no list
        names. These are links that lists state between listed parties.

        Args:
            who: An id, an exact name or alias in any case, or an entity of this list.
            depth: How many links to follow, 1 or more.
            kind: Only links of these kinds (or their values: "owned or controlled by"), as the
                party that states them says it.
            direction: "out" follows the links that a party states, "in" those that others state
                to it.
            ownership: "owned" for what the party owns or controls, "owners" for who owns or controls
                it, along whole chains, without `depth`, `kind` and `direction`. Links that fit
                several parties or do not say how parties are linked are given apart.
            former: Whether links that have ended are followed: so they are in a network, where
                `left_out` counts them otherwise, and not in chains of ownership, which give them
                apart.

        Raises:
            NotFoundError: Nobody here has this id or name.
            AmbiguousIdError: Several parties have it.
            InvalidInputError: An argument is unknown or makes no sense.
            NotStatedError: The edition of the party does not state relations, or never of what
                kind they are, and `kind` or `ownership` asks for one.

        >>> import sanctionslib as sl
        >>> len(sl.sample().related("34022", depth=2).nodes)
        5
        >>> sl.sample().related("34022", ownership="owned")
        Traceback (most recent call last):
            ...
        sanctionslib.errors.NotStatedError: ... says that parties are linked and never how, ...
        """
        entities, index = self.entities_of(who), self._indexed()
        if ownership is None:
            return network(
                entities,
                index,
                depth=depth,
                kind=kind,
                direction=direction,
                former=former is not False,
            )
        usual = depth in (None, 1) and kind is None
        if not usual or (direction is not None and folded(direction) != "both"):
            raise InvalidInputError(
                "ownership= follows whole chains of ownership, either way they are stated",
                hint="leave out depth, kind and direction",
            )
        return owned(entities, index, ownership, former=bool(former))

    def counterparts(self, who: str | Entity) -> Counterparts:
        """The same party on other lists, by exact official evidence and never by a name.

        Evidence is: the same id, where lists share their ids; the same number of the same register
        (LEI, IMO, BIC, wallet address …; passport, national, tax and registration numbers with the
        same country); or a list that says so by id. Short registration numbers, placeholders
        ("00000", "UNKNOWN"), numbers that a source calls false or that a list has at several
        parties, are none.

        Args:
            who: An id, an exact name or alias in any case, or an entity; of this list, or of another
                one.

        Raises:
            NotFoundError: Nobody here has this id or name.
            AmbiguousIdError: Several parties have it.

        >>> import sanctionslib as sl
        >>> len(sl.sample().counterparts("33951"))
        0
        """
        index = self._indexed()
        if isinstance(who, Entity) and who.id not in index.by_id:
            return counterparts((who, *index.entities(index.party(who))), index)
        return counterparts(self.entities_of(who), index)

    def links(self) -> tuple[Link, ...]:
        """All links that the entities of this list state, resolved as far as the base allows.

        >>> import sanctionslib as sl
        >>> len(sl.sample().links())
        14
        """
        return tuple(outbound(self._entities, self._indexed()))
