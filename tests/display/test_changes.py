"""How changes are shown: a page that a person has read, and no change without words."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib import display
from sanctionslib.answers import Amended, Change, Changes, PairedBy
from sanctionslib.display._values import IN_TEXT, LABELS, line_of
from sanctionslib.display.sheet import ARROW, Line, visible
from sanctionslib.model import fields as registry
from sanctionslib.query import diff

from ..export.strategies import KINDS, NOT_COMPARED, element_of, fields_of, of_type
from .builders import ADDED, GONE, LATER, NEW, OLD, SAME, aka, in_full, of


def test_columns_are_those_that_somebody_fills() -> None:
    """Lists and dates of listing have a column where an entry states one, lists where they differ."""
    dated = attrs.evolve(ADDED, designations=LATER.designations)
    for found, columns in (
        ((ADDED,), ["+/-", "name", "kind", "id"]),
        ((ADDED, GONE), ["+/-", "name", "kind", "programs", "list", "id"]),
        ((GONE, dated), ["+/-", "name", "kind", "programs", "since", "id"]),
        ((ADDED, dated), ["+/-", "name", "kind", "programs", "list", "since", "id"]),
    ):
        table = display.to_sheet(Changes(added=found)).sections[0].table
        assert table is not None
        assert list(table.columns) == columns
        last = {"kind": "kind not stated", "list": "Night List", "since": "2021-12-10"}[columns[-2]]
        assert table.rows[-1][-2].text == last


def test_a_party_is_one_line() -> None:
    """What changed stands behind the party: the value where it is one, else the fields."""
    told = attrs.evolve(SAME, remarks="Seen.")
    more = attrs.evolve(told, names=(*SAME.names, aka("A"), aka("B")))
    long = attrs.evolve(SAME, remarks="Seen " * 30)
    for after, words in (
        (told, "remarks added: Seen."),
        (more, "name (2), remarks"),
        (long, "remarks"),
    ):
        lines = display.to_text(diff(of(OLD, SAME), of(NEW, after)), more="").splitlines()
        assert lines[0] == "Changes: 0 added · 0 removed · 1 amended"
        assert lines[3].split("  ")[0] == "~"
        assert f"  {words}  " in lines[3]
        assert lines[4:] == []


def test_nothing_is_no_verdict() -> None:
    """No change is said as what it is: of how many parties of what."""
    text = in_full(diff(of(OLD, SAME), of(NEW, SAME)))
    assert "Nothing was added, removed or amended: both say the same of 1 party." in text
    assert "watch · 2021-12-09" in text
    assert "clear" not in text.casefold()


def test_a_sample_and_a_part_say_so() -> None:
    """SAMPLE and PART stand above, and who left a part of a list may still be on the list."""
    for scope, words in ((sl.Scope.SAMPLE, "*** SAMPLE"), (sl.Scope.CUSTOM, "*** PART of watch")):
        old, new = (attrs.evolve(one, scope=scope, filter="x") for one in (OLD, NEW))
        text = display.to_text(diff(of(old, SAME), of(new)))
        assert text.startswith(words)
        assert ("it may stand in another" in text) == (scope is sl.Scope.CUSTOM)


@pytest.mark.parametrize(("limit", "shown"), [(3, 3), (50, 50), (0, 60)])
def test_long_answers_are_shortened(limit: int, shown: int) -> None:
    """What is not shown is counted, with the attribute that has it; Markdown has it all."""
    many = [sl.Person(id=f"watch:{n}", names=(sl.Name(text=f"EXAMPLE {n:02}"),)) for n in range(60)]
    told = [attrs.evolve(one, remarks="More.") for one in many]
    for found, where in (
        (diff(of(OLD), of(NEW, *many)), "added"),
        (diff(of(OLD, *many), of(NEW)), "removed"),
        (diff(of(OLD, *many), of(NEW, *told)), "amended"),
    ):
        text = display.to_text(found, limit=limit)
        assert text.count("EXAMPLE ") == shown
        assert (f"… and {60 - shown:,} more in `{where}`" in text) == (shown < 60)
        assert display.to_markdown(found).count("EXAMPLE ") == 60


def test_many_changes_of_one_party() -> None:
    """Of one party, twenty changes are shown, unless all is asked for."""
    aliases = tuple(aka(f"EXAMPLE {n:02}") for n in range(30))
    found = diff(of(OLD, SAME), of(NEW, attrs.evolve(SAME, names=(*SAME.names, *aliases))))
    assert "… and 10 more in `changes`" in in_full(found)
    assert "EXAMPLE 29" not in in_full(found)
    assert "EXAMPLE 29" in display.to_markdown(found, explain=True)


def test_how_parties_were_paired_is_said() -> None:
    """Where it was not the publisher's key, the page says so."""
    for rule, words in ((PairedBy.NAME, "name and kind"), (PairedBy.IDENTIFIER, "a number that")):
        amended = Amended(
            before=SAME, after=SAME, changes=(Change(field="remarks", after="x"),), paired_by=rule
        )
        assert f"1 paired by {words}" in display.to_text(Changes(amended=(amended,)))
        text = in_full(Changes(amended=(amended,)))
        assert f"[paired by {words}" in " ".join(text.split())


def test_which_designation() -> None:
    """Of several designations, the report says which one is meant."""
    two = attrs.evolve(SAME, designations=(sl.Designation(), sl.Designation()))
    change = Change(field="designations.reason", after="Seen.", designation=1)
    amended = Amended(before=SAME, after=two, changes=(change,))
    text = display.to_text(Changes(amended=(amended,)))
    assert "reason (designation 2 of 2) added: Seen." in text


FIELDS = {
    field.name: element_of(form)
    for kind in KINDS
    for field, form in fields_of(kind)
    if field.name not in NOT_COMPARED
}
FIELDS |= {
    f"designations.{field.name}": element_of(form)
    for field, form in fields_of(sl.Designation)
    if field.name != "source_id"
}


def test_every_field_has_a_word() -> None:
    """No reader meets the name of an attribute."""
    assert {*FIELDS, "kind"} <= set(LABELS)
    assert not [label for label in LABELS.values() if not label or "_" in label]


def _differences(lines: tuple[Line, ...]) -> Iterator[tuple[str, str]]:
    """What stands before and behind each arrow, and in lines that say "before" and "after"."""
    for one in lines:
        for at, span in enumerate(one.spans):
            if span is ARROW:
                yield one.spans[at - 1].text, one.spans[at + 1].text
    told = {one.spans[0].text: one.spans[1].text for one in lines if one.level == 2}
    if "before" in told:
        yield told["before"], told["after"]


@pytest.mark.parametrize("field", FIELDS)
@examples(25)
@given(data=st.data())
def test_every_change_has_words(field: str, data: st.DataObject) -> None:
    """Whatever was added, removed or altered, the page says what it was and is, and that it differs."""
    value = of_type(FIELDS[field])
    before, after = data.draw(value), data.draw(value)
    where = 0 if field.startswith("designations.") else None
    sheet = display.to_sheet(
        Changes(
            amended=(
                Amended(
                    before=SAME,
                    after=SAME,
                    changes=(
                        Change(field=field, before=before, after=after, designation=where),
                        Change(field=field, after=after, designation=where),
                        Change(field=field, before=before, designation=where),
                    ),
                ),
            )
        )
    )
    (row,) = next(one for one in sheet.sections if one.title == "Amended").rows
    texts = [one.text for one in row.lines[1:]]
    assert texts[-2].startswith(f"{LABELS[field]} added:")
    assert texts[-1].startswith(f"{LABELS[field]} removed:")
    if before != after and not isinstance(before, sl.PartialDate):  # dates are never tied
        assert texts[0].startswith(LABELS[field])
        differences = list(_differences(row.lines[1:-2]))
        assert differences
        assert all(was != now for was, now in differences)
    for text in (in_full(sheet), display.to_html(sheet)):
        assert LABELS[field] in text


@pytest.mark.parametrize("kind", IN_TEXT)
@examples(25)
@given(data=st.data())
def test_every_attribute_is_shown(kind: type[object], data: st.DataObject) -> None:
    """Whatever the source says beside a value stands in its line, by the registry of fields."""
    value = data.draw(of_type(kind))
    shown = line_of(value).text
    for info in registry.fields_of(kind):
        content = getattr(value, info.name)
        if isinstance(content, str) and content and info.is_compared and not info.raw_of:
            is_latin = info.name == "script" and content == "Latn"
            is_elsewhere = info.name in ("label", "raw_strength")
            assert is_latin or is_elsewhere or visible(content) in shown
