"""Names that come near: normalised, found, scored, explained; and records screened by them."""

from sanctionslib.matching.comparing import compare
from sanctionslib.matching.screen import Screening

__all__ = ["Screening", "compare"]
