"""One resolver on the bundled gazetteer for the whole run."""

from __future__ import annotations

import json
import os

import pytest

from resolver.engine.resolver import Resolver
from resolver.gazetteer.reader import PACKAGE_FILE, bundled_path

# The tests are about these facts, however old they are when they are run.
os.environ.setdefault("RESOLVER_TODAY", json.loads((bundled_path() / PACKAGE_FILE).read_bytes())["as_of"])


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile index and lexicon once, before several workers would each do it."""
    if session.config.getoption("numprocesses", None):
        assert Resolver()._engine.lexicon


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    return Resolver()
