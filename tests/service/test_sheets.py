"""Tables for the page: files in, rows out; mentions in, the command's cells out."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from resolver import Resolver
from resolver.service.app import application
from resolver.service.settings import Settings
from resolver.service.sheets import ending_of
from tests.service.conftest import BASE
from tests.service.strings import STRINGS


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.split("\n") if line]


def workbook() -> bytes:
    book, sink = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["place", "n"])
    book.active.append(["Hà Tiên", 3])
    book.save(sink)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.csv", "place,n\nHà Tiên,3\n".encode()),
        ("a.csv", "place;n\r\nHà Tiên;3\r\n".encode("utf-16")),
        ("a.tsv", "place\tn\nHà Tiên\t3\n".encode()),
        ("a.csv.gz", gzip.compress("place,n\nHà Tiên,3\n".encode(), mtime=0)),
        ("a.jsonl", '{"place": "Hà Tiên", "n": 3}\n'.encode()),
        ("A.XLSX", workbook()),
        ("../../etc/passwd", "place,n\nHà Tiên,3\n".encode()),
    ],
)
def test_files_are_read_as_the_command_reads_them(client: TestClient, name: str, body: bytes) -> None:
    answer = client.post("/rows", params={"name": name}, content=body)
    first, *rows = lines(answer.text)
    assert first["columns"] == ["place", "n"]
    assert rows == [["Hà Tiên", "3"]]


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "..\\x.csv", "a\x00.xlsx", "%2e%2e/x.parquet", "con", ".", "", *STRINGS]
)
def test_of_a_files_name_only_its_ending_counts(name: str) -> None:
    ending = ending_of(name)
    assert name.lower().endswith(ending) or ending == ".csv"
    assert "/" not in ending
    assert "\\" not in ending


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("a.csv", b"", 422),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 422),
        ("a.csv", b'a,b\n"open,1\n', 422),
        ("a.xlsx", b"PK\3\4 no workbook", 422),
        ("a.csv.gz", gzip.compress(b"a,b\n1,2\n", mtime=0)[:-9], 422),
    ],
)
def test_what_is_no_table_is_refused_without_naming_a_folder(
    client: TestClient, name: str, body: bytes, status: int
) -> None:
    answer = client.post("/rows", params={"name": name}, content=body)
    assert answer.status_code == status, answer.text
    assert tempfile.gettempdir() not in answer.text
    assert "table." not in answer.json()["error"]


def test_a_file_that_grows_is_cut_short(client: TestClient) -> None:
    body = gzip.compress(b"a,b\n" + b"1,2\n" * 300_000)
    assert len(body) < 10_000
    answer = client.post("/rows", params={"name": "a.csv.gz"}, content=body)
    assert answer.status_code == 413
    assert "resolver normalize" in answer.json()["error"]


def test_nothing_is_left_on_the_disk(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    client.post("/rows", params={"name": "a.csv"}, content=b"a,b\n1,2\n")
    client.post("/rows", params={"name": "a.xlsx"}, content=b"no workbook")
    assert list(tmp_path.iterdir()) == []


def test_mentions_get_the_cells_of_the_command(client: TestClient, resolver: Resolver) -> None:
    mentions = [
        {"text": "Châu Thành", "date": "27/11/2024", "within": ["Kiên Giang", ""]},
        {"text": "Châu Thành", "date": "no day"},
        {"text": "Kien Giang"},
        {"text": "whatever", "decision": "kh-province-kampot"},
        {"text": "Kampot", "decision": "none"},
        {"text": ""},
    ]
    answer = client.post("/normalize", json={"mentions": mentions, "date": "2024-06-30", "language": "vi"})
    cells = [one["cells"] for one in lines(answer.text)]
    assert [one["status"] for one in cells] == ["matched", "ambiguous", "matched", "matched", "unmatched", "blank"]
    assert cells[0]["id"] == "vn-district-chau-thanh-905"
    assert cells[2]["dating"] == "in_force"
    assert "cannot be read" in cells[1]["note"]
    assert (cells[3]["id"], cells[3]["method"]) == ("kh-province-kampot", "override")
    choices = lines(answer.text)[1]["choices"]
    assert {"id", "path", "score"} == set(choices[0])


@pytest.mark.parametrize(
    "asked",
    [
        {"mentions": [{"text": "a", "decision": "no-such-id"}]},
        {"mentions": [{"text": "a"}], "countries": ["zz"]},
        {"mentions": [{"text": "a"}], "to": "yesterday"},
        {"mentions": [{"text": "x" * 3_000}]},
        {"mentions": ["a"]},
    ],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, asked: dict[str, Any]) -> None:
    answer = client.post("/normalize", json=asked)
    assert answer.status_code in {400, 422}
    assert answer.json()["error"]


def test_names_in_texts(client: TestClient, resolver: Resolver) -> None:
    texts = ["Công an tỉnh Kiên Giang tiếp đoàn Kampot.", "", "👩‍👩‍👧 <b>Kampot</b>"]
    asked = {"documents": [{"text": text, "date": "2024-11-27"} for text in texts]}
    found = lines(client.post("/annotate", json=asked).text)
    for text, one in zip(texts, found, strict=True):
        expected = resolver.annotate(text, date="2024-11-27")
        assert [(n["start"], n["end"], n["kind"]) for n in one["names"]] == [(n.start, n.end, n.kind) for n in expected]
        assert all(text[name["start"] : name["end"]] == name["text"] for name in one["names"])
    assert found[0]["names"][0]["match"]["entity"]["id"] == "vn-organisation-cong-an-tinh-kien-giang"
    assert client.post("/annotate", json={"documents": [{"text": "a", "date": "yesterday"}]}).status_code == 400


def test_long_and_slow_requests_end(resolver: Resolver) -> None:
    with TestClient(application(Settings(max_text=100, max_batch=2), resolver), base_url=BASE) as strict:
        assert strict.post("/annotate", json={"documents": [{"text": "x" * 101}]}).status_code == 413
        assert strict.post("/normalize", json={"mentions": [{"text": "a"}] * 3}).status_code == 413
    with TestClient(application(Settings(max_seconds=0.0), resolver), base_url=BASE) as impatient:
        slow = impatient.get("/resolve", params={"text": "Kampot"})
        assert slow.status_code in {408, 503}
        assert slow.json()["error"]
