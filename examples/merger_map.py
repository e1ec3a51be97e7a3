"""Draw which provinces of Vietnam merged on 2025-07-01, without a network: ``python examples/merger_map.py map.svg``.

Without boundaries of your own it draws ``tiles.csv``, a schematic map with a square for each of the 63 provinces. With
``--boundaries FILE.geojson --property NAME_1`` it draws the polygons of a file, such as GADM's, HDX's or one of
OpenStreetMap: the property holds a name of the province in any spelling, or its code of ISO 3166-2.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from resolver import Entity, Resolver

EVE, REFORM = "2025-06-30", "2025-07-01"
WIDTH, MARGIN, LINE = 640, 12, 17
UNCHANGED = "#e3e3e0"
COLOURS = ("#8dc9b8", "#f0c27a", "#a9b8e0", "#e8a3a0", "#c6d977", "#cfa8d8", "#8ec5e6")

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Shape:
    """What stands on the map for a province: its name there, and its outlines, x to the right and y downwards."""

    name: str
    rings: list[Ring]


@dataclass(frozen=True)
class Joined:
    """A shape, the province that it is, and the one that it became."""

    shape: Shape
    old: Entity
    new: Entity


def tiles(path: Path) -> list[Shape]:
    """Return a square for each row of a table with the columns province, column and row."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [Shape(row["province"], [_square(float(row["column"]), float(row["row"]))]) for row in rows]


def _square(x: float, y: float) -> Ring:
    return [(x, y * 0.6), (x + 1, y * 0.6), (x + 1, (y + 1) * 0.6), (x, (y + 1) * 0.6)]


def boundaries(path: Path, name: str) -> list[Shape]:
    """Return the polygons of a GeoJSON file; a property of each feature has its name."""
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [Shape(str(one["properties"][name]), list(_rings(one["geometry"]))) for one in features]


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for ring in (ring for polygon in polygons for ring in polygon):
        # Near enough for a country: degrees of longitude are shorter than those of latitude.
        yield [(point[0] * math.cos(math.radians(16)), -point[1]) for point in ring]


def joined(shapes: Sequence[Shape], resolver: Resolver) -> list[Joined]:
    """Join each shape with the province of its name on the eve of the reform, and with what that became."""
    found = [resolver.convert(one.name, type="province", country="VN", date=EVE, to=REFORM) for one in shapes]
    unknown = [shape.name for shape, one in zip(shapes, found, strict=True) if not one.source or len(one.targets) != 1]
    if unknown:
        raise SystemExit(f"no province of {EVE}: {', '.join(unknown)}")
    return [
        Joined(shape, one.source.entity, one.targets[0].place.entity)
        for shape, one in zip(shapes, found, strict=True)
        if one.source
    ]


def merged(provinces: Iterable[Joined]) -> dict[Entity, list[str]]:
    """Return the new provinces, each with the names of those that went into it."""
    groups: dict[Entity, list[str]] = {}
    for one in provinces:
        groups.setdefault(one.new, []).append(one.old.name)
    return dict(sorted(groups.items(), key=lambda group: group[0].code))


def picture(provinces: Sequence[Joined], *, labels: bool) -> str:
    """Return the map as SVG, with a list of the new provinces beside it; ``labels`` writes names into the shapes."""
    points = [point for one in provinces for ring in one.shape.rings for point in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    scale = (WIDTH - 2 * MARGIN) / (max(x for x, _ in points) - left)
    groups = merged(provinces)
    height = max((max(y for _, y in points) - top) * scale, LINE * (len(groups) + 2)) + 2 * MARGIN
    several = [new for new, old in groups.items() if len(old) > 1]
    colour = {new: COLOURS[at % len(COLOURS)] for at, new in enumerate(several)}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 520} {height:.0f}" font-family="sans-serif">',
        "<title>Provinces of Vietnam that merged on 2025-07-01</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for one in provinces:
        placed = [[(MARGIN + (x - left) * scale, MARGIN + (y - top) * scale) for x, y in r] for r in one.shape.rings]
        fill = colour.get(one.new, UNCHANGED)
        parts.append(f'<path d="{" ".join(map(_path, placed))}" fill="{fill}" stroke="#fff" stroke-width="1.5">')
        parts.append(f"<title>{escape(one.old.path)} → {escape(one.new.path)}</title></path>")
        if labels:
            parts += _label(one.old.name, placed[0])
    for at, (new, old) in enumerate(groups.items()):
        y = MARGIN + LINE * (at + 1)
        told = f"{new.name} = {' + '.join(old)}" if len(old) > 1 else f"{new.name}: as before"
        parts.append(f'<rect x="{WIDTH + 8}" y="{y - 10}" width="12" height="12" fill="{colour.get(new, UNCHANGED)}"/>')
        parts.append(f'<text x="{WIDTH + 28}" y="{y}" font-size="12">{escape(told)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z"


def _label(name: str, ring: Ring) -> Iterator[str]:
    x = sum(x for x, _ in ring) / len(ring)
    y = sum(y for _, y in ring) / len(ring)
    yield f'<text x="{x:.1f}" y="{y + 4:.1f}" font-size="10" text-anchor="middle">{escape(name)}</text>'


def main() -> None:
    """Write the map."""
    parser = argparse.ArgumentParser(description="Draw which provinces of Vietnam merged on 2025-07-01.")
    parser.add_argument("target", type=Path, help="the SVG file to write")
    parser.add_argument("--boundaries", type=Path, help="a GeoJSON file with the 63 provinces")
    parser.add_argument("--property", default="NAME_1", help="the property with their names [NAME_1]")
    options = parser.parse_args()
    own: Path | None = options.boundaries
    shapes = boundaries(own, options.property) if own else tiles(Path(__file__).with_name("tiles.csv"))
    provinces = joined(shapes, Resolver())
    options.target.write_text(picture(provinces, labels=own is None), encoding="utf-8")
    groups = merged(provinces)
    several = sum(len(old) > 1 for old in groups.values())
    print(f"{len(provinces)} provinces became {len(groups)}; {several} of them by merger")


if __name__ == "__main__":
    main()
