"""The features of a pair of mention and name: plain functions and one table of weights.

A feature gives a number for every pair of a batch. Its docstring is its public documentation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.index.compiler import KINDS
from resolver.matching import abroad, misspelling, somebody_else, spelling, timing
from resolver.matching.comparison import ACCENTS, Comparisons, Floats, Spelling
from resolver.matching.misspelling import flag
from resolver.matching.namesakes import by_common_name, common_name
from resolver.matching.prominence import by_anothers_name, overshadowed, prominence, shared
from resolver.matching.type_agreement import AGREEMENTS
from resolver.model import TYPES
from resolver.text import keys, name_counts
from resolver.text.persons import rarity
from resolver.text.reading import Reading

__all__ = ["FEATURES", "Feature", "depends_on_other_names"]

_OF_TELLING = 0.6
"""How much of the doubt remains if a weak name is a long title in English or French."""

_OF_A_SLIP = 0.6
"""How much of ``accents_contrast`` remains if one wrong tone is a typing error: about the cost of one letter."""

_OF_A_NAME, _OF_A_FAMILY = 12.0, 16.0
"""How much more ``dropped_words`` counts if the mention with these words is a name, or they are a family name."""

_COMMON_FAMILY = 3.0
"""Rarity (``persons.rarity``) of a family name so common that namesakes are likely."""

_OF_NAMESAKES, _OF_RARE = 0.45, 0.35
"""How much of the doubt remains if context of a person is not understood."""

_BESIDE_HELD = 0.5
_MOVED, _ELSEWHERE = 0.1, 0.35
"""How much of it remains beside an office that the person held."""

_PROVINCE, _DISTRICT, _COMMUNE, _PERSON, _ORGANISATION, _OFFICE = map(
    TYPES.index, ("province", "district", "commune", "person", "organisation", "office")
)


class Feature(NamedTuple):
    """One feature of a pair: its weight in log-odds, its values, its text as evidence."""

    name: str
    weight: float
    values: Callable[[Comparisons], Floats]
    says: str


def _accent(kind: str) -> Callable[[Comparisons], Floats]:
    return lambda batch: batch.with_accents(kind)


def _agreement(kind: str) -> Callable[[Comparisons], Floats]:
    return lambda batch: batch.with_agreement(kind)


def accents_contrast(batch: Comparisons) -> Floats:
    """Diacritics that differ from the name's.

    One wrong tone in the name of a place is a typing error, like one wrong letter, if no other name is spelt so. Of
    districts and communes there are many, so that a type word has to stand with the name. Among people a tone
    distinguishes.
    """
    contrast = batch.with_accents("contrast")
    if contrast is batch.nothing:
        return contrast
    slips = batch.of_spellings(
        lambda spelt: spelt.exact and spelling.tones_apart(spelt.core, spelt.name) == 1, misspelt=False
    )
    spelt_so = np.zeros(len(batch.queries))
    np.maximum.at(spelt_so, batch.pairs.mention, flag((batch.accents == ACCENTS.index("same")) & (batch.edits == 0)))
    fits = batch.type_agreement == AGREEMENTS.index("fits")
    place = (batch.type <= _PROVINCE) | ((batch.type <= _COMMUNE) & fits)
    slip = (slips > 0) & place & (spelt_so[batch.pairs.mention] == 0)
    return contrast * np.where(slip, _OF_A_SLIP, 1.0)


def type_fits(batch: Comparisons) -> Floats:
    """The type word is one that the entity has or had.

    It counts less if its diacritics are missing and it may be part of a name, and if the name is misspelt.
    """
    fits = batch.with_agreement("fits")
    if fits is batch.nothing:
        return fits
    sure = batch.of_readings(lambda reading: all(word.sure for word in reading.type_words))
    return fits * np.where((batch.edits > 0) | (sure == 0), 0.4, 1.0)


def type_level(batch: Comparisons) -> Floats:
    """The type word is of the entity's level, but not its legal type: most people say district for every type.

    An island, or a special zone, is different from a commune on land.
    """
    level = batch.with_agreement("level")
    if level is batch.nothing:
        return level
    strict = batch.of_readings(lambda reading: any(word.strict for word in reading.type_words))
    return level * np.where(strict > 0, 2.5, 1.0)


def _kind(*kinds: str) -> Callable[[Comparisons], Floats]:
    wanted = frozenset(map(KINDS.index, kinds))
    of = np.array([number in wanted for number in range(len(KINDS))], np.float64)
    return lambda batch: np.asarray(of[batch.kind], np.float64) if batch.kinds & wanted else batch.nothing


def _surrounding(name: str) -> Callable[[Comparisons], Floats]:
    return lambda batch: batch.context_agreement[name]


def reordered(batch: Comparisons) -> Floats:
    """The words of the name in another order: it counts less if only the first word has moved (Interior Minister)."""
    worded = batch.with_accents("words")
    if worded is batch.nothing:
        return worded
    return worded * batch.of_spellings(lambda spelt: 0.0 if spelt.exact else _disorder(spelt), misspelt=False)


def _disorder(spelt: Spelling) -> float:
    if _same_words(spelt):
        return 0.0
    return 0.3 if keys.ordered_words(spelt.core) == keys.ordered_words(spelt.name) else 1.0


def reworded(batch: Comparisons) -> Floats:
    """An organisation's name with other articles, an abbreviation or a related word (provincial, province)."""
    worded = batch.with_accents("words")
    if worded is batch.nothing:
        return worded
    return worded * batch.of_spellings(lambda spelt: not spelt.exact and _same_words(spelt), misspelt=False)


def _same_words(spelt: Spelling) -> bool:
    return keys.telling_words(spelt.core) == keys.telling_words(spelt.name)


def dropped_words(batch: Comparisons) -> Floats:
    """Articles and prepositions removed from the front: names of places may begin with such a word themselves.

    It counts more if a name begins with these letters (``La Nga`` is La Ngà, not Nga) or may begin with them misspelt
    (``à Phong``: Hà Phong), and before a person's name if the word is a family name (Le).
    """
    dropped = _dropped(batch)
    if dropped is batch.nothing:
        return dropped
    named = _is_named_whole(batch, dropped) | misspelling.may_be_of_the_name(batch, dropped > 0)
    family = np.array([_begins_with_family(query.parsed.text) for query in batch.queries], np.bool_)
    before_person = family[batch.pairs.mention] & (batch.type == _PERSON)
    weight = np.where(before_person, _OF_A_FAMILY, np.where(named, _OF_A_NAME, 1.0))
    return dropped * flag(batch.type < _ORGANISATION) * weight


def _dropped(batch: Comparisons) -> Floats:
    return batch.of_readings(lambda reading: reading.dropped)


def _is_named_whole(batch: Comparisons, dropped: Floats) -> NDArray[np.bool_]:
    """Return for each pair whether something is called as its mention is written, without a word dropped."""
    return shared(batch, (dropped == 0) & (batch.edits == 0))


def depends_on_other_names(batch: Comparisons) -> NDArray[np.bool_]:
    """Return the pairs whose weight depends on which other names may be found, so that a filter can change it."""
    dropped = _dropped(batch)
    return ((dropped > 0) & _is_named_whole(batch, dropped)) | by_anothers_name(batch) | by_common_name(batch)


def _begins_with_family(text: str) -> bool:
    return str(keys.fold(text.split(maxsplit=1)[0])) in name_counts.surnames() if text.strip() else False


def whole_name(batch: Comparisons) -> Floats:
    """A mention that could be cut into parts is a name as a whole: ``Xuân Hương - Đà Lạt``.

    For people it says nothing against what is told of somebody else.
    """
    could_be_cut = [any(r.context and not _beside_office(r) for r in q.parsed.readings) for q in batch.queries]
    if not any(could_be_cut):
        return batch.nothing
    whole = batch.of_readings(
        lambda reading: not (reading.context or reading.titles or any(word.strict for word in reading.type_words))
    )
    cut = np.array(could_be_cut, np.bool_)[batch.pairs.mention]
    around = batch.context_agreement
    cut &= (batch.type != _PERSON) | (around["unknown"] + around["elsewhere"] == 0)
    return whole * flag(cut & (batch.edits == 0))


def _beside_office(reading: Reading) -> bool:
    return any(title.kind == "office" for title in reading.titles)


def joined(batch: Comparisons) -> Floats:
    """Words joined or split differently from the name: it counts little, except for Vietnam's districts and communes.

    Hanoi and Daklak are written so; very few people join the words of a district or commune.
    """
    spaced = batch.with_spacing("joined")
    if spaced is batch.nothing:
        return spaced
    lesser = batch.index.row_vietnamese[batch.pairs.row] & ((batch.type == _DISTRICT) | (batch.type == _COMMUNE))
    return spaced * np.where(lesser, 7.0, 1.0)


def cut_elsewhere(batch: Comparisons) -> Floats:
    """The same letters divided into other words: ``Công an`` is not Cô Ngân."""
    return batch.with_spacing("cut")


def respelt(batch: Comparisons) -> Floats:
    """A word of the mention was replaced by its official romanisation."""
    return batch.of_readings(lambda reading: reading.respelt)


def weak_name(batch: Comparisons) -> Floats:
    """A name that could mean many things, with no type word, country or context to say which.

    It counts less for a long title in English or French (Minister of Public Security), which few offices have.
    """
    index, around = batch.index, batch.context_agreement
    rows_weak = index.row_weak[batch.pairs.row]
    if not rows_weak.any():
        return batch.nothing
    countries = np.array([bool(query.mention.countries) for query in batch.queries], np.bool_)
    supported = batch.typed | countries[batch.pairs.mention] | (around["within"] > 0) | (around["role"] > 0)
    weak = flag(rows_weak & ~supported)
    for pair in np.flatnonzero(weak).tolist():
        language = index.languages[index.row_language[batch.pairs.row[pair]]]
        if language in {"en", "fr"} and batch.reading(pair).words.count(" ") > 1:
            weak[pair] = _OF_TELLING
    return weak


def type_word_kept(batch: Comparisons) -> Floats:
    """A word that looks like a type word was read as part of the name."""
    return batch.of_readings(lambda reading: reading.type_kept)


def type_misspelt(batch: Comparisons) -> Floats:
    """A type word with a typing error: it may as well be a word of a misspelt name (``Qun Chu``: Quân Chu)."""
    return batch.of_readings(lambda reading: reading.type_slip)


def titled(batch: Comparisons) -> Floats:
    """A rank or honorific before the name of a person: no support for somebody who did not hold the office named."""
    ranked = batch.of_readings(lambda reading: any(title.kind != "office" for title in reading.titles))
    if ranked is batch.nothing:
        return ranked
    return ranked * flag((batch.type == _PERSON) & (batch.context_agreement["role_of_others"] == 0))


def titled_thing(batch: Comparisons) -> Floats:
    """A rank or honorific before the name of something that is not a person."""
    if not batch.any_titled:
        return batch.nothing
    other = batch.titled & (batch.type != _PERSON)
    return flag(other) if other.any() else batch.nothing


def directly_within(batch: Comparisons) -> Floats:
    """The context names the unit directly above, and all of it fits: ``Dĩ An, Bình Dương`` is the town."""
    around = batch.context_agreement
    if around["within"] is batch.nothing:
        return batch.nothing
    values = flag((around["within"] > 0) & (around["apart"] == 0) & (around["unknown"] == 0))
    for pair in np.flatnonzero(values).tolist():
        values[pair] = batch.is_directly_within(pair)
    return values


def not_understood(batch: Comparisons) -> Floats:
    """One or more parts of the mention match no name: a strong doubt for places, a weak one for people.

    It is weaker with a rare family name than with a common one: namesakes may hold offices too. It is weaker still if
    another part is an office that the person held: members of committees have several.
    """
    unknown = batch.context_agreement["unknown"]
    if unknown is batch.nothing:
        return unknown
    unknown = np.minimum(unknown, 1)
    weight = np.where(batch.type >= _ORGANISATION, 0.6, 1.0)
    for pair in np.flatnonzero((unknown > 0) & (batch.type == _PERSON)).tolist():
        common = rarity(batch.name(pair).split()[0], family=True) < _COMMON_FAMILY
        weight[pair] = _OF_NAMESAKES if common else _OF_RARE
    held = batch.context_agreement["role"] + batch.context_agreement["role_word"] > 0
    return unknown * np.where(held, weight * _BESIDE_HELD, weight)


def apart(batch: Comparisons) -> Floats:
    """Context that names a place or organisation unrelated to the candidate.

    It counts less for people with an office or body of theirs beside the name, since they move, and else once.
    """
    around = batch.context_agreement
    other = around["apart"]
    if other is batch.nothing:
        return other
    of_people = np.where(around["elsewhere"] > 0, _ELSEWHERE, other * _MOVED)
    return np.where(batch.type == _PERSON, of_people, other)


FEATURES: tuple[Feature, ...] = (
    Feature("name", 6.0, lambda batch: np.ones(len(batch)), "“{name}” is a name of it ({kind}, {language})"),
    Feature("accents_missing", -0.3, _accent("bare"), "written without diacritics"),
    Feature("accents_partial", -1.5, _accent("partial"), "written with only some of its diacritics"),
    Feature("accents_added", -5.0, _accent("extra"), "written with diacritics that the name does not have"),
    Feature("accents_lost", -5.0, _accent("lost"), "some of its diacritics are missing although others are written"),
    Feature("accents_contrast", -7.0, accents_contrast, "its diacritics differ: “{core}” is not “{name}”"),
    Feature("edit_cost", -1.0, misspelling.edit_cost, "{edits} off “{name}”"),
    Feature("sounds_alike", 0.7, misspelling.sounds_alike, "the misspelling sounds like the name"),
    Feature("khmer_sounds_alike", 1.0, misspelling.khmer_sounds_alike, "another romanisation of the name"),
    Feature("stray_marks", -1.5, misspelling.stray_marks, "diacritics differ beyond the misspelt letters"),
    Feature("other_words", -1.5, misspelling.other_words, "“{core}” is correct Vietnamese as written"),
    Feature("other_count", -2.0, misspelling.other_count, "a word of one letter more or less"),
    Feature("foreign_name", -5.0, abroad.foreign_name, "a place in another country has this name"),
    Feature("other_initial", -2.5, misspelling.other_initial, "it begins with another consonant"),
    Feature("other_place", -6.0, misspelling.other_place, "it names another place or rank"),
    Feature(
        "other_person",
        -2.0,
        misspelling.other_person,
        "a name that differs by a letter is usually another person's",
    ),
    Feature("known_otherwise", -2.5, misspelling.known_otherwise, "“{core}” is also a known spelling of another place"),
    Feature("reordered", -3.0, reordered, "its words are in another order"),
    Feature("reworded", -0.5, reworded, "worded differently: “{name}”"),
    Feature("dropped_words", -0.5, dropped_words, "read without the articles and prepositions before it"),
    Feature("whole_name", 5.0, whole_name, "the whole mention is its name"),
    Feature("joined", -0.6, joined, "words joined or split differently"),
    Feature("cut_elsewhere", -7.0, cut_elsewhere, "the same letters divided into other words"),
    Feature("respelt", -0.3, respelt, "read as “{core}”, the official romanisation"),
    Feature("alias", -0.3, _kind("alias", "historic", "abbreviation", "misspelling"), "not its official name"),
    Feature("demonym", -0.5, _kind("demonym"), "the word for its people, or its adjective"),
    Feature("weak_name", -5.5, weak_name, "the name could mean many things"),
    Feature("common_name", -2.0, common_name, "many people have this name, and no title, office or place says who"),
    Feature("name_out_of_use", -1.5, timing.name_out_of_use, "the name was not in use then"),
    Feature("type_fits", 2.5, type_fits, "the type word “{type_words}” fits"),
    Feature("type_fitted", 1.8, _agreement("fitted"), "the type word “{type_words}” fitted until recently"),
    Feature("type_level", -2.0, type_level, "the type word “{type_words}” fits the level, not the legal type"),
    Feature("type_outdated", -10.0, _agreement("outdated"), "“{type_words}” had been abolished when it was formed"),
    Feature("type_contradicts", -12.0, _agreement("contradicts"), "the type word “{type_words}” means something else"),
    Feature("type_misspelt", -2.0, type_misspelt, "its type word is misspelt"),
    Feature("type_word_kept", -1.5, type_word_kept, "what looks like a type word was read as part of the name"),
    Feature("titled", 1.0, titled, "the title “{titles}” fits a person"),
    Feature("titled_thing", -14.0, titled_thing, "the title “{titles}” fits a person only"),
    Feature("prominence", 1.0, prominence, "a bare name usually means the {type}"),
    Feature("overshadowed", -1.0, overshadowed, "a more prominent place has the name too"),
    Feature("ended_then", -2.5, timing.ended_then, "it had ended by {date}"),
    Feature("ended_long_before", -2.0, timing.ended_long_before, "and that more than a year before"),
    Feature("before_lists", -5.0, timing.before_lists, "its start is not recorded, and others had the name by {date}"),
    Feature("not_yet", -3.5, timing.not_yet, "it did not exist yet on {date}"),
    Feature("long_before", -3.0, timing.long_before, "it began more than a year later"),
    Feature(
        "not_in_office_yet", -2.5, timing.not_in_office_yet, "a namesake was in office then, and this person not yet"
    ),
    Feature("ended_since", -1.0, timing.ended_since, "it has ended, and the mention has no date"),
    Feature("superseded", -3.0, timing.superseded, "another of the same name took its place"),
    Feature("within", 4.0, _surrounding("within"), "it lies in what the context names"),
    Feature("directly_within", 1.0, directly_within, "the context names what it directly belongs to"),
    Feature("nearly", 2.0, _surrounding("nearly"), "it lies in what the misspelt context seems to name"),
    Feature(
        "lineage", -3.0, _surrounding("lineage"), "only its predecessor or successor lies in what the context names"
    ),
    Feature("kin", 1.0, _surrounding("kin"), "the context names its predecessor or successor"),
    Feature("former", 3.0, timing.former, "the mention says “former”, and it has ended"),
    Feature("not_former", -3.0, timing.not_former, "the mention says “former”, but it has not ended"),
    Feature("role", 3.0, _surrounding("role"), "the person held the office named"),
    Feature("role_word", 1.5, _surrounding("role_word"), "the person held an office of that title"),
    Feature("role_past", 1.0, _surrounding("role_past"), "the person held the office named at another time"),
    Feature("role_ahead", -5.0, _surrounding("role_ahead"), "the person held the office named only later"),
    Feature("role_of_others", -5.0, _surrounding("role_of_others"), "the person did not hold the office named"),
    Feature("other_sex", -14.0, somebody_else.other_sex, "“{titles}”: the person is not known to be called so"),
    Feature("lowly_title", -14.0, somebody_else.lowly_title, "“{titles}” is not the person's rank or work"),
    Feature("private_person", -14.0, somebody_else.private_person, "birth, home or work are told as of somebody else"),
    Feature("called_as_province", -10.0, somebody_else.called_as_province, "without a title the name is a province's"),
    Feature("another", -14.0, somebody_else.another, "the words before the office say that another person is meant"),
    Feature("apart", -14.0, apart, "the context names something else: {context}"),
    Feature("not_understood", -14.0, not_understood, "part of the mention was not understood: {context}"),
)
