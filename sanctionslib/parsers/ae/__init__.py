"""The Local Terrorist List of the United Arab Emirates (csv)."""
