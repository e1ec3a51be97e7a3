"""How well names fit words that are misspelt: by the letters and diacritics that differ."""

from __future__ import annotations

from collections.abc import Iterable

from resolver.addresses.components import ACCENTS, LESSER_NAME, MISSPELT_TYPE, SHORTENED, accents_of, type_weight
from resolver.addresses.matched_parts import MISFITS, Hit
from resolver.addresses.place_names import Near, plain
from resolver.addresses.place_tree import PlaceTree
from resolver.matching import spelling
from resolver.text import keys
from resolver.text.terms import TypeWord

__all__ = ["misspelt_hits"]

# Log-odds.
_EDIT, _EDIT_OF_LENGTH = 2.0, 20.0
_STRAY_MARK, _STRAY_MARK_IN_GOOD, _OTHER_WORDS = -1.5, -5.0, (-1.0, -8.0)
"""For each diacritic that differs; and for correct Vietnamese that is one letter off, or more."""

_SHORTENED = -2.5

_PARTING = frozenset("abcde")
"""Letters that distinguish namesakes: ``Vĩnh Lộc A``."""


def misspelt_hits(
    places: PlaceTree,
    core: str,
    word: TypeWord | None,
    near: Iterable[Near],
    countries: frozenset[str],
    *,
    accented: bool,
    slip: bool = False,
) -> dict[int, Hit]:
    """Return how well similar names fit some words.

    ``accented`` says that the address has diacritics, ``slip`` that the type word is misspelt as well.
    """
    hits: dict[int, Hit] = {}
    for one in near:
        entity = one.named.entity
        if countries and places.country[entity] not in countries:
            continue
        if not spelling.same_number(core, one.named.text):
            continue
        agreement = places.agrees(entity, word) if word else "fits" if one.typed else ""
        if agreement == "contradicts" or (slip and agreement in MISFITS) or _ends_otherwise(core, one.named.text):
            continue
        quality = _misspelt_weight(core, one, accented=accented) + type_weight(agreement, word, misspelt=True)
        quality += MISSPELT_TYPE * slip
        known = hits.get(entity)
        if known is None or known.quality < quality:
            hits[entity] = Hit(quality, one.named, one.edits, SHORTENED if one.shortened else "", agreement)
    return hits


def _ends_otherwise(core: str, name: str) -> bool:
    """Whether the text ends in a letter that distinguishes namesakes, and the name in another letter or in none."""
    letter, other = core.rsplit(maxsplit=1)[-1].lower(), name.rsplit(maxsplit=1)[-1].lower()
    if letter not in _PARTING or letter == other:
        return False
    ours, theirs = keys.fold(core).split(), keys.fold(name).split()
    return ours[:-1] == (theirs[:-1] if other in _PARTING else theirs)


def _misspelt_weight(core: str, near: Near, *, accented: bool) -> float:
    """Return the weight of a misspelling: more for a short name, and more if diacritics differ as well.

    Correct Vietnamese with other diacritics is usually another name.
    """
    if near.shortened:
        return _SHORTENED
    named = near.named
    length = max(len(named.key), 1)
    weight = -near.edits * (_EDIT + _EDIT_OF_LENGTH / length) + LESSER_NAME * named.lesser
    good = named.vietnamese and spelling.good(core)
    if not near.edits and not near.typed:
        return weight + ACCENTS.get(accents_of(core, plain(core), named), 0.0)
    if accented and not near.typed:
        stray = spelling.stray_marks(core, named.text, near.edits)
        weight += (_STRAY_MARK_IN_GOOD if good else _STRAY_MARK) * stray
    return weight + _OTHER_WORDS[near.edits > 1] if good and near.edits else weight
