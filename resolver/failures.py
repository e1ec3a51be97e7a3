"""What becomes of a mention on which the program itself fails: it is unmatched and says so, the others are answered.

With ``RESOLVER_DEBUG=1`` in the environment the error is raised as it comes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from resolver.errors import GazetteerError
from resolver.model import Match, Mention

__all__ = ["METHOD", "answer_each", "failed", "failed_fields", "is_raised"]

METHOD = "error"
"""The method of a match that came of an error in the program."""

_NOT_OF_A_MENTION = (MemoryError, OSError, GazetteerError)
"""Errors that say nothing of the mention at hand: the next one would meet them too."""

_LONGEST = 120


def is_raised(error: Exception) -> bool:
    """Whether an error is to be raised, and not to become the answer of one mention."""
    return isinstance(error, _NOT_OF_A_MENTION) or os.environ.get("RESOLVER_DEBUG", "0") not in ("", "0")


def failed_fields(error: Exception, gazetteer_date: str) -> dict[str, Any]:
    """Return the fields of the match of a mention on which the program failed: all but the mention."""
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
        "note": f"not read: an error in the program ({told}); RESOLVER_DEBUG=1 raises it.",
        "gazetteer_date": gazetteer_date,
    }


def failed(mention: Mention, error: Exception, gazetteer_date: str) -> Match:
    """Return the match of a mention on which the program failed."""
    return Match(mention, **failed_fields(error, gazetteer_date))


def answer_each(
    answer: Callable[[Sequence[Mention]], list[Match]], mentions: Sequence[Mention], gazetteer_date: str
) -> list[Match]:
    """Return what ``answer`` says of mentions together; where it fails, of either half of them, down to one mention.

    So errors cost nothing where there are none, and an error costs the answer of no other mention.
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
