"""The other address of the same place, which a bracket tells: whether it can be the same place at all."""

from __future__ import annotations

from dataclasses import replace

from resolver.index.index import Index
from resolver.matching.notes import note_of_open
from resolver.model import PLACE_TYPES, TYPES, Evidence, Match, Mention
from resolver.text.labels import other_units

__all__ = ["OtherAddresses"]

_MANY = 20
"""Candidates from which on a name is too common to contradict anything: not all of them are listed."""

_LIKELY = 0.05
"""Least probability of what the units may mean."""

_CONTRADICTED = 0.5
"""Greatest probability of a place if another that it never was is told to be the same."""

_WEIGHT = -3.0
_SAYS = "“{units}” contradicts: it never was the same place"

_COUNTRY, _PROVINCE = map(TYPES.index, ("country", "province"))


class OtherAddresses:
    """Compares the place that a mention means with the one that it is told to have been, or to be now."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def asked(self, mention: Mention) -> Mention | None:
        """Return the mention of the units that are told to be the same place; None if there are none."""
        units = other_units(mention.text)
        return Mention(units, PLACE_TYPES, mention.countries) if units else None

    def told(self, match: Match, units: Match) -> Match | None:
        """Return the answer to a mention if the units told in a bracket contradict it; None if they do not.

        Whoever names a wrong province means another place or does not know. Which communes became one is told less
        exactly, so that only the note tells of it.
        """
        if match.status != "matched" or not match.entity or match.entity.type not in PLACE_TYPES:
            return None
        likely = (one for one in units.candidates if one.score >= _LIKELY)
        known = [one for one in likely if one.method not in ("fuzzy", "similar")]
        if not known or units.status == "unmatched" or len(known) >= _MANY or units.remainder:
            return None
        meant = self._index.numbers[match.entity.id]
        others = [self._index.numbers[one.entity.id] for one in known]
        if any(meant in self._kin(other) or other in self._kin(meant) for other in others):
            return None
        says = _SAYS.format(units=units.mention.text)
        if all(self._index.entity_type[other] > _PROVINCE for other in others):
            return replace(match, note=f"{match.note} {says[0].upper()}{says[1:]}.")
        return _opened(match, says)

    def _kin(self, entity: int) -> frozenset[int]:
        """Return what a place became or was formed of, step by step, and what these lay in."""
        return frozenset(self._followed(entity, "origins") | self._followed(entity, "changes"))

    def _followed(self, entity: int, edges: str) -> set[int]:
        """Return a place with all that came before it or after it, and what these lay in, with what came of that."""
        found, waiting = set[int](), [entity]
        while waiting:
            at = waiting.pop()
            if at not in found and self._index.entity_type[at] != _COUNTRY:
                found.add(at)
                steps = getattr(self._index.record(at), edges)
                waiting += [edge.other for edge in steps if edge.other >= 0]
                waiting += self._index.above(at)
        return found


def _opened(match: Match, says: str) -> Match:
    """Return the answer to a mention that contradicts itself, with the reason."""
    first, *others = match.candidates
    best = replace(first, score=_CONTRADICTED, evidence=(*first.evidence, Evidence("aside", _WEIGHT, says)))
    return Match(
        match.mention,
        "ambiguous",
        score=_CONTRADICTED,
        candidates=(best, *others),
        note=note_of_open("ambiguous", (best,)),
        gazetteer_date=match.gazetteer_date,
    )
