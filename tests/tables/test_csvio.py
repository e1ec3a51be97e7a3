"""Hostile tables: each either comes through cell by cell or is refused in words that say what to do."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolver.atomic import abandon, check_files, replacing, take_place
from resolver.errors import InputError, OutputError, UsageError
from resolver.tables.csvio import Reader, Writer
from resolver.tables.headers import column_position
from resolver.tables.rows import Dialect, Reading


def hostile(tmp_path: Path, content: bytes) -> Path:
    folder = tmp_path / "hostile"
    folder.mkdir(exist_ok=True)
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


def windows_1258(text: str) -> bytes:
    """Encode Vietnamese as Windows does: tones as marks of their own behind the letter."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out += (bare + "".join(part for part in parts if part in tones)).encode("cp1258")
    return out


READ = {
    "plain": (b"place,n\nKampot,1\n", [["place", "n"], ["Kampot", "1"]]),
    "no newline at the end": (b"place,n\nKampot,1", [["place", "n"], ["Kampot", "1"]]),
    "header only": (b"place,n\n", [["place", "n"]]),
    "header without newline": (b"place", [["place"]]),
    "utf-8 with mark": ("\ufeffplace,n\nHà Nội,1\n".encode(), [["place", "n"], ["Hà Nội", "1"]]),
    "utf-16 with mark": ("place;n\nខេត្តកំពត;1\n".encode("utf-16"), [["place", "n"], ["ខេត្តកំពត", "1"]]),
    "utf-16 big endian": (b"\xfe\xff" + "place\nHuế\n".encode("utf-16-be"), [["place"], ["Huế"]]),
    "utf-32": ("place\nHuế\n".encode("utf-32"), [["place"], ["Huế"]]),
    "quoted header behind a mark": (b'\xef\xbb\xbf"place","a,b"\n1,2\n', [["place", "a,b"], ["1", "2"]]),
    "semicolons": ("place;note, more\nHuế;a,b\n".encode(), [["place", "note, more"], ["Huế", "a,b"]]),
    "tabs": (b"place\tn\nKampot, Cambodia\t1\n", [["place", "n"], ["Kampot, Cambodia", "1"]]),
    "bars": (b"place|n\nKampot|1\n", [["place", "n"], ["Kampot", "1"]]),
    "delimiter inside a quoted header": (b'"a,b,c";place\n1;2\n', [["a,b,c", "place"], ["1", "2"]]),
    "header over two lines": (b'"the\nplace";n\n1;2\n', [["the\nplace", "n"], ["1", "2"]]),
    "windows newlines": (b"place,n\r\nKampot,1\r\n", [["place", "n"], ["Kampot", "1"]]),
    "old mac newlines": (b"place,n\rKampot,1\r", [["place", "n"], ["Kampot", "1"]]),
    "newline in a cell": (b'place,n\n"Kam\r\npot",1\n', [["place", "n"], ["Kam\r\npot", "1"]]),
    "unicode line separators are no newlines": (
        "place,n\nKam\u2028pot\x0b\x85,1\n".encode(),
        [["place", "n"], ["Kam\u2028pot\x0b\x85", "1"]],
    ),
    "doubled quotes": (b'place,n\n"the ""old"" town",1\n', [["place", "n"], ['the "old" town', "1"]]),
    "a quote inside a bare cell": (b'place,n\nwidth 5" wide,1\n', [["place", "n"], ['width 5" wide', "1"]]),
    "a quote inside a bare header": (b'size 5",place\n1,2\n', [['size 5"', "place"], ["1", "2"]]),
    "short and long rows": (b"a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
    "empty lines": (b"\n\na,b\n\n1,2\n\n", [["a", "b"], [], ["1", "2"], []]),
    "cells of spaces": (b"a,b\n , \n", [["a", "b"], [" ", " "]]),
    "a line that tells the delimiter": (b"sep=;\nplace;n,m\nKampot;1\n", [["place", "n,m"], ["Kampot", "1"]]),
    "a line that tells a tab, behind a mark": (
        b'\xef\xbb\xbf"sep=\t"\r\nplace\tn\r\nKampot, Cambodia\t1\r\n',
        [["place", "n"], ["Kampot, Cambodia", "1"]],
    ),
    "a line that tells the delimiter, filled up": (
        b"sep=;;;\nplace;n;m\n1;2;3\n",
        [["place", "n", "m"], ["1", "2", "3"]],
    ),
    "a header that only looks like it": (b"sep=,place\n1,2\n", [["sep=", "place"], ["1", "2"]]),
    "values a dataframe would change": (b"a,b\n01,NA\n1e3,\n", [["a", "b"], ["01", "NA"], ["1e3", ""]]),
}


@pytest.mark.parametrize("content, rows", READ.values(), ids=READ)
def test_reads(tmp_path: Path, content: bytes, rows: list[list[str]]) -> None:
    with Reader(hostile(tmp_path, content)) as table:
        assert [table.header, *(record.cells for record in table)] == rows


REFUSED = {
    "empty": (b"", "the file is empty"),
    "only newlines": (b"\n\r\n\n", "the file is empty"),
    "only a mark": (b"\xef\xbb\xbf", "the file is empty"),
    "latin bytes": (b"place,n\nKampot,1\nPr\xe9ah Vih\xe9ar,2\n", "line 3: byte 0xe9 is not UTF-8"),
    "cut in a letter": (b"place\nKampot\nHu\xe1\xba", "line 3: byte 0xe1 is not UTF-8"),
    "few words in another encoding": (windows_1258("place\nTỉnh\n"), "try --encoding windows-1258"),
    "nul": (b"place,n\nKam\0pot,1\n", "line 2: a NUL character"),
    "utf-16 without mark, few western letters": ("ខេត្ត\nកំពត\n".encode("utf-16-le"), "--encoding utf-16-le"),
    "cut in a quote": (b'place,n\nKampot,1\n"Kam', "line 3: the quote that opens here never closes"),
    "cut in zeros": (b"place,n\nKampot,1\nKe\0\0\0\0", "line 3: a NUL character"),
    "only a line that tells the delimiter": (b"sep=;\n", "the file is empty"),
    "endless record": (
        b"a,b\n" + b'"' + b"x" * 15_000_000 + b'\n","' + (b"x" * 15_000_000 + b'\n","') * 4,
        "the quote that opens here never closes",
    ),
    "excel": (b"PK\x03\x04rest", "save the sheet as CSV"),
    "gzip": (b"\x1f\x8b\x08rest", "let its name end in .csv.gz"),
    "quote never closes": (b'place,n\nKampot,1\n"Kep,2\n' + b"Takeo,3\n" * 50, "line 3: the quote that opens here"),
    "quote never closes, second cell": (b'a,b\n"x\ny","z\n1,2\n', "line 3: the quote that opens here never closes"),
    "quote never closes, more quotes behind": (
        b'place,n\n"Kep,2\n"Takeo",3\n"Kampot",4\n',
        "line 2: a quoted cell continues",
    ),
    "quote never closes in the header": (b'place,"n\nKampot,1\n', "line 1: the quote that opens here never closes"),
    "quote never closes, very many lines": (b'place,n\n"Kep,2\n' + b"Takeo,3\n" * 12_000, "line 2: the quote"),
    "text after a quoted cell": (b'place,n\n"Kampot" province,1\n', "line 2: a quoted cell continues"),
    "huge cell": (b"place,n\nKampot,1\n" + b"x" * (16 * 1024 * 1024 + 1) + b",2\n", "line 3: a cell of more than"),
}


@pytest.mark.parametrize("content, words", REFUSED.values(), ids=REFUSED)
def test_refuses(tmp_path: Path, content: bytes, words: str) -> None:
    path = hostile(tmp_path, content)
    with pytest.raises(InputError) as caught, Reader(path) as table:
        list(table)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_legacy_encoding_is_read_when_named(tmp_path: Path) -> None:
    path = hostile(tmp_path, windows_1258("place\nThừa Thiên Huế\n"))
    with Reader(path, Reading(encoding="windows-1258")) as table:
        assert [unicodedata.normalize("NFC", record.cells[0]) for record in table] == ["Thừa Thiên Huế"]


def test_bytes_far_into_a_file_are_found_on_their_line(tmp_path: Path) -> None:
    path = hostile(tmp_path, b"place\n" + "Huế\n".encode() * 300_000 + b"\xff\n")
    with pytest.raises(InputError, match=r"line 300002: byte 0xff"), Reader(path) as table:
        for _ in table:
            pass


@pytest.mark.parametrize("size", range(1_048_570, 1_048_582))
def test_line_ends_across_a_block(tmp_path: Path, size: int) -> None:
    filler = "x" * (size - len("a,b\r\n") - len(",1\r\n"))
    path = hostile(tmp_path, f"a,b\r\n{filler},1\r\nHuế,2\r\n".encode())
    with Reader(path) as table:
        assert [record.cells for record in table] == [[filler, "1"], ["Huế", "2"]]


@pytest.mark.parametrize("encoding", ["hex", "no-such", "rot13", ""])
def test_unknown_encodings(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UsageError, match="unknown encoding"):
        Reader(hostile(tmp_path, b"a\n1\n"), Reading(encoding=encoding))


@pytest.mark.parametrize("text", ["place,n\nHuế,1\n", "tỉnh\nខេត្តកំពត\n"])
@pytest.mark.parametrize("encoding", ["utf-16", "UTF_32"])
@pytest.mark.parametrize("order", ["le", "be"])
def test_an_order_of_bytes_that_nothing_tells_is_asked_for(
    tmp_path: Path, text: str, encoding: str, order: str
) -> None:
    path, named = hostile(tmp_path, text.encode(f"{encoding}-{order}")), encoding.lower().replace("_", "-")
    with pytest.raises(InputError, match=f"try --encoding {named}-{order}"):
        Reader(path, Reading(encoding=encoding))
    with Reader(path, Reading(encoding=f"{named}-{order}")) as table:
        assert table.header == text.splitlines()[0].split(",")


def test_a_wide_header_is_searched_and_told_in_short_time() -> None:
    marks = "e" + "\u0301\u0323" * 500_000
    for header in ([marks], ["x" * 1_000_000], [f"c{number}" for number in range(200_000)], [marks[:3_000]] * 300):
        start = time.process_time()
        with pytest.raises(UsageError) as caught:
            column_position(header, "plaec", path="x.csv")
        assert time.process_time() - start < 2
        assert len(str(caught.value)) < 2_000
    assert column_position([marks, "n"], marks, path="x.csv") == 0


@pytest.mark.parametrize("delimiter", ["", ",,", '"', "\n", "\\n"])
def test_impossible_delimiters(tmp_path: Path, delimiter: str) -> None:
    with pytest.raises(UsageError, match="delimiter"):
        Reader(hostile(tmp_path, b"a\n1\n"), Reading(delimiter=delimiter))


def test_a_delimiter_given_overrules_the_header(tmp_path: Path) -> None:
    with Reader(hostile(tmp_path, b"a,b;c\n1,2;3\n"), Reading(delimiter=";")) as table:
        assert table.header == ["a,b", "c"]
    with Reader(hostile(tmp_path, b"a,b\tc\n"), Reading(delimiter="\\t")) as table:
        assert table.header == ["a,b", "c"]


@pytest.mark.parametrize("path", ["no/such/file.csv", "."])
def test_unreadable_paths(path: str) -> None:
    with pytest.raises(InputError):
        Reader(path)


def test_columns_are_found_and_missed() -> None:
    header = ["id", " place ", "ti\u0309nh", "n", "n"]
    assert column_position(header, "place", path="x.csv") == 1
    assert column_position(header, "tỉnh", path="x.csv") == 2
    with pytest.raises(InputError, match=r"several columns are named 'n': 4 and 5; .* --skip-lines 1 --no-header"):
        column_position(header, "n", path="x.csv")
    with pytest.raises(UsageError, match=r"did you mean place\? its columns are: id"):
        column_position(header, "plaec", path="x.csv")


cell = st.text(alphabet=st.sampled_from('aế,;"\r\n\t |\ufeff\u2028'), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(st.lists(cell, min_size=2, max_size=4), min_size=1, max_size=5),
    delimiter=st.sampled_from(",;\t|"),
    terminator=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_again(tmp_path: Path, rows: list[list[str]], delimiter: str, terminator: str) -> None:
    rows = [["place", "n"], *rows]
    path = tmp_path / "out.csv"
    with replacing(path) as sink:
        writer = Writer(sink, Dialect(delimiter, terminator))
        for row in rows:
            writer.write(row)
    with Reader(path) as table:
        assert [table.header, *(record.cells for record in table)] == rows
    text = path.read_bytes().decode()
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) == rows


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), replacing(path) as sink:
        sink.write("new, but half")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    with replacing(path) as sink:
        sink.write("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "out.csv", tmp_path / "link.csv"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    with replacing(link) as sink:
        sink.write("new")
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_full_disk_is_one_line() -> None:
    words = "/dev/full: no space left on device; free some space"
    with pytest.raises(OutputError, match=words), replacing("/dev/full") as sink:
        sink.write("x" * 1_000_000)
    assert Path("/dev/full").is_char_device()


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="create the folder first"), replacing(tmp_path / "no" / "out.csv"):
        pass


def _left(folder: Path, number: int, hours: float) -> Path:
    """Return a part such as a killed run leaves."""
    part = folder / f".resolver-{number:016x}.part"
    part.write_text("half")
    then = time.time() - hours * 3600
    os.utime(part, (then, then))
    return part


def test_parts_of_killed_runs_are_swept(tmp_path: Path) -> None:
    gone, fresh, locked, linked = (_left(tmp_path, number, hours) for number, hours in enumerate([2, 0.1, 2, 2]))
    folder = tmp_path / f".resolver-{9:016x}.part"
    folder.mkdir()
    (folder / "names.csv").write_text("half")
    os.utime(folder, (1_000_000, 1_000_000))
    others = [tmp_path / name for name in (".resolver-1.part", ".0123456789abcdef.part", f".resolver-{1:016x}.old")]
    for other in others:
        other.write_text("somebody's")
        os.utime(other, (1_000_000, 1_000_000))
    linked.unlink()
    linked.symlink_to(others[0])
    with locked.open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with replacing(tmp_path / "out.csv") as sink:
            sink.write("new")
        assert not gone.exists()
        assert not folder.exists()
        assert all(path.exists() for path in (fresh, locked, linked, *others, tmp_path / "out.csv"))
    with replacing(tmp_path / "out.csv") as sink:
        sink.write("new")
    assert not locked.exists()


def test_a_part_under_way_is_locked(tmp_path: Path) -> None:
    with replacing(tmp_path / "out.csv") as sink:
        sink.write("half")
        (part,) = tmp_path.iterdir()
        os.utime(part, (1_000_000, 1_000_000))
        with replacing(tmp_path / "other.csv") as other:
            other.write("new")
        assert part.exists()
    assert {file.name for file in tmp_path.iterdir()} == {"out.csv", "other.csv"}


@pytest.mark.parametrize("moment", ["rename", "replace"])
def test_a_folder_comes_back_when_another_cannot_take_its_place(
    tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, part = tmp_path / "target", tmp_path / "part"
    for folder in (target, part):
        folder.mkdir()
        (folder / "file").write_text(folder.name)
    if moment == "rename":
        (tmp_path / "part" / "file").unlink()
        part.rmdir()
    else:

        def interrupted(*_: object) -> None:
            abandon()
            raise OSError(5, "input/output error")

        monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(OSError):
        take_place(part, target)
    assert (target / "file").read_text() == "target"
    assert not list(tmp_path.glob(".*"))


def test_names_that_are_too_long_or_odd_fail_before_the_work(tmp_path: Path) -> None:
    for name in ("x" * 300 + ".csv", "a\0b.csv"):
        with pytest.raises(OutputError):
            check_files([], [tmp_path / name], force=False)
        with pytest.raises(OutputError), replacing(tmp_path / name):
            pass
    assert not list(tmp_path.iterdir())


def test_outputs_never_overwrite_what_they_should_not(tmp_path: Path) -> None:
    source, other = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("a\n")
    (tmp_path / "hard.csv").hardlink_to(source)
    (tmp_path / "soft.csv").symlink_to(source)
    for name in ("in.csv", "hard.csv", "soft.csv"):
        with pytest.raises(UsageError, match="would overwrite"):
            check_files([source], [tmp_path / name], force=True)
    with pytest.raises(UsageError, match="would overwrite"):
        check_files([source], [other, other], force=False)
    with pytest.raises(UsageError, match="standard output"):
        check_files([source], ["-", "-"], force=False)
    other.write_text("old")
    with pytest.raises(OutputError, match="--force"):
        check_files([source], [other], force=False)
    check_files([source], [other, "/dev/null", "-"], force=True)
