"""What the documentation says is what the program does."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from resolver.cli.main import cli
from resolver.tables.columns import COLUMNS
from resolver.tables.convert import CONVERSION_COLUMNS
from tools.doc_commands import blocks, working_folder
from tools.doc_commands import commands as commands_of
from tools.docs import COVERAGE, FILES, refresh
from tools.notebook import NOTEBOOK
from tools.site import gather

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WORDS = 1_200
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in FILES}
NORMALIZE = PAGES["docs/guide/normalize.md"]
CONVERT = PAGES["docs/guide/convert.md"]
MODULES = [
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for file in sorted((ROOT / "resolver").rglob("*.py"))
    if ">>> " in file.read_text(encoding="utf-8")
]


def commands(group: click.Group, path: str = "resolver") -> dict[str, click.Command]:
    """Return every command under a group by the words that call it."""
    found: dict[str, click.Command] = {path: group}
    for name, command in group.commands.items():
        words = f"{path} {name}"
        found |= commands(command, words) if isinstance(command, click.Group) else {words: command}
    return found


COMMANDS = commands(cli)


@pytest.mark.parametrize("words", COMMANDS)
def test_help_has_an_example(words: str) -> None:
    text = COMMANDS[words].get_help(click.Context(COMMANDS[words], info_name=words))
    example = text.partition("Example")[2]
    assert words in example, f"{words} --help shows no example of its use"


def test_readme_is_short_and_begins_with_its_two_commands() -> None:
    assert len(README.split()) < WORDS
    assert re.findall(r"^make (\w+)", README, re.MULTILINE)[:2] == ["demo", "test"]


def test_normalize_page_names_every_option() -> None:
    section = NORMALIZE.partition("## The options")[2].partition("\n## ")[0]
    told = set(re.findall(r"`(--?[a-z-]+)`", section))
    parameters = COMMANDS["resolver normalize"].params
    taken = {option for parameter in parameters for option in parameter.opts if option.startswith("-")}
    taken |= set(cli.context_settings["help_option_names"])
    assert told == taken


def test_convert_page_names_every_option() -> None:
    told = set(re.findall(r"^\| (`--.*?) \|", CONVERT, re.MULTILINE))
    told = {option for cell in told for option in re.findall(r"--[a-z-]+", cell)}
    shared, own = (
        {o for p in COMMANDS[f"resolver {name}"].params for o in p.opts} for name in ("normalize", "convert")
    )
    assert told == own - shared


def test_convert_page_names_every_column() -> None:
    section = CONVERT.partition("## Official codes")[0]
    told = set(re.findall(r"`address_(\w+)`", section))
    assert told <= set(CONVERSION_COLUMNS)
    # The columns of the units converted are told by the first and the last.
    assert all(name.startswith("from_") for name in set(CONVERSION_COLUMNS) - told)


def test_documentation_names_every_command() -> None:
    leaves = {words for words, command in COMMANDS.items() if not isinstance(command, click.Group)}
    told = "".join(PAGES.values())
    assert {words for words in leaves if words not in told} == set()


def test_columns_page_names_every_column() -> None:
    told = re.findall(r"^\| `place_(\w+)`", PAGES["docs/guide/columns.md"], re.MULTILINE)
    assert told == list(COLUMNS)


@pytest.mark.parametrize("name", [name for name, text in PAGES.items() if blocks(text)])
def test_python_in_documentation_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    test = doctest.DocTestParser().get_doctest(blocks(PAGES[name]), {}, name, name, 0)
    with working_folder(ROOT / name, ROOT) as folder:
        monkeypatch.chdir(folder)
        failed = doctest.DocTestRunner(verbose=False).run(test).failed
        monkeypatch.undo()
    assert failed == 0


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("docs/tutorials/")])
def test_tutorials_show_only_commands_that_run(name: str) -> None:
    """Only what installs something is shown without being run."""
    shown = re.findall(r"^```(?:sh|bash|text)\n(.*?)^```$", PAGES[name], re.MULTILINE | re.DOTALL)
    assert [line for block in shown for line in block.splitlines() if not line.startswith("pip install ")] == []
    assert commands_of(PAGES[name])


@pytest.mark.parametrize("module", MODULES)
def test_docstrings_run(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0
    assert result.failed == 0


def test_documentation_shows_what_the_program_prints(tmp_path: Path) -> None:
    shown = [*FILES, COVERAGE, NOTEBOOK, *(str(file.relative_to(ROOT)) for file in (ROOT / "examples").glob("*.csv"))]
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for name in shown:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    refresh(tmp_path)
    stale = [name for name in shown if (tmp_path / name).read_bytes() != (ROOT / name).read_bytes()]
    assert stale == [], "run `make docs`"


@pytest.mark.parametrize("name", ["demo.py", "pipeline.py"])
def test_examples_run(name: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "examples" / name], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert "Phú Mỹ" in ran.stdout
    assert "\x1b" not in ran.stdout
    assert ran.stderr == ""


def run_map(target: Path, *options: str) -> str:
    """Run the example that draws a map; return what it prints."""
    command = [sys.executable, str(ROOT / "examples" / "merger_map.py"), str(target), *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def test_the_map_shows_every_province_and_what_it_became(tmp_path: Path) -> None:
    assert run_map(tmp_path / "map.svg") == "63 provinces became 34; 23 of them by merger\n"
    drawn = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert drawn == (ROOT / "docs" / "guide" / "merger_map.svg").read_text(encoding="utf-8")
    fills = re.findall(r'<path [^>]*fill="([^"]+)"[^>]*>\n<title>Tỉnh (An|Kiên) Giang → Tỉnh An Giang<', drawn)
    assert len(fills) == 2
    assert len({fill for fill, _ in fills}) == 1


def test_the_map_takes_boundaries_with_names_in_any_spelling_or_codes(tmp_path: Path) -> None:
    names = {"KiênGiang": 0, "An Giang": 2, "VN-59": 4}
    features = [
        {"type": "Feature", "properties": {"NAME_1": name}, "geometry": {"type": kind, "coordinates": wrapped}}
        for name, x in names.items()
        for ring in [[[x, 10], [x + 1, 10], [x + 1, 11], [x, 10]]]
        for kind, wrapped in [("MultiPolygon", [[ring]]) if x else ("Polygon", [ring])]
    ]
    file = tmp_path / "provinces.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    told = run_map(tmp_path / "map.svg", "--boundaries", str(file))
    assert told == "3 provinces became 2; 1 of them by merger\n"
    assert (tmp_path / "map.svg").read_text(encoding="utf-8").count("<path ") == len(names)


@pytest.mark.parametrize("name", FILES)
def test_blocks_of_code_end(name: str) -> None:
    """A block that never ends swallows the rest of its page."""
    opened = False
    for line in PAGES[name].splitlines():
        if line.startswith("```"):
            assert not opened or line == "```", line
            opened = not opened
    assert not opened


@pytest.mark.parametrize("name", FILES)
def test_links_lead_somewhere(name: str) -> None:
    for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]+))?\)", PAGES[name]):
        file = (ROOT / name).parent / target if target else ROOT / name
        assert file.exists(), target
        if anchor:
            assert anchor in headings(file.read_text(encoding="utf-8")), f"{target}#{anchor}"


def test_the_site_has_every_page_once() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    listed = [page for entry in nav for part in entry.values() for page in pages_in(part)]
    assert sorted(listed) == sorted([*FILES, COVERAGE, NOTEBOOK.replace(".ipynb", ".md")])


def pages_in(part: str | list[dict[str, str]]) -> list[str]:
    """Return the pages of an entry of the navigation."""
    return [part] if isinstance(part, str) else [page for entry in part for page in entry.values()]


def test_the_site_has_everything_that_its_pages_link_to(tmp_path: Path) -> None:
    gather(ROOT, tmp_path)
    for page in tmp_path.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).is_file() or (page.parent / target).is_dir(), f"{page.name}: {target}"
    notebook = (tmp_path / NOTEBOOK).with_suffix(".md").read_text(encoding="utf-8")
    assert notebook.startswith("# A table over the reform of 2025\n")
    assert "```python\nresolver = Resolver()\n" in notebook
    assert "\n<svg " in notebook


def headings(text: str) -> set[str]:
    """Return the anchors of the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_table_is_described() -> None:
    text = (ROOT / "gazetteer" / "README.md").read_text(encoding="utf-8")
    tables = {file.name for file in (ROOT / "gazetteer").glob("*.csv")}
    assert set(re.findall(r"^\| `(\w+\.csv)`", text, re.MULTILINE)) == tables
