"""What counts for and against two names being one person's, and how much: the whole table."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FEATURES", "Feature"]


class Feature(NamedTuple):
    """One thing that counts for or against two names being one person's: its weight in log-odds, its words."""

    name: str
    weight: float
    says: str


FEATURES: tuple[Feature, ...] = (
    Feature("two_people", -5.0, "two names are as a rule two people's"),
    Feature("word", 1.0, "“{ours}” agrees with “{theirs}”; the rarer the word, the more it says"),
    Feature("same_name", 1.0, "the two are the same, letter by letter"),
    Feature("bare", -0.1, "“{ours}” and “{theirs}” agree but for diacritics, which one name does without"),
    Feature("half", -0.3, "“{ours}” may be “{theirs}” as written with the letters of French"),
    Feature("lost", -0.8, "“{ours}” and “{theirs}”: a diacritic is missing where there must be one"),
    Feature("contrast", -30.0, "“{ours}” is not “{theirs}”: their diacritics differ"),
    Feature("i_or_y", -0.3, "“{ours}” and “{theirs}” differ in i and y only"),
    Feature("misspelt", -2.5, "“{ours}” is a letter off “{theirs}”"),
    Feature("sounds_like", -1.0, "“{ours}” and “{theirs}” can be two spellings of one Khmer word"),
    Feature("sounds_apart", -16.0, "“{ours}” and “{theirs}” hardly are two spellings of one Khmer word"),
    Feature("final_vowel", -9.0, "“{ours}” and “{theirs}” differ in the vowel at the end, which is heard"),
    Feature("other_word", -30.0, "“{ours}” is not “{theirs}”"),
    Feature("initial", 2.2, "“{ours}” and “{theirs}” begin alike, and one is an initial"),
    Feature("joined", -0.3, "“{ours}” and “{theirs}” are one word here and several there"),
    Feature("western_order", -0.8, "the family name stands first in one and last in the other"),
    Feature("reversed", -1.5, "the words stand in the opposite order"),
    Feature("both_family", -10.0, "“{ours}” and “{theirs}” are both family names, so neither name seems turned round"),
    Feature("maybe_family", -1.0, "“{ours}” and “{theirs}” can both be family names"),
    Feature("no_generic", -0.1, "“{ours}”, which many middle names are, stands in one only"),
    Feature("no_middle", -1.0, "the middle name “{ours}” stands in one only"),
    Feature("no_middle_typed", -5.0, "the middle name “{ours}” stands in one only, though both have their diacritics"),
    Feature("no_family", -5.0, "the family name “{ours}” stands in one only"),
    Feature("other_family", -8.0, "the family name “{ours}” stands in one only, and the other has one of its own"),
    Feature("no_given", -12.0, "the given name “{ours}” stands in one only"),
    Feature("no_last", -2.5, "“{ours}” at the end stands in one only"),
    Feature("other_gender", -2.5, "“{ours}” is said to women, “{theirs}” to men"),
    Feature("no_name", 0.0, "“{ours}” names an office and no person: no name was compared"),
    Feature("cut", 0.0, "only the first {ours} characters of “{theirs}” were read"),
)
"""What counts, in log-odds; the score is their sum as a probability."""
