"""Documents in, their names out: as a table, JSON lines, a page to read, a list of entities, a graph.

Texts, or a column of a table, go in. Begin with ``annotate``, the command's job. ``sources`` reads documents,
``grouping`` puts short ones together, and ``sharing`` gives half of them to a second process. ``rows`` has the columns
of a name, ``outputs`` writes them, ``page`` makes the page to read. ``entities`` counts entities and writes the graph.
"""

__all__ = ["annotate"]
