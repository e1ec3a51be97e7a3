"""Imports point one way, from the bottom of this list to its top, and each library is used where it belongs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "resolver"

TIERS = (
    ("errors", "garbage"),
    ("model",),
    ("days", "dates", "filters"),
    ("freshness", "asked"),
    ("text.unicode",),
    ("text.english", "text.french", "text.khmer", "text.vietnamese"),
    ("text.keys", "text.numerals"),
    ("text",),
    ("text.words",),
    ("text.role_words",),
    ("text.terms", "text.khmer_sounds"),
    ("text.roles", "text.persons"),
    ("text.reading", "text.address"),
    ("gazetteer", "store", "segments"),
    ("rules", "codes", "transfers"),
    ("rules.facts",),
    (
        "rules.cells",
        "rules.versions",
        "rules.names",
        "rules.changes",
        "rules.tenures",
        "rules.counts",
        "rules.released",
        "rules.licences",
    ),
    ("validate", "compiler"),
    ("index",),
    ("changes", "tenures", "candidates", "spelling"),
    ("places",),
    ("describe", "batch", "personal_names", "namings"),
    ("blocking",),
    ("history", "features", "surroundings", "notes", "stats", "rests"),
    ("scoring", "lineage", "address"),
    ("ranking",),
    ("weighing",),
    ("decide", "conversion", "partial"),
    ("roles", "addressed"),
    ("lexicon",),
    ("engine", "coded"),
    ("resolve",),
    ("columns", "atomic", "sums", "clusters"),
    ("answers", "csvio", "export", "lineage_svg"),
    ("frames", "cluster_file"),
    ("overrides", "tables", "helper", "arrow"),
    ("normalize", "card", "spark"),
    ("convert",),
    ("totals",),
    ("cli",),
)
"""The modules in the order in which they may build on each other: each imports only from lines above its own."""

HOMES = {
    "pandas": ("tables",),
    "unidecode": ("text.*",),
    "rapidfuzz": ("candidates", "places", "spelling"),
    "jellyfish": ("spelling",),
    "click": ("cli",),
    "rich": ("cli", "card"),
    "platformdirs": ("index",),
    "ftfy": ("text.*",),
    "pyarrow": ("arrow", "spark"),
    "pyspark": ("spark",),
}
"""Which modules may import a library."""


def module_name(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_name(file): file for file in PACKAGE.rglob("*.py")}
TIER = {name: number for number, tier in enumerate(TIERS) for name in tier}


def imports(name: str) -> Iterator[str]:
    """Yield the dotted names that a module imports, also within functions; ``resolver.x`` as such."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 or name == "", f"{name}: imports are absolute"
            origin = f"resolver.{node.module}" if node.level else str(node.module)
            submodules = [f"{origin}.{alias.name}" for alias in node.names]
            within = [one for one in submodules if one.removeprefix("resolver.") in MODULES]
            yield from within
            if len(within) < len(submodules):
                yield origin


def test_every_module_has_its_tier() -> None:
    assert sorted(TIER) == sorted(set(MODULES) - {""})


@pytest.mark.parametrize("name", sorted(set(MODULES) - {""}))
def test_imports_point_up(name: str) -> None:
    own = {one.removeprefix("resolver.") for one in imports(name) if one.startswith("resolver.")}
    assert {one for one in own if TIER[one] >= TIER[name]} == set()


@pytest.mark.parametrize("library", sorted(HOMES))
def test_libraries_keep_to_their_home(library: str) -> None:
    users = {name for name in MODULES for one in imports(name) if one.split(".")[0] == library}
    strays = {name for name in users if not any(fnmatch(name, home) for home in HOMES[library])}
    assert users, f"{library} is not used: take it out of the dependencies"
    assert strays == set()


def test_importing_the_package_is_light() -> None:
    heavy = "pandas", "numpy", "pyarrow", "click", "rich"
    code = f"import sys, resolver; print([name for name in {heavy!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
