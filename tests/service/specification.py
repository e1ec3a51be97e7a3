"""What the Reconciliation Service API 0.2 asks of requests and answers, as JSON schemas written down from its text.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator

__all__ = ["problems"]

Schema = dict[str, Any]


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None, *, others: bool = True) -> Schema:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": others,
    }


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


TEXT: Schema = {"type": "string"}
NAMED = _object({"id": TEXT, "name": TEXT})
NAMED_AND_DESCRIBED = _object({"id": TEXT, "name": TEXT}, {"description": TEXT})
ADDRESS = _object({"service_url": {"type": "string", "pattern": "^https?://"}, "service_path": {"type": "string"}})
CANDIDATE = _object(
    {"id": TEXT, "name": TEXT, "score": {"type": "number", "minimum": 0, "maximum": 100}},
    {
        "description": TEXT,
        "match": {"type": "boolean"},
        "type": _list(NAMED),
        "features": _list(_object({"id": TEXT, "value": {"type": ["number", "boolean"]}})),
    },
    others=False,
)
VALUE: Schema = {
    "oneOf": [
        _object({"id": TEXT, "name": TEXT}, {"description": TEXT}, others=False),
        _object({"str": TEXT}, others=False),
        _object({"int": {"type": "integer"}}, others=False),
        _object({"float": {"type": "number"}}, others=False),
        {"type": "object", "maxProperties": 0},
    ]
}
ASKED: Schema = {"oneOf": [{"type": ["string", "number", "boolean"]}, _object({"id": TEXT}, {"name": TEXT})]}
QUERY: Schema = _object(
    {},
    {
        "query": TEXT,
        "type": {"oneOf": [TEXT, _list(TEXT)]},
        "limit": {"type": "number"},
        "properties": _list(_object({"pid": TEXT, "v": {"oneOf": [ASKED, _list(ASKED)]}})),
        "type_strict": {"enum": ["any", "should", "all"]},
    },
    others=False,
) | {"anyOf": [{"required": ["query"]}, {"required": ["properties"], "properties": {"properties": {"minItems": 1}}}]}
SCHEMAS: dict[str, Schema] = {
    "queries": {"type": "object", "additionalProperties": QUERY},
    "extension asked": _object({"ids": _list(TEXT), "properties": _list(_object({"id": TEXT}))}),
    "manifest": _object(
        {
            "versions": {"type": "array", "contains": {"const": "0.2"}},
            "name": TEXT,
            "identifierSpace": {"type": "string", "format": "uri"},
            "schemaSpace": {"type": "string", "format": "uri"},
        },
        {
            "batchSize": {"type": "integer", "minimum": 1},
            "view": _object({"url": {"type": "string", "pattern": "{{id}}"}}),
            "defaultTypes": _list(NAMED),
            "preview": _object(
                {
                    "url": {"type": "string", "pattern": "{{id}}"},
                    "width": {"type": "integer"},
                    "height": {"type": "integer"},
                }
            ),
            "suggest": _object({}, {"entity": ADDRESS, "property": ADDRESS, "type": ADDRESS}, others=False),
            "extend": _object({}, {"propose_properties": ADDRESS, "property_settings": {"type": "array"}}),
        },
    ),
    "results": {"type": "object", "additionalProperties": _object({"result": _list(CANDIDATE)}, others=False)},
    "suggested entities": _object({"result": _list(_object({"id": TEXT, "name": TEXT}, {"notable": _list(NAMED)}))}),
    "suggested types": _object({"result": _list(NAMED)}),
    "suggested properties": _object({"result": _list(NAMED_AND_DESCRIBED)}),
    "proposed properties": _object({"properties": _list(NAMED_AND_DESCRIBED)}, {"type": TEXT, "limit": {}}),
    "extension": _object(
        {
            "meta": _list(_object({"id": TEXT, "name": TEXT}, {"type": NAMED})),
            "rows": {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": _list(VALUE)},
            },
        }
    ),
}


def problems(kind: str, told: Any) -> list[str]:
    """Return what is wrong with a request or an answer of a kind."""
    found = Draft202012Validator(SCHEMAS[kind]).iter_errors(told)
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in found]
