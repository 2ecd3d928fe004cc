"""From entities to files and plain values: JSON, JSON Lines, CSV, flat rows, JSON Schema; graphs.

Functions over entities; nothing here reads a file. `parsers.own_json` reads back what is written.
"""

from sanctionslib.export.files import FileFormat, document, write
from sanctionslib.export.graphs import to_dot, to_mermaid, to_networkx
from sanctionslib.export.plain import JSON, Exportable, from_dict, to_dict
from sanctionslib.export.schema import json_schema
from sanctionslib.export.tables import Row, name_lines, rows

__all__ = [
    "JSON",
    "Exportable",
    "FileFormat",
    "Row",
    "document",
    "from_dict",
    "json_schema",
    "name_lines",
    "rows",
    "to_dict",
    "to_dot",
    "to_mermaid",
    "to_networkx",
    "write",
]
