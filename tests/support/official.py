"""The excerpts of official files in `tests/data/official`, and how to read each.

Their README says where they come from and how `cut_official.py` cuts them.
"""

from __future__ import annotations

import gzip
import zipfile
from dataclasses import dataclass
from pathlib import Path

import sanctionslib as sl

FOLDER = Path(__file__).parents[1] / "data" / "official"


@dataclass(frozen=True)
class Excerpt:
    """One excerpt of an official edition."""

    name: str
    """File in `tests/data/official`."""
    format: str
    """Name of the format in the library."""
    published: str
    """Date of the edition; where the format states none, that of the copy."""
    entities: int
    origin: str
    """The complete file, or the folder of its files, below the folder of complete lists."""

    @property
    def list_id(self) -> str:
        """The list."""
        return self.origin.partition("/")[0]

    @property
    def path(self) -> Path:
        """The file."""
        return FOLDER / self.name

    def files(self) -> dict[str, bytes]:
        """What it holds, unpacked: the official files by their names."""
        if self.path.suffix == ".zip":
            with zipfile.ZipFile(self.path) as archive:
                return {name: archive.read(name) for name in archive.namelist()}
        return {Path(self.origin).name: gzip.decompress(self.path.read_bytes())}

    def whole_files(self, lists: Path) -> dict[str, bytes]:
        """The complete official files that it was cut from, in the folder of complete lists."""
        path = lists / self.origin
        paths = sorted(path.iterdir()) if path.is_dir() else [path]
        return {one.name: one.read_bytes() for one in paths}

    def __str__(self) -> str:
        return self.name


OFFICIAL = (
    Excerpt("us_ofac_sdn_2021-03-10_classic.xml.gz", "ofac-classic-xml", "2021-03-10", 300, "us_ofac_sdn/SDN_2021-03-10.xml"),
    Excerpt("us_ofac_cons_2024-05-06_classic.xml.gz", "ofac-classic-xml", "2024-05-06", 150, "us_ofac_cons/CONSOLIDATED_2024-05-06.xml"),
    Excerpt("us_ofac_cons_2025-01-10_enhanced.xml.gz", "ofac-enhanced-xml", "2025-01-10", 150, "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml"),
    Excerpt("us_ofac_sdn_2024-08-28_enhanced_irgc.xml.gz", "ofac-enhanced-xml", "2024-08-28", 150, "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml"),
    Excerpt("us_ofac_cons_2020-03-17_advanced.xml.gz", "ofac-advanced-xml", "2020-03-17", 300, "us_ofac_cons/CONS_ADVANCED_2020-03-17.xml"),
    Excerpt("us_ofac_sdn_2021-07-07_flat.zip", "ofac-delimited", "2021-07-07", 300, "us_ofac_sdn/delimited_2021-07-07"),
    Excerpt("us_ofac_cons_2025-12-19_flat.zip", "ofac-delimited", "2025-12-19", 150, "us_ofac_cons/delimited_2025-12-19"),
    Excerpt("us_trade_csl_2022-05.csv.gz", "us-csl-csv", "2022-05-13", 300, "us_trade_csl/consolidated_2022-05.csv"),
    Excerpt("us_bis_denied_2023-11-30.txt.gz", "us-bis-denied-txt", "2023-11-30", 300, "us_bis_denied/dpl_2023-11-30.txt"),
)  # fmt: skip
"""All excerpts."""


def read_excerpt(excerpt: Excerpt) -> sl.SanctionsList[sl.Entity]:
    """Read an excerpt as anybody reads the official file, each entity with its source."""
    return sl.read(excerpt.path, published=excerpt.published, keep_source=True)
