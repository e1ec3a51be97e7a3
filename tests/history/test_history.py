"""The lineage as a tree, as data and as a picture."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from resolver.engine.resolver import Resolver
from resolver.errors import OutputError, UsageError
from resolver.history.history import History, Step, history_of
from resolver.history.lineage import MOST, lineage_of
from resolver.history.lineage_svg import _width, picture, write_picture

SVG = "{http://www.w3.org/2000/svg}"

DRAWN = [
    "vn-province-an-giang-2025",
    "vn-province-kien-giang",
    "vn-province-hue",
    "vn-province-ha-noi",
    "vn-province-dong-nai",
    "vn-district-ha-tien-900",
    "vn-district-con-dao-755",
    "vn-commune-binh-san-30772",
    "vn-commune-hoan-kiem-00070-2025",
    "kh-province-kampot",
    "kh-province-tboung-khmum",
    "kh-district-kampong-soam-1806",
    "kh-country-cambodia",
]
"""Units that were merged, split, renamed, dissolved, made of many others, and some that nothing happened to."""


def steps(tree: tuple[Step, ...]) -> Iterator[Step]:
    for step in tree:
        yield step
        yield from steps(step.further)


@pytest.mark.parametrize("id_", DRAWN)
def test_a_lineage_goes_one_way_in_time(id_: str, resolver: Resolver) -> None:
    told = resolver.history(id_)

    def ordered(tree: tuple[Step, ...], *, forward: bool) -> bool:
        return all(
            (step.change.date < later.change.date) == forward and ordered(step.further, forward=forward)
            for step in tree
            for later in step.further
        )

    assert ordered(told.after, forward=True)
    assert ordered(told.before, forward=False)


def test_a_chain_leads_to_what_stands_today(resolver: Resolver) -> None:
    told = str(resolver.history("vn-commune-binh-san-30772"))
    assert "1654/NQ-UBTVQH15" in told
    assert "[vn-commune-ha-tien-30769-2025]" in told


def test_a_dissolved_district_tells_what_its_communes_became(resolver: Resolver) -> None:
    told = resolver.history("vn-district-ha-tien-900")
    assert {part.entity.id for part in told.parts} == {
        "vn-commune-ha-tien-30769-2025",
        "vn-commune-to-chau-30766-2025",
        "vn-commune-tien-hai-30781",
    }
    text = str(told)
    assert "its 7 communes became 3 on 2025-07-01 by 1654/NQ-UBTVQH15" in text
    assert "[vn-commune-tien-hai-30781]: went on" in text


def test_a_unit_with_a_successor_tells_that_alone(resolver: Resolver) -> None:
    assert resolver.history("vn-district-con-dao-755").parts == ()


def test_a_wide_tree_is_cut_and_counted(resolver: Resolver) -> None:
    told = resolver.history("vn-commune-hoan-kiem-00070-2025")
    count = len(told.before)
    assert count > 4
    assert f"    and {count - 4} more" in told.to_text(widest=4).splitlines()
    assert "more" not in told.to_text(widest=None)
    assert all(f"[{step.entity.id}]" in told.to_text(widest=None) for step in told.before if step.entity)


def test_names_come_in_the_language_asked(resolver: Resolver) -> None:
    assert str(resolver.history("kh-province-kampot", language="km")).startswith("ខេត្តកំពត")
    assert str(resolver.history("kh-province-kampot")).startswith("Khaet Kampot")


def test_json_has_every_unit_of_the_trees(resolver: Resolver) -> None:
    told = resolver.history("vn-province-an-giang-2025")
    content = json.loads(told.to_json())
    assert content["date"] == resolver.date
    assert content["units"][0]["id"] == "vn-province-an-giang-2025"
    met = {step.entity.id for step in steps((*told.before, *told.after)) if step.entity}
    assert met <= {unit["id"] for unit in content["units"]}
    assert all(len(unit["versions"]) == len(unit["titles"]) == len(unit["paths"]) for unit in content["units"])


def drawn(told: History) -> ET.Element:
    return ET.fromstring(picture(told))


def boxes(root: ET.Element) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield every text of a picture with the room it takes; what lies beneath it as its halo is left out."""
    for text in root.iter(f"{SVG}text"):
        if "aria-hidden" not in text.attrib:
            size, x, y = int(text.attrib["font-size"]), float(text.attrib["x"]), float(text.attrib["y"])
            words = "".join(text.itertext())
            yield words, x, y - size, x + _width(words, size) * 0.9, y


@pytest.mark.parametrize("id_", DRAWN)
def test_no_text_of_a_picture_covers_another(id_: str, resolver: Resolver) -> None:
    for one, other in combinations(boxes(drawn(resolver.history(id_))), 2):
        apart = one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
        assert apart, f"{one[0]!r} covers {other[0]!r}"


@pytest.mark.parametrize("id_", DRAWN)
def test_every_text_of_a_picture_is_inside_it(id_: str, resolver: Resolver) -> None:
    root = drawn(resolver.history(id_))
    width, height = (float(root.attrib[name]) for name in ("width", "height"))
    assert width == 800
    assert [box for box in boxes(root) if box[1] < 0 or box[3] > width or box[2] < 0 or box[4] > height] == []


def test_a_picture_tells_who_when_and_by_what(resolver: Resolver) -> None:
    words = {box[0] for box in boxes(drawn(resolver.history("vn-province-kien-giang")))}
    assert {"Tỉnh Kiên Giang", "Tỉnh An Giang", "1 July 2025", "merger", "202/2025/QH15"} <= words
    assert any(text.startswith("As of 25 September 2026.") for text in words)


def test_a_renaming_stands_where_it_happened(resolver: Resolver) -> None:
    words = [box[0] for box in boxes(drawn(resolver.history("vn-province-hue")))]
    assert "Tỉnh Thừa Thiên Huế" in words
    assert words.count("Thành phố Huế") == 2, "in the title and on the band"


def test_khmer_names_stay_whole(resolver: Resolver) -> None:
    root = drawn(resolver.history("kh-province-tboung-khmum", language="km"))
    assert "ខេត្តត្បូងឃ្មុំ" in [box[0] for box in boxes(root)]


def test_many_units_are_put_together(resolver: Resolver) -> None:
    told = resolver.history("vn-commune-hoan-kiem-00070-2025")
    lineage = lineage_of(told)
    assert len(told.units) > MOST
    assert len(lineage.bands) == MOST
    assert sum(band.count for band in lineage.bands) == len({unit.id for unit in told.units})


@pytest.mark.parametrize("id_", ["vn-province-kien-giang", "vn-province-binh-duong", "vn-commune-binh-san-30772"])
def test_a_merger_has_all_its_partners_whichever_is_asked_for(id_: str, resolver: Resolver) -> None:
    told = resolver.history(id_)
    (became,) = told.today
    partners = {step.change.from_id for step in resolver.history(became.id).before}
    assert len(partners) > 1
    links = {(link.source, link.target) for link in lineage_of(told).links}
    assert {(partner, became.id) for partner in partners} <= links
    assert {change.from_id for change in told.beside} == partners - {id_}


def test_a_split_has_no_partners(resolver: Resolver) -> None:
    told = resolver.history("vn-province-song-be")
    assert {step.change.extent for step in told.after} == {"part"}
    assert told.beside == ()


def test_every_lineage_can_be_drawn(resolver: Resolver) -> None:
    index, describer = resolver._index, resolver._decider.describer("")
    widest = sorted(range(len(index.numbers)), key=lambda number: -len(index.record(number).changes))[:40]
    widest += sorted(range(len(index.numbers)), key=lambda number: -len(index.record(number).origins))[:40]
    widest += sorted(range(len(index.numbers)), key=lambda number: -len(index.record(number).ended_with))[:20]
    for number in widest:
        told = history_of(index, describer, number)
        if told.entity.type in {"province", "district", "commune"}:
            lineage = lineage_of(told)
            assert len(lineage.bands) <= MOST, told.entity.id
            assert {link.source for link in lineage.links} <= {band.id for band in lineage.bands}
            ET.fromstring(picture(told))


def test_a_picture_is_the_same_each_time(resolver: Resolver) -> None:
    assert picture(resolver.history("vn-province-ha-noi")) == picture(Resolver().history("vn-province-ha-noi"))


def test_only_places_are_drawn(resolver: Resolver, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="vn-person-to-lam is not a place"):
        write_picture(resolver.history("vn-person-to-lam"), tmp_path / "x.svg")
    assert list(tmp_path.iterdir()) == []


def test_a_picture_replaces_a_file_only_when_told_to(resolver: Resolver, tmp_path: Path) -> None:
    file, told = tmp_path / "x.svg", resolver.history("vn-province-hue")
    write_picture(told, file)
    with pytest.raises(OutputError, match="--force"):
        write_picture(told, file)
    write_picture(told, file, force=True)
    assert file.read_text(encoding="utf-8") == picture(told)
