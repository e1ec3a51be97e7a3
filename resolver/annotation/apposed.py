"""What stands beside a name between commas and tells who somebody is, in words that are no office of the tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from resolver.annotation.folding import UPPER
from resolver.annotation.name_starts import begins_person, begins_with_surname, is_cambodian_family
from resolver.annotation.patterns import CALLING, TITLE
from resolver.annotation.spotting import Spot
from resolver.annotation.words_beside import bears_name
from resolver.text import persons, terms, vietnamese
from resolver.text.words import rows

__all__ = ["behind_phrase", "described", "is_envoy", "is_of_envoy", "is_told_of", "run_before"]

_LINK_WORD = re.compile(
    r"(?:(?:of|to|in|for|at|the|du|de|des|la|le|en|à|au|aux|près|auprès|tại|ở|của|nước)(?![^\W\d_])|[ld]['’])"
)
"""A word between a word for an office and what it is of: the ambassador to Cambodia."""
_MOST_PHRASE = 8
_BODY_WORD = re.compile(rf"[{UPPER}][^\W\d_]+(?:-[^\W\d_]+)?(?=, )|[A-Z]{{2,8}}(?= [{UPPER}][^\W\d_A-Z])")
"""A body that is not in the tables behind a word for an office: le directeur général de l'Unesco, Koïchiro Matsuura."""
_PHRASE = re.compile(r" (?:of|for|du|des|de l['’]|de) ?[^,.;:!?()\n]{2,90}(?: \([A-Z]{2,10}\))?, ")
"""What a word for an office is of, in any words: le vice-président du Comité national des frontières, Tran Duy Hai."""
_FOREIGN_NAME = re.compile(rf"([{UPPER}][^\W\d_A-Z]+)(?: [{UPPER}][^\W\d_A-Z]+){{1,2}}(?= [a-zđà-ỹ]| ?[,.;:)(]|\n|$)")
_ENVOYS, _LONGEST_ENVOY = ("ambassador", "ambassadeur", "ambassadrice", "đại sứ"), 12
_OF_ENVOY = re.compile(
    r"(?:ambassad(?:or|eur|rice) (?:d[e'’] ?[^\W\d_]{2,20} )?(?:to|of|au|en|du|de la)(?: the)?"
    r"|đại sứ [^,.;:()\n]{2,25} tại) $",
    re.IGNORECASE,
)
_FARTHEST_ENVOY = 45
_ARTICLE = "(?:(?:the|an?|le|la|une?) )?"
_LEAD = re.compile(rf"(?:, | [-–—] | \(){_ARTICLE.removesuffix('?')}(?P<what>(?:[a-zà-ÿ-]+ ){{0,2}})$")
"""What stands before a calling behind the name of somebody: X, a human rights lawyer."""
_FARTHEST = 60
_WHEREABOUTS, _LONGEST_PREPOSITION = re.compile(r"(?<![^\W\d_])(?:in|at|from|near|à|au|tại|ở)\s$", re.IGNORECASE), 6
_TWO_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+ )?([^\W\d_]+) $")
_CAMBODIAN, _VIETNAMESE = range(2, 4), range(3, 6)
"""How many words a name has."""
_THREE_WORDS = re.compile(rf"([{UPPER}][^\W\d_]+)(?: [{UPPER}][^\W\d_]+){{2}}")


@cache
def run_before() -> re.Pattern[str]:
    """Return a pattern for a name and what parts it from an office: X, the former governor of."""
    words = {row["word"] for row in rows("role_modifiers.csv") if row["place"] == "before" and row["language"] != "km"}
    modifiers = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(
        rf"(?<![^\W\d_])((?:[{UPPER}](?:[^\W\d_]*|\.) ){{1,4}}[{UPPER}][^\W\d_]*)"
        rf"(?:, | [-–—] | \()(?:(?:the|an?|le|la|une?|{modifiers}) )*$"
    )


def behind_phrase(plain: str, at: int, named: Mapping[int, int]) -> int | None:
    """Return where a name may begin behind an office, given the ends of names by their starts.

    It stands after a comma, or right behind a country: Đại sứ Việt Nam tại Campuchia Nguyễn Huy Tăng. If the text is
    not in Vietnamese, it has three words there: the ambassador to Cambodia Nguyen Huy Tang. A foreign name may stand
    behind the country of an envoy, or an abbreviation: le secrétaire général de l'ONU António Guterres.
    """
    envoy = is_envoy(plain, at)
    phrase = _PHRASE.match(plain, at)
    if phrase and (words := _THREE_WORDS.match(plain, phrase.end())) and begins_with_surname(words[1]):
        return phrase.end()
    linked = inside = led = False
    for count in range(_MOST_PHRASE):
        if plain.startswith(", ", at):
            return at + 2 if count else None
        if plain.startswith(" ", at):
            at += 1
        if at not in named and ((linked and begins_person(plain, at)) or (inside and _is_held(plain, at, envoy=envoy))):
            return at
        inside = at in named
        body = _BODY_WORD.match(plain, at) if led else None
        led = False
        if inside:
            at = named[at]
        elif link := _LINK_WORD.match(plain, at):
            at = link.end()
            linked = linked or not link.group().isascii()
            led = True
        elif body:
            at = body.end()
            inside = body.group().isupper()
        else:
            return None
    return None


def _is_held(plain: str, at: int, *, envoy: bool) -> bool:
    """Whether a name stands right behind what an office is of: in three words, or a foreign one."""
    words = _THREE_WORDS.match(plain, at)
    if words and begins_with_surname(words[1]):
        return True
    return (envoy or plain[at - 3 : at - 1].isupper()) and _is_foreign_name(plain, at)


def _is_foreign_name(plain: str, at: int) -> bool:
    """Whether two or three capitalised words stand at a position, of which the first is no Vietnamese syllable."""
    name = _FOREIGN_NAME.match(plain, at)
    return name is not None and not vietnamese.is_syllable(name[1])


def is_envoy(plain: str, end: int) -> bool:
    """Return whether the word for an office that ends at a position is that of an envoy.

    >>> is_envoy("l'ambassadeur de France", 13), is_envoy("le ministre", 11)
    (True, False)
    """
    return plain[max(0, end - _LONGEST_ENVOY) : end].lower().endswith(_ENVOYS)


def is_of_envoy(plain: str, at: int) -> bool:
    """Return whether the country at a position is that to which an envoy is sent.

    >>> is_of_envoy("the ambassador to Laos", 18), is_of_envoy("to Laos", 3)
    (True, False)
    """
    return _OF_ENVOY.search(plain, max(0, at - _FARTHEST_ENVOY), at) is not None


def described(plain: str, found: Sequence[Spot]) -> set[int]:
    """Return where it begins to be told between commas who somebody is: X, a member of; X, the defence lawyer.

    That is the first word behind the article.
    """
    starts = {told.start("what") for told in _describing().finditer(plain)}
    for spot in found:
        if spot.found & (CALLING | TITLE) and plain[spot.start].islower():
            lead = _LEAD.search(plain, max(0, spot.start - _FARTHEST), spot.start)
            if lead:
                starts.add(lead.start("what"))
    return starts


def is_told_of(plain: str, start: int, end: int) -> bool:
    """Return whether words before what tells who somebody is are the whole name of a person, by its family name.

    >>> is_told_of("Kem Sokha, the leader", 0, 9), is_told_of("in Angkor Wat, the singer", 3, 13)
    (True, False)
    """
    if _WHEREABOUTS.search(plain, max(0, start - _LONGEST_PREPOSITION), start) or bears_name(plain, start, end):
        return False
    before = _TWO_BEFORE.search(plain, max(0, start - _FARTHEST), start)
    if before and (terms.type_word(before[2]) or terms.type_word(before.group().strip())):
        return False  # xã Lê Văn Tám
    parsed = persons.parse(plain[start:end])
    words = parsed[0].words if parsed else ()
    if len(words) in _CAMBODIAN and is_cambodian_family(words[0].text):
        return True
    return len(words) in _VIETNAMESE and persons.is_surname(words[0], typed=parsed[0].style == "native")


@cache
def _describing() -> re.Pattern[str]:
    words = {row["word"] for row in rows("words_beside.csv") if row["place"] == "describing"}
    return re.compile(
        rf"(?:, | [-–—] | \(){_ARTICLE}(?P<what>(?:[a-zà-ÿ-]+ ){{0,2}}(?:{'|'.join(sorted(words))}))(?![^\W\d_])"
    )
