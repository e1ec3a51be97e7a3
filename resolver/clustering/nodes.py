"""From mentions to nodes: mentions with no difference between them, and their entity in the gazetteer."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from resolver.clustering.contexts import DIFFERENT, Asked, Contexts, telling
from resolver.clustering.names import Names
from resolver.clustering.offices import Offices
from resolver.engine.resolver import Resolver
from resolver.failures import failed_fields, is_raised
from resolver.model import Match, Mention
from resolver.text.unstated import is_unstated

__all__ = ["Node", "Nodes", "Scale"]

_SUPPORTED = frozenset({"within", "directly_within", "nearly", "role"})
_NOBODY = "not grouped: names nobody"
_FEW = 150
"""A table with more distinct names than this is a crowd: the more people, the more namesakes."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Thresholds of one table: the least log-odds of a link, and the penalty for a crowd."""

    least: float
    crowd: float

    @classmethod
    def of(cls, min_score: float, distinct: int, kind: str) -> Scale:
        """Return the scale of a table with a number of distinct names."""
        crowd = -math.log(max(distinct, _FEW) / _FEW) if kind == "person" else 0.0
        return cls(math.log(min_score / (1 - min_score)), crowd)


@dataclass(slots=True)
class Node:
    """The mentions of one name in one context with the same entity in the gazetteer: nothing distinguishes them.

    ``office`` says that the mention is an office and not a person's name: ``held`` by one person at a time, on the day
    that is part of the node's name, or by any number of people (``shared``).
    """

    name: str
    context: tuple[str, ...]
    side: str
    anchor: str
    office: str = ""
    mentions: int = 0
    years: tuple[int, ...] = ()
    score: float = 0.0
    open: bool = False
    link: tuple[float, int, tuple[int, ...]] | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """The sort key of nodes, so that the order of the rows makes no difference."""
        return (self.name, *self.context, self.side, self.anchor)


@dataclass(slots=True)
class Nodes:
    """The nodes of a table, sorted; ``of_mention`` is the number of each mention's node, None if it has none.

    ``telling`` is the weight of each shared context value, ``matches`` has the matches of the entities meant,
    ``failures`` has the reasons why mentions could not be read, by their texts.
    """

    names: Names
    scale: Scale
    all: list[Node] = field(default_factory=list)
    of_mention: list[int | None] = field(default_factory=list)
    telling: dict[tuple[int, str], float] = field(default_factory=dict)
    matches: dict[str, Match] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    @classmethod
    def place(
        cls,
        asked: Sequence[Asked],
        names: Names,
        kind: str,
        min_score: float,
        resolver: Resolver,
        *,
        matched: bool,
    ) -> Nodes:
        """Sort mentions into nodes."""
        texts = {one[0] for one in asked}
        failures: dict[str, str] = {}
        keys = {text: _key(names, text, failures) for text in sorted(texts)}
        found = cls(names, Scale.of(min_score, len(set(keys.values())), kind), failures=failures)
        known = names.known(resolver.spellings(kind)) if matched else _nobody  # type: ignore[arg-type]
        people = kind == "person"
        offices = Offices.among(asked, resolver, matched=matched, named=known) if people else Offices()
        named = {one for one in asked if keys[one[0]] and one not in offices.known and known(one[0])}
        anchors, open_ = found._anchors(named, kind, resolver)
        contextual = Contexts(resolver, (value for context in {one[1] for one in asked} for value in context))
        nodes: dict[tuple[str, ...], Node] = {}
        orders: list[tuple[str, ...] | None] = []
        for one in asked:
            text, context, date = one
            if not keys[text]:
                orders.append(None)
                continue
            office = offices.known.get(one)
            anchor, score = anchors.get(one, ("", 0.0))
            name, side = (office.key, "") if office else (keys[text], names.side(text))
            node = Node(name, tuple(map(contextual.key, context)), side, anchor, office.kind if office else "")
            node = nodes.setdefault(node.order, node)
            node.mentions += 1
            node.score = max(node.score, office.score if office else score)
            node.open = node.open or one in open_
            if date:
                year = int(date[:4])
                node.years = (min((year, *node.years)), max((year, *node.years)))
            orders.append(node.order)
        found.all = [nodes[order] for order in sorted(nodes)]
        width = len(asked[0][1]) if asked else 0
        found.telling = telling([[(node.context[at], node.mentions) for node in found.all] for at in range(width)])
        numbers = {node.order: number for number, node in enumerate(found.all)}
        found.of_mention = [None if order is None else numbers[order] for order in orders]
        return found

    def of_namesakes(self, node: Node) -> float:
        """Return the log-odds that two mentions of a node mean one entity."""
        told = sum(self.telling[place, value] for place, value in enumerate(node.context) if value)
        return self.names.odds(node.name, node.name) + self.scale.crowd + told

    def _anchors(
        self, asked: Iterable[Asked], kind: str, resolver: Resolver
    ) -> tuple[dict[Asked, tuple[str, float]], set[Asked]]:
        """Return the entity that each mention means, if certain enough, and the mentions that may mean several."""
        ordered = sorted(asked)
        questions = [
            Mention(text, (kind,), (), date, tuple(value for value in context if value.strip()))  # type: ignore[arg-type]
            for text, context, date in ordered
        ]
        found: dict[Asked, tuple[str, float]] = {}
        open_: set[Asked] = set()
        for one, match in zip(ordered, resolver.resolve_many(questions), strict=True):
            if match.entity and self._sure(one[0], one[1], match):
                found[one] = match.entity.id, match.score
                self.matches.setdefault(match.entity.id, match)
            elif match.status == "ambiguous" and len(match.candidates) > 1:
                open_.add(one)
        return found, open_

    def _sure(self, text: str, context: tuple[str, ...], match: Match) -> bool:
        """Whether a match is more than a common name with a context that says nothing about the entity."""
        differing = sum(bool(value.strip()) for value in context)
        if not differing or any(one.feature in _SUPPORTED and one.weight > 0 for one in match.evidence):
            return True
        name = self.names.key(text)
        odds = self.names.odds(name, name) + self.scale.crowd + DIFFERENT * differing if name else -math.inf
        return odds >= self.scale.least


def _nobody(text: str) -> bool:
    return False


def _key(names: Names, text: str, failures: dict[str, str]) -> str:
    """Return the key of a name; an empty one, with the reason recorded, if the text cannot be read or is no name."""
    if not text.strip():
        return ""
    if is_unstated(text):
        failures[text] = _NOBODY
        return ""
    try:
        return names.key(text)
    except Exception as error:
        if is_raised(error):
            raise
        failures[text] = str(failed_fields(error, "")["note"])
        return ""
