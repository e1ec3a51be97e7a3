"""Conversions of what was matched, also where the program fails on one of them."""

from __future__ import annotations

from resolver.failures import failed, is_raised
from resolver.history.conversion import Converter
from resolver.model import Conversion, Match

__all__ = ["converted"]


def converted(converter: Converter, match: Match) -> Conversion:
    """Return the conversion of a match, that of an unmatched mention where the program fails on it."""
    try:
        return converter.convert(match)
    except Exception as error:
        if is_raised(error):
            raise
        return converter.convert(failed(match.mention, error, match.gazetteer_date))
