"""The pages on the real server in a real browser, headless. Skipped where no Chromium is installed."""

from __future__ import annotations

import csv
import io
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from resolver import Resolver
from resolver.tables.distinct import Target
from resolver.tables.normalize import normalize_file
from resolver.tables.request import Request
from tests.service.running import running
from tests.service.strings import STRINGS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")

WAIT = 30_000
"""Milliseconds that the browser may take: the machine may be busy."""


@pytest.fixture(scope="module")
def address(resolver: Resolver) -> Iterator[str]:
    with running(resolver) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, locale="en", accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("request", lambda asked: complaints.append(asked.url) if not own(asked.url, address) else None)
    yield opened
    context.close()
    assert complaints == [], "no error, nothing that the policy forbids, nothing asked of others"


def own(url: str, address: str) -> bool:
    return url.startswith((f"{address}/", "data:", "blob:"))


def test_a_mention_is_answered_with_what_stands_there_now(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Name as it is written").fill("Kien Giang")
    page.get_by_label("Date of the mention").fill("2024-11-27")
    page.get_by_role("button", name="Look up").click()
    answer = page.locator("#answer .card")
    answer.wait_for()
    assert "matched" in (answer.get_attribute("class") or "")
    links = answer.locator("a").evaluate_all("all => all.map(one => one.pathname)")
    assert links[:2] == ["/vn-province-kien-giang", "/vn-province-an-giang-2025"]
    assert "202/2025/QH15" in answer.inner_text()
    picture = answer.locator("img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#answer img').naturalWidth > 0")
    assert "text=Kien+Giang" in page.url, "the address can be passed on"


def test_a_name_is_completed_by_keys_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_role("combobox", name="Name").focus()
    page.keyboard.type("kampo")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.get_attribute("id") == page.locator("#mention").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    page.locator("#answer .card.matched").wait_for()
    assert page.locator("#answer h2 a").evaluate("one => one.pathname").startswith("/kh-")
    assert page.get_by_role("listbox").count() == 0


def test_tabs_go_by_arrow_keys(page: Page) -> None:
    page.goto("/")
    page.get_by_role("tab", name="One name").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="A table").get_attribute("aria-selected") == "true"
    assert page.locator("#panel-table").is_visible()
    assert page.locator("#panel-one").is_hidden()


TABLE = [
    ("no", "written", "place of event", "province"),
    *((str(at), f"{1 + at % 28}/11/2024", "Tỉnh Kiên Giang", "") for at in range(5)),
    ("5", "27/11/2024", "Kampot", ""),
    ("6", "27/11/2024", "Châu Thành", "Đồng Tháp"),
    ("7", "27/11/2024", "Châu Thành", ""),
    ("8", "28/11/2024", "Châu Thành", ""),
    ("9", "27/11/2024", "qqqq zzzz", ""),
    ("10", "27/11/2024", STRINGS[1], ""),
    ("11", "", "", ""),
]


def as_csv(folder: Path) -> Path:
    file = folder / "events.csv"
    with file.open("w", encoding="utf-8", newline="") as sink:
        csv.writer(sink, delimiter=";").writerows(TABLE)
    return file


def as_workbook(folder: Path) -> Path:
    file, book = folder / "events.xlsx", openpyxl.Workbook()
    assert book.active is not None
    for row in TABLE:
        book.active.append(row)
    book.save(file)
    return file


@pytest.mark.parametrize("make", [as_csv, as_workbook])
def test_a_table_is_answered_decided_and_kept(
    page: Page, tmp_path: Path, make: Callable[[Path], Path], resolver: Resolver
) -> None:
    page.goto("/")
    page.get_by_role("tab", name="A table").click()
    page.locator("#file").set_input_files(make(tmp_path))
    page.locator("#columns").wait_for()
    assert page.locator("#column option:checked").inner_text() == "place of event"
    assert page.locator("#date-column option:checked").inner_text() == "written"
    page.get_by_role("checkbox", name="province").check()
    page.get_by_role("button", name="Start").click()
    page.locator("#review").wait_for()
    assert page.evaluate("document.activeElement.id") == "open"
    assert "Châu Thành" in page.locator("#open strong").inner_text()
    assert "2 rows" in page.locator("#open p").first.inner_text()
    page.keyboard.press("2")
    page.locator("#decided", has_text="Decided: 1").wait_for()
    page.keyboard.press("0")
    page.locator("#decided", has_text="Decided: 2").wait_for()
    page.keyboard.press("0")
    page.locator("#decided", has_text="Nothing is left").wait_for()
    page.keyboard.press("p")
    page.keyboard.press("u")
    page.locator("#decided", has_text="Decided: 2").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("kh-province-kandal")
    page.keyboard.press("Enter")
    page.locator("#open li button", has_text="kh-province-kandal").wait_for()
    page.keyboard.press("1")
    page.locator("#decided", has_text="Nothing is left").wait_for()
    rows = kept(page, "Download the table")
    assert [row["place of event"] for row in rows] == [row[2] for row in TABLE[1:]]
    assert {row["place of event_id"] for row in rows[:5]} == {"vn-province-kien-giang"}
    assert {row["place of event_current_id"] for row in rows[:5]} == {"vn-province-an-giang-2025"}
    assert rows[6]["place of event_id"] == "vn-district-chau-thanh-877"
    assert [row["place of event_method"] for row in rows[7:9]] == ["override", "override"]
    assert rows[7]["place of event_id"] == rows[8]["place of event_id"] != ""
    assert rows[11]["place of event_status"] == "blank"
    review = kept(page, "Download the review")
    assert {row["decision"] for row in review if row["mention"] == "Châu Thành"} == {rows[7]["place of event_id"]}
    decided = sorted(row["decision"] for row in review if row["mention"] != "Châu Thành")
    assert decided == ["kh-province-kandal", "none"]
    again = by_the_command(make(tmp_path), review, resolver)
    assert again == rows, "the command, given these decisions, has the same table"


def by_the_command(source: Path, review: list[dict[str, str]], resolver: Resolver) -> list[dict[str, str]]:
    overrides, output = source.with_name("review.csv"), source.with_name("again.csv")
    with overrides.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.DictWriter(sink, list(review[0]))
        writer.writeheader()
        writer.writerows(review)
    request = Request(("place of event",), within=("province",), date_column="written", target=Target(language="en"))
    normalize_file(source, output, request, resolver=resolver, overrides=overrides)
    with output.open(encoding="utf-8-sig", newline="") as told:
        return list(csv.DictReader(told, delimiter=";" if source.suffix == ".csv" else ","))


def kept(page: Page, button: str) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    delimiter = ";" if text.partition("\n")[0].count(";") > 5 else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_names_in_a_text_are_marked_and_explained(page: Page) -> None:
    text = "👩‍👩‍👧 Ngày 27/11/2024, Công an tỉnh Kiên Giang <b>tiếp</b> đoàn của tỉnh Kampot."
    page.goto("/")
    page.get_by_role("tab", name="A text").click()
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Mark the names").click()
    page.locator("#reading .mark").first.wait_for()
    assert page.locator("#reading").inner_text() == text
    assert page.locator("#reading .mark").all_inner_texts() == ["Công an tỉnh Kiên Giang", "tỉnh Kampot"]
    page.locator("#reading .mark").nth(1).press("Enter")
    page.locator("#card .card").wait_for()
    assert page.locator("#card h2 a").evaluate("one => one.pathname") == "/kh-province-kampot"


@pytest.mark.parametrize("text", STRINGS)
def test_texts_are_shown_as_they_are(page: Page, text: str) -> None:
    page.goto("/")
    page.get_by_label("Name as it is written").fill(text)
    page.keyboard.press("Enter")
    page.locator("#answer .card").wait_for()
    page.get_by_role("tab", name="A text").click()
    page.locator("#text").evaluate("(area, text) => { area.value = text; }", text)
    page.get_by_role("button", name="Mark the names").click()
    page.locator("#marked").wait_for()
    shown = page.locator("#reading").evaluate("one => one.textContent")
    assert shown == text
    assert page.title() == "Names of Vietnam and Cambodia"
    assert page.locator("#reading :not(.mark)").count() == 0


@pytest.mark.parametrize("path", ["/?text=Kien+Giang", "/vn-province-an-giang-2025", "/help", "/kh-province-kampot"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")])
@pytest.mark.parametrize("language", ["vi", "km"])
def test_pages_fit_and_can_be_read(
    browser: Browser, address: str, path: str, width: int, scheme: str, language: str
) -> None:
    assert scheme in {"light", "dark"}
    dark = scheme == "dark"
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        locale=language,
    )
    opened = context.new_page()
    opened.goto(path, timeout=WAIT)
    if "text=" in path:
        opened.locator("#answer .card").wait_for(timeout=WAIT)
    assert opened.evaluate("document.documentElement.lang") == language
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off at the side"
    assert opened.evaluate(CONTRAST) == []
    assert opened.evaluate(UNNAMED) == []
    context.close()


CONTRAST = """() => {
  const curve = (part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const channel = (value) => curve(value / 255);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parsed = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const found = parsed(getComputedStyle(one).backgroundColor);
      if (found.length < 4 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest("option, script, noscript, .skip")) continue;
    const [one, two] = [light(parsed(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 4.5) poor.push(`${element.tagName} ${element.textContent.slice(0, 30)} ${ratio.toFixed(1)}`);
  }
  return poor;
}"""
"""Texts whose contrast with what is behind them is less than 4.5 (WCAG 2.1, 1.4.3)."""

UNNAMED = """() => [...document.querySelectorAll("input, select, textarea, button, img, a, progress")]
  .filter((one) => one.checkVisibility() && one.type !== "hidden")
  .filter((one) => !(one.labels?.length || one.ariaLabel || one.alt || one.textContent.trim()))
  .map((one) => one.outerHTML)"""
"""Controls and pictures without a name for those who can't see them."""


def test_a_preview_can_be_framed_by_another_page_and_the_page_cannot(browser: Browser, address: str) -> None:
    frames = "".join(f'<iframe src="{address}{path}"></iframe>' for path in ("/preview/kh-province-kampot", "/"))

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(frames.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        opened = browser.new_page()
        opened.goto(f"http://127.0.0.1:{other.server_address[1]}/", timeout=WAIT)
        opened.frame_locator("iframe").first.locator("h1", has_text="Kampot").wait_for(timeout=WAIT)
        assert opened.frame_locator("iframe").nth(1).locator("#page").count() == 0
        opened.close()
        other.shutdown()
