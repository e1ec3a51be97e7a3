"""What a slip of the pen costs: misspelt names beside what they may stand for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from resolver.matching import spelling
from resolver.matching.comparison import ACCENTS, Comparisons, Floats
from resolver.model import TYPES
from resolver.text import keys, khmer, role_words

__all__ = [
    "edit_cost",
    "flag",
    "other_initial",
    "other_person",
    "other_place",
    "other_words",
    "sounds_alike",
    "stray_marks",
]

_PROVINCE, _PERSON, _ORGANISATION = map(TYPES.index, ("province", "person", "organisation"))


def flag(values: NDArray[np.bool_]) -> Floats:
    """Return 1 for what holds, else 0."""
    return np.asarray(values, np.float64)


def edit_cost(batch: Comparisons) -> Floats:
    """Typing errors: two units an edit, and more the shorter the name, since short names lie close together."""
    length = np.maximum(batch.of_readings(lambda reading: len(reading.key)), 1)
    return batch.edits * (2.0 + 20.0 / length)


def sounds_alike(batch: Comparisons) -> Floats:
    """A misspelling that sounds like the name (Metaphone of the folded words, Philips 1990)."""
    return batch.of_spellings(
        lambda spelt: spelling.metaphone(spelt.core) == spelling.metaphone(spelt.name), misspelt=True
    )


def stray_marks(batch: Comparisons) -> Floats:
    """Diacritics typed in a misspelt mention that differ from the name's, beyond the misspelt letters."""
    if not (batch.edits > 0).any():
        return np.zeros(len(batch))
    spellings, of_pair = batch.spellings
    differing = spelling.marked_apart([one.core for one in spellings], [one.name for one in spellings])
    beyond = np.maximum(differing[of_pair] - batch.edits, 0)
    return np.asarray(beyond * (batch.edits > 0), np.float64)


def other_words(batch: Comparisons) -> Floats:
    """A lesser place's name one letter off, in good Vietnamese as it stands: as a rule another name."""
    lesser = batch.type > _PROVINCE
    return flag(lesser) * batch.of_spellings(
        lambda spelt: spelt.vietnamese and spelling.good(spelt.core), misspelt=True
    )


def other_initial(batch: Comparisons) -> Floats:
    """A name in Khmer script that begins with another consonant: as a rule another word."""
    return batch.of_spellings(
        lambda spelt: khmer.is_khmer(spelt.core[:1]) and spelt.core[:1] != spelt.name[:1], misspelt=True
    )


def other_place(batch: Comparisons) -> Floats:
    """An office or organisation letters off that names another province, or is headed by another: that is no slip."""
    doubtful = np.flatnonzero((batch.edits > 0) & (batch.type >= _ORGANISATION))
    values = np.zeros(len(batch))
    for pair in doubtful.tolist():
        core, name = batch.reading(pair).core, batch.name(pair)
        values[pair] = _headed_otherwise(core, name) or _names_another_province(batch, core, name)
    return values


def _headed_otherwise(core: str, name: str) -> bool:
    """Whether other words head an office than a name's, none of them the misspelt one."""
    heads = role_words.heads(core)
    if not heads or heads == role_words.heads(name):
        return False
    ours, theirs = (keys.fold(text).split() for text in (core, name))
    of_heads = {word for start, end in role_words.role_spans(name) for word in keys.fold(name[start:end]).split()}
    lacking, odd = of_heads - set(ours), set(ours) - set(theirs)
    return not lacking or not all(any(spelling.near(word, other) for other in odd) for word in lacking)


def _names_another_province(batch: Comparisons, core: str, name: str) -> bool:
    index = batch.index
    for phrase in _phrases(core) - _phrases(name):
        number = index.key_numbers.get(keys.key(phrase))
        if number is not None:
            rows = index.key_rows[index.key_start[number] : index.key_start[number + 1]]
            if (index.entity_type[index.row_entity[rows]] == _PROVINCE).any():
                return True
    return False


def _phrases(text: str) -> set[str]:
    """Return one to four words of a text that stand side by side."""
    words = keys.fold(text).split()
    return {" ".join(words[at : at + count]) for count in range(1, 5) for at in range(len(words) - count + 1)}


def other_person(batch: Comparisons) -> Floats:
    """A person's name off by a letter or a tone is as a rule another person's."""
    other = (batch.edits > 0) | np.isin(batch.accents, [ACCENTS.index(kind) for kind in ("contrast", "lost")])
    return flag(other & (batch.type == _PERSON))
