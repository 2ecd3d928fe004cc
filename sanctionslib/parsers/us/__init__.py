"""The formats of other US publishers: Commerce's lists, and the one that puts all together."""
