"""For the reference: examples in docstrings become blocks of code. An extension of Griffe, named in mkdocs.yml."""

from __future__ import annotations

import re
from typing import Any

import griffe

__all__ = ["DoctestBlocks", "fenced"]

_EXAMPLE = re.compile(r"^>>> .*(?:\n(?!\s*$).*)*", re.MULTILINE)


def fenced(text: str) -> str:
    """Return a docstring with a fence around each run of lines that begins with ``>>>``."""
    return _EXAMPLE.sub(lambda found: f"\n```pycon\n{found[0]}\n```", text)


class DoctestBlocks(griffe.Extension):
    """Fences the examples of every docstring."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Change the docstring of an object after it was read."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)
