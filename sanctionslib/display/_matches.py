"""Comparisons, hits and screening results as sheets: which name, how its tokens pair, what else fits.

None of these pages says that somebody is clear: where there is no hit, they say what was looked at,
and that no name of it reached the threshold.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from sanctionslib import answers
from sanctionslib.answers import Agreement, ComparedFact, Reason, WeakAliases
from sanctionslib.display import _values as values
from sanctionslib.display._text import WIDTH, columns
from sanctionslib.display.sheet import (
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
from sanctionslib.model import Edition, Fact, Person

_TABLED = 50
"""Hits in a table, where a page is shortened."""
_EMPTY = "—"


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
        section(
            after="A score says how alike two names are, and nothing about whose names they are."
        ),
        facts=(
            f"by {compared.method}",
            f"compared as {kind}" if kind else "kind of party not known",
        ),
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
    """One hit: the name, its tokens, and the other facts."""
    editions = _editions_of(hit)
    return values.party_page(
        "Hit",
        hit.entity,
        *hit_sections(hit, title="Why it is a hit"),
        section(row("edition", *values.looked_at(editions)), title="Looked at", is_detail=True),
        facts=(_score_words(hit),),
        banners=values.banners(editions),
    )


def _editions_of(hit: answers.Hit) -> tuple[Edition, ...]:
    editions = (one.edition for one in (hit.entity, *hit.also))
    return tuple(dict.fromkeys(one for one in editions if one is not None))


def _score_words(hit: answers.Hit) -> str:
    return f"score {score_text(hit.score)}" if hit.name else "by a number alone"


def hit_sections(hit: answers.Hit, *, title: str) -> tuple[Section, ...]:
    """Who it is, and the names under each other, token by token; then the other facts."""
    entity, compared = hit.entity, hit.comparison
    listed: Line | None = None
    if hit.name is not None:
        differs = hit.name.text != entity.name
        other = f"{values.label_of(hit.name)} of {entity.name}" if differs else None
        listed = line(values.line_of(hit.name), values.details(other, _score_words(hit)))
    return (
        section(
            row("party", line(values.party(entity), muted(values.kind_text(entity)))),
            row("query", strong(hit.query or "")),
            row("listed", listed),
            title=title,
            table=_pairing(compared) if compared else None,
            after=_note_words(compared) if compared else "",
            is_detail=True,
        ),
        section(*_fact_rows(hit), *_party_rows(hit), is_detail=True),
    )


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
    also = (line(values.party(one), cells["list"](one)) for one in hit.also)
    yield row("also listed as", *also)


# ── hits and screening results ────────────────────────────────────────────────────────────────────

_Found: TypeAlias = "answers.Hits | answers.ScreeningResult"


def hits_sheet(hits: answers.Hits, limit: int | None) -> Sheet:
    """The query, what was searched, a table of the hits, and the first `limit` token by token."""
    subject = hits.subject
    return page(
        "Search",
        next(iter(subject.names or subject.identifiers), "(empty query)"),
        section(*subject_rows(subject)),
        _looked_at(hits.context),
        *_hit_sections(hits, limit),
        facts=(counted(len(hits) + hits.more, "hit"),),
        banners=_banners(hits),
    )


def result_sheet(result: answers.ScreeningResult, limit: int | None) -> Sheet:
    """The same of a customer record, with its problems above everything else."""
    problems = result.problems
    is_empty = result.skipped and not result.hits and not result.suppressed
    hits = counted(len(result.hits) + result.more, "hit")
    skipped = ("NOT SCREENED · nothing is said of this record",) if result.skipped else ()
    return page(
        "Screening of a record",
        f"Record {result.key}",
        section(row("problem", *problem_lines(problems)), title="Problems"),
        section(*subject_rows(result.subject)),
        _looked_at(result.context),
        *(() if is_empty else _hit_sections(result, limit)),
        facts=(
            f"no. {result.position:,}",
            "not screened" if is_empty else hits,
            counted(len(problems), "problem") if problems else "",
        ),
        banners=(*skipped, *_banners(result)),
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
    return f"{context.min_score:g} or more by {context.method or 'an unnamed scorer'}"


def no_hit_text(context: answers.SearchContext) -> str:
    """What no hit means, which is not that somebody is not listed."""
    text = (
        f"No name reached the threshold, a score of {_threshold_words(context)}, and no party has "
        "a number that was given."
    )
    unsupported = [one.label for one in context.editions if not one.supports(Fact.IDENTIFIER)]
    if unsupported:
        text += f" Numbers are not stated, or not all, in {'; '.join(unsupported)}."
    return text


def _looked_at(context: answers.SearchContext) -> Section:
    edition = row("edition", *values.looked_at(context.editions))
    return section(edition, *context_rows(context), title="Looked at", is_detail=True)


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


def _hit_sections(found: _Found, limit: int | None) -> Iterator[Section]:
    hits, suppressed = found.hits, found.suppressed
    tabled = None if limit is None else _TABLED
    if hits:
        after, more = limit_words(found.more), "more in the answer"
        yield listing("Hits", hits, _HIT_COLUMNS, limit=tabled, more=more, after=after)
    else:
        told = f"{no_hit_text(found.context)} It proves no more than that."
        yield section(title="Hits", after=told)
    if suppressed:
        yield listing(
            f"Suppressed · {counted(len(suppressed), 'party')}",
            suppressed,
            _HIT_COLUMNS,
            limit=tabled,
            more="more in `suppressed`",
            note="Only a weak alias reached the threshold, and no other fact agrees. Give a date of "
            "birth, a country or a number to confirm, or look at them yourself.",
            tone="unstated",
        )
    for number, hit in enumerate(hits[:limit], 1):
        yield from hit_sections(hit, title=f"Hit {number}")
    if limit is not None and limit < len(hits):
        yield section(after=f"Token by token: the first {limit} of {len(hits):,}.")


def limit_words(more: int) -> str:
    """That there were more hits than were asked for; "" where there were not."""
    return f"… and {counted(more, 'further hit')} beyond the limit" if more else ""


def short_facts(hit: answers.Hit) -> tuple[Span, ...]:
    """Verdicts before their facts: "AGREES country, [CONFLICTS] birth date"."""
    found = [(_VERDICTS[one.verdict], one.fact.value) for one in hit.facts]
    if hit.name is None:
        found.insert(0, (strong("HIT"), "by a number alone"))
    spans: list[Span] = []
    for number, (verdict, what) in enumerate(found, 1):
        spans += (verdict, Span(what if number == len(found) else f"{what},"))
    return (*spans, *([flag("kind not stated")] if hit.kind_unstated else ()))


_HIT_COLUMNS = Columns[answers.Hit](
    {
        "id": lambda hit: hit.entity.id,
        "score": lambda hit: score_text(hit.score) if hit.name else None,
        "listed name": lambda hit: (
            values.line_of(hit.name) if hit.name else strong(hit.entity.name)
        ),
        "other facts": lambda hit: line(*(short_facts(hit) or (muted("none given"),))),
        "program": lambda hit: values.CELLS["programs"](hit.entity),
        "since": lambda hit: values.CELLS["since"](hit.entity) or "not stated",
    },
    numeric=("score",),
    keys=("id",),
    optional=("since", "program"),
    is_numbered=True,
)
