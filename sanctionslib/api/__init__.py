"""The functions that people call first: the only place where catalog, archive, parsers and query meet."""

from sanctionslib.api._history import changes, history, prune_archive, timeline, verify_archive
from sanctionslib.api._load import accept, add_edition, fetch, lists, load
from sanctionslib.api._read import Format, Progress, formats, read, sample, template

__all__ = [
    "Format",
    "Progress",
    "accept",
    "add_edition",
    "changes",
    "fetch",
    "formats",
    "history",
    "lists",
    "load",
    "prune_archive",
    "read",
    "sample",
    "template",
    "timeline",
    "verify_archive",
]
