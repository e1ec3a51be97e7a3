"""From the bytes of a table to its lines: the encoding, the byte order, and the check that it is text.

UTF-8 is read, and UTF-16 and UTF-32 with a byte order mark. Other encodings are read if they are named, or if the first
bytes leave no doubt. Decoding is strict: text that cannot be decoded with certainty is one error, which names the line
and what to try.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NoReturn

from resolver.errors import InputError, UsageError
from resolver.tables.encodings import detect, reader_of

__all__ = ["MAX_LINE", "Lines", "check_encoding"]

MAX_LINE = 64 * 1024 * 1024
"""Characters of the longest line that is read."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_MARK = 8
_BINARY = (
    (b"PK\x03\x04", "an Excel workbook or zip archive", "let its name end in .xlsx, or save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save the sheet as CSV UTF-8"),
    (b"\x1f\x8b", "compressed with gzip", "let its name end in .csv.gz, or send it through gzip -dc"),
    (b"\x28\xb5\x2f\xfd", "compressed with Zstandard", "let its name end in .csv.zst, or send it through zstd -dc"),
    (b"PAR1", "a Parquet file", "let its name end in .parquet"),
    (b"%PDF", "a PDF", "give a CSV table"),
)
# Encodings of tables in the region besides Unicode: Vietnamese and western Windows.
_LEGACY = {"cp1258": "windows-1258", "cp1252": "windows-1252", "utf_16_le": "utf-16-le", "utf_16_be": "utf-16-be"}
_UNITS = {"utf-16": 2, "utf-32": 4}
"""Encodings whose byte order is known only from a mark, and their bytes per letter."""


class Lines:
    """The lines of a table with their terminators, read once.

    ``bom`` says whether the table begins with a byte order mark; ``told`` has sentences about the encoding found.
    """

    def __init__(self, read: Callable[[], bytes], name: str, encoding: str | None) -> None:
        """Begin to read; ``name`` is the table's name in error messages."""
        self._read = read
        self._name = name
        self._block = read()
        while len(self._block) < _LONGEST_MARK and (more := read()):
            self._block += more
        for magic, what, remedy in _BINARY:
            if self._block.startswith(magic):
                raise InputError(f"this is {what}, not CSV", path=name, remedy=remedy)
        marked = next((found for mark, found in _BOMS if self._block.startswith(mark)), None)
        self.bom = marked is not None
        self.told: list[str] = []
        if encoding and not marked:
            _check_order(encoding, self._block, name)
        elif not encoding and not marked and (found := detect(self._block)):
            encoding, told = found
            self.told.append(f"{name}: {told}")
        codec, self._letters = reader_of(encoding or marked or "utf-8")
        self._decoder = codecs.getincrementaldecoder(codec)("strict")

    def __iter__(self) -> Iterator[str]:
        """Yield the lines. Raises ``InputError`` if they cannot be decoded with certainty."""
        pending, done, started, block = "", 0, False, self._block
        self._block = b""
        while True:
            try:
                text = self._decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                self._undecodable(error, done + pending.count("\n"))
            except UnicodeError as error:
                raise InputError(str(error), path=self._name, remedy="name the encoding with --encoding") from None
            if not started and text:
                text, started = text.lstrip("\ufeff"), True
            if "\0" in text:
                raise InputError(
                    "a NUL character: the file is binary or damaged",
                    path=self._name,
                    line=done + (pending + text[: text.index("\0")]).count("\n") + 1,
                    remedy="give a CSV table; UTF-16 without its mark needs --encoding utf-16-le or utf-16-be",
                )
            lines = list(io.StringIO(pending + text, newline=""))
            # Only the next block shows whether the last line continues, or its \r is half of a \r\n.
            pending = lines.pop() if lines and block and not lines[-1].endswith("\n") else ""
            if len(pending) > MAX_LINE:
                raise InputError(f"a line of more than {MAX_LINE:,} characters", path=self._name, line=done + 1)
            done += len(lines)
            yield from map(self._letters, lines) if self._letters else lines
            if not block:
                return
            block = self._read()

    def _undecodable(self, error: UnicodeDecodeError, lines_before: int) -> NoReturn:
        data, start = error.object, error.start
        with suppress(UnicodeDecodeError):
            lines_before += data[:start].decode(error.encoding).count("\n")
        guess = _guess_encoding(data[max(0, start - 32_768) : start + 32_768])
        raise InputError(
            f"byte 0x{data[start]:02x} is not {error.encoding.upper()}" if start < len(data) else "the file is cut off",
            path=self._name,
            line=lines_before + 1,
            remedy=f"try --encoding {guess}" if guess else "name the file's encoding with --encoding",
        )


def check_encoding(encoding: str | None) -> None:
    """Raise ``UsageError`` for a name that is no encoding of text."""
    if encoding is None or reader_of(encoding)[1] is not None:
        return
    try:
        # Codecs such as hex are not text encodings and refuse to encode text.
        "".encode(encoding)
        codecs.getincrementaldecoder(encoding)
    except (LookupError, UnicodeError, ValueError):
        raise UsageError(
            f"unknown encoding {encoding!r}: try utf-8, utf-16, windows-1258, windows-1252, tcvn3 or vni"
        ) from None


def _check_order(encoding: str, block: bytes, name: str) -> None:
    """Raise ``InputError`` if only a byte order mark could show the order of bytes, and there is none."""
    canonical = codecs.lookup(reader_of(encoding)[0]).name
    width = _UNITS.get(canonical)
    if width is None or not block:
        return
    # In most letters of any table the highest byte is zero.
    zeros = [block[place::width].count(0) for place in (0, width - 1)]
    order = "" if zeros[0] == zeros[1] else "-be" if zeros[0] > zeros[1] else "-le"
    raise InputError(
        f"there is no byte order mark, so {canonical.upper()} may be read in two ways",
        path=name,
        line=1,
        remedy=f"try --encoding {canonical}{order}" if order else "name another --encoding",
    )


def _guess_encoding(sample: bytes) -> str:
    """Return the usual name of the most likely encoding of some bytes, or an empty text."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (only for a message, and slow to import)

    best = from_bytes(sample, cp_isolation=list(_LEGACY), enable_fallback=False).best()
    return _LEGACY[best.encoding] if best else ""
