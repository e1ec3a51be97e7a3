"""The checks before every route: who may ask, how long a request may be, and what a browser may do with the answer.

A page of another site can make a browser send requests to this machine, even under the site's own name if that points
to this machine (DNS rebinding). So the host name and the origin of each request are checked.
"""

from __future__ import annotations

import asyncio
import base64
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resolver.service.settings import Settings

__all__ = ["Guard", "refusal"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_FRAMED_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_OPEN_PATHS = ("/healthz",)
_SHARED_PATHS = ("/reconcile", "/preview/", "/suggest/", "/extend/")
"""Paths that pages of other permitted origins may read: the reconciliation service and its previews."""


def refusal(status: int, problem: str, remedy: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer that says what was wrong and what to do."""
    told = {"error": problem, "remedy": remedy} if remedy else {"error": problem}
    return JSONResponse(told, status, headers=headers)


class Guard:
    """ASGI middleware that refuses what is not meant for this service, and adds the headers that keep answers safe.

    Every answer that is not refused has the headers in ``told``, too.
    """

    def __init__(self, app: ASGIApp, settings: Settings, told: Mapping[str, str]) -> None:
        self._app = app
        self._settings = settings
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        origin = request.headers.get("origin", "")
        refused = self._refused(request, origin)
        if refused is not None:
            await refused(scope, receive, self._finishing(request, "", {}, send))
            return
        finished = self._finishing(request, origin, self._told, send)
        if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
            await Response(status_code=204)(scope, receive, finished)
        else:
            await self._passed_on(scope, receive, finished)

    async def _passed_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await asyncio.wait_for(_body(receive, self._settings.max_body), self._settings.max_seconds)
        except TimeoutError:
            await refusal(408, "the request did not arrive in time")(scope, receive, send)
            return
        if body is None:
            await self._too_long()(scope, receive, send)
        else:
            await self._app(scope, _replayed(body, receive), send)

    def _too_long(self) -> Response:
        return refusal(413, f"the request is longer than {self._settings.max_body:,} bytes", "send smaller batches")

    def _refused(self, request: Request, origin: str) -> Response | None:
        host = _host(request.headers.get("host", ""))
        if "*" not in self._settings.hosts and host not in self._settings.hosts:
            return refusal(421, "this service does not answer under that name", "start it with --allow-host NAME")
        if origin and not self._may_ask(request, origin):
            return refusal(403, "pages of that origin may not ask this service", "start it with --allow-origin ORIGIN")
        if self._settings.token and request.method != "OPTIONS" and _relative(request) not in _OPEN_PATHS:
            given = _token(request.headers.get("authorization", ""))
            if not secrets.compare_digest(given.encode(), self._settings.token.encode()):
                asked = {"WWW-Authenticate": 'Basic realm="resolver", charset="UTF-8"'}
                return refusal(401, "a token is needed", "send it as Authorization: Bearer TOKEN", asked)
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:20]) > self._settings.max_body:
            return self._too_long()
        return None

    def _may_ask(self, request: Request, origin: str) -> bool:
        own = urlsplit(origin).netloc == request.headers.get("host", "")
        if own or origin in self._settings.origins:
            return True
        # Programs on this machine that run in a browser, OpenRefine among them.
        local = _host(urlsplit(origin).netloc) in self._settings.hosts and "*" not in self._settings.hosts
        return local and _relative(request).startswith(_SHARED_PATHS)

    def _finishing(self, request: Request, origin: str, told: Mapping[str, str], send: Send) -> Send:
        """Return a ``send`` that adds headers to the answer."""
        framed = _relative(request).startswith("/preview")

        async def finish(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (*told.items(), *_HEADERS.items()):
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", _FRAMED_POLICY if framed else _POLICY)
                headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if framed else "same-origin")
                if origin:
                    _share(headers, origin)
                    if "access-control-request-private-network" in request.headers:
                        headers["Access-Control-Allow-Private-Network"] = "true"
            await send(message)

        return finish


def _token(authorization: str) -> str:
    """Return the token of a request: sent by a program, or typed by a person as the password in a browser."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return given
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


async def _body(receive: Receive, most: int) -> bytes | None:
    """Return the whole body of a request; None if it is too long, even if its headers promise a shorter one."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        parts.append(message.get("body", b""))
        if sum(map(len, parts)) > most:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a ``receive`` that returns a body that was read already, and later messages after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _share(headers: MutableHeaders, origin: str) -> None:
    headers["Access-Control-Allow-Origin"] = origin
    headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    headers["Access-Control-Allow-Headers"] = "Content-Type, Authorization, If-None-Match"
    headers["Access-Control-Expose-Headers"] = "ETag, X-Gazetteer-Date, X-Gazetteer-Digest"
    headers.add_vary_header("Origin")


def _host(netloc: str) -> str:
    """Return the name of ``name:port``, in lower case."""
    name, colon, port = netloc.rpartition(":")
    return (name if colon and port.isdecimal() else netloc).lower()


def _relative(request: Request) -> str:
    root: Any = request.scope.get("root_path", "")
    return request.url.path.removeprefix(str(root))
