"""Which official lists exist: publisher, addresses, formats, terms, rhythm. Data, no behaviour.

>>> import sanctionslib as sl
>>> sl.lists()["un_sc_sanctions"].title
'United Nations Security Council Consolidated List'

This package is the only place with addresses. `data/lists.toml` has the lists; a file of the same form
in the archive's folder adds mirrors and lists of your own.
"""

from sanctionslib.catalog.list_info import Catalog, FileInfo, FormatInfo, Limits, ListInfo
from sanctionslib.catalog.loader import CATEGORIES, OWN_CSV, OWN_JSON, all_lists, list_info

__all__ = [
    "CATEGORIES",
    "OWN_CSV",
    "OWN_JSON",
    "Catalog",
    "FileInfo",
    "FormatInfo",
    "Limits",
    "ListInfo",
    "all_lists",
    "list_info",
]
