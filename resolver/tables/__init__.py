"""Rows in, rows out: CSV files and dataframes.

In go tables, out come the same rows with columns appended. Read ``normalize`` for the command's job and ``columns``
for what is appended. ``request`` is what is asked of a table, ``csvio`` reads and writes files, ``distinct`` asks about
each distinct mention once, ``review`` holds what a person has to decide, ``aggregation`` adds up values of units.
"""

__all__ = [
    "aggregation",
    "columns",
    "convert",
    "csvio",
    "dataframes",
    "decoding",
    "distinct",
    "frames",
    "headers",
    "normalize",
    "request",
    "sum_file",
]
