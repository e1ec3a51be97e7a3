"""Offices and bodies named with the bodies they belong to: “Công an tỉnh Vĩnh Phúc, Bộ Công an, Chính phủ”.

Their names contain commas and type words of places. So a text is cut where names end, not at commas: it is read as a
chain of names, each of which belongs to the next. The match is certain because the whole chain is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from resolver.index.compiler import WORDS
from resolver.index.index import Index
from resolver.matching.comparison import Query
from resolver.matching.decision import Decider, MatchOptions
from resolver.matching.notes import note_of_open
from resolver.matching.spelling import accents
from resolver.model import TYPES, Candidate, EntityType, Evidence, Match, Mention
from resolver.text import keys

__all__ = ["Bodies", "Chain"]

_ORGANISATION = TYPES.index("organisation")
_TYPES: tuple[EntityType, ...] = ("organisation", "office")
_SURE = 0.99
_MOST_PARTS = 16
_MOST_IN_NAME = 5
_AGREEING = frozenset({"same", "bare", "partial"})

Ask = Callable[[Sequence[Mention]], Sequence[Match]]
"""Answers mentions of offices and bodies."""


class Chain(NamedTuple):
    """The first name of a mention, and the offices or bodies of that name that belong to all names after it."""

    name: str
    entities: frozenset[int]


class Bodies:
    """Finds the offices and bodies of one index that are named with the bodies they belong to."""

    def __init__(self, index: Index, decider: Decider) -> None:
        self._index = index
        self._decider = decider

    def chain(self, query: Query) -> Chain | None:
        """Return the chain of names in a mention; None if it is not such a chain."""
        types = query.mention.types
        parts = [part.strip() for part in query.parsed.text.split(",")]
        if not 1 < len(parts) <= _MOST_PARTS or not all(parts) or (types and not set(types) & set(_TYPES)):
            return None
        known: dict[tuple[int, int], frozenset[int]] = {}
        for end in range(1, min(_MOST_IN_NAME, len(parts)) + 1):
            meant = self._ending_well(parts, 0, end, known)
            asked = frozenset(one for one in meant if self._wanted(query.mention, one))
            if asked and end < len(parts):
                return Chain(", ".join(parts[:end]), asked)
        return None

    def answer(self, queries: Sequence[Query], chains: Sequence[Chain], wanted: MatchOptions, ask: Ask) -> list[Match]:
        """Return the matches of queries that name chains."""
        asked = [query.mention._replace(text=chain.name) for query, chain in zip(queries, chains, strict=True)]
        # The name alone decides which of the entities with this name is meant at that time.
        typed = [
            one._replace(types=tuple(type_ for type_ in _TYPES if type_ in (one.types or _TYPES))) for one in asked
        ]
        alone = ask(typed)
        return [self._told(*one, wanted) for one in zip(queries, chains, alone, strict=True)]

    def _told(self, query: Query, chain: Chain, alone: Match, wanted: MatchOptions) -> Match:
        ids = {self._index.ids[entity]: entity for entity in sorted(chain.entities)}
        scores = {one.entity.id: one.score for one in alone.candidates if one.entity.id in ids and one.score > 0.0}
        scores = scores or dict.fromkeys(ids, 1.0)
        total = sum(scores.values())
        evidence = (Evidence("chain", 0.0, "it belongs to all that the mention says"),)
        ranked: list[tuple[Match, Candidate]] = []
        for id_, score in scores.items():
            settled = self._decider.settle(query.mention, ids[id_], query.days, wanted, "exact")
            assert settled.entity is not None
            sure = _SURE * score / total
            ranked.append((settled, Candidate(settled.entity, sure, "exact", settled.dating, evidence)))
        ranked.sort(key=lambda one: (-one[1].score, one[1].entity.id))
        first, named = ranked[0][1], tuple(one for _, one in ranked)
        if first.score >= wanted.min_score:
            match = replace(ranked[0][0], score=first.score, evidence=evidence, candidates=named)
        else:
            note = note_of_open("ambiguous", named)
            match = Match(query.mention, "ambiguous", score=first.score, candidates=named, note=note)
        return replace(match, note=" ".join((match.note, *query.parsed.notes)), gazetteer_date=self._index.as_of)

    def _ending_well(
        self, parts: Sequence[str], start: int, end: int, known: dict[tuple[int, int], frozenset[int]]
    ) -> frozenset[int]:
        """Return the entities named by some parts together that belong to the entities named by the other parts."""
        if (start, end) not in known:
            meant = self._named(", ".join(parts[start:end]))
            if meant and end < len(parts):
                above = {
                    one
                    for further in range(end + 1, min(end + _MOST_IN_NAME, len(parts)) + 1)
                    for one in self._ending_well(parts, end, further, known)
                }
                meant = frozenset(one for one in meant if above & (self._index.above(one) - {one}))
            known[start, end] = meant
        return known[start, end]

    def _named(self, text: str) -> frozenset[int]:
        """Return the offices and bodies with a name."""
        index = self._index
        found: set[int] = set()
        for key in (str(keys.key(text)), WORDS + keys.word_key(text)):
            number = index.key_numbers.get(key)
            if number is None:
                continue
            rows = index.key_rows[index.key_start[number] : index.key_start[number + 1]]
            rows = rows[index.entity_type[index.row_entity[rows]] >= _ORGANISATION]
            for row in rows.tolist():
                if (
                    key.startswith(WORDS)
                    or accents(text, index.texts[index.row_text[row]], True, exact=True) in _AGREEING
                ):
                    found.add(int(index.row_entity[row]))
            if found:
                break
        return frozenset(found)

    def _wanted(self, mention: Mention, entity: int) -> bool:
        index = self._index
        country = index.countries[int(index.entity_country[entity])]
        return (not mention.types or TYPES[int(index.entity_type[entity])] in mention.types) and (
            not mention.countries or country in mention.countries
        )
