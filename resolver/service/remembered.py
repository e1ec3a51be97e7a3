"""Answers that are sent again to whoever asks the same: facts and program decide them, and neither changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Remembered", "lasting"]

_LASTING = "resolver.lasting"
_MOST_BYTES, _LONGEST = 16 << 20, 64 << 10
_DECIDING = (b"accept", b"accept-language", b"host")
"""Headers that an answer may depend on."""


def lasting(scope: MutableMapping[str, Any]) -> None:
    """Mark the answer to a request as one that the request and the facts alone decide."""
    scope[_LASTING] = True


class Remembered:
    """ASGI middleware that keeps the answers that were marked as lasting, the latest 16 MB of them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: OrderedDict[tuple[object, ...], tuple[object, list[Message]]] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, from memory if the same was asked before."""
        asked = _asked(scope)
        if asked is None:
            await self._app(scope, receive, send)
        elif asked in self._kept:
            self._kept.move_to_end(asked)
            scope["route"], messages = self._kept[asked]
            for message in messages:
                # A copy, since the checks before the routes add headers to it.
                await send({**message, "headers": list(message["headers"])} if "headers" in message else message)
        else:
            sent: list[Message] = []

            async def seen(message: Message) -> None:
                sent.append({**message, "headers": list(message["headers"])} if "headers" in message else message)
                await send(message)

            await self._app(scope, receive, seen)
            if scope.get(_LASTING) and sent and sent[0].get("status") == 200:
                self._keep(asked, scope.get("route"), sent)

    def _keep(self, asked: tuple[object, ...], route: object, messages: list[Message]) -> None:
        size = _size(messages)
        if size > _LONGEST or asked in self._kept:
            return
        self._kept[asked] = (route, messages)
        self._bytes += size
        while self._bytes > _MOST_BYTES:
            _, (_, oldest) = self._kept.popitem(last=False)
            self._bytes -= _size(oldest)


def _asked(scope: Scope) -> tuple[object, ...] | None:
    """Return all that decides an answer; None if the answer is not to be kept.

    A client that has an answer already (If-None-Match) needs none.
    """
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    headers = scope["headers"]
    if any(name == b"if-none-match" for name, _ in headers):
        return None
    deciding = tuple((name, value) for name, value in headers if name in _DECIDING)
    return (scope["scheme"], scope.get("root_path", ""), scope["path"], scope["query_string"], deciding)


def _size(messages: list[Message]) -> int:
    return sum(len(message.get("body", b"")) for message in messages)
