"""The default scorer: its laws, and its scores, pinned."""

import hashlib
import json

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sanctionslib.matching import tables
from sanctionslib.matching.parameters import PARAMETERS, SCORER
from sanctionslib.matching.scorer import align, score
from sanctionslib.matching.tokens import tokenise

KINDS = ("person", "organization", "vessel", None)


def scored(a: str, b: str, kind: str | None = "person") -> float:
    return score(tokenise(a, kind), tokenise(b, kind))


# ── laws ──────────────────────────────────────────────────────────────────────────────────────

syllables = st.sampled_from(
    "ka mo ri tan vel zu dor pek lim sha bo gren ach ul wi fos".split()  # noqa: SIM905
)
words = st.lists(syllables, min_size=2, max_size=4).map("".join)
names = st.lists(words, min_size=1, max_size=6).map(" ".join)
kinds = st.sampled_from(KINDS)
any_text = st.text(min_size=1, max_size=50).filter(lambda text: bool(tokenise(text).tokens))
"""With a word at least: Unicode calls some marks letters that make none alone (ʼ)."""


@given(any_text, any_text, kinds)
def test_a_score_is_between_0_and_1(a, b, kind):
    """Of any two texts."""
    assert 0 <= scored(a, b, kind) <= 1


@given(any_text, kinds)
def test_equal_names_score_1(name, kind):
    """Exactly 1, however few letters they have."""
    assert scored(name, name, kind) == 1


@given(names, names, kinds)
def test_turned_round(a, b, kind):
    """Names turned round, with the costs of their sides turned round, have the same score.

    But for what asks something of the query alone: how much of it agrees, and a ship's whole name.
    """
    plain = attrs.evolve(PARAMETERS, unmatched_vessel=0, thin_evidence=0)
    turned = attrs.evolve(
        plain,
        unmatched_query=PARAMETERS.unmatched_listed,
        unmatched_listed=PARAMETERS.unmatched_query,
    )
    one, other = tokenise(a, kind), tokenise(b, kind)
    assert score(one, other, plain) == pytest.approx(score(other, one, turned))


@given(st.lists(words, min_size=2, max_size=4, unique=True), kinds, st.data())
def test_symmetric_where_all_tokens_are_paired(several, kind, data):
    """Where nothing is unmatched, it does not matter which name is the listed one.

    Of a word, something is where a letter stands for it (`Parameters.initial_rest`).
    """
    changed = [data.draw(st.sampled_from((word, word[:-1], word + "h"))) for word in several]
    one, other = tokenise(" ".join(several), kind), tokenise(" ".join(changed), kind)
    found = align(one, other)
    assume(not found.unmatched_query and not found.unmatched_listed)
    assume(
        all(one.tokens[i].role == other.tokens[j].role for i, n, j, m, *_ in found.links if n == m)
    )
    assert found.score == pytest.approx(score(other, one))


FAR_APART = ("abelard", "boris", "czynski", "dorothy", "euphemio", "fuquan", "gwyneth", "hjort")
"""Words of which no two are similar, written together or by their initials."""


@given(
    st.lists(st.sampled_from(FAR_APART), min_size=2, max_size=5, unique=True),
    st.lists(st.sampled_from(FAR_APART), min_size=1, max_size=5, unique=True),
    kinds,
    st.data(),
)
def test_removing_an_agreement_never_raises_a_score(a, b, kind, data):
    """A word that both names have, removed from either, leaves a score that is no higher."""
    common = [word for word in a if word in b]
    assume(common)
    less = data.draw(st.sampled_from(common))
    before = scored(" ".join(a), " ".join(b), kind)
    after_a = [word for word in a if word != less]
    after_b = [word for word in b if word != less]
    assert scored(" ".join(after_a), " ".join(b), kind) <= before + 1e-9
    if after_b:
        assert scored(" ".join(a), " ".join(after_b), kind) <= before + 1e-9


@given(names, names, kinds)
def test_case_and_accents_do_not_count(a, b, kind):
    """On either side."""
    plain = scored(a, b, kind)
    assert scored(a.upper(), b.title(), kind) == plain
    assert scored("".join(letter + "̈" for letter in a), b, kind) == plain


@given(words, names, names)
def test_last_comma_first_is_first_last(last, first, other):
    """In the query and in the listed name."""
    comma, blank = f"{last.upper()}, {first}", f"{first} {last}"
    assert scored(comma, other) == pytest.approx(scored(blank, other))
    assert scored(other, comma) == pytest.approx(scored(other, blank))


@given(names, names, kinds)
def test_the_score_is_that_of_the_pairs(a, b, kind):
    """Each token is paired once or unmatched once."""
    one, other = tokenise(a, kind), tokenise(b, kind)
    found = align(one, other)
    taken_a = [at for i, n, *_ in found.links for at in range(i, i + n)]
    taken_b = [at for _, _, j, m, *_ in found.links for at in range(j, j + m)]
    assert sorted((*taken_a, *found.unmatched_query)) == [*range(len(one.tokens))]
    assert sorted((*taken_b, *found.unmatched_listed)) == [*range(len(other.tokens))]


# ── numbers ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "listed", "kind", "expected"),
    [
        ("Vladimir Putin", "PUTIN, Vladimir Vladimirovich", "person", 0.8919),
        ("Vladimr Putin", "PUTIN, Vladimir Vladimirovich", "person", 0.7643),
        ("Putin", "PUTIN, Vladimir Vladimirovich", "person", 0.7143),
        ("Владимир Путин", "PUTIN, Vladimir", "person", 1.0000),
        ("Usama bin Laden", "BIN LADIN, Osama", "person", 0.9445),
        ("Salman bin Muhammad", "Muhammad bin Salman", "person", 0.6000),
        ("Kim Jong Un", "KIM, Jong Il", "person", 0.2645),
        ("Ri Yong Gil", "RI, Yo'ng-kil", "person", 0.9021),
        ("习近朋", "习近平", "person", 0.3904),
        ("Xi Jinping", "习近平", "person", 0.7688),
        ("محمد بن سلمان", "Muhammad bin Salman", "person", 0.9311),
        ("بشار الأسد", "AL-ASSAD, Bashar", "person", 0.9309),
        ("أبو بكر البغدادي", "AL-BAGHDADI, Abu Bakr", "person", 0.7375),
        ("J. Smith", "SMITH, John", "person", 0.8285),
        # A letter weighs less than a word, and half of the rest is unmatched: by the list, by the
        # query, and beside a conflict. Beside a title, as far as they are not similar.
        ("J. Karst", "KARST, Jasper", "person", 0.8568),
        ("Jasper Karst", "KARST, J.", "person", 0.8089),
        ("Luis Kowal", "CONTRERAS, Luis K.", "person", 0.4545),
        ("Hafiz Karst", "KARST, Hafez", "person", 0.9822),  # a title here, a name there
        ("Bob Smith", "SMITH, Robert", "person", 0.7842),
        ("Abdurahman Ali", "ALI, 'Abd al-Rahman", "person", 0.9836),
        ("Rapid Action Batalion", "RAPID ACTION BATTALION", "organization", 0.9847),
        ("OOO Gazprom", "GAZPROM LLC", "organization", 1.0000),
        ("Gazprom Neft", "GAZPROM", "organization", 0.6068),
        ("Example Fund II", "EXAMPLE FUND", "organization", 0.8338),
        ("PLA", "People's Liberation Army", "organization", 0.8817),
        ("Siemens Aktiengesellschaft", "SIEMENS AG", "organization", 1.0000),
        ("Snow", "SNOE", "vessel", 0.4149),
        ("Zu Zag Bong 6", "ZU ZAG BONG 5", "vessel", 0.9100),
        ("Jscargument", "JSC ARGUMENT", None, 0.8777),
        ("SenseTime Group", "SENSETIME GROUP LIMITED", "organization", 1.0000),
        # What only one name has costs by its side and by the kind: 1 / (1 + .2), (1 + .23) …
        ("Karst", "Karst Moor", "person", 0.8333),
        ("Karst", "Karst Moor", "organization", 0.8130),
        ("Karst", "Karst Moor", "vessel", 0.8130),
        ("Karst Moor", "Karst", "vessel", 0.3706),  # (1 / 1.71) ** 1.85
        ("Fund", "Fund II", "organization", 0.4655),  # .75 / (.75 + .161 + .7)
        # … but for words that are said twice; numbers are none.
        ("New York New York", "New York", "organization", 1.0000),
        ("New York", "New York New York", "organization", 1.0000),
        ("Karst 5", "Karst 5 5", "vessel", 0.9135),  # 1.7 / (1.7 + .7 * .23)
        # A conflict of three words takes the tenth once: .9 * (1 / 5.5) ** 1.85
        ("Karst Abc Xyz Uvw", "Moor Karst Qqq Nnn", "person", 0.0384),
        ("Ali binti Omar", "Omar binti Ali", "person", 0.6000),
        # .6 * (1.6 / 1.88) ** 1.34
        ("Salman bin Muhammad Karst", "Muhammad bin Salman", "person", 0.4834),
        # Initials: four letters tell 3 / 4, five and more are as good as a word; no particles.
        ("KCST", "Korea Central Shipping Trading", "organization", 0.8799),
        ("KCSTB", "Korea Central Shipping Trading Bureau", "organization", 0.8781),
        ("KCSTBX", "Korea Central Shipping Trading Bureau Xang", "organization", 0.8781),
        ("KHC", "Karst Holding Company", "organization", 0.8817),
        ("KHC", "Karst Holding Co", "organization", 0.0000),
        ("KC", "Karst Company", "organization", 0.0000),
        ("Hest Trade Center", "HTC", "organization", 0.0000),
        ("Sharon Lewis", "SL", "person", 0.0000),
        ("Sharon Lewis", "SL Rose", "person", 0.0000),  # of persons, beside one that agrees
        ("Sharon Lewis Rose", "SL Rose", "person", 0.9760),
        ("Sharon Lewis Rose May", "SLRM", "vessel", 0.0007),
        ("Karst and Kol", "Karst Alpha November Delta", "organization", 0.1077),
        # Written together: from four letters on, and no legal forms.
        ("Abad", "Ab Ad", "organization", 0.8763),
        ("Abc", "A Bc", "organization", 0.2485),
        ("Karst SARL", "Karst Sa Rl", "organization", 0.6332),
        # As full strings: 1 - .06 - .3 / 6, and 1 - .12 - .6 / 8; of six letters two are too many.
        ("Nelson", "Melson", "vessel", 0.8900),
        ("Abcdefgh", "Abcdefxy", "vessel", 0.8050),
        ("Abcdef", "Abcdxy", "vessel", 0.2641),
    ],
)
def test_scores_do_not_move(query, listed, kind, expected):
    """A scorer with a version: whoever changes a number gives it a new name."""
    assert SCORER == "parts-1"
    assert scored(query, listed, kind) == pytest.approx(expected, abs=5e-5)


TABLES = (
    "common",
    "legal_forms",
    "names",
    "nicknames",
    "numbers",
    "particles",
    "syllables",
    "synonyms",
    "titles",
)


def test_a_version_is_its_numbers_and_its_tables():
    """Whoever changes a number or a row gives the scorer a new name, and pins the new digest here."""
    rows = {name: list(tables.rows(name)) for name in TABLES}
    text = json.dumps([attrs.asdict(PARAMETERS), rows], sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert (SCORER, digest[:16]) == ("parts-1", "aa07827fc64d8388")
