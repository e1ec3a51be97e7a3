"""One resolver on the bundled gazetteer for the whole run."""

from __future__ import annotations

import pytest

from resolver.resolve import Resolver


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    return Resolver()
