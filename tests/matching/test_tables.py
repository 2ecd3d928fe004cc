"""The word tables: without conflicts, folded, explained, and right where a person looked."""

from __future__ import annotations

import re
import unicodedata
from importlib import resources

import pytest

from sanctionslib.matching import tables
from sanctionslib.matching.tables import NameClass, WordClass

FILES = (
    "legal_forms", "titles", "particles", "synonyms", "numbers", "nicknames", "names", "syllables",
    "common",
)  # fmt: skip


def _cells(name: str) -> list[tuple[dict[str, str], list[str]]]:
    last = "words" if name == "common" else "forms"
    return [(row, row[last].split("|")) for row in tables.rows(name)]


def _within(name: str, row: dict[str, str]) -> str:
    """Which of a file's dictionaries a row belongs to: a form stands there once."""
    columns = {"nicknames": "name", "names": "strength", "common": "kind"}
    if name == "syllables":
        return f"{row['language']} {row['syllable']}"
    return row[columns[name]] if name in columns else ""


@pytest.mark.parametrize("name", FILES)
def test_forms(name: str) -> None:
    """Forms are folded as words of names are, and stand in one class of a dictionary, once."""
    seen: set[tuple[str, str]] = set()
    for row, forms in _cells(name):
        for form in forms:
            assert form == unicodedata.normalize("NFKC", form).casefold(), form
            assert form.split(" ") == form.split(), form
            letters = form.replace(" ", "")
            assert {unicodedata.category(letter)[0] for letter in letters} <= set("LMN"), form
            assert form.isascii() or "LATIN" not in " ".join(map(unicodedata.name, letters))
            assert (_within(name, row), form) not in seen, form
            seen.add((_within(name, row), form))


@pytest.mark.parametrize("name", ["legal_forms", "particles"])
def test_classes_are_explained(name: str) -> None:
    """Each class has a line that says what it is, and no line explains what is not there."""
    text = (resources.files("sanctionslib.matching") / "data" / f"{name}.tsv").read_text("utf-8")
    explained = re.findall(r"(?m)^# class (\w+) = \S", text)
    assert sorted(explained) == sorted({row["class"] for row, _ in _cells(name)})


@pytest.mark.parametrize(
    ("table", "name", "forms"),
    [
        ("legal_forms", "stock", "ag|jsc|oao|ао|aktiengesellschaft|株 式 会 社|plc"),
        ("legal_forms", "limited", "llc|ooo|ооо|gmbh|l l c|sp z o o|co ltd|有 限 公 司"),
        ("legal_forms", "company", "inc|company"),
        ("legal_forms", "partnership", "gmbh co kg"),
        ("legal_forms", "state", "federal state unitary enterprise|фгуп"),
        ("titles", "", "mr|mullah|lieutenant colonel"),
        ("particles", "article", "al"),
        ("particles", "son", "bin"),
        ("particles", "daughter", "bint"),
        ("particles", "father", "abu"),
        ("particles", "of", "von|de la"),
        ("synonyms", "international", "intl|internacional"),
        ("synonyms", "factory", "zavod|plant|завод"),
        ("synonyms", "organization", "organisation|organization"),
        ("synonyms", "instrument", "instrument making|priborostroitelnyi"),
        ("synonyms", "cooperative", "co op"),
        ("synonyms", "bank", "银 行"),
        ("numbers", "40", "forty"),
        ("numbers", "1", "1st|first"),
        ("numbers", "14", "xiv"),
        ("numbers", "5", "пять"),
    ],
)
def test_phrases(table: str, name: str, forms: str) -> None:
    """One meaning in several languages, scripts and spellings has one class."""
    found = tables.phrases(table)
    for form in forms.split("|"):
        assert found[tuple(form.split())] == WordClass(name), form


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("legal_forms", "trust foundation group holding bank cooperation"),
        ("titles", "khan mirza md"),
        ("particles", "il ja an en"),
    ],
)
def test_words_that_are_none(table: str, words: str) -> None:
    """What is mostly a name or another word stands in no table."""
    for word in words.split():
        assert (word,) not in tables.phrases(table)


@pytest.mark.parametrize(
    ("table", "name", "words"),
    [
        ("legal_forms", "stock", "as"),
        ("titles", "", "sheikh haji king don imam"),
        ("numbers", "5", "v"),
        ("numbers", "2", "dos"),
    ],
)
def test_words_that_may_mean_something_else(table: str, name: str, words: str) -> None:
    """They are marked."""
    for word in words.split():
        assert tables.phrases(table)[word,] == WordClass(name, certain=False)
    for phrase, meaning in tables.phrases("numbers").items():
        assert not meaning.certain or len(phrase[0]) > 1


def test_synonyms_are_no_more_than_that() -> None:
    """Words of firms that mean something similar have classes of their own."""
    forms = tables.phrases("synonyms")
    for one, other in (("import", "export"), ("oil", "petroleum"), ("trade", "commerce")):
        assert forms[one,] != forms[other,]


def test_nicknames() -> None:
    """A short form may stand for several names, in whatever spelling they come."""
    short = tables.nicknames()
    assert short["bob"] == short["robert"] == {"robert"}
    assert short["sasha"] == {"aleksandr", "aleksandra"}
    assert short["alex"] >= short["alexander"] == short["oleksandr"] == {"aleksandr"}
    assert short["bill"].isdisjoint(short["bob"])
    assert short["maga"] == {"muhammad"}
    assert "trading" not in short


def test_names() -> None:
    """Spellings of one name, and its cognates in other languages."""
    found = tables.names()
    assert found["mohammed"] == found["muhammad"] == found["محمد"] == NameClass(name="muhammad")
    assert found["serhiy"].name == found["sergei"].name == "sergey"
    assert found["john"] == NameClass(name="john", cognate="john")
    assert found["ivan"] == NameClass(name="ivan", cognate="john")
    assert found["abdurrahman"] == found["abdulrahman"]
    assert found["ahmad"].name != found["hamid"].name
    assert found["hasan"].name != found["husayn"].name
    assert "choe" not in found


def test_syllables() -> None:
    """Korean and Chinese syllables are apart from names, and a spelling may stand for two."""
    found = tables.syllables()
    assert found["choi"] & found["choe"]
    assert found["lee"] & found["ri"]
    assert not found["kim"] & found["pak"]
    assert found["chung"] >= {"korean chong"}


def test_common() -> None:
    """How little a word tells depends on the kind of party."""
    words = tables.common()
    assert set(words) == {"person", "organization", "vessel", "any"}
    assert all(weight in (1, 2, 3, 4) for kind in words.values() for weight in kind.values())
    for kind in ("person", "organization", "vessel"):
        assert words[kind]["the"] == 1
        assert all(words["any"][word] <= weight for word, weight in words[kind].items())
    assert words["person"]["mohamed"] == words["person"]["muhammad"] == 1
    assert words["organization"]["trading"] == 1
    assert "trading" not in words["person"]
    assert "putin" not in words["any"]
