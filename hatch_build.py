"""Puts the compiled gazetteer into the wheel, so that nothing is compiled where it is installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledGazetteer(BuildHookInterface[Any]):
    """Compiles index and lexicon of the bundled gazetteer, as their first use would, and adds the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add them to a wheel; a checkout that is worked in compiles anew after each change, into the cache.

        What the cache has already is taken from there: the names of its files tell what they were made from.
        """
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from resolver import Resolver  # noqa: PLC0415  (what is built here, and nothing that is installed)

        files = Resolver().compiled()
        if len(files) != 2:
            remedy = "set RESOLVER_CACHE_DIR to a folder that can be written"
            raise RuntimeError(f"index and lexicon could not be compiled and kept; {remedy}")
        for file in files:
            build_data["force_include"][str(file)] = str(Path("resolver/_compiled") / file.name)
