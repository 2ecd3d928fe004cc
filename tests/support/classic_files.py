"""Small files in OFAC's classic format, written for one test each."""

from __future__ import annotations

OLD = "http://tempuri.org/sdnList.xsd"
NEW = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"

PLAIN = "<sdnEntry><uid>{uid}</uid><lastName>EXAMPLE {uid}</lastName><sdnType>Entity</sdnType>{rest}</sdnEntry>"
"""The least entry that has nothing wrong."""


def plain(uid: int | str, rest: str = "<programList><program>SDGT</program></programList>") -> str:
    """An organization with one program."""
    return PLAIN.format(uid=uid, rest=rest)


def classic(
    *entries: str,
    namespace: str = OLD,
    date: str | None = "03/10/2021",
    declared: int | str | None = -1,
    prolog: str = '<?xml version="1.0" standalone="yes"?>',
    after: str = "",
) -> bytes:
    """A complete file; `declared=-1` counts the entries."""
    count = len(entries) if declared == -1 else declared
    header = "".join(
        (
            f"<Publish_Date>{date}</Publish_Date>" if date is not None else "",
            f"<Record_Count>{count}</Record_Count>" if count is not None else "",
        )
    )
    information = f"<publshInformation>{header}</publshInformation>" if header else ""
    text = (
        f'{prolog}\n<sdnList xmlns="{namespace}">{information}{"".join(entries)}{after}</sdnList>\n'
    )
    return text.encode()
