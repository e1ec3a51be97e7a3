"""Labels before an address in forms and letters: ``Địa chỉ: 12 Lê Lợi``, ``Add: No. 8``."""

from __future__ import annotations

import re

__all__ = ["without_label"]

_COLONS = ":\uff1a\u17d6"
_WORDS = r"địa chỉ|dia chi|đ/c|d/c|đc|dc|address|addr|add|adresse|អាសយដ្ឋាន|អាស័យដ្ឋាន"
_LABEL = re.compile(rf"\s*(?:{_WORDS})\s?[{_COLONS}]\s*", re.IGNORECASE)


def without_label(text: str) -> str:
    """Return a text without the label at its beginning; a text that is nothing but a label stays as it is.

    >>> without_label("Địa chỉ: 12 Lê Lợi"), without_label("Đ/c : Xã Ea Kao"), without_label("Address Street")
    ('12 Lê Lợi', 'Xã Ea Kao', 'Address Street')
    """
    found = _LABEL.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text
