"""The rows made so far, beside what other imports have: nothing is said twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from tools import tables
from tools.organisations.read import Row, country_of

#: How English, French and Vietnamese name the country after a name that every country's body could have.
OF_COUNTRY = {
    "VN": {"en": "of Vietnam", "fr": "du Vietnam", "vi": "Việt Nam"},
    "KH": {"en": "of Cambodia", "fr": "du Cambodge", "vi": "Campuchia"},
}
HOME = {"VN": "vi", "KH": "km"}


@dataclass
class Gazetteer:
    """The gazetteer as other imports left it, and the rows made here."""

    owned: frozenset[str]
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    overruled: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.others = {
            table: [row for row in tables.read(table) if row["source_id"] not in self.owned]
            for table in ("versions", "names", "changes", "local_types")
        }
        self.theirs = {row["id"] for row in self.others["versions"]}
        self.versions: dict[str, list[Row]] = defaultdict(list)
        for row in self.others["versions"]:
            if row["preferred"] != "no":
                self.versions[row["id"]].append(row)
        self.told = {event(row) for row in self.others["changes"]}
        self.known: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in self.others["names"]:
            self.note_name(row["id"], row["text"], row["language"])
        for versions in self.versions.values():
            for row in versions:
                self.note_name(row["id"], row["name"], row["language"])

    def lives(self, entity: str) -> list[Row]:
        """Return the versions of an entity that stand, in the order of time."""
        own = [row for row in self.rows["versions"] if row["id"] == entity]
        return sorted(own or self.versions[entity], key=lambda row: row["valid_from"])

    def entity(self, entity: str, kind: str, versions: Iterable[Row], distinction: str = "") -> None:
        """Add an organisation or office with the versions that make up its life.

        Where another import has one version, dated alike or without any that is known here, that stands.
        """
        versions = list(versions)
        first = versions[0]
        self.rows["entities"].append(
            {"id": entity, "type": kind, "country": country_of(entity), "distinction": distinction,
             "source_id": first["source_id"]}
        )  # fmt: skip
        theirs = [(row["valid_from"], row["valid_to"]) for row in self.versions[entity]]
        if theirs and theirs == [(row["valid_from"], row["valid_to"]) for row in versions]:
            return
        if entity in self.theirs:
            self.overruled.add(entity)
            self.forget_versions(entity)
        for row in versions:
            self.rows["versions"].append({"id": entity, **row})
            self.note_name(entity, row["name"], row["language"])

    def forget_versions(self, entity: str) -> None:
        """Forget the official names of an entity that are overruled: nobody finds it by them any more."""
        self.known[entity] = set()
        for row in self.others["names"]:
            if row["id"] == entity:
                self.note_name(entity, row["text"], row["language"])

    def note_name(self, entity: str, text: str, language: str) -> None:
        """Remember that an entity has a name, and so the same without its accents."""
        self.known[entity] |= {(language, letters(text)), (language, spelling(text))}

    def has_name(self, entity: str, text: str, language: str) -> bool:
        """Return whether an entity has a name, or has it with accents that this spelling leaves out."""
        return (language, letters(text)) in self.known[entity]

    def name(self, entity: str, text: str, language: str, source: str, **cells: str) -> None:
        """Add a name unless the entity has it in this language, or has it with accents that are left out here."""
        if not self.has_name(entity, text, language):
            self.note_name(entity, text, language)
            self.rows["names"].append(
                {"id": entity, "text": text, "language": language, "kind": "alias", "source_id": source, **cells}
            )

    def national_name(self, entity: str, text: str, language: str, source: str, **cells: str) -> None:
        """Add a name of a national body: weak unless it is in its own language, and once more with the country."""
        country = country_of(entity)
        home = language == HOME[country]
        self.name(entity, text, language, source, **cells, **({} if home else {"weak": "yes"}))
        of_country = OF_COUNTRY[country].get(language)
        if of_country and not (home and cells.get("kind") == "official"):
            self.name(entity, f"{text} {of_country}", language, source, **cells)

    def change(self, row: Row) -> None:
        """Add a change unless another import tells of it."""
        if event(row) not in self.told:
            self.rows["changes"].append(row)


def event(row: Row) -> tuple[str, ...]:
    """Return what makes two changes the same event."""
    return tuple(row[column] for column in ("date", "kind", "from_id", "to_id"))


def letters(text: str) -> str:
    """Return the letters of a name in small, without blanks and signs."""
    return "".join(c for c in text.lower() if c.isalnum() or "\u1780" <= c <= "\u17ff")


@cache
def spelling(text: str) -> str:
    """Return the letters of a name without their accents; Khmer as it is."""
    from unidecode import unidecode  # noqa: PLC0415

    found = letters(text)
    return found if any("\u1780" <= c <= "\u17ff" for c in found) else unidecode(found)
