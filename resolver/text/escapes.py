"""Letters written as escapes: those of web addresses (``H%C3%A0``, RFC 3986) and of JSON (``H\\u00e0``, RFC 8259)."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

__all__ = ["has_escapes", "unescaped"]

_OF_ADDRESS = re.compile("%[0-9A-Fa-f]{2}")
_OF_JSON = re.compile(r"(?:\\u[0-9A-Fa-f]{4})+")


def has_escapes(text: str) -> bool:
    """Whether a text has signs that begin an escape.

    >>> has_escapes("H%C3%A0 Giang"), has_escapes("100 % Huế")
    (True, False)
    """
    return ("%" in text and _OF_ADDRESS.search(text) is not None) or (
        "\\u" in text and _OF_JSON.search(text) is not None
    )


def unescaped(text: str) -> str:
    """Return a text with the letters that its escapes stand for; as it is if one of them stands for none.

    >>> unescaped("H%C3%A0%20Ti%C3%AAn"), unescaped(r"Ki\\u00ean Giang"), unescaped("50%FF")
    ('Hà Tiên', 'Kiên Giang', '50%FF')
    """
    try:
        told = unquote(text, errors="strict") if _OF_ADDRESS.search(text) else text
        told = _OF_JSON.sub(lambda run: str(json.loads(f'"{run[0]}"')), told)
        told.encode()
    except ValueError:
        return text
    return told if told.isprintable() else text
