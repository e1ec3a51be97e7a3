"""Where compiled files are: first in the package, then in the user's cache folder.

The wheel contains the index and lexicon of the bundled gazetteer, so nothing is compiled after the installation. The
cache is for other gazetteers and for a checkout. A file's name has the digest of everything it is made from.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from numpy.typing import NDArray

from resolver.index import store

__all__ = ["Found", "announce", "cache_folder", "find", "keep"]

_SHIPPED = Path(__file__).resolve().parent.parent / "_compiled"
_MOST_INDEXES = 4
_INDEX_FILE = re.compile(r"[0-9a-f]{32}\.idx")
_COMPILED_FILE = re.compile(r"[0-9a-f]{32}(\.idx|-[0-9a-f]{16}\.lex)")


class Found(NamedTuple):
    """The content of a compiled file, and its path."""

    stored: store.Stored
    file: Path


def cache_folder() -> Path:
    """Return the folder of compiled files: ``RESOLVER_CACHE_DIR`` or the user's cache folder."""
    chosen = os.environ.get("RESOLVER_CACHE_DIR")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path  # noqa: PLC0415  (seldom needed where a wheel is installed)

    return user_cache_path("resolver-vnkh", appauthor=False)


def find(name: str, *, made_from: str, quiet: bool = False) -> Found | None:
    """Return a compiled file by its name; None if there is no valid one.

    Warns of a file that is not valid, unless ``quiet``; the caller then compiles it again.
    """
    shipped = _SHIPPED / name
    try:
        return Found(store.load(shipped, made_from=made_from, with_code=True), shipped)
    except store.UnusableError as error:
        _warn_not_used(shipped, error)
    except OSError:
        pass
    cached = cache_folder() / name
    try:
        return Found(store.load(cached, made_from=made_from), cached)
    except store.UnusableError as error:
        if not quiet:
            _warn_not_used(cached, error)
    except OSError:
        pass
    return None


def announce(what: str) -> None:
    """Tell the logger ``resolver`` that something is compiled now, for this run and all later ones."""
    import logging  # noqa: PLC0415  (seldom needed)

    logging.getLogger("resolver").info("preparing the %s, once", what)


def keep(name: str, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any], *, made_from: str) -> Found | None:
    """Put a compiled file into the cache folder and remove older ones; None, with a warning, if that fails."""
    file = cache_folder() / name
    try:
        content = store.save(file, arrays, about, made_from=made_from)
    except OSError as error:
        warnings.warn(
            f"the index could not be kept at {file} ({error.strerror}), so every start compiles it again; "
            f"set RESOLVER_CACHE_DIR to a folder that can be written",
            RuntimeWarning,
            stacklevel=4,
        )
        return None
    _forget_older(file)
    return Found(store.Stored(dict(arrays), dict(about), content), file)


def _warn_not_used(file: Path, error: store.UnusableError) -> None:
    warnings.warn(f"the index at {file} is not used: {error}; it is compiled again", RuntimeWarning, stacklevel=5)


def _forget_older(kept: Path) -> None:
    """Remove all except the latest indexes, and older lexicons of the same index."""
    # Another process may do the same at the same time, and the folder may hold unrelated files with such a name.
    with suppress(OSError):
        found = [file for file in kept.parent.iterdir() if _COMPILED_FILE.fullmatch(file.name)]
        if kept.suffix == ".lex":
            gone = {file for file in found if file.suffix == ".lex" and file.name[:32] == kept.name[:32]} - {kept}
        else:
            indexes = [file for file in found if _INDEX_FILE.fullmatch(file.name)]
            indexes.sort(key=lambda file: file.stat().st_mtime, reverse=True)
            forgotten = {file.stem for file in indexes[_MOST_INDEXES:]}
            gone = {file for file in found if file.name[:32] in forgotten}
        for file in gone:
            file.unlink(missing_ok=True)
