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
from resolver.people.slips import begun_otherwise
from resolver.people.word_comparison import (
    WEIGHTS,
    Item,
    initial,
    most_joined,
    most_respelt,
    respelt,
    sounding,
    sounding_joined,
)
from resolver.text.persons import LONGEST, MOST_TELLING, PersonalName, Word, gender, is_surname, parse, within

__all__ = ["FEATURES", "MATCH", "Comparison", "Feature", "compare_names", "compare_parsed", "log_odds"]

MATCH = 0.5
"""The least score of two names that count as one person's."""

_SAYS = {feature.name: feature.says for feature in FEATURES}
_FATAL = frozenset({"other_word", "contrast"})
_LEAST_FATAL = WEIGHTS["two_people"] + max(WEIGHTS[feature] for feature in _FATAL)
_SAME_NAME = 2.2
_SHORT_WORD, _OF_SHORT = 4, 2.0
"""Letters of a short word, and how much more a wrong letter in it counts: Leng, Leang."""

_GENERIC, _SHOWN = frozenset({"van", "thi"}), 60
_LONGEST_JOINED = 40
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Comparison:
    """The probability that two names can be one person's (0 to 1, a match from 0.5), and the evidence in words."""

    score: float
    evidence: tuple[Evidence, ...]

    @property
    def match(self) -> bool:
        """Whether the names count as one person's."""
        return self.score >= MATCH


class _Alignment(NamedTuple):
    """An alignment of words: its log-odds, and the evidence."""

    log_odds: float
    items: tuple[Item, ...]


class _Step(NamedTuple):
    """A step of an alignment: the log-odds of it and all later steps, its evidence, and the next step."""

    log_odds: float
    items: tuple[Item, ...]
    rest: _Step | None


_END = _Step(0.0, (), None)


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


def log_odds(ours: PersonalName, theirs: PersonalName, least: float = -math.inf) -> float:
    """Return the log-odds of two parsed names being one person's: exact unless they are below ``least``."""
    return _compare(*_sorted(ours, theirs), least).log_odds


def _sorted(ours: PersonalName, theirs: PersonalName) -> tuple[PersonalName, PersonalName]:
    return (theirs, ours) if ours.plain > theirs.plain else (ours, theirs)


def _told(best: _Alignment) -> Comparison:
    evidence = tuple(_said(item.feature, item.weight, item.ours, item.theirs) for item in best.items)
    return Comparison(_probability(best.log_odds), evidence)


def _said(feature: str, weight: float, ours: str = "", theirs: str = "") -> Evidence:
    return Evidence(feature, round(weight, 3), _SAYS[feature].format(ours=ours, theirs=theirs))


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _compare(ours: PersonalName, theirs: PersonalName, least: float = -math.inf) -> _Alignment:
    vietnamese = (ours.vietnamese or theirs.vietnamese) and "khmer" not in (ours.style, theirs.style)
    if vietnamese and (_apart(ours, theirs) or (_is_below(least, ours, theirs) and _one_stands_alone(ours, theirs))):
        best = _one(Item("other_word", 1.0, ours.plain, theirs.plain))
    else:
        pairs = _Pairs(ours, theirs, vietnamese=vietnamese, least=least)
        best = pairs.align(ours.words, theirs.words)
        if best.log_odds < 0 and 1 < len(ours.words) == len(theirs.words) and pairs.may_be_turned():
            turned = [_turned(pairs, ours.words, words, item) for words, item in _orders(theirs.words)]
            sound = [way for way in turned if not any(item.feature in _FATAL for item in way.items)]
            best = max(best, *sound, key=lambda alignment: alignment.log_odds) if sound else best
    items = [Item("two_people", 1.0), *best.items]
    if ours.titles and theirs.titles:
        items.extend(_genders(ours, theirs))
    total = sum(item.weight for item in items)
    if ours.plain == theirs.plain and total < _SAME_NAME:
        items.append(Item("same_name", _SAME_NAME - total))
        total = _SAME_NAME
    return _Alignment(total, tuple(items))


def _apart(ours: PersonalName, theirs: PersonalName) -> bool:
    """Whether two Vietnamese names have too little in common to be one: a fast test."""
    if ours.folds & theirs.folds or ours.joined == theirs.joined:
        return False
    return not any(word.initial for word in (*ours.words, *theirs.words))


def _is_below(least: float, ours: PersonalName, theirs: PersonalName) -> bool:
    """Whether one fatal difference puts two names below some log-odds, even if all other words agree."""
    most = MOST_TELLING * max(len(ours.words), len(theirs.words))
    return most + _LEAST_FATAL < least and ours.plain != theirs.plain


def _one_stands_alone(ours: PersonalName, theirs: PersonalName) -> bool:
    """Whether a word of the shorter of two Vietnamese names agrees with no word of the other: a fast test."""
    short, long = sorted((ours, theirs), key=lambda name: len(name.words))
    if not all(word.syllable and not word.initial for word in long.words):
        return False
    letters = long.joined.replace("y", "i")
    return any(
        word.syllable and not word.initial and word.fold.replace("y", "i") not in letters for word in short.words
    )


def _one(item: Item) -> _Alignment:
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
    items = [Item(order, 1.0)]
    if families and pairs.vietnamese:
        strict = len(ours) == 2 or order == "reversed"
        items.append(Item("both_family" if strict else "maybe_family", 1.0, first.text, other.text))
    return _Alignment(aligned.log_odds + sum(item.weight for item in items), (*aligned.items, *items))


def _genders(ours: PersonalName, theirs: PersonalName) -> Iterator[Item]:
    for one, other in ((ours, theirs), (theirs, ours)):
        if (gender(one.titles), gender(other.titles)) == ("f", "m"):
            yield Item("other_gender", 1.0, *(" ".join(title.text for title in name.titles) for name in (one, other)))


class _Pairs:
    """The words of two names, compared with each other."""

    def __init__(self, ours: PersonalName, theirs: PersonalName, *, vietnamese: bool, least: float) -> None:
        self.ours = ours
        self.theirs = theirs
        self.vietnamese = vietnamese
        self._compare = self._vietnamese if vietnamese else self._khmer
        # The log-odds that an alignment must be able to reach; else it is not continued.
        self._least = least - WEIGHTS["two_people"] - _ROUNDING if ours.plain != theirs.plain else -math.inf

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
        best: list[list[_Step | None]] = [[None] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
        best[-1][-1] = _END
        for i in range(len(ours), -1, -1):
            for j in range(len(theirs), -1, -1):
                step = max(self._ways(ours, theirs, i, j, best), key=_log_odds, default=best[i][j])
                hopeless = step is None or step.log_odds + MOST_TELLING * max(i, j) < self._least
                best[i][j] = None if hopeless else step
        step = best[0][0]
        if step is None:
            return _one(Item("other_word", 1.0, self.ours.plain, self.theirs.plain))
        whole, items = step.log_odds, list(step.items)
        while step.rest:
            step = step.rest
            items += step.items
        return _Alignment(whole, tuple(items))

    def _one_by_one(self, ours: tuple[Word, ...], theirs: tuple[Word, ...]) -> _Alignment:
        items: list[Item] = []
        whole = 0.0
        for at, (our, their) in enumerate(zip(ours, theirs, strict=True), 1):
            # Even if all later words agree.
            most = MOST_TELLING * (len(ours) - at)
            if self._is_hopeless(our, their, whole + most):
                items.append(Item("other_word", 1.0, self.ours.plain, self.theirs.plain))
                break
            items += self._compare(our, their)
            if items[-1].feature in _FATAL:
                break
            whole = sum([WEIGHTS[item.feature] * item.value for item in items])
            if most and whole + most < self._least:
                items.append(Item("other_word", 1.0, self.ours.plain, self.theirs.plain))
                break
        return _Alignment(sum([WEIGHTS[item.feature] * item.value for item in items]), tuple(items))

    def _ways(
        self, ours: tuple[Word, ...], theirs: tuple[Word, ...], i: int, j: int, best: list[list[_Step | None]]
    ) -> Iterator[_Step]:
        """Yield the possible next steps from a position in each name."""
        if i < len(ours) and j < len(theirs):
            paired = 0.0
            rest = best[i + 1][j + 1]
            if rest and not self._is_hopeless(ours[i], theirs[j], rest.log_odds + MOST_TELLING * max(i, j)):
                items = self._compare(ours[i], theirs[j])
                paired = sum([WEIGHTS[item.feature] * item.value for item in items])
                yield _Step(paired + rest.log_odds, items, rest)
            if paired <= 0.0:
                for p, q in ((2, 1), (3, 1), (1, 2), (1, 3)):
                    if i + p <= len(ours) and j + q <= len(theirs) and (beyond := best[i + p][j + q]):
                        others = beyond.log_odds + MOST_TELLING * max(i, j)
                        joined = self._joined(ours[i : i + p], theirs[j : j + q], others)
                        if joined:
                            yield _Step(sum([item.weight for item in joined]) + beyond.log_odds, joined, beyond)
        if len(ours) > len(theirs) and i < len(ours) and (rest := best[i + 1][j]):
            item = self._absent(ours, i)
            yield _Step(item.weight + rest.log_odds, (item,), rest)
        if len(ours) < len(theirs) and j < len(theirs) and (rest := best[i][j + 1]):
            item = self._absent(theirs, j)
            yield _Step(item.weight + rest.log_odds, (item,), rest)

    def _is_hopeless(self, our: Word, their: Word, others: float) -> bool:
        """Whether two words surely speak against the names, so that with the others they cannot reach the least."""
        if self.vietnamese or self._least == -math.inf or our.fold == their.fold or our.initial or their.initial:
            return False
        most = most_respelt(our.fold, their.fold, our.sounds, their.sounds, min(our.rarity, their.rarity))
        return most < 0.0 and most + others < self._least

    def _absent(self, words: tuple[Word, ...], place: int) -> Item:
        """Return the feature of a word that the other name lacks."""
        word = words[place]
        if place == 0:
            own = self.vietnamese and len(words) > 1 and is_surname(words[1], typed=bool(words[1].marks))
            return Item("other_family" if own else "no_family", 1.0, word.text)
        if place == len(words) - 1:
            return Item("no_given" if self.vietnamese else "no_last", 1.0, word.text)
        if not self.vietnamese:
            return Item("no_middle" if word.initial else "further_name", 1.0, word.text)
        if word.fold in _GENERIC:
            return Item("no_generic", 1.0, word.text)
        typed = self.ours.style == self.theirs.style == "native"
        return Item("no_middle_typed" if typed else "no_middle", 1.0, word.text)

    def _vietnamese(self, our: Word, their: Word) -> tuple[Item, ...]:
        """Compare two words if one of the names is Vietnamese: letters must agree, and diacritics too if typed."""
        word = Item("word", min(our.rarity, their.rarity), our.text, their.text)
        if our.fold == their.fold and our.marks != their.marks:
            accents = self._accents(our, their)
            about = Item(accents, 1.0, our.text, their.text)
            return (about,) if accents in _FATAL else (word, about)
        if our.fold == their.fold:
            return (word,)
        if our.initial or their.initial:
            return (initial(our, their),)
        about = self._respelt(our, their)
        return (word, about) if about.feature in {"i_or_y", "misspelt"} else (about,)

    def _respelt(self, our: Word, their: Word) -> Item:
        """Compare two words of Vietnamese names that differ in letters."""
        feature = "other_word"
        if our.marks == their.marks and our.fold.replace("y", "i") == their.fold.replace("y", "i"):
            feature = "i_or_y"
        elif spelling.final_vowel_apart(our.fold, their.fold):
            feature = "final_vowel"
        elif not (our.syllable and their.syllable) and spelling.letter_off(our.fold, their.fold):
            feature = "misspelt"
        short = feature == "misspelt" and min(len(our.fold), len(their.fold)) <= _SHORT_WORD
        return Item(feature, _OF_SHORT if short else 1.0, our.text, their.text)

    def _accents(self, our: Word, their: Word) -> str:
        """Return how the diacritics of two words with the same letters agree."""
        ours_within, theirs_within = within(our.marks, their.marks), within(their.marks, our.marks)
        if "bare" in (self.ours.style, self.theirs.style):
            return "bare"
        if (self.ours.style == "half" and ours_within) or (self.theirs.style == "half" and theirs_within):
            return "half"
        return "lost" if (our.lossy and ours_within) or (their.lossy and theirs_within) else "contrast"

    def _khmer(self, our: Word, their: Word) -> tuple[Item, ...]:
        """Compare two words of other names by their sound as Khmer words."""
        word = Item("word", min(our.rarity, their.rarity), our.text, their.text)
        if our.fold == their.fold:
            return (word,)
        if our.initial or their.initial:
            return (initial(our, their),)
        feature, apart = respelt(our.fold, their.fold, our.sounds, their.sounds)
        if feature:
            about = Item(feature, 1.0, our.text, their.text)
            return (about,) if feature == "final_vowel" else (word, about)
        items = sounding(apart, word.value, our.text, their.text, max(len(our.sounds[0]), len(their.sounds[0])))
        if len(items) > 1 and begun_otherwise(our.sounds, their.sounds):
            return (*items, Item("other_onset", 1.0, our.text, their.text))
        return items

    def _joined(self, ours: tuple[Word, ...], theirs: tuple[Word, ...], others: float) -> tuple[Item, ...]:
        """Compare one word with several: Hunmanet. Nothing if with the ``others`` they cannot reach the least."""
        for word in ours + theirs:
            if word.initial:
                return ()
        our_fold, their_fold = "".join([word.fold for word in ours]), "".join([word.fold for word in theirs])
        if len(our_fold) > _LONGEST_JOINED or len(their_fold) > _LONGEST_JOINED:
            return ()
        same = our_fold == their_fold
        if not same and self.vietnamese:
            return ()
        telling = max(sum([word.rarity for word in ours]), sum([word.rarity for word in theirs]))
        if not same and most_joined(ours, theirs, telling) + others < self._least:
            return ()
        our, their = " ".join([word.text for word in ours]), " ".join([word.text for word in theirs])
        alike: tuple[Item, ...]
        if same:
            marks = [sum((word.marks or ("",) * len(word.fold) for word in words), ()) for words in (ours, theirs)]
            bare = "bare" in (self.ours.style, self.theirs.style) or not self.vietnamese
            if marks[0] != marks[1] and not bare:
                return ()
            alike = (Item("word", telling, our, their),)
        else:
            alike = sounding_joined(ours, theirs, telling, our, their)
        return (*alike, Item("joined", 1.0, our, their)) if alike else ()


def _log_odds(step: _Step) -> float:
    return step.log_odds
