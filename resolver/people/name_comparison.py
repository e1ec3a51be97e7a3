"""Whether two personal names can be one person's: any two, in the gazetteer or not, in any of the scripts.

The words of two names are aligned in their order. Each agreement counts more the rarer the word is; each difference
counts by its likely cause. ``FEATURES`` is the complete table of features, weights and texts.

>>> compare_names("Thượng tướng Lương Tam Quang", "Luong Tam Quang").score > 0.9
True
>>> compare_names("Lê Văn Thành", "Lê Văn Thanh").score < 0.01
True
>>> compare_names("Sor Kheng", "ស ខេង").score > 0.9
True
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from resolver.matching import spelling
from resolver.model import Evidence
from resolver.people.name_features import FEATURES, Feature
from resolver.people.office_mentions import names_office_only
from resolver.people.slips import begun_otherwise, final_vowel_heard, slipped, vowel_between
from resolver.text import khmer_sounds
from resolver.text.persons import LONGEST, PersonalName, Word, gender, is_surname, parse, within

__all__ = ["FEATURES", "MATCH", "Comparison", "Feature", "compare_names", "compare_parsed", "log_odds"]

MATCH = 0.5
"""The least score of two names that count as one person's."""


_WEIGHTS = {feature.name: feature.weight for feature in FEATURES}
_SAYS = {feature.name: feature.says for feature in FEATURES}
_FATAL = frozenset({"other_word", "contrast"})
_SAME_NAME = 2.2
_NEVER = -12.0
_GENERIC = frozenset({"van", "thi"})
_SHOWN = 60
_LONGEST_JOINED = 40
_ALIKE, _ALIKE_PER_SOUND, _KEPT = 0.2, 0.03, 0.3


@dataclass(frozen=True, slots=True)
class Comparison:
    """The probability that two names can be one person's (0 to 1, a match from 0.5), and the evidence in words."""

    score: float
    evidence: tuple[Evidence, ...]

    @property
    def match(self) -> bool:
        """Whether the names count as one person's."""
        return self.score >= MATCH


class _Item(NamedTuple):
    """A feature of two names, its value, and the words it compares."""

    feature: str
    value: float
    ours: str = ""
    theirs: str = ""

    @property
    def weight(self) -> float:
        """Its contribution to the log-odds."""
        return _WEIGHTS[self.feature] * self.value


class _Alignment(NamedTuple):
    """An alignment of words: its log-odds, and the evidence."""

    log_odds: float
    items: tuple[_Item, ...]


_NOTHING = _Alignment(0.0, ())


def compare_names(a: str, b: str) -> Comparison:
    """Return the probability that two personal names can be one person's, and the evidence.

    Takes any two texts, with or without titles, in Latin, Vietnamese or Khmer script. The order of the two makes no
    difference. A text without letters is not a name: score 0. Two offices (“Chủ tịch UBND tỉnh Kiên Giang”) also have
    score 0: the evidence says that no name was compared. Of a text of more than 300 characters only the first 300 are
    read; the evidence says this, too.
    """
    ours, theirs = sorted((a, b))
    texts = dict.fromkeys((ours, theirs))
    if all(map(names_office_only, texts)):
        return Comparison(0.0, tuple(_said("no_name", 0.0, text[:_SHOWN]) for text in texts))
    long = [text for text in texts if len(text) > LONGEST]
    best = max(
        (_compare(one, other) for one in parse(ours) for other in parse(theirs)),
        key=lambda alignment: alignment.log_odds,
        default=None,
    )
    cut = tuple(_said("cut", 0.0, str(LONGEST), f"{text[:_SHOWN]}…") for text in long)
    if best is None:
        return Comparison(0.0, cut)
    told = _told(best)
    return Comparison(told.score, told.evidence + cut)


def compare_parsed(ours: PersonalName, theirs: PersonalName) -> Comparison:
    """Return the probability that two parsed names can be one person's, and the evidence."""
    return _told(_compare(*_sorted(ours, theirs)))


def log_odds(ours: PersonalName, theirs: PersonalName) -> float:
    """Return the log-odds of two parsed names being one person's."""
    return _compare(*_sorted(ours, theirs)).log_odds


def _sorted(ours: PersonalName, theirs: PersonalName) -> tuple[PersonalName, PersonalName]:
    return (theirs, ours) if ours.plain > theirs.plain else (ours, theirs)


def _told(best: _Alignment) -> Comparison:
    evidence = tuple(_said(item.feature, item.weight, item.ours, item.theirs) for item in best.items)
    return Comparison(_probability(best.log_odds), evidence)


def _said(feature: str, weight: float, ours: str = "", theirs: str = "") -> Evidence:
    return Evidence(feature, round(weight, 3), _SAYS[feature].format(ours=ours, theirs=theirs))


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _compare(ours: PersonalName, theirs: PersonalName) -> _Alignment:
    vietnamese = (ours.vietnamese or theirs.vietnamese) and "khmer" not in (ours.style, theirs.style)
    if vietnamese and _apart(ours, theirs):
        best = _one(_Item("other_word", 1.0, ours.plain, theirs.plain))
    else:
        pairs = _Pairs(ours, theirs, vietnamese=vietnamese)
        best = pairs.align(ours.words, theirs.words)
        if best.log_odds < 0 and 1 < len(ours.words) == len(theirs.words) and pairs.may_be_turned():
            turned = [_turned(pairs, ours.words, words, item) for words, item in _orders(theirs.words)]
            sound = [way for way in turned if not any(item.feature in _FATAL for item in way.items)]
            best = max(best, *sound, key=lambda alignment: alignment.log_odds) if sound else best
    items = [_Item("two_people", 1.0), *best.items]
    if ours.titles and theirs.titles:
        items.extend(_genders(ours, theirs))
    total = sum(item.weight for item in items)
    if ours.plain == theirs.plain and total < _SAME_NAME:
        items.append(_Item("same_name", _SAME_NAME - total))
        total = _SAME_NAME
    return _Alignment(total, tuple(items))


def _apart(ours: PersonalName, theirs: PersonalName) -> bool:
    """Whether two Vietnamese names have too little in common to be one: a fast test."""
    if ours.folds & theirs.folds or ours.joined == theirs.joined:
        return False
    return not any(word.initial for word in (*ours.words, *theirs.words))


def _one(item: _Item) -> _Alignment:
    return _Alignment(item.weight, (item,))


def _orders(words: tuple[Word, ...]) -> Iterator[tuple[tuple[Word, ...], str]]:
    """Yield the other possible orders of a name: one word moved from one end to the other, or fully reversed."""
    yield (*words[1:], words[0]), "western_order"
    if len(words) > 3:
        yield (*words[2:], *words[:2]), "western_order"
    if len(words) > 2:
        yield (words[-1], *words[:-1]), "western_order"
        yield words[::-1], "reversed"


def _turned(pairs: _Pairs, ours: tuple[Word, ...], theirs: tuple[Word, ...], order: str) -> _Alignment:
    """Align a name with another whose words were reordered."""
    aligned = pairs.align(ours, theirs)
    first, other = ours[0], pairs.theirs.words[0]
    families = all(is_surname(word, typed=bool(word.marks)) for word in (first, other))
    items = [_Item(order, 1.0)]
    if families and pairs.vietnamese:
        strict = len(ours) == 2 or order == "reversed"
        items.append(_Item("both_family" if strict else "maybe_family", 1.0, first.text, other.text))
    return _Alignment(aligned.log_odds + sum(item.weight for item in items), (*aligned.items, *items))


def _genders(ours: PersonalName, theirs: PersonalName) -> Iterator[_Item]:
    for one, other in ((ours, theirs), (theirs, ours)):
        if (gender(one.titles), gender(other.titles)) == ("f", "m"):
            yield _Item("other_gender", 1.0, *(" ".join(title.text for title in name.titles) for name in (one, other)))


class _Pairs:
    """The words of two names, compared with each other."""

    def __init__(self, ours: PersonalName, theirs: PersonalName, *, vietnamese: bool) -> None:
        self.ours = ours
        self.theirs = theirs
        self.vietnamese = vietnamese
        self._compare = self._vietnamese if vietnamese else self._khmer

    def may_be_turned(self) -> bool:
        """Whether one name may be the other in another order: for Vietnamese names their common words show it fast."""
        if not self.vietnamese or any(word.initial for word in (*self.ours.words, *self.theirs.words)):
            return True
        return len(self.ours.folds & self.theirs.folds) >= len(self.ours.folds) - 1

    def align(self, ours: tuple[Word, ...], theirs: tuple[Word, ...]) -> _Alignment:
        """Return the best alignment of the words of two names.

        If both names have the same number of words, they are aligned one by one. Otherwise words may be joined, and
        words missing on one side count against the names. The alignment is built from the last words to the first.
        """
        if len(ours) == len(theirs):
            return self._one_by_one(ours, theirs)
        best: list[list[_Alignment | None]] = [[None] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
        best[-1][-1] = _NOTHING
        for i in range(len(ours), -1, -1):
            for j in range(len(theirs), -1, -1):
                ways = list(self._ways(ours, theirs, i, j, best))
                if ways:
                    best[i][j] = max(ways, key=lambda way: way.log_odds)
        return best[0][0] or _one(_Item("other_word", 1.0, self.ours.plain, self.theirs.plain))

    def _one_by_one(self, ours: tuple[Word, ...], theirs: tuple[Word, ...]) -> _Alignment:
        items: list[_Item] = []
        for our, their in zip(ours, theirs, strict=True):
            found = self._compare(our, their)
            items.extend(found)
            if found[-1].feature in _FATAL:
                break
        return _Alignment(sum([_WEIGHTS[item.feature] * item.value for item in items]), tuple(items))

    def _ways(
        self,
        ours: tuple[Word, ...],
        theirs: tuple[Word, ...],
        i: int,
        j: int,
        best: list[list[_Alignment | None]],
    ) -> Iterator[_Alignment]:
        """Yield the possible next steps from a position in each name."""
        if i < len(ours) and j < len(theirs):
            paired = 0.0
            rest = best[i + 1][j + 1]
            if rest:
                items = self._compare(ours[i], theirs[j])
                paired = sum(item.weight for item in items)
                yield _Alignment(paired + rest.log_odds, items + rest.items)
            if paired <= 0.0:
                for p, q in ((2, 1), (3, 1), (1, 2), (1, 3)):
                    joined = self._joined(ours[i : i + p], theirs[j : j + q]) if _fits(best, i + p, j + q) else ()
                    if joined:
                        beyond = best[i + p][j + q] or _NOTHING
                        yield _Alignment(sum(item.weight for item in joined) + beyond.log_odds, joined + beyond.items)
        if len(ours) > len(theirs) and i < len(ours) and (rest := best[i + 1][j]):
            item = self._absent(ours, i)
            yield _Alignment(item.weight + rest.log_odds, (item, *rest.items))
        if len(ours) < len(theirs) and j < len(theirs) and (rest := best[i][j + 1]):
            item = self._absent(theirs, j)
            yield _Alignment(item.weight + rest.log_odds, (item, *rest.items))

    def _absent(self, words: tuple[Word, ...], place: int) -> _Item:
        """Return the feature of a word that the other name lacks."""
        word = words[place]
        if place == 0:
            own = self.vietnamese and len(words) > 1 and is_surname(words[1], typed=bool(words[1].marks))
            return _Item("other_family" if own else "no_family", 1.0, word.text)
        if place == len(words) - 1:
            return _Item("no_given" if self.vietnamese else "no_last", 1.0, word.text)
        if word.fold in _GENERIC:
            return _Item("no_generic", 1.0, word.text)
        typed = self.ours.style == self.theirs.style == "native"
        return _Item("no_middle_typed" if typed else "no_middle", 1.0, word.text)

    def _vietnamese(self, our: Word, their: Word) -> tuple[_Item, ...]:
        """Compare two words if one of the names is Vietnamese: letters must agree, and diacritics too if typed."""
        word = _Item("word", min(our.rarity, their.rarity), our.text, their.text)
        if our.fold == their.fold and our.marks != their.marks:
            accents = self._accents(our, their)
            about = _Item(accents, 1.0, our.text, their.text)
            return (about,) if accents in _FATAL else (word, about)
        if our.fold == their.fold:
            return (word,)
        if our.initial or their.initial:
            return (_initial(our, their),)
        about = self._respelt(our, their)
        return (word, about) if about.feature in {"i_or_y", "misspelt"} else (about,)

    def _respelt(self, our: Word, their: Word) -> _Item:
        """Compare two words of Vietnamese names that differ in letters."""
        feature = "other_word"
        if our.marks == their.marks and our.fold.replace("y", "i") == their.fold.replace("y", "i"):
            feature = "i_or_y"
        elif spelling.final_vowel_apart(our.fold, their.fold):
            feature = "final_vowel"
        elif not (our.syllable and their.syllable) and spelling.letter_off(our.fold, their.fold):
            feature = "misspelt"
        return _Item(feature, 1.0, our.text, their.text)

    def _accents(self, our: Word, their: Word) -> str:
        """Return how the diacritics of two words with the same letters agree."""
        ours_within, theirs_within = within(our.marks, their.marks), within(their.marks, our.marks)
        if "bare" in (self.ours.style, self.theirs.style):
            return "bare"
        if (self.ours.style == "half" and ours_within) or (self.theirs.style == "half" and theirs_within):
            return "half"
        return "lost" if (our.lossy and ours_within) or (their.lossy and theirs_within) else "contrast"

    def _khmer(self, our: Word, their: Word) -> tuple[_Item, ...]:
        """Compare two words of other names by their sound as Khmer words."""
        word = _Item("word", min(our.rarity, their.rarity), our.text, their.text)
        if our.fold == their.fold:
            return (word,)
        if our.initial or their.initial:
            return (_initial(our, their),)
        if spelling.final_vowel_apart(our.fold, their.fold) or final_vowel_heard(our.sounds, their.sounds):
            return (_Item("final_vowel", 1.0, our.text, their.text),)
        if slipped(our.fold, their.fold):
            return word, _Item("misspelt", 1.0, our.text, their.text)
        apart = min(khmer_sounds.difference(one, other) for one in our.sounds for other in their.sounds)
        items = _sounding(apart, word.value, our.text, their.text, max(len(our.sounds[0]), len(their.sounds[0])))
        if len(items) > 1 and begun_otherwise(our.sounds, their.sounds):
            return (*items, _Item("other_onset", 1.0, our.text, their.text))
        return items

    def _joined(self, ours: tuple[Word, ...], theirs: tuple[Word, ...]) -> tuple[_Item, ...]:
        """Compare one word with several: Hunmanet."""
        if any(word.initial for word in (*ours, *theirs)):
            return ()
        if max(sum(len(word.fold) for word in words) for words in (ours, theirs)) > _LONGEST_JOINED:
            return ()
        telling = max(sum(word.rarity for word in words) for words in (ours, theirs))
        our, their = (" ".join(word.text for word in words) for words in (ours, theirs))
        alike: tuple[_Item, ...]
        if "".join(word.fold for word in ours) == "".join(word.fold for word in theirs):
            marks = [sum((word.marks or ("",) * len(word.fold) for word in words), ()) for words in (ours, theirs)]
            bare = "bare" in (self.ours.style, self.theirs.style) or not self.vietnamese
            if marks[0] != marks[1] and not bare:
                return ()
            alike = (_Item("word", telling, our, their),)
        elif self.vietnamese:
            return ()
        else:
            alike = _sounding_joined(ours, theirs, telling, our, their)
        return (*alike, _Item("joined", 1.0, our, their)) if alike else ()


def _fits(best: list[list[_Alignment | None]], i: int, j: int) -> bool:
    return i < len(best) and j < len(best[0]) and best[i][j] is not None


def _sounding_joined(
    ours: tuple[Word, ...], theirs: tuple[Word, ...], telling: float, our: str, their: str
) -> tuple[_Item, ...]:
    """Compare words by their sound as if joined; no item if one of them ends in a vowel that the others lack."""
    heard = [[word.sounds[0] for word in words] for words in (ours, theirs)]
    one, other = map("".join, heard)
    if (
        spelling.final_vowel_apart(*("".join(word.fold for word in words) for words in (ours, theirs)))
        or final_vowel_heard((one,), (other,))
        or vowel_between(heard[0], other)
        or vowel_between(heard[1], one)
    ):
        return ()
    return _sounding(khmer_sounds.difference(one, other), telling, our, their, max(len(one), len(other)))


def _initial(our: Word, their: Word) -> _Item:
    short, full = (our, their) if our.initial else (their, our)
    agrees = full.fold.startswith(short.fold)
    return _Item("initial" if agrees else "other_word", 1.0, our.text, their.text)


def _sounding(apart: float, telling: float, our: str, their: str, length: int) -> tuple[_Item, ...]:
    """Return the feature of two words whose sounds are ``apart``: the smaller this is, the more it counts for them."""
    word = _Item("word", telling, our, their)
    if apart == 0.0:
        return (word,)
    alike = _ALIKE + _ALIKE_PER_SOUND * length
    like = _Item("sounds_like", (1 - _KEPT) * telling * min(1.0, apart / alike), our, their)
    if apart <= alike:
        return word, like
    against = _Item("sounds_apart", apart - alike, our, their)
    if word.weight + like.weight + against.weight < _NEVER:
        return (_Item("other_word", 1.0, our, their),)
    return word, like, against
