"""How what surrounds a name agrees with an entity: each part of the context, or several that name one office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from resolver.history.tenures import held_on, standing
from resolver.index.index import Index
from resolver.matching.bare_offices import BareOffices
from resolver.matching.context_agreement import ContextAgreement, ContextMeaning, with_whole_names
from resolver.model import TYPES
from resolver.text import callings, keys, life, role_words
from resolver.text.reading import Reading

__all__ = ["Surroundings"]

_COUNTRY, _PROVINCE, _DISTRICT, _COMMUNE, _PERSON, _OFFICE = map(
    TYPES.index, ("country", "province", "district", "commune", "person", "office")
)
_ROLES = {"now": "role", "past": "role_past", "ahead": "role_ahead"}
_OF_THEIRS = ("role", "role_past", "role_word")
_MAY_JOIN = {"unknown": "unknown", "post": "", "title": "role_word"}
"""How parts agree that may be one office together, and what each is where they are not."""

_NATIONAL = frozenset({"party", "assembly", "government", "front"})
_CAPITALS = frozenset({"vn-province-ha-noi", "kh-province-phnom-penh"})

_Days = tuple[int, int] | None


class Surroundings:
    """Compares the contexts of readings with entities of one index, given what each context text may mean."""

    def __init__(self, index: Index, contexts: Mapping[str, ContextMeaning]) -> None:
        self._index = index
        self._contexts = contexts
        self._offices = BareOffices(index)

    def agreement(self, entity: int, reading: Reading, within: Sequence[str], days: _Days) -> ContextAgreement:
        """Return how the parent columns of a mention and the context of its reading agree with an entity."""
        if self._index.entity_type[entity] == _PERSON:
            within = with_whole_names(within, self._contexts)
        parts = list({keys.key(part): part for part in (*within, *reading.around)}.values())
        if self._index.entity_type[entity] == _PERSON:
            parts = [part for part in parts if not (life.tells_residence(part) or callings.tells_nothing(part))]
        agreed = [(part, self._agrees(entity, part, reading, within, days)) for part in parts]
        counts = Counter(how for how in self._with_offices(entity, agreed, days) if how)
        if counts["role"]:  # further offices of theirs need not be known
            others = sum(how == "unknown" and bool(role_words.role_spans(part)) for part, how in agreed)
            counts["unknown"] = max(counts["unknown"] - others, 0)
        if self._index.entity_type[entity] == _PERSON and (counts["unknown"] or counts["apart"]):
            self._doubt(entity, agreed, counts)
        return ContextAgreement(**counts)

    def _doubt(self, entity: int, agreed: Sequence[tuple[str, str]], counts: Counter[str]) -> None:
        """Doubt that a person is meant who is told to work, to live or to serve where the known one did not.

        The country or province that they share with very many people does not outweigh it; an office or a body of
        theirs does, or that they are told to have served in another province, too.
        """
        if any(counts[how] for how in _OF_THEIRS):
            return
        shared = self._index.above(entity)
        inside = {one for part, how in agreed if how == "within" for one in self._meant(part) & shared}
        types = {int(self._index.entity_type[one]) for one in inside}
        if any(type_ > _COMMUNE for type_ in types):
            return
        others = [part for part, how in agreed if how == "apart"]
        unknown = [part for part, how in agreed if how == "unknown" and not role_words.role_spans(part)]
        if not unknown and (not others or _PROVINCE in types) and all(self._is_wide(part, inside) for part in others):
            return
        counts["within"] = 0
        counts["elsewhere"] = min(len(others), 1)

    def _meant(self, part: str) -> frozenset[int]:
        return self._contexts[part].entities

    def _is_wide(self, part: str, inside: set[int]) -> bool:
        """Whether a text means a province or country, or a district of a place where the person served.

        Those who serve in several provinces are told with each, and where their office stands (Ba Đình, Hà Nội).
        """
        index = self._index
        return any(
            index.entity_type[one] <= _PROVINCE or (index.entity_type[one] == _DISTRICT and index.above(one) & inside)
            for one in self._meant(part)
        )

    def _with_offices(self, entity: int, agreed: Sequence[tuple[str, str]], days: _Days) -> Iterator[str]:
        """Yield how parts agree; those not understood may be one office of the person (Bí thư, Tỉnh ủy)."""
        if self._index.entity_type[entity] != _PERSON:
            yield from (how for _, how in agreed)
            return
        for joins, group in groupby(agreed, key=lambda one: one[1] in _MAY_JOIN):
            parts = list(group)
            yield from self._joined(entity, parts, days) if joins else [how for _, how in parts]

    def _joined(self, entity: int, agreed: Sequence[tuple[str, str]], days: _Days) -> Iterator[str]:
        """Yield how parts that match no name agree with a person: as many as possible are read as one office."""
        at = 0
        while at < len(agreed):
            ends = range(len(agreed), at, -1)
            texts = [part for part, _ in agreed]
            end = next((end for end in ends if self._offices.held(entity, " ".join(texts[at:end]), days)), 0)
            yield "role_word" if end else _MAY_JOIN[agreed[at][1]]
            at = end or at + 1

    def _agrees(self, entity: int, part: str, reading: Reading, within: Sequence[str], days: _Days) -> str:
        """Return how a part of the context agrees with an entity: a field of ``ContextAgreement``, or none."""
        meant, sure = self._contexts[part]
        person = self._index.entity_type[entity] == _PERSON
        in_office = person and bool(role_words.role_spans(part))
        # In the context of a person a text that is only similar to a place's name does not count as that place.
        if not meant or (person and not sure and not in_office and not meant & self._index.above(entity)):
            return self._agrees_unknown(entity, part, reading, within, days)
        if meant & self._index.above(entity):
            inside = "office_within" if in_office else "within"
            return self._role(entity, meant, days) or (inside if sure else "nearly")
        if in_office:
            return self._agrees_office(entity, part, reading, within, days)
        if self._higher(meant & self._index.beside(entity), entity):
            return "lineage"
        if self._index.entity_type[entity] == _PROVINCE and any(
            self._is_province(other) for other in meant & self._index.beside(entity)
        ):
            return "kin"
        return "" if entity in meant or (person and self._tells_nothing(entity, meant)) else "apart"

    def _tells_nothing(self, person: int, meant: frozenset[int]) -> bool:
        """Whether a party, parliament or government of their country is meant, or its capital.

        Members come from everywhere, and those who serve the whole country work in the capital.
        """
        index = self._index
        country = index.entity_country[person]
        for one in meant:
            if index.entity_country[one] != country:
                continue
            if index.record(one).versions[-1].local_type in _NATIONAL and index.above(one) <= self._countries(one):
                return True
            if index.ids[one] in _CAPITALS and self._serves_country(person):
                return True
        return False

    def _countries(self, entity: int) -> set[int]:
        return {one for one in self._index.above(entity) if self._index.entity_type[one] == _COUNTRY} | {entity}

    def _serves_country(self, person: int) -> bool:
        """Whether a person held an office of the whole country."""
        index = self._index
        offices = (index.numbers[one.office_id] for one in index.record(person).tenures)
        return any(all(index.entity_type[one] != _PROVINCE for one in index.above(office)) for office in offices)

    def _agrees_office(self, entity: int, part: str, reading: Reading, within: Sequence[str], days: _Days) -> str:
        """Return how an office counts that the person is not known to have held; an unknown office is not understood.

        Knowing the place of the office does not make the office known.
        """
        if self._offices.held(entity, part, days):
            return "role_word"
        known = any(self._index.entity_type[other] == _OFFICE for other in self._contexts[part].entities)
        if not known or self._bears_title(entity, part, days):
            return self._agrees_unknown(entity, part, reading, within, days)
        return "role_of_others"

    def _agrees_unknown(self, entity: int, part: str, reading: Reading, within: Sequence[str], days: _Days) -> str:
        """Return the same for a part that matches no name: a title alone (Governor) may still be the person's.

        So may an office without its place (provincial governor), as ``_with_offices`` finds. In a column a post that
        any firm has tells nothing.
        """
        if part in reading.context:
            return "unknown"
        if self._index.entity_type[entity] != _PERSON:
            return ""
        bears = self._bears_title(entity, part, days)
        if part not in within:  # right before the name
            return "role_word" if bears else ""
        return "post" if callings.is_post(part) else "title" if bears else "unknown"

    def _is_province(self, entity: int) -> bool:
        return bool(self._index.entity_type[entity] == _PROVINCE)

    def _higher(self, others: frozenset[int], entity: int) -> bool:
        """Whether one of some entities is of a higher level: only then it can contain the predecessor or successor."""
        return any(self._index.entity_type[other] < self._index.entity_type[entity] for other in others)

    def _bears_title(self, entity: int, title: str, days: _Days) -> bool:
        """Return whether a person then held an office that people may call by its title alone (Governor, Thủ tướng)."""
        record = self._index.record(entity)
        if record.type != "person":
            return False
        held = held_on(record.tenures, days) if days else record.tenures
        alone = role_words.heads(title) == {keys.word_key(title)}
        meant = role_words.role_concepts(title) if alone else frozenset()
        return any(meant & role_words.role_concepts(name) for tenure in held for name in self._names(tenure.office_id))

    def _names(self, id_: str) -> Iterator[str]:
        record = self._index.record(self._index.numbers[id_])
        yield from (version.name for version in record.versions)
        yield from (name.text for name in record.names)

    def _role(self, entity: int, meant: frozenset[int], days: _Days) -> str:
        """Return whether a person held one of some offices then, before, or only later; empty if never."""
        record = self._index.record(entity)
        if record.type != "person":
            return ""
        held = [tenure for tenure in record.tenures if self._index.numbers[tenure.office_id] in meant]
        return _ROLES[standing(held, days)] if held else ""
