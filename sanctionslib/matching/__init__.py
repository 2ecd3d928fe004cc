"""Names that come near: normalised, found, scored, explained; and records screened by them."""

from sanctionslib.matching.comparing import compare

__all__ = ["compare"]
