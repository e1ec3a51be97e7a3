"""Sweeps over addresses: heads before sure places, bare names of provinces, look-alikes, parents that contradict.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolver.addresses.place_names import plain
from resolver.matching import spelling
from resolver.model import Mention
from resolver.text import keys
from tests import samples
from tests.drawn_addresses import LAST_OLD_DAY, NEW_DAY, Address, addresses, new, standing
from tests.eval.sweeping import Case, Sweep
from tests.samples import SEED

__all__ = ["SWEEPS", "districts", "last_names", "names_below"]

_DRAWN = 500
_FEW_BEARERS = 20
_SHORTENED = 2
"""Words of the names of districts that are written with a first letter."""

_HEADS = {
    "words": "Mai Trang",
    "company": "Công ty TNHH Minh Quân",
    "shop": "Cửa hàng Hải Đăng",
    "hamlet": "Thôn Đông Cao",
    "street": "Đường Lê Văn Lương",
    "house": "Số 7 ngõ 15",
    "market": "Chợ Mới",
    "elsewhere": "Tân Phú",
    "letter": "P",
    "estate": "Green City",
}
"""What stands before a district or province and is no part of it that the gazetteer has."""


@cache
def districts() -> tuple[Address, ...]:
    """Return the districts of the last day of three levels, with their provinces."""
    return tuple(standing(LAST_OLD_DAY, "district", levels=2))


@cache
def _provinces() -> tuple[Address, ...]:
    """Return the provinces of the last day of three levels and of the first day of two."""
    return tuple(one for day in (LAST_OLD_DAY, NEW_DAY) for one in standing(day, "province", levels=1))


@cache
def _namesakes() -> dict[str, frozenset[str]]:
    """Return the ids of the provinces by their names: one formed of others may bear the name of one of them."""
    found: dict[str, set[str]] = {}
    for one in _provinces():
        found.setdefault(one.parts[0][1], set()).add(one.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _heads_of_districts(head: str) -> Sweep:
    def sweep() -> Iterator[Case]:
        for one in districts():
            if not _may_be_there(head, one.id):
                yield Case(Mention(", ".join((head, *one.texts))), frozenset({one.id}))

    return sweep


def _heads_of_provinces(head: str) -> Sweep:
    def sweep() -> Iterator[Case]:
        for name, ids in _namesakes().items():
            if not any(_may_be_there(head, one) for one in ids):
                yield Case(Mention(f"{head}, {name}"), ids)

    return sweep


def _may_be_there(head: str, id_: str) -> bool:
    """Whether a name within one letter of some words lies in a place, or in its namesake of another type."""
    head = str(keys.key(head))
    return any(
        OSA.distance(name, head, score_cutoff=1) <= (len(head) > 1)
        for one in _so_called()[last_names()[id_]]
        for name in names_below()[one]
    )


@cache
def last_names() -> dict[str, str]:
    rows = samples.tables().standing("versions")
    return {row["id"]: row["name"] for row in sorted(rows, key=lambda row: row["valid_from"])}


@cache
def _so_called() -> dict[str, set[str]]:
    """Return the places by their last names."""
    found: dict[str, set[str]] = {}
    for id_, name in last_names().items():
        found.setdefault(name, set()).add(id_)
    return found


@cache
def names_below() -> dict[str, set[str]]:
    """Return, by place, the keys of the names of all that lies in it, or lay in it."""
    above: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    for row in samples.tables().standing("versions"):
        above.setdefault(row["id"], set()).add(row["parent_id"])
        names.setdefault(row["id"], set()).add(str(keys.key(row["name"])))
    found: dict[str, set[str]] = {id_: set() for id_ in above}
    for id_, own in names.items():
        waiting, seen = [id_], {id_, ""}
        while waiting:
            for upper in above.get(waiting.pop(), set()) - seen:
                seen.add(upper)
                waiting.append(upper)
                found[upper] |= own
    return found


def _bare_province(*, inline: bool, folded: bool) -> Sweep:
    """Every district with its province's bare name, on a day on which both stood."""

    def sweep() -> Iterator[Case]:
        for country in ("VN", "KH"):
            for one in standing(LAST_OLD_DAY, "district", levels=2, country=country):
                word, name = one.parts[0]
                full, upper = f"{word.capitalize()} {name}", one.parts[1][1]
                if folded:
                    full, upper = str(keys.fold(full)), str(keys.fold(upper))
                mention = Mention(f"{full}, {upper}") if inline else Mention(full, (), (), LAST_OLD_DAY, (upper,))
                yield Case(mention, frozenset({one.id}))

    return sweep


def _bare_district_within() -> Iterator[Case]:
    """Every district's bare name, asked for as a district, with its province's as parent."""
    for country in ("VN", "KH"):
        for one in standing(LAST_OLD_DAY, "district", levels=2, country=country):
            (_, name), (_, upper) = one.parts
            yield Case(Mention(name, ("district",), (), LAST_OLD_DAY, (upper,)), frozenset({one.id}))


def _look_alikes() -> Iterator[Case]:
    """Every commune that ended in 2025 with a look-alike, but no namesake, in force in the province it lies in now."""
    today = {one.id: one for one in new()}
    names: dict[str, set[str]] = {}
    for one in new():
        names.setdefault(one.texts[-1], set()).add(one.parts[0][1])
    ended: dict[tuple[str, str], set[str]] = {}
    for one in addresses():
        for upper in {today[unit].texts[-1] for unit in one.current if unit in today}:
            ended.setdefault((one.texts[0], upper), set()).add(one.id)
        ended.setdefault((one.texts[0], one.texts[-1]), set()).add(one.id)
    for (text, upper), ids in ended.items():
        name = text.split(" ", 1)[1] if not text.startswith("Thị") else text.split(" ", 2)[2]
        alike = {other for other in names.get(upper, ()) if keys.key(other) == keys.key(name)}
        # Not where only the spelling differs (Hoà, Hòa), nor in names of other languages.
        good = all(map(spelling.good, (name, *alike)))
        if alike and good and plain(name) not in map(plain, alike):
            # Of several namesakes there, in force or long ended, each is a fair answer.
            yield Case(
                Mention(f"{text}, {upper}", (), (), "2025-08-01"), frozenset(ids | _so_called().get(name, set()))
            )


def _another_inside() -> Iterator[Case]:
    """In every district a commune's name from elsewhere that is a letter or two off one that lies there."""
    by_key: dict[str, Address] = {}
    here: dict[tuple[tuple[str, str], ...], list[Address]] = {}
    for one in addresses():
        by_key[str(keys.key(one.texts[0]))] = one
        here.setdefault(one.parts[1:], []).append(one)
    uppers: dict[tuple[tuple[str, str], ...], set[str]] = {}
    for place in (*districts(), *_provinces()):
        uppers.setdefault(place.parts, set()).add(place.id)
    for parts, inside in here.items():
        own = {str(keys.key(one.texts[0])) for one in inside}
        below = {name for id_ in uppers[parts] | uppers[parts[-1:]] for name in names_below()[id_]}
        for one in inside:
            query = str(keys.key(one.texts[0]))
            near = process.extract(query, by_key.keys(), scorer=OSA.distance, score_cutoff=2, limit=8)
            others = [by_key[key] for key, edits, _ in near if edits and key not in own]
            other = next((it for it in others if _is_named(it) and _bare_key(it) not in below), None)
            if other:
                within = tuple(one.texts[1:])
                yield Case(Mention(other.texts[0], ("commune",), (), LAST_OLD_DAY, within), frozenset(), is_open=True)
                break


def _bare_key(one: Address) -> str:
    return str(keys.key(one.parts[0][1]))


def _misspelt_parent() -> Iterator[Case]:
    """Communes whose name no other bears, with their district's name a letter off and nothing else."""
    bearers = Counter(map(_bare_key, addresses()))
    rng = Random(SEED)
    alone = [one for one in addresses() if bearers[_bare_key(one)] == 1]
    for one in rng.sample(alone, _DRAWN):
        district = one.parts[1][1]
        if len(district) >= samples.MIN_LETTERS:
            mention = Mention(f"{one.parts[0][1]}, {samples.misspell(district, rng)}", (), (), LAST_OLD_DAY)
            yield Case(mention, frozenset({one.id}))


def _before_the_namesake() -> Iterator[Case]:
    """Every commune of before 2025-07-01 with its province, where a commune of the same name and type came after."""
    after = {(one.texts[0], one.parts[-1][1]) for one in new()}
    bearers: dict[tuple[str, str], list[Address]] = {}
    for one in addresses():
        bearers.setdefault((one.texts[0], one.parts[-1][1]), []).append(one)
    for named, ones in bearers.items():
        if named in after and len(ones) == 1:
            text = f"{ones[0].texts[0]}, {ones[0].texts[-1]}"
            yield Case(Mention(text, (), (), LAST_OLD_DAY), frozenset({ones[0].id}))


def _drawn(write: Callable[[Address], str], *, keep: Callable[[Address], bool] = lambda one: True) -> Sweep:
    """Communes drawn from those of three levels, written in some way."""

    def sweep() -> Iterator[Case]:
        pool = [one for one in addresses() if keep(one)]
        for one in Random(SEED).sample(pool, min(len(pool), _DRAWN)):
            yield Case(Mention(write(one)), frozenset({one.id}))

    return sweep


def _ends_in_letter(one: Address) -> bool:
    return len(one.parts[0][1].split()[-1]) == 1 and one.parts[0][1][-1].isalpha()


@cache
def _ends_of_names() -> set[tuple[tuple[tuple[str, str], ...], str]]:
    return {(one.parts[1:], one.parts[0][1]) for one in addresses()}


def _holds_another(one: Address) -> bool:
    """Whether a name without its first words is another's in the same district."""
    words = one.parts[0][1].split()
    return any((one.parts[1:], " ".join(words[at:])) in _ends_of_names() for at in range(1, len(words)))


def _is_named(one: Address) -> bool:
    return not one.parts[0][1][-1].isdigit() and len(one.parts[0][1].split()) > 1


def _bare_of_today() -> Iterator[Case]:
    """Every commune of today that bears the name of a district that ended in its province, both names bare."""
    ended = {(one.parts[0][1], one.parts[1][1]): one.id for one in districts()}
    for one in new():
        name, upper = one.parts[0][1], one.parts[-1][1]
        if (name, upper) in ended and not name.isdecimal():
            ids = frozenset({one.id, ended[name, upper]})
            yield Case(Mention(f"{name}, {upper}"), ids, is_open=True)


def _glued(one: Address) -> str:
    letters = {"thị trấn": "TT", "thị xã": "TX", "thành phố": "TP"}
    return ", ".join(letters.get(word, word[0].upper()) + name for word, name in one.parts)


def _cambodian(write: Callable[[Address], str]) -> Sweep:
    def sweep() -> Iterator[Case]:
        for one in standing(NEW_DAY, "commune", levels=3, country="KH"):
            yield Case(Mention(write(one)), frozenset({one.id}))

    return sweep


def _behind(one: Address) -> str:
    """Return an address as English writes it: the Khmer type words behind the names."""
    parts = [f"{name} {word.title()}" for word, name in one.parts[:-1]]
    return ", ".join((*parts, one.parts[-1][1]))


def _merged_districts() -> Iterator[Case]:
    """Every district that went into another, with that: either is a fair answer, the older one the better."""
    names, types = last_names(), {row["id"]: row["local_type"] for row in samples.tables().standing("versions")}
    districts = {
        row["id"] for row in samples.tables()["entities"] if (row["type"], row["country"]) == ("district", "VN")
    }
    for change in samples.tables().standing("changes"):
        pair = change["from_id"], change["to_id"]
        if change["kind"] in ("merged", "absorbed") and districts.issuperset(pair) and pair[0] != pair[1]:
            text = ", ".join(f"{types[id_].capitalize()} {names[id_]}" for id_ in pair)
            yield Case(Mention(text), frozenset(pair))


def _in_another_province() -> Iterator[Case]:
    """Every commune with its type, by itself in a province where nothing has had a name within two letters of it."""
    provinces = [one for one in standing(LAST_OLD_DAY, "province", levels=1) if one.id in names_below()]
    bearers = Counter(one.texts[0] for one in addresses())
    for number, one in enumerate(addresses()):
        if bearers[one.texts[0]] > _FEW_BEARERS or not _is_named(one):
            continue
        for step in range(len(provinces)):
            other = provinces[(number + step) % len(provinces)]
            below = {name for id_ in _so_called()[other.parts[0][1]] for name in names_below()[id_]}
            near = process.extractOne(_bare_key(one), below, scorer=OSA.distance, score_cutoff=2)
            if not near and _bare_key(one) != str(keys.key(other.parts[0][1])):
                mention = Mention(one.texts[0], ("commune",), (), LAST_OLD_DAY, (other.texts[0],))
                yield Case(mention, frozenset({one.id}), is_open=True)
                break


def _streets_of_people() -> Iterator[Case]:
    """A street called after a person whose name ends as a ward's of the district does: the district is all it tells."""
    ids = {one.parts: one.id for one in districts()}
    persons = {"Minh Khai": "Nguyễn Thị", "Hưng Đạo": "Trần", "Hồng Phong": "Lê", "Thanh Bình": "Nguyễn"}
    for one in addresses():
        before = persons.get(one.parts[0][1])
        if before and one.parts[1:] in ids:
            uppers = ", ".join(one.texts[1:])
            yield Case(Mention(f"12 {before} {one.parts[0][1]}, {uppers}"), frozenset({ids[one.parts[1:]]}))


_SHORT = {"quận": "Q.", "huyện": "H.", "thị xã": "TX.", "thành phố": "TP."}


def _first_letters(one: Address) -> str:
    """Return an address whose district has all its words but the last one as first letters: ``Q.B.Thạnh``."""
    (word, name), last = one.parts[1], one.texts[-1]
    first, *others = name.split()
    return f"{one.texts[0]}, {_SHORT[word]}{first[0]}.{' '.join(others)}, {last}"


def _is_shortened(one: Address) -> bool:
    return _is_named(one) and len(one.parts[1][1].split()) == _SHORTENED and one.parts[1][1].replace(" ", "").isalpha()


def _slip_inside(one: Address) -> str:
    """Return an address without commas with two letters of each type word behind the first swapped."""
    first, *others = one.texts
    return " ".join((first, *(text[0] + text[2] + text[1] + text[3:] for text in others)))


SWEEPS: dict[str, Sweep] = {
    **{f"{kind} before a district": _heads_of_districts(head) for kind, head in _HEADS.items()},
    **{f"{kind} before a province": _heads_of_provinces(head) for kind, head in _HEADS.items()},
    "district, bare province": _bare_province(inline=True, folded=False),
    "district, bare province, folded": _bare_province(inline=True, folded=True),
    "district within bare province": _bare_province(inline=False, folded=False),
    "district within bare province, folded": _bare_province(inline=False, folded=True),
    "bare district within bare province": _bare_district_within,
    "ended, with a look-alike in force": _look_alikes,
    "name from elsewhere inside a parent": _another_inside,
    "misspelt district, unique commune": _misspelt_parent,
    "before its namesake was formed": _before_the_namesake,
    "district and commune of a name": _bare_of_today,
    "name said twice": _drawn(lambda one: f"Khu dân cư {one.parts[0][1]}, {', '.join(one.texts[:2])}", keep=_is_named),
    "name ends in a letter": _drawn(lambda one: ", ".join(one.texts), keep=_ends_in_letter),
    "name ends in a letter, bare": _drawn(lambda one: ", ".join(name for _, name in one.parts), keep=_ends_in_letter),
    "name holds another's": _drawn(lambda one: ", ".join(one.texts[:2]), keep=_holds_another),
    "name holds another's, folded": _drawn(lambda one: str(keys.fold(" ".join(one.texts))), keep=_holds_another),
    "hamlet of a name without a comma": _drawn(
        lambda one: f"Thôn Đồng Lực {', '.join(name for _, name in one.parts)}", keep=_is_named
    ),
    "words without a comma": _drawn(
        lambda one: f"Bình Đoài {', '.join(name for _, name in one.parts)}", keep=_is_named
    ),
    "street of a person": _streets_of_people,
    "district in first letters": _drawn(_first_letters, keep=_is_shortened),
    "type words swapped, no commas": _drawn(_slip_inside, keep=_is_named),
    "name in another province": _in_another_province,
    "hamlet without a comma": _drawn(lambda one: f"Khu 3 {one.parts[0][1]}, {one.texts[1]}", keep=_is_named),
    "type letters glued on": _drawn(_glued, keep=_is_named),
    "Khmer type words before the names": _cambodian(lambda one: ", ".join(one.texts)),
    "Khmer type words behind the names": _cambodian(_behind),
    "district with what it went into": _merged_districts,
}
"""The sweeps by kind."""
