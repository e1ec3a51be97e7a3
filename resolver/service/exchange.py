"""The form of requests and answers: records as JSON, bodies, answers that a client may cache."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from resolver.plain import plain
from resolver.service.remembered import lasting

__all__ = ["LINES", "REFUSALS", "Facts", "Lines", "json_of"]

LINES = "application/x-ndjson"
"""The media type of JSON lines."""


class Lines(Response):
    """JSON lines, one for each mention, text or id in the request."""

    media_type = LINES


_PROBLEM = {
    "type": "object",
    "properties": {"error": {"type": "string"}, "remedy": {"type": "string"}},
    "required": ["error"],
    "additionalProperties": False,
}
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"description": told, "content": {"application/json": {"schema": _PROBLEM}}}
    for status, told in (
        (400, "The request is invalid: an unknown country, a text that is not a date"),
        (401, "A token is needed"),
        (403, "Pages of that origin may not ask"),
        (404, "There is no such entity"),
        (408, "The request did not arrive in time"),
        (413, "The request is too long"),
        (421, "The service does not answer under that name"),
        (422, "The request is not as described here"),
        (503, "The request takes too long"),
    )
}
"""The errors that a call may answer with, as OpenAPI describes them."""


def json_of(value: Any) -> bytes:
    """Return a value as JSON on one line."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":")).encode()


class Facts:
    """The day and digest of the facts of a service: a client may cache an answer as long as they are the same."""

    def __init__(self, date: str, digest: str, version: str) -> None:
        self.date = date
        self.digest = digest
        self._made_by = f"{version}-{digest}".encode()

    @property
    def headers(self) -> dict[str, str]:
        """The headers that identify the facts of an answer."""
        return {"X-Gazetteer-Date": self.date, "X-Gazetteer-Digest": self.digest}

    def tag(self, request: Request) -> str:
        """Return the entity tag of an answer: facts and program, since these decide the answer to a request."""
        asked = f"{request.method} {request.url.path}?{request.url.query} {request.headers.get('accept', '')}".encode()
        return f'"{hashlib.blake2b(self._made_by + asked, digest_size=12).hexdigest()}"'

    def unchanged(self, request: Request) -> Response | None:
        """Return the answer "not modified" to a client that has this answer already; None for any other client."""
        tag = self.tag(request)
        known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
        if request.method != "GET" or tag not in known:
            return None
        return Response(status_code=304, headers={"ETag": tag})

    def page(self, request: Request, html: str, media_type: str = "text/html") -> Response:
        """Return a page; its tag is that of its content, so that a client never keeps an old one."""
        tag = f'"{hashlib.blake2b(html.encode(), digest_size=12).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        lasting(request.scope)
        return Response(html, media_type=media_type, headers=headers)

    def answer(self, request: Request, value: Any, media_type: str = "application/json") -> Response:
        """Return an answer made from these facts; ``value`` may be written as JSON already."""
        if (unchanged := self.unchanged(request)) is not None:
            return unchanged
        body = value if isinstance(value, (str, bytes)) else json_of(value)
        headers = {"Cache-Control": "no-cache"}
        if request.method == "GET":
            lasting(request.scope)
            headers["ETag"] = self.tag(request)
        return Response(body, media_type=media_type, headers=headers)
