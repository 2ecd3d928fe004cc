"""Comparisons, hits and screened records in all forms: name under name, and nothing hidden."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs
import pytest

from sanctionslib import answers, display
from sanctionslib.display._matches import score_text
from sanctionslib.model import Edition

from . import found
from .builders import FORMS, flat, in_full, words_of


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shown", [found.CONFLICTING, found.HITS, found.RESULT])
def test_a_conflict_is_never_hidden(form: Callable[[object], str], shown: object) -> None:
    """The short answer has the word; in full the fact as given and as listed stand beside it."""
    assert "CONFLICTS" in flat(form(shown))
    for said in (words_of(shown), display.to_html(shown), display.to_markdown(shown, explain=True)):
        for word in ("CONFLICTS", "1991", "15 Oct 1974", "AGREES", "unknown", "E0001"):
            assert word in said


def test_a_conflict_stands_in_the_table() -> None:
    """The table of hits has the verdicts, too: nobody must go down to the details to see them."""
    hits = attrs.evolve(found.HITS, hits=(found.CONFLICTING,), suppressed=())
    for width in (80, 120):
        table = display.to_text(hits, width=width)
        assert "CONFLICTS birth · AGREES country" in table


# ── name under name ───────────────────────────────────────────────────────────────────────────


def _columns_of(text: str, head: str) -> list[int]:
    row = next(one for one in text.split("\n") if one.startswith(head))
    return [n for n in range(1, len(row)) if row[n] != " " and row[n - 1] == " "]


def test_parts_stand_under_each_other() -> None:
    """Each part of the listed name begins below the part of the searched one that it pairs with."""
    text = in_full(found.BY_NAME)
    table = text[text.index("TOKEN  ") :]
    assert "query   rapid  action  batalion   ltd" in table
    assert "listed  rapid  action  battalion  —" in table
    assert _columns_of(table, "query") == _columns_of(table, "listed")
    assert "reason  exact  exact   spelling   legal form" in table


def test_signs_from_right_to_left_go_down_the_page() -> None:
    """A terminal turns each line of such signs for itself: pairs stand in a line, words between."""
    hit = attrs.evolve(found.CONFLICTING, comparison=found.ARABIC)
    text = in_full(hit)
    assert "1.000  سلمان  exact          سلمان" in text
    assert "    —  بن     missing token  —" in text
    assert "<bdi>سلمان</bdi>" in display.to_html(hit)


def test_long_names_go_down_the_page() -> None:
    """A name of many parts is a list of pairs, and no part is broken."""
    pairs = tuple(
        answers.TokenPair(
            query=f"partnumber{n}", listed=f"part{n}", score=0.5, reason=answers.Reason.SPELLING
        )
        for n in range(12)
    )
    text = in_full(attrs.evolve(found.BY_NAME, comparison=attrs.evolve(found.SPELT, pairs=pairs)))
    assert "partnumber11  spelling" in text
    assert "1      2      3" not in text


def test_a_comparison_without_parts() -> None:
    """A scorer that compares whole texts has no table of parts."""
    bare = answers.Comparison(query="A", listed="B", score=0.5, method="ofac-1")
    text = display.to_text(bare)
    assert "TOKEN BY TOKEN" not in text
    assert "kind of party not known" in text
    hit = attrs.evolve(found.BY_NAME, comparison=bare)
    assert "TOKEN  " not in in_full(hit)


def test_a_score_of_whole_texts() -> None:
    """Where the full strings decide, the page does not let the tokens explain the score."""
    full = attrs.evolve(found.TURNED, notes=(answers.Reason.FULL_STRING, answers.Reason.REORDERED))
    said = words_of(full)
    assert (
        "The full names: reordered. The score is that of the full strings, which are more alike"
        in said
    )
    alone = words_of(attrs.evolve(full, notes=(answers.Reason.FULL_STRING,)))
    assert "full names:" not in alone
    assert "The score is that of the full strings" in alone


def test_weights_are_shown_where_they_differ() -> None:
    """Weights that are all alike say nothing, and are left out."""
    assert "WEIGHT" in display.to_text(found.SPELT)
    assert "legal form (does not count)" in display.to_text(found.SPELT)
    for width in (40, 100):
        assert "WEIGHT" not in display.to_text(found.TURNED, width=width)
        assert "not shown" not in display.to_text(found.TURNED, width=width)
    assert "exact (family)" in display.to_text(found.TURNED)
    assert "The full names: reordered." in display.to_text(found.TURNED)


@pytest.mark.parametrize(
    ("score", "said"),
    [(0.0, "0.000"), (1e-9, "0.001"), (0.5, "0.500"), (0.9996, "0.999"), (1.0, "1.000")],
)
def test_scores_are_not_rounded_to_what_they_are_not(score: float, said: str) -> None:
    """A full 1 is for equal names alone, and a score of some letters is not nothing."""
    assert score_text(score) == said


# ── a hit ─────────────────────────────────────────────────────────────────────────────────────


def test_a_hit_by_an_alias() -> None:
    """The alias that hit stands there with its role, its strength, and whose it is."""
    said = words_of(found.BY_ALIAS)
    assert (
        "listed KHAN, Anwar Latif (strong) (a.k.a. of KHAN, Mohammad Anwar Latif; score 1.000)"
        in said
    )
    assert "AZAD, K M [WEAK] (a.k.a. of AZAD, Khan Mohammad; score 0.910)" in flat(
        display.to_text(found.BY_WEAK)
    )


def test_a_hit_by_a_number() -> None:
    """A hit by a number alone says so and which; it has neither a score nor a name that hit."""
    said = words_of(found.BY_NUMBER)
    assert "us_trade_csl:7 · by a number alone" in said
    assert "same Registration No. R 7" in said
    assert not re.search("^listed  ", display.to_text(found.BY_NUMBER), re.MULTILINE)
    assert "score 0" not in said
    assert "[kind not stated] searched as every kind" in said
    assert "also listed as EXAMPLE TRADING LLC (us_bis_denied:~example)" in said
    first = display.to_text(found.HITS, width=120).splitlines()[4]
    assert first.startswith("1  number  EXAMPLE TRADING …   kind not stated")


def test_what_a_list_says_to_a_fact() -> None:
    """A list that states no date is silent; one without this number may well have others."""
    birth, _, number = found.FACTS
    unsupported = attrs.evolve(birth, verdict=answers.Agreement.UNKNOWN, listed=())
    said = words_of(attrs.evolve(found.CONFLICTING, facts=(unsupported, number)))
    assert "birth date unknown given: 1991; the list states none" in said
    assert "identifier unknown given: E0001; not among the numbers listed" in said


def test_the_order_is_told_where_it_is_not_the_score() -> None:
    """Where facts entered the order, the number that ordered stands beside the score."""
    assert "ordered by 0.821 (score and other facts)" in words_of(found.CONFLICTING)
    unknown = attrs.evolve(found.BY_NAME, facts=found.FACTS[2:], rank=0.969001)
    for hit in (found.BY_NAME, unknown):
        assert "ordered by" not in display.to_text(hit)
    assert "other facts none was given" in words_of(found.BY_NAME)


# ── hits and records ──────────────────────────────────────────────────────────────────────────


def test_no_hit_proves_little() -> None:
    """Where no name reached the threshold, the page says which, and that it proves no more."""
    said = words_of(found.NO_HITS)
    assert "Search: Jane Doe · 0 hits" in said
    told = "No name reached the threshold, a score of 0.8 or more by parts-1"
    assert f"{told}. It proves no more than that." in said
    numbered = attrs.evolve(found.NO_HITS, subject=answers.Subject(identifiers=("R 7",)))
    assert f"{told}, and no party has a number that was given. It proves" in words_of(numbered)
    assert "kind not given: every kind is looked at" in said


def test_no_hit_proves_less_where_numbers_are_missing() -> None:
    """A number may stand in what an edition lacks: no hit in the rest of it does not hide that."""
    cut = Edition(list_id="watch", missing=("ADD.CSV",), supported_facts=frozenset())
    context = attrs.evolve(found.NO_HITS.context, editions=(cut,))
    subject = answers.Subject(identifiers=("R 7",))
    said = words_of(attrs.evolve(found.NO_HITS, subject=subject, context=context))
    assert f"Numbers are not stated, or not all, in {cut.label}." in said
    assert "Numbers are not stated" not in words_of(found.NO_HITS)


def test_many_hits_are_shortened() -> None:
    """A page has a table of 50 hits and five part by part, and says so; Markdown has all."""
    many = attrs.evolve(found.HITS, hits=(found.BY_NAME,) * 60, suppressed=(), more=7)
    text = in_full(many)
    assert "Search: Khan Azad · 67 hits" in text
    assert "… and 10 more in the answer; … and 7 further hits beyond the limit" in text
    assert "HIT 5" in text
    assert "HIT 6" not in text
    assert "Token by token: the first 5 of 60" in flat(text)
    assert "HIT 1" not in display.to_text(many)
    assert "more in `suppressed`" not in text
    weak = attrs.evolve(found.NO_HITS, suppressed=(found.BY_WEAK,) * 53)
    assert "… and 3 more in `suppressed`" in display.to_text(weak)
    assert "more in" not in display.to_markdown(weak)
    markdown = display.to_markdown(many, explain=True)
    assert "## Hit 60" in markdown
    assert "10 more in the answer" not in markdown
    assert "the first 5" not in markdown


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (answers.WeakAliases.CONFIRM, "alone they are no hit; where another fact agrees, they are"),
        (answers.WeakAliases.EXCLUDE, "not looked at"),
        (answers.WeakAliases.INCLUDE, "count as other names"),
    ],
)
def test_policies_in_words(policy: answers.WeakAliases, said: str) -> None:
    """Each policy on weak aliases is shown in words."""
    hits = attrs.evolve(found.NO_HITS, context=attrs.evolve(found.SEARCHED, weak_aliases=policy))
    assert f"weak aliases {said}" in words_of(hits)


def test_a_part_of_a_list_is_told() -> None:
    """A search in a selection says that it was one, and by what."""
    part = answers.Selection(criteria=("program='GLOMAG'",), of=26)
    hits = attrs.evolve(found.NO_HITS, context=attrs.evolve(found.SEARCHED, selection=part))
    assert "selection a part: program='GLOMAG'" in words_of(hits)
    whole = attrs.evolve(found.SEARCHED, selection=answers.Selection(of=26))
    text = display.to_text(attrs.evolve(found.NO_HITS, context=whole))
    assert "selection" not in text


def test_little_is_known_of_an_own_list() -> None:
    """Without editions, limit or version the page says what it can, and invents nothing."""
    bare = answers.Hits(
        subject=answers.Subject(identifiers=("R 7",)), context=answers.SearchContext(min_score=1.0)
    )
    said = words_of(bare)
    assert (
        "Search: R 7 · 0 hits a list of your own · 0 names · score 1+ by an unnamed scorer" in said
    )
    assert "a list of your own, without an edition" in said
    assert "1 or more by an unnamed scorer" in said
    assert "shown all" in said
    assert "version" not in said
    asked = answers.Hits(subject=answers.Subject(), context=answers.SearchContext())
    assert display.to_text(asked).startswith("Search: (empty query)")


def test_a_record_that_was_not_screened() -> None:
    """It is said at the top, and neither hits nor the lack of them are spoken of."""
    text = display.to_text(found.SKIPPED)
    assert text.startswith("*** NOT SCREENED · nothing is said of this record ***")
    assert "[not screened] the record is empty" in text
    assert "No name was found" not in text
    assert " 0 hits" not in text


def test_problems_are_told() -> None:
    """A record that was screened without a value says which below its hits, and counts it above."""
    text = display.to_text(found.RESULT)
    problem = 'born: no day is called 30 February (the value is "1971-02-30")'
    assert text.index("AZAD") < text.index(problem)
    assert "no. 2 · 3 hits · 1 problem" in text
    assert "problem" not in display.to_text(found.QUIET)


def test_hits_of_a_record_are_never_dropped() -> None:
    """Should a record have a hit and yet be called skipped, both are shown."""
    skipped = answers.ScreeningResult(
        key="1", position=1, context=found.SEARCHED, hits=(found.BY_NAME,)
    )
    text = display.to_text(skipped)
    assert text.startswith("*** NOT SCREENED")
    assert "RAPID ACTION BATTALION" in text
    assert "1 hit" in text


# ── weak aliases ──────────────────────────────────────────────────────────────────────────────


def _carried(hit: answers.Hit, policy: answers.WeakAliases = answers.WeakAliases.CONFIRM) -> str:
    """The short answer of a search whose only hits are this one, twice."""
    context = attrs.evolve(found.SEARCHED, weak_aliases=policy)
    hits = attrs.evolve(found.NO_HITS, context=context, hits=(hit, hit))
    return flat(display.to_text(hits))


def test_why_a_weak_alias_counts() -> None:
    """Of a hit that a weak alias carries, the page says by which rule it is one."""
    agreeing = attrs.evolve(found.BY_WEAK, facts=found.FACTS[1:])
    assert "AZAD, K M [WEAK]" in _carried(agreeing)
    assert "Weak alias: hits 1 and 2, as the country agrees." in _carried(agreeing)
    assert "Weak alias: hits 1 and 2, as another name that is not weak hits too." in _carried(
        found.BY_WEAK
    )
    counted = _carried(found.BY_WEAK, answers.WeakAliases.INCLUDE)
    assert "Weak alias: hits 1 and 2, as weak aliases count like other names here." in counted
    assert "Weak alias" not in _carried(found.BY_NAME)


def test_what_would_confirm_a_weak_alias() -> None:
    """A suppressed party stands there with its weak alias, its score, and what the list states of it."""
    text = display.to_text(attrs.evolve(found.NO_HITS, suppressed=(found.BY_WEAK,)), width=140)
    assert "SUPPRESSED · 1 PARTY: by a weak alias alone" in text
    assert "WEAK ALIAS" in text
    row = next(one for one in text.splitlines() if one.endswith(found.AZAD.id))
    for told in ("0.910", "AZAD, K M", "AZAD, Khan Mohammad", "born 1974-10-15; Bangladesh"):
        assert told in row
    assert "Each is a hit if a birth date, country or number agrees" in text
    bare = attrs.evolve(
        found.BY_WEAK, entity=attrs.evolve(found.FIRM, addresses=(), identifiers=())
    )
    nothing = display.to_text(attrs.evolve(found.NO_HITS, suppressed=(bare,)), width=140)
    assert "none stated" in nothing


# ── short ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("shown", [found.HITS, found.RESULT])
def test_the_first_hit_stands_high_up(shown: answers.Hits, width: int) -> None:
    """A hit within the first five lines, one line each, and no more than 15 lines beside them."""
    lines = display.to_text(shown, width=width).split("\n")
    assert lines[4].startswith("1  ")
    assert len(lines) <= 15 + len(shown.hits) + len(shown.suppressed)
    for hit in (*shown.hits, *shown.suppressed):
        assert any(one.split()[-1] == hit.entity.id for one in lines if one)


def test_a_long_id_stays_whole() -> None:
    """At 80 columns an id of 53 signs is whole, and the name is cut."""
    key = "us_trade_csl:caeb24bb901171744f7b376b17c4ad98a782c827"
    hit = attrs.evolve(found.BY_NAME, entity=attrs.evolve(found.BY_NAME.entity, id=key))
    text = display.to_text(attrs.evolve(found.NO_HITS, hits=(hit,)), width=80)
    assert re.search(rf"… +{key}$", text, re.MULTILINE)
    assert "not shown at this width: " in text
