"""Conversions of matches; if the program fails on one of them, the others are still converted."""

from __future__ import annotations

from resolver.failures import failed, is_raised
from resolver.history.conversion import Converter
from resolver.model import Conversion, Match

__all__ = ["converted"]


def converted(converter: Converter, match: Match) -> Conversion:
    """Return the conversion of a match; if the program fails on it, that of an unmatched mention."""
    try:
        return converter.convert(match)
    except Exception as error:
        if is_raised(error):
            raise
        return converter.convert(failed(match.mention, error, match.gazetteer_date))
