"""Files that are absent, as they were, or complete: never half.

What is written goes into a temporary file beside the target, which takes the target's place only at the end.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from resolver.errors import OutputError, UsageError

__all__ = ["STANDARD", "Sink", "abandon", "check_files", "reason", "replacing"]

_unfinished: set[Path] = set()
"""The temporary files of this process, for whoever has to end it without unwinding."""

STANDARD = "-"
"""The file name that stands for standard input or output."""


def check_files(inputs: Iterable[str | Path], outputs: Iterable[str | Path], *, force: bool) -> None:
    """Refuse, before any work, outputs that would overwrite an input, each other or, without ``force``, a file.

    Raises ``UsageError`` for the first two and ``OutputError`` for the third.
    """
    taken = {_identity(path): path for path in inputs if str(path) != STANDARD}
    standard = False
    for path in outputs:
        if str(path) == STANDARD:
            if standard:
                raise UsageError("only one output can go to standard output: give the others a file name")
            standard = True
            continue
        if _identity(path) in taken:
            raise UsageError(f"{path} would overwrite {taken[_identity(path)]}: give the output another name")
        taken[_identity(path)] = path
        if not force and Path(path).is_file():
            raise OutputError("the file exists", path=path, remedy="use --force to replace it")


def _identity(path: str | Path) -> object:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return os.path.realpath(path)
    # Devices such as /dev/null can be named more than once.
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else object()


class Sink:
    """Where text is written: a file's temporary stand-in, a device or standard output."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Write to an open file; ``name`` is what errors call it."""
        self._file = file
        self._name = name

    def write(self, text: str) -> None:
        """Write text as UTF-8. Raises ``OutputError``; a closed pipe stays a ``BrokenPipeError``."""
        with _writing(self._name):
            self._file.write(text.encode("utf-8"))

    def finish(self) -> None:
        """Hand everything to the disk."""
        with _writing(self._name):
            self._file.flush()
            if stat.S_ISREG(os.fstat(self._file.fileno()).st_mode):
                os.fsync(self._file.fileno())


@contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise OutputError(reason(error), path=name, remedy=_remedy(error)) from None


@contextmanager
def replacing(path: str | Path) -> Iterator[Sink]:
    """Give a sink whose content takes the place of ``path`` when the block ends, and never if it fails.

    ``-`` is standard output; it and devices such as ``/dev/null`` are written to directly.
    """
    if str(path) == STANDARD:
        sink = Sink(sys.stdout.buffer, "standard output")
        yield sink
        sink.finish()
        return
    # A link stays a link: what it points to is replaced.
    target = Path(os.path.realpath(path))
    direct = target.exists() and not target.is_file()
    written = target if direct else target.with_name(f".{secrets.token_hex(8)}.part")
    if not direct:
        _unfinished.add(written)
    with _writing(str(path)):
        file = written.open("wb" if direct else "xb")
    try:
        sink = Sink(file, str(path))
        yield sink
        sink.finish()
        if not direct:
            with _writing(str(path)):
                if target.exists():
                    shutil.copymode(target, written)
                written.replace(target)
    finally:
        # After a failure closing tries once more to write what is left, and fails again.
        with suppress(OSError):
            file.close()
        if not direct:
            written.unlink(missing_ok=True)
            _unfinished.discard(written)


def abandon() -> None:
    """Remove the temporary files of all outputs under way: for a signal handler, which may not wait for the stack."""
    for path in tuple(_unfinished):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def reason(error: Exception) -> str:
    """Say in a few words what the operating system found wrong."""
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()


def _remedy(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    remedies = {
        errno.ENOSPC: "free some space on the disk or write elsewhere",
        errno.EDQUOT: "free some of your quota or write elsewhere",
        errno.EACCES: "write to a folder that is yours",
        errno.EPERM: "write to a folder that is yours",
        errno.EROFS: "write to another disk",
        errno.ENOENT: "create the folder first",
        errno.ENOTDIR: "check the path",
        errno.EISDIR: "name a file in this folder",
    }
    return remedies.get(number or 0, "check the path and the disk")
