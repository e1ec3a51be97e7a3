"""The JSON of a match keeps to the schema in the package."""

from __future__ import annotations

import json
from dataclasses import fields
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from resolver import Entity, Match, Mention, Resolver
from resolver.model import Candidate, Change, Evidence, Tenure

SCHEMA: dict[str, Any] = json.loads(files("resolver").joinpath("match.schema.json").read_text(encoding="utf-8"))

ASKED = {
    "a province that was merged": ("Kien Giang", {"date": "2024-11-27"}),
    "a code of ISO 3166-2": ("VN-47", {}),
    "an id": ("kh-province-kampot", {}),
    "an id that nobody has": ("kh-province-nowhere", {}),
    "ambiguous": ("Châu Thành", {"type": "district", "within": []}),
    "unmatched": ("Springfield, Illinois", {"country": "VN"}),
    "blank": ("", {}),
    "a person": ("Hun Sen", {"type": "person", "date": "2020-05-05"}),
    "an office": ("Ministre de l'Intérieur du Cambodge", {"date": "2025-12-01"}),
    "an address": ("12 Lê Lợi, Phường Bình San, Hà Tiên, Kiên Giang", {"date": "2024"}),
    "a split": ("Hà Tây", {"date": "2000"}),
}


@pytest.mark.parametrize("name", ASKED)
def test_answers_keep_to_the_schema(name: str, resolver: Resolver) -> None:
    text, options = ASKED[name]
    match = resolver.resolve(text, **options)  # type: ignore[arg-type]
    told = match.to_dict()
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert told == json.loads(json.dumps(told)), "plain values only"
    assert told["mention"]["text"] == text


def test_the_schema_names_every_field() -> None:
    assert list(SCHEMA["properties"]) == [field.name for field in fields(Match)]
    told = {"entity": Entity, "candidate": Candidate, "change": Change, "evidence": Evidence, "tenure": Tenure}
    for name, record in told.items():
        assert list(SCHEMA["$defs"][name]["properties"]) == [field.name for field in fields(record)]
    assert list(SCHEMA["$defs"]["mention"]["properties"]) == list(Mention._fields)


@pytest.mark.parametrize(
    "wrong",
    [{"status": "found"}, {"entity": None}, {"score": 2}, {"mention": ["Kampot", [], [], "", []]}, {"more": 1}],
    ids=str,
)
def test_the_schema_refuses_what_is_no_match(wrong: dict[str, object], resolver: Resolver) -> None:
    told = resolver.resolve("Kampot", type="province").to_dict() | wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, SCHEMA)


def test_a_conversion_is_plain_values_too(resolver: Resolver) -> None:
    told = resolver.convert("91", codes=True, type="province", date="2025-07-01", to="2025-06-30").to_dict()
    assert [target["place"]["entity"]["name"] for target in told["targets"]] == ["An Giang", "Kiên Giang"]
    assert told["match"]["mention"]["text"] == "91"
