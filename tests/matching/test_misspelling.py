"""Names with one letter lost: what is left is not read as another word and a shorter name, for every such name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from resolver import Resolver
from resolver.model import PLACE_TYPES
from resolver.text import keys, khmer_sounds, type_slips
from resolver.text.function_words import strip_function_word
from resolver.text.vietnamese import is_vietnamese
from tests import samples
from tests.eval import spelling_sweeps, sweeping


@cache
def resolver() -> Resolver:
    return Resolver()


@cache
def names() -> frozenset[str]:
    return frozenset(str(keys.key(row.text)) for row in samples.name_rows())


def without_first_letter() -> Iterator[samples.Drawn]:
    """Yield the places whose name without its first letter begins with an article or preposition: ``à Phong``."""
    for row in samples.name_rows():
        text = row.text[1:]
        if row.type in PLACE_TYPES and strip_function_word(text) != text and str(keys.key(text)) not in names():
            yield samples.Drawn(row, text)


def with_a_type_word_in_it() -> Iterator[samples.Drawn]:
    """Yield the places whose name with a letter lost in its first word seems to begin with a type word: ``Qun Chu``."""
    for row in samples.name_rows():
        first, *_ = row.text.split(" ", 1)
        for at in range(1, len(first) if row.type in PLACE_TYPES else 0):
            text = row.text[:at] + row.text[at + 1 :]
            if type_slips.mended(text) != text and str(keys.key(text)) not in names():
                yield samples.Drawn(row, text)


def deputies_in_khmer() -> Iterator[samples.Drawn]:
    """Yield the offices in Khmer script with a letter lost near their beginning: deputy governor is not governor."""
    for row in samples.name_rows():
        for at in range(1, min(len(row.text), 14) if (row.type, row.language) == ("office", "km") else 0, 2):
            text = row.text[:at] + row.text[at + 1 :]
            if str(keys.key(text)) not in names():
                yield samples.Drawn(row, text)


@pytest.mark.parametrize(
    ("drawn", "least"), [(without_first_letter, 50), (with_a_type_word_in_it, 20), (deputies_in_khmer, 500)]
)
def test_a_letter_lost_makes_no_other_name(drawn: Callable[[], Iterator[samples.Drawn]], least: int) -> None:
    of_kind = list(drawn())
    known = drawn is deputies_in_khmer
    asked = [samples.asked(one.row, one.text, typed=known, dated=known) for one in of_kind]
    matches = resolver().resolve_many(asked)
    verdicts = [samples.judge(one.row, match) for one, match in zip(of_kind, matches, strict=True)]
    wrong = [
        (one.text, match.note)
        for one, match, verdict in zip(of_kind, matches, verdicts, strict=True)
        if verdict == "wrong"
    ]
    assert len(of_kind) >= least
    assert not wrong, Counter(verdicts)


def sounding_khmer() -> Iterator[str]:
    """Yield Vietnamese names with another vowel in one word that sound like a name in Cambodia, but for diacritics."""
    rows = [row for row in samples.name_rows() if row.type in PLACE_TYPES and " " in row.text]
    khmer = {
        sound
        for row in rows
        if row.country == "KH" and row.text.isascii()
        for sound in khmer_sounds.sounds(str(keys.key(row.text)))
    }
    for row in rows:
        first, _, rest = row.text.partition(" ")
        if row.country != "VN" or rest.isascii():
            continue
        for vowel in "aeiou":
            text = f"{re.sub('[aeiouy]+', vowel, str(keys.fold(first))).title()} {rest}"
            key = str(keys.key(text))
            if key not in names() and not khmer.isdisjoint(khmer_sounds.sounds(key)) and is_vietnamese(text):
                yield text


def test_a_vietnamese_name_with_diacritics_is_no_romanisation_of_khmer() -> None:
    asked = sorted(set(sounding_khmer()))
    assert len(asked) >= 4
    found = zip(asked, resolver().resolve_many(asked), strict=True)
    assert not [(text, match.note) for text, match in found if match.entity and match.entity.country == "KH"]


def test_what_begins_with_a_preposition_may_lack_a_letter() -> None:
    assert resolver().resolve("à Phong").status == "ambiguous"
    hanoi = resolver().resolve("à Hanoi")
    assert hanoi.entity is not None
    assert hanoi.entity.id == "vn-province-ha-noi"


def test_a_text_that_is_almost_a_long_name_is_no_address() -> None:
    match = resolver().resolve("Tân Hà Lwm Hà")
    assert "vn-commune-tan-ha-lam-ha-24916-2025" in {candidate.entity.id for candidate in match.candidates}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Muk Kampoul district", "kh-district-mukh-kampul-0807"),
        ("Odor Meanchey", "kh-province-oddar-meanchey"),
        ("Sangkat Prek Kompues", "kh-commune-preaek-kampues-120517"),
        ("Kompong Spoeu", "kh-province-kampong-speu"),
        ("Kg. Cham", "kh-province-kampong-cham"),
        ("Kg. Svay District, Kg. Thom", "kh-district-kampong-svay-0602"),
        ("Siam Reap", "kh-province-siem-reap"),
        ("Samroung", ""),
    ],
)
def test_another_romanisation_is_found_and_namesakes_stay_open(text: str, expected: str) -> None:
    match = resolver().resolve(text)
    assert (match.entity.id if match.entity else "") == expected


def test_a_name_that_could_mean_many_things_is_no_other_place_that_is_spelt_like_it() -> None:
    cases = list(spelling_sweeps.weak_names())
    matches = resolver().resolve_many([case.mention for case in cases])
    verdicts = Counter(map(sweeping.judge, cases, matches))
    assert set(verdicts) == {"right", "ambiguous"}
    assert sum(verdicts.values()) > 50
