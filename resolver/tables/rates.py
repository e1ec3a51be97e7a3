"""Rates, shares and means: how such a column is recognised, and how the mean for new units is computed.

A rate cannot be added up. Its mean can be computed if the weight of each unit can be added: the sum of the products of
rates and weights, divided by the sum of these weights.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from pathlib import Path

from resolver.text import fold

__all__ = ["MORE_DECIMALS", "decimals", "mean", "rate_told"]

MORE_DECIMALS = 2
"""How many more decimals a mean has than its values."""

_ENOUGH = 5
_WORDS = re.compile(r"[\W_]+")


def rate_told(header: str, values: Iterable[Decimal | None]) -> str:
    """Return why the values of a column are likely rates: a word in its header, or their range; else an empty text."""
    if "%" in header or "‰" in header:
        return "its header has a sign of percent"
    name = f" {_WORDS.sub(' ', fold(header)).strip()} "
    for word in _rate_words():
        if (f" {word} " if word.isascii() else word) in (name if word.isascii() else header):
            return f"its header says “{word}”"
    numbers = [value for value in values if value is not None]
    if len(numbers) >= _ENOUGH and all(0 <= one <= 1 for one in numbers) and any(one % 1 for one in numbers):
        return "all its values lie between 0 and 1"
    return ""


@cache
def _rate_words() -> tuple[str, ...]:
    with Path(__file__).with_name("rate_words.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["word"] for row in csv.DictReader(line for line in file if not line.startswith("#")))


def decimals(values: Iterable[Decimal | None]) -> int:
    """Return the greatest number of decimals of some numbers."""
    exponents = [value.as_tuple().exponent for value in values if value is not None]
    return max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0) if exponents else 0


def mean(product: Decimal | None, weight: Decimal | None, places: int) -> Decimal | None:
    """Return a weighted mean, rounded to some decimals (half to even); None if no value has a weight."""
    if product is None or not weight:
        return None
    context = Context(prec=600, rounding=ROUND_HALF_EVEN)
    value = context.divide(product, weight).quantize(Decimal(1).scaleb(-max(0, places)), context=context)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(context)
