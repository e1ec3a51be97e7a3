"""Every command once, as a person runs it: the first look at whether anything is broken."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = Path(sys.executable).with_name("resolver")


def run(*arguments: str, cwd: Path) -> str:
    ran = subprocess.run([PROGRAM, *arguments], cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    return ran.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    table = tmp_path / "in.csv"
    table.write_text(
        "place,official,day\nHa Tien,Colonel Dao Hai Dang,2024-11-27\nខេត្តកំពត,Đào Hải Đăng,2025-12-01\n",
        encoding="utf-8",
    )
    return tmp_path


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_lookup(folder: Path) -> None:
    assert json.loads(run("lookup", "Kam Pốt", "--json", cwd=folder))["entity"]["id"] == "kh-province-kampot"
    assert "Khaet Kampot" in run("lookup", "Kampot", "--type", "province", cwd=folder)


def test_history(folder: Path) -> None:
    assert "2025-07-01 merged by 202/2025/QH15: Tỉnh An Giang" in run("history", "Kien Giang", cwd=folder)


def test_normalize(folder: Path) -> None:
    run("normalize", "in.csv", "-o", "out.csv", "--column", "place", "--date-column", "day", cwd=folder)
    rows = read(folder / "out.csv")
    assert [row["place_current_id"] for row in rows][1] == rows[1]["place_id"] == "kh-province-kampot"
    assert "vn-district-ha-tien-900" in rows[0]["place_candidates"]


def test_convert(folder: Path) -> None:
    (folder / "old.csv").write_text("unit\nTỉnh Kiên Giang\n", encoding="utf-8")
    run("convert", "old.csv", "-o", "new.csv", "--column", "unit", cwd=folder)
    assert "vn-province-an-giang-2025" in (folder / "new.csv").read_text(encoding="utf-8")


def test_cluster(folder: Path) -> None:
    run("cluster", "in.csv", "-o", "out.csv", "--column", "official", cwd=folder)
    assert len({row["official_cluster"] for row in read(folder / "out.csv")}) == 1


def test_annotate(folder: Path) -> None:
    (folder / "text.txt").write_text("Đại tá Đào Hải Đăng ở thành phố Hà Tiên.", encoding="utf-8")
    run("annotate", "text.txt", "-o", "names.csv", "--date", "2024-11-27", cwd=folder)
    assert [(row["start"], row["end"], row["id"]) for row in read(folder / "names.csv")] == [
        ("7", "19", "vn-person-dao-hai-dang"),
        ("22", "39", "vn-district-ha-tien-900"),
    ]


def test_gazetteer(folder: Path) -> None:
    assert run("gazetteer", "check", str(ROOT / "gazetteer"), cwd=folder) == ""
    assert json.loads(run("gazetteer", "stats", "--json", cwd=folder))
    run("gazetteer", "export", "facts.sqlite", cwd=folder)
    assert (folder / "facts.sqlite").stat().st_size > 0
