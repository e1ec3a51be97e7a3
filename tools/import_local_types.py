"""Words for the kinds of places of Vietnam and Cambodia, in official use and in English, French and Khmer.

Run as ``python -m tools.import_local_types``. Kinds of organisations and offices come with their own import.
"""

from __future__ import annotations

from tools.tables import replace

VN, KH = "local-types-vn", "local-types-kh"

SOURCES = (
    {
        "id": VN,
        "title": "Danh mục các đơn vị hành chính: words for the kinds of units",
        "publisher": "Cục Thống kê (National Statistics Office)",
        "licence": "official publication; words only",
        "date": "2025-06-25",
        "locator": "https://danhmuchanhchinh.nso.gov.vn",
        "note": "English and French words are those common in the press of Vietnam",
    },
    {
        "id": KH,
        "title": "pumi 0.43.0: Khmer, Latin and English words for the kinds of units",
        "publisher": "David Wilkie and contributors",
        "licence": "MIT",
        "date": "2026-06-01",
        "locator": "RubyGems pumi 0.43.0",
        "note": "French words follow the English ones",
    },
)

#: country, entity type, local type, official word, English, French, Khmer
LOCAL_TYPES = (
    ("VN", "province", "tỉnh", "Tỉnh", "Province", "province", ""),
    ("VN", "province", "thành phố", "Thành phố", "City", "ville", ""),
    ("VN", "district", "thành phố", "Thành phố", "City", "ville", ""),
    ("VN", "district", "thị xã", "Thị xã", "Town", "ville", ""),
    ("VN", "district", "quận", "Quận", "District", "arrondissement", ""),
    ("VN", "district", "huyện", "Huyện", "District", "district", ""),
    ("VN", "commune", "xã", "Xã", "Commune", "commune", ""),
    ("VN", "commune", "phường", "Phường", "Ward", "quartier", ""),
    ("VN", "commune", "thị trấn", "Thị trấn", "Township", "bourg", ""),
    ("VN", "commune", "đặc khu", "Đặc khu", "Special Zone", "zone spéciale", ""),
    ("KH", "province", "khaet", "Khaet", "Province", "province", "ខេត្ត"),
    ("KH", "province", "reach theani", "Reach Theani", "Capital", "capitale", "រាជធានី"),
    ("KH", "province", "krong", "Krong", "Municipality", "municipalité", "ក្រុង"),
    ("KH", "district", "krong", "Krong", "Municipality", "municipalité", "ក្រុង"),
    ("KH", "district", "srok", "Srok", "District", "district", "ស្រុក"),
    ("KH", "district", "khan", "Khan", "Section", "section", "ខណ្ឌ"),
    ("KH", "commune", "khum", "Khum", "Commune", "commune", "ឃុំ"),
    ("KH", "commune", "sangkat", "Sangkat", "Quarter", "quartier", "សង្កាត់"),
)


def main() -> None:
    """Replace the rows of kinds of places in the gazetteer."""
    fields = ("country", "type", "local_type", "official", "en", "fr", "km")
    rows = (dict(zip(fields, row, strict=True)) for row in LOCAL_TYPES)
    replace("sources", SOURCES, owned=[VN, KH])
    by_country = {"VN": VN, "KH": KH}
    replace("local_types", ({**row, "source_id": by_country[row["country"]]} for row in rows), owned=[VN, KH])


if __name__ == "__main__":
    main()
