"""LegalBasis: the instrument that a designation, or a single value, rests on."""

from __future__ import annotations

import attrs

from sanctionslib.model.dates import PartialDate
from sanctionslib.model.displayable import Value


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class LegalBasis(Value):
    """A legal instrument: executive order, statute, regulation, resolution.

    OFAC "Executive Order 13818 (Global Magnitsky)"; EU "2016/44 (OJ L12)"; Canada "SOR/2021-237".
    """

    title: str
    """The instrument as the source names it."""
    kind: str | None = None
    """What sort of act, in the source's words (EU `regulationType`: "amendment")."""
    issuer: str | None = None
    """Who issued it, in the source's words (EU `organisationType`: "council")."""
    published: PartialDate | None = None
    """Date of publication (EU `publicationDate`)."""
    in_force: PartialDate | None = None
    """Date of entry into force (EU `entryIntoForceDate`)."""
    url: str | None = None
    """Link to the text (EU `publicationUrl`)."""
    source_id: str | None = attrs.field(default=None, eq=False)
    """The publisher's key of the act; outside equality."""

    def __str__(self) -> str:
        return self.title
