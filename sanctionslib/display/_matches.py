"""Comparisons, hits and screening results as sheets: which name, how its tokens pair, what else fits.

None of these pages says that somebody is clear: where there is no hit, they say what was looked at,
and that no name of it reached the threshold.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from sanctionslib import answers
from sanctionslib.answers import Agreement, ComparedFact, Reason, WeakAliases
from sanctionslib.display import _values as values
from sanctionslib.display._party import until_lines
from sanctionslib.display._text import WIDTH, columns
from sanctionslib.display.sheet import (
    Cell,
    Columns,
    Line,
    Piece,
    Row,
    Section,
    Sheet,
    Span,
    Table,
    counted,
    flag,
    joined,
    line,
    listing,
    mark,
    muted,
    page,
    row,
    section,
    strong,
    table,
)
from sanctionslib.model import AliasStrength, Edition, Entity, Fact, Person

_EXPLAINED = 5
"""Hits that a page tells token by token, where it is shortened."""
_EMPTY = "—"
_UNNAMED = "an unnamed scorer"


# ── a comparison ──────────────────────────────────────────────────────────────────────────────────


def score_text(score: float) -> str:
    """A score with three decimals, which is never rounded to a full 1 or to nothing.

    >>> score_text(0.9167), score_text(0.99999), score_text(1.0), score_text(0.00001)
    ('0.917', '0.999', '1.000', '0.001')
    """
    if 0 < score < 1:
        score = min(max(score, 0.001), 0.999)
    return f"{score:.3f}"


def comparison_sheet(compared: answers.Comparison) -> Sheet:
    """The two names, the score, and a line for each token pair and each unmatched token."""
    kind = compared.kind
    return page(
        "Comparison of two names",
        f"score {score_text(compared.score)}",
        section(
            row("first name", strong(compared.query)), row("second name", strong(compared.listed))
        ),
        section(
            title="Token by token",
            table=_token_rows(compared, "first name", "second name"),
            after=_note_words(compared),
        ),
        facts=(
            f"by {compared.method}",
            f"compared as {kind}" if kind else "kind of party not known",
        ),
        footer="A score says how alike two names are, and nothing about whose names they are.",
    )


def _note_words(compared: answers.Comparison) -> str:
    """What holds for the full names; "" where nothing does."""
    notes = ", ".join(one.value for one in compared.notes if one is not Reason.FULL_STRING)
    told = [f"The full names: {notes}."] if notes else []
    if Reason.FULL_STRING in compared.notes:
        told.append(
            "The score is that of the full strings, which are more alike than their tokens."
        )
    return " ".join(told)


_Tokens = list[tuple[answers.TokenPair | answers.UnmatchedToken, str, str, str]]


def _tokens(compared: answers.Comparison) -> _Tokens:
    """Each token with its score and its texts in both names: pairs first, then unmatched ones."""
    return [
        *((each, score_text(each.score), each.query, each.listed) for each in compared.pairs),
        *((each, _EMPTY, each.text, _EMPTY) for each in compared.unmatched_query),
        *((each, _EMPTY, _EMPTY, each.text) for each in compared.unmatched_listed),
    ]


def _token_rows(compared: answers.Comparison, first: str, second: str) -> Table:
    """A line for each token. Words of ours stand between the names: see `_pairing`."""
    tokens = _tokens(compared)
    differ = len({token.weight for token, *_ in tokens}) > 1
    weight = ("weight",) if differ else ()
    rows = (
        (score, *([f"{token.weight:.2f}"] if differ else ()), one, _reason(token), other)
        for token, score, one, other in tokens
    )
    heads = ("score", *weight, first, "reason", second)
    return table(heads, rows, numeric=("score", *weight), optional=weight)


def _reason(token: answers.TokenPair | answers.UnmatchedToken) -> Line:
    kind = muted(f"({token.kind.value})") if token.kind is not None else None
    is_free = token.weight == 0 and isinstance(token, answers.UnmatchedToken)
    return line(token.reason.value, kind, muted("(does not count)") if is_free else None)


def _pairing(compared: answers.Comparison) -> Table:
    """The tokens of the searched and of the listed name under each other; of long names a list."""
    tokens = _tokens(compared)
    heads = [
        str(n) if score != _EMPTY else "unmatched" for n, (_, score, *_) in enumerate(tokens, 1)
    ]
    rows: list[list[Piece]] = [
        [muted("query"), *(strong(one) for _, _, one, _ in tokens)],
        [muted("listed"), *(strong(other) for _, _, _, other in tokens)],
        [muted("score"), *(score for _, score, *_ in tokens)],
        [muted("reason"), *(token.reason.value for token, *_ in tokens)],
    ]
    across = table(("token", *heads), rows if tokens else ())
    widths = [max(columns(cell.text) for cell in cells) for cells in zip(*across.rows, strict=True)]
    # Where signs run from right to left, a terminal turns each of the lines for itself, and what
    # should stand under each other does not.
    signs = "".join(text for _, _, *texts in tokens for text in texts)
    is_turned = any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in signs)
    if sum(widths) + 2 * len(widths) > WIDTH or is_turned:
        return _token_rows(compared, "query", "listed")
    return across


# ── one hit ───────────────────────────────────────────────────────────────────────────────────────


def hit_sheet(hit: answers.Hit) -> Sheet:
    """One hit: the name that hit, the other facts, what tells the party; then token by token."""
    editions = _editions_of(hit)
    return values.party_page(
        "Hit",
        hit.entity,
        section(row("listed", _listed(hit)), *_fact_rows(hit), *_party_rows(hit)),
        _names_section(hit, title="Token by token"),
        section(row("edition", *values.looked_at(editions)), title="Looked at", is_detail=True),
        facts=(_score_words(hit),),
        banners=values.banners(editions),
        source=values.source_of(editions),
        footer=_FOOTER,
    )


_FOOTER = "A hit is no verdict, nor is no hit: scores compare names."


def _entities(hit: answers.Hit) -> tuple[Entity, ...]:
    return (hit.entity, *hit.also)


def _lists(hit: answers.Hit) -> dict[str, None]:
    """The named lists of all entities of the party, each once."""
    return dict.fromkeys(each.list_name for one in _entities(hit) for each in one.listings)


def _editions_of(hit: answers.Hit) -> tuple[Edition, ...]:
    editions = (one.edition for one in _entities(hit))
    return tuple(dict.fromkeys(one for one in editions if one is not None))


def _score_words(hit: answers.Hit) -> str:
    return f"score {score_text(hit.score)}" if hit.name else "by a number alone"


def hit_sections(hit: answers.Hit, *, title: str) -> tuple[Section, ...]:
    """Who it is, and the names under each other, token by token; then the other facts."""
    return (
        _names_section(hit, title=title),
        section(*_fact_rows(hit), *_party_rows(hit), is_detail=True),
    )


def _names_section(hit: answers.Hit, *, title: str) -> Section:
    compared = hit.comparison
    return section(
        row("party", line(values.party(hit.entity), muted(values.kind_text(hit.entity)))),
        row("query", strong(hit.query or "")),
        row("listed", _listed(hit)),
        title=title,
        table=_pairing(compared) if compared else None,
        after=_note_words(compared) if compared else "",
        is_detail=True,
    )


def _listed(hit: answers.Hit) -> Line | None:
    """The name that hit, and whose it is."""
    if hit.name is None:
        return None
    differs = hit.name.text != hit.entity.name
    other = f"{values.label_of(hit.name)} of {hit.entity.name}" if differs else None
    return line(values.line_of(hit.name), values.details(other, _score_words(hit)))


_VERDICTS = {
    Agreement.AGREES: strong("AGREES"),
    Agreement.CONFLICTS: flag("CONFLICTS"),
    Agreement.UNKNOWN: muted("unknown"),
}


def _fact_rows(hit: answers.Hit) -> Iterator[Row | None]:
    yield from values.grouped((one.fact.value, _fact_line(one)) for one in hit.facts)
    if not hit.facts and not hit.identifiers:
        yield row("other facts", muted("none was given"))
    yield from values.grouped(
        (f"same {values.label_of(one)}", values.line_of(one, hit.entity)) for one in hit.identifiers
    )
    if hit.kind_unstated:
        yield row("kind", line(flag("kind not stated"), "searched as every kind"))
    if hit.agrees or hit.conflicts:
        yield row("ordered by", line(f"{hit.rank:.3f}", values.details("score and other facts")))


def _fact_line(one: answers.FactCheck) -> Line:
    if one.listed:
        listed = f"listed: {'; '.join(one.listed)}"
    elif one.fact is ComparedFact.IDENTIFIER:
        listed = "not among the numbers listed"
    else:
        listed = "the list states none"
    return line(_VERDICTS[one.verdict], f"given: {one.given};", listed)


def _party_rows(hit: answers.Hit) -> Iterator[Row | None]:
    entity, cells = hit.entity, values.CELLS
    known = cells["countries"](entity)
    if isinstance(entity, Person):
        known = values.person_words(entity)
    yield row("known facts", known)
    yield row("list", *map(strong, dict.fromkeys(one.list_name for one in entity.listings)))
    yield row("program", cells["programs"](entity))
    yield row("listed since", cells["since"](entity) or "not stated")
    ends = (until_lines(one) for one in entity.designations if one.until)
    yield row("until", *itertools.chain.from_iterable(ends))
    also = (line(values.party(one), cells["list"](one)) for one in hit.also)
    yield row("also listed as", *also)


# ── hits and screening results ────────────────────────────────────────────────────────────────────

_Found: TypeAlias = "answers.Hits | answers.ScreeningResult"


def hits_sheet(hits: answers.Hits, limit: int | None) -> Sheet:
    """A row for each hit, at most `limit`; as details the query, what was searched, and the tokens."""
    subject = hits.subject
    title = next(iter((*subject.names, *subject.identifiers)), "(empty query)")
    return page(
        "Search",
        title,
        *_hit_sections(hits, limit),
        facts=(counted(len(hits) + hits.more, "hit"),),
        chips=_given(subject, title),
        banners=_banners(hits),
        source=_source(hits.context),
        footer=_FOOTER,
    )


def result_sheet(result: answers.ScreeningResult, limit: int | None) -> Sheet:
    """The same of a customer record, with its problems."""
    problems = result.problems
    is_empty = result.skipped and not result.hits and not result.suppressed
    hits = counted(len(result.hits) + result.more, "hit")
    skipped = ("NOT SCREENED · nothing is said of this record",) if result.skipped else ()
    return page(
        "Screening of a record",
        f"Record {result.key}",
        *_hit_sections(result, limit, is_empty=is_empty),
        facts=(
            f"no. {result.position:,}",
            "not screened" if is_empty else hits,
            counted(len(problems), "problem") if problems else "",
        ),
        chips=_given(result.subject),
        banners=(*skipped, *_banners(result)),
        source=_source(result.context),
        footer="" if is_empty else _FOOTER,
    )


def _given(subject: answers.Subject | None, title: str = "") -> tuple[str, ...]:
    """What was given beside the title: other names and facts, each in a word or two."""
    if subject is None:
        return ()
    given = (
        *subject.names,
        subject.kind or " or ".join(subject.kinds),
        f"born {values.date_text(subject.birth_date)}" if subject.birth_date else "",
        *map(values.country_text, subject.countries),
        *subject.identifiers,
    )
    return tuple(one for one in dict.fromkeys(given) if one != title)


def _source(context: answers.SearchContext) -> str:
    return values.source_of(
        context.editions,
        f"part: {', '.join(context.selection.criteria)}" if context.selection.criteria else None,
        counted(context.names, "name"),
        f"score {context.min_score:g}+ by {context.method or _UNNAMED}",
    )


def _banners(found: _Found) -> tuple[str, ...]:
    hits = (*found.hits, *found.suppressed)
    editions = (each for hit in hits for each in _editions_of(hit))
    return values.banners((*found.context.editions, *editions))


def problem_lines(problems: Sequence[answers.Problem]) -> tuple[Line, ...]:
    """What was wrong, in which field, and whether the record was screened without it."""
    return tuple(
        line(
            flag("not screened") if one.skipped else None,
            f"{one.field}:" if one.field else None,
            one.what,
            values.details(f'the value is "{one.value}"' if one.value else None),
        )
        for one in problems
    )


def subject_rows(subject: answers.Subject | None) -> tuple[Row | None, ...]:
    """Who was searched, and what else was given."""
    if subject is None:
        return ()
    kinds = subject.kind or " or ".join(subject.kinds)
    return (
        row("query", *map(strong, subject.names)),
        row("kind", kinds or muted("not given: every kind is looked at")),
        row("born", values.date_text(subject.birth_date) if subject.birth_date else None),
        row("countries", *map(values.country_text, subject.countries)),
        row("numbers", *subject.identifiers),
    )


def _threshold_words(context: answers.SearchContext) -> str:
    return f"{context.min_score:g} or more by {context.method or _UNNAMED}"


def no_hit_text(context: answers.SearchContext, *, numbers: bool = True) -> str:
    """What no hit means, which is not that somebody is not listed; of `numbers` if any were given."""
    text = f"No name reached the threshold, a score of {_threshold_words(context)}"
    if not numbers:
        return f"{text}."
    text += ", and no party has a number that was given."
    unsupported = [one.label for one in context.editions if not one.supports(Fact.IDENTIFIER)]
    if unsupported:
        text += f" Numbers are not stated, or not all, in {'; '.join(unsupported)}."
    return text


_WEAK_WORDS = {
    WeakAliases.CONFIRM: "alone they are no hit; where another fact agrees, they are",
    WeakAliases.EXCLUDE: "not looked at",
    WeakAliases.INCLUDE: "count as other names",
}


def context_rows(context: answers.SearchContext) -> tuple[Row | None, ...]:
    """How much was searched: with which limits, by which scorer and rules, by which version."""
    chosen = str(context.selection) if context.selection.criteria else ""
    most = "all" if context.limit is None else f"at most {counted(context.limit, 'hit')}"
    entities = counted(context.entities, "entity")
    return (
        row("searched", f"{counted(context.names, 'name')} of {entities}"),
        row("selection", line(mark("a part:"), chosen) if chosen else None),
        row("threshold", f"a score of {_threshold_words(context)}"),
        row("weak aliases", _WEAK_WORDS[context.weak_aliases]),
        row("order", context.ranking and f"rule {context.ranking}"),
        row("shown", most),
        row("version", context.library and f"sanctionslib {context.library}"),
    )


def _hit_sections(found: _Found, limit: int | None, *, is_empty: bool = False) -> Iterator[Section]:
    """The hits, the suppressed parties, the problems of a record; then the details."""
    hits, suppressed, context = found.hits, found.suppressed, found.context
    if hits:
        yield _hit_table(found, limit)
    elif not is_empty:
        numbers = found.subject is not None and bool(found.subject.identifiers)
        nothing = no_hit_text(context, numbers=numbers)
        yield section(after=f"{nothing} It proves no more than that.")
    if suppressed:
        yield listing(
            f"Suppressed · {counted(len(suppressed), 'party')}",
            suppressed,
            _columns(_SUPPRESSED, suppressed[:limit]),
            limit=limit,
            more="more in `suppressed`",
            note="by a weak alias alone; no other fact agrees",
            after="Each is a hit if a birth date, country or number agrees, or another name hits.",
            tone="unstated",
        )
    yield section(row("problem", *problem_lines(found.problems)))
    yield section(*subject_rows(found.subject), title="Query", is_detail=True)
    edition = row("edition", *values.looked_at(context.editions))
    yield section(edition, *context_rows(context), title="Looked at", is_detail=True)
    told = hits if limit is None else hits[: min(limit, _EXPLAINED)]
    for number, hit in enumerate(told, 1):
        yield from hit_sections(hit, title=f"Hit {number}")
    if len(told) < len(hits):
        after = f"Token by token: the first {len(told)} of {len(hits):,}."
        yield section(after=after, is_detail=True)


def _weak_words(found: _Found) -> str:
    """By which rule the hits that a weak alias carries are hits; "" where there are none."""
    weak = [
        (str(number), hit)
        for number, hit in enumerate(found.hits, 1)
        if hit.strength is AliasStrength.WEAK
    ]
    if not weak:
        return ""
    if found.context.weak_aliases is WeakAliases.INCLUDE:
        numbers = _numbers([number for number, _ in weak])
        return f"Weak alias: {numbers}, as weak aliases count like other names here"
    by_reason: dict[str, list[str]] = defaultdict(list)
    for number, hit in weak:
        by_reason[_why_weak_counts(hit)].append(number)
    told = (f"{_numbers(hits)}, as {reason}" for reason, hits in by_reason.items())
    return f"Weak alias: {'; '.join(told)}"


def _why_weak_counts(hit: answers.Hit) -> str:
    """Which facts confirm a hit of a weak alias; without one it is a hit by another name."""
    facts = [*dict.fromkeys(one.fact.value for one in hit.agrees)]
    if not facts:
        return "another name that is not weak hits too"
    return f"the {' and the '.join(facts)} agree{'s' if len(facts) == 1 else ''}"


def _numbers(numbers: Sequence[str]) -> str:
    *most, last = numbers
    return f"hits {', '.join(most)} and {last}" if most else f"hit {last}"


def limit_words(more: int) -> str:
    """That there were more hits than were asked for; "" where there were not."""
    return f"… and {counted(more, 'further hit')} beyond the limit" if more else ""


_SHORT_FACTS = {
    ComparedFact.BIRTH_DATE: "birth",
    ComparedFact.COUNTRY: "country",
    ComparedFact.IDENTIFIER: "number",
}


def short_facts(hit: answers.Hit) -> tuple[Span, ...]:
    """Verdicts before their facts, conflicts first: "CONFLICTS birth · AGREES country"."""
    spans: list[Span] = []
    for verdict, word in ((Agreement.CONFLICTS, mark), (Agreement.AGREES, strong)):
        facts = [_SHORT_FACTS[one.fact] for one in hit.facts if one.verdict is verdict]
        if facts:
            separator = (muted("·"),) if spans else ()
            spans += (*separator, word(verdict.name), Span(", ".join(dict.fromkeys(facts))))
    return tuple(spans) or ((muted("unknown"),) if hit.facts else ())


def _hit_name(hit: answers.Hit, weak: str = "WEAK") -> Line:
    """The name that hit; where a number did, the party's own. `weak` is the word for a weak alias."""
    text = hit.name.text if hit.name else values.name_of(hit.entity)
    is_weak = hit.strength is AliasStrength.WEAK
    return values.marked(text, weak if is_weak else "", values.ended(_entities(hit)))


def _own_name(hit: answers.Hit) -> str:
    """The party's own name, where another one hit."""
    is_same = hit.name is None or hit.name.text == hit.entity.name
    return "" if is_same else values.name_of(hit.entity)


def _confirming(hit: answers.Hit) -> str:
    """What the list states of a party that could agree with a fact: birth dates, countries, numbers."""
    entities = _entities(hit)
    births = (one.births for one in entities if isinstance(one, Person))
    days = dict.fromkeys(
        values.date_text(one.date) for each in births for one in each if one.date is not None
    )
    countries = dict.fromkeys(str(each) for one in entities for each in one.countries)
    numbers = {each.value for one in entities for each in one.identifiers}
    told = joined(
        f"born {' or '.join(days)}" if days else "",
        ", ".join(countries),
        counted(len(numbers), "number") if numbers else "",
        by="; ",
    )
    return told or "none stated"


_HIT_CELLS: dict[str, Callable[[answers.Hit], Cell]] = {
    "score": lambda hit: score_text(hit.score) if hit.name else "number",
    "name": _hit_name,
    "party": _own_name,
    "kind": lambda hit: values.kind_text(hit.entity),
    "country": lambda hit: values.CELLS["countries"](hit.entity),
    "list": lambda hit: ", ".join(_lists(hit)),
    "program": lambda hit: ", ".join(
        dict.fromkeys(code for one in _entities(hit) for code in one.programs)
    ),
    "since": lambda hit: values.CELLS["since"](hit.entity),
    "other facts": lambda hit: line(*short_facts(hit)),
    "id": lambda hit: hit.entity.id,
}
_SUPPRESSED: dict[str, Callable[[answers.Hit], Cell]] = {
    "score": _HIT_CELLS["score"],
    "weak alias": lambda hit: _hit_name(hit, ""),
    **{name: _HIT_CELLS[name] for name in ("party", "kind", "list", "program")},
    "could agree": _confirming,
    "id": _HIT_CELLS["id"],
}
"""The cells of a hit by a weak alias alone."""
_OPTIONAL = ("list", "since", "country", "program", "kind", "party", "other facts")
_STATED = ("country", "program", "since")


def _columns(
    possible: dict[str, Callable[[answers.Hit], Cell]], shown: Sequence[answers.Hit]
) -> Columns[answers.Hit]:
    """The columns that somebody has something in; lists only where there are several."""
    cells = {name: cell for name, cell in possible.items() if any(map(cell, shown))}
    if len({name for hit in shown for name in _lists(hit)}) < 2:
        cells.pop("list", None)
    return Columns(
        cells,
        numeric=("score",),
        keys=("id", "other facts"),
        optional=[name for name in _OPTIONAL if name in cells],
        is_numbered=possible is _HIT_CELLS,
    )


def _hit_table(found: _Found, limit: int | None) -> Section:
    """A row for each hit; a fact that no list states of any is named."""
    columns = _columns(_HIT_CELLS, found.hits[:limit])
    silent = [name for name in _STATED if name not in columns.cells]
    told = (
        limit_words(found.more),
        _weak_words(found),
        f"Not stated of any: {', '.join(silent)}" if silent else "",
    )
    after = "".join(f" {one}." for one in told if one).lstrip()
    return listing("", found.hits, columns, limit=limit, more="more in the answer", after=after)
