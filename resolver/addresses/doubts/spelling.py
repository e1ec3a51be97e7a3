"""Doubts about names: a misspelt one may be another place's, a known one may contradict its parents."""

from __future__ import annotations

import math
from collections.abc import Sequence

from resolver.addresses.address_words import is_as_written
from resolver.addresses.doubts.doubt import ELSEWHERE, Address, in_order, shifted
from resolver.addresses.matched_parts import MISFITS
from resolver.addresses.place_tree import PlaceTree
from resolver.addresses.readings import Reading
from resolver.addresses.remainder import OPEN
from resolver.matching import spelling
from resolver.text import keys, khmer

__all__ = ["of_contradiction", "of_spelling"]

_UNKNOWN = 4.0
"""Greatest log-odds of a place with unknown words before it: they may name a place in it."""
_MISSPELT = 5.0
"""Greatest log-odds of a misspelt name."""
_MISSPELT_OPEN = 0.5
"""The same for a name that may as well be that of a larger place, or of another one there."""
_FEW_LETTERS = 2
"""Most letters of a word of which one wrong letter leaves only the other."""
_CONTRADICTED = 0.3
"""Greatest log-odds of a misspelt name if a place elsewhere has exactly the name as written."""

_CONTRADICTING = ("province", "place")


def of_spelling(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first; if the name of the best one is misspelt, with the doubts about it."""
    if not readings:
        return readings
    best = readings[0]
    so_called = _so_called(best, readings, places) if _is_unlike(best) else []
    if not so_called and not best.hit.is_misspelt:
        unknown = any(rest.kind in ("words", "estate") and rest.weight <= OPEN for rest in best.remainders)
        return shifted(readings, "unknown", min(_UNKNOWN - best.score, 0.0) if unknown else 0.0)
    if so_called:
        like = [one for one in readings if _is_unlike(one) and one.span.mask & best.span.mask]
        rest = [one for one in readings if one not in like and one not in so_called]
        lowered = shifted(like, ELSEWHERE, min(_CONTRADICTED - best.score, 0.0))
        together = math.log(sum(math.exp(one.score - so_called[0].score) for one in so_called)) + so_called[0].score
        raised = shifted(so_called, ELSEWHERE, -together)
        ordered = in_order([*lowered, *raised, *rest])
        return ordered if ordered[0] not in rest else _misspelt(ordered, places)
    return _misspelt(readings, places)


def _misspelt(readings: Sequence[Reading], places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with the doubt about a misspelt name of the best one."""
    best = readings[0]
    if not best.hit.is_misspelt:
        return readings
    is_open = _may_be_larger(best, readings, places) or _is_short_of_letters(best, places)
    most = _MISSPELT_OPEN if is_open else _MISSPELT
    return shifted(readings, "misspelt", min(most - best.score, 0.0))


def _may_be_larger(best: Reading, readings: Sequence[Reading], places: PlaceTree) -> bool:
    """Whether a misspelt bare name is as well that of a larger place, and what stands before it may be a place there.

    ``Ban An, Chi Lag, Lang Son`` need not lie in the ward of that name.
    """
    level, span = places.level, best.span
    if span.word or not any(rest.kind in ("place", "words") and rest.number < span.number for rest in best.remainders):
        return False
    larger = {upper for upper in span.larger if level[upper] < level[best.entity]}
    larger = {upper for upper in larger if span.hits[upper].quality >= best.hit.quality}
    return any(parent.entity in larger for one in readings for parent in one.parents)


def _is_unlike(one: Reading) -> bool:
    """Whether a name is misspelt, or is written with only some of its diacritics: another name may be meant."""
    return one.hit.is_misspelt or one.hit.accents == "lost"


def _so_called(best: Reading, readings: Sequence[Reading], places: PlaceTree) -> list[Reading]:
    """Return the readings with places elsewhere that have exactly the name as written, unlike the best one.

    A name of Cambodia that is the same in Khmer is only romanised in another way: Russey Keo is Ruessei Kaev.
    """
    native = _in_khmer(best, places)
    return [
        one
        for one in readings
        if one.span.mask == best.span.mask
        and native.isdisjoint(_in_khmer(one, places))
        and is_as_written(one.hit)
        and _has_its_words(one)
        and not one.hit.named.lesser
        and (one.hit.agreement == best.hit.agreement or one.hit.agreement not in MISFITS or best.hit.edits)
    ]


def _in_khmer(one: Reading, places: PlaceTree) -> set[str]:
    """Return the names of a place in Khmer script."""
    return {name.key for name in places.names.of(one.entity) if khmer.is_khmer(name.text)}


def _is_short_of_letters(best: Reading, places: PlaceTree) -> bool:
    """Whether only a letter is left of a name's last word, and other names there go on with this letter.

    ``Sơn Hv`` may be Sơn Hà or Sơn Hội, if the place is in a district that has both.
    """
    ours, theirs = keys.fold(best.span.core).split(), best.hit.named.fold.split()
    if len(theirs) < _FEW_LETTERS or ours[:-1] != theirs[:-1] or max(len(ours[-1]), len(theirs[-1])) > _FEW_LETTERS:
        return False
    begun = " ".join((*ours[:-1], ours[-1][0]))
    direct = [parent.entity for parent in best.parents if parent.direct and parent.weight > 0]
    return any(len(places.beginning(begun, upper)) > 1 for upper in direct)


def _has_its_words(one: Reading) -> bool:
    """Whether a name is not only written with the same letters, but cut into the same words: not Phu Cung, Phúc Ưng."""
    return spelling.spacing(one.span.core, one.hit.named.text) != "cut"


def of_contradiction(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings; if none is likely, known names that contradict their parents become candidates.

    ``Xã Dương Tơ`` in Gia Lai is either the only known commune of that name, or a commune that no list has.
    """
    if not readings or readings[0].score > 0:
        return readings
    known = [one for one in readings if _is_contradicted(one)]
    if not known:
        return readings
    together = math.log(sum(math.exp(one.score - known[0].score) for one in known)) + known[0].score
    raised = shifted(known, ELSEWHERE, max(-together, 0.0))
    return [*raised, *(one for one in readings if one not in known)]


def _is_contradicted(one: Reading) -> bool:
    """Whether a name and its type word are spelt correctly, and only the name of another place is against it."""
    against = [rest for rest in one.remainders if rest.weight <= OPEN]
    return (
        is_as_written(one.hit)
        and not one.hit.named.lesser
        and not one.span.core.isdecimal()
        and (one.hit.agreement in ("fits", "fitted") or all(rest.around for rest in against))
        and bool(against)
        and all(rest.kind in _CONTRADICTING for rest in against)
    )
