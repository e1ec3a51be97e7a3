"""Parts of personal names: what is ruled out quickly would fit nobody."""

from __future__ import annotations

from random import Random

import pytest

from resolver import Resolver
from resolver.model import TYPES
from resolver.people.partial_names import PartialNames, fit
from tests import samples

PERSON = TYPES.index("person")


@pytest.fixture(scope="module")
def names() -> PartialNames:
    """The names of the bundled gazetteer, asked often enough that their words are known."""
    found = PartialNames(Resolver()._index)
    while found._asked < 50:
        found.may_be_part("x")
    return found


def test_parts_of_all_names_may_be_parts(names: PartialNames) -> None:
    rng = Random(samples.SEED)
    people = [number for number, type_ in enumerate(names._index.entity_type.tolist()) if type_ == PERSON]
    drawn = 0
    for person in people:
        for name in names.names(person):
            words = name.split()
            start = rng.randrange(len(words))
            for part in (words[start:], words[-1:], [words[0][:1] + ".", words[-1]], [*words[1:], words[0]]):
                text = " ".join(part)
                if fit(text, name):
                    drawn += 1
                    assert names.may_be_part(text), (text, name)
    assert drawn > len(people)


@pytest.mark.parametrize("text", ["minister of commerce", "Chủ tịch UBND tỉnh Cà Mau", "", "."])
def test_offices_are_no_parts(names: PartialNames, text: str) -> None:
    assert not names.may_be_part(text)
