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
def test_folded(name: str) -> None:
    """Forms are written as the parts of a normalised name: Latin ones in plain ASCII."""
    for _, forms in _cells(name):
        for form in forms:
            assert form == unicodedata.normalize("NFKC", form).casefold(), form
            assert form.split(" ") == form.split(), form
            letters = form.replace(" ", "")
            assert {unicodedata.category(letter)[0] for letter in letters} <= set("LMN"), form
            assert form.isascii() or not re.search(
                "LATIN", " ".join(map(unicodedata.name, letters))
            )


@pytest.mark.parametrize("name", FILES)
def test_no_form_twice(name: str) -> None:
    """No form stands in two classes of one dictionary, nor twice in one."""
    seen: set[tuple[str, str]] = set()
    for row, forms in _cells(name):
        for form in forms:
            key = (_within(name, row), form)
            assert key not in seen, key
            seen.add(key)


@pytest.mark.parametrize("name", ["legal_forms", "particles"])
def test_classes_are_explained(name: str) -> None:
    """Each class has a line that says what it is, and no line explains what is not there."""
    text = (resources.files("sanctionslib.matching") / "data" / f"{name}.tsv").read_text("utf-8")
    explained = re.findall(r"(?m)^# class (\w+) = \S", text)
    assert sorted(explained) == sorted({row["class"] for row, _ in _cells(name)})


def test_legal_forms() -> None:
    """One form in several languages, scripts and spellings has one class."""
    forms = tables.phrases("legal_forms")
    stock = ("ag", "jsc", "oao", "ао", "aktiengesellschaft", "株 式 会 社", "s p a", "plc")
    assert {forms[tuple(form.split())].name for form in stock} == {"stock"}
    limited = ("llc", "ooo", "ооо", "gmbh", "l l c", "sp z o o", "co ltd", "有 限 公 司")
    assert {forms[tuple(form.split())].name for form in limited} == {"limited"}
    assert forms["inc",].name == forms["company",].name == "company"
    assert forms["gmbh", "co", "kg"].name == "partnership"
    assert forms["federal", "state", "unitary", "enterprise"] == forms["фгуп",]
    assert forms["as",] == WordClass(name="stock", certain=False)
    assert forms["llc",].certain
    for word in ("trust", "foundation", "group", "holding", "bank", "cooperation"):
        assert (word,) not in forms


def test_titles() -> None:
    """Titles, those that may be names marked so."""
    forms = tables.phrases("titles")
    assert forms["mr",] == forms["mullah",] == forms["lieutenant", "colonel"]
    assert forms["mr",] == WordClass(name="")
    for name in ("sheikh", "haji", "king", "don", "imam"):
        assert forms[name,] == WordClass(name="", certain=False)
    for name in ("khan", "mirza", "md"):
        assert (name,) not in forms


def test_particles() -> None:
    """Particles by what they say."""
    forms = tables.phrases("particles")
    words = {"al": "article", "bin": "son", "bint": "daughter", "abu": "father", "von": "of"}
    assert {word: forms[word,].name for word in words} == words
    assert forms["de", "la"] == WordClass(name="of")
    for syllable in ("il", "ja", "an", "en"):
        assert (syllable,) not in forms


def test_synonyms() -> None:
    """Words of firms that mean the same are one class, others are not."""
    forms = tables.phrases("synonyms")
    assert forms["intl",].name == forms["internacional",].name == "international"
    assert forms["zavod",] == forms["plant",] == forms["завод",]
    assert forms["organisation",] == forms["organization",]
    assert forms["instrument", "making"] == forms["priborostroitelnyi",]
    assert forms["co", "op"].name == "cooperative"
    assert forms["银", "行"].name == "bank"
    for one, other in (("import", "export"), ("oil", "petroleum"), ("trade", "commerce")):
        assert forms[one,] != forms[other,]


def test_numbers() -> None:
    """Number words and numerals; single letters and words of other kinds are marked."""
    words = tables.phrases("numbers")
    assert words["forty",] == WordClass("40")
    assert words["1st",] == words["first",] == WordClass("1")
    assert words["xiv",] == WordClass("14")
    assert words["v",] == WordClass("5", certain=False)
    assert words["dos",] == WordClass("2", certain=False)
    assert words["пять",] == WordClass("5")
    assert all(not word.certain for (form, *rest), word in words.items() if len(form) == 1)


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
    assert found["mohammed"] == found["muhammad"] == NameClass(name="muhammad")
    assert found["serhiy"].name == found["sergei"].name == "sergey"
    assert found["john"] == NameClass(name="john", cognate="john")
    assert found["ivan"] == NameClass(name="ivan", cognate="john")
    assert found["abdurrahman"] == found["abdulrahman"]
    assert found["محمد"] == found["mohamed"]
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
