"""Rows in, rows out: CSV files and dataframes.

In go tables, out come the same rows with columns appended. Read ``normalize`` for the command's job and ``columns``
for what is appended. ``request`` is what is asked of a table, ``formats`` which file is read and written by which
module, ``rows`` what these give and take. ``distinct`` asks about each distinct mention once, ``review`` holds what a
person has to decide, ``aggregation`` adds up values of units.
"""

__all__ = [
    "aggregation",
    "columns",
    "convert",
    "counts",
    "csvio",
    "dataframes",
    "decoding",
    "distinct",
    "formats",
    "frames",
    "headers",
    "native",
    "normalize",
    "request",
    "rows",
    "sum_file",
    "worker",
]
