"""From mentions to scored pairs: parse, find names by equal keys, score; if nothing good was found, by few edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from resolver.days import day_range
from resolver.index.index import Index
from resolver.matching import candidates
from resolver.matching.candidates import Pairs
from resolver.matching.comparison import Comparisons, ContextMeaning, Query
from resolver.matching.context import ContextReader
from resolver.matching.ranking import WORTH_NAMING_TOGETHER, Ints, unsettled
from resolver.matching.scoring import Scores, evidence
from resolver.matching.scoring import score as score_pairs
from resolver.model import PLACE_TYPES, Evidence, Mention
from resolver.text.reading import read

__all__ = ["Explained", "Matcher"]

_KEPT = 1_024
"""Mentions whose evidence is kept."""

_FEW, _REMEMBERED = 4, 64
"""The scores of so few mentions asked for together are kept, those of so many at most: each has up to 60 features."""

_ROUNDED = 0.01
"""More than rounding changes in log-odds."""

Explained = dict[int, tuple[Evidence, ...]]
"""The evidence for each entity that a mention may mean."""

Scored = list[tuple[Comparisons, Scores]]
"""The names that some mentions may mean, scored: with equal keys, and with typing errors."""


class Matcher:
    """Scores the names in one index that mentions may mean."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._context_reader = ContextReader(index)
        self._read = lru_cache(maxsize=65_536)(read)
        self._explained: dict[Mention, Explained] = {}
        self._scored: dict[Mention, tuple[int, Scored]] = {}

    def parse(self, mentions: Sequence[Mention]) -> list[Query]:
        """Return the parsed mentions, with the days they may date from."""
        return [
            Query(mention, self._read(mention.text), day_range(mention.date) if mention.date else None)
            for mention in mentions
        ]

    def contexts(self, queries: Iterable[Query]) -> dict[str, ContextMeaning]:
        """Return what the context texts of some queries may mean."""
        return self._context_reader.meanings(queries)

    def score(self, queries: Sequence[Query]) -> Iterator[tuple[Comparisons, Scores]]:
        """Yield the scored names that queries may mean: first those with equal keys, then those with typing errors."""
        if len(queries) > _FEW:
            yield from self._score(queries)
            return
        scored: Scored = []
        for one in self._score(queries):
            scored.append(one)
            yield one
        # Whoever asks for a single mention usually reads the evidence next.
        if len(self._scored) >= _REMEMBERED:
            self._scored.clear()
        self._scored.update((query.mention, (place, scored)) for place, query in enumerate(queries))

    def _score(self, queries: Sequence[Query]) -> Iterator[tuple[Comparisons, Scores]]:
        parsed = [query.parsed for query in queries]
        keep = candidates.Filter(self.index, [query.mention for query in queries])
        contexts = self._context_reader.meanings(queries)
        pairs = candidates.exact(self.index, parsed, keep)
        batch = Comparisons(self.index, queries, pairs, contexts)
        scores = score_pairs(batch)
        yield batch, scores
        open_ = np.flatnonzero(unsettled(pairs.mention, scores.log_odds, len(queries)))
        near = candidates.fuzzy(self.index, parsed, open_.tolist(), keep)
        if len(near):
            batch = Comparisons(self.index, queries, near, contexts)
            yield batch, score_pairs(batch)

    def may_be_no_place(self, queries: Sequence[Query], min_score: float) -> NDArray[np.bool_]:
        """Return which of some queries may rather mean a person, an office or an organisation than a place or nothing.

        Only the names of these are scored. Beside those of places none weighs more: a name beside others is at most
        doubted for them. Where the best is hopeless, a place is better, or the mention is not matched.
        """
        least = self._hopeless if min_score >= WORTH_NAMING_TOGETHER else -np.inf
        parsed = [query.parsed for query in queries]
        asked = candidates.Filter(self.index, [query.mention for query in queries])

        def keep(mention: Ints, entity: Ints) -> NDArray[np.bool_]:
            return asked(mention, entity) & (self.index.entity_type[entity] >= len(PLACE_TYPES))

        found = np.zeros(len(queries), np.bool_)
        found[self._likelier(queries, candidates.exact(self.index, parsed, keep), least)] = True
        rest = np.flatnonzero(~found).tolist()
        found[self._likelier(queries, candidates.fuzzy(self.index, parsed, rest, keep), least)] = True
        return found

    @cached_property
    def _hopeless(self) -> float:
        """Log-odds so low that even if all entities had them, a mention would mean none of them."""
        together = log(WORTH_NAMING_TOGETHER / (1 - WORTH_NAMING_TOGETHER))
        return together - log(max(len(self.index.ids), 1)) - _ROUNDED

    def _likelier(self, queries: Sequence[Query], pairs: Pairs, least: float) -> Ints:
        """Return the queries of which some pair has more than the ``least`` log-odds."""
        if not len(pairs) or least == -np.inf:
            return pairs.mention
        which = np.unique(pairs.mention)
        some = [queries[place] for place in which.tolist()]
        near = Pairs(np.searchsorted(which, pairs.mention).astype(np.int32), pairs.reading, pairs.row, pairs.edits)
        batch = Comparisons(self.index, some, near, self._context_reader.meanings(some))
        return pairs.mention[score_pairs(batch).log_odds > least]

    def explain(self, mention: Mention, beside: Sequence[Mention] = ()) -> Explained:
        """Return the evidence for what a mention may mean; that of those ``beside`` is computed with it, and kept."""
        known = self._explained.get(mention)
        if known is not None:
            return known
        if len(self._explained) >= _KEPT:
            self._explained.clear()
        if mention in self._scored:
            place, scored = self._scored[mention]
            found = {mention: _explained(scored, place + 1)[place]}
        else:
            asked = list(dict.fromkeys([mention, *beside]))
            found = dict(zip(asked, _explained(self.score(self.parse(asked)), len(asked)), strict=True))
        self._explained.update(found)
        return found[mention]


def _explained(scored: Iterable[tuple[Comparisons, Scores]], count: int) -> list[Explained]:
    """Return the evidence for the first mentions of those scored, as many as ``count``."""
    found: list[dict[int, tuple[float, Comparisons, Scores, int]]] = [{} for _ in range(count)]
    for batch, scores in scored:
        columns = batch.pairs.mention.tolist(), batch.entity.tolist(), scores.log_odds.tolist()
        for pair, (place, entity, odds) in enumerate(zip(*columns, strict=True)):
            if place < count and (entity not in found[place] or odds > found[place][entity][0]):
                found[place][entity] = odds, batch, scores, pair
    return [
        {entity: evidence(batch, scores, pair) for entity, (_, batch, scores, pair) in best.items()} for best in found
    ]
