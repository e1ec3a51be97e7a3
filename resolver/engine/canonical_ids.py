"""Mentions that are canonical ids: each is that entity; an unknown id is unmatched, and the note says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from resolver.days import day_range
from resolver.index.index import Index
from resolver.matching.decision import Decider, MatchOptions
from resolver.mention_batch import MentionBatch
from resolver.model import TYPES, Match, Mention

__all__ = ["IdReader"]

_FORM = re.compile(rf"[a-z]{{2,3}}-(?:{'|'.join(TYPES)})-[a-z0-9-]+")
_METHOD = "id"


class IdReader:
    """Answers the mentions that have the form of an id."""

    def __init__(self, index: Index, decider: Decider) -> None:
        self._index = index
        self._decider = decider

    def answer(self, mentions: Sequence[Mention], wanted: MatchOptions) -> Iterator[tuple[int, Match]]:
        """Yield the position and the match of each mention that is an id."""
        texts = mentions.texts if isinstance(mentions, MentionBatch) else [mention.text for mention in mentions]
        for place, text in enumerate(texts):
            if "-" in text and _FORM.fullmatch(text.strip()):
                yield place, self._match(mentions[place], wanted)

    def _match(self, mention: Mention, wanted: MatchOptions) -> Match:
        id_, as_of = mention.text.strip(), self._index.as_of
        number = self._index.number(id_)
        if number is None:
            note = f"There is no entity {id_!r} in the gazetteer of {as_of}."
            return Match(mention, "unmatched", note=note, gazetteer_date=as_of)
        record = self._index.record(number)
        if mention.types and record.type not in mention.types:
            note = f"{id_!r} is a {record.type}, but another type is requested."
            return Match(mention, "unmatched", note=note, gazetteer_date=as_of)
        if mention.countries and record.country not in mention.countries:
            note = f"{id_!r} is in {record.country}, but another country is requested."
            return Match(mention, "unmatched", note=note, gazetteer_date=as_of)
        days = day_range(mention.date) if mention.date else None
        return self._decider.settle(mention, number, days, wanted, _METHOD)
