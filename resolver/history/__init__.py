"""What happened to an entity: its versions, changes and holders through time.

Input: entities of the index and days. Output: versions, changes, successors, predecessors, holders and the drawing
of a lineage. No names are matched here. Read ``changes`` first: it follows the area of a unit from one day to
another, and ``conversion`` and ``history`` build on it.
"""

__all__ = ["changes", "conversion", "coverage", "describe", "history", "lineage", "lineage_svg", "offices", "tenures"]
