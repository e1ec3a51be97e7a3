"""What a browser sees: the page at ``/``, one for each entity, and the files that they use."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from resolver.errors import UsageError
from resolver.service.api import UnknownEntityError
from resolver.service.state import address_of, state_of
from resolver.service.view import entity_page, render

__all__ = ["routes"]

_STATIC = Path(__file__).with_name("static")


async def home(request: Request) -> Response:
    """Return the page at ``/``."""
    state = state_of(request)
    return state.facts.answer(
        request, render("home.html", base=address_of(request), date=state.facts.date), "text/html"
    )


async def about_entity(request: Request) -> Response:
    """Return the page about an entity, whose id is its permanent address."""
    state, id_ = state_of(request), request.path_params["id"]
    if (unchanged := state.facts.unchanged(request)) is not None:
        return unchanged
    language = request.query_params.get("language", "")
    try:
        page = await state.worker.run(lambda: entity_page(state.resolver, id_, address_of(request), language))
    except UsageError as error:
        raise UnknownEntityError(str(error)) from error
    return state.facts.answer(request, page, "text/html")


routes = [
    Route("/", home),
    Mount("/static", StaticFiles(directory=_STATIC), name="static"),
    Route("/{id:str}", about_entity),
]
"""Routes of the pages. The last takes what no other route takes."""
