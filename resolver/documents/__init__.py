"""Documents in, their names out: as a table, JSON lines, a page to read, a list of entities, a graph.

In go texts or a column of a CSV table. Read ``annotate`` for the command's job; ``sources`` reads documents, ``rows``
says what is written of a name, ``entities`` counts what is named where, ``graph`` what is named together, ``page``
is the page to read.
"""

__all__ = ["annotate"]
"""Only the job is for others."""
