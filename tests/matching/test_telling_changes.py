"""Which change of a unit a note tells: the end of the unit, before any split that it outlived."""

from __future__ import annotations

import pytest

from resolver import Resolver
from resolver.matching.notes import telling_change
from resolver.model import Mention
from tests.drawn_addresses import LAST_OLD_DAY
from tests.eval.sweeps import districts


def test_the_end_of_a_district_is_told_not_a_split_before_it(resolver: Resolver) -> None:
    """Over all districts that ended on 2025-07-01, asked without a date."""
    texts = [", ".join(one.texts) for one in districts()]
    told = 0
    for match in resolver.resolve_many([Mention(text, ("district",)) for text in texts]):
        change = telling_change(match.changes)
        if match.entity and match.entity.valid_to == "2025-07-01" and change:
            assert change.date == max(one.date for one in match.changes), match.mention.text
            told += len({one.date for one in match.changes}) > 1
    assert told


@pytest.mark.parametrize("text", ["Huyện Củ Chi, Hồ Chí Minh", "Huyện Phú Quý, Bình Thuận"])
def test_date_makes_no_difference_to_the_end(resolver: Resolver, text: str) -> None:
    dated, undated = (telling_change(resolver.resolve(text, date=date).changes) for date in (LAST_OLD_DAY, None))
    assert dated and undated and dated.date == undated.date == "2025-07-01"
