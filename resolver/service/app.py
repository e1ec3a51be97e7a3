"""The service as an ASGI application: its routes, the checks before them, and the answers to failures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from resolver import __version__
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.garbage_collection import gc_of_a_server
from resolver.gazetteer.reader import bundled_path, digest
from resolver.service import api, openrefine, pages, sheets
from resolver.service.exchange import REFUSALS, Facts
from resolver.service.guard import Guard, refusal
from resolver.service.metrics import Counted, Metrics, NamedRoute
from resolver.service.related import offices_of
from resolver.service.remembered import Remembered
from resolver.service.settings import Settings, kept
from resolver.service.state import State, state_of
from resolver.service.worker import TookTooLongError, Worker

__all__ = ["application", "compiled", "served"]

_OPENING = 1_000
"""So many mentions open what is opened for many only, and is then used for single ones, too."""

_ABOUT = "Entity resolution and name normalisation for Vietnam and Cambodia, answered on this machine."


def application(settings: Settings | None = None, resolver: Resolver | None = None) -> FastAPI:
    """Return the service as an ASGI application, for uvicorn or any other server.

    It answers from ``resolver``, by default from one of the bundled gazetteer. Every process that serves it maps the
    same compiled index into memory.
    """
    chosen, answering = settings or Settings(), resolver or Resolver()
    facts = Facts(answering.date, digest(bundled_path()), __version__)
    state = State(answering, facts, Worker(chosen.max_seconds), chosen, Metrics())

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        # Compile and map everything now, so that the first request does not wait for it.
        await state.worker.warm(lambda: _warmed(answering))
        with gc_of_a_server():
            yield
        state.worker.close()

    app = FastAPI(
        title="resolver", version=__version__, description=_ABOUT, lifespan=living, root_path=chosen.root_path,
        openapi_url=None, docs_url=None, redoc_url=None, responses=REFUSALS,
    )  # fmt: skip
    app.state.shared = state
    app.include_router(api.router)
    app.include_router(sheets.router)
    app.router.routes.extend(openrefine.routes)
    app.router.routes.append(NamedRoute("/openapi.json", _description))
    app.add_api_route("/healthz", _health, methods=["GET"], response_class=PlainTextResponse)
    app.add_api_route("/metrics", _metrics, methods=["GET"], response_class=PlainTextResponse)
    app.router.routes.extend(pages.routes)
    for kind, answer in _FAILURES.items():
        app.add_exception_handler(kind, answer)
    app.add_middleware(Remembered)
    app.add_middleware(Counted, metrics=state.metrics)
    app.add_middleware(Guard, settings=chosen, told=facts.headers)
    return app


def served() -> FastAPI:
    """Return the service with the settings that the command kept for its processes."""
    return application(kept())


def compiled() -> None:
    """Compile the bundled gazetteer where that was not done yet, for processes that then only map it."""
    Resolver().compiled()


def _warmed(resolver: Resolver) -> None:
    resolver.suggest("ha")
    resolver.resolve_many([f"Kampot {number}" for number in range(_OPENING)])
    resolver.resolve("Hà Tiên, tỉnh Kiên Giang")
    resolver.annotate("Công an tỉnh Kiên Giang tiếp đoàn Kampot.")
    offices_of("")


async def _health() -> PlainTextResponse:
    """Return ``ok``: the service is running."""
    return PlainTextResponse("ok\n")


async def _description(request: Request) -> Response:
    """Return what can be called, as OpenAPI, under the path that a proxy serves it."""
    root, app = str(request.scope.get("root_path", "")), request.app
    told = app.openapi() | ({"servers": [{"url": root}]} if root else {})
    return state_of(request).facts.answer(request, told)


async def _metrics(request: Request) -> PlainTextResponse:
    """Return counts and times of requests."""
    return PlainTextResponse(state_of(request).metrics.text(), media_type="text/plain; version=0.0.4")


async def _misused(request: Request, error: Exception) -> Response:
    return _refused(request, getattr(error, "status", 400), str(error))


def _refused(request: Request, status: int, problem: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a refusal; as a page, if a browser asked for a page."""
    if status == 404 and "text/html" in request.headers.get("accept", ""):
        return pages.missing(request)
    return refusal(status, problem, headers=headers)


async def _invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(one) for one in first["loc"])
    return refusal(422, f"{where}: {first['msg']}", "see /openapi.json")


async def _slow(_request: Request, _error: Exception) -> Response:
    return refusal(503, "this request takes too long", "send smaller batches", {"Retry-After": "5"})


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _refused(request, error.status_code, str(error.detail), error.headers)


_FAILURES: Mapping[type[Exception], Any] = {
    UsageError: _misused,
    RequestValidationError: _invalid,
    TookTooLongError: _slow,
    HTTPException: _http,
}
