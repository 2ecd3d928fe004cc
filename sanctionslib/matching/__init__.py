"""Names that come near: normalised, found, scored, explained; and records screened by them."""
