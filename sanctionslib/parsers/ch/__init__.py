"""Switzerland's list of sanctions, SESAM (xml)."""
