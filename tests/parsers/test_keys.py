"""Keys: each once, the publisher's own if there is one; joined entries lose nothing."""

from __future__ import annotations

import sanctionslib as sl
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.keys import Keys, unite


def ship(key: str, name: str = "EXAMPLE STAR", **fields: object) -> sl.Vessel:
    return sl.Vessel(id=f"x:{key}", names=(sl.Name(text=name),), **fields)  # type: ignore[arg-type]


def test_keys_without_an_id_stay_apart() -> None:
    """They are readable, also where no letter is ASCII; two parties of one name get two, with issues."""
    entities: list[sl.Entity] = []
    audit = AuditBuilder("file", "x")
    keys = Keys(entities, audit, "x")
    for name in ("EXAMPLE STAR", "EXAMPLE STAR", "EXAMPLE STAR", "Société (1)", "商湯集團有限公司"):
        keys.add(ship("", name))
    built = ["~example-star", "~example-star-2", "~example-star-3", "~societe-1", "~unnamed"]
    assert [one.source_id for one in entities] == built
    issues = audit.finish(()).issues
    assert [one.kind for one in issues] == [sl.answers.IssueKind.NO_ID] * 5
    assert [one.where.entry for one in issues] == built


def test_formats_with_several_records_of_a_party() -> None:
    """In formats with several entries of a party, a second one is no fault; another name is."""
    entities: list[sl.Entity] = []
    audit = AuditBuilder("file", "x")
    keys = Keys(entities, audit, "x", unites=True)
    for name in ("EXAMPLE STAR", "EXAMPLE STAR", "EXAMPLE MOON"):
        keys.add(ship("1", name, designations=(sl.Designation(note=name),)))
    keys.finish()
    assert [(one.id, len(one.designations)) for one in entities] == [("x:1", 2), ("x:~1", 1)]
    assert [one.kind for one in audit.finish(()).issues] == [sl.answers.IssueKind.DUPLICATE_ID]
    assert audit.united == 1


def test_unite_keeps_all_values() -> None:
    """Tuples are united in order, a missing single value is taken, one that differs is a Feature."""
    imo = sl.Identifier(value="IMO 9187629", kind=sl.IdentifierKind.IMO)
    first = ship("1", tonnage=100, identifiers=(imo,), origins=(sl.model.Origin(line=1),))
    second = ship(
        "1",
        "EXAMPLE MOON",
        tonnage=200,
        gross_tonnage=50,
        remarks="text",
        identifiers=(imo,),
        origins=(sl.model.Origin(line=2),),
        designations=(sl.Designation(programs=("IRAN",)),),
    )
    audit = AuditBuilder("file")
    united = unite(first, second, audit=audit)
    assert isinstance(united, sl.Vessel)
    assert [name.text for name in united.names] == ["EXAMPLE STAR", "EXAMPLE MOON"]
    assert united.identifiers == (imo,)
    assert (united.tonnage, united.gross_tonnage, united.remarks) == (100, 50, "text")
    assert [(one.label, one.value, one.kind) for one in united.features] == [
        ("tonnage", "200", None)
    ]
    assert [(one.path, one.sample) for one in audit.finish(()).unmapped] == [("tonnage", "200")]
    assert [one.line for one in united.origins] == [1, 2]
    assert united.programs == ("IRAN",)


def test_unite_several() -> None:
    """Of several records, each value that differs from the first one stated is a Feature, once."""
    records = [ship("1", length=text) for text in (None, "one", "two", "two", "one", "three")]
    united = unite(*records, audit=AuditBuilder("file"))
    assert isinstance(united, sl.Vessel)
    assert united.length == "one"
    assert [one.value for one in united.features] == ["two", "three"]
    assert unite(records[0], audit=AuditBuilder("file")) is records[0]


def test_unite_remarks() -> None:
    """All are kept in their field, those that are the same once."""
    records = [ship("1", remarks=text) for text in (None, "one", "two", "one")]
    united = unite(*records, audit=AuditBuilder("file"))
    assert (united.remarks, united.features) == ("one\ntwo", ())
    assert unite(ship("1"), ship("1"), audit=AuditBuilder("file")).remarks is None


def test_one_key_and_several_names() -> None:
    """Where the key alone tells the party, another primary name is an alias.

    A record that is is a duplicate is a fault, and so is another kind.
    """
    entities: list[sl.Entity] = []
    audit = AuditBuilder("file", "x")
    keys = Keys(entities, audit, "x", unites=True, by_key=True)
    for name in ("EXAMPLE STAR", "EXAMPLE MOON", "EXAMPLE STAR"):
        keys.add(ship("1", name))
    keys.add(sl.Person(id="x:1", names=(sl.Name(text="EXAMPLE STAR"),)))
    keys.finish()
    assert [(one.id, [(name.text, name.kind) for name in one.names]) for one in entities] == [
        ("x:1", [("EXAMPLE STAR", sl.NameKind.PRIMARY), ("EXAMPLE MOON", sl.NameKind.AKA)]),
        ("x:~1", [("EXAMPLE STAR", sl.NameKind.PRIMARY)]),
    ]
    issues = audit.finish(()).issues
    assert [one.kind for one in issues] == [sl.answers.IssueKind.DUPLICATE_ID] * 2
    assert "is a duplicate" in issues[0].message
    assert audit.united == 2


def test_unite_never_merges_designations_or_records() -> None:
    """Equal designations stay two, and the sources follow each other."""
    designation = sl.Designation(programs=("IRAN",))
    one = ship("1", designations=(designation,), source=sl.model.Source(("a",), ("1",)))
    two = ship("1", designations=(designation,), source=sl.model.Source(("a",), ("2",)))
    united = unite(one, two, audit=AuditBuilder("file"))
    assert united.designations == (designation, designation)
    assert list(united.source or ()) == [("a", "1"), ("a", "2")]


def test_unite_keeps_what_equality_does_not_look_at() -> None:
    """Values that are equal and differ in their text, or in the publisher's key, both stay."""
    one = ship("1", flags=(sl.Country(code="RU", raw="Russia"),))
    two = ship("1", flags=(sl.Country(code="RU", raw="RU"), sl.Country(code="RU", raw="Russia")))
    united = unite(one, two, audit=AuditBuilder("file"))
    assert isinstance(united, sl.Vessel)
    assert [flag.raw for flag in united.flags] == ["Russia", "RU"]
