"""One file of named arrays: written completely or not at all, read by memory map, refused if not valid.

Layout: magic, length and CRC-32 of the header, CRC-32 of the body, header (JSON: what the file is made from, and each
array's type, shape and offset), then the body: the arrays, each at a multiple of 64 bytes.

Two things may be wrong with a file. Another user may have written it: only files that belong to the user or to root,
and that no other user can write, are read. Or it may be damaged, or be another file with this name: then a checksum or
``made_from`` differs. The checksums protect against accidents only: an attacker could forge any digest in the file. A
file next to the program's code is trusted as much as the code, whoever installed both.

The bytes do not depend on the machine: they are little-endian, and the header has the type of each array.
"""

from __future__ import annotations

import errno
import json
import math
import mmap
import os
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.atomic import opened_part

__all__ = ["Stored", "UnusableError", "load", "save"]

_MAGIC = b"VNKHIDX2"
_PREFIX = struct.Struct("<8sIII")
_ALIGN = 64
_PRIVATE = 0o600
_OTHERS_WRITE = 0o022
_ROOT = 0

Arrays = dict[str, NDArray[Any]]


class UnusableError(Exception):
    """The file is not valid, for the reason given; compile it again."""


class Stored(NamedTuple):
    """The content of a file: its arrays, metadata about them, and a checksum of the content."""

    arrays: Arrays
    about: dict[str, Any]
    content: str


def save(path: Path, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any], *, made_from: str) -> str:
    """Write arrays, metadata about them and what they are made from to ``path``, atomically.

    Return the checksum of the content. Only the user can read or write the file. Raises OSError if that fails.
    """
    places: dict[str, Any] = {}
    body = bytearray()
    for name, array in arrays.items():
        body.extend(b"\0" * (-len(body) % _ALIGN))
        portable = array.astype(array.dtype.newbyteorder("<"), copy=False)
        places[name] = {"dtype": portable.dtype.str, "shape": portable.shape, "at": len(body)}
        body.extend(np.ascontiguousarray(portable).tobytes())
    described = {"made_from": made_from, "about": about, "arrays": places, "size": len(body)}
    header = json.dumps(described, ensure_ascii=False).encode()
    sums = zlib.crc32(header), zlib.crc32(body)
    path.parent.mkdir(parents=True, exist_ok=True)
    with opened_part(path.parent, _PRIVATE) as (part, file):
        file.write(_PREFIX.pack(_MAGIC, len(header), *sums))
        file.write(header)
        file.write(b"\0" * (-(_PREFIX.size + len(header)) % _ALIGN))
        file.write(body)
        file.close()
        part.replace(path)
    return _content(*sums)


def load(path: Path, *, made_from: str, with_code: bool = False) -> Stored:
    """Return what ``save`` wrote, the arrays as read-only views of the mapped file.

    ``with_code`` is for a file next to the program's code: its owner is not checked, and it may be a link, which some
    installers make. Raises FileNotFoundError if there is no file, another OSError if it cannot be read, and
    UnusableError if it does not belong to the user or to root, if others can write it, if it is damaged or if it was
    made from something else.
    """
    with _mapped(path, with_code=with_code) as mapped:
        try:
            magic, size, header_sum, body_sum = _PREFIX.unpack_from(mapped)
            header = bytes(mapped[_PREFIX.size : _PREFIX.size + size])
            if magic != _MAGIC or zlib.crc32(header) != header_sum:
                raise UnusableError("it is damaged")
            described = json.loads(header)
            start = _PREFIX.size + size
            body = mapped[start + (-start % _ALIGN) :]
            if len(body) != described["size"] or zlib.crc32(body) != body_sum:
                raise UnusableError("it is damaged")
            if described["made_from"] != made_from:
                raise UnusableError("it is made from other facts or by other code")
            arrays = {name: _array(body, place) for name, place in described["arrays"].items()}
            return Stored(arrays, described["about"], _content(header_sum, body_sum))
        except (struct.error, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise UnusableError("it is damaged") from error


def _content(*sums: int) -> str:
    return "".join(f"{one:08x}" for one in sums)


def _array(body: memoryview, place: Mapping[str, Any]) -> NDArray[Any]:
    count = math.prod(place["shape"])
    return np.frombuffer(body, np.dtype(place["dtype"]), count, place["at"]).reshape(place["shape"])


@contextmanager
def _mapped(path: Path, *, with_code: bool) -> Iterator[memoryview]:
    """Give the bytes of a file of the user, or next to the code. Raises UnusableError for any other."""
    # A link may point anywhere, and opening a pipe would wait for its other end.
    flags = os.O_RDONLY
    for flag in ("O_NONBLOCK", "O_BINARY") if with_code else ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, flag, 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UnusableError("it is a link") from error
        raise
    try:
        _check_kind(os.fstat(handle))
        if not with_code:
            _check_owner(os.fstat(handle))
        try:
            mapped = mmap.mmap(handle, 0, access=mmap.ACCESS_READ)
        except ValueError as error:
            raise UnusableError("it is empty") from error
    finally:
        os.close(handle)
    yield memoryview(mapped)


def _check_kind(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnusableError("it is not a file")


def _check_owner(status: os.stat_result) -> None:
    if not hasattr(os, "geteuid"):
        return
    if status.st_uid not in (os.geteuid(), _ROOT):
        raise UnusableError("it belongs to another user")
    if status.st_mode & _OTHERS_WRITE:
        raise UnusableError("others can write it")
