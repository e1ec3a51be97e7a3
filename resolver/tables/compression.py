"""Compressed files, read and written block by block; the ending of the name says how."""

from __future__ import annotations

import gzip
import io
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from resolver.errors import UsageError

__all__ = ["COMPRESSED", "BytesSink", "Compressed", "Out", "compression_of", "decompressed"]

COMPRESSED = (".gz", ".zst")
_BLOCK = 1024 * 1024
_FRAME_BLOCK = 2048
"""Bytes of Zstandard that are decompressed at a time: few, since they may become very many."""


class BytesSink(Protocol):
    """A file to which bytes are written; failures of the disk become errors for people."""

    def write_bytes(self, data: bytes) -> None:
        """Write bytes."""


def compression_of(path: str | Path) -> str:
    """Return the ending of a name that says how its content is compressed; empty if it is not."""
    ending = Path(path).suffix.lower()
    return ending if ending in COMPRESSED else ""


def decompressed(file: io.BufferedReader, ending: str) -> io.BufferedReader:
    """Return the decompressed content of a file as a file. Reading it raises ``OSError`` if it is damaged."""
    inner = gzip.GzipFile(fileobj=file) if ending == ".gz" else _Frames(file)
    return io.BufferedReader(cast("io.RawIOBase", _Content(inner, file)), _BLOCK)


class _Frames:
    """The content of a file in the format of Zstandard. Raises ``EOFError`` if it ends within a frame."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self._make = _zstandard().ZstdDecompressor
        self._frame: Any = None
        self._ready = b""

    def read(self, size: int) -> bytes:
        while not self._ready and (data := self._file.read(_FRAME_BLOCK)):
            while data:
                self._frame = self._frame or self._make().decompressobj()
                self._ready += self._frame.decompress(data)
                data = self._frame.unused_data if self._frame.eof else b""
                self._frame = None if self._frame.eof else self._frame
        if not self._ready and self._frame is not None:
            raise EOFError("it ends within a frame")
        told, self._ready = self._ready[:size], self._ready[size:]
        return told

    def close(self) -> None:
        self._ready = b""


class _Content(io.RawIOBase):
    """The content of a compressed file; closing it closes the file."""

    def __init__(self, inner: Any, file: io.BufferedReader) -> None:
        self._inner = inner
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data: bytes = self._inner.read(len(buffer))
        except OSError as error:
            raise OSError(f"the compressed data is damaged: {error}") from None
        except Exception as error:
            # Each library has its own errors for damaged data.
            raise OSError(f"the compressed data is damaged or cut off: {error}") from None
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        with suppress(Exception):
            self._inner.close()
        self._file.close()
        super().close()


class Out(io.RawIOBase):
    """A file that passes all bytes on to a sink."""

    def __init__(self, sink: BytesSink) -> None:
        self._sink = sink

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: Any) -> int:
        """Pass bytes on."""
        self._sink.write_bytes(bytes(data))
        return len(data)


class Compressed:
    """A sink that compresses text and passes it on to another; the same text gives the same bytes."""

    def __init__(self, sink: BytesSink, ending: str) -> None:
        """Write to ``sink``, compressed as the ending of a name says."""
        out = cast("BinaryIO", Out(sink))
        self._file: Any
        if ending == ".gz":
            self._file = gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=out, mtime=0)
        else:
            self._file = _zstandard().ZstdCompressor().stream_writer(out, closefd=False)

    def write(self, text: str) -> None:
        """Write text as UTF-8."""
        self._file.write(text.encode("utf-8"))

    def close(self) -> None:
        """Write the end of the compressed data."""
        self._file.close()


def _zstandard() -> Any:
    try:
        import zstandard  # noqa: PLC0415  (an extra)
    except ImportError:
        raise UsageError("a file that ends in .zst needs zstandard: pip install 'resolver-vnkh[zstd]'") from None
    return zstandard
