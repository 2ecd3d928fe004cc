"""The lists of the United Kingdom: the UK Sanctions List, and the closed consolidated list of OFSI."""
