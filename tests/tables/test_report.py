"""The report about a table, as a page and as JSON."""

from __future__ import annotations

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from resolver import Resolver
from resolver.tables.convert import convert_file
from resolver.tables.normalize import normalize_file
from resolver.tables.request import Request
from resolver.tables.tally import Tally

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

CONTENT = (
    "place,on\n"
    + "Kiên Giang,2024\n" * 3
    + "An Giang,2024\nKampot,2024\nChâu Thành,2020\nChâu Thành,2021\n<script>alert(1)</script>,\n,\n"
)


class Page(HTMLParser):
    """Reads a page; every element must be closed, and nothing may be fetched or run."""

    VOID = ("meta", "rect", "path")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not {"src", "href", "onload", "onclick"} & {name for name, _ in attrs}
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, resolver: Resolver) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "in.csv").write_text(CONTENT, encoding="utf-8")
    request = Request(["place"], types=["province", "district"], date_column="on", appended=["id"])
    for ending in ("html", "json"):
        normalize_file(
            folder / "in.csv", folder / "out.csv", request, resolver=resolver, report=folder / f"r.{ending}", force=True
        )
    return folder


def test_the_page_is_whole_and_needs_nothing(folder: Path) -> None:
    page = Page()
    page.feed((folder / "r.html").read_text(encoding="utf-8"))
    assert page.open == []
    assert "script" not in page.seen
    assert {"svg", "table", "h2"} <= page.seen
    for told in ("9 rows", "Châu Thành", "<script>alert(1)</script>", "Tỉnh Kiên Giang", "merged", "ambiguous"):
        assert told in page.text


def test_the_json_has_what_the_page_shows(folder: Path) -> None:
    told: dict[str, Any] = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    assert told["columns"]["place"]["status"] == {"matched": 5, "ambiguous": 2, "unmatched": 1, "blank": 1}
    tally = told["tallies"]["place"]
    assert sum(tally["scores"]) == 8
    assert tally["successions"][0] == {"from": "Tỉnh Kiên Giang", "to": "Tỉnh An Giang", "rows": 3}
    assert tally["provinces"]["Tỉnh Kiên Giang"] == {"rows": 3, "changed": 3}
    assert tally["provinces"]["Khaet Kampot"] == {"rows": 1}
    assert (told["open"][0]["mention"], told["open"][0]["rows"]) == ("Châu Thành", 2)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
@pytest.mark.parametrize("width", [360, 1440])
def test_the_page_fits_its_window(width: int, folder: Path) -> None:
    """A long name, a chart or a table of candidates may be scrolled within, but never the page sideways."""
    long = folder / "long.csv"
    long.write_text(f"place\nChâu Thành\n{'x' * 900}\n" + CONTENT.partition("\n")[2].replace(",", ""), encoding="utf-8")
    report = folder / f"long-{width}.html"
    normalize_file(long, folder / "out.csv", Request(["place"]), report=report, force=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(report.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.locator(".open li").first.is_visible()
        hidden = page.locator(".open .head").is_hidden()
        browser.close()
    assert hidden == (width == 360), "on a narrow screen each open mention is a block"


def test_a_conversion_has_a_report_too(tmp_path: Path, resolver: Resolver) -> None:
    (tmp_path / "in.csv").write_text('place\n"Phường Bình San, Hà Tiên, Kiên Giang"\n', encoding="utf-8")
    request = Request(["place"], date="2024-12-31")
    convert_file(tmp_path / "in.csv", tmp_path / "out.csv", request, resolver=resolver, report=tmp_path / "r.json")
    tally = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["tallies"]["place"]
    before, after = "Phường Bình San, Thành phố Hà Tiên, Tỉnh Kiên Giang", "Phường Hà Tiên, Tỉnh An Giang"
    assert tally["successions"] == [{"from": before, "to": after, "rows": 1}]
    assert tally["passages"] == [{"from": "Tỉnh Kiên Giang", "to": "Tỉnh An Giang", "rows": 1}]


def test_nothing_is_counted_of_what_is_not_matched() -> None:
    tally = Tally()
    tally.add({"status": "unmatched", "score": "0.1234", "path": "", "current_path": ""}, 2)
    tally.add({"status": "blank", "score": "", "path": "", "current_path": ""}, 5)
    tally.add({"status": "matched", "score": "1.0000", "path": "A, B", "current_path": "C, D|E, F"}, 1)
    assert tally.to_dict()["scores"] == [0, 2, 0, 0, 0, 0, 0, 0, 0, 1]
    assert tally.passages == {("B", "D | F"): 1}
