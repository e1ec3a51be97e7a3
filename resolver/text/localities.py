"""Words for anything below the smallest place: houses, streets, hamlets, buildings, institutions.

They are data: ``locality_words.csv`` in this folder; ``common_nouns.csv`` has words for bodies and offices.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from resolver.text import keys, khmer, role_words, terms, vietnamese
from resolver.text.address import LONGEST_ABBREVIATION, TOKEN, Part
from resolver.text.words import rows

__all__ = [
    "ends_in_building",
    "has_number",
    "is_body",
    "is_like_hamlet",
    "is_locality",
    "is_mark",
    "is_only_mark",
    "leading_body",
    "named_from",
    "nouns",
    "parted",
    "regions",
    "rest_kind",
    "takes_number",
]

_NUMBERED_ROADS = ("street", "st", "road", "quốc lộ", "ql", "tỉnh lộ", "tl", "hương lộ", "hl", "đt", "dt")
"""Words for roads that have a number."""
_ONLY_WITH_MARKS = frozenset({"xã đàn"})
"""Words that are no sign of a street without diacritics: ``xa Dan Hoa`` is a commune."""
_BODY = "body"
"""Kind, in the table, of an institution that is named after the unit it is of."""
_BELOW_UNITS = frozenset({"house", "street", "hamlet"})
_ALLEYS = ("ngõ", "ngách", "hẻm", "kiệt")
_LONGEST_MARK = 4
_KHMER_LETTERS = frozenset(map(chr, range(0x1780, 0x17B4)))


def rest_kind(one: Part, start: int, end: int) -> str:
    """Return the kind of words that name no place: ``house``, ``street``, ``hamlet``, ``institution`` or empty.

    >>> from resolver.text.address import part
    >>> rest_kind(part("12 Lê Lợi"), 0, 3), rest_kind(part("Ấp 3"), 0, 2), rest_kind(part("Bến Nghé"), 0, 2)
    ('house', 'hamlet', '')
    >>> rest_kind(part("giao về số 7 đường Lê Lợi"), 0, 7)
    'house'
    """
    words, begins = _locality_words(), _locality_begins()
    for at in range(start, end):
        first = _in_lower_case(one.slice(at, at + 1))
        if first not in begins:
            if at == start and first[0] in _KHMER_LETTERS:
                told = next((kind for word, kind in _khmer() if first.startswith(word)), "")
                if told:
                    return told
            continue
        for count in range(min(_LONGEST_MARK, end - at), 0, -1):
            text = _in_lower_case(one.slice(at, at + count))
            kind, anywhere = words.get(text, ("", False))
            if kind and (at == start or anywhere) and (len(text) > 1 or one.is_dotted(at)):
                return kind
            if kind == "street" and len(text) > 2 and at > start and one.folds[at - 1][0].isdigit():
                return "house"
    folds = one.folds[start:end]
    numbered = folds[0][0].isdigit() or (len(folds[0]) == 1 and len(folds) > 1 and folds[1][0].isdigit())
    return "house" if numbered else ""


def is_only_mark(one: Part, start: int, end: int) -> bool:
    """Whether some words are a word for a kind of house, street or institution and nothing more.

    >>> from resolver.text.address import part
    >>> is_only_mark(part("Công an"), 0, 2), is_only_mark(part("Đồn Sơn"), 0, 2)
    (True, False)
    """
    return end - start <= _LONGEST_MARK and is_mark(one.slice(start, end))


def is_mark(words: str) -> bool:
    """Whether some words are a word for a kind of house, street or institution.

    >>> is_mark("Công an"), is_mark("cong an"), is_mark("Cô Ngân")
    (True, True, False)
    """
    return _in_lower_case(words) in _locality_words()


@cache
def nouns() -> frozenset[str]:
    """Return the folded words for a kind of house, street, institution, body or office.

    Such a word is no name with other spaces: ``Công an`` is not Cô Ngân.

    >>> {"cong an", "nha may", "mekong"} <= nouns(), "co ngan" in nouns()
    (True, False)
    """
    words = [row["word"] for name in ("locality_words.csv", "common_nouns.csv") for row in rows(name)]
    return frozenset(str(keys.fold(word)) for word in words)


def leading_body(text: str) -> str:
    """Return the word for a body or an office that a text begins with and that something follows; else an empty text.

    >>> leading_body("Công an huyện Hạ Lang"), leading_body("Công an"), leading_body("Hạ Lang")
    ('Công an huyện', '', '')
    """
    found = [match for match, _ in zip(TOKEN.finditer(text), range(_LONGEST_MARK + 1), strict=False)]
    for count in range(len(found) - 1, 0, -1):
        words = text[: found[count - 1].end()]
        if keys.key(words) in terms.common_nouns():
            return words
    return ""


@cache
def regions() -> frozenset[str]:
    """Return the keys of the names of regions, which contain provinces but are no units.

    >>> "mekongdelta" in regions(), "angiang" in regions()
    (True, False)
    """
    return frozenset(str(keys.key(row["words"])) for row in rows("regions.csv"))


def is_locality(kind: str, words: str) -> bool:
    """Whether some words tell a house, a street or a hamlet in full: neither people, nor a body, nor only the word.

    >>> is_locality("house", "15 Lê Lợi"), is_locality("hamlet", "Thôn 3"), is_locality("street", "đường 30/4")
    (True, True, True)
    >>> is_locality("house", "15 cán bộ"), is_locality("house", "Phòng 5 Công an"), is_locality("house", "Số 7 Đường")
    (False, False, False)
    >>> is_locality("hamlet", "Ban Sreymom - Governor of"), is_locality("house", "Lô 182 KCN X.Đpng Thành")
    (False, False)
    >>> is_locality("hamlet", "Ban Tuyên giáo"), is_locality("hamlet", "Bản Lác"), is_locality("house", "Lô 5 Lê Lợi")
    (False, True, True)
    """
    if kind not in _BELOW_UNITS or role_words.role_spans(words):
        return False
    found = words.split()
    # Ban Tuyên giáo is a committee: who writes diacritics writes Bản.
    unmarked = found[0].isascii() and not words.isascii() and not _is_written_so(found[0])
    if unmarked or any(_is_unit(" ".join(found[at:])) for at in range(1, len(found))):
        return False
    last = range(max(0, len(found) - _LONGEST_MARK), len(found))
    if is_mark(found[-1]) or any(keys.key(" ".join(found[at:])) in terms.common_nouns() for at in last):
        return False
    if kind != "house":
        return True
    named = [word for word in found if word[0].isalpha()]
    told = any(map(is_mark, named)) or any(word[0].isupper() for word in named)
    return any(map(str.isdecimal, words)) and (not named or told)


def _is_written_so(word: str) -> bool:
    """Whether a word without diacritics is no word for a locality, or one that has none."""
    return not is_mark(word) or word.lower() in _unmarked_words()


@cache
def _unmarked_words() -> frozenset[str]:
    """Return the words of the table that have no diacritics."""
    return frozenset(row["word"] for row in rows("locality_words.csv") if row["word"].isascii())


def _is_unit(words: str) -> bool:
    """Whether some words are a unit that begins with its type word, and not a hamlet or the like."""
    typed = terms.leading_type(words)
    return typed is not None and typed[0].sure and bool(typed[1]) and not is_mark(typed[0].word)


def is_body(words: str) -> bool:
    """Whether some words begin with a word for a body that is named after its unit: the police, a court, a committee.

    >>> is_body("Công an Ba Đình"), is_body("UBND xã"), is_body("Chợ Bến Thành")
    (True, True, False)
    >>> is_body("តុលាការក្រុង"), is_body("ផ្សារធំ")
    (True, False)
    """
    found = words.split()
    heads = (" ".join(found[:count]) for count in range(1, min(_LONGEST_MARK, len(found)) + 1))
    if any(_in_lower_case(head) in _bodies() for head in heads) or leading_body(words):
        return True
    return khmer.is_khmer(words) and any(one.startswith(_khmer_bodies()) for one in khmer.normalise(words).split())


def ends_in_building(one: Part, start: int, end: int) -> bool:
    """Whether some words end in a word for a building or estate that is no type word: ``Capital Tower``.

    >>> from resolver.text.address import part
    >>> ends_in_building(part("Capital Tower"), 0, 2), ends_in_building(part("Thu Duc City"), 0, 3)
    (True, False)
    """
    word = one.slice(end - 1, end)
    kind, anywhere = _locality_words().get(_in_lower_case(word), ("", False))
    return end - start > 1 and anywhere and kind in ("house", "estate") and terms.type_word(word) is None


def named_from(one: Part, start: int, end: int) -> int:
    """Return where the name begins in words for something below a place: after numbers and the words for its kind.

    >>> from resolver.text.address import part
    >>> named_from(part("12 Nguyễn Thị"), 0, 3), named_from(part("Tổ dân phố Bắc"), 0, 4)
    (1, 3)
    """
    words, at = _locality_words(), start
    while at < end:
        counts = range(min(_LONGEST_MARK, end - at), 0, -1)
        kinds = (words.get(_in_lower_case(one.slice(at, at + count)), ("", False))[0] for count in counts)
        # Thôn Chua is not a pagoda.
        counted = zip(counts, kinds, strict=True)
        marked = next((count for count, kind in counted if kind not in ("", "institution")), 0)
        if not marked and not one.folds[at][0].isdigit() and len(one.folds[at]) > 1:
            break
        at += marked or 1
    return at


def takes_number(word: str) -> bool:
    """Whether a word is one for a house, street or hamlet, whose number may follow.

    >>> takes_number("số"), takes_number("City")
    (True, False)
    """
    return _locality_words().get(_in_lower_case(word), ("", False))[0] in _BELOW_UNITS


def has_number(one: Part, start: int, at: int) -> bool:
    """Whether a word is directly behind the number of a hamlet or of a street; an alley's is that of another street.

    >>> from resolver.text.address import part
    >>> has_number(part("khu phố 6 Tân Lập"), 0, 3), has_number(part("đường số 8 Bến Mới"), 0, 3)
    (True, True)
    >>> has_number(part("ngõ 12 Xã Đàn"), 0, 2), has_number(part("12 Xã Đàn"), 0, 1)
    (False, False)
    """
    number = at - 1
    if number <= start or not one.folds[number][0].isdecimal():
        return False
    return any(
        _in_lower_case(one.slice(first, number)) in _numbered()
        for first in range(max(start, number - _LONGEST_MARK), number)
    )


def parted(one: Part, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield some words that name no place, cut before and after each unit that is named among them.

    >>> from resolver.text.address import part
    >>> one = part("12 Lê Lợi phường Bến Mới")
    >>> list(parted(one, 0, 6)), list(parted(part("Đường Huyện Đội"), 0, 3))
    ([(0, 3), (3, 6)], [(0, 3)])
    """
    cuts = {typed.end for at, typed in one.after.items() if start + 1 < at and typed.end < end and typed.word.sure}
    for group in one.before.values():
        for typed in group:
            in_full = not typed.word.word.isascii()
            short = len(typed.word.word) <= LONGEST_ABBREVIATION and not in_full
            told = typed.word.sure and (one.is_dotted(typed.end - 1) if short else True)
            named = typed.end < end and (in_full or not one.folds[typed.end].isdecimal())
            if told and named and typed.start > start + 1 and not _may_be_streets(one, start, typed.start):
                cuts.add(typed.start)
    for cut_at in sorted(cuts):
        yield start, cut_at
        start = cut_at
    yield start, end


def _may_be_streets(one: Part, start: int, at: int) -> bool:
    """Whether a type word may begin the name of a street, an estate or the like: ``Khu đô thị Thành phố Giao lưu``.

    The number of an alley stands before the street that it leads off, whose name is capitalised: ``ngõ 12 Xã Đàn``.
    Some streets are known by name.
    """
    alley = at - start > 1 and one.folds[at - 1][0].isdecimal() and one.folds[at - 2] in _alleys()
    is_street = any(
        _in_lower_case(one.slice(at, end)) in _locality_words() for end in range(at + 2, _end_of_mark(one, at))
    )
    return _follows_mark(one, start, at) or is_street or (alley and one.text[one.starts[at]].isupper())


def _end_of_mark(one: Part, at: int) -> int:
    """Return the position behind the last word that may end a word for a locality which begins at one."""
    return min(at + _LONGEST_MARK, len(one.folds)) + 1


def _follows_mark(one: Part, start: int, at: int) -> bool:
    """Whether a word for a street, house or hamlet is directly before a word."""
    marks = (vietnamese.normalise(one.slice(first, at)).lower() for first in range(max(start, at - _LONGEST_MARK), at))
    return any(mark in _locality_words() and not _locality_words()[mark][1] for mark in marks)


@lru_cache(maxsize=65_536)
def _in_lower_case(words: str) -> str:
    return vietnamese.normalise(words).lower()


@cache
def _locality_words() -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for row in rows("locality_words.csv"):
        told = "institution" if row["kind"] == _BODY else row["kind"]
        kind = told, row["language"] in ("en", "fr") and len(row["word"]) > 3
        for text in (row["word"], str(keys.fold(row["word"]))):
            if text == row["word"] or row["word"] not in _ONLY_WITH_MARKS:
                found.setdefault(text, kind)
    return found


@cache
def _bodies() -> frozenset[str]:
    """Return the words for a body that is named after the unit it is of: the police, a court, a committee."""
    words = [row["word"] for row in rows("locality_words.csv") if row["kind"] == _BODY]
    return frozenset([*words, *(str(keys.fold(word)) for word in words)])


def is_like_hamlet(name: str) -> bool:
    """Whether a name of Cambodia begins with the word for a village, so that many villages are called so as well.

    >>> is_like_hamlet("Phum Thmei"), is_like_hamlet("ភូមិថ្មី"), is_like_hamlet("Thma Puok")
    (True, True, False)
    """
    first, _, rest = khmer.normalise(name).partition(" ")
    native = any(first.startswith(word) and first != word for word in _khmer_hamlets() if khmer.is_khmer(word))
    return native or bool(rest and first.lower() in _khmer_hamlets())


@cache
def _khmer_hamlets() -> frozenset[str]:
    found = (row for row in rows("locality_words.csv") if row["kind"] == "hamlet")
    return frozenset(khmer.normalise(row["word"]) for row in found if row["language"] in ("km", "km-Latn"))


@cache
def _khmer_bodies() -> tuple[str, ...]:
    return tuple(khmer.normalise(word) for word in _bodies() if khmer.is_khmer(word))


@cache
def _khmer() -> tuple[tuple[str, str], ...]:
    """Return the Khmer locality words with their kinds: they are written together with what follows."""
    found = (row for row in rows("locality_words.csv") if row["language"] == "km")
    return tuple((row["word"], "institution" if row["kind"] == _BODY else row["kind"]) for row in found)


@cache
def _numbered() -> frozenset[str]:
    """Return the words for a hamlet, and for a street that has a number instead of a name."""
    streets = [f"{street} {number}" for street in ("đường", "phố") for number in ("số", "so")]
    words = (*streets, *_NUMBERED_ROADS)
    hamlets = (word for word, (kind, _) in _locality_words().items() if kind == "hamlet")
    return frozenset([*words, *(str(keys.fold(word)) for word in words), *hamlets])


@cache
def _alleys() -> frozenset[str]:
    return frozenset(str(keys.fold(word)) for word in _ALLEYS)


@cache
def _locality_begins() -> frozenset[str]:
    """Return the first words of the locality words."""
    return frozenset(found.group() for word in _locality_words() if (found := TOKEN.match(word)))
