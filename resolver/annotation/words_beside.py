"""The words beside the name of a place: they tell where it begins, and whether it is one.

The words are data: ``words_beside.csv`` among the other tables of words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from resolver.annotation.folding import UPPER
from resolver.text import khmer
from resolver.text.words import rows

__all__ = [
    "bears_name",
    "begins_office",
    "continues_body",
    "ends_compound",
    "follows_credit",
    "in_headline",
    "in_list_of_features",
    "is_common",
    "is_in_title_case",
    "is_opening",
    "is_region",
    "is_title_case",
    "names_crossing",
    "names_feature",
    "names_people",
    "names_post",
    "names_street",
    "sides",
    "tells_place",
    "words_of",
]

_ITEM = rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,2}}"
"""A name of a list, in up to three words."""
_LINKS = (", ", " et ", " và ", " and ", " de ", " du ", "d'", "d’")
_SHORTEST_LINK, _LONGEST_LIST = 6, 70
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+) $")
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_ORDINAL = re.compile(r"(?<![^\W_])\d{1,3}(?:e|è|ème|re|ère|er|st|nd|rd|th) $")
_ORDINAL_LENGTH = 7
"""Most characters of a number of three digits with what follows it, and the blank behind it."""
_RANKS = r"(?:(?:quốc tế|quốc gia|đa khoa|trung tâm|internationale?|nationale?|provinciale?) )?"
"""What may be between the word for an airport and the like and the place whose name it bears."""
_RANK_ENDS = ("quốc tế", "quốc gia", "đa khoa", "trung tâm")
_RANK_BEHIND = re.compile(r"(?: (?:international|national|provincial|general|referral)(?= )){1,2}", re.IGNORECASE)
_LONG = 3
"""Most letters of a word that may be in lower case in a headline."""
_FEWEST = 4
_LONGEST_HEADLINE = 300
"""Characters: a longer line is none, and would be read again for every name in it."""
_FARTHEST, _LONGEST_LINK, _LONGEST_END = 20, 60, 32


@cache
def _words() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows("words_beside.csv"):
        found[row["place"]].add(row["word"])
    return {place: frozenset(words) for place, words in found.items()}


def is_opening(word: str) -> bool:
    """Return whether a word has a capital only where it begins a sentence, and so belongs to no name.

    >>> is_opening("In"), is_opening("An")
    (True, False)
    """
    return word.lower() in _words()["opening"]


def is_region(word: str) -> bool:
    """Return whether a word is a part of a country, and so no name behind a type word: cette ville du Centre.

    >>> is_region("Centre"), is_region("Kep")
    (True, False)
    """
    return word.lower() in _words()["region"]


def in_headline(word: str) -> bool:
    """Return whether a word has a capital only in a headline, so that a name beside it is whole.

    >>> in_headline("Visits"), in_headline("Airlines")
    (True, False)
    """
    return word.lower() in _words()["headline"]


def is_common(name: str) -> bool:
    """Return whether the name of a place is also a common word, which needs more than its letters to be a name.

    >>> is_common("កណ្តាល"), is_common("តាកែវ")
    (True, False)
    """
    return name in _words()["common"]


def begins_office(plain: str, at: int) -> bool:
    """Return whether the word behind a position makes the one before it begin an office: Đồn trưởng.

    >>> begins_office("Đồn trưởng", 3), begins_office("Việt nói", 4)
    (True, False)
    """
    behind = _NEXT_WORD.match(plain, at)
    return behind is not None and behind[1] in _words()["office"]


def continues_body(word: str) -> bool:
    """Return whether the name of a body goes on with a word: Front Committee, Party Council.

    >>> continues_body("Committee"), continues_body("Minister")
    (True, False)
    """
    return word.lower() in _words()["body"]


def is_title_case(line: str) -> bool:
    """Return whether all longer words of a line have a capital, but not all letters.

    >>> is_title_case("Storm Reaches Quang Binh This Afternoon"), is_title_case("Quang Binh, Quang Tri are flooded")
    (True, False)
    """
    words = [word for word in _WORD.findall(line) if len(word) > _LONG]
    if len(words) < _FEWEST or line.isupper():
        return False
    return all(word[0].isupper() for word in words)


def is_in_title_case(plain: str, at: int) -> bool:
    """Return whether the line of a position is in title case, and no longer than a headline.

    >>> is_in_title_case("Storm Reaches Quang Binh This Afternoon", 14)
    True
    """
    first, last = max(0, at - _LONGEST_HEADLINE), at + _LONGEST_HEADLINE
    start = max(plain.rfind("\n", first, at), plain.rfind("|", first, at))
    end = min((one for one in (plain.find("\n", at, last), plain.find("|", at, last)) if one >= 0), default=-1)
    if (start < 0 and first > 0) or (end < 0 and last < len(plain)):
        return False
    line = plain[start + 1 : end if end >= 0 else len(plain)]
    return len(line) <= _LONGEST_HEADLINE and is_title_case(line)


def tells_place(plain: str, start: int) -> bool:
    """Return whether the word before a position stands before places, not before people.

    >>> tells_place("bay từ Hồ Chí Minh", 7), tells_place("Bác Hồ Chí Minh", 4)
    (True, False)
    """
    before = _LAST_WORD.search(plain, max(0, start - _FARTHEST), start)
    return before is not None and before[1].lower() in _words()["whereabouts"]


def ends_compound(plain: str, start: int, end: int) -> bool:
    """Return whether a name is part of a common noun: gió Lào is a wind, Tây Nam bộ a region, the 6e Réunion a meeting.

    >>> ends_compound("gió Lào", 4, 7), ends_compound("nước Lào", 5, 8), ends_compound("Tây Nam bộ", 0, 7)
    (True, False, True)
    """
    name = plain[start:end]
    if name in _compounded():
        before = _LAST_WORD.search(plain, max(0, start - _FARTHEST), start)
        if before is not None and f"{before[1].lower()} {name}" in _words()["compound"]:
            return True
        behind = _NEXT_WORD.match(plain, end)
        if behind is not None and f"{name} {behind[1]}" in _words()["compound"]:
            return True
    if not any(map(str.isdigit, plain[max(0, start - _ORDINAL_LENGTH) : start])):
        return False
    return _ORDINAL.search(plain, max(0, start - _FARTHEST), start) is not None


@cache
def _compounded() -> frozenset[str]:
    """Return the names that are part of a common noun."""
    parts = [row.rpartition(" ") for row in _words()["compound"]]
    return frozenset(part for first, _, last in parts for part in (first, last))


def follows_credit(plain: str, start: int) -> bool:
    """Return whether a name stands behind the word for a photo, so that it is of whoever took it: Ảnh: BẮC BÌNH.

    >>> follows_credit("Ảnh: BẮC BÌNH", 5), follows_credit("ảnh Bắc Bình", 4)
    (True, False)
    """
    head = plain[max(0, start - _FARTHEST) : start]
    return (":" in head[-2:] or head.endswith("/")) and _credit().search(head) is not None


def names_feature(plain: str, start: int, end: int) -> bool:
    """Return whether the name of a place is part of that of a river, a school or the like: cầu Cần Thơ, the Kep bridge.

    >>> names_feature("cầu Cần Thơ", 4, 11), names_feature("the Kep bridge", 4, 7), names_feature("à Kep", 2, 5)
    (True, True, False)
    """
    behind = _NEXT_WORD.match(plain, _beyond_rank(plain, end))
    if behind is not None and behind[1].lower() in _words()["feature_behind"]:
        return True
    head = plain[max(0, start - _LONGEST_END) : start]
    if not head.rstrip(" 0123456789").lower().endswith(_feature_ends()):
        return False  # most names: the pattern is slow
    return _feature().search(head) is not None and not head.lower().endswith(_no_features())


def _beyond_rank(plain: str, at: int) -> int:
    """Return where a word begins behind one that tells of what rank it is: Can Tho international airport."""
    rank = _RANK_BEHIND.match(plain, at)
    return rank.end() if rank else at


def bears_name(plain: str, start: int, end: int) -> bool:
    """Return whether the name of a person is that of a street, a school or the like, which was called after the person.

    >>> bears_name("đường Võ Nguyên Giáp", 6, 20), bears_name("Vo Van Kiet Boulevard", 0, 11)
    (True, True)
    >>> bears_name("Chủ tịch thành phố Trần Sỹ Thanh", 19, 32)
    False
    """
    behind = _NEXT_WORD.match(plain, end)
    if behind is not None and behind[1].lower() in _words()["honouring_behind"]:
        return True
    head = plain[max(0, start - _FARTHEST) : start].rstrip(" ").lower()
    if not head.endswith(_honouring()) or head.endswith(tuple(_words()["no_honouring"])):
        return False
    return any(_ends_with_word(head, word) for word in _honouring() if head.endswith(word))


def _ends_with_word(head: str, word: str) -> bool:
    """Return whether a text ends with a whole word; one in Khmer needs no blank before it."""
    return khmer.is_khmer(word) or not head[: -len(word)][-1:].isalpha()


@cache
def _honouring() -> tuple[str, ...]:
    return tuple(_words()["honouring"])


def names_post(plain: str, start: int, end: int) -> bool:
    """Return whether the name of a place is that of a border post or the like, at its crossing or not.

    >>> names_post("Đồn Biên phòng Cửa khẩu quốc tế Tịnh Biên", 32, 41), names_post("Cửa khẩu Tịnh Biên", 9, 18)
    (True, False)
    """
    return _is_beside(plain, start, end, "post")


def names_crossing(plain: str, start: int, end: int) -> bool:
    """Return whether the name of a place is that of a border crossing.

    >>> names_crossing("Cửa khẩu quốc tế Tịnh Biên", 17, 26), names_crossing("Moc Bai border gate", 0, 7)
    (True, True)
    """
    return _is_beside(plain, start, end, "crossing")


def _is_beside(plain: str, start: int, end: int, place: str) -> bool:
    behind = _NEXT_WORD.match(plain, end)
    if behind is not None and behind[1].lower() in _first_behind() and _behind(place).match(plain, end):
        return True
    if not plain[max(0, start - _LONGEST_END) : start].rstrip(" ").lower().endswith(_link_ends()):
        return False  # most names: the pattern is slow
    return _linked(place).search(plain[max(0, start - _LONGEST_LINK) : start].lower()) is not None


@cache
def _first_behind() -> frozenset[str]:
    return frozenset(word.split()[0] for place in ("post_behind", "crossing_behind") for word in _words()[place])


@cache
def _behind(place: str) -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(sorted(_words()[f'{place}_behind']))})(?![^\W\d_])", re.IGNORECASE)


@cache
def _link_ends() -> tuple[str, ...]:
    """Return the ends of what can be before the name of a post or a crossing."""
    return (*_words()["post"], *_words()["crossing"], *_words()["between"], " d'", " d’")


@cache
def _linked(place: str) -> re.Pattern[str]:
    latin = "|".join(sorted(word for word in _words()[place] if not khmer.is_khmer(word)))
    native = "|".join(sorted(filter(khmer.is_khmer, _words()[place])))
    between = "|".join(sorted(_words()["between"]))
    return re.compile(
        rf"(?:(?<![^\W\d_])(?:{latin}) (?:(?:{between}) ){{0,4}}(?:d['’])?{rf'|(?:{native}) ?' if native else ''})$"
    )


def names_people(plain: str, start: int) -> bool:
    """Return whether a word before the Khmer name of a country makes it that of its people: ជនជាតិបារាំង.

    >>> names_people("ជនជាតិបារាំង", 6), names_people("ទៅបារាំង", 2)
    (True, False)
    """
    return plain[max(0, start - _FARTHEST) : start].rstrip(" ").endswith(tuple(_words()["people"]))


def words_of(place: str) -> frozenset[str]:
    """Return the words of one kind in the table.

    >>> "cũ" in words_of("former_behind")
    True
    """
    return _words()[place]


def sides() -> frozenset[str]:
    """Return the Khmer words that make another village of the one whose name they follow: upper, new."""
    return _words()["side"]


def in_list_of_features(plain: str, start: int, end: int) -> bool:
    """Return whether a name is one of a list of rivers and the like: des fleuves Thao et Thai Binh.

    >>> in_list_of_features("des fleuves Thao et Thai Binh", 20, 29), in_list_of_features("Kep and Hau rivers", 0, 3)
    (True, True)
    """
    if plain.startswith((",", " and "), end) and _features_behind().match(plain, end):
        return True
    if not plain[max(0, start - _SHORTEST_LINK) : start].endswith(_LINKS):
        return False
    head = plain[max(0, start - _LONGEST_LIST) : start]
    lower = head.lower()
    return any(word in lower for word in _several()) and _features_before().search(head) is not None


@cache
def _several() -> tuple[str, ...]:
    """Return the words of which one stands before a list of rivers and the like."""
    return (*(f"{word} " for word in _words()["several"]), *_words()["features"])


@cache
def _features_behind() -> re.Pattern[str]:
    words = "|".join(sorted(filter(str.isascii, _words()["features"])))
    return re.compile(rf"(?:, {_ITEM}){{0,5}},? and {_ITEM} (?:{words})(?![^\W\d_])")


@cache
def _features_before() -> re.Pattern[str]:
    several = "|".join(sorted(_words()["several"]))
    vietnamese = "|".join(sorted(word for word in _words()["feature"] | _words()["street"] if not khmer.is_khmer(word)))
    french = "|".join(sorted(_words()["features"]))
    return re.compile(
        rf"(?<![^\W\d_])(?:(?i:{several}) (?:tuyến |con )?(?:{vietnamese})|(?i:{french}))(?: (?:de|du|d['’]))? ?"
        rf"(?:{_ITEM}(?:, | et |,? và )){{1,6}}(?:de |du |d['’])?$"
    )


def names_street(plain: str, start: int) -> bool:
    """Return whether a local name is that of a street: đường Long Hồ. One of a province is where a road leads.

    >>> names_street("đường Long Hồ", 6), names_street("đến Long Hồ", 4)
    (True, False)
    """
    before = _LAST_WORD.search(plain, max(0, start - _FARTHEST), start)
    return before is not None and before[1].lower() in _words()["street"]


@cache
def _feature_ends() -> tuple[str, ...]:
    """Return the ends of what can be before a name that belongs to a river, a school and the like."""
    return (*_words()["feature"], *_RANK_ENDS, " de", " de la", " du", "d'", "d’")


@cache
def _no_features() -> tuple[str, ...]:
    return tuple(f"{word} " for word in _words()["no_feature"])


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(_words()['credit']))}) ?: ?(?:[A-Z]{{2,8}}/)?$", re.IGNORECASE)


@cache
def _feature() -> re.Pattern[str]:
    words = _words()["feature"]
    latin = "|".join(sorted(word for word in words if not khmer.is_khmer(word)))
    native = "|".join(sorted(filter(khmer.is_khmer, words)))
    return re.compile(
        rf"(?:(?<![^\W\d_])(?:{latin}) (?:\d{{1,2}} |{_RANKS}(?:de la |de |du |d['’])?)|(?:{native}) ?)$",
        re.IGNORECASE,
    )
