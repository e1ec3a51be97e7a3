"""What became of a unit, where a table states it by codes (tools/vietnam/lineage.py)."""

import pytest

from tools.vietnam.lineage import Lineage, add_known
from tools.vietnam.snapshots import Spell

DAY = "2020-02-01"


def _spell(code: str, name: str, since: str, until: str) -> Spell:
    return Spell("commune", code, "xã", name, "001", since, until)


def _lineage() -> Lineage:
    """An Bình took in Tân Lộc and became Bình Lộc under its own code."""
    taker = [_spell("00001", "An Bình", "", DAY), _spell("00001", "Bình Lộc", DAY, "")]
    return Lineage([taker, [_spell("00002", "Tân Lộc", "", DAY)]], set())


def _row(old: str, new: str) -> dict[str, str]:
    return {"date": DAY, "old": old, "new": new, "kind": "merged", "source_id": "s", "note": "", "instrument": ""}


@pytest.mark.parametrize("olds", [("00001", "00002"), ("00002", "00001")])
def test_the_order_of_the_rows_of_a_day_does_not_matter(olds: tuple[str, str]) -> None:
    lineage = _lineage()
    add_known(lineage, [_row(old, "00001") for old in olds], DAY)
    lineage.form(DAY)
    told = {edge.old.spells[-1].name: edge.new.spells[0].name for edge in lineage.edges}
    assert told == {"An Bình": "Bình Lộc", "Tân Lộc": "Bình Lộc"}


def test_a_row_that_names_no_unit_of_its_day_is_an_error() -> None:
    with pytest.raises(ValueError, match="no unit with the code 00003 ends on 2020-02-01"):
        add_known(_lineage(), [_row("00003", "00001")], DAY)
