"""What all routes of one service share: the resolver, its facts, its thread, its settings and its counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from resolver.engine.resolver import Resolver
from resolver.service.exchange import Facts
from resolver.service.metrics import Metrics
from resolver.service.settings import Settings
from resolver.service.worker import Worker

__all__ = ["State", "address_of", "state_of"]


@dataclass(frozen=True, slots=True)
class State:
    """What the routes of one service share."""

    resolver: Resolver
    facts: Facts
    worker: Worker
    settings: Settings
    metrics: Metrics


def state_of(request: Request) -> State:
    """Return what the routes of the service that a request came to share."""
    return cast("State", request.app.state.shared)


def address_of(request: Request) -> str:
    """Return the address under which the client sees the service, without a slash at its end."""
    root = str(request.scope.get("root_path", "")).rstrip("/")
    return f"{request.url.scheme}://{request.headers['host']}{root}"
