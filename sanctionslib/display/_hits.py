"""Hits, and the result of one screened record, as sheets: which name, how it pairs, what else fits.

None of these pages says that somebody is clear: where there is no hit, they say what was looked at,
and that no name of it came near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sanctionslib.answers import (
    Agreement,
    ComparedFact,
    FactCheck,
    Hit,
    Hits,
    Problem,
    ScreeningResult,
    SearchContext,
    Subject,
    WeakAliases,
)
from sanctionslib.display._comparison import pairing_grid, score_text, whole_words
from sanctionslib.display._designation import list_lines
from sanctionslib.display._entity import identifier_line
from sanctionslib.display._sheet import (
    Grid,
    Line,
    Row,
    Section,
    Sheet,
    Span,
    flag,
    line,
    mark,
    muted,
    strong,
)
from sanctionslib.display._words import (
    banners,
    counted,
    country_text,
    country_word,
    date_text,
    details,
    grouped,
    kind_text,
    looked_at,
    name_line,
    party,
    person_words,
    role_word,
)
from sanctionslib.model import Edition, Entity, Person

__all__ = [
    "DETAILED",
    "cut_off",
    "hit_sections",
    "hit_sheet",
    "hits_sheet",
    "nothing_near",
    "problem_lines",
    "result_sheet",
    "searched_rows",
    "short_facts",
    "subject_rows",
]

_TABLED = 50
"""Hits in a table, where it is shortened."""
DETAILED = 5
"""Hits that are shown part by part, where a page is shortened."""

_WEAK_WORDS = {
    WeakAliases.CONFIRM: "alone they are no hit; where another fact agrees, they are",
    WeakAliases.EXCLUDE: "not looked at",
    WeakAliases.INCLUDE: "count as other names",
}
"""What weak aliases were allowed to do, in words."""


# ── one hit ───────────────────────────────────────────────────────────────────────────────────────


def hit_sheet(hit: Hit) -> Sheet:
    """One party that came near, and on what grounds."""
    entity = hit.entity
    return Sheet(
        what="Hit",
        title=entity.name or "(no name)",
        facts=(kind_text(entity), entity.id, _score_words(hit)),
        chips=entity.programs,
        banners=banners(_editions_of(hit)),
        sections=(
            *hit_sections(hit, title="Why it is a hit"),
            Section(title="Looked at", rows=(Row("edition", looked_at(_editions_of(hit))),)),
        ),
    )


def _editions_of(hit: Hit) -> tuple[Edition, ...]:
    editions = (one.edition for one in (hit.entity, *hit.also))
    return tuple(dict.fromkeys(one for one in editions if one is not None))


def _score_words(hit: Hit) -> str:
    return f"score {score_text(hit.score)}" if hit.name else "by a number alone"


def hit_sections(hit: Hit, *, title: str) -> tuple[Section, ...]:
    """Who it is, and the names under each other, part by part; then the other facts."""
    compared = hit.comparison
    return (
        Section(
            title=title,
            rows=(
                Row("party", (line(*party(hit.entity), muted(kind_text(hit.entity))),)),
                *([Row("searched", (line(strong(hit.query)),))] if hit.query else ()),
                *([Row("listed", (_listed(hit),))] if hit.name else ()),
            ),
            grid=pairing_grid(compared) if compared else None,
            after=whole_words(compared) if compared else "",
        ),
        Section(rows=(*_fact_rows(hit), *_party_rows(hit))),
    )


def _listed(hit: Hit) -> Line:
    """The name that hit, and whose it is where that has another one above it."""
    assert hit.name is not None
    told = name_line(hit.name, parts=False)
    role, entity = role_word(hit.name), hit.entity
    other = f"{role} of {entity.name}" if hit.name.text != entity.name else None
    return line(*told.spans, details(other, _score_words(hit)))


_VERDICTS = {
    Agreement.AGREES: strong("AGREES"),
    Agreement.CONFLICTS: flag("CONFLICTS"),
    Agreement.UNKNOWN: muted("unknown"),
}


def _fact_rows(hit: Hit) -> Iterator[Row]:
    yield from grouped((one.fact.value, _fact_line(one)) for one in hit.facts)
    if not hit.facts and not hit.identifiers:
        yield Row("other facts", (line(muted("none was given")),))
    numbers = (identifier_line(one, hit.entity) for one in hit.identifiers)
    yield from grouped((f"same {label}", told) for label, told in numbers)
    if hit.kind_unstated:
        yield Row("kind", (line(flag("kind not stated"), "searched as every kind"),))
    if hit.agrees or hit.conflicts:
        yield Row("ordered by", (line(f"{hit.rank:.3f}", details("score and other facts")),))


def _fact_line(one: FactCheck) -> Line:
    if one.listed:
        listed = f"listed: {'; '.join(one.listed)}"
    elif one.fact is ComparedFact.IDENTIFIER:
        listed = "not among the numbers listed"
    else:
        listed = "the list states none"
    return line(_VERDICTS[one.verdict], f"given: {one.given};", listed)


def _party_rows(hit: Hit) -> Iterator[Row]:
    entity = hit.entity
    if known := _known(entity):
        yield Row("known of it", (line(known),))
    if lists := tuple(dict.fromkeys(each for d in entity.designations for each in list_lines(d))):
        yield Row("on", lists)
    if entity.programs:
        yield Row("program", (line(", ".join(entity.programs)),))
    yield Row("since", (line(_since(entity)),))
    if hit.also:
        yield Row("also", tuple(line(*party(one), muted(_list_words(one))) for one in hit.also))


def _known(entity: Entity) -> str:
    """What tells a party from another one of that name, in one line."""
    if isinstance(entity, Person):
        return person_words(entity)
    return ", ".join(dict.fromkeys(country_word(one) for one in entity.countries))


def _since(entity: Entity) -> str:
    return date_text(entity.listed_since) if entity.listed_since else "not stated"


def _list_words(entity: Entity) -> str:
    return ", ".join(each.text for one in entity.designations for each in list_lines(one))


# ── hits ──────────────────────────────────────────────────────────────────────────────────────────


def hits_sheet(hits: Hits, *, limit: int | None = DETAILED) -> Sheet:
    """What was asked and looked at, a table of the hits, and the first ones part by part."""
    subject, context = hits.subject, hits.context
    return Sheet(
        what="Search",
        title=_title(subject),
        facts=(_count(len(hits), hits.more),),
        banners=_banners(context, (*hits.hits, *hits.suppressed)),
        sections=(
            Section(rows=subject_rows(subject)),
            _searched_section(context),
            *_found_sections(hits.hits, hits.more, hits.suppressed, context, limit),
        ),
    )


def result_sheet(result: ScreeningResult, *, limit: int | None = DETAILED) -> Sheet:
    """The same of a record, with what was wrong with it above all else."""
    context, subject = result.context, result.subject
    unsupported = result.skipped and not result.hits and not result.suppressed
    found = _found_sections(result.hits, result.more, result.suppressed, context, limit)
    return Sheet(
        what="Screening of a record",
        title=f"Record {result.key}",
        facts=(
            f"no. {result.position:,}",
            "not screened" if unsupported else _count(len(result.hits), result.more),
            *([counted(len(result.problems), "problem", "problems")] if result.problems else ()),
        ),
        banners=(
            *(["NOT SCREENED · nothing is said of this record"] if result.skipped else ()),
            *_banners(context, (*result.hits, *result.suppressed)),
        ),
        sections=(
            Section(title="Problems", rows=(Row("problem", problem_lines(result.problems)),))
            if result.problems
            else Section(),
            Section(rows=subject_rows(subject) if subject is not None else ()),
            _searched_section(context),
            *(() if unsupported else found),
        ),
    )


def _title(subject: Subject) -> str:
    names = subject.names or subject.identifiers
    return names[0] if names else "(nothing asked)"


def _count(found: int, more: int) -> str:
    return counted(found + more, "hit", "hits")


def _banners(context: SearchContext, hits: Iterable[Hit]) -> tuple[str, ...]:
    """Also those of editions that a hit alone speaks of."""
    return banners((*context.editions, *(each for hit in hits for each in _editions_of(hit))))


def problem_lines(problems: Sequence[Problem]) -> tuple[Line, ...]:
    """What was wrong, in which field, and whether the record was screened without it."""
    return tuple(
        line(
            flag("not screened") if one.skipped else None,
            f"{one.field}:" if one.field else None,
            one.what,
            details(f'the value is "{one.value}"' if one.value else None),
        )
        for one in problems
    )


def subject_rows(subject: Subject) -> tuple[Row, ...]:
    """Who is asked about, and what else was given."""
    kinds = subject.kind or " or ".join(subject.kinds)
    rows = (
        ("asked about", tuple(line(strong(one)) for one in subject.names)),
        ("kind", (line(kinds or muted("not given: every kind is looked at")),)),
        ("born", (line(date_text(subject.birth_date)),) if subject.birth_date else ()),
        ("countries", tuple(line(country_text(one)) for one in subject.countries)),
        ("numbers", tuple(line(one) for one in subject.identifiers)),
    )
    return tuple(Row(label, lines) for label, lines in rows if lines)


def _threshold_words(context: SearchContext) -> str:
    """From which score on a name is a hit, by which scorer."""
    return f"{context.min_score:g} or more by {context.method or 'an unnamed scorer'}"


def nothing_near(context: SearchContext) -> str:
    """What no hit means, which is not that somebody is not listed."""
    return (
        f"No name was found that scores {_threshold_words(context)}, and none that has a number "
        "given."
    )


def _searched_section(context: SearchContext) -> Section:
    rows = (Row("edition", looked_at(context.editions)), *searched_rows(context))
    return Section(title="Looked at", rows=rows)


def searched_rows(context: SearchContext) -> tuple[Row, ...]:
    """How much was searched: with what limits, by which scorer and rules, by which version."""
    chosen = str(context.selection) if context.selection.criteria else ""
    most = "all" if context.limit is None else f"at most {counted(context.limit, 'hit', 'hits')}"
    names = counted(context.names, "name", "names")
    entities = counted(context.entities, "entity", "entities")
    rows = (
        ("searched", line(f"{names} of {entities}")),
        ("selection", line(mark("a part:"), chosen) if chosen else None),
        ("hits are", line("names that score", _threshold_words(context))),
        ("weak aliases", line(_WEAK_WORDS[context.weak_aliases])),
        ("order", line(context.ranking and f"rule {context.ranking}")),
        ("shown", line(most)),
        ("version", line(context.library and f"sanctionslib {context.library}")),
    )
    return grouped(rows)


def _found_sections(
    hits: Sequence[Hit],
    more: int,
    suppressed: Sequence[Hit],
    context: SearchContext,
    limit: int | None,
) -> Iterator[Section]:
    tabled = hits if limit is None else hits[:_TABLED]
    detailed = hits if limit is None else hits[:limit]
    if hits:
        rest = len(hits) - len(tabled)
        left = f"… and {rest:,} more in the answer" if rest else ""
        after = "; ".join(one for one in (left, cut_off(more)) if one)
        yield Section(title="Hits", grid=_table(tabled), after=after)
    else:
        yield Section(title="Hits", after=f"{nothing_near(context)} It proves no more than that.")
    yield from _withheld_section(suppressed, None if limit is None else _TABLED)
    for number, hit in enumerate(detailed, 1):
        yield from hit_sections(hit, title=f"Hit {number}")
    if len(detailed) < len(hits):
        yield Section(after=f"Part by part: the first {limit} of {len(hits):,}.")


def cut_off(more: int) -> str:
    """That there were more hits than were asked for; "" where there were not."""
    return (
        f"… and {counted(more, 'further hit', 'further hits')} that the limit cut off"
        if more
        else ""
    )


_COLUMNS = ("#", "id", "score", "name that hit", "other facts", "program", "since")


def _table(hits: Sequence[Hit]) -> Grid:
    return Grid(
        _COLUMNS,
        tuple(_cells(number, hit) for number, hit in enumerate(hits, 1)),
        numeric=frozenset({0, 2}),
        keys=frozenset({1}),
        first_to_go=(6, 5),
    )


def _cells(number: int, hit: Hit) -> tuple[Line, ...]:
    return (
        line(str(number)),
        line(hit.entity.id),
        line(score_text(hit.score) if hit.name else "–"),
        name_line(hit.name, parts=False) if hit.name else line(strong(hit.entity.name)),
        line(*(short_facts(hit) or (muted("none given"),))),
        line(", ".join(hit.entity.programs) or "–"),
        line(_since(hit.entity)),
    )


def short_facts(hit: Hit) -> tuple[Span, ...]:
    """Verdicts before their facts: "AGREES country, [CONFLICTS] birth date"."""
    found = [(_VERDICTS[one.verdict], Span(one.fact.value)) for one in hit.facts]
    if hit.name is None:
        found.insert(0, (strong("HIT"), Span("by a number alone")))
    spans = [each for verdict, what in found for each in (verdict, Span(f"{what.text},"))]
    if spans:
        spans[-1] = found[-1][1]
    return (*spans, *([flag("kind not stated")] if hit.kind_unstated else ()))


def _withheld_section(suppressed: Sequence[Hit], limit: int | None) -> Iterator[Section]:
    """Who was no hit because only a weak alias came near."""
    rest = len(suppressed[limit:]) if limit is not None else 0
    if suppressed:
        yield Section(
            title=f"Withheld · {counted(len(suppressed), 'party', 'parties')}",
            note="Only a weak alias came near, and no other fact agrees. Give a date of birth, a "
            "country or a number to confirm, or look at them yourself.",
            grid=_table(suppressed[:limit]),
            after=f"… and {rest:,} more in `suppressed`" if rest else "",
            tone="unstated",
        )
