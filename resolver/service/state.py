"""The state that all routes of a service share: the resolver, its facts, its thread, settings and counts."""

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
    """The shared state of a service."""

    resolver: Resolver
    facts: Facts
    worker: Worker
    settings: Settings
    metrics: Metrics


def state_of(request: Request) -> State:
    """Return the state of the service that received a request."""
    return cast("State", request.app.state.shared)


def address_of(request: Request) -> str:
    """Return the address of the service as the client sees it, without a slash at its end."""
    root = str(request.scope.get("root_path", "")).rstrip("/")
    return f"{request.url.scheme}://{request.headers['host']}{root}"
