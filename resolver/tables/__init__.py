"""Rows in, rows out: CSV files and dataframes.

Input: tables. Output: the same rows with columns appended. Read ``normalize`` for the command's job and ``columns``
for the appended columns. ``request`` holds the options for a table, ``csvio`` reads and writes files, ``distinct``
resolves each distinct mention once, ``review`` holds what a person has to decide, ``aggregation`` adds up values.
"""

__all__ = [
    "aggregation",
    "columns",
    "convert",
    "csvio",
    "dataframes",
    "distinct",
    "frames",
    "headers",
    "normalize",
    "request",
    "sum_file",
]
