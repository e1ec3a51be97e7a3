"""The command as people run it: exit codes, one line for each failure, never a traceback, never half a file."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from resolver.cli.card import show
from resolver.cli.main import cli
from resolver.engine.resolver import Resolver

KAMPOT = "kh-province-kampot"
COMMAND = [sys.executable, "-W", "error", "-c", "from resolver.cli.main import main; main()"]


def run(*arguments: str, cwd: Path, stdin: bytes = b"") -> tuple[int, str, str]:
    done = subprocess.run([*COMMAND, *arguments], cwd=cwd, input=stdin, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in.csv").write_text("place,n\nKampot,1\nKiên Giang,2\n")
    (tmp_path / "old.csv").write_text("old")
    (tmp_path / "split.csv").write_text("unit,n\nvn-commune-phuc-xa-00001,1\nvn-commune-hoa-thang-23053,2\n")
    (tmp_path / "latin.csv").write_bytes(b"place\nPr\xe9ah Vih\xe9ar\n")
    (tmp_path / "\x1b[31m.csv").write_text("")
    (tmp_path / "wide.csv").write_bytes("place,n\nHuế,1\n".encode("utf-16-be"))
    (tmp_path / "header.csv").write_text(",".join(f"c{number}" for number in range(200_000)))
    return tmp_path


def test_normalize_writes_the_table(folder: Path) -> None:
    code, out, err = run("normalize", "in.csv", "-o", "out.csv", "--column", "place:province", cwd=folder)
    assert (code, out, err) == (0, "", "")
    lines = (folder / "out.csv").read_text().splitlines()
    assert lines[0].startswith("place,n,place_status,place_id,")
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["Kampot", "1", "matched", KAMPOT],
        ["Kiên Giang", "2", "matched", "vn-province-kien-giang"],
    ]


def test_normalize_in_a_pipe(folder: Path) -> None:
    arguments = ["normalize", "-", "--column", "place", "--type", "province", "--columns", "id"]
    code, out, err = run(*arguments, cwd=folder, stdin="place\r\nខេត្តកំពត\r\n".encode())
    assert (code, out, err) == (0, f"place,place_id\r\nខេត្តកំពត,{KAMPOT}\r\n", "")


def test_convert_in_a_pipe(folder: Path) -> None:
    arguments = ["convert", "-", "--column", "p", "--from-codes", "--type", "province", "--date", "2025-06-30"]
    code, out, err = run(*arguments, "--columns", "to_province,to_province_code", cwd=folder, stdin=b"p;n\n91.0;1\n")
    assert (code, err) == (0, "")
    assert out == "p;n;p_to_province;p_to_province_code\n91.0;1;Tỉnh An Giang;91\n"


def test_sums_go_to_a_file_and_the_rest_to_another(folder: Path) -> None:
    arguments = ["convert", "split.csv", "--column", "unit", "--sum", "n", "--date", "2024-12-31", "--rest", "rest.csv"]
    code, out, err = run(*arguments, "-o", "sums.csv", cwd=folder)
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        "resolver: 1 total is not complete, see its coverage",
        "resolver: 1 row is not added up",
    ]
    assert "Phường Hồng Hà" in (folder / "sums.csv").read_text()
    assert (folder / "rest.csv").read_text().splitlines()[1].startswith('vn-commune-hoa-thang-23053,2,n,"Split among')


FAILURES = {
    "no such file": (["normalize", "no.csv", "--column", "place"], 1, "no.csv: there is no such file; check the path"),
    "folder": (["normalize", ".", "--column", "place"], 1, "this is a folder"),
    "empty": (["normalize", "\x1b[31m.csv", "--column", "place"], 1, r"\x1b[31m.csv: the file is empty"),
    "encoding": (["normalize", "latin.csv", "--column", "place"], 1, "latin.csv, line 2: byte 0xe9 is not UTF-8; try"),
    "unknown encoding": (["normalize", "in.csv", "--column", "place", "--encoding", "x"], 2, "unknown encoding 'x'"),
    "exists": (["normalize", "in.csv", "--column", "place", "-o", "old.csv"], 1, "use --force"),
    "same file": (
        ["normalize", "in.csv", "--column", "place", "-o", "./in.csv", "--force"],
        2,
        "would overwrite in.csv",
    ),
    "missing folder": (["normalize", "in.csv", "--column", "place", "-o", "no/out.csv"], 1, "create the folder first"),
    "full disk": (["normalize", "in.csv", "--column", "place", "-o", "/dev/full"], 1, "no space left on device"),
    "missing column": (
        ["normalize", "in.csv", "--column", "plaec"],
        2,
        "did you mean place? its columns are: place, n",
    ),
    "no column": (["normalize", "in.csv"], 2, "see resolver normalize --help"),
    "unknown type": (["lookup", "x", "--type", "village"], 2, "village"),
    "bad date": (["lookup", "x", "--date", "soon"], 2, "is not a date"),
    "bad score": (["lookup", "x", "--min-score", "2"], 2, "see resolver lookup --help"),
    "unknown option": (["lookup", "x", "--no-such"], 2, "see resolver lookup --help"),
    "unknown command": (["nope"], 2, "see resolver --help"),
    "unknown ending": (["normalize", "in.csv", "--column", "place", "-o", "x.png"], 2, "in .csv, .tsv, .tab, .txt"),
    "unknown ending of a report": (
        ["normalize", "in.csv", "--column", "place", "-o", "x.csv", "--report", "x.pdf"],
        2,
        "x.pdf: unknown ending .pdf: what is written here may end in .json, .html",
    ),
    "unknown ending of groups": (["cluster", "in.csv", "--column", "place", "-o", "x.pdf"], 2, "unknown ending .pdf"),
    "unknown ending of sums": (
        ["convert", "split.csv", "--column", "unit", "--sum", "n", "--date", "2024-12-31", "-o", "x.pdf"],
        2,
        "unknown ending .pdf",
    ),
    "unknown ending of a picture": (["history", KAMPOT, "--svg", "x.png"], 2, "x.png: unknown ending .png"),
    "unknown ending of an export": (["gazetteer", "export", "x.parquet"], 2, "write .csv, .db, .sqlite, .sqlite3"),
    "unknown country": (["normalize", "in.csv", "--column", "place", "--country", "XX"], 2, "of a country 'XX'"),
    "unknown country of sums": (
        ["convert", "in.csv", "--column", "place", "--sum", "n", "--date", "2024-12-31", "--country", "XX"],
        2,
        "of a country 'XX'",
    ),
    "long name": (["normalize", "in.csv", "--column", "place", "-o", "x" * 300], 1, "give it a shorter name"),
    "long name of an export": (["gazetteer", "export", "x" * 300], 1, "give it a shorter name"),
    "long name of a table": (["normalize", "x" * 300, "--column", "place"], 1, "file name too long; check the path"),
    "file for a folder": (["normalize", "in.csv", "--column", "place", "-o", "in.csv/x.csv"], 1, "not a directory"),
    "utf-16 without a mark": (
        ["normalize", "wide.csv", "--column", "place", "--encoding", "utf-16"],
        1,
        "try --encoding utf-16-be",
    ),
    "wide header": (["normalize", "header.csv", "--column", "plaec"], 2, "c19 and 199,980 more"),
    "convert people": (["convert", "in.csv", "--column", "place", "--type", "person"], 2, "a person is not a place"),
    "sum without a date": (["convert", "in.csv", "--column", "place", "--sum", "n"], 2, "--sum needs --date"),
    "sum of nothing": (["convert", "in.csv", "--column", "place", "--by", "n"], 2, "--by needs --sum"),
    "sum and review": (
        ["convert", "in.csv", "--column", "place", "--sum", "n", "--date", "2024-12-31", "--review", "x.csv"],
        2,
        "--review cannot be used with --sum",
    ),
    "sum of a split": (
        ["convert", "split.csv", "--column", "unit", "--sum", "n", "--date", "2024-12-31"],
        1,
        "split.csv, line 3: 1 of 2 rows can't be added up: Xã Hòa Thắng (23053)",
    ),
    "no history": (["history", "Zzyzxqw"], 2, "Zzyzxqw"),
}


@pytest.mark.parametrize("arguments, code, words", FAILURES.values(), ids=FAILURES)
def test_failures_are_one_line(arguments: list[str], code: int, words: str, folder: Path) -> None:
    before = sorted(folder.iterdir())
    got, out, err = run(*arguments, cwd=folder)
    assert (got, out) == (code, "")
    assert words in err
    assert err.startswith("resolver: ")
    assert err.count("\n") == 1
    assert sorted(folder.iterdir()) == before
    assert (folder / "old.csv").read_text() == "old"


def _heed_interrupts() -> None:
    """Undo what a shell does to the commands it starts in the background: they ignore interrupts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may run under nohup


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_leaves_the_old_file(number: signal.Signals, folder: Path) -> None:
    arguments = ["normalize", "-", "--column", "place", "-o", "old.csv", "--force"]
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_heed_interrupts,  # noqa: PLW1509  (no threads here)
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"place\n" + b"Kampot\n" * 400_000)
        deadline = time.monotonic() + 60
        while not list(folder.glob(".*.part")) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(number)
        assert process.wait(60) == 1
        assert process.stderr.read() == b"resolver: interrupted: no file was changed\n"
    assert (folder / "old.csv").read_text() == "old"
    assert not list(folder.glob(".*"))


def test_a_closed_pipe_is_quiet(folder: Path) -> None:
    (folder / "in.csv").write_text("place\n" + "Kampot\n" * 50_000)
    with subprocess.Popen(
        [*COMMAND, "normalize", "in.csv", "--column", "place"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"place,place_status")
        process.stdout.close()
        assert process.wait(60) in (0, 1)
        assert process.stderr.read() == b""


def test_lookup_shows_a_card(folder: Path) -> None:
    code, out, _ = run("lookup", "Kiên Giang", "--type", "province", "--date", "01/12/2025", cwd=folder)
    assert code == 0
    for words in (
        "matched",
        "vn-province-kien-giang · province · tỉnh · code 91 · VN",
        "2025-07-01  vn-province-kien-giang merged into vn-province-an-giang-2025  202/2025/QH15",
        "Tỉnh An Giang, code 91  vn-province-an-giang-2025",
        "  + ",
    ):
        assert words in out
    assert "\x1b" not in out


def test_lookup_lists_candidates(folder: Path) -> None:
    code, out, _ = run("lookup", "Châu Thành", "--type", "district", "--country", "vn", cwd=folder)
    assert code == 0
    assert out.startswith("ambiguous")
    assert len(re.findall(r"vn-district-chau-thanh-\d+ ", out)) > 1


def test_lookup_prints_json(folder: Path) -> None:
    code, out, _ = run("lookup", "Kampot", "--type", "province", "--json", cwd=folder)
    assert code == 0
    told = json.loads(out)
    assert (told["status"], told["entity"]["id"]) == ("matched", KAMPOT)
    assert {"evidence", "candidates", "changes", "current"} <= set(told)


def test_history(folder: Path) -> None:
    code, out, _ = run("history", "vn-province-kien-giang", cwd=folder)
    assert code == 0
    assert "202/2025/QH15" in out
    code, out, _ = run("history", "Tỉnh Kiên Giang", "--json", cwd=folder)
    assert code == 0
    assert json.loads(out)["entity"]["id"] == "vn-province-kien-giang"


def test_version(folder: Path) -> None:
    code, out, _ = run("--version", cwd=folder)
    assert code == 0
    assert re.fullmatch(r"resolver \d+\.\d+\.\d+\S*, gazetteer of \d{4}-\d\d-\d\d, digest [0-9a-f]{32}\n", out)
    assert run("-V", cwd=folder) == (0, out, "")


@pytest.mark.parametrize("arguments", [[], ["gazetteer"]])
def test_without_a_command_it_shows_the_help(folder: Path, arguments: list[str]) -> None:
    code, out, err = run(*arguments, cwd=folder)
    assert (code, err) == (0, "")
    assert run(*arguments, "--help", cwd=folder) == (0, out, "")


def test_a_folder_without_search_permission_is_one_line(folder: Path) -> None:
    """As somebody who may not look into it: for root no folder is closed."""
    closed = folder / "closed"
    closed.mkdir()
    (closed / "in.csv").write_text("place\nKampot\n")
    closed.chmod(0o600)
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from resolver.atomic import check_files, replacing\n"
        "from resolver.errors import ResolverError\n"
        "from resolver.tables.csvio import Reader\n"
        "from resolver.gazetteer.export import export\n"
        "from resolver.gazetteer.reader import read_tables\n"
        "def write():\n"
        "    with replacing('closed/out.csv'): pass\n"
        "uses = [lambda: Reader('closed/in.csv'), lambda: check_files([], ['closed/out.csv'], force=False), write,\n"
        "    lambda: export(Path('closed/out.sqlite')), lambda: read_tables(Path('closed'))]\n"
        "if not os.geteuid(): os.seteuid(65534)\n"
        "for use in uses:\n"
        "    try: use(); print('done')\n"
        "    except ResolverError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) == 5
    assert all("permission denied" in line.lower() and "closed" in line for line in lines), done.stdout


def commands(group: click.Group, path: str = "resolver") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {path: group}
    for word, command in group.commands.items():
        name = f"{path} {word}"
        found |= commands(command, name) if isinstance(command, click.Group) else {name: command}
    return found


@pytest.mark.parametrize("name", commands(cli))
def test_help_has_an_example(name: str) -> None:
    command = commands(cli)[name]
    text = command.get_help(click.Context(command, info_name=name))
    assert re.search(rf"Examples?:\n +{name} .+", text), text
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_lookup_starts_without_pandas() -> None:
    code = (
        "import sys; from resolver.cli.main import _run; _run(['lookup', 'Kampot', '--json']);"
        "assert not {'pandas', 'rich', 'charset_normalizer'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_a_card_is_the_same_with_rich_and_without(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    match = Resolver().resolve("Kiên Giang", date="2024-11-27")
    show(match)
    plain = capsys.readouterr().out
    assert "Tỉnh Kiên Giang" in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    show(match)
    rich = capsys.readouterr().out
    assert "\x1b[" in rich
    assert re.sub("\x1b\\[[0-9;]*m", "", rich) == plain
