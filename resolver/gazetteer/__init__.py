"""The facts: the tables of the gazetteer as written, the rules they must meet, and how they are exported.

Input: the CSV tables of a gazetteer folder. Output: rows that know their file and line. Nothing here uses the
index or matches a name. Read ``reader`` first: every other module starts from its ``Tables``. ``rules`` has a
module for each subject, and ``validate`` names and runs them.
"""

__all__ = ["codes", "export", "freshness", "overlay", "reader", "transfers", "validate"]
