#!/usr/bin/env bash
# Guess: a normaliser of Khmer brings signs of one syllable into one order, and leaves a well-spelt word as it is.
# Package: khmernormalizer 0.0.4.
# Behaviour: in វប្បធម៌ (culture, as in the name of the ministry) the sign U+17CC leaves the last syllable ធម៌ and comes to
#   stand inside the first one, វប៌្បធម: another spelling that nobody writes, under which the ministry is not found.
#   It also turns the subscript of ដ into that of ត, so that the official កណ្ដាល (Kandal) becomes កណ្តាល: fine as a search
#   key, wrong as a name to show.
# Output seen: 179C 1794 17D2 1794 1792 1798 17CC -> 179C 1794 17CC 17D2 1794 1792 1798
#   and 1780 178E 17D2 178A 17B6 179B -> 1780 178E 17D2 178F 17B6 179B
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check khmernormalizer==0.0.4
"$folder/venv/bin/python" - <<'PYTHON'
from khmernormalizer import normalize

culture = "\u179c\u1794\u17d2\u1794\u1792\u1798\u17cc"
kandal = "\u1780\u178e\u17d2\u178a\u17b6\u179b"


def codes(text: str) -> str:
    return " ".join(f"{ord(letter):04X}" for letter in text)


print(codes(culture), "->", codes(normalize(culture)))
print(codes(kandal), "->", codes(normalize(kandal)))
assert normalize(culture) == "\u179c\u1794\u17cc\u17d2\u1794\u1792\u1798", "changed"
assert normalize(kandal) == "\u1780\u178e\u17d2\u178f\u17b6\u179b", "changed"
PYTHON
