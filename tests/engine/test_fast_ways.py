"""Every fast way gives the answers of the slow one: known tails and parts of addresses, dated names, mentions in bulk.

    python -m tests.engine.test_fast_ways 200000    # more than the sample of the tests: addresses and dated names

Drawn with a fixed seed from all names and places of the gazetteer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from random import Random

import numpy as np

from resolver import Match, Mention, Resolver
from resolver.addresses.address_words import AddressQuery, AddressWords
from resolver.addresses.misspellings import MisspellingSearch
from resolver.addresses.place_tree import PlaceTree
from resolver.addresses.readings import ReadingRanker
from resolver.addresses.solution import Solution
from resolver.addresses.solver import Solver
from resolver.engine.engine import Engine
from resolver.matching.matcher import Matcher
from resolver.matching.ranking import best, best_pairs, rank
from resolver.mention_batch import STATUSES
from resolver.model import PLACE_TYPES
from resolver.text import legacy, phrases, unicode
from resolver.text.numerals import in_digits
from tests import samples
from tests.benchmarks import workloads

_ADDRESSES = 400
_NAMES = 1_200
_ANYWHERE = AddressQuery(frozenset(range(4)), frozenset(), None)
_HOUSES = ("7", "12", "61", "61B", "09", "405C", "1735/22", "7Makara", "Số 45", "Km 99", "Số nhà 915, ngõ 28", "Lô B2")
_WAYS = ("Quang Trung", "30 Tháng 4", "Phường", "Tân Phú", "tổ 5", "đường số 103", "Makara", "phố Huế")
_IN_BULK = 1_000
"""Mentions from which the lexicon is opened; fewer are read and weighed."""


def test_a_known_tail_means_the_same_as_one_that_is_read(resolver: Resolver) -> None:
    assert not list(_tails_apart(resolver, _ADDRESSES))


def test_parts_looked_up_apart_mean_what_they_mean_in_the_whole_address(resolver: Resolver) -> None:
    assert not list(_parts_apart(resolver, _ADDRESSES))


def test_addresses_mean_the_same_in_any_order(resolver: Resolver) -> None:
    texts = workloads.real_addresses(_ADDRESSES)
    places = PlaceTree(resolver._index)
    today = resolver._index.as_of_day
    orders = [texts, texts[::-1], sorted(texts), Random(samples.SEED).sample(texts, len(texts))]
    told = [
        {text: _told(_whole(solver, text)) for text in order}
        for order, solver in ((order, Solver(places, today)) for order in orders)
    ]
    assert all(one == told[0] for one in told[1:])


def test_readings_kept_while_misspelt_names_are_added_are_those_read_anew(resolver: Resolver) -> None:
    places, today = PlaceTree(resolver._index), resolver._index.as_of_day
    solver, compared = Solver(places, today), 0
    for text in workloads.typo_in_each_part(_ADDRESSES):
        pieces = solver.pieces(text)
        if not pieces:
            continue
        words = AddressWords([piece.own for piece in pieces], [])
        ranker = ReadingRanker(places, words, _ANYWHERE, today)
        search = MisspellingSearch(places, words, frozenset())
        found, turn = ranker.rank(), 0
        while turn < 3 and (search.look(found, turn) if turn != 1 else words.add_inner()):
            found, turn = ranker.rank(), turn + 1
            assert found == ReadingRanker(places, words, _ANYWHERE, today).rank()
            compared += 1
    assert compared > _ADDRESSES // 4


def test_what_is_no_person_or_body_by_its_best_names_is_none_by_all_names(resolver: Resolver) -> None:
    """Where no name of a person, an office or an organisation is likely, all names together mean no such thing."""
    matcher = Matcher(resolver._index)
    named = sorted({row.text for row in samples.name_rows() if row.type not in PLACE_TYPES})
    rng = Random(f"{samples.SEED} bodies")
    tails = [_tail(text).rsplit(", ", 1)[-1] for text in workloads.real_addresses(_ADDRESSES)]
    drawn = [samples.misspell(name, rng) if rng.random() < 0.5 else name for name in rng.sample(named, len(tails))]
    mixed = [f"{name}, {tail}" for name, tail in zip(drawn, tails, strict=True)]
    queries = matcher.parse([Mention(text) for text in (*workloads.typo_in_each_part(_ADDRESSES), *mixed)])
    likely = matcher.may_be_no_place(queries, 0.5)
    scored = best(*(best_pairs(*one) for one in matcher.score(queries)))
    ranking = rank(scored, len(queries), 0.5, resolver._index.entity_type)
    first = ranking.start[:-1][ranking.start[:-1] < ranking.start[1:]]
    no_place = np.zeros(len(queries), np.bool_)
    of, entity = ranking.candidates.mention[first], ranking.candidates.entity[first]
    no_place[of] = resolver._index.entity_type[entity] >= len(PLACE_TYPES)
    meant = no_place & (ranking.status != STATUSES.index("unmatched"))
    assert meant.any()
    assert not (~likely).all()
    assert not (meant & ~likely).any()


def test_dated_names_in_bulk_are_answered_as_one_by_one(resolver: Resolver) -> None:
    assert not list(_dated_apart(resolver, _NAMES))


def _tails_apart(resolver: Resolver, count: int) -> Iterator[str]:
    """Yield the addresses that mean something else where tails are known than where each is the first to be read."""
    places = PlaceTree(resolver._index)
    today = resolver._index.as_of_day
    knowing = Solver(places, today)
    # Two houses before each tail: the second finds it known.
    texts = [text for one in workloads.real_addresses(count // 2) for text in (one, f"7 Quang Trung, {_tail(one)}")]
    for number, text in enumerate(texts):
        days = (730_000 + number * 37 % 9_000,) * 2 if number % 3 == 0 else None
        asked = AddressQuery(frozenset(range(4)), frozenset(), days)
        found = [_told(solver.solve(text, asked)) for solver in (knowing, knowing, Solver(places, today))]
        if found[1] != found[2] or found[0] != found[2]:
            yield text


def _parts_apart(resolver: Resolver, count: int) -> Iterator[str]:
    """Yield the addresses that mean something else read part by part than as cleaned texts, each the first to be read.

    The houses before a tail have all kinds of numbers: those of wards, others, with a letter, with zeros, in a name.
    """
    places = PlaceTree(resolver._index)
    today = resolver._index.as_of_day
    knowing = Solver(places, today)
    rng = Random(f"{samples.SEED} parts")
    for one in workloads.real_addresses(count):
        house = rng.choice((_HOUSES, [str(rng.randrange(2_000))]))
        text = f"{rng.choice(house)} {rng.choice(_WAYS)}, {_tail(one)}"
        for known in (text, one):
            pieces = knowing.pieces(known)
            fast = knowing.solve_pieces(pieces, _ANYWHERE) if pieces else _whole(knowing, known)
            if _told(fast) != _told(_whole(Solver(places, today), known)):
                yield known


def _whole(solver: Solver, text: str) -> Solution | None:
    """Return what an address means, cleaned as a whole."""
    cleaned = unicode.clean(legacy.repair(text).text).text
    return solver.solve(phrases.in_parts(in_digits(cleaned)), _ANYWHERE)


def _tail(address: str) -> str:
    """Return an address without its first part."""
    return address.split(", ", 1)[1]


def _told(solution: Solution | None) -> object:
    if solution is None:
        return None
    readings = [
        (one.entity, one.score, one.weights, [(one.kind, one.weight, one.text) for one in solution.remainders_of(one)])
        for one in solution.readings
    ]
    return readings, solution.probabilities, solution.worth_naming, solution.remainder, solution.is_sure_place


def _dated_apart(resolver: Resolver, count: int) -> Iterator[Mention]:
    """Yield the dated mentions that mean something else, among many or alone, than where each is read and weighed."""
    mentions = workloads.dated(count, names=max(count // 2, _IN_BULK // 2))
    typed = [one._replace(types=("province", "district", "commune")) for one in mentions[::5]]
    partly = [one._replace(date=one.date[:4]) for one in mentions[::7]]
    abroad = [one._replace(countries=(("VN", "KH")[number % 2],)) for number, one in enumerate(mentions[::9])]
    asked = list(dict.fromkeys([*mentions, *typed, *partly, *abroad]))
    fast = [_gist(one) for one in resolver.resolve_many(asked)]
    few = [_gist(one) for one in _in_portions(resolver, asked)]
    slow = [_gist(one) for one in _in_portions(_reading_all(), asked)]
    for mention, *told in zip(asked, fast, few, slow, strict=True):
        if told[0] != told[2] or told[1] != told[2]:
            yield mention


def _reading_all() -> Resolver:
    """Return a resolver that reads and weighs every mention: it never opens the lexicon."""
    other = Resolver()
    other._engine = Engine(other._index, cached=False)
    return other


def _in_portions(resolver: Resolver, asked: Sequence[Mention]) -> Iterator[Match]:
    for start in range(0, len(asked), _IN_BULK // 2):
        yield from resolver.resolve_many(asked[start : start + _IN_BULK // 2])


def _gist(match: Match) -> tuple[object, ...]:
    candidates = tuple((one.entity.id, round(one.score, 9), one.method, one.dating) for one in match.candidates)
    return match.status, match.entity, round(match.score, 9), match.method, match.dating, match.note, candidates


def main(count: int) -> int:
    """Print what a fast way answers otherwise than the slow one, among so many; return how many there are."""
    resolver = Resolver()
    apart = [*_tails_apart(resolver, count), *_parts_apart(resolver, count), *_dated_apart(resolver, count)]
    for one in apart:
        print(one)
    print(f"{len(apart)} of {3 * count:,} answered otherwise, seed {samples.SEED}")
    return len(apart)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000) > 0)
