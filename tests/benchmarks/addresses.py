"""How fast and how right whole addresses are resolved, beside PyPI `vietnamadminunits` where that is installed.

    python -m tests.benchmarks.addresses

Distinct addresses drawn from the gazetteer, processor time of one core, nothing remembered from an earlier run but
the opened index.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from time import process_time

from resolver import Resolver
from tests import drawn_addresses as addresses
from tests.drawn_addresses import Drawn

__all__ = ["PEER", "Speed", "speeds"]

PEER = "vietnamadminunits"
KINDS = {"clean": 10_000, "one typo": 4_000}
PEER_ADDRESSES = 2_000
WARMING = 1_000


@dataclass(frozen=True, slots=True)
class Speed:
    """Addresses a second and the share whose commune is right; of the peer 0 where it is not installed."""

    kind: str
    per_second: float
    right: float
    peer_per_second: float = 0.0
    peer_right: float = 0.0


def speeds() -> Iterator[Speed]:
    """Yield the figures for each kind of address."""
    parse = peer()
    for kind, count in KINDS.items():
        drawn = addresses.draw(kind, count)
        resolver = Resolver()
        # Opens what is opened on first use.
        resolver.resolve_many([one.mention for one in addresses.draw("abbreviated", WARMING)])
        resolver.resolve("Xã Tạhnh An, Huyện Cần Giờ, TP.HCM")
        start = process_time()
        matches = resolver.resolve_many([one.mention for one in drawn])
        seconds = process_time() - start
        right = addresses.counts(drawn, matches)["right"] / len(drawn)
        yield Speed(kind, len(drawn) / seconds, right, *(_peer_speed(parse, drawn[:PEER_ADDRESSES]) if parse else ()))


def peer() -> Callable[[str], str] | None:
    """Return a function from an old address to the code of its commune, where the peer is installed."""
    if importlib.util.find_spec(PEER) is None:
        return None
    module = importlib.import_module(PEER)
    return lambda text: str(module.parse_address(text, mode="LEGACY").ward_code or "")


def _peer_speed(parse: Callable[[str], str], drawn: list[Drawn]) -> tuple[float, float]:
    parse(drawn[0].mention.text)
    start = process_time()
    codes = [_tried(parse, one.mention.text) for one in drawn]
    seconds = process_time() - start
    right = sum(code == _codes()[one.address.id] for code, one in zip(codes, drawn, strict=True))
    return len(drawn) / seconds, right / len(drawn)


def _tried(parse: Callable[[str], str], text: str) -> str:
    """Return what the peer finds; it raises errors for addresses that it cannot read."""
    try:
        return parse(text)
    except Exception:
        return ""


@cache
def _codes() -> dict[str, str]:
    resolver = Resolver()
    return {
        address.id: resolver.entity(address.id, date=addresses.LAST_OLD_DAY).code for address in addresses.addresses()
    }


def main() -> None:
    """Print the figures."""
    for speed in speeds():
        print(f"{speed.kind}: {speed.per_second:,.0f} addresses/s, {speed.right:.1%} right", end="")
        print(f"; {PEER}: {speed.peer_per_second:,.0f}, {speed.peer_right:.1%}" if speed.peer_per_second else "")


if __name__ == "__main__":
    main()
