"""What is generated: mentions as people and machines spoil them, the options of calls, tables and their bytes."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from resolver.engine.resolver import Resolver
from resolver.model import TYPES

RESOLVER = Resolver()
NAMES = sorted(name for type_ in TYPES for name in RESOLVER.spellings(type_))
LANGUAGES = (None, "vi", "en", "fr", "km")

_WORDS = (
    """
tỉnh|thành phố|TP.|huyện|quận|Q.|xã|phường|P.|thị trấn|thị xã|TX.|đặc khu|khaet|srok|khum|sangkat|krong|ខេត្ត|ស្រុក|ឃុំ
province|district|commune|of|de|la|du|d'|l'|the|and|et|và|kiêm|cựu|nguyên|former|acting|ex|Minister|ministre|Bộ trưởng
Chủ tịch|Phó|Governor|Deputy|Ông|Bà|Mr.|Đại tá|General|H.E.|số nhà|đường|ngõ|hẻm|thôn|ấp|12/3|Km5|No.|II|1|01|91|2025
""".strip()
    .replace("\n", "|")
    .split("|")
)
_GLUE = (
    "",
    " ",
    ", ",
    " - ",
    "-",
    "/",
    ";",
    " (",
    ") ",
    "\n",
    "\t",
    "  ",
    ".",
    "|",
    "\u00a0",
    "\u200b",
    "、",
    " & ",
    "។",
)
_ODD = (
    "\u0301\u0323\u0302\u17d2\u17c1\u17b6\u200b\u200d\u202e\ufeff\u00ad\ufffd\x00\x1b\ud800\udfff\U000e0041\U0001f600"
    "аеоΑΒＡ１①²½ﬁ߀٠๑០១ ́ªº©®¬µ¶"
)
_SPOILT: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    str.swapcase,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode(),
    lambda text: text.encode("utf-8", "replace").decode("cp1252", "replace"),
    lambda text: text.encode("utf-8", "replace").decode("cp1258", "ignore"),
    lambda text: text.encode("cp1258", "replace").decode("latin-1"),
    lambda text: text.encode("utf-16-le", "surrogatepass").decode("latin-1"),
    lambda text: text[::-1],
    lambda text: text.replace(" ", ""),
    " ".join,
    lambda text: text * 3,
)

odd = st.text(st.sampled_from(_ODD), min_size=1, max_size=6)
piece = st.one_of(
    st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(_WORDS), odd, st.text(max_size=12), st.just("")
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Return a name, a word or a text with something done to it."""
    text = draw(piece)
    for _ in range(draw(st.integers(0, 2))):
        text = draw(st.sampled_from(_SPOILT))(text)
    if text and draw(st.booleans()):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.one_of(odd, st.characters(), st.just(""))) + text[at + draw(st.integers(0, 2)) :]
    return str(text)


@st.composite
def mention(draw: st.DrawFn) -> str:
    """Return a text as it may stand in a cell."""
    parts = draw(st.lists(spoilt(), min_size=1, max_size=5))
    text = "".join(part + draw(st.sampled_from(_GLUE)) for part in parts)
    times: int = draw(st.sampled_from([1, 1, 1, 1, 1, 1, 1, 2, 7, 60, 2_000]))
    return text * times


dates = st.one_of(
    st.just(""),
    st.sampled_from(["0001-01-01", "9999-12-31", "1975", "2024-02-29", "2025-07-01", "2008-08", "0001", "9999"]),
    st.dates().map(str),
)
types = st.one_of(st.none(), st.sampled_from(["place", *TYPES]), st.lists(st.sampled_from(TYPES), max_size=3))
countries = st.sampled_from([None, "VN", "KH", ["VN", "KH"], "vn,kh"])


@st.composite
def options(draw: st.DrawFn, *names: str) -> dict[str, Any]:
    """Return keywords of a call: those named."""
    of = {
        "type": types,
        "place": st.sampled_from([None, "place", "province", "district", "commune"]),
        "country": countries,
        "date": dates,
        "to": dates,
        "within": st.lists(mention(), max_size=2),
        "language": st.sampled_from(LANGUAGES),
        "min_score": st.one_of(st.none(), st.floats(0, 1)),
    }
    return {"type" if name == "place" else name: draw(of[name]) for name in names}


cell = st.one_of(
    mention().map(lambda text: text[:300]), dates, st.sampled_from(["", "0", "91", "1.5", "1,000", "=1+1"])
)
HEADER = ("place", "day", "value", "parent")


@st.composite
def table(draw: st.DrawFn) -> bytes:
    """Return the bytes of a table that has the columns of ``HEADER``, or had them before something was done to it."""
    rows = draw(st.lists(st.lists(cell, min_size=3, max_size=5), max_size=8))
    delimiter = draw(st.sampled_from(",,,;\t|"))
    text = io.StringIO(newline="")
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ends)
    writer.writerow(HEADER)
    for row in rows:
        writer.writerow([one.replace("\x00", "") for one in row])
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1258", "cp1252", "utf-16-le"]))
    data = text.getvalue().encode(encoding, "replace")
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=6)) + data[at + draw(st.integers(0, 4)) :]
    return data
