"""From mentions to weighed pairs: read, find names by equal keys, weigh; where nothing good was found, by few edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from resolver import candidates
from resolver.batch import Batch, Meaning, Question
from resolver.days import day_range
from resolver.index import Index
from resolver.model import Evidence, Mention
from resolver.ranking import unsettled
from resolver.scoring import Scores, evidence, score
from resolver.surroundings import Surroundings
from resolver.text.reading import read

__all__ = ["Explained", "Weigher"]

Explained = dict[int, tuple[Evidence, ...]]
"""The evidence for each entity that a mention may mean."""


class Weigher:
    """Weighs what mentions may mean by one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._surroundings = Surroundings(index)
        self._read = lru_cache(maxsize=65_536)(read)
        self.explain = lru_cache(maxsize=1024)(self._explain)

    def ask(self, mentions: Sequence[Mention]) -> list[Question]:
        """Return mentions read, with the days they may date from."""
        return [
            Question(mention, self._read(mention.text), day_range(mention.date) if mention.date else None)
            for mention in mentions
        ]

    def contexts(self, questions: Iterable[Question]) -> dict[str, Meaning]:
        """Return what the context texts of some questions may mean."""
        return self._surroundings.meanings(questions)

    def weigh(self, questions: Sequence[Question]) -> Iterator[tuple[Batch, Scores]]:
        """Yield the names that questions may mean, weighed: those with equal keys, then those with typing errors."""
        parsed = [question.parsed for question in questions]
        keep = candidates.Filter(self.index, [question.mention for question in questions])
        contexts = self._surroundings.meanings(questions)
        pairs = candidates.exact(self.index, parsed, keep)
        batch = Batch(self.index, questions, pairs, contexts)
        scores = score(batch)
        yield batch, scores
        open_ = np.flatnonzero(unsettled(pairs.mention, scores.log_odds, len(questions)))
        near = candidates.fuzzy(self.index, parsed, open_.tolist(), keep)
        if len(near):
            batch = Batch(self.index, questions, near, contexts)
            yield batch, score(batch)

    def _explain(self, mention: Mention) -> Explained:
        found: dict[int, tuple[float, Batch, Scores, int]] = {}
        for batch, scores in self.weigh(self.ask([mention])):
            for pair, (entity, odds) in enumerate(zip(batch.entity.tolist(), scores.log_odds.tolist(), strict=True)):
                if entity not in found or odds > found[entity][0]:
                    found[entity] = odds, batch, scores, pair
        return {entity: evidence(batch, scores, pair) for entity, (_, batch, scores, pair) in found.items()}
