"""One service for the whole run, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from resolver import Resolver
from resolver.service.app import application

BASE = "http://127.0.0.1:8765"


@pytest.fixture(scope="session")
def client(resolver: Resolver) -> Iterator[TestClient]:
    with TestClient(application(resolver=resolver), base_url=BASE) as opened:
        yield opened
