"""Answers that are sent again to whoever asks the same."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from resolver.service.remembered import Remembered, lasting


class Counting:
    """A service whose answers say how often it was called."""

    def __init__(self, *, marked: bool = True, status: int = 200, length: int = 0) -> None:
        self._calls = 0
        self._marked, self._status, self._padding = marked, status, "." * length

    async def __call__(self, request: Request) -> Response:
        self._calls += 1
        if self._marked:
            lasting(request.scope)
        return PlainTextResponse(f"{self._calls}{self._padding}", self._status, {"ETag": '"a"'})


def client_of(service: Counting) -> TestClient:
    routes = [Route("/{name}", service.__call__, methods=["GET", "POST"])]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Remembered)]))


def test_the_same_request_has_the_same_answer() -> None:
    client = client_of(Counting())
    first, second = client.get("/one?a=1"), client.get("/one?a=1")
    assert (first.text, second.text) == ("1", "1")
    assert first.headers == second.headers


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/two?a=1", {}),
        ("/one?a=2", {}),
        ("/one?a=1", {"accept-language": "km"}),
        ("/one?a=1", {"accept": "text/html"}),
        ("/one?a=1", {"host": "example.org"}),
        ("/one?a=1", {"if-none-match": '"b"'}),
    ],
)
def test_another_request_is_answered_anew(path: str, headers: dict[str, str]) -> None:
    client = client_of(Counting())
    client.get("/one?a=1")
    assert client.get(path, headers=headers).text == "2"


def test_only_lasting_answers_to_get_requests_that_succeeded_are_kept() -> None:
    for service in (Counting(marked=False), Counting(status=404)):
        client = client_of(service)
        assert [client.get("/one").text for _ in range(2)] == ["1", "2"]
    client = client_of(Counting())
    assert [client.post("/one").text for _ in range(2)] == ["1", "2"]


def test_memory_is_bounded() -> None:
    client = client_of(Counting(length=60_000))
    for number in range(300):
        client.get(f"/{number}")
    assert client.get("/299").text.startswith("300.")
    assert client.get("/0").text.startswith("301.")
    longer = client_of(Counting(length=100_000))
    assert [longer.get("/one").text.strip(".") for _ in range(2)] == ["1", "2"]


def test_the_service_answers_as_before(client: TestClient) -> None:
    for path in (
        "/resolve?text=Kampot&date=2020",
        "/vn-province-an-giang-2025?language=vi",
        "/suggest?prefix=kien%20gi",
    ):
        first, second = client.get(path), client.get(path)
        assert first.status_code == second.status_code == 200
        assert first.content == second.content
        assert first.headers == second.headers
    before = client.get("/metrics").text
    client.get("/resolve?text=Kampot&date=2020")
    counted = 'resolver_requests_total{route="/resolve",status="200"} '

    def count(text: str) -> int:
        return int(text.split(counted)[1].split(maxsplit=1)[0])

    assert count(client.get("/metrics").text) == count(before) + 1
