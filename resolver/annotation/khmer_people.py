"""People in Khmer text whom the gazetteer does not know: a family name and a given name behind a title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from resolver.annotation.ages import age_behind
from resolver.annotation.folding import Folded, fold
from resolver.annotation.patterns import (
    CALLING,
    COMMUNE,
    COUNTRY,
    DISTRICT,
    NAME,
    OFFICE,
    PERSON,
    ROLE,
    TITLE,
    TYPE,
    WEAK,
)
from resolver.annotation.reference_words import words_behind, words_linking, words_stuck
from resolver.annotation.span import Span
from resolver.annotation.spotting import Spot
from resolver.index.index import Index
from resolver.model import TYPES
from resolver.text import khmer, terms
from resolver.text.name_counts import khmer_surnames

__all__ = ["KhmerPeople"]

_WORD = "[\u1780-\u17d3\u17dd]"
_NAME = re.compile(rf" ?({_WORD}{{1,12}}) ({_WORD}{{2,60}})(?!{_WORD})")
_SHORTEST_GIVEN, _LONGEST_GIVEN = 2, 16
_THIRD = re.compile(rf" ({_WORD}{{2,12}})(?!{_WORD})")
"""The last word of a Vietnamese name: ប៊ូយ ថាញ់ សឹន. Cambodian names have two words."""
_IN_LATIN = re.compile(r" \([A-Z][A-Za-z]+ [A-Za-z .-]+\)")
"""The name again in Latin letters: (Vo Van Thuong)."""
_ENDED = re.compile(r" ?[។៖,;)»\n]|$")
_LEVEL = re.compile(f"(?:{'|'.join(sorted(filter(khmer.is_khmer, terms.type_phrases()), key=len, reverse=True))})(?= )")
"""What an office is of, without its name: លោកអភិបាលខណ្ឌ ជា ពិសី."""
_OF = "នៃ"
_DEPENDENT = re.compile("[\u17b4-\u17d3\u17dd]")
"""A sign that belongs to the letter before it."""
_ITEM, _LONGEST_ITEM = re.compile(f"[៖,] ?{_WORD}{{2,30}}$"), 36
_SHORTEST_VERB = 3
_LONGEST_SYLLABLE = 7
_PERSON = TYPES.index("person")


class KhmerPeople:
    """Finds names by the family names of the people of an index, as Khmer writes them: apart from the given name."""

    def __init__(self, index: Index) -> None:
        people = index.entity_type[index.row_entity] == _PERSON
        texts = {index.texts[text] for text in set(index.row_text[people].tolist())}
        names = [fold(text).plain.split() for text in texts if khmer.is_khmer(text)]
        self._families = khmer_surnames().union(words[0] for words in names if len(words) > 1)

    def spans(self, folded: Folded, found: Sequence[Spot]) -> Iterator[Span]:
        """Yield the names directly behind titles that are no known names."""
        plain = folded.plain
        others = {spot.start for spot in found if spot.found & (NAME & ~COUNTRY | ROLE | TITLE | TYPE | CALLING)}
        local = {spot.start for spot in found if not spot.found & ~(DISTRICT | COMMUNE | WEAK)}
        offices = {spot.start for spot in found if spot.found & (ROLE | OFFICE)}
        people = {spot.start: spot.end for spot in found if spot.found & PERSON}
        titles = [spot for spot in found if spot.found & (TITLE | ROLE | CALLING) and khmer.is_khmer(plain[spot.start])]
        longest = {spot.start: spot.end for spot in sorted(titles, key=lambda one: one.end)}
        for spot in titles:
            if spot.end < longest[spot.start]:
                continue  # the beginning of a longer title
            level = _LEVEL.match(plain, spot.end) if spot.found & ROLE else None
            name = _NAME.match(plain, level.end() if level else spot.end)
            if name is None or self._is_no_name(name, offices) or name.start(1) in others:
                continue
            if name.start(2) in others and not (self._is_evident(name, offices) and name.start(2) in local):
                continue  # a given name may be that of a commune, too: សុខ ចំរើន
            start, end = name.start(1), _given_end(name)
            if end < 0:
                continue
            if end < name.end():
                yield _titled(plain, spot.start, start, end, announced=True)
                continue
            if self._is_evident(name, offices):
                end = people.get(end + 1, end)  # ប៊ុន រ៉ានី ហ៊ុន សែន is not Hun Sen
                yield _titled(plain, spot.start, start, end, announced=True)
            third = _THIRD.match(plain, name.end())
            stuck = start == spot.end  # then the first word may belong to a longer title
            if third and not stuck and third.start(1) not in others and not third[1].startswith(tuple(words_behind())):
                # Without an office or a verb behind it, it counts only if the gazetteer knows who it is.
                end = third.end()
                short = _are_syllables(plain[start:end]) and (_goes_on(plain, end) or _ENDED.match(plain, end))
                told = end + 1 in offices or bool(short or _IN_LATIN.match(plain, end))
                yield _titled(plain, spot.start, start, end, announced=told)

    def _is_evident(self, name: re.Match[str], offices: set[int]) -> bool:
        """Whether two words behind a title are a name.

        The first is a family name, an office or a verb follows, the sentence ends, or the name stands behind in Latin.
        """
        if name[1] in self._families or name.end() + 1 in offices or age_behind(name.string, name.end()):
            return True
        apart = len(name[1]) <= _LONGEST_SYLLABLE and name.string[name.start()] == " "
        if apart and (_ENDED.match(name.string, name.end()) or _goes_on(name.string, name.end())):
            return True
        return _IN_LATIN.match(name.string, name.end()) is not None

    def _is_no_name(self, words: re.Match[str], offices: Collection[int]) -> bool:
        """Whether two words behind a title go on otherwise: of a country (នៃកម្ពុជា), or with a verb.

        A family name may be spelt like a verb (ជា, to be), if an office or a verb follows the name, or if it ends an
        item of a list.
        """
        if words[1] in words_behind() and words[1] in self._families:
            plain, end = words.string, words.end()
            item = _ENDED.match(plain, end) is not None and _is_item(plain, words.start())
            told = end + 1 in offices or _goes_on(plain, end) or item
            return not told or words[2].startswith(tuple(words_behind()))
        if words[1] in words_behind() or words[1].startswith(_OF):
            return True
        if words[2].startswith(tuple(words_stuck())):
            return True
        verbs = tuple(word for word in words_behind() if len(word) >= _SHORTEST_VERB)
        return words[2].startswith(verbs) and words[2] not in verbs


def _given_end(name: re.Match[str]) -> int:
    """Return where the given name ends: before a word that is stuck to it; -1 if it is too long for a name.

    ចាន់ ដារ៉ាបានថ្លែង is ចាន់ ដារ៉ា.
    """
    given, start = name[2], name.start(2)
    cuts = [at for word in words_stuck() if (at := given.find(word, _SHORTEST_GIVEN)) > 0]
    end = start + min(cuts) if cuts else name.end()
    return end if end - start <= _LONGEST_GIVEN and not _DEPENDENT.match(name.string, end) else -1


def _are_syllables(name: str) -> bool:
    """Whether all words of a name are as short as a Vietnamese syllable in Khmer script."""
    return max(map(len, name.split())) <= _LONGEST_SYLLABLE


def _goes_on(plain: str, end: int) -> bool:
    """Whether a word that follows people, most of them verbs, stands at a position."""
    return plain.startswith((*words_behind(), *words_linking()), end + 1)


def _is_item(plain: str, at: int) -> bool:
    """Whether a title that ends at a position is all that stands before it in an item of a list: ៤៖ លោក ជា ហ៊ោ."""
    return _ITEM.search(plain, max(0, at - _LONGEST_ITEM), at) is not None


def _titled(plain: str, title: int, start: int, end: int, *, announced: bool) -> Span:
    """Return the span of a name behind a title that begins at a position."""
    return Span(start, end, "person", plain[title:end], ("person",), announced=announced, titles=(title, start))
