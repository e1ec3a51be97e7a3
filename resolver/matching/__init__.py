"""One name: from a mention to scored candidates and a decision.

In go mentions, out come candidates with their probability, a status and the evidence. Read ``matcher`` first: it
shows the steps in order. ``candidates`` retrieves names, ``comparison`` observes each pair of mention and name,
``features`` holds the weights, ``scoring`` adds them up, ``ranking`` turns log-odds into statuses and ``decision``
into answers. ``notes`` puts each answer into one sentence.
"""

__all__ = ["candidates", "comparison", "decision", "matcher", "notes", "ranking", "spelling"]
