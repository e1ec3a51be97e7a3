"""The wheel has what belongs in it and nothing else, and works where only it is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import unicodedata
import venv
import zipfile
from pathlib import Path

import pytest

from resolver.engine.resolver import Resolver
from resolver.gazetteer.reader import bundled_path
from tests.small_gazetteer import small_gazetteer, write

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, folder: Path = ROOT) -> str:
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "RESOLVER_CACHE_DIR", "XDG_CACHE_HOME")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    ran = subprocess.run(
        command, cwd=folder, env=environment | {"PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def kept_files(*folders: str) -> set[str]:
    """Return the files of folders that are under version control or could be."""
    return set(run("git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *folders).split("\n")) - {""}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of an environment that has the wheel, and borrows what it depends on."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    run(sys.executable, "-m", "pip", "--python", python, "install", *options, wheel)
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    # A folder named in a .pth file lends its packages, but its own .pth files, the editable install's, are not read.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin"


def test_the_wheel_has_what_belongs_in_it(wheel: Path) -> None:
    facts = {f"resolver/_{name}" for name in kept_files("gazetteer") if name.endswith((".csv", ".json"))}
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert "resolver/py.typed" in packed
    compiled = {name for name in packed if name.startswith("resolver/_compiled/")}
    assert sorted(Path(name).suffix for name in compiled) == [".idx", ".lex"]
    assert packed - compiled == kept_files("resolver") | facts


def test_what_is_in_the_wheel_is_what_was_compiled(wheel: Path, resolver: Resolver) -> None:
    packed = zipfile.ZipFile(wheel)
    for file in resolver.compiled():
        assert packed.read(f"resolver/_compiled/{file.name}") == file.read_bytes()


def test_what_is_compiled_is_the_same_wherever_it_is(tmp_path: Path) -> None:
    """Compiled in two processes, whose sets have another order."""
    (tmp_path / "tables").mkdir()
    tables = write(tmp_path / "tables", small_gazetteer())
    code = "import sys; from resolver import Resolver; print(len(Resolver(sys.argv[1]).compiled()))"
    made = []
    for seed in "12":
        cache = tmp_path / seed
        wanted = f"PYTHONHASHSEED={seed}", f"RESOLVER_CACHE_DIR={cache}"
        assert run("env", *wanted, sys.executable, "-c", code, tables, folder=ROOT).strip() == "2"
        made.append({file.name: file.read_bytes() for file in cache.iterdir()})
    assert made[0] == made[1]


def test_letters_mean_the_same_to_every_python() -> None:
    files = [*bundled_path().glob("*.csv"), *(ROOT / "resolver" / "text").glob("*.csv")]
    letters = {letter for file in files for letter in file.read_text(encoding="utf-8")}
    # Unicode 3.2 is older than any Python in use; what it assigns is never normalised otherwise.
    assert {letter for letter in letters if unicodedata.ucd_3_2_0.category(letter) == "Cn"} == set()


def test_the_wheel_carries_the_licences(wheel: Path) -> None:
    licences = {name.partition("/licenses/")[2] for name in zipfile.ZipFile(wheel).namelist() if "/licenses/" in name}
    assert licences == {"LICENSE", "gazetteer/NOTICE"}


def test_nothing_is_compiled_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    code = """if True:
        import logging
        logging.basicConfig(level=logging.INFO, format="%(name)s %(message)s")
        from resolver import Resolver
        resolver = Resolver()
        resolver.resolve_many([f"Huế {number}" for number in range(2_000)])
        print(*resolver.compiled(), sep="\\n")
    """
    nowhere = f"RESOLVER_CACHE_DIR={os.devnull}/cache"
    ran = run("env", nowhere, installed / "python", "-W", "error", "-c", code, folder=tmp_path)
    files = [Path(line) for line in ran.splitlines()]
    assert [(file.parent.name, file.suffix) for file in files] == [("_compiled", ".idx"), ("_compiled", ".lex")]


def test_the_installed_command_answers(installed: Path, tmp_path: Path) -> None:
    asked = (installed / "resolver", "lookup", "Kien Giang", "--date", "2024-11-27", "--json")
    answer = json.loads(run("env", f"RESOLVER_CACHE_DIR={tmp_path}", *asked, folder=tmp_path))
    assert list(tmp_path.iterdir()) == []
    assert answer["entity"]["id"] == "vn-province-kien-giang"
    assert [entity["id"] for entity in answer["current"]] == ["vn-province-an-giang-2025"]


def test_the_installed_facts_are_those_of_the_repository(installed: Path, tmp_path: Path) -> None:
    code = "import resolver.gazetteer.reader as g; print(g.bundled_path()); print(g.digest(g.bundled_path()))"
    path, digest = run(installed / "python", "-c", code, folder=tmp_path).splitlines()
    assert Path(path).is_relative_to(installed.parent)
    assert digest == run(sys.executable, "-c", code).splitlines()[1]
