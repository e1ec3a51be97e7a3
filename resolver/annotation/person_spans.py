"""Spans of a text that may be a person: known names, and capitalised words beside a title or an office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from resolver.annotation.ages import ages
from resolver.annotation.apposed import behind_phrase, described, is_envoy, is_told_of, run_before
from resolver.annotation.folding import UPPER, Folded
from resolver.annotation.growing import Bodies
from resolver.annotation.name_starts import (
    begins_foreign_name,
    begins_person,
    is_cambodian_family,
)
from resolver.annotation.patterns import BODY, CALLING, COUNTRY, DEMONYM, NAME, PERSON, PLACE, ROLE, TITLE, TYPE, WEAK
from resolver.annotation.span import Span
from resolver.annotation.spotting import Spot
from resolver.annotation.titles import is_abbreviated, is_calling, title_of_a_nation, titles_before
from resolver.annotation.words_beside import begins_office, in_headline, is_in_title_case, is_opening, names_feature
from resolver.text import khmer, persons, terms
from resolver.text.name_words import is_borne
from resolver.text.words import rows

__all__ = [
    "CAPITALISED",
    "DAYS",
    "behind_phrases",
    "beside_ages",
    "beside_offices",
    "people",
]

CAPITALISED = re.compile(rf"(?:[{UPPER}][^\W\d_]*(?:['’-][^\W\d_]+)*|[A-Z]\.)")
_LATER_WORD = re.compile(rf"[A-Z]\.(?= [{UPPER}][^\W\d_])|{CAPITALISED.pattern}")
"""A word of a name after the first one, which may be an initial: Donald J. Trump."""
_LATIN = ("en", "fr")
_LONGEST_RUN = 5
_SHORTEST_NAME, _SHORT_FULL, _LONGEST_NAME, _LONGEST_NUMERAL = 2, 3, 4, 2
_FARTHEST = 80
_TITLE_GAP = re.compile(r"\.?,? |\.|")
_NAME_GAP = re.compile(r" |-(?=[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]+")
_APPOSITION = re.compile(r"(?: \([^\W\d_]{1,8}\))?(?: ?, | )")
"""What may be between an office and the name of its holder."""
_ENDED = re.compile(r" ?[,.;)\n]| [a-zà-öø-ÿđ]|$")
"""What follows a name that is complete."""
_STOPPED = re.compile(r" ?[,:(–—]| - ")
_CLOSED = re.compile(r"[,;]| \(")
"""What closes a name behind an office in any words; one with a common family name also a full stop or a verb."""
_CLOSED_OR_SAYS = re.compile(rf"{_CLOSED.pattern}|\.| (?:a|ont|est|said|says|told|has|was|cho|đã|nói)(?![^\W\d_])")
_JOINED = re.compile(r", (?:and |et |và )?| (?:and|et|và) ")
_NO_PLURALS = frozenset({"mrs", "ms"})
DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())  # noqa: SIM905
_SHORTEST_COMPOUND = 7
"""Letters that two words for a body have at least."""
_PARTING, _GAP = re.compile("[-,–—(]"), 14
"""What is between a name and the office behind it, and the most characters from there to the office."""
_RUN_AT_END = re.compile(rf"(?<![^\W\d_])(?:[{UPPER}][^\W\d_]* ){{1,4}}[{UPPER}][^\W\d_]*$")
_BEGUN, _SHORT = re.compile(r"^$|[.!?”\"\n] ?$|(?:said|says|told) $"), 6
"""What is before a name whose family name is rare, as an age behind it tells: the start of a sentence, or a verb."""
_FULL, _CAMBODIAN = range(2, 6), range(2, 4)
"""How many words a name has before an age; one whose family name is rare has two or three."""


class _Titles(NamedTuple):
    """The words of a text that announce people: the start of each title by its end, and the ends of callings."""

    announcing: list[Spot]
    by_end: dict[int, int]
    callings: set[int]


def people(folded: Folded, found: Sequence[Spot], bodies: Bodies, known: set[int]) -> Iterator[Span]:
    """Yield people: known names, and the capitalised words after a title."""
    plain = folded.plain
    kinds = TITLE | ROLE | CALLING
    announcing = [
        spot for spot in found if spot.found & kinds and not (spot.found == CALLING and not is_calling(plain, spot))
    ]
    by_end: dict[int, int] = {}
    for spot in announcing:
        if spot.found & (TITLE | ROLE):
            by_end[spot.end] = min(by_end.get(spot.end, spot.start), spot.start)
    titles = _Titles(announcing, by_end, {spot.end for spot in announcing if spot.found & CALLING})
    yield from _known_people(folded, found, titles)
    yield from _titled_people(plain, found, titles, bodies, known)


def _known_people(folded: Folded, found: Sequence[Spot], titles: _Titles) -> Iterator[Span]:
    """Yield the known names of people; those that are also names of places only where a title announces them."""
    plain = folded.plain
    named_people = [(spot, titles_before(plain, spot.start, titles.by_end)) for spot in found if spot.found & PERSON]
    introduced = {folded.folded[spot.start : spot.end] for spot, first in named_people if first < spot.start}
    for spot, first in named_people:
        titled = first < spot.start or (plain[first - 1 : first] == " " and first - 1 in titles.callings)
        if spot.found & PLACE and not titled and folded.folded[spot.start : spot.end] not in introduced:
            continue  # as any name, of whatever type
        yield Span(
            spot.start,
            spot.end,
            "person",
            plain[first : spot.end],
            ("person",),
            bare=not titled,
            weak=bool(spot.found & WEAK),
            announced=titled,
            titles=(first, spot.start),
        )


def _titled_people(
    plain: str, found: Sequence[Spot], titles: _Titles, bodies: Bodies, known: set[int]
) -> Iterator[Span]:
    """Yield the capitalised words after a title or a calling that may be the name of a person."""
    by_end = titles.by_end
    cuts = {
        spot.start
        for spot in found
        if spot.found & (TITLE | ROLE | BODY) or (spot.found & TYPE and len(plain[spot.start : spot.end]) > 3)
    }
    wholes = {spot[:2] for spot in found if spot.found & PLACE}
    peoples = {spot.start: spot.end for spot in found if spot.found & DEMONYM and plain[spot.start].islower()}
    countries = {spot.start: spot.end for spot in reversed(found) if spot.found & COUNTRY and not spot.found & DEMONYM}
    starts = set(by_end.values())
    within = _inside_bodies(found)
    for spot in titles.announcing:
        end = peoples.get(spot.end + 1, spot.end)  # le Premier ministre laotien
        if modified := _modified().match(plain, end):
            end = modified.end()
        foreign = title_of_a_nation(plain, end) if end == spot.end and spot.found & ROLE else end
        end = foreign
        at = _behind_title(plain, spot.start if end == spot.end else end, end)
        if at is None or at in known or at in starts or at in within:
            continue
        first = titles_before(plain, at, by_end)
        if begins_foreign_name(plain, countries.get(at, len(plain)) + 1):
            at = first = countries[at] + 1  # Thủ tướng Malaysia Anwar Ibrahim
            if at in known:
                continue
        begun = (spot.start, at) if foreign > spot.end else (first, at)
        for end in _run_after(plain, at, cuts):
            if any(at < start < end for start in known) or (spot.found == CALLING and (at, end) in wholes):
                break  # the words before the name of a known person are a title not in the tables; nông dân Đồng Tháp
            if _is_cut_off(plain, at, end) and _is_personal(plain[at:end], bodies) and not _is_headline(plain, at, end):
                yield Span(at, end, "person", plain[first:end], ("person",), announced=True, titles=begun)
                for start, last in (
                    _joined(plain, end, cuts | known) if _is_plural(plain[spot.start : spot.end]) else ()
                ):
                    yield Span(start, last, "person", plain[start:last], ("person",), announced=True)
                break


def _is_plural(title: str) -> bool:
    """Whether a title is that of several people: judges. Vietnamese ones may be."""
    return title.lower() not in _NO_PLURALS and (title.endswith("s") or not title.isascii())


def _joined(plain: str, end: int, stops: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the names that are joined to one that ends at a position: Judges Ham Mengse and Hing Thirith."""
    while gap := _JOINED.match(plain, end):
        at = gap.end()
        ends = [last for last in _run_after(plain, at, stops)[:1] if is_told_of(plain, at, last)]
        if not ends:
            return
        end = ends[0]
        yield at, end


def beside_offices(
    folded: Folded,
    found: Sequence[Spot],
    offices: Sequence[Span],
    bodies: Bodies,
    known: set[int],
    led: Sequence[Span] = (),
) -> Iterator[Span]:
    """Yield people not in the gazetteer, named before their office or right behind it.

    Phan Van Mai, Chairman of ...; the Governor of Takeo, Ouch Phea, said. Before a name any word for an office counts.
    ``led`` are the bodies behind a word for an office, which together are an office not in the tables.
    """
    plain = folded.plain
    others = {spot[:2] for spot in found if spot.found & NAME}
    persons_at = {spot[:2] for spot in found if spot.found & PERSON}
    roles = {spot.start for spot in found if spot.found & ROLE and not khmer.is_khmer(plain[spot.start])}
    within = _inside_bodies(found)
    told = described(plain, found) - roles
    for start in sorted({office.start for office in offices} | roles | told):
        if not _PARTING.search(plain, max(0, start - _GAP), start):
            continue
        run = run_before().search(plain, max(0, start - _FARTHEST), start)
        if not run or names_feature(plain, run.start(1), run.end(1)):
            continue  # au stade Olympique, le ministre ...
        words = [word.start() for word in _LETTERS.finditer(plain, run.start(1), run.end(1))]
        if not within.isdisjoint(words):
            continue  # Tỉnh Đoàn Bắc Ninh, Bí thư ...
        if is_opening(plain[words[0] : words[1] - 1]):
            del words[0]  # Selon Keo Vy, président du ...
        whole = (words[0], run.end(1))
        if start in told and not is_told_of(plain, *whole):
            continue
        if known.intersection(words):
            yield from _announced(plain, {(first, run.end(1)) for first in words} & persons_at)
        elif start in told:
            yield from _named(plain, {whole} - others, bodies)
        else:
            yield from _named(plain, {(first, run.end(1)) for first in words[-_LONGEST_NAME:-1]} - others, bodies)
    yield from _right_behind(plain, found, offices, bodies, known, led)


def _right_behind(
    plain: str, found: Sequence[Spot], offices: Sequence[Span], bodies: Bodies, known: set[int], led: Sequence[Span]
) -> Iterator[Span]:
    """Yield people named right behind an office: the Governor of Takeo, Ouch Phea, said."""
    others = {spot[:2] for spot in found if spot.found & NAME}
    persons_at = {spot[:2] for spot in found if spot.found & PERSON}
    stops = known | {spot.start for spot in found if spot.found & ROLE and not khmer.is_khmer(plain[spot.start])}
    countries = {spot.start for spot in found if spot.found & COUNTRY and not spot.found & PERSON}
    role_ends = {spot.end for spot in found if spot.found & ROLE}
    bare = {spot.end for spot in found if spot.found & BODY and spot.start - 1 in role_ends}  # Chủ tịch UBND tỉnh
    unsure = ({body.end for body in led} | bare) - {office.end for office in offices}
    for end in sorted({office.end for office in offices} | unsure):
        gap = _APPOSITION.match(plain, end)
        if not gap or gap.end() in countries:
            continue
        if gap.end() in known:
            yield from _announced(plain, {span for span in persons_at if span[0] == gap.end()})
            continue
        ends = [last for last in _run_after(plain, gap.end(), stops) if _ENDED.match(plain, last)]
        if (
            end in unsure
            and "," not in gap.group()
            and not any(map(is_borne, plain[gap.end() : max(ends, default=0)].split()))
        ):
            continue  # the Ministry of Health New Delhi office
        yield from _named(plain, {(gap.end(), last) for last in ends[:1]} - others, bodies)


def behind_phrases(folded: Folded, found: Sequence[Spot], bodies: Bodies, known: set[int]) -> Iterator[Span]:
    """Yield people named between commas behind an office that is not in the tables.

    L'ambassadeur vietnamien au Cambodge, Nguyen Huy Tang, a dit; only names and link words are within the office.
    """
    plain = folded.plain
    others = {spot[:2] for spot in found if spot.found & NAME}
    persons_at = {spot[:2] for spot in found if spot.found & PERSON}
    named = {spot.start: spot.end for spot in reversed(found) if spot.found & (NAME | BODY | TYPE)}
    roles = {spot.end: spot.start for spot in found if spot.found & ROLE and not khmer.is_khmer(plain[spot.start])}
    stops = known | set(roles.values())
    for end in roles:
        at = behind_phrase(plain, end, named)
        if at in known:
            yield from _announced(plain, {span for span in persons_at if span[0] == at})
        elif at is not None:
            parted = plain.startswith(",", at - 2)
            family = plain[at : at + _FARTHEST].split(maxsplit=1)[:1]
            personal = begins_person(plain, at) or is_envoy(plain, end) or any(map(is_cambodian_family, family))
            closed = (_CLOSED_OR_SAYS if personal else _CLOSED) if parted else None
            ends = [last for last in _run_after(plain, at, stops) if not closed or closed.match(plain, last)]
            yield from _named(plain, {(at, last) for last in ends[:1]} - others, bodies)


def beside_ages(folded: Folded, found: Sequence[Spot], bodies: Bodies, known: set[int]) -> Iterator[Span]:
    """Yield people not in the gazetteer before their age: Lê Văn Tám (35 tuổi), Sok Dara, 35, said."""
    plain = folded.plain
    others = {spot[:2] for spot in found if spot.found & NAME}
    persons_at = {spot[:2] for spot in found if spot.found & PERSON}
    for age in ages(plain):
        run = _RUN_AT_END.search(plain, max(0, age.start - _FARTHEST), age.start)
        words = [word.start() for word in _LETTERS.finditer(plain, run.start(), run.end())] if run else []
        while words and is_opening(plain[words[0] : words[0] + _FARTHEST].split(maxsplit=1)[0]):
            del words[0]
        first = next((number for number, at in enumerate(words) if begins_person(plain, at)), len(words))
        if (
            first < len(words)
            or len(words) not in _CAMBODIAN
            or not _BEGUN.search(plain[max(0, words[0] - _SHORT) : words[0]])
        ):
            del words[:first]
        if known.intersection(words):
            yield from _announced(plain, {(first, age.start) for first in words} & persons_at)
        elif len(words) in _FULL:
            yield from _named(plain, {(words[0], age.start)} - others, bodies)


@cache
def _modified() -> re.Pattern[str]:
    """Return a pattern for a word behind an office that tells how it is held: par intérim, désigné."""
    words = {row["word"] for row in rows("role_modifiers.csv") if row["place"] == "after" and row["language"] in _LATIN}
    return re.compile(rf" (?:{'|'.join(sorted(words, key=len, reverse=True))})(?= [{UPPER}])")


def _announced(plain: str, spans: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """Yield the longest of some spans, as a known name beside an office."""
    for start, end in sorted(spans, key=lambda span: span[0] - span[1])[:1]:
        yield Span(start, end, "person", plain[start:end], ("person",), announced=True)


def _named(plain: str, spans: Iterable[tuple[int, int]], bodies: Bodies) -> Iterator[Span]:
    """Yield those of some spans that can be names of people."""
    for start, end in sorted(spans):
        name = plain[start:end]
        if not _is_cut_off(plain, start, end) or _is_headline(plain, start, end):
            continue
        if _is_personal(name, bodies) and not terms.leading_title(name) and name.split()[-1] not in DAYS:
            yield Span(start, end, "person", name, ("person",), announced=True)


def _is_cut_off(plain: str, start: int, end: int) -> bool:
    """Whether it shows where a name ends: in a headline in capitals only a comma or the like shows it."""
    return not plain[start:end].isupper() or _STOPPED.match(plain, end) is not None


def _is_headline(plain: str, start: int, end: int) -> bool:
    """Whether words behind a title have capitals only because the headline has: PM Praises Farmers."""
    words = plain[start:end].split()
    if not begins_person(plain, start) and in_headline(words[0]):
        return True
    return is_in_title_case(plain, start) and (not begins_person(plain, start) or any(map(in_headline, words)))


def _inside_bodies(found: Sequence[Spot]) -> set[int]:
    """Return the positions within words for a body, behind their start: Đoàn in Tỉnh Đoàn."""
    bodies = (spot for spot in found if spot.found & BODY and spot.end - spot.start > _SHORTEST_COMPOUND)
    return {at for spot in bodies for at in range(spot.start + 1, spot.end)}


def _behind_title(plain: str, start: int, end: int) -> int | None:
    """Return where a name after a title may begin."""
    gap = _TITLE_GAP.match(plain, end)
    at = gap.end() if gap else end
    if plain[end:at].startswith(".") and not is_abbreviated(plain[start:end]):
        return None
    if at >= len(plain):
        return None
    if khmer.is_khmer(plain[at]):
        return at
    return at if at > end and CAPITALISED.match(plain, at) else None


def _run_after(plain: str, at: int, cuts: Iterable[int]) -> list[int]:
    """Return where the name of a person that begins at a position may end: it has two words or more, and no title."""
    stops = cuts if isinstance(cuts, set) else set(cuts)
    if at >= len(plain) or khmer.is_khmer(plain[at]):
        return []
    ends: list[int] = []
    for count in range(_LONGEST_RUN):
        word = None if at in stops else (_LATER_WORD if count else CAPITALISED).match(plain, at)
        if not word or (count and begins_office(plain, word.end())):
            break
        if count and word.group()[1:] in ("", "."):
            ends.clear()  # a name does not end before an initial, nor with it: Nguyễn Văn A.
        elif count:
            ends.append(word.end())
        gap = _NAME_GAP.match(plain, word.end())
        if not gap:
            break
        at = gap.end()
    return ends[::-1]


def _is_personal(name: str, bodies: Bodies) -> bool:
    """Return whether words in capitals beside a title or an office can be a name of a person.

    A Vietnamese name begins with a family name, most Cambodian ones begin with a common one. In any other name some
    word does not occur in names of bodies, and some word is no Vietnamese syllable or occurs in names of people.
    """
    parsed = persons.parse(name)
    if not parsed or len(parsed[0].words) < _SHORTEST_NAME:
        return False
    words = parsed[0].words
    if any(_is_initial(word) for word in words):
        if not _has_middle_initial(words):
            return False
        words = (words[0], *words[2:])
    if parsed[0].style == "native" and all(word.syllable for word in words):
        return persons.is_surname(words[0], typed=True)
    if persons.is_surname(words[0], typed=False) or (len(words) <= _SHORT_FULL and is_cambodian_family(words[0].text)):
        return True
    if any(len(word.text) > _LONGEST_NUMERAL and bodies.knows(word.text) and not is_borne(word.text) for word in words):
        return False
    return any(not word.syllable for word in words) or all(is_borne(word.text) for word in words)


def _is_initial(word: persons.Word) -> bool:
    return word.initial or len(word.text) == 1


def _has_middle_initial(words: Sequence[persons.Word]) -> bool:
    """Whether only the second word of a name is an initial. Vietnamese names have none: “Nguyễn Văn A. Sau đó”."""
    if persons.is_surname(words[0], typed=False) or not _is_initial(words[1]):
        return False
    return len(words) > _SHORTEST_NAME and not any(_is_initial(word) for word in (words[0], *words[2:]))
