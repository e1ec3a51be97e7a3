"""The JSON calls: each is one call of the library. Batches come back as JSON lines, in the order of their mentions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response, StreamingResponse

from resolver.dates import date_option
from resolver.errors import UsageError
from resolver.filters import countries_of, types_of
from resolver.model import Entity, Mention
from resolver.people.name_comparison import compare_names
from resolver.plain import plain
from resolver.service.exchange import LINES, Lines, json_of
from resolver.service.reconciliation import suggested
from resolver.service.state import State, state_of
from resolver.service.worker import PIECE

__all__ = ["Language", "Text", "TooManyError", "Type", "UnknownEntityError", "router", "streamed"]

router = APIRouter()

_LONGEST, _MOST_PARENTS = 2_000, 12

Type = Literal["place", "country", "province", "district", "commune", "person", "organisation", "office"]
Language = Literal["vi", "en", "fr", "km"]
Text = Annotated[str, Field(max_length=_LONGEST)]
Day = Annotated[str, Field(max_length=40, description="A day, month or year (ISO 8601)")]


class MentionIn(BaseModel):
    """A text to resolve, with its context."""

    model_config = ConfigDict(extra="forbid")

    text: Text
    types: list[Type] = []
    countries: list[Annotated[str, Field(max_length=2)]] = Field([], max_length=300)
    date: Day = ""
    within: list[Text] = Field([], max_length=_MOST_PARENTS)


class Batch(BaseModel):
    """Many mentions; the other fields are for the mentions that are only texts."""

    model_config = ConfigDict(extra="forbid")

    mentions: list[Text | MentionIn]
    types: list[Type] = []
    countries: list[Annotated[str, Field(max_length=2)]] = Field([], max_length=300)
    date: Day = ""
    within: list[Text] = Field([], max_length=_MOST_PARENTS)
    to: Day = ""
    language: Language | None = None
    min_score: Annotated[float, Field(ge=0, le=1)] | None = None


class Document(BaseModel):
    """A running text, with its day if it is known."""

    model_config = ConfigDict(extra="forbid")

    text: str
    date: Day = ""


class Documents(BaseModel):
    """Texts to annotate."""

    model_config = ConfigDict(extra="forbid")

    documents: list[Document] = Field(max_length=1_000)
    language: Language | None = None


TextQuery = Annotated[str, Query(max_length=_LONGEST)]
DayQuery = Annotated[str, Query(max_length=40, description="A day, month or year (ISO 8601)")]
Types = Annotated[list[Type] | None, Query(alias="type")]
Countries = Annotated[list[str] | None, Query(alias="country")]
Parents = Annotated[list[str] | None, Query(max_length=_MOST_PARENTS)]
Score = Annotated[float | None, Query(ge=0, le=1)]
Id = Annotated[str, Path(max_length=200)]


async def _asked(
    text: TextQuery,
    types: Types = None,
    countries: Countries = None,
    date: DayQuery = "",
    within: Parents = None,
    to: DayQuery = "",
    language: Language | None = None,
    min_score: Score = None,
) -> Callable[[], dict[str, Any]]:
    """Return a function that makes the keywords of a library call from a query; calling it checks the countries."""
    return lambda: {
        "text": text,
        "type": types,
        "country": countries_of(countries),
        "date": date or None,
        "within": within,
        "to": to or None,
        "language": language,
        "min_score": min_score,
    }


Asked = Annotated[Callable[[], dict[str, Any]], Depends(_asked)]


@router.get("/resolve")
async def resolve(request: Request, asked: Asked) -> Response:
    """Return what one mention means."""
    state = state_of(request)
    state.metrics.mentions += 1
    return await _answered(
        request, lambda: {**plain(state.resolver.resolve(**asked())), "gazetteer_digest": state.facts.digest}
    )


@router.post("/resolve", response_class=Lines)
async def resolve_many(request: Request, batch: Batch) -> Response:
    """Return what many mentions mean: one JSON line each, in their order."""
    state = state_of(request)
    mentions = _mentions(state, batch)
    wanted: dict[str, Any] = {"to": batch.to or None, "language": batch.language, "min_score": batch.min_score}
    return await streamed(state, lambda some: state.resolver.resolve_many(some, **wanted), mentions)


@router.get("/convert")
async def convert(request: Request, asked: Asked, codes: bool = False) -> Response:
    """Return what a place of one day is on another."""
    state = state_of(request)
    state.metrics.mentions += 1
    return await _answered(request, lambda: state.resolver.convert(**asked(), codes=codes))


@router.post("/convert", response_class=Lines)
async def convert_many(request: Request, batch: Batch, codes: bool = False) -> Response:
    """Return what many places of one day are on another: one JSON line each, in their order."""
    state = state_of(request)
    mentions = _mentions(state, batch)
    wanted: dict[str, Any] = {"to": batch.to or None, "language": batch.language, "min_score": batch.min_score}
    return await streamed(state, lambda some: state.resolver.convert_many(some, codes=codes, **wanted), mentions)


@router.post("/annotate", response_class=Lines)
async def annotate(request: Request, asked: Documents) -> Response:
    """Return the names in texts: a JSON line for each text, its ``names`` from left to right with their characters."""
    state = state_of(request)
    length = sum(len(one.text) for one in asked.documents)
    if length > state.settings.max_text:
        raise TooLongError(length, state.settings.max_text)
    # Before anything is answered: a bad date later in the batch would cut the answer off.
    for one in asked.documents:
        date_option(one.date, "the date")

    def found(documents: Sequence[Document]) -> list[dict[str, Any]]:
        return [
            {"names": plain(state.resolver.annotate(one.text, date=one.date or None, language=asked.language))}
            for one in documents
        ]

    return await streamed(state, found, asked.documents, 1)


@router.get("/history/{id}")
async def history(request: Request, id: Id, language: Language | None = None) -> Response:
    """Return the lineage of an entity: what it came from, what became of it, who held it."""
    state = state_of(request)
    return await _answered(request, lambda: _history(state, id, language))


@router.get("/entities/{id}")
async def entity(request: Request, id: Id, date: DayQuery = "", language: Language | None = None) -> Response:
    """Return an entity as it was on a date, or as it last was, with all its names and versions."""
    state = state_of(request)

    def told() -> dict[str, Any]:
        history = _history(state, id, language)
        found = _entity(state, id, date=date or None, language=language)
        return {"entity": found, "versions": history.versions, "names": history.names, "today": history.today}

    return await _answered(request, told)


@router.get("/suggest")
async def suggest(
    request: Request,
    prefix: TextQuery,
    types: Types = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    language: Language | None = None,
) -> Response:
    """Return entities whose names begin with a text."""
    state = state_of(request)
    return await _answered(request, lambda: {"entities": suggested(state.resolver, prefix, types, limit, language)})


@router.get("/compare")
async def compare(request: Request, a: TextQuery, b: TextQuery) -> Response:
    """Return the probability that two personal names can be one person's, and the evidence."""

    def told() -> dict[str, Any]:
        found = compare_names(a, b)
        return {**plain(found), "match": found.match}

    return await _answered(request, told)


async def _answered(request: Request, call: Callable[[], Any]) -> Response:
    """Return the result of a library call as JSON, or "not modified" to a client that has it.

    It is written as JSON by the thread that made the call, since many fields are computed only when they are read.
    """
    state = state_of(request)
    if (unchanged := state.facts.unchanged(request)) is not None:
        return unchanged
    return state.facts.answer(request, await state.worker.run(lambda: json_of(call())))


def _history(state: State, id_: str, language: str | None) -> Any:
    # Only an id is accepted: a mention may mean another entity tomorrow.
    _entity(state, id_)
    return state.resolver.history(id_, language=language)


def _entity(state: State, id_: str, **options: Any) -> Entity:
    try:
        return state.resolver.entity(id_, **options)
    except UsageError as error:
        raise UnknownEntityError(str(error)) from error


def _mentions(state: State, batch: Batch) -> list[Mention]:
    if len(batch.mentions) > state.settings.max_batch:
        raise TooManyError(len(batch.mentions), state.settings.max_batch)
    shared = batch.types, batch.countries, batch.date, batch.within
    every: list[Batch | MentionIn] = [batch, *(one for one in batch.mentions if not isinstance(one, str))]
    for around in every:
        date_option(around.date, "the date")
        state.resolver.known_countries(around.countries)
    state.metrics.mentions += len(batch.mentions)
    return [
        Mention(one, *_around(*shared))
        if isinstance(one, str)
        else Mention(one.text, *_around(one.types, one.countries, one.date, one.within))
        for one in batch.mentions
    ]


def _around(types: Sequence[str], countries: Sequence[str], date: str, within: Sequence[str]) -> tuple[Any, ...]:
    return types_of(types), countries_of(countries), date, tuple(within)


class UnknownEntityError(UsageError):
    """An id that the gazetteer does not have."""

    status = 404


class TooLongError(UsageError):
    """Texts are longer than one request may have."""

    status = 413

    def __init__(self, length: int, most: int) -> None:
        super().__init__(f"{length:,} characters in one request; at most {most:,} are taken, send several")


class TooManyError(UsageError):
    """A batch has more mentions than one request may have."""

    status = 413

    def __init__(self, count: int, most: int) -> None:
        super().__init__(f"{count:,} mentions in one request; at most {most:,} are taken, send several")


async def streamed(state: State, call: Any, asked: Sequence[Any], size: int = PIECE) -> Response:
    """Return the results of a call with many arguments as JSON lines, sent as soon as they are known."""
    pieces = state.worker.pieces(lambda some: [json_of(one) + b"\n" for one in call(some)], asked, size)
    # The first piece is answered before anything is sent, so that a bad request still gets a status of its own.
    first: Sequence[bytes] = []
    async for earliest in pieces:
        first = earliest
        break

    async def lines() -> AsyncIterator[bytes]:
        yield b"".join(first)
        async for piece in pieces:
            yield b"".join(piece)

    return StreamingResponse(lines(), media_type=LINES)
