#!/usr/bin/env bash
# Guess: a data set of airports says in which province each one lies, so that its rows can be joined with provinces by name.
# Package: airportsdata 20260905.
# Behaviour: the field subd of many airports of Vietnam names a province at the other end of the country: Buôn Ma Thuột
#   (Đắk Lắk) is put into Hà Nội, Cần Thơ into Lào Cai, Huế's Phú Bài into Bắc Ninh, Rạch Giá (Kiên Giang) into Bình Thuận.
#   Names are also written with a hyphen for the space and with half of their diacritics. Nearly every name can be read,
#   so the join succeeds, with the wrong province; the city and the coordinates of the same rows are right.
# Output seen: BMV Buon Ma Thuot: Ha-Nội; VCA Can Tho: Lao-Cai; HUI Hue: Bắc-Ninh; VKG Rach Gia: Binh-Thuận
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check airportsdata==20260905
"$folder/venv/bin/python" - <<'PYTHON'
import airportsdata

wanted = {
    "BMV": ("Buon Ma Thuot", "Ha-Nội"),
    "VCA": ("Can Tho", "Lao-Cai"),
    "HUI": ("Hue", "Bắc-Ninh"),
    "VKG": ("Rach Gia", "Binh-Thuận"),
}
airports = airportsdata.load("IATA")
seen = {code: (airports[code]["city"], airports[code]["subd"]) for code in wanted}
print("; ".join(f"{code} {city}: {province}" for code, (city, province) in seen.items()))
assert seen == wanted, "changed"
PYTHON
