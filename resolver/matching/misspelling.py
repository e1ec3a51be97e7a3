"""Features of typing errors: misspelt mentions compared with the names that they may mean."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from resolver.index.index import Index, Record
from resolver.matching import spelling
from resolver.matching.candidates import is_near_name
from resolver.matching.comparison import Comparisons, Floats
from resolver.model import PLACE_TYPES, TYPES, Mention
from resolver.text import keys, khmer, khmer_sounds, role_words

__all__ = [
    "edit_cost",
    "flag",
    "khmer_sounds_alike",
    "known_otherwise",
    "may_be_of_the_name",
    "other_count",
    "other_initial",
    "other_person",
    "other_place",
    "other_words",
    "sounds_alike",
    "stray_marks",
]

_PROVINCE, _DISTRICT, _COMMUNE, _PERSON, _ORGANISATION = map(
    TYPES.index, ("province", "district", "commune", "person", "organisation")
)

_CONSONANTS = "bcdfghjklmnpqrstvwxz"

_ALIKE_IN_KHMER = 0.3
"""Greatest difference of the sounds of two romanisations of one name."""

_OF_ROMANISATION = 0.5
"""Share of the cost of edits that another romanisation does not cost."""

_VIETNAM = "VN"
_OF_FINAL_VOWEL, _OF_NO_WORD = 2.0, 0.25
"""How much ``other_person`` counts if names differ in a vowel at the end of a word, and if a word can be no word."""


_OF_RESPELT = 1.5
"""How much more ``known_otherwise`` counts if a word is only respelt: nothing else tells against such a name."""


_OF_LARGER = 2.0
"""How much more it counts if the name is that of a larger place in Khmer script, where few names differ by a letter."""


def flag(values: NDArray[np.bool_]) -> Floats:
    """Return 1 where true, else 0."""
    return np.asarray(values, np.float64)


def edit_cost(batch: Comparisons) -> Floats:
    """Typing errors: two units for each edit, and more for a short name: short names are similar to each other."""
    if not batch.any_misspelt:
        return batch.nothing
    length = np.maximum(batch.of_readings(lambda reading: len(reading.key)), 1)
    return batch.edits * (2.0 + 20.0 / length)


def sounds_alike(batch: Comparisons) -> Floats:
    """A misspelling that sounds like the name (Metaphone of the folded words, Philips 1990)."""
    return batch.of_spellings(
        lambda spelt: spelling.metaphone(spelt.core) == spelling.metaphone(spelt.name), misspelt=True
    )


def khmer_sounds_alike(batch: Comparisons) -> Floats:
    """A misspelt name of a place of Cambodia that sounds like the name: half of what its edits cost.

    Such names are romanised in many ways: the letters show less which of two that sound alike is meant. Not if the text
    is Vietnamese with its diacritics: ``Tha Lâm`` is no romanisation.
    """
    if not batch.any_misspelt:
        return batch.nothing
    places = flag(batch.type < len(PLACE_TYPES))
    alike = batch.of_spellings(
        lambda spelt: not spelt.vietnamese and _is_romanised_otherwise(spelt.core, spelt.name), misspelt=True
    )
    return places * alike * edit_cost(batch) * _OF_ROMANISATION


@lru_cache(maxsize=65_536)
def _is_romanised_otherwise(core: str, name: str) -> bool:
    if khmer.is_khmer(core[:1]) or khmer.is_khmer(name[:1]) or (not core.isascii() and spelling.good(core)):
        return False
    ours, theirs = (khmer_sounds.sounds(str(keys.key(text))) for text in (core, name))
    return any(khmer_sounds.difference(one, other) <= _ALIKE_IN_KHMER for one in ours for other in theirs)


def stray_marks(batch: Comparisons) -> Floats:
    """Diacritics typed in a misspelt mention that differ from the name's, not counting the misspelt letters."""
    if not batch.any_misspelt:
        return batch.nothing
    spellings, of_pair = batch.spellings
    differing = spelling.marked_apart([one.core for one in spellings], [one.name for one in spellings])
    beyond = np.maximum(differing[of_pair] - batch.edits, 0)
    return np.asarray(beyond * (batch.edits > 0), np.float64)


def other_words(batch: Comparisons) -> Floats:
    """A name, not that of a province, one letter off, that is correct Vietnamese as typed: usually another name."""
    if not batch.any_misspelt:
        return batch.nothing
    lesser = batch.type != _PROVINCE
    return flag(lesser) * batch.of_spellings(
        lambda spelt: spelt.vietnamese and spelling.good(spelt.core), misspelt=True
    )


def other_count(batch: Comparisons) -> Floats:
    """A word of one letter more or less than the name: usually what is left of another word (``Tỉnh y Khánh Hòa``)."""
    return batch.of_spellings(lambda spelt: _a_letter_more(spelt.core, spelt.name), misspelt=True)


@lru_cache(maxsize=65_536)
def _a_letter_more(core: str, name: str) -> bool:
    short, long = sorted((keys.fold(core).split(), keys.fold(name).split()), key=len)
    if len(long) != len(short) + 1:
        return False
    return any(len(word) == 1 and long[:at] + long[at + 1 :] == short for at, word in enumerate(long))


def other_initial(batch: Comparisons) -> Floats:
    """A name in Khmer script that begins with another consonant, or a province's with one in a word: another name.

    A province's only where both are correct Vietnamese: ``Hải Vương`` is no typing error for Hải Dương.
    """
    if not batch.any_misspelt:
        return batch.nothing
    in_khmer = batch.of_spellings(
        lambda spelt: khmer.is_khmer(spelt.core[:1]) and spelt.core[:1] != spelt.name[:1], misspelt=True
    )
    if not (batch.type == _PROVINCE).any():
        return in_khmer
    in_words = batch.of_spellings(
        lambda spelt: spelt.vietnamese and _begins_otherwise(spelt.core, spelt.name), misspelt=True
    )
    return np.asarray(np.maximum(in_khmer, in_words * (batch.type == _PROVINCE)), np.float64)


@lru_cache(maxsize=65_536)
def _begins_otherwise(core: str, name: str) -> bool:
    """Whether a text that is correct Vietnamese differs from a name only in the consonants before one rhyme."""
    ours, theirs = keys.fold(core).split(), keys.fold(name).split()
    if len(ours) != len(theirs) or not spelling.good(core):
        return False
    differing = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and len({word.lstrip(_CONSONANTS) for word in differing[0]}) == 1


def other_place(batch: Comparisons) -> Floats:
    """A misspelt office or organisation with another province, a district or another rank in it: no typing error."""
    if not batch.any_misspelt:
        return batch.nothing
    doubtful = np.flatnonzero((batch.edits > 0) & (batch.type >= _ORGANISATION))
    values = np.zeros(len(batch))
    for pair in doubtful.tolist():
        core, name = batch.reading(pair).core, batch.name(pair)
        values[pair] = _headed_otherwise(core, name) or _names_another_place(batch, core, name)
    return values


def _headed_otherwise(core: str, name: str) -> bool:
    """Whether an office begins with other words than the name, none of them the misspelt one."""
    heads = role_words.heads(core)
    if not heads or heads == role_words.heads(name) or _begins_with_slip(core, name):
        return False
    ours, theirs = (keys.fold(text).split() for text in (core, name))
    of_heads = {word for start, end in role_words.role_spans(name) for word in keys.fold(name[start:end]).split()}
    lacking, odd = of_heads - set(ours), set(ours) - set(theirs)
    return not lacking or not all(any(spelling.near(word, other) for other in odd) for word in lacking)


def _begins_with_slip(core: str, name: str) -> bool:
    """Whether an office in Khmer script begins with the words of another, one of their letters wrong.

    The words of Khmer are not parted: what is left of deputy governor may begin like governor.
    """
    spans = role_words.role_spans(name) if khmer.is_khmer(name[:1]) else ()
    ends = [end for start, end in spans if start == 0]
    return any(spelling.one_edit(core[:upto], name[:end]) for end in ends for upto in range(end - 1, end + 2))


def _names_another_place(batch: Comparisons, core: str, name: str) -> bool:
    index = batch.index
    for phrase in _phrases(core) - _phrases(name):
        number = index.key_numbers.get(keys.key(phrase))
        if number is not None:
            rows = index.key_rows[index.key_start[number] : index.key_start[number + 1]]
            if np.isin(index.entity_type[index.row_entity[rows]], (_PROVINCE, _DISTRICT)).any():
                return True
    return False


def _phrases(text: str) -> set[str]:
    """Return all runs of one to four neighbouring words of a text."""
    words = keys.fold(text).split()
    return {" ".join(words[at : at + count]) for count in range(1, 5) for at in range(len(words) - count + 1)}


def may_be_of_the_name(batch: Comparisons, pairs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of some pairs, read without a first word, are of a mention that is a letter off a longer name."""
    found = np.zeros(len(batch), np.bool_)
    for pair in np.flatnonzero(pairs).tolist():
        text = batch.queries[batch.pairs.mention[pair]].parsed.text
        found[pair] = is_near_name(batch.index, keys.key(text), batch.reading(pair).key)
    return found


def known_otherwise(batch: Comparisons) -> Floats:
    """A misspelt or respelt name of a place, and exactly a name of another one that could mean many things.

    Neither is sure: Bovel is a spelling of the district of Bavel, and looks like the commune of Bouvel. Nor is a name
    in Khmer script with the type word of communes, if it is exactly that of a province or district.
    """
    respelt = batch.of_readings(lambda reading: reading.respelt and not reading.type_words)
    if not batch.any_misspelt and respelt is batch.nothing:
        return batch.nothing
    unsure = (batch.type < len(PLACE_TYPES)) & (((batch.edits > 0) & ~batch.typed) | (respelt > 0))
    values = np.zeros(len(batch))
    known = {place: _weakly_named(batch, place) for place in set(batch.pairs.mention[unsure].tolist())}
    for pair in np.flatnonzero(unsure).tolist() if any(known.values()) else ():
        others = known[int(batch.pairs.mention[pair])]
        if others and int(batch.entity[pair]) not in others:
            values[pair] = _OF_RESPELT if respelt[pair] else 1.0
    for pair in np.flatnonzero((batch.edits > 0) & batch.typed & (batch.type == _COMMUNE)).tolist():
        values[pair] = _OF_LARGER * _is_larger_name(batch.index, batch.reading(pair).core)
    return values


def _is_larger_name(index: Index, core: str) -> bool:
    """Whether a text in Khmer script is exactly the name of a province or district."""
    number = index.key_numbers.get(keys.key(core)) if khmer.is_khmer(core[:1]) else None
    if number is None:
        return False
    rows = index.key_rows[index.key_start[number] : index.key_start[number + 1]]
    return bool(np.isin(index.entity_type[index.row_entity[rows]], (_PROVINCE, _DISTRICT)).any())


def _weakly_named(batch: Comparisons, place: int) -> frozenset[int]:
    """Return the places of which a mention as a whole is exactly a weak name."""
    index, (mention, parsed, _) = batch.index, batch.queries[place]
    number = index.key_numbers.get(keys.key(parsed.text))
    if number is None:
        return frozenset()
    rows = index.key_rows[index.key_start[number] : index.key_start[number + 1]]
    weak = rows[index.row_weak[rows] & (index.entity_type[index.row_entity[rows]] < len(PLACE_TYPES))].tolist()
    return frozenset(
        entity
        for row in weak
        if index.texts[index.row_text[row]].lower() == parsed.text.lower()
        and _is_asked_for(mention, index.record(entity := int(index.row_entity[row])))
    )


def _is_asked_for(mention: Mention, record: Record) -> bool:
    return (not mention.types or record.type in mention.types) and (
        not mention.countries or record.country in mention.countries
    )


def other_person(batch: Comparisons) -> Floats:
    """A person's name that differs by a letter or a tone is usually another person's.

    It counts more if a vowel at the end of a word is all that differs: Meas Sovann is not Meas Sovanna. It counts less
    if no Vietnamese word is spelt as one of the words is: nobody is called Nguyễn Minh Dũeg.
    """
    if _PERSON not in batch.types:
        return batch.nothing
    other = (batch.edits > 0) | (batch.with_accents("contrast") + batch.with_accents("lost") > 0)
    other &= batch.type == _PERSON
    if not other.any():
        return batch.nothing
    vowel = batch.of_spellings(lambda spelt: spelt.edits == 1 and _vowel_at_end(spelt.core, spelt.name), misspelt=True)
    slip = batch.of_spellings(lambda spelt: spelt.edits == 1 and _is_no_word(spelt.core, spelt.name), misspelt=True)
    for pair in np.flatnonzero(other & (slip > 0)).tolist():
        slip[pair] = batch.index.record(int(batch.entity[pair])).country == _VIETNAM
    return flag(other) * np.where(vowel > 0, _OF_FINAL_VOWEL, np.where(slip > 0, _OF_NO_WORD, 1.0))


def _is_no_word(core: str, name: str) -> bool:
    """Whether a word of a text can be no Vietnamese word, while all of the name are: Dũeg, Dũng."""
    return len(core.split()) == len(name.split()) and spelling.good(name) and not spelling.good(core)


@lru_cache(maxsize=65_536)
def _vowel_at_end(core: str, name: str) -> bool:
    ours, theirs = (keys.fold(text).split() for text in (core, name))
    if len(ours) != len(theirs):
        return spelling.final_vowel_apart("".join(ours), "".join(theirs))
    return any(spelling.final_vowel_apart(one, other) for one, other in zip(ours, theirs, strict=True))
