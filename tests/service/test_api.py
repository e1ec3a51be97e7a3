"""The JSON calls: each is one call of the library."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from starlette.testclient import TestClient

from resolver import Mention, Resolver


def test_an_answer_is_that_of_the_library(client: TestClient, resolver: Resolver) -> None:
    asked = {"text": "Châu Thành", "within": "Kiên Giang", "date": "2024", "type": "district", "country": "vn"}
    answer = client.get("/resolve", params=asked)
    match = resolver.resolve("Châu Thành", within="Kiên Giang", date="2024", type="district", country="VN")
    assert match.entity is not None
    assert answer.json()["entity"] == asdict(match.entity)
    assert answer.json()["score"] == match.score
    assert answer.json()["gazetteer_date"] == answer.headers["x-gazetteer-date"] == resolver.date
    assert answer.json()["gazetteer_digest"] == answer.headers["x-gazetteer-digest"]


def test_a_batch_comes_back_as_lines_in_its_order(client: TestClient, resolver: Resolver) -> None:
    mentions = ["Kampot", {"text": "Châu Thành", "within": ["Kiên Giang"], "date": "2024"}, "", "qqqq"] * 40
    answer = client.post("/resolve", json={"mentions": mentions, "language": "en"})
    lines = [json.loads(line) for line in answer.text.splitlines()]
    asked = [
        Mention("Kampot"),
        Mention("Châu Thành", within=("Kiên Giang",), date="2024"),
        Mention(""),
        Mention("qqqq"),
    ]
    expected = resolver.resolve_many(asked * 40, language="en")
    assert [line["status"] for line in lines] == [match.status for match in expected]
    assert [line["entity"] for line in lines] == [asdict(m.entity) if m.entity else None for m in expected]


@pytest.mark.parametrize(
    ("path", "of"),
    [("/resolve", "mentions"), ("/convert", "mentions"), ("/normalize", "mentions"), ("/annotate", "documents")],
)
def test_nothing_asked_is_answered_with_nothing(client: TestClient, path: str, of: str) -> None:
    answer = client.post(path, json={of: []})
    assert (answer.status_code, answer.text) == (200, "")


@pytest.mark.parametrize("last", [{"date": "yesterday"}, {"countries": ["zz"]}])
def test_a_batch_is_refused_as_a_whole(client: TestClient, last: dict[str, object]) -> None:
    mentions = [*["Kampot"] * 200, {"text": "Kampot", **last}]
    assert client.post("/resolve", json={"mentions": mentions}).status_code == 400
    if "date" in last:
        documents = [{"text": "Kampot"}, {"text": "Kampot", **last}]
        assert client.post("/annotate", json={"documents": documents}).status_code == 400


def test_conversions_are_those_of_the_library(client: TestClient, resolver: Resolver) -> None:
    asked = {"text": "Phường Bình San, Thành phố Hà Tiên, Tỉnh Kiên Giang", "to": "2025-07-01"}
    expected = resolver.convert(asked["text"], to=asked["to"])
    answer = client.get("/convert", params=asked).json()
    assert answer["status"] == expected.status == "exact"
    assert answer["targets"][0]["place"]["entity"]["id"] == expected.targets[0].place.entity.id
    lines = client.post(
        "/convert", json={"mentions": ["91"], "date": "2024", "types": ["province"]}, params={"codes": True}
    ).text.splitlines()
    assert json.loads(lines[0])["source"]["entity"]["id"] == "vn-province-kien-giang"


def test_an_entity_and_its_history(client: TestClient, resolver: Resolver) -> None:
    id_ = "vn-province-kien-giang"
    entity = client.get(f"/entities/{id_}").json()
    assert entity["entity"] == asdict(resolver.entity(id_))
    assert [one["id"] for one in entity["today"]] == ["vn-province-an-giang-2025"]
    history = client.get(f"/history/{id_}").json()
    assert history == json.loads(json.dumps(resolver.history(id_).to_dict()))
    for path in ("/entities/nothing", "/history/nothing", "/history/Kiên Giang", "/nothing"):
        assert client.get(path).status_code == 404


def test_names_are_compared(client: TestClient) -> None:
    same = client.get("/compare", params={"a": "Đào Hải Đăng", "b": "Col. Dao Hai Dang"}).json()
    other = client.get("/compare", params={"a": "Lê Văn Thành", "b": "Lê Văn Thanh"}).json()
    assert same["match"] is True
    assert other["match"] is False


def test_the_same_question_is_not_answered_twice(client: TestClient) -> None:
    first = client.get("/resolve", params={"text": "Kampot"})
    again = client.get("/resolve", params={"text": "Kampot"}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/resolve", params={"text": "Kandal"}, headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/resolve", 422),
        ("/resolve?text=a&date=yesterday", 400),
        ("/resolve?text=a&country=zz", 400),
        ("/resolve?text=a&type=planet", 422),
        ("/resolve?text=a&min_score=2", 422),
        ("/suggest?prefix=a&limit=0", 422),
        ("/entities/" + "x" * 300, 422),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "path",
    ["/", "/help", "/kh-province-kampot", "/lineage/kh-province-kampot", "/openapi.json", "/healthz", "/metrics",
     "/static/page.js", "/reconcile", "/suggest/type", "/preview/kh-province-kampot", "/no-such-id", "/resolve",
     "/resolve?text=Kampot"],
)  # fmt: skip
def test_every_answer_names_its_facts(client: TestClient, resolver: Resolver, path: str) -> None:
    for headers in ({}, {"Accept": "text/html"}):
        answer = client.get(path, headers=headers)
        assert answer.headers["x-gazetteer-date"] == resolver.date
        assert len(answer.headers["x-gazetteer-digest"]) == 32
    posted = client.post("/resolve", json={"mentions": ["Kampot"]})
    assert posted.headers["x-gazetteer-digest"] == answer.headers["x-gazetteer-digest"]
    assert "x-gazetteer-date" not in client.get(path, headers={"Host": "example.org"}).headers


def test_counts(client: TestClient) -> None:
    client.get("/resolve?text=Kampot")
    client.get("/kh-province-kampot")
    client.get("/reconcile")
    client.get("/no-such-path/at/all")
    told = client.get("/metrics").text
    assert 'resolver_requests_total{route="/resolve",status="200"}' in told
    assert 'resolver_requests_total{route="/reconcile",status="200"}' in told
    assert 'resolver_requests_total{route="/{id}",status="200"}' in told
    assert "kampot" not in told
    assert "no-such-path" not in told
