"""Answers limited to a list of entities: others are excluded, so the remaining candidates become more certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from resolver.atomic import reason
from resolver.errors import InputError, UsageError
from resolver.model import Match

__all__ = ["confine", "ids_of"]

_ID = "id"


def ids_of(given: str | Path | Iterable[str], known: Callable[[str], bool]) -> frozenset[str]:
    """Return ids from a file with one on each line, from a CSV table with a column ``id``, or from a list.

    Raises ``InputError``, naming file and line, for an id that is unknown.
    """
    if isinstance(given, (str, Path)):
        found = list(_lines(Path(given)))
        path = str(given)
    else:
        found, path = list(enumerate(given, start=1)), "the ids"
    for line, id_ in found:
        if not known(id_):
            raise InputError(f"there is no entity {id_!r} in the gazetteer", path=path, line=line, remedy="fix the id")
    if not found:
        raise UsageError(f"{path}: no ids are given")
    return frozenset(id_ for _, id_ in found)


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise InputError(reason(error), path=path, remedy="give a file in UTF-8 with an id on each line") from None
    delimiter = max(",;\t", key=(lines[0] if lines else "").count)
    header = [cell.strip().strip('"') for cell in lines[0].split(delimiter)] if lines else []
    place = header.index(_ID) if _ID in header else 0
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
        if (number == 1 and _ID in header) or not any(cells):
            continue
        yield number, cells[place] if place < len(cells) else ""


def confine(
    matches: list[Match], allowed: frozenset[str] | None, least: float, settle: Callable[[Match, str], Match]
) -> list[Match]:
    """Return matches under the condition that only the ``allowed`` entities can be meant; None allows all.

    A matched entity that is not allowed leaves nothing. An ambiguous mention keeps the allowed candidates, with the
    probabilities that follow if the others are excluded; if the best one reaches ``least``, it is matched, and
    ``settle`` makes the match of its id.
    """
    if allowed is None:
        return matches
    return [_confined(match, allowed, least, settle) for match in matches]


def _confined(match: Match, allowed: frozenset[str], least: float, settle: Callable[[Match, str], Match]) -> Match:
    if match.status == "matched":
        assert match.entity is not None
        if match.entity.id in allowed:
            return match
        note = f"{match.entity.path or match.entity.name} is not among the ids that are allowed."
        return _nothing(match, note)
    candidates = [one for one in match.candidates if one.entity.id in allowed]
    if match.status != "ambiguous":
        return replace(match, candidates=tuple(candidates)) if match.candidates else match
    if not candidates:
        return _nothing(match, "What it may mean is not among the ids that are allowed.")
    every = sum(one.score for one in match.candidates)
    left = sum(one.score for one in candidates) + max(0.0, 1 - every)
    told = [replace(one, score=one.score / left if left else 0.0) for one in candidates]
    if told[0].score >= least:
        best = settle(match, told[0].entity.id)
        told_by = {"score": told[0].score, "method": told[0].method, "evidence": told[0].evidence}
        return replace(best, **told_by, candidates=tuple(told))  # type: ignore[arg-type]
    common = match.common if match.common and match.common.id in allowed else None
    return replace(match, candidates=tuple(told), score=told[0].score, common=common, common_current=())


def _nothing(match: Match, note: str) -> Match:
    return Match(match.mention, "unmatched", note=note, gazetteer_date=match.gazetteer_date)
