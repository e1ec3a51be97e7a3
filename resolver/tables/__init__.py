"""Rows in, rows out: CSV files and dataframes.

Input: tables. Output: the same rows with columns appended. Begin with ``normalize``, the command's job, and
``columns``, which makes the appended cells. ``request`` checks the options of a job against a table. ``formats`` lists
the kinds of files, and ``rows`` is the form that all readers and writers share. ``distinct`` resolves each distinct
mention once, ``review`` has the mentions that a person has to decide, ``aggregation`` adds up values of units.
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
]
