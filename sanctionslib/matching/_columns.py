"""Which column of a customer file says what: declared by the caller, or guessed from header words.

A guess is made from words alone, never from values, and only where it can mean one thing: of two
columns that may both hold the name, the caller has to say which. Headers are known in English,
German, French, Spanish, Italian, Portuguese, Dutch and Russian.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, cast

from sanctionslib.errors import Hint, InvalidInputError

__all__ = ["ROLES", "Roles", "declared", "guessed"]

Roles: TypeAlias = Mapping[str, tuple[str, ...]]
"""Columns by what they hold, see `ROLES`."""

ROLES = (
    "key",
    "name",
    "family",
    "given",
    "middle",
    "alias",
    "kind",
    "birth_date",
    "country",
    "identifier",
)
"""What a column can hold: `name` is a whole name, `family`, `given` and `middle` are parts of one,
`alias` is a further name."""

_ONE = ("kind", "birth_date")
"""Of these a record has one."""
_WORDS: Mapping[str, str] = {
    "key": "id|key|record id|customer id|customer number|customer no|client id|client number|"
    "party id|account id|account number|reference|Kundennummer|Kunden-ID|numéro client|"
    "número de cliente|id cliente|codice cliente|klantnummer",
    "name": "name|nom|nombre|nome|naam|имя и фамилия|ФИО|полное имя|full name|customer name|"
    "client name|customer|client|legal name|party name|account name|account holder|"
    "beneficiary name|display name|vollständiger Name|Kundenname|nom complet|nom du client|"
    "nombre completo|nome completo|volledige naam|company|company name|entity|entity name|firm|"
    "organization|organization name|organisation|organisation name|business name|trading name|"
    "vessel name|ship name|Firma|Firmenname|Unternehmen|raison sociale|société|entreprise|empresa|"
    "razón social|ragione sociale|azienda|razão social|bedrijfsnaam|наименование|компания",
    "family": "last name|surname|family name|last|Nachname|Familienname|nom de famille|apellido|"
    "apellidos|cognome|sobrenome|apelido|achternaam|фамилия",
    "given": "first name|given name|given names|given|first|forename|forenames|Vorname|Vornamen|"
    "prénom|prénoms|primer nombre|prenome|voornaam|voornamen|имя",
    "middle": "middle name|middle names|middle|second name|patronymic|father's name|"
    "zweiter Vorname|deuxième prénom|segundo nombre|отчество",
    "alias": "alias|aliases|aka|also known as|other name|other names|former name|former names|"
    "maiden name|birth name|Geburtsname|nom de naissance|nom de jeune fille",
    "kind": "kind|type|entity type|customer type|party type|client type|Kundentyp",
    "birth_date": "birth date|date of birth|birthday|dob|birth year|year of birth|yob|Geburtsdatum|"
    "Geburtstag|Geburtsjahr|date de naissance|année de naissance|fecha de nacimiento|"
    "data di nascita|data de nascimento|geboortedatum|дата рождения",
    "country": "country|country code|nationality|nationalities|citizenship|residence|"
    "country of residence|residence country|country of birth|birth country|flag|flag state|"
    "country of incorporation|country of registration|registration country|jurisdiction|"
    "address country|Land|Staatsangehörigkeit|Nationalität|Wohnsitzland|pays|nationalité|"
    "pays de résidence|país|nacionalidad|nacionalidade|paese|nazionalità|cittadinanza|"
    "nationaliteit|гражданство|страна",
    "identifier": "identifier|identifiers|passport|passport number|passport no|national id|"
    "national id number|identity card|id card|id card number|document number|tax id|tax number|"
    "tin|vat|vat number|registration number|company number|lei|bic|swift|swift code|imo|"
    "imo number|mmsi|wallet|wallet address|crypto address|Passnummer|Reisepass|Steuernummer|"
    "Handelsregisternummer|numéro de passeport|pasaporte|número de pasaporte|nif|passaporto|"
    "codice fiscale|passaporte|паспорт|ИНН|ОГРН",
}
"""Header words; case, accents, blanks and punctuation do not count."""
_PARTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "family": {
        "name": ("vorname", "vornamen"),
        "nom": ("prenom", "prenoms"),
        "naam": ("voornaam",),
    },
    "given": {
        "nombre": ("apellido", "apellidos"),
        "nome": ("cognome", "sobrenome", "apelido"),
    },
}
"""Words for a whole name that are one for a part of it beside the word for the other part: a German
"Name" beside "Vorname" is the family name."""


def _folded(text: str) -> str:
    """A header without case, accents, blanks and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


@functools.cache
def _table() -> Mapping[str, str]:
    """What a column of this folded name holds."""
    return {_folded(word): role for role, words in _WORDS.items() for word in words.split("|")}


def guessed(header: Sequence[str], where: str, *, key: str | None = None) -> Roles:
    """What the columns hold, as far as their names tell.

    Args:
        header: Names of columns, as they stand.
        where: What has them, for messages.
        key: The column of the key, where the caller says it.

    Raises:
        InvalidInputError: No column holds a name or number, or several may hold the same.
    """
    words = {_folded(column) for column in header}
    found: dict[str, list[str]] = {}
    for column in header:
        word = _folded(column)
        role = _table().get(word)
        for part, beside in _PARTS.items():
            if words.intersection(beside.get(word, ())):
                role = part
        if role is not None:
            found.setdefault(role, []).append(column)
    if key is not None or "key" in found:
        found["key"] = [key or found["key"][0]]
    for role in ("name", "family", "given", *_ONE):
        if len(found.get(role, ())) > 1:
            raise _unclear(f"may each hold the {role}", found[role], where, role)
    if "name" in found and ("family" in found) is not ("given" in found):
        part = "family" if "family" in found else "given"
        both = [*found["name"], *found[part]]
        raise _unclear("may be a whole name and a part of it, or two parts", both, where, "name")
    if not any(found.get(role) for role in ("name", "family", "given", "identifier")):
        raise InvalidInputError(
            f"no column of {where} is known to hold a name: {_listed(header)}",
            hints=(
                Hint("say which one does: {}", "columns", {"name": "…"}),
                Hint("a file needs a first row with names of columns"),
            ),
        )
    return _ordered(found)


def declared(columns: object, key: str | None) -> Roles:
    """The columns as a caller declares them.

    Args:
        columns: Columns by what they hold, each one name or several.
        key: The column of the key, where it is given apart.

    Raises:
        InvalidInputError: It is no such mapping, or says nothing of a name or number.
    """
    if not isinstance(columns, Mapping):
        raise InvalidInputError(
            f"columns is {type(columns).__name__}, where a mapping is meant",
            hints=(Hint("say {}", "columns", {"name": "customer", "birth_date": "dob"}),),
        )
    found: dict[str, list[str]] = {}
    for role, given in cast("Mapping[object, object]", columns).items():
        if role not in ROLES:
            raise InvalidInputError(
                f"columns: {role!r} is nothing that a column can hold",
                hint=f"it can hold {', '.join(ROLES)}",
            )
        is_several = isinstance(given, (list, tuple))
        several = tuple(cast("Sequence[object]", given)) if is_several else (given,)
        names = [one for one in several if isinstance(one, str) and one]
        if not names or len(names) < len(several):
            raise InvalidInputError(
                f"columns[{role!r}] is {given!r}, where the name of a column is meant",
                hint="give a text, or several in a tuple",
            )
        if len(names) > 1 and role in ("key", *_ONE):
            raise InvalidInputError(
                f"columns: a record has one {role}, and {_listed(names)} are given",
                hint="give the column that is meant",
            )
        found[role] = names
    if key is not None:
        found["key"] = [key]
    if not any(role in found for role in ("name", "family", "given", "alias", "identifier")):
        raise InvalidInputError(
            "columns says of no column that it holds a name or a number",
            hints=(
                Hint("say {}", "columns", {"name": "…"}),
                Hint("or family, given and middle where a name has parts"),
            ),
        )
    return _ordered(found)


def _ordered(found: Mapping[str, Sequence[str]]) -> Roles:
    return {role: tuple(found[role]) for role in ROLES if found.get(role)}


def _unclear(what: str, columns: Sequence[str], where: str, role: str) -> InvalidInputError:
    several = role == "name"
    return InvalidInputError(
        f"{_listed(columns)} of {where} {what}",
        hints=(
            Hint(
                "declare all columns: {} …",
                "columns",
                {role: tuple(columns) if several else columns[0]},
            ),
            *((Hint("each of several is searched"),) if several else ()),
        ),
    )


def _listed(columns: Iterable[object], limit: int = 30) -> str:
    names = [repr(column) for column in columns]
    rest = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + rest if names else "there are none"
