"""The United Arab Emirates' list, for the contract."""

from __future__ import annotations

from case import Case, data
from table_containers import Table

__all__ = ["CASES", "HEADER"]

HEADER = ("#", "معلومات أخرى")
_NAMES = frozenset(
    f"{what} (بالحروف {letters})"
    for what in ("الاسم الكامل", "اسم العائلة")
    for letters in ("العربية", "اللاتينية")
)

CASES: tuple[Case, ...] = (
    Case(
        format="ae-local-csv",
        list_id="ae_local_terrorists",
        open=lambda files: Table(files, header=HEADER),
        small=data("ae_local.csv"),
        files=("local_terrorist_list_persons.csv",),
        whole=("ae_local_terrorists/LS1309232025.csv",),
        published="2025-09-13",
        names="الاسم",
        keys=frozenset(),
        nothing=frozenset({"-"}),
        # A family name is a part of the whole name, which has no other part.
        rivals=_NAMES,
        coded="معلومات أخرى|الجنسية|رقم الوثيقة|الاسم",
    ),
)
"""The cases of this publisher."""
