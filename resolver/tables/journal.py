"""The answers of a long run, kept on the disk, so that a run that was killed can be resumed.

A run that resumes reads its table from the beginning and writes all of its output again, which takes little time; only
mentions without an answer in the journal are resolved. So it ends with the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from resolver.atomic import STANDARD, writing
from resolver.errors import UsageError
from resolver.model import Mention
from resolver.tables.columns import Choice
from resolver.tables.distinct import Answer

__all__ = ["Journal", "journal_path"]

_ENDING = ".resume"

_AT_ONCE = 2_000
"""Mentions that are answered before the answers are written: a run that is killed loses the work on these at most."""

Ask = Callable[[Sequence[Mention], Sequence[str | None]], list[Answer]]


def journal_path(output: str | Path) -> Path:
    """Return the path of the file with the answers of a run; it exists until the output is complete."""
    if str(output) == STANDARD:
        raise UsageError("--resume needs an output that is a file: name one with -o")
    return Path(f"{output}{_ENDING}")


class Journal:
    """Answers mentions from the journal, and resolves the others; a context manager.

    ``about`` identifies the request and the facts: answers for any other request or facts are not used. The file is
    removed if there was no error.
    """

    def __init__(self, path: Path, about: Sequence[object], ask: Ask) -> None:
        self._path = path
        self._about = json.dumps(about, ensure_ascii=False, default=str)
        self._ask = ask
        self._places: dict[bytes, int] = {}
        self._file: BinaryIO

    def __enter__(self) -> Self:
        """Open the file, and find the answers in it."""
        with writing(self._path):
            self._file = self._path.open("a+b")
            self._file.seek(0)
            if self._file.readline() != self._head():
                self._file.truncate(0)
                self._file.write(self._head())
            else:
                self._find()
        return self

    def _head(self) -> bytes:
        return f"{json.dumps(self._about)}\n".encode()

    def _find(self) -> None:
        """Find where each answer begins; an incomplete answer at the end, from a run that was killed, is cut off."""
        place = self._file.tell()
        while line := self._file.readline():
            try:
                question = json.loads(line)[0]
            except ValueError:
                question = None
            if question is None or not line.endswith(b"\n"):
                self._file.truncate(place)
                return
            self._places[_digest(question)] = place
            place += len(line)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; remove it if there was no error."""
        self._file.close()
        if kind is None:
            self._path.unlink(missing_ok=True)

    def __call__(self, mentions: Sequence[Mention], decisions: Sequence[str | None]) -> list[Answer]:
        """Return an answer for each mention, as ``Answers`` does."""
        questions = [[*mention, decision] for mention, decision in zip(mentions, decisions, strict=True)]
        digests = [_digest(question) for question in questions]
        known = {at: self._places[digest] for at, digest in enumerate(digests) if digest in self._places}
        fresh = [at for at in range(len(mentions)) if at not in known]
        answers: dict[int, Answer] = {}
        for part in _parts(fresh):
            found = self._ask([mentions[at] for at in part], [decisions[at] for at in part])
            answers |= zip(part, found, strict=True)
            self._keep([(questions[at], digests[at], answers[at]) for at in part])
        with writing(self._path):
            answers |= {at: self._read(place) for at, place in known.items()}
        return [answers[at] for at in range(len(mentions))]

    def _keep(self, answered: Iterable[tuple[list[Any], bytes, Answer]]) -> None:
        """Write answers to the disk, each with its question."""
        with writing(self._path):
            self._file.seek(0, 2)
            for question, digest, answer in answered:
                self._places[digest] = self._file.tell()
                row = json.dumps([question, answer.cells, answer.choices], ensure_ascii=False)
                self._file.write(row.encode() + b"\n")
            self._file.flush()

    def _read(self, place: int) -> Answer:
        self._file.seek(place)
        _, cells, choices = json.loads(self._file.readline())
        return Answer(tuple(cells), tuple(Choice(*one) for one in choices))


def _parts(places: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the places in parts that are answered at once."""
    for begin in range(0, len(places), _AT_ONCE):
        yield places[begin : begin + _AT_ONCE]


def _digest(question: Any) -> bytes:
    return hashlib.blake2b(json.dumps(question, ensure_ascii=False).encode(), digest_size=16).digest()
