"""From groups to answers: ids, sizes, names, and in words why each mention is in its group."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from resolver.clustering.contexts import Asked
from resolver.clustering.joining import Group
from resolver.clustering.nodes import Node, Nodes
from resolver.text.persons import LONGEST
from resolver.text.unicode import MOST_READ

__all__ = ["Clustered", "GroupDescriber"]

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Clustered:
    """The group of one mention.

    ``cluster`` is the id of the entity in the gazetteer, or a provisional id that depends only on the names in the
    group; ``size`` is the number of its mentions; ``name`` its most informative spelling; ``link`` says in words to
    which other mention this one was linked and why; ``score`` is the probability of that link (0 if there is none);
    ``id`` is the id of the entity. All are empty for a blank mention.
    """

    cluster: str = ""
    size: int = 0
    name: str = ""
    link: str = ""
    score: float = 0.0
    id: str = ""


class GroupDescriber:
    """Describes the group of each mention of a table, given the names of its context columns."""

    def __init__(self, nodes: Nodes, kind: str, columns: Sequence[str]) -> None:
        self._table = nodes
        self._nodes = nodes.all
        self._names = nodes.names
        self._kind = kind
        self._columns = columns
        self._longest = LONGEST if kind == "person" else MOST_READ

    def describe(self, asked: Sequence[Asked], groups: Sequence[Group]) -> list[Clustered]:
        """Return the group of each mention."""
        told: dict[int, Clustered] = {}
        taken: Counter[str] = Counter()
        for group in groups:
            self._describe(group, told, taken)
        of_mention = self._table.of_mention
        found = [Clustered() if number is None else told[number] for number in of_mention]
        apart = {group.members[0]: why for group in groups if (why := self._kept_apart(group))}
        if apart:
            self._number(asked, found, apart)
        for place, (text, _, _) in enumerate(asked):
            if text in self._table.failures:
                found[place] = Clustered(link=self._table.failures[text])
            elif len(text) > self._longest and found[place].cluster:
                link = f"{found[place].link}; only its first {self._longest:,} characters were read"
                found[place] = replace(found[place], link=link.removeprefix("; "))
        return found

    def _kept_apart(self, group: Group) -> str:
        """Return why the mentions of a group of one node cannot be joined; an empty text if they can."""
        node = self._nodes[group.members[0]]
        if len(group.members) > 1 or node.mentions < 2 or node.anchor or node.office == "held":
            return ""
        if node.office:
            return "not joined: no person is named, and more than one person may have held the office"
        if self._table.of_namesakes(node) >= self._table.scale.least:
            return ""
        return f"not joined: many people have this name, {node.mentions} mentions here"

    def _number(self, asked: Sequence[Asked], found: list[Clustered], apart: dict[int, str]) -> None:
        """Give each mention of groups that cannot be joined an id of its own, numbered by date."""
        counts: Counter[int] = Counter()
        of_mention = self._table.of_mention
        for place in sorted(range(len(asked)), key=lambda place: (asked[place][2], place)):
            number = of_mention[place]
            if number in apart:
                counts[number] += 1
                id_ = f"{found[place].cluster}-{counts[number]}"
                found[place] = replace(found[place], cluster=id_, size=1, link=apart[number], score=0.0)

    def _describe(self, group: Group, told: dict[int, Clustered], taken: Counter[str]) -> None:
        """Add the answer for each node of a group."""
        nodes = [self._nodes[number] for number in group.members]
        size = sum(node.mentions for node in nodes)
        counts: Counter[str] = Counter()
        for node in nodes:
            counts[node.name] += node.mentions
        anchor = next(iter(group.anchors), "")
        match = self._table.matches.get(anchor)
        name = match.entity.name if match and match.entity else self._shown(nodes, counts)
        id_ = anchor or self._provisional(group, taken)
        for number in group.members:
            link, score = self._link(self._nodes[number])
            told[number] = Clustered(id_, size, name, link, round(score, 3), anchor)

    def _shown(self, nodes: Sequence[Node], counts: Counter[str]) -> str:
        if nodes[0].office:
            return nodes[0].name.partition("|")[2]
        spelling = self._names.spelling
        return spelling(max(counts, key=lambda key: (spelling(key)[0], counts[key], key)))[1]

    def _provisional(self, group: Group, taken: Counter[str]) -> str:
        """Return an id made from the group's first name; groups of one name differ by their contexts."""
        first = self._nodes[group.members[0]]
        base = f"{self._kind}-{_digest(first.name)}"
        taken[base] += 1
        return base if taken[base] == 1 else f"{self._kind}-{_digest('|'.join(first.order))}"

    def _link(self, node: Node) -> tuple[str, float]:
        """Return in words to which other mention a node was linked and why, and the probability."""
        if node.anchor:
            return f"matched in the gazetteer: {node.anchor}", node.score
        if node.link is None and node.mentions == 1:
            return ("names an office, not a person", 0.0) if node.office else ("", 0.0)
        if node.office:
            return f"names an office, not a person: the same on the same day in {node.mentions} mentions", node.score
        if node.link is None:
            return f"the same name in {node.mentions} mentions", _probability(self._table.of_namesakes(node))
        odds, other, shared = node.link
        theirs = self._nodes[other]
        shown = self._names.spelling(theirs.name)[1]
        why = "the same name" if theirs.name == node.name else self._names.why(node.name, theirs.name)
        agreeing = "".join(f"; the same {self._columns[place]}" for place in shared)
        return f"to “{shown}”: {why}{agreeing}", _probability(odds)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:_DIGITS]


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
