"""From entities to files and plain values: JSON, JSON Lines, CSV, flat rows, JSON Schema; graphs.

>>> import sanctionslib as sl
>>> party = sl.sample()["33951"]
>>> sl.from_dict(sl.to_dict(party)) == party
True

Functions over entities; nothing here reads a file. `read` reads back what is written.
"""

from sanctionslib.catalog import Catalog, FileInfo, FormatInfo, Limits, ListInfo
from sanctionslib.export.answer_rows import columns_of
from sanctionslib.export.files import FileFormat, document, write
from sanctionslib.export.graphs import to_mermaid, to_networkx
from sanctionslib.export.schema import json_schema
from sanctionslib.export.tables import Row, csv_lines, name_lines, rows
from sanctionslib.serialize import JSON, Serializable, from_dict, register, to_dict

__all__ = [
    "JSON",
    "FileFormat",
    "Row",
    "Serializable",
    "columns_of",
    "csv_lines",
    "document",
    "from_dict",
    "json_schema",
    "name_lines",
    "rows",
    "to_dict",
    "to_mermaid",
    "to_networkx",
    "write",
]

# What is known of lists is no part of the model, and `from_dict` makes it too.
register(Catalog, FileInfo, FormatInfo, Limits, ListInfo)
