"""Mentions that stand for the same person or organisation, in the gazetteer or not, under one provisional id.

Precision first. Names that share a key (``blocking``) are compared (``personal_names``), context that agrees or
differs is weighed in, and mentions are joined, the surest first, only where no member of either group contradicts one
of the other. A mention that two groups claim alike goes to neither. What the gazetteer knows gets its id, and two
mentions of different entities never meet.

>>> [one.cluster == "vn-person-luong-tam-quang" for one in cluster(["Lương Tam Quang", "Tam Quang Luong", "Tô Lâm"])]
[True, True, False]
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from resolver.clustering import blocking
from resolver.engine.resolver import MIN_SCORE, Resolver
from resolver.errors import UsageError
from resolver.filters import unknown
from resolver.model import Match, Mention
from resolver.people.name_comparison import compare_names, log_odds
from resolver.text import keys, persons, vietnamese
from resolver.text.persons import PersonalName

__all__ = ["KINDS", "Clustered", "cluster"]

KINDS = ("person", "organisation")

_Asked = tuple[str, tuple[str, ...], str]
"""A mention, its context and its date."""

_FEW = 150
"""Distinct names from which on a table is a crowd: the more people it has, the more of them bear one name."""
_OTHER_CONTEXT, _MOST_CONTEXT, _LEAST_CONTEXT, _MOVES = -3.0, 6.0, 0.5, 0.5
_CONTRADICTS = -3.0
_CLEARLY = 1.5
_LONGEST_LIFE = 60
_SUPPORTED = frozenset({"within", "directly_within", "nearly", "role"})
_STYLES = ("khmer", "bare", "half", "native")
_DIGITS = 12
_PLAIN = frozenset({"two_people", "word", "same_name"})


@dataclass(frozen=True, slots=True)
class Clustered:
    """What one mention belongs to.

    ``cluster`` is the id of the entity in the gazetteer, or a provisional one that depends on the names in the group
    only; ``size`` how many mentions are in it; ``name`` its most telling spelling; ``link`` in words, to which other
    mention this one was linked and why; ``score`` how sure that link is (0 where there is none); ``id`` that of the
    entity. All are empty for a blank mention.
    """

    cluster: str = ""
    size: int = 0
    name: str = ""
    link: str = ""
    score: float = 0.0
    id: str = ""


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

    ``context`` are columns as long as the mentions, by name (organisation, place): what agrees is told and counts for
    two mentions, what differs against. ``dates`` are the mentions' dates (ISO 8601, empty where unknown).
    ``min_score`` is the probability (0 to 1) from which two mentions are linked. With ``gazetteer=False`` no mention
    is matched there: names and context alone decide. The answer does not depend on the
    order of the mentions. Raises ``UsageError`` for an unknown type, an impossible score, columns of other lengths.
    """
    texts = list(mentions)
    columns = {name: list(values) for name, values in (context or {}).items()}
    days = list(dates) if dates is not None else [""] * len(texts)
    if type not in KINDS:
        raise UsageError(unknown("type", type, KINDS))
    if not 0 < min_score < 1:
        raise UsageError(f"the least score {min_score} is no probability between 0 and 1")
    lengths = {name: len(values) for name, values in columns.items()} | {"dates": len(days)}
    for name, length in lengths.items():
        if length != len(texts):
            raise UsageError(f"{name} has {length} values for {len(texts)} mentions: give one for each")
    job = _Job(type, tuple(columns), min_score, resolver or Resolver(), matched=gazetteer)
    contexts: list[tuple[str, ...]] = list(zip(*columns.values(), strict=True)) if columns else [()] * len(texts)
    return job.run(list(zip(texts, contexts, days, strict=True)))


_NOBODY = Clustered()


# --- Names -----------------------------------------------------------------------------------------------------


class _Names(Protocol):
    """How the names of one type are told apart."""

    def key(self, text: str) -> str:
        """Return what makes two texts the same name; empty if it is none."""

    def pairs(self, keys: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Return the names worth comparing, by their places."""

    def odds(self, one: str, other: str) -> float:
        """Return the log-odds of two names being one's."""

    def why(self, one: str, other: str) -> str:
        """Say in words what speaks for two names being one's."""

    def spelling(self, key: str) -> tuple[tuple[int, ...], str]:
        """Return how telling a name is, and as it is shown."""

    def side(self, text: str) -> str:
        """Return what a mention says of gender, or nothing."""

    def known(self, spellings: Iterable[str]) -> Callable[[str], bool]:
        """Return a test whether a mention may be one of the names that the gazetteer has."""


def _in_one_case(text: str) -> tuple[bool, str]:
    """Order spellings that differ in case only: those in capitals, or without any, come last."""
    return text.isupper() or text.islower(), text


class _People:
    def __init__(self) -> None:
        self._readings: dict[str, tuple[PersonalName, ...]] = {}
        self._shown: dict[str, str] = {}
        self._odds: dict[tuple[str, str], float] = {}

    def key(self, text: str) -> str:
        readings = persons.parse(text)
        key = "|".join(reading.plain for reading in readings)
        self._readings.setdefault(key, readings)
        if readings:
            self._shown[key] = min(self._shown.get(key, readings[0].text), readings[0].text, key=_in_one_case)
        return key

    def pairs(self, keys: Sequence[str]) -> Iterable[tuple[int, int]]:
        return blocking.pairs([self._readings[key] for key in keys])

    def odds(self, one: str, other: str) -> float:
        pair = (one, other) if one < other else (other, one)
        found = self._odds.get(pair)
        if found is None:
            ours, theirs = self._readings[pair[0]], self._readings[pair[1]]
            found = self._odds[pair] = max(log_odds(a, b) for a in ours for b in theirs)
        return found

    def why(self, one: str, other: str) -> str:
        found = compare_names(self.spelling(one)[1], self.spelling(other)[1])
        told = {each.feature: each.text for each in reversed(found.evidence) if each.feature not in _PLAIN}
        return "; ".join([*told.values()][::-1][:2]) or "the same words"

    def spelling(self, key: str) -> tuple[tuple[int, ...], str]:
        name = self._readings[key][0]
        full = sum(not word.initial for word in name.words)
        return (_STYLES.index(name.style), full, sum(len(word.fold) for word in name.words)), self._shown[key]

    def side(self, text: str) -> str:
        readings = persons.parse(text)
        return persons.gender(readings[0].titles) if readings else ""

    def known(self, spellings: Iterable[str]) -> Callable[[str], bool]:
        known = {key for text in spellings for reading in persons.parse(text) for key in blocking.own(reading)}

        def asked(text: str) -> bool:
            return any(key in known for reading in persons.parse(text) for key in blocking.own(reading))

        return asked


class _Organisations:
    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def key(self, text: str) -> str:
        shown = " ".join(vietnamese.normalise(text).split())
        key = f"{keys.word_key(text)}|{shown.casefold()}" if keys.word_key(text) else ""
        self._texts[key] = min(self._texts.get(key, shown), shown, key=_in_one_case)
        return key

    def pairs(self, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
        blocks: dict[str, list[int]] = {}
        for number, key in enumerate(keys):
            blocks.setdefault(key.partition("|")[0], []).append(number)
        for block in blocks.values():
            # Who agrees with the first agrees with all, but for diacritics: these are looked at before joining.
            yield from ((block[0], other) for other in block[1:])
            yield from itertools.pairwise(block)

    def odds(self, one: str, other: str) -> float:
        if one.partition("|")[0] != other.partition("|")[0]:
            return -30.0
        try:
            accents = vietnamese.accents(self._texts[one], self._texts[other])
        except ValueError:
            accents = "same"  # worded otherwise
        words = len(one.partition("|")[0].split())
        return -30.0 if accents == "contrast" else 2.0 + 1.2 * words

    def why(self, one: str, other: str) -> str:
        return "the same telling words"

    def spelling(self, key: str) -> tuple[tuple[int, ...], str]:
        text = self._texts[key]
        return (not text.isascii(), len(text)), text

    def side(self, text: str) -> str:
        return ""

    def known(self, spellings: Iterable[str]) -> Callable[[str], bool]:
        return bool


# --- Groups ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Node:
    """The mentions of one name in one context that the gazetteer takes for the same: told apart by nothing."""

    name: str
    context: tuple[str, ...]
    side: str
    anchor: str
    mentions: int = 0
    years: tuple[int, ...] = ()
    score: float = 0.0
    open: bool = False
    link: tuple[float, int, tuple[int, ...]] | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """What nodes are sorted by, so that the order of the rows makes no difference."""
        return (self.name, *self.context, self.side, self.anchor)


class _Edge(NamedTuple):
    """A link that may be made: its log-odds, the nodes, and the places of the context that agree."""

    odds: float
    one: int
    other: int
    shared: tuple[int, ...]


@dataclass(slots=True)
class _Group:
    """Nodes that were joined, and all by which they may contradict others."""

    members: list[int]
    names: set[str]
    anchors: set[str]
    sides: set[str]
    open: bool
    years: list[int]


class _Job:
    def __init__(
        self, kind: str, columns: tuple[str, ...], min_score: float, resolver: Resolver, *, matched: bool
    ) -> None:
        self._matched = matched
        self._kind = kind
        self._columns = columns
        self._least = math.log(min_score / (1 - min_score))
        self._resolver = resolver
        self._names: _Names = _People() if kind == "person" else _Organisations()
        self._crowd = 0.0
        self._telling: dict[tuple[int, str], float] = {}
        self._nodes: list[_Node] = []
        self._matches: dict[str, Match] = {}

    def run(self, asked: Sequence[_Asked]) -> list[Clustered]:
        """Return what each mention belongs to."""
        named = {self._names.key(text) for text in {one[0] for one in asked}}
        if self._kind == "person":
            self._crowd = -math.log(max(len(named), _FEW) / _FEW)
        placed = self._place(asked)
        groups = self._join()
        told: dict[int, Clustered] = {}
        taken: Counter[str] = Counter()
        for group in groups:
            self._tell(group, told, taken)
        found = [_NOBODY if number is None else told[number] for number in placed]
        unsure = {group.members[0] for group in groups if self._unsure(group)}
        return self._apart(asked, placed, found, unsure) if unsure else found

    def _unsure(self, group: _Group) -> bool:
        """Whether a group is one name in one context that so many bear that its mentions cannot be joined."""
        node = self._nodes[group.members[0]]
        return len(group.members) == 1 and node.mentions > 1 and not node.anchor and self._self(node) < self._least

    def _self(self, node: _Node) -> float:
        """Return the log-odds of two mentions of a node being one's."""
        told = sum(self._telling[place, value] for place, value in enumerate(node.context) if value)
        return self._names.odds(node.name, node.name) + self._crowd + told

    def _apart(
        self, asked: Sequence[_Asked], placed: Sequence[int | None], found: list[Clustered], unsure: set[int]
    ) -> list[Clustered]:
        """Give each mention of an unsure group an id of its own, numbered by date."""
        counts: Counter[int] = Counter()
        for place in sorted(range(len(placed)), key=lambda place: (asked[place][2], place)):
            number = placed[place]
            if number in unsure:
                counts[number] += 1
                link = f"kept apart: many bear this name, {self._nodes[number].mentions} mentions here"
                found[place] = replace(
                    found[place], cluster=f"{found[place].cluster}-{counts[number]}", size=1, link=link, score=0.0
                )
        return found

    # Mentions to nodes

    def _place(self, asked: Sequence[_Asked]) -> list[int | None]:
        """Sort mentions into nodes; return the node's number for each, None for blank ones."""
        anchors, open_ = self._anchors({one for one in asked if one[0].strip()}) if self._matched else ({}, set())
        contextual = _Contexts(self._resolver, (value for context in {one[1] for one in asked} for value in context))
        nodes: dict[tuple[str, ...], _Node] = {}
        found: list[tuple[str, ...] | None] = []
        for text, context, date in asked:
            name = self._names.key(text) if text.strip() else ""
            if not name:
                found.append(None)
                continue
            anchor, score = anchors.get((text, context, date), ("", 0.0))
            node = _Node(name, tuple(contextual.key(value) for value in context), self._names.side(text), anchor)
            node = nodes.setdefault(node.order, node)
            node.mentions += 1
            node.score = max(node.score, score)
            node.open = node.open or (text, context, date) in open_
            if date[:4].isdigit():
                year = int(date[:4])
                node.years = (min((year, *node.years)), max((year, *node.years)))
            found.append(node.order)
        self._nodes = [nodes[order] for order in sorted(nodes)]
        self._weigh_contexts()
        numbers = {node.order: number for number, node in enumerate(self._nodes)}
        return [None if order is None else numbers[order] for order in found]

    def _weigh_contexts(self) -> None:
        """Find how much each value of the context tells where two mentions share it: the rarer it is, the more."""
        for place in range(len(self._columns)):
            counts: Counter[str] = Counter()
            for node in self._nodes:
                counts[node.context[place]] += node.mentions
            del counts[""]
            total = counts.total()
            for value, count in counts.items():
                rare = math.log(total / count) - _MOVES
                self._telling[place, value] = min(_MOST_CONTEXT, max(_LEAST_CONTEXT, rare))

    def _anchors(self, asked: Iterable[_Asked]) -> tuple[dict[_Asked, tuple[str, float]], set[_Asked]]:
        """Return the entity that each mention means, where that is sure enough, and those that may mean several."""
        known = self._names.known(self._resolver.spellings(self._kind))  # type: ignore[arg-type]
        ordered = sorted(one for one in asked if known(one[0]))
        questions = [
            Mention(text, (self._kind,), (), date, tuple(value for value in context if value.strip()))  # type: ignore[arg-type]
            for text, context, date in ordered
        ]
        found: dict[_Asked, tuple[str, float]] = {}
        open_: set[_Asked] = set()
        for one, match in zip(ordered, self._resolver.resolve_many(questions), strict=True):
            if match.entity and self._sure(one[0], one[1], match):
                found[one] = match.entity.id, match.score
                self._matches.setdefault(match.entity.id, match)
            elif match.status == "ambiguous" and len(match.candidates) > 1:
                open_.add(one)
        return found, open_

    def _sure(self, text: str, context: tuple[str, ...], match: Match) -> bool:
        """Whether a match is more than a name that many bear, beside a context that says nothing of the entity."""
        differing = sum(bool(value.strip()) for value in context)
        if not differing or any(one.feature in _SUPPORTED and one.weight > 0 for one in match.evidence):
            return True
        name = self._names.key(text)
        return bool(name) and self._names.odds(name, name) + self._crowd + _OTHER_CONTEXT * differing >= self._least

    # Nodes to groups

    def _join(self) -> list[_Group]:
        """Return the groups, having joined the surest links first."""
        groups = {
            number: _Group([number], {node.name}, {node.anchor} - {""}, {node.side} - {""}, node.open, list(node.years))
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
            kept, gone = (
                (of[edge.one], of[edge.other])
                if len(one.members) >= len(other.members)
                else (of[edge.other], of[edge.one])
            )
            into, from_ = groups[kept], groups.pop(gone)
            into.members += from_.members
            into.names |= from_.names
            into.anchors |= from_.anchors
            into.sides |= from_.sides
            into.open |= from_.open
            into.years = [f(into.years + from_.years) for f in (min, max)] if into.years + from_.years else []
            for number in from_.members:
                of[number] = kept
        for group in groups.values():
            group.members.sort()
        return sorted(groups.values(), key=lambda group: group.members)

    def _contradict(self, one: _Group, other: _Group, edge: _Edge) -> bool:
        """Whether anything in one group says that it cannot be the other.

        Nor is a name that the gazetteer knows several people by joined to one of them without a context they share.
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
            self._names.odds(ours, theirs) < _CONTRADICTS
            for ours in one.names
            for theirs in other.names
            if ours != theirs
        )

    def _edges(self) -> list[_Edge]:
        """Return the links that may be made: those of the gazetteer, then those of names and context."""
        edges: list[_Edge] = []
        anchored: dict[str, int] = {}
        named: dict[str, list[int]] = {}
        for number, node in enumerate(self._nodes):
            named.setdefault(node.name, []).append(number)
            if node.anchor:
                first = anchored.setdefault(node.anchor, number)
                if first != number:
                    edges.append(_Edge(30.0, first, number, ()))
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
        odds = self._names.odds(name, name) + self._crowd
        namesakes = len({self._nodes[number].anchor for number in nodes} - {""}) > 1
        if odds + _OTHER_CONTEXT * len(self._columns) >= self._least and not namesakes:
            yield from (self._edge(odds, nodes[0], number) for number in nodes[1:])
            return
        yield from self._sharing(odds, nodes, nodes)

    def _between(self, ours: Sequence[int], theirs: Sequence[int]) -> Iterator[_Edge]:
        """Yield links between the nodes of two names."""
        odds = self._names.odds(self._nodes[ours[0]].name, self._nodes[theirs[0]].name) + self._crowd
        if odds + _MOST_CONTEXT * len(self._columns) < self._least:
            return
        if odds + _OTHER_CONTEXT * len(self._columns) >= self._least:
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
                    if edge.odds >= self._least:
                        yield edge

    def _values(self, number: int) -> list[tuple[int, str]]:
        context = self._nodes[number].context
        return [(place, value) for place, value in enumerate(context) if value] or [(-1, "")]

    def _edge(self, odds: float, one: int, other: int) -> _Edge:
        shared = []
        for place, (ours, theirs) in enumerate(zip(self._nodes[one].context, self._nodes[other].context, strict=True)):
            if ours and theirs:
                odds += self._telling[place, ours] if ours == theirs else _OTHER_CONTEXT
                shared += [place] * (ours == theirs)
        return _Edge(odds, min(one, other), max(one, other), tuple(shared))

    def _unclaimed(self, edges: Sequence[_Edge]) -> list[_Edge]:
        """Leave out the links of a node that lead to names which contradict each other, unless one is clearly surer."""
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
        return self._names.odds(one, other) < _CONTRADICTS

    # Groups to answers

    def _tell(self, group: _Group, told: dict[int, Clustered], taken: Counter[str]) -> None:
        """Add what there is to say of each node of a group."""
        nodes = [self._nodes[number] for number in group.members]
        size = sum(node.mentions for node in nodes)
        counts: Counter[str] = Counter()
        for node in nodes:
            counts[node.name] += node.mentions
        name = self._names.spelling(max(counts, key=lambda key: (self._names.spelling(key)[0], counts[key], key)))[1]
        anchor = next(iter(group.anchors), "")
        match = self._matches.get(anchor)
        if match and match.entity:
            name = match.entity.name
        id_ = anchor or self._provisional(group, taken)
        for number in group.members:
            link, score = self._link(number)
            told[number] = Clustered(id_, size, name, link, round(score, 3), anchor)

    def _provisional(self, group: _Group, taken: Counter[str]) -> str:
        """Return an id made of the group's first name; groups of one name are told apart by their contexts."""
        first = self._nodes[group.members[0]]
        base = f"{self._kind}-{hashlib.sha256(first.name.encode()).hexdigest()[:_DIGITS]}"
        taken[base] += 1
        if taken[base] == 1:
            return base
        return f"{self._kind}-{hashlib.sha256('|'.join(first.order).encode()).hexdigest()[:_DIGITS]}"

    def _link(self, number: int) -> tuple[str, float]:
        """Say to which other mention a node was linked and why, and how sure that is."""
        node = self._nodes[number]
        if node.anchor:
            return f"matched in the gazetteer: {node.anchor}", node.score
        if node.link is None and node.mentions == 1:
            return "", 0.0
        if node.link is None:
            return f"the same name in {node.mentions} mentions", _probability(self._self(node))
        odds, other, shared = node.link
        theirs = self._nodes[other]
        shown = self._names.spelling(theirs.name)[1]
        why = "the same name" if theirs.name == node.name else self._names.why(node.name, theirs.name)
        agreeing = "".join(f"; the same {self._columns[place]}" for place in shared)
        return f"to “{shown}”: {why}{agreeing}", _probability(odds)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


class _Contexts:
    """Values of the context in a form in which two wordings of one thing are equal."""

    def __init__(self, resolver: Resolver, values: Iterable[str]) -> None:
        distinct = sorted({value for value in values if value.strip()})
        matches = resolver.resolve_many(distinct)
        self._keys = {
            value: match.entity.id if match.entity else str(keys.word_key(value))
            for value, match in zip(distinct, matches, strict=True)
        }

    def key(self, value: str) -> str:
        """Return the id of the entity meant, or the telling words; empty for a blank value."""
        return self._keys.get(value, "")
