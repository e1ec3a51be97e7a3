"""One name: from a mention to scored candidates and a decision.

In go mentions, out come candidates with their probability, a status and the evidence. Read ``matcher`` first: it
shows the steps in order. ``candidates`` retrieves names, ``comparison`` observes each pair of mention and name,
``features`` holds the weights, ``scoring`` adds them up, ``ranking`` turns log-odds into statuses, ``calibration``
makes probabilities those observed, and ``decision`` makes the answers. ``notes`` puts each into one sentence.
"""

__all__ = ["calibration", "candidates", "comparison", "decision", "matcher", "notes", "ranking", "spelling"]
