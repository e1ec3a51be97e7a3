"""Imports point one way, between packages and within them, and each library is used where it belongs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "resolver"

ORDER: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "",
        (
            ("errors", "garbage_collection", "plain", "second_process"),
            ("model",),
            ("days", "dates", "filters"),
            ("failures", "mention_batch", "atomic"),
        ),
    ),
    (
        "text",
        (
            ("unicode", "escapes"),
            ("english", "french", "khmer", "vietnamese"),
            ("keys", "legacy"),
            ("numerals", "keystrokes"),
            ("",),
            ("words",),
            ("about_people", "contacts", "function_words", "role_words", "foreign_places", "unstated"),
            ("terms", "khmer_sounds", "khmer_romanisation", "name_words"),
            ("name_counts", "labels", "sound_frames"),
            ("roles", "persons", "type_slips", "callings", "bearers"),
            ("life",),
            ("address", "asides"),
            ("localities",),
            ("khmer_phrases", "address_forms", "phrase_words"),
            ("appositions", "english_order"),
            ("phrases",),
            ("reading", "glued"),
            ("listed",),
        ),
    ),
    (
        "gazetteer",
        (
            ("",),
            ("description", "freshness"),
            ("reader", "rules"),
            ("codes", "transfers", "export"),
            ("rules.facts",),
            (
                "rules.cells",
                "rules.versions",
                "rules.names",
                "rules.changes",
                "rules.tenures",
                "rules.instruments",
                "rules.counts",
                "rules.released",
                "rules.licences",
            ),
            ("validate",),
            ("overlay",),
        ),
    ),
    (
        "index",
        (
            ("",),
            ("store", "segments", "person_names", "short_names"),
            ("name_rows",),
            ("compiler", "compiled_files"),
            ("index",),
        ),
    ),
    (
        "history",
        (
            ("",),
            ("changes", "tenures"),
            ("offices",),
            ("coverage", "describe"),
            ("history", "conversion"),
            ("lineage",),
            ("lineage_svg",),
        ),
    ),
    (
        "matching",
        (
            ("",),
            ("spelling", "notes", "calibration", "contained"),
            ("candidates", "type_agreement", "context_agreement", "bare_offices", "numbering"),
            ("surroundings",),
            ("comparison",),
            ("misspelling", "context", "prominence", "abroad"),
            ("timing", "namesakes", "somebody_else"),
            ("features",),
            ("scoring",),
            ("ranking", "timed"),
            ("matcher",),
            ("decision",),
        ),
    ),
    (
        "addresses",
        (
            ("",),
            ("place_names", "hyphens"),
            ("names_of_places",),
            ("place_tree",),
            ("matched_parts",),
            ("components",),
            ("address_words", "lone_types", "pieces", "run_on_names"),
            ("rest_kinds",),
            ("rest_beside",),
            ("remainder",),
            ("parents",),
            ("vintage",),
            ("reading_evidence",),
            ("readings",),
            ("misspelt_names", "doubts", "solution"),
            ("doubts.doubt",),
            (
                "doubts.houses",
                "doubts.institutions",
                "doubts.parents_types",
                "doubts.letters",
                "doubts.spelling",
                "doubts.namesakes",
                "doubts.siblings",
                "doubts.neighbours",
                "doubts.unexplained",
            ),
            ("doubts.order",),
            ("misspellings", "wording"),
            ("known_tails",),
            ("solver",),
            ("answers", "lists", "other_addresses"),
        ),
    ),
    (
        "people",
        (
            ("",),
            ("office_mentions", "partial_names", "slips", "name_features", "split_offices"),
            ("word_comparison",),
            ("name_comparison", "roles", "bodies", "likeness"),
            ("respelt",),
        ),
    ),
    (
        "annotation",
        (
            ("",),
            ("folding", "mentions", "windows", "dateline", "periods", "ages", "told_behind"),
            ("reference_words", "retelling", "span", "words_beside", "name_starts"),
            ("batching", "patterns", "growing"),
            ("spotting", "type_words"),
            ("titles", "khmer_people", "khmer_bodies", "apposed"),
            ("person_spans",),
            ("longer_names",),
            ("spans",),
            ("choice", "standing"),
            ("document_context",),
            ("places", "bodies", "references", "repeated", "private_people", "merged", "crossings"),
            ("context", "people"),
            ("annotator",),
            ("annotating",),
        ),
    ),
    (
        "engine",
        (
            ("",),
            ("timed_forms",),
            ("lexicon", "code_reader", "canonical_ids", "arguments", "only", "opening", "conversions", "suggestion"),
            ("dated",),
            ("known",),
            ("engine", "view"),
            ("resolver",),
        ),
    ),
    (
        "tables",
        (
            ("",),
            (
                "columns",
                "counts",
                "encodings",
                "headers",
                "aggregation",
                "rates",
                "rows",
                "compression",
                "dialects",
                "formulas",
                "report",
                "tally",
            ),
            ("distinct", "decoding", "parents", "numbers", "summary"),
            ("csvio", "excel", "parquet"),
            ("jsonl",),
            ("formats",),
            ("worker", "review", "request", "sum_values", "native", "journal"),
            ("frames", "normalize"),
            ("convert", "sum_file"),
            ("dataframes",),
        ),
    ),
    (
        "documents",
        (("",), ("rows", "sources", "entities"), ("page", "sharing", "grouping", "outputs"), ("annotate",)),
    ),
    (
        "clustering",
        (
            ("",),
            ("blocking", "contexts"),
            ("names", "offices"),
            ("nodes",),
            ("joining",),
            ("wording",),
            ("cluster",),
            ("cluster_file",),
            ("cluster_frame",),
        ),
    ),
    (
        "service",
        (
            ("",),
            ("remembered",),
            ("settings", "worker", "exchange", "metrics", "texts", "related"),
            ("guard", "view", "properties", "state"),
            ("reconciliation",),
            ("api",),
            ("openrefine", "pages", "sheets"),
            ("app",),
        ),
    ),
    (
        "cli",
        (
            ("",),
            ("streams", "options", "card"),
            ("console",),
            ("progress",),
            ("completion", "normalize", "annotate", "cluster", "lookup", "history", "gazetteer", "serve"),
            ("convert",),
            ("main",),
        ),
    ),
    ("", (("arrow",), ("spark",), ("__main__",))),
)
"""Packages in the order in which data pass through them, and the modules of each; ``""`` is the package itself.

Every module imports only from lines above its own.
"""

HOMES = {
    "pandas": ("tables.native",),
    "narwhals": ("tables.native",),
    "unidecode": ("text.*",),
    "rapidfuzz": ("matching.candidates", "matching.spelling", "addresses.place_names", "addresses.place_tree"),
    "jellyfish": ("matching.spelling",),
    "click": ("cli.*",),
    "rich": ("cli.*",),
    "platformdirs": ("index.compiled_files",),
    "ftfy": ("text.*",),
    "ahocorasick": ("annotation.patterns",),
    "pyarrow": ("arrow", "spark", "tables.parquet"),
    "openpyxl": ("tables.excel",),
    "zstandard": ("tables.compression",),
    "pyspark": ("spark",),
    "fastapi": ("service.api", "service.app", "service.sheets"),
    "jinja2": ("service.view",),
    "uvicorn": ("cli.serve",),
}
"""Which modules may import a library."""


MOST_LINES = 400
"""Lines that a module may have without giving a reason at its head (``# Long because``)."""


def module_name(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_name(file): file for file in PACKAGE.rglob("*.py")}
TIERS = tuple(tuple(".".join(filter(None, (pkg, one))) for one in tier) for pkg, tiers in ORDER for tier in tiers)
TIER = {name: number for number, tier in enumerate(TIERS) for name in tier}
PACKAGES = tuple(dict.fromkeys(pkg for pkg, _ in ORDER if pkg))


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


def own_imports(name: str) -> set[str]:
    """Return the modules of this project that a module imports."""
    return {one.removeprefix("resolver.") for one in imports(name) if one.startswith("resolver.")}


def exported(package: str) -> set[str]:
    """Return the modules that a package offers to others."""
    tree = ast.parse(MODULES[package].read_text(encoding="utf-8"))
    lists = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    return {f"{package}.{one}" for value in lists for one in ast.literal_eval(value)}


def test_every_module_has_its_tier() -> None:
    assert sorted(TIER) == sorted(set(MODULES) - {""})


@pytest.mark.parametrize("name", sorted(set(MODULES) - {""}))
def test_imports_point_up(name: str) -> None:
    assert {one for one in own_imports(name) if TIER[one] >= TIER[name]} == set()


@pytest.mark.parametrize("package", [one for one in PACKAGES if one != "text"])
def test_packages_use_only_what_others_export(package: str) -> None:
    offered = {package} | exported(package)
    assert offered <= set(MODULES), "what a package exports is there"
    users = {name for name in MODULES if name and name != package and not name.startswith(f"{package}.")}
    strays = {
        f"{user} imports {one}"
        for user in users
        for one in own_imports(user)
        if one.startswith(f"{package}.") and one not in offered
    }
    assert strays == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_say_what_they_are_for(package: str) -> None:
    told = ast.get_docstring(ast.parse(MODULES[package].read_text(encoding="utf-8"))) or ""
    named = {name.removeprefix(f"{package}.") for name in MODULES if name.startswith(f"{package}.")}
    assert any(f"``{name.split('.')[0]}``" in told or f"`{name}`" in told for name in named), "name the module to read"


@pytest.mark.parametrize("name", sorted(set(MODULES)))
def test_modules_fit_on_a_few_screens(name: str) -> None:
    text = MODULES[name].read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES or "\n# Long because" in text


@pytest.mark.parametrize("library", sorted(HOMES))
def test_libraries_keep_to_their_home(library: str) -> None:
    users = {name for name in MODULES for one in imports(name) if one.split(".")[0] == library}
    strays = {name for name in users if not any(fnmatch(name, home) for home in HOMES[library])}
    assert users, f"{library} is not used: take it out of the dependencies"
    assert strays == set()


def test_all_code_that_compiles_the_index_is_in_its_fingerprint() -> None:
    """An index made by older code would else be used. What is not in it compiles nothing."""
    compiling, fresh = set[str](), {"index.compiler"}
    while fresh:
        compiling |= fresh
        fresh = {other for one in fresh for other in own_imports(one) if other in MODULES} - compiling
    source = MODULES["index.index"].read_text(encoding="utf-8")
    digested = {name for name, file in MODULES.items() if str(file.relative_to(PACKAGE)) in source}
    digested |= {name for name in MODULES if f"{name.split('.')[0]}/*.py" in source}
    assert compiling - digested == {"dates", "errors", "garbage_collection", "gazetteer.description", "model", "plain"}


def test_importing_the_package_is_light() -> None:
    heavy = "pandas", "numpy", "pyarrow", "click", "rich"
    code = f"import sys, resolver; print([name for name in {heavy!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
