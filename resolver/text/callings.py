"""What somebody does for a living, told beside their name: by its words, and by how such words are formed.

The words are in ``about_people.csv``. ``a motorbike taxi driver in Kampot``, ``thợ hồ ở Nghệ An``, ``កសិករ`` tell of
somebody else than the office-holder of that name; ``the veteran politician``, ``a retired general`` tell nothing.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from resolver.text import about_people, keys, khmer, role_words, terms, vietnamese
from resolver.text.about_people import Kind

__all__ = ["begins_with_post", "calling", "is_post", "names_firm", "tells_nothing"]

_MOST = 120
_LATIN = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_ARTICLE = re.compile(r"^(?:an?|une?|the|le|la|là|một|hiện là|ជា) +|^l['’]|^ជា", re.IGNORECASE)
_INDEFINITE = frozenset({"a", "an", "un", "une"})
_ENDS = (
    "in from of at on for with near by to who whose that which as based living working and or but và cùng"
    " à de du des d en au aux dans chez qui et ou ở tại trú quê"
)
_GROUP_ENDS = frozenset(_ENDS.split())
"""Words that end the group of words with the calling: what follows says where, for whom or whose."""
_MOST_WORDS, _FEW_WORDS = 5, 3
_WHERE = re.compile(r"^(?:[^\W\d_]+[ -]){1,3}(?:in|at|from|à|dans|chez|en) ")
_OF_DOERS = re.compile(r"[a-z]{2}(?:er|or|ist|ian|man|woman|eer|ress|wife)$")
_OF_FRENCH_DOERS = re.compile(r"[a-z]{3}(?:eur|euse|ier|ière|iste|ien|ienne|trice)$")
_DATED = re.compile(r"[\d\W_]*")


@lru_cache(maxsize=16_384)
def calling(part: str) -> str:
    """Return what somebody does for a living as the text behind a name says it; empty if it does not.

    >>> calling("a motorbike taxi driver in Kampot"), calling("thợ hồ ở Nghệ An"), calling("Garment worker")
    ('a motorbike taxi driver', 'thợ hồ', 'Garment worker')
    >>> calling("a retired general"), calling("Chủ tịch UBND tỉnh"), calling("a former governor of Kampot")
    ('', '', '')
    """
    part = part[:_MOST].strip()
    if not part or role_words.role_spans(part):
        return ""
    if khmer.is_khmer(part):
        return part if _in_khmer(part) else ""
    article = _ARTICLE.match(part)
    rest = part[article.end() :] if article else part
    indefinite = article is not None and article.group().strip().lower() in _INDEFINITE
    group = [] if _begins(rest, "official") else _group(rest, lone=not indefinite)
    if group and (indefinite or _is_placed(rest, group)) and _is_formed_so(group):
        return f"{article.group() if article else ''}{' '.join(group)}"
    if group and (_is_listed(group) or _begins(rest, "work") or _ends_like_work(group)):
        return " ".join(group)
    return ""


def tells_nothing(part: str) -> bool:
    """Whether a text beside a name says nothing about who it is: a day, the sex, a rank, what all politicians are.

    >>> tells_nothing("the veteran politician"), tells_nothing("Male"), tells_nothing("2019"), tells_nothing("farmer")
    (True, True, True, False)
    """
    part = part[:_MOST].strip()
    if _DATED.fullmatch(part) or str(keys.fold(part)) in _folds("blank"):
        return True
    titled = terms.leading_title(f"{part} x")
    if titled and titled[1] == "x" and all(title.kind != "role" for title in titled[0]):
        return all(title.kind != "occupation" for title in titled[0])
    if role_words.role_spans(part):
        return False
    rest = _ARTICLE.sub("", part, count=1)
    if khmer.is_khmer(part) or not vietnamese.normalise(rest).isascii():
        return _begins(rest, "official")
    group = _group(rest, lone=False)
    return bool(group) and _is_official(group)


def is_post(part: str) -> bool:
    """Whether a text is a post that any firm or school has: it tells nothing without the body.

    >>> is_post("Director"), is_post("Governor")
    (True, False)
    """
    return str(keys.fold(part)) in _folds("post")


def begins_with_post(part: str) -> bool:
    """Whether a part of a text begins with such a post.

    >>> begins_with_post("managing director of a bank"), begins_with_post("governor of a bank")
    (True, False)
    """
    return _begins(part, "post")


def names_firm(text: str) -> bool:
    """Whether a text has a word of the names of employers.

    >>> names_firm("director of ABC Import Export JSC"), names_firm("director of the customs department")
    (True, False)
    """
    return _firms().search(text) is not None


def _group(text: str, *, lone: bool) -> list[str]:
    """Return the words of a group before what says where or whose; ``lone`` words stand without an article."""
    words: list[str] = []
    for word in _LATIN.findall(re.split(r"[,;()]", text, maxsplit=1)[0]):
        if word.lower() in _GROUP_ENDS:
            break
        words.append(word)
    return words if len(words) <= (_MOST_WORDS if lone else 2 * _MOST_WORDS) else []


def _is_placed(rest: str, group: list[str]) -> bool:
    """Whether words in lower case go on with where it is that somebody does it: beekeeper in Pursat."""
    return all(map(str.islower, group)) and len(group) <= _FEW_WORDS and _WHERE.search(rest) is not None


def _is_formed_so(group: list[str]) -> bool:
    """Whether words end like a word for who does something, and are none for people in office."""
    if not group[-1].islower() or _is_official(group):
        return False
    english, french = _OF_DOERS.search(group[-1].lower()), (_OF_FRENCH_DOERS.search(word) for word in group[:3])
    return english is not None or any(french)


def _is_official(group: list[str]) -> bool:
    words = [str(keys.fold(word)) for word in group]
    ends = {" ".join(words[-count:]) for count in (1, 2, 3)} | {word.rpartition("-")[2] for word in words[-1:]}
    begins = {" ".join(words[:count]) for count in (1, 2, 3)}
    return not (ends | begins).isdisjoint(_folds("official"))


def _is_listed(group: list[str]) -> bool:
    """Whether the last words of a group are a calling in the table; in Vietnamese and French the first are."""
    words = [str(keys.fold(word)) for word in group]
    ends = {" ".join(words[-count:]) for count in range(1, _MOST_WORDS)}
    begins = {" ".join(words[:count]) for count in range(1, _MOST_WORDS)}
    return not ends.isdisjoint(_listed("en")) or not begins.isdisjoint(_listed("fr") | _listed("vi"))


def _ends_like_work(group: list[str]) -> bool:
    """Whether the second syllable is one that makes a calling of any first one: huấn luyện viên, ngư dân."""
    ends = _words("worker", "vi")
    return any(vietnamese.normalise(word).lower() in ends for word in group[1:3]) and group[0].islower()


def _in_khmer(part: str) -> bool:
    text = khmer.normalise(part if part.startswith(tuple(_khmer("work"))) else _ARTICLE.sub("", part, count=1))
    if text.startswith(tuple(_khmer("official"))):
        return False
    if text.startswith(tuple(_khmer("calling", "trade", "work"))):
        return True
    first = re.match(rf"[\u1780-\u17d3]{{1,14}}?(?:{'|'.join(_khmer('worker'))})(?=[ ,;]|នៅ|ក្នុង|មក|រស់|$)", text)
    return first is not None


def _begins(text: str, kind: Kind) -> bool:
    """Whether a text begins with a word of a kind, spelt as in the table."""
    normal = khmer.normalise(text) if khmer.is_khmer(text) else vietnamese.normalise(text)
    return _beginning(kind).match(normal) is not None


@cache
def _beginning(kind: Kind) -> re.Pattern[str]:
    latin = [re.escape(vietnamese.normalise(text)) for text in about_people.longest_first(about_people.words(kind))]
    return re.compile(rf"(?:{'|'.join(latin)})(?:(?<=[\u1780-\u17ff])|(?![^\W_]))", re.IGNORECASE)


@cache
def _folds(kind: Kind) -> frozenset[str]:
    return frozenset(str(keys.fold(word.text)) for word in about_people.words(kind))


@cache
def _listed(language: str) -> frozenset[str]:
    words = about_people.words("calling", "trade")
    return frozenset(str(keys.fold(word.text)) for word in words if word.private and word.language == language)


@cache
def _words(kind: Kind, language: str) -> frozenset[str]:
    return frozenset(word.text for word in about_people.words(kind) if word.language == language)


@cache
def _khmer(*kinds: Kind) -> list[str]:
    told = tuple(word for word in about_people.words(*kinds) if word.language == "km")
    return [khmer.normalise(text) for text in about_people.longest_first(told)]


@cache
def _firms() -> re.Pattern[str]:
    words = about_people.words("firm")
    latin, native = about_people.either(words), about_people.either(words, native=True)
    return re.compile(rf"(?<![^\W_])(?:{latin})(?![^\W_])|{native}", re.IGNORECASE)
