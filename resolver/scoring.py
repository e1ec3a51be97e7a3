"""From pairs of mention and name to probabilities, and to the evidence in words.

The weighted sum of a pair's features is the log-odds that the pair is right against the mention naming nothing here
(NIL). Among the entities that one mention may mean, and NIL, the probabilities are the softmax of those sums: two
equally good readings get half each, which is what makes a mention ambiguous.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from resolver.batch import Batch
from resolver.compiler import KINDS
from resolver.features import FEATURES, Floats
from resolver.model import TYPES, Evidence

__all__ = ["Scores", "evidence", "score"]


class Scores(NamedTuple):
    """What became of a batch: the feature values by name, and for each pair its log-odds and its probability.

    A pair that another of the same mention and entity beats has probability 0.
    """

    columns: dict[str, Floats]
    log_odds: Floats
    probability: Floats


def score(batch: Batch) -> Scores:
    """Weigh the features of all pairs and share the probability of each mention among its entities and NIL."""
    columns = {feature.name: feature.values(batch) for feature in FEATURES}
    log_odds = np.zeros(len(batch))
    for feature in FEATURES:
        log_odds += feature.weight * columns[feature.name]
    # Best pair first within mention and entity; ties fall to the earlier reading and row, so that order never matters.
    order = np.lexsort((batch.pairs.row, batch.pairs.reading, -log_odds, batch.entity, batch.pairs.mention))
    mention, entity = batch.pairs.mention[order], batch.entity[order]
    best = np.ones(len(order), np.bool_)
    best[1:] = (mention[1:] != mention[:-1]) | (entity[1:] != entity[:-1])
    chosen = order[best]
    of = batch.pairs.mention[chosen]
    # The greatest log-odds, NIL's 0 among them, are taken off before they are raised to powers.
    highest = np.zeros(len(batch.questions))
    np.maximum.at(highest, of, log_odds[chosen])
    weight = np.exp(log_odds[chosen] - highest[of])
    total = np.exp(-highest)
    np.add.at(total, of, weight)
    probability = np.zeros(len(batch))
    probability[chosen] = weight / total[of]
    return Scores(columns, log_odds, probability)


def evidence(batch: Batch, scores: Scores, pair: int) -> tuple[Evidence, ...]:
    """Return what counted for and against a pair, in words, in the order of the table."""
    words = _words(batch, pair)
    return tuple(
        Evidence(feature.name, round(feature.weight * value, 3), feature.says.format_map(words))
        for feature in FEATURES
        if (value := float(scores.columns[feature.name][pair]))
    )


def _words(batch: Batch, pair: int) -> dict[str, str]:
    reading = batch.reading(pair)
    question = batch.questions[batch.pairs.mention[pair]]
    return {
        "name": batch.name(pair),
        "core": reading.core,
        "kind": KINDS[batch.kind[pair]],
        "language": batch.index.languages[batch.index.row_language[batch.pairs.row[pair]]],
        "edits": "one edit" if batch.edits[pair] == 1 else f"{batch.edits[pair]} edits",
        "type": TYPES[batch.type[pair]],
        "type_words": " ".join(word.word for word in reading.type_words),
        "titles": " ".join(title.text for title in reading.titles),
        "date": question.mention.date,
        "context": ", ".join((*question.mention.within, *reading.around)),
    }
