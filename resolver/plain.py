"""Records as plain values that JSON has: dictionaries, lists, texts and numbers."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

__all__ = ["plain"]

_PLAIN = frozenset({str, float, bool, int, type(None)})


def plain(value: Any) -> Any:
    """Return a record as a dictionary of its fields, and the records within it too; tuples become lists.

    A named tuple is a record like any other: its fields have names.
    """
    kind: Any = type(value)
    names = _fields_of(kind)
    if names is not None:
        found = {name: getattr(value, name) for name in names}
        return {name: one if type(one) in _PLAIN else plain(one) for name, one in found.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value


@cache
def _fields_of(record: type) -> tuple[str, ...] | None:
    """Return the names of the fields of a class of records; None for any other class."""
    if is_dataclass(record):
        return tuple(field.name for field in fields(record))
    return getattr(record, "_fields", None) if issubclass(record, tuple) else None
