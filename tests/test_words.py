"""One standard term for each thing: words that are not used any more, and what is said in their place.

Code, docstrings, comments and messages of the library, and every page of the documentation, are
searched. A word that English needs in other senses is searched in the form that it had here.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LIBRARY = ("sanctionslib/**/*.py",)
TEXTS = (*LIBRARY, "tests/**/*.py", "docs/*.py", "benchmarks/*.py", "docs/**/*.md", "*.md")
HAVE_OLD_NAMES = ("CHANGELOG.md", "benchmarks/same_entities.py", "tests/test_words.py")
"""The table of renames, what reads with older versions, and this table."""
MATCHING = ("sanctionslib/matching/*.py", "benchmarks/matching*.py", "tests/matching/*.py")

WORDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # ── the software ──────────────────────────────────────────────────────────────────────────
    ("package, module, layer", r"\b(?:[Rr]ooms|ROOMS)\b|\b(?:each|our|public|this|that|one|in the) rooms?\b|\bof the house\b|\bin the house\b", TEXTS),
    ("layer", r"\bfloors\b|\bon (?:the|this|that) floor\b", TEXTS),
    ("data flow", r"\bway of data\b", TEXTS),
    ("conventions", r"\brules of the (?:house|room)", TEXTS),
    ("unexpected", r"\b(?:[Oo]dd|[Ss]tray|[Ll]eftovers?|[Ll]eft over)\b", TEXTS),
    ("unexpected", r"\bforeign (?:value|element|key|attribute|text|entry|row|column)", TEXTS),
    ("unexpected", r"\b(?:is|are|was|were) left over\b|\boutside (?:values?|elements?)\b", TEXTS),
    ("source", r"\brecords=(?:True|False)|\.record\.get\(|Entity\.record\b|Issue\.record\b", TEXTS),
    ("path coverage", r"\bPathUse\b|\bUse\.[A-Z]|\bkept where it need not be\b", TEXTS),
    ("unresolved reference", r"\b[Dd]angling\b", TEXTS),
    ("equality key", r"def _said\b|\._said\b", TEXTS),
    ("displayable", r"\bShown\b|model[./]_shown\b", LIBRARY),
    ("HTTP client, retry policy", r"\bAsker\b|\bPatience\b", TEXTS),
    ("retryable, not found", r"\bagain=|\bis_again\b|\.absent\b|\babsent=", TEXTS),
    ("valid", r"\b(?:[Aa]dmitted|ADMITTED|Admission|admission)\b", TEXTS),
    ("quarantined", r"\bREFUSED\b|\brefused editions?\b|\beditions? (?:was|were|is|are) refused\b", TEXTS),
    ("overridden", r"\bACCEPTED\b", TEXTS),
    ("usable", r"\bmay answer for\b|\bcan_answer\b", TEXTS),
    ("supported facts", r"\bstates_in_part\b|\bcan_state\b|\.states\b", TEXTS),
    ("alternative sources", r"\bways?[ _]out\b", TEXTS),
    ("pending, unresolved", r"class (?:Half|Waiting)\b|\bstrangers?\b", LIBRARY),
    ("garbage collector", r"search for unused objects|looks for unused objects", TEXTS),
    ("resumes", r"\bgone on with\b|\bgoes on from there\b", TEXTS),
    ("continues", r"\bgoes on\b|\bgone on\b", (*LIBRARY, "docs/**/*.md", "*.md")),
    ("no hit", r"\b(?:came|comes?) near\b", (*LIBRARY, "docs/**/*.md", "*.md")),
    ("recall, false-positive rate", r"\bin vain\b", TEXTS),
    # ── matching ──────────────────────────────────────────────────────────────────────────────
    ("unmatched token", r"\bLonePart\b|\bPairedPart\b|\b[Ll]one parts?\b|\bstay(?:s|ed) alone\b", TEXTS),
    ("match weight", r"\bbulk\b", MATCHING),
    ("phonetic key, consonant skeleton", r"\bbones\b|\bsounds?_of\b|\bbare (?:word|name|part)s?\b", MATCHING),
    ("nickname, cognate, spelling variant", r"\b[Kk]in\b|\b[Ss]isters?\b", MATCHING),
    ("full-string similarity", r"\bLOOSE\b|\b[Ll]oose(?:ly)?\b", MATCHING),
    ("posting list, blocking key", r"\b[Ss]hel(?:f|ves|ved)\b|\b_?[Ww]holes\b", TEXTS),
    ("name index", r"\bPartsIndex\b", TEXTS),
    ("suppressed", r"\b[Ww]ithheld\b", TEXTS),
    ("search context", r"(?:class|sl\.|answers\.|import) ?Searched\b|\.searched\b|\bsearched=", TEXTS),
    # ── sanctions ─────────────────────────────────────────────────────────────────────────────
    ("reason", r"\bgrounds?\b|\bGROUND\b", LIBRARY),
    ("Authority, List, Program", r"\bBY WHOM\b|\bSINCE WHEN\b", TEXTS),
    ("listed since", r"(?:entity|one|party|listing|designation|Entity)\.since\b", TEXTS),
    ("named list", r"\bon_list\b|--on-list\b", TEXTS),
    ("undetermined", r"\b[Ll]acking\b", TEXTS),
    ("timeline event", r"\bStepKind\b|\bsl\.Step\b", TEXTS),
    ("format change", r"\bSwitch(?:es)?\b|\bswitches\b", LIBRARY),
    ("skipped edition", r"\baside\b|\bNoted\b", LIBRARY),
    ("ownership path", r"\bReached\b", TEXTS),
    ("unspecified relation", r"\b[Uu]nsaid\b", TEXTS),
    ("hit", r"\bHits\.found\b|hits\.found\b", TEXTS),
)  # fmt: skip
"""What is said, what was said in its place as a regular expression, and where it is looked for."""


def _files(patterns: tuple[str, ...]) -> list[Path]:
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    hidden = ("_build", "__pycache__")
    old = {ROOT / name for name in HAVE_OLD_NAMES}
    return sorted(path for path in found - old if not {*hidden} & {*path.parts})


@pytest.mark.parametrize(("term", "pattern", "where"), WORDS, ids=[one[0] for one in WORDS])
def test_words_that_are_not_used(term: str, pattern: str, where: tuple[str, ...]) -> None:
    """Nobody needs a dictionary: the standard term stands in place of each of these words."""
    word = re.compile(pattern)
    files = _files(where)
    assert files
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if word.search(line)
    ]
    assert not found, f"say {term!r}:\n" + "\n".join(found)
