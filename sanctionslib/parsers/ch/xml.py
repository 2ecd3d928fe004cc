"""Switzerland's list: the complete list of SECO's SESAM, as XML → entities.

Read from an official excerpt and from SECO's own example; no complete list was available.
Peculiarities:

* A target refers to annexes of ordinances and to places, which are in separate tables: see
  `_tables`.
* **Delisted targets stay in the file**, some 1,550 of 8,670 in September 2026. Their modifications
  are the events of the listing, newest first, some out of order. A listing can lack all dates. Each
  modification has copies of what was added and removed, which are never read as values.
* Names are parts with spelling variants. A variant of a name is made from its parts' variants in
  one language and script ("BEL" and "RUS" occur side by side); a part without such a variant keeps
  its value.
* A target has several identities, one of which is the main one. Primary names of the others are
  aliases, and their other values name the identity in the note.
* There is no field for a vessel's IMO number, a person's office, or an organization's contacts and
  numbers: they are texts of `other-information`, "IMO Number: 8405270", "Function: Minister".
* `list-type` "amendment" is a list of changes, and never the complete list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Aircraft,
    Birth,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Nationality,
    Organization,
    PartialDate,
    Person,
    Relation,
    RelationKind,
    Vessel,
)
from sanctionslib.parsers._engine.dates import partial_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.rules import Group, Rules, Unused, many, parts, to
from sanctionslib.parsers._engine.values import GENDERS
from sanctionslib.parsers._engine.xml import XmlFormat
from sanctionslib.parsers.ch._identity import IDENTITY, Identity
from sanctionslib.parsers.ch._information import facts as information
from sanctionslib.parsers.ch._tables import SanctionsSet, SecoHeader, SecoReading

_SUBJECTS = {"individual": Person, "entity": Organization, "object": Entity}
_OBJECTS = {"vessel": Vessel, "aircraft": Aircraft}
_EVENTS = {
    "listed": EventKind.LISTED,
    "amended": EventKind.AMENDED,
    "de-listed": EventKind.DELISTED,
}
_RELATIVES = (
    "brother",
    "child",
    "daughter",
    "father",
    "husband",
    "mother",
    "sister",
    "son",
    "wife",
)
_RELATIONS = {
    "related-to": RelationKind.LINKED_TO,
    "associated-with": RelationKind.ASSOCIATE_OF,
    **{f"{each}-of": RelationKind.FAMILY_OF for each in _RELATIVES},
}
_UN = re.compile(r"[A-Z]{2}[ie]\.\d{3}\.?|[A-Z]{2}\.[A-Z]\.\d+\.\d+\.?")
"""The Security Council's references, including those from before 2014: "QDi.001", "QI.A.1.01"."""

_FUNCTION = re.compile(r"Function: *(\S.*)", re.DOTALL)


@attrs.frozen(kw_only=True)
class _Text:
    text: str
    into: str = "remarks"


def _reference(text: str, entry: Entry) -> Identifier | Feature:
    """The Security Council's key, if it has that form; else a Feature (other)."""
    if _UN.fullmatch(text):
        return Identifier(
            value=text, kind=IdentifierKind.UN_REFERENCE, raw_kind="foreign-identifier"
        )
    return Feature(label="foreign-identifier", value=text, kind=FeatureKind.OTHER)


def _target(text: str, entry: Entry) -> EntityRef:
    """The other party, by its key."""
    return EntityRef(id_space="ch_seco_sanctions", source_id=text)


def _act(given: Mapping[str, str], entry: Entry) -> LegalBasis:
    """The act, by the days of its enactment and its publication."""
    enacted, published = given.get("@enactment-date"), given.get("@publication-date")
    title = f"modification enacted on {enacted}" if enacted else "modification"
    day = None if published is None else partial_date(published, entry)
    return LegalBasis(title=title, published=day)


def _event(fields: Fields, entry: Entry) -> Event | None:
    """An event; without a date of effect it has that of publication, and without both it is no event."""
    act: LegalBasis | None = fields.get("act")
    if "date" not in fields and act is not None and act.published is not None:
        fields |= {"date": act.published, "note": "the date is that of publication"}
    if "date" not in fields and act is None and fields.get("kind") is EventKind.LISTED:
        return None
    fields.setdefault("date", PartialDate())
    fields.setdefault("kind", None)
    return Event(**fields)


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """The party, from its identities, its annexes and its modifications."""
    starts = {at.partition("/")[0].partition("@")[0] for at in entry.texts}
    subject = next((one for one in _SUBJECTS if one in starts), "")
    kind = _SUBJECTS.get(subject, Entity)
    fields["kind"] = kind = fields.get("kind", kind) if kind is Entity else kind
    facts: list[object] = fields.pop("facts", [])
    identities = [one for one in facts if isinstance(one, Identity)]
    if not any(one.main for one in identities):
        entry.issue(IssueKind.STRUCTURE, "no identity of the target is the main one", "@main")
    _put_identities(fields, identities)
    stated = [one for one in facts if isinstance(one, _Text)]
    for into in ("reason", "remarks"):
        fields[into] = "\n".join([one.text for one in stated if one.into == into]) or None
    features = [one for one in facts if isinstance(one, Feature)]
    identifiers = [one for one in facts if isinstance(one, Identifier)]
    for text in [one.text for one in stated if one.into == "remarks"]:
        if kind is Person and (office := _FUNCTION.fullmatch(text)) is not None:
            fields.setdefault("positions", []).append(office[1])
        in_text = list(information(text, is_vessel=kind is Vessel))
        identifiers += [one for one in in_text if isinstance(one, Identifier)]
        features += [one for one in in_text if isinstance(one, Feature)]
    if (
        kind is not Person
    ):  # a birth or nationality of a party that is not a person has no defined meaning
        features += [_feature(one) for one in fields.pop("births", ())]
        features += [_feature(one) for one in fields.pop("nationalities", ())]
    fields.setdefault("identifiers", []).extend(identifiers)
    fields.setdefault("features", []).extend(features)
    _put_sets(fields, fields.pop("programs", []))
    events: list[Event] = fields.pop("events", [])
    events.reverse()  # newest first in the file; of two on one day the newer one must come last
    events.sort(key=lambda one: one.date)
    of_list = [attrs.evolve(one, events=tuple(events)) for one in entry.reading.listings]
    fields["listings"] = of_list
    return entry.entity(fields)


def _put_identities(fields: Fields, identities: Sequence[Identity]) -> None:
    """Set the fields from all identities, the main one first."""
    for at, one in enumerate(sorted(identities, key=lambda one: not one.main)):
        stated = one.as_main() if at == 0 else one.as_other()
        for field in ("names", "addresses", "births", "nationalities", "identifiers"):
            fields.setdefault(field, []).extend(getattr(stated, field))


def _feature(one: Birth | Nationality) -> Feature:
    if isinstance(one, Nationality):
        return Feature(label="nationality", value=str(one.country), kind=FeatureKind.OTHER)
    label = "place-of-birth" if one.date is None else "day-month-year"
    value = str(one.place.text if one.place is not None else one.date)
    return Feature(label=label, value=value, date=one.date, note=one.note, kind=FeatureKind.OTHER)


def _put_sets(fields: Fields, found: Sequence[object]) -> None:
    """Set programs, ordinances and origins from the annexes of a target; the note names the annexes."""
    sets = [one for one in found if isinstance(one, SanctionsSet)]
    acts = [(one.ordinance, one.ordinance_id) for one in sets if one.ordinance]
    fields["programs"] = list(dict.fromkeys([one.program for one in sets]))
    fields["legal_bases"] = [LegalBasis(title=at, source_id=key) for at, key in dict.fromkeys(acts)]
    fields["sources"] = list(dict.fromkeys([one.origin for one in sets if one.origin]))
    fields["note"] = "; ".join([f"{one.program}: {one.text}" for one in sets]) or None


_SUBJECT: Rules = {
    "identity": many("facts", Identity, IDENTITY),
    "justification": many(
        "facts",
        _Text,
        {
            "@ssid": Unused("a key without references"),
            ".": to("text", also=("Designation.reason",)),
        },
        into="reason",
    ),
    "relation": many(
        "relations",
        Relation,
        {
            "@ssid": to("source_id"),
            "@target-id": to("to", _target),
            "@relation-type": to("kind", _RELATIONS, raw="raw_kind"),
            "remark": to("note"),
        },
    ),
    "other-information": many(
        "facts",
        _Text,
        {
            "@ssid": Unused("a key without references"),
            ".": to("text", also=("Entity.remarks", "Person.positions", "Entity.identifiers")),
        },
    ),
}
_COPY = "a copy of values of the target, as they were added or removed"
_TARGET = Group(
    make=Entity,
    rules={
        "@ssid": to("id"),
        "@sanctions-set-id": to(
            "programs", also=("Designation.legal_bases", "Designation.sources", "Designation.note")
        ),
        "sanctions-set-id": many("programs"),
        "foreign-identifier": many("facts", convert=_reference),
        "generic-attribute": many(
            "features",
            Feature,
            {"@ssid": to("source_id"), "@name": to("label"), ".": to("value")},
            kind=FeatureKind.OTHER,
        ),
        **{f"{subject}/{path}": rule for subject in _SUBJECTS for path, rule in _SUBJECT.items()},
        "individual@sex": to("genders", GENDERS),
        "object@object-type": to("kind", _OBJECTS, raw="raw_kind"),
        "modification": many(
            "events",
            Event,
            {
                "@modification-type": to("kind", _EVENTS, raw="raw_kind"),
                "@effective-date": to("date", partial_date, also=("Designation.until",)),
                **parts("act", _act, "@enactment-date", "@publication-date"),
                "remark": to("note"),
                "added": Unused(_COPY, below=True),
                "removed": Unused(_COPY, below=True),
            },
            finish=_event,
        ),
    },
    finish=_party,
)


def _day(text: str, entry: Entry) -> date | None:
    """A day."""
    return PartialDate.parse(text).earliest


FORMAT = XmlFormat(
    name="ch-seco-xml",
    title="Swiss list of sanctions (SESAM), XML",
    files=("consolidated-list.xml",),
    root="swiss-sanctions-list",
    header={"@date": to("published", _day), "@list-type": to("list_type")},
    header_type=SecoHeader,
    dated_at="@date",
    entries={"target": _TARGET},
    reading=SecoReading,
    alternative_sources={
        Fact.CITIZENSHIP: "nationalities are stated",
        Fact.FLAG: "a register of ships, by the IMO number",
        Fact.REGISTRATION: "the remarks, in words",
        Fact.MEASURE: "the ordinance, at fedlex.admin.ch; the note names the annex",
    },
)
