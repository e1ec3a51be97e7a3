"""What says that somebody else is meant than the person of that name: another sex, a lowly rank, a private life.

An office beside the name that the person held shows that it is this person nevertheless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np

from resolver.index.index import Index, Record
from resolver.matching.comparison import Comparisons, Floats, Query
from resolver.model import PLACE_TYPES, TYPES
from resolver.text import bearers, life, persons, role_words, roles
from resolver.text.terms import Title

__all__ = ["another", "called_as_province", "lowly_title", "other_sex", "private_person"]

_PERSON, _COUNTRY, _PROVINCE, _OFFICE = map(TYPES.index, ("person", "country", "province", "office"))
_OF_THEIRS = ("role", "role_word", "role_past")
_A_YEAR = 1
"""How far the year of birth may be off: sources differ, and an age leaves two years."""


def other_sex(batch: Comparisons) -> Floats:
    """A title for women before a name whose bearer is not known as a woman, or one for men before that of a woman.

    Wives are named so: ``Mme Hun Manet``, ``Lok Chumteav Tea Banh``.
    """
    if not batch.any_titled:
        return batch.nothing
    return _of_people(batch, lambda pair: _is_of_other_sex(batch, pair))


def _is_of_other_sex(batch: Comparisons, pair: int) -> bool:
    said = persons.gender(_titles(batch, pair))
    if not said:
        return False
    known = sex(batch.index.record(int(batch.entity[pair])))
    return known != said and bool(known or (said == "f" and not _held(batch, pair)))


@lru_cache(maxsize=4_096)
def sex(record: Record) -> str:
    """Return ``f`` or ``m`` if the gazetteer or the middle name of a person says it, else an empty text."""
    if any(one.scheme == "sex" and one.value == "female" for one in record.identifiers):
        return "f"
    if record.country != "VN":
        return ""
    said = {bearers.sex_by_name(version.name) for version in record.versions}
    return said.pop() if len(said) == 1 else ""


def lowly_title(batch: Comparisons) -> Floats:
    """A rank below colonel, or the word for somebody's work, before the name: ``Trung úy Tô Lâm``."""
    if not batch.any_titled:
        return batch.nothing
    return _of_people(batch, lambda pair: bearers.has_lowly_title(_titles(batch, pair)) and not _held(batch, pair))


def private_person(batch: Comparisons) -> Floats:
    """The formula for private people behind the name or in a column, or another year of birth than the person's."""
    if _PERSON not in batch.types:
        return batch.nothing
    told = [_told(query) for query in batch.queries]
    if not any(one.year or one.private for one in told):
        return batch.nothing
    return _of_people(batch, lambda pair: _is_private(batch, pair, told[batch.pairs.mention[pair]]))


def _told(query: Query) -> life.Life:
    """Return what a mention and its parent columns tell of somebody's life."""
    told = life.life(query.parsed.text)
    columns = "" if told.private else next(filter(None, map(life.private_at, query.mention.within)), "")
    return told._replace(private=columns) if columns else told


def _is_private(batch: Comparisons, pair: int, told: life.Life) -> bool:
    if not (told.year or told.private):
        return False
    born = [int(one.value) for one in batch.index.record(int(batch.entity[pair])).identifiers if one.scheme in _BORN]
    if told.year and born:
        return all(abs(told.year - year) > _A_YEAR for year in born)
    return bool(told.private) and not _held(batch, pair) and not _is_country(batch, pair, told.private)


_BORN = ("birth-year",)


def _is_country(batch: Comparisons, pair: int, private: str) -> bool:
    """Whether the words only name somebody's country: Hun Manet, from Cambodia."""
    meant = batch.contexts.get(private)
    return meant is not None and any(batch.index.entity_type[one] == _COUNTRY for one in meant.entities)


def another(batch: Comparisons) -> Floats:
    """Words before the office beside the name say that another person is meant: ``trợ lý Thủ tướng Phạm Minh Chính``.

    An office of that name is the person's own; so is an assistant's with a rank before the name: ``Trợ lý Bộ trưởng
    Đại tá Đào Hải Đăng``.
    """
    if _PERSON not in batch.types or not any(query.parsed.office for query in batch.queries):
        return batch.nothing
    return _of_people(batch, lambda pair: _is_another(batch, pair))


def _is_another(batch: Comparisons, pair: int) -> bool:
    reading = batch.reading(pair)
    titled = any(title.kind != "office" for title in reading.titles)
    return any(_tells_of_another(batch, part, titled=titled) for part in reading.context)


def _tells_of_another(batch: Comparisons, part: str, *, titled: bool) -> bool:
    spans = role_words.role_spans(part)
    before = part[: spans[0][0]].strip(" -") if spans else ""
    if not roles.tells_of_another(before) or (titled and roles.is_assistant(before)):
        return False
    meant, sure = batch.contexts[part]
    return not (sure and any(batch.index.entity_type[one] == _OFFICE for one in meant))


def called_as_province(batch: Comparisons) -> Floats:
    """A person whose name is a province's, without a title or an office of theirs: the place is meant.

    ``Gò Công, Hồ Chí Minh``; ``Chief of Ho Chi Minh City Police``. Alone it may mean the person if one is asked for.
    """
    called_so = _called_as_provinces(batch.index)
    if not called_so:
        return batch.nothing
    return _of_people(batch, lambda pair: int(batch.entity[pair]) in called_so and _is_bare(batch, pair))


def _is_bare(batch: Comparisons, pair: int) -> bool:
    reading, types = batch.reading(pair), batch.queries[batch.pairs.mention[pair]].mention.types
    titled = any(title.kind not in ("office", "role") for title in reading.titles)
    is_person = bool(types) and not (set(types) & set(PLACE_TYPES)) and not reading.around
    return not titled and not is_person and not _held(batch, pair)


@lru_cache(maxsize=4)
def _called_as_provinces(index: Index) -> frozenset[int]:
    """Return the people with a name that a province has, too."""
    keys = np.repeat(np.arange(len(index.key_start) - 1), np.diff(index.key_start))
    entities = index.row_entity[index.key_rows]
    types = index.entity_type[entities]
    return frozenset(entities[(types == _PERSON) & np.isin(keys, keys[types == _PROVINCE])].tolist())


def _titles(batch: Comparisons, pair: int) -> tuple[Title, ...]:
    """Return the titles before the name, also those that a misspelt name would have to contain."""
    reading = batch.reading(pair)
    named = persons.parse(reading.core)[:1] if batch.edits[pair] else ()
    return (*reading.titles, *(title for name in named for title in name.titles))


def _held(batch: Comparisons, pair: int) -> bool:
    """Whether the mention names an office that the person held."""
    return any(batch.context_agreement[field][pair] > 0 for field in _OF_THEIRS)


def _of_people(batch: Comparisons, value: Callable[[int], bool]) -> Floats:
    pairs = list(_pairs(batch, value))
    if not pairs:
        return batch.nothing
    found = np.zeros(len(batch))
    found[pairs] = 1.0
    return found


def _pairs(batch: Comparisons, value: Callable[[int], bool]) -> Iterator[int]:
    return (pair for pair in np.flatnonzero(batch.type == _PERSON).tolist() if value(pair))
