"""The formats of Switzerland's State Secretariat for Economic Affairs, for the contract."""

from __future__ import annotations

from case import Case, data
from xml_container import Xml

CASES: tuple[Case, ...] = (
    Case(
        format="ch-seco-xml",
        list_id="ch_seco_sanctions",
        open=lambda files: Xml(files, ["target"]),
        small=data("ch_seco.xml"),
        files=("consolidated-list.xml",),
        names=".*/name|.*name-part",
        uid="@ssid",
        copies=frozenset({"added", "removed"}),
        # Words that become codes, and keys that lead to other tables.
        coded="type|@quality|@lang|@script|@main|@current|@order|@sex|-id|@day|@month|@calendar|code",
    ),
)
