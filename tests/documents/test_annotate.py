"""Documents in, their names out: tables, JSON lines, a page, entities and a graph."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from multiprocessing import Pipe
from pathlib import Path
from xml.etree import ElementTree

import pytest

from resolver import InputError, OutputError, Resolver, UsageError
from resolver.documents import sharing
from resolver.documents.annotate import AnnotateRequest, annotate_documents
from resolver.documents.rows import AFTER, BEFORE, MATCH_COLUMNS
from resolver.tables import worker

TEXT = "Kampot, <b>Kép</b> & Phnom Penh.\r\nĐại tá Trần Quốc Bảo Khang ở tỉnh Kiên Giang; Kampot.\r\n"
DAY = "2024-11-27"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_has_a_row_for_each_name(resolver: Resolver, document: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    counts = annotate_documents([document], out, AnnotateRequest(DAY), resolver=resolver)
    found = rows(out)
    assert list(found[0]) == ["document", *BEFORE, *MATCH_COLUMNS, *AFTER]
    assert [(row["text"], row["status"], row["type"]) for row in found] == [
        ("Kampot", "matched", "province"),
        ("Kép", "matched", "province"),
        ("Phnom Penh", "matched", "province"),
        ("Trần Quốc Bảo Khang", "unmatched", "person"),
        ("tỉnh Kiên Giang", "matched", "province"),
        ("Kampot", "matched", "province"),
    ]
    assert all(TEXT[int(row["start"]) : int(row["end"])] == row["text"] for row in found)
    assert {row["document"] for row in found} == {str(document)}
    assert {row["date"] for row in found} == {DAY}
    assert (found[4]["change"], found[4]["current_id"]) == ("merged", "vn-province-an-giang-2025")
    assert (counts.documents, counts.mentions, counts.counts) == (1, 6, {"matched": 5, "unmatched": 1})
    assert str(counts) == "1 document; 6 names: 5 matched, 1 unmatched"


def test_json_lines_have_the_same_keys(resolver: Resolver, document: Path, tmp_path: Path) -> None:
    table, lines = tmp_path / "out.csv", tmp_path / "out.jsonl"
    annotate_documents([document], table, AnnotateRequest(DAY), resolver=resolver)
    annotate_documents([document], lines, AnnotateRequest(DAY, format="jsonl"), resolver=resolver)
    records = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert [{key: str(value) for key, value in record.items()} for record in records] == rows(table)
    assert all(TEXT[record["start"] : record["end"]] == record["text"] for record in records)


class Page(HTMLParser):
    """The text of a page's first document, its links and the places these lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str | None] = []
        self.ids: list[str | None] = []
        self.open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag not in ("meta", "br"):
            self.open.append((tag, told.get("class") or ""))
        if tag == "a":
            self.links.append(told["href"])
        self.ids += [told["id"]] if told.get("id") else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if ("div", "text") in self.open and ("span", "tip") not in self.open:
            self.text += data


def test_a_page_holds_the_text_and_a_card_for_each_entity(resolver: Resolver, document: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    annotate_documents([document], out, AnnotateRequest(DAY, format="html"), resolver=resolver)
    html = out.read_bytes().decode()
    page = Page(html)
    assert page.open == []
    assert page.text == TEXT
    assert {f"#{id_}" for id_ in page.ids} == set(page.links)
    assert len(page.links) == 6
    assert len(page.ids) == 5
    assert "202/2025/QH15" in html and "Now: Tỉnh An Giang." in html and "named 2 times" in html
    assert not re.search(r"<script|https?://|@import|url\(", html)


def test_entities_are_counted_by_document(resolver: Resolver, document: Path, tmp_path: Path) -> None:
    other = tmp_path / "b.txt"
    other.write_text("Kampot.", encoding="utf-8")
    table, graph = tmp_path / "entities.csv", tmp_path / "graph.graphml"
    for summary in (table, graph):
        annotate_documents(
            [document, other], tmp_path / "o.csv", AnnotateRequest(DAY), summary=summary, resolver=resolver, force=True
        )
    found = rows(table)
    assert (found[0]["id"], found[0]["mentions"], found[0]["documents"]) == ("kh-province-kampot", "3", "2")
    assert found[0]["by_document"] == f"{document}:2|{other}:1"
    assert [(row["name"], row["kind"], row["status"]) for row in found if not row["id"]] == [
        ("Trần Quốc Bảo Khang", "person", "unmatched")
    ]
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = ElementTree.parse(graph).getroot()
    nodes = {node.get("id") for node in root.iterfind(".//g:node", space)}
    edges = [(edge.get("source"), edge.get("target")) for edge in root.iterfind(".//g:edge", space)]
    assert len(nodes) == len(found) == 5
    assert len(edges) == len(set(edges)) == 10
    assert {end for edge in edges for end in edge} <= nodes


def test_a_column_of_a_table(resolver: Resolver, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        'url,published,body\nu1,2024-11-27,"Kép,\nKampot"\nu2,2025-12-01,quartier de Hà Tiên\n'
        "ragged\n\nu3,soon,Takeo\n",
        encoding="utf-8",
    )
    request = AnnotateRequest(column="body", key="url", date_column="published")
    annotate_documents([source], out, request, resolver=resolver)
    assert [(row["row"], row["url"], row["start"], row["text"], row["date"]) for row in rows(out)] == [
        ("1", "u1", "0", "Kép", "2024-11-27"),
        ("1", "u1", "5", "Kampot", "2024-11-27"),
        ("2", "u2", "0", "quartier de Hà Tiên", "2025-12-01"),
        ("4", "u3", "0", "Takeo", ""),
    ]


def test_standard_input_and_output(
    resolver: Resolver, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO("ở Kampot".encode()))))
    annotate_documents(["-"], "-", AnnotateRequest(), resolver=resolver)
    assert b"-,2,8,Kampot,matched,kh-province-kampot" in capfdbinary.readouterr().out


@pytest.mark.parametrize(
    ("sources", "output", "request_", "options", "says"),
    [
        (["a.txt"], "o.csv", AnnotateRequest(format="pdf"), {}, "unknown format 'pdf'"),
        (["a.txt"], "o.csv", AnnotateRequest(key="url"), {}, "say with --column"),
        (["a.txt", "b.txt"], "o.csv", AnnotateRequest(column="body"), {}, "one table is read"),
        (["a.txt"], "o.html", AnnotateRequest(), {}, "unknown ending .html"),
        (["a.txt"], "o.csv", AnnotateRequest(), {"summary": "s.pdf"}, "unknown ending .pdf"),
        (["a.txt"], "a.txt", AnnotateRequest(), {}, "would overwrite"),
        (["a.txt"], "o.csv", AnnotateRequest(date="soon"), {}, "date"),
    ],
)
def test_what_makes_no_sense_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    resolver: Resolver,
    sources: list[str],
    output: str,
    request_: AnnotateRequest,
    options: dict[str, str],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Kampot", encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        annotate_documents(sources, output, request_, resolver=resolver, **options)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_what_cannot_be_read_or_written_is_said(resolver: Resolver, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with pytest.raises(InputError, match="no such file"):
        annotate_documents([tmp_path / "none.txt"], out, AnnotateRequest(), resolver=resolver)
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"Kampot \xff\xfe.")
    with pytest.raises(InputError, match="not UTF-8"):
        annotate_documents([bad], out, AnnotateRequest(), resolver=resolver)
    assert not out.exists()
    out.write_text("mine", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Kampot", encoding="utf-8")
    with pytest.raises(OutputError, match="exists"):
        annotate_documents([tmp_path / "a.txt"], out, AnnotateRequest(), resolver=resolver)
    assert out.read_text("utf-8") == "mine"


def test_two_processes_find_the_same_names(resolver: Resolver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "news.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["url", "body"])
        for number in range(450):
            district = ("Châu Thành", "An Biên", "Giồng Riềng")[number % 3]
            writer.writerow(
                [f"u{number}", f"Tin {number}: huyện {district}, tỉnh Kiên Giang. Đại tá Đào Hải Đăng nói."]
            )
    request = AnnotateRequest(DAY, column="body", key="url")
    alone, shared = tmp_path / "alone.csv", tmp_path / "shared.csv"
    counts = annotate_documents([table], alone, request, resolver=resolver)
    monkeypatch.setattr(sharing, "WORTH_SHARING", 10_000)
    started: list[object] = []

    def start(serve: Callable[..., None], *given: object) -> object:
        started.append(given)
        return worker.started(serve, *given)

    monkeypatch.setattr(sharing, "started", start)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    both = annotate_documents([table], shared, request, resolver=resolver, share=True)
    assert len(started) == 1
    assert shared.read_bytes() == alone.read_bytes()
    assert (both.documents, both.mentions, both.counts) == (counts.documents, counts.mentions, counts.counts)


def test_a_second_process_that_dies_is_done_without(
    resolver: Resolver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(250)]
    for number, file in enumerate(files):
        file.write_text(f"Tin {number} từ Kampot và tỉnh Kiên Giang.\n", "utf-8")
    monkeypatch.setattr(sharing, "WORTH_SHARING", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def closed(*given: object) -> object:
        ours, theirs = Pipe()
        theirs.close()
        return ours

    monkeypatch.setattr(sharing, "started", closed)
    out = tmp_path / "out.csv"
    counts = annotate_documents(files, out, AnnotateRequest(DAY), resolver=resolver, share=True)
    assert (counts.documents, counts.mentions) == (250, 500)
    assert [row["document"] for row in rows(out)] == [str(file) for file in files for _ in range(2)]
