"""Spans of a text that may be a person: known names, and capitalised words beside a title or an office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from resolver.annotation.folding import UPPER, Folded
from resolver.annotation.growing import Bodies
from resolver.annotation.patterns import BODY, COUNTRY, DEMONYM, NAME, PERSON, PLACE, ROLE, TITLE, TYPE, WEAK
from resolver.annotation.span import Span
from resolver.annotation.spotting import Spot
from resolver.annotation.words_beside import in_headline, is_in_title_case, is_opening, names_feature
from resolver.text import keys, khmer, persons, terms, vietnamese
from resolver.text.name_words import is_borne
from resolver.text.words import rows

__all__ = [
    "CAPITALISED",
    "DAYS",
    "begins_foreign_name",
    "begins_person",
    "begins_with_surname",
    "behind_phrases",
    "beside_offices",
    "people",
    "title_of_a_nation",
    "titles_before",
]

CAPITALISED = re.compile(rf"(?:[{UPPER}][^\W\d_]*(?:['’-][^\W\d_]+)*|[A-Z]\.)")
_LATER_WORD = re.compile(rf"[A-Z]\.(?= [{UPPER}][^\W\d_])|{CAPITALISED.pattern}")
"""A word of a name after the first one, which may be an initial: Donald J. Trump."""
_LATIN = ("en", "fr")
_LONGEST_RUN = 5
_SHORTEST_NAME, _SHORT_FULL, _LONGEST_NAME = 2, 3, 4
_FARTHEST = 80
_TITLE_GAP = re.compile(r"\.?,? |\.|")
_NAME_GAP = re.compile(r" |-(?=[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]+")
_APPOSITION = re.compile(r"(?: \([^\W\d_]{1,8}\))?(?: ?, | )")
"""What may be between an office and the name of its holder."""
_ENDED = re.compile(r" ?[,.;)\n]| [a-zà-öø-ÿđ]|$")
"""What follows a name that is complete."""
_STOPPED = re.compile(r" ?[,:(–—]| - ")
DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())  # noqa: SIM905
_PARTING, _GAP = re.compile("[-,–—]"), 14
"""What is between a name and the office behind it, and the most characters from there to the office."""
_RUN_BEFORE = re.compile(
    rf"(?<![^\W\d_])((?:[{UPPER}](?:[^\W\d_]*|\.) ){{1,4}}[{UPPER}][^\W\d_]*)"
    r"(?:, | [-–—] )(?:(?:the|an?|le|la|une?|nguyên|cựu|former|ancien|ancienne) )*$"
)
_LINK_WORD = re.compile(
    r"(?:(?:of|to|in|for|at|the|du|de|des|la|le|en|à|au|aux|près|auprès|tại|ở|của|nước)(?![^\W\d_])|[ld]['’])"
)
"""A word between a word for an office and what it is of: the ambassador to Cambodia."""
_FOREIGN = re.compile(
    rf" [a-zà-ÿ]{{2,12}}(?:ien|ienne|ais|aise|ois|oise|ain|aine|on|one|onne|and|ande|ol|ole|ote|que)(?= [{UPPER}])"
)
"""An adjective, mostly of a nation, between an office and a name: la Première ministre italienne Giorgia Meloni."""
_MOST_PHRASE = 8
_BODY_WORD = re.compile(rf"[{UPPER}][^\W\d_]+(?:-[^\W\d_]+)?(?=, )")
"""A body that is not in the tables behind a word for an office: le directeur général de l'Unesco, Koïchiro Matsuura."""
_PHRASE = re.compile(r" (?:of|for|du|des|de l['’]|de) ?[^,.;:!?()\n]{2,90}, ")
"""What a word for an office is of, in any words: le vice-président du Comité national des frontières, Tran Duy Hai."""
_THREE_WORDS = re.compile(rf"([{UPPER}][^\W\d_]+)(?: [{UPPER}][^\W\d_]+){{2}}")
_TWO_WORDS = re.compile(rf"([{UPPER}][^\W\d_]+) [{UPPER}]")


def people(folded: Folded, found: Sequence[Spot], bodies: Bodies, known: set[int]) -> Iterator[Span]:
    """Yield people: known names, and the capitalised words after a title."""
    plain = folded.plain
    announcing = [spot for spot in found if spot.found & (TITLE | ROLE)]
    by_end: dict[int, int] = {}
    for spot in announcing:
        by_end[spot.end] = min(by_end.get(spot.end, spot.start), spot.start)
    cuts = {
        spot.start
        for spot in found
        if spot.found & (TITLE | ROLE | BODY) or (spot.found & TYPE and len(plain[spot.start : spot.end]) > 3)
    }
    named_people = [(spot, titles_before(plain, spot.start, by_end)) for spot in found if spot.found & PERSON]
    introduced = {folded.folded[spot.start : spot.end] for spot, first in named_people if first < spot.start}
    for spot, first in named_people:
        titled = first < spot.start
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
    peoples = {spot.start: spot.end for spot in found if spot.found & DEMONYM and plain[spot.start].islower()}
    countries = {spot.start: spot.end for spot in reversed(found) if spot.found & COUNTRY and not spot.found & DEMONYM}
    for spot in announcing:
        end = peoples.get(spot.end + 1, spot.end)  # le Premier ministre laotien
        if modified := _modified().match(plain, end):
            end = modified.end()
        foreign = title_of_a_nation(plain, end) if end == spot.end and spot.found & ROLE else end
        end = foreign
        at = _behind_title(plain, spot.start if end == spot.end else end, end)
        if at is None or at in known or at in by_end.values():
            continue
        first = titles_before(plain, at, by_end)
        if begins_foreign_name(plain, countries.get(at, len(plain)) + 1):
            at = first = countries[at] + 1  # Thủ tướng Malaysia Anwar Ibrahim
            if at in known:
                continue
        for end in _run_after(plain, at, cuts):
            if any(at < start < end for start in known):
                break  # the words before the name of a known person are a title not in the tables
            if _is_cut_off(plain, at, end) and _is_personal(plain[at:end], bodies) and not _is_headline(plain, at, end):
                titles = (spot.start, at) if foreign > spot.end else (first, at)
                yield Span(at, end, "person", plain[first:end], ("person",), announced=True, titles=titles)
                break


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
    for start in sorted({office.start for office in offices} | roles):
        if not _PARTING.search(plain, max(0, start - _GAP), start):
            continue
        run = _RUN_BEFORE.search(plain, max(0, start - _FARTHEST), start)
        if not run or names_feature(plain, run.start(1), run.end(1)):
            continue  # au stade Olympique, le ministre ...
        words = [word.start() for word in _LETTERS.finditer(plain, run.start(1), run.end(1))]
        if is_opening(plain[words[0] : words[1] - 1]):
            del words[0]  # Selon Keo Vy, président du ...
        if known.intersection(words):
            yield from _announced(plain, {(first, run.end(1)) for first in words} & persons_at)
        else:
            yield from _named(plain, {(first, run.end(1)) for first in words[-_LONGEST_NAME:-1]} - others, bodies)
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
        ends = [last for last in _run_after(plain, gap.end(), known | roles) if _ENDED.match(plain, last)]
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
    named = {spot.start: spot.end for spot in reversed(found) if spot.found & (NAME | BODY | TYPE)}
    roles = {spot.end: spot.start for spot in found if spot.found & ROLE and not khmer.is_khmer(plain[spot.start])}
    stops = known | set(roles.values())
    for end in roles:
        at = _behind_phrase(plain, end, named)
        if at is not None and at not in known:
            parted = plain.startswith(",", at - 2)
            ends = [last for last in _run_after(plain, at, stops) if not parted or plain.startswith((",", " ("), last)]
            yield from _named(plain, {(at, last) for last in ends[:1]} - others, bodies)


def _behind_phrase(plain: str, at: int, named: Mapping[int, int]) -> int | None:
    """Return where a name may begin behind an office, given the ends of names by their starts.

    It stands after a comma, or right behind a country: Đại sứ Việt Nam tại Campuchia Nguyễn Huy Tăng. If the text is
    not in Vietnamese, it has three words there: the ambassador to Cambodia Nguyen Huy Tang.
    """
    phrase = _PHRASE.match(plain, at)
    if phrase and (words := _THREE_WORDS.match(plain, phrase.end())) and begins_with_surname(words[1]):
        return phrase.end()
    linked = inside = led = False
    for count in range(_MOST_PHRASE):
        if plain.startswith(", ", at):
            return at + 2 if count else None
        if plain.startswith(" ", at):
            at += 1
        if linked and at not in named and begins_person(plain, at):
            return at
        if inside and at not in named and (words := _THREE_WORDS.match(plain, at)) and begins_with_surname(words[1]):
            return at
        inside = at in named
        body = _BODY_WORD.match(plain, at) if led else None
        led = False
        if inside:
            at = named[at]
        elif link := _LINK_WORD.match(plain, at):
            at = link.end()
            linked = linked or not link.group().isascii()
            led = True
        elif body:
            at = body.end()
        else:
            return None
    return None


def title_of_a_nation(plain: str, end: int) -> int:
    """Return the end of a word for an office with the adjective of a nation behind it, given the end without.

    >>> title_of_a_nation("ministre letton Anna Kalnina", 8), title_of_a_nation("ministre du Plan", 8)
    (15, 8)
    """
    nation = _FOREIGN.match(plain, end)
    return nation.end() if nation else end


def begins_person(plain: str, at: int) -> bool:
    """Whether two capitalised words at a position begin like a name: a family name, or the name of somebody known."""
    words = _TWO_WORDS.match(plain, at)
    return words is not None and (is_borne(words[1]) or begins_with_surname(words[1]))


def begins_with_surname(word: str) -> bool:
    """Whether the first word of a text is a family name of Vietnam."""
    names = persons.parse(word)
    return bool(names) and persons.is_surname(names[0].words[0], typed=names[0].style == "native")


@cache
def _modified() -> re.Pattern[str]:
    """Return a pattern for a word behind an office that tells how it is held: par intérim, désigné."""
    words = {row["word"] for row in rows("role_modifiers.csv") if row["place"] == "after" and row["language"] in _LATIN}
    return re.compile(rf" (?:{'|'.join(sorted(words, key=len, reverse=True))})(?= [{UPPER}])")


def begins_foreign_name(plain: str, at: int) -> bool:
    """Whether two capitalised words begin at a position, of which the first is in no Vietnamese name."""
    words = _TWO_WORDS.match(plain, at)
    return words is not None and not vietnamese.is_syllable(words[1])


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
    if khmer.is_khmer(plain[at]):
        return []
    ends: list[int] = []
    for count in range(_LONGEST_RUN):
        word = None if at in stops else (_LATER_WORD if count else CAPITALISED).match(plain, at)
        if not word:
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


def titles_before(plain: str, start: int, by_end: dict[int, int]) -> int:
    """Return the start of the titles before a name, or else of the name; ``by_end`` has the start of each title."""
    while True:
        at = next(
            (
                end
                for end in range(start, max(-1, start - 3), -1)
                if end in by_end and _joins(plain[end:start], plain[by_end[end] : end])
            ),
            None,
        )
        if at is None or by_end[at] >= start:
            return start
        start = by_end[at]


def _joins(between: str, title: str) -> bool:
    """Whether a title and the name or title after it belong together, given the text between them."""
    return between in ("", " ", ", ") or (between in (".", ". ") and is_abbreviated(title))


def is_abbreviated(title: str) -> bool:
    """Whether a full stop after a title may be part of an abbreviation: Gen., but not General."""
    return str(keys.fold(title)) in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(str(keys.fold(row["text"])) for row in rows("titles.csv") if row["text"].endswith("."))


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
    if parsed[0].style == "native":
        return persons.is_surname(words[0], typed=True)
    if persons.is_surname(words[0], typed=False) or (len(words) <= _SHORT_FULL and words[0].text in _cambodian()):
        return True
    if any(bodies.knows(word.text) and not is_borne(word.text) for word in words):
        return False
    return any(not word.syllable for word in words) or all(is_borne(word.text) for word in words)


@cache
def _cambodian() -> frozenset[str]:
    """Return the family names common in Cambodia in Latin letters, in lower case."""
    return frozenset(row["name"].lower() for row in rows("cambodian_surnames.csv"))


def _is_initial(word: persons.Word) -> bool:
    return word.initial or len(word.text) == 1


def _has_middle_initial(words: Sequence[persons.Word]) -> bool:
    """Whether only the second word of a name is an initial. Vietnamese names have none: “Nguyễn Văn A. Sau đó”."""
    if persons.is_surname(words[0], typed=False) or not _is_initial(words[1]):
        return False
    return len(words) > _SHORTEST_NAME and not any(_is_initial(word) for word in (words[0], *words[2:]))
