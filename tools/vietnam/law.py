"""Sources and legal instruments: the tables kept by hand, and the 34 resolutions read from their texts."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from tools.vietnam.rows import REFORM, Facts, Row, instrument_of_resolution, source_of_resolution
from tools.vietnam.spelling import clean

HERE = Path(__file__).resolve().parent
ADOPTED = re.compile(r"thông qua ngày (\d+) ?tháng 0?(\d+) năm (\d{4})")
PROVINCE = re.compile(r"quyết định sắp xếp để thành lập (?:các )?đơn vị hành chính cấp xã của (.{5,40}?) ?như sau")


def add_law(facts: Facts, folder: Path) -> None:
    """Add the sources and instruments that the Vietnamese places rest on, the legal types and counts."""
    facts.sources += table("sources")
    facts.instruments += table("instruments")
    facts.local_types += table("local_types")
    facts.official_counts += table("official_counts")
    for path in sorted((folder / "legal_2025").glob("*.md")):
        _add_resolution(facts, path)


def table(name: str) -> list[Row]:
    """Return a table kept beside this module."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _add_resolution(facts: Facts, path: Path) -> None:
    number = path.stem.replace("_", "/")
    text = clean(re.sub(r"[*\\]", "", path.read_text(encoding="utf-8")))
    adopted, province = ADOPTED.search(text), PROVINCE.search(text)
    if number not in text or adopted is None or province is None:
        raise ValueError(f"{path.name}: cannot read the number, title or date of the resolution")
    day, month, year = adopted.groups()
    date = f"{year}-{int(month):02}-{int(day):02}"
    title = f"Nghị quyết về việc sắp xếp các đơn vị hành chính cấp xã của {province[1]} năm 2025"
    facts.sources.append(
        {
            "id": source_of_resolution(number),
            "title": f"{title} (số {number})",
            "publisher": "Ủy ban Thường vụ Quốc hội",
            "licence": "legal text, not subject to copyright (Law on Intellectual Property of Viet Nam, Article 15)",
            "date": date,
            "locator": f"https://github.com/dvhcvn/20250701, input/docs/{path.name}",
        }
    )
    facts.instruments.append(
        {
            "id": instrument_of_resolution(number),
            "number": number,
            "title": title,
            "issuer": "Ủy ban Thường vụ Quốc hội",
            "adopted": date,
            # "Nghị quyết này có hiệu lực thi hành từ ngày được thông qua"; the new units work from 2025-07-01.
            "in_force": REFORM,
            "source_id": source_of_resolution(number),
        }
    )
