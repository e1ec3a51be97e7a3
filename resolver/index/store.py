"""One file of named arrays: written whole or not at all, read by memory map, refused when damaged.

Layout: magic, length and CRC-32 of the header, header (JSON: what the file is made from, and each array's type, shape
and place), then the arrays, each at a multiple of 64 bytes.
"""

from __future__ import annotations

import json
import math
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["DamagedError", "load", "save"]

_MAGIC = b"VNKHIDX1"
_PREFIX = struct.Struct("<8sIII")
_ALIGN = 64

Arrays = dict[str, NDArray[Any]]


class DamagedError(Exception):
    """The file is not a whole store; make it anew."""


def save(path: Path, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> None:
    """Write arrays and what they are about to ``path``, atomically. Raises OSError where that can't be done."""
    places: dict[str, Any] = {}
    body = bytearray()
    for name, array in arrays.items():
        body.extend(b"\0" * (-len(body) % _ALIGN))
        places[name] = {"dtype": array.dtype.str, "shape": array.shape, "at": len(body)}
        body.extend(np.ascontiguousarray(array).tobytes())
    header = json.dumps({"about": about, "arrays": places, "size": len(body)}, ensure_ascii=False).encode()
    start = _PREFIX.size + len(header)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_PREFIX.pack(_MAGIC, len(header), zlib.crc32(header), zlib.crc32(body)))
            file.write(header)
            file.write(b"\0" * (-start % _ALIGN))
            file.write(body)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def load(path: Path) -> tuple[Arrays, dict[str, Any]]:
    """Return the arrays (read-only views of the mapped file) and what they are about.

    Raises FileNotFoundError where there is no file and DamagedError where it is not what ``save`` wrote.
    """
    with path.open("rb") as file:
        try:
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError as error:
            raise DamagedError(str(path)) from error
    try:
        magic, size, header_sum, body_sum = _PREFIX.unpack_from(mapped)
        header = bytes(mapped[_PREFIX.size : _PREFIX.size + size])
        if magic != _MAGIC or zlib.crc32(header) != header_sum:
            raise DamagedError(str(path))
        described = json.loads(header)
        start = _PREFIX.size + size
        body = mapped[start + (-start % _ALIGN) :]
        if len(body) != described["size"] or zlib.crc32(body) != body_sum:
            raise DamagedError(str(path))
    except (struct.error, ValueError) as error:
        raise DamagedError(str(path)) from error
    arrays: Arrays = {}
    for name, place in described["arrays"].items():
        count = math.prod(place["shape"])
        flat = np.frombuffer(body, np.dtype(place["dtype"]), count, place["at"])
        arrays[name] = flat.reshape(place["shape"])
    return arrays, described["about"]
