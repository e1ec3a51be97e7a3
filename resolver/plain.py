"""Records as plain values that JSON has: dictionaries, lists, texts and numbers."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

__all__ = ["plain"]


def plain(value: Any) -> Any:
    """Return a record as a dictionary of its fields, and the records within it too; tuples become lists.

    A named tuple is a record like any other: its fields have names.
    """
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: plain(one) for name, one in zip(value._fields, value, strict=True)}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value
