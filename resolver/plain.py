"""Records as plain values that JSON has: dictionaries, lists, texts and numbers."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

__all__ = ["plain"]


def plain(value: Any) -> Any:
    """Return a record as a dictionary of its fields, and the records within it too; tuples become lists.

    A named tuple is a record like any other: its fields have names.
    """
    kind: Any = type(value)
    if kind is str:
        return value
    if (names := _fields(kind)) is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return value


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """Return the names of the fields of a kind of record; None for anything else."""
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    named: tuple[str, ...] | None = getattr(kind, "_fields", None) if issubclass(kind, tuple) else None
    return named
