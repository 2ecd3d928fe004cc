"""Small files in the official formats, bundled with the library: samples, never the lists.

A sample lets the documentation and the first steps run without a download. It was written by this
project from public facts and says of itself that it is not the official file and not complete: XML
by a processing instruction `<?sanctionslib scope="sample"?>`, OFSI's CSV by the same words in a row
above its header, our JSON Lines in its edition. The CSV of the Consolidated Screening List has no
place for such a mark; `sanctionslib.sample` marks what it reads from it. Do not screen against any
of them. `README.md` in this folder says what each sample holds, where its facts come
from and what was left out on purpose.
"""

from __future__ import annotations

from importlib.resources import files

from sanctionslib.errors import NotFoundError

__all__ = ["open_sample", "sample_name", "sample_names"]

_CLASSIC = {"2021-12-10": "us_ofac_sdn_2021-12-10.xml"}
_CSL = "us_trade_csl_2021-12.csv"  # its one row is the same on both days
_FILES = {
    day: {
        "us_ofac_sdn": f"us_ofac_sdn_{day}_enhanced.xml",
        "us_ofac_cons": f"us_ofac_cons_{day}_enhanced.xml",
        "us_klepto_hr_visa": f"us_klepto_hr_visa_{day}.jsonl",
        "us_trade_csl": _CSL,
        "gb_hmt_sanctions": f"gb_hmt_sanctions_{day}.csv",
        "ca_dfatd_sema_sanctions": f"ca_dfatd_sema_sanctions_{day}.xml",
    }
    for day in ("2021-12-10", "2021-12-09")
}


def open_sample(day: str | None = "2021-12-10", *, list_id: str | None = None) -> bytes:
    """Give the bytes of a bundled file: an SDN.XML in OFAC's classic format, or a list by its id.

    Args:
        day: Day of publication, as `2021-12-10`.
        list_id: One of the lists of `sample`; None for the SDN.XML, which that day alone has.

    Raises:
        NotFoundError: There is no such sample; its `suggestions` are those that there are.

    Example:
        >>> open_sample().count(b"<sdnEntry>")
        26
        >>> open_sample("2021-12-09", list_id="us_ofac_sdn").count(b"<entity id=")
        3
    """
    name = sample_name("2021-12-10" if day is None else day, list_id=list_id)
    return files(__name__).joinpath(name).read_bytes()


def sample_name(day: str = "2021-12-10", *, list_id: str | None = None) -> str:
    """Give the name of a bundled file; arguments and errors as in `open_sample`."""
    if list_id is None:
        if day not in _CLASSIC:
            raise NotFoundError(
                f"there is no sample of {day!r} as SDN.XML", suggestions=tuple(_CLASSIC)
            )
        return _CLASSIC[day]
    names = sample_names(day)
    if list_id not in names:
        raise NotFoundError(f"there is no sample of {list_id!r}", suggestions=tuple(names))
    return names[list_id]


def sample_names(day: str = "2021-12-10") -> dict[str, str]:
    """Give the names of the files that make up the sample of a day, by the id of their list.

    Raises:
        NotFoundError: There is no sample of that day; its `suggestions` are the days there are.
    """
    if day not in _FILES:
        raise NotFoundError(f"there is no sample of {day!r}", suggestions=tuple(_FILES))
    return dict(_FILES[day])
