"""Plain JSON values of everything that the library gives, and back: the one serialiser.

attrs classes are the model, and cattrs converts them. By the same declarations, msgspec reads the
lines of whole lists and packs what is cached. Keys are the names of the fields; what has its default
is left out; enums are written by value, dates as ISO text, a `Source` as pairs [path, value].

`to_dict` puts a small envelope around a value: the `schema` and the version of this `library` before
it, and behind it the `editions` that it speaks of, each once; inside it an edition is a position in
`editions`. So is one of the archive in `held`, where it is spoken of more than once. An entity is of the one edition there whose `list_id` is its own; else it says `"edition"`, a position
or null. An answer with a field `editions` or `library` of its own has it as `looked_at`, `made_by`.

Nothing is accepted silently: a value of the wrong type, a missing and an unknown key raise. Additive
changes keep the number of a schema; so unknown keys are ignored, with a warning, in what a newer
version of this library wrote.
"""

from sanctionslib.serialize._converter import JSON, KINDS, Envelope, edition_key
from sanctionslib.serialize._documents import (
    ENTITIES,
    EntityList,
    Serializable,
    check_version,
    editions_of,
    from_dict,
    register,
    structure,
    structure_many,
    to_dict,
    unstructure,
)
from sanctionslib.serialize._lines import EntityReader
from sanctionslib.serialize._packed import pack, unpack

__all__ = [
    "ENTITIES",
    "JSON",
    "KINDS",
    "EntityList",
    "EntityReader",
    "Envelope",
    "Serializable",
    "check_version",
    "edition_key",
    "editions_of",
    "from_dict",
    "pack",
    "register",
    "structure",
    "structure_many",
    "to_dict",
    "unpack",
    "unstructure",
]
