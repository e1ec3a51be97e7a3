"""The job behind the command: rows, cells and counts come out as they went in, plus the answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from resolver.engine.resolver import Resolver
from resolver.errors import InputError, OutputError, UsageError
from resolver.tables import normalize as job
from resolver.tables import review as reviews
from resolver.tables.columns import COLUMNS, ON_DEMAND
from resolver.tables.csvio import Reader, Writer
from resolver.tables.normalize import _Job as Job
from resolver.tables.normalize import normalize_file
from resolver.tables.request import Request
from resolver.tables.rows import Reading, Record

KIEN_GIANG, AN_GIANG, KAMPOT = "vn-province-kien-giang", "vn-province-an-giang-2025", "kh-province-kampot"


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "hostile").mkdir()
    return tmp_path / "hostile"


def rows(path: Path, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter))


def records(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def run(folder: Path, content: str | bytes, resolver: Resolver, *columns: str, **options: Any) -> Path:
    source, output = folder / "in.csv", folder / "out.csv"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    files = {name: options.pop(name) for name in ("review", "overrides", "report", "reading") if name in options}
    request = Request(columns or ("place",), **options)
    normalize_file(source, output, request, resolver=resolver, force=True, **files)
    return output


def test_every_cell_stays_and_columns_follow(folder: Path, resolver: Resolver) -> None:
    content = 'id,place,note\r\n01,Kiên Giang,"a ""b"", c"\r\n,,NA\r\n1.0, Kampot ,"x\r\ny"\r\n'
    out = run(folder, content, resolver, "place:province")
    before = list(csv.reader(io.StringIO(content, newline="")))
    after = rows(out)
    assert [row[:3] for row in after] == before
    assert after[0][3:] == [f"place_{name}" for name in COLUMNS if name not in ON_DEMAND]
    assert [row[3:5] for row in after[1:]] == [["matched", KIEN_GIANG], ["blank", ""], ["matched", KAMPOT]]
    assert out.read_bytes().count(b"\r\n") == content.count("\r\n")


def test_delimiter_mark_and_utf16(folder: Path, resolver: Resolver) -> None:
    out = run(folder, "place;n\nខេត្តកំពត;1\n".encode("utf-16"), resolver, appended=["id"])
    assert out.read_bytes() == f"\ufeffplace;n;place_id\nខេត្តកំពត;1;{KAMPOT}\n".encode()


def test_header_only(folder: Path, resolver: Resolver) -> None:
    assert run(folder, "place,n\n", resolver, appended=["status"]).read_text() == "place,n,place_status\n"


def test_ragged_rows_are_kept_and_not_resolved(folder: Path, resolver: Resolver) -> None:
    content = "id,place\n1,Kampot\n2\n3,Kam,pot,x\n\n4,Kampot\n"
    report = folder / "report.json"
    out = run(folder, content, resolver, "place:province", appended=["status", "note"], report=report)
    body = rows(out)[1:]
    assert [row[:3] for row in body if row] == [
        ["1", "Kampot", "matched"],
        ["2", "", "unmatched"],
        ["3", "Kam", "unmatched"],
        ["4", "Kampot", "matched"],
    ]
    assert body[1][3:] == ["row has 1 cell, the header 2: not resolved"]
    assert body[2][3:] == ["row has 4 cells, the header 2: not resolved", "pot", "x"]
    # An empty line is a record to no reader of tables: it stays what it is.
    assert body[3] == []
    told = json.loads(report.read_text())
    assert (told["rows"], told["ragged_rows"], told["empty_lines"]) == (4, 2, 1)
    assert told["warnings"] == ["2 rows with too many or too few cells, not resolved: the first is line 3"]


def test_lines_with_commas_below_a_header_of_one_cell_are_told(folder: Path, resolver: Resolver) -> None:
    """A list of addresses, one on each line, is no table of commas: the warning says how to read it."""
    content = "place\n12 Trần Hầu, Phường Bình San, Thành phố Hà Tiên, Kiên Giang\nKampot\n   \n"
    (folder / "in.csv").write_text(content, encoding="utf-8")
    request = Request(["place"], appended=["status", "note"])
    told = normalize_file(folder / "in.csv", folder / "out.csv", request, resolver=resolver)
    assert told.warnings() == [
        "1 row with too many or too few cells, not resolved: the first is line 2; "
        "if each line is one cell, give --delimiter \\t"
    ]
    whole = Reading(delimiter="\\t")
    told = normalize_file(folder / "in.csv", folder / "out.csv", request, resolver=resolver, reading=whole, force=True)
    assert told.warnings() == []
    got = (folder / "out.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[1] for line in got] == ["place_status", "matched", "matched", "blank"]


def test_a_line_of_blanks_is_blank(folder: Path, resolver: Resolver) -> None:
    content = "id,place\n1,Kampot\n   \n"
    out = run(folder, content, resolver, "place", appended=["status", "note"])
    assert rows(out)[2] == ["   ", "", "blank", ""]


def test_a_date_that_may_be_a_number_of_days_is_told_with_the_option_that_reads_it(
    folder: Path, resolver: Resolver
) -> None:
    content = "place,date\nKampot,45623\nKep,2024\n"
    (folder / "in.csv").write_text(content, encoding="utf-8")
    request = Request(["place"], date_column="date", appended=["status"])
    told = normalize_file(folder / "in.csv", folder / "out.csv", request, resolver=resolver)
    assert told.warnings() == [
        "1 row with a date that cannot be read, such as '45623', resolved without one; "
        "--serial-dates reads such numbers as Excel counts days"
    ]


def test_several_columns_types_and_colons(folder: Path, resolver: Resolver) -> None:
    content = "where:province,place,a:b\nKampot,Kampot,Kampot\n"
    out = run(folder, content, resolver, "where:province", "place:province", "a:b", appended=["type", "id"])
    row = records(out)[0]
    assert row["place_id"] == KAMPOT
    assert row["where:province_type"] in ("province", "district", "commune", "")
    assert "a:b_id" in row
    both = run(folder, content, resolver, "place", "a:b", appended=["id"], prefix="geo")
    assert rows(both)[0][3:] == ["geo_place_id", "geo_a:b_id"]
    one = run(folder, content, resolver, "place", appended=["id"], prefix="geo_")
    assert rows(one)[0][3:] == ["geo_id"]


def test_dates_parents_and_bad_dates(folder: Path, resolver: Resolver) -> None:
    content = (
        "place,on,province\nKiên Giang,01/07/2024,\nKiên Giang,2025-12-01,\nKiên Giang,,\n"
        "Kiên Giang,soon,\nChâu Thành,2024,Kiên Giang\n"
    )
    got = records(run(folder, content, resolver, types=["place"], date_column="on", within=["province"]))
    assert [row["place_dating"] for row in got] == ["in_force", "ended", "", "", "in_force"]
    assert "The date 'soon' cannot be read: resolved without a date." in got[3]["place_note"]
    assert got[3]["place_id"] == KIEN_GIANG
    assert got[4]["place_path"] == "Huyện Châu Thành, Tỉnh Kiên Giang"
    dated = records(run(folder, content, resolver, types=["place"], date_column="on", date="2026-01-01"))
    assert dated[2]["place_dating"] == "ended"


def test_the_answers_are_those_of_resolve(folder: Path, resolver: Resolver) -> None:
    mentions = ["Kam Pốt", "Hà Tiên", "TP. Rạch Giá", "Châu Thành", "nowhere at all", "Phnom-Penh"]
    content = "place\n" + "".join(f"{mention}\n" for mention in mentions * 3)
    got = records(run(folder, content, resolver, date="2024-11-27", countries=["vn,kh"]))
    for row in got:
        match = resolver.resolve(row["place"], date="2024-11-27", country=("VN", "KH"))
        assert row["place_status"] == match.status
        assert row["place_id"] == (match.entity.id if match.entity else "")
        assert float(row["place_score"]) == pytest.approx(match.score, abs=1e-4)


def test_chunks_make_no_difference(folder: Path, resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "place\n" + "Kampot\nKiên Giang\n\nHà Tiên\na,b\n" * 5
    whole = run(folder, content, resolver).read_bytes()
    monkeypatch.setattr(job, "CHUNK", 3)
    assert run(folder, content, resolver).read_bytes() == whole


def test_chunks_end_with_bytes_too(folder: Path, resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    write = Job.write

    def counted(job: Job, chunk: Sequence[Record], writer: Writer) -> None:
        sizes.append(sum(len(cell) for record in chunk for cell in record.cells))
        write(job, chunk, writer)

    monkeypatch.setattr(Job, "write", counted)
    cell = "x" * 300_000
    out = run(folder, "place,note\n" + f"Kampot,{cell}\n" * 60, resolver, appended=["id"])
    assert max(sizes) < job.CHUNK_BYTES * 2
    assert len(sizes) > 2
    assert rows(out)[1:] == [["Kampot", cell, KAMPOT]] * 60


def test_long_mentions_are_not_remembered(folder: Path, resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "place\n" + "".join(f"Kampot{' ' * (number % 50)}\n" for number in range(200))
    expected = run(folder, content, resolver, appended=["id"]).read_bytes()
    monkeypatch.setattr(job, "CHUNK", 7)
    monkeypatch.setattr(job, "_REMEMBERED_LETTERS", 300)
    review, report = folder / "review.csv", folder / "report.json"
    assert run(folder, content, resolver, appended=["id"], review=review, report=report).read_bytes() == expected
    assert json.loads(report.read_text())["columns"]["place"]["status"] == {"matched": 200}


def test_a_column_is_never_its_own_parent(folder: Path, resolver: Resolver) -> None:
    content = "province,commune\nNam Định,Xuân Hồng\n"
    columns = ["province:province", "commune:commune"]
    alone = records(run(folder, content, resolver, *columns, within=["province"], appended=["status", "id"]))
    assert alone[0]["province_id"] == "vn-province-nam-dinh"
    both = records(run(folder, content, resolver, *columns, within=["province", "commune"], appended=["status", "id"]))
    assert both[0]["commune_id"] == alone[0]["commune_id"] != ""
    plain = run(folder, content, resolver, "province").read_bytes()
    assert run(folder, content, resolver, "province", within=["province"]).read_bytes() == plain


def test_a_line_that_tells_the_delimiter_stays(folder: Path, resolver: Resolver) -> None:
    out = run(folder, "sep=;\r\nplace;n\r\nKampot;1\r\n", resolver, appended=["id"])
    assert out.read_text() == f"sep=;\nplace;n;place_id\nKampot;1;{KAMPOT}\n"
    assert out.read_bytes().count(b"\r\n") == 3


def test_an_output_named_tsv_has_tabs(folder: Path, resolver: Resolver) -> None:
    (folder / "in.csv").write_text("sep=;\nplace;n\nKampot;1\n")
    request = Request(["place"], appended=["id"])
    normalize_file(folder / "in.csv", folder / "out.tsv", request, resolver=resolver)
    assert (folder / "out.tsv").read_text() == f"place\tn\tplace_id\nKampot\t1\t{KAMPOT}\n"


def test_review_is_filled_in_and_applied(folder: Path, resolver: Resolver) -> None:
    content = "place,on\nChâu Thành,2024\nChâu Thành,2024\nZzyzxqw,\nKampot,\nChâu Thành,2020\n"
    review, report = folder / "review.csv", folder / "report.json"
    options: dict[str, Any] = {"types": ["place"], "date_column": "on"}
    first = records(run(folder, content, resolver, review=review, **options))
    todo = records(review)
    assert [(row["column"], row["mention"], row["date"], row["count"], row["status"]) for row in todo] == [
        ("place", "Châu Thành", "2020 | 2024", "3", "ambiguous"),
        ("place", "Zzyzxqw", "", "1", "unmatched"),
    ]
    best = first[0]["place_candidates"].split("|")[0].rpartition(":")[0]
    assert todo[0]["candidates"].startswith(f"1. {best} (Huyện Châu Thành, ")
    assert all(row["reason"] for row in todo)

    decided = folder / "decided.csv"
    lines = [{**row, "decision": decision} for row, decision in zip(todo, ("1", "none"), strict=True)]
    lines[0]["date"] = "2024"
    lines.append({**lines[0], "date": "2020", "decision": ""})
    with decided.open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    second = records(run(folder, content, resolver, overrides=decided, report=report, review=review, **options))
    assert [row["place_id"] for row in second[:2]] == [best, best]
    assert [(row["place_method"], row["place_score"]) for row in second[:2]] == [("override", "1.0000")] * 2
    assert (second[2]["place_status"], second[2]["place_method"]) == ("unmatched", "override")
    assert second[3] == first[3]
    assert second[4] == first[4]
    assert [row["mention"] for row in records(review)] == ["Châu Thành"]
    assert json.loads(report.read_text())["columns"]["place"]["method"]["override"] == 3


def test_a_mention_stands_once_in_a_review_whatever_its_dates(folder: Path, resolver: Resolver) -> None:
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    content = "place;on\n" + "".join(f"Châu Thành;{day}\nKampot;{day}\n" for day in days) + "Châu Thành;\n"
    review, decided = folder / "review.csv", folder / "decided.csv"
    options: dict[str, Any] = {"types": ["district", "province"], "date_column": "on", "appended": ["id", "method"]}
    run(folder, content, resolver, review=review, **options)
    (todo,) = rows(review, ";")[1:]
    assert (todo[1], todo[4]) == ("Châu Thành", str(len(days) + 1))
    assert todo[2].split(" | ") == ["", *days]
    decided.write_text(review.read_text(encoding="utf-8").rstrip("\n") + "2\n", encoding="utf-8")
    got = rows(run(folder, content, resolver, overrides=decided, review=review, **options), ";")[1:]
    chosen = todo[6].split(" | ")[1].split()[1]
    assert {tuple(row[2:]) for row in got if row[0] == "Châu Thành"} == {(chosen, "override")}
    assert rows(review, ";")[1:] == []


def test_very_many_dates_take_several_lines_of_a_review(
    folder: Path, resolver: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviews, "_MOST_DATES", 2)
    review = folder / "review.csv"
    run(folder, "place,on\nX,2020\nX,2021\nX,2022\nX,2022\n", resolver, date_column="on", review=review)
    assert [(row["date"], row["count"]) for row in records(review)] == [("2020 | 2021", "2"), ("2022", "2")]


def test_the_decision_that_says_most_goes_first(folder: Path, resolver: Resolver) -> None:
    overrides = folder / "decided.csv"
    overrides.write_text(
        f"mention,within,date,decision\nX,*,*,{KAMPOT}\nX,Kiên  Giang,*,{KIEN_GIANG}\nX,Kiên Giang,2024,{AN_GIANG}\n"
    )
    content = "place,on,p\nX,2020,\nX,2020,Kiên Giang\nX,2024,Kiên Giang\nX,2024,\n"
    got = records(run(folder, content, resolver, overrides=overrides, date_column="on", within=["p"]))
    assert [row["place_id"] for row in got] == [KAMPOT, KIEN_GIANG, AN_GIANG, KAMPOT]


def test_a_decision_on_an_undated_mention_says_nothing_of_dated_ones(folder: Path, resolver: Resolver) -> None:
    overrides, report = folder / "decided.csv", folder / "report.json"
    overrides.write_text(f"mention,date,decision\nAn Giang,,{KAMPOT}\nnobody wrote this,,none\n")
    content = "place,on\nAn Giang,\nAn Giang,2024\n"
    got = records(run(folder, content, resolver, overrides=overrides, date_column="on", report=report))
    assert [row["place_id"] for row in got] == [KAMPOT, "vn-province-an-giang"]
    assert json.loads(report.read_text())["unused_overrides"] == [3]


def test_unreadable_dates_are_counted(folder: Path, resolver: Resolver) -> None:
    report = folder / "report.json"
    run(folder, "place,on\nKep,12/31/2024\nKep,45623\nKep,2024\n", resolver, date_column="on", report=report)
    assert json.loads(report.read_text())["unreadable_dates"] == 2


BAD_DECISIONS = {
    "unknown id": ("mention,decision\nX,\nY,vn-nothing\n", "decided.csv, line 3: there is no entity 'vn-nothing'"),
    "conflict": (f"mention,decision\nX,{KAMPOT}\nX,none\n", "line 3: 'X' is decided as none, but in line 2 as kh-"),
    "bad date": (f"mention,date,decision\nX,soon,{KAMPOT}\n", "line 2: the date 'soon' cannot be read"),
    "ragged": ("mention,decision\nX\n", "line 2: the row has 1 cells, the header 2"),
    "no such number": (
        "mention,candidates,decision\nX,1. a (b; 1) | 2. c (d; 0),3\n",
        "no candidate 3: the numbers of this row are 1, 2",
    ),
    "a number without candidates": (
        "mention,decision\nX,3\n",
        "line 2: there is no candidate 3: the numbers of this row are none",
    ),
    "one bad date of several": (
        f"mention,date,decision\nX,2024 | soon,{KAMPOT}\n",
        "line 2: the date 'soon' cannot be read",
    ),
}


@pytest.mark.parametrize("content, words", BAD_DECISIONS.values(), ids=BAD_DECISIONS)
def test_bad_decisions_are_named(content: str, words: str, folder: Path, resolver: Resolver) -> None:
    overrides = folder / "decided.csv"
    overrides.write_text(content)
    with pytest.raises(InputError) as caught:
        run(folder, "place\nX\n", resolver, overrides=overrides)
    assert words in str(caught.value)
    assert not (folder / "out.csv").exists()


def test_report_counts(folder: Path, resolver: Resolver) -> None:
    report = folder / "report.json"
    run(folder, "place\nKiên Giang\nKiên Giang\nKampot\n \n", resolver, "place:province", report=report)
    told = json.loads(report.read_text())
    assert told["gazetteer_date"] == resolver.date
    assert told["rows"] == 4
    assert told["columns"]["place"] == {
        "status": {"matched": 3, "blank": 1},
        "method": {"exact": 3},
        "type": {"province": 3},
        "change": {"merged": 2},
        "dating": {},
    }


MISUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "missing column": ("place,n\n", {"columns": ["plaec"]}, "did you mean place?"),
    "no column": ("place,n\n", {"columns": []}, "no column is named"),
    "unknown type": ("place\n", {"columns": ["place"], "types": ["village"]}, "unknown type 'village'"),
    "unknown column type": ("place\n", {"columns": ["place:village"]}, "unknown type 'village'"),
    "appended twice": ("place\n", {"columns": ["place", "place:province"]}, "name each column once"),
    "appended there already": ("place,place_id\n", {"columns": ["place"]}, "choose another --prefix"),
    "unknown appended": ("place\n", {"columns": ["place"], "appended": ["idd"]}, "did you mean 'id'"),
    "bad date": ("place\n", {"columns": ["place"], "date": "soon"}, "is not a date"),
    "missing parent": ("place\n", {"columns": ["place"], "within": ["p"]}, "has no column 'p'"),
    "unknown country": ("place\n", {"columns": ["place"], "countries": ["XX"]}, "has nothing of a country 'XX'"),
    "missing date column": ("place\n", {"columns": ["place"], "date_column": "on"}, "has no column 'on'"),
}


@pytest.mark.parametrize("content, request_, words", MISUSED.values(), ids=MISUSED)
def test_misuse(content: str, request_: dict[str, Any], words: str, folder: Path, resolver: Resolver) -> None:
    (folder / "in.csv").write_text(content)
    with pytest.raises(UsageError) as caught:
        normalize_file(folder / "in.csv", folder / "out.csv", Request(**request_), resolver=resolver)
    assert words in str(caught.value)
    assert [path.name for path in folder.iterdir()] == ["in.csv"]


def test_a_failure_halfway_changes_no_file(folder: Path, resolver: Resolver) -> None:
    for name in ("out.csv", "review.csv", "report.json"):
        (folder / name).write_text("old")
    broken = "place\n" + "Kampot\n" * 25_000 + '"Kep\n'
    with pytest.raises(InputError, match="line 25002: the quote that opens here never closes"):
        run(folder, broken, resolver, review=folder / "review.csv", report=folder / "report.json")
    assert sorted(path.name for path in folder.iterdir()) == ["in.csv", "out.csv", "report.json", "review.csv"]
    assert {(folder / name).read_text() for name in ("out.csv", "review.csv", "report.json")} == {"old"}


def test_files_are_checked_before_the_work(folder: Path) -> None:
    (folder / "in.csv").write_text("place\nKampot\n")
    with pytest.raises(OutputError, match="create the folder first"):
        normalize_file(folder / "in.csv", folder / "out.csv", Request(["place"]), report=folder / "no" / "report.json")
    assert [path.name for path in folder.iterdir()] == ["in.csv"]


def test_a_long_table_comes_through(folder: Path, resolver: Resolver) -> None:
    content = "n,place\n" + "".join(f"{n},Phường {n % 97}\n" for n in range(30_000))
    out = run(folder, content, resolver, appended=["status"])
    with Reader(out) as table:
        assert [record.cells[0] for record in table] == [str(n) for n in range(30_000)]


def test_a_row_for_each_successor(folder: Path, resolver: Resolver) -> None:
    content = "n,place\n1,vn-commune-hoa-thang-23053\n2,Kampot\n3,\n\n4,vn-commune-hoa-thang-23053,x\n"
    columns = ["id", "current_id", "current_name", "best_id"]
    wide = rows(run(folder, content, resolver, appended=columns))
    long = rows(run(folder, content, resolver, appended=columns, long=True))
    successors = wide[1][3].split("|")
    assert len(successors) > 1
    assert [row[:2] for row in long[1:-2]] == [["1", "vn-commune-hoa-thang-23053"]] * len(successors) + [
        ["2", "Kampot"],
        ["3", ""],
    ]
    assert [row[3] for row in long[1 : 1 + len(successors)]] == successors
    assert "|".join(row[4] for row in long[1 : 1 + len(successors)]) == wide[1][4]
    assert long[-2:] == wide[-2:]
    with pytest.raises(UsageError, match="name one --column"):
        run(folder, content, resolver, "place", "n", long=True)


def test_csv_for_excel(folder: Path, resolver: Resolver) -> None:
    source, output, review = folder / "in.csv", folder / "out.csv", folder / "review.csv"
    cells = ["=1+1", "+84 9", "-5", "-1,5%", "@x", "\t=x", "a=b", "+3.2", "-", "Kampot"]
    source.write_text("place;=n\n" + "".join(f'"{cell}";1\n' for cell in cells), encoding="utf-8")
    request = Request(["place"], types=["province"], appended=["id"])
    normalize_file(source, output, request, resolver=resolver, review=review, excel_safe=True)
    assert output.read_bytes().startswith(b"\xef\xbb\xbfplace;'=n;place_id\r\n")
    got = rows(output, ";")[1:]
    expected = ["'=1+1", "+84 9", "-5", "-1,5%", "'@x", "'\t=x", "a=b", "+3.2", "'-", "Kampot"]
    assert [row[0] for row in got] == expected
    assert got[-1][2] == KAMPOT
    todo = rows(review, ";")
    place = [row[1] for row in todo].index("'=1+1")
    todo[place][-1] = KAMPOT
    with review.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle, delimiter=";").writerows(todo)
    normalize_file(source, output, request, resolver=resolver, overrides=review, force=True)
    assert rows(output, ";")[1] == ["=1+1", "1", KAMPOT]
