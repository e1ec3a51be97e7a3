"""The settings of a service: names and origins that it accepts, its token, and its limits."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass

__all__ = ["LOOPBACK", "Settings", "keep", "kept"]

_VARIABLE = "RESOLVER_SERVICE"

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine for itself."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a service.

    ``hosts`` are the host names (without port) that requests may have, ``origins`` the web origins that may read
    answers, besides the service's own pages. If ``token`` is not empty, each request must have it as
    ``Authorization: Bearer TOKEN``. ``root_path`` is the path under which a proxy serves it. ``max_body`` is in
    bytes, ``max_batch`` in mentions, ``max_text`` in characters of one document, ``max_seconds`` for one request.
    """

    hosts: tuple[str, ...] = LOOPBACK
    origins: tuple[str, ...] = ()
    token: str = ""
    root_path: str = ""
    max_body: int = 8_000_000
    max_batch: int = 10_000
    max_text: int = 1_000_000
    max_seconds: float = 60.0


def keep(settings: Settings) -> None:
    """Pass settings on to the processes that this one starts."""
    os.environ[_VARIABLE] = json.dumps(asdict(settings))


def kept() -> Settings:
    """Return the settings from ``keep``, or else the default ones."""
    given = json.loads(os.environ.get(_VARIABLE, "{}"))
    lists = {name: tuple(given[name]) for name in ("hosts", "origins") if name in given}
    return Settings(**given | lists)
