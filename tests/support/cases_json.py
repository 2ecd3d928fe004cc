"""Registers published as JSON, for the contract: France, Pakistan, the World Bank, Argentina."""

from __future__ import annotations

from collections.abc import Sequence

from case import Case, between, data, parts
from cases_un import alias_spans
from json_containers import Json
from nodes import Span

# ── France ────────────────────────────────────────────────────────────────────────────────────

_VALUE = "RegistreDetail/Valeur/"
_REGIME = r"\((?P<regime>[^()]*(?:\([^()]*\)[^()]*)*)\)$"
_FRENCH = {
    f"{_VALUE}Alias": r"^[^()]*[^()\s]",
    f"{_VALUE}FondementJuridiqueLabel": (
        rf"\d\d/\d\d/\d{{4}}(?=\s*-?\s*\()|(?<=\()[^()]+(?:\([^()]*\)[^()]*)*(?=\)$)"
        rf"|^.+?(?=\s+(?:[dD][uU]\s+)?\d\d/|\s*-?\s*{_REGIME})"
    ),
    f"{_VALUE}Telephone": r"[^:]*[^:\s]",
    f"{_VALUE}NumeroCarte": r"[^:]*[^:\s]",
    f"{_VALUE}Identification": r"[^:]*[^:\s/]",
    f"{_VALUE}NumeroPasseport": r"[^,]*[^,\s]",
}


def _french_spans(path: str, text: str) -> Sequence[Span] | None:
    """The quality of an alias, the date and the regime of an act, the word before a number."""
    return parts(_FRENCH[path], text) if path in _FRENCH else None


# ── Pakistan ──────────────────────────────────────────────────────────────────────────────────


def _pakistani_spans(path: str, text: str) -> Sequence[Span] | None:
    """Each of the names in a name; "nill" means no value."""
    if path == "FatherName":
        return [] if text.strip().casefold() in ("nill", "nil") else parts(r".*\S", text)
    return between(r"@|(?i:\s(?:alias|aka)\s)", text) if path == "Name" else None


# ── the World Bank ────────────────────────────────────────────────────────────────────────────

_BESIDE = (
    r"^(?:(?:MR|MRS|MS|DR)\.|(?:MR|MRS)(?= ))|(?:[(,] ?)?(?:A\.K\.A\.|ALSO KNOWN AS|FORMERLY(?: KNOWN AS)?"
    r"|(?:CURRENTLY )?D/B/A) |\)$"
)
"""Words in a name that are not part of it."""


def _bank_spans(path: str, text: str) -> Sequence[Span] | None:
    """The names in a name."""
    return between(_BESIDE, text) if path == "SUPP_NAME" else None


# ── Argentina's RePET, which has the elements of the UN's list in two files ───────────────────

_ARGENTINE_CODES = {
    "DATAID": ("77",),
    "GENDER": ("desconocido",),
    "INDIVIDUAL_ALIAS/QUALITY": ("regular",),
    "LIST_TYPE": ("ARG List", "UN List"),
    "REFERENCE_NUMBER": ("ZZe.001",),
}

CASES: tuple[Case, ...] = (
    Case(
        format="fr-tresor-json",
        list_id="fr_tresor_gels_avoir",
        open=lambda files: Json(files, "Publications/PublicationDetail"),
        small=data("fr_tresor.json"),
        files=("registre.json",),
        whole=("fr_tresor_gels_avoir/Registrenationaldesgels_excerpt_9_of_2025-11-21.json",),
        labels={"RegistreDetail": "TypeChamp"},
        spans=_french_spans,
        names="Nom|RegistreDetail/Valeur/(Prenom|Alias)",
        uid="IdRegistre",
        coded="Nature|Sexe|Jour|Mois|Annee|Pays|TypeChamp",
    ),
    Case(
        format="pk-nacta-json",
        list_id="pk_proscribed_persons",
        open=lambda files: Json(files, ""),
        small=data("pk_nacta.json"),
        files=("source.json",),
        whole=("pk_proscribed_persons/source.json",),
        published="2030-01-02",
        spans=_pakistani_spans,
        keys=frozenset({"CNIC", "Name", "FatherName", "District"}),
        names="Name",
    ),
    Case(
        format="worldbank-json",
        list_id="worldbank_debarred",
        open=lambda files: Json(files, "response/ZPROCSUPP"),
        small=data("worldbank.json"),
        files=("SANCTIONED_FIRM.json",),
        whole=("worldbank_debarred/wb-data_2026-03-15.json",),
        spans=_bank_spans,
        names="SUPP_NAME",
        uid="SUPP_ID",
        coded="SUPP_TYPE_CODE|LAND1|DEBAR_TO_DATE",
    ),
    Case(
        format="ar-repet-json",
        list_id="ar_repet",
        open=lambda files: Json(files, ""),
        small=data("ar_personas.json", "ar_entidades.json"),
        files=("personas.json", "entidades.json"),
        whole=("ar_repet",),
        published="2026-07-07",
        names="FIRST_NAME|SECOND_NAME|THIRD_NAME|FOURTH_NAME|NAME_ORIGINAL|INDIVIDUAL_AL|ENTITY_AL",
        uid="DATAID",
        spans=alias_spans,
        coded="GENDER|QUALITY|DATE|YEAR|_ON|OF_BIRTH|UPDATED/VALUE|LIST_TYPE|OF_DOCUMENT2?|ISSUING_COUNTRY",
        codes=lambda _container, path: _ARGENTINE_CODES.get(path),
        # A note carries the date where nothing else does; a second document stands beside a number;
        # the values of an alias without a name are kept, and not if it has one; a note
        # that is an address ends with its country.
        rivals=frozenset(
            {"TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE", "NUMBER"}
            | {"QUALITY", "ALIAS_NAME", "COUNTRY"}
        ),
    ),
)
