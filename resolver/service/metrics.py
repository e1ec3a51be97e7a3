"""Counts and times of requests, in the text format that Prometheus reads."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from time import perf_counter

from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["BOUNDS", "Counted", "Metrics", "NamedRoute"]

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0)
"""Upper ends, in seconds, of the classes of times."""


class Metrics:
    """Counts of requests by route and status, and how long they took."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._times: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self._seconds: dict[str, float] = defaultdict(float)
        self.mentions = 0

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one request. ``route`` is the pattern of its path, not the path itself: there are few of them."""
        self._requests[route, status] += 1
        self._times[route][bisect_left(BOUNDS, seconds)] += 1
        self._seconds[route] += seconds

    def text(self) -> str:
        """Return all counts, a line each."""
        lines = ["# TYPE resolver_requests_total counter"]
        for (route, status), count in sorted(self._requests.items()):
            lines.append(f'resolver_requests_total{{route="{route}",status="{status}"}} {count}')
        lines.append("# TYPE resolver_request_seconds histogram")
        for route, counts in sorted(self._times.items()):
            below = 0
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
                below += count
                lines.append(f'resolver_request_seconds_bucket{{route="{route}",le="{bound}"}} {below}')
            lines.append(f'resolver_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}')
            lines.append(f'resolver_request_seconds_count{{route="{route}"}} {below}')
        lines += ["# TYPE resolver_mentions_total counter", f"resolver_mentions_total {self.mentions}"]
        return "\n".join(lines) + "\n"


class NamedRoute(Route):
    """A route that tells which it is to what counts requests, as FastAPI's own routes do."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether a request is for this route, and what goes along with it."""
        found, told = super().matches(scope)
        return found, {**told, "route": self} if told else told


class Counted:
    """ASGI middleware that counts the requests of an application."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = perf_counter(), 500

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            route = getattr(scope.get("route"), "path_format", "other")
            self._metrics.count(str(route), status, perf_counter() - started)
