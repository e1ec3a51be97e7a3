"""Run the notebook of the examples, and keep what its cells print in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

__all__ = ["NOTEBOOK", "executed"]

NOTEBOOK = "examples/notebook.ipynb"
_SECONDS = 120


def executed(file: Path) -> str:
    """Return a notebook after a run of all its cells, with the outputs, and without what differs from run to run."""
    notebook = nbformat.read(file, as_version=4)
    NotebookClient(notebook, timeout=_SECONDS, kernel_name="python3", record_timing=False).execute()
    cells: list[dict[str, Any]] = notebook["cells"]
    for cell in cells:
        cell["metadata"] = {}
    notebook["metadata"]["language_info"] = {"name": "python"}
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
