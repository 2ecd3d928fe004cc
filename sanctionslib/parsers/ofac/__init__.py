"""The formats of the US Office of Foreign Assets Control, and what they share."""
