"""One name: from a mention to scored candidates and a decision.

Input: mentions. Output: candidates with their probability, a status and the evidence. Read ``matcher`` first: it
shows the steps in order. ``candidates`` retrieves names, ``comparison`` compares each pair of mention and name,
``features`` holds the weights, ``scoring`` adds them up, ``ranking`` turns log-odds into statuses, ``calibration``
adjusts probabilities to observed rates, ``timed`` adds the days of a mention to names that were scored without, and
``decision`` builds the answers. ``notes`` writes one sentence for each.
"""

__all__ = [
    "calibration",
    "candidates",
    "comparison",
    "decision",
    "features",
    "matcher",
    "notes",
    "ranking",
    "scoring",
    "spelling",
    "timed",
    "timing",
    "type_agreement",
]
