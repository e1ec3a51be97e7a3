#!/usr/bin/env bash
# Guess: an international standard spells the names of provinces as the country does, so its names can be looked up exactly.
# Package: pycountry 26.2.16 (ISO 3166-2 as kept by Debian's iso-codes).
# Behaviour: VN-47 is "Kiến Giang", with a tone that the province Kiên Giang never had. The other 62 names are
#   right but for a hyphen (Thừa Thiên-Huế) and the place of one tone mark (Hòa/Hoà Bình). A lookup that takes diacritics seriously misses this one, or finds "Kiến" words elsewhere.
#   All 63 provinces of before July 2025 are still listed; 34 have been in force since.
# Output seen: VN-47 Kiến Giang; 63 subdivisions
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pycountry==26.2.16
"$folder/venv/bin/python" - <<'PYTHON'
import pycountry

name = pycountry.subdivisions.get(code="VN-47").name
count = len(pycountry.subdivisions.get(country_code="VN"))
print(f"VN-47 {name}; {count} subdivisions")
assert (name, count) == ("Kiến Giang", 63), "changed"
PYTHON
