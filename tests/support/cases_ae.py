"""The United Arab Emirates' list, for the contract."""

from __future__ import annotations

from collections.abc import Sequence

from case import Case, data, parts
from nodes import Span
from table_containers import Table

HEADER = ("#", "معلومات أخرى")
_NAMES = frozenset(
    f"{what} (بالحروف {letters})"
    for what in ("الاسم الكامل", "اسم العائلة")
    for letters in ("العربية", "اللاتينية")
)


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """Each of the names in a cell of names."""
    return parts(r"[^\s+،()][^+،()]*", text, "name") if path.startswith("الاسم") else None


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
        spans=_spans,
        nothing=frozenset({"-"}),
        # A family name is a part of the complete name, which has no other part.
        rivals=_NAMES,
        coded="معلومات أخرى|الجنسية|رقم الوثيقة|الاسم",
    ),
)
