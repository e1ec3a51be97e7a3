"""All doubts about the readings of an address, in the order in which they are applied."""

from __future__ import annotations

from collections.abc import Sequence

from resolver.addresses.doubts.doubt import Address, Doubt
from resolver.addresses.doubts.houses import of_house_number, of_number_behind
from resolver.addresses.doubts.institutions import of_institution
from resolver.addresses.doubts.letters import of_letters
from resolver.addresses.doubts.namesakes import of_heir, of_longer_name, of_renaming, of_type
from resolver.addresses.doubts.neighbours import of_neighbour
from resolver.addresses.doubts.parents_types import of_parents_type
from resolver.addresses.doubts.siblings import of_sibling
from resolver.addresses.doubts.spelling import of_contradiction, of_spelling
from resolver.addresses.doubts.unexplained import of_former_aside, of_parents_name, of_unexplained
from resolver.addresses.place_tree import PlaceTree
from resolver.addresses.readings import Reading

__all__ = ["DOUBTS", "doubted"]

DOUBTS: tuple[Doubt, ...] = (
    of_institution,
    of_spelling,
    of_heir,
    of_type,
    of_sibling,
    of_renaming,
    of_longer_name,
    of_neighbour,
    of_house_number,
    of_number_behind,
    of_letters,
    of_former_aside,
    of_unexplained,
    of_parents_name,
    of_parents_type,
    of_contradiction,
)
"""The doubts, the first first. Each sees the readings as the ones before it left them."""


def doubted(readings: Sequence[Reading], address: Address, places: PlaceTree) -> list[Reading]:
    """Return readings, the best first, with all doubts about the best one."""
    for doubt in DOUBTS:
        readings = doubt(readings, address, places)
    return list(readings)
