"""France's register of asset freezes, JSON: the freezes of France, the EU and the UN, with reasons.

Published by the Direction générale du Trésor. Keys and labels are those of the publisher's schema
of 2021 and of parts of the edition of 21 November 2025. Peculiarities:

* `RegistreDetail` has all facts of a party as labelled values: `TypeChamp` tells what `Valeur` is.
  The paths below have the label instead: "ALIAS/Alias".
* `Nom` is the family name of a person with a PRENOM, and the complete name of any other party.
* A legal basis is one text, "(UE) 2022/332 du 25/02/2022 (UE Syrie - R (UE) 36/2012 )": the act,
  its date, and in brackets the regime, which begins with its authority: "UE", "ONU" or "Dispositif
  national". The acts of one regime are one designation.
* **No date of listing is stated.** The acts are the current ones, including amendments and
  renewals: Faysal al-Zahrani (QDi.392, listed by the UN in April 2016) has only decisions of the
  UN's committee of 2023, and a national freeze shows its last renewal of six months. So the date of
  an act is `LegalBasis.published` and makes no event: the party was listed on it, or before.
* The strength of an alias is stated after a few of them, "… (fiable)" or "… (peu fiable)", or in
  the comment, "alias faible"; comments can also state the language, "En russe".
* A number can have its label before it, "NIF: 010200122926", or in its comment. IDENTIFICATION can
  be "/", which is no value, or a date; its comment can have several labelled facts, joined by " - "
  or ". ".
* The parts of a birth date can be empty; "vers" in the comment means circa, and two dates with
  "entre" and "et" are one range.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    Birth,
    Designation,
    Entity,
    Fact,
    Feature,
    FeatureKind,
    Gender,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    Nationality,
    Organization,
    PartialDate,
    Person,
    Place,
    Vessel,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.json import JsonFormat
from sanctionslib.parsers._engine.keys import distinct
from sanctionslib.parsers._engine.rules import Group, Rules, many, parts, to
from sanctionslib.parsers._engine.values import country
from sanctionslib.parsers.fr import _texts as texts

__all__ = ["FORMAT"]

_NATURES = {"Personne physique": Person, "Personne morale": Organization, "Navire": Vessel}
_GENDERS = {"Masculin": Gender.MALE, "Féminin": Gender.FEMALE}


def _generated(text: str, entry: Entry) -> date | None:
    """The day before the "T"."""
    return PartialDate.parse(text[:10]).earliest


def _name(given: Mapping[str, str], entry: Entry) -> Name:
    """The primary name, family name first."""
    kinds = (("Nom", NamePartKind.FAMILY), ("PRENOM/Prenom", NamePartKind.GIVEN))
    made = tuple(NamePart(kind=kind, text=given[at]) for at, kind in kinds if at in given)
    return Name(text=" ".join(one.text for one in made), parts=made if len(made) > 1 else ())


def _place(given: Mapping[str, str], entry: Entry) -> Place:
    """A place, from its parts."""
    of = country(given["Pays"], entry) if "Pays" in given else None
    return Place(text=", ".join(given.values()), country=of)


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """The party, with one designation for each regime, and repeated values once."""
    for one in fields.pop("facts", ()):
        texts.put_identification(fields, one)
    for field in {"names", "identifiers", "features"} & fields.keys():
        fields[field] = list(dict.fromkeys(fields[field]))
    fields["births"] = texts.ranges(fields.get("births", ()))
    of_regime: dict[tuple[str, ...], Designation] = {}
    for one in fields.get("designations", ()):
        first = of_regime.setdefault(one.programs, one)
        if first is not one:
            legal_bases = distinct((*first.legal_bases, *one.legal_bases))
            of_regime[one.programs] = attrs.evolve(first, legal_bases=legal_bases)
    fields["designations"] = list(of_regime.values())
    names = fields.get("names")
    if names and names[0].kind is not NameKind.PRIMARY:
        stated = f"the entry has no Nom: it is kept as {names[0].text!r}"
        entry.issue(IssueKind.NO_PRIMARY_NAME, stated)
    return entry.entity(fields)


def _numbers(label: str, at: str, kind: IdentifierKind | None = None, *also: str) -> Rules:
    """The rule for numbers under a label."""
    rules = {at: to("value", also=("kind",)), "Commentaire": to("note", also=("kind", *also))}
    into = "facts" if also else "identifiers"
    fixed: Fields = {"raw_kind": label, "kind": kind}
    made = many(into, Identifier, rules, needs=("value",), finish=texts.number, **fixed)
    return {label: made}


def _contacts(label: str, at: str, kind: FeatureKind) -> Rules:
    """The rule for contacts under a label."""
    return {label: many("features", Feature, {at: to("value")}, label=label, kind=kind)}


_OF_ACT = ("published", "Designation.legal_bases", "Designation.programs", "Designation.sources")
_ADDRESS = {"Adresse": to("lines"), "Pays": to("country", country)}
_REGISTER = Group(
    make=Entity,
    rules={
        "IdRegistre": to("id"),
        "Nature": to("kind", _NATURES, raw="raw_kind"),
        **parts("names", _name, "Nom", "PRENOM/Prenom", also=("Name.parts",)),
        "ALIAS": many(
            "names",
            Name,
            {
                "Alias": to("text", also=("strength",)),
                "Commentaire": to("note", also=("language",)),
            },
            needs=("text",),
            finish=texts.alias,
            kind=NameKind.AKA,
            raw_kind="ALIAS",
        ),
        "SEXE/Sexe": many("genders", convert=_GENDERS),
        "TITRE/Titre": many("titles"),
        "DATE_DE_NAISSANCE": many(
            "births",
            Birth,
            {
                **parts("date", texts.birth_date, "Jour", "Mois", "Annee"),
                "Commentaire": to("note", also=("date",)),
            },
            finish=texts.birth,
        ),
        "LIEU_DE_NAISSANCE": many("births", Birth, parts("place", _place, "Lieu", "Pays")),
        "NATIONALITE": many(
            "nationalities",
            Nationality,
            {"Pays": to("country", country), "Commentaire": to("note")},
        ),
        "ADRESSE_PP": many("addresses", Address, _ADDRESS),
        "ADRESSE_PM": many("addresses", Address, _ADDRESS),
        **_numbers("PASSEPORT", "NumeroPasseport", IdentifierKind.PASSPORT),
        **_numbers("AUTRE_IDENTITE", "NumeroCarte"),
        **_numbers("IDENTIFICATION", "Identification", None, "Entity.features", "Entity.remarks"),
        **_numbers("NUMERO_OMI", "NumeroOMI", IdentifierKind.IMO),
        **_numbers("REFERENCE_UE", "ReferenceUe", IdentifierKind.EU_REFERENCE),
        **_numbers("REFERENCE_ONU", "ReferenceOnu", IdentifierKind.UN_REFERENCE),
        **_numbers("CRYPTOMONNAIE", "Cryptomonnaie", IdentifierKind.DIGITAL_CURRENCY),
        "TELEPHONE/Telephone": many("features", convert=texts.phone),
        **_contacts("SITE_INTERNET", "SiteInternet", FeatureKind.WEBSITE),
        **_contacts("COURRIEL", "Courriel", FeatureKind.EMAIL),
        "MOTIFS/Motifs": many("reason"),
        "FONDEMENT_JURIDIQUE": many(
            "designations",
            LegalBasis,
            {
                "FondementJuridique": to("source_id"),
                "FondementJuridiqueLabel": to("title", also=_OF_ACT),
            },
            needs=("title",),
            finish=texts.designation,
        ),
    },
    finish=_party,
)

FORMAT = JsonFormat(
    name="fr-tresor-json",
    title="France, register of asset freezes, JSON",
    files=("registre.json",),
    group=_REGISTER,
    entries="Publications/PublicationDetail",
    labelled={"RegistreDetail": ("TypeChamp", "Valeur")},
    known_by=("PublicationDetail", "RegistreDetail"),
    header={"Publications/DatePublication": to("published", _generated, raw="generated_at")},
    dated_at="Publications/DatePublication",
    alternative_sources={
        Fact.LISTING_DATE: "the stated acts: the party was listed on the first of them, or before; the "
        "EU's and the UN's lists",
        Fact.LIST: "the EU's and the UN's own lists",
        Fact.RELATION: "the reasons, in prose",
        Fact.DELISTING_DATE: "the first edition without the party",
    },
)
