"""The formats of Global Affairs Canada, for the contract."""

from __future__ import annotations

from case import Case, data
from xml_container import Xml

CASES: tuple[Case, ...] = (
    Case(
        format="ca-sema-xml",
        list_id="ca_dfatd_sema_sanctions",
        open=lambda files: Xml(files, ["record"]),
        small=data("ca_sema.xml"),
        files=("sema-lmes.xml",),
        whole=("ca_dfatd_sema_sanctions/sema-lmes_2025.xml",),
        published="2025-03-21",
        names="LastName|GivenName|EntityOrShip|Aliases",
        # What is written is in one line, without the breaks and hard blanks of the file.
        coded="Date|Name|EntityOrShip|Title|Aliases",
    ),
)
