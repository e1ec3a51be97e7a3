"""Build the documentation as a site in ``build/site``: ``python -m tools.site``, or ``make site``.

The pages lie in several folders of the repository and link to each other and to files beside them. They are gathered
in ``build/pages`` under their own paths, so that every link leads to the same file as in the repository; then MkDocs
builds the site, and any warning is an error. A notebook becomes a page of its cells.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.docs import COVERAGE, FILES

__all__ = ["build", "gather", "page_of"]

_ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def build(root: Path = _ROOT) -> None:
    """Gather the pages and build the site. Raises CalledProcessError if MkDocs has anything to say against it."""
    gather(root, root / "build" / "pages")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", "mkdocs.yml"]
    subprocess.run(command, cwd=root, check=True)


def gather(root: Path, target: Path) -> None:
    """Copy every page, and every file that a page links to, into a folder."""
    shutil.rmtree(target, ignore_errors=True)
    for name in (*FILES, COVERAGE):
        text = (root / name).read_text(encoding="utf-8")
        folder = (target / name).parent
        folder.mkdir(parents=True, exist_ok=True)
        for link in _LINK.findall(text):
            _copy((root / name).parent / link, folder / link)
        (target / name).write_text(re.sub(r"\.ipynb\)", ".md)", text), encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    if source.suffix == ".md" or source.is_dir():
        return
    if source.suffix == ".ipynb":
        target.with_suffix(".md").parent.mkdir(parents=True, exist_ok=True)
        target.with_suffix(".md").write_text(page_of(json.loads(source.read_text(encoding="utf-8"))), encoding="utf-8")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def page_of(notebook: dict[str, Any]) -> str:
    """Return the cells of a notebook, and what they printed, as a page."""
    return "\n\n".join(part for cell in notebook["cells"] for part in _parts(cell)) + "\n"


def _parts(cell: dict[str, Any]) -> Iterator[str]:
    text = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield text
        return
    yield f"```python\n{text}\n```"
    for output in cell["outputs"]:
        if "text" in output:
            yield f"```text\n{''.join(output['text']).rstrip()}\n```"
            continue
        data = output["data"]
        if "image/svg+xml" in data:
            yield "".join(data["image/svg+xml"])
        elif "text/html" in data:
            yield "".join(data["text/html"])
        else:
            yield f"```text\n{''.join(data['text/plain']).rstrip()}\n```"


if __name__ == "__main__":
    build()
