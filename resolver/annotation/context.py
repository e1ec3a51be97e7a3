"""What the spans of a text mean, with the document as their context.

Each span is resolved alone first. The certain matches show which countries and places the document is about, and with
these the ambiguous ones are resolved again. A namesake is the one in the province named beside it. An office is the one
that the person named beside it held, or that of the nearest country.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import permutations

from resolver.annotation.batching import Stage
from resolver.annotation.bodies import HOME, countries_beside, is_foreign, of_country
from resolver.annotation.choice import Reading
from resolver.annotation.crossings import of_crossings
from resolver.annotation.document_context import BODIES, DocumentContext, Pairs, resolve_ids
from resolver.annotation.merged import of_merged
from resolver.annotation.places import (
    as_provinces,
    is_of_another_type,
    is_sure,
    listed,
    lists_of_places,
    named_with_type,
    of_another_type,
    of_plural_type,
    within,
)
from resolver.annotation.private_people import name_of, of_private_people
from resolver.annotation.reference_words import compared, is_lowered, is_other
from resolver.annotation.span import Span
from resolver.annotation.words_beside import bears_name, is_common, names_crossing
from resolver.model import PLACE_TYPES, Entity, Match, Mention
from resolver.text import khmer, vietnamese

__all__ = ["read", "standing_alone"]

_SURE = 0.85
_GUESSED = 0.8
_SHORTEST_LOCAL = 3
"""Letters of the bare name of a district or commune that are too few: any word may be spelt so."""
_LINKS, _LINK_LENGTH = (", ", "; ", " và ", " and ", " et ", " et de "), 7
"""What stands before the last item of a list."""
_SHORTEST_KHMER = 4
"""Letters and signs of a Khmer word that may be any word."""
_GENERATION = 15
"""Years in which the bare name of a province that ended still means it."""
_COMMITTEES = ("thành ủy", "tỉnh ủy")
_COMMITTEE_WORDS = ("thành", "tỉnh")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_LOCAL, _COMMUNE = frozenset({"district", "commune"}), ("commune",)
_SHORT_COUNTRY, _SPELT = 4, 0.99
"""Letters of a country that any Vietnamese word may be, and the score of one spelt with its own tone."""


def standing_alone(document: DocumentContext, spans: Sequence[Span]) -> list[Span]:
    """Return spans without the bare names that are part of a longer name, and without those within one of these."""
    spans = [one for one in spans if not (one.bare and _is_too_short(document, one))]
    misplaced = {one for one in spans if one.bare and _is_misplaced(document, one)}
    ends: dict[int, int] = {}
    for one in misplaced:
        if " " in one.query:
            ends.update({at: max(ends.get(at, 0), one.end) for at in range(one.start, one.end)})
    return [one for one in spans if one not in misplaced and not (one.bare and _is_within(one, ends))]


def _is_within(span: Span, ends: Mapping[int, int]) -> bool:
    """Whether a bare name is within a longer one that is no place here: Le Hong in Le Hong Phong School.

    ``ends`` has the end of the longer name for each position within it.
    """
    return span.kind == "name" and span.end <= ends.get(span.start, 0)


def _is_too_short(document: DocumentContext, span: Span) -> bool:
    """Whether a bare local name is too short to be annotated, and is no item of a list: Bộ Nội vụ, Đảng ủy, មួយ."""
    plain = document.folded.plain
    if not _LOCAL.issuperset(span.types) or plain.startswith((",", ";"), span.end):
        return False
    if plain.startswith(".", span.end) and plain[max(0, span.start - _LINK_LENGTH) : span.start].endswith(_LINKS):
        return False
    if khmer.is_khmer(span.query):
        return span.types == _COMMUNE and len(span.query) <= _SHORTEST_KHMER
    if _is_several(span):
        return False
    return len(span.query) <= _SHORTEST_LOCAL or (span.types == _COMMUNE and vietnamese.is_syllable(span.query))


def _is_several(span: Span) -> bool:
    """Whether a name has several words, or is in Khmer, where a short name is no common word."""
    return " " in span.query or "-" in span.query or khmer.is_khmer(span.query)


def _is_misplaced(document: DocumentContext, span: Span) -> bool:
    if span.kind == "person":
        return document.standing.is_within_name(span) or bears_name(document.folded.plain, span.start, span.end)
    standing = document.standing
    if "province" in span.types and standing.is_like_person(span):
        return True
    return standing.ends_person(span) or standing.is_crowded(span) or standing.is_titled(span)


def read(document: DocumentContext, spans: Sequence[Span]) -> Stage[list[Reading]]:
    """Return a reading for each span that means something, or may do so."""
    asked = [Mention(span.query, span.types, (), document.date) for span in spans]
    answers = yield [*asked, *document.country_mentions]
    pairs: Pairs = list(zip(spans, answers[: len(spans)], strict=True))
    document.learn_countries(answers[len(spans) :])
    pairs = yield from as_provinces(document, pairs)
    numbers = document.index.numbers
    sure = [match.entity for span, match in pairs if match.entity and is_sure(span, match)]
    places = {numbers[entity.id] for entity in sure}
    pairs = yield from within(document, pairs, places)
    lists = list(lists_of_places(document, pairs))
    pairs = yield from listed(document, pairs, lists)
    pairs = yield from named_with_type(document, pairs)
    pairs = yield from of_plural_type(document, pairs, lists, places)
    pairs = yield from of_merged(document, pairs, lists)
    pairs = yield from of_crossings(document, pairs)
    pairs = yield from _of_their_office(document, pairs)
    pairs = yield from of_private_people(document, pairs)
    pairs = yield from _of_the_sentence(document, pairs)
    pairs = yield from of_country(document, pairs)
    pairs = yield from _named_elsewhere(document, pairs)
    contradicted = of_another_type(pairs)
    kept = _Kept(document, pairs, {numbers[entity.id] for entity in sure if entity.type != "country"})
    return [
        Reading(span, match)
        for span, match in pairs
        if kept.has(span, match) and not (span.bare and (span.start, match.entity and match.entity.id) in contradicted)
    ]


def _of_their_office(document: DocumentContext, pairs: Pairs) -> Stage[Pairs]:
    """Return pairs in which offices beside people decide who they are; nobody, if somebody else held the office."""
    offices = [(span, match.entity) for span, match in pairs if match.entity and match.entity.type == "office"]
    asked: dict[int, list[Span]] = {}
    for number, (span, match) in enumerate(pairs):
        if span.kind == "person":
            beside = [(one, what) for one, what in offices if document.standing.are_beside(span, one)]
            if match.entity and (any(document.held(match.entity, what) for _, what in beside)):
                continue  # the person is certain
            if match.status == "unmatched" and not match.candidates:
                continue  # nobody has a name like it
            if match.entity:
                beside = [(one, what) for one, what in beside if not document.is_role(one)]
            if beside:
                asked[number] = [one for one, _ in sorted(beside, key=lambda one: one[0].start - one[0].end)]
    if not asked:
        return pairs
    told: dict[int, Match] = {}
    open_: dict[int, Match] = {}
    while asked:  # the longest office first: most people are told by it
        longest = [(number, offices.pop(0)) for number, offices in asked.items()]
        answers = yield [
            Mention(f"{pairs[number][0].query}, {office.query}", ("person",), (), document.date)
            for number, office in longest
        ]
        for (number, office), match in zip(longest, answers, strict=True):
            if match.status == "matched":
                told[number] = match
            elif pairs[number][1].status == "matched" and document.standing.is_apposed(office, pairs[number][0]):
                open_[number] = match
        asked = {number: offices for number, offices in asked.items() if offices and number not in told}
    # A person named beside an office that somebody else held stays ambiguous in the whole text.
    others = ((pairs[number][0], open_[number]) for number in sorted(open_) if number not in told)
    contradicted = {name_of(document, span): match for span, match in others}
    return [
        (span, told.get(number) or contradicted.get(name_of(document, span), match)) if span.kind == "person"
        else (span, match)
        for number, (span, match) in enumerate(pairs)
    ]  # fmt: skip


def _of_the_sentence(document: DocumentContext, pairs: Pairs) -> Stage[Pairs]:
    """Return pairs in which an ambiguous person is the only namesake who held an office named in the same sentence."""
    offices = [(span.start, match.entity) for span, match in pairs if match.entity and match.entity.type == "office"]
    meant: dict[int, str] = {}
    for number, (span, match) in enumerate(pairs):
        if span.kind != "person" or match.status != "ambiguous" or not offices:
            continue
        start, end = document.standing.sentence(span)
        near = [office for at, office in offices if start <= at < end]
        people = [one.entity for one in match.candidates if one.entity.type == "person" and one.method != "fuzzy"]
        bearers = {who.id for who in people if any(document.held(who, office) for office in near)}
        if len(bearers) == 1:
            meant[number] = bearers.pop()
    if meant:
        told = yield from resolve_ids([(id, pairs[number][0].query) for number, id in meant.items()], document.date)
        for number, match in zip(meant, told, strict=True):
            pairs[number] = pairs[number][0], match
    return pairs


def _named_elsewhere(document: DocumentContext, pairs: Pairs) -> Stage[Pairs]:
    """Return pairs in which an ambiguous name means what the document certainly names elsewhere: (CAND).

    The abbreviation of an agency at the head of a text needs no other mention: Hanoï (AVI) –.
    """
    sure = {match.entity.id for span, match in pairs if match.entity and not span.weak}
    found: dict[int, str] = {}
    for number, (span, match) in enumerate(pairs):
        unknown = span.kind == "person" or (span.kind == "place" and span.weak)
        if match.status == "ambiguous" and len(span.query) > 2 and not unknown:
            candidates = [one for one in match.candidates if one.entity.id in sure]
            named = {one.entity.id for one in candidates if not is_of_another_type(span, one)}
            if not named and document.standing.is_in_dateline(span):
                named = {one.entity.id for one in match.candidates if one.entity.type == "organisation"}
            if len(named) == 1:
                found[number] = named.pop()
    if found:
        told = yield from resolve_ids([(id, pairs[number][0].query) for number, id in found.items()], document.date)
        for number, match in zip(found, told, strict=True):
            pairs[number] = pairs[number][0]._replace(weak=False), match
    return pairs


def _ended_lately(entity: Entity, date: str) -> bool:
    """Whether an entity ended within a generation before a day."""
    return not date or not entity.valid_to or int(date[:4]) - int(entity.valid_to[:4]) <= _GENERATION


def _is_of_another_committee(span: Span, entity: Entity) -> bool:
    """Whether a party committee is that of a city, and what was found that of the province of its name: Thành ủy."""
    if not any(word in span.query.lower() for word in _COMMITTEE_WORDS):
        return False
    text, name = (vietnamese.normalise(one).lower().replace("uỷ", "ủy") for one in (span.query, entity.name))
    return any(one in text and other in name for one, other in permutations(_COMMITTEES, 2))


class _Kept:
    """Decides which matches in a document are annotated: a wrong annotation is worse than none."""

    def __init__(self, document: DocumentContext, pairs: Pairs, places: set[int]) -> None:
        self._document = document
        self._places = places
        self._introduced = {span.query for span, _ in pairs if span.kind == "person" and span.announced}
        self._people = [(span, match.entity) for span, match in pairs if match.entity and match.entity.type == "person"]
        self._strangers = [
            span for span, match in pairs if span.kind == "person" and span.announced and match.status == "unmatched"
        ]
        self._borne = {compared(document.folded.plain[slice(*span.titles)].strip()) for span in self._strangers}
        self._foreign = {span for span, match in pairs if is_foreign(document, span, match)}
        self._bodies = {
            span.start: match.entity
            for span, match in sorted(pairs, key=lambda one: one[0].end)
            if match.entity and match.entity.type == "organisation"
        }
        self._typed = {
            name: match.entity.id
            for span, match in pairs
            if span.kind == "place" and not span.weak and match.entity and match.entity.type in _LOCAL
            for name in {span.query.rpartition(" ")[2], " ".join(span.query.split()[-2:])}
        }
        self._foreign_ends = {span.end for span in self._foreign}
        self._provinces = {
            span.start for span, match in pairs if span.bare and match.entity and match.entity.type == "province"
        }
        self._countries = {
            match.entity.country
            for span, match in pairs
            if match.entity and not span.weak and match.entity.type not in BODIES
        } | {country for _, _, country in document.countries}

    def has(self, span: Span, match: Match) -> bool:
        """Whether the match of a span is annotated."""
        return span not in self._foreign and self._has(span, match)

    def _is_elsewhere(self, span: Span, match: Match, entity: Entity) -> bool:
        """Whether an office or body is one of a country that the text is not about.

        Its name follows that of another country's office (the Thai Prime Minister and Minister of Defence). Or its
        sentence names other countries, and the text never names its own, or somebody unknown is named as its holder.
        """
        if HOME.get(self._document.language) == entity.country or not entity.country:
            return False
        document = self._document
        within = document.countries_in(span.start, span.end)  # ប្រធានរដ្ឋវៀតណាម
        if entity.country in within | countries_beside(document, span) or any(
            document.held(who, entity) and document.standing.are_beside(span, at) for at, who in self._people
        ):
            return False
        if any(document.standing.is_joined(end, span) for end in self._foreign_ends):
            return True
        if entity.type != "office" or not document.countries_in(*document.standing.sentence(span)) - {entity.country}:
            return False
        if len(match.holders) == 1 and any(document.standing.are_beside(span, at) for at in self._strangers):
            return True
        return entity.country not in self._countries

    def _is_of_holder_elsewhere(self, span: Span, offices: Sequence[Entity]) -> bool:
        """Whether the people named as holders of an office are all of other countries than it may be of.

        លោក Bui Thanh Son ឧបនាយករដ្ឋមន្ត្រី is no deputy prime minister of Cambodia.
        """
        countries = {one.country for one in offices if one.type == "office"}
        if not countries or "" in countries or countries & countries_beside(self._document, span):
            return False
        standing = self._document.standing
        near = [(at, who) for at, who in self._people if who.country and standing.are_beside(span, at)]
        holders = [who for at, who in near if span.end <= at.start or standing.is_apposed(span, at)]
        return bool(holders) and not any(
            who.country in countries or self._document.held(who, office) for who in holders for office in offices
        )

    def _has(self, span: Span, match: Match) -> bool:
        entity = match.entity
        if span.kind == "person":
            return self._has_person(span, entity)
        if entity is None:
            bare = span.kind == "name" or span.query.isupper() or self._document.is_bare_role(span)
            standing = self._document.standing
            cut = standing.is_after_word_of_name(span) if span.kind == "place" else standing.is_continued(span)
            if not cut and span.kind == "office":
                cut = is_lowered(self._document.head(span.start)) or self._is_of_holder_elsewhere(
                    span, [one.entity for one in match.candidates]
                )
            return match.status == "ambiguous" and not (bare or cut or span.weak) and bool(match.candidates)
        if span.kind == "place":
            local = entity.type in PLACE_TYPES[2:]
            whole = not local or not self._document.standing.is_after_word_of_name(span)
            return whole and entity.type in PLACE_TYPES and (not span.weak or match.score > _GUESSED)
        if span.kind != "name":
            return entity.type in BODIES and not self._is_another(span, match, entity)
        return self._is_evident(span, match, entity)

    def _has_person(self, span: Span, entity: Entity | None) -> bool:
        """Whether a person is annotated."""
        if entity is None:
            return span.announced or any(one.endswith(span.query) for one in self._introduced)
        return entity.type == "person" and not (span.weak and span.bare)

    def _is_another(self, span: Span, match: Match, entity: Entity) -> bool:
        """Whether an office or body is in truth another one: a deputy's, of another body, or of another country."""
        if self._document.standing.is_continued(span) or self._is_branch(span, entity):
            return True
        if _is_of_another_committee(span, entity):
            return True
        if entity.type == "organisation" and is_other(self._document.head(span.start)):
            return True
        if self._is_of_stranger(span):
            return True
        if entity.type == "office":
            body = self._bodies.get(self._document.standing.body_behind(span))
            if is_lowered(self._document.head(span.start)) or (body and not self._document.held(entity, body)):
                return True
        return self._is_of_holder_elsewhere(span, (entity,)) or self._is_elsewhere(span, match, entity)

    def _is_branch(self, span: Span, entity: Entity) -> bool:
        """Whether a national body is its branch in the province right behind it: Ngân hàng Nhà nước An Giang."""
        native = _VIETNAMESE.search(span.query) is not None
        return native and entity.type == "organisation" and span.end + 1 in self._provinces

    def _is_of_stranger(self, span: Span) -> bool:
        """Whether a word for an office alone, without a country, is the title of somebody unknown in this text."""
        document = self._document
        if not self._borne or not document.is_role(span) or countries_beside(document, span):
            return False
        title = compared(document.folded.plain[span.start : span.end])
        return any(one == title or one.startswith(f"{title} ") for one in self._borne)

    def _is_evident(self, span: Span, match: Match, entity: Entity) -> bool:
        """Whether a bare name certainly means its entity."""
        if entity.type in BODIES:
            return not self._is_another(span, match, entity)
        plain = self._document.folded.plain
        told = not span.weak or names_crossing(plain, span.start, span.end)
        return told and self._is_evident_place(span, match, entity)

    def _is_other_word(self, span: Span, match: Match, entity: Entity) -> bool:
        """Whether the bare name of a country or a province is a common word, or that of a smaller place."""
        # Any Vietnamese word has a capital at the start of a sentence: Đức tính, Pháp luật.
        if is_common(span.query) and self._document.standing.begins_sentence(span.start):
            return True
        if entity.type == "country" and self._document.standing.is_english_word(span):
            return True
        # A province of long ago, whose name the text has for a commune.
        return match.dating == "ended" and span.query in self._typed and not _ended_lately(entity, match.mention.date)

    def _is_evident_place(self, span: Span, match: Match, entity: Entity) -> bool:
        """Whether a bare name certainly means a place."""
        several = _is_several(span)
        if entity.type in ("country", "province"):
            if self._is_other_word(span, match, entity):
                return False
            doubtful = entity.type == "country" and not several and self._document.language == "vi"
            short = doubtful and len(span.query) <= _SHORT_COUNTRY
            return not short or (match.score > _SPELT and not self._document.standing.begins_sentence(span.start))
        if match.dating == "not_yet":
            return False
        if entity.type == "commune" and span.query not in self._typed and span.query in self._document.features:
            return False
        index = self._document.index
        number = index.numbers[entity.id]
        if self._places & (index.above(number) | index.beside(number) | {number}):
            return several or len(span.query) > _SHORTEST_LOCAL
        return "district" in span.types and several and match.score > _SURE
