"""The calls as /openapi.json describes them, asked with generated requests; skipped without schemathesis."""

from __future__ import annotations

import os

import pytest

from resolver import Resolver
from resolver.service.settings import Settings
from tests.service.running import running

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

EXAMPLES = int(os.environ.get("SERVICE_EXAMPLES", "15"))
"""Requests to each call; more with SERVICE_EXAMPLES=500."""


def test_calls_answer_as_they_are_described(resolver: Resolver) -> None:
    from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415
    from schemathesis.specs.openapi.checks import positive_data_acceptance  # noqa: PLC0415

    with running(resolver, Settings(max_seconds=30)) as address:
        schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
        calls = [call.ok() for call in schema.get_all_operations()]
        assert {call.path for call in calls} >= {"/resolve", "/convert", "/annotate", "/normalize", "/rows", "/compare"}
        for call in calls:
            quick = settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                derandomize=True,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            )

            @quick
            @given(case=call.as_strategy())
            def check(case: object) -> None:
                # Which texts are dates, countries or ids, no schema can say: those that are none are refused.
                case.call_and_validate(base_url=address, excluded_checks=[positive_data_acceptance])  # type: ignore[attr-defined]

            check()
