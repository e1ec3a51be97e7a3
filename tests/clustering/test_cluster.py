"""Groups of mentions: ``cases/clusters.csv``, and the command that finds them in a table."""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from pathlib import Path

import pytest

from resolver import Clustered, cluster
from resolver.clustering.cluster_file import COLUMNS, ClusterRequest, cluster_file
from resolver.clustering.contexts import Contexts
from resolver.clustering.names import People
from resolver.engine.resolver import Resolver
from resolver.errors import InputError, OutputError, UsageError
from tests.benchmarks.cluster import COMMON
from tests.eval import clusters as measured

CASES = Path(__file__).resolve().parent.parent / "cases" / "clusters.csv"


def cases() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with CASES.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row["case"]].append(row)
    return found


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


def grouped(rows: list[dict[str, str]], resolver: Resolver) -> list[Clustered]:
    return cluster(
        [row["mention"] for row in rows],
        context={"organisation": [row["organisation"] for row in rows]},
        dates=[row["date"] for row in rows],
        resolver=resolver,
    )


@pytest.mark.parametrize("case", cases())
def test_case(case: str, resolver: Resolver) -> None:
    rows = cases()[case]
    found = grouped(rows, resolver)
    together = {row["group"]: one.cluster for row, one in zip(rows, found, strict=True)}
    assert [one.cluster for one in found] == [together[row["group"]] for row in rows]
    assert len(set(together.values())) == len(together)
    for row, one in zip(rows, found, strict=True):
        assert (one.cluster == "") == (row["group"] == "")
        if row["id"]:
            assert one.id == one.cluster == row["id"]
        assert one.size == (sum(other["group"] == row["group"] for other in rows) if row["group"] else 0)


def told(rows: list[dict[str, str]], resolver: Resolver) -> list[tuple[str, ...]]:
    answers = zip(rows, grouped(rows, resolver), strict=True)
    return sorted((row["mention"], row["organisation"], row["date"], repr(one)) for row, one in answers)


@pytest.mark.parametrize("case", cases())
def test_order_makes_no_difference(case: str, resolver: Resolver) -> None:
    rows = cases()[case]
    shuffled = random.Random(case).sample(rows, len(rows))
    assert told(shuffled, resolver) == told(rows, resolver)


def test_links_are_explained(resolver: Resolver) -> None:
    known, turned = cluster(["Lương Tam Quang", "Tam Quang Luong"], resolver=resolver)
    assert known.link == "matched in the gazetteer: vn-person-luong-tam-quang"
    assert turned.link.startswith("to “Lương Tam Quang”: ")
    assert "the family name is first in one name and last in the other" in turned.link
    assert turned.score >= 0.8
    assert (turned.name, turned.id) == ("Lương Tam Quang", "vn-person-luong-tam-quang")


def test_the_most_telling_spelling_names_the_group(resolver: Resolver) -> None:
    found = cluster(["DINH QUOC KHANH", "Dinh Quoc Khanh", "Đinh Quốc Khánh", "Dinh Q. Khanh"], resolver=resolver)
    assert {one.name for one in found} == {"Đinh Quốc Khánh"}
    assert {one.size for one in found} == {4}


def test_a_name_that_many_bear_needs_a_context(resolver: Resolver) -> None:
    given = sorted({mention.text.split()[-1] for mention in measured.mentions() if mention.person.startswith("vn-")})
    crowd = [f"{family} Văn {name}" for family in COMMON for name in given]
    asked = ["Nguyễn Văn Hùng", "Nguyễn Văn Hùng", *crowd]
    alone = cluster(asked, gazetteer=False, resolver=resolver)
    assert alone[0].cluster != alone[1].cluster
    assert alone[0].link == f"not joined: many people have this name, {asked.count(asked[0])} mentions here"
    ministry = ["Ministry of Public Security", "Bộ Công an", *(f"Office {number}" for number in range(len(crowd)))]
    beside = cluster(asked, context={"organisation": ministry}, gazetteer=False, resolver=resolver)
    assert beside[0].cluster == beside[1].cluster


def test_organisations_meet_by_their_words_and_the_gazetteer(resolver: Resolver) -> None:
    asked = ["Bộ Công an", "Ministry of Public Security", "Công ty Hoàng Hà", "CÔNG TY HOÀNG HÀ", "Công ty Hoàng Hạ"]
    found = cluster(asked, type="organisation", resolver=resolver)
    assert found[0].cluster == found[1].cluster == "vn-organisation-bo-cong-an"
    assert found[2].cluster == found[3].cluster
    assert len({one.cluster for one in found}) == 3


def test_precision_first(resolver: Resolver) -> None:
    names, _, known, everything = measured.measures(resolver)
    # No name tells namesakes apart, and some pairs of the gazetteer's officials are: the organisation does.
    for one in (names, known):
        assert one.right / (one.joined - one.namesakes) >= 0.98, one
    assert everything.right / everything.joined >= 0.99, everything
    assert everything.right / everything.meant >= 0.9


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"type": "place"}, "place"),
        ({"min_score": 1.5}, "1.5"),
        ({"context": {"organisation": ["a"]}}, "organisation has 1 values for 2 mentions"),
        ({"dates": []}, "dates has 0 values for 2 mentions"),
    ],
)
def test_wrong_use_is_told(options: dict[str, object], message: str, resolver: Resolver) -> None:
    with pytest.raises(UsageError, match=message):
        cluster(["Tô Lâm", "To Lam"], resolver=resolver, **options)  # type: ignore[arg-type]


def run(folder: Path, content: str, resolver: Resolver, **options: object) -> list[list[str]]:
    source, output = folder / "in.csv", folder / "out.csv"
    source.write_bytes(content.encode())
    request = ClusterRequest("official", **options)  # type: ignore[arg-type]
    cluster_file(source, output, request, resolver=resolver, force=True)
    return list(csv.reader(io.StringIO(output.read_bytes().decode(), newline="")))


def test_every_cell_stays_and_columns_follow(tmp_path: Path, resolver: Resolver) -> None:
    content = (
        'id,official,org\r\n01,Tô Lâm,"a ""b"", c"\r\n,,NA\r\n1.0, To Lam ,"x\r\ny"\r\n\r\nshort,Tô Lâm\r\n1,2,3,4\r\n'
    )
    rows = run(tmp_path, content, resolver, context=["org"])
    before = list(csv.reader(io.StringIO(content, newline="")))
    assert [row[:3] for row in rows[:5]] == before[:5]
    assert rows[0][3:] == [f"official_{name}" for name in COLUMNS]
    # Bodies that no table knows leave it open whether the official is meant.
    assert rows[1][3] == rows[3][3] != ""
    assert rows[2][3] == ""
    assert rows[1][4:6] == ["2", "Tô Lâm"]
    assert rows[5] == ["short", "Tô Lâm", "", *[""] * len(COLUMNS)]
    assert rows[6] == ["1", "2", "3", *[""] * len(COLUMNS), "4"]


def test_dates_and_counts(tmp_path: Path, resolver: Resolver) -> None:
    source = tmp_path / "in.csv"
    source.write_text("official;date\nTo Lam;01/02/2019\nTô Lâm;never\nĐinh Quốc Khánh;2020\n;2020\n", encoding="utf-8")
    request = ClusterRequest("official", date_column="date", prefix="who")
    summary = cluster_file(source, tmp_path / "out.csv", request, resolver=resolver)
    told = "4 rows; 3 mentions in 2 groups, 1 in the gazetteer"
    assert str(summary) == f"{told}; 1 row with a date that cannot be read, such as 'never', grouped without one"
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("official;date;who_cluster;who_cluster_size;")


def test_nothing_is_half_done(tmp_path: Path, resolver: Resolver) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("official\nTô Lâm\n", encoding="utf-8")
    output.write_text("old", encoding="utf-8")
    with pytest.raises(OutputError, match="the file exists"):
        cluster_file(source, output, ClusterRequest("official"), resolver=resolver)
    with pytest.raises(UsageError, match="no column 'offical'; did you mean official"):
        cluster_file(source, output, ClusterRequest("offical"), resolver=resolver, force=True)
    with pytest.raises(UsageError, match="would overwrite"):
        cluster_file(source, source, ClusterRequest("official"), resolver=resolver, force=True)
    source.write_bytes("official\nTô Lâm\n".encode() + b"\xff\xfe\n")
    with pytest.raises(InputError, match="line 3"):
        cluster_file(source, output, ClusterRequest("official"), resolver=resolver, force=True)
    source.write_text("official,official_id\nTô Lâm,1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="a column 'official_id' already"):
        cluster_file(source, output, ClusterRequest("official"), resolver=resolver, force=True)
    assert output.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("text", ["Không rõ", "chưa xác định", "N/A", "UNKNOWN", "inconnue", "មិនស្គាល់", "គ្មាន"])
def test_what_names_nobody_is_in_no_group(text: str, resolver: Resolver) -> None:
    found = cluster([text, text], context={"organisation": ["", ""]}, resolver=resolver)
    assert [(one.cluster, one.size, one.link) for one in found] == [("", 0, "not grouped: names nobody")] * 2


def test_a_context_that_tells_nothing_is_blank(resolver: Resolver) -> None:
    contexts = Contexts(resolver, ["chưa rõ", "-", "not stated", "Sở Y tế"])
    assert [contexts.key(one) for one in ("chưa rõ", "-", "not stated")] == [""] * 3
    assert contexts.key("Sở Y tế")


def test_the_reason_of_a_link_does_not_contradict_itself() -> None:
    names = People()
    for one, other in (("Sok Dara", "Sok Daro"), ("Chan Sophea", "Chan Sopheo"), ("Kim Chanda", "Kim Chandi")):
        why = names.why(names.key(one), names.key(other))
        assert not ("can be two spellings" in why and "very unlikely" in why), why
