"""France's register of asset freezes (json)."""
