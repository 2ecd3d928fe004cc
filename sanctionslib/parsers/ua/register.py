"""Ukraine's State Register of Sanctions: the answers of its interface, as a bundle.

The register (drs.nsdc.gov.ua) publishes no file. Its interface lists the subjects, persons and
legal ones separately, and has an answer about the actions of each. This module reads a bundle in
this library's layout: a folder, or a zip of it, with the answers as received:

    subjects.individual.json     /v2/subjects?subjectType=individual
    subjects.legal.json          /v2/subjects?subjectType=legal
    actions/1234.json            /subjects/1234/actions

No answer was available: the keys are those that others read, who have access to the interface.
Peculiarities:

* An action is a subject in one decree: each is a designation, listed on the day of the decree.
* Subjects stay after their sanctions have ended. `status` states it for a subject and for an
  action: `expired`, or `excluded` (delisted). The day of an exclusion is not stated.
* `name` and `translit` can have three spellings, `a (b, c)`; which of them is Ukrainian and which
  Russian varies. A name with a country in brackets is one name.
* Attributes are values with a key in words, see `_register_texts`.
* `bd` and `dd` are birth and death of a person; for a legal subject the days of establishment and
  end.
* A subject without its answer makes the edition incomplete; an answer without a subject is
  reported.
"""

from __future__ import annotations

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Birth,
    Designation,
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdStability,
    Measure,
    NameKind,
    Organization,
    Person,
)
from sanctionslib.parsers._engine.dates import date_in_words
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.json_bundle import JsonBundle
from sanctionslib.parsers._engine.rules import Group, Rules, many, one, parts, to
from sanctionslib.parsers._engine.values import country
from sanctionslib.parsers.ua import _register_texts as texts
from sanctionslib.parsers.ua._texts import citizenships

__all__ = ["FORMAT"]


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A subject, with its attributes and its status."""
    kind = Organization if entry.table.kind is Organization else Person
    texts.put_attributes(fields, entry, kind)
    texts.put_status(fields, entry)
    for field in _ONCE & fields.keys():  # attributes repeat other values
        fields[field] = list(dict.fromkeys(fields[field]))
    found = fields.get("names")
    if found and all(each.kind is not NameKind.PRIMARY for each in found):
        stated = f"the subject has no name: it is kept as {found[0].text!r}"
        entry.issue(IssueKind.NO_PRIMARY_NAME, stated, "name")
    return entry.entity(fields)


_ONCE = frozenset(
    {"names", "identifiers", "addresses", "citizenships", "registered_in", "features"}
)
_STATUS = {"status": to("kind", texts.STATUSES, raw="raw_kind")}
_END = {"endDate": to("date", date_in_words)}
_DECREE = ("decree/number", "decree/date", "decree/link")
_ACTION: Rules = {
    "aid": to("source_id"),
    **parts("legal_bases", texts.decree, *_DECREE, also=("events",)),
    **one("events", Event, _END, kind=EventKind.EXPIRES, raw_kind="endDate"),
    **one("events", Event, _STATUS, finish=texts.ended),
    "term": to("note"),
    "restrictions": many(
        "measures",
        Measure,
        {"restriction": to("raw", also=("kind",))},
        needs=("raw",),
        finish=texts.measured,
    ),
    "reason": many("reason"),
    "reasons": many("reason"),
    "issuers": many("sources"),
}
_SUBJECT: Rules = {
    "sid": to("id"),
    **parts("names", texts.names, "name", "translit"),
    "aliases": many("names", convert=texts.other_names),
    **one("events", Event, _STATUS, finish=texts.ended),
    "identifiers": many(
        "identifiers",
        Identifier,
        {
            "id": to("kind", texts.NUMBERS, raw="raw_kind"),
            "code": to("value"),
            "iso2": to("country", country),
            "note": to("note"),
        },
        needs=("value",),
        finish=texts.numbers,
    ),
    "attributes": many(
        "facts",
        texts.Attribute,
        {"key": to("key"), "value": to("value")},
        labels=texts.LABELS,
    ),
    "actions": many("designations", Designation, _ACTION, finish=texts.designation),
}


def _died(kind: FeatureKind) -> Rules:
    return one(
        "features", Feature, {"dd": to("date", date_in_words, raw="value")}, kind=kind, label="dd"
    )


_PERSON = Group(
    make=Person,
    rules={
        **_SUBJECT,
        **one("births", Birth, {"bd": to("date", date_in_words)}),
        **_died(FeatureKind.LIVING_STATUS),
        "citizenships": many("citizenships", convert=citizenships),
    },
    finish=_party,
)
_LEGAL = Group(
    make=Organization,
    rules={
        **_SUBJECT,
        "bd": to("established", date_in_words),
        **_died(FeatureKind.OTHER),
        "citizenships": many("registered_in", convert=texts.registered_in),
    },
    finish=_party,
)

FORMAT = JsonBundle(
    name="ua-nsdc-json",
    title="Ukraine, State Register of Sanctions, answers in JSON",
    files=("bundle.zip",),
    group=_PERSON,
    members={
        "subjects.individual.json": ("subjects.individual.json, which has the persons", _PERSON),
        "subjects.legal.json": ("subjects.legal.json, which has the legal subjects", _LEGAL),
    },
    entries="",
    known_by=(),
    answers="actions",
    named_by="sid",
    id_stability=IdStability.STABLE,
    alternative_sources={
        Fact.NAME_PARTS: "the names themselves: family name, given name, patronymic",
        Fact.ALIAS_STRENGTH: "nowhere: the Council does not rate names",
        Fact.ORIGINAL_SCRIPT: "the names are in Ukrainian, Russian and others, unmarked",
        Fact.PROGRAM: "the decree, which is the legal basis",
        Fact.NATIONALITY: "citizenships are stated",
        Fact.GENDER: "nowhere",
    },
)
