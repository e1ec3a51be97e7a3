"""Pages without a browser: what they say, in which language, and that texts stay texts."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from resolver import Resolver
from resolver.service import texts as words
from resolver.service.pages import routes
from tests.service.strings import STRINGS

SERVICE = Path(words.__file__).parent
HTML = {"Accept": "text/html"}


class Text(HTMLParser):
    """The words of a page, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.tags, self.links = "", list[str](), list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_every_word_has_its_four_languages() -> None:
    tables = {language: words.texts(language) for language in words.LANGUAGES}
    for key in tables["en"]:
        assert all(tables[language][key].strip() for language in words.LANGUAGES), key


def test_every_word_that_a_page_asks_for_is_there_and_none_is_left_over() -> None:
    known = set(words.texts("en"))
    sources = [SERVICE / "view.py", *SERVICE.glob("templates/*.html"), *SERVICE.glob("static/*.js")]
    text = "\n".join(file.read_text("utf-8") for file in sources)
    asked = set(re.findall(r"\bt\.([a-z_]+)|word\(\"([a-z_]+)\"\)", text))
    named = {one or other for one, other in asked} - {"get"}
    assert named - known == set()
    loose = set(re.findall(r"[a-z_]+", text))
    families = ("type_", "status_", "dating_", "kind_", "tab_", "scheme_", "language_")
    assert {key for key in known - loose if not key.startswith(families)} == set()


@pytest.mark.parametrize(
    ("asked", "accepted", "expected"),
    [
        ("", "vi-VN,vi;q=0.9,en;q=0.5", "vi"),
        ("", "de,fr;q=0.4,km;q=0.7", "km"),
        ("fr", "vi", "fr"),
        ("", "*", "en"),
        ("../vi", ";q=;,,fr;q=nan", "fr"),
    ],
)
def test_a_page_is_in_the_readers_language(client: TestClient, asked: str, accepted: str, expected: str) -> None:
    for path in ("/", "/help", "/vn-province-an-giang-2025"):
        answer = client.get(path, params={"language": asked}, headers={"Accept-Language": accepted})
        assert f'<html lang="{expected}">' in answer.text
        assert "Accept-Language" in answer.headers["vary"]


def test_the_page_of_a_province_tells_it_all(client: TestClient) -> None:
    page = Text(client.get("/vn-province-an-giang-2025?language=vi").text)
    for told in ("An Giang", "មាត់ជ្រូក", "2025-07-01", "202/2025/QH15", "Kiên Giang", "Chủ tịch UBND tỉnh An Giang"):
        assert told in page.words
    assert "http://127.0.0.1:8765/vn-province-an-giang-2025" in page.words
    for link in page.links:
        assert client.get(f"/{link}" if not link.startswith(("#", "data:", "?")) else "/").status_code == 200, link


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "between {} and {}"), ("vi", "giữa {} và {}"), ("fr", "entre {} et {}"), ("km", "រវាង {} និង {}")],
)
def test_an_inexact_day_is_told_in_words(client: TestClient, resolver: Resolver, language: str, told: str) -> None:
    once = (resolver.entity(one.id) for one in resolver.places("commune", date="2008"))
    place = next(one for one in once if "/" in one.valid_to)
    for path in ("", "preview/"):
        page = Text(client.get(f"/{path}{place.id}?language={language}").text)
        assert told.format(*place.valid_to.split("/")) in page.words


def test_identifiers_have_the_names_of_their_lists(client: TestClient) -> None:
    page = Text(client.get("/vn-province-an-giang?language=fr").text)
    for name in ("ISO 3166-2", "GeoNames", "Wikidata", "P-code (COD-AB)"):
        assert name in page.words
    assert "iso3166-2" not in page.words


def test_names_in_another_script_are_told_in_words(client: TestClient) -> None:
    page = Text(client.get("/vn-province-kien-giang?language=en").text)
    assert "Khmer in Latin letters" in page.words
    assert "km-Latn" not in page.words


def test_a_person_and_an_office_name_each_other(client: TestClient) -> None:
    office = "vn-office-minister-of-public-security"
    page = Text(client.get(f"/{office}?language=en").text)
    person = next(link.partition("?")[0] for link in page.links if "-person-" in link)
    assert f"{office}?language=en" in Text(client.get(f"/{person}?language=en").text).links


def test_a_lineage_is_a_picture_of_places_only(client: TestClient) -> None:
    drawn = client.get("/lineage/vn-province-kien-giang")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "<script" not in drawn.text
    for id_ in ("vn-office-minister-of-public-security", "no-such-id", "Kiên Giang"):
        assert client.get(f"/lineage/{id_}").status_code == 404


def test_a_page_is_sent_once(client: TestClient) -> None:
    first = client.get("/kh-province-kampot?language=en")
    again = {"If-None-Match": first.headers["etag"]}
    assert client.get("/kh-province-kampot?language=en", headers=again).status_code == 304
    assert client.get("/kh-province-kampot?language=fr", headers=again).status_code == 200


@pytest.mark.parametrize("text", STRINGS)
def test_what_is_asked_never_becomes_part_of_a_page(client: TestClient, text: str) -> None:
    usual = Text(client.get("/", headers=HTML).text).tags
    for address in ("/", "/help"):
        answer = client.get(address, params={"text": text, "language": text}, headers=HTML)
        assert answer.status_code == 200
    assert Text(client.get("/", params={"text": text}, headers=HTML).text).tags == usual
    answer = client.get("/resolve", params={"text": text})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["mention"]["text"] == text


def test_a_missing_page_is_a_page_to_a_browser_and_json_to_a_program(client: TestClient) -> None:
    page = client.get("/no-such-id", headers={**HTML, "Accept-Language": "fr"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Cette page n'existe pas" in page.text.replace("&#39;", "'")
    assert client.get("/no-such-id").json()["error"]


def test_pages_name_no_other_machine_and_have_no_script_within() -> None:
    for file in (*SERVICE.glob("templates/*.html"), *SERVICE.glob("static/*")):
        text = file.read_text("utf-8")
        assert not re.search(r"(?:https?:)?//[\w-]+\.", text), file.name
        assert not re.search(r"<script(?![^>]*\bsrc=)|\bon(?:click|load|error)=|innerHTML|\bstyle=|\beval\(", text)


def test_the_service_describes_its_calls(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/resolve", "/convert", "/annotate", "/compare", "/entities/{id}", "/history/{id}"} <= set(paths)
    assert client.get("/reconcile").json()["documentation"] == "http://127.0.0.1:8765/help"
    told = Text(client.get("/help").text).words
    for path in ("/resolve", "/convert", "/annotate", "/normalize", "/compare", "/reconcile"):
        assert path in told
    assert routes[-1].path == "/{id:str}", "ids are looked for last"  # type: ignore[attr-defined]
    assert json.loads(client.get("/openapi.json").text)["info"]["title"] == "resolver"
