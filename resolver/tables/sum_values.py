"""The values of a table of statistics: those that are added up, and those of which means are computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from resolver.errors import InputError
from resolver.tables.aggregation import MOST_DIGITS, Number, is_addable, product
from resolver.tables.numbers import decimal_sign, numbers
from resolver.tables.rates import MORE_DECIMALS, decimals, mean, rate_told

__all__ = ["SumValues"]

Column = Sequence[tuple[int, str]]
"""The line and the text of each cell of a column."""

_PRODUCT, _WEIGHT = "\0product", "\0weight"
"""Endings of the names of the two parts of a mean: no header contains a NUL."""


class SumValues:
    """Converts rows to the values that are added up, and totals back to the requested columns.

    A column with means has two values to add: its products with the weights, and the weights of the rows that have it.
    """

    def __init__(
        self,
        sums: Mapping[str, Column],
        means: Mapping[str, Column],
        weight: tuple[str, Column] | None,
        *,
        decimal: str | None,
        path: str,
    ) -> None:
        """Read the columns. Raises ``InputError`` for a cell that is not certainly a number."""
        self._decimal, self._path = decimal, path
        self._signs: set[str | None] = set()
        self._sums = {name: self._read(name, column) for name, column in sums.items()}
        self._means = {name: self._read(name, column) for name, column in means.items()}
        self._weights = self._read(*weight) if weight else []
        for line, value in self._weights:
            if value is not None and value < 0:
                raise InputError("a weight is below 0", path=path, line=line, remedy="fix the cell")
        self._places = {name: decimals(value for _, value in cells) for name, cells in self._means.items()}

    def _read(self, name: str, column: Column) -> list[tuple[int, Decimal | None]]:
        sign = self._decimal or decimal_sign(cell for _, cell in column)
        self._signs.add(sign)
        return list(numbers(column, name, sign, self._path))

    @property
    def decimal(self) -> str:
        """The decimal sign of the output: a comma if some numbers certainly have it, and none has a point."""
        return "," if self._signs - {None} == {","} else "."

    @property
    def likely_rates(self) -> dict[str, str]:
        """The columns to add up that likely have rates, each with the reason."""
        told = {name: rate_told(name, [value for _, value in cells]) for name, cells in self._sums.items()}
        return {name: why for name, why in told.items() if why}

    def of_row(self, row: int) -> dict[str, Number | None]:
        """Return the values of a row to add up."""
        values: dict[str, Number | None] = {name: cells[row][1] for name, cells in self._sums.items()}
        for name, cells in self._means.items():
            line, value = cells[row]
            weight = self._weights[row][1]
            missing = value is None or weight is None
            values[name + _WEIGHT] = None if missing else weight
            values[name + _PRODUCT] = None if value is None or weight is None else self._product(value, weight, line)
        return values

    def _product(self, value: Decimal, weight: Decimal, line: int) -> Number:
        found = product(value, weight)
        if not is_addable(found):
            problem = f"the value times its weight has more than {MOST_DIGITS} digits"
            raise InputError(problem, path=self._path, line=line, remedy="fix the cells")
        return found

    def people(self, names: Iterable[str], *, weight: str | None) -> set[str]:
        """Return the names of values that count people, and of means weighted by people: these follow the people."""
        counted = set(names)
        weighed = self._means if weight in counted else ()
        return counted | {name + part for name in weighed for part in (_PRODUCT, _WEIGHT)}

    def totals(self, values: Mapping[str, Number | None], decimal: str) -> Iterator[str]:
        """Yield the cells of a total: its sums, then its means, with a decimal sign."""
        for name in self._sums:
            yield _written(values.get(name), decimal)
        for name, places in self._places.items():
            added, weight = values.get(name + _PRODUCT), values.get(name + _WEIGHT)
            found = (
                None
                if added is None or weight is None
                else mean(Decimal(added), Decimal(weight), places + MORE_DECIMALS)
            )
            yield _written(found, decimal)

    @staticmethod
    def named(values: Iterable[str]) -> list[str]:
        """Return the columns to which values belong."""
        return list(dict.fromkeys(name.partition("\0")[0] for name in values))


def _written(value: Number | None, decimal: str) -> str:
    return "" if value is None else f"{value:f}".replace(".", decimal)
