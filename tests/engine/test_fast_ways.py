"""Every fast way gives the answers of the slow one: known tails and parts of addresses, dated names, mentions in bulk.

    python -m tests.engine.test_fast_ways 200000    # more than the sample of the tests: addresses and dated names

Drawn with a fixed seed from all names and places of the gazetteer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from random import Random

from resolver import Match, Mention, Resolver
from resolver.addresses.address_words import AddressQuery
from resolver.addresses.place_tree import PlaceTree
from resolver.addresses.solution import Solution
from resolver.addresses.solver import Solver
from resolver.engine.engine import Engine
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
