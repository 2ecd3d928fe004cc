"""Lists of one's own."""
