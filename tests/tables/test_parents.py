"""Which columns are parents of which, in tables of several levels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from resolver import Resolver, UsageError
from resolver.filters import types_of
from resolver.tables.csvio import Reader
from resolver.tables.normalize import normalize_file
from resolver.tables.parents import parent_places
from resolver.tables.request import Request

HEADER = ["province", "district", "commune", "official", "place", "a=b"]
ABOVE = {
    "larger ones only, by header": (["commune", "district", "province"], ["province", "district", "commune"], "01 0 -"),
    "larger ones only, by type": (["place:commune", "official:province"], ["official", "place"], "3 -"),
    "every one where no level is known": (["place"], ["official", "province"], "30"),
    "for one column": (["commune", "official:person"], ["commune=district,province"], "10 -"),
    "its own names go before the general ones": (["district", "commune"], ["province", "commune=district"], "0 1"),
    "a header with a sign in it": (["place"], ["a=b"], "5"),
    "twice named, once taken": (["commune"], ["province", "province"], "0"),
    "never its own": (["place"], ["place"], "-"),
}


@pytest.mark.parametrize("name", ABOVE)
def test_parents_by_level(name: str) -> None:
    specs, within, expected = ABOVE[name]
    split: list[Sequence[str]] = [(*spec.split(":"), "place")[:2] for spec in specs]
    columns = [(column, types_of(type_)) for column, type_ in split]
    found = parent_places(within, columns, HEADER, "table")
    assert " ".join("".join(map(str, places)) or "-" for places in found) == expected


@pytest.mark.parametrize(
    ("within", "words"),
    [("commune=nowhere", "no column 'nowhere'"), ("district=province", "'district' is not a --column"), ("x", "'x'")],
)
def test_parents_that_are_not_there(within: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        parent_places([within], [("commune", ())], HEADER, "table")


def test_a_table_of_three_levels(tmp_path: Path, resolver: Resolver) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("tinh,huyen,xa\nNam Định,Hải Hậu,Hải Anh\nKiên Giang,An Biên,Đông Thái\n", encoding="utf-8")
    request = Request(["tinh", "huyen", "xa"], within=["xa", "huyen", "tinh"], date="2024-01-01", appended=["id"])
    normalize_file(source, output, request, resolver=resolver)
    with Reader(output) as table:
        found = [record.cells[3:] for record in table]
    assert [row[0] for row in found] == ["vn-province-nam-dinh", "vn-province-kien-giang"]
    assert [row[1].rpartition("-")[0] for row in found] == ["vn-district-hai-hau", "vn-district-an-bien"]
    assert [row[2].rpartition("-")[0] for row in found] == ["vn-commune-hai-anh", "vn-commune-dong-thai"]
