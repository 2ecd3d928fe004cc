"""The European Union's financial sanctions files (FSF): XML 1.1 and CSV 1.1."""
