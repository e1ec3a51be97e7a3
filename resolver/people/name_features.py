"""The table of features for and against two names being one person's, with weights."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FEATURES", "Feature"]


class Feature(NamedTuple):
    """One feature of two names being one person's: its weight in log-odds, its text as evidence."""

    name: str
    weight: float
    says: str


FEATURES: tuple[Feature, ...] = (
    Feature("two_people", -5.0, "two names usually belong to two people"),
    Feature("word", 1.0, "“{ours}” agrees with “{theirs}”; the rarer the word, the more it counts"),
    Feature("same_name", 1.0, "the two are the same, letter by letter"),
    Feature("bare", -0.1, "“{ours}” and “{theirs}” agree except for diacritics, which one name leaves out"),
    Feature("half", -0.3, "“{ours}” may be “{theirs}” written with French letters"),
    Feature("lost", -0.8, "“{ours}” and “{theirs}”: a diacritic is missing where there must be one"),
    Feature("contrast", -30.0, "“{ours}” is not “{theirs}”: their diacritics differ"),
    Feature("i_or_y", -0.3, "“{ours}” and “{theirs}” differ only in i and y"),
    Feature("misspelt", -2.5, "“{ours}” is a letter off “{theirs}”"),
    Feature("sounds_like", -1.0, "“{ours}” and “{theirs}” can be two spellings of one Khmer word"),
    Feature("short_word", -1.0, "“{ours}” and “{theirs}”, short words, differ in a sound: often two names"),
    Feature("sounds_apart", -16.0, "“{ours}” and “{theirs}” are very unlikely to be two spellings of one Khmer word"),
    Feature("other_onset", -8.0, "“{ours}” and “{theirs}” begin with consonants that are not confused"),
    Feature("final_vowel", -14.0, "“{ours}” and “{theirs}” differ in the vowel at the end, which is pronounced"),
    Feature("other_word", -30.0, "“{ours}” is not “{theirs}”"),
    Feature("initial", 2.2, "“{ours}” and “{theirs}” begin with the same letter, and one is an initial"),
    Feature("joined", -0.3, "“{ours}” and “{theirs}” are one word in one name and several in the other"),
    Feature("western_order", -0.8, "the family name is first in one name and last in the other"),
    Feature("reversed", -1.5, "the words are in the opposite order"),
    Feature("both_family", -10.0, "“{ours}” and “{theirs}” are both family names, so the order does not seem reversed"),
    Feature("maybe_family", -1.0, "“{ours}” and “{theirs}” can both be family names"),
    Feature("no_generic", -0.1, "“{ours}”, a very common middle name, is in one name only"),
    Feature("no_middle", -2.2, "the middle name “{ours}” is in one name only"),
    Feature("no_middle_typed", -7.0, "the middle name “{ours}” is in one name only, though both have diacritics"),
    Feature("further_name", -7.0, "“{ours}”, a further given name in one name only, usually makes another person"),
    Feature("no_family", -5.0, "the family name “{ours}” is in one name only"),
    Feature("other_family", -8.0, "the family name “{ours}” is in one name only; the other has another"),
    Feature("no_given", -12.0, "the given name “{ours}” is in one name only"),
    Feature("no_last", -2.5, "“{ours}” at the end is in one name only"),
    Feature("other_gender", -2.5, "“{ours}” is used for women, “{theirs}” for men"),
    Feature("no_name", 0.0, "“{ours}” names an office and not a person: no name was compared"),
    Feature("cut", 0.0, "only the first {ours} characters of “{theirs}” were read"),
)
"""All features, weights in log-odds; the score is their sum as a probability."""
