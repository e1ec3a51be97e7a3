"""The gazetteer that a resolver answers from: the bundled one, that of a folder, or either with rows of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from resolver.errors import OutputError
from resolver.gazetteer.reader import bundled_path
from resolver.index.compiled_files import cache_folder
from resolver.index.index import Index, open_index

__all__ = ["Aliases", "open_gazetteer"]

Aliases = str | Path | Mapping[str, str] | Iterable[Sequence[str]]
"""A CSV file of aliases, texts with their ids, or rows of text, id, language, first day, first day no longer."""


def open_gazetteer(gazetteer: str | Path | None, aliases: Aliases | None, *, cache: bool) -> Index:
    """Return the index of a gazetteer, of an overlay on the bundled one, or of either with aliases.

    ``cache=False`` keeps nothing. Raises GazetteerError and InputError, naming file and line.
    """
    if gazetteer is None and aliases is None:
        return open_index(cache=cache)
    # What only rows of one's own need would slow the start of every command.
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
            pass  # the cache can't be written: what is joined is for this once only
    with tempfile.TemporaryDirectory() as root:
        return open_index(joined_folder(base, overlay, own, Path(root)), cache=False)
