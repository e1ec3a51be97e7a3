"""The facts: the tables of the gazetteer as they are written, the rules they obey, and how they are passed on.

In go the CSV tables of a gazetteer folder, out come rows that know their file and line. Nothing here knows the
index or matches a name. Read ``reader`` first: every other module starts from its ``Tables``. ``rules`` has a
module for each subject, and ``validate`` names and runs them.
"""

__all__ = ["codes", "export", "freshness", "overlay", "reader", "transfers", "validate"]
