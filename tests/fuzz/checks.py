"""What must hold of every answer, whatever is asked. Each check takes what ``generate`` makes, and fails by raising."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from resolver import Entry, Match, Mention, ResolverError, UsageError, aggregate, cluster, compare_names
from resolver.cli.main import _run
from resolver.clustering.cluster_file import ClusterRequest, cluster_file
from resolver.failures import METHOD
from resolver.filters import types_of
from resolver.mention_batch import STATUSES
from resolver.tables.columns import COLUMNS, cells
from resolver.tables.convert import conversion_cells, convert_file
from resolver.tables.csvio import Reader
from resolver.tables.dataframes import normalize_frame
from resolver.tables.distinct import Target
from resolver.tables.normalize import normalize_file
from resolver.tables.request import Request
from resolver.tables.rows import Reading
from resolver.tables.sum_file import Sums, sum_file
from resolver.text import khmer, persons, vietnamese
from resolver.text.reading import read
from tests.fuzz import generate
from tests.fuzz.generate import HEADER, RESOLVER, cell, mention, options, table

_FEW = st.lists(mention(), min_size=1, max_size=4)


def whole(match: Match) -> None:
    """Check that a match holds together, and that all of it can be read."""
    assert match.status in STATUSES
    assert match.method != METHOD, match.note
    assert 0.0 <= match.score <= 1.0
    assert (match.entity is not None) == (match.status == "matched")
    assert match.note or match.status == "blank"
    assert sum(one.score for one in match.candidates) <= 1.0 + 1e-6
    for one in match.candidates:
        assert one.entity.id
        assert one.evidence is not None
    assert len(cells(match)) == len(COLUMNS)


@given(mention(), options("type", "country", "date", "within", "to", "language", "min_score"))
def check_resolve(text: str, asked: dict[str, Any]) -> None:
    match = RESOLVER.resolve(text, **asked)
    assert match.mention.text == text
    whole(match)


@given(_FEW, options("type", "country", "date", "within", "min_score"))
def check_many(texts: list[str], asked: dict[str, Any]) -> None:
    matches = RESOLVER.resolve_many(texts, **asked)
    arrays = RESOLVER.resolve_arrays(texts, **asked)
    assert [match.status for match in matches] == arrays.statuses.tolist()
    assert [match.entity.id if match.entity else "" for match in matches] == arrays.ids.tolist()
    assert matches == [RESOLVER.resolve(text, **asked) for text in texts]


@given(
    st.lists(st.one_of(cell, st.from_regex("[A-Z]{0,2}-?[0-9]{0,8}(\\.0)?")), max_size=4),
    options("place", "country", "date", "to"),
)
def check_codes(codes: list[str], asked: dict[str, Any]) -> None:
    for match in RESOLVER.resolve_codes(codes, **asked):
        whole(match)


@given(mention(), options("place", "country", "date", "within", "to", "language", "min_score"), st.booleans())
def check_convert(text: str, asked: dict[str, Any], codes: bool) -> None:
    conversion = RESOLVER.convert(text, codes=codes, **asked)
    whole(conversion.match)
    assert conversion_cells(conversion)


@given(
    st.one_of(mention(), st.sampled_from(sorted(RESOLVER._index.numbers))),
    options("type", "country", "date", "language"),
)
def check_history(text: str, asked: dict[str, Any]) -> None:
    with contextlib.suppress(UsageError):
        assert RESOLVER.history(text, **asked).entity.id


@given(mention(), mention())
def check_compare(one: str, other: str) -> None:
    found = compare_names(one, other)
    assert 0.0 <= found.score <= 1.0
    assert compare_names(other, one) == found


@given(st.data(), _FEW, st.sampled_from(["person", "organisation"]), st.booleans())
def check_cluster(data: st.DataObject, texts: list[str], kind: str, known: bool) -> None:
    dates = [data.draw(generate.dates) for _ in texts]
    context = [data.draw(cell) for _ in texts]
    found = cluster(texts, type=kind, dates=dates, context={"at": context}, gazetteer=known, resolver=RESOLVER)
    assert len(found) == len(texts)
    assert all("error in the program" not in one.link for one in found)
    assert all(one.size >= 1 for one in found if one.cluster)


@given(_FEW, st.sampled_from(["2024-12-31", "2008-01-01", "9999-12-31", "0001-01-01"]), generate.dates, st.booleans())
def check_aggregate(texts: list[str], date: str, to: str, codes: bool) -> None:
    aggregate([Entry(text, {"x": 1}) for text in texts], date=date, to=to or None, codes=codes, resolver=RESOLVER)


@given(mention())
def check_text(text: str) -> None:
    parsed = read(text)
    assert len(parsed.text) <= 1_000
    assert khmer.normalise(khmer.normalise(text[:500])) == khmer.normalise(text[:500])
    assert vietnamese.normalise(parsed.text) == vietnamese.normalise(vietnamese.normalise(parsed.text))
    persons.parse(text)


@given(_FEW, options("type", "country", "to", "language", "min_score"))
def check_frame(texts: list[str], asked: dict[str, Any]) -> None:
    frame = pd.DataFrame({"place": pd.Series(texts, dtype=object)})
    out = normalize_frame(frame, "place", resolver=RESOLVER, **asked)
    assert out["place"].tolist() == texts


@given(_FEW, options("type", "country", "date", "within"))
def check_mentions(texts: list[str], asked: dict[str, Any]) -> None:
    kinds = [asked["type"]] if isinstance(asked["type"], str) else asked["type"] or ()
    mentions = [Mention(text, types_of(kinds), ("VN",), asked["date"], tuple(asked["within"])) for text in texts]
    for match in RESOLVER.resolve_many(mentions):
        whole(match)


# --- Tables and commands -----------------------------------------------------------------------------------------


@contextlib.contextmanager
def folder(data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        (Path(name) / "in.csv").write_bytes(data)
        yield Path(name)


def job(data: bytes, run: Callable[[Path, Path], object], *, rows_kept: bool = True) -> None:
    """Run a job on a table: it refuses it in words and writes nothing, or writes a row for each row."""
    with folder(data) as at:
        source, output = at / "in.csv", at / "out.csv"
        try:
            run(source, output)
        except ResolverError as error:
            assert str(error)
            assert sorted(one.name for one in at.iterdir()) == ["in.csv"]
            return
        assert output.exists()
        if rows_kept:
            with Reader(source) as read_, Reader(output, Reading(encoding="utf-8")) as written:
                assert [row.cells[: len(HEADER)] for row in written if row.cells] == [
                    (row.cells + [""] * len(HEADER))[: len(HEADER)] for row in read_ if row.cells
                ]


@given(table(), options("type", "country", "to", "language", "min_score"), st.booleans())
def check_normalize_file(data: bytes, asked: dict[str, Any], dated: bool) -> None:
    kinds = [asked["type"]] if isinstance(asked["type"], str) else asked["type"] or ()
    target = Target(asked["to"] or None, asked["language"], asked["min_score"])
    request = Request(["place"], kinds, within=["parent"], date_column="day" if dated else None, target=target)
    job(data, lambda source, output: normalize_file(source, output, request, resolver=RESOLVER))


@given(table(), options("to"), st.booleans())
def check_convert_file(data: bytes, asked: dict[str, Any], codes: bool) -> None:
    request = Request(["place"], date_column="day", target=Target(asked["to"] or None))
    job(data, lambda source, output: convert_file(source, output, request, codes=codes, resolver=RESOLVER))


@given(table(), st.sampled_from(["person", "organisation"]))
def check_cluster_file(data: bytes, kind: str) -> None:
    request = ClusterRequest("place", kind, ["parent"], "day")
    job(data, lambda source, output: cluster_file(source, output, request, resolver=RESOLVER))


@given(table(), st.sampled_from([None, "rest.csv"]))
def check_sum_file(data: bytes, rest: str | None) -> None:
    request = Sums("place", date="2024-12-31", values=["value"])
    job(
        data,
        lambda source, output: sum_file(
            source, output, request, rest=source.parent / rest if rest else None, resolver=RESOLVER
        ),
        rows_kept=False,
    )


_ARGUMENTS = (
    ["--column", "place"],
    ["--type", "person"],
    ["--type", "organisation"],
    ["--country", "VN"],
    ["--date", "9999-12-31"],
    ["--date", "x"],
    ["--to", "1990"],
    ["--within", "parent"],
    ["--date-column", "day"],
    ["--context", "parent"],
    ["--language", "km"],
    ["--columns", "status,id"],
    ["--columns", ""],
    ["--prefix", ""],
    ["--delimiter", ";"],
    ["--encoding", "utf-16"],
    ["--min-score", "0.5"],
    ["--from-codes"],
    ["--sum", "value"],
    ["--no-gazetteer"],
    ["--json"],
    ["--all"],
)


@given(
    table(),
    st.sampled_from(["normalize", "convert", "cluster"]),
    st.lists(st.sampled_from(_ARGUMENTS), max_size=4),
    st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8), max_size=1),
)
def check_command(data: bytes, name: str, arguments: list[list[str]], more: list[str]) -> None:
    with folder(data) as at:
        output = at / "out.csv"
        given_ = [one for argument in arguments for one in argument]
        code = command([name, str(at / "in.csv"), "-o", str(output), "-c", "place", "--quiet", *given_, *more])
        assert code in (0, 1, 2)
        assert output.exists() == (code == 0)


@given(st.sampled_from(["lookup", "history"]), mention(), st.lists(st.sampled_from(_ARGUMENTS), max_size=2))
def check_lookup(name: str, text: str, arguments: list[list[str]]) -> None:
    text = text.replace("\x00", "").encode("utf-8", "surrogateescape" if text.isascii() else "replace").decode()
    assert command([name, *[one for argument in arguments for one in argument], "--", text]) in (0, 1, 2)


def command(arguments: Sequence[str]) -> int:
    """Run a command in this process with its output thrown away; return its exit code. Faults are raised."""
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        return _run(arguments)


CHECKS: dict[str, tuple[Callable[[], None], float]] = {
    "resolve": (check_resolve, 1.0),
    "many": (check_many, 5.0),
    "mentions": (check_mentions, 4.0),
    "codes": (check_codes, 1.0),
    "convert": (check_convert, 1.5),
    "history": (check_history, 1.5),
    "compare": (check_compare, 1.0),
    "cluster": (check_cluster, 4.0),
    "aggregate": (check_aggregate, 30.0),
    "text": (check_text, 0.5),
    "frame": (check_frame, 4.0),
    "normalize_file": (check_normalize_file, 12.0),
    "convert_file": (check_convert_file, 12.0),
    "cluster_file": (check_cluster_file, 12.0),
    "sum_file": (check_sum_file, 30.0),
    "command": (check_command, 15.0),
    "lookup": (check_lookup, 12.0),
}
"""Every check by its name, and the seconds of work that one example may take: about one for each mention in it.

What adds up follows all units of a country on its first example, and a command opens the gazetteer each time.
"""
