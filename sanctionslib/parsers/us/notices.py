"""Citations of the Federal Register, which the lists of Commerce and State print several in one text.

They are joined by "; ", ", ", " and " or a blank, and each may have its own date or page ("82 F.R.
16788, 16789 4/6/2017"). A new citation begins at its volume.
"""

from __future__ import annotations

import re

from sanctionslib.parsers._engine.entry import Entry

__all__ = ["citations"]

# A separator is matched only from its beginning: from each of its characters, a text of blanks would
# take quadratic time.
_NEXT = re.compile(
    r"(?<![\s,;.])[\s,;.]++(?:and\s++)?(?=\d++[\s.]*+F\.?\s?R\b)|;\s*+", re.IGNORECASE
)


def citations(text: str, entry: Entry | None = None) -> tuple[str, ...]:
    """The citations of the Federal Register, one by one.

    >>> citations("84 FR 54002; 85 FR 34505; 85 FR 44159")
    ('84 FR 54002', '85 FR 34505', '85 FR 44159')
    >>> citations("46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81")
    ('46 F.R. 46154 9/17/81', '46 F.R. 19290 3/30/81')
    """
    return tuple(part for each in _NEXT.split(text) if (part := each.strip()))
