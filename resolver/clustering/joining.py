"""From nodes to groups: links are made, the most certain first, if nothing in either group contradicts them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from resolver.clustering.contexts import DIFFERENT, MOST
from resolver.clustering.names import CONTRADICTS, IMPOSSIBLE
from resolver.clustering.nodes import Nodes

__all__ = ["Group", "Joiner"]

_CLEARLY = 1.5
_LONGEST_LIFE = 60


class _Edge(NamedTuple):
    """A possible link: its log-odds, the nodes, and the positions of the context columns that agree."""

    odds: float
    one: int
    other: int
    shared: tuple[int, ...]


@dataclass(slots=True)
class Group:
    """Joined nodes, and all data by which they may contradict others."""

    members: list[int]
    names: set[str]
    anchors: set[str]
    sides: set[str]
    open: bool
    years: list[int]

    def take(self, other: Group) -> None:
        """Add another group's nodes."""
        self.members += other.members
        self.names |= other.names
        self.anchors |= other.anchors
        self.sides |= other.sides
        self.open |= other.open
        years = self.years + other.years
        self.years = [min(years), max(years)] if years else []


class Joiner:
    """Joins the nodes of a table with a number of context columns."""

    def __init__(self, nodes: Nodes, kind: str, columns: int) -> None:
        self._table = nodes
        self._nodes = nodes.all
        self._names = nodes.names
        self._kind = kind
        self._columns = columns
        # Names that no context can join, and that may contradict each other, need not be weighed to the end.
        scale = nodes.scale
        nodes.names.least = min(CONTRADICTS, scale.least - scale.crowd - MOST * columns)

    def groups(self) -> list[Group]:
        """Return the groups, joined by the most certain links first; each node records the link that joined it."""
        groups = {
            number: Group([number], {node.name}, {node.anchor} - {""}, {node.side} - {""}, node.open, list(node.years))
            for number, node in enumerate(self._nodes)
        }
        of = list(range(len(self._nodes)))
        for edge in sorted(self._edges(), key=lambda edge: (-edge.odds, edge.one, edge.other)):
            one, other = groups[of[edge.one]], groups[of[edge.other]]
            if one is other or self._contradict(one, other, edge):
                continue
            for place, node in ((edge.one, edge.other), (edge.other, edge.one)):
                if self._nodes[place].link is None:
                    self._nodes[place].link = (edge.odds, node, edge.shared)
            ends = (of[edge.one], of[edge.other])
            kept, gone = ends if len(one.members) >= len(other.members) else ends[::-1]
            from_ = groups.pop(gone)
            groups[kept].take(from_)
            for number in from_.members:
                of[number] = kept
        for group in groups.values():
            group.members.sort()
        return sorted(groups.values(), key=lambda group: group.members)

    def _contradict(self, one: Group, other: Group, edge: _Edge) -> bool:
        """Whether anything in one group shows that it cannot be the other.

        A name that several people of the gazetteer have is joined to one of them only with a shared context.
        """
        if one.anchors and one.anchors == other.anchors:
            return False
        if not edge.shared and ((one.open and other.anchors) or (other.open and one.anchors)):
            return True
        if len(one.anchors | other.anchors) > 1 or len(one.sides | other.sides) > 1:
            return True
        years = one.years + other.years
        if years and max(years) - min(years) > _LONGEST_LIFE and self._kind == "person":
            return True
        return any(
            self._names.odds(ours, theirs) < CONTRADICTS
            for ours in one.names
            for theirs in other.names
            if ours != theirs
        )

    def _edges(self) -> list[_Edge]:
        """Return the possible links: those of the gazetteer, then those of names and context."""
        edges: list[_Edge] = []
        anchored: dict[str, int] = {}
        named: dict[str, list[int]] = {}
        for number, node in enumerate(self._nodes):
            if node.office:
                continue  # there is no name to compare
            named.setdefault(node.name, []).append(number)
            if node.anchor:
                first = anchored.setdefault(node.anchor, number)
                if first != number:
                    edges.append(_Edge(-IMPOSSIBLE, first, number, ()))
        for nodes in named.values():
            edges.extend(self._within(nodes))
        spellings = list(named)
        between: list[_Edge] = []
        for one, other in sorted(self._names.pairs(spellings)):
            between.extend(self._between(named[spellings[one]], named[spellings[other]]))
        return edges + self._unclaimed(between)

    def _within(self, nodes: Sequence[int]) -> Iterator[_Edge]:
        """Yield links between nodes of one name: all to the first if it is rare, else those that share a context."""
        name = self._nodes[nodes[0]].name
        odds = self._names.odds(name, name) + self._table.scale.crowd
        namesakes = len({self._nodes[number].anchor for number in nodes} - {""}) > 1
        if odds + DIFFERENT * self._columns >= self._table.scale.least and not namesakes:
            yield from (self._edge(odds, nodes[0], number) for number in nodes[1:])
            return
        yield from self._sharing(odds, nodes, nodes)

    def _between(self, ours: Sequence[int], theirs: Sequence[int]) -> Iterator[_Edge]:
        """Yield links between the nodes of two names."""
        odds = self._names.odds(self._nodes[ours[0]].name, self._nodes[theirs[0]].name) + self._table.scale.crowd
        if odds + MOST * self._columns < self._table.scale.least:
            return
        if odds + DIFFERENT * self._columns >= self._table.scale.least:
            yield self._edge(odds, ours[0], theirs[0])
        yield from self._sharing(odds, ours, theirs)

    def _sharing(self, odds: float, ours: Sequence[int], theirs: Sequence[int]) -> Iterator[_Edge]:
        """Yield links between nodes that share a value of the context, or that both have none."""
        first: dict[tuple[int, str], int] = {}
        for number in ours:
            for shared in self._values(number):
                first.setdefault(shared, number)
        for number in theirs:
            for shared in self._values(number):
                known = first.get(shared, number)
                if known != number:
                    edge = self._edge(odds, known, number)
                    if edge.odds >= self._table.scale.least:
                        yield edge

    def _values(self, number: int) -> list[tuple[int, str]]:
        context = self._nodes[number].context
        return [(place, value) for place, value in enumerate(context) if value] or [(-1, "")]

    def _edge(self, odds: float, one: int, other: int) -> _Edge:
        shared = []
        for place, (ours, theirs) in enumerate(zip(self._nodes[one].context, self._nodes[other].context, strict=True)):
            if ours and theirs:
                odds += self._table.telling[place, ours] if ours == theirs else DIFFERENT
                shared += [place] * (ours == theirs)
        return _Edge(odds, min(one, other), max(one, other), tuple(shared))

    def _unclaimed(self, edges: Sequence[_Edge]) -> list[_Edge]:
        """Leave out links of a node to names that contradict each other, unless one link is clearly more certain."""
        at: dict[int, list[_Edge]] = {}
        for edge in edges:
            at.setdefault(edge.one, []).append(edge)
            at.setdefault(edge.other, []).append(edge)
        dropped: set[tuple[int, int]] = set()
        for number, links in at.items():
            best: dict[str, float] = {}
            for edge in links:
                name = self._nodes[edge.other if edge.one == number else edge.one].name
                best[name] = max(best.get(name, -math.inf), edge.odds)
            for edge in links:
                name = self._nodes[edge.other if edge.one == number else edge.one].name
                rivals = (odds for other, odds in best.items() if other != name and self._rival(name, other))
                if any(edge.odds - odds < _CLEARLY for odds in rivals):
                    dropped.add((edge.one, edge.other))
        return [edge for edge in edges if (edge.one, edge.other) not in dropped]

    def _rival(self, one: str, other: str) -> bool:
        return self._names.odds(one, other) < CONTRADICTS
