"""From pairs of mention and name to log-odds, and to the evidence in words.

The weighted sum of a pair's features is its log-odds: the pair is right, or the mention names nothing in the gazetteer
(NIL).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from resolver.index.compiler import KINDS
from resolver.matching.comparison import Comparisons, Floats
from resolver.matching.features import FEATURES
from resolver.model import TYPES, Evidence

__all__ = ["DECIMALS", "Scores", "evidence", "score"]

DECIMALS = 9
"""Log-odds are rounded to this step, so that equal sums in different order are equal."""


class Scores(NamedTuple):
    """The scores of a batch: the feature values by name, and the log-odds of each pair."""

    columns: dict[str, Floats]
    log_odds: Floats


def score(batch: Comparisons) -> Scores:
    """Score all pairs by their features."""
    columns = {feature.name: feature.values(batch) for feature in FEATURES}
    log_odds = np.zeros(len(batch))
    for feature in FEATURES:
        values = columns[feature.name]
        if values is not batch.nothing:
            log_odds += feature.weight * values
    return Scores(columns, np.round(log_odds, DECIMALS))


def evidence(batch: Comparisons, scores: Scores, pair: int) -> tuple[Evidence, ...]:
    """Return the evidence for and against a pair, in words, in the order of the table."""
    words = _words(batch, pair)
    return tuple(
        Evidence(feature.name, round(feature.weight * value, 3), feature.says.format_map(words))
        for feature in FEATURES
        if scores.columns[feature.name] is not batch.nothing and (value := float(scores.columns[feature.name][pair]))
    )


def _words(batch: Comparisons, pair: int) -> dict[str, str]:
    reading = batch.reading(pair)
    query = batch.queries[batch.pairs.mention[pair]]
    return {
        "name": batch.name(pair),
        "core": reading.core,
        "kind": KINDS[batch.kind[pair]],
        "language": batch.index.languages[batch.index.row_language[batch.pairs.row[pair]]],
        "edits": "one edit" if batch.edits[pair] == 1 else f"{batch.edits[pair]} edits",
        "type": TYPES[batch.type[pair]],
        "type_words": " ".join(word.word for word in reading.type_words),
        "titles": " ".join(title.text for title in reading.titles),
        "date": query.mention.date,
        "context": ", ".join((*query.mention.within, *reading.around)),
    }
