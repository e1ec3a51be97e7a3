"""Who may ask the service, and how much."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from resolver import Resolver
from resolver.service.app import application
from resolver.service.settings import Settings
from tests.service.conftest import BASE

ASKED = "/resolve?text=Kampot"


@pytest.fixture(scope="module")
def strict(resolver: Resolver) -> Iterator[TestClient]:
    settings = Settings(token="a secret", origins=("https://desk.example",), max_body=2_000, max_batch=3)
    with TestClient(application(settings, resolver), base_url=BASE) as opened:
        yield opened


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "[::1]:8765"])
def test_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get(ASKED, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org:8765", "localhost.example.org", "", "[::1"])
def test_another_name_that_points_here_is_refused(client: TestClient, host: str) -> None:
    answer = client.get(ASKED, headers={"Host": host})
    assert answer.status_code == 421
    assert "allow-host" in answer.json()["remedy"]


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://127.0.0.1.example.org:3333"])
def test_pages_of_other_sites_are_refused(client: TestClient, origin: str) -> None:
    for path in (ASKED, "/reconcile"):
        answer = client.get(path, headers={"Origin": origin})
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


def test_openrefine_on_this_machine_may_reconcile_and_no_more(client: TestClient) -> None:
    origin = {"Origin": "http://127.0.0.1:3333"}
    answer = client.get("/reconcile", headers=origin)
    assert answer.headers["access-control-allow-origin"] == origin["Origin"]
    assert client.get(ASKED, headers=origin).status_code == 403
    before = {**origin, "Access-Control-Request-Method": "POST"}
    assert client.options("/reconcile", headers=before).status_code == 204


def test_permitted_origins_are_named_and_others_are_not(strict: TestClient) -> None:
    with_token = {"Authorization": "Bearer a secret"}
    answer = strict.get(ASKED, headers={**with_token, "Origin": "https://desk.example"})
    assert answer.headers["access-control-allow-origin"] == "https://desk.example"
    assert strict.get(ASKED, headers={**with_token, "Origin": "https://desk.example.org"}).status_code == 403


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer another"}, {"Authorization": "Basic a secret"}])
def test_a_token_is_asked_for(strict: TestClient, given: dict[str, str]) -> None:
    assert strict.get(ASKED, headers=given).status_code == 401
    assert strict.get("/healthz", headers=given).status_code == 200
    assert strict.get(ASKED, headers={"Authorization": "bearer a secret"}).status_code == 200


def test_long_requests_are_refused_whatever_they_promise(strict: TestClient) -> None:
    given = {"Authorization": "Bearer a secret"}
    assert strict.post("/resolve", content=b"x" * 3_000, headers=given).status_code == 413
    pieces = (b"x" * 500 for _ in range(10))
    assert strict.post("/resolve", content=pieces, headers=given).status_code == 413
    assert strict.post("/resolve", json={"mentions": ["a"] * 4}, headers=given).status_code == 413


def test_pages_may_run_nothing_but_the_services_own_files(client: TestClient) -> None:
    for path in ("/", "/kh-province-kampot", "/no-such-id", "/openapi.json"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/..%2f..%2fpyproject.toml", "/%00", "/static/"]
)
def test_no_path_leads_to_other_files(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {404, 405}
    assert "import" not in answer.text
