"""The evidence of addresses in words: what speaks for and against a reading, and what of an address was not used."""

from __future__ import annotations

from collections.abc import Sequence

from resolver.addresses.components import SHORTENED
from resolver.addresses.doubts.doubt import ELSEWHERE
from resolver.addresses.parents import Parent
from resolver.addresses.reading_evidence import NAME
from resolver.addresses.readings import Reading
from resolver.addresses.remainder import Remainder
from resolver.addresses.solution import Solution
from resolver.model import Evidence

__all__ = ["REMAINDERS", "evidence", "is_contradicted", "remarks"]

_SAYS = {
    "spelling": "how it is written, and its type word",
    "prominence": "a bare name usually means the {type}",
    "time": "its time compared with the mention's",
    "type_then": "its type word at that time",
    "accents": "other parts are written with diacritics",
    "directly": "the address names what it directly belongs to",
    "skipped": "its district is not named",
    "number": "many places have this number",
    "province": "a bare name usually means the province of that name",
    "another": "another place there has exactly this name",
    "unknown": "words before it may name a place in it",
    "letters": "only first letters name what contains it",
    "misspelt": "a misspelt name may be that of another place",
    "institution_name": "it is the name of an institution elsewhere in what is named",
    "other_type": "another place of that name has the type written",
    "longer_name": "all of these words are the name of another place, which was there then",
    "parents_name": "with the words beside it, its name is that of what contains it",
    "parents_type": "the type word of what contains it is that of another place, in which it does not lie",
    "renamed": "it had this name at another time, what it lies in has it then",
    "sibling": "another commune of the same parent is named, too",
    "heir": "a commune of today has the same name",
    "neighbour": "the name of a commune that lies elsewhere stands before it: either may be meant",
    "house_number": "a number stands beside the name: of a house in a street, or a part of the name",
    "elsewhere": "the place with this name lies elsewhere: the name and its parents contradict each other",
    "numbers": "nothing but numbers",
    "order": "its parts are not in order of size",
    "former": "the mention says “former”",
    "in_former": "the mention says “former” of what contains it",
}
REMAINDERS = {
    "house": "“{text}” is a house or street",
    "street": "“{text}” is a street",
    "hamlet": "“{text}” is a hamlet or quarter",
    "institution": "“{text}” is an institution",
    "estate": "“{text}” is an estate or a building",
    "number": "“{text}” is a number",
    "type": "“{text}” is the type word of another type",
    "former": "“{text}”",
    "words": "“{text}” was not understood",
    "near": "“{text}” was not understood and may be a misspelt part of it",
    "unit": "“{text}” is not found there",
    "sibling": "“{text}” is another commune there",
    "province": "“{text}” contradicts: it does not lie there",
    "place": "“{text}” contradicts: it does not lie there",
    "abroad": "“{text}” is another country",
    "region": "“{text}” is a part of the country",
}
"""The evidence in words for each kind of remainder."""
_CONTRADICTING = ("unit", "sibling", "province", "place", "abroad")


def is_contradicted(reading: Reading) -> bool:
    """Whether something that is named beside a place contradicts it."""
    return any(rest.kind in _CONTRADICTING for rest in reading.remainders)


def _is_again(parent: Parent, reading: Reading) -> bool:
    """Whether a parent's words repeat what other words of the reading name already."""
    return parent.entity == reading.entity or sum(one.entity == parent.entity for one in reading.parents) > 1


def remarks(solution: Solution) -> list[str]:
    """Return sentences on the remainder of the best reading, and on the evidence against it."""
    if not solution.readings:
        return []
    reading = solution.readings[0]
    told = [f"“{reading.span.core}” is a name, but not there." for of, _ in reading.weights if of == ELSEWHERE]
    told += [
        f"{REMAINDERS[rest.kind].format(text=rest.text)}."
        for rest in solution.remainders
        if rest.kind in _CONTRADICTING
    ]
    told += [
        f"“{parent.span.core}” contains only its predecessor or successor."
        for parent in reading.parents
        if parent.weight < 0 and not _is_again(parent, reading) and parent.span.core != reading.span.core
    ]
    kept = [rest.text for rest in solution.remainders if rest.kind not in (*_CONTRADICTING, "former", "type")]
    return [*told, f"Other text: {', '.join(kept)}."] if kept else told


def evidence(reading: Reading, remainders: Sequence[Remainder], type_: str) -> tuple[Evidence, ...]:
    """Return the evidence for and against a reading, in words."""
    hit, named = reading.hit, reading.hit.named
    edits = f"{'one edit' if hit.edits == 1 else f'{hit.edits} edits'} off " if hit.edits else ""
    edits = "short for " if hit.accents == SHORTENED else edits
    told = [Evidence("name", NAME, f"“{reading.span.core}”: {edits}“{named.text}” is a name of it")]
    told += [
        Evidence(feature, round(weight, 3), _SAYS[feature].format(type=type_))
        for feature, weight in reading.weights
        if weight
    ]
    told += [_parent_evidence(parent, reading.entity) for parent in reading.parents]
    told += [
        Evidence(rest.kind, round(rest.weight, 3), REMAINDERS[rest.kind].format(text=rest.text))
        for rest in remainders
        if rest.weight
    ]
    return tuple(told)


def _parent_evidence(parent: Parent, entity: int) -> Evidence:
    edits, core = parent.hit.edits, parent.span.core
    off = f", {edits} off “{parent.hit.named.text}”" if edits else ""
    off = f", short for “{parent.hit.named.text}”" if parent.hit.accents == SHORTENED else off
    says = (
        f"“{core}” contains it{off}"
        if parent.weight > 0
        else f"“{core}” contains only its predecessor or successor{off}"
    )
    if parent.weight > 0 and parent.entity == entity:
        says = f"“{core}” is another name of it"
    return Evidence("parent", round(parent.weight, 3), says)
