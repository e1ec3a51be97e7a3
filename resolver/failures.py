"""Errors in the program while it answers a mention: that mention is unmatched and says so; the others are answered.

With ``RESOLVER_DEBUG=1`` in the environment the error is raised.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from resolver.errors import GazetteerError
from resolver.model import Match, Mention

__all__ = ["METHOD", "answer_each", "failed", "failed_fields", "is_raised"]

METHOD = "error"
"""The method of a match that results from an error in the program."""

_NOT_OF_A_MENTION = (MemoryError, OSError, GazetteerError)
"""Errors that do not depend on the mention: the next mention would cause them too."""

_LONGEST = 120


def is_raised(error: Exception) -> bool:
    """Whether to raise an error instead of turning it into the answer of one mention."""
    return isinstance(error, _NOT_OF_A_MENTION) or os.environ.get("RESOLVER_DEBUG", "0") not in ("", "0")


def failed_fields(error: Exception, gazetteer_date: str) -> dict[str, Any]:
    """Return the fields of a match after an error in the program: all except the mention."""
    told = f"{type(error).__name__}: {error}"
    told = f"{told[:_LONGEST]}…" if len(told) > _LONGEST else told
    return {
        "status": "unmatched",
        "entity": None,
        "score": 0.0,
        "method": METHOD,
        "dating": "",
        "evidence": (),
        "candidates": (),
        "changes": (),
        "current": (),
        "current_known": True,
        "held": (),
        "holders": (),
        "remainder": "",
        "note": f"not read because of an error in the program ({told}); RESOLVER_DEBUG=1 raises it.",
        "gazetteer_date": gazetteer_date,
    }


def failed(mention: Mention, error: Exception, gazetteer_date: str) -> Match:
    """Return the match of a mention after an error in the program."""
    return Match(mention, **failed_fields(error, gazetteer_date))


def answer_each(
    answer: Callable[[Sequence[Mention]], list[Match]], mentions: Sequence[Mention], gazetteer_date: str
) -> list[Match]:
    """Return the answers to all mentions together; if that fails, to each half of them, down to one mention.

    So there is no cost without errors, and an error affects only its own mention.
    """
    try:
        return answer(mentions)
    except Exception as error:
        if not mentions or is_raised(error):
            raise
        if len(mentions) == 1:
            return [failed(mentions[0], error, gazetteer_date)]
    half = len(mentions) // 2
    parts = mentions[:half], mentions[half:]
    return [match for part in parts for match in answer_each(answer, part, gazetteer_date)]
