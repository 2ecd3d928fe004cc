"""Editions on disk: fetch, check, keep, find as of a date. Knows files and figures, no formats.

A stranger can read an archive with `gunzip` and a text editor::

    <home>/us_ofac_sdn/ofac-delimited-csv/2021-12-10-3f6ab0c1/
        SDN.CSV.gz        the file as it was received, packed
        edition.json      of which day, from where, hashes, every check with its figure

An edition is written into a folder beside its place and then renamed, so that it is there whole or
not at all, whenever a process is killed. A folder is never changed after that, but for `edition.json`
(replaced whole when a person accepts a refused edition). Beside the editions of a format, `kept.json`
says what came in, and `checked.json` what the server said last.
"""
