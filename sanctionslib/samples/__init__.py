"""Small files in the official formats, bundled with the library: samples, never the lists.

A sample lets the documentation and the first steps run without a download. It was written by this
project from public facts and says of itself, by a processing instruction `<?sanctionslib
scope="sample"?>`, that it is not the official file and not complete. Do not screen against it.
`README.md` in this folder says what each sample holds, where its facts come from and what was left
out on purpose.
"""

from __future__ import annotations

from importlib.resources import files

from sanctionslib.errors import NotFoundError

__all__ = ["open_sample", "sample_name"]

_FILES = {"2021-12-10": "us_ofac_sdn_2021-12-10.xml"}


def open_sample(day: str = "2021-12-10") -> bytes:
    """Give the bytes of the sample of that day, an SDN.XML in OFAC's classic format.

    Args:
        day: Day of publication, as `2021-12-10`.

    Raises:
        NotFoundError: There is no sample of that day; its `suggestions` are the days there are.

    Example:
        >>> open_sample().count(b"<sdnEntry>")
        26
    """
    return files(__name__).joinpath(sample_name(day)).read_bytes()


def sample_name(day: str = "2021-12-10") -> str:
    """Give the file name of the sample of that day.

    Raises:
        NotFoundError: There is no sample of that day.
    """
    try:
        return _FILES[day]
    except KeyError:
        raise NotFoundError(f"there is no sample of {day!r}", suggestions=tuple(_FILES)) from None
