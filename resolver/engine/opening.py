"""The gazetteer of a resolver: the bundled one, that of a folder, or either of them with added rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from resolver.errors import OutputError
from resolver.gazetteer.reader import bundled_path
from resolver.index.compiled_files import cache_folder
from resolver.index.index import Index, open_index

__all__ = ["Aliases", "open_gazetteer"]

Aliases = str | Path | Mapping[str, str] | Iterable[Sequence[str]]
"""Aliases: a CSV file, texts with their ids, or rows of text, id, language, first day, first day not in use."""


def open_gazetteer(gazetteer: str | Path | None, aliases: Aliases | None, *, cache: bool) -> Index:
    """Return the index of a gazetteer, of an overlay on the bundled one, or of either with aliases.

    ``cache=False`` keeps nothing. Raises GazetteerError and InputError, naming file and line.
    """
    if gazetteer is None and aliases is None:
        return open_index(cache=cache)
    # Imported only for added rows: it would slow the start of every command.
    import tempfile  # noqa: PLC0415

    from resolver.gazetteer.overlay import aliases_of, is_overlay, joined_folder  # noqa: PLC0415

    folder = Path(gazetteer) if gazetteer else None
    bundled = bundled_path()
    overlay = folder if folder is not None and is_overlay(folder, bundled) else None
    if overlay is None and aliases is None:
        return open_index(folder, cache=cache)
    base = bundled if overlay is not None or folder is None else folder
    own = [] if aliases is None else aliases_of(aliases)
    if cache:
        try:
            return open_index(joined_folder(base, overlay, own, cache_folder()), cache=True)
        except OutputError:
            pass  # the cache cannot be written: the joined tables are used only once
    with tempfile.TemporaryDirectory() as root:
        return open_index(joined_folder(base, overlay, own, Path(root)), cache=False)
