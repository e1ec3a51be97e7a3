"""Groups of mentions of the same person or organisation, in the gazetteer or not, with one provisional id each.

Precision comes first. Names that share a key (``blocking``) are compared (``names``), and agreeing or different context
is added to the score. Mentions are joined, the most certain first, only if no member of one group contradicts one of
the other. A mention that fits two groups equally well is joined to neither. Mentions known to the gazetteer get its id,
and mentions of different entities are never joined. A mention that names only an office is not a name (``offices``).

>>> [one.cluster == "vn-person-luong-tam-quang" for one in cluster(["Lương Tam Quang", "Tam Quang Luong", "Tô Lâm"])]
[True, True, False]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from resolver.clustering.joining import Joiner
from resolver.clustering.names import Names, Organisations, People
from resolver.clustering.nodes import Nodes
from resolver.clustering.wording import Clustered, GroupDescriber
from resolver.dates import date_option
from resolver.engine.resolver import MIN_SCORE, Resolver
from resolver.errors import UsageError
from resolver.filters import unknown

__all__ = ["KINDS", "Clustered", "cluster"]

KINDS = ("person", "organisation")


def cluster(
    mentions: Iterable[str],
    *,
    type: str = "person",
    context: Mapping[str, Sequence[str]] | None = None,
    dates: Sequence[str] | None = None,
    min_score: float = MIN_SCORE,
    gazetteer: bool = True,
    resolver: Resolver | None = None,
) -> list[Clustered]:
    """Return for each mention the group of those that stand for the same person (or organisation).

    ``context`` are columns as long as the mentions, by name (organisation, place): equal values count for two mentions
    and are reported, different ones count against. ``dates`` are the mentions' dates (ISO 8601, empty if unknown).
    ``min_score`` is the least probability (0 to 1) of a link between two mentions. With ``gazetteer=False`` no mention
    is matched in the gazetteer: names and context alone decide. The answer does not depend on the order of the
    mentions. Raises ``UsageError`` for an unknown type, an impossible score, columns of other lengths.
    """
    texts = list(mentions)
    columns = {name: list(values) for name, values in (context or {}).items()}
    days = list(dates) if dates is not None else [""] * len(texts)
    if type not in KINDS:
        raise UsageError(unknown("type", type, KINDS))
    if not 0 < min_score < 1:
        raise UsageError(f"the least score {min_score} is not a probability between 0 and 1")
    lengths = {name: len(values) for name, values in columns.items()} | {"dates": len(days)}
    for name, length in lengths.items():
        if length != len(texts):
            raise UsageError(f"{name} has {length} values for {len(texts)} mentions: give one for each")
    known_days = {day: date_option(day, "the date") for day in dict.fromkeys(days)}
    contexts: list[tuple[str, ...]] = list(zip(*columns.values(), strict=True)) if columns else [()] * len(texts)
    asked = list(zip(texts, contexts, [known_days[day] for day in days], strict=True))
    names: Names = People() if type == "person" else Organisations()
    nodes = Nodes.place(asked, names, type, min_score, resolver or Resolver(), matched=gazetteer)
    groups = Joiner(nodes, type, len(columns)).groups()
    return GroupDescriber(nodes, type, list(columns)).describe(asked, groups)
