"""Filters on what may be found: entity types and countries, as callers write them."""

from __future__ import annotations

from collections.abc import Iterable

from resolver.errors import UsageError
from resolver.model import PLACE_TYPES, TYPES, EntityType

__all__ = ["countries_of", "place_types_of", "types_of", "unknown"]


def types_of(names: str | Iterable[str] | None) -> tuple[EntityType, ...]:
    """Return the entity types named, in their usual order; ``place`` means all four levels.

    >>> types_of("place")
    ('country', 'province', 'district', 'commune')
    """
    wanted = {names} if isinstance(names, str) else set(names or ())
    known = ("place", *TYPES)
    for name in sorted(wanted - set(known)):
        raise UsageError(unknown("type", name, known))
    return tuple(kind for kind in TYPES if kind in wanted or ("place" in wanted and kind in PLACE_TYPES))


def place_types_of(names: str | Iterable[str] | None) -> tuple[EntityType, ...]:
    """Return the types of places named, as ``types_of``; all four if none is named."""
    types = types_of(names) or PLACE_TYPES
    for kind in types:
        if kind not in PLACE_TYPES:
            raise UsageError(f"a {kind} is not a place: only {', '.join(PLACE_TYPES)} can be converted")
    return types


def countries_of(codes: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return ISO 3166-1 alpha-2 codes in capitals, each once; a text may hold several between commas.

    >>> countries_of("vn, kh")
    ('VN', 'KH')
    """
    texts = [codes] if isinstance(codes, str) else list(codes or ())
    found = [code.strip().upper() for text in texts for code in text.split(",") if code.strip()]
    for code in found:
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise UsageError(f"{code!r} is not a country code: give two letters (ISO 3166-1) such as VN or KH")
    return tuple(dict.fromkeys(found))


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Return the error message for an unknown name, with the most similar known name."""
    known = list(known)
    import difflib  # noqa: PLC0415  (for a message only)

    close = difflib.get_close_matches(name, known, n=1)
    hint = f" (did you mean {close[0]!r}?)" if close else ""
    return f"unknown {kind} {name!r}{hint}: there are {', '.join(known)}"
