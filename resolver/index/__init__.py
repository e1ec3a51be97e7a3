"""The compiled gazetteer: one file of arrays that is searched by key and by edit distance.

Input: the tables of ``resolver.gazetteer``. Output: an ``Index`` of keys to names, names to entities, entities to
records. Read ``index`` first; ``compiler`` makes its arrays, ``store`` keeps them in a file, ``segments`` finds
keys within a few edits.
"""

__all__ = ["compiler", "index", "segments", "store"]
