"""Sweeps over addresses with a wrong letter in a name, and with names that look like others with a wrong letter.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random

from resolver.model import Mention
from resolver.text import keys, vietnamese
from resolver.text.name_counts import surname_shares
from tests import samples
from tests.drawn_addresses import LAST_OLD_DAY, Address, addresses, new, standing
from tests.eval.sweeping import Case, Sweep
from tests.eval.sweeps import last_names, names_below
from tests.samples import SEED

__all__ = ["SWEEPS"]

_LETTERS = "bcdghklmnprstvx"
_LEAST = 5
"""Letters of a name of which one may be wrong."""
_DRAWN = 500
_FEW = 2
_TYPE_LETTERS = {"X": "Xã", "P": "Phường"}
"""The type word that a letter stands for."""
_LOCALITIES = frozenset({"ban", "buon", "cau", "cho", "cua", "dong", "nha", "pho", "so", "thon", "xom", "lang", "ap"})
"""First words of names that are words for what lies below a commune too, or one letter off such a word."""


@cache
def _keys() -> frozenset[str]:
    """Return the keys of all names."""
    return frozenset(str(keys.key(row.text)) for row in samples.name_rows())


def _slips(name: str, random: Random) -> Iterator[str]:
    """Yield a name with a letter left out, replaced and doubled, where that is no other name."""
    places = [at for at, letter in enumerate(name) if letter.isalpha() and at]
    for kind in range(3):
        at = random.choice(places)
        middle = ("", random.choice(_LETTERS), name[at] * 2)[kind]
        text = name[:at] + middle + name[at + 1 :]
        if str(keys.key(text)) not in _keys():
            yield text


def misspelt_of_two_levels() -> Iterator[Case]:
    """Every district of the last day of three levels, bare, misspelt, in its province.

    Where a commune of today has the name in a province of that name, the two stay open, as they do if nothing is wrong.
    """
    random = Random(SEED)
    heirs = {(one.parts[0][1], keys.key(one.parts[1][1])) for one in new()}
    for one in standing(LAST_OLD_DAY, "district", levels=2):
        (_, name), (_, province) = one.parts
        if len(keys.key(name)) < _LEAST or any(map(str.isdecimal, name)):
            continue
        is_open = (name, keys.key(province)) in heirs
        for text in _slips(name, random):
            yield Case(Mention(f"{text}, {province}"), frozenset({one.id}), is_open=is_open)


def misspelt_like_a_locality() -> Iterator[Case]:
    """Every commune whose name begins like a hamlet, a street or a house, misspelt, before its district."""
    random = Random(SEED)
    for one in addresses():
        if _begins_like_a_locality(one):
            for text in _slips(one.parts[0][1], random):
                yield Case(Mention(f"{text}, {', '.join(one.texts[1:])}"), frozenset({one.id}))


def _begins_like_a_locality(one: Address) -> bool:
    name = one.parts[0][1]
    return keys.fold(name).split()[0] in _LOCALITIES and len(keys.key(name)) >= _LEAST


def _elsewhere(*, folded: bool) -> Sweep:
    """Return every commune's name of two words, with and without a word, in a province where nothing is called so.

    The parts contradict each other, and nobody can say which one is wrong: the answer has to stay open.
    """

    def sweep() -> Iterator[Case]:
        random = Random(SEED)
        provinces = list(standing(LAST_OLD_DAY, "province", levels=1))
        for name in sorted({one.parts[0][1] for one in addresses() if len(one.parts[0][1].split()) == _FEW}):
            province = random.choice(provinces)
            spellings = {str(keys.key(one)) for one in (name, *vietnamese.with_other_i(name))}
            if spellings.isdisjoint(_names_in(province.parts[0][1]) | _other_names()):
                for text in (name, f"Xã {name}"):
                    parts = (text, province.parts[0][1])
                    spelt, upper = (str(keys.fold(part)).title() for part in parts) if folded else parts
                    yield Case(Mention(spelt, ("commune",), (), LAST_OLD_DAY, (upper,)), frozenset(), is_open=True)

    return sweep


def first_letter_twice() -> Iterator[Case]:
    """Names that begin with the letter of a type, with this letter twice: of any type, unless one has the type."""
    for one in (*new(), *standing(LAST_OLD_DAY, "district", levels=2)):
        name, (_, province) = one.parts[0][1], one.parts[-1]
        if name[0] in _TYPE_LETTERS and name[1].isalpha():
            bearers = _bearers()[name, province]
            typed = any(one.texts[0].startswith(_TYPE_LETTERS[name[0]]) for one in bearers)
            ids = frozenset(one.id for one in bearers)
            yield Case(Mention(f"{name[0]}{name}, {province}"), ids, is_open=len(ids) > 1 and not typed)


@cache
def _bearers() -> dict[tuple[str, str], list[Address]]:
    """Return the units of today and of the last day of three levels by their name and their province."""
    found: dict[tuple[str, str], list[Address]] = {}
    for one in (*new(), *standing(LAST_OLD_DAY, "district", levels=2)):
        found.setdefault((one.parts[0][1], one.parts[-1][1]), []).append(one)
    return found


@cache
def _names_in(province: str) -> frozenset[str]:
    """Return the keys of all names in the provinces of a name, and in those that became part of them."""
    ids = {id_ for id_, name in last_names().items() if name == province and "-province-" in id_}
    ids |= {row["from_id"] for row in samples.tables().standing("changes") if row["to_id"] in ids}
    return frozenset(set().union(*(names_below().get(id_, set()) for id_ in ids)))


@cache
def _other_names() -> frozenset[str]:
    """Return the keys of all names that are nobody's last name: former names, for example."""
    return frozenset(str(keys.key(row["text"])) for row in samples.tables()["names"])


def before_a_neighbour() -> Iterator[Case]:
    """Communes whose name no other unit has, before another district of their province: either may be meant."""
    random = Random(SEED)
    bearers = Counter(str(keys.key(row["name"])) for row in samples.tables().standing("versions"))
    known = {str(keys.key(row["text"])) for row in samples.tables()["names"]}
    alone = [one for one in addresses() if _tells(one, bearers) and str(keys.key(one.parts[0][1])) not in known]
    districts: dict[tuple[str, str], list[Address]] = {}
    for one in standing(LAST_OLD_DAY, "district", levels=2):
        districts.setdefault(one.parts[1], []).append(one)
    for one in random.sample(alone, _DRAWN):
        other = random.choice(districts[one.parts[2]])
        # A district of a similar name was perhaps formed of the same one.
        if set(other.parts[0][1].split()).isdisjoint(one.parts[1][1].split()):
            mention = Mention(f"{one.parts[0][1]}, {other.texts[0]}, {one.parts[2][1]}", (), (), LAST_OLD_DAY)
            yield Case(mention, frozenset({one.id, other.id}), is_open=True)


def _tells(one: Address, bearers: Counter[str]) -> bool:
    """Whether the name of a commune is of two words or more, its own only, and not a person's."""
    name = one.parts[0][1]
    words = keys.fold(name).split()
    return len(words) > 1 and words[0] not in surname_shares() and bearers[str(keys.key(name))] == 1


SWEEPS: dict[str, Sweep] = {
    "before a neighbour": before_a_neighbour,
    "name from elsewhere in a province": _elsewhere(folded=False),
    "name from elsewhere in a province, folded": _elsewhere(folded=True),
    "first letter twice": first_letter_twice,
    "misspelt name of two levels": misspelt_of_two_levels,
    "misspelt name like a locality": misspelt_like_a_locality,
}
"""The sweeps by kind."""
