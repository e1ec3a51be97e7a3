"""Names and entities of one's own, and answers confined to a list of ids."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from resolver import GazetteerError, InputError, Resolver, UsageError
from resolver.gazetteer.overlay import Alias, aliases_of, is_overlay, joined_folder, problems_of
from resolver.gazetteer.reader import bundled_path
from tests.small_gazetteer import small_gazetteer, write

HUE, BINH_SAN = "vn-province-hue", "vn-commune-binh-san-30772"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write(folder, small_gazetteer())
    return folder


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("RESOLVER_CACHE_DIR", str(folder))
    return folder


def aliases(tmp_path: Path, content: str) -> Path:
    (tmp_path / "own.csv").write_text(content, encoding="utf-8")
    return tmp_path / "own.csv"


@pytest.mark.parametrize("form", ["file", "mapping", "rows", "semicolons"])
def test_a_name_of_ones_own_is_a_name(form: str, small: Path, tmp_path: Path) -> None:
    made: dict[str, Callable[[], Any]] = {
        "file": lambda: aliases(tmp_path, f"text,id\nCố đô Phú Xuân,{HUE}\n"),
        "semicolons": lambda: aliases(tmp_path, f"\ufeffid;text;language\n{HUE};Cố đô Phú Xuân;vi\n"),
        "mapping": lambda: {"Cố đô Phú Xuân": HUE},
        "rows": lambda: iter([("Cố đô Phú Xuân", HUE, "vi")]),
    }
    given = made[form]()
    plain = Resolver(small, cache=False)
    assert plain.resolve("Cố đô Phú Xuân", type="province").status != "matched"
    own = Resolver(small, aliases=given)
    match = own.resolve("co do phu xuan", type="province")
    assert match.entity is not None
    assert (match.entity.id, match.entity.name) == (HUE, "Huế")
    assert pickle.loads(pickle.dumps(own)).resolve("Cố đô Phú Xuân", type="province").entity == match.entity


def test_it_is_compiled_once(small: Path, cache: Path) -> None:
    for _ in range(2):
        Resolver(small, aliases={"Phú Xuân": HUE})
    assert len(list(cache.glob("own-*"))) == 1
    assert len(list(cache.glob("*.idx"))) == 1
    assert not list(cache.glob(".resolver-*"))
    Resolver(small, aliases={"Phú Xuân": HUE}, cache=False)
    assert len(list(cache.iterdir())) == 2


def test_an_alias_may_hold_for_a_time(small: Path) -> None:
    own = Resolver(small, aliases=[("Zzyx", HUE, "vi", "2020-01-01", "2022-01-01")], cache=False)
    assert own.resolve("Zzyx", date="2021").status == "matched"
    assert own.resolve("Zzyx", date="2021").score > own.resolve("Zzyx", date="2024").score


BAD_ALIASES = {
    "unknown id": ("text,id\nA,vn-province-hue\nB,vn-no\n", "own.csv, line 3: there is no entity 'vn-no'"),
    "no text": (f"text,id\n ,{HUE}\n", "own.csv, line 2: the text is empty"),
    "long text": (f"text,id\n{'x' * 301},{HUE}\n", "line 2: a text of more than 300"),
    "bad date": (f"text,id,valid_from\nA,{HUE},soon\n", "line 2: valid_from 'soon' is no date"),
    "unknown column": (f"text,id,colour\nA,{HUE},red\n", "line 1: unknown column 'colour'"),
    "missing column": ("text\nA\n", "line 1: there is no column 'id'"),
    "ragged": (f"text,id\nA,{HUE},x\n", "line 2: the row has 3 cells, the header 2"),
    "empty": ("", "line 1: there is no column 'text'"),
    "quote": ('text,id\n"A,b\n', "own.csv, line 2"),
}


@pytest.mark.parametrize("name", BAD_ALIASES)
def test_bad_aliases_are_named(name: str, small: Path, tmp_path: Path) -> None:
    content, words = BAD_ALIASES[name]
    with pytest.raises(InputError, match=words):
        Resolver(small, aliases=aliases(tmp_path, content), cache=False)


def test_aliases_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        aliases_of(tmp_path / "none.csv")


OWN = {
    "entities.csv": "id,type,country\nvn-commune-my-camp,commune,VN\n",
    "versions.csv": (
        "id,valid_from,local_type,name,language,parent_id\n"
        "vn-commune-my-camp,2020-01-01,xã,Trại Của Tôi,vi,vn-province-hue\n"
    ),
    "names.csv": "id,text,language,kind\nvn-commune-my-camp,My Camp,en,exonym\n",
}


def overlay(folder: Path, tables: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in tables.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_entities_of_ones_own(small: Path, tmp_path: Path) -> None:
    own = overlay(tmp_path / "own", OWN)
    assert is_overlay(own, bundled_path())
    assert not is_overlay(bundled_path(), bundled_path())
    resolver = Resolver(
        joined_folder(small, own, [Alias("Trại", "vn-commune-my-camp")], tmp_path / "root"), cache=False
    )
    for text in ("My Camp", "Xã Trại Của Tôi, Huế", "Trại"):
        match = resolver.resolve(text, date="2024")
        assert match.entity is not None, text
        assert match.entity.path.startswith("Xã Trại Của Tôi, ")
    assert resolver.resolve("Phường Bình San").candidates[0].entity.id == BINH_SAN, "the others are there, too"


BAD_OVERLAYS = {
    "a parent that is not there": (
        "versions.csv",
        OWN["versions.csv"].replace("vn-province-hue", "vn-province-none"),
        r"versions.csv, line 2: .*vn-province-none",
    ),
    "a table that is not there": ("colours.csv", "id\n", "colours.csv: this is no table"),
    "an unknown language": ("names.csv", OWN["names.csv"].replace(",en,", ",xx,"), r"names.csv, line 2: language 'xx'"),
    "an id that is taken": (
        "entities.csv",
        OWN["entities.csv"] + "vn-province-hue,province,VN\n",
        r"entities.csv, line 3: .*\[primary-key\]",
    ),
    "not UTF-8": ("names.csv", "id,text\nx,\udce9\n", "names.csv, line 2: this is not UTF-8"),
}


@pytest.mark.parametrize("name", BAD_OVERLAYS)
def test_bad_overlays_are_named(name: str, small: Path, tmp_path: Path) -> None:
    file, content, words = BAD_OVERLAYS[name]
    own = overlay(tmp_path / "own", OWN)
    (own / file).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=words):
        joined_folder(small, own, [], tmp_path / "root")
    assert not (tmp_path / "root").exists() or not any((tmp_path / "root").iterdir())


def test_only_what_is_listed_is_meant(resolver: Resolver, tmp_path: Path) -> None:
    asked: dict[str, Any] = {"type": "district", "date": "2024-01-01"}
    free = resolver.resolve("Châu Thành", **asked)
    ids = [one.entity.id for one in free.candidates]
    assert (free.status, len(ids) > 3) == ("ambiguous", True)
    file = tmp_path / "ids.csv"
    file.write_text(f"name,id\nmine,{ids[2]}\nother,kh-province-kampot\n")
    one = Resolver(only=file)
    match = one.resolve("Châu Thành", **asked)
    assert match.entity is not None
    assert (match.status, match.entity.id, [c.entity.id for c in match.candidates]) == ("matched", ids[2], [ids[2]])
    assert free.candidates[2].score < match.score <= 1
    several = Resolver(only=ids[1:3]).resolve("Châu Thành", **asked)
    assert several.status == "ambiguous"
    assert sorted(c.entity.id for c in several.candidates) == sorted(ids[1:3])
    other = one.resolve("Takeo", type="province")
    assert (other.status, other.entity) == ("unmatched", None)
    assert "is not among the ids that are allowed" in other.note
    assert one.resolve("Kampot", type="province") == resolver.resolve("Kampot", type="province")
    assert one.resolve_arrays(["Kampot", "Takeo", ""], type="province").ids.tolist() == ["kh-province-kampot", "", ""]
    assert one.resolve_codes(["21"], type="province", country="KH")[0].status == "unmatched"
    assert one.convert("kh-province-takeo").match.status == "unmatched"
    assert pickle.loads(pickle.dumps(one)).resolve("Takeo", type="province").status == "unmatched"


@pytest.mark.parametrize(
    ("content", "words"),
    [("kh-province-kampot\nnope\n", "ids.txt, line 2: there is no entity 'nope'"), ("\n", "no ids are given")],
)
def test_bad_lists_are_named(content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "ids.txt").write_text(content)
    with pytest.raises((InputError, UsageError), match=words):
        Resolver(only=tmp_path / "ids.txt")


def test_an_overlay_can_be_checked_as_a_gazetteer_is(tmp_path: Path) -> None:
    """All problems are listed, by the table and line in the folder; nothing is written."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "entities.csv").write_text("id,type,country\nvn-commune-trai,village,VN\n", encoding="utf-8")
    row = "id,valid_from,local_type,name,language,parent_id\nvn-commune-trai,2020,xã,Trại,vi,vn-nowhere\n"
    (folder / "versions.csv").write_text(row, encoding="utf-8")
    told = [(problem.table, problem.line, problem.rule) for problem in problems_of(folder)]
    assert ("entities", 2, "enum") in told
    assert ("versions", 2, "foreign-key") in told
    assert {(table, line) for table, line, _ in told} == {("entities", 2), ("versions", 2)}
    assert sorted(path.name for path in folder.iterdir()) == ["entities.csv", "versions.csv"]


def test_a_folder_without_any_table_is_told(tmp_path: Path) -> None:
    for folder, words in ((tmp_path, "the folder has no gazetteer"), (tmp_path / "no", "there is no such folder")):
        with pytest.raises(GazetteerError, match=f"{words}; name one with datapackage.json, or with tables"):
            Resolver(folder)
