"""The search for misspelt names: only near certain matches, below or above the places already found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from resolver.addresses.address_words import AddressWords, is_as_written
from resolver.addresses.components import levels_of, make_span, names_province
from resolver.addresses.matched_parts import Hit, Span
from resolver.addresses.misspelt_names import misspelt_hits
from resolver.addresses.place_names import Near
from resolver.addresses.place_tree import COMMUNE, COUNTRY, DISTRICT, PROVINCE, PlaceTree
from resolver.addresses.readings import SETTLED, Reading
from resolver.addresses.remainder import OPEN
from resolver.text import keys
from resolver.text.terms import TypeWord, type_word

__all__ = ["MisspellingSearch"]

_LONGEST_PART = 6
_LONGEST_WINDOW = 4
_VOWELS = frozenset("aeiouy")
"""Vowels; an abbreviation has none."""
_ASKED_BESIDE = 4
"""How many of the best readings are searched for misspellings."""

_LETTERS = (2, 3)
"""Least and most letters of a name shortened to its first letters."""

_POSTCODE = 5
"""Least digits of a postcode, which is no part of a name."""

_Window = tuple[int, int, int, int, TypeWord | None]
"""Words that may be one misspelt name: from, to, name from, name to, type word."""


class MisspellingSearch:
    """Searches the words of one address for misspelt names, and adds those found to its names."""

    def __init__(self, places: PlaceTree, words: AddressWords, countries: frozenset[str]) -> None:
        """Search among places of some countries (empty: all)."""
        self._places = places
        self._words = words
        self._countries = countries
        self._windows_of: dict[tuple[int, int, int], list[_Window]] = {}

    def look(self, best: list[Reading], turn: int) -> bool:
        """Add names similar to the words not understood, near matched places; return whether any were found."""
        found = False
        for (number, start, end), beside in self._open(best).items():
            for window in self._windows(number, start, end):
                found |= self._add(number, window, self._near(number, window, sorted(beside)))
        weak = not best or best[0].score < (0.0 if found else SETTLED)
        if weak and (turn == 0 or not found) and len(self._words.spotted) > 1:
            level = DISTRICT if turn else PROVINCE
            for number, one in enumerate(self._words.spotted):
                for window in self._windows(number, 0, one.size) if not one.whole else ():
                    found |= self._add(number, window, self._near_anywhere(number, window, level))
        if weak and not found and turn == 0:
            found = self._add_districts()
        return found

    def _add_districts(self) -> bool:
        """Add the districts that parts with a district's type word may be misspellings of; return whether any is new.

        Where no name is right, a misspelt commune is found below a misspelt district: both have to agree.
        """
        found = False
        for number, one in enumerate(self._words.spotted):
            for window in self._windows(number, 0, one.size) if not one.whole else ():
                if window[4] and window[4].sure and levels_of(window[4]) == {DISTRICT}:
                    found |= self._add(number, window, self._near_anywhere(number, window, DISTRICT))
        return found

    def _open(self, best: list[Reading]) -> dict[tuple[int, int, int], set[int]]:
        """Return the words that the best readings leave open, with the places near which they may be found."""
        larger = [reading for reading in best if self._places.level[reading.entity] < COMMUNE]
        asked: dict[tuple[int, int, int], set[int]] = {}
        for reading in (*best[:_ASKED_BESIDE], *larger[:_ASKED_BESIDE]):
            for rest in reading.remainders:
                if rest.weight > OPEN or rest.kind in ("former", "number", "institution"):
                    continue
                size = self._words.spotted[rest.number].size
                # A part that is only a type word stands for a unit that was left out.
                is_whole = rest.kind == "type" and rest.end - rest.start == size
                left_out = is_whole and type_word(self._words.spotted[rest.number].part.text) is not None
                if left_out or self._words.spotted[rest.number].is_province:
                    continue
                asked.setdefault((rest.number, rest.start, rest.end), set()).add(reading.entity)
                if size <= _LONGEST_PART:
                    asked.setdefault((rest.number, 0, size), set()).add(reading.entity)
        return asked

    def _windows(self, number: int, start: int, end: int) -> list[_Window]:
        """Return the runs of some words that may be one misspelt name: they are the same in each search."""
        words = number, start, end
        if words not in self._windows_of:
            self._windows_of[words] = list(self._cut_windows(*words))
        return self._windows_of[words]

    def _cut_windows(self, number: int, start: int, end: int) -> Iterator[_Window]:
        one = self._words.spotted[number].part
        while end > start + 1 and one.folds[end - 1].isdecimal() and len(one.folds[end - 1]) >= _POSTCODE:
            end -= 1
        typed = [t for group in one.before.values() for t in group if start <= t.start and t.end < end]
        typed += [t for t in one.slips.values() if start <= t.start and t.end < end]
        for before in typed:
            following = [t.start for t in typed if t.start > before.end]
            for upto in {min(following, default=end), end}:
                yield before.start, upto, before.end, upto, before.word
        after = next((t for t in one.after.values() if t.end == end and t.start > start), None)
        if after:
            yield start, end, start, after.start, after.word
        # An abbreviation may be the misspelt beginning of a name, Đk Song, unless a dot says that it is one.
        full = [t for t in typed if t.word.sure and (_has_vowel(t.word.word) or one.is_dotted(t.end - 1))]
        # What follows a type word and looks like one belongs to the name, too: Đk Krong is no town (krong) of Đk.
        is_after = after and not any((t.start, t.end) == (start, after.start) for t in typed)
        if not any(t.start == start for t in full) and not is_after:
            yield start, end, start, end, None
        if end - start > 2 and (end - start < len(one.folds) or len(self._words.spotted) == 1):
            for count in range(1, min(_LONGEST_WINDOW, end - start - 1) + 1):
                for first, last in ((end - count, end), (start, start + count)):
                    if not any(t.word.sure and first <= t.start < last for t in typed):
                        yield first, last, first, last, None

    def _near(self, number: int, window: _Window, beside: Iterable[int]) -> list[Near]:
        """Return the names similar to some words, below and above some places."""
        places, query, word = self._places, self._query(number, window), window[4]
        levels = levels_of(word)
        short = self._first_letters(number, window)
        letters = short or self._letters_alone(number, window)
        near: list[Near] = []
        for entity in beside:
            for level in range(max(places.level[entity], COUNTRY) + 1, COMMUNE + 1):
                if level in levels:
                    near += places.near_names(query, entity, level, with_type=word is None)
                    near += places.shortened(short, entity, level) if short else ()
            near += places.near_above(query, entity, with_type=word is None)
            near += places.shortened(letters, entity, None) if letters else ()
        if len(letters) == 1:
            # Of many namesakes, others than the best ones may lie in what the letters are short for.
            for level in (PROVINCE, DISTRICT) if short else (PROVINCE,):
                near += places.shortened(letters, -1, level) if level in levels else ()
        return near

    def _first_letters(self, number: int, window: _Window) -> tuple[str, ...]:
        """Return words that may be a name shortened to first letters: ``B.Thạnh``, and after a type word ``Q.BT``."""
        one = self._words.spotted[number].part
        words = one.folds[window[2] : window[3]]
        if len(words) > 1:
            if len(words[-1]) == 1 and window[3] < len(one.folds) and type_word(words[-1]):
                return ()  # the letter is a type word of what follows: Châu Thành T Tây Ninh
            return words if any(len(word) == 1 and word.isalpha() for word in words) else ()
        written = one.slice(window[2], window[3])
        are_letters = bool(window[4]) and (written.isupper() or self._words.is_lower) and len(words[0]) in _LETTERS
        return words if are_letters and words[0].isalpha() else ()

    def _letters_alone(self, number: int, window: _Window) -> tuple[str, ...]:
        """Return a part that may be the name of a parent in first letters, without a type word: ``Hòa Vang, ĐN``."""
        one, only = self._words.spotted[number].part, window[4] is None and window[:2] == (0, 1)
        if not only or len(one.folds) > 1 or len(one.folds[0]) not in _LETTERS:
            return ()
        are_letters = one.text.isalpha() and (one.text.isupper() or self._words.is_lower)
        return one.folds if are_letters and not type_word(one.text) else ()

    def _near_anywhere(self, number: int, window: _Window, level: int) -> list[Near]:
        """Return the names similar to some words on one level of the whole gazetteer."""
        if level not in levels_of(window[4]):
            return []
        return self._places.near_names(self._query(number, window), -1, level, with_type=window[4] is None)

    def _query(self, number: int, window: _Window) -> str:
        return "".join(self._words.spotted[number].part.folds[window[2] : window[3]])

    def _add(self, number: int, window: _Window, near: Sequence[Near]) -> bool:
        """Add the names that some words may be misspellings of; return whether any is new."""
        if not near:
            return False
        start, end, name_start, name_end, word = window
        core = self._words.spotted[number].part.slice(name_start, name_end)
        slips = self._words.spotted[number].part.slips.values()
        slip = any(typed.start == start and typed.word is word for typed in slips)
        hits = misspelt_hits(self._places, core, word, near, self._countries, accented=self._words.accented, slip=slip)
        mask = ((1 << (end - start)) - 1) << start << self._words.offsets[number]
        for known in self._words.spans if hits else ():
            if known.mask == mask and known.word is word:
                for entity in known.hits:
                    hits.pop(entity, None)
            if known.mask == mask or known.core == core:
                hits = self._without_named(hits, known, word)
        if hits:
            span = make_span(self._places, start, end, core, word, hits).placed(number, self._words.offsets[number])
            self._words.spans.append(span)
        return bool(hits)

    def _without_named(self, hits: dict[int, Hit], known: Span, word: TypeWord | None) -> dict[int, Hit]:
        """Return what some words may be misspellings of, in view of what they are exactly.

        What is exactly a province is no misspelling of another one. What is exactly a district without a type word
        is no misspelling of a place in it: ``Quảng Trạch, Quảng Trạch, Quảng Bình`` names no xã Quảng Thạch.
        """
        level, above = self._places.level, self._places.above
        if names_province(self._places, known):
            hits = {entity: hit for entity, hit in hits.items() if level[entity] != PROVINCE}
        if word:
            return hits
        exact = {entity for entity, hit in known.hits.items() if level[entity] == DISTRICT and is_as_written(hit)}
        return {entity: hit for entity, hit in hits.items() if exact.isdisjoint(above(entity))}


def _has_vowel(word: str) -> bool:
    return not _VOWELS.isdisjoint(keys.fold(word))
