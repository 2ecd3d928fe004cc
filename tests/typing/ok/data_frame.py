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
assert all(1900 <= day.year < 2000 for day in born)

hits: list[sl.answers.HitRow] = sl.sample().search("Rapid Action Batalion").rows()
assert [(row["name"], row["score"] > 0.9) for row in hits] == [("RAPID ACTION BATTALION", True)]
results: list[sl.answers.ResultRow] = sl.sample().screen(["Nobody Whoever"]).rows()
statuses = [row["status"] for row in results]
assert statuses == ["no hit"]
links: list[sl.answers.LinkRow] = sl.sample().related("34022").rows()
assert all(row["to_name"] == "SEK STUDIO" for row in links)
changes: list[sl.answers.ChangeRow] = sl.diff(sl.sample("2021-12-09"), sl.sample()).rows()
days = {row["new_date"].isoformat() for row in changes if row["new_date"] is not None}
assert days == {"2021-12-10"}
