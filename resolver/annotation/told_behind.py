"""What stands behind the name of a person and tells that they are none in office: their work, employer or home.

``X, a farmer in Kampot, said``; ``X (thợ điện, Nghệ An)``; ``X, 43, chauffeur de taxi``; ``X ជាកសិករ``. What the words
tell is read as in a cell: see ``text.callings``. Nothing is looked up here.
"""

from __future__ import annotations

import re

from resolver.text import bearers, callings, khmer, life, role_words, terms

__all__ = ["behind", "bracketed", "is_of_rank"]

_LONGEST = 140
_PARTING = re.compile(r"(?:, ?| ?\(| [-–—] )(?=[^\W\d_])")
_LINKED = re.compile(
    r",? (?:là|vốn là|hiện là|nguyên là|who is|who works as|is|works as|est|qui est)(?= [^\W\d_])", re.IGNORECASE
)
"""What links a name to what somebody does: X là nông dân, X is a farmer."""
_LINKED_IN_KHMER = re.compile(" ?ជា(?=[\u1780-\u17b3])")
_END = re.compile(r"[,;:()\n។]|[.!?](?=\s|$)| [-–—] ")
_JOINED = re.compile(r" (?:và|cùng|and|et|និង) ")
_OF_PLACE = re.compile(r"(?:of|de|d['’]) ?(?=[^\W\d_])", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:an?|une?|một) ")
_PLACES = re.compile(r"[^;:()\n។.]{3,90}")
_HIGH = re.compile(r"(?:vn|kh)-(?:excellency|samdech|preah-karuna|lok-chumteav)")
"""Titles that only those in high office have."""
_BRACKET = re.compile(r" ?\(([^;:()\n]{2,60})\)")


def behind(plain: str, end: int) -> str:
    """Return the words behind a name that ends at a position, where they tell of work, employer or home; else "".

    >>> behind("An, a taxi driver in Hue, said", 2), behind("An là nông dân ở Huế.", 2)
    ('a taxi driver in Hue', 'nông dân ở Huế')
    >>> behind("An, xã Hòa Tiến, TP Đà Nẵng, kể", 2), behind("An, sau khi về", 2), behind("An, the Prime Minister", 2)
    ('xã Hòa Tiến, TP Đà Nẵng', '', '')
    """
    if linked := _LINKED_IN_KHMER.match(plain, end) or _LINKED.match(plain, end):
        part = _part(plain, linked.end())
        return part if _is_calling(part, linked=True) else ""
    parted = _PARTING.match(plain, end)
    if parted is None:
        return ""
    part = _part(plain, parted.end())
    if _is_calling(part) or _is_of_firm(part) or _tells_home(part):
        return part
    return _place(plain, parted.end(), part)


def bracketed(plain: str, end: int) -> tuple[int, int]:
    """Return from where to where the words in brackets behind a name stand; two zeros if there are none.

    >>> bracketed("ông An (Nghệ An) nói", 6), bracketed("ông An nói", 6)
    ((8, 15), (0, 0))
    """
    found = _BRACKET.match(plain, end)
    return found.span(1) if found else (0, 0)


def is_of_rank(titles: str) -> bool:
    """Return whether the titles before a name are of people in office: General, Samdech, but not Mr or Captain.

    >>> is_of_rank("General"), is_of_rank("H.E."), is_of_rank("Mr"), is_of_rank("Captain"), is_of_rank("")
    (True, True, False, False, False)
    """
    titled = terms.leading_title(f"{titles.strip()} x")
    if titled is None or bearers.has_lowly_title(titled[0]):
        return False
    return any(title.kind in ("rank", "role") or any(map(_HIGH.match, title.concepts)) for title in titled[0])


def _part(plain: str, start: int) -> str:
    ahead = plain[start : start + _LONGEST]
    end = _END.search(ahead)
    return (ahead[: end.start()] if end else ahead).strip()


def _is_calling(part: str, *, linked: bool = False) -> bool:
    """Whether a part of a sentence is what somebody does; behind “is” only with a word for work that is known."""
    told = callings.calling(part)
    if not told or not (part[0].islower() or khmer.is_khmer(part)):
        return False
    if linked and not khmer.is_khmer(part):
        bare = _ARTICLE.sub("", part, count=1)
        return callings.calling(bare) != ""
    return not _JOINED.match(part, len(told))


def _is_of_firm(part: str) -> bool:
    """Whether a part is the post of somebody in a firm, a bank or a school."""
    spans = role_words.role_spans(part)
    begins = (bool(spans) and spans[0][0] == 0) or callings.begins_with_post(part)
    return begins and callings.names_firm(part)


def _tells_home(part: str) -> bool:
    return part[:1].islower() and life.tells_residence(part)


def _place(plain: str, start: int, part: str) -> str:
    """Return the place behind a name, with those that it lies in, if its type word or “of” announces it."""
    of = _OF_PLACE.match(part)
    if of and part[of.end()].isupper() and plain.startswith(",", start + len(part)):
        return part[of.end() :]
    if not part[:1].islower() or not terms.leading_type(part) or not any(map(str.isupper, part)):
        return ""
    found = _PLACES.match(plain, start)
    told: list[str] = []
    for piece in found.group().split(", ") if found else [part]:
        if not terms.leading_type(piece):
            break
        told.append(_named(piece))
    return ", ".join(told)


def _named(piece: str) -> str:
    """Return the words of a place up to the last one with a capital: what follows belongs to the sentence."""
    words = piece.split()
    last = max((at for at, word in enumerate(words) if word[0].isupper() or word[0].isdigit()), default=len(words) - 1)
    return " ".join(words[: last + 1])
