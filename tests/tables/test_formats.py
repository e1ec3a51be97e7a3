"""Tables in every kind of file: in and out with the same rows, cells and types; what is damaged is one clear error."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from resolver import Resolver
from resolver.atomic import replacing
from resolver.clustering.cluster_file import ClusterRequest, cluster_file
from resolver.errors import InputError, OutputError, UsageError
from resolver.tables.formats import ENDINGS, check_table_ending, open_table, table_writer
from resolver.tables.formulas import Uncomputed, uncomputed
from resolver.tables.normalize import normalize_file
from resolver.tables.request import Request
from resolver.tables.rows import Reading, TypedCell, value_of
from resolver.tables.sum_file import Sums, sum_file

HEADER = ["place", "when", "n", "share", "yes", "nothing"]
DAY, MOMENT = dt.datetime(2024, 11, 27), dt.datetime(2024, 11, 27, 8, 30)
ROWS: list[list[Any]] = [
    ["Kiên Giang", DAY, 1, 0.5, True, None],
    ["=1+1", MOMENT, 2_000_000, 1.0, False, None],
    ["#N/A", DAY, -3, 2.25, True, None],
    ["ខេត្តកំពត\nhàng 2", DAY, 0, 1e-9, False, None],
]
TEXT_ENDINGS = [*(f".csv{packed}" for packed in ("", ".gz", ".zst")), ".tsv.gz", ".tab", ".txt"]
TYPED_ENDINGS = [".xlsx", ".parquet", ".jsonl", ".jsonl.gz", ".ndjson.zst"]


def excel(path: Path, rows: Sequence[Sequence[Any]], title: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)
    return path


def parquet(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    columns = zip(*rows[1:], strict=True)
    pq.write_table(pa.table(dict(zip(rows[0], map(list, columns), strict=True))), path)
    return path


def jsonl(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    lines = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    text = "".join(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


MAKERS: dict[str, Callable[[Path, Sequence[Sequence[Any]]], Path]] = {
    "xlsx": excel,
    "parquet": parquet,
    "jsonl": jsonl,
}


def read(path: Path, reading: Reading | None = None) -> tuple[list[str], list[list[Any]]]:
    with open_table(path, reading) as table:
        return table.header, [[value_of(cell) for cell in record.cells] for record in table]


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]], like: Path | None = None) -> None:
    with replacing(path) as sink:
        if like is None:
            with table_writer(path, sink) as writer:
                writer.begin(header)
                writer.write_all(rows)
        else:
            with open_table(like) as table, table_writer(path, sink, table) as writer:
                writer.begin(header)
                writer.write_all(rows)


@pytest.mark.parametrize("ending", [*TEXT_ENDINGS, *TYPED_ENDINGS])
def test_texts_come_back_from_every_kind(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"t{ending}"
    rows = [[f"  {row[0]}", "01", "", '"'] for row in ROWS]
    write(path, ["a", "b", "c", "d"], rows)
    header, found = read(path)
    assert header == ["a", "b", "c", "d"]
    assert [[cell or "" for cell in row] for row in found] == rows


@pytest.mark.parametrize("kind", MAKERS)
def test_types_come_through(kind: str, tmp_path: Path) -> None:
    source = MAKERS[kind](tmp_path / f"in.{kind}", [HEADER, *ROWS])
    with open_table(source) as table:
        rows = [record.cells for record in table]
    assert all(isinstance(cell, str) for row in rows for cell in row), "every cell is a text for whoever reads mentions"
    assert [str(cell) for cell in rows[0]][2:] == ["1", "0.5", "TRUE", ""]
    assert str(rows[0][1]).startswith("2024-11-27")
    write(tmp_path / f"out.{kind}", HEADER, rows, like=source)
    assert read(tmp_path / f"out.{kind}") == read(source)


def test_a_workbook_keeps_days_and_texts_as_they_are(tmp_path: Path) -> None:
    source = excel(tmp_path / "in.xlsx", [HEADER, *ROWS], title="Số liệu")
    with open_table(source) as table:
        rows = [record.cells for record in table]
    write(tmp_path / "out.xlsx", HEADER, rows, like=source)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["Số liệu"]
    assert sheet["B2"].value == DAY
    assert sheet["B2"].is_date
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("#N/A", "s")
    assert (sheet["C3"].value, sheet["E3"].value) == (2_000_000, False)


def test_what_xml_cannot_hold_comes_back_from_a_workbook(tmp_path: Path) -> None:
    rows = [["a\x01b\rc\x1f", "_x0041_", "\ufffe"]]
    write(tmp_path / "t.xlsx", ["a", "b", "c"], rows)
    assert read(tmp_path / "t.xlsx")[1] == rows


def test_long_texts_do_not_get_lost_in_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="row 2 has a cell of more than 32,767 letters"):
        write(tmp_path / "t.xlsx", ["a"], [["x" * 32_768]])
    assert not (tmp_path / "t.xlsx").exists()


def test_parquet_keeps_its_schema(tmp_path: Path) -> None:
    schema = pa.schema(
        [
            pa.field("place", pa.dictionary(pa.int32(), pa.string())),
            pa.field("day", pa.date32()),
            pa.field("moment", pa.timestamp("ns", tz="Asia/Ho_Chi_Minh")),
            pa.field("price", pa.decimal128(10, 2)),
            pa.field("tags", pa.list_(pa.string())),
            pa.field("raw", pa.binary()),
            pa.field("small", pa.int8()),
        ],
        metadata={b"origin": b"survey"},
    )
    moment = dt.datetime(2024, 11, 27, 1, tzinfo=dt.UTC)
    values = [
        ["Kampot", None],
        [dt.date(2024, 11, 27), None],
        [moment, None],
        [1, None],
        [["a"], None],
        [b"\xff", None],
    ]
    table = pa.table([*values, [1, None]], schema=schema)
    pq.write_table(table, tmp_path / "in.parquet")
    request = Request(["place"], date_column="day", types=["province"])
    normalize_file(tmp_path / "in.parquet", tmp_path / "out.parquet", request)
    got = pq.read_table(tmp_path / "out.parquet")
    assert got.select(table.column_names).equals(table)
    assert got.schema.metadata == schema.metadata
    assert got.column("place_id").to_pylist() == ["kh-province-kampot", ""]
    assert got.schema.field("place_score").type == pa.float64()
    assert got.column("place_score").null_count == 1


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".jsonl", ".csv.gz", ".tsv.zst", ".jsonl.zst"])
@pytest.mark.parametrize("kind", [*MAKERS, "csv"])
def test_from_every_kind_to_every_kind(kind: str, ending: str, tmp_path: Path, resolver: Resolver) -> None:
    rows: list[list[Any]] = [["place", "when"], ["Kien Giang", DAY], ["Kampot", DAY], [None, None], ["Kampot", DAY]]
    if kind == "csv":
        source = tmp_path / "in.csv"
        source.write_text("place,when\nKien Giang,27/11/2024\nKampot,27-Nov-24\n,\nKampot,2024-11-27\n")
    else:
        source = MAKERS[kind](tmp_path / f"in.{kind}", rows)
    output = tmp_path / f"out{ending}"
    request = Request(["place"], date_column="when", types=["province"], appended=["status", "id", "score", "dating"])
    summary = normalize_file(source, output, request, resolver=resolver)
    expected_rows = 3 if kind == "xlsx" else 4  # a row of a sheet without any cell is an empty line
    assert (summary.rows, summary.unreadable_dates) == (expected_rows, 0)
    header, found = read(output)
    assert header == ["place", "when", "place_status", "place_id", "place_score", "place_dating"]
    told = [[row[2], row[3], row[5]] for row in found if row and row[2]]
    matched = ["matched", "kh-province-kampot", "in_force"]
    assert [one for one in told if one[0] != "blank"] == [
        ["matched", "vn-province-kien-giang", "in_force"],
        matched,
        matched,
    ]
    assert 0.8 < float(found[0][4]) <= 1


def test_dates_in_a_workbook_may_be_numbers(tmp_path: Path, resolver: Resolver) -> None:
    source = excel(
        tmp_path / "in.xlsx", [["place", "when"], ["An Giang", 45623], ["An Giang", 45992.5], ["An Giang", 2024]]
    )
    request = Request(["place"], date_column="when", types=["province"], appended=["id"])
    normalize_file(source, tmp_path / "out.csv", request, resolver=resolver)
    found = [row[2] for row in read(tmp_path / "out.csv")[1]]
    assert found == ["vn-province-an-giang", "vn-province-an-giang-2025", "vn-province-an-giang"]


def test_dates_in_text_are_numbers_only_where_that_is_said(tmp_path: Path, resolver: Resolver) -> None:
    (tmp_path / "in.csv").write_text("place,when\nAn Giang,45623\n")
    for serial, unreadable in ((False, 1), (True, 0)):
        request = Request(["place"], date_column="when", serial_dates=serial, types=["province"], appended=["id"])
        told = normalize_file(tmp_path / "in.csv", tmp_path / "out.csv", request, resolver=resolver, force=True)
        assert told.unreadable_dates == unreadable


def test_formulas_without_a_value_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Dữ liệu"
    for row in (["place", "n"], ["Kampot", None], ["=A2", 2], ['=CONCATENATE("Ta","keo")', 3]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    with open_table(tmp_path / "t.xlsx") as table:
        assert [record.cells for record in table] == [["Kampot", ""], ["", "2"], ["", "3"]]
        assert table.told == [
            f"{tmp_path / 't.xlsx'}: the sheet 'Dữ liệu' has 2 formulas without a value, first in A3, read as blank: "
            "open the workbook in a spreadsheet and save it"
        ]


SHEETS = {
    "no formula": ('<c r="A1"><v>1</v></c>', Uncomputed(0, "")),
    "a value": ('<c r="A1"><f>B1</f><v>1</v></c>', Uncomputed(0, "")),
    "none": ('<c r="A1"><f>B1</f></c><c r="B1"><v>1</v></c>', Uncomputed(1, "A1")),
    "an empty one": ('<c r="A1"><f>B1</f><v/></c><c r="A2"><f/><v></v></c>', Uncomputed(2, "A1")),
    "an empty text": ('<c r="A1" t="str"><f>IF(B1,1,"")</f><v></v></c>', Uncomputed(0, "")),
    "behind cells without content": ('<c r="A1" t="str"/><c r="B1"/><c r="C1"><f>A1</f></c>', Uncomputed(1, "C1")),
    "with a prefix": (
        '<x:c r="A1"><x:f>B1</x:f></x:c><x:c r="A2"><x:f/><x:v>2</x:v></x:c>',
        Uncomputed(1, "A1"),
    ),
    "unending": ("<c>" + "x" * 5_000_000 + '<c r="B9"><f>A1</f></c>', Uncomputed(1, "B9")),
}


@pytest.mark.parametrize(("content", "expected"), SHEETS.values(), ids=SHEETS)
def test_formulas_without_a_value(content: str, expected: Uncomputed) -> None:
    assert uncomputed(io.BytesIO(content.encode())) == expected


def test_a_sheet_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Bìa"
    book["Bìa"].append(["Báo cáo"])
    book.create_sheet("2024").append(["place"])
    book["2024"].append(["Kampot"])
    book.save(tmp_path / "t.xlsx")
    assert read(tmp_path / "t.xlsx", Reading(sheet="2024")) == (["place"], [["Kampot"]])
    with open_table(tmp_path / "t.xlsx") as table:
        assert table.told == [f"{tmp_path / 't.xlsx'}: read its first sheet, 'Bìa', of 2; --sheet names another"]
    with pytest.raises(UsageError, match="no sheet '2025'; its sheets are: Bìa, 2024"):
        open_table(tmp_path / "t.xlsx", Reading(sheet="2025"))
    with pytest.raises(UsageError, match="no Excel workbook"):
        open_table(tmp_path / "t.csv", Reading(sheet="2025"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_title_above_the_header(kind: str, tmp_path: Path, resolver: Resolver) -> None:
    source = tmp_path / f"in.{kind}"
    rows = [["Báo cáo năm 2024"], [], ["place", "n"], ["Kampot", "1"]]
    if kind == "csv":
        source.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    else:
        excel(source, rows)
    request = Request(["place:province"], appended=["id"])
    with pytest.raises(UsageError, match=r"no column 'place'.*line 3 looks like the header: --skip-lines 2"):
        normalize_file(source, tmp_path / "out.csv", request, resolver=resolver)
    normalize_file(source, tmp_path / "out.csv", request, resolver=resolver, reading=Reading(skip_lines=2))
    told = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert told[-2:] == ["place,n,place_id", "Kampot,1,kh-province-kampot"]
    assert told[:-2] == (["Báo cáo năm 2024", ""] if kind == "csv" else []), "lines of a text stay where they are"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_without_a_header(kind: str, tmp_path: Path, resolver: Resolver) -> None:
    source = tmp_path / f"in.{kind}"
    if kind == "csv":
        source.write_text("Kampot,1\nTakeo,2\n")
    else:
        excel(source, [["Kampot", "1"], ["Takeo", "2"]])
    request = Request(["1"], types=["province"], appended=["id"])
    normalize_file(source, tmp_path / "out.csv", request, resolver=resolver, reading=Reading(header=False))
    told = (tmp_path / "out.csv").read_text().splitlines()
    assert told == ["1,2,1_id", "Kampot,1,kh-province-kampot", "Takeo,2,kh-province-takeo"]


def test_lines_of_json_keep_their_keys(tmp_path: Path, resolver: Resolver) -> None:
    lines = ['{"place":"Kampot","tags":["a",{"b":1.5}],"n":12345678901234567890}', "", '{"extra":null,"place":"Huế"}']
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    request = Request(["place"], types=["province"], appended=["id", "score"])
    normalize_file(tmp_path / "in.jsonl", tmp_path / "out.jsonl", request, resolver=resolver)
    told = (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n")
    one, two = json.loads(told[0]), json.loads(told[2])
    assert (one["tags"], one["n"]) == (["a", {"b": 1.5}], 12345678901234567890)
    assert ("extra" in one, told[1], "tags" in two, two["extra"]) == (False, "", False, None)
    assert isinstance(two["place_score"], float)


def test_cluster_and_sums_read_and_write_them_too(tmp_path: Path, resolver: Resolver) -> None:
    source = excel(tmp_path / "in.xlsx", [["official", "n"], ["Hun Sen", 1], ["Hun, Sen", 2]])
    cluster_file(source, tmp_path / "out.parquet", ClusterRequest("official"), resolver=resolver)
    got = pq.read_table(tmp_path / "out.parquet").to_pydict()
    assert got["n"] == [1, 2]
    assert got["official_cluster_size"] == [2.0, 2.0]
    source = excel(tmp_path / "stats.xlsx", [["unit", "n"], ["Kiên Giang", 1.5], ["An Giang", 2]])
    request = Sums("unit", ["n"], "2024-12-31", types=["province"], to="2025-07-01")
    sum_file(source, tmp_path / "sums.xlsx", request, resolver=resolver)
    header, rows = read(tmp_path / "sums.xlsx")
    assert rows[0][header.index("n")] == 3.5


def test_sums_are_numbers_where_there_are_numbers(tmp_path: Path, resolver: Resolver) -> None:
    source = tmp_path / "in.csv"
    source.write_text("unit;n\nKiên Giang;1,5\nAn Giang;2,25\n", encoding="utf-8")
    request = Sums("unit", ["n"], "2024-12-31", types=["province"], to="2025-07-01", decimal=",")
    for ending, expected in ((".csv", "3,75"), (".xlsx", 3.75), (".parquet", 3.75), (".jsonl", 3.75)):
        sum_file(source, tmp_path / f"sums{ending}", request, resolver=resolver)
        header, rows = read(tmp_path / f"sums{ending}")
        assert rows[0][header.index("n")] == expected


def test_a_title_beside_empty_cells_is_told(tmp_path: Path, resolver: Resolver) -> None:
    (tmp_path / "in.csv").write_text("Bảng 1;;\n;;\nTỉnh;n;m\nKampot;1;2\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"no column 'Tỉnh'.*--skip-lines 2"):
        normalize_file(tmp_path / "in.csv", tmp_path / "out.csv", Request(["Tỉnh"]), resolver=resolver)


def test_review_files_may_be_workbooks(tmp_path: Path, resolver: Resolver) -> None:
    (tmp_path / "in.csv").write_text("place\nChâu Thành\n", encoding="utf-8")
    request = Request(["place"], types=["district"], appended=["id"])
    normalize_file(tmp_path / "in.csv", tmp_path / "1.csv", request, resolver=resolver, review=tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(2, names.index("decision") + 1, "vn-district-chau-thanh-905")
    book.save(tmp_path / "r.xlsx")
    options: dict[str, Any] = {"resolver": resolver, "overrides": tmp_path / "r.xlsx"}
    normalize_file(tmp_path / "in.csv", tmp_path / "2.csv", request, **options)
    assert read(tmp_path / "2.csv")[1] == [["Châu Thành", "vn-district-chau-thanh-905"]]


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("a.txt", "no workbook")


DAMAGED: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "cut off": ("t.csv.gz", lambda p: p.write_bytes(gzip.compress(b"a,b\n1,2\n" * 99)[:-20]), "damaged or cut off"),
    "no gzip": ("t.csv.gz", lambda p: p.write_bytes(b"a,b\n1,2\n"), "damaged"),
    "cut off in zstandard": (
        "t.csv.zst",
        lambda p: p.write_bytes(zstandard.compress(b"a,b\n1,2\n" * 99)[:-5]),
        "damaged or cut off",
    ),
    "no zstandard": ("t.csv.zst", lambda p: p.write_bytes(b"a,b\n1,2\n"), "damaged"),
    "no workbook": ("t.xlsx", lambda p: p.write_bytes(b"a,b\n"), "not an Excel workbook"),
    "another archive": ("t.xlsx", bomb, "not an Excel workbook"),
    "an empty sheet": ("t.xlsx", lambda p: excel(p, []), "'Sheet1' is empty"),
    "no parquet": ("t.parquet", lambda p: p.write_bytes(b"PAR1 no"), "not a Parquet file"),
    "no file": ("none.parquet", lambda p: None, "not a Parquet file"),
    "no workbook there": ("none.xlsx", lambda p: None, "no such file"),
    "no JSON": ("t.jsonl", lambda p: p.write_text('{"a":1}\n{"a":\n'), "line 2: this is no JSON"),
    "an array": ("t.jsonl", lambda p: p.write_text("[1]\n"), "line 1: this is not an object"),
    "a key twice": ("t.jsonl", lambda p: p.write_text('{"a":1,"a":2}\n'), "line 1: .*twice"),
    "not UTF-8": ("t.jsonl", lambda p: p.write_bytes(b'{"a":"\xe9"}\n'), "line 1: this is not UTF-8"),
    "nested deep": ("t.jsonl", lambda p: p.write_text("[" * 200_000 + "\n"), "line 1"),
    "empty": ("t.jsonl", lambda p: p.write_text("\n\n"), "the file is empty"),
    "a workbook named CSV": ("t.csv", lambda p: excel(p.with_suffix(".xlsx"), ROWS).rename(p), "end in .xlsx"),
    "gzip named CSV": ("t.csv", lambda p: p.write_bytes(gzip.compress(b"a\n1\n")), "end in .csv.gz"),
    "parquet named CSV": ("t.csv", lambda p: p.write_bytes(b"PAR1" * 9), "end in .parquet"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_one_error(name: str, tmp_path: Path) -> None:
    file, make, words = DAMAGED[name]
    make(tmp_path / file)
    with pytest.raises(InputError, match=words) as caught:
        read(tmp_path / file)
    assert file in str(caught.value)


@pytest.mark.parametrize("ending", [".parquet", ".jsonl"])
def test_two_columns_of_a_name_are_refused_where_names_tell_columns(ending: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="two columns are named 'a'"):
        write(tmp_path / f"t{ending}", ["a", "a"], [["1", "2"]])


@pytest.mark.parametrize("ending", [".parquet", ".jsonl"])
def test_surplus_cells_are_refused_where_there_is_no_place_for_them(ending: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="2 cells for 1 columns"):
        write(tmp_path / f"t{ending}", ["a"], [["1", "2"]])


@pytest.mark.parametrize("name", ["t.xls", "t.png", "t.gz", "t.xlsx.gz", "t.parquet.zst", "t.csv.bz2", "t.json"])
def test_unknown_endings_name_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError, match="unknown ending") as caught:
        check_table_ending(name)
    assert all(ending in str(caught.value) for ending in ENDINGS)


@pytest.mark.parametrize("name", ["t.xls", "t.ods", "t.json", "t.xlsx.gz", "t.dat"])
def test_a_file_of_another_kind_is_not_read_as_csv(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("place\nKampot\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"unknown ending .*read from standard input: - < FILE") as caught:
        open_table(tmp_path / name)
    assert all(ending in str(caught.value) for ending in ENDINGS)


def test_a_name_without_an_ending_is_csv(tmp_path: Path) -> None:
    (tmp_path / "table").write_text("place\nKampot\n", encoding="utf-8")
    assert read(tmp_path / "table") == (["place"], [["Kampot"]])


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for ending in (".csv.gz", ".xlsx"):
        for name in (f"1{ending}", f"2{ending}"):
            write(tmp_path / name, ["a"], [["x"]])
        assert (tmp_path / f"1{ending}").read_bytes() == (tmp_path / f"2{ending}").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.xlsx") as book:
        assert {part.date_time[0] for part in book.infolist()} == {1980}
        assert "1980-01-01T00:00:00Z" in book.read("docProps/core.xml").decode()
        assert str(dt.date.today().year) not in book.read("docProps/core.xml").decode()


def test_a_typed_cell_goes_to_another_process() -> None:
    import pickle  # noqa: PLC0415

    cell = pickle.loads(pickle.dumps(TypedCell("1", 1)))
    assert (cell, cell.value, type(cell)) == ("1", 1, TypedCell)


def test_columns_of_json_get_the_one_type_they_have(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["a", "b", "c", "d", "e"], [1, 1, True, "x", 2**60], [2, 2.5, False, 1, 0.5]]
    source = jsonl(tmp_path / "in.jsonl", rows)
    with open_table(source) as table:
        cells = [record.cells for record in table]
    write(tmp_path / "out.parquet", rows[0], cells, like=source)
    got = pq.read_table(tmp_path / "out.parquet")
    assert [str(type_) for type_ in got.schema.types] == ["int64", "double", "bool", "string", "string"]
    assert got.column("e").to_pylist() == [str(2**60), "0.5"]


def test_json_lines_have_days_without_a_time_and_only_numbers_that_json_has(tmp_path: Path, resolver: Resolver) -> None:
    excel(tmp_path / "in.xlsx", [["place", "when"], ["Kampot", DAY], ["Kep", MOMENT]])
    parquet(tmp_path / "in.parquet", [["place", "n"], ["Kampot", float("nan")], ["Kep", float("inf")]])
    for name in ("in.xlsx", "in.parquet"):
        request = Request(["place"], appended=["status"])
        normalize_file(tmp_path / name, tmp_path / f"{name}.jsonl", request, resolver=resolver)

    def no_constant(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    def values(name: str, key: str) -> list[Any]:
        lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        return [json.loads(line, parse_constant=no_constant)[key] for line in lines]

    assert values("in.xlsx.jsonl", "when") == ["2024-11-27", "2024-11-27 08:30:00"]
    assert values("in.parquet.jsonl", "n") == [None, "inf"]
