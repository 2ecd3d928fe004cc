"""France's register of asset freezes: its peculiarities, and parties of the excerpt by hand."""

from __future__ import annotations

import json
import warnings
from datetime import date
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib import IdentifierKind as Kind

EXCERPT = "fr_tresor_gels_avoir/Registrenationaldesgels_excerpt_9_of_2025-11-21.json"


def read(
    *details: tuple[str, list[dict[str, str]]], nature: str = "Personne physique"
) -> sl.Entity:
    """The party of a register with these labelled values."""
    return found(*details, nature=nature)["1"]


def found(
    *details: tuple[str, list[dict[str, str]]], nature: str = "Personne physique"
) -> sl.SanctionsList[sl.Entity]:
    party = {
        "IdRegistre": 1,
        "Nature": nature,
        "Nom": "EXAMPLE",
        "RegistreDetail": [{"TypeChamp": label, "Valeur": values} for label, values in details],
    }
    register = {"DatePublication": "2030-01-02T00:00:00+01:00", "PublicationDetail": [party]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.errors.FaultyEntriesWarning)
        return sl.read(json.dumps({"Publications": register}).encode())


def act(text: str) -> tuple[str, list[dict[str, str]]]:
    return "FONDEMENT_JURIDIQUE", [{"FondementJuridiqueLabel": text}]


@pytest.mark.parametrize(
    ("text", "title", "day", "regime", "whose"),
    [
        (
            "(UE) 2017/1327 du 17/07/2017 (UE Syrie - R (UE) 36/2012 )",
            *("(UE) 2017/1327", date(2017, 7, 17), "UE Syrie - R (UE) 36/2012", ("UE",)),
        ),
        (
            "(UE) 267/2012 du 23/03/2012- (UE Iran prolifération - R (UE) 267/2012)",
            *("(UE) 267/2012", date(2012, 3, 23), "UE Iran prolifération - R (UE) 267/2012"),
            ("UE",),
        ),
        (
            "RCSNU 1737 (2006) et suiv (ONU Iran - RCSNU 1737 (2006) et suivantes)",
            *("RCSNU 1737 (2006) et suiv", None, "ONU Iran - RCSNU 1737 (2006) et suivantes"),
            ("ONU",),
        ),
        (
            "ECOT0000001A DU 06/06/2025 (Dispositif national de gel des avoirs - art L. 562-2)",
            *("ECOT0000001A", date(2025, 6, 6)),
            *("Dispositif national de gel des avoirs - art L. 562-2", ("Dispositif national",)),
        ),
        (
            "(UE) 1091/2013 04/11/2013 (ONU Al Qaeda - RCSNU 1267 (1999) et R (UE) 881/2002 )",
            *("(UE) 1091/2013", date(2013, 11, 4)),
            *("ONU Al Qaeda - RCSNU 1267 (1999) et R (UE) 881/2002", ("ONU",)),
        ),
        ("Décret 1 (Unesco)", "Décret 1", None, "Unesco", ()),
    ],
)
def test_an_act(
    text: str, title: str, day: date | None, regime: str, whose: tuple[str, ...]
) -> None:
    """Its title, its date, the regime in brackets and its authority; a date is not an event."""
    party = read(act(text))
    (one,) = party.designations
    (basis,) = one.legal_bases
    assert (basis.title, basis.published and basis.published.earliest) == (title, day)
    assert (one.programs, one.sources, one.events) == ((regime,), whose, ())
    assert party.listed_since is None


def test_an_act_that_cannot_be_read() -> None:
    """It stays a legal basis with all of its text, and is reported."""
    one = found(act("un texte sans régime du 01/02/2030"))
    assert [basis.title for basis in one["1"].legal_bases] == ["un texte sans régime du 01/02/2030"]
    assert [issue.kind for issue in one.audit.issues] == [sl.answers.IssueKind.UNREAD_VALUE]


def test_a_comment_on_an_alias() -> None:
    """It can state that the alias is weak, or its language; both stay in the note."""
    values = [
        {"Alias": "Example One", "Commentaire": "alias faible"},
        {"Alias": "Пример", "Commentaire": "En russe"},
        {"Alias": "Example Three", "Commentaire": "autrement connu sous le nom de"},
    ]
    assert [(one.strength, one.language, one.note) for one in read(("ALIAS", values)).aliases] == [
        (sl.AliasStrength.WEAK, None, "alias faible"),
        (sl.AliasStrength.UNSTATED, "ru", "En russe"),
        (sl.AliasStrength.UNSTATED, None, "autrement connu sous le nom de"),
    ]


def test_acts_of_one_regime_are_one_designation() -> None:
    """Two regimes are two, each with its own acts, and both have the reason."""
    party = read(
        act("(UE) 1/2030 du 02/01/2030 (UE A - R (UE) 1/2014)"),
        act("(UE) 2/2030 du 03/01/2030 (ONU B - RCSNU 1 (2006))"),
        act("(UE) 3/2029 du 04/01/2029 (UE A - R (UE) 1/2014 )"),
        ("MOTIFS", [{"Motifs": "Pour l'exemple."}]),
    )
    assert [
        (one.programs, [basis.title for basis in one.legal_bases], one.sources, one.reason)
        for one in party.designations
    ] == [
        (("UE A - R (UE) 1/2014",), ["(UE) 1/2030", "(UE) 3/2029"], ("UE",), "Pour l'exemple."),
        (("ONU B - RCSNU 1 (2006)",), ["(UE) 2/2030"], ("ONU",), "Pour l'exemple."),
    ]


@pytest.mark.parametrize(
    ("text", "name", "strength"),
    [
        ("Example One (fiable)", "Example One", sl.AliasStrength.STRONG),
        ("Example Two (peu fiable)", "Example Two", sl.AliasStrength.WEAK),
        ("Example (Three)", "Example (Three)", sl.AliasStrength.UNSTATED),
    ],
)
def test_the_strength_of_an_alias(text: str, name: str, strength: sl.AliasStrength) -> None:
    """It follows the name, and is the word of the publisher."""
    (alias,) = read(("ALIAS", [{"Alias": text, "Commentaire": ""}])).aliases
    assert (alias.text, alias.strength) == (name, strength)


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        (("20", "10", "1976", ""), "1976-10-20"),
        (("", "10", "1976", ""), "1976-10"),
        (("00", "00", "1976", ""), "1976"),
        (("", "", "1980", "vers"), "circa 1980"),
        (("", "", "", "entre 1958 et 1963"), "1958 to 1963"),
        (("31", "02", "1976", ""), "31/02/1976"),
        (("20", "", "1976", ""), "20/1976"),
    ],
)
def test_a_birth_date(parts: tuple[str, ...], read: str) -> None:
    """With the precision of its parts; other text is kept and reported."""
    keys = ("Jour", "Mois", "Annee", "Commentaire")
    values = dict(zip(keys, parts, strict=True))
    whole = found(("DATE_DE_NAISSANCE", [values]))
    party = whole["1"]
    assert isinstance(party, sl.Person)
    assert len(whole.audit.issues) == ("/" in read)
    assert [str(one.date) for one in party.births] == [read]


@pytest.mark.parametrize(
    ("label", "values", "kind", "value"),
    [
        ("AUTRE_IDENTITE", ("123", "Numéro d'identification fiscale"), Kind.TAX, "123"),
        ("AUTRE_IDENTITE", ("1-2", "Carte d'identité nationale"), Kind.NATIONAL_ID, "1-2"),
        ("AUTRE_IDENTITE", ("45 01", ""), Kind.OTHER_DOCUMENT, "45 01"),
        ("PASSEPORT", ("a) K1, délivré le 14 juillet 2011", ""), Kind.PASSPORT, "K1"),
        ("PASSEPORT", (" série 18 n° 23", "ou carte d'identité"), Kind.PASSPORT, "série 18 n° 23"),
        ("AUTRE_IDENTITE", ("NIF: 0102", ""), Kind.TAX, "0102"),
        ("AUTRE_IDENTITE", ("No d’identification fiscale: 66", "x"), Kind.TAX, "66"),
        (
            "AUTRE_IDENTITE",
            ("5303", "Numéro de passeport, numéro de carte d'identité nationale, autres numéros"),
            *(Kind.OTHER_DOCUMENT, "5303"),
        ),
        (
            "IDENTIFICATION",
            ("Numéro d’enregistrement national: 1086", ""),
            Kind.REGISTRATION,
            "1086",
        ),
        ("IDENTIFICATION", ("1023", "Numéro d’enregistrement"), Kind.REGISTRATION, "1023"),
        ("IDENTIFICATION", ("/", "Numéro d’enregistrement: 77"), Kind.REGISTRATION, "77"),
    ],
)
def test_a_number(label: str, values: tuple[str, str], kind: Kind, value: str) -> None:
    """Of the sort that the label or the comment names, without the words behind it."""
    key = {"AUTRE_IDENTITE": "NumeroCarte", "PASSEPORT": "NumeroPasseport"}.get(label)
    number = {key or "Identification": values[0], "Commentaire": values[1]}
    (one,) = read((label, [number])).identifiers
    assert (one.kind, one.value) == (kind, value)


def test_a_birth_between_two_years() -> None:
    """The two values of a range are one birth; other pairs are two."""
    years = [("1963", "entre"), ("1968", "et"), ("1970", "et"), ("1971", "")]
    values = [{"Annee": year, "Commentaire": stated} for year, stated in years]
    person = read(("DATE_DE_NAISSANCE", values))
    assert isinstance(person, sl.Person)
    assert [str(one.date) for one in person.births] == ["1963 to 1968", "1970", "1971"]
    assert person.births[0].note == "entre 1963 et 1968"


@pytest.mark.parametrize(
    ("value", "comment", "found"),
    [
        ("8514306", "OMI", ["IMO 8514306"]),
        ("KUDBKPPY.", "SWIFT/BIC (Libye)", ["BIC KUDBKPPY"]),
        ("INN 7730239877,", "", ["TAX 7730239877"]),
        ("1774308", "Numéro de taxe nationale", ["TAX 1774308"]),
        ("02150590", "n° d'inscription au registre de commerce", ["REGISTRATION 02150590"]),
        ("1147", "n° d'enregistrement national, Date d'enregistrement : 08/05/2014", ["REGISTRATION 1147"]),
        ("M 35 D 1", "NIF, numéro d’identification fiscale - Lieu d’enregistrement: Bangui", ["TAX M 35 D 1"]),
        ("CA/19", "Date d’enregistrement: 28.3.2019", ["OTHER_DOCUMENT CA/19"]),
        ("1217", "Date d'enregistrement: 1.2.2021; Numéro d'enregistrement: 1217", ["REGISTRATION 1217"]),
        (
            "77",
            "Type d’entité: SA Date d’enregistrement: 1.2.2008. Numéro d’enregistrement: 1087. Numéro d’identification fiscale",
            ["TAX 77", "REGISTRATION 1087"],
        ),
        (
            "Numéro d’enregistrement: ИНН",
            "Numéro d’enregistrement: ИНН/Numéro d’identification fiscale: 5259 ОГРН/Numéro d’enregistrement national principal: 1145 Principal établissement: Russie",
            ["TAX 5259", "REGISTRATION 1145"],
        ),
        ("01794877 (UK)", "", ["OTHER_DOCUMENT 01794877"]),
        ("9142011 - Code de crédit social unifié", "", ["USCC 9142011"]),
        ("Société anonyme publique", "Lieu d'enregistrement: Moscou", []),
        ("Filiale d'Example Holding, P.O. Box 9525", "", []),
    ],
)  # fmt: skip
def test_an_identification(value: str, comment: str, found: list[str]) -> None:
    """A number has its own stated kind, not that of other facts; a text is not a number."""
    entity = read(("IDENTIFICATION", [{"Identification": value, "Commentaire": comment}]))
    kinds = [f"{one.kind.name} {one.value}" for one in entity.identifiers if one.kind]
    assert kinds == found


def test_text_after_a_number_is_kept() -> None:
    """Words removed from a number are its note; a text without number is a fact."""
    values = ("01794877 (UK)", "Société anonyme", "Date d’enregistrement: 13.9.2013 - SA")
    entity = read(("IDENTIFICATION", [{"Identification": one} for one in values]))
    assert [one.note for one in entity.identifiers] == ["01794877 (UK)"]
    assert [(one.label, one.value) for one in entity.features] == [
        ("IDENTIFICATION", "Société anonyme"),
        ("Date d’enregistrement", "13.9.2013"),
    ]


def test_labelled_facts() -> None:
    """Those of a comment are separated at " - " and ". "; a date is not a number."""
    party = read(
        (
            "IDENTIFICATION",
            [
                {
                    "Identification": "Numéro d'enregistrement: 1027",
                    "Commentaire": "Type d'entité: société anonyme - Lieu d'enregistrement: 19 rue X, "
                    "Moscou. Date d'enregistrement:. 22.3.1991",
                },
                {"Identification": "Date d’enregistrement: 2002", "Commentaire": ""},
                {"Identification": "/", "Commentaire": "Type d’entité: banque"},
            ],
        ),
        nature="Personne morale",
    )
    assert [(one.kind, one.value) for one in party.identifiers] == [(Kind.REGISTRATION, "1027")]
    assert [(one.kind, one.value) for one in party.features] == [
        (sl.FeatureKind.ORGANIZATION_TYPE, "société anonyme"),
        (sl.FeatureKind.REGISTRATION_COUNTRY, "19 rue X, Moscou"),
        (sl.FeatureKind.ESTABLISHED, "22.3.1991"),
        (sl.FeatureKind.ESTABLISHED, "2002"),
        (sl.FeatureKind.ORGANIZATION_TYPE, "banque"),
    ]
    assert party.remarks == "Type d’entité: banque"


def test_an_unknown_label() -> None:
    """Its values are Features under it, and counted; those of a known key under it are, too."""
    one = found(("COULEUR", [{"Couleur": "vert"}, {"Alias": "EXAMPLE BLEU"}]))
    assert [(each.label, each.value, each.kind) for each in one["1"].features] == [
        ("COULEUR", "vert", None),
        ("COULEUR", "EXAMPLE BLEU", None),
    ]
    assert [(each.path, each.label, each.count) for each in one.audit.unmapped] == [
        ("RegistreDetail/Valeur/Couleur", "COULEUR", 1),
        ("RegistreDetail/Valeur/Alias", "COULEUR", 1),
    ]


def test_a_repeated_label() -> None:
    """A second value of a single field is kept as a Feature."""
    one = found(("PRENOM", [{"Prenom": "Jean"}]), ("PRENOM", [{"Prenom": "Paul"}]))["1"]
    assert one.name == "EXAMPLE Jean"
    assert [each.value for each in one.features] == ["Paul"]


def test_no_date_of_listing() -> None:
    """The query raises, and names an alternative source."""
    with pytest.raises(sl.NotStatedError, match="the stated acts"):
        found().where(listed_from="2020-01-01")


def test_the_excerpt(lists: Path) -> None:
    """Nine parties, each looked up in the file."""
    whole = sl.read(lists / EXCERPT)
    assert (len(whole), whole.audit.issues, whole.audit.unmapped) == (9, (), ())
    assert whole.editions[0].published == date(2025, 11, 21)
    assert [one.kind for one in whole].count("person") == 6
    kumsan = whole["2382"]
    assert [(one.kind, one.value) for one in kumsan.identifiers] == [(Kind.UN_REFERENCE, "KPe.044")]
    assert [str(one.published) for one in kumsan.legal_bases] == [
        *("2017-06-02", "2017-08-30", "2022-07-26", "2022-09-09"),
    ]
    assert [(one.kind, one.value) for one in kumsan.features] == [
        (sl.FeatureKind.PHONE, "+850-2-18111-8550"),
        (sl.FeatureKind.FAX, "+850- 2-381-4410/4416"),
        (sl.FeatureKind.EMAIL, "mhs-ip@star-co.net.kp"),
    ]
    assert kumsan.addresses[0].country == sl.Country(code="KP")
    (hasan,) = (one.entity for one in whole.find_number("EU.3766.36"))
    assert hasan.name == "HASAN Malik"
    # A repeated alias is one.
    assert [one.text for one in whole["4659"].aliases] == ["Владислав Адольфович РУСАНОВ"]
    arms = whole["8114"]
    assert [(one.kind, one.value) for one in arms.identifiers] == [
        (Kind.REGISTRATION, "1145012005335"),
        (Kind.TAX, "5012086643"),
        (Kind.REGISTRATION, "34893133"),
    ]
    assert arms.designations[0].reason is None
