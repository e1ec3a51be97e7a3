"""Offices: a version of one for a version of its organisation."""

from __future__ import annotations

from collections.abc import Mapping

from tools.organisations.read import Row

ROLE_TYPES = {"head": "head", "deputy": "deputy head", "second deputy": "deputy head"}


def office_version(organisation: Mapping[str, str], role: str, name: str, language: str, source: str) -> Row:
    """Return a version of an office for a version of its organisation."""
    return {
        "valid_from": organisation["valid_from"], "valid_to": organisation["valid_to"],
        "local_type": ROLE_TYPES[role], "name": name, "language": language,
        "parent_id": organisation["id"], "source_id": source,
    }  # fmt: skip
