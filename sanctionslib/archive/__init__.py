"""Editions on disk: fetch, check, store, find as of a date. Knows files and figures, no formats.

An archive can be read with `gunzip` and a text editor::

    <home>/us_ofac_sdn/ofac-delimited-csv/2021-12-10-3f6ab0c1/
        SDN.CSV.gz        the file as it was received, compressed
        edition.json      its date and source, hashes, every check with its figure

An edition is written into a folder beside its place and then renamed: it is there whole or not at
all, whenever a process is killed. A folder is never changed after that, except `edition.json`
(replaced as a whole when a person accepts a quarantined edition). Beside the editions of a format,
`kept.json` lists what came in, and `checked.json` has what the server said last.

`store` has the editions, `fetch` the downloads, `packing` the files, `checks` the comparison with the
last good edition, `cache` what is made from editions.
"""
