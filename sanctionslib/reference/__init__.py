"""The meaning of the lists' codes: programs, countries, labels, named lists, authorities.

>>> import sanctionslib as sl
>>> sl.programs["GLOMAG"].title
'Global Magnitsky: serious human rights abuse and corruption, worldwide'
>>> sl.countries["BD"]
'Bangladesh'

Tables (`data/*.tsv`) and their loaders; each is read on first use. No table has facts about a
party: facts that a list states are in the model, and what is looked up here is marked as looked up.
"""

from sanctionslib.reference.authority import authorities, with_bureaus
from sanctionslib.reference.country import (
    CountryTable,
    countries,
    country_at_end,
    is_known_place,
    read_country,
)
from sanctionslib.reference.label import OfacLabel, ofac_label, ofac_label_at
from sanctionslib.reference.language import languages, scripts
from sanctionslib.reference.named_list import (
    CslList,
    NamedList,
    csl_lists,
    lists_suggested_by,
    named_lists,
)
from sanctionslib.reference.program import program_of, programs
from sanctionslib.reference.tables import Table

__all__ = [
    "CountryTable",
    "CslList",
    "NamedList",
    "OfacLabel",
    "Table",
    "authorities",
    "countries",
    "country_at_end",
    "csl_lists",
    "is_known_place",
    "languages",
    "lists_suggested_by",
    "named_lists",
    "ofac_label",
    "ofac_label_at",
    "program_of",
    "programs",
    "read_country",
    "scripts",
    "with_bureaus",
]
