"""The words of the pages in four languages, from ``texts.csv``, and the choice of the language."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["LANGUAGES", "chosen", "texts"]

LANGUAGES = {"vi": "Tiếng Việt", "en": "English", "fr": "Français", "km": "ខ្មែរ"}
"""The languages of the pages, by their own names."""

_USUAL = "en"


def chosen(asked: str, accepted: str) -> str:
    """Return the language of a page: the requested one, or else the best of an ``Accept-Language`` header.

    >>> chosen("km", "fr"), chosen("", "de, fr-CA;q=0.8, vi;q=0.9"), chosen("xx", "")
    ('km', 'vi', 'en')
    """
    if asked in LANGUAGES:
        return asked
    wanted = []
    for place, part in enumerate(accepted.split(",")[:20]):
        tag, _, weight = part.partition(";q=")
        language = tag.strip().lower().partition("-")[0]
        if language in LANGUAGES:
            wanted.append((-_weight(weight), place, language))
    return min(wanted)[2] if wanted else _USUAL


def texts(language: str) -> Mapping[str, str]:
    """Return the words of a language by their keys."""
    return _table()[language]


def _weight(text: str) -> float:
    try:
        return min(max(float(text or "1"), 0.0), 1.0)
    except ValueError:
        return 0.0


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    lines = files("resolver.service").joinpath("texts.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {language: {row["key"]: row[language] for row in rows} for language in LANGUAGES}
