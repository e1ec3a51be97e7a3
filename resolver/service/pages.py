"""The pages for a browser: the page at ``/``, one for each entity, help, pictures, and their files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from resolver import __version__
from resolver.errors import UsageError
from resolver.service.api import UnknownEntityError
from resolver.service.metrics import NamedRoute
from resolver.service.reconciliation import TYPE_NAMES
from resolver.service.state import State, address_of, state_of
from resolver.service.texts import chosen, texts
from resolver.service.view import entity_page, picture_of, render

__all__ = ["missing", "routes"]

_STATIC = Path(__file__).with_name("static")


async def home(request: Request) -> Response:
    """Return the page at ``/``."""
    return _own_page(request, "home.html")


async def help_page(request: Request) -> Response:
    """Return the page that explains the service and its calls."""
    return _own_page(request, "help.html")


async def about_entity(request: Request) -> Response:
    """Return the page about an entity, whose id is its permanent address."""
    state, id_, language = state_of(request), request.path_params["id"], language_of(request)
    page = await _asked(state, lambda: entity_page(state.resolver, id_, address_of(request), language))
    return state.facts.page(request, page)


async def lineage(request: Request) -> Response:
    """Return the lineage of a place as a picture."""
    state, id_, language = state_of(request), request.path_params["id"], language_of(request)
    drawn = await _asked(state, lambda: picture_of(state.resolver, id_, language))
    return state.facts.page(request, drawn, "image/svg+xml")


def missing(request: Request) -> Response:
    """Return the page for an address without a page."""
    page = render("missing.html", language_of(request), base=address_of(request))
    return Response(page, 404, media_type="text/html")


def language_of(request: Request) -> str:
    """Return the language for a page."""
    return chosen(request.query_params.get("language", ""), request.headers.get("accept-language", ""))


def _own_page(request: Request, template: str) -> Response:
    state, language = state_of(request), language_of(request)
    page = render(
        template,
        language,
        base=address_of(request),
        facts=state.facts,
        settings=state.settings,
        types=list(TYPE_NAMES),
        version=__version__,
        words=dict(texts(language)),
    )
    return state.facts.page(request, page)


async def _asked(state: State, call: Callable[[], str]) -> str:
    try:
        return await state.worker.run(call)
    except UsageError as error:
        raise UnknownEntityError(str(error)) from error


routes = [
    NamedRoute("/", home),
    NamedRoute("/help", help_page),
    NamedRoute("/lineage/{id:str}", lineage),
    Mount("/static", StaticFiles(directory=_STATIC), name="static"),
    NamedRoute("/{id:str}", about_entity),
]
"""Routes of the pages. The last one is for all other addresses."""
