"""Atomic output files: absent, unchanged or complete, never partial.

Output is written to a part, a temporary file next to the target, which replaces the target only at the end. A run that
is killed leaves its parts behind. The next run that writes into the same folder removes them, if the name is one that
only this program uses, the file belongs to this user, has not changed for an hour, and no running process locks it.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from resolver.errors import OutputError, UsageError

__all__ = [
    "STANDARD",
    "Sink",
    "abandon",
    "check_ending",
    "check_files",
    "opened_part",
    "part_in",
    "reason",
    "replacing",
    "take_place",
    "writing",
]

_unfinished: set[Path] = set()
"""The parts of this process, for a signal handler that ends it without unwinding."""

_moved: dict[Path, Path] = {}
"""Folders that were moved aside until another replaces them, and their original paths."""

STANDARD = "-"
"""The file name that means standard input or output."""

_PART = re.compile(r"\.resolver-[0-9a-f]{16}\.part")
_OLD_ENOUGH = 3600.0
"""Seconds without a change after which an unlocked part is considered left by a killed run."""

_MOST_ENTRIES = 100_000
"""Most entries of a folder that are checked for old parts."""


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
        with writing(path):
            exists = _exists(Path(path)) and Path(path).is_file()
        if exists and not force:
            raise OutputError("the file exists", path=path, remedy="use --force to replace it")


def check_ending(path: str | Path, known: Sequence[str]) -> None:
    """Raise ``UsageError`` if the ending of a name means another kind of file. A name without ending is accepted."""
    ending = Path(path).suffix
    if ending and ending.lower() not in known:
        raise UsageError(f"{path}: unknown ending {ending}: what is written here may end in {', '.join(known)}")


def _identity(path: str | Path) -> object:
    try:
        status = Path(path).stat()
    except OSError:
        return os.path.realpath(path)
    except ValueError:
        return str(path)
    # Devices such as /dev/null can be named more than once.
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else object()


class Sink:
    """The target of text output: a file's temporary part, a device or standard output."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Write to an open file; ``name`` is its name in error messages."""
        self._file = file
        self._name = name

    def write(self, text: str) -> None:
        """Write text as UTF-8. Raises ``OutputError``; a closed pipe stays a ``BrokenPipeError``."""
        with writing(self._name):
            self._file.write(text.encode("utf-8"))

    def write_bytes(self, data: bytes) -> None:
        """Write bytes, as ``write`` writes text."""
        with writing(self._name):
            self._file.write(data)

    def finish(self) -> None:
        """Flush everything to the disk."""
        with writing(self._name):
            self._file.flush()
            if stat.S_ISREG(os.fstat(self._file.fileno()).st_mode):
                os.fsync(self._file.fileno())


@contextmanager
def writing(name: str | Path) -> Iterator[None]:
    """Turn operating system errors about an output into an ``OutputError``, except a closed pipe."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise OutputError(reason(error), path=name, remedy=_remedy(error)) from None


@contextmanager
def replacing(path: str | Path) -> Iterator[Sink]:
    """Give a sink whose content replaces ``path`` when the block ends, but not if it fails.

    ``-`` is standard output; it and devices such as ``/dev/null`` are written to directly.
    """
    if str(path) == STANDARD:
        if sys.stdout is None:
            raise OutputError("it is closed", path="standard output", remedy="name a file with -o")
        sink = Sink(sys.stdout.buffer, "standard output")
        yield sink
        sink.finish()
        return
    part: Path | None
    file: BinaryIO
    with ExitStack() as stack:
        with writing(path):
            # A link stays a link: its target is replaced. A path that cannot be read fails here, before any work.
            target = Path(os.path.realpath(path))
            if _exists(target) and not target.is_file():
                part, file = None, target.open("wb")
                stack.callback(_close, file)
            else:
                part, file = stack.enter_context(opened_part(target.parent))
        sink = Sink(file, str(path))
        yield sink
        sink.finish()
        if part:
            with writing(path):
                if target.exists():
                    part.chmod(stat.S_IMODE(target.stat().st_mode))
                part.replace(target)


def _exists(path: Path) -> bool:
    """Return whether a file exists. Raises OSError if this cannot be determined, unlike ``Path.exists``."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    return True


def _close(file: BinaryIO) -> None:
    # After a failure, closing tries again to write the rest, and fails again.
    with suppress(OSError):
        file.close()


@contextmanager
def opened_part(folder: Path, mode: int = 0o666) -> Iterator[tuple[Path, BinaryIO]]:
    """Give a new part in a folder, open for writing and locked; it is removed at the end unless it was renamed.

    ``mode`` are its permissions before the umask. Parts that killed runs left in the folder are removed.
    Raises OSError.
    """
    with part_in(folder) as path:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        file = os.fdopen(handle, "wb")
        try:
            _lock(handle)
            yield path, file
        finally:
            _close(file)


@contextmanager
def part_in(folder: Path) -> Iterator[Path]:
    """Give the path of a new part in a folder, for a file or folder; whatever is there at the end is removed.

    Parts that killed runs left in the folder are removed.
    """
    _sweep(folder)
    path = folder / f".resolver-{os.urandom(8).hex()}.part"
    _unfinished.add(path)
    try:
        yield path
    finally:
        _remove(path)
        _unfinished.discard(path)


def take_place(part: Path, target: Path) -> None:
    """Replace a target, which may be a folder, with a part. If OSError is raised, the target has not changed."""
    if not target.is_dir():
        part.replace(target)
        return
    # A non-empty folder cannot be replaced in one step. The folder moved aside is not a part, so no run removes it.
    old = target.with_name(f".resolver-{os.urandom(8).hex()}.old")
    _moved[old] = target
    try:
        target.rename(old)
        part.replace(target)
    finally:
        _put_back(old, target)
        del _moved[old]


def _put_back(old: Path, target: Path) -> None:
    with suppress(OSError):
        if target.exists():
            _remove(old)
        else:
            old.rename(target)


def abandon() -> None:
    """Undo all unfinished outputs: for a signal handler, which cannot wait for the stack to unwind."""
    for old, target in tuple(_moved.items()):
        _put_back(old, target)
    for path in tuple(_unfinished):
        _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            import shutil  # noqa: PLC0415  (seldom needed, slow to load)

            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove the parts that killed runs left in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in islice(entries, _MOST_ENTRIES):
            if _PART.fullmatch(entry.name) and _left_behind(entry):
                _remove(Path(entry.path))


def _left_behind(entry: os.DirEntry[str]) -> bool:
    """Return whether a part is this user's, old, and not locked by a running process."""
    status = entry.stat(follow_symlinks=False)
    kind = stat.S_IFMT(status.st_mode)
    if kind not in (stat.S_IFREG, stat.S_IFDIR) or time.time() - status.st_mtime < _OLD_ENOUGH:
        return False
    if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
        return False
    try:
        handle = os.open(entry.path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Lock an open file as long as it is open; return whether that worked."""
    try:
        import fcntl  # noqa: PLC0415  (not on every system)

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def reason(error: Exception) -> str:
    """Return the operating system's error in a few words."""
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
        errno.ENAMETOOLONG: "give it a shorter name",
    }
    return remedies.get(number or 0, "check the path and the disk")
