"""The Reconciliation Service API 0.2, as a client sees it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from resolver.service.properties import PROPERTIES
from tests.service.specification import problems

DATE = {"pid": "date", "v": 2024}
IN_DONG_THAP = {"pid": "within", "v": "Đồng Tháp"}


def asked(client: TestClient, queries: dict[str, Any]) -> dict[str, Any]:
    assert problems("queries", queries) == []
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert problems("results", found) == []
    return found


def test_the_manifest_names_every_endpoint_under_the_address_asked(client: TestClient) -> None:
    manifest = client.get("/reconcile").json()
    assert problems("manifest", manifest) == []
    for endpoint in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        assert endpoint["service_url"] == "http://127.0.0.1:8765"
        assert client.get(endpoint["service_path"], params={"prefix": "a"}).status_code == 200
    id_ = "kh-province-kampot"
    assert "Kampot" in client.get(manifest["preview"]["url"].replace("{{id}}", id_)).text
    assert client.get(manifest["view"]["url"].replace("{{id}}", id_)).status_code == 200


def test_many_queries_may_come_together(client: TestClient) -> None:
    size = client.get("/reconcile").json()["batchSize"]
    found = asked(client, {f"q{at}": {"query": "Kampot"} for at in range(size)})
    assert {one["result"][0]["id"] for one in found.values()} == {"kh-province-kampot"}


def test_what_a_query_may_have_is_taken(client: TestClient) -> None:
    values = ["Kiên Giang", 91, True, {"id": "vn-province-kien-giang"}, {"id": "vn-province-kien-giang", "name": ""}]
    for value in (*values, values):
        query = {"query": "Châu Thành", "type": ["district", "commune"], "type_strict": "should", "limit": 2.0}
        properties = [{"pid": "within", "v": value}, {"pid": "date", "v": 2024}]
        assert len(asked(client, {"q": {**query, "properties": properties}})["q"]["result"]) <= 2
    assert asked(client, {"q": {"properties": [{"pid": "within", "v": "Kampot"}]}}) == {"q": {"result": []}}


def test_only_what_is_matched_is_marked_as_a_match(client: TestClient) -> None:
    found = asked(
        client, {"one": {"query": "Tỉnh Kiên Giang"}, "two": {"query": "Châu Thành"}, "none": {"query": "qqqq"}}
    )
    best, *others = found["one"]["result"]
    assert best["id"] == "vn-province-kien-giang"
    assert best["match"] is True
    assert 80 <= best["score"] <= 100
    assert not any(other["match"] for other in others)
    assert len(found["two"]["result"]) > 1
    assert not any(one["match"] for one in found["two"]["result"])
    assert found["none"] == {"result": []}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"properties": [{"pid": "within", "v": "Kiên Giang"}]}, "vn-district-chau-thanh-905"),
        ({"properties": [{"pid": "within", "v": {"id": "vn-province-kien-giang"}}]}, "vn-district-chau-thanh-905"),
        ({"properties": [{"pid": "within", "v": ["Kiên Giang"]}, DATE]}, "vn-district-chau-thanh-905"),
        ({"type": "district", "properties": [IN_DONG_THAP, DATE]}, "vn-district-chau-thanh-877"),
    ],
)  # fmt: skip
def test_properties_say_what_is_around_a_mention(client: TestClient, query: dict[str, Any], expected: str) -> None:
    best = asked(client, {"q": {"query": "Châu Thành", **query}})["q"]["result"][0]
    assert (best["id"], best["match"]) == (expected, True)


def test_properties_that_are_no_context_are_left_alone(client: TestClient) -> None:
    query = {"query": "Kampot", "type": ["province"], "properties": [{"pid": "colour", "v": "green"}]}
    assert asked(client, {"q": query})["q"]["result"][0]["id"] == "kh-province-kampot"


def test_a_limit_holds(client: TestClient) -> None:
    assert len(asked(client, {"q": {"query": "Châu Thành", "limit": 3}})["q"]["result"]) == 3
    assert len(asked(client, {"q": {"query": "Châu Thành", "limit": -1}})["q"]["result"]) == 1


@pytest.mark.parametrize(
    "queries",
    ["", "{", "[]", '{"q": 1}', '{"q": {"query": 1}}', '{"q": {"query": "a", "type": [1]}}',
     '{"q": {"query": "a", "limit": "x"}}', '{"q": {"query": "a", "properties": [1]}}',
     '{"q": {"query": "a", "type": "planet"}}',
     '{"q": {"query": "a", "properties": [{"pid": "date", "v": "yesterday"}]}}'],
)  # fmt: skip
def test_what_is_no_batch_of_queries_is_refused_with_the_reason(client: TestClient, queries: str) -> None:
    answer = client.post("/reconcile", data={"queries": queries})
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_suggestions_complete_what_is_typed(client: TestClient) -> None:
    found = client.get("/suggest/entity", params={"prefix": "kien gia"}).json()
    assert problems("suggested entities", found) == []
    assert found["result"][0]["id"] == "vn-province-kien-giang"
    types = client.get("/suggest/type", params={"prefix": "pro"}).json()
    assert problems("suggested types", types) == []
    assert types["result"] == [{"id": "province", "name": "Province"}]
    properties = client.get("/suggest/property", params={"prefix": "date"}).json()
    assert problems("suggested properties", properties) == []
    assert "date" in {one["id"] for one in properties["result"]}


def test_every_property_can_be_fetched(client: TestClient) -> None:
    proposed = client.get("/extend/propose", params={"type": "province"}).json()
    assert problems("proposed properties", proposed) == []
    wanted = {"ids": ["vn-province-kien-giang", "no-such-id"], "properties": [{"id": one} for one in PROPERTIES]}
    assert problems("extension asked", wanted) == []
    found = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()
    assert problems("extension", found) == []
    row = found["rows"]["vn-province-kien-giang"]
    assert row["code"] == [{"str": "91"}]
    assert row["iso_3166_2"] == [{"str": "VN-47"}]
    assert [one["id"] for one in row["current"]] == ["vn-province-an-giang-2025"]
    assert row["changes"] == [{"str": "2025-07-01 merged 202/2025/QH15"}]
    assert set(found["rows"]["no-such-id"]) == set(PROPERTIES)
    assert not any(found["rows"]["no-such-id"].values())


def test_a_name_in_a_language_is_of_that_language(client: TestClient) -> None:
    wanted = {"ids": ["kh-province-kampot", "vn-office-minister-of-public-security"], "properties": [{"id": "name_km"}]}
    rows = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()["rows"]
    assert rows["kh-province-kampot"]["name_km"] == [{"str": "កំពត"}]
    khmer = [one["str"] for one in rows["vn-office-minister-of-public-security"]["name_km"]]
    assert not any("Bộ" in text for text in khmer)


@pytest.mark.parametrize(
    ("id_", "parents"),
    [
        ("vn-province-an-giang-2025", ["vn-country-viet-nam"]),
        ("kh-province-kampot", ["kh-country-cambodia"]),
        ("kh-country-cambodia", []),
        ("vn-district-chau-thanh-905", ["vn-province-kien-giang", "vn-country-viet-nam"]),
        ("vn-office-minister-of-public-security", ["vn-organisation-bo-cong-an", "vn-organisation-chinh-phu"]),
        ("no-such-id", []),
    ],
)
def test_parents_are_those_an_entity_last_lay_in(client: TestClient, id_: str, parents: list[str]) -> None:
    wanted = {"ids": [id_], "properties": [{"id": "parents"}]}
    found = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()
    assert problems("extension", found) == []
    assert [one["id"] for one in found["rows"][id_]["parents"]] == parents


def test_an_answer_that_a_client_has_is_not_sent_again(client: TestClient) -> None:
    for path in ("/reconcile", "/extend/propose", "/suggest/type?prefix=p", "/suggest/entity?prefix=kampo"):
        tag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
