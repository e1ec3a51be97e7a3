"""What is written in place of a name that is not known: ``Không rõ``, ``N/A``, ``inconnu``, a dash.

The words are data: ``unstated.csv`` in this folder.
"""

from __future__ import annotations

from functools import cache

from resolver.text import keys, khmer, vietnamese
from resolver.text.words import rows

__all__ = ["is_unstated"]

_AROUND = " \t\n.,:;!?()[]{}<>\"'“”«»*#_-–—/\\"
_LONGEST = 40


def is_unstated(text: str) -> bool:
    """Whether a text says that a name is not known or that there is none, or has neither letters nor digits.

    >>> is_unstated("Không rõ"), is_unstated("N/A"), is_unstated("(inconnu)"), is_unstated("មិនស្គាល់"), is_unstated("-")
    (True, True, True, True, True)
    >>> is_unstated("Nguyễn Văn Rõ"), is_unstated("Na"), is_unstated("")
    (False, False, False)
    """
    bare = text[: 2 * _LONGEST].strip(_AROUND)
    if not bare:
        return bool(text.strip())
    return len(bare) <= _LONGEST and _plain(bare) in _unstated()


def _plain(text: str) -> str:
    if khmer.is_khmer(text):
        return str(khmer.fold(text))
    return " ".join(vietnamese.normalise(text).casefold().split())


@cache
def _unstated() -> frozenset[str]:
    """Return the words as they are compared, also without their diacritics."""
    words = [row["words"] for row in rows("unstated.csv")]
    return frozenset([_plain(word) for word in words] + [str(keys.fold(word)) for word in words if "/" not in word])
