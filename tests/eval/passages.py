"""How right the names found in running text are: the passages of ``passages/``, by half, language, kind and manner.

    python -m tests.eval.passages            # prints the counts, and what is not right of the half that is tuned on
    python -m tests.eval.passages --brief    # counts only

A mark is right where it covers the same text and means the same. Precision is the share of right ones among all marks
made, recall among all that should be.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from resolver import Annotation, Resolver
from tests.samples import Verdict

__all__ = ["HALVES", "Judged", "Mark", "Passage", "judge", "judged", "measures", "misses", "parse", "read", "tabulate"]

HERE = Path(__file__).parent / "passages"
HALVES = {"tuned on": "tuned_on.txt", "held out": "held_out.txt"}
_MARK = re.compile(r"\[\[([^|\]]+)\|(~?)([^\]]+)\]\]")
UNKNOWN = "person"


class Mark(NamedTuple):
    """A name as a careful reader marks it; ``free`` if it may be marked or not."""

    start: int
    end: int
    id: str
    free: bool

    @property
    def kind(self) -> str:
        """What is marked: a place, or one of the other types."""
        kind = self.id.split("-")[1] if "-" in self.id else self.id
        return kind if kind in ("person", "organisation", "office") else "place"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its marks; ``headline`` is where its first line ends, 0 if it has but one."""

    id: str
    language: str
    date: str
    manner: str
    text: str
    marks: tuple[Mark, ...]
    headline: int


class Judged(NamedTuple):
    """A verdict on a mark that is made, or should be: of which passage, where, and what it is about."""

    passage: Passage
    start: int
    kind: str
    verdict: Verdict
    told: str
    placed: bool

    @property
    def in_headline(self) -> bool:
        """Whether it stands in the passage's headline."""
        return self.start < self.passage.headline


def parse(block: str) -> Passage:
    """Return a passage from its head and its marked text."""
    head, _, marked = block.partition("\n")
    id_, language, date, manner = (part.strip() for part in head.removeprefix("# ").split("|"))
    marks: list[Mark] = []
    text = ""
    done = 0
    for found in _MARK.finditer(marked):
        text += marked[done : found.start()]
        marks.append(Mark(len(text), len(text) + len(found[1]), found[3], bool(found[2])))
        text += found[1]
        done = found.end()
    text += marked[done:]
    return Passage(id_, language, date, manner, text, tuple(marks), max(0, text.find("\n")))


def read(half: str) -> list[Passage]:
    """Return the passages of a half."""
    text = (HERE / HALVES[half]).read_text("utf-8")
    return [parse(block.strip()) for block in re.split(r"\n(?=# )", text) if block.strip()]


def judge(passage: Passage, made: Iterable[Annotation]) -> Iterator[Judged]:
    """Yield a verdict for each mark that should be made, and for each made beside these."""
    left = {(one.start, one.end): one for one in made}
    for mark in passage.marks:
        one = left.pop((mark.start, mark.end), None)
        verdict = _verdict(mark, one)
        if not mark.free or verdict == "wrong":
            told = f"{passage.text[mark.start : mark.end]!r} {mark.id}: {_shown(one)}"
            yield Judged(passage, mark.start, mark.kind, verdict, told, one is not None)
    for one in left.values():
        if not any(mark.free and mark.start < one.end and one.start < mark.end for mark in passage.marks):
            yield Judged(passage, one.start, one.kind, "wrong", f"{one.text!r}: not marked, but {_shown(one)}", False)


def _verdict(mark: Mark, made: Annotation | None) -> Verdict:
    if made is None:
        return "missed"
    match = made.match
    if mark.id == UNKNOWN:
        return "right" if match.entity is None and made.kind == "person" else "wrong"
    if match.entity:
        return "right" if match.entity.id in mark.id.split("/") else "wrong"
    named = any(candidate.entity.id in mark.id.split("/") for candidate in match.candidates)
    return "ambiguous" if named else "missed" if match.status == "unmatched" else "ambiguous without"


def _shown(made: Annotation | None) -> str:
    if made is None:
        return "nothing"
    match = made.match
    return match.entity.id if match.entity else f"{match.status} {[one.entity.id for one in match.candidates[:3]]}"


def judged(resolver: Resolver, half: str) -> list[Judged]:
    """Return the verdicts on all passages of a half."""
    passages = read(half)
    made = resolver.annotate_many([one.text for one in passages], dates=[one.date for one in passages])
    return [one for passage, marks in zip(passages, made, strict=True) for one in judge(passage, marks)]


def tabulate(found: Mapping[str, list[Judged]]) -> Iterator[tuple[str, Counter[Verdict]]]:
    """Yield counts by half, and in it by language, kind, manner and in headlines."""
    for half, verdicts in found.items():
        yield from _tabulated(half, verdicts)


def _tabulated(half: str, verdicts: list[Judged]) -> Iterator[tuple[str, Counter[Verdict]]]:
    yield f"annotate, {half}", Counter(one.verdict for one in verdicts)
    for language in ("vi", "en", "fr", "km"):
        yield (
            f"annotate, {half}, in {language}",
            Counter(one.verdict for one in verdicts if one.passage.language == language),
        )
    for kind in ("place", "person", "organisation", "office"):
        yield f"annotate, {half}, {kind}", Counter(one.verdict for one in verdicts if one.kind == kind)
    for manner in ("tidy", "wire"):
        yield f"annotate, {half}, {manner}", Counter(one.verdict for one in verdicts if one.passage.manner == manner)
    yield f"annotate, {half}, headlines", Counter(one.verdict for one in verdicts if one.in_headline)


def measures(verdicts: Iterable[Judged]) -> str:
    """Return precision, recall, and how often a mark in the right place means the right thing."""
    verdicts = list(verdicts)
    counts = Counter(one.verdict for one in verdicts)
    right, wrong = counts["right"], counts["wrong"]
    placed = [one for one in verdicts if one.placed and one.verdict in ("right", "wrong")]
    meant = sum(one.verdict == "right" for one in placed)
    wanted = sum(": not marked, but " not in one.told for one in verdicts)
    parts = (("precision", right, right + wrong), ("recall", right, wanted), ("right id", meant, len(placed)))
    return "; ".join(f"{name} {count / max(1, total):.1%} ({count} of {total})" for name, count, total in parts)


def misses(verdicts: Iterable[Judged]) -> Iterator[str]:
    """Yield a line for each mark that is not right."""
    for one in verdicts:
        if one.verdict != "right":
            yield f"{one.verdict}: {one.passage.id} {one.told}"


def main() -> None:
    """Print counts, measures and misses."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.passages", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--brief", action="store_true", help="counts only")
    brief = parser.parse_args().brief
    resolver = Resolver()
    for half in HALVES:
        verdicts = judged(resolver, half)
        for name, counts in _tabulated(half, verdicts):
            print(f"{name:<40}", dict(counts))
        print(f"{half}: {measures(verdicts)}")
        if half != "held out" and not brief:
            print(*misses(verdicts), sep="\n")


if __name__ == "__main__":
    main()
