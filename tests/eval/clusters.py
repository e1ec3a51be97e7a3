"""Measure how well mentions of people are grouped: everybody in the gazetteer, written in many ways, drawn with a seed.

    python -m tests.eval.clusters

A pair of mentions is right where both stand for one person. Precision is the share of pairs in one group that are
right, recall the share of right pairs that are in one group.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from resolver import Clustered, Resolver, cluster
from resolver.gazetteer.reader import bundled_path
from resolver.text import khmer
from resolver.text.unicode import LATIN_FOLD
from tests.eval.pairs import people

SEED = 2026
MENTIONS = 6
TITLES = {"vn": ("Ông", "Thượng tướng", "Sen. Lt. Gen.", "M.", "Đồng chí"), "kh": ("H.E.", "ឯកឧត្តម", "Samdech", "Mr.")}


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as the press may write them, with the organisation where it is said."""

    text: str
    organisation: str
    person: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """How well mentions were grouped: pairs in one group, pairs of one person, and pairs that are both.

    ``namesakes`` are the pairs in one group of two people who have one name, apart from diacritics.
    """

    name: str
    mentions: int
    groups: int
    joined: int
    meant: int
    right: int
    namesakes: int

    def __str__(self) -> str:
        """One line of the table."""
        precision, recall = self.right / max(self.joined, 1), self.right / max(self.meant, 1)
        return f"{self.name:<34}{self.mentions:>10,}{self.groups:>8,}{precision:>12.4f}{recall:>10.4f}"


def mentions(seed: int = SEED) -> list[Mention]:
    """Return mentions of everybody, shuffled: several spellings each, with and without titles, in either order."""
    rng = Random(seed)
    organisations = _organisations()
    found = [
        Mention(noisy(rng.choice(names), id_[:2], rng), rng.choice(organisations.get(id_, [""])), id_)
        for id_, names in sorted(people().items())
        for _ in range(MENTIONS)
    ]
    rng.shuffle(found)
    return found


def noisy(name: str, country: str, rng: Random) -> str:
    """Return a name in one of the ways in which the press writes it."""
    bare = name if khmer.is_khmer(name) else " ".join(unaccented(word).capitalize() for word in name.split())
    words = bare.split()
    ways = {
        name: 30,
        bare: 30,
        bare.upper(): 10,
        f"{rng.choice(TITLES.get(country, TITLES['kh']))} {rng.choice((name, bare))}": 15,
    }
    if not khmer.is_khmer(name) and len(words) > 1:
        ways[" ".join((*words[1:], words[0]))] = 10
    if not khmer.is_khmer(name) and len(words) == 3:
        ways |= {f"{words[0]} {words[1][0]}. {words[2]}": 6, f"{words[0]} {words[2]}": 4}
    return rng.choices(list(ways), list(ways.values()))[0]


def unaccented(text: str) -> str:
    """Return a text without diacritics, in lower case."""
    lower = unicodedata.normalize("NFC", text).lower().translate(LATIN_FOLD)
    return lower or text


def _organisations() -> dict[str, list[str]]:
    """Return the organisations in which each person held an office."""
    names: dict[str, str] = {}
    parents: dict[str, str] = {}
    for row in _rows("versions.csv"):
        names[row["id"]] = row["name"]
        parents[row["id"]] = row["parent_id"]
    held: dict[str, list[str]] = {}
    for row in _rows("tenures.csv"):
        organisation = names.get(parents.get(row["office_id"], ""), "")
        if organisation and organisation not in held.setdefault(row["person_id"], []):
            held[row["person_id"]].append(organisation)
    return {person: found for person, found in held.items() if found}


def _rows(table: str) -> Iterator[dict[str, str]]:
    with (bundled_path() / table).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def judged(name: str, asked: Sequence[Mention], found: Sequence[Clustered]) -> Grouping:
    """Return how well mentions were grouped."""
    joined = Counter(one.cluster for one in found)
    meant = Counter(mention.person for mention in asked)
    both = Counter((one.cluster, mention.person) for one, mention in zip(found, asked, strict=True))
    bare = {person: unaccented(names[0]) for person, names in people().items()}
    named = Counter((one.cluster, bare[mention.person]) for one, mention in zip(found, asked, strict=True))
    counted = (joined, meant, both, named)
    in_group, of_person, right, of_name = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in counted)
    return Grouping(name, len(asked), len(joined), in_group, of_person, right, of_name - right)


def measures(resolver: Resolver) -> Iterator[Grouping]:
    """Yield how mentions are grouped by names alone, with the organisation beside them, and with the gazetteer."""
    asked = mentions()
    texts = [mention.text for mention in asked]
    beside = {"organisation": [mention.organisation for mention in asked]}
    yield judged("names alone", asked, cluster(texts, gazetteer=False, resolver=resolver))
    yield judged("names, organisation", asked, cluster(texts, context=beside, gazetteer=False, resolver=resolver))
    yield judged("names, gazetteer", asked, cluster(texts, resolver=resolver))
    yield judged("names, organisation, gazetteer", asked, cluster(texts, context=beside, resolver=resolver))


def table(groupings: Sequence[Grouping]) -> str:
    """Return the measures for the eye."""
    header = f"{'groups of people':<34}{'mentions':>10}{'groups':>8}{'precision':>12}{'recall':>10}"
    return "\n".join((header, *map(str, groupings)))


if __name__ == "__main__":
    print(table(list(measures(Resolver()))))
