"""The compiled gazetteer: one file of arrays that is searched by key and by edit distance.

Input: the tables of ``resolver.gazetteer``. Output: an ``Index`` of keys to names, names to entities, entities to
records. Read ``index`` first; ``compiler`` makes its arrays, ``store`` keeps them in a file, ``compiled_files`` knows
where, ``segments`` finds keys within a few edits, ``person_names`` names of people by their sounds.
"""

__all__ = ["compiled_files", "compiler", "index", "person_names", "segments", "store"]
