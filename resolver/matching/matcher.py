"""From mentions to scored pairs: parse, find names by equal keys, score; if nothing good was found, by few edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from resolver.days import day_range
from resolver.index.index import Index
from resolver.matching import candidates
from resolver.matching.comparison import Comparisons, ContextMeaning, Query
from resolver.matching.context import ContextReader
from resolver.matching.ranking import Ints, unsettled
from resolver.matching.scoring import Scores, evidence
from resolver.matching.scoring import score as score_pairs
from resolver.model import PLACE_TYPES, Evidence, Mention
from resolver.text.reading import read

__all__ = ["Explained", "Matcher"]

Explained = dict[int, tuple[Evidence, ...]]
"""The evidence for each entity that a mention may mean."""


class Matcher:
    """Scores the names in one index that mentions may mean."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._context_reader = ContextReader(index)
        self._read = lru_cache(maxsize=65_536)(read)
        self.explain = lru_cache(maxsize=1024)(self._explain)

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

    def may_be_no_place(self, queries: Sequence[Query]) -> NDArray[np.bool_]:
        """Return which of some queries have a person, an office or an organisation among the names they may mean."""
        parsed = [query.parsed for query in queries]
        asked = candidates.Filter(self.index, [query.mention for query in queries])

        def keep(mention: Ints, entity: Ints) -> NDArray[np.bool_]:
            return asked(mention, entity) & (self.index.entity_type[entity] >= len(PLACE_TYPES))

        found = np.zeros(len(queries), np.bool_)
        found[candidates.exact(self.index, parsed, keep).mention] = True
        found[candidates.fuzzy(self.index, parsed, np.flatnonzero(~found).tolist(), keep).mention] = True
        return found

    def _explain(self, mention: Mention) -> Explained:
        found: dict[int, tuple[float, Comparisons, Scores, int]] = {}
        for batch, scores in self.score(self.parse([mention])):
            for pair, (entity, odds) in enumerate(zip(batch.entity.tolist(), scores.log_odds.tolist(), strict=True)):
                if entity not in found or odds > found[entity][0]:
                    found[entity] = odds, batch, scores, pair
        return {entity: evidence(batch, scores, pair) for entity, (_, batch, scores, pair) in found.items()}
