"""A misspelled name of the façade is found, although names are loaded on demand."""

import sanctionslib as sl

sdn = sl.raed("SDN.XML")  # error
