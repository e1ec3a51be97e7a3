"""From readings of an address to an answer: which place, in which version, and the evidence in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from resolver.addresses import wording
from resolver.addresses.address_words import AddressQuery, is_as_written
from resolver.addresses.doubts.siblings import SIBLING
from resolver.addresses.pieces import Piece
from resolver.addresses.place_tree import DISTRICT, PROVINCE, PlaceTree
from resolver.addresses.readings import Reading
from resolver.addresses.solution import Solution
from resolver.addresses.solver import Solver
from resolver.addresses.wording import is_contradicted, remarks
from resolver.days import day_range
from resolver.garbage_collection import gc_paused
from resolver.history.changes import version_at
from resolver.index.index import Index
from resolver.matching.candidates import is_near_name
from resolver.matching.decision import NOT_MATCHED, NOTHING_COMMON, NOTHING_SAID, Decider, MatchOptions
from resolver.matching.notes import note_of_open
from resolver.model import PLACE_TYPES, TYPES, Candidate, Evidence, Match, Mention, Status
from resolver.text import address_forms, asides, english_order, keys, legacy, phrases, type_slips, unicode
from resolver.text.address import cut, part
from resolver.text.labels import read_labels
from resolver.text.localities import rest_kind
from resolver.text.numerals import in_digits, otherwise_written
from resolver.text.reading import plain_words
from resolver.text.terms import TypeWord, leading_type

__all__ = ["Address", "AddressMatcher", "names_no_more_than_places"]

_LONGEST = 4 * unicode.MAX_LENGTH
_LINES = re.compile(r"(?:(?<!\s)\s+)?[\r\n\t]\s*")
_CODE = re.compile(r"(\d{1,5})\s?[-._]\s?(?=[^\W\d_])")
"""A code of a unit, or its number in a list, before its name: ``870-Huyện Hồng Ngự``, ``1. Hà Nội``."""
_LONGEST_NUMBER = 2
"""Most digits of the number of a ward."""
_LEVELS = frozenset(range(len(PLACE_TYPES)))
_METHOD = "address"
Days = tuple[int, int]
_VERSIONS_KEPT = 65_536
_BELOW = "“{text}” is a house or street: what contains it is named by its parents."
_NO_REPAIRS: tuple[str, ...] = ()
_MOST_NAMED = 30
_COMMUNE = TYPES.index("commune")
_BY_OFFICE = frozenset({"role", "role_word", "role_past", "role_ahead"})
_OF_THE_PERSON = _BY_OFFICE | {"titled", "within", "nearly"}
"""Evidence that a name among places is a person's."""
_FEW_WORDS = 3
_WORDS_OF_LONG_NAME = (4, 6)
"""In a longer text the first and the last words may name places even if all are misspelt."""


class Address(NamedTuple):
    """A mention that is an address, and how it is read.

    ``is_final`` unless it may still be the name of a person, an office or an organisation.
    """

    mention: Mention
    solution: Solution
    repairs: tuple[str, ...]
    is_final: bool


class AddressMatcher:
    """Answers the mentions that are addresses."""

    def __init__(self, index: Index, decider: Decider) -> None:
        self._index = index
        self._decider = decider
        self._places = PlaceTree(index)
        self._solver = Solver(self._places, index.as_of_day)
        self._version_of = lru_cache(maxsize=_VERSIONS_KEPT)(self._version)

    def read(self, mention: Mention) -> Address | None:
        """Return a mention read as an address (one place within another); None if it is not an address."""
        asked, only_places = _query(mention.types, mention.countries, mention.date)
        if not asked.levels or (not only_places and asides.is_private_person(mention.text)):
            return None
        pieces = self._pieces(mention)
        if pieces:
            around, repairs = _parents_in_parts(mention.within)
            solution = self._solver.solve_pieces(pieces, asked, around)
        else:
            solution, repairs = self._solved(mention, asked)
        if solution is None or (solution.may_be_organisation and not only_places):
            return None
        if phrases.begins_bare(mention.text) and not self._names_bare(solution):
            return None
        return Address(mention, solution, repairs, only_places or solution.is_sure_place)

    def _names_bare(self, solution: Solution) -> bool:
        """Whether a phrase that begins with a bare name means a place so called: not Hun Sen in Kampot province."""
        if not solution.readings or any(rest.number == 0 for rest in solution.remainders):
            return False
        return self._places.level[solution.readings[0].entity] > PROVINCE

    def _pieces(self, mention: Mention) -> list[Piece] | None:
        """Return the parts of a mention if cleaning and cutting change none because of another; else None."""
        text = mention.text
        pieces = self._solver.pieces(text, alone=bool(mention.within))
        if not pieces or ((_CODE.match(text) or _lies_below(text)) if mention.within else self._is_known(text)):
            return None
        return pieces

    def _solved(self, mention: Mention, asked: AddressQuery) -> tuple[Solution | None, tuple[str, ...]]:
        """Return the readings of a mention as an address, or None, and what was repaired in it."""
        text = mention.text
        if not mention.within and (self._is_known(text) or self._is_single_name(text)):
            return None, _NO_REPAIRS
        if "\n" in text or "\t" in text:
            text = _LINES.sub(", ", text.strip())
        repaired = legacy.repair(text[:_LONGEST])
        cleaned = unicode.clean(repaired.text)
        if not mention.within and (self._is_known(cleaned.text) or self._is_almost_known(cleaned.text)):
            return None, _NO_REPAIRS
        own, notes = _in_parts(cleaned.text)
        around, of_parents = _parents_in_parts(mention.within)
        own = self._with_code_apart(own)
        repairs = (*repaired.notes, *cleaned.notes, *notes, *of_parents)
        if around and _lies_below(own) and not self._is_known(own):
            return self._solver.solve(", ".join((own, *around)), asked), (*repairs, _BELOW.format(text=own))
        return self._solver.solve(own, asked, around), repairs

    def _with_code_apart(self, text: str) -> str:
        """Return a text with a comma behind a number before one name, which is a province's or begins with its type."""
        code = _CODE.match(text)
        if not code or "," in text:
            return text
        name = text[code.end() :]
        level = self._places.level
        levels = {level[one.entity] for one in self._places.names.get(keys.key(name), ())}
        # A short number before the name of a city is a ward's: 7, Bạc Liêu.
        is_province = PROVINCE in levels and (DISTRICT not in levels or len(code[1]) > _LONGEST_NUMBER)
        return f"{code[1]}, {name}" if is_province or leading_type(name) else text

    def is_one_name(self, text: str) -> bool:
        """Whether a text without commas is no address, whatever its date: it is a name as a whole."""
        known = self._is_known(text) or self._is_single_name(text)
        return known or self._solver.is_one_name(address_forms.in_words(english_order.in_parts(text)))

    def _is_known(self, text: str) -> bool:
        """Whether a text as a whole is a name. A text with several commas is an address even then.

        Its type word may have other diacritics: ``Xả Nhuận Phú Tân``.
        """
        if text.count(",") >= 2:
            return False
        told = type_slips.with_other_marks(text)
        typed = leading_type(told) if told else None
        known = self._index.key_numbers
        return keys.key(text) in known or (typed is not None and keys.key(typed[1]) in known)

    def _is_almost_known(self, text: str) -> bool:
        """Whether a text of a few words, with no part set off by a comma, is a long name with one letter wrong.

        ``Tân Hà Lwm Hà`` need not be Tân Hà in Lâm Hà: a commune is called Tân Hà Lâm Hà.
        """
        if not _WORDS_OF_LONG_NAME[0] <= len(text.split()) <= _WORDS_OF_LONG_NAME[1] or "," in text:
            return False
        letters = str(keys.key(text))
        return letters.isalpha() and is_near_name(self._index, letters)

    def _is_single_name(self, text: str) -> bool:
        """Whether a text is a few plain words and neither the first nor the last words name a larger place."""
        words = plain_words(text)
        if not 0 < len(words) <= _FEW_WORDS:
            return False
        cuts = range(1, len(words))
        return not any(self._is_large("".join(words[:at])) or self._is_large("".join(words[at:])) for at in cuts)

    def _is_large(self, key: str) -> bool:
        """Whether a key is the name of a district or something larger."""
        level = self._places.level
        return any(level[named.entity] < _COMMUNE for named in self._places.names.get(key, ()))

    def _version(
        self, entity: int, days: Days | None, word: TypeWord | None, name: str, parents: tuple[int, ...]
    ) -> int:
        """Return the version at some days, else the latest that fits the wording: type word, name and parents."""
        record = self._index.record(entity)
        if days:
            return version_at(record, days[0])
        meant = {local for type_, local in word.meanings if type_ == record.type} if word else set()
        official = {form for one in record.versions for form in (one.name, *otherwise_written(one.name))}

        def fit(number: int) -> tuple[int, int]:
            version, upper = record.versions[number], record.parents[number]
            above = {upper} | self._index.above(upper) if upper >= 0 else set()
            agreed = sum(parent in above for parent in parents)
            named = name not in official or name in (version.name, *otherwise_written(version.name))
            return (not meant or version.local_type in meant) + named + 2 * agreed, number

        return max(range(len(record.versions)), key=fit)

    def read_all(self, mentions: Sequence[Mention]) -> list[Address | None]:
        """Return each mention read as an address, or None."""
        with gc_paused(len(mentions)):
            return [self.read(mention) for mention in mentions]

    def matches(self, addresses: Sequence[Address], wanted: MatchOptions) -> list[Match]:
        """Return the match of each address; its fields are computed on first access."""
        builder = _DescriptionBuilder(self._index, self._decider, self._places, self._version_of, addresses, wanted)
        return Match.computed_by(builder, range(len(addresses)))


@dataclass(frozen=True, slots=True)
class _DescriptionBuilder:
    """Fills the matches of addresses."""

    index: Index
    decider: Decider
    places: PlaceTree
    version_of: Callable[[int, Days | None, TypeWord | None, str, tuple[int, ...]], int]
    addresses: Sequence[Address]
    wanted: MatchOptions

    def compute(self, place: int, field: str, record: Match) -> dict[str, Any]:
        """Fill fields of the match of an address."""
        address = self.addresses[place]
        solution = address.solution
        if field in {"status", "score"}:
            score = solution.probabilities[0] if solution.readings else 0.0
            return {"status": self._status(solution), "score": score}
        if field in {"mention", "remainder", "candidates", *NOTHING_COMMON}:
            return self._compute_any(address, field, record)
        if record.status == "matched":
            return self._compute_matched(address, field)
        if field == "note":
            return {"note": _note(self._note_of_open(record, solution), address)}
        return NOT_MATCHED | {"gazetteer_date": self.index.as_of}

    def _compute_any(self, address: Address, field: str, record: Match) -> dict[str, Any]:
        """Fill the fields that do not depend on what is matched."""
        readings = address.solution.readings[:_MOST_NAMED]
        if field == "candidates":
            return {"candidates": tuple(Candidate.computed_by(_LazyCandidate(self, address), range(len(readings))))}
        if field in NOTHING_COMMON:
            return self._common(address) if record.status == "ambiguous" else NOTHING_COMMON
        return {"mention": address.mention, "remainder": address.solution.remainder}

    def _common(self, address: Address) -> dict[str, Any]:
        """Return what the readings of an address have in common."""
        solution, days = address.solution, _days(address)
        meant = [(reading.entity, self.version(reading, days)) for reading in solution.readings]
        return self.decider.common(meant, solution.probabilities, days, self.wanted)

    def _note_of_open(self, record: Match, solution: Solution) -> str:
        """Return the note of an address that is not matched. It says so if the name is known elsewhere."""
        best = solution.readings[0] if solution.readings else None
        if record.status == "ambiguous" and best and any(of == SIBLING for of, _ in best.weights):
            return self._note_of_siblings(record, solution)
        if record.status != "unmatched" or not best or not is_as_written(best.hit) or not is_contradicted(best):
            return note_of_open(record.status, record.candidates)
        path = record.candidates[0].entity.path
        return f"“{best.span.core}” is a name in the gazetteer, but not in this place; the nearest is {path}."

    def _note_of_siblings(self, record: Match, solution: Solution) -> str:
        """Return the note of an address that names two communes of one parent: no date or parent tells which."""
        others = {rest.text for rest in solution.remainders if rest.kind == SIBLING}
        best = record.candidates[0].entity.path
        return f"names {best}, and beside it {', '.join(sorted(others))}: it can lie in one of them only."

    def _compute_matched(self, address: Address, field: str) -> dict[str, Any]:
        reading, days = address.solution.readings[0], _days(address)
        if field == "evidence":
            return {"evidence": self.evidence(reading, address.solution)}
        version = self.version(reading, days)
        if field == "entity":
            return {"entity": self.decider.shown(reading.entity, version, days, self.wanted.language)}
        told = self.decider.told(reading.entity, version, days, self.wanted, NOTHING_SAID)
        known = {"note": _note(told.note, address), "method": _METHOD, "gazetteer_date": self.index.as_of}
        return told._asdict() | known

    def _status(self, solution: Solution) -> Status:
        chances = solution.probabilities
        best = chances[0] if chances else 0.0
        ahead = bool(chances) and (len(chances) == 1 or best > chances[1])
        if ahead and best >= self.wanted.min_score:
            return "matched"
        return "ambiguous" if solution.worth_naming else "unmatched"

    def evidence(self, reading: Reading, solution: Solution) -> tuple[Evidence, ...]:
        """Return the evidence for and against a reading, in words."""
        return wording.evidence(reading, solution.remainders_of(reading), TYPES[self.places.level[reading.entity]])

    def version(self, reading: Reading, days: tuple[int, int] | None) -> int:
        """Return the version that an address means: the one at its date, else the latest that fits the wording."""
        if not days and self.index.entity_versions[reading.entity] < 2:
            return int(self.index.entity_versions[reading.entity]) - 1
        named = reading.span.word, reading.hit.named.text
        return self.version_of(reading.entity, days, *named, tuple([one.entity for one in reading.parents]))


@dataclass(frozen=True, slots=True)
class _LazyCandidate:
    """Fills the candidates of one address."""

    builder: _DescriptionBuilder
    address: Address

    def compute(self, place: int, field: str, _record: Candidate) -> dict[str, Any]:
        """Fill fields of a candidate."""
        reading, builder, days = self.address.solution.readings[place], self.builder, _days(self.address)
        if field == "evidence":
            return {"evidence": builder.evidence(reading, self.address.solution)}
        version = builder.version(reading, days)
        return {
            "entity": builder.decider.shown(reading.entity, version, days, builder.wanted.language),
            "score": self.address.solution.probabilities[place],
            "method": _METHOD,
            "dating": builder.decider.dating(reading.entity, days),
        }


@lru_cache(maxsize=1024)
def _query(types: tuple[str, ...], countries: tuple[str, ...], date: str) -> tuple[AddressQuery, bool]:
    """Return what a mention asks of an address, and whether it asks for nothing but places."""
    levels = frozenset(map(TYPES.index, types or PLACE_TYPES)) & _LEVELS
    days = day_range(date) if date else None
    return AddressQuery(levels, frozenset(countries), days), bool(types) and len(levels) == len(set(types))


def _days(address: Address) -> Days | None:
    date = address.mention.date
    return day_range(date) if date else None


def _note(said: str, address: Address) -> str:
    more = [sentence for sentence in remarks(address.solution) if sentence not in said]
    return " ".join((said, *more, *address.repairs))


def _in_parts(text: str) -> tuple[str, tuple[str, ...]]:
    """Return an address without the words around it and with a comma between its parts, and what is told about it."""
    labelled = read_labels(text)
    told = address_forms.in_words(english_order.in_parts(in_digits(labelled.text)))
    return phrases.in_parts(told), labelled.notes


@lru_cache(maxsize=16_384)
def _parents_in_parts(within: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the same for the texts of the columns of parents, which recur in a table."""
    told = [_in_parts(text) for text in within]
    return tuple([text for text, _ in told]), tuple([note for _, notes in told for note in notes])


def _lies_below(text: str) -> bool:
    """Whether a text is nothing but a numbered house in a street: beside columns of parents it is no place itself.

    A number alone may be that of a commune, and names of places may begin like a street's: ``Cầu Kè``.
    """
    if not any(map(str.isdecimal, text)):
        return False
    parts = [part(piece) for piece in cut(text)]
    folds = [fold for one in parts for fold in one.folds]
    numbered = [fold[0].isdecimal() for fold in folds]
    kinds = {rest_kind(one, 0, len(one.folds)) for one in parts}
    return any(numbered) and not all(numbered) and kinds <= {"house", "street"}


def names_no_more_than_places(match: Match, address: Address) -> bool:
    """Whether an answer by name is not a person, office or organisation, and is not likely to be one.

    Nobody is meant by the name of a place with which other parts agree: ``Dalat, Lam Dong`` is not Lâm Đông.
    And streets are called after people: ``Trường Chinh, Thanh Xuân, Hà Nội``. Beside an office that they held, they are
    meant themselves: ``Tô Lâm, Acting President of Vietnam`` is not Ô Lâm.
    """
    if match.status == "unmatched" or not match.candidates or match.candidates[0].entity.type in PLACE_TYPES:
        return True
    if any(one.feature in _BY_OFFICE and one.weight > 0 for one in match.candidates[0].evidence):
        return False
    best = next(iter(address.solution.readings), None)
    if not best or not any(parent.weight > 0 for parent in best.parents):
        return False
    is_all_behind = best.span.number > 0 and all(rest.number == 0 for rest in best.remainders)
    if is_all_behind and _is_of_elsewhere(match.candidates[0]):
        return True
    cores = (best.span.core, *(parent.span.core for parent in best.parents))
    return str(keys.key(match.candidates[0].entity.name)) in {str(keys.key(core)) for core in cores}


def _is_of_elsewhere(candidate: Candidate) -> bool:
    """Whether a person, without a title, has nothing to do with the places that stand behind the name."""
    told = {one.feature for one in candidate.evidence}
    return candidate.entity.type == "person" and "apart" in told and told.isdisjoint(_OF_THE_PERSON)
