"""France's register of asset freezes, for the contract."""

from __future__ import annotations

import re
from collections.abc import Sequence

from case import Case, data
from json_containers import Json
from nodes import Span

_VALUE = "RegistreDetail/Valeur/"
_REGIME = r"\((?P<regime>[^()]*(?:\([^()]*\)[^()]*)*)\)$"
_PARTS = {
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


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """The quality of an alias, the date and the regime of an act, the word before a number."""
    if path not in _PARTS:
        return None
    return [
        (one.end() - len(one[0].lstrip()), one.end(), "first" if one.start() == 0 else "later")
        for one in re.finditer(_PARTS[path], text)
    ]


CASES: tuple[Case, ...] = (
    Case(
        format="fr-tresor-json",
        list_id="fr_tresor_gels_avoir",
        open=lambda files: Json(files, "Publications/PublicationDetail"),
        small=data("fr_tresor.json"),
        files=("registre.json",),
        whole=("fr_tresor_gels_avoir/Registrenationaldesgels_excerpt_9_of_2025-11-21.json",),
        labels={"RegistreDetail": "TypeChamp"},
        spans=_spans,
        names="Nom|RegistreDetail/Valeur/(Prenom|Alias)",
        uid="IdRegistre",
        coded="Nature|Sexe|Jour|Mois|Annee|Pays|TypeChamp",
    ),
)
