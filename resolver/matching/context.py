"""The meaning of context: parent columns and the other parts of a mention, as sets of entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from resolver.index.index import Index
from resolver.matching import candidates
from resolver.matching.candidates import Pairs
from resolver.matching.comparison import ContextMeaning, Query
from resolver.matching.context_agreement import runs
from resolver.model import TYPES
from resolver.text import role_words
from resolver.text.reading import Parsed, read

__all__ = ["ContextReader"]

_PERSON = TYPES.index("person")
_MOST_KEPT = 200_000


class ContextReader:
    """Resolves context texts to all entities that they may mean; each text once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, ContextMeaning] = {}
        self._whole: dict[str, ContextMeaning] = {}

    def meanings(self, queries: Iterable[Query]) -> dict[str, ContextMeaning]:
        """Return what every context text of some queries may mean."""
        queries = list(queries)
        texts = sorted({text for query in queries for text in _contexts(query)})
        if not texts:
            return {}
        known = self._known  # Use one dictionary throughout: another thread may replace it.
        fresh = [text for text in texts if text not in known]
        learnt = dict(zip(fresh, self._learn(fresh), strict=True))
        if len(known) > _MOST_KEPT:
            self._known = learnt
        else:
            known.update(learnt)
        return self._joined(queries) | {text: learnt.get(text) or known[text] for text in texts}

    def _joined(self, queries: Sequence[Query]) -> dict[str, ContextMeaning]:
        """Return the meanings of parent columns that together are the name of an office or body, as it is written."""
        told = {query.mention.within for query in queries if _PERSON in map(TYPES.index, query.mention.types)}
        texts = {run.text for within in told if len(within) > 1 for run in runs(within)}
        known = self._whole if len(self._whole) < _MOST_KEPT else {}
        fresh = sorted(texts - known.keys())
        known = known | dict(zip(fresh, self._learn(fresh, exact=True), strict=True)) if fresh else known
        self._whole = known
        meant = {text: known[text] for text in texts}
        bodies = {text: frozenset(filter(self._is_body, one.entities)) for text, one in meant.items()}
        return {text: ContextMeaning(entities, sure=True) for text, entities in bodies.items() if entities}

    def _is_body(self, entity: int) -> bool:
        return bool(self._index.entity_type[entity] > _PERSON)

    def _learn(self, texts: Sequence[str], *, exact: bool = False) -> list[ContextMeaning]:
        """Return what texts may mean; with ``exact``, only as they are written."""
        if not texts:
            return []
        parsed = [read(text) for text in texts]
        found: list[set[int]] = [set() for _ in texts]
        self._collect(found, parsed, candidates.exact(self._index, parsed, self._keep))
        missing = [number for number, entities in enumerate(found) if not entities and not exact]
        self._collect(found, parsed, candidates.fuzzy(self._index, parsed, missing, self._keep))
        misspelt = frozenset(missing)
        return [ContextMeaning(frozenset(entities), number not in misspelt) for number, entities in enumerate(found)]

    def _keep(self, _mention: NDArray[np.int32], entity: NDArray[np.int32]) -> NDArray[np.bool_]:
        kept: NDArray[np.bool_] = self._index.entity_type[entity] != _PERSON
        return kept

    def _collect(self, found: list[set[int]], parsed: Sequence[Parsed], pairs: Pairs) -> None:
        nearest = dict.fromkeys(set(pairs.mention.tolist()), 99)
        for mention, edits in zip(pairs.mention.tolist(), pairs.edits.tolist(), strict=True):
            nearest[mention] = min(nearest[mention], edits)
        columns = (pairs.mention.tolist(), pairs.reading.tolist(), pairs.row.tolist(), pairs.edits.tolist())
        for mention, number, row, edits in zip(*columns, strict=True):
            entity = int(self._index.row_entity[row])
            words = parsed[mention].readings[number].type_words
            type_ = TYPES[self._index.entity_type[entity]]
            if edits and parsed[mention].office and not self._same_heads(parsed[mention].text, row):
                continue
            if edits == nearest[mention] and all(any(type_ == meant for meant, _ in word.meanings) for word in words):
                found[mention].add(entity)

    def _same_heads(self, office: str, row: int) -> bool:
        """Whether an office begins with the words of a name: others (wife of the president) are no typing error."""
        return role_words.heads(office) == role_words.heads(self._index.texts[int(self._index.row_text[row])])


def _contexts(query: Query) -> Iterable[str]:
    yield from query.mention.within
    for reading in query.parsed.readings:
        if reading.context or reading.titles:
            yield from reading.around
