"""A table of parties: rows of plain values, ready for `pandas.DataFrame(rows)`."""

import collections

import sanctionslib as sl

rows: list[sl.export.Row] = sl.sample().where(kind=sl.Person).rows()

names: list[str | None] = [row["name"] for row in rows]
per_program = collections.Counter(row["programs"] or "none" for row in rows)
columns: dict[str, list[object]] = {column: [] for column in rows[0]}
for row in rows:
    for column, value in row.items():
        columns[column].append(value)

assert len(names) == len(columns["id"]) == 17 + 12 + 2 + 1
assert per_program["GLOMAG"] == 10
born = sorted(row["birth_earliest"] for row in rows if row["birth_earliest"] is not None)
assert all(day[:2] == "19" for day in born)
