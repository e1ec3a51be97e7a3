"""The legal basis for redistributing facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from resolver.gazetteer.rules.facts import Facts, Finding

__all__ = ["licence"]

_PERMITS = re.compile(
    r"\b(?:MIT|CC0(?:-1\.0)?|CC[- ]BY[- ]4\.0|Unicode-3\.0|public domain|not subject to copyright)(?![-\w])"
    # Nobody owns a fact or a single word, whatever the terms of the text that contains it.
    r"|\b(?:facts? (?:only|taken|from|cited)|single words cited|short quotation of a name)\b"
)


def licence(facts: Facts) -> Iterator[Finding]:
    """Every source may be redistributed: its licence allows it, it has no copyright, or only facts are taken."""
    for row in facts["sources"]:
        if row["licence"] and not _PERMITS.search(row["licence"]):
            message = f"the licence {row['licence']!r} is not known to allow redistribution"
            yield Finding("sources", row.line, f"{message}; take facts only and say so, or leave the source out")
