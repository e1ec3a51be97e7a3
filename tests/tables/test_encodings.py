"""Which encoding a table is read in where nobody says: chosen where it stands out, told, and never guessed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from resolver import Resolver
from resolver.tables.csvio import Reader
from resolver.tables.encodings import SAMPLE, detect
from resolver.tables.normalize import normalize_file
from resolver.tables.request import Request
from resolver.tables.rows import Reading
from resolver.text.legacy import _TCVN3, _VNI, from_tcvn3, from_vni

from .test_csvio import windows_1258

PLACES = "Kiên Giang\nHà Nội\nĐắk Lắk\nThừa Thiên Huế\nCần Thơ\n"
TCVN3 = {chr(letter): chr(code) for code, letter in _TCVN3.items()}
VNI = {letter: code for code, letter in _VNI.items()}


def in_tcvn3(text: str) -> bytes:
    return "".join(TCVN3.get(letter, letter) for letter in text).encode("latin-1")


def in_vni(text: str) -> bytes:
    def code(letter: str) -> str:
        known = VNI.get(letter.lower(), letter)
        return known.upper() if letter != letter.lower() else known

    return "".join(map(code, text)).encode("latin-1")


DETECTED = {
    "windows-1258": (windows_1258(PLACES), "cp1258"),
    "French": ("Siem Réap\nPréah Vihéar\nforêt\nÉtat\n".encode("cp1252"), "cp1252"),
    "French in capitals": ("SIEM RÉAP\nPRÉAH VIHÉAR\nFORÊT\n".encode("cp1252"), "cp1252"),
    "TCVN3": (in_tcvn3(PLACES), "cp1252"),
    "VNI": (in_vni(PLACES), "cp1252"),
    "UTF-16 without its mark": (f"place,n\n{PLACES}".encode("utf-16-le"), "utf-16-le"),
    "UTF-16 big end first": (f"place,n\n{PLACES}".encode("utf-16-be"), "utf-16-be"),
    "UTF-8": (PLACES.encode(), None),
    "UTF-8, cut within a letter": ("Huế".encode()[:-1], None),
    "ASCII": (b"Kampot\n", None),
    "nothing": (b"", None),
    "too little": ("Huế\n".encode("cp1258", "ignore"), None),
    "Greek": ("Αθήνα\nΘεσσαλονίκη\nΠάτρα\n".encode("cp1253"), None),
    "Cyrillic": ("Москва\nКиев\nМинск\n".encode("cp1251"), None),
    "Khmer has none": (b"\xa1\xa2\xa3\xa4\xa5\n" * 9, None),
    "binary": (bytes(range(256)) * 9, None),
    "zeros only": (b"\0" * 999, None),
}


@pytest.mark.parametrize("name", DETECTED)
def test_detection(name: str) -> None:
    content, expected = DETECTED[name]
    found = detect(content)
    assert (found and found[0]) == expected


def test_what_was_chosen_is_said_and_can_be_overridden(tmp_path: Path, resolver: Resolver) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"place\n" + windows_1258(PLACES))
    told = normalize_file(path, tmp_path / "out.csv", Request(["place"], types=["province"]), resolver=resolver)
    assert told.warnings() == [f"{path}: read as Windows-1258, detected by its bytes; --encoding names another"]
    assert told.columns["place"]["status"]["matched"] == 5
    with Reader(path, Reading(encoding="windows-1252")) as table:
        assert (table.told, next(iter(table)).cells) == ([], ["Kiên Giang"])


@pytest.mark.parametrize(("name", "content"), [("tcvn3", in_tcvn3(PLACES)), ("vni", in_vni(PLACES))])
def test_fonts_become_unicode_where_they_are_named(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"place\n" + content)
    for asked in (name, name.upper()):
        with Reader(path, Reading(encoding=asked)) as table:
            assert [record.cells[0] for record in table] == PLACES.strip().split("\n")
    with Reader(path) as table:
        assert f"--encoding {name} turns it into Unicode" in table.told[0]
        assert next(iter(table)).cells[0].encode("latin-1") == content.split(b"\n")[0], "untouched"


def test_fonts_are_resolved_either_way(tmp_path: Path, resolver: Resolver) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"place\n" + in_tcvn3(PLACES))
    for reading in (None, Reading(encoding="tcvn3")):
        request = Request(["place"], types=["province"], date="2024")
        told = normalize_file(path, tmp_path / "o.csv", request, resolver=resolver, reading=reading, force=True)
        assert told.columns["place"]["status"]["matched"] == 5


@pytest.mark.parametrize("decode", [from_tcvn3, from_vni])
def test_ascii_stays_ascii(decode: object) -> None:
    text = "".join(map(chr, range(128)))
    assert decode(text) == text  # type: ignore[operator]


def test_detection_is_bounded() -> None:
    content = windows_1258(PLACES) * 400_000
    started = time.process_time()
    found = detect(content)
    assert found is not None
    assert time.process_time() - started < 2
    assert len(content) > 100 * SAMPLE
