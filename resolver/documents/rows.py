"""The columns of ``resolver annotate``: the row of a name in a text."""

from __future__ import annotations

from resolver.annotation.mentions import Annotation
from resolver.tables.columns import COLUMNS, ON_DEMAND, cells

__all__ = ["AFTER", "BEFORE", "MATCH_COLUMNS", "row_of"]

BEFORE = ("start", "end", "text")
"""The columns before those of the match, after those of the document."""

AFTER = ("kind", "cluster", "office_id", "date")
"""The columns after those of the match."""

MATCH_COLUMNS = tuple(name for name in COLUMNS if name not in ON_DEMAND)
_KEPT = tuple(place for place, name in enumerate(COLUMNS) if name not in ON_DEMAND)
_TYPE = MATCH_COLUMNS.index("type")


def row_of(mark: Annotation) -> list[str]:
    """Return the cells of a name, one for each of ``BEFORE``, ``MATCH_COLUMNS`` and ``AFTER``.

    The type is filled in for a person whom the gazetteer does not know, too.
    """
    told = cells(mark.match)
    matched = [told[place] for place in _KEPT]
    if not matched[_TYPE] and mark.kind == "person":
        matched[_TYPE] = mark.kind
    after = [mark.kind, mark.cluster, mark.office, mark.match.mention.date]
    return [str(mark.start), str(mark.end), mark.text, *matched, *after]
