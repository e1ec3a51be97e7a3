"""The routes of the Reconciliation Service API 0.2, for OpenRefine and similar programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from resolver import __version__
from resolver.errors import UsageError
from resolver.model import Mention
from resolver.service.api import TooManyError, UnknownEntityError
from resolver.service.metrics import NamedRoute
from resolver.service.properties import PROPERTIES, extend
from resolver.service.reconciliation import (
    TYPE_NAMES,
    as_result,
    described,
    manifest,
    query_of,
    suggest_properties,
    suggest_types,
    suggested,
    typed,
)
from resolver.service.state import State, address_of, state_of
from resolver.service.texts import chosen
from resolver.service.view import preview_page

__all__ = ["routes"]

_MOST_SUGGESTED = 20


async def reconcile(request: Request) -> Response:
    """Answer queries or a data extension; a request without either gets the manifest."""
    state, fields = state_of(request), await _fields(request)
    if "queries" in fields:
        return state.facts.answer(request, await _results(state, _object(fields["queries"], "queries")))
    if "extend" in fields:
        return state.facts.answer(request, await _extension(state, _object(fields["extend"], "extend")))
    return state.facts.answer(request, manifest(address_of(request), __version__, state.settings.max_batch))


async def _results(state: State, queries: Mapping[str, Any]) -> dict[str, Any]:
    if len(queries) > state.settings.max_batch:
        raise TooManyError(len(queries), state.settings.max_batch)
    asked = [query_of(query) for query in queries.values()]
    results: list[dict[str, Any]] = []

    def found(some: Sequence[tuple[Mention, int]]) -> list[dict[str, Any]]:
        matches = state.resolver.resolve_many([mention for mention, _ in some])
        return [as_result(match, limit) for match, (_, limit) in zip(matches, some, strict=True)]

    async for piece in state.worker.pieces(found, asked):
        results += piece
    state.metrics.mentions += len(asked)
    return dict(zip(queries, results, strict=True))


async def _extension(state: State, asked: Mapping[str, Any]) -> dict[str, Any]:
    ids, given = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise UsageError('"ids" is a list of ids')
    if not isinstance(given, list) or not all(isinstance(one, Mapping) and "id" in one for one in given):
        raise UsageError('"properties" is a list of objects with "id"')
    if len(ids) > state.settings.max_batch:
        raise TooManyError(len(ids), state.settings.max_batch)
    wanted = [str(one["id"]) for one in given]
    rows: dict[str, Any] = {}
    async for piece in state.worker.pieces(lambda some: [extend(state.resolver, some, wanted)], ids):
        rows |= piece[0]
    return {"meta": [_meta(one) for one in wanted], "rows": rows}


def _meta(id_: str) -> dict[str, Any]:
    known = PROPERTIES.get(id_)
    told: dict[str, Any] = {"id": id_, "name": known.name if known else id_}
    if known and known.type:
        told["type"] = {"id": known.type, "name": TYPE_NAMES[known.type]}
    return told


async def propose(request: Request) -> Response:
    """Return the properties that can be fetched."""
    found = [{"id": one.id, "name": one.name, "description": one.description} for one in PROPERTIES.values()]
    given, type_ = request.query_params.get("limit", ""), request.query_params.get("type", "")
    told: dict[str, Any] = {"properties": found[: int(given[:4])] if given.isdecimal() else found}
    return state_of(request).facts.answer(request, told | ({"type": type_} if type_ else {}))


async def suggest(request: Request) -> Response:
    """Complete a prefix of the name of an entity, a type or a property."""
    state, kind = state_of(request), request.url.path.rpartition("/")[2]
    prefix = request.query_params.get("prefix", "")
    if kind == "type":
        return state.facts.answer(request, {"result": suggest_types(prefix)})
    if kind == "property":
        return state.facts.answer(request, {"result": suggest_properties(prefix)})
    types = request.query_params.getlist("type")

    def told() -> list[dict[str, Any]]:
        found = suggested(state.resolver, prefix, types, _MOST_SUGGESTED)
        return [{"id": one.id, "name": one.name, "description": described(one), "notable": typed(one)} for one in found]

    return state.facts.answer(request, {"result": await state.worker.run(told)})


async def preview(request: Request) -> Response:
    """Return a small page about an entity, to be shown in a frame."""
    state, id_ = state_of(request), request.path_params["id"]
    language = chosen(request.query_params.get("language", ""), request.headers.get("accept-language", ""))
    try:
        page = await state.worker.run(lambda: preview_page(state.resolver, id_, address_of(request), language))
    except UsageError as error:
        raise UnknownEntityError(str(error)) from error
    return state.facts.page(request, page)


async def _fields(request: Request) -> dict[str, str]:
    """Return the fields of a request, from its address and from the form in its body."""
    fields = dict(request.query_params)
    if request.method == "POST":
        try:
            fields |= dict(parse_qsl((await request.body()).decode("utf-8"), keep_blank_values=True, max_num_fields=20))
        except ValueError as error:
            raise UsageError("the body is a form in UTF-8 with the field queries or extend") from error
    return fields


def _object(text: str, name: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name!r} is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise UsageError(f"{name!r} is a JSON object")
    return value


routes = [
    NamedRoute("/reconcile", reconcile, methods=["GET", "POST"]),
    NamedRoute("/extend/propose", propose),
    *(NamedRoute(f"/suggest/{kind}", suggest, name=kind) for kind in ("entity", "type", "property")),
    NamedRoute("/preview/{id:str}", preview),
]
"""Routes of the reconciliation service."""
